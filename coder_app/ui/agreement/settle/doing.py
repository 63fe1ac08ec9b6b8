"""What the commands of the section “Settle” do: deciding, and making a version of one's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from coder_app.core.errors import UserError
from coder_app.core.model import Level, Verdict
from coder_app.ui.agreement.settle.drafting import Drafting
from coder_app.ui.agreement.settle.freezing import offered
from coder_app.ui.agreement.settle.gate import new_round
from coder_app.ui.agreement.settle.states import State, next_open, tally

if TYPE_CHECKING:
    from coder_app.core.settling import Span
    from coder_app.project.consensus import Decision

UNDONE = ("Settle", "Take back what was settled", "Take over")
"""How the names of the steps begin that ``undo_decision`` takes back."""


class SettleCommands(Drafting):
    """Members that the rows of :data:`SETTLE_ACTIONS` name."""

    # Conditions of the actions

    @property
    def has_pair(self) -> bool:
        return len(self.ctx.project.coders.all()) > 1 and not self.ctx.in_pass

    @property
    def has_round(self) -> bool:
        return self.opened is not None

    @property
    def has_rounds(self) -> bool:
        return self.head.round.count() > 0 and not self.ctx.in_pass

    @property
    def has_item(self) -> bool:
        return self.entry is not None

    @property
    def has_difference(self) -> bool:
        return self.entry is not None and not self.entry.item.alike

    @property
    def has_decision(self) -> bool:
        return self.entry is not None and self.entry.settlement is not None

    @property
    def has_agreed(self) -> bool:
        return any(entry.state is State.AGREED for entry in self.model.entries)

    def can_take(self, number: int) -> bool:
        return self.has_item and self.opened is not None and number < len(self.opened.coders)

    @property
    def can_take_first(self) -> bool:
        return self.can_take(0)

    @property
    def can_take_second(self) -> bool:
        return self.can_take(1)

    @property
    def can_take_third(self) -> bool:
        return self.can_take(2)

    @property
    def can_undo_decision(self) -> bool:
        return (self.ctx.project.undo_name() or "").startswith(UNDONE)

    # Deciding

    def take_first(self) -> None:
        self.take(0)

    def take_second(self) -> None:
        self.take(1)

    def take_third(self) -> None:
        self.take(2)

    def take(self, number: int) -> None:
        """Take the version of the coder in that column."""
        if self.can_take(number) and self.ctx.writable and self.opened is not None:
            self.decide(Verdict.TAKE, taken=self.opened.coders[number].guid)

    def take_both(self) -> None:
        self.decide(Verdict.BOTH)

    def take_neither(self) -> None:
        self.decide(Verdict.NEITHER)

    def skip(self) -> None:
        self.decide(Verdict.SKIP)

    def discuss(self) -> None:
        """With the note that is there; without one it is asked for first."""
        if self.deciding.reason.text().strip():
            self.decide(Verdict.DISCUSS)
            return
        self.discussing = True
        self.deciding.ask_reason(discussing=True)
        self.deciding.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give_reason(self) -> None:
        self.deciding.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.deciding.reason.selectAll()

    def reason_kept(self) -> None:
        """Enter in the line: the note for a discussion, or another reason for what is decided already."""
        entry = self.entry
        if self.discussing:
            self.decide(Verdict.DISCUSS)
        elif entry is not None and entry.settlement is not None:
            one = entry.settlement
            self.decide(one.verdict, entry.spans, one.taken, stay=True)
        self.items.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reason_left(self) -> None:
        """Escape in the line: as it was."""
        self.show_current()
        self.items.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def decide(
        self,
        verdict: Verdict,
        spans: tuple[Span, ...] | None = None,
        taken: str = "",
        *,
        stay: bool = False,
    ) -> None:
        """Write a decision about the current place with the reason in the line; go to the next open one."""
        from coder_app.core.settling import result_of
        from coder_app.project.consensus import Decision

        entry = self.entry
        if entry is None or self.opened is None or not self.ctx.writable:
            return
        item = entry.item
        if spans is None:
            spans = result_of(item, verdict, taken)
        reason = self.deciding.reason.text()
        decision = Decision(item.document, item.start, item.end, verdict, spans, taken, reason)
        ok, _ = self.ctx.run(self._settle, decision, initiator=self)
        if ok:
            self.decided(item.place, stay=stay)

    def _settle(self, decision: Decision) -> str:
        assert self.opened is not None
        assert self.names is not None
        gone = [code for code, _, _ in decision.codings if not self.names.is_here(code)]
        if gone:
            text = self.tr("“{name}” is no longer in the codebook: choose another code (O).")
            raise UserError(text.format(name=self.names.name(gone[0])))
        return self.ctx.project.consensus.settle(self.opened.round, decision)

    def decided(self, place: tuple[str, int, int], *, stay: bool = False) -> None:
        """A place was decided: show it, and go on to the next that is open."""
        row = self.model.row_of(place)
        with self.quietly():
            self.reload_states()
            if not stay:
                self._go_on(place, 0 if row is None else row)
        self.show_current()
        self.items.setFocus(Qt.FocusReason.OtherFocusReason)
        self.update_actions()

    def _go_on(self, place: tuple[str, int, int], row: int) -> None:
        """The next open place that is listed; else the row that took the old one's place."""
        listed = self.model.listed()
        found = next_open(listed, place)
        if self.model.row_of(place) is None and listed:
            behind = [n for n, one in enumerate(listed) if n >= row and one.state is State.OPEN]
            found = behind[0] if behind else found
            found = min(row, len(listed) - 1) if found is None else found
        if found is not None:
            self.items.setCurrentIndex(self.model.index(found))
        if not any(entry.state.waits for entry in self.model.entries):
            self.ctx.message.emit(self.tr("Every disagreement of this round is settled."))

    def reopen(self) -> None:
        """Take the decision about the current place back."""
        entry = self.entry
        if entry is not None and entry.settlement is not None:
            guids = [entry.settlement.guid]
            if self.ctx.run(self.ctx.project.consensus.unsettle, guids, initiator=self)[0]:
                self.decided(entry.item.place, stay=True)

    def undo_decision(self) -> None:
        """Undo the last step, if it was a decision, and go where it was made."""
        before = {one.item.place: one.settlement for one in self.model.entries}
        self.ctx.undo()
        for entry in self.model.entries:
            if before.get(entry.item.place) != entry.settlement:
                row = self.model.row_of(entry.item.place)
                if row is not None:
                    self.items.setCurrentIndex(self.model.index(row))
                    break
        self.update_actions()

    def take_agreed(self) -> None:
        """Put every agreed place into the consensus as one step."""
        from coder_app.ui.agreement.settle.computing import decisions_of_agreed

        assert self.opened is not None
        items = [entry.item for entry in self.model.entries if entry.state is State.AGREED]
        self.ctx.work.in_thread(
            self.tr("Taking over what agrees"),
            partial(decisions_of_agreed, items),
            partial(self._write_agreed, self.opened.round),
            key="settle agreed",
        )

    def _write_agreed(self, round_guid: str, decisions: list[Decision]) -> None:
        project, names = self.ctx.project, self.names
        if names is None or self.opened is None or self.opened.round != round_guid:
            return
        here = [one for one in decisions if all(names.is_here(code) for code, _, _ in one.codings)]
        name = self.tr("Take over {n} agreed passages").format(n=f"{len(here):,}")
        ok, _ = self.ctx.run(project.consensus.settle_many, round_guid, here, name, initiator=self)
        if ok:
            self.reload_states()
            self.show_current()
            text = self.tr("{n} agreed passages are in the consensus.").format(n=f"{len(here):,}")
            if len(here) < len(decisions):
                text += " " + self.tr("{n} were left: their codes are no longer in the codebook.").format(
                    n=f"{len(decisions) - len(here):,}"
                )
            self.ctx.message.emit(text)
            self.update_actions()

    # Moving

    def next_item(self) -> None:
        self._step(1)

    def previous_item(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        row = self.items.currentIndex().row() + by
        if 0 <= row < len(self.model.rows):
            self.items.setCurrentIndex(self.model.index(row))

    def go_to_place(self) -> None:
        entry = self.entry
        if entry is not None:
            self.ctx.openPlace.emit(entry.item.document, entry.item.start, entry.item.end)

    def go_list(self) -> None:
        self.items.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_filter(self) -> None:
        self.filters.show_box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_rounds(self) -> None:
        self.head.round.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_tally(self) -> None:
        self.head.put_tally(tally(self.model.entries), writable=self.ctx.writable)

    # Rounds

    def make_round(self) -> None:
        """A round of what “Figures” compares, or of what most was coded by all."""
        project = self.ctx.project
        if self.desk.wanted is not None:
            choice = self.desk.wanted.choice(Level.CODE)
        else:
            coded = {coder for _, coder in project.queries.codings_by_document()}
            coders = [one.guid for one in project.coders.all() if one.guid in coded and not one.person]
            offer = offered(project, coders, [one.guid for one in project.documents.all()])
            if offer is None:
                self.ctx.problem.emit(
                    self.tr(
                        "There is nothing to compare yet: two coders must have coded the same transcript."
                    )
                )
                return
            choice = offer.choice
        new_round(self.window(), self.ctx, choice, self.open_round)

    def open_round(self, guid: str) -> None:
        """Show a round, the one just made for instance."""
        self.head.put_rounds(self.ctx.project.rounds.all(), guid)
        self.open(guid)
        self.update_actions()

    def show_rounds(self) -> None:
        from coder_app.ui.agreement.settle.rounds_dialog import RoundsDialog

        dialog = RoundsDialog(self.window(), self.ctx)
        dialog.exec()
        if dialog.opened:
            self.open_round(dialog.opened)
