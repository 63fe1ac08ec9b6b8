"""Noticing what colleagues published in the team folder, without opening a file there for writing.

What is in the folder is not trusted: a file may be half there, locked, damaged, hostile, of another
study, or gone between two looks. Each is read whole into memory, and only when its size or date has
changed; then its steps are compared with ours. All of this is done away from the window.
"""

from __future__ import annotations

import json
import os
import struct
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Connection

from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS
from coder_app.project import admission, opening, schema, team, trust
from coder_app.project.history import driver
from coder_app.project.team import Signature

LARGEST = 1 << 30
"""Bytes of a file that is looked at; SQLite holds no larger one in memory."""
MOST_FILES = 500
"""A folder with more projects than that is no team folder; the others are not looked at."""
KINDS = ("document", "participant", "code", "coding", "memo", "settlement", "round", "unit")
"""Tables whose new rows are told."""

_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_LONGEST_NAME = 60


class State(StrEnum):
    """What a file in the folder is to us."""

    COPY = "copy"
    OTHER = "other"
    """Not of this study, or no project at all."""
    BROKEN = "broken"
    """Not whole: it is still on its way, or damaged."""
    NEWER = "newer"
    """Made by a newer version of the program."""
    UNREADABLE = "unreadable"
    """Locked by another program, not downloaded, too large."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """One step that we do not have: who did it, and how many things of which kind it made."""

    coder: str
    """GUID; empty where the copy does not tell."""
    name: str
    counts: Mapping[str, int] = field(default_factory=dict)
    coded: frozenset[tuple[str, str]] = frozenset()
    """(coder, transcript) GUIDs of codings it made."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A file in the folder as it was when it was read."""

    path: Path
    signature: Signature
    state: State
    problem: str = ""
    """Why it cannot be brought in, in a sentence."""
    who: str = ""
    """Name of the coder who publishes it."""
    steps: int = 0
    is_blind: bool = False
    """Whether it leaves out who did some of its steps (a copy for independent coding)."""
    fresh: Mapping[str, Fresh] = field(default_factory=dict)
    """Steps (GUIDs) that we do not have."""


@dataclass(frozen=True, slots=True)
class News:
    """What one coder did that we do not have; ``others``: steps that made nothing new."""

    coder: str
    name: str
    counts: tuple[tuple[str, int], ...]
    others: int


class Known:
    """The steps of an open project, kept at hand; belongs to the thread that opened it."""

    AT_ONCE = 5_000
    """Steps read in one go: some 10 ms."""

    def __init__(self) -> None:
        self.steps: frozenset[str] = frozenset()
        """As they were when they were last read to the end."""
        self.lost = 0
        """How often the project has lost steps since (a backup was brought back)."""
        self._read: set[str] = set()
        self._last = 0

    def read(self, connection: Connection) -> bool:
        """Read what is new, a part of it at a time; tells whether that is all (else call it again)."""
        raw = driver(connection)
        wanted = "SELECT id, guid FROM step WHERE id > ? ORDER BY id LIMIT ?"
        rows = raw.execute(wanted, (self._last, self.AT_ONCE)).fetchall()
        self._read.update(guid for _, guid in rows)
        self._last = rows[-1][0] if rows else self._last
        if len(rows) == self.AT_ONCE:
            return False
        if raw.execute("SELECT count(*) FROM step").fetchone()[0] != len(self._read):
            self._read, self._last = set(), 0  # some are gone: from the start
            return False
        if rows or len(self._read) != len(self.steps):
            before, self.steps = self.steps, frozenset(self._read)
            self.lost += not before <= self.steps
        return True


def steps_in(connection: Connection) -> frozenset[str]:
    """GUIDs of all steps of a project."""
    return frozenset(row[0] for row in driver(connection).execute("SELECT guid FROM step"))


