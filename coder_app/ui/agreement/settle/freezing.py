"""What a round would keep: whose work is still unmeasured, and the choice that is offered for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder_app.core.model import Coder, Status
from coder_app.project.project import Project

if TYPE_CHECKING:
    from coder_app.project.comparing import Choice


@dataclass(frozen=True, slots=True)
class Offer:
    """A round that can be made now."""

    choice: Choice
    coders: tuple[Coder, ...]
    documents: int
    unfinished: int = 0
    """Of the transcripts: not marked as finished by all of these coders."""
    left_out: int = 0
    """Further transcripts that were meant, but that these coders did not all code."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A transcript, as far as a group of coders is with it."""

    document: str
    finished: bool
    """By all of them."""
    begun: bool
    """All of them finished it or put something into it."""
    coded: bool
    """Any of them put something into it."""


def others_shown(project: Project, coders: Collection[str], documents: Collection[str]) -> list[Coder]:
    """Those of ``coders`` other than the current one who have codings in these transcripts.

    Second passes are left out: what they code was measured and settled before.
    """
    me = project.coders.current.guid
    coded = {coder for (document, coder), n in project.queries.codings_by_document().items()
             if n and document in documents}  # fmt: skip
    return [
        one
        for one in project.coders.all()
        if one.guid in coders and one.guid in coded and one.guid != me and not one.person
    ]


def unmeasured(project: Project, coders: Collection[str], documents: Collection[str]) -> list[Coder]:
    """Whose work in these transcripts would be seen without any round that keeps how it stood.

    A round of the current coder and the other one measures it, in all transcripts that the other coded;
    so does a round of all these coders in all these transcripts.
    """
    others = others_shown(project, coders, documents)
    if not others or project.rounds.covering(coders, documents) is not None:
        return []
    me = project.coders.current.guid
    places: dict[str, set[str]] = {one.guid: set() for one in others}
    for (document, coder), count in project.queries.codings_by_document().items():
        if count and coder in places and document in documents:
            places[coder].add(document)
    return [one for one in others if project.rounds.covering([me, one.guid], places[one.guid]) is None]


def offered(project: Project, coders: Sequence[str], documents: Collection[str]) -> Offer | None:
    """The round that keeps most of what these coders did in these transcripts; None where nothing compares.

    All of the coders come before two of them, transcripts that all finished before those that all began.
    """
    groups = [tuple(coders)] if len(coders) > 1 else []
    if len(coders) > 2:
        me = project.coders.current.guid
        first = me if me in coders else coders[0]
        groups += [(first, other) for other in coders if other != first]
    tables = {group: _within(project, group, documents) for group in groups}
    for finished in (True, False):
        best: tuple[int, tuple[str, ...]] = (0, ())
        for group, table in tables.items():
            count = sum(row.finished if finished else row.begun for row in table)
            if count > best[0]:
                best = count, group
        if best[0]:
            return _offer(project, best[1], tables[best[1]], finished)
    return None


def offer_of(project: Project, choice: Choice) -> Offer:
    """The round of a choice that was made elsewhere."""
    known = {one.guid: one for one in project.coders.all()}
    wanted = set(choice.documents) if choice.documents is not None else None
    table = _within(project, choice.coders, wanted)
    rows = table if choice.include_unfinished else [row for row in table if row.finished]
    coders = tuple(known[guid] for guid in choice.coders if guid in known)
    unfinished = sum(not row.finished for row in rows)
    return Offer(choice, coders, len(rows), unfinished, len(table) - len(rows))


def _within(project: Project, group: Sequence[str], documents: Collection[str] | None) -> list[_Row]:
    """The transcripts meant, in the project's order."""
    statuses, codings = project.documents.statuses(), project.queries.codings_by_document()
    rows = []
    for document in project.documents.all():
        if documents is None or document.guid in documents:
            keys = [(document.guid, coder) for coder in group]
            finished = [statuses.get(key) == Status.FINISHED for key in keys]
            coded = [codings.get(key, 0) > 0 for key in keys]
            begun = all(one or other for one, other in zip(finished, coded, strict=True))
            rows.append(_Row(document.guid, all(finished), begun, any(coded)))
    return rows


def _offer(project: Project, group: tuple[str, ...], table: list[_Row], finished: bool) -> Offer:
    from coder_app.project.comparing import UNITS, Choice

    rows = [row for row in table if (row.finished if finished else row.begun)]
    documents = tuple(row.document for row in rows)
    divided = {
        guid for guid, units in project.meaning_units.all().items() if units.locked and units.places
    }  # fmt: skip
    units = "meaning-unit" in UNITS and bool(divided) and divided.issuperset(documents)
    known = {one.guid: one for one in project.coders.all()}
    meant = sum(row.begun or row.coded for row in table)
    return Offer(
        Choice(
            coders=group,
            unit="meaning-unit" if units else "turn",
            documents=documents,
            include_unfinished=not finished,
        ),
        tuple(known[guid] for guid in group),
        len(rows),
        sum(not row.finished for row in rows),
        meant - len(rows),
    )
