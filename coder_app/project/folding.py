"""The state as a function of the history.

Per row and field the latest change stands, in the order of the hybrid logical clock (wall time,
counter, GUID of the step, place within the step). A move of a code that would close a circle with the
moves before it is skipped, on every machine the same one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from coder_app.core.codetree import closes_circle
from coder_app.project.history import driver
from coder_app.project.schema import RECORDED, is_flag, node_place

Fields = dict[str, str | int | None]

State = dict[tuple[str, str], Fields]
"""(table, GUID) -> fields."""


@dataclass(slots=True)
class Written:
    """One change that has effect: what it sets, in the order of the clock."""

    step: int
    number: int
    table: str
    row: str
    creates: bool
    fields: Fields


@dataclass(frozen=True, slots=True)
class Circle:
    """A move of a code (GUID) below ``parent``, skipped because it would close a circle."""

    step: int
    """Id of the step that moved it."""
    code: str
    parent: str | None


Rows = Mapping[str, Collection[str]]
"""Table -> GUIDs of its rows."""


def effective(
    connection: Connection, rows: Rows | None = None, circles: list[Circle] | None = None
) -> Iterator[Written]:
    """Every change with effect, in the order of the clock; of some rows or all.

    Where a code is among ``rows``, all codes must be, since moves meet in the tree. Moves that are
    skipped are noted in ``circles``. Raises ValueError where the history holds something no action of
    this program writes.
    """
    which = "" if rows is None else "WHERE change.row IN (SELECT value FROM json_each(?))"
    query = (
        "SELECT change.step, change.number, change.tbl, change.row, change.before IS NULL, change.after"
        f" FROM change JOIN step ON step.id = change.step {which}"
        " ORDER BY step.wall, step.counter, step.guid, change.number"
    )
    wanted = () if rows is None else (json.dumps(list({guid for own in rows.values() for guid in own})),)
    parents: dict[str, str | None] = {}
    # SQLite's own cursor: hundreds of thousands of rows go through here
    for step_id, number, table, guid, creates, after in driver(connection).execute(query, wanted):
        if rows is not None and guid not in rows.get(table, ()):
            continue  # another table's row of the same GUID
        values = json.loads(after)
        if table not in _FRESH or not isinstance(values, dict) or not values.keys() <= _COLUMNS[table]:
            raise ValueError(f"unknown fields of “{table}” in the history")
        if table == "code" and "place" in values:
            parent = node_place(str(values["place"]))[0]
            if closes_circle(parents, guid, parent):
                del values["place"]
                if circles is not None:
                    circles.append(Circle(step_id, guid, parent))
            else:
                parents[guid] = parent
        yield Written(step_id, number, table, guid, bool(creates), values)


def folded(connection: Connection, rows: Rows | None = None, circles: list[Circle] | None = None) -> State:
    """The state as the history alone gives it. Parameters and errors: see `effective`."""
    return fold(effective(connection, rows, circles))


def fold(changes: Iterable[Written]) -> State:
    """The state that changes in the order of the clock make.

    Raises ValueError where one is of a row that none of them made.
    """
    state: State = {}
    for written in changes:
        key = written.table, written.row
        row = state.get(key)
        if row is None:
            if not written.creates:
                raise ValueError(f"a change of a row of “{written.table}” that was never created")
            row = state[key] = dict(_FRESH[written.table])
        if written.creates:
            row["gone"] = 0  # a row of a derived GUID may be made twice, on two laptops
        row.update(written.fields)
    return state


_FRESH: dict[str, Fields] = {
    table.name: {
        column.name: None if column.nullable else 0 if is_flag(column) else ""
        for column in table.columns
        if column.name not in ("guid", "gone")
    }
    for table in RECORDED
}
"""Table -> a row about which nothing was said yet: NULL and 0 for a flag are not recorded."""

_COLUMNS = {name: fields.keys() | {"gone"} for name, fields in _FRESH.items()}


def stored(connection: Connection, rows: Rows | None = None) -> State:
    """The state as it stands in the recorded tables, rows that are gone included; of some rows or all."""
    state: State = {}
    for table in RECORDED:
        if rows is not None and not rows.get(table.name):
            continue
        which = "" if rows is None else " WHERE guid IN (SELECT value FROM json_each(?))"
        wanted = () if rows is None else (json.dumps(list(rows[table.name])),)
        names = [column.name for column in table.columns if column.name != "guid"]
        columns = ", ".join(f'"{name}"' for name in names)
        query = f'SELECT guid, {columns} FROM "{table.name}"{which}'
        for guid, *values in driver(connection).execute(query, wanted):
            state[table.name, guid] = dict(zip(names, values, strict=True))
    return state