def look(
    folder: Path,
    project: Path,
    study: str,
    known: frozenset[str],
    before: Mapping[str, Copy] | None = None,
) -> dict[str, Copy]:
    """The copies of a study (GUID) in the folder, by file name; the project's own file is left out.

    ``known`` are the steps that we have; ``before`` is what was found last, with no fewer steps of ours.
    Raises Unreachable where the folder cannot be looked into.
    """
    found: dict[str, Copy] = {}
    for path in _files(folder):
        try:
            signature = team.signature(path)
            if signature is None or path.samefile(project):
                continue
        except OSError:  # gone, or not to be looked at just now
            continue
        last = (before or {}).get(path.name)
        if last is not None and last.signature == signature and last.state is not State.UNREADABLE:
            copy = _seen_again(last, study, known)
        else:
            copy = read(path, signature, study, known)
        found[path.name] = copy
    return found


def _files(folder: Path) -> list[Path]:
    """The projects in the folder by name; folders and hidden files are none."""
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if entry.name.lower().endswith(".coder") and not entry.name.startswith((".", "~"))
            )
    except OSError as error:
        raise team.Unreachable(f"The team folder “{folder}” cannot be reached just now.") from error
    return [folder / name for name in names[:MOST_FILES]]


def _seen_again(last: Copy, study: str, known: frozenset[str]) -> Copy:
    """A file that has not changed, while we may have: what came to us meanwhile is no news."""
    if not last.fresh or known.isdisjoint(last.fresh):
        return last
    if known.issuperset(last.fresh):
        return Copy(last.path, last.signature, last.state, "", last.who, last.steps, last.is_blind)
    return read(last.path, last.signature, study, known)


def read(path: Path, signature: Signature, study: str, known: frozenset[str]) -> Copy:
    """Read one file. Whatever is wrong with it is told in what comes back."""
    if signature.size > LARGEST:
        problem = f"“{path.name}” is too large to be looked through."
        return Copy(path, signature, State.UNREADABLE, problem)
    try:
        with path.open("rb") as file:
            state = _state_by_header(file.read(_HEADER), signature.size)
            if state is not State.COPY:
                return Copy(path, signature, state, _PROBLEMS[state].format(file=path.name))
            file.seek(0)
            image = file.read(signature.size + 1)
        changed = team.signature(path) != signature or len(image) != signature.size
    except OSError as error:
        problem = f"“{path.name}” cannot be read just now: {error.strerror or error}."
        return Copy(path, signature, State.UNREADABLE, problem)
    if changed:
        return Copy(path, signature, State.BROKEN, _PROBLEMS[State.BROKEN].format(file=path.name))
    return _read_image(path, signature, image, study, known)


_PROBLEMS = {
    State.OTHER: "“{file}” is not a copy of this study.",
    State.BROKEN: "“{file}” is not whole: it may still be on its way.",
    State.NEWER: "“{file}” was made by a newer version of this program: update it first.",
}


def _state_by_header(header: bytes, size: int) -> State:
    """What the first bytes of a file tell (https://www.sqlite.org/fileformat.html, section 1.3)."""
    if not header.strip(b"\0") or (len(header) < _HEADER and _MAGIC.startswith(header[:16])):
        return State.BROKEN
    if len(header) < _HEADER or header[:16] != _MAGIC:
        return State.OTHER
    if struct.unpack(">I", header[68:72])[0] != schema.APPLICATION_ID:
        return State.OTHER
    if struct.unpack(">I", header[60:64])[0] > schema.VERSION:
        return State.NEWER
    page = struct.unpack(">H", header[16:18])[0]
    pages = struct.unpack(">I", header[28:32])[0]
    return State.COPY if (65536 if page == 1 else page) * pages == size else State.BROKEN


def _read_image(path: Path, signature: Signature, image: bytes, study: str, known: frozenset[str]) -> Copy:
    try:
        connection = admission.admit_image(image, path.name)
    except trust.Damaged:
        return Copy(path, signature, State.BROKEN, _PROBLEMS[State.BROKEN].format(file=path.name))
    except UserError as error:
        return Copy(path, signature, State.OTHER, str(error))
    try:
        if trust.study_guid(connection, path.name) != study:
            return Copy(path, signature, State.OTHER, _PROBLEMS[State.OTHER].format(file=path.name))
        return _read_steps(connection, path, signature, known)
    except UserError:
        return Copy(path, signature, State.BROKEN, _PROBLEMS[State.BROKEN].format(file=path.name))
    finally:
        opening.close(connection)


