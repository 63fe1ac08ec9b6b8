"""Whether a project may still be written: nothing that another program or computer did is overwritten."""

from __future__ import annotations

from sqlalchemy import Connection

from coder_app.core.errors import UserError
from coder_app.project.lock import ProjectLock


class ChangedElsewhere(UserError):
    """Another program wrote the file; what it holds now is read before anything else is done."""


class Guard:
    """``project.guard``. Asked before each write; `last_trouble` tells the window in between."""

    def __init__(self, connection: Connection, lock: ProjectLock | None) -> None:
        self._connection = connection
        self._lock = lock
        self._version = self._read_version()

    def trouble(self) -> str:
        """Why nothing can be written to the file any more, in sentences (see lock.py); empty where it can.

        It was opened on another computer while this one slept, say, or a sync service replaced it.
        """
        return self._lock.trouble() if self._lock is not None else ""

    @property
    def last_trouble(self) -> str:
        """The same as it was found in the last half minute, without asking the disk."""
        return self._lock.last_trouble if self._lock is not None else ""

    def look_soon(self) -> None:
        """Have `last_trouble` brought up to date away from this thread."""
        if self._lock is not None:
            self._lock.look_soon()

    def check(self) -> None:
        """Raise UserError where nothing may be written."""
        if reason := self.trouble():
            raise UserError(reason)

    def check_unchanged(self) -> None:
        """Raise ChangedElsewhere where another connection wrote the file since `accept`."""
        if self._read_version() != self._version:
            raise ChangedElsewhere(
                "This project was changed by another program meanwhile. It is shown as it is now; please do"
                " this again."
            )

    def accept(self) -> None:
        """The file is read anew: from now on what it holds now counts as known."""
        self._version = self._read_version()

    def _read_version(self) -> int:
        """A number that changes when another connection has written the file; 20 microseconds."""
        return int(self._connection.exec_driver_sql("PRAGMA data_version").scalar() or 0)
