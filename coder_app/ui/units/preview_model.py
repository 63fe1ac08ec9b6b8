"""What dividing would make of each transcript: units now and then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt

from coder_app.core.model import Document, MeaningUnits
from coder_app.ui.widgets.table_model import Index, TableModel

TITLE, NOW, THEN = range(3)


@dataclass(frozen=True, slots=True)
class Line:
    """One transcript; ``then`` is None while it is counted, and for a locked one that stays as it is."""

    document: Document
    now: MeaningUnits | None
    then: int | None = None

    @property
    def locked(self) -> bool:
        return self.now is not None and self.now.locked

    @property
    def units_now(self) -> int:
        return len(self.now.places) if self.now is not None else 0


class PreviewModel(TableModel):
    """Rows over plain values."""

    figures = (NOW, THEN)

    def __init__(self, lines: Sequence[Line], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines = list(lines)
        self.heads = (self.tr("Transcript"), self.tr("Units now"), self.tr("Units then"))

    def put(self, counts: Mapping[str, int]) -> None:
        """Show how many units each transcript (GUID) would have; for one that is not there an ellipsis."""
        self.lines = [
            Line(line.document, line.now, None if line.locked else counts.get(line.document.guid))
            for line in self.lines
        ]
        if self.lines:
            self.dataChanged.emit(self.index(0, THEN), self.index(len(self.lines) - 1, THEN))

    def length(self) -> int:
        return len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.lines[index.row()].locked:
            return Qt.ItemFlag.ItemIsSelectable
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == TITLE:
            return f"<p style='white-space:pre'>{_plain(line.document.title)}</p>"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != TITLE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, line: Line, column: int) -> str:
        if column == TITLE:
            return line.document.title
        if column == NOW:
            return f"{line.units_now:,}" if line.now is not None else "–"
        if line.locked:
            return self.tr("locked: stays")
        return "…" if line.then is None else f"{line.then:,}"


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
