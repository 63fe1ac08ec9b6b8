"""The units of a comparison with each coder's codes, for counting and for looking up passages."""

from __future__ import annotations

from dataclasses import dataclass

from coder_app.core.agreement.spans import IntArray
from coder_app.core.agreement.units import Incidence


@dataclass(frozen=True, slots=True)
class UnitSets:
    """A unit that somebody coded: where it is, and each coder's set of codes (by their keys).

    ``unit`` is its place among the document's units; for characters and tokens, where a "unit" is a
    stretch of text with the same codes throughout, it counts such stretches; for matched spans it counts
    pairs of spans and spans that stayed alone.
    """

    document: str
    unit: int
    start: int
    end: int
    sets: tuple[frozenset[str], ...]

    @property
    def same(self) -> bool:
        return all(one == self.sets[0] for one in self.sets)


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """The units at one level, for looking up passages. Places are within each document."""

    keys: tuple[str, ...]
    incidence: Incidence
    document_keys: tuple[str, ...]
    document: IntArray
    """Each unit's document, by its place in ``document_keys``."""
    start: IntArray
    end: IntArray
    characters: bool
    """Units are stretches of text that count their characters (or tokens), not one each."""
    position: IntArray | None = None
    """Where each unit begins on the line of counted text; only for stretches and spans."""

    def pair(self, first: int, second: int) -> View:
        """The same units with two of the coders."""
        whole = self.incidence
        own = Incidence(
            whole.n_codes,
            whole.weights,
            (whole.units[first], whole.units[second]),
            (whole.codes[first], whole.codes[second]),
            whole.seen[[first, second]],
        )
        return View(self.keys, own, self.document_keys, self.document, self.start, self.end, self.characters)

    def coded_units(self) -> list[UnitSets]:
        """Every unit that somebody coded, in order of documents and text."""
        given: dict[int, list[set[str]]] = {}
        coders = self.incidence.n_coders
        for coder in range(coders):
            pairs = zip(
                self.incidence.units[coder].tolist(), self.incidence.codes[coder].tolist(), strict=True
            )
            for unit, code in pairs:
                given.setdefault(unit, [set() for _ in range(coders)])[coder].add(self.keys[code])
        documents, starts, ends = self.document.tolist(), self.start.tolist(), self.end.tolist()
        found: list[UnitSets] = []
        first: dict[int, int] = {}
        for unit, number in enumerate(documents):
            first.setdefault(number, unit)
        for unit in sorted(given):
            number = documents[unit]
            own = UnitSets(
                self.document_keys[number],
                unit - first[number],
                starts[unit],
                ends[unit],
                tuple(frozenset(codes) for codes in given[unit]),
            )
            if self.characters and found and _continues(found[-1], own):
                last = found.pop()
                own = UnitSets(last.document, last.unit, last.start, own.end, last.sets)
            found.append(own)
        return found


def _continues(one: UnitSets, other: UnitSets) -> bool:
    return one.document == other.document and one.end == other.start and one.sets == other.sets
