"""What the commands of the section “Figures” call, and when they can be called."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QTabWidget

from coder_app.core.model import Level, Status
from coder_app.ui.agreement import forest
from coder_app.ui.agreement.choices import Choices
from coder_app.ui.agreement.codes_view import CodesView
from coder_app.ui.agreement.confusion_view import ConfusionView
from coder_app.ui.agreement.looking import Look
from coder_app.ui.agreement.more_view import MoreView
from coder_app.ui.agreement.number_table import NumberTable, as_text
from coder_app.ui.agreement.offers import Offers
from coder_app.ui.agreement.passages_view import PassagesView
from coder_app.ui.agreement.section import Section
from coder_app.ui.agreement.sheets import reveal
from coder_app.ui.agreement.summary import Summary


class FiguresCommands(Section):
    """Members that the rows of :data:`AGREEMENT_ACTIONS` name; the section makes the widgets."""

    look: Look | None
    choices: Choices
    offers: Offers
    summary: Summary
    codes: CodesView
    more: MoreView
    confusion: ConfusionView
    passages: PassagesView
    _came_from = 0
    """The tab from which passages were opened."""
    tabs: QTabWidget
    whole: QStackedWidget
    splitter: QSplitter

    # Conditions of the actions

    @property
    def has_pair(self) -> bool:
        return self.whole.currentWidget() is self.splitter

    @property
    def has_result(self) -> bool:
        return self.look is not None

    @property
    def has_codes(self) -> bool:
        """Whether codes are listed, of which a picture can be drawn."""
        return self.has_result and bool(self.codes.model.keys)

    @property
    def has_confusion(self) -> bool:
        """Whether codes can be crossed: there must be units that both coders saw."""
        return self.look is not None and self.look.wanted.unit != "match"

    @property
    def has_rounds(self) -> bool:
        return self.has_pair and self.choices.moment.count() > 1

    @property
    def lacks_intervals(self) -> bool:
        return self.look is not None and self.choices.chosen_level not in self.look.bounds

    @property
    def has_number(self) -> bool:
        return self.has_result and self._number_table().currentIndex().isValid()

    @property
    def has_passages(self) -> bool:
        return self.passages.model.passages is not None

    @property
    def has_passage(self) -> bool:
        return self.passages.current() is not None

    @property
    def has_own_offer(self) -> bool:
        return bool(self.offers.own)

    @property
    def differences_only(self) -> bool:
        return self.passages.differences.isChecked()

    @property
    def counts_interviewers(self) -> bool:
        return self.choices.interviewers.isChecked()

    # What the actions call

    def set_differences(self, on: bool) -> None:
        self.passages.differences.setChecked(on)

    def set_interviewers(self, on: bool) -> None:
        self.choices.interviewers.setChecked(on)

    def next_unit(self) -> None:
        self.choices.next_unit()

    def next_moment(self) -> None:
        self.choices.next_moment()

    def next_pair(self) -> None:
        combo = self.confusion.pairs
        combo.setCurrentIndex((combo.currentIndex() + 1) % max(1, combo.count()))
        self.go_confusion()

    def next_picture(self) -> None:
        self.codes.next_picture()

    def next_level(self) -> None:
        combo = self.choices.level
        combo.setCurrentIndex((combo.currentIndex() + 1) % combo.count())

    def swap_coders(self) -> None:
        self.choices.swap()

    def count_mine(self) -> None:
        self._finish(self.offers.own)

    def go_choices(self) -> None:
        self.choices.coder_list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_levels(self) -> None:
        levels = [line.level for line in self.look.lines] if self.look is not None else []
        row = max(0, len(levels) - 1 - levels[::-1].index(self.choices.chosen_level)) if levels else 0
        _enter_table(self.summary.table, row)

    def go_codes(self) -> None:
        self.tabs.setCurrentIndex(0)
        _enter_table(self.codes.table)

    def go_more(self) -> None:
        self.tabs.setCurrentIndex(1)
        _enter_table(self.more.table)

    def go_confusion(self) -> None:
        self.tabs.setCurrentIndex(2)
        self.confusion.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reveal(self.confusion)

    def go_passages(self) -> None:
        if self.tabs.currentIndex() != self.tabs.indexOf(self.passages):
            self._came_from = self.tabs.currentIndex()
        self.tabs.setCurrentWidget(self.passages)
        self.passages.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reveal(self.passages)

    def go_back(self) -> None:
        """From the passages to where their number stands."""
        if self._came_from == self.tabs.indexOf(self.confusion):
            self.go_confusion()
        elif self._came_from == self.tabs.indexOf(self.more):
            self.go_more()
        else:
            self.go_codes()

    def filter_codes(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.codes.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.codes.filter.selectAll()
        reveal(self.codes)

    def go_to_place(self) -> None:
        """Show the chosen passage in its transcript."""
        passage = self.passages.current()
        if passage is not None:
            self.ctx.openPlace.emit(passage.document, passage.start, passage.end)

    def open_number(self) -> None:
        table = self._number_table()
        if table.currentIndex().isValid():
            table.opened.emit(table.currentIndex())

    def _number_table(self) -> NumberTable:
        """The table of numbers that is worked in."""
        focus = self.focusWidget() or self
        for view, table in (
            (self.codes, self.codes.table),
            (self.more, self.more.table),
            (self.confusion.list, self.confusion.list),
            (self.confusion, self.confusion.table),
        ):
            if view is focus or view.isAncestorOf(focus):
                return table
        return self.summary.table

    def _finish(self, guids: list[str]) -> None:
        self.ctx.run(self.ctx.project.documents.set_statuses, guids, Status.FINISHED)

    def copy_table(self) -> None:
        """The table that has the focus."""
        passages = self.passages.isAncestorOf(self.focusWidget() or self)
        table = self.passages.table if passages else self._number_table()
        QGuiApplication.clipboard().setText(as_text(table.model()))
        self.ctx.message.emit(self.tr("The table is copied; paste it into a text or a spreadsheet."))

    # The picture

    def save_picture(self) -> None:
        """Ask for a file and save the intervals as they are sorted now, as PNG or SVG."""
        path = self.ctx.project.path
        name = self.tr("agreement intervals")
        suggested = path.with_name(f"{path.stem} {name}.png") if path is not None else Path(f"{name}.png")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the picture"), str(suggested), self.tr("Pictures (*.png *.svg)")
        )
        if chosen:
            self.write_picture(Path(chosen))

    def write_picture(self, path: Path) -> None:
        """Write the picture to ``path``; ``.png`` is added where it ends otherwise."""
        if self.look is None:
            return
        drawing = self.codes.drawing(self.level_name(self.shown_level))
        if drawing is None:
            return
        if path.suffix.lower() not in (".png", ".svg"):
            path = path.with_name(path.name + ".png")
        self.ctx.work.in_thread(
            self.tr("Saving the picture"),
            partial(forest.write, drawing, path),
            lambda _: self.ctx.message.emit(self.tr("Saved: {name}").format(name=path.name)),
        )

    @property
    def shown_level(self) -> Level:
        raise NotImplementedError

    def level_name(self, level: Level) -> str:
        raise NotImplementedError

    # The workbook

    def export_workbook(self) -> None:
        """Ask for a file and write the workbook of this comparison, in a process of its own."""
        from coder_app.formats.exports import KINDS

        kind, path = KINDS["agreement"], self.ctx.project.path
        suggested = (
            path.with_name(f"{path.stem} {kind.file_name}") if path is not None else Path(kind.file_name)
        )
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the agreement workbook"), str(suggested), self.tr("Excel workbooks (*.xlsx)")
        )
        if chosen:
            self.write_workbook(Path(chosen))

    def write_workbook(self, path: Path) -> None:
        """Write the workbook to ``path``; ``.xlsx`` is added where it is missing."""
        from coder_app.formats.exports import Options, export_snapshot

        if self.look is None:
            return
        if path.suffix.lower() != ".xlsx":
            path = path.with_name(path.name + ".xlsx")
        wanted = self.look.wanted
        options = Options(comparison=wanted.choice(self.choices.chosen_level), round=wanted.round)
        self.ctx.work.in_process(
            self.tr("Writing the agreement workbook"),
            export_snapshot,
            (self.ctx.project.snapshot(), "agreement", path, options),
            lambda _: self.ctx.message.emit(self.tr("Saved: {name}").format(name=path.name)),
        )


def _enter_table(table: NumberTable, row: int = 0) -> None:
    """The focus, on a number."""
    if not table.currentIndex().isValid() and table.model().rowCount():
        table.setCurrentIndex(table.model().index(row, 1))
    table.setFocus(Qt.FocusReason.ShortcutFocusReason)
    reveal(table)
