"""The connection to a project file, and new files."""

from __future__ import annotations

import os
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, ExceptionContext, create_engine, event
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateIndex, CreateTable

from coder_app.core.errors import UserError
from coder_app.project.schema import APPLICATION_ID, VERSION, metadata
from coder_app.project.trust import TRY_BACKUPS, Damaged, plain

# Words of SQLite's messages -> what to tell a person; {file} is the file's name.
_MEANINGS = {
    "not a database": "{file} is not a project of this program.",
    "encrypted": "{file} is not a project of this program.",
    "disk is full": "The disk is full. Nothing was changed.",
    "readonly": "{file} cannot be written here. Nothing was changed.",
    "read-only": "{file} cannot be written here. Nothing was changed.",
    "unable to open": "{file} cannot be opened or written in this folder.",
    "locked": "{file} is being written by another program. Try again in a moment.",
    "too big": "This is too long to be kept in a project. Nothing was changed.",
    "disk i/o": "The disk reports an error with {file}. Nothing was changed.",
}
_DAMAGE = ("malformed", "disk image", "could not decode")


def explained(error: BaseException, name: str | None) -> UserError | None:
    """What SQLite's complaint means to a person; None where it is a bug.

    ``name`` is the file's, None for a snapshot.
    """
    words = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    file = f"“{name}”" if name else "This project"
    if any(mark in words for mark in _DAMAGE):
        return Damaged(f"{file} is damaged. {TRY_BACKUPS}")
    sentence = next((sentence for mark, sentence in _MEANINGS.items() if mark in words), None)
    return None if sentence is None else UserError(sentence.format(file=file))


@contextmanager
def understood(path: Path | None) -> Iterator[None]:
    """Turn complaints of SQLite's own calls about a file into a UserError; others are bugs and pass.

    What goes through SQLAlchemy is understood everywhere (see ``_wrapped``).
    """
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        problem = explained(error, path.name if path else None)
        if problem is None:
            raise
        raise problem from error


def check_there(path: Path) -> None:
    """Raise UserError where there is no file, or its folder cannot be looked into."""
    try:
        there = path.is_file()
    except OSError as error:
        raise UserError(f"“{path.name}” cannot be opened: {_reason(error)}.") from error
    if not there:
        raise UserError(f"There is no project “{path.name or path}” in this folder.")


def connect(path: Path, *, read_only: bool) -> Connection:
    """Open a file with SQLite; nothing in it is looked at yet.

    For reading, too, it is opened for writing where that is allowed: only so can SQLite take back
    what a program that crashed left half done.
    """
    mode = "rw" if os.access(path, os.W_OK) else "ro"
    raw = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    connection = _wrapped(raw, path.name)
    if read_only:
        forbid_writing(connection)
    return connection


def forbid_writing(connection: Connection) -> None:
    """From now on nothing can be written through this connection."""
    connection.exec_driver_sql("PRAGMA query_only = ON")


def image_of(raw: sqlite3.Connection) -> bytes:
    """The whole file as it stands, to be opened in memory."""
    return _without_log(raw.serialize())


def _without_log(image: bytes) -> bytes:
    """What is in memory has no log beside it: a file that somebody put into that mode (WAL) is marked
    as an ordinary one (bytes 18 and 19, https://www.sqlite.org/fileformat.html)."""
    return image if image[18:20] != b"\2\2" else image[:18] + b"\1\1" + image[20:]


def connect_memory(image: bytes, name: str | None = None) -> Connection:
    """Open a whole file in memory; ``name`` is that of the file it came from."""
    raw = sqlite3.connect(":memory:", isolation_level=None)
    raw.deserialize(_without_log(image))
    return _wrapped(raw, name)


def copied_to_memory(connection: Connection, name: str) -> Connection:
    """The same file in memory, to be changed there; the one on disk is closed."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    image = image_of(raw)
    close(connection)
    return connect_memory(image, name)


def close(connection: Connection) -> None:
    """Close the connection and the file; once is enough, twice does no harm."""
    connection.close()


class _Handed(threading.local):
    """The SQLite connection that SQLAlchemy is given next, in this thread."""

    raw: sqlite3.Connection


_handed = _Handed()
_engine = create_engine("sqlite://", creator=lambda: _handed.raw, poolclass=NullPool, query_cache_size=1000)
"""One for all files: what SQLAlchemy has made of a question once serves every project and snapshot."""


@event.listens_for(_engine, "handle_error")
def _explain(context: ExceptionContext) -> None:
    context.is_disconnect = False  # also after Ctrl+C: there is no other connection to go on with
    name = context.connection.get_execution_options()["file"] if context.connection is not None else None
    problem = explained(context.original_exception, name)
    if problem is not None:
        raise problem from context.original_exception


def _wrapped(raw: sqlite3.Connection, name: str | None) -> Connection:
    """SQLAlchemy over one connection; transactions are begun and ended by Project.step alone.

    SQLite's complaints about the file, whenever they come, are raised as UserError.
    """
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.execute("PRAGMA cell_size_check = ON")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute("PRAGMA recursive_triggers = ON")
    raw.execute("PRAGMA cache_spill = OFF")
    _handed.raw = raw
    try:
        return _engine.connect().execution_options(isolation_level="AUTOCOMMIT", file=name)
    finally:
        del _handed.raw


def prepare_writing(connection: Connection, path: Path) -> None:
    """The promises of the file: rollback journal that goes with the action, full sync.

    A process killed before its first page was written leaves a journal that SQLite need not roll
    back and so lets lie; an empty write takes it away.
    """
    connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    connection.exec_driver_sql("PRAGMA synchronous = FULL")
    real = path.resolve()
    if real.with_name(real.name + "-journal").exists():
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


@contextmanager
def draft_of(path: Path) -> Iterator[Connection]:
    """An empty project to be filled, put in place whole when the block ends.

    It is made under another name beside ``path``, so that a crash leaves no half project and nothing
    is ever overwritten. Raises UserError where the name is taken or the folder cannot be written.
    """
    try:
        if path.exists():
            raise _taken(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".new-{uuid.uuid4().hex[:12]}.coder")
        draft.touch(exist_ok=False)  # as others may read it as they may read any new file of the user
    except (OSError, ValueError) as error:
        raise UserError(f"No project can be made in “{path.parent}”: {_reason(error)}.") from error
    try:
        connection = connect(draft, read_only=False)
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            for statement in ddl():
                connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")
            connection.exec_driver_sql("COMMIT")
            yield connection
        finally:
            close(connection)
        _put_in_place(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _put_in_place(draft: Path, path: Path) -> None:
    """Give a file its name; unlike a renaming, a link never replaces what is there."""
    try:
        try:
            os.link(draft, path)
        except FileExistsError:
            raise _taken(path) from None
        except OSError:  # a file system without links
            os.replace(draft, path)
    except (OSError, ValueError) as error:
        raise UserError(f"“{path.name}” cannot be written: {_reason(error)}.") from error


def _taken(path: Path) -> UserError:
    return UserError(f"There is already a file named “{path.name}” in this folder.")


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


@cache
def ddl() -> tuple[str, ...]:
    """The statements that make the tables and indexes of this version."""
    dialect = sqlite_dialect.dialect()
    statements = [str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables]
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [str(CreateIndex(index).compile(dialect=dialect)) for index in indexes]
    return tuple(plain(statement) for statement in statements)
