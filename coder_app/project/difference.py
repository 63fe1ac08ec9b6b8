"""What is different between two copies of a study, row by row, without bringing anything in.

Rows are matched by their GUIDs: what shows only here, what shows only in the other copy, and what is in both
with another value. Nothing says which copy is right; when they are merged the later change stands.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from coder_app.core.errors import UserError
from coder_app.project import opening
from coder_app.project.history import driver
from coder_app.project.merging import Merging

if TYPE_CHECKING:
    from coder_app.project.project import Project

Progress = Callable[[int, int], None]


class Side(StrEnum):
    """Where something stands."""

    HERE = "here"
    THERE = "there"
    BOTH = "both"
    """In both copies, but not the same."""


class Topic(StrEnum):
    """What a difference is about, in the order in which they are told."""

    TRANSCRIPTS = "transcripts"
    PARTICIPANTS = "participants"
    CODEBOOK = "codebook"
    CODINGS = "codings"
    MEMOS = "memos"
    AGREEMENT = "agreement"
    STUDY = "study"


@dataclass(frozen=True, slots=True)
class Item:
    """One difference. GUIDs and places (code points) are for opening it; the transcript may be there only."""

    topic: Topic
    side: Side
    sentence: str
    coder: str = ""
    """Name of the coder whose work it is; empty for what all share."""
    code: str = ""
    document: str = ""
    start: int = 0
    end: int = 0
    participant: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """All differences between two copies; the numbers of actions that only one of them holds."""

    file: str
    """Name of the other file."""
    items: tuple[Item, ...]
    actions_here: int
    actions_there: int
    left_out: bool
    """Codings and memos of others were left out, for somebody who works blind."""

    @property
    def is_same(self) -> bool:
        return not self.items

    def of(self, topic: Topic, side: Side) -> list[Item]:
        return [item for item in self.items if item.topic is topic and item.side is side]

    def counts(self) -> dict[Topic, dict[Side, int]]:
        """Topic -> side -> how many; topics without a difference are left out."""
        found: dict[Topic, dict[Side, int]] = {}
        for item in self.items:
            sides = found.setdefault(item.topic, dict.fromkeys(Side, 0))
            sides[item.side] += 1
        return {topic: found[topic] for topic in Topic if topic in found}


def compare(
    ours: Project,
    other: Path,
    *,
    path: Path | None = None,
    eyes: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Difference:
    """Compare a project with another copy of it or a backup; ``path`` is the project's own file.

    ``eyes`` (GUIDs): whose codings, memos and decisions are compared; None: everybody's. ``progress`` may
    raise to stop. Raises UserError for a file that is of another study, is damaged, newer, or the project
    itself.
    """
    opening.check_there(other)
    if path is not None:
        Merging.check_not_itself(path, [other])
    with type(ours).open(other, read_only=True) as theirs:
        if "newer version" in theirs.read_only_reason:
            raise UserError(f"“{other.name}” was made by a newer version of this program: update it first.")
        if theirs.guid != ours.guid:
            raise UserError(
                f"“{other.name}” is of another study, “{theirs.name}”:"
                " only copies of one study can be compared."
            )
        return between(ours, theirs, other.name, eyes, progress)


def between(
    ours: Project,
    theirs: Project,
    name: str,
    eyes: Collection[str] | None = None,
    progress: Progress | None = None,
) -> Difference:
    """Part of `compare`: what is different between two open copies of one study."""
    from coder_app.project.difference_sides import Two
    from coder_app.project.difference_words import TELLERS

    two = Two(ours, theirs, None if eyes is None else frozenset(eyes))
    items: list[Item] = []
    for done, tell in enumerate(TELLERS):
        if progress is not None:
            progress(done, len(TELLERS) + 1)
        items += tell(two)
    here, there = _steps(ours), _steps(theirs)
    if progress is not None:
        progress(len(TELLERS) + 1, len(TELLERS) + 1)
    order = list(Topic)
    items.sort(key=lambda item: (order.index(item.topic), item.side is Side.BOTH))
    return Difference(name, tuple(items), len(here - there), len(there - here), two.left_out)


def _steps(project: Project) -> set[str]:
    return {row[0] for row in driver(project.connection).execute("SELECT guid FROM step")}
