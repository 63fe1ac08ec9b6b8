"""How far coders are with each transcript, and where "finished" seems to have been forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder_app.core.model import Coder, Document, Status
from coder_app.project.project import Project

if TYPE_CHECKING:
    from coder_app.project.sources import Sources


@dataclass(frozen=True, slots=True)
class Standing:
    """One transcript: each coder's progress and how many codings (and marked passages) each has there."""

    document: Document
    statuses: tuple[Status, ...]
    codings: tuple[int, ...]

    @property
    def finished(self) -> bool:
        """Every coder marked it as finished."""
        return all(status is Status.FINISHED for status in self.statuses)

    def seen_by(self, coder: int) -> bool:
        """Whether the coder finished it, or at least put something into it."""
        return self.statuses[coder] is Status.FINISHED or self.codings[coder] > 0

    @property
    def can_enter(self) -> bool:
        """Whether it can be compared at all: comparing with somebody who has not begun says nothing."""
        return all(self.seen_by(coder) for coder in range(len(self.statuses)))


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Transcripts in which a coder has codings that she did not mark as finished, with their numbers."""

    coder: Coder
    mine: bool
    """It is the current coder, who may mark them as finished; others' records are theirs alone."""
    documents: tuple[tuple[Document, int], ...]


def standings(project: Project, coders: Sequence[str]) -> list[Standing]:
    """Every transcript in the project's order. ``coders``: the GUIDs of those compared."""
    statuses = project.documents.statuses()
    codings = project.queries.codings_by_document()
    return [
        Standing(
            document,
            tuple(statuses.get((document.guid, coder), Status.NOT_STARTED) for coder in coders),
            tuple(codings.get((document.guid, coder), 0) for coder in coders),
        )
        for document in project.documents.all()
    ]


def standings_of(sources: Sources, coders: Sequence[str]) -> list[Standing]:
    """The same of what a round froze."""
    counts = Counter((coding.document, coding.coder) for own in sources.codings.values() for coding in own)
    return [
        Standing(
            document,
            tuple(sources.statuses.get((document.guid, coder), Status.NOT_STARTED) for coder in coders),
            tuple(counts[document.guid, coder] for coder in coders),
        )
        for document in sources.documents
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


def people(project: Project) -> list[Coder]:
    """The coders who can be compared: not those of a second pass over agreed units."""
    return [coder for coder in project.coders.all() if not coder.person]


def likely_pair(project: Project) -> tuple[str, str] | None:
    """Who is compared first: the current coder and who shares most with her; None for one coder.

    Without codings of hers it is the two who have most codings.
    """
    coders = [coder.guid for coder in people(project)]
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
