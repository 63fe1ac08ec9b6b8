"""Which actions somebody wants to read about, and finding them piece by piece.

A history of 200,000 actions is looked through in pieces of a few milliseconds each, so that a window can
do it between its events. What a coder who works blind may not see (``eyes``) is no reason for a find
either, or a filter would tell it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

from sqlalchemy import Connection

from coder_app.project.audit_words import parsed
from coder_app.project.history import driver


class AuditKind(StrEnum):
    """What an action was about."""

    STUDY = "study"
    TRANSCRIPTS = "transcripts"
    PARTICIPANTS = "participants"
    CODEBOOK = "codebook"
    CODINGS = "codings"
    MEMOS = "memos"
    AGREEMENT = "agreement"


KINDS: dict[AuditKind, tuple[str, ...]] = {
    AuditKind.STUDY: ("study", "coder"),
    AuditKind.TRANSCRIPTS: ("document", "speaker", "progress", "division", "unit"),
    AuditKind.PARTICIPANTS: ("participant", "attribute", "attribute_value"),
    AuditKind.CODEBOOK: ("code", "kept_apart"),
    AuditKind.CODINGS: ("coding",),
    AuditKind.MEMOS: ("memo",),
    AuditKind.AGREEMENT: ("round", "settlement", "stability"),
}
"""Kind -> its tables."""

PRIVATE = ("coding", "memo", "settlement")
"""Tables whose rows belong to a coder, and are hidden from one who works blind."""


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
    words: str = ""
    """What must be in the name of the action or in something that it wrote, letter case apart."""
    eyes: tuple[str, ...] | None = None
    """Whose codings, memos and decisions are told (a blind coder's own); None: everybody's."""
    story: str = ""
    """GUID of a node: how it came to be, oldest first."""


EVERYTHING = Wanted()

_FIRST, _MOST = 250, 2_000
"""Steps in the first piece, so that a page is there at once, and in later ones."""
_SCANNED = 12_000
"""Rows that are looked through in a piece."""
_ROWS = 2_000
"""Rows whose changes are looked up in a piece."""

_TEXTS = (
    "name", "label", "title", "pseudonym", "text", "short", "full", "when", "when_not", "example", "plain",
    "value", "reason", "date", "source", "level_0", "level_1", "level_2", "level_3", "level_4",
)  # fmt: skip
"""Fields that hold what people wrote."""

Step = tuple[int, int, int, str, str]
"""Id, wall time, counter, GUID, coder."""


def visible(eyes: Collection[str] | None) -> tuple[str, tuple[str, ...]]:
    """A condition on rows of ``change``: that they may be shown to somebody; and its parameters."""
    if eyes is None:
        return "1", ()
    own = json.dumps(list(eyes))
    parts = " ".join(
        f"WHEN '{table}' THEN EXISTS (SELECT 1 FROM {table} AS private WHERE private.guid = change.row"
        " AND private.coder IN (SELECT value FROM json_each(?)))"
        for table in PRIVATE
    )
    return f"(CASE change.tbl {parts} ELSE 1 END)", (own,) * len(PRIVATE)


class Search:
    """Looks for the actions that are wanted. `pieces` yields their ids, in the order of the clock."""

    def __init__(self, connection: Connection, wanted: Wanted, *, newest_first: bool = True) -> None:
        self._execute: Callable[..., Any] = driver(connection).execute
        self._wanted = wanted
        self._backwards = newest_first
        self._visible, self._eyes = visible(wanted.eyes)

    def pieces(self) -> Iterator[list[int]]:
        """Ids of steps, in lists of any length; between two of them a few milliseconds pass."""
        narrow: set[int] | None = None
        for sets in self._filters():
            found: set[int] = set()
            for some in sets:
                found |= some
                yield []
            narrow = found if narrow is None else narrow & found
        for steps in self._all_steps() if narrow is None else self._these_steps(narrow):
            yield self._kept(steps, looked_at=narrow is not None)

    # What changes tell: each filter finds its steps, some at a time

    def _filters(self) -> Iterator[Iterator[set[int]]]:
        wanted = self._wanted
        if wanted.document is not None:
            yield self._touching(self._rows_in(wanted.document))
        if wanted.code is not None:
            rows = [
                wanted.code,
                *self._guids("coding", "code", wanted.code),
                *self._guids("memo", "target", wanted.code),
            ]
            yield chain(self._touching(rows), self._once_coded(wanted.code))
        if wanted.kinds is not None:
            tables = json.dumps([table for kind in wanted.kinds for table in KINDS[kind]])
            yield self._scan("tbl IN (SELECT value FROM json_each(?))", (tables,))
        if wanted.words.strip():
            yield self._with_words(" ".join(wanted.words.split()).casefold())

    def _rows_in(self, document: str) -> list[str]:
        inside = ("coding", "speaker", "progress", "unit", "settlement")
        rows = [guid for table in inside for guid in self._guids(table, "document", document)]
        return [document, *rows, *self._guids("memo", "target", document)]

    def _guids(self, table: str, field: str, value: str) -> list[str]:
        return [row[0] for row in self._execute(f"SELECT guid FROM {table} WHERE {field} = ?", (value,))]

    def _touching(self, rows: Sequence[str]) -> Iterator[set[int]]:
        """Steps that wrote to these rows."""
        query = (
            "SELECT step FROM change WHERE change.row IN (SELECT value FROM json_each(?))"
            f" AND {self._visible}"
        )
        for first in range(0, len(rows), _ROWS):
            some = json.dumps(rows[first : first + _ROWS])
            yield {row[0] for row in self._execute(query, (some, *self._eyes))}

    def _once_coded(self, code: str) -> Iterator[set[int]]:
        """Steps that gave a coding this code, or took it from one."""
        return self._scan("tbl = 'coding' AND (instr(after, ?) OR instr(before, ?))", (code, code))

    def _scan(self, condition: str, parameters: tuple[Any, ...]) -> Iterator[set[int]]:
        """Steps with a change of that kind that may be seen; looks through the whole history."""
        query = f"SELECT step FROM change WHERE id > ? AND id <= ? AND {condition} AND {self._visible}"
        for first, last in pieces_of(self._execute, "change"):
            rows = self._execute(query, (first, last, *parameters, *self._eyes))
            yield {row[0] for row in rows}

    def _with_words(self, needle: str) -> Iterator[set[int]]:
        if self._wanted.eyes is None:  # the name of an action that is hidden in part may tell of that part
            for first, last in pieces_of(self._execute, "step"):
                rows = self._execute("SELECT id, name FROM step WHERE id > ? AND id <= ?", (first, last))
                yield {id for id, name in rows if needle in name.casefold()}
        query = "SELECT step, before, after FROM change WHERE id > ? AND id <= ?"
        likely: tuple[str, ...] = ()
        if (
            needle.isascii() and needle.replace(" ", "").isalnum()
        ):  # as it stands in JSON, SQLite finds it faster
            query += " AND (after LIKE ? OR before LIKE ?)"
            likely = (f"%{needle}%",) * 2
        query += f" AND {self._visible}"
        for first, last in pieces_of(self._execute, "change"):
            found: set[int] = set()
            for step, before, after in self._execute(query, (first, last, *likely, *self._eyes)):
                if step not in found and any(_holds(text, needle) for text in (after, before) if text):
                    found.add(step)
            yield found

    # Steps in the order of the clock

    def _all_steps(self) -> Iterator[list[Step]]:
        order = "DESC" if self._backwards else "ASC"
        sign = "<" if self._backwards else ">"
        where = f"WHERE (wall, counter, guid) {sign} (?, ?, ?)"
        query = (
            "SELECT id, wall, counter, guid, coder FROM step {}"
            f" ORDER BY wall {order}, counter {order}, guid {order} LIMIT ?"
        )
        since, until = self._wanted.since, self._wanted.until
        wall = until if self._backwards else since
        start: tuple[Any, ...] = () if wall is None else (wall, 0, "") if self._backwards else (wall, -1, "")
        many = _FIRST
        while True:
            begun = query.format(where if start else "")
            steps: list[Step] = self._execute(begun, (*start, many)).fetchall()
            yield steps
            if len(steps) < many or self._beyond(steps[-1][1]):
                return
            start, many = steps[-1][1:4], min(2 * many, _MOST)

    def _beyond(self, wall: int) -> bool:
        """Whether what comes after that time is no longer wanted."""
        since, until = self._wanted.since, self._wanted.until
        if self._backwards:
            return since is not None and wall < since
        return until is not None and wall >= until

    def _these_steps(self, ids: set[int]) -> Iterator[list[Step]]:
        known = list(ids)
        found: list[Step] = []
        query = "SELECT id, wall, counter, guid, coder FROM step WHERE id IN (SELECT value FROM json_each(?))"
        for first in range(0, len(known), _MOST):
            found += self._execute(query, (json.dumps(known[first : first + _MOST]),)).fetchall()
            yield []
        found.sort(key=lambda one: one[1:4], reverse=self._backwards)
        for first in range(0, len(found), _MOST):
            yield found[first : first + _MOST]

    # What steps themselves tell

    def _kept(self, steps: Sequence[Step], *, looked_at: bool) -> list[int]:
        """Those of the right coders and times; blind, those of which anything may be seen."""
        wanted = self._wanted
        ids = [
            one[0]
            for one in steps
            if (wanted.coders is None or one[4] in wanted.coders)
            and (wanted.since is None or one[1] >= wanted.since)
            and (wanted.until is None or one[1] < wanted.until)
        ]
        if wanted.eyes is None or looked_at:
            return ids
        query = (
            "SELECT value FROM json_each(?) WHERE EXISTS"
            f" (SELECT 1 FROM change WHERE change.step = value AND {self._visible})"
        )
        found = {row[0] for row in self._execute(query, (json.dumps(ids), *self._eyes))}
        return [id for id in ids if id in found]


def pieces_of(execute: Callable[..., Any], table: str) -> Iterator[tuple[int, int]]:
    """(first, last] of the ids of a table, so many rows at a time."""
    (latest,) = execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()
    for first in range(0, latest, _SCANNED):
        yield first, first + _SCANNED


def _holds(text: str, needle: str) -> bool:
    """Whether a recorded object holds the words in something that a person wrote."""
    if needle not in text.casefold() and '"' not in needle and "\\" not in needle:
        return False
    values = parsed(text)
    return any(needle in str(values[name]).casefold() for name in _TEXTS if values.get(name))
