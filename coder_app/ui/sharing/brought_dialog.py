"""What came in with the last merge and those before, with what is left to decide about it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QWidget

from coder_app.core.errors import UserError
from coder_app.project import backups, deciding
from coder_app.project.deciding import Fate
from coder_app.project.merge_report import Alike, Conflict, MergeReport
from coder_app.project.names import plural
from coder_app.ui.codebook.wording import short
from coder_app.ui.context import Context
from coder_app.ui.sharing.alike_detail import known_of
from coder_app.ui.sharing.joining import question_of
from coder_app.ui.sharing.merge_dialog import MergeDialog, insight_into
from coder_app.ui.sharing.report_model import as_text
from coder_app.ui.times import moment
from coder_app.ui.widgets.choice import Choice
from coder_app.ui.widgets.parts import button

Merge = Sequence[MergeReport]
"""The reports on the copies that were brought in at once."""


def merges_of(reports: Sequence[MergeReport]) -> list[list[MergeReport]]:
    """Reports (newest first) by the merge they belong to: all of one have one backup."""
    return [list(some) for _, some in groupby(reports, lambda one: one.backup or one.guid)]


class BroughtDialog(MergeDialog):
    """The reports of one merge at a time; each decision is an action of its own, to be undone here too."""

    done_already = True
    takeBackWanted = Signal()

    def __init__(self, parent: QWidget | None, ctx: Context, merges: Sequence[Merge]) -> None:
        super().__init__(parent, ctx, "")
        self.setWindowTitle(self.tr("Brought in"))
        self.list.setAccessibleName(self.windowTitle())
        self.list.takes_enter = True
        self.list.entered.connect(self._enter)
        self.merges = [list(merge) for merge in merges]
        self._decided = 0
        self.fates: dict[object, Fate] = {}
        self._make_chooser()
        self._make_row()
        self._make_buttons()
        self._show_merge()
        self.fit()
        self.list.setFocus()

    def _make_chooser(self) -> None:
        self.which = Choice()
        self.which.setAccessibleName(self.tr("Which merge"))
        self.which.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for merge in self.merges:
            self.which.addItem(_called(merge))
        self.which.setVisible(len(self.merges) > 1)
        self.which.currentIndexChanged.connect(self._show_merge)
        self.column.insertWidget(2, self.which)

    def _make_row(self) -> None:
        self.other_button = button(self.tr("Let the &other value stand"), self.choose_other)
        self.join_button = button(self.tr("&Join…"), self.join)
        self.apart_button = button(self.tr("&Keep apart"), self.keep_apart)
        self.undo_button = button(self.tr("&Undo"), self.undo)
        row = QHBoxLayout()
        row.setSpacing(8)
        for made in (self.other_button, self.join_button, self.apart_button):
            row.addWidget(made)
        row.addStretch(1)
        row.addWidget(self.undo_button)
        self.column.insertLayout(self.column.count() - 1, row)

    def _make_buttons(self) -> None:
        role = QDialogButtonBox.ButtonRole
        self.back_button = self.buttons.addButton(self.tr("&Take back…"), role.ResetRole)
        self.back_button.clicked.connect(self.takeBackWanted)
        copy = self.buttons.addButton(self.tr("&Copy as text"), role.ActionRole)
        copy.clicked.connect(self.copy)
        close = self.buttons.addButton(self.buttons.StandardButton.Close)
        close.setDefault(True)

    # Showing

    def _show_merge(self) -> None:
        reports = self.merges[max(self.which.currentIndex(), 0)]
        conflicts = [conflict for report in reports for conflict in report.conflicts]
        self.show_reports(reports, insight_into(self.ctx, reports, done=True))
        self.heading.setText(self._heading())
        self.heading.setVisible(len(self.merges) == 1)  # else the choice says it
        self.explanation.setText(self._explanation())
        alike = [one for report in reports for one in report.alike]
        self.other_button.setVisible(bool(conflicts))
        self.join_button.setVisible(bool(alike))
        self.apart_button.setVisible(any(one.kind == "code" for one in alike))
        self.back_button.setEnabled(self.ctx.writable and self._backup_is_there)
        self.look_again()

    def _heading(self) -> str:
        if not self.is_news:
            return self.tr("{files}: nothing new").format(files=self.files)
        return self.tr("What came in from {files}").format(files=self.files)

    def _explanation(self) -> str:
        if not self.is_news:
            return self.tr("Everything in it is in this project already.")
        if not self._backup_is_there:
            return self.tr(
                "Nobody's codings were lost or changed. The backup that was made before is no longer kept."
            )
        return self.tr(
            "Nobody's codings were lost or changed. A backup was made before; “Take back” brings it back."
        )

    @property
    def _backup_is_there(self) -> bool:
        """Whether what was before can be brought back; only the latest backups are kept."""
        names = {report.backup for report in self.reports if report.backup}
        study = self.ctx.project.guid
        return bool(names) and all(backups.path_of(study, name).is_file() for name in names)

    def look_again(self) -> None:
        """Ask the project what is decided, and mark it."""
        project = self.ctx.project
        conflicts = [conflict for report in self.reports for conflict in report.conflicts]
        alike = [one for report in self.reports for one in report.alike]
        self.fates = {**deciding.of_conflicts(project, conflicts), **deciding.of_alike(project, alike)}
        self.show_fates(self.fates)
        self.undo_button.setVisible(bool(conflicts or alike))
        self.look()

    @property
    def open_conflict(self) -> Conflict | None:
        """The conflict that is looked at, where it can be decided the other way."""
        about = self._open()
        return about if isinstance(about, Conflict) else None

    @property
    def open_alike(self) -> Alike | None:
        """The two that are looked at, where they can be joined."""
        about = self._open()
        return about if isinstance(about, Alike) else None

    def _open(self) -> object:
        line = self.line
        if line is None or line.hidden or line.about is None or not self.ctx.writable:
            return None
        return line.about if self.fates.get(line.about) is Fate.OPEN else None

    def look(self) -> None:
        super().look()
        line, alike = self.line, self.open_alike
        if line is not None and isinstance(line.about, Alike):
            known = known_of(self.ctx.project, line.about)
            self.detail.setPlainText("\n".join(filter(None, (line.detail, known))))
        self.other_button.setEnabled(self.open_conflict is not None)
        self.join_button.setEnabled(alike is not None)
        self.apart_button.setEnabled(alike is not None and alike.kind == "code")
        self.undo_button.setEnabled(self._decided > 0)

    # Deciding

    def _enter(self) -> None:
        if self.open_conflict is not None:
            self.choose_other()
        elif self.open_alike is not None:
            self.join()

    def choose_other(self) -> None:
        """Let the value stand that does not."""
        conflict = self.open_conflict
        if conflict is not None:
            ok, _ = self.ctx.run(self.ctx.project.merging.choose, conflict)
            self._note(ok)

    def join(self) -> None:
        """Ask which of the two stays, telling what joining does."""
        alike = self.open_alike
        if alike is None:
            return
        try:
            question = question_of(self.ctx, alike, self)
        except UserError as error:
            self.ctx.problem.emit(str(error))
            self.look_again()
            return
        question.accepted.connect(lambda: self._note(True))
        question.finished.connect(lambda _: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        question.open()

    def keep_apart(self) -> None:
        """Remember that the two codes are different."""
        alike = self.open_alike
        if alike is not None and alike.kind == "code":
            ok, _ = self.ctx.run(self.ctx.project.lookalikes.keep_apart, [(alike.one, alike.other)])
            self._note(ok)

    def undo(self) -> None:
        """Take the latest decision back that was made here."""
        if self._decided:
            self._decided -= 1
            self.ctx.undo()
            self.look_again()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self, decided: bool) -> None:
        """Mark what was decided and go on to what is open next."""
        self._decided += decided
        self.look_again()
        if decided:
            self._go_on()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_on(self) -> None:
        items = [item for item, _ in self.lines]
        current = self.list.currentItem()
        start = items.index(current) if current in items else 0
        for item, line in self.lines[start:]:
            if item.parent() is items[start].parent() and self.fates.get(line.about) is Fate.OPEN:
                self.list.setCurrentItem(item)
                return

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(as_text(self.reports, self.insight))
        self.ctx.message.emit(self.tr("The report is on the clipboard."))


def _called(merge: Merge) -> str:
    """“2026-11-21 10:15: ben.coder (34 actions)”."""
    when = moment(max((report.created for report in merge), default=0))
    names = ", ".join(short(report.source, 40) for report in merge)
    steps = plural(sum(report.steps for report in merge), "action")
    return f"{when}: {names} ({steps})"
