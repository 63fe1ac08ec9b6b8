"""Steps and changes as another copy of the project holds them: read, and taken for nothing before that."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from coder_app.core.errors import UserError
from coder_app.project.history import TABLES, driver

DAMAGED = "The history of this copy is damaged. Nothing was changed."

Values = dict[str, Any]

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
    """All steps by GUID."""
    rows = driver(connection).execute("SELECT id, guid, wall, counter, coder, name, undoes FROM step")
    return {row[1]: Step(*row) for row in rows}


def changes(connection: Connection, ids: Collection[int]) -> Iterator[Change]:
    """The changes of these steps (ids) in the order in which they were written.

    Raises UserError unless they are such as actions of this program write.
    """
    rows = driver(connection).execute(
        'SELECT step, number, tbl, "row", before, after FROM change'
        " WHERE step IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(sorted(ids)),),
    )
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
