"""How one node of the codebook came to be: which actions belong to its story, and what of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from coder_app.project.audit_search import Wanted, pieces_of, visible
from coder_app.project.audit_words import Done, Net, parsed
from coder_app.project.history import driver

_OWN = {"name", "level", "place", "gone", "short", "full", "when", "when_not", "example", "plain"}
"""What is told of the node itself; its colour is no part of the story."""
_NEAR = {"name", "level", "place", "gone"}
"""What is told of nodes in it and of those joined into it."""


class Story:
    """The story of ``wanted.story``: `pieces` finds its actions, `part` cuts one to what belongs to it."""

    def __init__(self, connection: Connection, wanted: Wanted) -> None:
        self._execute: Callable[..., Any] = driver(connection).execute
        self._node = wanted.story
        self._visible, self._eyes = visible(wanted.eyes)
        self._near: set[str] = set()
        self._memos: set[str] = set()
        self._offspring: set[str] = set()
        """Nodes that were split off from it."""

    def pieces(self) -> Iterator[list[int]]:
        """Ids of its steps, oldest first, in the last piece; between two a few milliseconds pass."""
        inside: set[str] = set()
        joins: dict[int, _Join] = {}
        made: dict[int, set[str]] = {}
        left: set[int] = set()
        query = f"{_ABOUT_NODES} AND {self._visible}"
        for first, last in pieces_of(self._execute, "change"):
            for step, table, row, before, after in self._execute(query, (first, last, *self._eyes)):
                values = parsed(after)
                if table == "code" and _parent(values) == self._node:
                    inside.add(row)
                if table == "code" and before is not None and values.get("gone"):
                    joins.setdefault(step, _Join()).deleted.add(row)
                elif table == "code" and before is None:
                    made.setdefault(step, set()).add(row)
                elif table != "code":
                    joins.setdefault(step, _Join()).into.add(values.get("code") or values.get("target") or "")
                    if self._node in before:
                        left.add(step)
            yield []
        self._near = inside | self._joined_into({id: one for id, one in joins.items() if one.deleted})
        self._offspring = {row for step in left for row in made.get(step, ())} - {self._node}
        yield []
        self._memos = set(self._column("SELECT guid FROM memo WHERE target = ?", (self._node,)))
        yield self._ids()

    def _ids(self) -> list[int]:
        rows = json.dumps([self._node, *self._near, *self._memos, *self._offspring])
        query = (
            "SELECT step.id, change.tbl, change.row, change.before, change.after"
            " FROM change JOIN step ON step.id = change.step"
            " WHERE change.row IN (SELECT value FROM json_each(?)) AND change.tbl IN ('code', 'memo')"
            f" AND {self._visible} ORDER BY step.wall, step.counter, step.guid"
        )
        found: dict[int, None] = {}
        for id, table, row, before, after in self._execute(query, (rows, *self._eyes)):
            was = {} if before is None else parsed(before)
            if self._tells(Net(table, row, before is None, was, parsed(after))):
                found[id] = None
        return list(found)

    def part(self, done: Done) -> Done:
        """What an action did to the node, to what is in it and to the memos on it.

        The codings that go over in a join or a split stay: the phrase counts them.
        """
        kept = [one for one in done.changes if one.table == "coding" or self._tells(one)]
        nodes = {one.row for one in kept if one.table == "code"}
        return replace(
            done,
            changes=tuple(
                one
                for one in kept
                if one.table != "coding"
                or (one.was.get("code") and (one.was["code"] in nodes or one.now.get("code") in nodes))
            ),
        )

    def _tells(self, one: Net) -> bool:
        if one.table == "memo":
            return one.row in self._memos
        if one.makes and one.row in self._offspring:
            return True
        if one.table != "code" or one.row not in self._near | {self._node}:
            return False
        if one.makes:
            return True
        if one.now.keys() <= {"place"} and "place" in one.was and _parent(one.was) == _parent(one.now):
            return False  # another order among its siblings
        return bool(one.now.keys() & (_OWN if one.row == self._node else _NEAR))

    def _joined_into(self, joins: dict[int, _Join]) -> set[str]:
        """Nodes that became part of it, and those that had become part of these."""
        called: dict[int, str] = {}
        for first, last in pieces_of(self._execute, "step"):
            called.update(self._execute(_CALLED_JOIN, (first, last)).fetchall())
        found: set[str] = set()
        waiting = [self._node]
        while waiting:
            into = waiting.pop()
            endings = tuple(f" into {name}" for name in self._names(into))
            for id, join in joins.items():
                if into in join.into or (endings and called.get(id, "").endswith(endings)):
                    new = join.deleted - found - {self._node, into}
                    found |= new
                    waiting += new
        return found

    def _names(self, node: str) -> set[str]:
        """What a node was ever called."""
        texts = self._column("SELECT after FROM change WHERE row = ? AND tbl = 'code'", (node,))
        return {str(name) for text in texts if (name := parsed(text).get("name"))}

    def _column(self, query: str, parameters: tuple[Any, ...]) -> list[str]:
        return [row[0] for row in self._execute(query, parameters)]


@dataclass(slots=True)
class _Join:
    """What a step deleted, and where codings and memos went in it."""

    deleted: set[str] = field(default_factory=set)
    into: set[str] = field(default_factory=set)


_ABOUT_NODES = (
    "SELECT step, tbl, row, before, after FROM change WHERE id > ? AND id <= ?"
    " AND ((tbl = 'code' AND (instr(after, '\"place\":') OR instr(after, '\"gone\":')))"
    " OR (before IS NOT NULL AND ((tbl = 'coding' AND after LIKE '{\"code\":%')"
    " OR (tbl = 'memo' AND after LIKE '{\"target\":%'))))"
)
"""Where nodes were put, deleted, and what codings and memos were given to other nodes."""

_CALLED_JOIN = "SELECT id, name FROM step WHERE id > ? AND id <= ? AND name LIKE 'Join %'"


def _parent(fields: dict[str, Any]) -> str:
    return str(fields.get("place", "")).partition("|")[0]
