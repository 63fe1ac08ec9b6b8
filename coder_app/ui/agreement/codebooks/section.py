"""The section “Codebooks compared” of the Agreement page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from coder_app.core.changes import Changes
from coder_app.core.model import Level
from coder_app.project.lookalikes import Compared
from coder_app.ui.actions import Action
from coder_app.ui.agreement.codebooks import wording
from coder_app.ui.agreement.codebooks.asking import CodebooksAsking
from coder_app.ui.agreement.codebooks.choosing import Choosing
from coder_app.ui.agreement.codebooks.commands import CODEBOOKS_ACTIONS
from coder_app.ui.agreement.codebooks.head import PairHead
from coder_app.ui.agreement.codebooks.matrix_pane import MatrixPane
from coder_app.ui.agreement.codebooks.meetings import Covered
from coder_app.ui.agreement.codebooks.meetings_view import MeetingsView
from coder_app.ui.agreement.codebooks.pairs_model import PairsModel
from coder_app.ui.agreement.codebooks.pairs_view import PairsTable
from coder_app.ui.agreement.codebooks.sides import Sides
from coder_app.ui.agreement.sheets import Sheet, Tabs, scrolling
from coder_app.ui.agreement.standing import likely_pair
from coder_app.ui.widgets.parts import EmptyState, button, label
from coder_app.ui.widgets.splitters import remember

BELOW, LIST_LEAST, MATRIX_LEAST = 210, 190, 300
"""Least heights of the codes side by side, and of what the tabs show."""
QWIDGETSIZE_MAX = 16777215  # Qt's own, which PySide6 leaves out
PATIENCE = 250
"""Milliseconds after which a comparison that is not done yet is mentioned."""


class CodebooksSection(CodebooksAsking):
    """Pairs, matrix and common text above; both codes of the pair at the cursor below."""

    key = "codebooks"
    interests = (
        Changes.CODES
        | Changes.CODINGS
        | Changes.CODERS
        | Changes.DOCUMENTS
        | Changes.PROGRESS
        | Changes.ROUNDS
    )

    @classmethod
    def actions_table(cls) -> list[Action]:
        return list(CODEBOOKS_ACTIONS)

    # Making

    def build(self) -> None:
        self.compared = None
        self.codes = None
        self.question = None
        self.menu = None
        self._before_text = 0
        self._row = 0
        self._filling = False
        self.alone = EmptyState("users", self.tr("Comparing codebooks needs a second coder"), self.tr(
            "Two people make codes of their own for the same transcripts; here you then see which of their"
            " codes mean the same. Add the second coder with Coder > New coder, let both code, and come back."
        ))  # fmt: skip
        self.closed = EmptyState("eye-off", self.tr("The other's work is not shown yet"), "")
        self.look_button = self.closed.add_button(
            button(self.tr("Compare the codebooks…"), self.ask_to_look, kind="primary", icon="book")
        )
        self.headline = label("", "muted", wrap=True)
        self.waiting = label(self.tr("Comparing…"), "muted")
        self.waiting.hide()
        self.failed = label("", "problem", wrap=True)
        self.failed.hide()
        self.pairs = PairsTable(self.ctx, PairsModel(self))
        self.no_pairs = EmptyState("check", self.tr("No pairs to look at"), "")
        self.matrix = MatrixPane(self.ctx)
        self.meetings = MeetingsView(self.ctx)
        self.choosing = Choosing(self.pairs)
        self.head = PairHead()
        self.sides = Sides(self.ctx)
        self.covered = Covered(self.ctx)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.waiting.show)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.pairs_stack = QStackedWidget()
        self.pairs_stack.addWidget(self.pairs)
        self.pairs_stack.addWidget(self.no_pairs)
        self.tabs = Tabs()
        self.tabs.setDocumentMode(True)
        for widget, title in (
            (self.pairs_stack, self.tr("Pairs")),
            (self.matrix, self.tr("Matrix")),
            (self.meetings, self.tr("Text of both")),
        ):
            self.tabs.addTab(widget, title)
        self.below = QWidget()
        column = QVBoxLayout(self.below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.sides, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.tabs)
        self.splitter.addWidget(self.below)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        remember(self.ctx, {"codebooks": self.splitter, "codebooks_sides": self.sides.splitter})
        sheet = Sheet()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(6)
        for part in (self.choosing, self.headline, self.waiting, self.failed):
            column.addWidget(part)
        column.addWidget(self.splitter, 1)
        self.open_sheet = scrolling(sheet)
        self.whole = QStackedWidget()
        for state in (self.alone, self.closed, self.open_sheet):
            self.whole.addWidget(state)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole)

    def _connect(self) -> None:
        self.ctx.zoomChanged.connect(lambda _: self._take_zoom())
        self.choosing.codersChanged.connect(self._coders_chosen)
        self.choosing.levelChanged.connect(self._arrange)
        self.choosing.wordsChanged.connect(lambda _: self._arrange())
        self.choosing.apartToggled.connect(lambda _: self._arrange())
        self.pairs.pairChanged.connect(self._take_codes)
        self.pairs.choiceChanged.connect(self._choice_changed)
        self.pairs.opened.connect(self.open_text)
        self.pairs.customContextMenuRequested.connect(partial(self.show_menu, self.pairs))
        self.pairs.pairs.modelReset.connect(self._keep_pair)
        self.matrix.table.pairChanged.connect(self._take_codes)
        self.matrix.table.opened.connect(self.open_text)
        self.matrix.table.customContextMenuRequested.connect(partial(self.show_menu, self.matrix.table))
        self.meetings.list.goWanted.connect(self.go_to_place)
        self.meetings.list.backWanted.connect(self.leave_text)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.head.line.folds.connect(self._make_room)
        self.head.joinWanted.connect(self.join)
        self.head.underWanted.connect(self.put_under)
        self.head.apartWanted.connect(self.set_apart)
        self.head.textWanted.connect(self.open_text)

    # Showing

    def refresh(self, changes: Changes) -> None:
        project = self.ctx.project
        pair = self._first_pair() if not all(self.choosing.pair) else likely_pair(project)
        if pair is None:
            self._forget(self.alone)
            return
        self.choosing.put_coders(project.coders.all(), pair)
        self._ask_again()

    def _take_zoom(self) -> None:
        """Another size of the text that is read."""
        self.sides.again()
        self.meetings.again()

    def enter(self) -> None:
        self._follow_figures()
        if self.whole.currentWidget() is self.closed and self._may_see():
            self._ask_again()  # she has chosen elsewhere to look
        if self.whole.currentWidget() is self.closed:
            self.look_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.whole.currentWidget() is self.open_sheet:
            self.focus_table()

    def _answered(self, compared: Compared) -> None:
        self._settled("")
        self.compared = compared
        self.covered.forget(compared.documents)
        levels = {compared.tree[guid].level for side in compared.sides for guid in side.nodes}
        names = self.ctx.project.level_names()
        self.choosing.put_levels(names, [level for level in Level if level in levels])
        self._arrange()

    def _clear(self) -> None:
        """Show no comparison."""
        self.compared = None
        self.codes = None
        self.pairs.pairs.put(None)
        self.matrix.put(None, None, "")
        self._show_codes()

    # The pair at the cursor

    def _arrange(self) -> None:
        """Pairs and matrix at the chosen level, filtered; the cursor stays on its codes."""
        if self.compared is None:
            return
        model, words, level = self.pairs.pairs, self.choosing.words.text(), self.choosing.chosen_level
        model.words, model.level, model.with_apart = words, level, self.choosing.apart.isChecked()
        self._filling = True
        self._row = self.pairs.currentIndex().row()
        model.put(self.compared)
        self.matrix.put(self.compared, level, words)
        if self.tabs.currentIndex() != 0:
            self.matrix.table.choose(*(self.codes or ("", "")))
        self._filling = False
        self.choosing.put_apart(model.apart)
        self.headline.setText(wording.headline(self.compared, model.open))
        self.tabs.setTabText(0, self.tr("Pairs ({n})").format(n=f"{len(model.rows):,}"))
        filtered = bool(words.strip()) or level is not None
        self.no_pairs.say(wording.nothing_alike(self.compared, filtered and model.open > 0, model.apart))
        self.pairs_stack.setCurrentWidget(self.pairs if model.rows else self.no_pairs)
        self._take_codes()

    def _keep_pair(self) -> None:
        """After the rows changed: the cursor on the same pair, or in the same row."""
        model = self.pairs.pairs
        row = model.row_of(*self.codes) if self.codes is not None else None
        self.pairs.choose(row if row is not None else max(self._row, 0))

    def _take_codes(self) -> None:
        """The cursor has moved in what the tab shows."""
        if self._filling:
            return
        if self.tabs.currentIndex() == 0:
            pair = self.pairs.current()
            self.codes = (pair.one, pair.other) if pair is not None else None
        elif self.tabs.currentIndex() == 1:
            self.codes = self.matrix.table.current() if self.matrix.model.rows else None
        elif self.compared is not None and self.codes is not None:
            there = [set(side.nodes) for side in self.compared.sides]
            if self.codes[0] not in there[0] or self.codes[1] not in there[1]:
                self.codes = None
        self._show_codes()

    def _show_codes(self) -> None:
        pair, compared = self.pair(), self.compared
        self._make_room()
        self.tabs.setTabEnabled(2, pair is not None)
        if pair is None or compared is None:
            self.head.put("", acts=False, writable=False, apart=False, meets=False)
            self.tabs.setTabText(2, self.tr("Text of both"))
            if self.on_text:
                self.leave_text()
        else:
            one, other = compared.sides
            self.head.put(
                wording.about(pair) if self.has_two else wording.same_code(pair),
                acts=self.has_two,
                writable=self.ctx.writable,
                apart=self.is_apart,
                meets=pair.overlap.both > 0,
            )
            self.sides.put((one.coder, other.coder), (pair.one, pair.other), self.covered)
            if self.on_text:
                self._show_text()
            else:
                self.tabs.setTabText(2, self.tr("Text of both"))
        self.update_actions()

    def _choice_changed(self) -> None:
        """More or fewer pairs are chosen in the list."""
        if not self._filling:
            self.head.apart.setChecked(self.is_apart)
            self.update_actions()

    def _make_room(self) -> None:
        """The matrix has the height to itself, until the quotes are asked for."""
        shown = self.codes is not None and (self.tabs.currentIndex() != 1 or self.with_sides)
        self.below.setVisible(self.codes is not None)
        self.sides.setVisible(shown)
        self.tabs.setMinimumHeight(MATRIX_LEAST if self.tabs.currentIndex() == 1 else LIST_LEAST)
        self.below.setMinimumHeight(BELOW if shown else 0)
        self.below.setMaximumHeight(QWIDGETSIZE_MAX if shown else self.head.sizeHint().height())

    def show_sides(self) -> None:
        self.with_sides = True
        self._make_room()

    def _tab_changed(self, tab: int) -> None:
        self.with_sides = False
        if tab < 2:
            self._before_text = tab
            if tab == 1:
                self._filling = True
                self.matrix.table.choose(*(self.codes or ("", "")))
                self._filling = False
            self._take_codes()
        else:
            self._show_text()
            self.update_actions()

    def _show_text(self) -> None:
        """The text that the codes at the cursor both cover."""
        if self.compared is None or self.codes is None:
            return
        one, other = (side.coder.guid for side in self.compared.sides)
        found = self.covered.meetings((one, other), self.codes)
        tree = self.compared.tree
        names = [wording.name(tree[code].name) for code in self.codes]
        title = self.tr("{places} with text of both {first} and {second}").format(
            places=wording.number(len(found), "{n} place", "{n} places"), first=names[0], second=names[1]
        )
        self.meetings.put(title, found)
        self.tabs.setTabText(2, self.tr("Text of both ({n})").format(n=f"{len(found):,}"))

    def leave_text(self) -> None:
        self.tabs.setCurrentIndex(self._before_text)
        self.focus_table()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.on_text:
            self.leave_text()
        else:
            super().keyPressEvent(event)
