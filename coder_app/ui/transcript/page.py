"""The page without its mouse and keys: document, column, underlay, place. Positions are UTF-16 units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication, QFrame, QTextEdit, QWidget

from coder_app.core.model import Document, Transcript
from coder_app.core.palette import rgb
from coder_app.ui.transcript.colors import LIGHT, TranscriptColors
from coder_app.ui.transcript.document import MARGIN, build_document
from coder_app.ui.transcript.geometry import Geometry
from coder_app.ui.transcript.gutter import GAP, STRIPES_WIDTH
from coder_app.ui.transcript.highlights import HighlightIndex, Placed
from coder_app.ui.transcript.paint import Underlay
from coder_app.ui.transcript.source import Source
from coder_app.ui.transcript.stripes import Stripe, StripePlan

WIDEST = 78
"""Characters in a line at most; NARROW is what names beside the stripes may take it down to."""
NARROW = 54
LARGER = 1.5
"""Points that the transcript is larger than the program's own font."""
KNOB = 4.0
"""Radius in pixels of the knobs at the ends of the chosen coding."""

NOTHING = Transcript(Document("", "", "", "", 0), "", (), ())
"""What is shown before the first transcript."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in pixels from left to right; ``pad`` stands on both sides."""

    pad: int
    numbers: int
    text: int
    gutter: int


