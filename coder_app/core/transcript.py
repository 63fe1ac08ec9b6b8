"""Speaker turns found in text, and the transcript made of them once a person has settled who is who.

``found`` reads turns out of plain text; readers of files that name their speakers (vtt, srt) use
``assembled``. ``proposed_choices`` guesses roles and participants for a batch of files, the import preview
lets the researcher mend them, and ``settle`` makes the document. Positions are code points, ends exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coder_app.core.dates import proposed_date, proposed_title
from coder_app.core.model import NewDocument, NewSpeaker, Role, Turn
from coder_app.core.speaker_forms import Head, stamps
from coder_app.core.speaker_lines import BLANK_BETWEEN, blocks, speaker_lines
from coder_app.core.speaker_names import (
    guessed_roles,
    is_generic,
    key,
    participant_id,
    proposed_merges,
)
from coder_app.core.text import excerpt, paragraphs, trim

__all__ = [
    "FoundSpeaker",
    "FoundTranscript",
    "Piece",
    "SpeakerChoice",
    "assembled",
    "found",
    "is_generic",
    "known_labels",
    "proposed_choices",
    "proposed_date",
    "proposed_merges",
    "proposed_title",
    "settle",
    "speaker_lines",
]

_ID = re.compile(r"(?<![^\W_])p(?:articipant)?[ _.\-]{0,2}0*([1-9]\d{0,3})(?!\d)", re.IGNORECASE)
"""A participant's ID in a file's name."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A turn before its speaker has a place: ``[start, end)``, words from ``body``; the name or None."""

    start: int
    body: int
    end: int
    name: str | None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class FoundSpeaker:
    """A speaker found in one text."""

    name: str
    turns: int
    words: int
    sample: str
    """The first words of this speaker, to recognise them by."""
    role: Role
    """A guess from the name, else from who asks and who talks."""


@dataclass(frozen=True, slots=True)
class FoundTranscript:
    """A text with the turns found in it; ``Turn.speaker`` is a place in ``speakers``."""

    text: str
    speakers: tuple[FoundSpeaker, ...]
    turns: tuple[Turn, ...]

    def merges(self) -> list[tuple[str, str]]:
        """Speakers that may be one: (name, name of the one with more turns)."""
        ordered = sorted(self.speakers, key=lambda speaker: -speaker.turns)
        return proposed_merges([speaker.name for speaker in ordered])


@dataclass(frozen=True, slots=True)
class SpeakerChoice:
    """What a researcher settled about the speakers of one name; it may hold for all files of a batch."""

    role: Role = Role.PARTICIPANT
    participant: str | None = None
    """Label (P1 ...) of the participant this is; None for interviewers and others."""
    into: str | None = None
    """Another speaker's name, or a new one: this is only a spelling of it, whose choice then holds."""
    is_speaker: bool = True
    """False: these words were taken for a name by mistake and belong to the turn before."""


def found(text: str) -> FoundTranscript:
    """The speaker turns of a normalised text.

    What stands before the first turn (a heading) stays outside the turns; paragraphs without a name
    belong to the turn before. Without any speaker each paragraph is a turn of its own.
    """
    begins = speaker_lines(text)
    if not begins:
        return assembled(text, _paragraph_pieces(text))
    ends = [head.start for head in begins[1:]] + [len(text)]
    return assembled(text, [_piece(text, head, end) for head, end in zip(begins, ends, strict=True)])


def assembled(text: str, pieces: Sequence[Piece]) -> FoundTranscript:
    """Turns and speakers from pieces in order; names equal but for spaces are one speaker."""
    places: dict[str, int] = {}
    turns = []
    for number, piece in enumerate(pieces, start=1):
        place = None if piece.name is None else places.setdefault(piece.name, len(places))
        turns.append(Turn(number, piece.start, piece.body, piece.end, place, piece.seconds))
    return FoundTranscript(text, _speakers(text, list(places), turns), tuple(turns))


