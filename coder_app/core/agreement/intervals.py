"""Bootstrap intervals of what has no standard error of its own (SPEC section 2, last point).

Everything is a function of sums over blocks (units, or paragraphs), so a resample is a weighted sum: tables
of codes, shares of units, and how often each set of codes was given. All levels use the same draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np

from coder_app.core.agreement import bootstrap as boot
from coder_app.core.agreement import sets
from coder_app.core.agreement.bootstrap import Draws
from coder_app.core.agreement.comparison import CodeResult, Comparison, LevelResult
from coder_app.core.agreement.result import Interval
from coder_app.core.agreement.similarity import SIMILARITIES, FloatArray, SimilaritySums
from coder_app.core.agreement.spans import BoolArray, IntArray
from coder_app.core.agreement.units import Incidence
from coder_app.core.agreement.views import View
from coder_app.core.model import Level

FloatsByName = dict[str, FloatArray]
CODE = "codes/"
_EXACT = 2**22
"""Sums of resamples of no more than this stay far below 2^24, where single precision counts exactly."""


def with_intervals(
    found: Comparison,
    views: Mapping[Level, View],
    marked: View,
    blocks: Mapping[Level, IntArray],
    marked_blocks: IntArray,
    n_blocks: int,
    *,
    resamples: int,
    seed: int,
    progress: boot.Progress | None = None,
) -> Comparison:
    """The comparison with the intervals of its figures.

    At every level those of the coefficient of agreement and of kappa over codes; at the level asked also
    those of alpha and, for text, of each code.
    ``blocks[level][u]`` is the block of unit u of that level's view, of which there are ``n_blocks``.
    """
    places = _Marked(marked, marked_blocks, n_blocks)
    levels = {
        level: _OneLevel(view, blocks[level], n_blocks, full=level == found.level)
        for level, view in views.items()
    }

    def statistics(draws: Draws) -> dict[str, FloatArray]:
        values = {f"marked/{name}": own for name, own in places(draws).items()}
        for level, measured in levels.items():
            values |= {f"{level.key}/{name}": own for name, own in measured(draws).items()}
        return values

    intervals = boot.bootstrap(n_blocks, statistics, resamples=resamples, seed=seed, progress=progress)
    return _put(found, intervals, {level: own.keys for level, own in levels.items()})


def _put(
    found: Comparison, intervals: Mapping[str, Interval], keys: Mapping[Level, tuple[str, ...]]
) -> Comparison:
    """The intervals where they belong."""
    both = {name: intervals[f"marked/{name}"] for name in ("marked_agreement", "marked_coded")}
    levels = {}
    for level, result in found.levels.items():
        prefix = f"{level.key}/"
        own = {name.removeprefix(prefix): i for name, i in intervals.items() if name.startswith(prefix)}
        overall = {name: i for name, i in own.items() if not name.startswith(CODE)}
        codes = put_codes(result, own, keys[level])
        overall["marked_agreement"] = both["marked_agreement"]
        if "exact_set_agreement" in result.overall:
            overall["exact_set_agreement"] = overall["agreement_all"]
        levels[level] = replace(result, intervals={**result.intervals, **overall}, codes=codes)
    chosen = levels[found.level]
    marked = found.marked
    if marked is not None:
        marked = replace(marked, intervals={**marked.intervals, **both})
    return replace(found, levels=levels, intervals=chosen.intervals, codes=chosen.codes, marked=marked)


def put_codes(
    result: LevelResult, own: Mapping[str, Interval], keys: tuple[str, ...]
) -> Mapping[str, CodeResult]:
    by_code: dict[str, dict[str, Interval]] = {}
    for name, interval in own.items():
        if name.startswith(CODE):
            _, place, statistic = name.split("/")
            by_code.setdefault(keys[int(place)], {})[statistic] = interval
    return {
        key: replace(code, intervals={**code.intervals, **by_code[key]}) if key in by_code else code
        for key, code in result.codes.items()
    }


class Sums:
    """Sums of weights by row: each row a resample's weighted count of something over the blocks."""

    def __init__(self, rows: IntArray, blocks: IntArray, weights: IntArray, n_blocks: int) -> None:
        """``weights[i]`` of row ``rows[i]`` come with block ``blocks[i]``."""
        key, inverse = np.unique(rows * max(n_blocks, 1) + blocks, return_inverse=True)
        total = np.zeros(len(key), dtype=np.int64)
        np.add.at(total, inverse, weights)
        row, self._block = np.divmod(key, max(n_blocks, 1))
        self.rows, self._cuts = np.unique(row, return_index=True)
        self._weights: Draws | None = None
        if (total != 1).any():
            small = total.sum() < _EXACT
            self._weights = (total.astype(np.float32) if small else total.astype(np.float64))[:, None]

    def __call__(self, draws: Draws) -> Draws:
        """One line for each of ``rows``, one column for each resample; whole numbers, exactly."""
        if not len(self.rows):
            return np.zeros((0, draws.shape[1]))
        drawn = draws[self._block]
        if self._weights is not None:
            drawn = drawn * self._weights
        return np.asarray(np.add.reduceat(drawn, self._cuts, axis=0))

    def spread(self, draws: Draws, n_rows: int) -> Draws:
        """All rows, those that never come as nought."""
        sums = self(draws)
        table = np.zeros((n_rows, draws.shape[1]), dtype=sums.dtype)
        table[self.rows] = sums
        return table


