"""Is a project whole: SQLite's own check, references, texts, and the state against its history."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from coder_app.core.codetree import runs_in_circle
from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS
from coder_app.project import schema
from coder_app.project.folding import folded, stored
from coder_app.project.names import plural
from coder_app.project.opening import understood
from coder_app.project.schema import node_place, place_range
from coder_app.project.shown import document_shows, shows
from coder_app.project.values import history_damage_in

if TYPE_CHECKING:
    from coder_app.project.project import Project


@dataclass(frozen=True, slots=True)
class Report:
    """``problems`` are sentences; ``fingerprint`` is the same in every copy that holds the same study."""

    ok: bool
    problems: tuple[str, ...]
    fingerprint: str


def check(project: Project) -> Report:
    """Check an open project from end to end. Nothing is changed."""
    problems: list[str] = []
    with understood(project.path):
        result = project.connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
        problems += [f"SQLite reports: {line}." for line in result if line != "ok"]
        if damage := history_damage_in(project.connection):
            problems.append(f"The history is damaged: {damage}.")
        problems += _against_history(project)
        problems += _texts(project)
        problems += _codings(project)
        problems += _tree(project)
        problems += _rounds(project)
    return Report(not problems, tuple(problems), fingerprint(project))


def fingerprint(project: Project) -> str:
    """A hash over the rows that show, whatever their order, and over the imported texts."""
    digest = hashlib.sha256()
    for table in schema.RECORDED:
        columns = [column for column in table.columns if column.name != "gone"]
        for row in project.connection.execute(
            select(*columns).where(shows(table.name)).order_by(table.c.guid)
        ):
            digest.update(json.dumps([table.name, *row], ensure_ascii=False, separators=(",", ":")).encode())
    shown = select(schema.content).join(schema.document, schema.document.c.guid == schema.content.c.guid)
    for row in project.connection.execute(shown.where(document_shows()).order_by(schema.content.c.guid)):
        for part in row:
            digest.update(hashlib.sha256(part.encode()).digest())
    return digest.hexdigest()


def _against_history(project: Project) -> list[str]:
    try:
        by_history = folded(project.connection)
    except (ValueError, TypeError, RecursionError) as error:
        return [f"The history cannot be read: {error}."]
    state = stored(project.connection)
    different = [key for key in by_history.keys() | state.keys() if by_history.get(key) != state.get(key)]
    return [
        f"{plural(count, 'row differs', 'rows differ')} from the history in the table “{table}”."
        for table, count in sorted(Counter(table for table, _ in different).items())
    ]


def _texts(project: Project) -> list[str]:
    problems = []
    table = schema.document.c
    for guid, title, characters, sha256 in project.connection.execute(
        select(table.guid, table.title, table.characters, table.sha256)
    ):
        text = project.connection.scalar(select(schema.content.c.text).where(schema.content.c.guid == guid))
        if text is None:
            problems.append(f"The text of “{title}” is missing.")
        elif len(text) != characters or hashlib.sha256(text.encode()).hexdigest() != sha256:
            problems.append(f"The text of “{title}” is not the one that was imported.")
        else:
            problems += _turns(project, guid, title)
    return problems


def _turns(project: Project, guid: str, title: str) -> list[str]:
    try:
        project.documents.content(guid)
    except UserError:
        return [f"The turns of “{title}” are damaged."]
    return []


def _codings(project: Project) -> list[str]:
    known = {
        "transcript": dict(
            project.connection.execute(select(schema.document.c.guid, schema.document.c.characters)).all()
        ),
        "coder": {CONSENSUS, *project.connection.scalars(select(schema.coder.c.guid))},
        "code": {None, *project.connection.scalars(select(schema.code.c.guid))},
    }
    lost = dict.fromkeys(known, 0)
    outside = 0
    table = schema.coding.c
    for document, coder, code, place in project.connection.execute(
        select(table.document, table.coder, table.code, table.place)
    ):
        lost["transcript"] += document not in known["transcript"]
        lost["coder"] += coder not in known["coder"]
        lost["code"] += code not in known["code"]
        if document in known["transcript"]:
            try:
                start, end = place_range(place)
            except ValueError:
                start, end = 1, 0
            outside += not 0 <= start < end <= known["transcript"][document]  # type: ignore[index]
    problems = [
        f"{plural(count, 'coding names', 'codings name')} a {what} that does not exist."
        for what, count in lost.items()
        if count
    ]
    if outside:
        problems.append(f"{plural(outside, 'coding lies', 'codings lie')} outside the transcript.")
    return problems


def _rounds(project: Project) -> list[str]:
    """What a round froze must be what its row in the history has the hash of."""
    problems = []
    frozen = dict(project.connection.execute(select(schema.frozen.c.guid, schema.frozen.c.data)).all())
    table = schema.round_.c
    for guid, name, sha256 in project.connection.execute(select(table.guid, table.name, table.sha256)):
        data = frozen.get(guid)
        if data is None:
            problems.append(f"What the round “{name}” froze is missing.")
        elif hashlib.sha256(data.encode()).hexdigest() != sha256:
            problems.append(f"What the round “{name}” froze was changed.")
    return problems


def _tree(project: Project) -> list[str]:
    places = dict(project.connection.execute(select(schema.code.c.guid, schema.code.c.place)).all())
    parents = {guid: node_place(place)[0] for guid, place in places.items()}
    problems = []
    orphans = sum(parent is not None and parent not in parents for parent in parents.values())
    if orphans:
        problems.append(f"{plural(orphans, 'node')} of the codebook below one that does not exist.")
    if runs_in_circle(parents):
        problems.append("The codebook's tree runs in a circle.")
    return problems