def proposed_choices(
    batch: Sequence[FoundTranscript],
    taken: Collection[str] = (),
    known: Mapping[str, str] | None = None,
    stems: Sequence[str] = (),
) -> list[dict[str, SpeakerChoice]]:
    """For each transcript of a batch: name -> choice, with spellings joined, roles and participants guessed.

    ``taken`` are the labels of the project's participants, ``known`` tells the label that a speaker's name
    had in earlier imports, ``stems`` the files' names without ending: an ID in one ("Interview P3") is that
    of its only participant. A name that is an ID ("P5") keeps it; the same person's name in two files is
    one participant; a word such as "Participant" or "Speaker 1" is a new participant in each file.
    """
    merges = [dict(transcript.merges()) for transcript in batch]
    persons = [
        [speaker for speaker in transcript.speakers if speaker.name not in merged]
        for transcript, merged in zip(batch, merges, strict=True)
    ]
    ids = [_id_of_only_participant(stem, own) for stem, own in zip(stems, persons, strict=False)]
    ids += [("", "")] * (len(persons) - len(ids))
    named = {name: label for name, label in ids if label and not is_generic(name)}
    labels = _Labels([*taken, *(label for _, label in ids if label)], named | dict(known or {}))
    for own in persons:
        for speaker in own:
            labels.reserve(speaker.name)
    proposed = []
    for transcript, merged, own, (only, label) in zip(batch, merges, persons, ids, strict=True):
        mine = {s.name: label if s.name == only and is_generic(only) else labels.of(s) for s in own}
        proposed.append(
            {
                speaker.name: SpeakerChoice(speaker.role, mine.get(speaker.name), merged.get(speaker.name))
                for speaker in transcript.speakers
            }
        )
    return proposed


