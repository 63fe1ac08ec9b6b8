"""Long work off the window's thread, on values and snapshots, with progress and cancel.

``in_thread`` suits work that waits (reading files) or that holds no interpreter lock for long;
``in_process`` suits what computes or formats for seconds: beside a busy thread scrolling stutters.
The function gets ``progress=`` (done, total), which raises ``Cancelled`` once the user has cancelled.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from coder_app.core.errors import Cancelled, UserError
from coder_app.ui import child


class Progress(Protocol):
    def __call__(self, done: int, total: int) -> None: ...


Answer = Callable[[Any], object]


class Job(QObject):
    """One piece of work. ``title`` is shown beside its progress."""

    progressed = Signal(int, int)
    _finished = Signal(object, object)

    def __init__(
        self,
        title: str,
        key: str,
        done: Answer,
        failed: Callable[[UserError], None] | None,
        cancelled: Callable[[], None] | None,
        work: Work,
    ) -> None:
        super().__init__(work)
        self.title = title
        self.key = key
        self._work = work
        self._done = done
        self._failed = failed
        self._cancelled = cancelled
        self._finished.connect(self._finish)
        self.dropped = False
        """Its answer is no longer wanted: cancelled, or a newer question with the same key."""
        self._stop = threading.Event()
        self._process: Any = None
        self._reported = 0.0

    def cancel(self) -> None:
        """Stop at the next report of progress (a thread) or at once (a process)."""
        self.dropped = True
        self._stop.set()
        process = self._process
        if process is not None:
            process.terminate()

    def progress(self, done: int, total: int) -> None:
        """Report from the worker; raises ``Cancelled`` when the work is to stop."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._reported >= child.BETWEEN_REPORTS or done >= total:
            self._reported = now
            self.progressed.emit(done, total)

    def run_thread(self, fn: Callable[..., Any]) -> None:
        """The body of the worker thread."""
        try:
            value = fn(progress=self.progress)
        except BaseException as error:  # noqa: BLE001 - handed to the window's thread, which raises it
            self._finished.emit(None, error)
        else:
            self._finished.emit(value, None)

    def run_process(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> None:
        """The body of the thread that starts a process and listens to it."""
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=child.main, args=(there, fn, args), daemon=True)
        try:
            process.start()
            self._process = process
            there.close()
            if self._stop.is_set():
                process.terminate()
            value, error = self._listen(here)
            process.join()
        except Exception as problem:  # noqa: BLE001 - handed to the window's thread, which raises it
            value, error = None, problem
        finally:
            here.close()
        self._finished.emit(value, error)

    def _finish(self, value: Any, error: BaseException | None) -> None:
        """In the window's thread: hand over the answer, or what went wrong."""
        self._work.jobs.remove(self)
        self._work.ended.emit(self)
        self.deleteLater()
        if isinstance(error, Cancelled) or self.dropped:
            if self._cancelled is not None:
                self._cancelled()
        elif isinstance(error, UserError):
            if self._failed is not None:
                self._failed(error)
            else:
                self._work.failed.emit(str(error))
        elif error is not None:
            raise error
        else:
            self._done(value)

    def _listen(self, pipe: Any) -> tuple[Any, BaseException | None]:
        while True:
            try:
                kind, *rest = pipe.recv()
            except EOFError:
                stopped = self._stop.is_set()
                return None, Cancelled() if stopped else child.ChildError(
                    "The worker ended without an answer."
                )
            if kind == "progress":
                self.progressed.emit(*rest)
            elif kind == "value":
                return rest[0], None
            elif kind == "problem":
                return None, UserError(rest[0])
            else:
                return None, child.ChildError(rest[0])


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

    def in_thread(
        self,
        title: str,
        fn: Callable[..., Any],
        done: Answer,
        *,
        key: str = "",
        failed: Callable[[UserError], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Run ``fn(progress=...)`` in a thread, then ``done(value)`` in the window's thread.

        A later question with the same ``key`` drops the answer to this one.
        """
        job = self._job(title, key, done, failed, cancelled)
        if self.inline:
            job.run_thread(fn)
        else:
            threading.Thread(target=job.run_thread, args=(fn,), daemon=True).start()
        return job

    def in_process(
        self,
        title: str,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        done: Answer,
        *,
        key: str = "",
        failed: Callable[[UserError], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """Run ``fn(*args, progress=...)`` in a process of its own, then ``done(value)`` here.

        ``fn`` must be importable (top level of a module without Qt), arguments and value picklable.
        """
        job = self._job(title, key, done, failed, cancelled)
        if self.inline:
            job.run_thread(lambda progress: fn(*args, progress=progress))
        else:
            threading.Thread(target=job.run_process, args=(fn, args), daemon=True).start()
        return job

    def cancel_all(self) -> None:
        for job in list(self.jobs):
            job.cancel()

    @property
    def busy(self) -> bool:
        return bool(self.jobs)

    def _job(
        self,
        title: str,
        key: str,
        done: Answer,
        failed: Callable[[UserError], None] | None,
        cancelled: Callable[[], None] | None,
    ) -> Job:
        for other in self.jobs:
            if key and other.key == key:
                other.cancel()
        job = Job(title, key, done, failed, cancelled, self)
        self.jobs.append(job)
        self.started.emit(job)
        return job
