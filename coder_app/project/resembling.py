"""What came in and looks like something that was here, and may be meant to be one with it.

Codes look alike by their names (core/names_alike.py), by what their definitions say, or because their
codings cover the same text (core/lookalike.py); participants by their IDs or pseudonyms, coders by
their names. What only looks alike stays apart until somebody joins it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from coder_app.core.codetree import Codebook
from coder_app.core.lookalike import Overlap
from coder_app.core.model import Code
from coder_app.core.names_alike import Why, likeness, without_accents
from coder_app.project import schema
from coder_app.project.among import among
from coder_app.project.merge_report import Alike
from coder_app.project.union import Union

if TYPE_CHECKING:
    from coder_app.project.project import Project

SURELY_ALIKE = 0.8
"""From this likeness of their names on two codes of different laptops are told."""
SAME_WORDS = 0.5
"""Least share of the words of two definitions (Jaccard 1912) that both hold."""
SAME_TEXT = "their codings cover the same text"
"""The reason that tells something of what was coded."""
_FEW = 4
"""A definition of fewer words says too little."""
_MOST = 200
"""More pairs than anybody looks through are not told."""

Keys = Collection[tuple[str, str]]
"""(table, GUID) of rows."""


def alike(project: Project, new: Keys) -> tuple[Alike, ...]:
    """What among ``new`` looks like another one: coders, participants, and codes, the surest first."""
    return (*_coders(project, new), *_participants(project, new), *_codes(project, new))[:_MOST]


def joined_crosswise(project: Project, found: Union) -> Iterator[Alike]:
    """Codes that one copy joined into each other one way round and the other the other way.

    Each then holds what was coded with the other: who joins them once more has meant it so.
    """
    codes = {guid for table, guid in found.after if table == "code"}
    if not codes:
        return
    gone, moved = schema.change.alias(), schema.change.alias()
    into = func.json_extract(moved.c.after, "$.code")
    joins = project.connection.execute(
        select(gone.c.row, into, schema.step.c.id, schema.step.c.guid)
        .join(moved, and_(moved.c.step == gone.c.step, moved.c.tbl == "coding"))
        .join(schema.step, schema.step.c.id == gone.c.step)
        .where(among(gone.c.row, codes), gone.c.tbl == "code", gone.c.after == '{"gone":1}')
        .where(func.json_extract(moved.c.before, "$.code") == gone.c.row, into.is_not(None))
        .distinct()
    ).all()
    theirs = {(one, other) for one, other, step, _ in joins if step in found.steps}
    ours = {(one, other) for one, other, _, step in joins if step in found.ours_only}
    tree = project.codes.tree()
    for one, other in sorted(theirs):
        if (other, one) in ours and one in tree and other in tree:
            why = ("each copy joined them the other way round, so each now holds the other's codings",)
            yield Alike("code", tree[one].name, other, one, tree[other].name, why)


def _codes(project: Project, new: Keys) -> list[Alike]:
    tree = project.codes.tree()
    fresh = [guid for guid in tree.nodes if ("code", guid) in new]
    if not fresh:
        return []
    apart = project.lookalikes.apart()
    words = {guid: _words(tree[guid]) for guid in tree.nodes}
    covered = _Covered(project, tree, fresh)
    above = {guid: set(tree.ancestors(guid)) for guid in tree.nodes}
    found: list[tuple[float, Alike]] = []
    place = {guid: at for at, guid in enumerate(fresh)}
    for at, guid in enumerate(fresh):
        for other in tree.nodes:
            if place.get(other, -1) >= at or other in above[guid] or guid in above[other]:
                continue
            if frozenset((guid, other)) in apart:
                continue
            reasons, score = _reasons(tree[guid], tree[other], words[guid], words[other])
            if tree[guid].level == tree[other].level and (met := covered.by(guid, other)).alike:
                reasons.append(SAME_TEXT)
                score = max(score, met.score)
            if reasons:
                told = Alike("code", tree[guid].name, other, guid, tree[other].name, tuple(reasons))
                found.append((score, told))
    found.sort(key=lambda one: (-one[0], one[1].name.casefold(), one[1].one, one[1].other))
    return [told for _, told in found]


def _reasons(
    one: Code, other: Code, words: frozenset[str], other_words: frozenset[str]
) -> tuple[list[str], float]:
    """Why two codes look alike by name and definition, and how much, from 0 to 1."""
    name = likeness(one.name, other.name)
    reasons, score = [], 0.0
    if name.score >= SURELY_ALIKE and name.why is not Why.NOTHING:
        reasons.append(name.why.value)
        score = name.score
    if min(len(words), len(other_words)) >= _FEW:
        share = len(words & other_words) / len(words | other_words)
        if share >= SAME_WORDS:
            reasons.append("their definitions use the same words")
            score = max(score, share)
    return reasons, score


def _words(node: Code) -> frozenset[str]:
    """The words of what defines a code, letter case and accents apart."""
    definition = node.definition
    text = " ".join((definition.short, definition.full, definition.plain))
    return frozenset(re.findall(r"\w+", without_accents(text.casefold())))


class _Covered:
    """How far the codings of new codes cover the text that those of others do, everybody's together."""

    def __init__(self, project: Project, tree: Codebook, fresh: Collection[str]) -> None:
        self._rows = {guid: at for at, guid in enumerate(fresh)}
        self._columns = {guid: at for at, guid in enumerate(tree.nodes)}
        self._overlaps = None
        codings = project.codings.of_codes(list(fresh))
        if codings:  # else NumPy need not be loaded
            from coder_app.core.agreement.overlap import overlaps

            documents = {coding.document for coding in codings}
            self._overlaps = overlaps(
                codings,
                project.codings.all(documents=documents),
                {guid: [at] for guid, at in self._rows.items()},
                {guid: [at] for guid, at in self._columns.items()},
                (len(self._rows), len(self._columns)),
            )

    def by(self, fresh: str, other: str) -> Overlap:
        if self._overlaps is None:
            return Overlap()
        return self._overlaps.of(self._rows[fresh], self._columns[other])


