"""What the transcript shows and where: text, codings, matches, colours, place, zoom. Code points only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from coder_app.core.model import Transcript
from coder_app.core.text import whole_graphemes
from coder_app.core.unit_steps import unit_at
from coder_app.ui.transcript.colors import TranscriptColors
from coder_app.ui.transcript.gutter import StripeGutter, TurnMargin
from coder_app.ui.transcript.highlights import Highlight, Placed
from coder_app.ui.transcript.page import NOTHING, columns
from coder_app.ui.transcript.pane import TextPane
from coder_app.ui.transcript.source import Source

ZOOM_STEPS = (50, 60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
SETTLED = 200
"""Milliseconds without scrolling after which ``placeChanged`` tells where one reads."""


class ReadingView(QWidget):
    """A transcript to look at; ``TranscriptView`` adds what mouse and keys do."""

    placeChanged = Signal(int)
    """The code point at the top, a moment after scrolling has ended."""
    zoomChanged = Signal(int)
    """The zoom in percent."""

    def __init__(self, parent: QWidget | None = None, colors: TranscriptColors | None = None) -> None:
        super().__init__(parent)
        self._source = Source(NOTHING)
        self._pane = TextPane(self, self._passage, self._describe_unit)
        self._numbers = TurnMargin(self._pane)
        self._gutter = StripeGutter(self._pane, self._describe)
        self._wanted: tuple[int, int] | None = None
        self._units: list[tuple[int, int]] = []
        self._settle = QTimer(self, singleShot=True, interval=SETTLED)
        self._settle.timeout.connect(lambda: self.placeChanged.emit(self.place()[0]))
        self.setFocusProxy(self._pane)
        self._pane.setAccessibleName(self.tr("Transcript"))
        self._pane.setAccessibleDescription(self.tr("Select words and type the first letters of a code."))
        self._pane.zoomAsked.connect(self.zoom_by)
        self._pane.verticalScrollBar().valueChanged.connect(self._scrolled)
        if colors:
            self.set_colors(colors)

    # What is shown

    def show_transcript(self, transcript: Transcript | None) -> None:
        """Show a transcript from its beginning, without codings; None for an empty page."""
        self._source = Source(transcript or NOTHING)
        self._units = []
        self._pane.show_source(self._source)
        self._wanted = None
        self._arrange()
        self._update_sides()

    def set_codings(self, highlights: Sequence[Highlight]) -> None:
        """Show these codings and no others. Place, focus, selection and the selected coding stay."""
        placed = [item for item in map(self._place, highlights) if item]
        self._pane.set_placed(placed)
        chosen = next((item.guid for item in highlights if item.selected), None)
        if chosen is not None:
            self.set_selected(chosen)
        self._gutter.update()

    def codings(self) -> list[Highlight]:
        """The codings shown, as given."""
        return [placed.highlight for placed in self._pane.index.placed]

    def set_selected(self, guid: str | None) -> None:
        """Frame a coding and give it handles; an unknown GUID or None frames none."""
        guid = guid if self._pane.index.get(guid) else None
        before = self._pane.underlay.selected
        if guid != before:
            self._pane.underlay.selected = guid
            self._pane.underlay.proposal = None
            self._pane.repaint_codings(before, guid)
            self._gutter.update()

    def selected(self) -> str | None:
        """GUID of the selected coding."""
        return self._pane.underlay.selected

    def set_matches(self, matches: Sequence[tuple[int, int]], current: tuple[int, int] | None = None) -> None:
        """Mark what a search found, ``current`` more strongly."""
        units = self._source.map.units
        self._pane.underlay.matches = [units(*match) for match in matches]
        self._pane.underlay.current_match = units(*current) if current else None
        self._pane.viewport().update()

    def set_notes(self, notes: Sequence[tuple[int, int]]) -> None:
        """Mark the passages that memos are written on."""
        found = [self._source.map.units(*note) for note in notes]
        if found != self._pane.underlay.notes:
            self._pane.underlay.notes = found
            self._pane.viewport().update()

    def set_units(self, places: Sequence[tuple[int, int]]) -> None:
        """Show where the meaning units begin and end; they are in order and do not overlap."""
        if list(places) == self._units:
            return
        self._units = list(places)
        units = self._source.map.units
        self._pane.underlay.set_units([units(*place) for place in places])
        self._pane.viewport().update()

    def set_unit(self, place: tuple[int, int] | None) -> None:
        """Show more strongly the meaning unit that one has stepped to."""
        found = self._source.map.units(*place) if place is not None else None
        if found != self._pane.underlay.unit:
            self._pane.underlay.unit = found
            self._pane.viewport().update()

    def set_editable(self, editable: bool) -> None:
        """Whether ends of own codings can be moved; then the chosen one has handles."""
        if editable != self._pane.underlay.editable:
            self._pane.underlay.editable = editable
            self._pane.viewport().update()

    def set_colors(self, colors: TranscriptColors) -> None:
        """Dress the page in a theme; place and selection stay."""
        self._pane.set_colors(colors)
        self._update_sides()

    def selection(self) -> tuple[int, int]:
        """The selected range in whole characters as seen; start equals end at a bare caret."""
        cursor = self._pane.textCursor()
        start, end = self._source.map.points(cursor.selectionStart(), cursor.selectionEnd())
        return whole_graphemes(self._source.text, start, end) if start < end else (start, end)

    # Place

    def place(self) -> tuple[int, int]:
        """The code point at the top of the page and the pixels of its line above the edge."""
        unit, offset = self._wanted or self._pane.place()
        return self._source.map.start(unit), offset

    def restore_place(self, position: int, offset: int = 0) -> None:
        """Scroll to what ``place`` told; works before the page is shown too."""
        unit = self._source.map.unit(min(max(0, position), len(self._source.text)))
        if self.isVisible():
            self._pane.restore_place(unit, offset)
        else:
            self._wanted = unit, offset  # a hidden page has no scroll range yet

    def scroll_to(self, start: int, end: int) -> None:
        """Bring a range to the middle of the page, only when it can't be seen."""
        if self.isVisible():
            self._pane.reveal(*self._source.map.units(start, end))
        else:
            self._wanted = self._source.map.unit(start), -self.height() // 2

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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._wanted:
            wanted, self._wanted = self._wanted, None
            self._pane.restore_place(*wanted)

    # Inside

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

    def _place(self, highlight: Highlight) -> Placed | None:
        """A highlight with its place on the page; the one already there if it is the same."""
        known = self._pane.index.get(highlight.guid)
        if known and known.highlight == highlight:
            return known
        start, end = max(0, highlight.start), min(highlight.end, len(self._source.text))
        return Placed(highlight, *self._source.map.units(start, end)) if start < end else None

    def _update_sides(self) -> None:
        self._numbers.update()
        self._gutter.update()

    def _scrolled(self) -> None:
        self._update_sides()
        self._settle.start()

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
        lines = [self._describe(item.guid).replace("\n", " \u2013 ") for item in self._pane.index.at(unit)]
        position = self._source.map.start(unit)
        number = unit_at(self._units, position, position + 1)
        if number is not None:
            lines.append(self.tr("Meaning unit {n}").format(n=number + 1))
        return "\n".join(lines)
