"""The section “Figures”: coders compared, and the passages behind each number."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
)

from coder_app.core.changes import Changes
from coder_app.core.errors import UserError
from coder_app.core.model import Level
from coder_app.ui.actions import Action
from coder_app.ui.agreement import wording
from coder_app.ui.agreement.actions import AGREEMENT_ACTIONS
from coder_app.ui.agreement.choices import Choices
from coder_app.ui.agreement.codes_view import CodesView
from coder_app.ui.agreement.doing import FiguresCommands
from coder_app.ui.agreement.looking import Look, Wanted, look
from coder_app.ui.agreement.offers import Offers
from coder_app.ui.agreement.passages import Passages, Question, find_passages
from coder_app.ui.agreement.passages_view import PassagesView
from coder_app.ui.agreement.sheets import Sheet, Tabs, scrolling
from coder_app.ui.agreement.standing import forgotten, likely_pair, standings
from coder_app.ui.agreement.summary import Summary
from coder_app.ui.widgets.parts import EmptyState, label
from coder_app.ui.widgets.splitters import remember

PATIENCE = 250
"""Milliseconds after which a computation that is not done yet is mentioned."""
CHOICES_WIDTH = 260


class FiguresSection(FiguresCommands):
    """Choices on the left; on the right the answer, the single codes, and the passages."""

    key = "figures"
    interests = Changes.EVERYTHING & ~Changes.MEMOS

    @classmethod
    def actions_table(cls) -> list[Action]:
        return list(AGREEMENT_ACTIONS)

    # Making

    def build(self) -> None:
        self.look: Look | None = None
        self._question: Question | None = None
        self._image: bytes | None = None
        self._level_names: dict[Level, str] = {}
        self.alone = EmptyState("agreement", self.tr("Agreement needs a second coder"), "")
        self.alone.say(
            self.tr(
                "Two people code the same transcripts without seeing each other's work; here you then see how"
                " far they agree. Add the second coder with Coder > New coder, let both code, and come back."
            ),
        )
        self.choices = Choices(self.ctx)
        self.offers = Offers()
        self.note = label(wording.calm_note(), "caption", wrap=True)
        self.waiting = label(self.tr("Comparing…"), "muted")
        self.waiting.hide()
        self.nothing = EmptyState("agreement", self.tr("Nothing to compare yet"), "")
        self.summary = Summary()
        self.codes = CodesView()
        self.passages = PassagesView(self.ctx)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.waiting.show)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.tabs = Tabs()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.codes, "")
        self.tabs.addTab(self.passages, "")
        self.tabs.setMinimumHeight(300)
        right = Sheet()
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 12, 12, 10)
        column.setSpacing(8)
        for widget in (self.offers, self.note, self.waiting, self.summary, self.nothing, self.tabs):
            column.addWidget(widget, 1 if widget in (self.nothing, self.tabs) else 0)
        self._show_answer(False)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(scrolling(self.choices))
        self.splitter.addWidget(scrolling(right))
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([CHOICES_WIDTH, 1000])
        self.splitter.setChildrenCollapsible(False)
        remember(self.ctx, {"agreement": self.splitter, "agreement_passages": self.passages.splitter})
        self.whole = QStackedWidget()
        self.whole.addWidget(self.alone)
        self.whole.addWidget(self.splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.whole)

    def _connect(self) -> None:
        self.choices.changed.connect(self._ask_again)
        self.choices.levelChanged.connect(self._show)
        self.offers.finishWanted.connect(self._finish)
        self.offers.includeWanted.connect(self.choices.model.tick)
        self.summary.table.opened.connect(lambda at: self.open_passages(self.summary.model.question(at)))
        self.codes.table.opened.connect(lambda at: self.open_passages(self.codes.model.question(at)))
        self.tabs.currentChanged.connect(self._make_room)
        self.passages.backWanted.connect(self.go_codes)
        self.passages.goWanted.connect(self.go_to_place)
        self.passages.currentChanged.connect(self.update_actions)
        self.passages.differences.toggled.connect(self.update_actions)

    # Showing

    def refresh(self, changes: Changes) -> None:
        project = self.ctx.project
        self._image = None
        self._level_names = project.level_names()
        pair = likely_pair(project)
        self.whole.setCurrentWidget(self.alone if pair is None else self.splitter)
        if pair is None:
            self._forget()
            return
        self.choices.put_levels(self._level_names)
        self.choices.put_coders(project.coders.all(), pair)
        self._ask_again()

    def retheme(self) -> None:
        self.passages.versions.again()

    def enter(self) -> None:
        if self.has_result:
            self.go_levels()
        elif self.has_pair:
            self.choices.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self._image = None

    def _ask_again(self) -> None:
        """Compare what is chosen now, away from the window's thread."""
        coders = self.choices.coders
        guids = [coder.guid for coder in coders]
        table = standings(self.ctx.project, guids)
        self.choices.put_transcripts(table)
        chosen = self.choices.model.chosen()
        taken = frozenset(row.document.guid for row in chosen)
        found = forgotten(table, coders, self.ctx.project.coders.current.guid, taken)
        self.offers.put(found, writable=self.ctx.writable)
        if not chosen:
            self._tell_nothing(wording.nothing_to_compare((coders[0].name, coders[1].name), table))
            return
        wanted = Wanted(
            (guids[0], guids[1]),
            tuple(row.document.guid for row in chosen),
            self.choices.chosen_unit,
            self.choices.interviewers.isChecked(),
            not all(row.finished for row in chosen),
        )
        self._patience.start()
        if self._image is None:
            self._image = self.ctx.project.snapshot()
        self.ctx.work.in_thread(
            self.tr("Comparing"),
            partial(look, self._image, wanted),
            self._answered,
            key="agreement",
            failed=self._failed,
        )

    def _answered(self, answer: Look) -> None:
        self._settled()
        self.look = answer
        self.desk.put(answer.wanted, answer)
        self._show_answer(True)
        self._show()

    def _failed(self, error: UserError) -> None:
        self._tell_nothing(str(error))

    def _settled(self) -> None:
        self._patience.stop()
        self.waiting.hide()

    def _tell_nothing(self, text: str) -> None:
        """No answer, and why."""
        for job in self.ctx.work.jobs:
            if job.key == "agreement":
                job.cancel()
        self._settled()
        self._forget()
        self.nothing.say(text)
        self._show_answer(False)

    def _show_answer(self, on: bool) -> None:
        self.nothing.setVisible(not on)
        self.summary.setVisible(on)
        self.tabs.setVisible(on)

    def _forget(self) -> None:
        self.look = None
        self.desk.put(None, None)
        self._question = None
        self.passages.put(None, None, "")
        self.update_actions()

    def _show(self) -> None:
        """The answer at the chosen level."""
        if self.look is None:
            return
        level = self.choices.chosen_level
        if level.key not in [line.key for line in self.look.lines]:
            level = self.look.lines[-1].level
        self.summary.put(self.look, level, self._level_names)
        self.codes.put(self.look, level, self._level_names)
        name = self._level_names.get(level, level.key)
        count = len(self.look.line(level.key).codes)
        self.tabs.setTabText(
            0, _plain(self.tr("Each {level} ({n})").format(level=name.lower(), n=f"{count:,}"))
        )
        if self._question is not None:
            self._find(self._question)
        self._name_passages()
        self.update_actions()

    def _make_room(self, tab: int) -> None:
        """While passages are read the answer above is shown in short."""
        self.summary.shorten(tab == 1)
        self.note.setVisible(tab != 1)

    # Passages

    def open_passages(self, question: Question) -> None:
        """Show the passages behind a number."""
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
        if answer is not self.look or self._question != passages.question:
            return
        title = wording.passages_title(answer, passages, self._level_names)
        self.passages.put(answer, passages, title)
        self._name_passages()
        if show:
            self.go_passages()
        self.update_actions()

    def _name_passages(self) -> None:
        passages = self.passages.model.passages
        self.tabs.setTabEnabled(1, passages is not None)
        text = self.tr("Passages") if passages is None else f"{self.tr('Passages')} ({len(passages.found):,})"
        self.tabs.setTabText(1, text)
        if passages is None:
            self.tabs.setCurrentIndex(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.tabs.currentIndex() == 1:
            self.go_codes()
        else:
            super().keyPressEvent(event)


def _plain(text: str) -> str:
    """Text of a tab, where & marks a key."""
    return text.replace("&", "&&")
