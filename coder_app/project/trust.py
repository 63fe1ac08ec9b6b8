"""What a file must look like before it is believed: it may come from anybody.

The form is compared with ours exactly, the values are gone through (see values.py), and a file that
may not be written is not touched.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from sqlalchemy import Connection

from coder_app.core.errors import UserError
from coder_app.project.schema import APPLICATION_ID, VERSION, metadata
from coder_app.project.values import damage_in

TRY_BACKUPS = "Open one of its backups instead."


class Damaged(UserError):
    """The file is a project, but not whole; a backup of it may be."""


_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def version_of(connection: Connection, name: str) -> int:
    """The file's version.

    Raises UserError where it is not a project of this program.
    """
    if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        raise UserError(f"“{name}” is not a project of this program.")
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)


def check_passive(connection: Connection, name: str) -> None:
    """Raise UserError where the file holds anything that acts by itself."""
    kinds = {row[0] for row in connection.exec_driver_sql("SELECT type FROM sqlite_master")}
    if kinds - {"table", "index"}:
        raise UserError(f"“{name}” holds triggers or views, which no project does. It was not opened.")


def check_form(connection: Connection, name: str, ddl: Collection[str]) -> None:
    """Raise UserError unless the file holds exactly the tables and indexes that ``ddl`` makes."""
    rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").scalars()
    if {plain(sql) for sql in rows} != set(ddl):
        raise not_built_so(name)


def not_built_so(name: str) -> UserError:
    return UserError(f"“{name}” is not built as a project of this program is. It was not opened.")


def plain(statement: str) -> str:
    """A statement with its white space made even."""
    return re.sub(r"\s+", " ", statement).strip()


def check_readable(connection: Connection, name: str) -> None:
    """Raise UserError where a newer file lacks what this version reads."""
    for table in metadata.sorted_tables:
        present = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')}
        if not {column.name for column in table.columns} <= present:
            raise UserError(f"“{name}” was made by a newer version and cannot be read by this one.")


def is_guid(value: object) -> bool:
    """Whether it is a GUID as this program writes them."""
    return isinstance(value, str) and _GUID.fullmatch(value) is not None


def study_guid(connection: Connection, name: str) -> str:
    """The GUID of the study a file holds; folders of backups are named after it.

    Raises UserError where the file holds none or several, or something else for a GUID.
    """
    there = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'study'")
    rows = connection.exec_driver_sql("SELECT guid FROM study").scalars().all() if there.first() else []
    if len(rows) != 1 or not is_guid(rows[0]):
        raise UserError(f"“{name}” holds no study. It was not opened.")
    return str(rows[0])


def check_values(connection: Connection, name: str) -> None:
    """Raise UserError where a file of the right form holds values that mean nothing here."""
    damage = damage_in(connection)
    if damage is None:
        return
    if connection.exec_driver_sql("PRAGMA user_version").scalar() > VERSION:  # type: ignore[operator]
        raise UserError(f"“{name}” was made by a newer version and cannot be read by this one.")
    raise Damaged(f"“{name}” is damaged: {damage}. {TRY_BACKUPS}")
