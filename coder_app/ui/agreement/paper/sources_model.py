"""The figures of the paragraph and where each comes from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt

from coder_app.core.paper_words import Source
from coder_app.ui.codebook.wording import tip
from coder_app.ui.widgets.table_model import Index, TableModel


class SourcesModel(TableModel):
    """Rows over plain values."""

    figures = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Source] = []
        self.heads = (self.tr("What"), self.tr("Figure"), self.tr("From"))

    def put(self, rows: Sequence[Source]) -> None:
        if list(rows) != self.rows:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()

    def length(self) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        text = (row.what, row.figure, row.where)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        return None
