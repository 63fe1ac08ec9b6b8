"""Several codes on one unit: sets X and Y, and the coefficient of agreement (SPEC section 5).

J = |X n Y| / |X u Y|, and 1 when both are empty. MASI (Passonneau 2006) = J x m with m = 1 for equal
sets, 2/3 where one contains the other, 1/3 where they overlap, 0 where they are disjoint (also one empty
and one not). Distance = 1 - similarity, not squared. Everything is undefined with "no units" where the
two coders saw no unit in common. Proportions run from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from coder_app.core.agreement.result import Reason, Statistic, ratio, undefined
from coder_app.core.agreement.spans import BoolArray, IntArray
from coder_app.core.agreement.units import Incidence

FloatArray = NDArray[np.float64]
Similarity = Callable[[IntArray, IntArray, IntArray], FloatArray]
"""Similarity of sets from their sizes and the size of their intersection (arrays of any shape)."""


def jaccard(size_x: IntArray, size_y: IntArray, common: IntArray) -> FloatArray:
    """|X n Y| / |X u Y|; 1 for two empty sets."""
    union = size_x + size_y - common
    return np.asarray(np.where(union == 0, 1.0, common / np.maximum(union, 1)))


def masi(size_x: IntArray, size_y: IntArray, common: IntArray) -> FloatArray:
    """Passonneau (2006): Jaccard's J weighted by 1, 2/3, 1/3 or 0."""
    equal = (common == size_x) & (common == size_y)
    contained = (common == size_x) | (common == size_y)
    weight = np.where(equal, 1.0, np.where(contained, 2 / 3, 1 / 3))
    return np.asarray(jaccard(size_x, size_y, common) * weight)


def equality(size_x: IntArray, size_y: IntArray, common: IntArray) -> FloatArray:
    """1 for equal sets, else 0."""
    return np.asarray((common == size_x) & (common == size_y), dtype=np.float64)


SIMILARITIES: dict[str, Similarity] = {
    "alpha_masi": masi,
    "alpha_jaccard": jaccard,
    "alpha_nominal_sets": equality,
}


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
        return int(self.counted[mask].sum())


def pair_units(incidence: Incidence, first: int = 0, second: int = 1) -> PairUnits:
    """The two coders' sets side by side."""
    seen = incidence.seen[first] & incidence.seen[second]
    return PairUnits(
        np.where(seen, incidence.weights, 0),
        incidence.sizes(first),
        incidence.sizes(second),
        incidence.common(first, second),
    )


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


def same_sets(pair: PairUnits) -> Agreement:
    """Units on which X = Y (Schreier 2012)."""
    return Agreement(
        pair.count(pair.equal & pair.coded),
        pair.count(pair.coded),
        pair.count(pair.equal),
        pair.count(np.ones_like(pair.coded)),
    )


def code_in_common(pair: PairUnits) -> Agreement:
    """Units with a code in common (lenient); over all units, those that nobody coded agree too."""
    some = pair.common > 0
    return Agreement(
        pair.count(some),
        pair.count(pair.coded),
        pair.count(some | ~pair.coded),
        pair.count(np.ones_like(pair.coded)),
    )


def same_places(pair: PairUnits) -> Agreement:
    """Units where both marked something, or both nothing: did they find the same places?"""
    return Agreement(
        pair.count(pair.alike_marked & pair.coded),
        pair.count(pair.coded),
        pair.count(pair.alike_marked),
        pair.count(np.ones_like(pair.coded)),
    )


def coefficients(pair: PairUnits) -> dict[str, Statistic]:
    """The coefficient of agreement in its four readings, by the names of the reference cases."""
    return {
        "agreement_coded": same_sets(pair).coded,
        "agreement_all": same_sets(pair).all,
        "agreement_any_coded": code_in_common(pair).coded,
        "marked_agreement": same_places(pair).all,
    }


def exact_set_agreement(pair: PairUnits) -> Statistic:
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


_ROWS = 1024


