"""Going from meaning unit to meaning unit, mending units by hand, and the pass mode of the Code page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from coder_app.core.model import MeaningUnits, StabilityPass
from coder_app.core.spans import Range
from coder_app.core.unit_steps import coded, following, next_uncoded, preceding, unit_at
from coder_app.ui.coding.doing import Doing
from coder_app.ui.coding.units_bar import Standing, UnitsBar
from coder_app.ui.units.commands import UnitCommands

if TYPE_CHECKING:
    from coder_app.project.agreed import Agreed


class Stepping(UnitCommands, Doing):
    """The units of the transcript shown. In a stability pass they are the agreed units of its round."""

    units_bar: UnitsBar
    steps: Sequence[Range] = ()
    """The units that one goes through here, in order."""
    steps_coded: Sequence[bool] = ()
    """Of each, whether it has a code of the current coder's."""
    division: MeaningUnits | None = None
    """How the transcript is divided; None where it is not."""
    stability: StabilityPass | None = None
    """The pass that the current coder is there for."""
    _at: int | None = None
    """The unit that was stepped to last."""
    _pass_words: tuple[str, str] = ("", "")
    """Name of the pass' round, and how far the pass is over all transcripts."""

    # Reading and showing

    def read_units(self) -> None:
        """Read the units of the transcript shown again."""
        project = self.project
        guid = self.transcript.document.guid if self.transcript is not None else ""
        self.stability = project.stability.of_coder(project.coders.current.guid)
        self.division = project.meaning_units.of(guid) if guid else None
        before = self.steps
        if self.stability is not None:
            self.steps = self._agreed().get(guid, ())
        else:
            self.steps = self.division.places if self.division is not None else ()
        if self.steps != before:
            self._at = None
        self.view.set_units(self.steps)
        self.count_units()

    def _agreed(self) -> Mapping[str, Sequence[Range]]:
        """The agreed units of the pass; nothing while they are worked out away from the window's thread."""
        assert self.stability is not None
        stability = self.project.stability
        known = stability.known(self.stability.round)
        if known is None:
            from coder_app.project.agreed import agreed_units

            rounds, guid = self.project.rounds, self.stability.round
            ok, sources = self.ctx.run(rounds.sources, guid)
            if not ok or sources is None:
                return {}
            self.ctx.work.in_thread(
                self.tr("Looking for the agreed units"),
                partial(agreed_units, sources, rounds.choice(guid)),
                partial(self._agreed_known, guid),
                key="agreed units",
            )
            known = stability.known(guid)  # there at once where work runs inline
        return known.places if known is not None else {}

    def _agreed_known(self, guid: str, agreed: Agreed) -> None:
        if self.ctx.has_project:
            self.project.stability.keep(guid, agreed)
            self.read_units()

    def count_units(self) -> None:
        """Which units are coded now."""
        self.steps_coded = coded(self.steps, self._own_places()) if self.steps else ()
        if self.stability is not None:
            self._pass_words = self._round_name(), self._everywhere()
        self.show_unit()

    def _own_places(self) -> list[Range]:
        """Where the current coder's codings with a code stand, whosever are shown."""
        if self.transcript is None:
            return []
        me, shown = self.project.coders.current.guid, self.ctx.coders_shown()
        codings = self.codings
        if shown is not None and me not in shown:
            codings = self.project.codings.of_document(self.transcript.document.guid, [me])
        return [(c.start, c.end) for c in codings if c.coder == me and c.code is not None]

    def _round_name(self) -> str:
        assert self.stability is not None
        rounds = self.project.rounds.all()
        return next((found.name for found in rounds if found.guid == self.stability.round), "")

    def show_unit(self) -> None:
        """Tell in the bar and on the page which unit one is at."""
        at = self.unit_here()
        self.view.set_unit(self.steps[at] if at is not None else None)
        self.units_bar.put(self._standing(at), writable=self.ctx.writable)

    def _standing(self, at: int | None) -> Standing | None:
        total, done = len(self.steps), sum(self.steps_coded)
        if self.stability is not None:
            name, everywhere = self._pass_words
            return Standing(total, done, at, True, name or self.tr("round"), everywhere)
        if self.division is None:
            return None
        return Standing(total, done, at, self.division.locked)

    def _everywhere(self) -> str:
        """How far the pass is over all transcripts."""
        assert self.stability is not None
        known = self.project.stability.known(self.stability.round)
        if known is None:
            return ""
        done, total = self.project.stability.progress(self.stability.guid)
        return self.tr("{done} of {total} in all transcripts").format(done=f"{done:,}", total=f"{total:,}")

    def unit_here(self) -> int | None:
        """The unit that the selection or the caret is in: the one stepped to, if it still touches that."""
        if not self.steps:
            return None
        start, end = self.view.selection()
        if self._at is not None and self._at < len(self.steps):
            low, high = self.steps[self._at]
            if low <= start and end <= high:
                return self._at
        return unit_at(self.steps, start, end)

    # Conditions

    @property
    def in_pass(self) -> bool:
        return self.stability is not None

    @property
    def has_steps(self) -> bool:
        return bool(self.steps) or self.in_pass

    @property
    def has_division(self) -> bool:
        return self.division is not None and not self.in_pass

    @property
    def may_make_unit(self) -> bool:
        return self.has_selection and not self.in_pass

    def units_documents(self) -> Sequence[str]:
        return [self.transcript.document.guid] if self.transcript is not None and not self.in_pass else []

    def known_units(self) -> Mapping[str, MeaningUnits]:
        return {self.division.document: self.division} if self.division is not None else {}

    def units_parent(self) -> QWidget:
        return self

    # Stepping

    def next_unit(self) -> None:
        here = self._valid_at()
        to = following(self.steps, *self.view.selection(), here) if self.steps else None
        if to is not None:
            self.go_unit(to)
        else:
            self._leave_document(1, self.tr("There is no unit after this one."))

    def previous_unit(self) -> None:
        here = self._valid_at()
        to = preceding(self.steps, *self.view.selection(), here) if self.steps else None
        if to is not None:
            self.go_unit(to)
        else:
            self._leave_document(-1, self.tr("There is no unit before this one."))

    def next_uncoded(self) -> None:
        """The next unit without a code of one's own: here behind the caret, in later transcripts, from the
        top.
        """
        at = self.unit_here()
        after = at if at is not None else self._before_caret()
        index = next((i for i in range(after + 1, len(self.steps)) if not self.steps_coded[i]), None)
        if index is None:
            for guid, places in self._others(1, around=True):
                done = self._coded_in(guid, places)
                index = next_uncoded(done, -1)
                if index is not None:
                    self._go_document(guid)
                    break
            else:
                index = next_uncoded(self.steps_coded, after)
        if index is None:
            self.ctx.message.emit(self.tr("Every unit has a code now."))
        else:
            self.go_unit(index)

    def go_unit(self, index: int) -> None:
        """Select a unit's words and show them; letters typed now ask for its code."""
        start, end = self.steps[index]
        self._at = index
        with self.quietly():
            self.view.set_selected(None)
            self.view.select(start, end)
            self.view.scroll_to(start, end)
            self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.later_shown()

    def later_shown(self) -> None:
        """Within ``quietly``: what is at the cursor is shown when it ends."""
        self.show_at_cursor()

    def _valid_at(self) -> int | None:
        return self._at if self._at is not None and self._at < len(self.steps) else None

    def _before_caret(self) -> int:
        """The last unit that ends at or before the selection; -1 where there is none."""
        start = self.view.selection()[0]
        return sum(end <= start for _, end in self.steps) - 1

    def _others(self, by: int, *, around: bool = False) -> list[tuple[str, Sequence[Range]]]:
        """Other transcripts that have units, in the direction of going; ``around``: then those behind."""
        if self.stability is not None:
            known = self._agreed()
        else:
            known = {guid: units.places for guid, units in self.project.meaning_units.all().items()}
        guids = self.documents.guids()
        here = guids.index(self.ctx.document) if self.ctx.document in guids else -1
        ahead, behind = guids[here + 1 :], guids[: max(here, 0)]
        order = [*ahead, *(behind if around else [])] if by > 0 else behind[::-1]
        return [(guid, known[guid]) for guid in order if known.get(guid)]

    def _coded_in(self, document: str, places: Sequence[Range]) -> list[bool]:
        me = self.project.coders.current.guid
        own = self.project.codings.of_document(document, [me])
        return coded(places, [(c.start, c.end) for c in own if c.code is not None])

    def _leave_document(self, by: int, nothing: str) -> None:
        """Go on in the next (+1) or previous (-1) transcript that has units."""
        others = self._others(by)
        if not others:
            self.ctx.message.emit(nothing)
            return
        self._go_document(others[0][0])
        self.go_unit(0 if by > 0 else len(self.steps) - 1)

    def _go_document(self, guid: str) -> None:
        self.show_document(guid)
        title = self.transcript.document.title if self.transcript is not None else ""
        self.ctx.message.emit(self.tr("On to “{title}”").format(title=title))

    # Mending by hand

    def split_unit(self) -> None:
        """Divide the unit at the caret in two; with words selected before them (or behind the first)."""
        start, end = self.view.selection()
        at = self.unit_here()
        position = start
        if at is not None and start < end and start <= self.steps[at][0]:
            position = end
        self._mend(self.project.meaning_units.split, position)

    def join_unit(self) -> None:
        self._mend(self.project.meaning_units.join, self._unit_start())

    def remove_unit(self) -> None:
        self._mend(self.project.meaning_units.remove, self._unit_start())

    def make_unit(self) -> None:
        """Make the selected words a unit."""
        if self.has_selection:
            self._mend(self.project.meaning_units.add, *self.trimmed(*self.view.selection()))

    def _mend(self, change: object, *place: int) -> None:
        if self.transcript is not None and callable(change):
            self.ctx.run(change, self.transcript.document.guid, *place)

    def _unit_start(self) -> int:
        at = self.unit_here()
        return self.steps[at][0] if at is not None else self.view.selection()[0]

    # The pass

    def leave_pass(self) -> None:
        """Be the person again who codes in this pass."""
        if self.stability is not None:
            name = self.project.coders.name_of(self.stability.coder.person)
            if self.ctx.switch_coder(self.stability.coder.person):
                self.ctx.message.emit(self.tr("{name} is coding again.").format(name=name))
