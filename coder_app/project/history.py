"""One history for undo, the audit trail and merging.

TEMP triggers write every insert and update of a recorded table into ``change``, under the step that
is running; a write outside a step fails, and so does removing a row. Triggers rather than one
recording function, because no action can then forget it; measured at 0.02 ms a row.

The state is a pure function of the history: per row and field the latest change stands, in the
order of a hybrid logical clock (wall time, counter, GUID of the step; Kulkarni et al. 2014), and a
code's move that would close a circle is skipped (Kleppmann et al. 2021); see folding.py.
"""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, LargeBinary, Table, cast, func, select

from coder_app.project import schema
from coder_app.project.schema import RECORDED, change, is_flag, node_place, step, undo_entry

Touched = dict[str, set[str]]
"""Table -> GUIDs of the rows that a step wrote."""

TABLES: dict[str, Table] = {table.name: table for table in RECORDED}


def now_ms() -> int:
    """Wall time in milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or redo did: the name of the step and, in words, what it left as it was."""

    name: str
    left_alone: tuple[str, ...]


def install_recording(connection: Connection) -> None:
    """Make this connection record: to be called once, before anything is written through it."""
    connection.exec_driver_sql("CREATE TEMP TABLE running_step (id INTEGER NOT NULL, first INTEGER NOT NULL)")
    _record(connection)


def _record(connection: Connection) -> None:
    database = driver(connection)  # more than a hundred statements
    for table in RECORDED:
        for statement in _triggers(table):
            database.execute(statement)


def _triggers(table: Table) -> Iterator[str]:
    name = table.name
    insert = (
        "INSERT INTO change (step, number, tbl, row, before, after) VALUES ((SELECT id FROM running_step),"
        f" coalesce((SELECT max(id) FROM change), 0) - (SELECT first FROM running_step), '{name}', NEW.guid,"
    )
    fields = [column.name for column in table.columns if column.name not in ("guid", "gone")]
    flags = {column.name for column in table.columns if is_flag(column)}  # recorded where they are set
    values = {field: f'nullif(NEW."{field}", 0)' if field in flags else f'NEW."{field}"' for field in fields}
    created = ", ".join(f"'{field}', {value}" for field, value in values.items())
    yield (
        f"CREATE TEMP TRIGGER record_{name}_insert AFTER INSERT ON main.{name} BEGIN"
        f" SELECT RAISE(ABORT, 'rows are created standing') WHERE NEW.gone <> 0;"
        f" {insert} NULL, json_patch('{{}}', json_object({created}))); END"
    )
    for field in ["gone", *fields]:
        yield (
            f'CREATE TEMP TRIGGER record_{name}_{field} AFTER UPDATE OF "{field}" ON main.{name}'
            f' WHEN OLD."{field}" IS NOT NEW."{field}" BEGIN'
            f" {insert} json_object('{field}', OLD.\"{field}\"),"
            f" json_object('{field}', NEW.\"{field}\")); END"
        )
    yield (
        f"CREATE TEMP TRIGGER keep_{name} BEFORE DELETE ON main.{name} BEGIN"
        f" SELECT RAISE(ABORT, 'rows are never removed'); END"
    )
    yield (
        f"CREATE TEMP TRIGGER keep_{name}_guid BEFORE UPDATE OF guid ON main.{name} BEGIN"
        f" SELECT RAISE(ABORT, 'a GUID never changes'); END"
    )


