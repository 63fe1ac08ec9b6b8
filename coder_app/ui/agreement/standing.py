"""How far two coders are with each transcript, and where "finished" seems to have been forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coder_app.core.model import Coder, Document, Status
from coder_app.project.project import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """One transcript: each coder's progress and how many codings (and marked passages) each has there."""

    document: Document
    statuses: tuple[Status, Status]
    codings: tuple[int, int]

    @property
    def finished(self) -> bool:
        """Both coders marked it as finished."""
        return all(status is Status.FINISHED for status in self.statuses)

    def seen_by(self, coder: int) -> bool:
        """Whether the coder finished it, or at least put something into it."""
        return self.statuses[coder] is Status.FINISHED or self.codings[coder] > 0

    @property
    def can_enter(self) -> bool:
        """Whether it can be compared at all: comparing with somebody who has not begun says nothing."""
        return self.seen_by(0) and self.seen_by(1)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Transcripts in which a coder has codings that she did not mark as finished, with their numbers."""

    coder: Coder
    mine: bool
    """It is the current coder, who may mark them as finished; others' records are theirs alone."""
    documents: tuple[tuple[Document, int], ...]


def standings(project: Project, coders: Sequence[str]) -> list[Standing]:
    """Every transcript in the project's order. ``coders``: the GUIDs of the two."""
    statuses = project.documents.statuses()
    codings = project.queries.codings_by_document()
    one, other = coders
    return [
        Standing(
            document,
            (
                statuses.get((document.guid, one), Status.NOT_STARTED),
                statuses.get((document.guid, other), Status.NOT_STARTED),
            ),
            (codings.get((document.guid, one), 0), codings.get((document.guid, other), 0)),
        )
        for document in project.documents.all()
    ]


def forgotten(
    table: Sequence[Standing], coders: Sequence[Coder], current: str, taken: frozenset[str] = frozenset()
) -> list[Forgotten]:
    """Where "finished" seems to be missing, the current coder first.

    ``taken``: transcripts that are compared already, although somebody else did not finish them.
    """
    found = []
    for number, coder in enumerate(coders):
        mine = coder.guid == current
        documents = tuple(
            (row.document, row.codings[number])
            for row in table
            if row.codings[number] > 0
            and row.statuses[number] is not Status.FINISHED
            and row.can_enter
            and (mine or row.document.guid not in taken)
        )
        if documents:
            found.append(Forgotten(coder, mine, documents))
    return sorted(found, key=lambda one: not one.mine)


def likely_pair(project: Project) -> tuple[str, str] | None:
    """Who is compared first: the current coder and who shares most with her; None for one coder.

    Without codings of hers it is the two who have most codings.
    """
    coders = [coder.guid for coder in project.coders.all()]
    if len(coders) < 2:
        return None
    codings = project.queries.codings_by_document()
    documents: dict[str, set[str]] = {guid: set() for guid in coders}
    totals = dict.fromkeys(coders, 0)
    for (document, coder), count in codings.items():
        if coder in totals:
            documents[coder].add(document)
            totals[coder] += count
    me = project.coders.current.guid
    first = me if totals.get(me) else max(coders, key=lambda guid: totals[guid])
    others = [guid for guid in coders if guid != first]
    second = max(others, key=lambda guid: (len(documents[guid] & documents[first]), totals[guid]))
    return first, second
