"""Making a version of one's own: another code, several codes, other bounds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt

from coder_app.core.model import Verdict
from coder_app.ui.agreement.settle.draft import Draft, drafted, usual_place
from coder_app.ui.agreement.settle.parts import SettleParts


class Drafting(SettleParts):
    """The commands that begin a version, change it, and keep or drop it."""

    @property
    def is_drafting(self) -> bool:
        return self.result.draft is not None

    @property
    def draft_has_codes(self) -> bool:
        return self.result.draft is not None and bool(self.result.draft.spans)

    def take_other(self) -> None:
        """Ask for a code; it joins the version that is being made, or begins one."""
        if self.entry is None:
            return
        near = self.result.title
        place = QRect(near.mapToGlobal(QPoint(0, 0)), near.size())
        title = self.tr("Code for this place")
        self.popup.ask(place, title, "", self._add_code, self._add_new, self.result.list)

    def _add_new(self, name: str) -> None:
        ok, code = self.ctx.run(self.ctx.project.codes.add, name)
        if ok and code is not None:
            self._add_code(code)

    def _add_code(self, code: str) -> None:
        entry = self.entry
        if entry is not None:
            draft = self.result.draft or drafted(entry.item, ())
            self._show_draft(draft.add(code, *usual_place(entry.item)))

    def change_bounds(self) -> None:
        """Begin a version with what stands, or with everybody's codes."""
        from coder_app.core.settling import result_of

        entry = self.entry
        if entry is not None and self.result.draft is None:
            spans = entry.spans or result_of(entry.item, Verdict.BOTH)
            self._show_draft(drafted(entry.item, spans))

    def _show_draft(self, draft: Draft) -> None:
        assert self.scene is not None
        assert self.names is not None
        self.result.put_draft(self.scene, draft, self.names)
        if not self.result.isAncestorOf(self.focusWidget() or self):
            self.result.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update_actions()

    def _change_draft(self, change: Callable[[Draft, str], Draft]) -> None:
        if self.result.draft is not None and self.entry is not None and self.sources is not None:
            text = self.sources.contents[self.entry.item.document].text
            self._show_draft(change(self.result.draft, text))

    def draft_row(self, row: int) -> None:
        self._change_draft(lambda draft, _: draft.choose(row))

    def draft_words(self, start: int, end: int) -> None:
        self._change_draft(lambda draft, text: draft.on_words(text, start, end))

    def end_on(self) -> None:
        self._change_draft(lambda draft, text: draft.move_end(text, 1))

    def end_back(self) -> None:
        self._change_draft(lambda draft, text: draft.move_end(text, -1))

    def start_back(self) -> None:
        self._change_draft(lambda draft, text: draft.move_start(text, -1))

    def start_on(self) -> None:
        self._change_draft(lambda draft, text: draft.move_start(text, 1))

    def remove_from_draft(self) -> None:
        self._change_draft(lambda draft, _: draft.without_current())

    def keep_draft(self) -> None:
        from coder_app.core.settling import merged

        if self.result.draft is not None and self.result.draft.spans:
            self.decide(Verdict.OTHER, merged(self.result.draft.spans))

    def drop_draft(self) -> None:
        self.show_current()
        self.items.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update_actions()
