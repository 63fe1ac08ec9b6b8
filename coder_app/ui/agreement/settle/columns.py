"""The versions side by side: each coder's codes and the words they lie on, in their context."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from coder_app.core.text import Utf16Map
from coder_app.ui.agreement.chips import Chip, ChipLine
from coder_app.ui.agreement.settle.scene import Names, Scene, spoken
from coder_app.ui.codebook.wording import short
from coder_app.ui.context import Context
from coder_app.ui.theme import reading_font
from coder_app.ui.widgets.elided import ElidedLabel
from coder_app.ui.widgets.parts import button

if TYPE_CHECKING:
    from coder_app.core.settling import Span

NARROWEST = 210
MOST_KEYS = 9
LINES_BEFORE = 3
"""Lines of text shown above the place."""


class VersionText(QTextEdit):
    """Read-only words with tinted stretches; what lies outside the place is quieter."""

    selected = Signal(int, int)
    """Words were chosen with the mouse: their place in the transcript, in code points."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._scene: Scene | None = None
        self._map = Utf16Map("")
        self._text: str | None = None
        self._untouched = True
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(90)

    def put(self, scene: Scene, spans: Sequence[Span], names: Names, strong: Span | None = None) -> None:
        """Show a version; ``strong`` is underlined."""
        moved = self._scene is None or scene.entry.item.place != self._scene.entry.item.place
        self._untouched = moved or self._untouched
        self._scene = None  # a new font or text may resize: nothing is to be brought into sight then
        self.setFont(reading_font(self.ctx.settings.zoom))
        if scene.text != self._text:
            self._text, self._map = scene.text, Utf16Map(scene.text)
            self.setPlainText(scene.text)
        self._scene = scene
        marks = []
        for start, end, color in scene.pieces(spans, names, self.ctx.colors):
            look = QTextCharFormat()
            look.setBackground(QColor(color))
            marks.append(self._mark(start, end, look))
        quiet = QTextCharFormat()
        quiet.setForeground(QColor(self.ctx.colors.muted))
        for start, end in ((0, scene.unit[0]), (scene.unit[1], len(scene.text))):
            if start < end:
                marks.append(self._mark(start, end, quiet))
        if strong is not None:
            line = QTextCharFormat()
            line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            line.setUnderlineColor(QColor(self.ctx.colors.focus))
            marks.append(self._mark(strong[1] - scene.low, strong[2] - scene.low, line))
        self.setExtraSelections(marks)
        if moved:
            self.show_place(scene.unit[0])

    def show_place(self, position: int) -> None:
        """Bring a place (counted in the text shown) near the top."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)
        cursor.setPosition(self._map.unit(position))
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - LINES_BEFORE * self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Until one has scrolled, the place stays in sight while the text finds its width."""
        super().resizeEvent(event)
        if self._scene is not None and self._untouched:
            self.show_place(self._scene.unit[0])

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._untouched = False
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._untouched = False
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        cursor = self.textCursor()
        if event.button() == Qt.MouseButton.LeftButton and cursor.hasSelection() and self._scene is not None:
            start = self._map.start(cursor.selectionStart()) + self._scene.low
            end = self._map.end(cursor.selectionEnd()) + self._scene.low
            self.selected.emit(start, end)

    def _mark(self, start: int, end: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        first, last = self._map.units(start, end)
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        mark.cursor, mark.format = cursor, look
        return mark


class VersionColumn(QFrame):
    """One coder's version; ``take`` is the button that makes it the consensus."""

    taken = Signal(int)
    """The number of the coder, from 0."""

    def __init__(self, ctx: Context, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.number = number
        self.setProperty("kind", "card")
        self.setMinimumWidth(NARROWEST)
        self.name = ElidedLabel("strong")
        key = f" ({number + 1})" if number < MOST_KEYS else ""
        self.take = button(self.tr("Take") + key, lambda: self.taken.emit(number))
        self.chips = ChipLine(ctx)
        self.text = VersionText(ctx)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.name, 1)
        top.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.chips)
        column.addWidget(self.text, 1)

    def put(
        self, name: str, scene: Scene, spans: Sequence[Span], shared: frozenset[str], names: Names
    ) -> None:
        """Show a coder's version; ``shared`` codes were given by all."""
        self.name.put(name)
        self.take.setAccessibleName(self.tr("Take the version of {name}").format(name=name))
        self.take.setToolTip("")
        codes = names.ordered(code for code, _, _ in spans)
        chips: list[Chip] = [(names.name(code), names.color(code), code in shared) for code in codes]
        self.chips.put(name, chips)
        self.text.put(scene, spans, names)
        self.text.setAccessibleName(self.tr("Version of {name}").format(name=short(name)))
        self.text.setAccessibleDescription(spoken(scene, spans, names, name))


class Columns(QWidget):
    """A column for each coder, and the consensus behind them."""

    taken = Signal(int)

    def __init__(self, ctx: Context, result: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.columns: list[VersionColumn] = []
        self.result = result
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(result, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._quiet = False

    def put(self, coders: Sequence[tuple[str, str]], scene: Scene, names: Names, *, writable: bool) -> None:
        """Show each coder's (GUID, name) version of a scene."""
        self._fit(len(coders))
        versions = scene.entry.item.versions
        sets = [{code for code, _, _ in versions.get(guid, ())} for guid, _ in coders]
        shared = frozenset(set.intersection(*sets)) if sets else frozenset()
        for column, (guid, name) in zip(self.columns, coders, strict=True):
            column.put(name, scene, versions.get(guid, ()), shared, names)
            column.take.setEnabled(writable)

    def _fit(self, count: int) -> None:
        while len(self.columns) > count:
            column = self.columns.pop()
            self._row.removeWidget(column)
            column.hide()
            column.deleteLater()
        while len(self.columns) < count:
            column = VersionColumn(self.ctx, len(self.columns))
            column.taken.connect(self.taken)
            bar = column.text.verticalScrollBar()
            bar.valueChanged.connect(lambda value, column=column: self._scrolled(column, value))
            self._row.insertWidget(len(self.columns), column, 1)
            self.columns.append(column)

    def _scrolled(self, column: VersionColumn, value: int) -> None:
        """The same text stands in all columns: they scroll together."""
        if self._quiet:
            return
        self._quiet = True
        share = value / max(1, column.text.verticalScrollBar().maximum())
        for other in self.columns:
            if other is not column:
                bar = other.text.verticalScrollBar()
                bar.setValue(round(share * bar.maximum()))
        self._quiet = False
