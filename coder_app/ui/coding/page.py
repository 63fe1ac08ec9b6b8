"""The Code page: transcripts, codebook, the text with its highlights, details, quotes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent

from coder_app.core.changes import Changes
from coder_app.core.model import Status
from coder_app.ui.actions import Action
from coder_app.ui.codebook.commands import CodebookCommands
from coder_app.ui.codebook.pins import pinned
from coder_app.ui.codebook.table import CodebookActions, codebook_actions
from coder_app.ui.codebook.tree import CodebookTree
from coder_app.ui.coding.commands import CODING_ACTIONS
from coder_app.ui.coding.details import DetailsPanel
from coder_app.ui.coding.documents import DocumentList
from coder_app.ui.coding.finding import FindBar
from coder_app.ui.coding.keeping import PlaceKeeper
from coder_app.ui.coding.layout import Layout
from coder_app.ui.coding.menu import coding_menu
from coder_app.ui.coding.popup import CodePopup
from coder_app.ui.coding.showing import Showing
from coder_app.ui.coding.unit_commands import UNIT_ACTIONS
from coder_app.ui.retrieval.table import QuoteActions, quote_actions
from coder_app.ui.retrieval.view import QuotesView
from coder_app.ui.transcript.colors import DARK, LIGHT, TranscriptColors
from coder_app.ui.transcript.view import TranscriptView
from coder_app.ui.units.commands import DIVIDING

_LISTED = Changes.DOCUMENTS | Changes.PROGRESS | Changes.CODINGS | Changes.CODERS
LONG_LIST = 300
"""Quotes in the list below the text from which reading them again takes noticeable time (7 ms per 1,000)."""
_DIVIDED = Changes.UNITS | Changes.ROUNDS | Changes.CODERS | Changes.DOCUMENTS | Changes.SPEAKERS
_PAINTED = Changes.CODINGS | Changes.CODES | Changes.CODERS | Changes.MEMOS


class CodePage(CodebookActions, QuoteActions, Showing):
    """Reading and coding: what is read when. What the commands do is in ``Stepping``, ``Doing`` and
    ``Applying``."""

    key = "code"

    @classmethod
    def actions_table(cls) -> list[Action]:
        rows = [*CODING_ACTIONS, *UNIT_ACTIONS, *DIVIDING]
        return [*rows, *codebook_actions(scope="tree"), *quote_actions(scope="quotes")]

    # Making

    def build(self) -> None:
        self.documents = DocumentList(self.ctx)
        self.tree = CodebookTree(self.ctx)
        self.commands = CodebookCommands(self.tree, self.ctx)
        self.view = TranscriptView(colors=self._colors())
        self.details = DetailsPanel(self.ctx)
        self.quotes = QuotesView(self.ctx)
        self.find_bar = FindBar(self.ctx)
        self.popup = CodePopup(self.ctx, self)
        self.keeper = PlaceKeeper(self.ctx, self)
        self.parts = Layout(
            self.ctx, self, self.documents, self.tree, self.find_bar, self.view, self.quotes, self.details
        )
        self.folding = self.parts.folding
        self.units_bar = self.parts.units
        self.title, self.status, self.waiting = (
            self.parts.head.title,
            self.parts.head.status,
            self.parts.head.waiting,
        )
        self.setFocusProxy(self.view)
        self._by_guid = {}
        self._notes = []
        self._quotes_stale = Changes.NONE
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._catch_up_quotes)
        self._connect()

    def _connect(self) -> None:
        ctx, view = self.ctx, self.view
        self.documents.chosen.connect(self.show_document)
        ctx.documentSelected.connect(self.show_document)
        ctx.codeSelected.connect(self._code_selected)
        ctx.zoomChanged.connect(view.set_zoom)
        view.zoomChanged.connect(ctx.set_zoom)
        view.placeChanged.connect(lambda _: self.keep_place())
        view.codesAtCursorChanged.connect(lambda _: self.show_at_cursor())
        view.selectionChanged.connect(lambda *_: self.show_at_cursor())
        view.codingClicked.connect(lambda guid, _: self._coding_chosen(guid))
        view.codingDeselected.connect(self.show_at_cursor)
        view.codingActivated.connect(self._coding_activated)
        view.resizeRequested.connect(self.resize_coding)
        view.codeDropped.connect(self.put_code)
        view.letterTyped.connect(self.letter_typed)
        view.contextMenuRequested.connect(self._menu)
        self.tree.codeChosen.connect(ctx.select_code)
        self.tree.view.clicked.connect(lambda _: self._code_selected(self.tree.current()))
        self.tree.selectionChanged.connect(self.update_actions)
        self.quotes.selectionChanged.connect(self.update_actions)
        self.tree.codeActivated.connect(self.apply_chosen)
        self.tree.filterReturnPressed.connect(lambda: self.apply_chosen(self.tree.current()))
        self.tree.passageDropped.connect(self.apply_chosen)
        self.details.codingChosen.connect(self._row_chosen)
        self.find_bar.here = lambda: self.view.place()[0]
        self.find_bar.matchesChanged.connect(self._show_matches)
        self.find_bar.placeWanted.connect(self.open_place)
        self.find_bar.closed.connect(self.go_text)
        self.status.activated.connect(lambda _: self.set_status(Status(self.status.currentData())))
        self.waiting.clicked.connect(self.list_unnamed)
        self.parts.finished.backWanted.connect(lambda: self.set_finished(False))
        self.units_bar.nextWanted.connect(self.next_unit)
        self.units_bar.previousWanted.connect(self.previous_unit)
        self.units_bar.uncodedWanted.connect(self.next_uncoded)
        self.units_bar.lockWanted.connect(self.lock_units)
        self.units_bar.leaveWanted.connect(self.leave_pass)
        view.set_zoom(ctx.settings.zoom)
        view.take_whole_words(ctx.settings.whole_words)

    def _colors(self) -> TranscriptColors:
        return DARK if self.ctx.colors.dark else LIGHT

    # Page

    def refresh(self, changes: Changes) -> None:
        with self.quietly():
            if changes & Changes.CODERS:
                self.popup.leave()
            if changes & _LISTED:
                self.documents.refresh(changes)
            looked_at = self.ctx.code
            self.tree.refresh(changes)
            if changes == Changes.EVERYTHING and looked_at:
                self.tree.select(looked_at)  # another page has chosen it
            self._check_document(changes)
            if changes & (Changes.CODINGS | Changes.CODERS):
                self.waiting_now = len(self.project.codings.unnamed([self.project.coders.current.guid]))
                self.parts.head.show_waiting(self.waiting_now)
            if changes & _PAINTED:
                self.show_codings()
            if changes & _DIVIDED:
                self.read_units()
            if changes & (Changes.PROGRESS | Changes.CODERS):
                self._show_status()
            self._refresh_quotes(changes)
            self._late = True

    def _refresh_quotes(self, changes: Changes) -> None:
        """Long lists are read again when the text is painted: the eye of who codes is on the text."""
        self._quotes_stale |= changes
        if len(self.quotes.model.ids) > LONG_LIST and changes & Changes.CODINGS:
            self._later.start()
        else:
            self._catch_up_quotes()

    def _catch_up_quotes(self) -> None:
        self._later.stop()
        stale, self._quotes_stale = self._quotes_stale, Changes.NONE
        if self.ctx.has_project:
            self.quotes.refresh(stale)

    def _check_document(self, changes: Changes) -> None:
        """Open a transcript where none is open or the open one has gone; read it again if it changed."""
        known = self.documents.guids()
        self.parts.show_empty(not known)
        if self.ctx.document not in known:
            remembered = self.ctx.remembered.document
            start = remembered if remembered in known else (known[0] if known else "")
            self.transcript = None
            self.ctx.select_document(start)
            if not start:
                self.view.show_transcript(None)
                self.title.put("")
        if self.ctx.document and (
            self.transcript is None or changes & (Changes.DOCUMENTS | Changes.SPEAKERS)
        ):
            self._load(self.ctx.document)

    def retheme(self) -> None:
        self.view.set_colors(self._colors())
        self.tree.retheme()
        self.quotes.retheme()
        self.details.retheme()

    def enter(self) -> None:
        self.documents.show_current(self.ctx.document)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.keep_place()
        self.popup.leave()
        self.details.memos.flush()
        self.keeper.save()

    # The transcript

    def show_document(self, guid: str) -> None:
        if guid and (self.transcript is None or self.transcript.document.guid != guid):
            with self.quietly():
                self._load(guid)
                self.steps = ()
                self.show_codings()
                self.read_units()
                self._show_status()
                self._late = True
        self.ctx.select_document(guid)
        self.documents.show_current(guid)

    def _load(self, guid: str) -> None:
        ok, transcript = self.ctx.run(self.ctx.project.documents.transcript, guid)
        if not ok or transcript is None:
            return
        if self.transcript is not None and self.transcript.document.guid == guid:
            shown = (self.transcript.text, self.transcript.speakers)
            if shown != (transcript.text, transcript.speakers):
                place = self.view.place()
                self.view.show_transcript(transcript)
                self.view.restore_place(*place)
        else:
            self.keep_place()
            self.view.show_transcript(transcript)
            self.view.restore_place(self.keeper.place(guid))
            self.find_bar.show_text(transcript.text)
        self.transcript = transcript
        self.title.put(transcript.document.title)
        self.view.set_editable(self.ctx.writable)
        self.keep_place()

    def keep_place(self) -> None:
        """Remember where one reads, so that the project opens there next time."""
        if self.transcript is not None and self.ctx.has_project:
            self.keeper.keep(self.transcript.document.guid, self.view.place()[0])

    def open_place(self, document: str, start: int, end: int) -> None:
        with self.quietly():
            self.show_document(document)
            if start < end:
                self.view.select(start, end)
                self.view.scroll_to(start, end)
                at = [coding for coding in self.codings if (coding.start, coding.end) == (start, end)]
                self.view.set_selected(at[0].guid if at else None)
            self._late = True

    def _show_matches(self, matches: list[tuple[int, int]], current: tuple[int, int] | None) -> None:
        self.view.set_matches(matches, current)
        if current is not None:
            self.view.scroll_to(*current)

    # Codings

    def _coding_chosen(self, guid: str) -> None:
        """A coding was clicked or walked to: its code is the one looked at now."""
        with self.quietly():
            self.view.set_selected(guid)
            coding = self.chosen_coding()
            if coding is not None and coding.code:
                self.tree.select(coding.code)
            self._late = True

    def _row_chosen(self, guid: str) -> None:
        self._coding_chosen(guid)
        coding = self.chosen_coding()
        if coding is not None:
            self.view.scroll_to(coding.start, coding.end)

    def _coding_activated(self, guid: str) -> None:
        coding = self._by_guid.get(guid)
        if coding is not None and coding.code is None and self.ctx.writable:
            self.recode()
        else:
            self.go_details()

    def _show_status(self) -> None:
        self.status.setCurrentIndex(self.status.findData(self.status_now().value))
        self.status.setEnabled(self.ctx.writable and self.transcript is not None)
        self._note_finished()

    # Codebook and quotes

    def _code_selected(self, guid: str) -> None:
        if guid:
            if guid != self.tree.current():
                self.tree.select(guid)
            if guid != self.quotes.node:
                self.quotes.show_node(guid)

    @property
    def codebook_commands(self) -> CodebookCommands:
        return self.commands

    # Menu at the mouse

    def _menu(self, point: QPoint, _position: int, guids: list[str]) -> None:
        if guids:
            self._coding_chosen(guids[0])
        else:  # or “Remove” would mean a coding that stands elsewhere
            self.view.set_selected(None)
            self.show_at_cursor()
        actions = {action.objectName(): action for part in (self, self.view) for action in part.actions()}
        if self.division is None or self.division.locked:
            actions = {id: action for id, action in actions.items() if not id.startswith("unit_")}
        others = [
            (self.details.words(self._by_guid[guid]), lambda guid=guid: self._coding_chosen(guid))
            for guid in guids[1:]
            if guid in self._by_guid
        ]
        usable = self.ctx.writable and self.has_place
        tree, outline = self.project.codes.tree(), self.ctx.colors.border_strong
        pins = pinned(self.ctx) if usable else {}
        coding_menu(self, actions, tree, outline, pins, self.apply_pinned, others).popup(point)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.built:
            self.parts.fit(event.size())
