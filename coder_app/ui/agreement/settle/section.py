"""The section “Settle”: what the coders of a round disagree on, decided one by one into the consensus."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from coder_app.core.changes import Changes
from coder_app.core.errors import UserError
from coder_app.core.model import Coding, Settlement
from coder_app.ui.actions import Action
from coder_app.ui.agreement.settle import words
from coder_app.ui.agreement.settle.actions import SETTLE_ACTIONS
from coder_app.ui.agreement.settle.columns import Columns
from coder_app.ui.agreement.settle.computing import Bench, Figures, after_discussion, open_round
from coder_app.ui.agreement.settle.deciding import Deciding
from coder_app.ui.agreement.settle.doing import SettleCommands
from coder_app.ui.agreement.settle.filters import Filters
from coder_app.ui.agreement.settle.head import RoundHead
from coder_app.ui.agreement.settle.items_model import ItemsModel
from coder_app.ui.agreement.settle.items_view import ItemsView
from coder_app.ui.agreement.settle.result import ResultColumn
from coder_app.ui.agreement.settle.scene import Names, scene_of
from coder_app.ui.agreement.settle.states import Entry, Tally, decided_anew, entries_of, next_open, tally
from coder_app.ui.agreement.settle.telling import decided_words, empty_words, no_round_words
from coder_app.ui.agreement.sheets import Sheet, scrolling
from coder_app.ui.coding.popup import CodePopup
from coder_app.ui.widgets.parts import EmptyState, button, label
from coder_app.ui.widgets.splitters import remember

LIST_WIDTH = 290
BENCH_LEAST = 300
"""Least height of the worklist; where the window is lower, the section scrolls."""


class SettleSection(SettleCommands):
    """``whole`` shows why there is nothing to settle, or ``body``: the round above, the worklist below."""

    key = "settle"
    interests = (
        Changes.ROUNDS
        | Changes.CONSENSUS
        | Changes.CODES
        | Changes.CODERS
        | Changes.DOCUMENTS
        | Changes.CODINGS
        | Changes.PROGRESS
    )

    @classmethod
    def actions_table(cls) -> list[Action]:
        return list(SETTLE_ACTIONS)

    # Making

    def build(self) -> None:
        self.opened = None
        self.sources = None
        self.names = None
        self.scene = None
        self.discussing = False
        self.quiet = 0
        self._used: frozenset[str] = frozenset()
        """The codes offered in the filter."""
        self.head = RoundHead()
        self.filters = Filters()
        self.model = ItemsModel(self)
        self.items = ItemsView(self.ctx, self.model)
        self.place = label("", "strong", wrap=True)
        self.result = ResultColumn(self.ctx)
        self.columns = Columns(self.ctx, self.result)
        self.deciding = Deciding()
        self.nothing = EmptyState("agreement", self.tr("Settle what you disagree on"), "")
        self.make = self.nothing.add_button(
            button(self.tr("Make a round…"), self.make_round, kind="primary", icon="plus")
        )
        self.done = EmptyState("check", "", "")
        self._lay_out()
        self.popup = CodePopup(self.ctx, self)
        self._connect()

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 0, 4, 8)
        column.addWidget(self.items, 1)
        work = Sheet()
        column = QVBoxLayout(work)
        column.setContentsMargins(6, 0, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.place)
        column.addWidget(self.columns, 1)
        column.addWidget(self.deciding)
        self.right = QStackedWidget()
        self.right.addWidget(scrolling(work))
        self.right.addWidget(self.done)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([LIST_WIDTH, 900])
        splitter.setChildrenCollapsible(False)
        remember(self.ctx, {"settle": splitter})
        splitter.setMinimumHeight(BENCH_LEAST)
        self.bench = splitter
        self.body = QWidget()
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QWidget()
        inside = QVBoxLayout(top)
        inside.setContentsMargins(12, 10, 12, 0)
        inside.setSpacing(8)
        inside.addWidget(self.head)
        inside.addWidget(self.filters)
        column.addWidget(top)
        column.addWidget(self.bench, 1)
        self.whole = QStackedWidget()
        self.whole.addWidget(self.nothing)
        self.area = scrolling(self.body)
        self.whole.addWidget(self.area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.whole)

    def _connect(self) -> None:
        self.head.roundChosen.connect(self.open)
        self.head.newWanted.connect(self.make_round)
        self.head.courseWanted.connect(self.show_rounds)
        self.head.agreedWanted.connect(self.take_agreed)
        self.filters.changed.connect(self._filter)
        self.items.selectionModel().currentRowChanged.connect(lambda *_: self._moved())
        self.items.doubleClicked.connect(lambda _: self.go_to_place())
        self.columns.taken.connect(self.take)
        self.deciding.wanted.connect(lambda call: getattr(self, call)())
        self.deciding.reason.kept.connect(self.reason_kept)
        self.deciding.reason.left.connect(self.reason_left)
        self.result.keepWanted.connect(self.keep_draft)
        self.result.dropWanted.connect(self.drop_draft)
        self.result.chosen.connect(self.draft_row)
        self.result.placed.connect(self.draft_words)
        self.ctx.zoomChanged.connect(lambda _: self.show_current())
        for number in range(3, 9):  # the keys 4 to 9 take the versions of further coders
            shortcut = QShortcut(QKeySequence(str(number + 1)), self.bench)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self.take, number))

    # Showing

    def refresh(self, changes: Changes) -> None:
        project = self.ctx.project
        rounds = project.rounds.all()
        known = {one.guid for one in rounds}
        wanted = self.opened.round if self.opened is not None else ""
        chosen = wanted if wanted in known else rounds[-1].guid if rounds else ""
        self.head.put_rounds(rounds, chosen)
        if not chosen or self.ctx.in_pass:
            self._close()
            self._tell_why()
        elif chosen != wanted:
            self.open(chosen)
        else:
            self._take_names()
            self._used = frozenset()  # codes may be called otherwise now
            self._put_filters(self.model.entries)
            self.reload_states()
            self.show_current()
        self.update_actions()

    def retheme(self) -> None:
        self.items.viewport().update()
        self.show_current()

    def enter(self) -> None:
        if self.has_round:
            self.items.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(self.bench, 0, 0)
        elif self.make.isVisible():
            self.make.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        self.popup.leave()

    def _tell_why(self) -> None:
        """Why there is nothing to settle, and what to do."""
        self.nothing.say(no_round_words(self.ctx.project, blind=self.ctx.in_pass))
        self.make.setVisible(self.has_pair and self.ctx.writable and not self.ctx.in_pass)
        self.whole.setCurrentIndex(0)

    def _close(self) -> None:
        for job in self.ctx.work.jobs:
            if job.key in ("settle", "settle after"):
                job.cancel()
        self.opened = self.sources = self.names = self.scene = None
        self.model.put((), (), None, None)

    # A round

    def open(self, guid: str) -> None:
        """Compare what the round froze and list what there is to settle."""
        project = self.ctx.project
        try:
            sources, choice = project.rounds.sources(guid), project.rounds.choice(guid)
        except UserError as error:
            self._failed(error)
            return
        self._close()
        self.sources = sources
        self.head.figures.put_before(None, choice.unit, len(choice.coders))
        self.head.put_tally(Tally(), writable=False)
        self.whole.setCurrentIndex(1)
        self.ctx.work.in_thread(
            self.tr("Listing what there is to settle"),
            partial(open_round, guid, sources, choice),
            self._opened,
            key="settle",
            failed=self._failed,
        )

    def _failed(self, error: UserError) -> None:
        self._close()
        self.nothing.say(str(error))
        self.make.setVisible(self.ctx.writable)
        self.whole.setCurrentIndex(0)

    def _opened(self, bench: Bench) -> None:
        assert self.sources is not None
        self.opened = bench
        self._take_names()
        assert self.names is not None
        settlements, codings = self._decisions()
        entries = entries_of(bench.items, settlements, codings)
        coders = [coder.guid for coder in bench.coders]
        self._used = frozenset[str]()
        self._put_filters(entries)
        self.model.filter = self.filters.filter
        self.model.put(entries, coders, self.sources, self.names)
        self.head.what.put(self._what(bench))
        self.head.figures.put_before(bench.before, bench.choice.unit, len(bench.coders))
        self._states_shown(settlements, codings)
        first = next_open(self.model.listed(), ("", 0, 0))
        with self.quietly():
            self.items.setCurrentIndex(self.model.index(first or 0))
        self.show_current()
        if self.isVisible():
            self.enter()
        self.update_actions()

    def _take_names(self) -> None:
        if self.sources is not None:
            self.names = Names(self.ctx.project.codes.tree(), self.sources.tree)

    def _what(self, bench: Bench) -> str:
        """“Ann and Ben · 2 transcripts · Turns · Code”."""
        assert self.sources is not None
        level = self.sources.level_names.get(bench.choice.level, bench.choice.level.key)
        return " · ".join(
            (
                words.joined([coder.name for coder in bench.coders]),
                words.transcripts(len(bench.compared.gathered.documents)),
                words.unit_name(bench.choice.unit),
                level,
            )
        )

    def _decisions(self) -> tuple[list[Settlement], dict[str, list[Coding]]]:
        """What is decided in the round, and the codings of each decision."""
        assert self.opened is not None
        consensus, guid = self.ctx.project.consensus, self.opened.round
        settlements = consensus.settlements(guid)
        return settlements, consensus.codings(guid) if settlements else {}

    def _put_filters(self, entries: list[Entry]) -> None:
        assert self.names is not None
        assert self.sources is not None
        assert self.opened is not None
        used = self._used.union(*(entry.codes for entry in entries))
        if used == self._used:
            return
        self._used = used
        names = {code: self.names.name(code) for code in used}
        documents = [(one.guid, one.title) for one in self.opened.compared.gathered.documents]
        self.filters.put(self.names.ordered(used), names, documents)

    # What is decided

    def reload_states(self) -> None:
        if self.opened is None or self.names is None:
            return
        kept = self.entry
        settlements, codings = self._decisions()
        entries = decided_anew(self.model.entries, settlements, codings)
        self._put_filters([entry for entry in entries if entry.spans])
        with self.quietly():
            self.model.update(entries, self.names)
            row = self.model.row_of(kept.item.place) if kept is not None else None
            if row is not None:
                self.items.setCurrentIndex(self.model.index(row))
            if not self.items.currentIndex().isValid() and self.model.rows:
                self.items.setCurrentIndex(self.model.index(0))
        self._states_shown(settlements, codings)

    def _states_shown(self, settlements: list[Settlement], codings: dict[str, list[Coding]]) -> None:
        """Progress, and the figures after discussion, computed away from the window's thread."""
        assert self.opened is not None
        assert self.sources is not None
        self.show_tally()
        if not any(one.verdict.settles for one in settlements):
            for job in self.ctx.work.jobs:
                if job.key == "settle after":
                    job.cancel()
            self.head.figures.put_after(self.opened.before)
            return
        self.ctx.work.in_thread(
            "",
            partial(
                after_discussion,
                self.sources,
                self.opened.choice,
                settlements,
                codings,
                self.ctx.project.codes.tree(),
            ),
            self._measured,
            key="settle after",
        )

    def _measured(self, figures: Figures) -> None:
        self.head.figures.put_after(figures)

    def _filter(self) -> None:
        kept = self.entry
        self.model.show(self.filters.filter)
        row = self.model.row_of(kept.item.place) if kept is not None else None
        self.items.setCurrentIndex(self.model.index(row or 0))
        self.show_current()
        self.update_actions()

    def _moved(self) -> None:
        if self.quiet:
            return
        self.show_current()
        self.update_actions()

    def show_current(self) -> None:
        entry = self.entry
        self.discussing = False
        self.deciding.ask_reason(discussing=False)
        if entry is None or self.sources is None or self.names is None or self.opened is None:
            self.scene = None
            self._tell_empty()
            return
        self.right.setCurrentIndex(0)
        self.scene = scene_of(self.sources, entry)
        self.place.setText(self.scene.title)
        coders = [(coder.guid, coder.name) for coder in self.opened.coders]
        self.columns.put(coders, self.scene, self.names, writable=self.ctx.writable)
        self.result.put(self.scene, entry.spans, self.names, decided_words(entry, self.ctx.project))
        self.deciding.reason.setText(entry.settlement.reason if entry.settlement is not None else "")
        writable = self.ctx.writable
        self.deciding.allow(item=writable, difference=writable and not entry.item.alike)

    def _tell_empty(self) -> None:
        """Nothing is listed: because all is done, or because of the filter."""
        title, text = self.tr("One moment…"), ""
        if self.opened is not None:
            title, text = empty_words(tally(self.model.entries), self.model.filter.show)
        self.done.title.setText(title)
        self.done.say(text)
        self.right.setCurrentIndex(1)
        self.deciding.allow(item=False, difference=False)
