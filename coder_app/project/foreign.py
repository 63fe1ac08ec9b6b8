"""Steps and changes as another copy of the project holds them: read, and taken for nothing before that."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from coder_app.core.errors import UserError
from coder_app.project.history import TABLES, driver
from coder_app.project.values import LONGEST_NAME

DAMAGED = "The history of this copy is damaged. Nothing was changed."

Values = dict[str, Any]

LONGEST_GUID = 36
_LATEST = 32_503_680_000_000  # the year 3000: whoever brings this in must be able to go on after it
_MOST_IN_A_MOMENT = 2**40
_LARGEST = 2**63 - 1  # what SQLite can hold


@dataclass(frozen=True, slots=True)
class Step:
    """A row of ``step``."""

    id: int
    guid: str
    wall: int
    counter: int
    coder: str
    name: str
    undoes: str | None

    @property
    def is_blind(self) -> bool:
        """Whether a copy for independent coding left out who did what."""
        return not self.name


@dataclass(frozen=True, slots=True)
class Change:
    """A row of ``change`` and what it means; ``before`` is None where the row was made."""

    step: int
    number: int
    table: str
    row: str
    before: str | None
    after: str
    old: Values
    new: Values


def steps(connection: Connection) -> dict[str, Step]:
    """All steps by GUID. Raises UserError where one is none that this program writes."""
    query = "SELECT id, guid, wall, counter, coder, name, undoes FROM step"
    try:
        rows = driver(connection).execute(query).fetchall()
    except sqlite3.DatabaseError as error:  # a text that is no UTF-8
        raise UserError(DAMAGED) from error
    found = {row[1]: Step(*row) for row in rows}
    for one in found.values():
        texts = one.guid, one.coder, one.name, one.undoes or ""
        if len(one.name) > LONGEST_NAME or any(len(text) > LONGEST_GUID for text in (one.guid, one.coder)):
            raise UserError(DAMAGED)
        if "\0" in "".join(texts) or one.wall > _LATEST or one.counter > _MOST_IN_A_MOMENT:
            raise UserError(DAMAGED)
    return found


def changes(connection: Connection, ids: Collection[int]) -> Iterator[Change]:
    """The changes of these steps (ids) in the order in which they were written.

    Raises UserError unless they are such as actions of this program write.
    """
    query = (
        'SELECT step, number, tbl, "row", before, after FROM change'
        " WHERE step IN (SELECT value FROM json_each(?)) ORDER BY id"
    )
    try:
        rows = driver(connection).execute(query, (json.dumps(sorted(ids)),)).fetchall()
    except sqlite3.DatabaseError as error:
        raise UserError(DAMAGED) from error
    for step_id, number, table, row, before, after in rows:
        kinds = _KINDS.get(table)
        if kinds is None:
            raise UserError(DAMAGED)
        old = {} if before is None else _values(before, kinds)
        yield Change(step_id, number, table, row, before, after, old, _values(after, kinds))


def _values(text: str, kinds: dict[str, type]) -> Values:
    """The fields that a record holds."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(DAMAGED) from error
    if not isinstance(values, dict):
        raise UserError(DAMAGED)
    for name, value in values.items():
        if value is None:
            continue
        if type(value) is not kinds.get(name) or (type(value) is int and abs(value) > _LARGEST):
            raise UserError(DAMAGED)
    return values


_KINDS: dict[str, dict[str, type]] = {
    name: {column.name: column.type.python_type for column in table.columns if column.name != "guid"}
    for name, table in TABLES.items()
}
"""Table -> field -> what kind of value it holds."""
