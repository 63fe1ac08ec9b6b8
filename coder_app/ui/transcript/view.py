"""The transcript widget; everything at its border counts code points into the stored text.

Why a QTextEdit: QPlainTextEdit ignores line height and space between turns, and the page must read well.
The document is built before it has a widget and laid out lazily, so it costs about the bare QTextEdit.
Highlights are painted under the words for visible blocks only; a change repaints and lays out nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from coder_app.core import spans
from coder_app.core.model import Transcript
from coder_app.core.text import grow_to_words, sentences, whole_graphemes, word_at
from coder_app.ui.transcript.colors import TranscriptColors
from coder_app.ui.transcript.highlights import Highlight, Placed
from coder_app.ui.transcript.pane import CODE_MIME, PASSAGE_MIME
from coder_app.ui.transcript.reading import ReadingView
from coder_app.ui.transcript.words import earlier_end, earlier_start, later_end, later_start

__all__ = ["CODE_MIME", "PASSAGE_MIME", "TranscriptView"]


class TranscriptView(ReadingView):
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
    resizeRequested = Signal(str, int, int)
    """An end of the selected coding was dragged: GUID and the range it shall have."""
    codeDropped = Signal(str, int, int)
    """GUID of a code dropped on the selection or on a coding, and that range."""
    contextMenuRequested = Signal(QPoint, int, list)
    """Global point, code point under it (the caret's for the menu key), GUIDs of the codings there."""
    letterTyped = Signal(str)
    """A letter typed while text is selected; empty when Enter was pressed there."""

    def __init__(self, parent: QWidget | None = None, colors: TranscriptColors | None = None) -> None:
        super().__init__(parent, colors)
        self._said: tuple[int, int] = (0, 0)
        self._at_cursor: list[str] = []
        self._connect()

    def show_transcript(self, transcript: Transcript | None) -> None:
        """Show a transcript from its beginning, without codings; None for an empty page."""
        self._said, self._at_cursor = (0, 0), []
        super().show_transcript(transcript)

    def set_codings(self, highlights: Sequence[Highlight]) -> None:
        """Show these codings and no others. Place, focus, selection and the selected coding stay."""
        super().set_codings(highlights)
        self._tell_codes()

    # Selection

    def select(self, start: int, end: int) -> None:
        """Select ``[start, end)``; the page does not scroll (see ``scroll_to``)."""
        self._pane.select(*self._source.map.units(*whole_graphemes(self._source.text, start, end)))

    def select_word(self, position: int) -> None:
        """Select the word that holds a code point."""
        self.select(*word_at(self._source.text, position))

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

    def take_whole_words(self, whole: bool) -> None:
        """Whether what is selected by dragging the mouse grows to whole words; keys stay exact."""
        self._pane.snap = self._grown_to_words if whole else None

    def clear_selection(self) -> None:
        """Keep only the caret, at the end of what was selected."""
        end = self._pane.textCursor().selectionEnd()
        self._pane.select(end, end)

    def selected_text(self) -> str:
        """The selected words as stored."""
        return self._passage()[0]

    def copy(self) -> None:
        """Put the selected words on the clipboard, as stored."""
        if self._pane.textCursor().hasSelection():
            QGuiApplication.clipboard().setMimeData(self._pane.createMimeDataFromSelection())

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

    # Inside

    def _connect(self) -> None:
        pane, gutter = self._pane, self._gutter
        pane.selectionChanged.connect(self._tell_selection)
        pane.cursorPositionChanged.connect(self._tell_selection)
        pane.pressedPlain.connect(self._click)
        pane.wordAsked.connect(lambda unit: self.select_word(self._source.map.start(unit)))
        pane.sentenceAsked.connect(lambda unit: self.select_sentence(self._source.map.start(unit)))
        pane.handleMoved.connect(self._drag_end)
        pane.handleDropped.connect(self._drop_end)
        pane.codesHovered.connect(lambda unit: pane.aim_at(self._drop_place(unit)))
        pane.codesDropped.connect(self._drop_codes)
        pane.contextAsked.connect(self._ask_menu)
        pane.typed.connect(self.letterTyped)
        pane.entered.connect(self._enter)
        pane.escaped.connect(self._escape)
        gutter.clicked.connect(self._click_coding)
        gutter.activated.connect(self.codingActivated)
        gutter.hovered.connect(self._hover)
        gutter.contextRequested.connect(self._ask_gutter_menu)
        self._numbers.clicked.connect(self._select_turn)

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

    def _grown_to_words(self, start: int, end: int) -> tuple[int, int]:
        """A range of units without cut words."""
        return self._source.map.units(*grow_to_words(self._source.text, *self._source.map.points(start, end)))

    def _block_of(self, position: int) -> int:
        return self._pane.index.block_of(self._source.map.unit(position))
