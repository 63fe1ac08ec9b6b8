"""The answer of :func:`coder_app.core.agreement.study.compare`, and the passages behind its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coder_app.core.agreement.result import Interval, Statistic
from coder_app.core.agreement.sets import Agreement
from coder_app.core.agreement.spans import IntArray
from coder_app.core.agreement.twobytwo import Table
from coder_app.core.agreement.units import Incidence
from coder_app.core.model import Level


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the coefficient of agreement (Schreier 2012): ``marked``, or a level's key.

    Counts are units (turns, characters ...); percent = 100 x value. For ``marked``, ``lenient`` is the
    same as the row itself.
    """

    key: str
    strict: Agreement
    lenient: Agreement

    @property
    def agreed_coded(self) -> int:
        """Units alike among those that either coded."""
        return self.strict.agreed_coded

    @property
    def n_coded(self) -> int:
        """Units that either coded."""
        return self.strict.n_coded

    @property
    def coded(self) -> Statistic:
        """``agreed_coded / n_coded``: the headline figure."""
        return self.strict.coded

    @property
    def agreed_all(self) -> int:
        """Units alike among all, also those that neither coded."""
        return self.strict.agreed_all

    @property
    def n_all(self) -> int:
        return self.strict.n_all

    @property
    def all(self) -> Statistic:
        """``agreed_all / n_all``."""
        return self.strict.all

    @property
    def agreed_any(self) -> int:
        """Units with a code in common."""
        return self.lenient.agreed_coded

    @property
    def any_coded(self) -> Statistic:
        """``agreed_any / n_coded``: shown beside the others, never alone."""
        return self.lenient.coded


@dataclass(frozen=True, slots=True)
class CodeResult:
    """One code at the level asked. ``given_by[j]`` units carry it by exactly j coders.

    ``table`` is the 2 x 2 table of two coders, None for three or more.
    """

    table: Table | None
    given_by: tuple[int, ...]
    statistics: Mapping[str, Statistic]

    @property
    def n(self) -> int:
        return sum(self.given_by)


@dataclass(frozen=True, slots=True)
class UnitSets:
    """A unit that somebody coded: where it is, and each coder's set of codes (by their keys).

    ``unit`` is its place among the document's units; for characters, where a "unit" is a stretch of
    text with the same codes throughout, it counts such stretches.
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
    start: IntArray
    end: IntArray
    characters: bool

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


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far coders agree.

    ``overall`` holds statistics by the names of the reference cases. For two coders: the coefficient of
    agreement (``agreement_coded``, ``agreement_all``, ``agreement_any_coded``, ``marked_agreement``),
    Cohen's kappa over codes (``pooled_kappa`` first, ``mean_kappa`` of the defined ones,
    ``codes_undefined``, ``summed_kappa``, ``summed_percent``), Krippendorff's alpha over each unit's
    set of codes (``alpha_masi``, ``alpha_jaccard``, ``alpha_nominal_sets`` by set equality),
    ``exact_set_agreement`` and ``mean_jaccard``. For three or more: the alphas and ``light_kappa``, the
    mean of the pairs' pooled kappas; ``pairs`` then holds each two coders' own comparison, and ``rows``
    is empty.

    Per code ``codes[key].statistics``: percent_agreement, cohen_kappa, scott_pi, gwet_ac1, alpha_nominal
    (Krippendorff's alpha of the code present or absent), pabak, positive_agreement,
    negative_agreement, prevalence_index, bias_index; for three or more coders percent_agreement,
    unanimous_agreement, fleiss_kappa, brennan_prediger, gwet_ac1, alpha_nominal, light_kappa.
    """

    unit: str
    level: Level
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    n_units: int
    """Units compared; for characters the number of characters."""
    rows: tuple[Row, ...]
    overall: Mapping[str, Statistic]
    codes: Mapping[str, CodeResult]
    """By the code's key, in the codebook's order, used or not."""
    intervals: Mapping[str, Interval]
    """95 % bootstrap intervals of ``overall`` by name, where they were asked for."""
    codes_used: tuple[int, ...]
    """How many different codes each coder used (in the units compared, at the level asked)."""
    codes_used_by_any: int
    codes_shared: int
    """How many codes all coders used: "12 of 90 codes shared" is codes_shared of codes_used_by_any."""
    pairs: Mapping[tuple[str, str], Comparison] = field(default_factory=dict)
    views: Mapping[Level, View] = field(default_factory=dict, repr=False, compare=False)

    def undefined(self, names: Mapping[str, str] | None = None) -> dict[str, str]:
        """Each undefined statistic's path and reason: ``overall.pooled_kappa``, ``codes.NAME.cohen_kappa``.

        ``names`` turns the codes' keys into what is printed.
        """
        shown = names or {}
        found = {f"overall.{name}": s.reason for name, s in self.overall.items() if not s.defined}
        for key, code in self.codes.items():
            for name, statistic in code.statistics.items():
                if not statistic.defined:
                    found[f"codes.{shown.get(key, key)}.{name}"] = statistic.reason
        return found

    def coded_units(self, level: Level | None = None) -> list[UnitSets]:
        """Every unit that somebody coded with each coder's codes at a level (the one asked, by default).

        Raises KeyError for a level that was not compared.
        """
        return self.views[self.level if level is None else level].coded_units()

    def differences(self, level: Level | None = None) -> list[UnitSets]:
        """The units on which the coders' sets of codes differ."""
        return [unit for unit in self.coded_units(level) if not unit.same]

    def units_of(self, key: str) -> list[UnitSets]:
        """The units to which somebody gave the code, at the level asked."""
        return [unit for unit in self.coded_units() if any(key in given for given in unit.sets)]
