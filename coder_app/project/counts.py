"""Quotes and participants behind each node, kept up to date as codings change.

Counting 200,000 codings anew takes half a second; an action touches a few codes, so only those are
counted again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from coder_app.core.codetree import Codebook
from coder_app.core.model import CONSENSUS, Count, Role, Speaker
from coder_app.project import schema
from coder_app.project.among import among
from coder_app.project.schema import place_range
from coder_app.project.shown import coding_shows

if TYPE_CHECKING:
    from coder_app.project.project import Project


class People:
    """Which participants a stretch of a transcript belongs to.

    Where one participant speaks in a transcript, everything in it belongs to that person; in a group
    a stretch belongs to the participants whose turns it touches.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._speakers: dict[str, list[Speaker]] = project.documents.all_speakers()
        self._single: dict[str, str] = {}
        for document, speakers in self._speakers.items():
            people = {s.participant for s in speakers if s.participant and s.role == Role.PARTICIPANT}
            if len(people) == 1:
                self._single[document] = people.pop()

    def single(self, document: str) -> str | None:
        """The participant of a transcript that has just one."""
        return self._single.get(document)

    def are_several(self, document: str) -> bool:
        return document not in self._single and any(
            s.participant and s.role == Role.PARTICIPANT for s in self._speakers.get(document, ())
        )

    def speakers(self, document: str) -> list[Speaker]:
        return self._speakers.get(document, [])

    def at(self, document: str, start: int, end: int) -> tuple[str, ...]:
        """GUIDs of the participants of ``[start, end)`` (code points)."""
        single = self._single.get(document)
        if single is not None:
            return (single,)
        if not self.are_several(document):
            return ()
        speakers = self._speakers[document]
        found: list[str] = []
        for number in self._project.documents.content(document).speakers_in(start, end):
            speaker = speakers[number]
            if speaker.role == Role.PARTICIPANT and speaker.participant and speaker.participant not in found:
                found.append(speaker.participant)
        return tuple(found)


@dataclass
class _Nodes:
    """What was added up for some coders on one state of the codebook."""

    tree: Codebook
    counts: dict[str, Count]
    people: dict[str, set[str]]
    """Node -> participants of it and everything below."""
    stale: set[str]
    """Codes that were counted again since."""


class Counts:
    """Per code and coder: how many codings, and how many of each participant."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._quotes: dict[str, dict[str, int]] | None = None  # code -> coder -> codings
        self._people: dict[str, dict[str, set[str]]] = {}  # code -> coder -> participants
        self._nodes: dict[frozenset[str] | None, _Nodes] = {}

    def forget(self) -> None:
        self._quotes = None
        self._people = {}
        self._nodes = {}

    def update(self, codes: Iterable[str], people: People) -> None:
        """Count these codes again, where anything was counted before."""
        if self._quotes is None:
            return
        changed = set(codes)
        for code in changed:
            self._quotes.pop(code, None)
            self._people.pop(code, None)
        for nodes in self._nodes.values():
            nodes.stale |= changed
        self._count(changed, people)

    def _count(self, codes: Collection[str] | None, people: People) -> None:
        table, quotes = schema.coding.c, self._quotes
        assert quotes is not None
        where = [coding_shows(), table.code.is_not(None)]
        if codes is not None:
            where.append(among(table.code, codes))
        grouped = (
            select(table.code, table.coder, func.count(), func.json_group_array(table.document.distinct()))
            .where(*where)
            .group_by(table.code, table.coder)
        )
        groups: set[str] = set()
        for code, coder, count, documents in self._project.connection.execute(grouped).all():
            quotes.setdefault(code, {})[coder] = count
            transcripts = json.loads(documents)
            found = {people.single(document) for document in transcripts}
            if None in found:
                groups.update(document for document in transcripts if people.are_several(document))
            self._people.setdefault(code, {})[coder] = {person for person in found if person is not None}
        if groups:
            places = select(table.code, table.coder, table.document, table.place).where(
                *where, among(table.document, groups)
            )
            for code, coder, document, place in self._project.connection.execute(places).all():
                self._people[code][coder].update(people.at(document, *place_range(place)))

    def of_nodes(self, coders: Collection[str] | None, people: People) -> dict[str, Count]:
        """Counts of every node of the codebook, for some coders or (None) everybody.

        The same dictionary until something changes; only changed nodes and those above are added up anew.
        """
        if self._quotes is None:
            self._quotes = {}
            self._nodes = {}
            self._count(None, people)
        tree, key = self._project.codes.tree(), None if coders is None else frozenset(coders)
        nodes = self._nodes.get(key)
        if nodes is None or nodes.tree is not tree:
            nodes = self._nodes[key] = _Nodes(tree, {}, {}, set(tree.nodes))
        if nodes.stale:
            nodes.counts = dict(nodes.counts)  # whoever holds the one before sees what changed
            wanted = _with_ancestors(tree, nodes.stale)
            nodes.stale = set()
            for guid, _ in reversed(list(tree.walk())):
                if guid in wanted:
                    self._add_up(nodes, guid, key)
        return nodes.counts

    def _add_up(self, nodes: _Nodes, guid: str, coders: frozenset[str] | None) -> None:
        """Count one node, whose children are counted already."""
        assert self._quotes is not None
        own = sum(n for c, n in self._quotes.get(guid, {}).items() if _is_of(c, coders))
        by_coder = self._people.get(guid, {})
        people: set[str] = set().union(*(p for c, p in by_coder.items() if _is_of(c, coders)))
        children = nodes.tree.children(guid)
        everyone = people.union(*(nodes.people[child] for child in children))
        below = own + sum(nodes.counts[child].quotes_below for child in children)
        nodes.people[guid] = everyone
        nodes.counts[guid] = Count(own, len(people), below, len(everyone))


def _is_of(coder: str, coders: frozenset[str] | None) -> bool:
    return coder != CONSENSUS if coders is None else coder in coders


def _with_ancestors(tree: Codebook, guids: Iterable[str]) -> set[str]:
    """These nodes, as far as the codebook has them, and all above them; each path is walked once."""
    found: set[str] = set()
    for guid in guids:
        above = guid if guid in tree else None
        while above is not None and above not in found:
            found.add(above)
            above = tree.parent(above)
    return found
