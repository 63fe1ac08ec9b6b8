"""What a methods paragraph on agreement is made of: plain values, taken from a round or from now.

The items are those that O'Connor & Joffe (2020) ask a study to report: purpose, coders, share of the data
coded twice, unit, coefficient, threshold, and how differences were handled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from coder_app.core.agreement.result import Interval, Statistic
from coder_app.core.confirming import Confirmation
from coder_app.core.model import Level, Verdict


class Purpose(StrEnum):
    """Why agreement was measured."""

    RELIABILITY = "reliability"
    CODEBOOK = "codebook"
    TRANSPARENCY = "transparency"
    DIALOGUE = "dialogue"
    TRUST = "trust"


@dataclass(frozen=True, slots=True)
class Figure:
    """A coefficient by its name in the reference cases, with its 95 % interval where there is one."""

    key: str
    value: Statistic
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many units are alike."""

    agreed: int
    units: int
    value: Statistic
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What the coders did with the units on which they differed."""

    differing: int
    """Units that differ, before discussion."""
    verdicts: dict[Verdict, int] = field(default_factory=dict)
    """How often each decision was taken."""
    after: Share | None = None
    """Agreement with the consensus in the coders' place; None where nothing is settled."""

    @property
    def settled(self) -> int:
        """Differences that are settled; what was taken over as it was alike does not count."""
        return sum(n for verdict, n in self.verdicts.items() if verdict.settles and verdict != Verdict.AGREED)

    @property
    def open(self) -> int:
        return sum(n for verdict, n in self.verdicts.items() if not verdict.settles)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measuring of agreement: a round, or the codings as they are now."""

    round: str
    """Name of the round; empty for now."""
    day: str
    """ISO date on which it was frozen, or today."""
    coders: tuple[str, ...]
    transcripts: int
    characters: int
    """Of these transcripts."""
    unit: str
    """As the command line names it: ``turn``, ``meaning-unit`` ..."""
    units: int
    level: Level
    level_name: str
    """As the project calls it."""
    codes: int
    """Codes (or nodes of the level) that the codebook had."""
    coded: Share | None
    """Units alike among those that any coder coded; None for matched spans and unitizing."""
    all: Share | None
    """Units alike among all."""
    figures: tuple[Figure, ...]
    interviewer_turns: bool = False
    threshold: float = 0.5
    unit_min_chars: int = 1
    unfinished: bool = False
    """Transcripts entered that not all coders had marked as finished."""
    resamples: int = 0
    seed: int = 0
    settled: Settled | None = None

    def figure(self, key: str) -> Figure | None:
        return next((figure for figure in self.figures if figure.key == key), None)


@dataclass(frozen=True, slots=True)
class Pass:
    """A stability pass over the agreed units of a round."""

    who: str
    same_coder: bool
    """One of the round's coders did it, ``days`` later."""
    days: int
    found: Confirmation


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the paragraph can tell."""

    transcripts: int
    """All transcripts of the study."""
    characters: int
    measure: Measure
    earlier: tuple[Measure, ...] = ()
    """Rounds of the same coders before this one, oldest first."""
    passes: tuple[Pass, ...] = ()
    independent: bool = False
    """No earlier round had any two of these coders: they had not compared their work before."""
    version: str = ""
    """Of this program."""
