"""The audit trail: every action of everybody in the order of the clock, and the story of one code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from coder_app.project import audit_codebook, audit_coding, audit_joining, audit_study, opening
from coder_app.project.audit_search import EVERYTHING, KINDS, AuditKind, Search, Wanted, visible
from coder_app.project.audit_story import Story
from coder_app.project.audit_words import Done, Told, Words, net, parsed
from coder_app.project.history import driver
from coder_app.project.names import plural

if TYPE_CHECKING:
    from coder_app.project.project import Project

__all__ = ["Audit", "AuditKind", "Entry", "Wanted"]

_LONGEST_IN_STORY = 400
"""Code points of a quote in a story: definitions are what it is about."""
_MANY_IN_STORY = 12
_WHOLE = 3_000
"""Code points of a text that is told as a whole."""
_LONGEST_NAME = 300
"""Code points of the name of an action within a sentence."""
_CHANGES = 600
"""Changes of one action that are looked at; of one with more only is told how many rows it wrote."""

_MANY = {
    "coding": "coding",
    "code": "node of the codebook",
    "memo": "memo",
    "document": "transcript",
    "participant": "participant",
    "unit": "meaning unit",
    "settlement": "decision",
}

_NOT_UNDERSTOOD = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What comes of values that no action of this program writes."""

_ENDS = (".", "…")

_PHRASES: dict[str, Callable[[Words, Done], Told]] = {
    "study": audit_study.study,
    "document": audit_study.documents,
    "code": audit_codebook.codebook,
    "coding": audit_coding.codings,
    "memo": audit_coding.memos,
    "settlement": audit_coding.settlements,
    "round": audit_coding.rounds,
    "stability": audit_coding.stability,
    "kept_apart": audit_codebook.kept_apart,
    "unit": audit_coding.units,
    "division": audit_coding.divisions,
    "participant": audit_study.participants,
    "attribute": audit_study.attributes,
    "attribute_value": audit_study.values,
    "speaker": audit_study.speakers,
    "progress": audit_study.progress,
    "coder": audit_study.coders,
}
"""Table -> how its changes are told; in this order where an action wrote to several."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One action."""

    guid: str
    time: int
    """Milliseconds since 1970, UTC."""
    coder: str
    """GUID, empty where a copy for independent coding left it out."""
    coder_name: str
    action: str
    """What the menu called it; empty where a copy left that out, or where it would tell what is hidden."""
    kinds: tuple[AuditKind, ...]
    sentence: str
    """What was done, with who did it."""
    code: str = ""
    """GUID of the node it speaks of, if of one."""
    document: str = ""
    """GUID of the transcript it speaks of, if of one."""
    start: int = 0
    end: int = 0
    """The place in it, where it speaks of one: code points, end exclusive."""
    participant: str = ""
    """GUID of the participant it speaks of, if of one."""
    taken_back: bool = False
    """Somebody undid it, and did not do it again."""


@dataclass(frozen=True, slots=True)
class _Step:
    id: int
    guid: str
    wall: int
    counter: int
    coder: str
    name: str
    undoes: str | None


