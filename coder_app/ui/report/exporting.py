"""Running an export off the window's thread, and telling what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from coder_app.ui.codebook.wording import tip
from coder_app.ui.context import Context
from coder_app.ui.report import files, job
from coder_app.ui.widgets.banner import Banner
from coder_app.ui.work import Job


class Exporter(QObject):
    """One export at a time; ``banner`` tells what was written and opens it."""

    stateChanged = Signal()
    """An export began or ended."""

    def __init__(self, ctx: Context, page: QWidget) -> None:
        super().__init__(page)
        self.ctx = ctx
        self.page = page
        self.written: list[Path] = []
        """What the last export wrote."""
        self.banner = Banner()
        self.banner.setObjectName("written")
        self.folder_button = self.banner.add_button(self.tr("Open the folder"))
        self.file_button = self.banner.add_button(self.tr("Open the file"))
        self.folder_button.clicked.connect(self.open_folder)
        self.file_button.clicked.connect(self.open_file)
        self._job: Job | None = None

    @property
    def running(self) -> bool:
        return self._job is not None

    def start(self, title: str, order: job.Order) -> None:
        """Write ``order`` from the project as it is now; ``title`` stands beside the progress."""
        if self.running:
            return
        self.banner.hide()
        image = self.ctx.project.snapshot()
        started = self.ctx.work.in_process(
            title,
            job.write,
            (image, order),
            self._done,
            key="export",
            failed=lambda problem: self._failed(str(problem)),
            cancelled=self._cancelled,
        )
        if started in self.ctx.work.jobs:  # otherwise it ran at once and has ended
            self._job = started
            self.stateChanged.emit()

    def cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def open_folder(self) -> None:
        if self.written:
            self._open(self.written[0].parent)

    def open_file(self) -> None:
        if len(self.written) == 1:
            self._open(self.written[0])

    def _open(self, path: Path) -> None:
        if not path.exists():
            self.ctx.problem.emit(self.tr("“{name}” is no longer there.").format(name=path.name))
        elif not files.show(path):
            self.ctx.problem.emit(
                self.tr("This computer has no program to open “{name}”.").format(name=path.name)
            )

    def _done(self, paths: list[Path]) -> None:
        if not isValid(self):
            return
        self.written = paths
        text = self._sentence(paths)
        self.file_button.setVisible(len(paths) == 1)
        self.folder_button.setToolTip(tip(str(paths[0].parent)))
        self.banner.tell(text)
        if not self.page.isVisible():
            self.ctx.message.emit(text)
        self._ended()

    def _sentence(self, paths: list[Path]) -> str:
        if len(paths) == 1:
            return self.tr("{name} was written.").format(name=paths[0].name)
        return self.tr("{count} documents were written to {folder}.").format(
            count=len(paths), folder=paths[0].parent.name
        )

    def _failed(self, problem: str) -> None:
        self.ctx.problem.emit(problem)
        if isValid(self):
            self._ended()

    def _cancelled(self) -> None:
        if isValid(self):
            self.ctx.message.emit(self.tr("The export was stopped; nothing was written."))
            self._ended()

    def _ended(self) -> None:
        self._job = None
        self.stateChanged.emit()


class Exports:
    """What the rows of ``outputs.written_rows`` call: a page inherits this and makes ``exporter``."""

    exporter: Exporter

    @property
    def has_written(self) -> bool:
        return bool(self.exporter.written)

    @property
    def has_written_file(self) -> bool:
        return len(self.exporter.written) == 1

    @property
    def is_exporting(self) -> bool:
        return self.exporter.running

    def open_folder(self) -> None:
        self.exporter.open_folder()

    def open_file(self) -> None:
        self.exporter.open_file()

    def cancel_export(self) -> None:
        self.exporter.cancel()
