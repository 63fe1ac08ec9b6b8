"""From a path to a connection that can be trusted: locked, checked, brought to this version, or refused."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from coder_app.core.errors import UserError
from coder_app.project import backups, migrations, opening, schema, team, trust
from coder_app.project.history import driver
from coder_app.project.lock import ProjectLock


@dataclass(frozen=True, slots=True)
class Admitted:
    """An open file. ``reason`` says why it is for reading only; empty: it may be written."""

    connection: Connection
    study: str
    """GUID of the study it holds."""
    reason: str
    lock: ProjectLock


def admit(path: Path, *, read_only: bool) -> Admitted:
    """Open a project file.

    Raises OpenElsewhere where another window has it open, UserError where it is not a project or is
    damaged; then nothing is left open.
    """
    try:
        return _admit(path, read_only)
    except trust.Damaged as error:
        if not team.is_published(path):
            raise
        raise trust.Damaged(
            f"“{path.name}” is not whole: it may still be on its way. Try again in a moment."
        ) from error


def _admit(path: Path, read_only: bool) -> Admitted:
    opening.check_there(path)
    lock = ProjectLock(path)
    reason = _reason_to_only_read(path, read_only, lock)
    connection: Connection | None = None
    try:
        with opening.understood(path):
            connection = _connected(path, bool(reason))
            version = trust.version_of(connection, path.name)
            _check_end(connection, path)
            if reason and version < schema.VERSION:
                connection = opening.copied_to_memory(connection, path.name)
            newer = _checked(connection, path, in_memory=bool(reason))
            if newer:
                opening.forbid_writing(connection)
                lock.release()
                reason = "This file was made by a newer version, so it was opened for reading only."
            if not reason:
                opening.prepare_writing(connection, path)
            return Admitted(connection, trust.study_guid(connection, path.name), reason, lock)
    except BaseException:
        if connection is not None:
            opening.close(connection)
        lock.release()
        raise


def admit_image(image: bytes, name: str) -> Connection:
    """Open what was read of a file in memory, checked from end to end and brought to this version.

    Raises UserError as `admit` does.
    """
    connection = opening.connect_memory(image, name)
    try:
        _check_pages(connection, name)
        _checked(connection, Path(name), in_memory=True)
    except BaseException:
        opening.close(connection)
        raise
    return connection


def _connected(path: Path, only_read: bool) -> Connection:
    """Open the file; a published copy in memory, so that its owner and a sync service find it free."""
    if team.is_published(path):
        try:
            connection = opening.connect_memory(path.read_bytes(), path.name)
        except OSError as error:
            raise UserError(f"“{path.name}” cannot be read just now: {error.strerror or error}.") from error
        _check_pages(connection, path.name)
        opening.forbid_writing(connection)
        return connection
    return opening.connect(path, read_only=only_read)


def _check_end(connection: Connection, path: Path) -> None:
    """Raise Damaged where a file has its full length, but nothing at its end: it is still on its way.

    A page that is free may be empty, so then the whole file is gone through.
    """
    size = int(connection.exec_driver_sql("PRAGMA page_size").scalar() or 0)
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - size))
        is_empty = not file.read().strip(b"\0")
    if is_empty:
        _check_pages(connection, path.name)


def _check_pages(connection: Connection, name: str) -> None:
    """Raise Damaged where SQLite itself finds the file damaged: all of it is read."""
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise trust.Damaged(f"“{name}” is damaged. {trust.TRY_BACKUPS}")


def _reason_to_only_read(path: Path, read_only: bool, lock: ProjectLock) -> str:
    """Why the file is opened for reading only; where there is no reason, it is locked."""
    if backups.holds(path):
        return "This is a backup, so it was opened for reading only: work in a copy of it."
    if team.is_published(path):
        return "This is a copy that was published for the team, so it was opened for reading only."
    if read_only:
        return "This project was opened for reading only."
    if not os.access(path, os.W_OK):
        return "This file cannot be written, so it was opened for reading only."
    try:
        lock.acquire()
    except OSError:
        return "The folder of this file cannot be written, so it was opened for reading only."
    return ""


def _checked(connection: Connection, path: Path, *, in_memory: bool) -> bool:
    """Check the file, after bringing it to this version; tells whether a newer version made it."""
    version = trust.version_of(connection, path.name)
    trust.check_passive(connection, path.name)
    if version < schema.VERSION:
        try:
            trust.check_values(connection, path.name)
            _migrate(connection, path, version, in_memory)
        except DBAPIError as error:  # tables that no version had
            raise trust.not_built_so(path.name) from error
    if version > schema.VERSION:
        trust.check_readable(connection, path.name)
    else:
        trust.check_form(connection, path.name, opening.ddl())
    if version >= schema.VERSION:
        trust.check_values(connection, path.name)
    return version > schema.VERSION


def _migrate(connection: Connection, path: Path, version: int, in_memory: bool) -> None:
    """Bring the file to this version, after a backup; opened for reading only, the copy in memory."""
    if not in_memory:
        study = trust.study_guid(connection, path.name)
        backups.write(driver(connection), study, note=f"before version {schema.VERSION}")
    migrations.migrate(connection, path, version)
    if in_memory:
        opening.forbid_writing(connection)
