"""The connection to a project file: made, checked, and never trusted before it is checked."""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.pool import StaticPool
from sqlalchemy.schema import CreateIndex, CreateTable

from coder_app.core.errors import UserError
from coder_app.project.schema import APPLICATION_ID, VERSION, metadata

# Words of SQLite's messages -> what to tell a person; {name} is the file's.
_MEANINGS = {
    "not a database": "“{name}” is not a project of this program.",
    "encrypted": "“{name}” is not a project of this program.",
    "malformed": "“{name}” is damaged. Open one of its backups instead.",
    "disk image": "“{name}” is damaged. Open one of its backups instead.",
    "disk is full": "The disk is full. Nothing was changed.",
    "readonly": "“{name}” cannot be written here. Nothing was changed.",
    "read-only": "“{name}” cannot be written here. Nothing was changed.",
    "unable to open": "“{name}” cannot be opened or written in this folder.",
    "locked": "“{name}” is being written by another program. Try again in a moment.",
    "disk i/o": "The disk reports an error with “{name}”. Nothing was changed.",
}


@contextmanager
def understood(path: Path | None) -> Iterator[None]:
    """Turn SQLite's complaints about a file into a UserError; others are bugs and pass."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except (sqlite3.DatabaseError, DBAPIError) as error:
        words = str(error).lower()
        name = path.name if path else "The project"
        for mark, sentence in _MEANINGS.items():
            if mark in words:
                raise UserError(sentence.format(name=name)) from error
        raise


def connect(path: Path, *, read_only: bool) -> Connection:
    """Open a file with SQLite; nothing in it is looked at yet."""
    mode = "ro" if read_only else "rw"
    raw = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    return _wrapped(raw)


def connect_memory(image: bytes) -> Connection:
    """Open a snapshot (see Project.snapshot)."""
    raw = sqlite3.connect(":memory:", isolation_level=None)
    raw.deserialize(image)
    return _wrapped(raw)


def _wrapped(raw: sqlite3.Connection) -> Connection:
    """SQLAlchemy over one connection; transactions are begun and ended by Project.step alone."""
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.execute("PRAGMA cell_size_check = ON")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute("PRAGMA recursive_triggers = ON")
    raw.execute("PRAGMA cache_spill = OFF")
    engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")


def prepare_writing(connection: Connection, path: Path) -> None:
    """The promises of the file: rollback journal that goes with the action, full sync.

    A process killed before its first page was written leaves a journal that SQLite need not roll
    back and so lets lie; an empty write takes it away.
    """
    connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    connection.exec_driver_sql("PRAGMA synchronous = FULL")
    if path.with_name(path.name + "-journal").exists():
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def create_file(path: Path) -> None:
    """Make an empty project file.

    It is made under another name and put in place whole, so that a crash leaves no half file.
    Raises UserError where the name is taken or the folder cannot be written.
    """
    if path.exists():
        raise UserError(f"There is already a file named “{path.name}” in this folder.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".new-", suffix=".coder", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise UserError(f"No project can be made in “{path.parent}”: {error.strerror}.") from error
    draft = Path(name)
    try:
        with understood(path):
            raw = sqlite3.connect(draft, isolation_level=None)
            try:
                raw.execute("BEGIN IMMEDIATE")
                for statement in ddl():
                    raw.execute(statement)
                raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                raw.execute(f"PRAGMA user_version = {VERSION}")
                raw.execute("COMMIT")
            finally:
                raw.close()
        os.replace(draft, path)
    except OSError as error:
        raise UserError(f"“{path.name}” cannot be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)


def ddl() -> list[str]:
    """The statements that make the tables and indexes of this version."""
    dialect = sqlite_dialect.dialect()
    statements = [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return [_plain(statement) for statement in statements]


def _plain(statement: str) -> str:
    return re.sub(r"\s+", " ", statement).strip()


def version_of(connection: Connection, name: str) -> int:
    """The file's version.

    Raises UserError where it is not a project of this program.
    """
    if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION_ID:
        raise UserError(f"“{name}” is not a project of this program.")
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)


def check_schema(connection: Connection, name: str) -> None:
    """Raise UserError unless the file holds exactly our tables and indexes, and nothing that acts."""
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
    kinds = {row[0] for row in rows}
    if kinds - {"table", "index"}:
        raise UserError(f"“{name}” holds triggers or views, which no project does. It was not opened.")
    found = {_plain(row[2]) for row in rows if row[2] is not None}
    if found != set(ddl()):
        raise UserError(f"“{name}” is not built as a project of this program is. It was not opened.")


_VALUES = (
    ("code", "level NOT BETWEEN 0 AND 4 OR instr(place, '|') = 0"),
    ("code", "color NOT GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'"),
    ("coding", "place GLOB '*[^0-9-]*' OR place NOT GLOB '[0-9]*-[0-9]*' OR place GLOB '*-*-*'"),
    ("memo", "place GLOB '*[^0-9-]*' OR place NOT GLOB '[0-9]*-[0-9]*' OR place GLOB '*-*-*'"),
    ("memo", "kind NOT IN ('project', 'document', 'passage', 'code', 'coding', 'participant')"),
    ("speaker", "role NOT IN ('participant', 'interviewer', 'other')"),
    ("progress", "status NOT IN ('not started', 'in progress', 'finished')"),
)
"""What no action of this program writes: a row for which this holds was written by something else."""


def check_values(connection: Connection, name: str) -> None:
    """Raise UserError where a file of the right form holds values that mean nothing here."""
    for table, wrong in _VALUES:
        if connection.exec_driver_sql(f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {wrong})").scalar():
            raise UserError(f"“{name}” holds values that no project does. It was not opened.")


def check_newer(connection: Connection, name: str) -> None:
    """Raise UserError where a newer file lacks what this version reads."""
    kinds = {row[0] for row in connection.exec_driver_sql("SELECT type FROM sqlite_master")}
    if kinds - {"table", "index"}:
        raise UserError(f"“{name}” holds triggers or views, which no project does. It was not opened.")
    for table in metadata.sorted_tables:
        present = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')}
        if not {column.name for column in table.columns} <= present:
            raise UserError(f"“{name}” was made by a newer version and cannot be read by this one.")
