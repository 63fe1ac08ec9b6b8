"""Nominal coefficients: one value per unit and coder, two or more coders (SPEC section 2).

Values may be missing. Unit ``u`` has ``r_u`` ratings, ``r_uk`` of them of category ``k``; ``n`` units have
at least one rating, ``n2`` at least two; ``q`` is the number of categories of the codebook, used or not.
Every coefficient is undefined with "no units" where no unit was rated by two coders, chance-corrected
ones with "one category" for ``q < 2`` and, where stated, with "no variation" when only one category was
used.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from coder_app.core.agreement.result import Reason, Statistic, mean_of_defined, ratio, undefined

IntArray = NDArray[np.int64]

MISSING = -1


@dataclass(frozen=True, slots=True)
class Ratings:
    """Who gave what: ``counts[u, k]`` ratings of category k in unit u.

    ``by_coder[c, u]`` is the category's place that coder c gave, or ``MISSING``; None where only the
    counts are known (and with them no statistic of a pair of coders). Where ``weights`` are given, row u
    stands for ``weights[u]`` units that look alike.
    """

    counts: IntArray
    by_coder: IntArray | None = None
    weights: IntArray | None = None

    @property
    def categories(self) -> int:
        return int(self.counts.shape[1])

    @property
    def n_units(self) -> int:
        """Units with at least one rating."""
        return int(self.times[self.counts.sum(axis=1) > 0].sum())

    @property
    def times(self) -> IntArray:
        """How many units each row stands for."""
        return np.ones(len(self.counts), dtype=np.int64) if self.weights is None else self.weights


def from_lists(categories: Sequence[Hashable], ratings: Sequence[Sequence[Hashable | None]]) -> Ratings:
    """One list of values per coder, None where the coder did not see the unit.

    Raises ValueError for a value that is no category and for lists of different length.
    """
    place = {category: k for k, category in enumerate(categories)}
    if len({len(row) for row in ratings}) > 1:
        raise ValueError("Every coder needs one value (or None) for each unit.")
    unknown = {value for row in ratings for value in row if value is not None and value not in place}
    if unknown:
        raise ValueError(f"Not a category: {sorted(map(str, unknown))[0]}.")
    rows = [[MISSING if value is None else place[value] for value in row] for row in ratings]
    by_coder = np.array(rows, dtype=np.int64).reshape(len(ratings), -1)
    return Ratings(_counts(by_coder, len(categories)), by_coder)


def from_table(table: Sequence[Sequence[int]]) -> Ratings:
    """Two coders' cross table, coder A in rows and coder B in columns."""
    cells = np.array(table, dtype=np.int64)
    if cells.ndim != 2 or cells.shape[0] != cells.shape[1] or (cells < 0).any():
        raise ValueError("A cross table is square and counts are never negative.")
    a, b = np.indices(cells.shape)
    by_coder = np.stack([a.ravel(), b.ravel()])
    return Ratings(_counts(by_coder, len(cells)), by_coder, cells.ravel())


def from_counts(counts: Sequence[Sequence[int]]) -> Ratings:
    """Units in rows, categories in columns, without saying which coder gave what."""
    cells = np.array(counts, dtype=np.int64)
    if cells.ndim != 2 or (cells < 0).any():
        raise ValueError("Counts are a table of units by categories and never negative.")
    return Ratings(cells)


def _counts(by_coder: IntArray, categories: int) -> IntArray:
    units = by_coder.shape[1]
    counts = np.zeros((units, categories), dtype=np.int64)
    for row in by_coder:
        seen = row != MISSING
        counts[np.nonzero(seen)[0], row[seen]] += 1
    return counts


def shared_units(ratings: Ratings) -> int:
    """n2: the units rated by at least two coders."""
    return int(ratings.times[ratings.counts.sum(axis=1) >= 2].sum())


