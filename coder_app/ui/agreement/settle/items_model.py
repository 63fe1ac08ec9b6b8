"""The worklist: places of a round with how far they are, filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from coder_app.core.text import excerpt
from coder_app.project.sources import Sources
from coder_app.ui.agreement.settle import words
from coder_app.ui.agreement.settle.scene import Names, place_words, title_of
from coder_app.ui.agreement.settle.states import Entry, Filter, State
from coder_app.ui.widgets.table_model import NOWHERE, Index

ENTRY = int(Qt.ItemDataRole.UserRole)
PLACE = ENTRY + 1
"""Transcript, turn and speaker."""
VERSIONS = ENTRY + 2
"""“Fear / Told”: each coder's codes."""


class ItemsModel(QAbstractListModel):
    """``entries`` are all items of the round, ``rows`` the numbers of those that are listed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []
        self.rows: list[int] = []
        self.filter = Filter()
        self.coders: tuple[str, ...] = ()
        self._sources: Sources | None = None
        self._names: Names | None = None

    def put(
        self, entries: Sequence[Entry], coders: Sequence[str], sources: Sources | None, names: Names | None
    ) -> None:
        """Show the items of another round. ``coders``: GUIDs in the order of their columns."""
        self.beginResetModel()
        self.entries, self.coders = list(entries), tuple(coders)
        self._sources, self._names = sources, names
        self.rows = self._wanted()
        self.endResetModel()

    def update(self, entries: Sequence[Entry], names: Names | None) -> None:
        """The same items, decided otherwise."""
        self.entries, self._names = list(entries), names
        self._list_anew()

    def show(self, wanted: Filter) -> None:
        self.filter = wanted
        self._list_anew()

    def _list_anew(self) -> None:
        rows = self._wanted()
        if rows == self.rows:
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def _wanted(self) -> list[int]:
        return [number for number, entry in enumerate(self.entries) if self.filter.takes(entry)]

    def listed(self) -> list[Entry]:
        return [self.entries[number] for number in self.rows]

    def row_of(self, place: tuple[str, int, int]) -> int | None:
        """The row in which a place stands; None where it is not listed."""
        for row, number in enumerate(self.rows):
            if self.entries[number].item.place == place:
                return row
        return None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        entry = self.entries[self.rows[index.row()]]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(entry)
        if role == ENTRY:
            return entry
        if role == PLACE:
            return self._place(entry)
        if role == VERSIONS:
            return self._versions(entry)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = (state_words(entry.state), self._place(entry), self._words(entry), self._versions(entry))
            return ". ".join(parts)
        return None

    def _words(self, entry: Entry) -> str:
        assert self._sources is not None
        item = entry.item
        return excerpt(self._sources.contents[item.document].text, item.start, item.end, 160)

    def _place(self, entry: Entry) -> str:
        assert self._sources is not None
        item = entry.item
        title = title_of(self._sources, item.document)
        place = place_words(self._sources, item.document, item.start)
        return f"{title} · {place}" if place else title

    def _versions(self, entry: Entry) -> str:
        assert self._names is not None
        shown = []
        for coder in self.coders:
            codes = self._names.ordered(code for code, _, _ in entry.item.versions.get(coder, ()))
            shown.append(", ".join(self._names.name(code) for code in codes) or words.tr("no code"))
        return "  /  ".join(shown)


def state_words(state: State) -> str:
    return {
        State.OPEN: words.tr("Open"),
        State.SKIPPED: words.tr("Skipped"),
        State.DISCUSS: words.tr("To discuss"),
        State.SETTLED: words.tr("Settled"),
        State.AGREED: words.tr("Agreed"),
        State.TAKEN_OVER: words.tr("Taken over"),
    }[state]
