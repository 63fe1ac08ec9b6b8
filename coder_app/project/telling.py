"""What came in with a copy, in words: what is new, what both changed, what lives on, what looks alike."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from coder_app.core.codetree import closes_circle
from coder_app.core.errors import UserError
from coder_app.core.model import Level
from coder_app.project import resembling, schema
from coder_app.project.among import among
from coder_app.project.folding import Circle
from coder_app.project.history import TABLES, stored_parents
from coder_app.project.merge_report import DAMAGED_REPORT, Conflict, MergeReport, New
from coder_app.project.names import describe
from coder_app.project.schema import change, node_place, place_range, step
from coder_app.project.shown import shows
from coder_app.project.union import Union
from coder_app.project.values import LONGEST_NAME, damage_in
from coder_app.project.writing import set_field

if TYPE_CHECKING:
    from coder_app.project.project import Project

Value = str | int | None

_COUNTED = {
    "document": "transcript",
    "participant": "participant",
    "code": "code",
    "coding": "coding",
    "memo": "memo",
    "settlement": "settled passage",
    "round": "round",
    "unit": "meaning unit",
}
"""Tables whose new rows are counted, and what people call them."""
_UNNAMED = "unnamed passage"
_KINDS = (*_COUNTED.values(), _UNNAMED)

_USED = ("code", "document", "participant")
_LONGEST_QUOTE = 60
_DAY = 24 * 60 * 60 * 1000

Showing = dict[str, set[str]]
"""Table -> GUIDs of the rows that show."""


def showing(connection: Connection) -> Showing:
    """The codes, transcripts and participants that show."""
    return {name: set(connection.scalars(select(TABLES[name].c.guid).where(shows(name)))) for name in _USED}


def report(project: Project, theirs: Project, found: Union, before: Showing, source: str) -> MergeReport:
    """What a union did that has just been written; ``before`` is what showed in ours."""
    return MergeReport(
        source=source,
        steps=len(found.steps),
        new=_new(project, found),
        conflicts=_conflicts(project, found),
        lived_on=_lived_on(project, before, showing(theirs.connection)),
        circles=_circles(project, found.circles),
        alike=(
            *resembling.joined_crosswise(project, found),
            *resembling.alike(project, {key for key in found.after if key not in found.before}),
        ),
        clock=_clock(project),
        created=project.now(),
    )


def _new(project: Project, found: Union) -> tuple[New, ...]:
    counts: dict[str, Counter[str]] = {}
    for (table, guid), coder in found.made.items():
        row = found.after[table, guid]
        if table in _COUNTED and not row["gone"]:
            unnamed = table == "coding" and row["code"] is None
            counts.setdefault(coder, Counter())[_UNNAMED if unnamed else _COUNTED[table]] += 1
    names = project.coders.names()
    told = [
        New(names.get(coder, "somebody"), tuple((kind, own[kind]) for kind in _KINDS if own[kind]))
        for coder, own in counts.items()
    ]
    return tuple(sorted(told, key=lambda one: one.coder.casefold()))


@dataclass(slots=True)
class _Side:
    """The latest change of a field that only one copy held."""

    value: Value
    coder: str
    time: int


def _conflicts(project: Project, found: Union) -> tuple[Conflict, ...]:
    """Fields that both sides changed since they last were together, to different values."""
    sides: dict[tuple[str, str, str], list[_Side | None]] = {}
    touched = {guid for _, guid in found.before}
    query = (
        select(
            change.c.tbl,
            change.c.row,
            change.c.after,
            step.c.id,
            step.c.guid,
            step.c.coder,
            step.c.wall,
        )
        .join(step, step.c.id == change.c.step)
        .where(among(change.c.row, touched))
        .order_by(step.c.wall, step.c.counter, step.c.guid, change.c.number)
    )
    for table, row, after, step_id, step_guid, coder, wall in project.connection.execute(query):
        side = 1 if step_id in found.steps else 0 if step_guid in found.ours_only else None
        if side is None:
            continue
        for field, value in json.loads(after).items():
            if field != "gone":
                sides.setdefault((table, row, field), [None, None])[side] = _Side(value, coder, wall)
    told = []
    for (table, row, field), (ours, theirs) in sides.items():
        if ours is None or theirs is None or ours.value == theirs.value:
            continue
        standing = found.after[table, row].get(field)
        theirs_stands = standing == theirs.value
        told.append(
            Conflict(
                table=table,
                row=row,
                field=field,
                what=describe(project.connection, table, row),
                ours=in_words(project, table, row, field, ours.value),
                theirs=in_words(project, table, row, field, theirs.value),
                our_coder=project.coders.name_of(ours.coder),
                their_coder=project.coders.name_of(theirs.coder),
                our_time=ours.time,
                their_time=theirs.time,
                theirs_stands=theirs_stands,
                other=ours.value if theirs_stands else theirs.value,
            )
        )
    return tuple(sorted(told, key=lambda one: (one.what.casefold(), one.field)))


def in_words(project: Project, table: str, row: str, field: str, value: Value) -> str:
    """A value as a person would say it."""
    connection = project.connection
    if value is None or value == "":
        return "nothing"
    if (table, field) == ("code", "place"):
        parent = node_place(str(value))[0]
        return f"under {_named(connection, 'code', parent)}" if parent else "at the top"
    if (table, field) == ("coding", "place"):
        document = connection.scalar(select(schema.coding.c.document).where(schema.coding.c.guid == row))
        start, end = place_range(str(value))
        quote = project.documents.content(str(document)).text[start:end]
        return f"“{quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + '…'}”"
    if (table, field) in (("coding", "code"), ("speaker", "participant")):
        return _named(connection, field, str(value))
    if field == "level" and isinstance(value, int):
        return project.level_names().get(Level(value), str(value))
    return f"“{value}”"


def _named(connection: Connection, table: str, guid: str) -> str:
    column = TABLES[table].c["name" if table == "code" else "label"]
    name = connection.scalar(select(column).where(TABLES[table].c.guid == guid))
    return f"“{name}”" if name is not None else "something that is gone"


def _lived_on(project: Project, ours: Showing, theirs: Showing) -> tuple[str, ...]:
    """Deleted on one side, and showing now because the other side uses it."""
    sentences = []
    for name in _USED:
        table = TABLES[name]
        query = select(table.c.guid).where(table.c.gone == 1, shows(name))
        for guid in project.connection.scalars(query):
            if guid not in ours[name] or guid not in theirs[name]:
                sentences.append(
                    f"{describe(project.connection, name, guid)} was deleted in one copy and is used in the"
                    " other: it stays."
                )
    return tuple(sorted(sentences))


def _circles(project: Project, circles: Iterable[Circle]) -> tuple[str, ...]:
    told = []
    for circle in circles:
        code = describe(project.connection, "code", circle.code)
        told.append(
            f"{code} stays where it was: under {_named(project.connection, 'code', circle.parent or '')}"
            " it would be inside itself."
        )
    return tuple(dict.fromkeys(told))


def _clock(project: Project) -> str:
    wall = project.connection.scalar(select(step.c.wall).order_by(step.c.wall.desc()).limit(1)) or 0
    if wall <= project.now() + _DAY:
        return ""
    when = datetime.fromtimestamp(wall / 1000, UTC).date().isoformat()
    return (
        f"The clock of one laptop was far ahead: its actions are dated up to {when}. They were brought in;"
        " what is done from now on counts as later."
    )


_NEVER_CHANGED = {
    *("guid", "gone", "created", "coder", "document", "target", "kind", "sha256", "characters", "number"),
}
"""Fields that no action changes once a row is made; coders are joined, which is no matter of one row."""


def choose(project: Project, conflict: Conflict) -> None:
    """Let the other value of a conflict stand.

    Raises UserError where that is no longer possible, also where the codebook is frozen, or where the
    report, which is part of the file, holds a value that no action of this program writes.
    """
    table = TABLES.get(conflict.table)
    if table is None or conflict.field not in table.c or conflict.field in _NEVER_CHANGED:
        raise UserError(DAMAGED_REPORT)
    column, value = table.c[conflict.field], conflict.other
    if column.nullable and value is None:
        pass
    elif type(value) is not column.type.python_type:
        raise UserError(DAMAGED_REPORT)
    connection = project.connection
    _check_refers(project, conflict)
    if connection.scalar(select(table.c.guid).where(table.c.guid == conflict.row, shows(table.name))) is None:
        raise UserError("What this is about is no longer in the project.")
    if (conflict.table, conflict.field) == ("code", "place"):
        parent = node_place(str(conflict.other))[0]
        if closes_circle(stored_parents(connection), conflict.row, parent):
            raise UserError("There it would be inside itself.")
    name = f"Choose the other value: {conflict.what}"[:LONGEST_NAME]
    about_codes = conflict.table in ("code", "study")
    with project.codes.changing(name) if about_codes else project.step(name):
        set_field(connection, table, conflict.field, [(conflict.row, value)])
        if damage_in(connection):
            raise UserError(DAMAGED_REPORT)


def _check_refers(project: Project, conflict: Conflict) -> None:
    """Raise UserError where the value names a code or participant that is not there."""
    value = str(conflict.other or "")
    if (conflict.table, conflict.field) == ("code", "place"):
        value = node_place(value)[0] or ""
    elif conflict.field not in ("code", "participant"):
        return
    table = schema.participant if conflict.field == "participant" else schema.code
    found = select(table.c.guid).where(table.c.guid == value)
    if value and project.connection.scalar(found) is None:
        raise UserError(DAMAGED_REPORT)
