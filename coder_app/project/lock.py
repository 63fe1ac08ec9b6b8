"""Who has a project file open: an empty lock file beside it, locked by the operating system.

The lock goes with the process, so neither a crash nor a laptop that slept leaves one behind; a lock
file without a lock means nothing.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from coder_app.core.errors import UserError


class OpenElsewhere(UserError):
    """The project is open in another window; it can be opened read-only."""


class ProjectLock:
    """Held while a project is open for writing."""

    def __init__(self, project: Path) -> None:
        real = project.resolve()  # however many links lead to a file, it has one lock
        self._path = real.with_name(real.name + ".lock")
        self._lock = FileLock(self._path, timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Take the lock.

        Raises OpenElsewhere where another window or program holds it, OSError where no lock file
        can be made in the folder.
        """
        try:
            self._lock.acquire()
        except Timeout:
            raise OpenElsewhere(
                "This project is open in another window or on another computer; here it can be read only."
            ) from None

    def release(self) -> None:
        """Give the lock back and remove the lock file, where that is possible."""
        if self._lock.is_locked:
            try:
                with suppress(
                    OSError
                ):  # Windows removes no open file, and a folder may have become read-only
                    self._path.unlink()
            finally:
                self._lock.release()
