"""The union of two copies' histories, and the state folded from it.

Steps are the same where their GUIDs are, and a step's changes where their numbers are. A copy for
independent coding holds less of a step than its origin (see blind.py): the fuller record stands. Since
the state is a function of the set of changes, it does not matter who brings in whom, in which order, or
how often.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from coder_app.core.errors import UserError
from coder_app.project import schema
from coder_app.project.among import among
from coder_app.project.folding import Circle, State, folded, stored
from coder_app.project.history import TABLES, driver, unrecorded
from coder_app.project.schema import change, step

Progress = Callable[[int, int], None]

DAMAGED = "The history of this copy is damaged. Nothing was changed."


@dataclass(slots=True)
class Union:
    """What came in: new steps (their ids in our file), rows they touch, and the state before and after."""

    steps: list[int] = field(default_factory=list)
    """New ones."""
    ours_only: set[str] = field(default_factory=set)
    """GUIDs of the steps that the other copy does not hold."""
    before: State = field(default_factory=dict)
    after: State = field(default_factory=dict)
    circles: list[Circle] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.steps and self.after == self.before


@dataclass(frozen=True, slots=True)
class _Step:
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


def unite(ours: Connection, theirs: Connection, progress: Progress | None = None) -> Union:
    """Bring what the other copy holds into ours, within the caller's transaction.

    Raises UserError where the other history or its texts are not what they say they are.
    """
    tell = progress or (lambda done, total: None)
    mine, other = _steps(ours), _steps(theirs)
    tell(1, 5)
    found = Union(ours_only=mine.keys() - other.keys())
    new = [one for guid, one in other.items() if guid not in mine]
    shared = [
        (mine[guid], one)
        for guid, one in other.items()
        if guid in mine and mine[guid].is_blind  # ours is the lesser record, or both are
    ]
    rows = _take_steps(ours, theirs, new, found)
    filled = _fill_steps(ours, theirs, shared)
    tell(2, 5)
    if not rows and not filled:
        return found
    state = _theirs_of(theirs, rows)
    tell(3, 5)
    _fold(ours, rows | filled, {} if filled else state, found)
    tell(4, 5)
    _take_texts(ours, theirs, found.after)
    tell(5, 5)
    return found


def _theirs_of(theirs: Connection, rows: set[str]) -> State:
    """The state of these rows in the other copy. Raises UserError unless it is what its history says."""
    wanted = _with_codes(theirs, rows)
    try:
        state = folded(theirs, wanted)
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError(DAMAGED) from error
    if state != stored(theirs, wanted):
        raise UserError(DAMAGED)
    return state


def _with_codes(connection: Connection, rows: set[str]) -> set[str]:
    """These rows, and all codes where one is among them: moves meet in the tree."""
    codes = set(connection.scalars(select(change.c.row).where(change.c.tbl == "code").distinct()))
    return rows | codes if codes & rows else rows


def _steps(connection: Connection) -> dict[str, _Step]:
    columns = step.c
    rows = connection.execute(
        select(
            columns.id,
            columns.guid,
            columns.wall,
            columns.counter,
            columns.coder,
            columns.name,
            columns.undoes,
        )
    )
    return {row[1]: _Step(*row) for row in rows}


def _take_steps(ours: Connection, theirs: Connection, new: Sequence[_Step], found: Union) -> set[str]:
    """Insert steps that we do not have, verbatim; returns the rows (GUIDs) that they touch."""
    if not new:
        return set()
    first = (ours.exec_driver_sql("SELECT coalesce(max(id), 0) FROM step").scalar() or 0) + 1
    ids = {one.id: number for number, one in enumerate(new, first)}
    ours.execute(
        step.insert(),
        [
            {
                "id": ids[one.id],
                "guid": one.guid,
                "wall": one.wall,
                "counter": one.counter,
                "coder": one.coder,
                "name": one.name,
                "undoes": one.undoes,
            }
            for one in new
        ],
    )
    found.steps = list(ids.values())
    changes = _changes(theirs, ids)
    _check(changes)
    if changes:
        ours.execute(change.insert(), [{**row, "step": ids[row["step"]]} for row in changes])
    return {row["row"] for row in changes}


def _fill_steps(ours: Connection, theirs: Connection, shared: Sequence[tuple[_Step, _Step]]) -> set[str]:
    """Complete steps of which we hold the lesser record; returns the rows that this touches."""
    if not shared:
        return set()
    ids = {other.id: own.id for own, other in shared}
    held = {(row["step"], row["number"]): row for row in _changes(ours, ids.values())}
    rows: set[str] = set()
    changes = _changes(theirs, ids)
    _check(changes)
    for row in changes:
        key = ids[row["step"]], row["number"]
        if key not in held:
            ours.execute(change.insert(), {**row, "step": key[0]})
        elif _fuller(row, held[key]):
            where = (change.c.step == key[0]) & (change.c.number == key[1])
            ours.execute(change.update().where(where).values(before=row["before"], after=row["after"]))
        else:
            continue
        rows.add(row["row"])
    for own, other in shared:
        if not other.is_blind:
            values = {"coder": other.coder, "name": other.name, "undoes": other.undoes}
            ours.execute(step.update().where(step.c.id == own.id).values(values))
    return rows


def _fuller(row: dict[str, Any], held: dict[str, Any]) -> bool:
    """Whether a record of a change holds more fields than another, or what they were before."""

    def size(one: dict[str, Any]) -> tuple[int, int]:
        return len(json.loads(one["after"])), len(json.loads(one["before"] or "{}"))

    return size(row) > size(held)


def _changes(connection: Connection, ids: Iterable[int]) -> list[dict[str, Any]]:
    """The changes of these steps (ids), as dictionaries, in the order in which they were written."""
    query = (
        'SELECT step, number, tbl, "row", before, after FROM change'
        " WHERE step IN (SELECT value FROM json_each(?)) ORDER BY id"
    )
    names = ("step", "number", "tbl", "row", "before", "after")
    rows = driver(connection).execute(query, (json.dumps(sorted(ids)),))
    return [dict(zip(names, row, strict=True)) for row in rows]


def _check(changes: Iterable[dict[str, Any]]) -> None:
    """Raise UserError unless what comes from outside are changes that actions of this program write."""
    for row in changes:
        kinds = _KINDS.get(row["tbl"])
        try:
            after = json.loads(row["after"])
            before = json.loads(row["before"]) if row["before"] is not None else {}
        except (ValueError, RecursionError) as error:
            raise UserError(DAMAGED) from error
        if kinds is None or not isinstance(after, dict) or not isinstance(before, dict):
            raise UserError(DAMAGED)
        for fields in (before, after):
            for name, value in fields.items():
                if value is not None and type(value) is not kinds.get(name):
                    raise UserError(DAMAGED)


_KINDS = {
    name: {column.name: column.type.python_type for column in table.columns if column.name != "guid"}
    for name, table in TABLES.items()
}
"""Table -> field -> what kind of value it holds."""


def _fold(ours: Connection, rows: set[str], theirs: State, found: Union) -> None:
    """Set the rows that changes came in for to what the whole history now says.

    What is wholly new to us is as it is in ``theirs``, codes apart: their moves may meet ours.
    """
    wanted = _with_codes(ours, rows)
    found.before = stored(ours, wanted)
    new = {key: fields for key, fields in theirs.items() if key not in found.before and key[0] != "code"}
    guids = {guid for _, guid in new}
    ambiguous = guids & {guid for _, guid in found.before}  # one GUID in two tables
    old = {guid for guid in wanted if guid not in guids or guid in ambiguous}
    try:
        found.after = {**new, **folded(ours, old, found.circles)}
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError(DAMAGED) from error
    by_table: dict[str, list[str]] = {}
    for kind, guid in found.after:
        by_table.setdefault(kind, []).append(guid)
    with unrecorded(ours):
        for name, own in by_table.items():
            values = [
                {"guid": guid, **found.after[name, guid]}
                for guid in own
                if found.before.get((name, guid)) != found.after[name, guid]
            ]
            if values:
                ours.execute(TABLES[name].insert().prefix_with("OR REPLACE"), values)


def _take_texts(ours: Connection, theirs: Connection, state: State) -> None:
    """The texts of new transcripts and what new rounds froze; each must have the hash in the history."""
    for kind, table, column in (("document", schema.content, "text"), ("round", schema.frozen, "data")):
        wanted = {guid: fields["sha256"] for (name, guid), fields in state.items() if name == kind}
        missing = wanted.keys() - set(ours.scalars(select(table.c.guid).where(among(table.c.guid, wanted))))
        if not missing:
            continue
        rows = theirs.execute(select(table).where(among(table.c.guid, missing))).mappings().all()
        if {row["guid"] for row in rows} != missing:
            raise UserError(DAMAGED)
        for row in rows:
            if hashlib.sha256(row[column].encode()).hexdigest() != wanted[row["guid"]]:
                raise UserError(DAMAGED)
        ours.execute(table.insert(), [dict(row) for row in rows])
