"""The transcript widget; everything at its border counts code points into the stored text.

Why a QTextEdit: QPlainTextEdit ignores line height and space between turns, and the page must read well.
The document is built before it has a widget and laid out lazily, so it costs about the bare QTextEdit.
Highlights are painted under the words for visible blocks only; a change repaints and lays out nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QWidget

from coder_app.core import spans
from coder_app.core.model import Transcript
from coder_app.core.text import sentences, whole_graphemes
from coder_app.ui.transcript.colors import TranscriptColors
from coder_app.ui.transcript.gutter import StripeGutter, TurnMargin
from coder_app.ui.transcript.highlights import Highlight, Placed
from coder_app.ui.transcript.page import NOTHING, columns
from coder_app.ui.transcript.pane import CODE_MIME, PASSAGE_MIME, TextPane
from coder_app.ui.transcript.source import Source
from coder_app.ui.transcript.words import earlier_end, earlier_start, later_end, later_start

__all__ = ["CODE_MIME", "PASSAGE_MIME", "TranscriptView"]

ZOOM_STEPS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
SETTLED = 200
"""Milliseconds without scrolling after which ``placeChanged`` tells where one reads."""


class TranscriptView(QWidget):
    """One transcript, read like a page, with its codings."""

    selectionChanged = Signal(int, int)
    """The selected range; start equals end when only the caret stands there."""
    codingClicked = Signal(str, object)
    """GUID of the coding clicked in the text or gutter (it is selected now) and the keyboard modifiers."""
    codingActivated = Signal(str)
    """A coding double-clicked in the gutter, or Enter pressed while it is selected."""
    codingDeselected = Signal()
    """No coding is selected any more: Esc or a click beside codings."""
    codesAtCursorChanged = Signal(list)
    """GUIDs of the codings at the caret or under the selection, smallest first."""
    placeChanged = Signal(int)
    """The code point at the top, a moment after scrolling has ended."""
    resizeRequested = Signal(str, int, int)
    """An end of the selected coding was dragged: GUID and the range it shall have."""
    codeDropped = Signal(str, int, int)
    """GUID of a code dropped on the selection or on a coding, and that range."""
    contextMenuRequested = Signal(QPoint, int, list)
    """Global point, code point under it (the caret's for the menu key), GUIDs of the codings there."""
    letterTyped = Signal(str)
    """A letter typed while text is selected; empty when Enter was pressed there."""
    zoomChanged = Signal(int)
    """The zoom in percent."""

    def __init__(self, parent: QWidget | None = None, colors: TranscriptColors | None = None) -> None:
        super().__init__(parent)
        self._source = Source(NOTHING)
        self._said: tuple[int, int] = (0, 0)
        self._at_cursor: list[str] = []
        self._pane = TextPane(self, self._passage, self._describe_unit)
        self._numbers = TurnMargin(self._pane)
        self._gutter = StripeGutter(self._pane, self._describe)
        self._settle = QTimer(self, singleShot=True, interval=SETTLED)
        self.setFocusProxy(self._pane)
        self._pane.setAccessibleName(self.tr("Transcript"))
        self._pane.setAccessibleDescription(self.tr("Select words and type the first letters of a code."))
        self._connect()
        if colors:
            self.set_colors(colors)

    # What is shown

    def show_transcript(self, transcript: Transcript | None) -> None:
        """Show a transcript from its beginning, without codings; None for an empty page."""
        self._source = Source(transcript or NOTHING)
        self._pane.show_source(self._source)
        self._said, self._at_cursor = (0, 0), []
        self._arrange()
        self._update_sides()

    def set_codings(self, highlights: Sequence[Highlight]) -> None:
        """Show these codings and no others. Place, focus, selection and the selected coding stay."""
        length = len(self._source.text)
        placed: list[Placed] = []
        for item in highlights:
            start, end = max(0, item.start), min(item.end, length)
            if start < end:
                placed.append(Placed(item, *self._source.map.units(start, end)))
        self._pane.set_placed(placed)
        chosen = next((item.guid for item in highlights if item.selected), None)
        if chosen is not None:
            self.set_selected(chosen)
        self._gutter.update()
        self._tell_codes()

    def codings(self) -> list[Highlight]:
        """The codings shown, as given."""
        return [placed.highlight for placed in self._pane.index.placed]

    def set_selected(self, guid: str | None) -> None:
        """Frame a coding and give it handles; an unknown GUID or None frames none."""
        guid = guid if self._pane.index.get(guid) else None
        if guid != self._pane.underlay.selected:
            self._pane.underlay.selected = guid
            self._pane.underlay.proposal = None
            self._repaint()

    def selected(self) -> str | None:
        """GUID of the selected coding."""
        return self._pane.underlay.selected

    def set_matches(self, matches: Sequence[tuple[int, int]], current: tuple[int, int] | None = None) -> None:
        """Mark what a search found, ``current`` more strongly."""
        units = self._source.map.units
        self._pane.underlay.matches = [units(*match) for match in matches]
        self._pane.underlay.current_match = units(*current) if current else None
        self._pane.viewport().update()

    def set_colors(self, colors: TranscriptColors) -> None:
        """Dress the page in a theme; place and selection stay."""
        self._pane.set_colors(colors)
        self._update_sides()

    # Selection

    def selection(self) -> tuple[int, int]:
        """The selected range in whole characters as seen; start equals end at a bare caret."""
        cursor = self._pane.textCursor()
        start, end = self._source.map.points(cursor.selectionStart(), cursor.selectionEnd())
        return whole_graphemes(self._source.text, start, end) if start < end else (start, end)

    def select(self, start: int, end: int) -> None:
        """Select ``[start, end)``; the page does not scroll (see ``scroll_to``)."""
        self._pane.select(*self._source.map.units(*whole_graphemes(self._source.text, start, end)))

    def select_sentence(self, position: int) -> None:
        """Select the sentence that holds a code point, without the speaker's name before it."""
        turn = self._source.turn_at(position)
        low, high = self._source.block_range(self._block_of(position))
        if turn and position >= turn.body:
            low, high = turn.body, turn.end
        for start, end in sentences(self._source.text, low, high):
            if position <= end:
                self.select(start, end)
                return

    def clear_selection(self) -> None:
        """Keep only the caret, at the end of what was selected."""
        end = self._pane.textCursor().selectionEnd()
        self._pane.select(end, end)

    def selection_rect(self) -> QRect:
        """Where the selection (or the caret) can be seen, on the screen: a popup opens below it."""
        start, end = self._source.map.units(*self.selection())
        seen = [box.toAlignedRect() for box in self._pane.boxes(start, end)]
        rect = self._pane.cursorRect()
        if seen:
            rect = seen[0]
            for box in seen[1:]:
                rect = rect.united(box)
            rect = rect.intersected(self._pane.viewport().rect()) or rect
        return QRect(self._pane.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def codes_at_cursor(self) -> list[str]:
        """As ``codesAtCursorChanged`` told."""
        return list(self._at_cursor)

    # Codings one by one

    def next_coding(self) -> str | None:
        """Select the coding after the selected one (or after the caret) and show it; None at the end."""
        caret = self._pane.textCursor().position()
        return self._walk_to(spans.following(self._pane.index.placed, caret, self.selected()))

    def previous_coding(self) -> str | None:
        """As ``next_coding``, backwards."""
        caret = self._pane.textCursor().position()
        return self._walk_to(spans.preceding(self._pane.index.placed, caret, self.selected()))

    def grow_end(self, words: int = 1) -> tuple[int, int] | None:
        """The selected coding with its end moved by one word: +1 outwards, -1 inwards. Nothing is changed."""
        return self._grown(0, words)

    def grow_start(self, words: int = 1) -> tuple[int, int] | None:
        """The selected coding with its beginning moved by one word: +1 outwards, -1 inwards."""
        return self._grown(words, 0)

    # Place

    def place(self) -> tuple[int, int]:
        """The code point at the top of the page and the pixels of its line above the edge."""
        unit, offset = self._pane.place()
        return self._source.map.start(unit), offset

    def restore_place(self, position: int, offset: int = 0) -> None:
        """Scroll to what ``place`` told; works before the page is shown too."""
        self._pane.restore_place(self._source.map.unit(min(max(0, position), len(self._source.text))), offset)

    def scroll_to(self, start: int, end: int) -> None:
        """Bring a range to the middle of the page, only when it can't be seen."""
        self._pane.reveal(*self._source.map.units(start, end))

    # Zoom

    def zoom(self) -> int:
        """The size of the text in percent."""
        return self._pane.zoom_percent

    def set_zoom(self, percent: int) -> None:
        """Set the size of the text (50 to 300 percent); place and selection stay."""
        percent = max(ZOOM_STEPS[0], min(ZOOM_STEPS[-1], percent))
        if percent == self.zoom():
            return
        place = self._pane.place()
        self._pane.set_zoom(percent)
        self._arrange()
        self._pane.restore_place(*place)
        self._update_sides()
        self.zoomChanged.emit(percent)

    def zoom_by(self, steps: int) -> None:
        """One step larger (+1) or smaller (-1); 0 for the normal size."""
        if steps == 0:
            self.set_zoom(100)
        elif steps > 0:
            self.set_zoom(next((step for step in ZOOM_STEPS if step > self.zoom()), ZOOM_STEPS[-1]))
        else:
            self.set_zoom(next((step for step in reversed(ZOOM_STEPS) if step < self.zoom()), ZOOM_STEPS[0]))

    # Points, for menus and tests

    def viewport(self) -> QWidget:
        """The widget that gets the mouse over the words."""
        return self._pane.viewport()

    def gutter(self) -> StripeGutter:
        return self._gutter

    def turn_margin(self) -> TurnMargin:
        return self._numbers

    def range_rects(self, start: int, end: int) -> list[QRect]:
        """The boxes round a range in the viewport, line by line, of what is on screen."""
        return [box.toAlignedRect() for box in self._pane.boxes(*self._source.map.units(start, end))]

    def handle_rects(self) -> list[QRect]:
        """The handles of the selected coding in the viewport: beginning, end."""
        return [bar.toAlignedRect() for bar in self._pane.handles()]

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # Inside

    def _connect(self) -> None:
        pane, gutter = self._pane, self._gutter
        pane.selectionChanged.connect(self._tell_selection)
        pane.cursorPositionChanged.connect(self._tell_selection)
        pane.pressedPlain.connect(self._click)
        pane.sentenceAsked.connect(lambda unit: self.select_sentence(self._source.map.start(unit)))
        pane.zoomAsked.connect(self.zoom_by)
        pane.handleMoved.connect(self._drag_end)
        pane.handleDropped.connect(self._drop_end)
        pane.codesHovered.connect(lambda unit: pane.propose(self._drop_place(unit)))
        pane.codesDropped.connect(self._drop_codes)
        pane.contextAsked.connect(self._ask_menu)
        pane.typed.connect(self.letterTyped)
        pane.entered.connect(self._enter)
        pane.escaped.connect(self._escape)
        pane.verticalScrollBar().valueChanged.connect(self._scrolled)
        gutter.clicked.connect(self._click_coding)
        gutter.activated.connect(self.codingActivated)
        gutter.hovered.connect(self._hover)
        gutter.contextRequested.connect(self._ask_gutter_menu)
        self._numbers.clicked.connect(self._select_turn)
        self._settle.timeout.connect(lambda: self.placeChanged.emit(self.place()[0]))

    def _arrange(self) -> None:
        """Share the width; where lines break anew the place stays."""
        pane = self._pane
        metrics = QFontMetricsF(pane.text_font())
        digits = round(QFontMetricsF(pane.small_font()).horizontalAdvance("0")) * max(
            2, len(str(len(self._source.transcript.turns)))
        )
        width = self.width() - pane.verticalScrollBar().sizeHint().width()
        parts = columns(width, metrics.averageCharWidth(), digits)
        before, place = pane.viewport().width(), pane.place()
        left = parts.pad + parts.numbers
        pane.set_margins(left, max(0, width - left - parts.text))
        pane.setGeometry(self.rect())
        self._numbers.setGeometry(parts.pad, 0, parts.numbers, self.height())
        self._gutter.setGeometry(left + parts.text, 0, parts.gutter, self.height())
        if pane.viewport().width() != before:
            pane.geometry_map.forget()
            pane.restore_place(*place)
            self._update_sides()

    def _update_sides(self) -> None:
        self._numbers.update()
        self._gutter.update()

    def _repaint(self) -> None:
        self._pane.viewport().update()
        self._gutter.update()

    def _scrolled(self) -> None:
        self._update_sides()
        self._settle.start()

    def _tell_selection(self) -> None:
        selection = self.selection()
        if selection != self._said:
            self._said = selection
            self.selectionChanged.emit(*selection)
        self._tell_codes()

    def _tell_codes(self) -> None:
        guids = [item.guid for item in self._under_cursor()]
        if guids != self._at_cursor:
            self._at_cursor = guids
            self.codesAtCursorChanged.emit(list(guids))

    def _under_cursor(self) -> list[Placed]:
        """The codings under the selection; at a caret those before it or, where there are none, behind it."""
        cursor, index = self._pane.textCursor(), self._pane.index
        if cursor.hasSelection():
            return spans.touching(index.placed, cursor.selectionStart(), cursor.selectionEnd())
        return index.at(cursor.position()) or index.at(cursor.position() - 1)

    def _click(self, unit: int, modifiers: object) -> None:
        found = self._pane.index.at(unit) if unit >= 0 else []
        self._click_coding(found[0].guid if found else "", modifiers)

    def _click_coding(self, guid: str, modifiers: object) -> None:
        if guid:
            self.set_selected(guid)
            self.codingClicked.emit(guid, modifiers)
        else:
            self._deselect()

    def _deselect(self) -> None:
        if self.selected() is not None:
            self.set_selected(None)
            self.codingDeselected.emit()

    def _escape(self) -> None:
        if self._pane.textCursor().hasSelection():
            self.clear_selection()
        else:
            self._deselect()

    def _enter(self) -> None:
        chosen = self.selected()
        if self._pane.textCursor().hasSelection():
            self.letterTyped.emit("")
        elif chosen is not None:
            self.codingActivated.emit(chosen)

    def _hover(self, guid: str) -> None:
        self._pane.underlay.hovered = guid or None
        self._pane.viewport().update()

    def _drag_end(self, first: bool, unit: int) -> None:
        chosen = self._pane.index.get(self.selected())
        if chosen is None:
            return
        text = self._source.text
        start, end = self._source.map.points(chosen.start, chosen.end)
        if first:
            start = whole_graphemes(text, min(self._source.map.start(unit), end - 1), end)[0]
        else:
            end = whole_graphemes(text, start, max(self._source.map.end(unit), start + 1))[1]
        self._pane.propose(self._source.map.units(start, end))

    def _drop_end(self) -> None:
        guid, place = self.selected(), self._pane.proposal()
        self._pane.propose(None)
        chosen = self._pane.index.get(guid)
        if guid is not None and chosen and place and place != (chosen.start, chosen.end):
            self.resizeRequested.emit(guid, *self._source.map.points(*place))

    def _drop_place(self, unit: int) -> tuple[int, int] | None:
        """What a code held over ``unit`` would be put on: the selection, or the coding there."""
        cursor = self._pane.textCursor()
        if unit < 0:
            return None
        if cursor.selectionStart() <= unit < cursor.selectionEnd():
            return self._source.map.units(*self.selection())
        found = self._pane.index.at(unit)
        chosen = next((item for item in found if item.guid == self.selected()), found[0] if found else None)
        return (chosen.start, chosen.end) if chosen else None

    def _drop_codes(self, guids: list[str], unit: int) -> None:
        place = self._drop_place(unit)
        if place:
            for guid in guids:
                self.codeDropped.emit(guid, *self._source.map.points(*place))

    def _ask_menu(self, point: QPoint, unit: int) -> None:
        cursor = self._pane.textCursor()
        if unit == -2:
            self.contextMenuRequested.emit(point, self.selection()[1], self.codes_at_cursor())
            return
        if unit >= 0 and not cursor.selectionStart() <= unit < cursor.selectionEnd():
            self._pane.select(unit, unit)
        guids = [item.guid for item in self._pane.index.at(unit)] if unit >= 0 else []
        position = self._source.map.start(unit) if unit >= 0 else self.selection()[1]
        self.contextMenuRequested.emit(point, position, guids)

    def _ask_gutter_menu(self, guid: str, point: QPoint) -> None:
        self.set_selected(guid)
        placed = self._pane.index.get(guid)
        if placed:
            self.contextMenuRequested.emit(point, placed.highlight.start, [guid])

    def _select_turn(self, number: int) -> None:
        turn = next((turn for turn in self._source.transcript.turns if turn.number == number), None)
        if turn:
            self.select(turn.body, turn.body + len(self._source.text[turn.body : turn.end].rstrip()))
            self._pane.setFocus()

    def _walk_to(self, placed: Placed | None) -> str | None:
        if placed is None:
            return None
        with QSignalBlocker(self._pane):
            self._pane.select(placed.start, placed.start)
        self.set_selected(placed.guid)
        self._pane.reveal(placed.start, placed.end)
        self._tell_selection()
        return placed.guid

    def _grown(self, at_start: int, at_end: int) -> tuple[int, int] | None:
        chosen = self._pane.index.get(self.selected())
        if chosen is None:
            return None
        text = self._source.text
        start, end = self._source.map.points(chosen.start, chosen.end)
        if at_end:
            end = later_end(text, end) if at_end > 0 else earlier_end(text, start, end)
        if at_start:
            start = earlier_start(text, start) if at_start > 0 else later_start(text, start, end)
        return start, end

    def _block_of(self, position: int) -> int:
        return self._pane.index.block_of(self._source.map.unit(position))

    def _passage(self) -> tuple[str, str]:
        start, end = self.selection()
        return self._source.text[start:end], f"{start}-{end}"

    def _describe(self, guid: str) -> str:
        placed = self._pane.index.get(guid)
        if placed is None:
            return ""
        highlight = placed.highlight
        name = self.tr("No code yet") if highlight.unnamed else highlight.name
        return f"{name}\n{highlight.coder_name}" if highlight.coder_name else name

    def _describe_unit(self, unit: int) -> str:
        return "\n".join(
            self._describe(item.guid).replace("\n", " \u2013 ") for item in self._pane.index.at(unit)
        )
