"""Dated copies of a project in the user's own data folder: one per day of use, the last ten."""

from __future__ import annotations

import os
import re
import sqlite3
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from platformdirs import user_data_path

from coder_app.core.errors import UserError
from coder_app.project.trust import is_guid

KEPT = 10
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?: (.+))?\.coder")


@dataclass(frozen=True, slots=True)
class Backup:
    """A dated copy; ``note`` says why it was made where it is not the daily one."""

    path: Path
    date: str
    note: str = ""


def folder() -> Path:
    """Where all backups are; CODER_APP_HOME moves it (for tests and for shared computers)."""
    home = os.environ.get("CODER_APP_HOME")
    return Path(home) / "data" / "backups" if home else user_data_path("coder-app") / "backups"


def holds(path: Path) -> bool:
    """Whether a file is one of the backups, by whatever way one gets there."""
    try:
        return path.resolve().is_relative_to(folder().resolve())
    except (OSError, RuntimeError):  # a circle of links
        return False


def list_for(study: str) -> list[Backup]:
    """The backups of a project (by its GUID), newest first."""
    found = []
    for path in folder().joinpath(study).glob("*.coder"):
        match = _NAME.fullmatch(path.name)
        if match:
            found.append(Backup(path, match[1], match[2] or ""))
    return sorted(found, key=lambda backup: (backup.date, _written(backup.path)), reverse=True)


def _written(path: Path) -> int:
    """When a file was written (nanoseconds); a backup that has just gone counts as the oldest."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def list_for_file(path: Path) -> list[Backup]:
    """The backups of the project in a file, as far as a damaged file still tells which it is."""
    study = study_in(path)
    return list_for(study) if study else []


def study_in(path: Path) -> str:
    """GUID of the project in a file that nobody has looked through yet; empty where it does not tell."""
    try:
        raw = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found = raw.execute("SELECT guid FROM study").fetchall()
        finally:
            raw.close()
    except sqlite3.Error:
        return ""
    return str(found[0][0]) if len(found) == 1 and is_guid(found[0][0]) else ""


def path_of(study: str, name: str) -> Path:
    """Where the backup of that file name is; whatever else stands before the name is left out."""
    return folder() / study / Path(name).name


def bring_back(raw: sqlite3.Connection, study: str, name: str) -> None:
    """Make an open project what its backup of that name is.

    Raises UserError where the backup is no longer there or cannot be read; the project is as it was.
    """
    path = path_of(study, name)
    try:
        copy = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            copy.backup(raw)
        finally:
            copy.close()
    except sqlite3.Error as error:
        raise UserError(f"The backup “{path.stem}” can no longer be read: {error}.") from error


def wanted_today(study: str, today: date | None = None) -> bool:
    """Whether there is no daily copy of today yet."""
    return not _path(study, today or date.today(), "").exists()


def write(
    raw: sqlite3.Connection, study: str, *, note: str = "", today: date | None = None, keep: str = ""
) -> Path:
    """Copy an open project through SQLite's own backup call, then keep the last ten of its kind.

    The daily one takes the place of an earlier one of the day; one with a note never does. ``keep`` is
    the file name of one that stays in any case. Raises UserError where the copy cannot be made; the
    project is not affected, and no partial copy is left behind.
    """
    day = today or date.today()
    path, number = _path(study, day, note), 1
    while note and path.exists():
        number += 1
        path = _path(study, day, f"{note} ({number})")
    draft = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _copy(raw, draft)
            os.replace(draft, path)
        finally:
            draft.unlink(missing_ok=True)
        alike = [backup for backup in list_for(study) if bool(backup.note) == bool(note)]
        for old in alike[KEPT:]:
            if old.path != path and old.path.name != keep:
                old.path.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UserError(f"The backup of this project could not be written: {reason}.") from error
    return path


def _copy(raw: sqlite3.Connection, path: Path) -> None:
    path.unlink(missing_ok=True)
    copy = sqlite3.connect(path)
    try:
        raw.backup(copy)
    finally:
        copy.close()


def _path(study: str, day: date, note: str) -> Path:
    name = f"{day.isoformat()} {note}" if note else day.isoformat()
    return folder() / study / f"{name}.coder"
