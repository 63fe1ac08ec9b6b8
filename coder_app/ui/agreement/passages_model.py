"""The list of passages behind a number; texts are read when a row is first painted."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QObject, Qt

from coder_app.core.text import excerpt
from coder_app.ui.agreement import wording
from coder_app.ui.agreement.looking import Look
from coder_app.ui.agreement.passages import Passage, Passages
from coder_app.ui.context import Context
from coder_app.ui.widgets.table_model import NOWHERE, Index, TableModel

CODES = Qt.ItemDataRole.UserRole + 1
"""List of (name, colour, given by all) of a coder's column."""
ALIKE = Qt.ItemDataRole.UserRole + 2
LONGEST_TEXT = 400
"""Code points of a passage shown in its row; the whole of it stands below the list."""


class Column(IntEnum):
    PLACE = 0
    TEXT = 1
    FIRST = 2
    """The first coder's; the others follow."""


class PassagesModel(TableModel):
    """Rows over the passages found, all or only those on which the coders differ."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.look: Look | None = None
        self.passages: Passages | None = None
        self.rows: tuple[Passage, ...] = ()
        self._differences = False
        self._places: dict[str, tuple[str, list[str]]] = {}

    def put(self, look: Look | None, passages: Passages | None) -> None:
        """Show an answer."""
        self.beginResetModel()
        self.look, self.passages = look, passages
        self._places = {}
        self._arrange()
        self.endResetModel()

    def show_differences(self, on: bool) -> None:
        """Only the passages on which the coders differ, or all."""
        if on != self._differences:
            self.beginResetModel()
            self._differences = on
            self._arrange()
            self.endResetModel()

    def _arrange(self) -> None:
        found = self.passages.found if self.passages is not None else ()
        self.rows = tuple(one for one in found if not one.alike) if self._differences else found

    @property
    def names(self) -> tuple[str, ...]:
        """The coders' names, one for each column of codes."""
        return self.look.names if self.look is not None else ("A", "B")

    @property
    def differing(self) -> int:
        """How many of all passages found the coders differ on."""
        return sum(not one.alike for one in self.passages.found) if self.passages is not None else 0

    # Qt's questions

    def length(self) -> int:
        return len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else Column.FIRST + len(self.names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.look is None:
            return None
        passage, column = self.rows[index.row()], index.column()
        if role == ALIKE:
            return passage.alike
        if role == CODES and column >= Column.FIRST:
            return self.codes(passage, column - Column.FIRST)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(passage, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(passage, column)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (wording.tr("Place"), wording.tr("Passage"), *self.names)[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    # What a passage is

    def codes(self, passage: Passage, coder: int) -> list[tuple[str, str, bool]]:
        """A coder's codes on a passage: name, colour, whether all gave it."""
        assert self.look is not None
        gathered = self.look.compared.gathered
        return [
            (gathered.labels[key], gathered.tree[key].color, all(key in given for given in passage.given))
            for key in passage.given[coder]
        ]

    def words(self, passage: Passage) -> str:
        """The whole text of a passage."""
        assert self.look is not None
        return self.look.compared.gathered.texts[passage.document][passage.start : passage.end]

    def place(self, passage: Passage) -> tuple[str, str]:
        """Title of the transcript; turn and speaker."""
        assert self.look is not None
        if passage.document not in self._places:
            speakers = self.ctx.project.documents.speakers(passage.document)
            title = next(
                (d.title for d in self.look.compared.gathered.documents if d.guid == passage.document), ""
            )
            self._places[passage.document] = title, [speaker.name for speaker in speakers]
        title, names = self._places[passage.document]
        content = self.ctx.project.documents.content(passage.document)
        number = content.turn_at(passage.start)
        speaker = content.turns[number - 1].speaker if number else None
        return title, wording.turn_words(number, names[speaker] if speaker is not None else "")

    def _text(self, passage: Passage, column: int) -> str:
        assert self.look is not None
        if column == Column.PLACE:
            return "\n".join((*self.place(passage), wording.alike_words(passage.alike)))
        if column == Column.TEXT:
            text = self.look.compared.gathered.texts[passage.document]
            return excerpt(text, passage.start, passage.end, LONGEST_TEXT)
        return "; ".join(name for name, _, _ in self.codes(passage, column - Column.FIRST))

    def _spoken(self, passage: Passage, column: int) -> str:
        text = self._text(passage, column).replace("\n", ", ")
        if column < Column.FIRST:
            return text
        name = self.headerData(column, Qt.Orientation.Horizontal)
        return f"{name}: {text or wording.tr('no code')}"
