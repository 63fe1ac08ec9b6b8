"""Percentile bootstrap over units, or over documents where units depend on each other (SPEC section 2).

What is resampled are distinct patterns with the number of units that show them: drawing n units with
replacement is one multinomial draw of how often each pattern comes, so the cost does not grow with
units that look alike. Characters, matched spans and unitizing resample whole documents.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from coder_app.core.agreement.result import Interval, Reason

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

RESAMPLES = 2000
SEED = 20_120_101
"""The seed used unless another is given; it is shown with the interval."""
FEWEST_UNITS = 10
"""No interval is given from fewer units than this."""
_CELLS_AT_ONCE = 4_000_000

Progress = Callable[[int, int], None]


def bootstrap(
    counts: IntArray,
    statistics: Callable[[FloatArray], dict[str, FloatArray]],
    *,
    resamples: int = RESAMPLES,
    seed: int = SEED,
    width: int = 0,
    progress: Progress | None = None,
) -> dict[str, Interval]:
    """95 % percentile intervals of several statistics from the same resamples.

    ``counts[p]`` units show pattern p. ``statistics`` gets draws (one row a resample, one column a
    pattern: how often it was drawn) and gives one value a resample for each name, NaN where undefined.
    Undefined resamples are left out and counted; with fewer than ten units or with no defined resample
    the interval is undefined. ``width`` is how many numbers ``statistics`` needs for one resample where that
    is more than there are patterns; it bounds the memory used. ``progress(done, total)`` may raise to
    stop. The same seed and width give the same interval.
    """
    n = int(counts.sum())
    rows = max(1, min(resamples, _CELLS_AT_ONCE // max(1, width, len(counts))))
    generator = np.random.default_rng(seed)
    if n < FEWEST_UNITS or resamples < 1:
        names = statistics(np.zeros((0, len(counts))))
        return {name: Interval(None, None, Reason.TOO_FEW_UNITS.value, seed=seed) for name in names}
    parts: list[dict[str, FloatArray]] = []
    for start in range(0, resamples, rows):
        size = min(rows, resamples - start)
        draws = generator.multinomial(n, counts / n, size=size).astype(np.float64)
        parts.append(statistics(draws))
        if progress is not None:
            progress(start + size, resamples)
    return {name: _percentiles(np.concatenate([p[name] for p in parts]), seed) for name in parts[0]}


def _percentiles(values: FloatArray, seed: int) -> Interval:
    kept = values[~np.isnan(values)]
    dropped = len(values) - len(kept)
    if not len(kept):
        return Interval(None, None, Reason.NO_VARIATION.value, len(values), dropped, seed)
    low, high = np.quantile(kept, [0.025, 0.975])
    return Interval(float(low), float(high), "", len(values), dropped, seed)