def similarity_sums(sets: DistinctSets, counts: FloatArray, similarity: Similarity) -> FloatArray:
    """sum_s sum_t n_s n_t sim(s, t) for each row of ``counts``.

    Only pairs of sets that share a code are visited (all others are 0): code by code, each pair weighted
    by 1 / |s n t| because it comes once for each code it shares. Equality needs the squares alone.
    """
    if similarity is equality:
        return np.asarray((counts**2).sum(axis=1))
    totals: FloatArray = counts[:, 0] ** 2
    sizes, words = sets.sizes, _packed(sets.members)
    for code in np.nonzero(sets.members.any(axis=0))[0]:
        holders = np.nonzero(sets.members[:, code])[0]
        weights = np.ascontiguousarray(counts[:, holders])
        for start in range(0, len(holders), _ROWS):
            block = slice(start, start + _ROWS)
            common = _in_common(words[holders[block]], words[holders])
            alike = similarity(sizes[holders[block], None], sizes[None, holders], common) / common
            totals = totals + _form(weights[:, block], alike, weights)
    return totals


def _form(left: FloatArray, matrix: FloatArray, right: FloatArray) -> FloatArray:
    """Row by row left x matrix x right; a single row without the matrix product, whose threads cost more."""
    if len(left) == 1:
        return np.asarray([(left[0] * (matrix * right[0]).sum(axis=1)).sum()])
    return np.asarray(((left @ matrix) * right).sum(axis=1))


def _packed(members: BoolArray) -> NDArray[np.uint64]:
    """The sets' members as bits of 64-bit words."""
    columns = -(-max(members.shape[1], 1) // 64) * 64
    padded = np.zeros((len(members), columns), dtype=np.bool_)
    padded[:, : members.shape[1]] = members
    return np.packbits(padded, axis=1).view(np.uint64)


def _in_common(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> IntArray:
    """The size of the intersection of every set of one list with every set of another."""
    common = np.zeros((len(one), len(other)), dtype=np.int64)
    for word in range(one.shape[1]):
        common += np.bitwise_count(one[:, word, None] & other[None, :, word])
    return common


def alpha_sets(incidence: Incidence, sets: DistinctSets, similarity: Similarity) -> Statistic:
    """Krippendorff's alpha with a distance between sets: 1 - D_o / D_e over units with r_u >= 2.

    D_o = (1/N) sum_u sum_{i != j} d / (r_u - 1); D_e = mean d over all ordered pairs of the N values.
    "no variation" where all values are one and the same set.
    """
    rated = incidence.seen.sum(axis=0)
    paired = np.where(rated >= 2, incidence.weights, 0)
    counted = np.where(incidence.seen, paired, 0)
    counts = set_counts(sets, counted)
    n = int(counts.sum())
    if n == 0:
        return undefined(Reason.NO_UNITS)
    if (counts > 0).sum() < 2:
        return undefined(Reason.NO_VARIATION)
    observed = 0.0
    for i, j in combinations(range(incidence.n_coders), 2):
        pair = pair_units(incidence, i, j)
        apart = 1 - similarity(pair.size_a, pair.size_b, pair.common)
        observed += 2 * float((apart * pair.counted / np.maximum(rated - 1, 1)).sum())
    alike = float(similarity_sums(sets, counts[None, :].astype(np.float64), similarity)[0])
    return Statistic(1 - (observed / n) / ((n * n - alike) / (n * (n - 1))))


def alphas(incidence: Incidence) -> dict[str, Statistic]:
    """Alpha over sets by MASI, Jaccard and equality, by the names of the reference cases."""
    sets = distinct_sets(incidence)
    return {name: alpha_sets(incidence, sets, similarity) for name, similarity in SIMILARITIES.items()}


def statistics(incidence: Incidence) -> dict[str, Statistic]:
    """Everything over sets of two coders, by the names of the reference cases."""
    pair = pair_units(incidence)
    return {
        **coefficients(pair),
        **alphas(incidence),
        "exact_set_agreement": exact_set_agreement(pair),
        "mean_jaccard": mean_jaccard(pair),
    }