def _pair_agreement(ratings: Ratings) -> Fraction | None:
    """The sum over units of agreeing pairs / pairs, exactly, divided by n2."""
    rated = ratings.counts.sum(axis=1)
    agreeing = (ratings.counts * (ratings.counts - 1)).sum(axis=1) * ratings.times
    total = Fraction(0)
    for r in np.unique(rated[rated >= 2]).tolist():
        total += Fraction(int(agreeing[rated == r].sum()), r * (r - 1))
    n2 = shared_units(ratings)
    return total / n2 if n2 else None


def percent_agreement(ratings: Ratings) -> Statistic:
    """p_a = (1/n2) sum_{r_u >= 2} sum_k r_uk (r_uk - 1) / (r_u (r_u - 1)), from 0 to 1.

    For two coders Schreier's (2012) coefficient of agreement divided by 100.
    """
    observed = _pair_agreement(ratings)
    return undefined(Reason.NO_UNITS) if observed is None else Statistic(float(observed))


def unanimous_agreement(ratings: Ratings) -> Statistic:
    """The share of units with two ratings or more in which all ratings are equal (R irr, ``agree``)."""
    rated = ratings.counts.sum(axis=1)
    alike = (ratings.counts.max(axis=1, initial=0) == rated) & (rated >= 2)
    return ratio(int(ratings.times[alike].sum()), shared_units(ratings))


def category_shares(ratings: Ratings) -> list[Fraction]:
    """pi_k = (1/n) sum_u r_uk / r_u over the n units with a rating (Gwet 2014), exactly; sums to 1."""
    rated = ratings.counts.sum(axis=1)
    shares = [Fraction(0)] * ratings.categories
    for r in np.unique(rated[rated >= 1]).tolist():
        sums = (ratings.times[rated == r] @ ratings.counts[rated == r]).tolist()
        shares = [share + Fraction(count, r) for share, count in zip(shares, sums, strict=True)]
    n = ratings.n_units
    return [share / n for share in shares] if n else shares


def expected_fleiss(ratings: Ratings) -> Fraction:
    """p_e = sum_k pi_k^2."""
    return sum((share**2 for share in category_shares(ratings)), Fraction(0))


def expected_brennan_prediger(ratings: Ratings) -> Fraction:
    """p_e = 1/q."""
    return Fraction(1, ratings.categories)


def expected_gwet(ratings: Ratings) -> Fraction:
    """p_e = sum_k pi_k (1 - pi_k) / (q - 1)."""
    shares = category_shares(ratings)
    return sum((share * (1 - share) for share in shares), Fraction(0)) / (ratings.categories - 1)


def chance_problem(ratings: Ratings) -> Reason | None:
    """Why no chance-corrected coefficient exists, before looking at the values."""
    if shared_units(ratings) == 0:
        return Reason.NO_UNITS
    return Reason.ONE_CATEGORY if ratings.categories < 2 else None


def _corrected(observed: Fraction | None, expected: Fraction) -> Statistic:
    if observed is None:
        return undefined(Reason.NO_UNITS)
    if expected == 1:
        return undefined(Reason.NO_VARIATION)
    return Statistic(float((observed - expected) / (1 - expected)))


def fleiss_kappa(ratings: Ratings) -> Statistic:
    """Fleiss (1971) in Gwet's (2014) form for missing values; "no variation" where one category was used."""
    problem = chance_problem(ratings)
    if problem:
        return undefined(problem)
    return _corrected(_pair_agreement(ratings), expected_fleiss(ratings))


def brennan_prediger(ratings: Ratings) -> Statistic:
    """Brennan & Prediger (1981): chance agreement 1/q, from the codebook."""
    problem = chance_problem(ratings)
    if problem:
        return undefined(problem)
    return _corrected(_pair_agreement(ratings), expected_brennan_prediger(ratings))


def gwet_ac1(ratings: Ratings) -> Statistic:
    """Gwet (2008): AC1."""
    problem = chance_problem(ratings)
    if problem:
        return undefined(problem)
    return _corrected(_pair_agreement(ratings), expected_gwet(ratings))