def _read_steps(connection: Connection, path: Path, signature: Signature, known: frozenset[str]) -> Copy:
    with opening.understood(path):
        rows = driver(connection).execute("SELECT id, guid, coder, name FROM step ORDER BY wall, counter")
        steps = rows.fetchall()
        names = _coders(connection)
        fresh = [(id, guid, coder) for id, guid, coder, _ in steps if guid not in known]
        made = _made(connection, [id for id, _, _ in fresh])
    named = team.name_of(path)
    last = next((names[coder] for _, _, coder, _ in reversed(steps) if coder in names), "")
    return Copy(
        path,
        signature,
        State.COPY,
        who=named.coder if named else last,
        steps=len(steps),
        is_blind=any(not name for _, _, _, name in steps),
        fresh={
            guid: Fresh(coder if coder in names else "", names.get(coder, ""), *made.get(id, _NOTHING))
            for id, guid, coder in fresh
        },
    )


def _coders(connection: Connection) -> dict[str, str]:
    rows = driver(connection).execute("SELECT guid, name FROM coder")
    return {guid: " ".join(name.split())[:_LONGEST_NAME] for guid, name in rows}


_Made = dict[int, tuple[dict[str, int], frozenset[tuple[str, str]]]]
_NOTHING: tuple[dict[str, int], frozenset[tuple[str, str]]] = ({}, frozenset())


def _made(connection: Connection, steps: list[int]) -> _Made:
    """Step (id) -> what it made that still stands, and where it coded."""
    raw, ids = driver(connection), json.dumps(steps)
    counts: dict[int, Counter[str]] = {}
    coded: dict[int, set[tuple[str, str]]] = {}
    for kind in KINDS:
        ours = f" AND made.coder <> '{CONSENSUS}'" if kind == "coding" else ""
        rows = raw.execute(
            f'SELECT change.step, count(*) FROM change JOIN "{kind}" made ON made.guid = change.row'
            " WHERE change.tbl = ? AND change.before IS NULL AND made.gone = 0"
            f" AND change.step IN (SELECT value FROM json_each(?)){ours} GROUP BY change.step",
            (kind, ids),
        )
        for step, count in rows:
            counts.setdefault(step, Counter())[kind] = count
    rows = raw.execute(
        "SELECT DISTINCT change.step, coding.coder, coding.document FROM change"
        " JOIN coding ON coding.guid = change.row WHERE change.tbl = 'coding' AND change.before IS NULL"
        " AND coding.gone = 0 AND change.step IN (SELECT value FROM json_each(?))",
        (ids,),
    )
    for step, coder, document in rows:
        coded.setdefault(step, set()).add((coder, document))
    return {step: (dict(found), frozenset(coded.get(step, ()))) for step, found in counts.items()}


def fresh_steps(copies: Iterable[Copy]) -> dict[str, Fresh]:
    """What all copies together hold that we do not; a step that two of them hold counts once."""
    found: dict[str, Fresh] = {}
    for copy in copies:
        for guid, one in copy.fresh.items():
            if guid not in found or (one.coder and not found[guid].coder):
                found[guid] = one
    return found


def news(copies: Iterable[Copy]) -> list[News]:
    """The same by coder, in the order of their names; who is not known comes last."""
    counts: dict[str, Counter[str]] = {}
    others: Counter[str] = Counter()
    names: dict[str, str] = {}
    for one in fresh_steps(copies).values():
        names.setdefault(one.coder, one.name)
        counts.setdefault(one.coder, Counter()).update(one.counts)
        others[one.coder] += not one.counts
    return [
        News(coder, names[coder], tuple((kind, own[kind]) for kind in KINDS if own[kind]), others[coder])
        for coder, own in sorted(counts.items(), key=lambda item: (not item[0], names[item[0]].casefold()))
    ]


def needed(copies: Iterable[Copy]) -> list[Path]:
    """Files that together hold all that is new, the fullest first; one that adds nothing is left out."""
    chosen: list[Path] = []
    left = set(fresh_steps(copies := list(copies)))
    for copy in sorted(copies, key=lambda one: (-len(one.fresh), one.path.name)):
        if not left.isdisjoint(copy.fresh):
            chosen.append(copy.path)
            left.difference_update(copy.fresh)
    return chosen
