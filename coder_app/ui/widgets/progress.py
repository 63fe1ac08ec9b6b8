"""The long work under way, in the status bar: what it is, how far it is, and a button to cancel it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from coder_app.ui.widgets.parts import label, tool
from coder_app.ui.work import Job, Work


class WorkProgress(QWidget):
    """Shows the job that was started last of those still running; hidden while there is none.

    A job without a title is small work that nobody needs to hear of.
    """

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._job: Job | None = None
        self.title = label("")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(180)
        self.bar.setTextVisible(False)  # it is too low for words; they stand beside it
        self.share = label("")
        self.share.setMinimumWidth(self.share.fontMetrics().horizontalAdvance("100 %"))
        self.cancel = tool("close", self.tr("Cancel"), self._cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.addWidget(self.title)
        row.addWidget(self.bar)
        row.addWidget(self.share)
        row.addWidget(self.cancel)
        work.started.connect(self._show)
        work.ended.connect(self._ended)
        self.hide()

    def _show(self, job: Job) -> None:
        if not job.title:
            return
        self._job = job
        self.title.setText(job.title)
        self.bar.setAccessibleName(job.title)
        self.cancel.setAccessibleName(self.tr("Cancel: {work}").format(work=job.title))
        self.cancel.setEnabled(True)
        self.bar.setRange(0, 0)
        self.share.clear()
        job.progressed.connect(self._progressed)
        self.show()

    def _progressed(self, done: int, total: int) -> None:
        if self.sender() is self._job:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.share.setText(self.tr("{share} %").format(share=round(100 * done / total)) if total else "")

    def _ended(self, job: Job) -> None:
        if job is not self._job:
            return
        running = [other for other in self._work.jobs if other.title]
        if running:
            self._show(running[-1])
        else:
            self._job = None
            self.hide()

    def _cancel(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self.title.setText(self.tr("Stopping: {work}").format(work=self._job.title))
            self._job.cancel()
