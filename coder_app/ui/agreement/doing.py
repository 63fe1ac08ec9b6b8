"""What the commands of the section “Figures” call, and when they can be called."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QTabWidget

from coder_app.core.model import Status
from coder_app.ui.agreement.choices import Choices
from coder_app.ui.agreement.codes_view import CodesView
from coder_app.ui.agreement.looking import Look
from coder_app.ui.agreement.number_table import NumberTable, as_text
from coder_app.ui.agreement.offers import Offers
from coder_app.ui.agreement.passages_view import PassagesView
from coder_app.ui.agreement.section import Section
from coder_app.ui.agreement.summary import Summary


class FiguresCommands(Section):
    """Members that the rows of :data:`AGREEMENT_ACTIONS` name; the section makes the widgets."""

    look: Look | None
    choices: Choices
    offers: Offers
    summary: Summary
    codes: CodesView
    passages: PassagesView
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
        combo = self.choices.unit
        combo.setCurrentIndex((combo.currentIndex() + 1) % combo.count())

    def next_level(self) -> None:
        combo = self.choices.level
        combo.setCurrentIndex((combo.currentIndex() + 1) % combo.count())

    def swap_coders(self) -> None:
        self.choices.swap()

    def count_mine(self) -> None:
        self._finish(self.offers.own)

    def go_choices(self) -> None:
        self.choices.first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_levels(self) -> None:
        levels = [line.level for line in self.look.lines] if self.look is not None else []
        row = max(0, len(levels) - 1 - levels[::-1].index(self.choices.chosen_level)) if levels else 0
        _enter_table(self.summary.table, row)

    def go_codes(self) -> None:
        self.tabs.setCurrentIndex(0)
        _enter_table(self.codes.table)

    def go_passages(self) -> None:
        self.tabs.setCurrentIndex(1)
        self.passages.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def filter_codes(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.codes.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.codes.filter.selectAll()

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
        return self.codes.table if self.codes.isAncestorOf(self.focusWidget() or self) else self.summary.table

    def _finish(self, guids: list[str]) -> None:
        self.ctx.run(self.ctx.project.documents.set_statuses, guids, Status.FINISHED)

    def copy_table(self) -> None:
        """The table that has the focus: passages, codes or levels."""
        focus = self.focusWidget()
        if focus is self.passages.table:
            text = as_text(self.passages.model)
        elif focus is self.codes.table:
            text = as_text(self.codes.model)
        else:
            text = as_text(self.summary.model)
        QGuiApplication.clipboard().setText(text)
        self.ctx.message.emit(self.tr("The table is copied; paste it into a text or a spreadsheet."))

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
        options = Options(comparison=self.look.wanted.choice(self.choices.chosen_level))
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
