"""Undo and redo: the opposite of a step, as far as nobody else has worked on its rows since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from coder_app.core.codetree import closes_circle
from coder_app.core.errors import UserError
from coder_app.project import schema
from coder_app.project.history import TABLES, stored_parents
from coder_app.project.names import describe
from coder_app.project.schema import change, node_place, step
from coder_app.project.shown import shows

if TYPE_CHECKING:
    from coder_app.project.project import Project

_USED = ("code", "document", "participant", "attribute", "coding")
"""Tables whose rows show while others refer to them."""


@dataclass(frozen=True, slots=True)
class Left:
    """A row that was left as it is: because ``who`` (GUID of a coder) changed it, or for a circle (None)."""

    table: str
    guid: str
    who: str | None


def take_back(connection: Connection, step_id: int, coder: str) -> list[Left]:
    """Write the opposite of a step, field by field, where its value still stands.

    A row that the step made, and on which somebody other than ``coder`` has worked since, stays.
    Returns what was left alone. Raises UserError where a damaged or hostile file holds something
    else for a change.
    """
    changes = connection.execute(
        select(change.c.tbl, change.c.row, change.c.before, change.c.after)
        .where(change.c.step == step_id)
        .order_by(change.c.number.desc())
    ).all()
    others = _worked_on(connection, step_id, coder)
    parents: dict[str, str | None] | None = None
    left: list[Left] = []
    cursor = connection.connection.cursor()
    for table, guid, before, after in changes:
        if before is None and (table, guid) in others:
            left.append(Left(table, guid, others[table, guid]))
            continue
        for field, old, new in _opposite(table, before, after):
            if (table, field) == ("code", "place"):
                parents = stored_parents(connection) if parents is None else parents
                parent = node_place(str(old))[0]
                if closes_circle(parents, guid, parent):
                    left.append(Left(table, guid, None))
                    continue
            column = TABLES[table].c[field].name
            where = f'guid = ? AND "{column}" IS ?'
            cursor.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {where}', (old, guid, new))
            if cursor.rowcount:
                if parents is not None and (table, field) == ("code", "place"):
                    parents[guid] = parent
            elif not cursor.execute(f'SELECT 1 FROM "{table}" WHERE {where}', (guid, old)).fetchone():
                left.append(Left(table, guid, _changed_by(connection, table, guid, field, coder)))
    return left


def _opposite(
    table: str, before: str | None, after: str
) -> Iterator[tuple[str, str | int | None, str | int | None]]:
    """(field, value to write, value that must still stand) for one change."""
    if before is None:
        yield "gone", 1, 0
        return
    try:
        old, new = json.loads(before), json.loads(after)
        fields = [(field, old[field], new[field]) for field in new if field in TABLES[table].c]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UserError("The history of this action is damaged: it stays as it is.") from error
    if any(isinstance(value, dict | list | float) for _, *values in fields for value in values):
        raise UserError("The history of this action is damaged: it stays as it is.")
    yield from fields


def _worked_on(connection: Connection, step_id: int, coder: str) -> dict[tuple[str, str], str]:
    """(table, GUID) -> who else changed it: rows that the step made and that somebody's work is in.

    A transcript counts where somebody has settled who speaks in it.
    """
    made, later = change.alias(), change.alias()
    rows = connection.execute(
        select(made.c.tbl, made.c.row)
        .join(later, (later.c.row == made.c.row) & (later.c.tbl == made.c.tbl))
        .join(step, step.c.id == later.c.step)
        .where(made.c.step == step_id, made.c.before.is_(None), step.c.coder != coder)
        .distinct()
    ).all()
    found: dict[tuple[str, str], str] = {}
    for table, guid in rows:
        who = _work_of_others(connection, table, guid, coder)
        if who is None:
            continue
        found[table, guid] = who
        if table == "speaker":
            document = select(schema.speaker.c.document).where(schema.speaker.c.guid == guid)
            found["document", str(connection.scalar(document))] = who
    return found


def _work_of_others(connection: Connection, table: str, guid: str, coder: str) -> str | None:
    """Who else set a field of a row that ``coder`` made to a value that stands and is not the first."""
    first: dict[str, object] = {}
    authors: dict[str, str] = {}
    values: dict[str, object] = {}
    for before, after, who in _changes_of(connection, table, guid):
        if before is None and not first:
            first = after
        values |= after
        authors |= dict.fromkeys(after, who)
    for field, who in authors.items():
        if who != coder and field != "gone" and values[field] != first.get(field):
            return who
    return None


def _changed_by(connection: Connection, table: str, guid: str, field: str, coder: str) -> str:
    """Who changed a field last, other than ``coder``, if anybody did."""
    authors = [who for _, after, who in _changes_of(connection, table, guid) if field in after]
    return next((who for who in reversed(authors) if who != coder), coder)


def _changes_of(
    connection: Connection, table: str, guid: str
) -> Iterator[tuple[str | None, dict[str, object], str]]:
    """(before, values after, coder) of each change of a row, oldest first."""
    rows = connection.execute(
        select(change.c.before, change.c.after, step.c.coder)
        .join(step, step.c.id == change.c.step)
        .where(change.c.row == guid, change.c.tbl == table)
        .order_by(step.c.wall, step.c.counter, step.c.guid, change.c.number)
    ).all()
    for before, after, who in rows:
        try:
            values = json.loads(after)
        except (ValueError, RecursionError):
            continue  # `check` tells of it
        if isinstance(values, dict):
            yield before, values, who


def in_words(project: Project, left: list[Left], step_id: int) -> tuple[str, ...]:
    """Sentences on what an undo (the step ``step_id``) left as it was, and on what lives on, being in use."""
    connection = project.connection
    sentences = []
    for row in left:
        what = describe(connection, row.table, row.guid)
        if row.who is None:
            sentences.append(f"{what} stays where it is: its old place is now inside it.")
        else:
            sentences.append(f"{what} stays as it is: {project.coders.name_of(row.who)} changed it since.")
    for table in _USED:
        guid = TABLES[table].c.guid
        removed = select(change.c.row).where(
            change.c.step == step_id, change.c.tbl == table, change.c.after == '{"gone":1}'
        )
        for used in connection.scalars(select(guid).where(guid.in_(removed), shows(table))):
            sentences.append(f"{describe(connection, table, used)} stays: it is in use.")
    return tuple(dict.fromkeys(sentences))
