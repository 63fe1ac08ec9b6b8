"""Working on codings: naming what waits, recoding, resizing, memos; walking, finding, panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from coder_app.core.model import Coding, MemoTarget, Status
from coder_app.ui.codebook.wording import counted
from coder_app.ui.coding.applying import Applying

Change = Callable[[Sequence[str], str], None]
"""A method of the project that gives codings (GUIDs) a code."""


class Doing(Applying):
    """The commands of the Code page that do not make codings, and their conditions."""

    waiting_now: int = 0
    """How many own passages of the project wait for a code."""

    # Conditions

    @property
    def has_coding(self) -> bool:
        return self.chosen_coding() is not None

    @property
    def has_own_coding(self) -> bool:
        coding = self.chosen_coding()
        return coding is not None and coding.coder == self.project.coders.current.guid

    @property
    def has_unnamed(self) -> bool:
        return self.waiting_now > 0

    @property
    def is_exemplar(self) -> bool:
        coding = self.chosen_coding()
        return coding is not None and coding.exemplar

    @property
    def is_finished(self) -> bool:
        return self.status_now() == Status.FINISHED

    @property
    def whole_words(self) -> bool:
        return self.ctx.settings.whole_words

    def set_whole_words(self, whole: bool) -> None:
        """Whether the mouse selects whole words; remembered for all projects."""
        self.ctx.settings.whole_words = whole
        self.view.take_whole_words(whole)

    # Passages that wait

    def list_unnamed(self) -> None:
        """The work for tonight, below the text."""
        self.folding.show("quotes")
        self.quotes.show_unnamed()
        self.quotes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def name_next(self) -> None:
        """Go to the next passage without a code and ask for it; after naming go on to the one after."""
        coding = self._next_waiting()
        if coding is None:
            return
        with self.quietly():
            self.show_document(coding.document)
            self.view.select(coding.start, coding.start)
            self.view.set_selected(coding.guid)
            self.view.scroll_to(coding.start, coding.end)
        title = counted(
            self.waiting_now,
            self.tr("Code for this passage, the last that waits"),
            self.tr("Code for this passage ({n} wait)"),
        )
        self._ask_code_for(title, [coding.guid], self.project.codings.name, self._named)

    def _named(self) -> None:
        if self.has_unnamed:
            self.name_next()
        else:
            self.ctx.message.emit(self.tr("Every passage you marked has its code now."))

    def _next_waiting(self) -> Coding | None:
        """The waiting passage behind the chosen coding or the caret; behind the last comes the first."""
        project, chosen = self.project, self.chosen_coding()
        waiting = project.codings.unnamed([project.coders.current.guid])
        order = {guid: at for at, guid in enumerate(self.documents.guids())}
        waiting.sort(key=lambda c: (order.get(c.document, -1), c.start, c.end, c.guid))
        if chosen is not None:
            here = (order.get(chosen.document, -1), chosen.start, chosen.end, chosen.guid)
        else:
            here = (order.get(self.ctx.document, -1), self.view.selection()[0], -1, "")
        later = [c for c in waiting if (order.get(c.document, -1), c.start, c.end, c.guid) > here]
        return next(iter(later or waiting), None)

    # Working on a coding

    def _own_chosen(self) -> Coding | None:
        """The chosen coding if it is one's own; otherwise the project says why it stays as it is."""
        coding = self.chosen_coding()
        if coding is None or self.has_own_coding:
            return coding
        self.ctx.run(self.project.codings.own, [coding.guid])
        return None

    def recode(self) -> None:
        coding = self._own_chosen()
        if coding is None:
            return
        codings = self.project.codings
        if coding.code is None:
            self._ask_code_for(self.tr("Code for this passage"), [coding.guid], codings.name)
        else:
            self._ask_code_for(self.tr("Another code for this coding"), [coding.guid], codings.recode)

    def _ask_code_for(
        self, title: str, guids: list[str], change: Change, then: Callable[[], None] = lambda: None
    ) -> None:
        def take(code: str) -> None:
            if self.ctx.run(change, guids, code)[0]:
                self.keep_last(code)
                then()

        def make(name: str) -> None:
            def both() -> str:
                with self.project.step(f"New code: {' '.join(name.split())}"):
                    code = self.code_named(name)
                    change(guids, code)
                    return code

            ok, code = self.ctx.run(both)
            if ok and code is not None:
                self.keep_last(code)
                then()

        self.ask(title, "", take, make)

    def remove(self) -> None:
        coding = self._own_chosen()
        if coding is not None:
            self.ctx.run(self.project.codings.remove, [coding.guid])

    def set_exemplar(self, exemplar: bool) -> None:
        coding = self._own_chosen()
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
        coding = self._own_chosen()
        if place is not None and coding is not None and place != (coding.start, coding.end):
            self.resize_coding(coding.guid, *place)

    # Memos

    def write_memo(self) -> None:
        """On the selected words; else on the chosen coding; else on the transcript."""
        if self.transcript is None:
            return
        self.folding.show("details")
        coding, document = self.chosen_coding(), self.transcript.document.guid
        start, end = self.view.selection()
        if start < end:
            self.details.write(MemoTarget.PASSAGE, document, *self.trimmed(start, end))
        elif coding is not None:
            self.details.write(MemoTarget.CODING, coding.guid)
        else:
            self.details.write(MemoTarget.DOCUMENT, document)

    def write_document_memo(self) -> None:
        if self.transcript is not None:
            self.folding.show("details")
            self.details.write(MemoTarget.DOCUMENT, self.transcript.document.guid)

    # Walking and finding

    def next_coding(self) -> None:
        self._walked(self.view.next_coding(), self.tr("No coding follows in this transcript."))

    def previous_coding(self) -> None:
        self._walked(self.view.previous_coding(), self.tr("No coding comes before this one."))

    def _walked(self, guid: str | None, nothing: str) -> None:
        if guid is None:
            self.ctx.message.emit(nothing)
        else:
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

    def set_finished(self, finished: bool) -> None:
        self.set_status(Status.FINISHED if finished else Status.IN_PROGRESS)

    def set_status(self, status: Status) -> None:
        if self.transcript is not None and status != self.status_now():
            self.ctx.run(self.project.documents.set_status, self.transcript.document.guid, status)

    # Panels

    @property
    def left_shown(self) -> bool:
        return self.folding.is_shown("left")

    @property
    def quotes_shown(self) -> bool:
        return self.folding.is_shown("quotes")

    @property
    def details_shown(self) -> bool:
        return self.folding.is_shown("details")

    def set_left(self, shown: bool) -> None:
        self.folding.show("left", shown)

    def set_quotes(self, shown: bool) -> None:
        self.folding.show("quotes", shown)

    def set_details(self, shown: bool) -> None:
        self.folding.show("details", shown)

    def go_codebook(self) -> None:
        self.folding.show("left")
        self.tree.focus_filter()

    def go_quotes(self) -> None:
        self.folding.show("quotes")
        self.quotes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_details(self) -> None:
        self.folding.show("details")
        place: QWidget = (
            self.details.list if self.details.list.count() else self.details.memos.cards[-1].editor
        )
        place.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_panel(self) -> None:
        self._go_panel(1)

    def previous_panel(self) -> None:
        self._go_panel(-1)

    def _go_panel(self, by: int) -> None:
        """The focus goes round: transcripts, codebook, text, quotes, what is at the cursor."""
        places: list[QWidget] = [self.documents.view, self.tree.view, self.view, self.quotes.list]
        places.append(self.details.list if self.details.list.count() else self.details.memos)
        shown = [place for place in places if place.isVisible()]
        focus = QApplication.focusWidget()
        homes = [self.documents, self.tree, self.view, self.quotes, self.details]
        now = next((at for at, home in enumerate(homes) if focus and home.isAncestorOf(focus)), 2)
        for step in range(1, len(places) + 1):
            wanted = places[(now + by * step) % len(places)]
            if wanted in shown:
                if wanted is self.details.memos:
                    self.go_details()
                else:
                    wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
