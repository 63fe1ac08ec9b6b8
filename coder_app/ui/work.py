"""Long work off the window's thread, on values and snapshots, with progress and cancel.

``in_thread`` suits work that waits (reading files) or that holds no interpreter lock for long;
``in_process`` suits what computes or formats for seconds: beside a busy thread scrolling stutters.
The function gets ``progress=`` (done, total), which raises ``Cancelled`` once the user has cancelled.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from coder_app.core.errors import Cancelled, UserError
from coder_app.ui.worker import Progress, Worker

__all__ = ["Job", "Progress", "Work"]

Answer = Callable[[Any], object]
Failed = Callable[[UserError], object]
Stopped = Callable[[], object]
BETWEEN_READS_MS = 15


class Job(QObject):
    """One piece of work as the window sees it. ``title`` is shown beside its progress."""

    progressed = Signal(int, int)

    def __init__(
        self,
        title: str,
        key: str,
        done: Answer,
        failed: Failed | None,
        cancelled: Stopped | None,
    ) -> None:
        super().__init__()
        self.title = title
        self.key = key
        self.worker = Worker()
        self.dropped = False
        """Its answer is no longer wanted: cancelled, or a newer question with the same key."""
        self._done = done
        self._failed = failed
        self._cancelled = cancelled

    def cancel(self) -> None:
        """Stop the work; its answer is not wanted any more."""
        self.dropped = True
        self.worker.stop()

    def read_mail(self, work: Work) -> None:
        """Pass on what the worker has sent."""
        while not self.worker.mail.empty():
            kind, *rest = self.worker.mail.get()
            if kind == "progress":
                self.progressed.emit(*rest)
            else:
                work.remove(self)
                self._finish(work, *rest)

    def _finish(self, work: Work, value: Any, error: BaseException | None) -> None:
        """Hand over the answer, or what went wrong."""
        if isinstance(error, Cancelled) or self.dropped:
            if self._cancelled is not None:
                self._cancelled()
        elif isinstance(error, UserError):
            if self._failed is not None:
                self._failed(error)
            else:
                work.failed.emit(str(error))
        elif error is not None:
            raise error
        else:
            self._done(value)


class Work(QObject):
    """The jobs under way. With ``inline`` everything runs at once in the caller (for tests)."""

    started = Signal(object)
    ended = Signal(object)
    failed = Signal(str)
    """A ``UserError`` in its own words, for jobs without a ``failed`` of their own."""

    def __init__(self, *, inline: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.inline = inline
        self.jobs: list[Job] = []
        self._timer = QTimer(self, interval=BETWEEN_READS_MS)
        self._timer.timeout.connect(self._read_all)

    def in_thread(
        self,
        title: str,
        fn: Callable[..., Any],
        done: Answer,
        *,
        key: str = "",
        failed: Failed | None = None,
        cancelled: Stopped | None = None,
    ) -> Job:
        """Run ``fn(progress=...)`` in a thread, then ``done(value)`` in the window's thread.

        A later question with the same ``key`` drops the answer to this one.
        """
        job = self._job(Job(title, key, done, failed, cancelled))
        self._begin(job, job.worker.run, (fn,))
        return job

    def in_process(
        self,
        title: str,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        done: Answer,
        *,
        key: str = "",
        failed: Failed | None = None,
        cancelled: Stopped | None = None,
    ) -> Job:
        """Run ``fn(*args, progress=...)`` in a process of its own, then ``done(value)`` here.

        ``fn`` must be importable (top level of a module without Qt), arguments and value picklable.
        """
        job = self._job(Job(title, key, done, failed, cancelled))
        self._begin(job, job.worker.run if self.inline else job.worker.run_process, (fn, args))
        return job

    def cancel_all(self) -> None:
        for job in list(self.jobs):
            job.cancel()

    @property
    def busy(self) -> bool:
        return bool(self.jobs)

    def remove(self, job: Job) -> None:
        """A job has ended."""
        self.jobs.remove(job)
        if not self.jobs:
            self._timer.stop()
        self.ended.emit(job)

    def _job(self, job: Job) -> Job:
        for other in self.jobs:
            if job.key and other.key == job.key:
                other.cancel()
        self.jobs.append(job)
        self.started.emit(job)
        return job

    def _begin(self, job: Job, body: Callable[..., None], args: tuple[Any, ...]) -> None:
        if self.inline:
            body(*args)
            job.read_mail(self)
        else:
            self._timer.start()
            threading.Thread(target=body, args=args, daemon=True).start()

    def _read_all(self) -> None:
        for job in list(self.jobs):
            job.read_mail(self)
