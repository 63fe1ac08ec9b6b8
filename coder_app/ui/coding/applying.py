"""Putting codes on text: by name, by key, by drag, in the speaker's own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from coder_app.core.model import Coding, Status, Transcript
from coder_app.project.project import Project
from coder_app.ui.codebook.pins import pinned
from coder_app.ui.codebook.tree import CodebookTree
from coder_app.ui.coding.details import DetailsPanel
from coder_app.ui.coding.documents import DocumentList
from coder_app.ui.coding.finding import FindBar
from coder_app.ui.coding.folding import Folding
from coder_app.ui.coding.popup import CodePopup
from coder_app.ui.context import Whose
from coder_app.ui.page import Page
from coder_app.ui.retrieval.view import QuotesView
from coder_app.ui.transcript.view import TranscriptView

LONGEST_NAME = 80
"""Code points of the speaker's words that an in-vivo code takes for its name."""


class Applying(Page):
    """The part of the Code page that makes codings; CodePage makes the widgets named here."""

    view: TranscriptView
    tree: CodebookTree
    details: DetailsPanel
    quotes: QuotesView
    documents: DocumentList
    find_bar: FindBar
    popup: CodePopup
    folding: Folding
    transcript: Transcript | None = None
    codings: Sequence[Coding] = ()
    """Of the transcript shown, by place: one's own, or everybody's."""

    def chosen_coding(self) -> Coding | None:
        """The coding with the frame and the handles."""
        raise NotImplementedError

    def show_document(self, guid: str) -> None:
        """Show a transcript where it was left last."""
        raise NotImplementedError

    def show_at_cursor(self) -> None:
        """Show what is at the cursor now, and which commands can be used."""
        raise NotImplementedError

    def quietly(self) -> AbstractContextManager[None]:
        """While this runs what is at the cursor is not shown; afterwards it is, once."""
        raise NotImplementedError

    def status_now(self) -> Status:
        """How far the current coder is with the transcript shown."""
        raise NotImplementedError

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
    def last_code(self) -> str:
        """The code that this coder put on words last, also in an earlier session; else empty."""
        guid = self.ctx.remembered.last_codes.get(self.project.coders.current.guid, "")
        return guid if guid in self.project.codes.tree() else ""

    @property
    def has_last(self) -> bool:
        return bool(self.last_code)

    def keep_last(self, code: str) -> None:
        """Remember which code was used last."""
        self.ctx.remembered.last_codes[self.project.coders.current.guid] = code

    # Asking

    def letter_typed(self, letter: str) -> None:
        """A key on selected words: a digit with a pinned code applies it, anything else asks."""
        if not self.ctx.writable:
            self.ctx.message.emit(self.project.read_only_reason)
            return
        code = pinned(self.ctx).get(int(letter)) if letter.isdecimal() and len(letter) == 1 else None
        if code is not None:
            self.apply(code)
        else:
            self.ask_code(letter.strip())

    def ask_code(self, typed: str = "") -> None:
        """Ask which code goes on the selected words (or on the chosen coding's stretch)."""
        if self._place() is not None:
            self.ask(self.tr("Code for the selected words"), typed, self.apply, self.apply_new)

    def ask(self, title: str, typed: str, code: Callable[[str], None], new: Callable[[str], None]) -> None:
        """Ask for a code near the words it is for; the focus goes back to where it is now."""
        self.popup.ask(self.view.selection_rect(), title, typed, code, new, self._focus_now())

    def _focus_now(self) -> QWidget:
        """The widget that keeps the focus over an action."""
        focus = QApplication.focusWidget()
        asked = focus is not None and self.popup.isAncestorOf(focus)
        return focus if focus is not None and self.isAncestorOf(focus) and not asked else self.view

    # Places

    def _place(self) -> tuple[str, int, int] | None:
        """Transcript and stretch that a code goes on."""
        if self.transcript is None:
            return None
        start, end = self.view.selection()
        if start < end:
            return self.transcript.document.guid, *self.trimmed(start, end)
        coding = self.chosen_coding()
        return (coding.document, coding.start, coding.end) if coding else None

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without what a quick hand took along: white space, and the speaker's name before the words.

        So no name gets into a quote; between two turns of one passage the names stay.
        """
        if self.transcript is None:
            return start, end
        for turn in self.transcript.turns:
            if turn.start <= start < turn.body < end:
                start = turn.body
                break
        words = self.transcript.text[start:end]
        if not words.strip():
            return start, end
        return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))

    # Putting codes on words. Scroll position and keyboard focus stay where they are.

    def apply(self, code: str) -> None:
        """Put a code on the selected words, or on the stretch of the chosen coding."""
        place = self._place()
        if place is not None:
            self.put_code(code, place[1], place[2])

    def put_code(self, code: str, start: int, end: int) -> None:
        """Put a code on a stretch of the transcript."""
        if self.transcript is None or self.shows_consensus():
            return
        document, known = self.transcript.document.guid, {coding.guid for coding in self.codings}
        with self.quietly():
            ok, guid = self.ctx.run(self.project.codings.apply, document, *self.trimmed(start, end), code)
            if ok and guid is not None:
                self.keep_last(code)
                self._after_coding(guid)
                if guid in known:
                    self.ctx.message.emit(self.tr("These words have this code already."))

    def apply_chosen(self, code: str) -> None:
        """A code was chosen in the codebook: put it on the selected words, if there are any."""
        if not code:
            return
        if not self.ctx.writable:
            self.ctx.message.emit(self.project.read_only_reason)
        elif self.has_selection:
            self.apply(code)
        else:
            self.ctx.message.emit(self.tr("Select some words in the transcript first."))

    def apply_new(self, name: str) -> None:
        """Make a code of this name and put it on the selected words: one step."""
        place = self._place()
        if place is None or self.shows_consensus():
            return

        def make() -> tuple[str, str]:
            with self.project.step(f"New code: {' '.join(name.split())}"):
                code = self.code_named(name)
                return self.project.codings.apply(*place, code), code

        with self.quietly():
            ok, made = self.ctx.run(make)
            if ok and made is not None:
                self.keep_last(made[1])
                self._after_coding(made[0])

    def code_named(self, name: str) -> str:
        """Part of a step: GUID of the code of this name; a new one where there is none."""
        codes = self.project.codes
        known = codes.tree().named(" ".join(name.split()))
        if known:
            return known[0].guid
        code = codes.add(name)
        codes.forget()  # within the step: what follows must see the new code
        return code

    def apply_in_vivo(self) -> None:
        """Make a code of the selected words themselves."""
        place = self._place()
        if place is not None and self.transcript is not None:
            words = " ".join(self.transcript.text[place[1] : place[2]].split())
            if len(words) > LONGEST_NAME:
                words = words[:LONGEST_NAME].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
            self.apply_new(words)

    def apply_last(self) -> None:
        self.apply(self.last_code)

    def apply_pinned(self, key: int) -> None:
        """Put the code on this key (1 to 9) on the selected words."""
        code = pinned(self.ctx).get(key)
        if code is not None:
            self.apply(code)

    def mark(self) -> None:
        """Highlight now, name tonight."""
        if self.has_selection and self.transcript is not None and not self.shows_consensus():
            place = self.trimmed(*self.view.selection())
            with self.quietly():
                ok, guid = self.ctx.run(self.project.codings.mark, self.transcript.document.guid, *place)
                if ok and guid is not None:
                    self._after_coding(guid)

    def shows_consensus(self) -> bool:
        """Whether the consensus is shown, beside which nobody codes; says where to go then."""
        if self.ctx.whose is not Whose.CONSENSUS:
            return False
        self.ctx.message.emit(
            self.tr("You see the consensus, which changes on the page Agreement. Choose “Mine” to code.")
        )
        return True

    def _after_coding(self, guid: str) -> None:
        self.view.clear_selection()
        self.view.set_selected(guid)
        self.show_at_cursor()

    def go_text(self) -> None:
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
