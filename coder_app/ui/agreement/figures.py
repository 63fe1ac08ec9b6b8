"""The section “Figures”: coders compared, and the passages behind each number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout

from coder_app.core.changes import Changes
from coder_app.core.model import Level
from coder_app.ui.actions import Action
from coder_app.ui.agreement import looking, wording
from coder_app.ui.agreement.actions import AGREEMENT_ACTIONS
from coder_app.ui.agreement.asking import FiguresAsking
from coder_app.ui.agreement.choices import NOW, Choices
from coder_app.ui.agreement.codes_view import CodesView
from coder_app.ui.agreement.confusion_view import ConfusionView
from coder_app.ui.agreement.hints import FitNote
from coder_app.ui.agreement.looking import Look, Wanted
from coder_app.ui.agreement.more_view import MoreView
from coder_app.ui.agreement.offers import Offers
from coder_app.ui.agreement.passages import Passages, Question, Which, find_passages
from coder_app.ui.agreement.passages_view import PassagesView
from coder_app.ui.agreement.settle.gate import may_look, new_round
from coder_app.ui.agreement.sheets import Sheet, Tabs, scrolling
from coder_app.ui.agreement.standing import likely_pair
from coder_app.ui.agreement.summary import Summary
from coder_app.ui.widgets.parts import EmptyState, label
from coder_app.ui.widgets.splitters import remember

if TYPE_CHECKING:
    from coder_app.core.agreement.confusion import Confusion
    from coder_app.project.comparing import Compared

PATIENCE = 250
"""Milliseconds after which a computation that is not done yet is mentioned."""
REST = 400
"""Milliseconds without another choice after which intervals are computed."""
CHOICES_WIDTH = 246
LEAST_HEIGHT, MORE_HEIGHT = 250, 340
"""Pixels for what stands below the answer; a small window scrolls."""
EACH, MORE, CROSSED, BEHIND = range(4)
"""The tabs below the answer: each code, more coefficients, confusion, passages."""


class FiguresSection(FiguresAsking):
    """Choices on the left; on the right the answer, the single codes, and the passages."""

    key = "figures"
    interests = Changes.EVERYTHING & ~Changes.MEMOS & ~Changes.CONSENSUS

    @classmethod
    def actions_table(cls) -> list[Action]:
        return list(AGREEMENT_ACTIONS)

    # Making

    def build(self) -> None:
        self.look: Look | None = None
        self._wanted = None
        self._question: Question | None = None
        self._image = None
        self._sources = {}
        self._level_names = {}
        self._crossed: tuple[Look, Level, tuple[int, int]] | None = None
        self.alone = EmptyState("agreement", self.tr("Agreement needs a second coder"), "")
        self.alone.say(
            self.tr(
                "Two people code the same transcripts without seeing each other's work; here you then see how"
                " far they agree. Add the second coder with Coder > New coder, let both code, and come back."
            ),
        )
        self.choices = Choices(self.ctx)
        self.offers = Offers()
        self.fit_note = FitNote(self.ctx)
        self.round_note = label("", "strong", wrap=True)
        self.note = label(wording.calm_note(), "caption", wrap=True)
        self.waiting = label(self.tr("Comparing…"), "muted")
        self.nothing = EmptyState("agreement", self.tr("Nothing to compare yet"), "")
        self.summary = Summary(self.ctx)
        self.codes = CodesView(self.ctx)
        self.more = MoreView()
        self.confusion = ConfusionView(self.ctx)
        self.passages = PassagesView(self.ctx)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._mention)
        self._rest = QTimer(self, singleShot=True, interval=REST)
        self._rest.timeout.connect(self.bound_now)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        # what is outside is put in place first: see ``scrolling``
        self.whole = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.whole.addWidget(self.alone)
        self.whole.addWidget(self.splitter)
        right = Sheet()
        scrolling(self.choices, self.splitter)
        scrolling(right, self.splitter)
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 10, 12, 10)
        column.setSpacing(7)
        self.tabs = Tabs()
        self.tabs.setDocumentMode(True)
        parts = (
            self.fit_note, self.offers, self.round_note, self.note, self.waiting, self.summary, self.nothing,
            self.tabs,
        )  # fmt: skip
        for widget in parts:
            column.addWidget(widget, 1 if widget in (self.nothing, self.tabs) else 0)
        titles = ("", self.tr("More coefficients"), self.tr("Confusion"), "")
        for page, title in zip((self.codes, self.more, self.confusion, self.passages), titles, strict=True):
            self.tabs.addTab(page, title)
        self.tabs.setMinimumHeight(LEAST_HEIGHT)
        self.waiting.hide()
        self.nothing.hide()
        self._show_answer(False)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([CHOICES_WIDTH, 1000])
        self.splitter.setChildrenCollapsible(False)
        remember(
            self.ctx,
            {
                "agreement": self.splitter,
                "agreement_passages": self.passages.splitter,
                "agreement_confusion": self.confusion.splitter,
            },
        )

    def _connect(self) -> None:
        self.choices.changed.connect(self._ask_again)
        self.choices.momentChanged.connect(self._moment_chosen)
        self.choices.levelChanged.connect(self._show)
        self.offers.finishWanted.connect(self._finish)
        self.offers.includeWanted.connect(self.choices.model.tick)
        self.summary.codebooksWanted.connect(self.compare_codebooks)
        self.summary.intervalsWanted.connect(self.bound_now)
        self.summary.table.opened.connect(lambda at: self.open_passages(self.summary.model.question(at)))
        self.codes.table.opened.connect(lambda at: self.open_passages(self.codes.model.question(at)))
        self.codes.saveWanted.connect(self.save_picture)
        self.more.table.opened.connect(lambda _: self.open_passages(self._all_coded()))
        self.confusion.opened.connect(self.open_passages)
        self.confusion.pairChosen.connect(self._cross)
        self.tabs.currentChanged.connect(self._tab_chosen)
        self.passages.backWanted.connect(self.go_back)
        self.passages.goWanted.connect(self.go_to_place)
        self.passages.currentChanged.connect(self.update_actions)
        self.passages.differences.toggled.connect(self.update_actions)

    # What can be chosen

    def refresh(self, changes: Changes) -> None:
        project = self.ctx.project
        self._image = None  # also a new round is not in it
        self.choices.put_moments([(one.guid, one.name) for one in project.rounds.all()])
        if (
            changes == Changes.ROUNDS
            and self._wanted is not None
            and self.choices.chosen_round == self._wanted.round
        ):
            return
        self._sources.pop(NOW, None)
        self._level_names = project.level_names()
        pair = likely_pair(project)
        self.whole.setCurrentWidget(self.alone if pair is None else self.splitter)
        if pair is None:
            self._forget()
            return
        self._offer()

    def retheme(self) -> None:
        self.passages.versions.again()

    def enter(self) -> None:
        self.fit_note.come_up()
        if self.has_result:
            self.go_levels()
        elif self.has_pair:
            self.choices.coder_list.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self._image = None

    def _show_answer(self, on: bool) -> None:
        self.summary.setVisible(on)
        self.tabs.setVisible(on)

    def _forget(self) -> None:
        self.look = None
        self._question = None
        self._crossed = None
        self._rest.stop()
        self._stop("agreement intervals")
        self.desk.put(None, None)
        self.passages.put(None, None, "")
        self.confusion.forget()
        self.update_actions()

    # Showing

    @property
    def shown_level(self) -> Level:
        """The level that is told; the highest where the chosen one is not in use."""
        assert self.look is not None
        level = self.choices.chosen_level
        return level if self.look.has(level.key) else self.look.lines[-1].level

    def level_name(self, level: Level) -> str:
        return self._level_names.get(level, level.key)

    def _show(self) -> None:
        """The answer at the chosen level."""
        if self.look is None:
            return
        level = self.shown_level
        line = self.look.line(level.key)
        may_compare = self.desk.has("codebooks")
        self.summary.put(self.look, level, self._level_names, may_compare=may_compare)
        self.codes.put(self.look, level, self._level_names)
        self.more.put(self.look, line, self.level_name(level))
        text = self.tr("Each {level} ({n})").format(
            level=self.level_name(level).lower(), n=f"{len(line.codes):,}"
        )
        self.tabs.setTabText(EACH, _plain(text))
        self.confusion.offer(self.look)
        self.tabs.setTabVisible(CROSSED, self.has_confusion)
        if self.tabs.currentIndex() == CROSSED and self.has_confusion:
            self._cross()
        if self._question is not None:
            self._find(self._question)
        self._name_passages()
        self._rest_then_bound()
        self.update_actions()

    def _tab_chosen(self, tab: int) -> None:
        """While something needs the room the answer above is shown in short."""
        self.tabs.setMinimumHeight(MORE_HEIGHT if tab in (CROSSED, BEHIND) else LEAST_HEIGHT)
        self.summary.shorten(tab in (CROSSED, BEHIND))
        self.note.setVisible(tab not in (CROSSED, BEHIND))
        if tab == CROSSED:
            self._cross()

    def _all_coded(self) -> Question:
        level = self.shown_level
        return Question(level.key, level, Which.CODED)

    @property
    def may_freeze(self) -> bool:
        return self.look is not None and not self.look.wanted.round

    def freeze(self) -> None:
        """Make a round of what is measured now, and show it."""
        if self.look is not None:
            new_round(self, self.ctx, self.look.wanted.choice(self.shown_level), self.choices.choose_moment)

    def compare_codebooks(self) -> None:
        self.show_section("codebooks")

    # Intervals

    def _rest_then_bound(self) -> None:
        """Compute the intervals of the level shown, once nobody chooses any more."""
        assert self.look is not None
        if self.shown_level in self.look.bounds:
            self._rest.stop()
            self.summary.say_state("")
        elif not any(job.key == "agreement intervals" and not job.dropped for job in self.ctx.work.jobs):
            self.summary.say_state(self.tr("Intervals follow…"))
            self._rest.start()

    def bound_now(self) -> None:
        """Compute the intervals in the background."""
        if self.look is None or self.shown_level in self.look.bounds:
            return
        sources = self._sources.get(self.look.wanted.round)
        if sources is None:
            return
        level = self.shown_level
        self._rest.stop()
        self.summary.say_state(self.tr("Computing intervals…"))
        self.ctx.work.in_thread(
            self.tr("Computing 95 % intervals"),
            partial(looking.bound, sources, self.look.wanted, level),
            partial(self._bounded, self.look.wanted, level),
            key="agreement intervals",
            cancelled=partial(self._not_bounded, self.look.wanted),
        )

    def _bounded(self, wanted: Wanted, level: Level, found: Compared) -> None:
        if self.look is not None and self.look.wanted == wanted:
            self.look = self.look.with_bounds(level, found)
            self.desk.put(self.look.wanted, self.look)
            self._show()

    def _not_bounded(self, wanted: Wanted) -> None:
        """Cancelled by the user; or asked anew, which says so by itself."""
        if self.look is not None and self.look.wanted == wanted and not self._patience.isActive():
            self.summary.say_state(self.tr("Intervals were not computed."), again=True)

    # Confusion

    def _cross(self) -> None:
        """The matrix for the chosen coders, at the level shown."""
        if self.look is None or not self.has_confusion:
            return
        asked = (self.look, self.shown_level, self.confusion.pair)
        if self._crossed is not None and self._crossed[1:] == asked[1:] and self._crossed[0] is self.look:
            return
        self.ctx.work.in_thread(
            self.tr("Crossing codes"),
            partial(looking.confuse, *asked),
            partial(self._crossing_done, asked),
            key="agreement confusion",
        )

    def _crossing_done(self, asked: tuple[Look, Level, tuple[int, int]], found: Confusion) -> None:
        look, level, pair = asked
        if look is self.look and pair == self.confusion.pair:
            self._crossed = asked
            self.confusion.put(look, level, found)

    # Passages

    def open_passages(self, question: Question) -> None:
        """Show the passages behind a number, once it is agreed that others' work may be seen."""
        if self.look is None:
            return
        gathered = self.look.compared.gathered
        may_look(
            self,
            self.ctx,
            [coder.guid for coder in gathered.coders],
            [document.guid for document in gathered.documents],
            partial(self._open, question),
            choice=self.look.wanted.choice(self.shown_level) if not self.look.wanted.round else None,
        )

    def _open(self, question: Question) -> None:
        if self.look is not None:
            self._question = question
            self._find(question, show=True)

    def _find(self, question: Question, *, show: bool = False) -> None:
        assert self.look is not None
        if question.code and question.code not in self._codes_at(question.row):
            self._question = None
            self.passages.put(None, None, "")
            return
        self.ctx.work.in_thread(
            self.tr("Collecting passages"),
            partial(find_passages, self.look, question),
            partial(self._found, self.look, show),
            key="agreement passages",
        )

    def _codes_at(self, row: str) -> dict[str, object]:
        assert self.look is not None
        return dict(next((line.codes for line in self.look.lines if line.key == row), {}))

    def _found(self, answer: Look, show: bool, passages: Passages) -> None:
        if (
            self.look is None
            or answer.compared is not self.look.compared
            or self._question != passages.question
        ):
            return
        title = wording.passages_title(answer, passages, self._level_names)
        self.passages.put(answer, passages, title)
        self._name_passages()
        if show:
            self.go_passages()
        self.update_actions()

    def _name_passages(self) -> None:
        passages = self.passages.model.passages
        self.tabs.setTabEnabled(BEHIND, passages is not None)
        text = self.tr("Passages") if passages is None else f"{self.tr('Passages')} ({len(passages.found):,})"
        self.tabs.setTabText(BEHIND, text)
        if passages is None and self.tabs.currentIndex() == BEHIND:
            self.tabs.setCurrentIndex(EACH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.tabs.currentIndex() == BEHIND:
            self.go_back()
        else:
            super().keyPressEvent(event)


def _plain(text: str) -> str:
    """Text of a tab, where & marks a key."""
    return text.replace("&", "&&")
