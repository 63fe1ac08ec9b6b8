"""The other end of a process of its own; knows nothing of Qt, so that it starts fast."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from coder_app.core.errors import UserError

BETWEEN_REPORTS = 0.05
"""Seconds between two reports of progress."""


class ChildError(RuntimeError):
    """A mistake in the program that happened in another process; the text is its traceback."""


def main(connection: Connection, fn: Callable[..., Any], args: tuple[Any, ...]) -> None:
    """Run ``fn(*args, progress=...)`` and send ("progress", done, total), then ("value", v),
    ("problem", sentence) or ("error", traceback) through the pipe.
    """
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= BETWEEN_REPORTS or done >= total:
            last = now
            connection.send(("progress", done, total))

    try:
        answer: tuple[Any, ...] = ("value", fn(*args, progress=progress))
    except UserError as error:
        answer = ("problem", str(error))
    except Exception:  # noqa: BLE001 - it is told in full at the other end
        answer = ("error", traceback.format_exc())
    try:
        connection.send(answer)
    except (BrokenPipeError, ConnectionResetError):
        return  # nobody waits any more
    finally:
        connection.close()
