"""A copy for independent coding: transcripts and codebook, and no trace of anybody's work on them.

The copy is written afresh, not deleted from, so nothing is left over in it. It holds of each field the
one change that stands (of a code's place the last move that counts), with the step's GUID and clock
but without its name, its author and what was there before. So it comes together again with its origin
as any copy does; there the fuller record stands (see union.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table, select

from coder_app.project import opening, schema
from coder_app.project.among import among
from coder_app.project.folding import Fields, Written, effective
from coder_app.project.schema import change, step
from coder_app.project.shown import shows

if TYPE_CHECKING:
    from coder_app.project.project import Project

_WITHHELD = {"participant": {"pseudonym"}, "study": {"codebook_frozen"}}
"""Table -> fields that stay behind."""


def write_blind_copy(project: Project, out: Path, coder: str, *, codebook: bool = True) -> None:
    """Write a copy for ``coder`` (GUID) to a new file; without ``codebook`` she codes openly.

    It holds the transcripts that show with their speakers, meaning units and participants' IDs. Raises
    UserError where the coder is not there or the file cannot be written.
    """
    who = project.coders.need(coder)
    rows = _rows(project, who.guid, codebook)
    with opening.draft_of(out) as copy:
        copy.exec_driver_sql("BEGIN IMMEDIATE")
        _copy_history(project.connection, copy, rows)
        _copy_rows(project.connection, copy, rows)
        copy.exec_driver_sql("COMMIT")


def _rows(project: Project, coder: str, codebook: bool) -> dict[str, set[str]]:
    """Table -> GUIDs of the rows that the copy holds."""
    connection = project.connection

    def shown(table: Table) -> set[str]:
        return set(connection.scalars(select(table.c.guid).where(shows(table.name))))

    documents = shown(schema.document)
    rows = {
        "study": shown(schema.study),
        "coder": {coder},
        "participant": shown(schema.participant),
        "document": documents,
        "division": shown(schema.division) & documents,  # they share the transcript's GUID
    }
    for table in (schema.speaker, schema.unit):
        inside = select(table.c.guid).where(among(table.c.document, documents), shows(table.name))
        rows[table.name] = set(connection.scalars(inside))
    if codebook:
        rows["code"] = _codes(project)
    return rows


def _codes(project: Project) -> set[str]:
    """The codebook; codes that show only because somebody's coding uses them are not in it."""
    tree = project.codes.tree()
    standing = {guid for guid in tree.nodes if not project.codes.is_gone(guid)}
    return {node.guid for guid in standing for node in tree.path(guid)}


def _copy_history(ours: Connection, copy: Connection, rows: dict[str, set[str]]) -> None:
    """Of each field of these rows the change that stands, under its step."""
    standing: dict[tuple[str, str, str], Written] = {}
    kept: dict[tuple[int, int], tuple[Written, Fields]] = {}
    for written in effective(ours):
        if written.row not in rows.get(written.table, ()):
            continue
        if written.creates:
            kept[written.step, written.number] = written, {}
        for field in written.fields:
            if field not in _WITHHELD.get(written.table, ()):
                standing[written.table, written.row, field] = written
    for (_, _, field), written in standing.items():
        kept.setdefault((written.step, written.number), (written, {}))[1][field] = written.fields[field]
    numbers = _write_steps(ours, copy, {step_id for step_id, _ in kept})
    copy.execute(
        change.insert(),
        [
            {
                "step": numbers[written.step],
                "number": written.number,
                "tbl": written.table,
                "row": written.row,
                "before": None if written.creates else "{}",
                "after": json.dumps(fields, ensure_ascii=False, separators=(",", ":")),
            }
            for written, fields in kept.values()
        ],
    )


def _write_steps(ours: Connection, copy: Connection, ids: Collection[int]) -> dict[int, int]:
    """Write these steps, numbered anew: holes would tell how many there are. Returns id -> number."""
    rows = ours.execute(
        select(step.c.id, step.c.guid, step.c.wall, step.c.counter).order_by(step.c.wall, step.c.counter)
    ).all()
    numbers = {row.id: at for at, row in enumerate((row for row in rows if row.id in ids), 1)}
    copy.execute(
        step.insert(),
        [
            {
                "id": numbers[row.id],
                "guid": row.guid,
                "wall": row.wall,
                "counter": row.counter,
                "coder": "",
                "name": "",
            }
            for row in rows
            if row.id in numbers
        ],
    )
    return numbers


def _copy_rows(ours: Connection, copy: Connection, rows: dict[str, set[str]]) -> None:
    for table in schema.RECORDED:
        guids = rows.get(table.name)
        if not guids:
            continue
        withheld = _WITHHELD.get(table.name, set())
        nothing = {name: None if table.c[name].nullable else "" for name in withheld}
        found = ours.execute(select(table).where(among(table.c.guid, guids))).mappings()
        copy.execute(table.insert(), [{**row, **nothing} for row in found])
    contents = select(schema.content).where(among(schema.content.c.guid, rows["document"]))
    for content in ours.execute(contents).mappings():
        copy.execute(schema.content.insert(), dict(content))