def columns(width: int, character: float, digits: int) -> Columns:
    """How ``width`` is shared: a readable column first, then names beside the stripes, then the rest.

    ``character`` is the average width of one, ``digits`` the width of the longest turn number.
    """
    numbers = digits + 14
    gutter = STRIPES_WIDTH + 2 * GAP
    rest = width - numbers - gutter
    good = round(NARROW * character) + 2 * MARGIN
    text = max(120, min(rest, good))
    rest -= text
    names = min(max(0, rest), 140)
    if names < 48:
        text, names, rest = text + names, 0, 0
    rest -= names
    more = min(max(0, rest), round((WIDEST - NARROW) * character))
    wider = min(max(0, rest - more), 90)
    return Columns(max(0, rest - more - wider) // 2, numbers, text + more, gutter + names + wider)


class PagePane(QTextEdit):
    """A read-only page with highlights under its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors: TranscriptColors = LIGHT
        self.source = Source(NOTHING)
        self.index = HighlightIndex()
        self.zoom_percent = 100
        self._turns: dict[int, int] = {}
        self._document: QTextDocument | None = None
        self._base = QApplication.font()
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setCursorWidth(2)
        self._set_document()

    # What is shown

    def show_source(self, source: Source) -> None:
        """Show another text, from its beginning, without highlights."""
        self.source = source
        self.index = HighlightIndex(source.unit_starts)
        self._turns = {
            self.index.block_of(source.map.unit(turn.start)): turn.number for turn in source.transcript.turns
        }
        with QSignalBlocker(self):
            self._set_document()
            self.verticalScrollBar().setValue(0)

    def rebuild(self) -> None:
        """Make the page anew (font or colours changed); place and selection stay."""
        place, cursor = self.place(), self.textCursor()
        anchor, position = cursor.anchor(), cursor.position()
        before = self.underlay
        with QSignalBlocker(self):
            self._set_document()
            self.underlay.selected, self.underlay.notes = before.selected, before.notes
            self.underlay.matches, self.underlay.current_match = before.matches, before.current_match
            self.underlay.set_units(before.units)
            self.underlay.unit = before.unit
            self.put_cursor(anchor, position)
        self.restore_place(*place)

    def set_placed(self, placed: Sequence[Placed]) -> None:
        """Show these highlights; only what changed is painted anew and nothing is laid out."""
        touched = self.index.replace(placed)
        self.underlay.forget(touched)
        self.plan.forget()
        if self.index.get(self.underlay.selected) is None:
            self.underlay.selected = None
        self._update_blocks(touched)

    def repaint_codings(self, *guids: str | None) -> None:
        """Paint anew where these codings stand, as far as they show."""
        placed = [self.index.get(guid) for guid in guids]
        self._update_blocks(
            {n for item in placed if item for n in self.index.blocks_of(item.start, item.end)}
        )

    @property
    def selected_guid(self) -> str | None:
        return self.underlay.selected

    def set_colors(self, colors: TranscriptColors) -> None:
        self.colors = colors
        self.setStyleSheet(
            f"QTextEdit {{ background: {colors.page}; color: {colors.ink};"
            " border: 0; border-radius: 0; padding: 0;"
            f" selection-background-color: {_translucent(colors.selection)};"
            f" selection-color: {colors.ink}; }}"
        )
        self.rebuild()

    def set_zoom(self, percent: int) -> None:
        self.zoom_percent = percent
        self.rebuild()

    def text_font(self) -> QFont:
        font = QFont(self._base)
        size = font.pointSizeF() if font.pointSizeF() > 0 else font.pixelSize() * 0.75
        font.setPointSizeF((size + LARGER) * self.zoom_percent / 100)
        return font

    def small_font(self) -> QFont:
        """For turn numbers and names beside the stripes; grows slower than the text."""
        font = self.text_font()
        font.setPointSizeF(max(7.0, min(font.pointSizeF() * 0.76, 14.0)))
        return font

    # Where things are

    def scroll_y(self) -> int:
        return self.verticalScrollBar().value()

    def stripes(self, height: int, lanes_width: float, label_height: float) -> list[Stripe]:
        """The stripes that show in a gutter ``height`` pixels high, and some more."""
        return self.plan.stripes(self.scroll_y(), self.scroll_y() + height, lanes_width, label_height)

    def visible_turns(self, top: int, bottom: int) -> list[tuple[int, float, float]]:
        """(number, y of its first line, height) of the turns that begin between two y of the viewport."""
        found: list[tuple[int, float, float]] = []
        if not self._turns:
            return found
        for block in self.geometry_map.blocks(self.scroll_y() + top, self.scroll_y() + bottom):
            number = self._turns.get(block.blockNumber())
            if number is not None:
                low, high = self.geometry_map.row(block.position())
                found.append((number, low - self.scroll_y(), high - low))
        return found

    def boxes(self, start: int, end: int) -> list[QRectF]:
        """The boxes of a range in the viewport, for the blocks that show."""
        found: list[QRectF] = []
        shift = QPointF(0, -self.scroll_y())
        for block in self.geometry_map.blocks(self.scroll_y(), self.scroll_y() + self.viewport().height()):
            origin = block.layout().position() + shift
            found += [box.translated(origin) for box in self.geometry_map.boxes(block, start, end)]
        return found

    def character_at(self, point: QPoint) -> int | None:
        """The unit whose character is under a point of the viewport."""
        return self.geometry_map.character_at(QPointF(point.x(), point.y() + self.scroll_y()))

    def caret_at(self, point: QPoint) -> int:
        """Where a caret goes for a point of the viewport."""
        return self.geometry_map.caret_at(QPointF(point.x(), point.y() + self.scroll_y()))

    def handles(self) -> list[QRectF]:
        """The bars at the beginning and the end of the chosen coding, in the viewport; maybe off screen.

        None where its ends cannot be moved: another coder's, or a project that is read only.
        """
        place = self.underlay.handle_range()
        if place is None or place[0] >= place[1]:
            return []
        bars: list[QRectF] = []
        for unit, leading in ((place[0], True), (place[1], False)):
            block = self.document().findBlock(unit if leading else unit - 1)
            low, high = self.geometry_map.row(unit if leading else unit - 1)
            x = self.geometry_map.caret_x(block, unit, leading=leading) + block.layout().position().x()
            bars.append(QRectF(round(x) - 1, low - 3 - self.scroll_y(), 2, high - low + 6))
        return bars

    # Place

    def place(self) -> tuple[int, int]:
        """The unit at the beginning of the top line and how many pixels of the line are above the edge."""
        unit = self.geometry_map.first_line(self.scroll_y())
        return unit, round(self.scroll_y() - self.geometry_map.row(unit)[0])

    def restore_place(self, unit: int, offset: int) -> None:
        """Scroll as it was when ``place`` gave these."""
        target = round(self.geometry_map.row(min(unit, self.source.map.length))[0]) + offset
        self._scroll_to(target)

    def reveal(self, start: int, end: int) -> None:
        """Scroll so that the range stands in the middle, unless it can be seen already."""
        top = self.geometry_map.row(start)[0]
        bottom = self.geometry_map.row(max(start, end - 1))[1]
        height = self.viewport().height()
        if top - 4 >= self.scroll_y() and min(bottom, top + height * 0.6) + 4 <= self.scroll_y() + height:
            return
        middle = (top + bottom) / 2 if bottom - top < height * 0.8 else top + height * 0.4
        target = round(middle - height / 2)
        self._scroll_to(target)

    def set_margins(self, left: int, right: int) -> None:
        """White space beside the column for the gutters; lines break anew only if the width changes."""
        self.setViewportMargins(left, 0, right, 0)

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = event.rect()
        painter = QPainter(self.viewport())
        painter.translate(0, -self.scroll_y())
        self.underlay.paint(painter, self.scroll_y() + rect.top(), self.scroll_y() + rect.bottom())
        painter.end()
        super().paintEvent(event)
        self._paint_handles(rect)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() != QEvent.Type.FontChange:  # a style sheet's font is not the page's
            super().changeEvent(event)

    def _scroll_to(self, y: int) -> None:
        if y > self.verticalScrollBar().maximum():
            self.document().documentLayout().documentSize()  # lays out the rest: the bar learns its range
        self.verticalScrollBar().setValue(y)

    def _update_blocks(self, numbers: set[int]) -> None:
        """Paint those of these blocks anew that show."""
        if not numbers:
            return
        top, height = self.scroll_y(), self.viewport().height()
        for block in self.geometry_map.blocks(top, top + height):
            if block.blockNumber() in numbers:
                layout = block.layout()
                y = layout.position().y() - top
                bottom = y + layout.boundingRect().height()
                self.viewport().update(
                    QRect(0, round(y) - 12, self.viewport().width(), round(bottom - y) + 24)
                )

    def _paint_handles(self, rect: QRect) -> None:
        bars = [bar for bar in self.handles() if bar.adjusted(-9, -9, 9, 9).intersects(QRectF(rect))]
        if not bars:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self.handles()[0]
        for bar in bars:
            center = QPointF(bar.center().x(), bar.top() - 1 if bar == first else bar.bottom() + 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.colors.accent))
            painter.drawRect(bar)
            painter.setPen(QPen(QColor(self.colors.page), 1.2))
            painter.drawEllipse(center, KNOB, KNOB)
        painter.end()

    def _set_document(self) -> None:
        font = self.text_font()
        old = self._document
        document = build_document(self.source, font, self.colors, self)
        self.geometry_map = Geometry(document, self.source, font)
        underlay = Underlay(self.geometry_map, self.index, self.colors)
        if old is not None:
            underlay.editable = self.underlay.editable
        self.underlay: Underlay = underlay
        self.plan = StripePlan(self.geometry_map, self.index)
        self.setDocument(document)
        self._document = document
        if old is not None:
            old.deleteLater()

    def put_cursor(self, anchor: int, position: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        bar = self.verticalScrollBar()
        value = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(value)


def _translucent(color: str) -> str:
    """A selection through which the tints can still be seen."""
    red, green, blue = rgb(color)
    return f"rgba({red}, {green}, {blue}, 185)"
