"""The agreed units of a pass: what the round's coders gave, and what the pass gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, Qt

from coder_app.ui.codebook.wording import tip
from coder_app.ui.widgets.table_model import Index, TableModel

LONGEST = 400
"""Code points of a unit's words that a row holds; a line shows no more."""


class Column(IntEnum):
    TRANSCRIPT = 0
    WORDS = 1
    FIRST = 2
    AGAIN = 3


@dataclass(frozen=True, slots=True)
class Row:
    """An agreed unit; the codes are named."""

    document: str
    title: str
    start: int
    end: int
    words: str
    first: str
    again: str
    """Empty where the pass has no code there."""
    confirmed: bool


class UnitsModel(TableModel):
    """Those that are not confirmed, or all."""

    figures = ()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._all: list[Row] = []
        self._only_open = True
        self.heads = (
            self.tr("Transcript"),
            self.tr("Unit"),
            self.tr("Agreed in the round"),
            self.tr("In the pass"),
        )

    def put(self, rows: Sequence[Row]) -> None:
        self._all = list(rows)
        self._arrange()

    def show_only_open(self, only: bool) -> None:
        """Leave out the units that are confirmed."""
        if only != self._only_open:
            self._only_open = only
            self._arrange()

    @property
    def total(self) -> int:
        return len(self._all)

    def _arrange(self) -> None:
        rows = [row for row in self._all if not (self._only_open and row.confirmed)]
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def length(self) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        text = {
            Column.TRANSCRIPT: row.title,
            Column.WORDS: row.words,
            Column.FIRST: row.first,
            Column.AGAIN: row.again or self.tr("not coded"),
        }[Column(index.column())]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == Column.AGAIN:
            return text if row.confirmed else f"{text}, {self.tr('not confirmed')}"
        return None


def named(codes: frozenset[str], labels: Mapping[str, str]) -> str:
    """The names of codes in alphabetical order; one that is not known keeps a question mark."""
    return ", ".join(sorted((labels.get(code, "?") for code in codes), key=str.casefold))
