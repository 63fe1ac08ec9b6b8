"""A page of text as a Word document will read: headings, quotes, a scale. Text is never taken for HTML."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from coder_app.ui.context import Context
from coder_app.ui.theme import reading_font

_MARGIN = 28
_HEADINGS = (1.55, 1.3, 1.15, 1.05)
"""Size of the title and of the headings below it, as shares of the text's."""


class Paper(QTextEdit):
    """Cleared by ``begin``, filled from the top, shown by ``finish``; its place is kept."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._cursor = QTextCursor(self.document())
        self._fresh = True
        self._place = 0

    def begin(self) -> None:
        """Start anew, in the colours and the zoom of now."""
        self._place = self.verticalScrollBar().value()
        self.setUpdatesEnabled(False)
        self.clear()
        self.document().setDefaultFont(reading_font(self.ctx.settings.zoom))
        self.document().setDocumentMargin(_MARGIN if self.width() > 420 else _MARGIN / 2)
        self._cursor = QTextCursor(self.document())
        self._fresh = True

    def finish(self, *, keep_place: bool = True) -> None:
        """Show what was written, from the top or at the place where it stood."""
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(self._place if keep_place else 0)
        self.setUpdatesEnabled(True)

    # Parts

    def title(self, text: str) -> None:
        self._block(text, size=_HEADINGS[0], bold=True, below=2)

    def heading(self, text: str, level: int) -> None:
        """``level`` 1 is the highest."""
        size = _HEADINGS[min(level, len(_HEADINGS) - 1)]
        self._block(text, size=size, bold=True, above=18 if level == 1 else 10, below=3)

    def normal(self, text: str) -> None:
        self._block(text, below=6)

    def question(self, text: str) -> None:
        self._block(text, bold=True, above=8, below=3)

    def quote(self, text: str) -> None:
        self._block(text, indent=18, above=3, below=1)

    def remark(self, text: str, *, indent: float = 18) -> None:
        """Smaller and quieter: who said it, what stands here."""
        self._block(text, size=0.88, color=self.ctx.colors.muted, indent=indent, below=6)

    def boxes(self, words: Sequence[str]) -> None:
        """A row of cells, each with a box to tick."""
        form = self._table_format()
        share = QTextLength(QTextLength.Type.PercentageLength, 100 / len(words))
        form.setColumnWidthConstraints([share] * len(words))
        made = self._cursor.insertTable(1, len(words), form)
        for at, text in enumerate(words):
            made.cellAt(0, at).firstCursorPosition().insertText(f"☐ {text}", self._look(size=0.94))
        self._after_table()

    def field(self, text: str) -> None:
        """A frame to write in."""
        form = self._table_format()
        form.setBottomMargin(20)
        cell = self._cursor.insertTable(1, 1, form).cellAt(0, 0).firstCursorPosition()
        cell.insertText(text, self._look(color=self.ctx.colors.muted))
        cell.insertBlock()
        cell.insertBlock()
        self._after_table()

    def _table_format(self) -> QTextTableFormat:
        form = QTextTableFormat()
        form.setBorder(1)
        form.setBorderCollapse(True)
        form.setBorderBrush(QColor(self.ctx.colors.border_strong))
        form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        form.setCellPadding(7)
        form.setTopMargin(2)
        form.setBottomMargin(12)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 99))
        return form

    def _after_table(self) -> None:
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def _block(
        self,
        text: str,
        *,
        size: float = 1.0,
        bold: bool = False,
        color: str = "",
        indent: float = 0,
        above: float = 0,
        below: float = 0,
    ) -> None:
        form = QTextBlockFormat()
        form.setTopMargin(above)
        form.setBottomMargin(below)
        form.setLeftMargin(indent)
        form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        look = self._look(size=size, bold=bold, color=color)
        if self._fresh:
            self._cursor.setBlockFormat(form)
            self._cursor.setBlockCharFormat(look)
            self._fresh = False
        else:
            self._cursor.insertBlock(form, look)
        self._cursor.insertText(text.replace("\n", "\u2028"), look)

    def _look(self, *, size: float = 1.0, bold: bool = False, color: str = "") -> QTextCharFormat:
        look = QTextCharFormat()
        font = reading_font(self.ctx.settings.zoom)
        font.setPixelSize(max(6, round(font.pixelSize() * size)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        look.setFont(font)
        look.setForeground(QColor(color or self.ctx.colors.text))
        return look