class Audit:
    """``project.audit``."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._undone: tuple[object, dict[str, list[str]]] = (None, {})
        self._story: tuple[object, Wanted, Story] | None = None

    # Which actions

    def ids(self, wanted: Wanted = EVERYTHING, *, newest_first: bool = True) -> Iterator[list[int]]:
        """Ids of the actions for `told`, in pieces: between two ``next()`` a few milliseconds pass.

        The first holds enough for a page where nothing is left out. A story is always oldest first.
        """
        with opening.understood(self._project.path):
            if wanted.story:
                story = Story(self._project.connection, wanted)
                yield from story.pieces()
                self._story = self._state(), wanted, story
            else:
                yield from Search(self._project.connection, wanted, newest_first=newest_first).pieces()

    def count(self, wanted: Wanted = EVERYTHING) -> int:
        """How many actions there are."""
        if wanted == EVERYTHING:
            return self._project.history.steps()
        return sum(map(len, self.ids(wanted)))

    def entries(
        self,
        wanted: Wanted = EVERYTHING,
        *,
        first: int = 0,
        most: int | None = None,
        newest_first: bool = True,
    ) -> list[Entry]:
        """The actions in the order of the clock, from the ``first`` on, at most ``most``."""
        found = (id for some in self.ids(wanted, newest_first=newest_first) for id in some)
        return self.told(list(islice(found, first, None if most is None else first + most)), wanted)

    def story(self, code: str, eyes: tuple[str, ...] | None = None) -> list[Entry]:
        """How a node of the codebook came to be, oldest first: made, renamed, moved, joined, defined.

        What was joined into it or put below it is part of its story, and so are the memos on it; single
        codings are not.
        """
        return self.entries(Wanted(story=code, eyes=eyes))

    # In words

    def told(self, ids: Sequence[int], wanted: Wanted = EVERYTHING, *, whole: bool = False) -> list[Entry]:
        """Actions in words, in the order of their ids; of the codings and memos only what ``eyes`` see.

        ``whole``: texts are not shortened, unless they are longer than anybody reads. Raises UserError
        where the file is damaged.
        """
        with opening.understood(self._project.path):
            return self._told(ids, wanted, whole=whole)

    def _told(self, ids: Sequence[int], wanted: Wanted, *, whole: bool) -> list[Entry]:
        steps = self._steps(ids)
        story = self._story_of(wanted) if wanted.story else None
        words = Words(self._project.connection, self._project.level_names())
        if story:
            words.longest, words.many = _LONGEST_IN_STORY, _MANY_IN_STORY
        if whole:
            words.longest = _WHOLE
        actions: dict[int, Done] = {}
        hidden: set[int] = set()
        large: set[int] = set()
        for one in steps:
            changes, hides, total = self._changes(one.id, wanted)
            if hides:
                hidden.add(one.id)
            if total > _CHANGES:
                large.add(one.id)
            backwards = bool(one.undoes) and not one.name.startswith("Redo ")
            clock = one.wall, one.counter, one.guid
            done = Done(one.coder, clock, _plain(one.name), backwards, net(changes))
            actions[one.id] = story.part(done) if story else done
        words.look_up(actions.values())
        undone = self._taken_back()
        return [
            self._entry(
                one,
                actions[one.id],
                words,
                hidden=one.id in hidden,
                large=one.id in large,
                taken_back=_is_taken_back(one.guid, undone),
            )
            for one in steps
        ]

    def _entry(
        self, one: _Step, done: Done, words: Words, *, hidden: bool, large: bool, taken_back: bool
    ) -> Entry:
        words.at = (one.wall, one.counter, "")  # a step that renames its coder is still by the old name
        who = words.bare_name("coder", one.coder) or "Somebody"
        words.at = done.clock
        phrases, about = (self._in_numbers(one.id), Told("")) if large else self._phrases(words, done)
        name = "" if hidden else one.name
        phrase = "; ".join(phrases)
        if phrase and name:
            phrase = f"{audit_joining.beginning(done)}{phrase}"
        if one.undoes:
            phrase = f"{_undoing(name)}: {phrase}" if phrase else _undoing(name)
        elif not phrase:
            phrase = f"did {_called(name)}" if name else "did something that this copy does not tell"
        tables = {change.table for change in done.changes}
        return Entry(
            one.guid,
            one.wall,
            one.coder,
            who,
            name,
            tuple(kind for kind, own in KINDS.items() if tables.intersection(own)),
            f"{who} {phrase}{'' if phrase.rstrip('”').endswith(_ENDS) else '.'}",
            about.code,
            about.document,
            about.start,
            about.end,
            about.participant,
            taken_back,
        )

    @staticmethod
    def _phrases(words: Words, done: Done) -> tuple[list[str], Told]:
        """What an action did, table by table, and what it speaks of first."""
        about = Told("")
        phrases: list[str] = []
        whole = audit_joining.as_one(words, done)
        if whole.phrase:
            return [whole.phrase], whole
        for tell in _PHRASES.values():
            try:
                told = tell(words, done)
            except _NOT_UNDERSTOOD:  # a damaged or hostile history; `check` tells of it
                continue
            if told.phrase:
                phrases.append(told.phrase)
                about = about if about.has_place else told
        return phrases, about

    def _in_numbers(self, step: int) -> list[str]:
        """What an action with very many changes did."""
        query = "SELECT tbl, sum(before IS NULL), count(*) FROM change WHERE step = ? GROUP BY tbl"
        rows_of = "SELECT count(DISTINCT row) FROM change WHERE step = ? AND tbl = ?"
        counts = {table: (made, rows) for table, made, rows in self._execute(query, (step,))}
        for table, (made, rows) in counts.items():
            if rows > made:  # some were changed, perhaps several times
                counts[table] = made, self._execute(rows_of, (step, table)).fetchone()[0]
        phrases = []
        for table, what in _MANY.items():
            made, rows = counts.get(table, (0, 0))
            many = "nodes of the codebook" if table == "code" else None
            phrases += [f"made {plural(made, what, many)}"] if made else []
            phrases += [f"changed {plural(rows - made, what, many)}"] if rows > made else []
        return phrases

    # Reading

    def _steps(self, ids: Sequence[int]) -> list[_Step]:
        rows = self._execute(
            "SELECT id, guid, wall, counter, coder, name, undoes FROM step"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        found = {row[0]: _Step(*row) for row in rows}
        return [found[id] for id in ids if id in found]

    def _changes(
        self, step: int, wanted: Wanted
    ) -> tuple[list[tuple[str, str, dict[str, Any] | None, dict[str, Any]]], bool, int]:
        """What a step wrote, as far as it may be seen; whether something is hidden; how much it wrote."""
        query = 'SELECT tbl, "row", before, after FROM change WHERE step = ?'
        condition, own = visible(wanted.eyes)
        limit = f" ORDER BY number LIMIT {_CHANGES}"
        rows = self._execute(f"{query} AND {condition}{limit}", (step, *own)).fetchall()
        total = len(rows)
        if total == _CHANGES or wanted.eyes is not None:
            (total,) = self._execute("SELECT count(*) FROM change WHERE step = ?", (step,)).fetchone()
        hides = wanted.eyes is not None and len(rows) < min(total, _CHANGES)
        changes = [
            (table, row, None if before is None else parsed(before), parsed(after))
            for table, row, before, after in rows
        ]
        return changes, hides, 0 if hides else total

    def _story_of(self, wanted: Wanted) -> Story:
        """The story that was looked for last, or looked for now."""
        if self._story is None or self._story[:2] != (self._state(), wanted):
            list(self.ids(wanted))
        assert self._story is not None
        return self._story[2]

    def _state(self) -> object:
        """Another one whenever anything was written."""
        latest = self._execute("SELECT id, guid FROM step ORDER BY id DESC LIMIT 1").fetchone()
        return latest, driver(self._project.connection).total_changes

    def _taken_back(self) -> dict[str, list[str]]:
        """GUID of a step -> those that took it back; kept until something is written."""
        key = self._state()
        if self._undone[0] != key:
            found: dict[str, list[str]] = {}
            for guid, undoes in self._execute("SELECT guid, undoes FROM step WHERE undoes IS NOT NULL"):
                found.setdefault(undoes, []).append(guid)
            self._undone = key, found
        return self._undone[1]

    def _execute(self, query: str, parameters: tuple[Any, ...] = ()) -> Any:
        return driver(self._project.connection).execute(query, parameters)


def _is_taken_back(guid: str, undone: dict[str, list[str]]) -> bool:
    """Whether one of the steps that took it back stands, and was not itself taken back (done again)."""
    waiting = [(guid, False)]
    standing: dict[str, bool] = {}
    while waiting:  # a hostile file may hold a chain as long as it likes, or a circle
        one, ready = waiting.pop()
        if ready:
            standing[one] = not any(standing.get(by, False) for by in undone.get(one, ()))
        elif one not in standing:
            standing[one] = False
            waiting.append((one, True))
            waiting += [(by, False) for by in undone.get(one, ())]
    return not standing[guid]


def _undoing(name: str) -> str:
    """“took back “Rename code””, “did “Rename code” again”."""
    if not name:
        return "took an action back, or did it again"
    return f"did {_called(name)} again" if name.startswith("Redo ") else f"took back {_called(name)}"


def _called(name: str) -> str:
    plain = _plain(name)
    return f"“{plain if len(plain) <= _LONGEST_NAME else plain[:_LONGEST_NAME] + '…'}”"


def _plain(name: str) -> str:
    """What the action itself is called, without the marks of undo and redo."""
    while name.startswith(("Undo ", "Redo ")):
        name = name[5:]
    return name