def _participants(project: Project, new: Keys) -> Iterator[Alike]:
    """Participants whose ID or pseudonym is the same but for letter case, spaces and the like."""
    people = project.participants.all()
    fresh = {person.guid for person in people if ("participant", person.guid) in new}
    for at, person in enumerate(people):
        for other in people[:at]:
            if not fresh & {person.guid, other.guid}:
                continue
            came, was = (person, other) if person.guid in fresh else (other, person)
            reasons = (
                *_same("ID", came.label, was.label),
                *_same("pseudonym", came.pseudonym, was.pseudonym),
            )
            if reasons:
                yield Alike("participant", came.label, was.guid, came.guid, was.label, reasons)


def _coders(project: Project, new: Keys) -> Iterator[Alike]:
    """Coders of one name: one person on two laptops perhaps, or two people."""
    coders = project.coders.all()
    for at, coder in enumerate(coders):
        for other in coders[:at]:
            fresh = {one.guid for one in (coder, other) if ("coder", one.guid) in new}
            if fresh and (reasons := _same("name", coder.name, other.name)):
                came, was = (coder, other) if coder.guid in fresh else (other, coder)
                yield Alike("coder", came.name, was.guid, came.guid, was.name, reasons)
    names = {coder.guid: coder.name for coder in coders}
    for guid, into in project.coders.joined():
        if guid in names and into in names:
            yield Alike("coder", names[guid], into, guid, names[into], ("joined before; more work came in",))


def _same(what: str, one: str, other: str) -> tuple[str, ...]:
    if one and other and (why := likeness(one, other).why) in _SAME:
        return (f"{what}: {why.value}",)
    return ()


_SAME = (Why.SAME, Why.CASE, Why.ACCENTS, Why.SPACING, Why.ORDER)
