"""The audit trail: every action of everybody in the order of the clock, and the story of one code."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, func, or_, select

from coder_app.project import schema
from coder_app.project.among import among
from coder_app.project.audit_words import Recorded, Words
from coder_app.project.schema import change, step

if TYPE_CHECKING:
    from coder_app.project.project import Project


class AuditKind(StrEnum):
    """What an action was about."""

    STUDY = "study"
    TRANSCRIPTS = "transcripts"
    PARTICIPANTS = "participants"
    CODEBOOK = "codebook"
    CODINGS = "codings"
    MEMOS = "memos"
    AGREEMENT = "agreement"


_KINDS: dict[AuditKind, tuple[str, ...]] = {
    AuditKind.STUDY: ("study", "coder"),
    AuditKind.TRANSCRIPTS: ("document", "speaker", "progress", "division", "unit"),
    AuditKind.PARTICIPANTS: ("participant", "attribute", "attribute_value"),
    AuditKind.CODEBOOK: ("code", "kept_apart"),
    AuditKind.CODINGS: ("coding",),
    AuditKind.MEMOS: ("memo",),
    AuditKind.AGREEMENT: ("round", "settlement", "stability"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which actions are asked for; None asks for all. GUIDs; times in milliseconds since 1970."""

    coders: tuple[str, ...] | None = None
    kinds: tuple[AuditKind, ...] | None = None
    code: str | None = None
    document: str | None = None
    since: int | None = None
    until: int | None = None
    """The first moment that no longer counts."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One action."""

    guid: str
    time: int
    """Milliseconds since 1970, UTC."""
    coder: str
    """GUID, empty where a copy for independent coding left it out."""
    coder_name: str
    action: str
    """What the menu called it."""
    kinds: tuple[AuditKind, ...]
    sentence: str
    """What was done, with who did it."""
    code: str = ""
    """GUID of the node it speaks of, if of one."""
    document: str = ""
    """GUID of the transcript it speaks of, if of one."""
    start: int = 0
    end: int = 0
    """The place in it, where it speaks of one: code points, end exclusive."""


