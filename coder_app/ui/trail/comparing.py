"""Comparing the open project with another copy or a backup, away from the window's thread."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from coder_app.formats.output import safe_name
from coder_app.project.difference import Difference, Item
from coder_app.ui.context import Context, Whose
from coder_app.ui.report import files
from coder_app.ui.trail import jobs
from coder_app.ui.trail.eyes import eyes_of, may_see_all
from coder_app.ui.trail.telling import open_thing

if TYPE_CHECKING:
    from coder_app.ui.trail.difference_dialog import DifferenceDialog
    from coder_app.ui.window import Window


class Comparing:
    """What “Compare with another copy” and the button in the list of backups do."""

    def __init__(self, ctx: Context, window: Window) -> None:
        self.ctx = ctx
        self.window = window
        self.dialog: DifferenceDialog | None = None
        """The differences that are shown, if any are."""
        ctx.projectClosed.connect(self.close)
        ctx.coderSwitched.connect(self.close)
        ctx.everyoneSwitched.connect(self._again)

    def ask(self) -> None:
        """Ask for the other copy, and compare with it."""
        title, kinds = tr("Compare with another copy"), tr("Projects (*.coder)")
        folder = str(files.home_folder(self.ctx))
        chosen, _ = QFileDialog.getOpenFileName(self.window, title, folder, kinds)
        if chosen:
            self.compare(Path(chosen))

    def compare(self, other: Path) -> None:
        project = self.ctx.project
        self.ctx.work.in_thread(
            tr("Comparing with {file}").format(file=other.name),
            partial(jobs.compare, project.snapshot(), project.path, other, eyes_of(self.ctx)),
            partial(self._show, other),
            key="compare",
        )

    def _show(self, other: Path, found: Difference) -> None:
        from coder_app.ui.trail.difference_dialog import DifferenceDialog

        self.close()
        dialog = DifferenceDialog(self.window, found, other)
        dialog.openWanted.connect(self._open)
        dialog.everyoneWanted.connect(self._show_everyone)
        dialog.exportWanted.connect(self._export)
        dialog.finished.connect(self._gone)
        self.dialog = dialog
        dialog.show()
        dialog.tree.setFocus()

    def close(self) -> None:
        """What is shown is of another project or coder."""
        if self.dialog is not None:
            self.dialog.close()

    def _gone(self) -> None:
        self.dialog = None

    def _again(self) -> None:
        """Others' work was shown or hidden: so it is here."""
        if self.dialog is not None:
            self.compare(self.dialog.other)

    def _show_everyone(self) -> None:
        if self.dialog is not None:
            may_see_all(self.dialog, self.ctx, Whose.EVERYONE)

    def _open(self, item: Item) -> None:
        if open_thing(self.ctx, self.window, item):
            self.window.activateWindow()

    def _export(self) -> None:
        """Write the differences that are shown to an Excel workbook."""
        if self.dialog is None:
            return
        found = self.dialog.found
        name = safe_name(tr("Compared with {file}").format(file=Path(found.file).stem))
        suggested = files.home_folder(self.ctx) / f"{name}.xlsx"
        title, kinds = tr("Export the differences"), tr("Excel workbooks (*.xlsx)")
        out = files.ask_file(self.dialog, title, suggested, kinds)
        if out is not None:
            self.ctx.work.in_process(
                tr("Writing {name}").format(name=out.name),
                jobs.write,
                (self.ctx.project.name, found, out),
                lambda _: self.ctx.message.emit(tr("{name} was written.").format(name=out.name)),
                key="export",
            )


def tr(text: str) -> str:
    return QCoreApplication.translate("Comparing", text)
