"""What the Code page shows of the codings: in the text, beside it, and at the cursor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from coder_app.core.model import Coding, Memo, MemoTarget, Status
from coder_app.ui.codebook.wording import short
from coder_app.ui.coding.details import AtCursor
from coder_app.ui.coding.layout import Layout
from coder_app.ui.coding.stepping import Stepping
from coder_app.ui.context import Whose
from coder_app.ui.transcript.highlights import Highlight


class Showing(Stepping):
    """Scroll, focus and selection stay where they are."""

    parts: Layout
    _by_guid: dict[str, Coding]
    _notes: list[Memo]
    _painted_for = ("", "", Whose.MINE)
    """Transcript, coder and whose codings are shown."""
    _quiet = 0
    _late = False
    """What is at the cursor is to be shown once it is not quiet any more."""

    # When

    def update_actions(self) -> None:
        if self._quiet:
            self._late = True
        else:
            super().update_actions()

    @contextmanager
    def quietly(self) -> Iterator[None]:
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1
            if not self._quiet and self._late:
                self._late = False
                self.show_at_cursor()

    # What

    def show_codings(self) -> None:
        """Read and paint the codings of the transcript; scroll, focus and selection stay."""
        project = self.project
        me, shown = project.coders.current.guid, self.ctx.coders_shown()
        before, for_before = self._by_guid.keys(), self._painted_for
        self.codings, self._notes, self._by_guid = (), [], {}
        if self.transcript is not None:
            guid = self.transcript.document.guid
            self.codings = tuple(project.codings.of_document(guid, shown))
            self._by_guid = {coding.guid: coding for coding in self.codings}
            self._notes = project.memos.about(MemoTarget.PASSAGE, guid, self.ctx.writers_shown())
        self._painted_for = (self.transcript.document.guid if self.transcript else "", me, self.ctx.whose)
        self.view.set_codings(self._highlights(me))
        come = self._by_guid.keys() - before
        if len(come) == 1 and self._painted_for == for_before and self.view.selected() is None:
            self.view.set_selected(next(iter(come)))  # brought back by undo or redo
        self.view.set_notes([(note.start, note.end) for note in self._notes])
        self.count_units()
        self._note_finished()
        self.show_at_cursor()

    def _note_finished(self) -> None:
        document, coder, whose = self._painted_for
        if whose is Whose.CONSENSUS:
            return  # her own codings are not looked at
        finished = self.status_now() is Status.FINISHED
        self.parts.finished.look(document, coder, self.codings, finished=finished)

    def _highlights(self, me: str) -> list[Highlight]:
        nodes, names = self.project.codes.tree().nodes, self._coder_names()
        made = []
        for coding in self.codings:
            code = nodes.get(coding.code or "")
            name = "" if code is None else f"★ {code.name}" if coding.exemplar else code.name
            made.append(
                Highlight(
                    coding.guid,
                    coding.start,
                    coding.end,
                    code.color if code else "",
                    name,
                    mine=coding.coder == me,
                    unnamed=code is None,
                    coder_name=names.get(coding.coder, ""),
                )
            )
        return made

    def _coder_names(self) -> dict[str, str]:
        """GUID -> name while everybody's codings are shown."""
        return {coder.guid: coder.name for coder in self.project.coders.all()} if self.ctx.everyone else {}

    def chosen_coding(self) -> Coding | None:
        return self._by_guid.get(self.view.selected() or "")

    def status_now(self) -> Status:
        return self.documents.status(self.transcript.document.guid) if self.transcript else Status.NOT_STARTED

    # At the cursor

    def show_at_cursor(self) -> None:
        if self._quiet:
            self._late = True
            return
        chosen, guids = self.view.selected(), self.view.codes_at_cursor()
        if chosen is not None and chosen not in guids:
            guids.insert(0, chosen)
        start, end = self.view.selection()
        here = [note for note in self._notes if note.start < max(end, start + 1) and start < note.end]
        self.details.show_at(
            AtCursor(
                self.transcript.document.guid if self.transcript else "",
                tuple(self._by_guid[guid] for guid in guids if guid in self._by_guid),
                tuple({(note.start, note.end): note for note in here}.values()),
                chosen,
                self.project.coders.current.guid,
                self._coder_names(),
                self.project.codes.tree(),
            )
        )
        self._name_last()
        self.show_unit()
        super().update_actions()

    def _name_last(self) -> None:
        """The command that repeats names what it will put on the words."""
        code = self.project.codes.tree().nodes.get(self.last_code)
        text = self.tr("Apply the &last code again")
        if code is not None:
            text = self.tr("Apply “{name}” again (&last code)").format(
                name=short(code.name).replace("&", "&&")
            )
        for action in self.actions():
            if action.objectName() == "repeat" and action.text() != text:
                action.setText(text)
