"""What the agreement workbook says of a unit: where it is, its words, each coder's codes and words marked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coder_app.core.agreement.comparison import UnitSets, View
from coder_app.core.model import Coding
from coder_app.formats.agreement_figures import NUMBER
from coder_app.formats.xlsx import TEXT, Column
from coder_app.project.comparing import Compared
from coder_app.project.project import Project

STRETCHES = ("character", "token", "unitizing")
"""Units so small that those side by side with the same codes are one row."""


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit, or neighbouring units with the same codes; ``weight`` units (characters, tokens)."""

    unit: UnitSets
    weight: int

    @property
    def sets(self) -> tuple[frozenset[str], ...]:
        return self.unit.sets

    @property
    def coded(self) -> bool:
        return any(self.unit.sets)

    @property
    def same(self) -> bool:
        return self.unit.same


def unit_rows(view: View, *, stretches: bool) -> Iterator[UnitRow]:
    """Every unit in order of transcripts and text; with ``stretches`` only what somebody coded, joined."""
    weights = view.incidence.weights.tolist()
    documents, starts, ends = view.document.tolist(), view.start.tolist(), view.end.tolist()
    sets = _sets(view)
    empty = (frozenset[str](),) * view.incidence.n_coders
    number, last = -1, None
    held: UnitRow | None = None
    for at, document in enumerate(documents):
        number = number + 1 if document == last else 0
        last = document
        given = sets.get(at, empty)
        if stretches and given is empty:
            if held is not None:
                yield held
            held = None
            continue
        own = UnitSets(view.document_keys[document], number, starts[at], ends[at], given)
        if not stretches:
            yield UnitRow(own, weights[at])
            continue
        if held is not None and held.unit.document == own.document and held.sets == given:
            first = held.unit
            joined = UnitSets(first.document, first.unit, first.start, own.end, given)
            held = UnitRow(joined, held.weight + weights[at])
            continue
        if held is not None:
            yield held
        held = UnitRow(own, weights[at])
    if held is not None:
        yield held


def _sets(view: View) -> dict[int, tuple[frozenset[str], ...]]:
    """Unit -> each coder's codes, for the units that somebody coded; equal sets are one object."""
    given: dict[int, list[tuple[int, ...]]] = {}
    coders = view.incidence.n_coders
    nothing: tuple[int, ...] = ()
    for coder in range(coders):
        pairs = zip(view.incidence.units[coder].tolist(), view.incidence.codes[coder].tolist(), strict=True)
        for unit, code in pairs:
            own = given.get(unit)
            if own is None:
                own = given[unit] = [nothing] * coders
            own[coder] = (*own[coder], code)
    known: dict[tuple[int, ...], frozenset[str]] = {}
    for own in given.values():
        for codes in own:
            if codes not in known:
                known[codes] = frozenset(view.keys[code] for code in codes)
    return {unit: tuple(known[codes] for codes in own) for unit, own in given.items()}


class Names:
    """Codes of a set by their names, in the codebook's order, a line each."""

    def __init__(self, compared: Compared) -> None:
        self._labels = compared.gathered.labels
        self._order = {guid: number for number, (guid, _) in enumerate(compared.gathered.tree.walk())}
        self._known: dict[frozenset[str], str] = {}

    def of(self, codes: frozenset[str]) -> str:
        found = self._known.get(codes)
        if found is None:
            ordered = sorted(codes, key=lambda key: self._order.get(key, -1))
            found = self._known[codes] = "\n".join(self._labels[key] for key in ordered)
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch is: transcript, participant, number of the turn, ``[start, end)``, and its words."""

    document: str
    title: str
    participant: str
    turn: int | None
    start: int
    end: int
    text: str


TALK = (
    Column("Transcript", 20, TEXT, repeat=True),
    Column("Participant", 11, TEXT, repeat=True),
    Column("Turn", 6, NUMBER, repeat=True),
)
"""Whose words a row is about."""
SPAN = (Column("From", 8, NUMBER, repeat=True), Column("To", 8, NUMBER, repeat=True))
"""Code points of the transcript."""


class Places:
    """Where units are."""

    def __init__(self, project: Project, compared: Compared) -> None:
        self._project, self._compared = project, compared
        self._titles = {document.guid: document.title for document in compared.gathered.documents}
        self._labels = {person.guid: person.label for person in project.participants.all()}

    def of(self, unit: UnitSets) -> Place:
        return self.at(*self._compared.place(unit))

    def at(self, document: str, start: int, end: int) -> Place:
        people = self._project.queries.people.at(document, start, end)
        return Place(
            document,
            self._titles[document],
            ", ".join(self._labels[person] for person in people if person in self._labels),
            self._project.documents.content(document).turn_at(start) or None,
            start,
            end,
            self._compared.gathered.texts[document][start:end],
        )


class Words:
    """What each coder marked in a unit: “code: words”, a line for each coding."""

    def __init__(self, compared: Compared) -> None:
        self._compared = compared
        self._labels = compared.gathered.labels
        self._longest: dict[str, int] = {}
        self._starts: dict[str, list[int]] = {}
        for document, codings in compared.gathered.marked.items():
            self._starts[document] = [coding.start for coding in codings]
            self._longest[document] = max((c.end - c.start for c in codings), default=0)

    def of(self, unit: UnitSets) -> list[str]:
        """The lines of each coder, cut to the unit."""
        return self.at(*self._compared.place(unit))

    def at(self, document: str, start: int, end: int) -> list[str]:
        """The lines of each coder, cut to a stretch of a transcript."""
        text = self._compared.gathered.texts[document]
        found = self._overlapping(document, start, end)
        return [
            "\n".join(
                f"{self._labels[c.code or '']}: {text[max(c.start, start) : min(c.end, end)]}"
                for c in found
                if c.coder == coder.guid
            )
            for coder in self._compared.gathered.coders
        ]

    def _overlapping(self, document: str, start: int, end: int) -> Sequence[Coding]:
        codings, starts = self._compared.gathered.marked[document], self._starts[document]
        first = bisect_left(starts, start - self._longest[document])
        found = [c for c in codings[first : bisect_left(starts, end)] if c.end > start]
        return sorted(found, key=lambda c: (c.start, c.end, self._labels[c.code or ""]))