def alpha_nominal(ratings: Ratings) -> Statistic:
    """Krippendorff (2011, 2019), nominal: 1 - D_o / D_e over the units with two ratings or more.

    D_o = N - sum_u sum_k r_uk (r_uk - 1) / (r_u - 1); D_e = (N^2 - sum_k n_k^2) / (N - 1).
    "no variation" where those units hold one category only.
    """
    problem = chance_problem(ratings)
    if problem:
        return undefined(problem)
    rated = ratings.counts.sum(axis=1)
    pairable, times = ratings.counts[rated >= 2], ratings.times[rated >= 2]
    sums = [int(count) for count in times @ pairable]
    total = sum(sums)
    agreed = Fraction(0)
    agreeing = (pairable * (pairable - 1)).sum(axis=1) * times
    rated = rated[rated >= 2]
    for r in np.unique(rated).tolist():
        agreed += Fraction(int(agreeing[rated == r].sum()), r - 1)
    expected = Fraction(total * total - sum(count * count for count in sums), total - 1)
    if expected == 0:
        return undefined(Reason.NO_VARIATION)
    return Statistic(float(1 - (total - agreed) / expected))


def cross_table(ratings: Ratings, first: int = 0, second: int = 1) -> IntArray:
    """Two coders' q x q counts over the units both rated. Raises ValueError where only counts are known."""
    if ratings.by_coder is None:
        raise ValueError("The ratings do not say which coder gave which value.")
    a, b = ratings.by_coder[first], ratings.by_coder[second]
    both = (a != MISSING) & (b != MISSING)
    q = ratings.categories
    cells = np.zeros(q * q, dtype=np.int64)
    np.add.at(cells, a[both] * q + b[both], ratings.times[both])
    return cells.reshape(q, q)


def _margins(table: IntArray) -> tuple[int, int, list[int], list[int]]:
    return (
        int(table.sum()),
        int(np.trace(table)),
        [int(x) for x in table.sum(axis=1)],
        [int(x) for x in table.sum(axis=0)],
    )


def _table_problem(table: IntArray) -> Reason | None:
    if int(table.sum()) == 0:
        return Reason.NO_UNITS
    return Reason.ONE_CATEGORY if len(table) < 2 else None


def cohen_kappa(table: IntArray) -> Statistic:
    """Cohen (1960), two coders: p_e = sum_k p_Ak p_Bk; "no variation" where both used one same category."""
    problem = _table_problem(table)
    if problem:
        return undefined(problem)
    n, diagonal, rows, columns = _margins(table)
    expected = sum(a * b for a, b in zip(rows, columns, strict=True))
    return ratio(n * diagonal - expected, n * n - expected, Reason.NO_VARIATION)


def scott_pi(table: IntArray) -> Statistic:
    """Scott (1955), two coders: p_e = sum_k ((p_Ak + p_Bk) / 2)^2; "no variation" as for kappa."""
    problem = _table_problem(table)
    if problem:
        return undefined(problem)
    n, diagonal, rows, columns = _margins(table)
    expected = sum((a + b) ** 2 for a, b in zip(rows, columns, strict=True))
    return ratio(4 * n * diagonal - expected, 4 * n * n - expected, Reason.NO_VARIATION)


def light_kappa(ratings: Ratings) -> Statistic:
    """Light (1971): the mean of Cohen's kappa over all pairs of coders.

    Pairs whose kappa is undefined are left out, as in the mean across codes.
    """
    if ratings.by_coder is None:
        raise ValueError("The ratings do not say which coder gave which value.")
    pairs = combinations(range(len(ratings.by_coder)), 2)
    return mean_of_pairs([cohen_kappa(cross_table(ratings, i, j)) for i, j in pairs])


def mean_of_pairs(kappas: list[Statistic]) -> Statistic:
    """The mean of the defined ones; where none is, "no units" only if that holds for every pair."""
    reasons = {kappa.reason for kappa in kappas if not kappa.defined} - {Reason.NO_UNITS.value}
    return mean_of_defined(kappas, Reason(min(reasons)) if reasons else Reason.NO_UNITS)


def holsti(joint: int, decisions_a: int, decisions_b: int) -> Statistic:
    """Holsti (1969): CR = 2M / (N_A + N_B) of M joint decisions; undefined where nobody decided anything."""
    return ratio(2 * joint, decisions_a + decisions_b)
