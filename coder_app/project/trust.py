"""What a file must look like before it is believed: it may come from anybody.

The form is compared with ours exactly, values are checked where nonsense would lead astray, and a
file that may not be written is not touched. What is checked grows with the file only where a single
pass of SQLite does it (0.1 s for 200,000 codings).
"""

from __future__ import annotations

import re

from sqlalchemy import Connection

from coder_app.core.codetree import runs_in_circle
from coder_app.core.errors import UserError
from coder_app.project.schema import APPLICATION_ID, metadata, node_place

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LATEST = 253_402_300_799_999  # the last millisecond of the year 9999
_SORT_KEY = "GLOB '*[^0-9A-Za-z]*'"
_NO_PLACE = (
    "place GLOB '*[^0-9-]*' OR place NOT GLOB '[0-9]*-[0-9]*' OR place GLOB '*-*-*' OR length(place) > 30"
)
_VALUES = (
    ("code", "level NOT BETWEEN 0 AND 4 OR instr(place, '|') = 0 OR length(place) > 1000"),
    ("code", f"substr(place, instr(place, '|') + 1) {_SORT_KEY}"),
    ("code", "color NOT GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'"),
    ("document", f"position {_SORT_KEY} OR length(position) > 1000 OR characters < 0"),
    ("attribute", f"position {_SORT_KEY} OR length(position) > 1000"),
    ("coding", _NO_PLACE),
    ("memo", _NO_PLACE),
    ("memo", "kind NOT IN ('project', 'document', 'passage', 'code', 'coding', 'participant')"),
    ("memo", f"created NOT BETWEEN 0 AND {_LATEST}"),
    ("speaker", "role NOT IN ('participant', 'interviewer', 'other')"),
    ("progress", "status NOT IN ('not started', 'in progress', 'finished')"),
)
"""What no action of this program writes: a row for which this holds was written by something else."""


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


def check_form(connection: Connection, name: str, ddl: list[str]) -> None:
    """Raise UserError unless the file holds exactly the tables and indexes that ``ddl`` makes."""
    rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").scalars()
    if {plain(sql) for sql in rows} != set(ddl):
        raise UserError(f"“{name}” is not built as a project of this program is. It was not opened.")


def plain(statement: str) -> str:
    """A statement with its white space made even."""
    return re.sub(r"\s+", " ", statement).strip()


def check_readable(connection: Connection, name: str) -> None:
    """Raise UserError where a newer file lacks what this version reads."""
    for table in metadata.sorted_tables:
        present = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')}
        if not {column.name for column in table.columns} <= present:
            raise UserError(f"“{name}” was made by a newer version and cannot be read by this one.")


def study_guid(connection: Connection, name: str) -> str:
    """The GUID of the study a file holds; folders of backups are named after it.

    Raises UserError where the file holds none or several, or something else for a GUID.
    """
    there = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'study'")
    rows = connection.exec_driver_sql("SELECT guid FROM study").scalars().all() if there.first() else []
    if len(rows) != 1 or not _GUID.fullmatch(str(rows[0])):
        raise UserError(f"“{name}” holds no study. It was not opened.")
    return str(rows[0])


def check_values(connection: Connection, name: str) -> None:
    """Raise UserError where a file of the right form holds values that mean nothing here."""
    wrong = any(
        connection.exec_driver_sql(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {condition})").scalar()
        for table, condition in _VALUES
    )
    if wrong or _clock_is_mad(connection) or _codes_run_in_circle(connection):
        raise UserError(f"“{name}” holds values that no project does. It was not opened.")


def _clock_is_mad(connection: Connection) -> bool:
    """Whether the history begins before 1970 or ends behind all calendars."""
    for order in ("ASC", "DESC"):
        row = connection.exec_driver_sql(
            f"SELECT wall, counter FROM step ORDER BY wall {order}, counter {order} LIMIT 1"
        ).first()
        if row is not None and not (0 <= row.wall <= _LATEST and 0 <= row.counter < 2**53):
            return True
    return False


def _codes_run_in_circle(connection: Connection) -> bool:
    rows = connection.exec_driver_sql("SELECT guid, place FROM code").all()
    return runs_in_circle({row.guid: node_place(row.place)[0] for row in rows})
