"""Who and what enters a comparison, for a choice that somebody made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS, Coder, Document, Role, Status, UnitKind
from coder_app.project.sources import Choice, Sources

UNITS: tuple[str, ...] = tuple(kind.value for kind in UnitKind)
"""Names of the units, as the command line takes them."""


def check_choice(sources: Sources, choice: Choice) -> None:
    """Raise UserError for numbers, units and levels that are none."""
    if choice.unit not in UNITS:
        raise UserError(f"There is no unit “{choice.unit}”: take one of {', '.join(UNITS)}.")
    if choice.level not in sources.level_names:
        raise UserError(f"This project does not use the level “{choice.level.key}”.")
    if not 0 < choice.threshold <= 1:
        raise UserError("The threshold of matching lies above 0 and is at most 1.")
    if choice.unit_min_chars < 1:
        raise UserError("A unit is coded from one character on: take 1 or more.")


def chosen_coders(sources: Sources, choice: Choice) -> tuple[Coder, ...]:
    """Those named, or all people's who have coded; raises UserError where they are fewer than two."""
    known = {coder.guid: coder for coder in sources.coders}
    if not choice.coders:
        coded = {coding.coder for own in sources.codings.values() for coding in own} - {CONSENSUS}
        people = tuple(c.guid for c in sources.coders if c.guid in coded and not c.person)
        choice = replace(choice, coders=people)
        if len(choice.coders) < 2:
            raise UserError(
                "Agreement needs at least two different coders, and "
                + ("only one has coded." if choice.coders else "nobody has coded yet.")
                + " Let another coder code the same transcripts."
            )
    if any(guid not in known for guid in choice.coders):
        raise UserError("This project has no such coder.")
    if len(set(choice.coders)) < len(choice.coders):
        raise UserError("Agreement needs at least two different coders: the same one was chosen twice.")
    if len(choice.coders) < 2:
        raise UserError("Agreement needs at least two different coders: choose another one.")
    return tuple(known[guid] for guid in choice.coders)


def chosen_documents(
    sources: Sources, choice: Choice, coders: Sequence[Coder]
) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """Those that enter, and those left out because not all of the coders finished them."""
    wanted = [
        document
        for document in sources.documents
        if choice.documents is None or document.guid in choice.documents
    ]
    if not wanted:
        raise UserError("There is no transcript to compare: choose one or more.")
    if choice.include_unfinished:
        return tuple(wanted), ()
    finished = [
        document
        for document in wanted
        if all(
            coder.guid == CONSENSUS or sources.statuses.get((document.guid, coder.guid)) == Status.FINISHED
            for coder in coders
        )
    ]
    if not finished:
        raise UserError(
            f"No transcript is marked as finished by {_joined([coder.name for coder in coders])}:"
            " mark them as finished, or include unfinished transcripts."
        )
    kept = {document.guid for document in finished}
    return tuple(finished), tuple(document for document in wanted if document.guid not in kept)


def with_units(
    sources: Sources, choice: Choice, documents: tuple[Document, ...]
) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """For meaning units those that have locked ones, and those that have not."""
    if choice.unit != UnitKind.MEANING_UNIT:
        return documents, ()
    there = tuple(document for document in documents if sources.meaning_units.get(document.guid))
    if not there:
        raise UserError(
            "None of these transcripts has locked meaning units: divide them into units and lock them,"
            " or choose another unit."
        )
    return there, tuple(document for document in documents if document not in there)


def interviewer_turns_of(sources: Sources, documents: Sequence[Document]) -> int:
    """Turns of speakers who are no participants."""
    count = 0
    for document in documents:
        speakers = sources.speakers.get(document.guid, ())
        for turn in sources.contents[document.guid].turns:
            if turn.speaker is not None and speakers[turn.speaker].role != Role.PARTICIPANT:
                count += 1
    return count


def _joined(names: Sequence[str]) -> str:
    """“Ann and Ben”, “Ann, Ben and Cleo”."""
    head = ", ".join(names[:-1])
    return f"{head} and {names[-1]}" if head else names[-1]
