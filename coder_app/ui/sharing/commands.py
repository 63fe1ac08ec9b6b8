"""Bringing colleagues' copies in, looking at what came in, making copies for independent coding."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from coder_app.core.errors import UserError
from coder_app.project import backups
from coder_app.project.adopting import DifferentStudy
from coder_app.project.merge_report import MergeReport
from coder_app.ui.context import Context
from coder_app.ui.dialogs.ask import confirm
from coder_app.ui.sharing import jobs
from coder_app.ui.sharing.bringing import BringingIn
from coder_app.ui.sharing.brought_dialog import BroughtDialog, merges_of
from coder_app.ui.sharing.merge_dialog import PreviewDialog

if TYPE_CHECKING:
    from coder_app.ui.window import Window


class Sharing:
    """What the rows “bring in”, “what came in” and “copy for independent coding” do."""

    def __init__(self, ctx: Context, window: Window) -> None:
        self.ctx = ctx
        self.window = window

    # Bringing in

    def bring_in(self) -> None:
        """Ask for files, tell what they would bring, and bring them in."""
        path = self.ctx.project.path
        folder = str(path.parent) if path is not None else ""
        chosen, _ = QFileDialog.getOpenFileNames(
            self.window, tr("Bring in a colleague's copy"), folder, tr("Projects (*.coder)")
        )
        if chosen:
            self.bring_in_files([Path(one) for one in chosen])

    def bring_in_files(
        self, others: Sequence[Path], *, different: bool = False, separate: Collection[str] = ()
    ) -> None:
        """Tell what these files would bring, away from the window's thread.

        Of their codes that are taken to be ours, those in ``separate`` (GUIDs) are unchecked.
        """
        project = self.ctx.project
        if project.path is None:
            return
        self.ctx.work.in_thread(
            tr("Looking through the copy"),
            partial(jobs.preview, project.snapshot(), project.path, tuple(others), different),
            partial(self._previewed, tuple(others), different, separate, project.history.steps()),
            key="merge",
            failed=partial(self._refused, others),
        )

    def _refused(self, others: Sequence[Path], error: UserError) -> None:
        """Tell why not; a file of a different study may be meant all the same."""
        if not isinstance(error, DifferentStudy):
            self.ctx.problem.emit(str(error))
            return
        text = tr("{problem} Its transcripts, codes and codings would come in beside yours.").format(
            problem=error
        )
        if confirm(self.window, tr("A different study"), text, tr("Bring it in all the same")):
            self.bring_in_files(others, different=True)

    def _previewed(
        self,
        others: tuple[Path, ...],
        different: bool,
        separate: Collection[str],
        steps: int,
        found: jobs.Previewed,
    ) -> None:
        dialog = PreviewDialog(self.window, self.ctx, found, separate)
        agreed = dialog.exec() and dialog.is_news
        separate = dialog.separate
        dialog.deleteLater()
        if not agreed:
            return
        if self.ctx.project.history.steps() != steps:  # somebody went on working meanwhile
            self.bring_in_files(others, different=different, separate=separate)
            return
        self._merge(others, different, separate)

    def bring_in_at_once(self, others: Sequence[Path]) -> None:
        """Bring copies of this project in without telling before what they would bring.

        Afterwards it is said in a line; the whole report comes up where something is to be decided.
        """
        if others:
            self._merge(tuple(others), False, (), self._tell_briefly)

    def _tell_briefly(self, reports: list[MergeReport]) -> None:
        if any(one.conflicts or one.alike or one.lived_on or one.circles or one.clock for one in reports):
            self.show_reports(reports)
            return
        steps = sum(report.steps for report in reports)
        text = tr("Brought in: {n} actions. What came in, and a way back: File, “What came in” (Ctrl+Alt+M).")
        self.ctx.message.emit(text.format(n=f"{steps:,}") if steps else tr("There was nothing new in it."))

    def _merge(
        self,
        others: tuple[Path, ...],
        different: bool,
        separate: Collection[str],
        tell: Callable[[list[MergeReport]], object] | None = None,
    ) -> None:
        """Merge in another thread; a window in front keeps everybody from working in between."""
        project = self.ctx.project
        assert project.path is not None
        if trouble := project.guard.trouble():  # what has the name now may be another file
            self.ctx.problem.emit(trouble)
            return
        wait = BringingIn(self.window)
        steps = project.history.steps()

        def ended() -> None:
            wait.end()
            project.reread()
            self.ctx.spread()

        def done(reports: list[MergeReport]) -> None:
            ended()
            (tell or self.show_reports)(reports)

        def failed(error: Exception) -> None:
            ended()
            self.ctx.problem.emit(str(error))

        def stopped() -> None:
            ended()
            if project.history.steps() == steps:
                self.ctx.message.emit(tr("Nothing was brought in."))
            else:  # it had come in before it could be stopped
                self.show_merges()

        job = self.ctx.work.in_thread(
            "",
            partial(jobs.merge, project.path, project.coders.current.guid, others, different, separate),
            done,
            key="merging",
            failed=failed,
            cancelled=stopped,
        )
        wait.follow(job, self.ctx.work)

    def take_copies(self, paths: Sequence[Path]) -> bool:
        """Bring dropped files in, if all are copies of the project that is open here."""
        if not self.ctx.writable or self.ctx.project.path is None:
            return False
        project = self.ctx.project
        if any(backups.holds(path) or backups.study_in(path) != project.guid for path in paths):
            return False
        others = [path for path in paths if not path.samefile(self.ctx.project.path)]
        if others:
            self.bring_in_files(others)
        return True

    # Looking back

    def show_merges(self) -> None:
        """What came in with the last merge, and those before."""
        reports = self.ctx.project.merging.reports()
        if not reports:
            self.ctx.message.emit(tr("No copy has been brought into this project yet."))
            return
        self._show(merges_of(reports))

    def show_reports(self, reports: list[MergeReport]) -> None:
        """What these reports of one merge tell; those of the merges before can be looked at too."""
        own = {report.guid for report in reports}
        if own == {""}:  # nothing came in
            self._show([reports])
            return
        before = [report for report in self.ctx.project.merging.reports() if report.guid not in own]
        self._show([reports, *merges_of(before)])

    def _show(self, merges: list[list[MergeReport]]) -> None:
        dialog = BroughtDialog(self.window, self.ctx, merges)
        dialog.takeBackWanted.connect(partial(self._take_back, dialog))
        dialog.exec()
        dialog.deleteLater()

    def _take_back(self, dialog: BroughtDialog) -> None:
        report = next(report for report in dialog.reports if report.backup)
        text = tr(
            "The project becomes what it was before “{file}” came in. What was done since goes too;"
            " a backup of the project as it is now is made first."
        ).format(file=report.source)
        if not confirm(dialog, tr("Take back"), text, tr("Take back"), danger=True):
            return
        ok, _ = self.ctx.run(self.ctx.project.merging.take_back, report)
        if ok:
            dialog.accept()
            self.ctx.message.emit(tr("Taken back: what came in from {file}.").format(file=report.source))

    # Copies for independent coding

    def blind_copy(self) -> None:
        """Ask for whom and where, and write the copy."""
        from coder_app.ui.sharing.blind_dialog import BlindDialog

        project = self.ctx.project
        dialog = BlindDialog(self.window, project.coders.all(), project.path)
        if not dialog.exec():
            return
        coder = dialog.coder
        if not coder:
            ok, added = self.ctx.run(project.coders.add, dialog.name)
            if not ok or added is None:
                return
            coder = added
        text = tr("Wrote {file}. It holds the transcripts and nobody's codings.").format(
            file=dialog.path.name
        )
        self.ctx.work.in_thread(
            tr("Writing the copy"),
            partial(jobs.write_blind, project.snapshot(), dialog.path, coder, dialog.codebook),
            lambda _: self.ctx.message.emit(text),
        )


def tr(text: str) -> str:
    return QCoreApplication.translate("Sharing", text)
