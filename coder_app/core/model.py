"""The values that are passed around the program.

All positions are code points into the imported text of one transcript, end exclusive. All
identities are GUIDs (lower-case, dashed) given at creation and never changed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """Levels of the codebook, lowest first; the numbers are stored in project files."""

    CODE = 0
    SUBCATEGORY = 1
    CATEGORY = 2
    THEME = 3
    CORE_THEME = 4

    @property
    def key(self) -> str:
        """The level's name in the command line and in JSON."""
        return self.name.lower().replace("_", "-")


class UnitKind(StrEnum):
    """What is counted. The first five are intervals that the caller gives, as are tokens."""

    PARAGRAPH = "paragraph"
    TURN = "turn"
    SENTENCE = "sentence"
    DOCUMENT = "document"
    MEANING_UNIT = "meaning-unit"
    CHARACTER = "character"
    TOKEN = "token"
    MATCH = "match"
    UNITIZING = "unitizing"

    @property
    def fixed(self) -> bool:
        """Whether the units were fixed beforehand; the others count text, or spans."""
        return self not in (UnitKind.CHARACTER, UnitKind.TOKEN, UnitKind.MATCH, UnitKind.UNITIZING)


DEFAULT_LEVEL_NAMES: dict[Level, str] = {
    Level.CODE: "Code",
    Level.SUBCATEGORY: "Subcategory",
    Level.CATEGORY: "Category",
    Level.THEME: "Theme",
    Level.CORE_THEME: "Core theme",
}


class Role(StrEnum):
    """What a speaker is in a transcript."""

    PARTICIPANT = "participant"
    INTERVIEWER = "interviewer"
    OTHER = "other"


class Status(StrEnum):
    """How far one coder is with one transcript."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    FINISHED = "finished"


class MemoTarget(StrEnum):
    """The kind of thing a memo is about."""

    PROJECT = "project"
    DOCUMENT = "document"
    PASSAGE = "passage"
    CODE = "code"
    CODING = "coding"
    PARTICIPANT = "participant"


CONSENSUS = "c0de0000-0000-5000-8000-c0de0c0de0c0"
"""Stands where a coder's GUID is expected for the consensus: what the coders settled on together."""


class Verdict(StrEnum):
    """What was decided about a unit of a round."""

    TAKE = "take"
    """One coder's version stands."""
    BOTH = "both"
    """Everybody's codes stand."""
    NEITHER = "neither"
    """Nothing is coded here."""
    OTHER = "other"
    """Another code, or other bounds, than any of the coders gave."""
    AGREED = "agreed"
    """The coders had agreed; taken over as it was."""
    SKIP = "skip"
    """Looked at and left open."""
    DISCUSS = "discuss"
    """Left open, to be talked about."""

    @property
    def settles(self) -> bool:
        """Whether the unit is settled by it, not left open."""
        return self not in (Verdict.SKIP, Verdict.DISCUSS)


class Division(StrEnum):
    """How a transcript is divided into meaning units."""

    TURN = "turn"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    MARKED = "marked"
    """The stretches that coders marked."""
    HAND = "hand"


@dataclass(frozen=True, slots=True)
class Coder:
    guid: str
    name: str
    person: str = ""
    """For a second pass of somebody's: her GUID; the pass codes as a coder of its own."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person interviewed; ``label`` is the ID shown everywhere (P1, P2 ...)."""

    guid: str
    label: str
    pseudonym: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    """Attribute name -> value, in the order of the project's attributes; unset ones are left out."""


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript without its text."""

    guid: str
    title: str
    date: str
    """ISO date (YYYY-MM-DD) of the interview, or empty."""
    source: str
    """Name of the file it was imported from."""
    characters: int
    """Length of the text in code points."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker of one transcript, matched to a participant of the project or not."""

    guid: str
    document: str
    name: str
    role: Role
    participant: str | None


