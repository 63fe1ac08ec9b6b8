"""What the commands of the comparison call, and when they can be called."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QStackedWidget, QTableView, QTabWidget, QWidget

from coder_app.core.lookalike import Pair
from coder_app.project.lookalikes import Compared
from coder_app.ui.actions import Action
from coder_app.ui.agreement.codebooks import wording
from coder_app.ui.agreement.codebooks.ask import CodesQuestion, JoinQuestion, UnderQuestion, two_of
from coder_app.ui.agreement.codebooks.choosing import Choosing
from coder_app.ui.agreement.codebooks.commands import CODEBOOKS_ACTIONS, IN_MENU
from coder_app.ui.agreement.codebooks.matrix_pane import MatrixPane
from coder_app.ui.agreement.codebooks.meetings_view import MeetingsView
from coder_app.ui.agreement.codebooks.pairs_model import BY_LIKELIHOOD, Column
from coder_app.ui.agreement.codebooks.pairs_view import PairsTable
from coder_app.ui.agreement.codebooks.sides import Sides
from coder_app.ui.agreement.number_table import as_text
from coder_app.ui.agreement.section import Section
from coder_app.ui.codebook.menus import context_menu
from coder_app.ui.widgets.parts import EmptyState

ORDERS = (
    (int(BY_LIKELIHOOD), Qt.SortOrder.AscendingOrder),
    (int(Column.NAMES), Qt.SortOrder.DescendingOrder),
    (int(Column.TEXT), Qt.SortOrder.DescendingOrder),
    (int(Column.ONE), Qt.SortOrder.AscendingOrder),
    (int(Column.OTHER), Qt.SortOrder.AscendingOrder),
)
"""The orders of the pairs that a key goes through."""


class CodebooksDoing(Section):
    """Members that the rows of :data:`CODEBOOKS_ACTIONS` name; the section makes the widgets."""

    compared: Compared | None
    codes: tuple[str, str] | None
    """GUIDs of the codes at the cursor."""
    with_sides = False
    """Whether the codes side by side are shown below the matrix too."""
    choosing: Choosing
    tabs: QTabWidget
    pairs: PairsTable
    matrix: MatrixPane
    meetings: MeetingsView
    sides: Sides
    whole: QStackedWidget
    closed: EmptyState
    question: CodesQuestion | None
    menu: QMenu | None

    # Conditions

    @property
    def has_coders(self) -> bool:
        return self.choosing.isVisibleTo(self)

    @property
    def is_closed(self) -> bool:
        """Whether a round is to be thought of before the other's work is shown."""
        return self.whole.currentWidget() is self.closed

    @property
    def has_compared(self) -> bool:
        return self.compared is not None

    @property
    def has_codes(self) -> bool:
        return self.codes is not None

    @property
    def has_two(self) -> bool:
        """Whether two different codes are chosen."""
        return self.codes is not None and self.codes[0] != self.codes[1]

    @property
    def has_place(self) -> bool:
        return self.on_text and self.meetings.current() is not None

    @property
    def on_text(self) -> bool:
        """Whether the text that both cover is shown."""
        return self.tabs.currentWidget() is self.meetings

    @property
    def is_apart(self) -> bool:
        """Whether the pairs chosen are all kept apart."""
        found = self.chosen_pairs()
        apart = self.compared.apart if self.compared is not None else frozenset()
        return bool(found) and all(frozenset(pair) in apart for pair in found)

    @property
    def shows_apart(self) -> bool:
        return self.choosing.apart.isChecked()

    @property
    def can_show_apart(self) -> bool:
        return self.compared is not None and self.choosing.apart.isEnabled()

    @property
    def on_diagonal(self) -> bool:
        return self.matrix.diagonal.isChecked()

    def chosen_pairs(self) -> list[tuple[str, str]]:
        """The pairs that are chosen in the list, or the one at the cursor."""
        if self.tabs.currentIndex() == 0:
            return [(pair.one, pair.other) for pair in self.pairs.chosen()]
        return [self.codes] if self.codes is not None and self.has_two else []

    def pair(self) -> Pair | None:
        """The codes at the cursor with what is known of them."""
        if self.compared is None or self.codes is None:
            return None
        return self.compared.pair(*self.codes)

    # What is done with a pair

    def join(self) -> None:
        """Ask which stays, telling what joining does, and join."""
        if self.compared is not None and self.codes is not None and self.has_two:
            self._ask(JoinQuestion(self.ctx, two_of(self.compared, self.codes), self))

    def put_under(self) -> None:
        """Ask which holds the other, telling what that does, and put it there."""
        if self.compared is not None and self.codes is not None and self.has_two:
            self._ask(UnderQuestion(self.ctx, two_of(self.compared, self.codes), self))

    def set_apart(self, on: bool) -> None:
        """Keep the chosen pairs apart, or propose them again."""
        pairs, lookalikes = self.chosen_pairs(), self.ctx.project.lookalikes
        if pairs:
            self.ctx.run(lookalikes.keep_apart if on else lookalikes.propose_again, pairs)
        self.update_actions()

    def _ask(self, question: CodesQuestion) -> None:
        self.question = question
        question.finished.connect(self._question_gone)
        question.open()

    def _question_gone(self) -> None:
        self.question = None
        self.focus_table()

    # Where to look

    def open_text(self) -> None:
        """Show the text that both cover."""
        if self.codes is not None:
            self.tabs.setCurrentWidget(self.meetings)
            self.meetings.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_sides(self) -> None:
        """Show the codes side by side where the matrix had their room."""
        raise NotImplementedError

    def leave_text(self) -> None:
        """Back to where it was opened from."""
        raise NotImplementedError

    def go_to_place(self) -> None:
        """Show the chosen stretch in its transcript."""
        place = self.meetings.current()
        if place is not None:
            self.ctx.openPlace.emit(place.document, place.start, place.end)

    def go_choices(self) -> None:
        self.choosing.first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_pairs(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.focus_table()

    def go_matrix(self) -> None:
        self.tabs.setCurrentIndex(1)
        self.focus_table()

    def go_sides(self) -> None:
        """The first coder's quotes; from there the second's."""
        self.show_sides()
        one, other = (side.quotes for side in self.sides.both)
        (other if one.hasFocus() else one).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def filter_codes(self) -> None:
        self.choosing.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.choosing.words.selectAll()

    def focus_table(self) -> None:
        """The focus, into what the tab shows."""
        shown: QWidget = (self.pairs, self.matrix.table, self.meetings)[self.tabs.currentIndex()]
        shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # How it is shown

    def show_apart(self, on: bool) -> None:
        self.choosing.apart.setChecked(on)

    def next_order(self) -> None:
        model = self.pairs.pairs
        at = ORDERS.index(model.order) if model.order in ORDERS else -1
        column, order = ORDERS[(at + 1) % len(ORDERS)]
        self.pairs.horizontalHeader().setSortIndicator(column, order)
        title = (
            wording.tr("The likeliest first")
            if column == BY_LIKELIHOOD
            else str(model.headerData(column, Qt.Orientation.Horizontal))
        )
        self.ctx.message.emit(self.tr("Order of the pairs: {order}").format(order=title))

    def next_level(self) -> None:
        combo = self.choosing.level
        combo.setCurrentIndex((combo.currentIndex() + 1) % combo.count())

    def next_measure(self) -> None:
        combo = self.matrix.measure
        combo.setCurrentIndex((combo.currentIndex() + 1) % combo.count())

    def set_diagonal(self, on: bool) -> None:
        self.matrix.diagonal.setChecked(on)

    def swap_coders(self) -> None:
        self.choosing.swap()

    def copy_table(self) -> None:
        """The pairs, or the matrix with the names of its rows."""
        on_matrix = self.tabs.currentIndex() == 1
        text = self.matrix.as_text() if on_matrix else as_text(self.pairs.pairs)
        QGuiApplication.clipboard().setText(text)
        self.ctx.message.emit(self.tr("The table is copied; paste it into a text or a spreadsheet."))

    # The context menu

    def show_menu(self, table: QTableView, point: QPoint) -> None:
        """What can be done with the pair under the mouse."""
        rows = [row for row in CODEBOOKS_ACTIONS if row.id in IN_MENU]
        self.menu = context_menu(rows, table, self._run_row, self._allowed)
        self.menu.destroyed.connect(self._menu_gone)
        self.menu.popup(table.viewport().mapToGlobal(point))

    def _run_row(self, row: Action) -> None:
        call = getattr(self, row.call)
        if row.checked:
            call(not getattr(self, row.checked))
        else:
            call()

    def _allowed(self, row: Action) -> bool:
        names = row.when.split()
        return all(self.ctx.writable if name == "writable" else bool(getattr(self, name)) for name in names)

    def _menu_gone(self) -> None:
        self.menu = None
