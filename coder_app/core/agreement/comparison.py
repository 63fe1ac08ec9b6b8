"""The answer of :func:`coder_app.core.agreement.study.compare`, and the passages behind its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coder_app.core.agreement.cautions import Caution
from coder_app.core.agreement.confusion import Confusion
from coder_app.core.agreement.result import Interval, Statistic
from coder_app.core.agreement.sets import Agreement
from coder_app.core.agreement.twobytwo import Table
from coder_app.core.agreement.views import UnitSets, View
from coder_app.core.model import Level

__all__ = [
    "CodeResult",
    "Comparison",
    "DocumentResult",
    "DomainResult",
    "LevelResult",
    "Row",
    "UnitSets",
    "View",
]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the coefficient of agreement (Schreier 2012): ``marked``, or a level's key.

    Counts are units (turns, characters ...); percent = 100 x value. For ``marked``, ``lenient`` is the
    same as the row itself. With three coders or more "agreed" means that all of them agree and "coded"
    that any of them coded.
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
    """One code at a level. ``given_by[j]`` units carry it by exactly j coders.

    ``table`` is the 2 x 2 table of two coders, None for three or more, for matched spans and for
    unitizing. ``intervals`` are 95 % intervals of ``statistics`` by name: for turns and other fixed units
    from standard errors (``Interval.se``); where a bootstrap was asked for also by it what has no standard
    error there, and everything for characters and tokens.
    """

    table: Table | None
    given_by: tuple[int, ...]
    statistics: Mapping[str, Statistic]
    intervals: Mapping[str, Interval] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return sum(self.given_by)


@dataclass(frozen=True, slots=True)
class LevelResult:
    """Everything at one level of the codebook."""

    level: Level
    row: Row | None
    """None for matched spans and unitizing."""
    overall: Mapping[str, Statistic]
    more: Mapping[str, Statistic]
    """Further coefficients over all codes ("More coefficients"), by the names of the reference cases."""
    codes: Mapping[str, CodeResult]
    """By the code's key, in the codebook's order, used or not."""
    intervals: Mapping[str, Interval]
    """95 % intervals of ``overall`` and ``more`` by name."""
    codes_used: tuple[int, ...]
    """How many different codes each coder used."""
    codes_used_by_any: int
    codes_shared: int

    @property
    def few_codes_shared(self) -> bool:
        """Whether less than half of the codes used are used by all."""
        return self.codes_shared * 2 < self.codes_used_by_any


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One transcript: its units, the rows of the coefficient of agreement, and figures over all codes.

    ``overall`` holds, for the level asked, ``pooled_kappa`` and the coefficient of agreement (matched spans:
    ``matched``, ``n_a``, ``n_b``, ``holsti``, ``jaccard``; unitizing: nothing).
    """

    key: str
    n_units: int
    rows: tuple[Row, ...]
    overall: Mapping[str, Statistic]


