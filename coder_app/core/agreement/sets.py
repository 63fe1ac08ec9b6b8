"""Several codes on one unit: sets X and Y, and the coefficient of agreement (SPEC section 5).

J = |X n Y| / |X u Y|, and 1 when both are empty. MASI (Passonneau 2006) = J x m with m = 1 for equal
sets, 2/3 where one contains the other, 1/3 where they overlap, 0 where they are disjoint (also one empty
and one not). Distance = 1 - similarity, not squared. Everything is undefined with "no units" where the
two coders saw no unit in common. Proportions run from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Protocol

import numpy as np

from coder_app.core.agreement.result import Reason, Statistic, ratio, undefined
from coder_app.core.agreement.similarity import (
    SIMILARITIES,
    FloatArray,
    Similarity,
    SimilaritySums,
    equality,
    jaccard,
    masi,
)
from coder_app.core.agreement.spans import BoolArray, IntArray, distinct
from coder_app.core.agreement.units import Incidence

__all__ = ["SIMILARITIES", "FloatArray", "Similarity", "equality", "jaccard", "masi"]


class Alike(Protocol):
    """What is known of each unit: did the coders give the same?"""

    @property
    def counted(self) -> IntArray:
        """How much the unit counts; 0 where not all of them saw it."""

    @property
    def equal(self) -> BoolArray:
        """All gave the same set."""

    @property
    def coded(self) -> BoolArray:
        """Any gave a code."""

    @property
    def alike_marked(self) -> BoolArray:
        """All gave some code or none gave any."""

    @property
    def common(self) -> IntArray:
        """How many codes all of them gave."""


@dataclass(frozen=True, slots=True, eq=False)
class PairUnits:
    """Two coders' sets on each unit: sizes, the size of what is common, and how much the unit counts.

    ``counted`` is 0 where one of them did not see the unit.
    """

    counted: IntArray
    size_a: IntArray
    size_b: IntArray
    common: IntArray

    @property
    def equal(self) -> BoolArray:
        return np.asarray((self.common == self.size_a) & (self.common == self.size_b))

    @property
    def coded(self) -> BoolArray:
        """Either gave a code."""
        return np.asarray((self.size_a > 0) | (self.size_b > 0))

    @property
    def alike_marked(self) -> BoolArray:
        """Both gave some code or neither gave any."""
        return np.asarray((self.size_a > 0) == (self.size_b > 0))

    def count(self, mask: BoolArray) -> int:
        """How many units (characters) both saw and for which ``mask`` is true."""
        return _count(self, mask)


def pair_units(incidence: Incidence, first: int = 0, second: int = 1) -> PairUnits:
    """The two coders' sets side by side."""
    seen = incidence.seen[first] & incidence.seen[second]
    return PairUnits(
        np.where(seen, incidence.weights, 0),
        incidence.sizes(first),
        incidence.sizes(second),
        incidence.common(first, second),
    )


@dataclass(frozen=True, slots=True, eq=False)
class GroupUnits:
    """Three coders' sets or more on each unit, as far as they are alike (see :class:`Alike`)."""

    counted: IntArray
    equal: BoolArray
    coded: BoolArray
    alike_marked: BoolArray
    common: IntArray


def group_units(incidence: Incidence) -> GroupUnits:
    """All coders' sets side by side."""
    m, n = incidence.n_coders, incidence.n_units
    keys = np.sort(np.concatenate([incidence.keys(coder) for coder in range(m)]))
    pairs = distinct(keys)
    times = np.diff(np.searchsorted(keys, pairs), append=len(keys))
    unit = pairs // max(incidence.n_codes, 1)
    by_all = np.bincount(unit[times == m], minlength=n).astype(np.int64)
    by_any = np.bincount(unit, minlength=n).astype(np.int64)
    marked = sum((incidence.sizes(coder) > 0).astype(np.int64) for coder in range(m))
    seen = incidence.seen.all(axis=0)
    return GroupUnits(
        np.where(seen, incidence.weights, 0),
        np.asarray(by_all == by_any),
        np.asarray(by_any > 0),
        np.asarray((marked == 0) | (marked == m)),
        by_all,
    )


def alike_units(incidence: Incidence) -> Alike:
    """:func:`pair_units` of two coders, :func:`group_units` of more."""
    return pair_units(incidence) if incidence.n_coders == 2 else group_units(incidence)


