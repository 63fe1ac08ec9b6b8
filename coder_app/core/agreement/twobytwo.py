"""One code, present or absent, by two coders: the 2 x 2 table and its coefficients (SPEC section 3).

Counts are Python integers and every coefficient is one division at its end, so that "undefined" is
found by comparing integers. ``N = a + b + c + d``. With no unit at all everything is undefined
("no units"); the other undefined cases stand with each function.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from coder_app.core.agreement.result import Reason, Statistic, mean_of_defined, ratio, undefined


@dataclass(frozen=True, slots=True)
class Table:
    """How many units (turns, characters ...) carry the code by both coders, by one, by neither."""

    both: int
    only_a: int
    only_b: int
    neither: int

    def __post_init__(self) -> None:
        if min(self.both, self.only_a, self.only_b, self.neither) < 0:
            raise ValueError("Counts of a table are never negative.")

    @property
    def n(self) -> int:
        return self.both + self.only_a + self.only_b + self.neither

    @property
    def differing(self) -> int:
        return self.only_a + self.only_b

    @property
    def presences(self) -> int:
        """Times the code was given by either coder, 2a + b + c."""
        return 2 * self.both + self.differing

    @property
    def absences(self) -> int:
        """Times the code was not given, 2d + b + c."""
        return 2 * self.neither + self.differing

    def __add__(self, other: Table) -> Table:
        return Table(
            self.both + other.both,
            self.only_a + other.only_a,
            self.only_b + other.only_b,
            self.neither + other.neither,
        )


def percent_agreement(table: Table) -> Statistic:
    """(a + d) / N, from 0 to 1."""
    return ratio(table.both + table.neither, table.n)


def _kappa_parts(table: Table) -> tuple[int, int, int]:
    """N^2 p_o, N^2 p_e and N^2 of Cohen's kappa."""
    a1, b1 = table.both + table.only_a, table.both + table.only_b
    n = table.n
    return n * (table.both + table.neither), a1 * b1 + (n - a1) * (n - b1), n * n


def _chance_corrected(observed: int, expected: int, whole: int) -> Statistic:
    if whole == 0:
        return undefined(Reason.NO_UNITS)
    return ratio(observed - expected, whole - expected, Reason.NO_VARIATION)


def cohen_kappa(table: Table) -> Statistic:
    """Cohen (1960): p_e from each coder's own marginals.

    Undefined where both gave one and the same value throughout.
    """
    return _chance_corrected(*_kappa_parts(table))


def scott_pi(table: Table) -> Statistic:
    """Scott (1955): p_e from the joint marginals; for q = 2 and two coders also Fleiss' kappa (1971)."""
    n = table.n
    expected = table.presences**2 + table.absences**2
    return _chance_corrected(4 * n * (table.both + table.neither), expected, 4 * n * n)


def gwet_ac1(table: Table) -> Statistic:
    """Gwet (2008): p_e = 2 pi (1 - pi), pi = (2a + b + c) / 2N. Always defined where there is a unit."""
    n = table.n
    expected = 2 * table.presences * table.absences
    return _chance_corrected(4 * n * (table.both + table.neither), expected, 4 * n * n)


def alpha_nominal(table: Table) -> Statistic:
    """Krippendorff (2011), two coders, no value missing: 1 - (2N - 1)(b + c) / ((2a + b + c)(2d + b + c)).

    Undefined where the code was given always or never.
    """
    if table.n == 0:
        return undefined(Reason.NO_UNITS)
    expected = table.presences * table.absences
    return ratio(expected - (2 * table.n - 1) * table.differing, expected, Reason.NO_VARIATION)


def pabak(table: Table) -> Statistic:
    """Byrt, Bishop & Carlin (1993): 2 (a + d) / N - 1, Brennan-Prediger (1981) for two categories."""
    return ratio(table.both + table.neither - table.differing, table.n)


def positive_agreement(table: Table) -> Statistic:
    """Cicchetti & Feinstein (1990): 2a / (2a + b + c), Dice, F1. Undefined where nobody gave the code."""
    return ratio(2 * table.both, table.presences, Reason.NO_VARIATION if table.n else Reason.NO_UNITS)


def negative_agreement(table: Table) -> Statistic:
    """Cicchetti & Feinstein (1990): 2d / (2d + b + c). Undefined where both gave the code everywhere."""
    return ratio(2 * table.neither, table.absences, Reason.NO_VARIATION if table.n else Reason.NO_UNITS)


def prevalence_index(table: Table) -> Statistic:
    """Byrt et al. (1993): (a - d) / N, from -1 to 1."""
    return ratio(table.both - table.neither, table.n)


def bias_index(table: Table) -> Statistic:
    """Byrt et al. (1993): (b - c) / N, from -1 to 1; positive where coder A gives the code more often."""
    return ratio(table.only_a - table.only_b, table.n)


def statistics(table: Table) -> dict[str, Statistic]:
    """Everything this module knows of one table, by the names of the reference cases."""
    return {
        "percent_agreement": percent_agreement(table),
        "cohen_kappa": cohen_kappa(table),
        "scott_pi": scott_pi(table),
        "gwet_ac1": gwet_ac1(table),
        "alpha_nominal": alpha_nominal(table),
        "pabak": pabak(table),
        "positive_agreement": positive_agreement(table),
        "negative_agreement": negative_agreement(table),
        "prevalence_index": prevalence_index(table),
        "bias_index": bias_index(table),
    }


def pooled_kappa(tables: Sequence[Table]) -> Statistic:
    """De Vries et al. (2008): (mean p_o - mean p_e) / (1 - mean p_e) over all codes, used or not.

    Undefined where kappa is undefined for every code. Exact: a code that nobody used adds nothing.
    """
    gained, possible = Fraction(0), Fraction(0)
    parts = [_kappa_parts(table) for table in tables if table.n]
    for observed, expected, whole in parts:
        gained += Fraction(observed - expected, whole)
        possible += Fraction(whole - expected, whole)
    if not parts:
        return undefined(Reason.NO_UNITS)
    if possible == 0:
        return undefined(Reason.NO_VARIATION)
    return Statistic(float(gained / possible))


def across_codes(tables: Sequence[Table]) -> dict[str, Statistic]:
    """The three ways to sum up kappa over codes, and the percent agreement of the summed tables.

    ``mean_kappa`` is the mean of the defined kappas, ``codes_undefined`` says how many are not;
    ``pooled_kappa`` is shown first; ``summed_kappa`` and ``summed_percent`` add up the tables.
    ``summed_percent`` is never a headline: it is high wherever codes are rare (SPEC section 5).
    """
    kappas = [cohen_kappa(table) for table in tables]
    summed = sum(tables, Table(0, 0, 0, 0))
    nothing = Reason.NO_VARIATION if summed.n else Reason.NO_UNITS
    return {
        "pooled_kappa": pooled_kappa(tables),
        "mean_kappa": mean_of_defined(kappas, nothing),
        "codes_undefined": Statistic(sum(not kappa.defined for kappa in kappas)),
        "summed_kappa": cohen_kappa(summed),
        "summed_percent": percent_agreement(summed),
    }
