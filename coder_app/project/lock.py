"""Who has a project file open, on this computer or another one; and whether it is still ours.

An empty lock file stands beside an open project. On one computer the operating system's lock on it
decides, and that goes with the process. A network drive or a sync service may not carry such locks to
other computers, so the file's date is renewed every half minute as well: a lock file that somebody else
renewed within the last two minutes means that the project is open there; an older one is left from a
crash or a laptop that sleeps. Which renewals were this computer's own is noted in the user's data
folder, so that after a crash here nobody has to wait. Dates are compared by the clock of the folder
itself (that of the server, for a network drive), which a file made there shows.

A laptop that wakes may find that its project was opened elsewhere meanwhile, or that a sync service put
another file in its place: `ProjectLock.trouble`, asked before each write, tells.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import threading
import time
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from coder_app.core.errors import UserError
from coder_app.project import backups

BEAT = 30.0
"""Seconds between two renewals of the lock file's date."""
STALE = 120.0
"""Seconds after which a lock file that nobody renewed means nothing."""
_JUMP = 5.0
"""Seconds by which two clocks of this computer may part before it has slept, or its clock was set."""
_NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP}
"""What a file system says that has no locks."""

HERE = "This project is open in another window or on another computer; here it can be read only."
THERE = (
    "This project is open on another computer, or was until a moment ago; here it can be read only."
    " After a crash over there it is free again within two minutes."
)
TAKEN = (
    "This project was opened on another computer while this one slept or was away from the network."
    " Nothing is written here now, so that neither overwrites the other: close it over there, or save a"
    " copy of your work."
)
REPLACED = (
    "The file of this project was moved, deleted or replaced, perhaps by a sync service. Nothing more is"
    " written here, so that nothing is lost: save a copy of your work and bring in what the other file holds."
)


class OpenElsewhere(UserError):
    """The project is open in another window; it can be opened read-only."""