class Audit:
    """``project.audit``."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def count(self, wanted: Wanted = Wanted()) -> int:
        """How many actions there are."""
        query = select(func.count()).select_from(step).where(*self._conditions(wanted))
        return int(self._project.connection.scalar(query) or 0)

    def entries(
        self, wanted: Wanted = Wanted(), *, first: int = 0, most: int | None = None, newest_first: bool = True
    ) -> list[Entry]:
        """The actions in the order of the clock, from the ``first`` on, at most ``most``."""
        return self._told(self._conditions(wanted), first=first, most=most, newest_first=newest_first)

    def _told(
        self,
        conditions: Sequence[ColumnElement[bool]],
        *,
        first: int = 0,
        most: int | None = None,
        newest_first: bool,
        rows: Collection[str] | None = None,
    ) -> list[Entry]:
        """Actions in words; with ``rows`` (GUIDs) only what they did to these."""
        order = [step.c.wall, step.c.counter, step.c.guid]
        query = (
            select(step.c.id, step.c.guid, step.c.wall, step.c.coder, step.c.name, step.c.undoes)
            .where(*conditions)
            .order_by(*([column.desc() for column in order] if newest_first else order))
            .offset(first)
            .limit(-1 if most is None else most)
        )
        steps = self._project.connection.execute(query).all()
        recorded = self._recorded([one.id for one in steps])
        if rows is not None:
            recorded = {id_: [one for one in own if one.row in rows] for id_, own in recorded.items()}
        words = Words(self._project, [one for found in recorded.values() for one in found])
        names = {coder.guid: coder.name for coder in self._project.coders.all()}
        entries = []
        for row in steps:
            own = recorded.get(row.id, [])
            told = words.tell(own)
            who = names.get(row.coder, "Somebody")
            name = row.name or "Made before this copy was written"
            phrase = _joined(name, own) or told.phrase or f"did “{name}”"
            sentence = f"{who} {'took back “' + _plain(name) + '”: ' if row.undoes else ''}{phrase}."
            entries.append(
                Entry(
                    row.guid,
                    row.wall,
                    row.coder,
                    who,
                    name,
                    _kinds_of(own),
                    sentence,
                    told.code,
                    told.document,
                    told.start,
                    told.end,
                )
            )
        return entries

    def story(self, code: str) -> list[Entry]:
        """How a node of the codebook came to be, oldest first: made, renamed, moved, joined, defined.

        What was joined into it or put below it is part of its story; single codings are not.
        """
        rows = {code, *self._once_below(code)}
        touched = select(change.c.step).where(change.c.tbl == "code", among(change.c.row, rows))
        return self._told([step.c.id.in_(touched)], newest_first=False, rows=rows)

    def _once_below(self, code: str) -> set[str]:
        """Nodes that were put below this one at some time, and those joined into it."""
        placed = self._project.connection.scalars(
            select(change.c.row).where(
                change.c.tbl == "code",
                func.json_extract(change.c.after, "$.place").like(f"{code}|%"),
            )
        )
        found = set(placed)
        joined = select(change.c.step).where(
            change.c.tbl == "coding",
            change.c.before.is_not(None),
            func.json_extract(change.c.after, "$.code") == code,
        )
        gone = self._project.connection.scalars(
            select(change.c.row).where(
                change.c.tbl == "code", change.c.step.in_(joined), change.c.after == '{"gone":1}'
            )
        )
        return found | set(gone)

    # Parts

    def _conditions(self, wanted: Wanted) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if wanted.coders is not None:
            found.append(among(step.c.coder, wanted.coders))
        if wanted.since is not None:
            found.append(step.c.wall >= wanted.since)
        if wanted.until is not None:
            found.append(step.c.wall < wanted.until)
        if wanted.kinds is not None:
            tables = [table for kind in wanted.kinds for table in _KINDS[kind]]
            found.append(_touching(change.c.tbl.in_(tables)))
        if wanted.code is not None:
            named = or_(
                func.json_extract(change.c.after, "$.code") == wanted.code,
                func.json_extract(change.c.before, "$.code") == wanted.code,
            )
            coded = select(schema.coding.c.guid).where(schema.coding.c.code == wanted.code)
            about = select(schema.memo.c.guid).where(schema.memo.c.target == wanted.code)
            found.append(
                _touching(
                    or_(
                        change.c.row == wanted.code,
                        and_(change.c.tbl == "coding", or_(named, change.c.row.in_(coded))),
                        and_(change.c.tbl == "memo", change.c.row.in_(about)),
                    )
                )
            )
        if wanted.document is not None:
            found.append(_touching(self._in_document(wanted.document)))
        return found

    @staticmethod
    def _in_document(document: str) -> ColumnElement[bool]:
        tables = (schema.coding, schema.speaker, schema.progress, schema.unit, schema.settlement)
        inside = [
            and_(
                change.c.tbl == table.name,
                change.c.row.in_(select(table.c.guid).where(table.c.document == document)),
            )
            for table in tables
        ]
        about = select(schema.memo.c.guid).where(schema.memo.c.target == document)
        return or_(change.c.row == document, change.c.row.in_(about), *inside)

    def _recorded(self, ids: Collection[int]) -> dict[int, list[Recorded]]:
        """Step (id) -> its changes, in the order in which they were written."""
        numbers = func.json_each(json.dumps(list(ids))).table_valued("value", name="ids")
        rows = self._project.connection.execute(
            select(change.c.step, change.c.tbl, change.c.row, change.c.before, change.c.after)
            .where(change.c.step.in_(select(numbers.c.value)))
            .order_by(change.c.step, change.c.number)
        )
        found: dict[int, list[Recorded]] = {}
        for step_id, table, row, before, after in rows:
            recorded = Recorded(table, row, None if before is None else json.loads(before), json.loads(after))
            found.setdefault(step_id, []).append(recorded)
        return found


def _touching(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return step.c.id.in_(select(change.c.step).where(condition))


def _kinds_of(recorded: Collection[Recorded]) -> tuple[AuditKind, ...]:
    tables = {one.table for one in recorded}
    return tuple(kind for kind, own in _KINDS.items() if tables.intersection(own))


def _joined(name: str, own: Collection[Recorded]) -> str:
    """Joining codes touches many rows; its name says best what it did."""
    is_join = name.startswith("Join ") and any(one.table == "code" for one in own)
    return f"joined {name.removeprefix('Join ')}" if is_join else ""


def _plain(name: str) -> str:
    for verb in ("Undo ", "Redo "):
        name = name.removeprefix(verb)
    return name