@dataclass(frozen=True, slots=True)
class DomainResult:
    """The unitizing coefficients within one category or theme whose codes do not overlap."""

    key: str
    """The category or theme."""
    codes: tuple[str, ...]
    overall: Mapping[str, Statistic]


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far coders agree.

    ``overall`` holds statistics by the names of the reference cases. For two coders: the coefficient of
    agreement (``agreement_coded``, ``agreement_all``, ``agreement_any_coded``, ``marked_agreement``),
    Cohen's kappa over codes (``pooled_kappa`` first, ``mean_kappa`` of the defined ones,
    ``codes_undefined``, ``summed_kappa``, ``summed_percent``), Krippendorff's alpha over each unit's
    set of codes (``alpha_masi``, ``alpha_jaccard``, ``alpha_nominal_sets`` by set equality),
    ``exact_set_agreement`` and ``mean_jaccard``. For three or more: the alphas and ``light_kappa``, the
    mean of the pairs' pooled kappas; ``pairs`` then holds each two coders' own comparison. Matched spans:
    ``matched``, ``n_a``, ``n_b``, ``holsti``, ``jaccard``, ``brennan_prediger``; unitizing:
    ``u_alpha_nominal``, ``u_alpha_binary``, ``cu_alpha``.

    ``more`` holds ``holsti`` over decisions (a code given to a unit), the means over codes
    (``mean_gwet_ac1`` ...), and, where no coder gave two codes to one unit, the coefficients of one value a
    unit ("no code" being a value, but not for meaning units): ``percent_agreement``,
    ``unanimous_agreement``, ``cohen_kappa``, ``scott_pi``, ``fleiss_kappa``, ``brennan_prediger``,
    ``gwet_ac1``, ``alpha_nominal``; otherwise these are undefined ("codes overlap").

    Per code ``codes[key].statistics``: percent_agreement, cohen_kappa, scott_pi, gwet_ac1, alpha_nominal
    (Krippendorff's alpha of the code present or absent), pabak, positive_agreement,
    negative_agreement, prevalence_index, bias_index; for three or more coders percent_agreement,
    unanimous_agreement, fleiss_kappa, brennan_prediger, gwet_ac1, alpha_nominal, light_kappa; for matched
    spans matched, only_a, only_b, n_a, n_b, holsti, jaccard; for unitizing u_alpha.
    """

    unit: str
    level: Level
    coders: tuple[str, ...]
    documents: tuple[str, ...]
    n_units: int
    """Units compared; for characters, unitizing and matched spans the number of characters, for tokens
    that of tokens."""
    rows: tuple[Row, ...]
    """"marked" first, then each level; none for matched spans and unitizing."""
    overall: Mapping[str, Statistic]
    codes: Mapping[str, CodeResult]
    """By the code's key, in the codebook's order, used or not."""
    intervals: Mapping[str, Interval]
    """95 % intervals of ``overall`` and ``more`` by name: by the bootstrap where it was asked for, those of
    one value a unit from standard errors."""
    codes_used: tuple[int, ...]
    """How many different codes each coder used (in the units compared, at the level asked)."""
    codes_used_by_any: int
    codes_shared: int
    """How many codes all coders used: "12 of 90 codes shared" is codes_shared of codes_used_by_any."""
    pairs: Mapping[tuple[str, str], Comparison] = field(default_factory=dict)
    """Each two of three coders or more, by their keys."""
    views: Mapping[Level, View] = field(default_factory=dict, repr=False, compare=False)
    more: Mapping[str, Statistic] = field(default_factory=dict)
    levels: Mapping[Level, LevelResult] = field(default_factory=dict)
    """The same figures at every level; ``overall``, ``codes`` ... above are those of ``level``."""
    marked: CodeResult | None = None
    """Marked or not as one code; passages without a code are marked, too."""
    marked_view: View | None = field(default=None, repr=False, compare=False)
    """The units marked or not (one key, ``MARKED``), for looking up passages."""
    confusion: Mapping[tuple[str, str], Confusion] = field(default_factory=dict)
    """At the level asked, for each two coders by their keys: which code did one give where the other ..."""
    by_document: tuple[DocumentResult, ...] = ()
    domains: tuple[DomainResult, ...] = ()
    """Unitizing: the categories and themes within which no coder's codes overlap."""
    cautions: tuple[Caution, ...] = ()
    n_blocks: int = 0
    """How many things the bootstrap drew: units, or paragraphs for everything that counts text. Without one
    the units, 0 for text."""
    seed: int = 0
    """Seed of the bootstrap."""

    @property
    def draws_units(self) -> bool:
        """Whether a bootstrap draws units; otherwise it draws paragraphs (their characters depend on each
        other)."""
        return self.unit not in ("character", "token", "match", "unitizing")

    def undefined(self, names: Mapping[str, str] | None = None) -> dict[str, str]:
        """Each undefined statistic's path and reason: ``overall.pooled_kappa``, ``codes.NAME.cohen_kappa``.

        ``names`` turns the codes' keys into what is printed.
        """
        shown = names or {}
        everything = {**self.more, **self.overall}
        found = {f"overall.{name}": s.reason for name, s in everything.items() if not s.defined}
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
