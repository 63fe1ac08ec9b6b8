"""What runs beside the window: the body of a worker thread, and of the thread that listens to a process.

Knows nothing of Qt: messages go into a queue that the window's thread empties. (A worker that sends
a Qt signal itself crashes the program when the sender is deleted at that moment.)
"""

from __future__ import annotations

import multiprocessing
import queue
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from coder_app.core.errors import Cancelled, UserError
from coder_app.ui import child


class Progress(Protocol):
    """Report ``done`` of ``total``; raises ``Cancelled`` once the user has cancelled."""

    def __call__(self, done: int, total: int) -> None: ...


class Worker:
    """One piece of work. ``mail`` holds ("progress", done, total) and, last, ("end", value, error)."""

    def __init__(self) -> None:
        self.mail: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._process: BaseProcess | None = None
        self._reported = 0.0

    def stop(self) -> None:
        """Stop at the next report of progress (a thread) or at once (a process)."""
        self._stop.set()
        if self._process is not None:
            self._process.terminate()

    def progress(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._reported >= child.BETWEEN_REPORTS or done >= total:
            self._reported = now
            self.mail.put(("progress", done, total))

    def run(self, fn: Callable[..., Any], args: tuple[Any, ...] = ()) -> None:
        """Do the work here."""
        try:
            value = fn(*args, progress=self.progress)
        except BaseException as error:  # noqa: BLE001 - handed to the window's thread, which raises it
            self.mail.put(("end", None, error))
        else:
            self.mail.put(("end", value, None))

    def run_process(self, fn: Callable[..., Any], args: tuple[Any, ...]) -> None:
        """Have the work done in a process of its own, and listen to it here."""
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=child.main, args=(there, fn, args), daemon=True)
        value: Any = None
        error: BaseException | None = None
        try:
            process.start()
            self._process = process
            there.close()
            if self._stop.is_set():
                process.terminate()
            value, error = self._listen(here)
            process.join()
        except Exception as problem:  # noqa: BLE001 - handed to the window's thread, which raises it
            error = problem
        finally:
            here.close()
        self.mail.put(("end", value, error))

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
                self.mail.put(("progress", *rest))
            elif kind == "value":
                return rest[0], None
            elif kind == "problem":
                return None, UserError(rest[0])
            else:
                return None, child.ChildError(rest[0])
