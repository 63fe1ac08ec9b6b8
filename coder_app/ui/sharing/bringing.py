"""The window in front while copies are brought in: how far it is, and a button to stop."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from coder_app.ui.widgets.parts import button, label
from coder_app.ui.work import Job, Work


class BringingIn(QDialog):
    """Nobody works while it is there. What is stopped leaves the project as it was.

    No QProgressDialog: that handles events within ``setValue``, and so the answer would come in the
    middle of the news before it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._ended = False
        self.setWindowTitle(self.tr("Bring in a colleague's copy"))
        self.setMinimumWidth(380)
        self.setModal(True)
        self.words = label(self.tr("Bringing in…"))
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.words.text())
        self.stop_button = button(self.tr("&Stop"), self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stop_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(self.bar)
        column.addLayout(row)
        self.show()
        QApplication.processEvents()

    def follow(self, job: Job, work: Work) -> None:
        """Show how far this job is, and go away with it, however it ends."""
        if not self._ended:  # else it was done at once
            self._job = job
            job.progressed.connect(self._progressed)
            work.ended.connect(self._job_ended)

    def _job_ended(self, job: Job) -> None:
        if job is self._job:
            self.end()

    def _progressed(self, done: int, total: int) -> None:
        if not self._ended and self.stop_button.isEnabled():
            self.bar.setRange(0, total)
            self.bar.setValue(done)

    def reject(self) -> None:
        """Ask the job to stop, and stay until it has: it has the file till then."""
        if self._job is None or self._ended or self._job.dropped:
            return
        self._job.cancel()
        self.words.setText(self.tr("Stopping…"))
        self.stop_button.setEnabled(False)
        self.bar.setRange(0, 0)

    def end(self) -> None:
        """Go away."""
        if self._ended:
            return
        self._ended = True
        self.accept()
        self.deleteLater()
