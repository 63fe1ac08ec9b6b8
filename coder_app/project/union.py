"""The union of two copies' histories, and the state folded from it.

Steps are the same where their GUIDs are, and a step's changes where their numbers are. A copy for
independent coding holds less of a step than its origin (see blind.py): of a step that two copies record
in part, both parts are kept. Since the state is a function of the set of changes, it does not matter
who brings in whom, in which order, or how often.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS
from coder_app.project import foreign, schema
from coder_app.project.among import among
from coder_app.project.folding import Circle, Rows, State, Written, fold, folded, stored
from coder_app.project.foreign import DAMAGED, Change, Step, Values
from coder_app.project.history import TABLES, driver, unrecorded
from coder_app.project.schema import change, node_place, step

Progress = Callable[[int, int], None]

Made = dict[tuple[str, str], str]
"""(table, GUID) -> GUID of the coder who made the row."""


@dataclass(slots=True)
class Union:
    """What came in: new steps (their ids in our file), rows they touch, and the state before and after."""

    steps: set[int] = field(default_factory=set)
    """New ones."""
    ours_only: set[str] = field(default_factory=set)
    """GUIDs of the steps that the other copy does not hold."""
    before: State = field(default_factory=dict)
    after: State = field(default_factory=dict)
    made: Made = field(default_factory=dict)
    """Who made the rows that are new."""
    circles: list[Circle] = field(default_factory=list)
    """Moves that are skipped now and were not before."""

    @property
    def is_empty(self) -> bool:
        return not self.steps and self.after == self.before


def unite(ours: Connection, theirs: Connection, progress: Progress | None = None) -> Union:
    """Bring what the other copy holds into ours, within the caller's transaction.

    Raises UserError where the other history or its texts are not what they say they are.
    """
    tell = progress or (lambda done, total: None)
    mine, other = foreign.steps(ours), foreign.steps(theirs)
    tell(1, 6)
    _check_same(mine, other)
    new = [one for guid, one in other.items() if guid not in mine]
    in_part = [(mine[guid], one) for guid, one in other.items() if guid in mine and mine[guid].is_blind]
    came = list(foreign.changes(theirs, {one.id for one in new}))
    found = Union(ours_only=mine.keys() - other.keys())
    found.steps = _take_steps(ours, new, came)
    tell(2, 6)
    filled = _complete(ours, theirs, in_part)
    if not came and not filled:
        return found
    touched: dict[str, set[str]] = {}
    for one in (*came, *filled):
        touched.setdefault(one.table, set()).add(one.row)
    tell(3, 6)
    by_id = {one.id: one for one in other.values()}
    in_order = _in_order([*came, *filled], by_id)
    _fold(ours, theirs, _with_codes(ours, touched), [] if filled else in_order, found)
    tell(4, 6)
    _write(ours, found)
    _check_references(ours, found)
    found.made = _made(in_order, by_id, found)
    tell(5, 6)
    _take_texts(ours, theirs, found.after)
    tell(6, 6)
    return found


# The history


def _check_same(mine: Mapping[str, Step], other: Mapping[str, Step]) -> None:
    """Raise UserError where a step that both hold is another one in theirs."""
    for guid in mine.keys() & other.keys():
        one, two = mine[guid], other[guid]
        same = (one.wall, one.counter) == (two.wall, two.counter)
        if not (one.is_blind or two.is_blind):
            same = same and (one.coder, one.name, one.undoes) == (two.coder, two.name, two.undoes)
        if not same:
            raise UserError(DAMAGED)


def _take_steps(ours: Connection, new: Sequence[Step], came: Iterable[Change]) -> set[int]:
    """Insert steps that we do not have, verbatim; returns their ids in our file."""
    database = driver(ours)  # SQLite's own cursor: tens of thousands of rows go through here
    first = database.execute("SELECT coalesce(max(id), 0) + 1 FROM step").fetchone()[0]
    ids = {one.id: number for number, one in enumerate(new, first)}
    database.executemany(
        "INSERT INTO step (id, guid, wall, counter, coder, name, undoes) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((ids[one.id], one.guid, one.wall, one.counter, one.coder, one.name, one.undoes) for one in new),
    )
    database.executemany(
        'INSERT INTO change (step, number, tbl, "row", before, after) VALUES (?, ?, ?, ?, ?, ?)',
        ((ids[one.step], one.number, one.table, one.row, one.before, one.after) for one in came),
    )
    return set(ids.values())


def _complete(ours: Connection, theirs: Connection, in_part: Sequence[tuple[Step, Step]]) -> list[Change]:
    """Add to steps that we hold in part what the other copy holds of them; returns what was added."""
    if not in_part:
        return []
    ids = {other.id: own.id for own, other in in_part}
    held = {(one.step, one.number): one for one in foreign.changes(ours, ids.values())}
    added = []
    for one in foreign.changes(theirs, ids.keys()):
        key = ids[one.step], one.number
        own = held.get(key)
        if own is None:
            values = {"tbl": one.table, "row": one.row, "before": one.before, "after": one.after}
            ours.execute(change.insert(), {"step": key[0], "number": key[1], **values})
        elif (one.table, one.row) != (own.table, own.row) or (one.before is None) != (own.before is None):
            raise UserError(DAMAGED)
        else:
            old, new = _both(own.old, one.old), _both(own.new, one.new)
            if (old, new) == (own.old, own.new):
                continue
            written = {"before": None if own.before is None else _json(old), "after": _json(new)}
            where = (change.c.step == key[0]) & (change.c.number == key[1])
            ours.execute(change.update().where(where).values(written))
        added.append(one)
    for own_step, other in in_part:
        if not other.is_blind:
            told = {"coder": other.coder, "name": other.name, "undoes": other.undoes}
            ours.execute(step.update().where(step.c.id == own_step.id).values(told))
    return added


def _both(own: Values, other: Values) -> Values:
    """The fields of two records of one change. Raises UserError where they contradict each other."""
    if any(own[name] != other[name] for name in own.keys() & other.keys()):
        raise UserError(DAMAGED)
    return own | other


def _json(values: Values) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _in_order(changes: Iterable[Change], steps: Mapping[int, Step]) -> list[Change]:
    """Changes of the other copy in the order of the clock."""

    def moment(one: Change) -> tuple[int, int, str, int]:
        own = steps[one.step]
        return own.wall, own.counter, own.guid, one.number

    return sorted(changes, key=moment)


# The state


def _with_codes(ours: Connection, touched: dict[str, set[str]]) -> dict[str, set[str]]:
    """These rows, and all codes where one is among them: moves meet in the tree."""
    if "code" in touched:
        codes = ours.scalars(select(change.c.row).where(change.c.tbl == "code").distinct())
        return touched | {"code": set(codes)}
    return touched


def _fold(ours: Connection, theirs: Connection, rows: Rows, came: Sequence[Change], found: Union) -> None:
    """Find what these rows are to be by the whole history.

    Rows of which we hold nothing are made of what came in (``came``, in the order of the clock) alone;
    codes are not, since their moves may meet ours. In theirs each row must be what its history says.
    """
    found.before = stored(ours, rows)
    fresh = {
        (one.table, one.row)
        for one in came
        if one.table != "code" and (one.table, one.row) not in found.before
    }
    others = {table: {row for row in own if (table, row) not in fresh} for table, own in rows.items()}
    try:
        new = fold(
            Written(one.step, one.number, one.table, one.row, one.before is None, one.new)
            for one in came
            if (one.table, one.row) in fresh
        )
        old = folded(ours, others, found.circles)
        said = new | folded(theirs, others)
    except (ValueError, TypeError, RecursionError) as error:
        raise UserError(DAMAGED) from error
    if said != stored(theirs, rows):
        raise UserError(DAMAGED)
    found.after = new | old
    found.circles = [
        circle
        for circle in found.circles
        if circle.step in found.steps or _place(found.before, circle.code) != _place(found.after, circle.code)
    ]


def _place(state: State, code: str) -> str | int | None:
    return state.get(("code", code), {}).get("place")


def _write(ours: Connection, found: Union) -> None:
    """Set the rows that differ to what they are by the history."""
    by_table: dict[str, list[str]] = {}
    for key, fields in found.after.items():
        if found.before.get(key) != fields:
            by_table.setdefault(key[0], []).append(key[1])
    with unrecorded(ours):
        for name, rows in by_table.items():
            names = [column.name for column in TABLES[name].columns if column.name != "guid"]
            columns = ", ".join(f'"{one}"' for one in names)
            driver(ours).executemany(
                f'INSERT OR REPLACE INTO "{name}" (guid, {columns}) VALUES (?{", ?" * len(names)})',
                ((guid, *map(found.after[name, guid].__getitem__, names)) for guid in rows),
            )


def _check_references(ours: Connection, found: Union) -> None:
    """Raise UserError where what came in refers to what is nowhere, or is another text than it was."""
    wanted: dict[str, set[str]] = {"document": set(), "code": set(), "coder": {CONSENSUS}}
    for (table, guid), fields in found.after.items():
        before = found.before.get((table, guid))
        if before == fields:
            continue
        if table == "code":
            wanted["code"].add(node_place(str(fields["place"]))[0] or "")
        elif table == "coding":
            for name, own in wanted.items():
                own.add(str(fields[name] or ""))
        elif table == "document" and before is not None and before["sha256"] != fields["sha256"]:
            raise UserError(DAMAGED)
    for name, own in wanted.items():
        guids = own - {"", CONSENSUS}
        if set(ours.scalars(select(TABLES[name].c.guid).where(among(TABLES[name].c.guid, guids)))) != guids:
            raise UserError(DAMAGED)


def _made(changes: Iterable[Change], steps: Mapping[int, Step], found: Union) -> Made:
    """Who made each row that is new to us."""
    made: Made = {}
    for one in changes:
        key = one.table, one.row
        if one.before is None and key not in found.before:
            made.setdefault(key, steps[one.step].coder)
    return made


def _take_texts(ours: Connection, theirs: Connection, state: State) -> None:
    """The texts of new transcripts and what new rounds froze; each must have the hash in the history."""
    for kind, table, column in (("document", schema.content, "text"), ("round", schema.frozen, "data")):
        wanted = {guid: fields["sha256"] for (name, guid), fields in state.items() if name == kind}
        there: Collection[str] = ours.scalars(select(table.c.guid).where(among(table.c.guid, wanted))).all()
        missing = wanted.keys() - set(there)
        if not missing:
            continue
        rows = theirs.execute(select(table).where(among(table.c.guid, missing))).mappings().all()
        if {row["guid"] for row in rows} != missing:
            raise UserError(DAMAGED)
        for row in rows:
            if hashlib.sha256(row[column].encode()).hexdigest() != wanted[row["guid"]]:
                raise UserError(DAMAGED)
        ours.execute(table.insert(), [dict(row) for row in rows])
