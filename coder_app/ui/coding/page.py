"""The Code page: transcripts, codebook, the text with its highlights, details, quotes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from coder_app.core.changes import Changes
from coder_app.core.model import Coding, Status
from coder_app.ui.actions import Action
from coder_app.ui.codebook.commands import CodebookCommands
from coder_app.ui.codebook.table import CodebookActions, codebook_actions
from coder_app.ui.codebook.tree import CodebookTree
from coder_app.ui.coding.commands import CODING_ACTIONS
from coder_app.ui.coding.details import DetailsPanel
from coder_app.ui.coding.documents import DocumentList, status_words
from coder_app.ui.coding.doing import Doing
from coder_app.ui.coding.finding import FindBar
from coder_app.ui.coding.popup import CodePopup
from coder_app.ui.retrieval.view import QuotesView
from coder_app.ui.transcript.colors import DARK, LIGHT, TranscriptColors
from coder_app.ui.transcript.highlights import Highlight
from coder_app.ui.transcript.view import TranscriptView
from coder_app.ui.widgets.parts import EmptyState, button, label
from coder_app.ui.widgets.splitters import remember

_SHOWN = Changes.CODINGS | Changes.CODES | Changes.CODERS


class CodePage(CodebookActions, Doing):
    """Reading and coding. What the commands do is in ``Doing``; this class shows."""

    key = "code"

    @classmethod
    def actions_table(cls) -> list[Action]:
        return [*CODING_ACTIONS, *codebook_actions(scope="tree")]

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
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.title = label("", "heading")
        self.waiting = QPushButton()
        self.waiting.setFlat(True)
        self.waiting.hide()
        self.status = QComboBox()
        self.status.setAccessibleName(self.tr("How far you are with this transcript"))
        for status, word in status_words(self).items():
            self.status.addItem(word, status)
        head = QHBoxLayout()
        head.setContentsMargins(14, 6, 12, 4)
        head.addWidget(self.title, 1)
        head.addWidget(self.waiting)
        head.addWidget(self.status)
        reading = QWidget()
        column = QVBoxLayout(reading)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.find_bar)
        column.addWidget(self.view, 1)
        self.empty = EmptyState(
            "transcripts",
            self.tr("No transcripts yet"),
            self.tr("Import your interviews first: text, Word or subtitle files."),
        )
        self.empty.add_button(
            button(
                self.tr("Go to Transcripts"), lambda: self.ctx.pageWanted.emit("transcripts"), kind="primary"
            )
        )
        self.left = QSplitter(Qt.Orientation.Vertical)
        self.left.addWidget(self.documents)
        self.left.addWidget(self.tree)
        self.left.setSizes([170, 480])
        self.middle = QSplitter(Qt.Orientation.Vertical)
        self.middle.addWidget(reading)
        self.middle.addWidget(self.quotes)
        self.middle.setSizes([470, 180])
        self.middle.setStretchFactor(0, 1)
        self.whole = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.left, self.middle, self.details):
            self.whole.addWidget(part)
        self.whole.setSizes([320, 700, 242])
        self.whole.setStretchFactor(1, 1)
        for splitter in (self.left, self.middle, self.whole):
            splitter.setChildrenCollapsible(False)
        self.documents.setMinimumHeight(60)
        self.quotes.setMinimumHeight(60)
        self.view.setMinimumHeight(120)
        remember(self.ctx, {"code/left": self.left, "code/middle": self.middle, "code/whole": self.whole})
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self.whole)
        page.addWidget(self.empty)

    def _connect(self) -> None:
        ctx, view = self.ctx, self.view
        self.documents.chosen.connect(self.show_document)
        ctx.documentSelected.connect(self.show_document)
        ctx.codeSelected.connect(self._code_selected)
        ctx.zoomChanged.connect(view.set_zoom)
        view.zoomChanged.connect(ctx.set_zoom)
        view.placeChanged.connect(lambda _: self.keep_place())
        view.codesAtCursorChanged.connect(self._show_details)
        view.codingClicked.connect(lambda guid, _: self._coding_chosen(guid))
        view.codingDeselected.connect(lambda: self._show_details(view.codes_at_cursor()))
        view.selectionChanged.connect(lambda *_: self.update_actions())
        view.codingActivated.connect(lambda _: self.go_details())
        view.resizeRequested.connect(self.resize_coding)
        view.codeDropped.connect(self.put_code)
        view.letterTyped.connect(self.letter_typed)
        view.contextMenuRequested.connect(self._menu)
        self.tree.codeChosen.connect(self._tree_chosen)
        self.tree.codeActivated.connect(self.apply_chosen)
        self.tree.filterReturnPressed.connect(lambda: self.apply_chosen(self.tree.current()))
        self.tree.passageDropped.connect(self.apply_chosen)
        self.details.codingChosen.connect(self._coding_chosen)
        self.find_bar.matchesChanged.connect(self._show_matches)
        self.find_bar.placeWanted.connect(self.open_place)
        self.find_bar.closed.connect(self.go_text)
        self.status.activated.connect(lambda _: self.set_status(self.status.currentData()))
        self.waiting.clicked.connect(self.list_unnamed)
        view.set_zoom(ctx.settings.zoom)

    def _colors(self) -> TranscriptColors:
        return DARK if self.ctx.colors.dark else LIGHT

    # Page

    def refresh(self, changes: Changes) -> None:
        if changes & (Changes.DOCUMENTS | Changes.PROGRESS | Changes.CODINGS | Changes.CODERS):
            self.documents.reload()
        known = self.documents.guids()
        self.whole.setVisible(bool(known))
        self.empty.setVisible(not known)
        self.tree.refresh(changes)
        if self.ctx.document not in known:
            remembered = self.ctx.remembered.document
            start = remembered if remembered in known else (known[0] if known else "")
            self.transcript = None
            self.ctx.select_document(start)
            if not start:
                self.view.show_transcript(None)
        elif self.transcript is None or changes & (Changes.DOCUMENTS | Changes.SPEAKERS):
            self._load(self.ctx.document)
        if changes & (_SHOWN | Changes.MEMOS):
            self.show_codings()
        if changes & (Changes.PROGRESS | Changes.CODERS):
            self._show_status()
        self.quotes.refresh(changes)

    def retheme(self) -> None:
        self.view.set_colors(self._colors())
        self.tree.retheme()
        self.quotes.retheme()
        self.show_codings()

    def enter(self) -> None:
        self.documents.show_current(self.ctx.document)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.keep_place()
        self.popup.leave()
        self.details.memos.flush()

    # The transcript

    def show_document(self, guid: str) -> None:
        """Show a transcript where it was left last."""
        if guid and (self.transcript is None or self.transcript.document.guid != guid):
            self._load(guid)
            self.show_codings()
            self._show_status()
        self.ctx.select_document(guid)
        self.documents.show_current(guid)

    def _load(self, guid: str) -> None:
        ok, transcript = self.ctx.run(self.ctx.project.documents.transcript, guid)
        if not ok or transcript is None:
            return
        if self.transcript is not None and self.transcript.document.guid == guid:
            place = self.view.place()
            shown = (transcript.text, transcript.speakers)
            if shown != (self.transcript.text, self.transcript.speakers):
                self.view.show_transcript(transcript)
                self.view.restore_place(*place)
        else:
            self.keep_place()
            self.view.show_transcript(transcript)
            self.view.restore_place(self.ctx.remembered.positions.get(guid, 0))
        self.transcript = transcript
        self.title.setText(transcript.document.title)
        self.find_bar.show_text(transcript.text)
        self.ctx.remembered.document = guid

    def keep_place(self) -> None:
        """Remember where one reads, so that the project opens there next time."""
        if self.transcript is not None and self.ctx.has_project:
            guid = self.transcript.document.guid
            self.ctx.remembered.positions[guid] = self.view.place()[0]

    def open_place(self, document: str, start: int, end: int) -> None:
        self.show_document(document)
        if start < end:
            self.view.select(start, end)
            self.view.scroll_to(start, end)
            at = [coding for coding in self.codings if (coding.start, coding.end) == (start, end)]
            if at:
                self.view.set_selected(at[0].guid)
                self._show_details([coding.guid for coding in at])
        self.update_actions()

    def _show_matches(self, matches: list[tuple[int, int]], current: tuple[int, int] | None) -> None:
        self.view.set_matches(matches, current)
        if current is not None:
            self.view.scroll_to(*current)

    # Codings

    def show_codings(self) -> None:
        """Read and paint the codings of the transcript; scroll, focus and selection stay."""
        if self.transcript is None:
            self.codings = ()
            self._show_details([])
            return
        project, tree = self.ctx.project, self.ctx.project.codes.tree()
        mine = project.coders.current.guid
        everyone = self.ctx.everyone
        names = {coder.guid: coder.name for coder in project.coders.all()} if everyone else {}
        guid = self.transcript.document.guid
        self.codings = project.codings.of_document(guid, self.ctx.coders_shown())
        highlights = []
        for coding in self.codings:
            code = tree.nodes.get(coding.code or "")
            highlights.append(
                Highlight(
                    coding.guid,
                    coding.start,
                    coding.end,
                    code.color if code else "",
                    code.name if code else "",
                    mine=coding.coder == mine,
                    unnamed=code is None,
                    coder_name=names.get(coding.coder, ""),
                )
            )
        self.view.set_codings(highlights)
        if self.view.selected() is not None and self.chosen_coding() is None:
            self.view.set_selected(None)
        waiting = sum(coding.code is None and coding.coder == mine for coding in self.codings)
        self.waiting.setVisible(bool(waiting))
        self.waiting.setText(self.tr("{count} waiting for a code").format(count=waiting))
        self._show_details(self.view.codes_at_cursor())
        self.update_actions()

    def chosen_coding(self) -> Coding | None:
        """The coding with the frame and the handles."""
        guid = self.view.selected()
        return next((coding for coding in self.codings if coding.guid == guid), None)

    def _coding_chosen(self, guid: str) -> None:
        self.view.set_selected(guid)
        coding = self.chosen_coding()
        if coding is not None:
            if self.sender() is self.details:
                self.view.scroll_to(coding.start, coding.end)
            else:
                self._show_details(self.view.codes_at_cursor() or [guid])
            if coding.code:
                self.tree.select(coding.code)
        self.update_actions()

    def _show_details(self, guids: list[str]) -> None:
        chosen = self.view.selected()
        wanted = list(guids)
        if chosen is not None and chosen not in wanted:
            wanted.insert(0, chosen)
        by_guid = {coding.guid: coding for coding in self.codings}
        self.details.show_codings([by_guid[guid] for guid in wanted if guid in by_guid], chosen)
        self.update_actions()

    def _show_status(self) -> None:
        if self.transcript is not None:
            self.status.setCurrentIndex(self.status.findData(self.status_now()))
            self.status.setEnabled(self.ctx.writable)

    def status_now(self) -> Status:
        if self.transcript is None:
            return Status.NOT_STARTED
        who = self.ctx.project.coders.current.guid
        return self.ctx.project.documents.statuses().get(
            (self.transcript.document.guid, who), Status.NOT_STARTED
        )

    # Codebook and quotes

    def _tree_chosen(self, guid: str) -> None:
        self.ctx.select_code(guid)
        self._show_quotes(guid)

    def _code_selected(self, guid: str) -> None:
        if guid and guid != self.tree.current():
            self.tree.select(guid)
        self._show_quotes(guid)

    def _show_quotes(self, guid: str) -> None:
        if guid:
            self.quotes.show_node(guid)

    @property
    def codebook_commands(self) -> CodebookCommands:
        return self.commands

    # Menu at the mouse

    def _menu(self, point: QPoint, _position: int, guids: list[str]) -> None:
        if guids:
            self._coding_chosen(guids[0])
        menu = QMenu(self)
        actions = {action.objectName(): action for part in (self, self.view) for action in part.actions()}
        wanted = [
            "apply",
            "repeat",
            "in_vivo",
            "mark",
            "-",
            "recode",
            "exemplar",
            "memo",
            "remove",
            "-",
            "find",
        ]
        for id in wanted:
            if id == "-":
                menu.addSeparator()
            elif id in actions and (actions[id].isEnabled() or id == "apply"):
                menu.addAction(actions[id])
        if len(guids) > 1:
            which = menu.addMenu(self.tr("Choose one of {count} codings here").format(count=len(guids)))
            by_guid = {coding.guid: coding for coding in self.codings}
            for guid in guids:
                if guid in by_guid:
                    name = self.details.words(by_guid[guid]).replace("&", "&&")
                    which.addAction(name).triggered.connect(lambda _=False, g=guid: self._coding_chosen(g))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    def near_selection(self) -> QRect:
        """Where a question about the selection is asked, on the screen."""
        return self.view.selection_rect()
