"""What can be chosen in “Figures”, and asking for the numbers over it, away from the window's thread."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from coder_app.core.errors import UserError
from coder_app.core.model import Level
from coder_app.ui.agreement import looking, wording
from coder_app.ui.agreement.choices import NOW
from coder_app.ui.agreement.doing import FiguresCommands
from coder_app.ui.agreement.looking import Look, Wanted
from coder_app.ui.agreement.standing import (
    Standing,
    forgotten,
    likely_pair,
    people,
    standings,
    standings_of,
)
from coder_app.ui.agreement.units import UNITS
from coder_app.ui.widgets.parts import EmptyState

if TYPE_CHECKING:
    from coder_app.core.model import Coder
    from coder_app.project.sources import Sources


class FiguresAsking(FiguresCommands):
    """From choices to an answer; the section makes the widgets and shows the answer."""

    round_note: QLabel
    waiting: QLabel
    nothing: EmptyState
    _wanted: Wanted | None
    _image: bytes | None
    _sources: dict[str, Sources]
    """What was read, by the round's GUID and for now; kept until the project changes."""
    _level_names: dict[Level, str]
    _patience: QTimer

    def _moment_chosen(self) -> None:
        self._offer()
        self.update_actions()

    def _offer(self) -> None:
        """Fill the choices for now, or for the chosen round once it has been read."""
        moment = self.choices.chosen_round
        if moment == NOW:
            self.round_note.hide()
            project = self.ctx.project
            pair = likely_pair(project) or ()
            counts: Counter[str] = Counter()
            for (_, coder), number in project.queries.codings_by_document().items():
                counts[coder] += number
            self.choices.put_levels(self._level_names)
            self._offer_meaning_units(any(u.locked for u in project.meaning_units.all().values()))
            self.choices.put_coders(people(project), counts, pair)
            self._ask_again()
        elif moment in self._sources:
            self._offer_round(self._sources[moment])
        else:
            self._start_waiting()
            self.ctx.work.in_thread(
                self.tr("Reading the round"),
                partial(looking.read, self._snapshot(), moment),
                partial(self._round_read, moment),
                key="agreement",
                failed=self._failed,
            )

    def _round_read(self, moment: str, sources: Sources) -> None:
        self._settled()
        self._sources[moment] = sources
        if self.choices.chosen_round == moment:
            self._offer_round(sources)

    def _offer_round(self, sources: Sources) -> None:
        """Only what was frozen can be chosen; at first just what the round measured."""
        frozen = self.ctx.project.rounds.get(self.choices.chosen_round)
        by = {coder.guid: coder.name for coder in self.ctx.project.coders.all()}
        self.round_note.setText(wording.round_words(frozen.name, frozen.created, by.get(frozen.coder, "")))
        self.round_note.show()
        measured = sources.choice.coders if sources.choice is not None else ()
        coders = [coder for coder in sources.coders if coder.guid in measured] or list(sources.coders)
        counts = Counter(coding.coder for own in sources.codings.values() for coding in own)
        self.choices.put_levels(sources.level_names)
        self._offer_meaning_units(bool(sources.meaning_units))
        self.choices.put_coders(coders, counts, [coder.guid for coder in coders])
        if self._wanted is None or self._wanted.round != self.choices.chosen_round:
            self.choices.coder_model.choose([coder.guid for coder in coders])
        self._ask_again()

    def _offer_meaning_units(self, there: bool) -> None:
        self.choices.put_possible(frozenset(UNITS) if there else frozenset(UNITS) - {"meaning-unit"})

    def _snapshot(self) -> bytes:
        if self._image is None:
            self._image = self.ctx.project.snapshot()
        return self._image

    # Asking

    def _standings(self, coders: list[Coder]) -> list[Standing]:
        guids = [coder.guid for coder in coders]
        moment = self.choices.chosen_round
        return standings_of(self._sources[moment], guids) if moment else standings(self.ctx.project, guids)

    def _ask_again(self) -> None:
        """Compare what is chosen now, away from the window's thread."""
        moment = self.choices.chosen_round
        if moment and moment not in self._sources:
            return  # it is being read
        coders = self.choices.coders
        table = self._standings(coders)
        self.choices.put_transcripts(table)
        chosen = self.choices.model.chosen() if len(coders) > 1 else []
        self._offer_finishing(table, coders, frozenset(row.document.guid for row in chosen))
        if not chosen:
            self._tell_nothing(wording.nothing_to_compare([coder.name for coder in coders], table))
            return
        self._wanted = Wanted(
            tuple(coder.guid for coder in coders),
            tuple(row.document.guid for row in chosen),
            self.choices.chosen_unit,
            self.choices.interviewers.isChecked(),
            not all(row.finished for row in chosen),
            self.choices.chosen_threshold,
            self.choices.chosen_overlap,
            moment,
            self.choices.moment.currentText() if moment else "",
        )
        self._start_waiting()
        self._stop("agreement intervals")
        sources = self._sources.get(moment)
        image = self._snapshot() if sources is None else None
        self.ctx.work.in_thread(
            self.tr("Comparing"),
            partial(looking.answer, image, sources, self._wanted),
            partial(self._answered, moment),
            key="agreement",
            failed=self._failed,
        )

    def _offer_finishing(self, table: list[Standing], coders: list[Coder], taken: frozenset[str]) -> None:
        """Where “finished” seems to have been forgotten; a round is as it is."""
        now = not self.choices.chosen_round and len(coders) > 1
        me = self.ctx.project.coders.current.guid
        found = forgotten(table, coders, me, taken) if now else []
        self.offers.put(found, writable=self.ctx.writable)

    def _answered(self, moment: str, answer: tuple[Sources, Look]) -> None:
        sources, found = answer
        self._sources[moment] = sources
        self._settled()
        self.look = found
        self.desk.put(found.wanted, found)
        self.nothing.hide()
        self._show_answer(True)
        self._show()

    def _failed(self, error: UserError) -> None:
        self._tell_nothing(str(error))

    def _start_waiting(self) -> None:
        self._patience.start()

    def _mention(self) -> None:
        """It takes a moment: say so, and nothing else."""
        self.nothing.hide()
        self.waiting.show()

    def _settled(self) -> None:
        self._patience.stop()
        self.waiting.hide()

    def _stop(self, key: str) -> None:
        for job in self.ctx.work.jobs:
            if job.key == key:
                job.cancel()

    def _tell_nothing(self, text: str) -> None:
        """No answer, and why."""
        self._stop("agreement")
        self._settled()
        self._forget()
        self.nothing.say(text)
        self.nothing.show()
        self._show_answer(False)

    # What the section does with it

    def _show_answer(self, on: bool) -> None:
        raise NotImplementedError

    def _show(self) -> None:
        raise NotImplementedError

    def _forget(self) -> None:
        raise NotImplementedError