@dataclass(frozen=True, slots=True)
class Turn:
    """A speaker turn ``[start, end)``; its words begin at ``body``, after name and time stamp.

    ``number`` counts from 1. ``speaker`` is the speaker's place in ``Transcript.speakers`` or None
    where nobody is named; ``seconds`` is the time stamp or None.
    """

    number: int
    start: int
    body: int
    end: int
    speaker: int | None
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A document with its text, speakers and turns (in order, not overlapping)."""

    document: Document
    text: str
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]

    def speaker_of(self, turn: Turn) -> Speaker | None:
        return None if turn.speaker is None else self.speakers[turn.speaker]


@dataclass(frozen=True, slots=True)
class NewSpeaker:
    """A speaker as the import preview settled it.

    ``participant`` is the label (P1 ...) of a participant of the project: an existing one with that
    label is taken, otherwise it is created; None for interviewers and others.
    """

    name: str
    role: Role
    participant: str | None = None


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A transcript ready to be imported: what a reader and the preview made of a file."""

    title: str
    text: str
    speakers: tuple[NewSpeaker, ...]
    turns: tuple[Turn, ...]
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """The six fields of a definition (five after MacQueen 1998, and the words for participants)."""

    short: str = ""
    full: str = ""
    when: str = ""
    when_not: str = ""
    example: str = ""
    plain: str = ""
    """The theme in plain words for a member check; where empty, ``short`` stands in for it."""

    @property
    def plain_words(self) -> str:
        return self.plain or self.short or self.full


@dataclass(frozen=True, slots=True)
class Code:
    """A node of the codebook at any level."""

    guid: str
    name: str
    level: Level
    color: str
    """``#rrggbb``"""
    parent: str | None
    order: str
    """Sort key among the siblings (compared as a string, then by GUID)."""
    definition: Definition = Definition()


@dataclass(frozen=True, slots=True)
class Coding:
    """A code put on ``[start, end)`` by a coder; ``code`` is None while the passage waits for its name."""

    guid: str
    document: str
    coder: str
    code: str | None
    start: int
    end: int
    exemplar: bool = False


@dataclass(frozen=True, slots=True)
class Memo:
    """A note on ``target`` (a GUID), for a passage on ``[start, end)`` of the document ``target``."""

    guid: str
    kind: MemoTarget
    target: str
    coder: str
    text: str
    created: int
    """Milliseconds since 1970, UTC."""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """Agreement measured at a moment: what was frozen is kept and never changes."""

    guid: str
    name: str
    coder: str
    """GUID of who froze it."""
    created: int
    """Milliseconds since 1970, UTC."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """A decision about the unit ``[start, end)`` of a round."""

    guid: str
    round: str
    document: str
    start: int
    end: int
    verdict: Verdict
    taken: str
    """GUID of the coder whose version was taken; empty for other verdicts."""
    reason: str
    coder: str
    """GUID of who settled it."""
    created: int
    """Milliseconds since 1970, UTC."""


@dataclass(frozen=True, slots=True)
class MeaningUnits:
    """The meaning units ``[start, end)`` of a transcript, in order, not overlapping."""

    document: str
    places: tuple[tuple[int, int], ...]
    locked: bool
    made_from: Division


@dataclass(frozen=True, slots=True)
class StabilityPass:
    """Agreed units of a round coded again, blind, by a coder of its own (``Coder.person`` says who)."""

    guid: str
    round: str
    coder: Coder
    created: int
    """Milliseconds since 1970, UTC."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A coding with what a reader needs to know of it."""

    coding: Coding
    text: str
    document_title: str
    participant: str
    """Label of the participant who speaks (several: joined with commas), the speaker's name where no
    participant is matched, or empty."""
    participants: tuple[str, ...]
    """GUIDs of the participants whose turns the coding touches."""
    turn: int
    """Number of the turn in which the coding starts; 0 before the first."""
    coder_name: str
    code_name: str
    """Empty for a passage without a code."""


@dataclass(frozen=True, slots=True)
class Count:
    """Quotes and different participants of a node, own and with everything below it."""

    quotes: int = 0
    participants: int = 0
    quotes_below: int = 0
    participants_below: int = 0