class History:
    """The steps of one open project. Transactions are the project's; this class writes inside them."""

    def __init__(self, connection: Connection, now: Callable[[], int] = now_ms) -> None:
        self._connection = connection
        self._now = now
        self._wall = self._counter = 0
        self.read_clock()

    def read_clock(self) -> None:
        """Whatever comes next is later than every step that the file holds."""
        latest = self._connection.execute(
            select(step.c.wall, step.c.counter).order_by(step.c.wall.desc(), step.c.counter.desc()).limit(1)
        ).first()
        if latest is not None:
            self._wall, self._counter = latest.wall, latest.counter

    def begin(self, name: str, coder: str, undoes: str | None = None) -> int:
        """Start a step and return its id; everything written from now on belongs to it."""
        wall = max(self._now(), self._wall)
        counter = self._counter + 1 if wall == self._wall else 0
        values = {
            "guid": str(uuid.uuid4()),
            "wall": wall,
            "counter": counter,
            "coder": coder,
            "name": name,
            "undoes": undoes,
        }
        result = self._connection.execute(step.insert(), values)
        step_id = int(result.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row has a key
        self._connection.exec_driver_sql("DELETE FROM running_step")
        self._connection.exec_driver_sql(
            "INSERT INTO running_step SELECT ?, coalesce(max(id), 0) FROM change", (step_id,)
        )
        self._wall, self._counter = wall, counter
        return step_id

    def end(self) -> None:
        """No step runs any more; writing fails until the next begins."""
        self._connection.exec_driver_sql("DELETE FROM running_step")

    def touched(self, step_id: int) -> Touched:
        rows = self._connection.execute(
            select(change.c.tbl, change.c.row).where(change.c.step == step_id).distinct()
        )
        found: Touched = {}
        for table, guid in rows:
            found.setdefault(table, set()).add(guid)
        return found

    # Undo and redo: the list of this copy, newest last.

    def remember(self, step_id: int, coder: str) -> None:
        """Put a step on the coder's undo list; what was undone before can no longer be redone."""
        self._connection.execute(undo_entry.delete().where(_undone(coder)))
        self._connection.execute(undo_entry.insert(), {"coder": coder, "step": step_id})

    def next_undo(self, coder: str) -> tuple[int, str] | None:
        """Entry and step name of what undo would take back."""
        mine = undo_entry.c.coder == coder
        return self._next(mine & undo_entry.c.undone.is_(None), undo_entry.c.id.desc())

    def next_redo(self, coder: str) -> tuple[int, str] | None:
        """Entry and step name of what redo would do again."""
        return self._next(_undone(coder), undo_entry.c.id)

    def _next(
        self, which: ColumnElement[bool], order: ColumnElement[int] | Column[int]
    ) -> tuple[int, str] | None:
        # entries first, then the name: joined, SQLite begins with 200,000 steps
        query = select(undo_entry.c.id, undo_entry.c.step).where(which).order_by(order).limit(1)
        row = self._connection.execute(query).first()
        if row is None:
            return None
        name = self._connection.scalar(select(cast(step.c.name, LargeBinary)).where(step.c.id == row.step))
        return row.id, _plain_name((name or b"").decode(errors="replace"))  # nobody looked through it

    def step_of_entry(self, entry: int) -> tuple[int, int | None]:
        """The step that did it and the step that took it back."""
        row = self._connection.execute(
            select(undo_entry.c.step, undo_entry.c.undone).where(undo_entry.c.id == entry)
        ).one()
        return row.step, row.undone

    def guid_of(self, step_id: int) -> str:
        return str(self._connection.scalar(select(step.c.guid).where(step.c.id == step_id)))

    def mark_undone(self, entry: int, by: int) -> None:
        self._connection.execute(undo_entry.update().where(undo_entry.c.id == entry).values(undone=by))

    def mark_redone(self, entry: int, by: int) -> None:
        self._connection.execute(
            undo_entry.update().where(undo_entry.c.id == entry).values(step=by, undone=None)
        )

    def hand_over(self, coder: str, other: str) -> None:
        """What the one could undo is the other's to undo."""
        self._connection.execute(undo_entry.update().where(undo_entry.c.coder == coder).values(coder=other))

    # Reading

    def steps(self) -> int:
        return int(self._connection.scalar(select(func.count()).select_from(step)) or 0)


def _undone(coder: str) -> ColumnElement[bool]:
    """The entries of a coder that could be redone.

    They stand behind all that are done, so the search starts there and not 100,000 actions back.
    """
    mine = undo_entry.c.coder == coder
    done = select(undo_entry.c.id).where(mine, undo_entry.c.undone.is_(None))
    last_done = done.order_by(undo_entry.c.id.desc()).limit(1).scalar_subquery()
    return mine & (undo_entry.c.id > func.coalesce(last_done, 0)) & undo_entry.c.undone.is_not(None)


def _plain_name(name: str) -> str:
    """The name of the action itself: “Redo Rename code” did “Rename code”."""
    while name.startswith("Redo "):
        name = name.removeprefix("Redo ")
    return name


def stored_parents(connection: Connection) -> dict[str, str | None]:
    """The parent of every node of the codebook as it stands, whether it shows or not."""
    rows = connection.execute(select(schema.code.c.guid, schema.code.c.place))
    return {row.guid: node_place(row.place)[0] for row in rows}


@contextmanager
def unrecorded(connection: Connection) -> Iterator[None]:
    """For bringing in changes that are recorded already: within a transaction, nothing is recorded."""
    database = driver(connection)
    triggers = database.execute("SELECT name FROM sqlite_temp_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        database.execute(f'DROP TRIGGER temp."{name}"')
    yield
    _record(connection)


def driver(connection: Connection) -> sqlite3.Connection:
    """The SQLite connection below SQLAlchemy's, for backup and snapshots."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("not an SQLite connection")
    return raw