def _by_block(values: FloatArray, blocks: IntArray, n_blocks: int) -> FloatArray:
    """Sums of a value of every unit for each block."""
    return np.bincount(blocks, weights=values, minlength=n_blocks).astype(np.float64)


def ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    found = np.full(np.shape(below), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found


class _Marked:
    """The row "marked or not"."""

    def __init__(self, view: View, blocks: IntArray, n_blocks: int) -> None:
        alike = sets.alike_units(view.incidence)
        weights = view.incidence.weights.astype(np.float64)
        masks = (alike.coded, alike.alike_marked & alike.coded, alike.alike_marked)
        self._sums = np.stack(
            [_by_block(weights * mask, blocks, n_blocks) for mask in (*masks, np.ones_like(alike.coded))]
        )

    def __call__(self, draws: Draws) -> dict[str, FloatArray]:
        coded, agreed, agreed_all, everything = self._sums @ draws
        return {
            "marked_coded": ratio(agreed, coded),
            "marked_agreement": ratio(agreed_all, everything),
        }


class _OneLevel:
    """The coefficient of agreement, kappa over codes and alpha over sets at one level, for each resample."""

    def __init__(self, view: View, blocks: IntArray, n_blocks: int, *, full: bool) -> None:
        self.keys = view.keys
        incidence = view.incidence
        self._shares = _Shares(incidence, blocks, n_blocks)
        self._alphas = _Alphas(incidence, blocks, n_blocks) if full else None
        size = _by_block(incidence.weights.astype(np.float64), blocks, n_blocks)
        self._pairs = [
            _Kappas(incidence, pair, blocks, n_blocks, size)
            for pair in combinations(range(incidence.n_coders), 2)
        ]
        self._each_code = full and view.characters and len(self._pairs) == 1

    def __call__(self, draws: Draws) -> dict[str, FloatArray]:
        found = {**self._shares(draws), **(self._alphas(draws) if self._alphas else {})}
        if len(self._pairs) == 1:
            return {**found, **self._pairs[0](draws, each_code=self._each_code)}
        pairs = [pair(draws, each_code=False) for pair in self._pairs]
        for name, of_pair in (("light_kappa", "pooled_kappa"), ("holsti", "holsti")):
            values = np.stack([pair[of_pair] for pair in pairs])
            defined = ~np.isnan(values)
            found[name] = ratio(np.where(defined, values, 0).sum(axis=0), defined.sum(axis=0))
        return found


class _Shares:
    """The coefficient of agreement in its readings."""

    def __init__(self, incidence: Incidence, blocks: IntArray, n_blocks: int) -> None:
        alike = sets.alike_units(incidence)
        weights = incidence.weights.astype(np.float64)
        masks: list[BoolArray] = [
            np.ones_like(alike.coded),
            alike.coded,
            alike.equal,
            alike.equal & alike.coded,
            np.asarray(alike.common > 0),
        ]
        rows = [_by_block(weights * mask, blocks, n_blocks) for mask in masks]
        self._two = incidence.n_coders == 2
        if self._two:
            pair = sets.pair_units(incidence)
            alike_sets = sets.jaccard(pair.size_a, pair.size_b, pair.common)
            rows.append(_by_block(weights * alike_sets, blocks, n_blocks))
        self._sums = np.stack(rows)

    def __call__(self, draws: Draws) -> dict[str, FloatArray]:
        everything, coded, equal, equal_coded, common, *rest = self._sums @ draws
        found = {
            "agreement_coded": ratio(equal_coded, coded),
            "agreement_all": ratio(equal, everything),
            "agreement_any_coded": ratio(common, coded),
        }
        if self._two:
            found["mean_jaccard"] = ratio(rest[0], everything)
        return found


class _Kappas:
    """Kappa over the codes that somebody used (the others change neither mean nor pooled kappa)."""

    def __init__(
        self,
        incidence: Incidence,
        pair: tuple[int, int],
        blocks: IntArray,
        n_blocks: int,
        size: FloatArray,
    ) -> None:
        self._used = np.unique(np.concatenate([incidence.codes[coder] for coder in pair]))
        self._size, self._n_codes = size, incidence.n_codes
        self._means = incidence.n_coders == 2
        places = incidence.shared(*pair)
        chosen = [(incidence.units[c], incidence.codes[c]) for c in pair]
        chosen.append((chosen[0][0][places], chosen[0][1][places]))
        self._tables = [
            Sums(np.searchsorted(self._used, codes), blocks[units], incidence.weights[units], n_blocks)
            for units, codes in chosen
        ]

    def __call__(self, draws: Draws, *, each_code: bool) -> dict[str, FloatArray]:
        q = len(self._used)
        a, b, both = (table.spread(draws, q).astype(np.float64) for table in self._tables)
        n = self._size @ draws
        agreed = n - a - b + 2 * both
        expected = a * b + (n - a) * (n - b)
        gained, possible = agreed * n - expected, n * n - expected
        kappas = ratio(gained, possible)
        defined = possible > 0
        squares = np.where(n > 0, n * n, 1)
        found = {
            "pooled_kappa": ratio((gained / squares).sum(axis=0), (possible / squares).sum(axis=0)),
            "mean_kappa": ratio(np.where(defined, kappas, 0).sum(axis=0), defined.sum(axis=0)),
            "summed_kappa": _summed(a, b, both, n * self._n_codes),
        }
        found["holsti"] = ratio(2 * both.sum(axis=0), (a + b).sum(axis=0))
        if self._means:
            found |= self._over_codes(a, b, both, n)
        if each_code:
            percent = ratio(agreed, np.broadcast_to(n, agreed.shape))
            positive = ratio(2 * both, a + b)
            for row, code in enumerate(self._used.tolist()):
                found[f"{CODE}{code}/cohen_kappa"] = kappas[row]
                found[f"{CODE}{code}/percent_agreement"] = percent[row]
                found[f"{CODE}{code}/positive_agreement"] = positive[row]
        return found

    def _over_codes(self, a: FloatArray, b: FloatArray, both: FloatArray, n: FloatArray) -> FloatsByName:
        """Of two coders: means over the codes. A code that nobody used has an AC1 and a PABAK of 1, no pi."""
        alike = ratio(n - a - b + 2 * both, np.broadcast_to(n, a.shape))
        given = ratio(a + b, np.broadcast_to(2 * n, a.shape))
        chance = 2 * given * (1 - given)
        unused = self._n_codes - len(self._used)
        codes = np.full(n.shape, float(self._n_codes))
        varied = chance > 0
        pi = ratio(alike - (1 - chance), chance)
        return {
            "summed_percent": ratio(alike.sum(axis=0) + unused, codes),
            "mean_pabak": ratio((2 * alike - 1).sum(axis=0) + unused, codes),
            "mean_gwet_ac1": ratio(((alike - chance) / (1 - chance)).sum(axis=0) + unused, codes),
            "mean_scott_pi": ratio(np.where(varied, pi, 0).sum(axis=0), varied.sum(axis=0)),
        }


def _summed(a: FloatArray, b: FloatArray, both: FloatArray, n: FloatArray) -> FloatArray:
    """Kappa of the summed tables; ``n`` is their whole."""
    a, b, both = a.sum(axis=0), b.sum(axis=0), both.sum(axis=0)
    expected = a * b + (n - a) * (n - b)
    return ratio((n - a - b + 2 * both) * n - expected, n * n - expected)


class _Alphas:
    """Alpha over sets by each distance."""

    def __init__(self, incidence: Incidence, blocks: IntArray, n_blocks: int) -> None:
        distinct = sets.distinct_sets(incidence)
        m = incidence.n_coders
        self._n_sets = len(distinct.members)
        self._alike = SimilaritySums(distinct.members)
        self._counts = Sums(
            distinct.given.ravel(), np.tile(blocks, m), np.tile(incidence.weights, m), n_blocks
        )
        apart = sets.distances(incidence)
        self._names = tuple(SIMILARITIES)
        self._apart = np.stack([_by_block(apart[name], blocks, n_blocks) for name in self._names])

    def __call__(self, draws: Draws) -> dict[str, FloatArray]:
        counts = self._counts.spread(draws, self._n_sets)
        n = counts.sum(axis=0, dtype=np.float64)
        varied = (counts > 0).sum(axis=0) >= 2
        alike, apart = self._alike(counts), self._apart @ draws
        return {
            name: 1 - ratio(apart[row] * (n - 1), np.where(varied, n * n - alike[name], 0))
            for row, name in enumerate(self._names)
        }
