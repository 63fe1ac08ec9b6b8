"""What recorded changes are told with: the changes of one action, and the rows they are about as they were.

The phrases themselves are in `audit_codebook`, `audit_coding` and `audit_study`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from coder_app.core.model import DEFAULT_LEVEL_NAMES, Level
from coder_app.project.history import driver
from coder_app.project.names import plural
from coder_app.project.schema import place_range

LONGEST = 80
"""Code points of a quote in a sentence."""

MANY = 3
"""So many things are told one by one; of more the number is told."""

FEW = 20
"""Of so many rows of a table that one action wrote it is looked up how they were then."""

Clock = tuple[int, int, str]
"""Wall time, counter and GUID of a step."""

Row = dict[str, Any]

_NAMED = {"document": "title", "participant": "label"}
"""Tables whose rows have a name, where it is not called name."""

_REFERENCES = {
    "coding": {"document": "document", "code": "code", "coder": "coder"},
    "memo": {"target": ""},
    "speaker": {"document": "document", "participant": "participant"},
    "attribute_value": {"participant": "participant", "attribute": "attribute"},
    "settlement": {"document": "document", "taken": "coder", "round": "round"},
    "progress": {"document": "document", "coder": "coder"},
    "unit": {"document": "document"},
    "stability": {"round": "round"},
    "kept_apart": {"one": "code", "other": "code"},
    "code": {"place": "code"},
}
"""Table -> field that names another row -> its table (empty: any)."""


@dataclass(frozen=True, slots=True)
class Net:
    """What one action did to one row: the fields that it changed, as they were and as they are then.

    Where the row was made ``was`` is empty and ``now`` holds all its fields. A copy for independent
    coding leaves out what was there before.
    """

    table: str
    row: str
    makes: bool
    was: Row
    now: Row

    @property
    def gone(self) -> bool | None:
        """True where the row was removed, False where it was brought back, None for other changes."""
        return bool(self.now["gone"]) if not self.makes and "gone" in self.now else None


@dataclass(frozen=True, slots=True)
class Done:
    """One action: who did it, when, what the menu called it, what it changed."""

    coder: str
    clock: Clock
    name: str
    undoes: bool
    changes: tuple[Net, ...]

    def of(self, table: str) -> list[Net]:
        return [one for one in self.changes if one.table == table]


@dataclass(frozen=True, slots=True)
class Told:
    """A phrase, and what it speaks of, where it is one thing: GUIDs, and a place in code points."""

    phrase: str
    code: str = ""
    document: str = ""
    start: int = 0
    end: int = 0
    participant: str = ""

    @property
    def has_place(self) -> bool:
        return bool(self.code or self.document or self.participant)

    def at(self, other: Told) -> Told:
        """The same phrase, speaking of what another one does."""
        return replace(other, phrase=self.phrase)


@dataclass(slots=True)
class Words:
    """The rows that some actions are about, each as it was when the action happened."""

    connection: Connection
    levels: dict[Level, str]
    longest: int = LONGEST
    """Code points of a quote."""
    many: int = MANY
    """So many nodes are told by name."""
    at: Clock = (0, 0, "")
    """The moment of the action that is being told."""
    _past: dict[tuple[str, str], list[tuple[Clock, Row]]] = field(default_factory=dict)
    _quotes: dict[tuple[str, str], str] = field(default_factory=dict)

    def look_up(self, actions: Iterable[Done]) -> None:
        """Read what these actions are about, and what that refers to."""
        wanted: set[str] = set()
        for done in actions:
            counts: dict[str, int] = {}
            for one in done.changes:
                counts[one.table] = counts.get(one.table, 0) + 1
            wanted.add(done.coder)
            for one in done.changes:
                if counts[one.table] <= FEW:
                    wanted.add(one.row)
                for value in (one.was, one.now):
                    wanted.update(_referred(one.table, value))
        for _ in range(3):  # a memo names a coding, which names a code
            wanted = self._read(wanted)

    def _read(self, guids: Collection[str]) -> set[str]:
        """Read the past of these rows; returns what they refer to and is not known yet."""
        known = {guid for _, guid in self._past}
        missing = [guid for guid in guids if guid and guid not in known]
        found: set[str] = set()
        if not missing:
            return found
        query = (
            "SELECT change.tbl, change.row, change.after, step.wall, step.counter, step.guid FROM change"
            " JOIN step ON step.id = change.step WHERE change.row IN (SELECT value FROM json_each(?))"
            " ORDER BY step.wall, step.counter, step.guid, change.number"
        )
        rows = driver(self.connection).execute(query, (json.dumps(missing),))
        for table, guid, after, wall, counter, step in rows:
            values = parsed(after)
            self._past.setdefault((table, guid), []).append(((wall, counter, step), values))
            found.update(_referred(table, values))
        return found

    # Rows

    def row(self, table: str, guid: str | None) -> Row:
        """A row as it was then; what was written of it only later stands in where nothing was."""
        fields: Row = {}
        for clock, values in self._past.get((table, guid or ""), ()):
            if clock <= self.at:
                fields.update(values)
            else:
                for name, value in values.items():
                    fields.setdefault(name, value)
        return fields

    def bare_name(self, table: str, guid: str | None) -> str:
        """Its name then; empty where nothing is known of it."""
        return str(self.row(table, guid).get(_NAMED.get(table, "name"), ""))

    def name(self, table: str, guid: str | None) -> str:
        name = self.bare_name(table, guid)
        return f"“{name}”" if name else "something this copy does not hold"

    def names(self, table: str, guids: Iterable[str | None], many: str, several: str | None = None) -> str:
        """A few names, or of many the number."""
        return listed((self.name(table, guid) for guid in guids), many, several, most=self.many)

    def knows(self, table: str, guid: str) -> bool:
        return (table, guid) in self._past

    def level(self, value: object) -> str:
        """What the project calls a level, within a sentence."""
        if not isinstance(value, int) or value not in list(Level):
            return "node"
        level = Level(value)
        return self.levels.get(level, DEFAULT_LEVEL_NAMES[level]).lower()

    def node(self, guid: str) -> str:
        """“the theme “Trust””."""
        return f"the {self.level(self.row('code', guid).get('level'))} {self.name('code', guid)}"

    # Texts

    def quote(self, document: str, place: str) -> str:
        """The words at a place, shortened, on one line."""
        key = document, place
        if key not in self._quotes:
            start, end = place_range(place)
            length = min(max(end - start, 0), 4 * self.longest)
            row = (
                driver(self.connection)
                .execute(
                    "SELECT substr(text, ?, ?) FROM content WHERE guid = ?", (start + 1, length, document)
                )
                .fetchone()
            )
            self._quotes[key] = self.quoted(str(row[0])) if row else "words that this copy does not hold"
        return self._quotes[key]

    def quoted(self, text: str) -> str:
        """Words in quotation marks, on one line, shortened."""
        line = " ".join(text.split())
        return f"“{line if len(line) <= self.longest else line[: self.longest - 1].rstrip() + '…'}”"

    def changed(self, net: Net, name: str, what: str) -> str:
        """“changed WHAT from “a” to “b””, or wrote it, or took it away."""
        old, new = str(net.was.get(name) or ""), str(net.now.get(name) or "")
        if old and new:
            return f"changed {what} from {self.quoted(old)} to {self.quoted(new)}"
        if new:
            return f"wrote {what}: {self.quoted(new)}"
        return f"deleted {what}, which was {self.quoted(old)}" if old else f"left {what} empty"

    def documents_of(self, codings: Sequence[Net]) -> str:
        """The transcripts that some codings are in: their titles, or of many the number."""
        found = {str(one.now["document"]) for one in codings if one.now.get("document")}
        missing = [one.row for one in codings if not one.now.get("document")]
        if missing:
            query = "SELECT DISTINCT document FROM coding WHERE guid IN (SELECT value FROM json_each(?))"
            rows = driver(self.connection).execute(query, (json.dumps(missing),))
            found.update(str(row[0]) for row in rows)
        if len(found) > MANY:
            return plural(len(found), "transcript")
        self._read(found)
        return self.names("document", sorted(found), "transcript")


def parsed(text: str) -> Row:
    """A recorded object; nothing where a damaged or hostile file holds something else for one."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _referred(table: str, values: Row) -> list[str]:
    found = []
    for name in _REFERENCES.get(table, ()):
        value = values.get(name)
        if isinstance(value, str) and value:
            found.append(value.partition("|")[0] if (table, name) == ("code", "place") else value)
    return found


def net(changes: Iterable[tuple[str, str, Row | None, Row]]) -> tuple[Net, ...]:
    """What changes (table, row, before or None, after) of one action come to, row by row."""
    found: dict[tuple[str, str], Net] = {}
    for table, row, before, after in changes:
        known = found.get((table, row))
        if known is None:
            found[table, row] = Net(table, row, before is None, dict(before or {}), dict(after))
            continue
        for name, value in (before or {}).items():
            if not known.makes:
                known.was.setdefault(name, value)
        known.now.update(after)
    return tuple(found.values())


def listed(names: Iterable[str], many: str, several: str | None = None, *, most: int = MANY) -> str:
    """“A”, “B” and “C”; of more than ``most`` the number."""
    found = list(dict.fromkeys(names))
    return joined(found) if len(found) <= most else plural(len(found), many, several)


def joined(words: Sequence[str]) -> str:
    """“a, b and c”."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def a(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
