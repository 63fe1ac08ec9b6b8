"""Bootstrap intervals of one code's coefficients that have no standard error (SPEC section 2, last point).

Drawing the units again is, for one code, one multinomial draw of its counts: ``given_by[j]`` units carry it
by exactly j of the m coders. Every code is drawn from the seed anew, so that its interval does not depend
on which other codes there are: ``default_rng(seed).multinomial(N, counts / N, size=resamples)`` over the
counts that are not 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from coder_app.core.agreement import bootstrap
from coder_app.core.agreement.bootstrap import FEWEST_UNITS, FloatArray
from coder_app.core.agreement.comparison import CodeResult
from coder_app.core.agreement.result import Interval, Reason

OF_TWO = ("alpha_nominal", "positive_agreement", "negative_agreement")
OF_MORE = ("alpha_nominal", "unanimous_agreement")


def with_intervals(codes: Mapping[str, CodeResult], resamples: int, seed: int) -> dict[str, CodeResult]:
    """The codes of fixed units with intervals of what has no standard error."""
    known: dict[tuple[int, ...], dict[str, Interval]] = {}
    found = {}
    for key, code in codes.items():
        if code.given_by not in known:
            known[code.given_by] = of_counts(code.given_by, resamples, seed)
        found[key] = replace(code, intervals={**code.intervals, **known[code.given_by]})
    return found


def of_counts(given_by: Sequence[int], resamples: int, seed: int) -> dict[str, Interval]:
    """The intervals of `OF_TWO`, or of `OF_MORE` for three coders or more."""
    names = OF_TWO if len(given_by) == 3 else OF_MORE
    counts = np.array(given_by, dtype=np.int64)
    n = int(counts.sum())
    if n < FEWEST_UNITS or resamples < 1:
        return {name: Interval(None, None, Reason.TOO_FEW_UNITS.value, seed=seed) for name in names}
    some = np.nonzero(counts)[0]
    drawn = np.zeros((len(counts), resamples))
    drawn[some] = np.random.default_rng(seed).multinomial(n, counts[some] / n, size=resamples).T
    values = statistics(drawn)
    return {name: bootstrap.percentiles(values[name], seed) for name in names}


def statistics(drawn: FloatArray) -> dict[str, FloatArray]:
    """The coefficients for each resample (column) of how many units 0, 1, 2 ... coders gave the code (row).

    The same formulas as in :mod:`multirater` and :mod:`twobytwo`; NaN where undefined.
    """
    m = len(drawn) - 1
    j = np.arange(m + 1, dtype=np.float64)
    n = drawn.sum(axis=0)
    given, values = j @ drawn, n * m
    absent = values - given
    differing = 2 * (j * (m - j)) @ drawn
    found = {
        "alpha_nominal": 1 - _ratio((values - 1) * differing, given * absent * 2 * (m - 1)),
        "unanimous_agreement": _ratio(drawn[0] + drawn[m], n),
    }
    if m == 2:
        found["positive_agreement"] = _ratio(2 * drawn[2], given)
        found["negative_agreement"] = _ratio(2 * drawn[0], absent)
    return found


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    found = np.full(np.shape(below), np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found
