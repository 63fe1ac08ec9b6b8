"""What became of what a merge report tells: decided since, or still open; and whose work it tells of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select

from coder_app.project.among import among
from coder_app.project.audit_search import PRIVATE
from coder_app.project.history import TABLES
from coder_app.project.merge_report import Alike, Conflict

if TYPE_CHECKING:
    from coder_app.project.project import Project


class Fate(StrEnum):
    """Where something stands that a merge left to people."""

    OPEN = "open"
    OTHER = "other"
    """The value that did not stand after the merge stands now."""
    ONE = "one"
    """Of two that looked alike one is left: they were joined, or one was deleted."""
    APART = "apart"
    """They are kept apart."""


def of_conflicts(project: Project, conflicts: Collection[Conflict]) -> dict[object, Fate]:
    """Whether the other value stands now."""
    now: dict[tuple[str, str, str], object] = {}
    for table, field in {(one.table, one.field) for one in conflicts}:
        columns = TABLES[table].c if table in TABLES else None
        if columns is None or field not in columns:
            continue
        rows = {one.row for one in conflicts if (one.table, one.field) == (table, field)}
        query = select(columns.guid, columns[field]).where(among(columns.guid, rows))
        now.update(((table, row, field), value) for row, value in project.connection.execute(query))
    return {
        one: Fate.OTHER if now.get((one.table, one.row, one.field), _NOTHING) == one.other else Fate.OPEN
        for one in conflicts
    }


def of_alike(project: Project, alike: Iterable[Alike]) -> dict[object, Fate]:
    """Whether one of the two is left, or both are kept apart."""
    there = {
        "code": set(project.codes.tree().nodes),
        "participant": {person.guid for person in project.participants.all()},
        "coder": {coder.guid for coder in project.coders.all()},
    }
    apart = project.lookalikes.apart()

    def fate(one: Alike) -> Fate:
        pair = frozenset((one.one, one.other))
        if not pair <= there.get(one.kind, pair):
            return Fate.ONE
        return Fate.APART if pair in apart else Fate.OPEN

    return {one: fate(one) for one in alike}


def hidden(project: Project, conflicts: Iterable[Conflict], eyes: Collection[str]) -> set[Conflict]:
    """Those that tell what somebody coded, noted or settled whose work may not be seen.

    ``eyes`` are the GUIDs of those whose work may.
    """
    found: set[Conflict] = set()
    private: dict[str, list[Conflict]] = {}
    for one in conflicts:
        if one.table in PRIVATE:
            private.setdefault(one.table, []).append(one)
    for table, told in private.items():
        columns = TABLES[table].c
        query = select(columns.guid, columns.coder).where(among(columns.guid, {one.row for one in told}))
        own = {row for row, coder in project.connection.execute(query) if coder in eyes}
        found.update(one for one in told if one.row not in own)
    return found


_NOTHING = object()
