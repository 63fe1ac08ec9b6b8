"""All coders' versions of one passage side by side: their codes, and the words that each marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from coder_app.core.model import Coding, Turn
from coder_app.core.palette import rgb, tint
from coder_app.core.text import Utf16Map
from coder_app.ui.agreement.chips import ChipLine
from coder_app.ui.agreement.passages import Passage
from coder_app.ui.agreement.passages_model import PassagesModel
from coder_app.ui.context import Context
from coder_app.ui.theme import reading_font
from coder_app.ui.widgets.parts import label

NARROWEST = 130
AROUND = 300
"""Code points of text shown around a passage where there are no turns."""
Piece = tuple[int, int, str]
"""Start and end in the text shown, and the colour ``#rrggbb`` behind it."""


class Version(QWidget):
    """One coder's version."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.name = label("", "strong", wrap=True)
        self.chips = ChipLine(ctx)
        self.text = QTextEdit()
        self.text.setReadOnly(True)
        self.text.setAcceptRichText(False)
        self.text.setTabChangesFocus(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.name)
        column.addWidget(self.chips)
        column.addWidget(self.text, 1)

    def put(self, name: str, text: str, unit: tuple[int, int], pieces: Sequence[Piece]) -> None:
        """Show the text; what lies outside the unit is quieter."""
        self.name.setText(name)
        self.text.setAccessibleName(self.tr("Words marked by {name}").format(name=name))
        self.text.setFont(reading_font(self.ctx.settings.zoom))
        self.text.setPlainText(text)
        units = Utf16Map(text)
        marks = []
        for start, end, color in pieces:
            look = QTextCharFormat()
            look.setBackground(QColor(color))
            marks.append(self._mark(units.units(start, end), look))
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(self.ctx.colors.muted))
        for start, end in ((0, unit[0]), (unit[1], len(text))):
            if start < end:
                marks.append(self._mark(units.units(start, end), quiet))
        self.text.setExtraSelections(marks)
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(units.unit(unit[0]))
        self.text.setTextCursor(cursor)

    def _mark(self, place: tuple[int, int], look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(place[0])
        cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, look
        return mark


class Versions(QWidget):
    """The versions of the chosen passage, as many as there are coders."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.all: list[Version] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._make(2)
        self.setMinimumHeight(120)
        self._shown: tuple[PassagesModel, Passage | None] | None = None

    def _make(self, count: int) -> None:
        """Have as many versions as there are coders."""
        while len(self.all) < count:
            version = Version(self.ctx)
            version.setMinimumWidth(NARROWEST)
            self.all.append(version)
            self._row.addWidget(version, 1)
        for number, version in enumerate(self.all):
            version.setVisible(number < count)

    def put(self, model: PassagesModel, passage: Passage | None) -> None:
        """Show a passage with the turn around it; nothing for None."""
        self._shown = (model, passage)
        look = model.look
        if passage is None or look is None:
            return
        gathered = look.compared.gathered
        whole = gathered.texts[passage.document]
        start, end = self._around(passage, whole)
        codings = [c for c in gathered.marked[passage.document] if c.start < end and c.end > start]
        self._make(len(gathered.coders))
        for number, coder in enumerate(gathered.coders):
            version = self.all[number]
            colors = {c.guid: gathered.tree[c.code].color for c in codings if c.code is not None}
            pieces = marked_pieces(
                [c for c in codings if c.coder == coder.guid],
                colors,
                (start, end),
                (passage.start, passage.end),
                self.ctx.colors.surface,
                self.ctx.colors.dark,
            )
            unit = (passage.start - start, passage.end - start)
            version.chips.put(coder.name, model.codes(passage, number))
            version.put(coder.name, whole[start:end], unit, pieces)

    def again(self) -> None:
        """In other colours or another size of text."""
        if self._shown is not None:
            self.put(*self._shown)

    def _around(self, passage: Passage, text: str) -> tuple[int, int]:
        """What is shown: the words of the passage's turns, or some text around it."""
        content = self.ctx.project.documents.content(passage.document)
        first, last = content.turn_at(passage.start), content.turn_at(passage.end - 1)
        if not first:
            return max(0, passage.start - AROUND), min(len(text), passage.end + AROUND)
        turns: tuple[Turn, ...] = content.turns
        return min(turns[first - 1].body, passage.start), max(turns[last - 1].end, passage.end)


def marked_pieces(
    codings: Sequence[Coding],
    colors: dict[str, str],
    shown: tuple[int, int],
    unit: tuple[int, int],
    surface: str,
    dark: bool,
) -> list[Piece]:
    """The stretches of a unit under one or more codings, counted from ``shown[0]``, with their colour.

    Tints of codings that overlap lie over each other, as in the transcript.
    """
    low, high = max(shown[0], unit[0]), min(shown[1], unit[1])
    cut = sorted({low, high, *(min(max(p, low), high) for c in codings for p in (c.start, c.end))})
    pieces = []
    for start, end in pairwise(cut):
        over = [colors[c.guid] for c in codings if c.start <= start and c.end >= end]
        if over:
            pieces.append((start - shown[0], end - shown[0], _blend(surface, over, dark)))
    return pieces


def _blend(surface: str, over: Sequence[str], dark: bool) -> str:
    """The colour of tints laid over a surface."""
    color = [float(part) for part in rgb(surface)]
    for one in over:
        *ink, alpha = tint(one, dark)
        share = alpha / 255
        color = [part + (new - part) * share for part, new in zip(color, ink, strict=True)]
    return "#" + "".join(f"{round(part):02x}" for part in color)
