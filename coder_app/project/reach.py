"""How far a step reaches: what it wrote, and which rows may show or vanish because of it.

A row that is gone shows while others refer to it (see shown.py), so writing a coding or a memo may
bring a deleted code, transcript or participant back, or let it go.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from coder_app.project import schema
from coder_app.project.among import among
from coder_app.project.history import TABLES, Touched
from coder_app.project.schema import change

_REFERENCES = {
    "coding": ("document", "coder", "code"),
    "settlement": ("round", "document", "coder"),
    "stability": ("round", "coder"),
    "round": ("coder",),
    "memo": ("target", "coder"),
    "progress": ("document", "coder"),
    "speaker": ("document", "participant"),
    "attribute_value": ("participant", "attribute"),
}
"""Table -> its fields that hold GUIDs of other rows."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What one step touched, directly and through references, as they are and as they were before it."""

    touched: Touched
    codings: frozenset[str]
    """Codings that it wrote, and those on which it wrote a memo."""
    codes: frozenset[str]
    """Codes that these have and had."""
    documents: frozenset[str]
    """Transcripts of these codings."""
    referred: frozenset[str]
    """All rows, of whatever table, that these codings and the other rows it wrote refer or referred to."""


def reach_of(connection: Connection, step_id: int, touched: Touched) -> Reach:
    """How far a step reaches that has just ended."""
    befores = _befores(connection, step_id)
    referred: set[str | None] = set()
    for table, fields in _REFERENCES.items():
        if table in touched:
            columns = TABLES[table].c
            rows = connection.execute(
                select(*(columns[field] for field in fields)).where(among(columns.guid, touched[table]))
            )
            for row in rows:
                referred.update(row)
            referred.update(
                before.get(field) for name, before in befores if name == table for field in fields
            )
    codings = set(touched.get("coding", ()))
    if "memo" in touched:
        coding = schema.coding.c.guid
        codings.update(connection.scalars(select(coding).where(among(coding, _known(referred)))))
    codes: set[str | None] = {before.get("code") for table, before in befores if table == "coding"}
    documents: set[str] = set()
    if codings:
        columns = schema.coding.c
        for document, coder, code in connection.execute(
            select(columns.document, columns.coder, columns.code).where(among(columns.guid, codings))
        ):
            documents.add(document)
            codes.add(code)
            referred.add(coder)
    referred |= codes | documents
    return Reach(touched, frozenset(codings), _known(codes), frozenset(documents), _known(referred))


def _befores(connection: Connection, step_id: int) -> list[tuple[str, dict[str, str | None]]]:
    """(table, fields as they were) of the changes of a step that may have moved a reference."""
    rows = connection.execute(
        select(change.c.tbl, change.c.before).where(
            change.c.step == step_id,
            change.c.tbl.in_(_REFERENCES),
            change.c.before.is_not(None),
            change.c.before.not_in(('{"gone":0}', '{"gone":1}')),
        )
    )
    return [(table, json.loads(before)) for table, before in rows]


def _known(guids: set[str | None]) -> frozenset[str]:
    return frozenset(guid for guid in guids if guid is not None)