def known_labels(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Speaker's name -> participant's label, of all such pairs, for the names on which they agree."""
    found_labels: dict[str, set[str]] = {}
    for name, label in pairs:
        found_labels.setdefault(name, set()).add(label)
    return {name: labels.pop() for name, labels in found_labels.items() if len(labels) == 1}


def settle(
    transcript: FoundTranscript,
    choices: Mapping[str, SpeakerChoice],
    *,
    title: str,
    date: str = "",
    source: str = "",
) -> NewDocument:
    """The document to import; ``choices`` by speaker name may be those of the whole batch.

    A speaker without a choice keeps the role that was guessed and is matched to no participant.
    """
    resolved = [_resolve(speaker, choices) for speaker in transcript.speakers]
    turns = _settled_turns(transcript, [speaker is not None for speaker in resolved])
    places: dict[str, int] = {}
    speakers: list[NewSpeaker] = []
    numbered: list[Turn] = []
    for number, turn in enumerate(turns, start=1):
        speaker = None if turn.speaker is None else resolved[turn.speaker]
        if speaker is not None and speaker.name not in places:
            places[speaker.name] = len(speakers)
            speakers.append(speaker)
        place = None if speaker is None else places[speaker.name]
        numbered.append(Turn(number, turn.start, turn.body, turn.end, place, turn.seconds))
    return NewDocument(title, transcript.text, tuple(speakers), tuple(numbered), date, source)


# Turns


def _piece(text: str, head: Head, end: int) -> Piece:
    start, end = trim(text, head.start, end)
    body = trim(text, min(head.body, end), end)[0] if head.body < end else end
    return Piece(start, body, end, head.name, head.seconds)


def _paragraph_pieces(text: str) -> list[Piece]:
    """A turn for each paragraph: each line, or each block of lines where lines were only wrapped."""
    spans = blocks(text) if _is_wrapped(text) else paragraphs(text)
    stamped = stamps(text)
    pieces: list[Piece] = []
    pending: Head | None = None
    for start, end in spans:
        head = stamped.get(start)
        if head is not None and head.body >= end:
            pending = head
            continue
        begin, pending = (pending, None) if pending is not None else (head, None)
        if begin is None:
            pieces.append(Piece(start, start, end, None))
        else:
            pieces.append(Piece(begin.start, max(start, begin.body), end, None, begin.seconds))
    if pending is not None:
        pieces.append(Piece(pending.start, *trim(text, pending.start, pending.body), None, pending.seconds))
    return pieces


def _is_wrapped(text: str) -> bool:
    """Whether lines were broken to fit a page: most lines with another one below are of like length."""
    lines = [block.split("\n") for block in BLANK_BETWEEN.split(text)]
    inner = [len(line.rstrip()) for block in lines for line in block[:-1] if line.strip()]
    if len(inner) < 8 or max(inner) > 110:
        return False
    longest = max(inner)
    return longest >= 40 and sum(length >= 0.75 * longest for length in inner) >= 0.75 * len(inner)


# Who is who


def _speakers(text: str, names: Sequence[str], turns: Sequence[Turn]) -> tuple[FoundSpeaker, ...]:
    own: list[list[Turn]] = [[] for _ in names]
    words = [0] * len(names)
    asked = [0] * len(names)
    for turn in turns:
        if turn.speaker is not None:
            said = text[turn.body : turn.end]
            own[turn.speaker].append(turn)
            words[turn.speaker] += len(said.split())
            asked[turn.speaker] += "?" in said or "\u061f" in said or "\uff1f" in said
    roles = guessed_roles(names, [len(mine) for mine in own], words, asked)
    return tuple(
        FoundSpeaker(name, len(mine), count, _sample(text, mine), role)
        for name, mine, count, role in zip(names, own, words, roles, strict=True)
    )


def _sample(text: str, turns: Sequence[Turn]) -> str:
    """The first turn that says something of substance, else the first one."""
    chosen = next((turn for turn in turns[:20] if turn.end - turn.body >= 40), turns[0])
    return excerpt(text, chosen.body, chosen.end, 100)


def _id_of_only_participant(stem: str, speakers: Sequence[FoundSpeaker]) -> tuple[str, str]:
    """(speaker, label) where a file's name holds the ID of the one participant in it, else empty."""
    people = [speaker.name for speaker in speakers if speaker.role is Role.PARTICIPANT]
    match = _ID.search(stem)
    if len(people) != 1 or match is None or participant_id(people[0]):
        return "", ""
    return people[0], f"P{match[1]}"


class _Labels:
    """Participants' labels, given out once for each person."""

    def __init__(self, taken: Collection[str], known: Mapping[str, str]) -> None:
        self._taken = {label.casefold() for label in taken} | {label.casefold() for label in known.values()}
        self._known = {key(name): label for name, label in known.items() if not is_generic(name)}
        self._next = 1

    def reserve(self, name: str) -> None:
        """Keep an ID that a transcript uses ("P5") from being given to somebody else."""
        own = participant_id(name)
        if own is not None and key(name) not in self._known:
            self._taken.add(own.casefold())
            self._known[key(name)] = own

    def of(self, speaker: FoundSpeaker) -> str | None:
        if speaker.role is not Role.PARTICIPANT:
            return None
        if is_generic(speaker.name) and participant_id(speaker.name) is None:
            return self._new()
        return self._known.setdefault(key(speaker.name), "") or self._remember(speaker.name)

    def _remember(self, name: str) -> str:
        label = self._known[key(name)] = self._new()
        return label

    def _new(self) -> str:
        while f"p{self._next}" in self._taken:
            self._next += 1
        self._taken.add(f"p{self._next}")
        return f"P{self._next}"


def _resolve(speaker: FoundSpeaker, choices: Mapping[str, SpeakerChoice]) -> NewSpeaker | None:
    """The speaker as settled, following merges to their end; None for no speaker at all."""
    name = speaker.name
    choice = choices.get(name, SpeakerChoice(speaker.role))
    seen = {name}
    while choice.is_speaker and choice.into and choice.into not in seen:
        name = choice.into
        seen.add(name)
        choice = choices.get(name, SpeakerChoice(choice.role, choice.participant))
    if not choice.is_speaker:
        return None
    return NewSpeaker(name, choice.role, choice.participant)


def _settled_turns(transcript: FoundTranscript, speaks: Sequence[bool]) -> list[Turn]:
    """The turns without those whose speaker is none: their text goes to the turn before."""
    kept: list[Turn] = []
    for turn in transcript.turns:
        if turn.speaker is None or speaks[turn.speaker]:
            kept.append(turn)
        elif kept:
            last = kept[-1]
            kept[-1] = Turn(last.number, last.start, last.body, turn.end, last.speaker, last.seconds)
    if kept or not transcript.turns:
        return kept
    pieces = enumerate(_paragraph_pieces(transcript.text), start=1)
    return [Turn(number, piece.start, piece.body, piece.end, None, piece.seconds) for number, piece in pieces]
