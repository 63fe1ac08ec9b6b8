"""Memos on one thing: read, written and changed in place, saved when the editor is left."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from coder_app.core.changes import Changes
from coder_app.core.model import Memo, MemoTarget
from coder_app.ui.context import Context
from coder_app.ui.memos.editor import MemoCard
from coder_app.ui.widgets.parts import label, see_through, tool


@dataclass(frozen=True, slots=True)
class Target:
    """What memos are about; for a passage ``guid`` is the transcript and ``[start, end)`` its place."""

    kind: MemoTarget
    guid: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and could not be saved yet; ``memo`` is empty for a new one."""

    coder: str
    target: Target
    memo: str


class MemoPanel(QWidget):
    """A list of memos with an empty one below for the next thought.

    Own memos can be edited; other coders' are shown, for reading, only while everybody's codings are.
    What is typed is saved when its editor is left, with Ctrl+Enter, before another target is shown and
    before the project closes; what could not be saved stays here until it can be. Escape saves, and gives
    the focus back to the widget it came from.
    """

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.target: Target | None = None
        self.cards: list[MemoCard] = []
        self._drafts: dict[Draft, str] = {}
        self._coder = ""
        self._saving = False
        self._showing = False
        self._before: QWidget | None = None
        self.title = label(self.tr("Memos"), "strong")
        self.add = tool("plus", self.tr("New memo"), self.new_memo)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.add)
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._list)
        see_through(self.area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.area, 1)
        ctx.changed.connect(self._changed)
        ctx.everyoneSwitched.connect(self.reload)
        ctx.coderSwitched.connect(self.reload)
        ctx.projectClosed.connect(self._project_closed)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
        self.setEnabled(False)

    # What is shown

    def show_target(self, kind: MemoTarget, guid: str, start: int = 0, end: int = 0) -> None:
        """Show the memos on one thing; what was typed on the one before is saved first."""
        target = Target(kind, guid, start, end)
        if target != self.target:
            self.flush()
            self._keep_drafts()
            self.target = target
            self._show()
        else:
            self.reload()

    def clear(self) -> None:
        """Show nothing; what was typed is saved first."""
        self.flush()
        self._keep_drafts()
        self.target = None
        self.reload()

    def reload(self) -> None:
        """Show what the project holds now; text that is not saved yet stays as it is."""
        self._keep_drafts()
        self._show(self._focused())

    def _show(self, held: tuple[str, int] | None = None) -> None:
        """Make the cards of the target; ``held``: the memo and the place in it that keep the focus."""
        self._showing = True
        try:
            self._make_cards(held)
        finally:
            self._showing = False

    def _make_cards(self, held: tuple[str, int] | None) -> None:
        empty = self._empty_card()
        self._drop_cards(keep=empty)
        self.setEnabled(self.target is not None)
        if self.target is None or not self.ctx.has_project:
            self.title.setText(self.tr("Memos"))
            return
        self._coder = self.ctx.project.coders.current.guid
        memos = self._memos()
        self.title.setText(self.tr("Memos ({count})").format(count=len(memos)) if memos else self.tr("Memos"))
        names = {coder.guid: coder.name for coder in self.ctx.project.coders.all()}
        for memo in memos:
            own = memo.coder == self._coder
            self._add_card(memo, names.get(memo.coder, ""), writable=own and self.ctx.writable)
        self.add.setVisible(self.ctx.writable)
        if empty is not None:
            self.cards.append(empty)
        elif self.ctx.writable:
            self._add_card(None, "", writable=True)
        self._restore(held)

    def _empty_card(self) -> MemoCard | None:
        """The place for a new memo, if nothing is written in it: it can stay (making one takes 3 ms)."""
        last = self.cards[-1] if self.cards else None
        usable = last is not None and last.memo is None and not last.dirty and not last.editor.hasFocus()
        return last if usable and self.ctx.writable and self.target is not None else None

    def new_memo(self) -> None:
        """Put the cursor where a new memo is written."""
        if self.cards and self.cards[-1].memo is None:
            editor = self.cards[-1].editor
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(self.cards[-1])

    def _memos(self) -> list[Memo]:
        assert self.target is not None
        found = self.ctx.project.memos.about(self.target.kind, self.target.guid, self.ctx.writers_shown())
        if self.target.kind is not MemoTarget.PASSAGE:
            return found
        place = (self.target.start, self.target.end)
        return [memo for memo in found if (memo.start, memo.end) == place]

    def _add_card(self, memo: Memo | None, writer: str, *, writable: bool) -> None:
        card = MemoCard(memo, writer, writable=writable)
        card.left.connect(self._save)
        card.editor.escaped.connect(self.go_back)
        card.removeWanted.connect(self._remove)
        self._column.insertWidget(len(self.cards), card)
        self.cards.append(card)

    def _drop_cards(self, keep: MemoCard | None = None) -> None:
        cards, self.cards = self.cards, []
        for card in cards:
            if card is keep:
                continue
            card.blockSignals(True)
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()

    # Saving

    def flush(self) -> bool:
        """Save everything that was typed; False where something could not be saved (it stays here)."""
        for card in list(self.cards):
            self._save(card, reload=False)
        self._keep_drafts()
        if not self.ctx.writable:
            return not self._drafts
        for draft, text in list(self._drafts.items()):
            if draft.coder == self.ctx.project.coders.current.guid and self._write(draft, text):
                del self._drafts[draft]
        return not self._drafts

    def _save(self, card: MemoCard, *, reload: bool = True) -> None:
        if self._saving or card not in self.cards or not card.dirty or self.target is None:
            return
        if not self.ctx.writable or self._coder != self.ctx.project.coders.current.guid:
            return
        self._saving = True
        try:
            draft = Draft(self._coder, self.target, card.memo.guid if card.memo else "")
            text = card.editor.text
            if not self._write(draft, text):
                return
            self._drafts.pop(draft, None)
        finally:
            self._saving = False
        if card.memo is not None and text.strip():
            card.memo = replace(card.memo, text=text.strip())
            return
        card.editor.put(card.saved)
        if reload:
            self.reload()

    def _write(self, draft: Draft, text: str) -> bool:
        """Bring one text into the project: a new memo, a changed one, or (emptied) none any more."""
        memos, target = self.ctx.project.memos, draft.target
        if not text.strip():
            if not draft.memo:
                return True
            ok, _ = self.ctx.run(memos.remove, [draft.memo], initiator=self)
            if ok:
                self.ctx.message.emit(self.tr("The empty memo was removed. Undo brings it back."))
        elif draft.memo:
            ok, _ = self.ctx.run(memos.edit, draft.memo, text, initiator=self)
        else:
            ok, _ = self.ctx.run(
                memos.add, target.kind, target.guid, text, target.start, target.end, initiator=self
            )
        return ok

    def _remove(self, card: MemoCard) -> None:
        if card.memo is not None:
            ok, _ = self.ctx.run(self.ctx.project.memos.remove, [card.memo.guid], initiator=self)
            if ok:
                card.editor.put(card.saved)
                self.reload()
                self.new_memo()

    # Text that is not saved yet

    def _keep_drafts(self) -> None:
        for card in self.cards:
            if self.target is not None and card.writable:
                draft = Draft(self._coder, self.target, card.memo.guid if card.memo else "")
                if card.dirty:
                    self._drafts[draft] = card.editor.text
                else:
                    self._drafts.pop(draft, None)

    def _restore(self, held: tuple[str, int] | None) -> None:
        for card in self.cards:
            assert self.target is not None
            guid = card.memo.guid if card.memo else ""
            draft = self._drafts.get(Draft(self._coder, self.target, guid))
            if draft is not None and card.writable:
                card.editor.put(draft)
            if held is not None and held[0] == guid:
                card.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                cursor = card.editor.textCursor()
                cursor.setPosition(min(held[1], max(0, card.editor.document().characterCount() - 1)))
                card.editor.setTextCursor(cursor)

    def _focused(self) -> tuple[str, int] | None:
        for card in self.cards:
            if card.editor.hasFocus():
                return (card.memo.guid if card.memo else ""), card.editor.textCursor().position()
        return None

    # The focus

    def go_back(self) -> None:
        """Give the focus back to where it was before it came here."""
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        if old is None or now is None or self._showing or not isValid(self):
            return
        if self.isAncestorOf(now) and not self.isAncestorOf(old):
            self._before = old

    # What happens elsewhere

    def _changed(self, changes: Changes, initiator: object) -> None:
        if initiator is not self and changes & (Changes.MEMOS | Changes.CODERS) and self.target is not None:
            self.reload()

    def _project_closed(self) -> None:
        self.flush()
        self._drop_cards()
        self._drafts.clear()
        self.target = None
        self.setEnabled(False)
