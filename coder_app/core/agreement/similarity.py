"""How alike the sets of codes are that occur: sum_s sum_t n_s n_t sim(s, t), for one or many counts at once.

Krippendorff's alpha over sets needs that sum for D_e, the bootstrap needs it for every resample, and there
may be ten thousand different sets. Pairs of sets are therefore never visited where there are many. A
similarity that depends on the sizes a, b of two sets and on the number c of their common codes alone is
written as f(a, b, c) = sum_j w_j(a, b) C(c, j) with w_j by binomial inversion, and C(c, j) counts the subsets
J of size j that both contain; so the sum is sum_j sum_J w_j(a, b) N_aJ N_bJ, where N_aJ is how often sets of
size a that contain J were given. The work grows with the subsets that occur, not with pairs of sets.
Where few sets hold a subset, these sets are paired instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder_app.core.agreement.spans import BoolArray, IntArray
from coder_app.core.agreement.units import spread

FloatArray = NDArray[np.float64]
Similarity = Callable[[IntArray, IntArray, IntArray], FloatArray]
"""Similarity of sets from their sizes and the size of their intersection (arrays of any shape)."""

FEW_SETS = 400
"""Up to this many sets all pairs are visited."""
LARGEST_SET = 6
"""Sets of more codes have too many subsets: they are few, and compared with every other set."""
FEW_HOLDERS = 6
"""A subset that no more sets hold is looked at as pairs of these sets."""
_ROWS = 256


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
_GRADED = ("alpha_masi", "alpha_jaccard")


class SimilaritySums:
    """The sums for a list of different sets, set 0 the empty one; ``members[s, k]``: set s holds code k."""

    def __init__(self, members: BoolArray) -> None:
        self._members = members
        self._sizes = np.asarray(members.sum(axis=1), dtype=np.int64)
        limit = LARGEST_SET if (members.shape[1] + 1) ** LARGEST_SET < 2**62 else 3
        small = (self._sizes > 0) & (self._sizes <= limit) & (len(members) > FEW_SETS)
        self._subsets = _Subsets(members, np.where(small, self._sizes, 0))
        self._others = np.nonzero(~small & (self._sizes > 0))[0]
        self._blocks: list[tuple[IntArray, dict[str, FloatArray]]] = []
        if len(self._others) <= FEW_SETS:
            self._blocks = [self._block(self._others)]

    def _block(self, rows: IntArray) -> tuple[IntArray, dict[str, FloatArray]]:
        """Some sets compared with every set; pairs among ``_others`` come twice, so each counts half."""
        common = _in_common(self._members[rows], self._members)
        times = np.full(len(self._members), 2.0)
        times[self._others] = 1.0
        times[0] = 0.0
        return rows, {
            name: SIMILARITIES[name](self._sizes[rows, None], self._sizes[None, :], common) * times
            for name in _GRADED
        }

    def __call__(self, counts: NDArray[np.floating[Any]]) -> dict[str, FloatArray]:
        """``counts[s, r]``: how often set s came in resample r; one sum for each r, by name.

        Counts in single precision take half the time and give six digits, enough for an interval.
        """
        found = {"alpha_nominal_sets": np.asarray((counts**2).sum(axis=0, dtype=np.float64))}
        for name in _GRADED:
            found[name] = counts[0].astype(np.float64) ** 2
        self._subsets.add(counts, found)
        pieces = np.split(self._others, range(_ROWS, len(self._others), _ROWS))
        for rows, matrices in self._blocks or map(self._block, pieces):
            for name in _GRADED:
                found[name] = found[name] + ((matrices[name] @ counts) * counts[rows]).sum(axis=0)
        return found


def _in_common(one: BoolArray, other: BoolArray) -> IntArray:
    """The size of the intersection of every set of one list with every set of another."""
    return np.asarray(one.astype(np.float64) @ other.astype(np.float64).T).round().astype(np.int64)


class _Order:
    """The subsets of j codes that many sets hold: the sets grouped by subset and size, and groups to pair."""

    def __init__(self, j: int, sets: IntArray, subset: IntArray, size: IntArray) -> None:
        """Rows "this set holds this subset", sorted by subset, then size."""
        self.sets = sets
        fresh = np.ones(len(sets), dtype=np.bool_)
        fresh[1:] = (subset[1:] != subset[:-1]) | (size[1:] != size[:-1])
        self.cuts = np.nonzero(fresh)[0]
        subset, size = subset[self.cuts], size[self.cuts]
        one, other = _pairs(subset)
        times = np.where(one < other, 2, 1)
        weights = {name: times * _weights(SIMILARITIES[name], j, size[one], size[other]) for name in _GRADED}
        self.one, self.other, self.weights = one, other, weights


def _pairs(group: IntArray) -> tuple[IntArray, IntArray]:
    """All pairs of rows of the same group (sorted), each once, a row with itself too."""
    end = np.searchsorted(group, group, side="right")
    return spread(np.arange(len(group)), end)


def _weights(similarity: Similarity, j: int, a: IntArray, b: IntArray) -> FloatArray:
    """w_j(a, b) = sum_{i = 1..j} (-1)^(j - i) C(j, i) f(a, b, i); f(a, b, 0) is 0 (no set is empty)."""
    total = np.zeros(len(a))
    for i in range(1, j + 1):
        total += (-1) ** (j - i) * comb(j, i) * similarity(a, b, np.full_like(a, i))
    return total


class _Subsets:
    """All subsets of the small sets: grouped where many sets hold one, as pairs of sets where few do."""

    def __init__(self, members: BoolArray, sizes: IntArray) -> None:
        """Sets of size 0 in ``sizes`` are left out."""
        self.orders: list[_Order] = []
        n = len(members)
        keys, weights = [np.zeros(0, dtype=np.int64)], {name: [np.zeros(0)] for name in _GRADED}
        for j, sets, subset in _held(members, sizes):
            order = np.lexsort((sizes[sets], subset))
            sets, subset = sets[order], subset[order]
            holders = np.bincount(subset)[subset]
            many = holders > FEW_HOLDERS
            if many.any():
                self.orders.append(_Order(j, sets[many], subset[many], sizes[sets[many]]))
            sets, subset = sets[~many], subset[~many]
            one, other = _pairs(subset)
            one, other = sets[one], sets[other]
            times = np.where(one == other, 1, 2)
            keys.append(np.minimum(one, other) * n + np.maximum(one, other))
            for name in _GRADED:
                own = _weights(SIMILARITIES[name], j, sizes[one], sizes[other])
                weights[name].append(times * own)
        key, inverse = np.unique(np.concatenate(keys), return_inverse=True)
        self.one, self.other = np.divmod(key, max(n, 1))
        self.weights = {
            name: np.bincount(inverse, np.concatenate(own), len(key)) for name, own in weights.items()
        }

    def add(self, counts: NDArray[np.floating[Any]], found: dict[str, FloatArray]) -> None:
        """Add what these subsets contribute."""
        products = counts[self.one] * counts[self.other]
        for name in _GRADED:
            found[name] = found[name] + self.weights[name].astype(counts.dtype) @ products
        for order in self.orders:
            held = np.add.reduceat(counts[order.sets], order.cuts, axis=0)
            products = held[order.one] * held[order.other]
            for name in _GRADED:
                found[name] = found[name] + order.weights[name].astype(counts.dtype) @ products


def _held(members: BoolArray, sizes: IntArray) -> Iterator[tuple[int, IntArray, IntArray]]:
    """For each j the rows "set, number of a subset of j codes that it holds"."""
    q = members.shape[1]
    parts: dict[int, list[tuple[IntArray, IntArray]]] = {}
    for size in np.unique(sizes[sizes > 0]).tolist():
        sets = np.nonzero(sizes == size)[0]
        codes = np.nonzero(members[sets])[1].reshape(-1, size)
        for j in range(1, size + 1):
            for chosen in combinations(range(size), j):
                key = np.zeros(len(sets), dtype=np.int64)
                for column in chosen:
                    key = key * (q + 1) + codes[:, column] + 1
                parts.setdefault(j, []).append((sets, key))
    for j, rows in sorted(parts.items()):
        keys = np.concatenate([key for _, key in rows])
        yield j, np.concatenate([sets for sets, _ in rows]), np.unique(keys, return_inverse=True)[1]
