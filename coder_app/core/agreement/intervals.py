"""Bootstrap intervals of the overall figures of two coders (SPEC section 2, last point).

Fixed units are resampled one by one, grouped by the pair of sets they carry; characters depend on each
other, so there whole documents are resampled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.core.agreement import bootstrap as boot
from coder_app.core.agreement import sets, twobytwo
from coder_app.core.agreement.result import Interval
from coder_app.core.agreement.sets import DistinctSets, FloatArray, PairUnits
from coder_app.core.agreement.spans import BoolArray, IntArray
from coder_app.core.agreement.units import Incidence


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """What is resampled: ``counts[g]`` times group g, made of the chosen units with their weights."""

    counts: IntArray
    units: IntArray
    group: IntArray
    weights: IntArray


def _alike_units(distinct: DistinctSets, n_units: int) -> _Groups:
    """Units with the same two sets are one pattern, shown by the first of them."""
    key = distinct.given[0] * len(distinct.members) + distinct.given[1]
    _, first, counts = np.unique(key, return_index=True, return_counts=True)
    patterns = np.arange(len(first))
    return _Groups(counts.astype(np.int64), first.astype(np.int64), patterns, np.ones(len(first), np.int64))


def _documents(document: IntArray, n_documents: int, weights: IntArray) -> _Groups:
    return _Groups(np.ones(n_documents, np.int64), np.arange(len(weights)), document, weights)


def overall_intervals(
    incidence: Incidence,
    distinct: DistinctSets,
    documents: tuple[IntArray, int] | None,
    *,
    resamples: int,
    seed: int,
    progress: boot.Progress | None = None,
) -> dict[str, Interval]:
    """Intervals by the names of the statistics: agreement, kappa over codes, alpha over sets.

    Both coders saw every unit. ``documents`` gives the document of each unit and how many there are
    where whole documents are resampled, None where units are.
    """
    if documents is None:
        groups = _alike_units(distinct, incidence.n_units)
    else:
        groups = _documents(*documents, incidence.weights)
    shares = _Shares(sets.pair_units(incidence), groups)
    kappas = _Kappas(incidence, groups)
    alphas = _Alphas(distinct, sets.pair_units(incidence), groups)

    def statistics(draws: FloatArray) -> dict[str, FloatArray]:
        return {**shares(draws), **kappas(draws), **alphas(draws)}

    return boot.bootstrap(
        groups.counts, statistics, resamples=resamples, seed=seed, width=alphas.width, progress=progress
    )


def _sums(groups: _Groups, values: FloatArray) -> FloatArray:
    """For each group the weighted sum of a value that every unit has."""
    sums = np.zeros(len(groups.counts))
    np.add.at(sums, groups.group, values[groups.units] * groups.weights)
    return sums


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    found = np.full(len(below), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


class _Shares:
    """The coefficient of agreement in its four readings, for each resample."""

    def __init__(self, pair: PairUnits, groups: _Groups) -> None:
        def summed(mask: BoolArray) -> FloatArray:
            return _sums(groups, mask.astype(np.float64))

        self._all = summed(np.ones_like(pair.coded))
        self._coded = summed(pair.coded)
        self._equal = summed(pair.equal)
        self._equal_coded = summed(pair.equal & pair.coded)
        self._common = summed(pair.common > 0)
        self._marked = summed(pair.alike_marked)

    def __call__(self, draws: FloatArray) -> dict[str, FloatArray]:
        everything, coded = draws @ self._all, draws @ self._coded
        return {
            "agreement_coded": _ratio(draws @ self._equal_coded, coded),
            "agreement_all": _ratio(draws @ self._equal, everything),
            "agreement_any_coded": _ratio(draws @ self._common, coded),
            "marked_agreement": _ratio(draws @ self._marked, everything),
        }


class _Kappas:
    """Pooled and mean kappa over the codes that somebody used (the others change neither)."""

    def __init__(self, incidence: Incidence, groups: _Groups) -> None:
        used = np.unique(np.concatenate(incidence.codes))
        self._n = _sums(groups, np.ones(incidence.n_units))
        places = incidence.shared(0, 1)
        self._both = self._table(
            incidence, groups, used, incidence.units[0][places], incidence.codes[0][places]
        )
        self._coded_a, self._coded_b = (
            self._table(incidence, groups, used, incidence.units[c], incidence.codes[c]) for c in (0, 1)
        )

    @staticmethod
    def _table(
        incidence: Incidence, groups: _Groups, used: IntArray, units: IntArray, codes: IntArray
    ) -> FloatArray:
        """For each group and used code the weighted number of units in the given pairs."""
        chosen = np.full(incidence.n_units, -1, dtype=np.int64)
        chosen[groups.units] = np.arange(len(groups.units))
        place = chosen[units]
        kept = place >= 0
        place, column = place[kept], np.searchsorted(used, codes[kept])
        table = np.zeros((len(groups.counts), len(used)))
        np.add.at(table, (groups.group[place], column), groups.weights[place])
        return table

    def __call__(self, draws: FloatArray) -> dict[str, FloatArray]:
        both, coded_a, coded_b = draws @ self._both, draws @ self._coded_a, draws @ self._coded_b
        pooled, mean = twobytwo.kappas_of_resamples(both, coded_a, coded_b, draws @ self._n)
        return {"pooled_kappa": pooled, "mean_kappa": mean}


class _Alphas:
    """Alpha over sets by each distance, for each resample."""

    def __init__(self, distinct: DistinctSets, pair: PairUnits, groups: _Groups) -> None:
        self._distinct = distinct
        self._n = _sums(groups, np.ones(len(pair.counted)))
        self._apart = {
            name: _sums(groups, 1 - similarity(pair.size_a, pair.size_b, pair.common))
            for name, similarity in sets.SIMILARITIES.items()
        }
        n_groups = len(groups.counts)
        given = distinct.given[:, groups.units]
        key = (given * n_groups + groups.group).ravel()
        cells, inverse = np.unique(key, return_inverse=True)
        self._weight = np.zeros(len(cells))
        np.add.at(self._weight, inverse, np.tile(groups.weights, 2))
        set_of, self._group = np.divmod(cells, max(n_groups, 1))
        self._sets, self._cuts = np.unique(set_of, return_index=True)

    @property
    def width(self) -> int:
        """Numbers that one resample needs."""
        return max(len(self._weight), len(self._distinct.members))

    def _set_counts(self, draws: FloatArray) -> FloatArray:
        counts = np.zeros((len(draws), len(self._distinct.members)))
        if len(self._cuts):
            drawn = draws[:, self._group] * self._weight
            counts[:, self._sets] = np.add.reduceat(drawn, self._cuts, axis=1)
        return counts

    def __call__(self, draws: FloatArray) -> dict[str, FloatArray]:
        counts = self._set_counts(draws)
        n = draws @ self._n
        values = 2 * n
        varied = (counts > 0).sum(axis=1) >= 2
        found = {}
        for name, similarity in sets.SIMILARITIES.items():
            alike = sets.similarity_sums(self._distinct, counts, similarity)
            expected = np.where(varied, values * values - alike, 0)
            observed = (draws @ self._apart[name]) * 2 * (values - 1)
            found[name] = 1 - _ratio(observed, expected)
        return found
