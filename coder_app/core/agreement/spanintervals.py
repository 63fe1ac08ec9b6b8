"""Bootstrap intervals of matched spans and of unitizing: whole paragraphs are drawn (SPEC section 2).

What a paragraph adds to the sums that the coefficients are made of: of matched spans those that begin in it,
of unitizing the characters that lie in it and the squares of the segments that begin in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np

from coder_app.core.agreement import bootstrap as boot
from coder_app.core.agreement import unitizing
from coder_app.core.agreement.bootstrap import Draws
from coder_app.core.agreement.comparison import Comparison
from coder_app.core.agreement.intervals import CODE, Sums, put_codes, ratio
from coder_app.core.agreement.similarity import FloatArray
from coder_app.core.agreement.spans import IntArray, Segments
from coder_app.core.agreement.views import View
from coder_app.core.model import Level

Measure = Callable[[Draws], dict[str, FloatArray]]


def with_intervals(
    found: Comparison,
    measures: Mapping[Level, Measure],
    keys: Mapping[Level, tuple[str, ...]],
    n_blocks: int,
    *,
    resamples: int,
    seed: int,
    progress: boot.Progress | None = None,
) -> Comparison:
    """The comparison with the intervals that ``measures`` give at each level; their codes are ``keys``."""

    def statistics(draws: Draws) -> dict[str, FloatArray]:
        values: dict[str, FloatArray] = {}
        for level, measure in measures.items():
            values |= {f"{level.key}/{name}": own for name, own in measure(draws).items()}
        return values

    intervals = boot.bootstrap(n_blocks, statistics, resamples=resamples, seed=seed, progress=progress)
    levels = {}
    for level, result in found.levels.items():
        prefix = f"{level.key}/"
        own = {name.removeprefix(prefix): i for name, i in intervals.items() if name.startswith(prefix)}
        overall = {name: i for name, i in own.items() if not name.startswith(CODE)}
        codes = put_codes(result, own, keys[level])
        levels[level] = replace(result, intervals=overall, codes=codes)
    chosen = levels[found.level]
    return replace(found, levels=levels, intervals=chosen.intervals, codes=chosen.codes, n_blocks=n_blocks)


class Matches:
    """Holsti's coefficient and Jaccard over matched spans of two coders, over all codes and of each."""

    def __init__(self, view: View, blocks: IntArray, n_blocks: int) -> None:
        incidence = view.incidence
        self._q = incidence.n_codes
        places = incidence.shared(0, 1)
        chosen = [(incidence.units[c], incidence.codes[c]) for c in (0, 1)]
        chosen.append((chosen[0][0][places], chosen[0][1][places]))
        self._tables = [Sums(codes, blocks[u], incidence.weights[u], n_blocks) for u, codes in chosen]

    def __call__(self, draws: Draws) -> dict[str, FloatArray]:
        a, b, both = (table.spread(draws, self._q).astype(np.float64) for table in self._tables)
        given = (a + b).sum(axis=0)
        matched = both.sum(axis=0)
        holsti = ratio(2 * matched, given)
        found = {"holsti": holsti, "jaccard": ratio(matched, given - matched)}
        if self._q > 1:
            found["brennan_prediger"] = (holsti - 1 / self._q) / (1 - 1 / self._q)
        for code in range(self._q):
            found[f"{CODE}{code}/holsti"] = ratio(2 * both[code], a[code] + b[code])
            found[f"{CODE}{code}/jaccard"] = ratio(both[code], a[code] + b[code] - both[code])
        return found


class Unitized:
    """u_alpha of each code, and the three coefficients over all codes where they exist.

    See :mod:`unitizing` for the formulas; ``view`` is cut at the blocks' edges.
    """

    def __init__(
        self,
        view: View,
        blocks: IntArray,
        merged: Segments,
        begun: IntArray,
        n_blocks: int,
        *,
        overall: bool,
    ) -> None:
        incidence = view.incidence
        self._m, self._q, self._overall = incidence.n_coders, incidence.n_codes, overall
        weights = incidence.weights
        self._size = np.bincount(blocks, weights, n_blocks).astype(np.float64)
        units, codes = np.concatenate(incidence.units), np.concatenate(incidence.codes)
        self._length = Sums(codes, blocks[units], weights[units], n_blocks)
        pairs = list(combinations(range(self._m), 2))
        places = [(c, incidence.shared(c, other)) for c, other in pairs]
        joint = np.concatenate([incidence.units[c][at] for c, at in places])
        of_joint = np.concatenate([incidence.codes[c][at] for c, at in places])
        self._both = Sums(of_joint, blocks[joint], weights[joint], n_blocks)
        self._squares = Sums(merged.code, begun, (merged.end - merged.start) ** 2, n_blocks)
        coded = [incidence.sizes(coder) > 0 for coder in range(self._m)]
        either = sum((coded[i] & coded[j]).astype(np.int64) for i, j in pairs) * weights
        self._either = np.bincount(blocks, either, n_blocks).astype(np.float64)
        others = sum(own.astype(np.int64) for own in coded) - 1
        self._met = Sums(codes, blocks[units], (others * weights)[units], n_blocks)
        self._met_squares = self._squared_meetings(merged, begun, n_blocks)

    def _squared_meetings(self, merged: Segments, begun: IntArray, n_blocks: int) -> FloatArray:
        """The squares of how much of each segment others coded, by the block in which it begins."""
        met = unitizing.met_by_others(merged, self._m).astype(np.float64)
        return np.bincount(begun, met * met, n_blocks).astype(np.float64)

    def __call__(self, draws: Draws) -> dict[str, FloatArray]:
        length, both, squares, met = (
            table.spread(draws, self._q).astype(np.float64)
            for table in (self._length, self._both, self._squares, self._met)
        )
        width = self._size @ draws
        alphas = self._alpha(width, length, both, squares + self._m * width - length, own=length**2)
        found = {f"{CODE}{code}/u_alpha": alphas[code] for code in range(self._q)}
        if not self._overall:
            return found
        coded, either = length.sum(axis=0), self._either @ draws
        spread = squares.sum(axis=0) + self._m * width - coded
        by_code = (length**2).sum(axis=0)
        found["u_alpha_nominal"] = self._alpha(width, coded, either, spread, both.sum(axis=0), by_code)
        found["u_alpha_binary"] = self._alpha(width, coded, either, spread, either, coded**2)
        whole, expected = met.sum(axis=0), (met**2).sum(axis=0)
        observed = whole - 2 * both.sum(axis=0)
        below = whole * (whole**2 - expected)
        found["cu_alpha"] = 1 - ratio(observed * (whole**2 - self._met_squares @ draws), below)
        return found

    def _alpha(
        self,
        width: FloatArray,
        coded: FloatArray,
        either: FloatArray,
        spread: FloatArray,
        alike: FloatArray | None = None,
        own: FloatArray | None = None,
    ) -> FloatArray:
        """1 - (T - sum l_cc)(T^2 - S) / (T (T^2 - sum l_c^2)), its parts times m - 1.

        ``either``: characters that pairs of coders both coded; ``alike``: of these with the same code;
        ``spread``: S; ``own``: the sum of l_c^2 but for the gaps.
        """
        m = self._m
        whole, gaps = m * width, m * width - coded
        gaps_alike = m * (m - 1) / 2 * width - (m - 1) * coded + either
        agreed = 2 * ((either if alike is None else alike) + gaps_alike)
        squares = coded**2 if own is None else own
        below = (m - 1) * whole * (whole**2 - squares - gaps**2)
        return 1 - ratio(((m - 1) * whole - agreed) * (whole**2 - spread), below)