class ProjectLock:
    """Held while a project is open for writing."""

    def __init__(self, project: Path) -> None:
        self._project = project.resolve()  # however many links lead to a file, it has one lock
        self._path = self._project.with_name(self._project.name + ".lock")
        self._lock = FileLock(self._path, timeout=0, thread_local=False, fallback_to_soft=False)
        self._here = _Here(self._project)
        self._clock = _FolderClock(self._path)
        self._mutex = threading.RLock()
        self._wake = threading.Event()
        self._held = False
        self._last = 0.0
        """The date of the lock file as we set it last (seconds, by the folder's clock)."""
        self._file: int | None = None
        self.last_trouble = ""
        """What `trouble` found last; it is also asked every half minute."""

    def acquire(self) -> None:
        """Take the lock.

        Raises OpenElsewhere where another window, program or computer holds it, OSError where no lock
        file can be made in the folder.
        """
        try:
            self._here.acquire()
            date = _date(self._path)
            self._acquire_file()
            if date is None:
                self._clock.learn(_date(self._path))
            else:
                self._refuse_if_renewed(date)
            self._held = True
            self._file = os.open(self._project, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            self._renew()
        except BaseException:
            self.release()
            raise
        threading.Thread(target=self._keep_renewing, name="project lock", daemon=True).start()

    def release(self) -> None:
        """Give the lock back and remove the lock file, where that is possible and it is still ours."""
        with self._mutex:
            was_held, self._held = self._held, False
            self._wake.set()
            if self._file is not None:
                os.close(self._file)
                self._file = None
            left = was_held and self._leave()
            self._lock.release()
            self._here.release()
            if left:
                with suppress(OSError):
                    self._path.unlink()

    def _leave(self) -> bool:
        """Remove the lock file, if it is still ours; tells whether it is there all the same, out of date.

        Windows removes no open file, and a folder may have become read-only.
        """
        with suppress(OSError):
            if not self._is_renewed_by_others():
                try:
                    self._path.unlink(missing_ok=True)
                except OSError:
                    os.utime(self._path, (0, 0))
                    return True
        return False

    def trouble(self) -> str:
        """Why nothing may be written to the project's file now, in sentences; empty where it may."""
        with self._mutex:
            self.last_trouble = self._find_trouble() if self._held else ""
            return self.last_trouble

    def look_soon(self) -> None:
        """Ask for `last_trouble` to be brought up to date away from this thread."""
        self._wake.set()

    # Taking it

    def _refuse_if_renewed(self, date: float) -> None:
        """Raise OpenElsewhere where another computer gave the lock file this date, a moment ago."""
        if not self._here.renewed_until(date) and abs(self._clock.measure() - date) < STALE:
            raise OpenElsewhere(THERE)

    def _acquire_file(self) -> None:
        """The operating system's lock on the lock file; where there are none, the file alone must do."""
        try:
            self._lock.acquire()
        except Timeout:
            raise OpenElsewhere(HERE) from None
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            self._path.touch()

    # Keeping it

    def _keep_renewing(self) -> None:
        """In a thread of its own, as long as the lock is held."""
        while self._held:
            self._wake.wait(BEAT)
            self._wake.clear()
            with self._mutex, suppress(OSError):
                if self._held and not self.trouble():
                    self._renew()

    def _renew(self) -> None:
        now = self._clock.now()
        self._here.note(now)
        try:
            os.utime(self._path, (now, now))
        except PermissionError:  # a colleague's, left from a crash: only its owner may choose the date
            os.utime(self._path)
        self._last = _date(self._path) or now  # as the file system kept it

    def _find_trouble(self) -> str:
        try:
            if self._is_replaced():
                return REPLACED
            if self._is_renewed_by_others():
                return TAKEN if abs(self._clock.measure() - (_date(self._path) or 0)) < STALE else ""
            if _date(self._path) is None:  # who took it meanwhile has gone
                self._lock.release(force=True)
                self._acquire_file()
                self._renew()
        except OpenElsewhere:
            return TAKEN
        except OSError:  # the folder is away: writing will say so
            return ""
        return ""

    def _is_replaced(self) -> bool:
        """Whether another file has the project's name than the one that is open."""
        assert self._file is not None
        own = os.fstat(self._file)
        try:
            there = os.stat(self._project)
        except FileNotFoundError:
            return True
        if os.path.samestat(own, there):
            return False
        # some network drives number one file differently from time to time
        return own.st_nlink == 0 or (own.st_size, own.st_mtime_ns) != (there.st_size, there.st_mtime_ns)

    def _is_renewed_by_others(self) -> bool:
        """Nobody takes it before it is stale, so another's renewal is later than ours by more than that."""
        date = _date(self._path)
        return date is not None and bool(self._last) and date > self._last + STALE / 2


class _FolderClock:
    """The clock by which a folder dates its files, as far from this computer's as it was when measured."""

    def __init__(self, beside: Path) -> None:
        self._beside = beside
        self._offset = 0.0
        self._wall: float | None = None
        self._steady = 0.0

    def now(self) -> float:
        """Seconds since 1970; measured anew after sleep, or when this computer's clock was set."""
        wall, steady = time.time(), time.monotonic()
        if self._wall is None or abs((wall - self._wall) - (steady - self._steady)) > _JUMP:
            return self.measure()
        return wall + self._offset

    def measure(self) -> float:
        """The same from the date of a file made there now. Raises OSError where none can be made."""
        probe = self._beside.with_name(f"{self._beside.name}-{secrets.token_hex(6)}")
        try:
            probe.touch(exist_ok=False)
            now = probe.stat().st_mtime
        finally:
            probe.unlink(missing_ok=True)
        self.learn(now)
        return now

    def learn(self, now: float | None) -> None:
        """A file that was made this moment has this date."""
        if now is not None:
            self._wall, self._steady = time.time(), time.monotonic()
            self._offset = now - self._wall


class _Here:
    """What this computer knows of a project that is open here: a lock and a note in the data folder."""

    def __init__(self, project: Path) -> None:
        name = hashlib.sha256(os.fsencode(project)).hexdigest()[:24]
        self._note = backups.folder().with_name("open") / name
        self._lock = FileLock(self._note.with_name(f"{name}.lock"), timeout=0, thread_local=False)

    def acquire(self) -> None:
        """Raises OpenElsewhere where another window of this user has the project open."""
        with suppress(OSError):  # a data folder that cannot be written: the lock beside the file must do
            self._note.parent.mkdir(parents=True, exist_ok=True)
            try:
                self._lock.acquire()
            except Timeout:
                raise OpenElsewhere(HERE) from None

    def release(self) -> None:
        if self._lock.is_locked:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
                Path(self._lock.lock_file).unlink(missing_ok=True)
            self._lock.release()

    def note(self, date: float) -> None:
        """Note the date that we gave to the lock file."""
        with suppress(OSError):
            self._note.write_text(repr(date))

    def renewed_until(self, date: float) -> bool:
        """Whether the date of a lock file is one that this computer gave it, before it crashed."""
        try:
            return date <= float(self._note.read_text()) + BEAT
        except (OSError, ValueError):
            return False


def _date(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None