def _count(units: Alike, mask: BoolArray) -> int:
    return int(units.counted[mask].sum())


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient of agreement as counts: of ``n_all`` units both saw, ``n_coded`` carry a code by either.

    Percent = 100 x agreed / n.
    """

    agreed_coded: int
    n_coded: int
    agreed_all: int
    n_all: int

    @property
    def coded(self) -> Statistic:
        """Over the units that either coded (the default: what nobody coded is not counted as success)."""
        return ratio(self.agreed_coded, self.n_coded)

    @property
    def all(self) -> Statistic:
        """Over all units both saw."""
        return ratio(self.agreed_all, self.n_all)


def same_sets(pair: Alike) -> Agreement:
    """Units on which X = Y (Schreier 2012)."""
    return Agreement(
        _count(pair, pair.equal & pair.coded),
        _count(pair, pair.coded),
        _count(pair, pair.equal),
        _count(pair, np.ones_like(pair.coded)),
    )


def code_in_common(pair: Alike) -> Agreement:
    """Units with a code in common (lenient); over all units, those that nobody coded agree too."""
    some = pair.common > 0
    return Agreement(
        _count(pair, some),
        _count(pair, pair.coded),
        _count(pair, some | ~pair.coded),
        _count(pair, np.ones_like(pair.coded)),
    )


def same_places(pair: Alike) -> Agreement:
    """Units where both marked something, or both nothing: did they find the same places?"""
    return Agreement(
        _count(pair, pair.alike_marked & pair.coded),
        _count(pair, pair.coded),
        _count(pair, pair.alike_marked),
        _count(pair, np.ones_like(pair.coded)),
    )


def coefficients(pair: Alike) -> dict[str, Statistic]:
    """The coefficient of agreement in its four readings, by the names of the reference cases."""
    return {
        "agreement_coded": same_sets(pair).coded,
        "agreement_all": same_sets(pair).all,
        "agreement_any_coded": code_in_common(pair).coded,
        "marked_agreement": same_places(pair).all,
    }


def exact_set_agreement(pair: Alike) -> Statistic:
    """The share of units on which X = Y (equal to ``agreement_all``)."""
    return same_sets(pair).all


def mean_jaccard(pair: PairUnits) -> Statistic:
    """The mean J of two coders over the units both saw."""
    n = int(pair.counted.sum())
    if n == 0:
        return undefined(Reason.NO_UNITS)
    return Statistic(float((jaccard(pair.size_a, pair.size_b, pair.common) * pair.counted).sum()) / n)


@dataclass(frozen=True, slots=True, eq=False)
class DistinctSets:
    """The different sets that occur, and which of them each coder gave to each unit.

    ``members[s, k]`` says whether set s holds code k; set 0 is the empty one. ``given[c, u]`` is the
    set's number (0 also where coder c did not see unit u).
    """

    members: BoolArray
    given: IntArray

    @property
    def sizes(self) -> IntArray:
        return np.asarray(self.members.sum(axis=1), dtype=np.int64)


def distinct_sets(incidence: Incidence) -> DistinctSets:
    """Number the different sets by extending them code by code, so that equal sets get equal numbers."""
    n, q = incidence.n_units, max(incidence.n_codes, 1)
    row = np.concatenate([units + c * n for c, units in enumerate(incidence.units)])
    code = np.concatenate(incidence.codes)
    total = n * incidence.n_coders
    begin = np.searchsorted(row, np.arange(total))
    sizes = np.bincount(row, minlength=total)
    given = np.zeros(total, dtype=np.int64)
    members = [np.zeros((1, incidence.n_codes), dtype=np.bool_)]
    known = 1
    for depth in range(int(sizes.max(initial=0))):
        longer = np.nonzero(sizes > depth)[0]
        key = given[longer] * q + code[begin[longer] + depth]
        different, inverse = np.unique(key, return_inverse=True)
        extended = np.concatenate(members)[different // q]
        extended[np.arange(len(different)), different % q] = True
        members.append(extended)
        given[longer] = known + inverse
        known += len(different)
    return _only_used(np.concatenate(members), given.reshape(incidence.n_coders, n))


def _only_used(members: BoolArray, given: IntArray) -> DistinctSets:
    """Leave out the beginnings of longer sets that never stand alone; the empty set stays number 0."""
    used = np.union1d(given.ravel(), [0]).astype(np.int64)
    return DistinctSets(members[used], np.searchsorted(used, given).astype(np.int64))


def set_counts(sets: DistinctSets, counted: IntArray) -> IntArray:
    """How often each set occurs; ``counted[c, u]`` is how much coder c's value of unit u counts."""
    counts = np.zeros(len(sets.members), dtype=np.int64)
    np.add.at(counts, sets.given.ravel(), counted.ravel())
    return counts


def alphas(incidence: Incidence, sets: DistinctSets | None = None) -> dict[str, Statistic]:
    """Krippendorff's alpha with a distance between sets (MASI, Jaccard, equality), by the cases' names.

    1 - D_o / D_e over units with r_u >= 2: D_o = (1/N) sum_u sum_{i != j} d / (r_u - 1); D_e = mean d over
    all ordered pairs of the N values. "no variation" where all values are one and the same set.
    """
    sets = distinct_sets(incidence) if sets is None else sets
    rated = incidence.seen.sum(axis=0)
    paired = np.where(rated >= 2, incidence.weights, 0)
    counts = set_counts(sets, np.where(incidence.seen, paired, 0))
    n = int(counts.sum())
    if n == 0 or (counts > 0).sum() < 2:
        return dict.fromkeys(SIMILARITIES, undefined(Reason.NO_VARIATION if n else Reason.NO_UNITS))
    alike = SimilaritySums(sets.members)(counts[:, None].astype(np.float64))
    apart = distances(incidence)
    return {
        name: Statistic(
            1 - (float(apart[name].sum()) / n) / ((n * n - float(alike[name][0])) / (n * (n - 1)))
        )
        for name in SIMILARITIES
    }


def distances(incidence: Incidence) -> dict[str, FloatArray]:
    """For each unit sum_{i != j} d / (r_u - 1) times how much it counts, for each distance by name."""
    rated = incidence.seen.sum(axis=0)
    found = {name: np.zeros(incidence.n_units) for name in SIMILARITIES}
    for i, j in combinations(range(incidence.n_coders), 2):
        pair = pair_units(incidence, i, j)
        share = 2 * pair.counted / np.maximum(rated - 1, 1)
        for name, similarity in SIMILARITIES.items():
            found[name] += (1 - similarity(pair.size_a, pair.size_b, pair.common)) * share
    return found


def statistics(incidence: Incidence) -> dict[str, Statistic]:
    """Everything over sets of two coders, by the names of the reference cases."""
    pair = pair_units(incidence)
    return {
        **coefficients(pair),
        **alphas(incidence),
        "exact_set_agreement": exact_set_agreement(pair),
        "mean_jaccard": mean_jaccard(pair),
    }
