"""Percentile bootstrap over units, or over paragraphs where what is counted depends on each other.

SPEC section 2: 2,000 resamples or more, a fixed seed, undefined resamples left out and counted, no interval
from fewer than ten units. Units of a study are drawn one by one; for characters, tokens, matched spans and
unitizing whole blocks of text (paragraphs) are drawn, never characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coder_app.core.agreement.result import Interval, Reason

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
Draws = NDArray[np.floating[Any]]
"""Whole numbers; half the size in single precision, which is what random access to them costs."""

RESAMPLES = 2000
SEED = 20_120_101
"""The seed used unless another is given; it is shown with the interval."""
FEWEST_UNITS = 10
"""No interval is given from fewer units than this."""
SAME = 1e-12
"""Resamples that differ by less differ by rounding."""
_CELLS_AT_ONCE = 1_000_000
_RESAMPLES_AT_ONCE = 100
"""More at a time would not stay in the processor's cache."""

Progress = Callable[[int, int], None]


def draws(n: int, resamples: int, seed: int) -> Iterator[Draws]:
    """How often each of ``n`` blocks is drawn (rows), in each resample (columns), some resamples at a time.

    The same seed gives the same draws, however many are made at a time.
    """
    generator = np.random.default_rng(seed)
    at_once = max(1, min(resamples, _RESAMPLES_AT_ONCE, _CELLS_AT_ONCE // max(n, 1)))
    for start in range(0, resamples, at_once):
        size = min(at_once, resamples - start)
        drawn = generator.integers(0, n, size=(size, n), dtype=np.int64)
        cells = drawn * size + np.arange(size)[:, None]
        yield np.bincount(cells.ravel(), minlength=n * size).reshape(n, size).astype(np.float32)


def bootstrap(
    n: int,
    statistics: Callable[[Draws], Mapping[str, FloatArray]],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    progress: Progress | None = None,
) -> dict[str, Interval]:
    """95 % percentile intervals of several statistics from the same resamples of ``n`` blocks.

    ``statistics`` gets some of the :func:`draws` and gives one value a resample for each name, NaN where
    undefined. Undefined resamples are left out and counted; with fewer than ten blocks or with no defined
    resample the interval is undefined. ``progress(done, total)`` may raise to stop.
    """
    if n < FEWEST_UNITS or resamples < 1:
        names = statistics(np.zeros((n, 1)))
        return {name: Interval(None, None, Reason.TOO_FEW_UNITS.value, seed=seed) for name in names}
    parts: list[Mapping[str, FloatArray]] = []
    done = 0
    for drawn in draws(n, resamples, seed):
        parts.append(statistics(drawn))
        done += drawn.shape[1]
        if progress is not None:
            progress(done, resamples)
    return {name: percentiles(np.concatenate([part[name] for part in parts]), seed) for name in parts[0]}


def percentiles(values: FloatArray, seed: int) -> Interval:
    """The middle 95 % of the resamples in which the statistic is defined.

    Undefined where it is the same in all of them: an interval of no width would read as certainty.
    """
    kept = values[~np.isnan(values)]
    dropped = len(values) - len(kept)
    if not len(kept):
        return Interval(None, None, Reason.NO_VARIATION.value, len(values), dropped, seed)
    if np.ptp(kept) < SAME:
        return Interval(None, None, Reason.NO_SPREAD_DRAWN.value, len(values), dropped, seed)
    low, high = np.quantile(kept, [0.025, 0.975])
    return Interval(float(low), float(high), "", len(values), dropped, seed)
