"""Long work off the window's thread, on values and snapshots, with progress and cancel.

``in_thread`` suits work that waits (reading files) or that holds no interpreter lock for long;
``in_process`` suits what computes or formats for seconds: beside a busy thread scrolling stutters.
The function gets ``progress=`` (done, total), which raises ``Cancelled`` once the user has cancelled.
``in_pieces`` is for what must be done in the window's own thread, such as one long step of the project.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from coder_app.core.errors import Cancelled, UserError
from coder_app.ui.worker import Progress, Worker

__all__ = ["Job", "Progress", "Work"]

Answer = Callable[[Any], object]
Failed = Callable[[UserError], object]
Stopped = Callable[[], object]
Pieces = Generator[tuple[int, int], None, Any]
"""Yields (done, total) between two pieces of work; closing it takes back what was done."""

BETWEEN_READS_MS = 15
AT_A_STRETCH = 0.03
"""Seconds after which pieces of work let the window have its turn."""


class Job(QObject):
    """One piece of work as the window sees it. ``title`` is shown beside its progress; empty: nothing is."""

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


class PiecewiseJob(Job):
    """Work in the window's thread that lets the window answer to keys and mouse every now and then."""

    def __init__(
        self,
        work: Work,
        title: str,
        pieces: Pieces,
        done: Answer,
        failed: Failed | None,
        cancelled: Stopped | None,
    ) -> None:
        super().__init__(title, "", done, failed, cancelled)
        self._work = work
        self._pieces = pieces
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begin with the next turn of the event loop."""
        self._timer.start()

    def run_through(self) -> None:
        """Do all of it now."""
        while not self._over and self._next():
            pass

    def cancel(self) -> None:
        """Take back what was done so far, at once."""
        if not self._over:
            self.dropped = True
            self._pieces.close()
            self._end(None, None)

    @property
    def _over(self) -> bool:
        return self not in self._work.jobs

    def _go_on(self) -> None:
        until = time.monotonic() + AT_A_STRETCH
        while not self._over and self._next() and time.monotonic() < until:
            pass

    def _next(self) -> bool:
        """Do one piece; tells whether there may be another."""
        try:
            done, total = next(self._pieces)
        except StopIteration as end:
            self._end(end.value, None)
        except BaseException as error:  # noqa: BLE001 - told as that of every job is
            self._end(None, error)
        else:
            self.progressed.emit(done, total)
            return True
        return False

    def _end(self, value: Any, error: BaseException | None) -> None:
        self._timer.stop()
        self._work.remove(self)
        self._finish(self._work, value, error)


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

    def in_pieces(
        self,
        title: str,
        pieces: Pieces,
        done: Answer,
        *,
        failed: Failed | None = None,
        cancelled: Stopped | None = None,
    ) -> Job:
        """Run a generator here, a piece at a time, then ``done`` with what it returns.

        Between two pieces the window lives. Cancelling closes the generator at once.
        """
        job = PiecewiseJob(self, title, pieces, done, failed, cancelled)
        self._job(job)
        if self.inline:
            job.run_through()
        else:
            job.start()
        return job

    def cancel_all(self) -> None:
        for job in list(self.jobs):
            job.cancel()

    @property
    def busy(self) -> bool:
        """Whether there is work to be shown."""
        return any(job.title for job in self.jobs)

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
