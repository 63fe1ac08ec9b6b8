"""What the tables of figures share: a heading that may break its line, its name in full, its side."""

from __future__ import annotations

from PySide6.QtCore import Qt

from coder_app.ui.agreement.columns import Column, Kind
from coder_app.ui.codebook.wording import tip
from coder_app.ui.widgets.table_model import NOWHERE, Index, TableModel, aligned


class FiguresModel(TableModel):
    """``columns`` tell what stands in each."""

    columns: tuple[Column, ...] = ()

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        if role in (Qt.ItemDataRole.EditRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.name)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return aligned(column.kind is not Kind.NAME)
        return None
