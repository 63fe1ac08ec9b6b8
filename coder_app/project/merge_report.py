"""What bringing in a colleague's copy did, or would do: values for the window, the command line, the file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from coder_app.core.errors import UserError

DAMAGED_REPORT = "The report on this merge is damaged."


@dataclass(frozen=True, slots=True)
class New:
    """What one coder made that came in: (kind, count), kinds as people call them (“coding”)."""

    coder: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both sides changed. ``ours`` and ``theirs`` in words; times in milliseconds since 1970."""

    table: str
    row: str
    field: str
    what: str
    """What it is a field of, in words: “The code “Stigma””."""
    ours: str
    theirs: str
    our_coder: str
    their_coder: str
    our_time: int
    their_time: int
    theirs_stands: bool
    other: str | int | None
    """The value that does not stand, as it is stored."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Two codes, participants or coders that stay two, and may be meant to be one."""

    kind: str
    """“code”, “participant” or “coder”."""
    name: str
    """Of the one that came in."""
    one: str
    """GUID of the one that was here."""
    other: str
    """GUID of the one that came in."""
    other_name: str = ""
    """Of the one that was here; empty in reports of older versions: the same name."""
    why: tuple[str, ...] = ()
    """What is alike, in words."""


@dataclass(frozen=True, slots=True)
class Matched:
    """A code of a project without a common origin, and the one of ours it is taken to be (GUIDs)."""

    theirs: str
    ours: str
    path: str
    """Their names from the top down."""
    differs: bool
    """Whether both are defined, and in other words."""


@dataclass(frozen=True, slots=True)
class MergeReport:
    """Sentences are for people; GUIDs stand where the window acts on what is told."""

    source: str
    """Name of the file that was brought in."""
    steps: int
    """Actions that were new to us; 0: nothing was."""
    new: tuple[New, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    lived_on: tuple[str, ...] = ()
    """Deleted on one side, used on the other: the use wins."""
    circles: tuple[str, ...] = ()
    """Moves that were skipped because they would close a circle."""
    alike: tuple[Alike, ...] = ()
    matched: tuple[Matched, ...] = ()
    """Where there is no common origin: codes taken to be the same, by name and place."""
    notes: tuple[str, ...] = ()
    """What else is to be said, in sentences."""
    clock: str = ""
    """A sentence where a clock was far ahead."""
    guid: str = ""
    """Of the report where it is kept; empty for a preview."""
    created: int = 0
    backup: str = ""
    """Name of the backup made before, among the backups of the project."""

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> MergeReport:
        """Raises UserError for what is no report."""
        try:
            data: dict[str, Any] = json.loads(text)
            known = {field.name for field in fields(cls)}
            values = {name: value for name, value in data.items() if name in known}
            values["new"] = tuple(
                New(one["coder"], tuple((kind, count) for kind, count in one["counts"]))
                for one in values["new"]
            )
            values["conflicts"] = tuple(Conflict(**one) for one in values["conflicts"])
            values["alike"] = tuple(
                Alike(**{**one, "why": tuple(one.get("why", ()))}) for one in values["alike"]
            )
            values["matched"] = tuple(Matched(**one) for one in values.get("matched", ()))
            for name in ("lived_on", "circles", "notes"):
                values[name] = tuple(values.get(name, ()))
            return cls(**values)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise UserError(DAMAGED_REPORT) from error
