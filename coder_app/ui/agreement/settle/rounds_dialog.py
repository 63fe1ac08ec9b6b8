"""The rounds of the project: their course, and to open, rename or remove one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.errors import UserError
from coder_app.core.model import Round
from coder_app.ui.agreement.number_table import as_text
from coder_app.ui.agreement.settle.computing import CourseRow, course
from coder_app.ui.agreement.settle.course_model import Column, CourseModel
from coder_app.ui.context import Context
from coder_app.ui.dialogs.ask import ask_text, confirm
from coder_app.ui.widgets.parts import button, label

ROW = 28
WIDTHS = {
    Column.WHEN: 125,
    Column.WHO: 140,
    Column.UNIT: 120,
    Column.N: 95,
    Column.AGREEMENT: 95,
    Column.KAPPA: 65,
    Column.ALPHA: 65,
}


class RoundsDialog(QDialog):
    """``opened`` is the round to be settled next; empty where none was chosen."""

    def __init__(self, parent: QWidget | None, ctx: Context) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.opened = ""
        self.setWindowTitle(self.tr("Course of the rounds"))
        self.resize(980, 420)
        self.model = CourseModel(self)
        self.table = self._table()
        self.wait = label(self.tr("Computing the figures…"), "muted")
        self.open_button = button(self.tr("Open"), self.open_current, kind="primary")
        self.rename_button = button(self.tr("Rename… (F2)"), self.rename)
        self.remove_button = button(self.tr("Remove… (Del)"), self.remove, kind="danger")
        self.copy_button = button(self.tr("Copy the table"), self.copy)
        close = button(self.tr("Close"), self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        for made in (self.open_button, self.rename_button, self.remove_button, self.copy_button):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(close)
        text = self.tr(
            "Each round as it was coded, and after discussion where something is settled. A round never"
            " changes; make another after training to see whether you agree more."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(text, "muted", wrap=True))
        column.addWidget(self.wait)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        for keys, call in (("F2", self.rename), ("Delete", self.remove), ("Ctrl+Shift+C", self.copy)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(call)
        self.table.activated.connect(lambda _: self.open_current())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._allow())
        self.reload()

    def _table(self) -> QTableView:
        made = QTableView()
        made.setModel(self.model)
        made.setAccessibleName(self.tr("Rounds"))
        made.setTabKeyNavigation(False)
        made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setShowGrid(False)
        made.setWordWrap(False)
        rows = made.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        columns = made.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(60)
        columns.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            made.setColumnWidth(column, width)
        return made

    def reload(self) -> None:
        """Read the rounds again and compute their figures."""
        project = self.ctx.project
        kept = self.current
        rounds = []
        for one in project.rounds.all():
            try:
                rounds.append((one, project.rounds.sources(one.guid), project.rounds.choice(one.guid)))
            except UserError as error:
                self.ctx.problem.emit(str(error))
        consensus = project.consensus
        self.wait.show()
        self.ctx.work.in_thread(
            self.tr("Computing the course of the rounds"),
            partial(course, rounds, consensus.settlements(), consensus.codings(), project.codes.tree()),
            partial(self._show, kept.guid if kept is not None else ""),
            key="rounds course",
        )

    def _show(self, kept: str, rows: list[CourseRow]) -> None:
        self.model.put(rows)
        self.wait.hide()
        row = next((at for at, one in enumerate(rows) if one.round.guid == kept), len(rows) - 1)
        if rows:
            self.table.setCurrentIndex(self.model.index(row, 0))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._allow()

    @property
    def current(self) -> Round | None:
        """The round of the row at the cursor."""
        row = self.table.currentIndex().row()
        return self.model.rows[row].round if 0 <= row < len(self.model.rows) else None

    def _allow(self) -> None:
        there, writable = self.current is not None, self.ctx.writable
        self.open_button.setEnabled(there)
        self.rename_button.setEnabled(there and writable)
        self.remove_button.setEnabled(there and writable)
        self.copy_button.setEnabled(there)

    def open_current(self) -> None:
        if self.current is not None:
            self.opened = self.current.guid
            self.accept()

    def rename(self) -> None:
        one = self.current
        if one is None or not self.ctx.writable:
            return
        name = ask_text(
            self, self.tr("Rename the round"), self.tr("Name of the round"), one.name, self.tr("Rename")
        )
        if (
            name is not None
            and name != one.name
            and self.ctx.run(self.ctx.project.rounds.rename, one.guid, name)[0]
        ):
            self.reload()

    def remove(self) -> None:
        one = self.current
        if one is None or not self.ctx.writable:
            return
        settled = len(self.ctx.project.consensus.settlements(one.guid))
        if settled:
            text = self.tr(
                "{n} decisions were made in “{name}”, so it stays in the list until they are taken back."
                " Remove it all the same?"
            ).format(n=f"{settled:,}", name=one.name)
        else:
            text = self.tr("The figures of “{name}” go with it. It can be brought back with Undo.").format(
                name=one.name
            )
        if confirm(self, self.tr("Remove the round"), text, self.tr("Remove the round"), danger=True):
            self.ctx.run(self.ctx.project.rounds.remove, [one.guid])
            self.reload()

    def copy(self) -> None:
        if self.model.rows:
            QGuiApplication.clipboard().setText(as_text(self.model))
            self.ctx.message.emit(self.tr("The table is copied; paste it into a text or a spreadsheet."))
