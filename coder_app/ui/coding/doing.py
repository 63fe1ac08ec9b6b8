"""What the commands of the Code page do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt

from coder_app.core.model import Coding, MemoTarget, Status, Transcript
from coder_app.project.project import Project
from coder_app.ui.codebook.pins import pinned
from coder_app.ui.codebook.tree import CodebookTree
from coder_app.ui.coding.details import DetailsPanel
from coder_app.ui.coding.documents import DocumentList
from coder_app.ui.coding.finding import FindBar
from coder_app.ui.coding.popup import CodePopup
from coder_app.ui.page import Page
from coder_app.ui.retrieval.view import QuotesView
from coder_app.ui.transcript.view import TranscriptView

LONGEST_NAME = 80
"""Code points of the speaker's words that an in-vivo code takes for its name."""

Change = Callable[[Sequence[str], str], None]
"""A method of the project that gives codings (GUIDs) a code."""


class Doing(Page):
    """Actions and their conditions; CodePage makes the widgets named here and shows what is true."""

    view: TranscriptView
    tree: CodebookTree
    details: DetailsPanel
    quotes: QuotesView
    documents: DocumentList
    find_bar: FindBar
    popup: CodePopup
    transcript: Transcript | None = None
    codings: Sequence[Coding] = ()

    def chosen_coding(self) -> Coding | None:
        """The coding with the frame and the handles."""
        raise NotImplementedError

    def near_selection(self) -> QRect:
        """Where a question about the selection is asked, on the screen."""
        raise NotImplementedError

    def show_document(self, guid: str) -> None:
        """Show a transcript where it was left last."""
        raise NotImplementedError

    def status_now(self) -> Status:
        """How far the current coder is with the transcript shown."""
        raise NotImplementedError

    _last: str = ""

    @property
    def project(self) -> Project:
        return self.ctx.project

    # Conditions

    @property
    def has_document(self) -> bool:
        return self.transcript is not None

    @property
    def has_selection(self) -> bool:
        start, end = self.view.selection()
        return self.transcript is not None and start < end

    @property
    def has_place(self) -> bool:
        """Words are selected, or a coding is chosen whose stretch can take another code."""
        return self.has_selection or self.chosen_coding() is not None

    @property
    def has_last(self) -> bool:
        return self._last in self.project.codes.tree()

    @property
    def has_own_coding(self) -> bool:
        coding = self.chosen_coding()
        return coding is not None and coding.coder == self.project.coders.current.guid

    @property
    def has_unnamed(self) -> bool:
        return bool(self.project.codings.unnamed([self.project.coders.current.guid]))

    @property
    def is_exemplar(self) -> bool:
        coding = self.chosen_coding()
        return coding is not None and coding.exemplar

    @property
    def is_finished(self) -> bool:
        return self.status_now() == Status.FINISHED

    # Putting codes on text

    def letter_typed(self, letter: str) -> None:
        """A key on selected words: a digit with a pinned code applies it, anything else asks."""
        if not self.ctx.writable:
            return
        code = pinned(self.ctx).get(int(letter)) if letter.isdecimal() and len(letter) == 1 else None
        if code is not None:
            self.apply(code)
        else:
            self.ask_code(letter.strip())

    def ask_code(self, typed: str = "") -> None:
        """Ask which code goes on the selected words (or on the chosen coding's stretch)."""
        place = self._place()
        if place is None:
            return
        self._ask(self.tr("Code for the selected words"), typed, self.apply, self.apply_new)

    def _ask(self, title: str, typed: str, code: Callable[[str], None], new: Callable[[str], None]) -> None:
        self.popup.ask(self.near_selection(), title, typed, code, new, self.view)

    def _place(self) -> tuple[str, int, int] | None:
        """Transcript and stretch that a code goes on."""
        if self.transcript is None:
            return None
        start, end = self.view.selection()
        if start < end:
            return self.transcript.document.guid, *self._trimmed(start, end)
        coding = self.chosen_coding()
        return (coding.document, coding.start, coding.end) if coding else None

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without the white space that a quick hand took along."""
        assert self.transcript is not None
        words = self.transcript.text[start:end]
        if not words.strip():
            return start, end
        return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))

    def apply(self, code: str) -> None:
        """Put a code on the selected words."""
        place = self._place()
        if place is not None:
            self.put_code(code, place[1], place[2])

    def put_code(self, code: str, start: int, end: int) -> None:
        """Put a code on a stretch of the transcript; scroll position and focus stay where they are."""
        if self.transcript is None:
            return
        ok, guid = self.ctx.run(self.project.codings.apply, self.transcript.document.guid, start, end, code)
        if ok and guid is not None:
            self._last = code
            self._after_coding(guid)

    def apply_chosen(self, code: str) -> None:
        """A code was chosen in the codebook: put it on the selected words, if there are any."""
        if not code or not self.ctx.writable:
            return
        if self.has_selection:
            self.apply(code)
            self.go_text()
        else:
            self.ctx.message.emit(self.tr("Select some words in the transcript first."))

    def apply_new(self, name: str) -> None:
        """Make a code of this name and put it on the selected words: one step."""
        place = self._place()
        if place is None:
            return
        project = self.project

        def make() -> str:
            known = project.codes.tree().named(name)
            with project.step(f"New code: {name}"):
                code = known[0].guid if known else project.codes.add(name)
                self._last = code
                return project.codings.apply(*place, code)

        ok, guid = self.ctx.run(make)
        if ok and guid is not None:
            self._after_coding(guid)

    def apply_in_vivo(self) -> None:
        """Make a code of the selected words themselves."""
        place = self._place()
        if place is not None and self.transcript is not None:
            words = " ".join(self.transcript.text[place[1] : place[2]].split())
            if len(words) > LONGEST_NAME:
                words = words[:LONGEST_NAME].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
            self.apply_new(words)

    def apply_last(self) -> None:
        self.apply(self._last)

    def mark(self) -> None:
        """Highlight now, name tonight."""
        if self.has_selection and self.transcript is not None:
            start, end = self._trimmed(*self.view.selection())
            ok, guid = self.ctx.run(self.project.codings.mark, self.transcript.document.guid, start, end)
            if ok and guid is not None:
                self._after_coding(guid)

    def _after_coding(self, guid: str) -> None:
        self.view.clear_selection()
        self.view.set_selected(guid)
        self.update_actions()

    # Passages that wait

    def list_unnamed(self) -> None:
        """The work for tonight, below the text."""
        self.quotes.show_unnamed()
        self.quotes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def name_next(self) -> None:
        """Go to the next passage without a code and ask for it."""
        project = self.project
        waiting = project.queries.unnamed_ids([project.coders.current.guid])
        if not waiting:
            return
        here = self.chosen_coding()
        at = (waiting.index(here.guid) + 1) % len(waiting) if here and here.guid in waiting else 0
        coding = project.codings.get([waiting[at]])[0]
        self.show_document(coding.document)
        self.view.scroll_to(coding.start, coding.end)
        self.view.clear_selection()
        self.view.set_selected(coding.guid)
        self.update_actions()
        self._ask_recode(self.tr("Code for this passage"), [coding.guid], project.codings.name)

    # Working on a coding

    def recode(self) -> None:
        coding = self.chosen_coding()
        if coding is not None:
            rename = self.project.codings.recode if coding.code else self.project.codings.name
            self._ask_recode(self.tr("Another code for this coding"), [coding.guid], rename)

    def _ask_recode(self, title: str, guids: list[str], change: Change) -> None:
        project = self.project

        def take(code: str) -> None:
            self._last = code
            self.ctx.run(change, guids, code)

        def make(name: str) -> None:
            def both() -> None:
                with project.step(f"New code: {name}"):
                    code = project.codes.add(name)
                    self._last = code
                    change(guids, code)

            self.ctx.run(both)

        self._ask(title, "", take, make)

    def remove(self) -> None:
        coding = self.chosen_coding()
        if coding is not None:
            self.ctx.run(self.project.codings.remove, [coding.guid])

    def set_exemplar(self, exemplar: bool) -> None:
        coding = self.chosen_coding()
        if coding is not None:
            self.ctx.run(self.project.codings.set_exemplar, coding.guid, exemplar)

    def resize_coding(self, guid: str, start: int, end: int) -> None:
        self.ctx.run(self.project.codings.resize, guid, start, end)

    def grow_end(self) -> None:
        self._grow(self.view.grow_end(1))

    def shrink_end(self) -> None:
        self._grow(self.view.grow_end(-1))

    def grow_start(self) -> None:
        self._grow(self.view.grow_start(1))

    def shrink_start(self) -> None:
        self._grow(self.view.grow_start(-1))

    def _grow(self, place: tuple[int, int] | None) -> None:
        coding = self.chosen_coding()
        if place is not None and coding is not None and place != (coding.start, coding.end):
            self.resize_coding(coding.guid, *place)

    def write_memo(self) -> None:
        """On the chosen coding; else on the selected words; else on the transcript."""
        assert self.transcript is not None
        coding, document = self.chosen_coding(), self.transcript.document.guid
        memos = self.details.memos
        start, end = self.view.selection()
        if start < end:
            memos.show_target(MemoTarget.PASSAGE, document, *self._trimmed(start, end))
        elif coding is not None:
            memos.show_target(MemoTarget.CODING, coding.guid)
        else:
            memos.show_target(MemoTarget.DOCUMENT, document)
        memos.new_memo()

    # Walking

    def next_coding(self) -> None:
        self._walked(self.view.next_coding())

    def previous_coding(self) -> None:
        self._walked(self.view.previous_coding())

    def _walked(self, guid: str | None) -> None:
        if guid is not None:
            self.view.codingClicked.emit(guid, Qt.KeyboardModifier.NoModifier)

    def find_words(self) -> None:
        self.find_bar.start(self._selected_words())

    def find_all(self) -> None:
        self.find_bar.start(self._selected_words(), everywhere=True)

    def find_next(self) -> None:
        self.find_bar.step(1) if self.find_bar.isVisible() else self.find_words()

    def find_previous(self) -> None:
        self.find_bar.step(-1) if self.find_bar.isVisible() else self.find_words()

    def _selected_words(self) -> str:
        start, end = self.view.selection()
        return self.transcript.text[start:end] if self.transcript else ""

    def next_transcript(self) -> None:
        self._step_transcript(1)

    def previous_transcript(self) -> None:
        self._step_transcript(-1)

    def _step_transcript(self, by: int) -> None:
        guids = self.documents.guids()
        if self.transcript is not None and self.transcript.document.guid in guids:
            at = guids.index(self.transcript.document.guid) + by
            if 0 <= at < len(guids):
                self.show_document(guids[at])
                self.go_text()

    def set_finished(self, finished: bool) -> None:
        self.set_status(Status.FINISHED if finished else Status.IN_PROGRESS)

    def set_status(self, status: Status) -> None:
        if self.transcript is not None and status != self.status_now():
            self.ctx.run(self.project.documents.set_status, self.transcript.document.guid, status)

    def go_text(self) -> None:
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_codebook(self) -> None:
        self.tree.focus_filter()

    def go_quotes(self) -> None:
        self.quotes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_details(self) -> None:
        self.details.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
