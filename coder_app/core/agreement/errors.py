"""Standard errors and 95 % intervals of the nominal coefficients (SPEC section 2).

Units are the sample, without a finite-population factor (Gwet 2008, 2014): var = sum_u (c*_u - c)^2 /
(n (n - 1)); Cohen's kappa after Fleiss, Cohen & Everitt (1969). Intervals are c +- t(0.975, n - 1) SE,
cut to [-1, 1]. A standard error is undefined where its coefficient is (same reason) and, except
Cohen's, from fewer than two units ("too few units").
"""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from coder_app.core.agreement import nominal
from coder_app.core.agreement.nominal import IntArray, Ratings
from coder_app.core.agreement.result import Interval, Reason, Statistic, undefined
from coder_app.core.agreement.student import t_quantile

FloatArray = NDArray[np.float64]

NO_ERROR = 1e-9
"""A standard error below this is 0 but for rounding: one of n units that differ gives about 1/n."""


def _linearised(ratings: Ratings, expected: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """c_u = (n / n2)(a_u - p_e i_u) / (1 - p_e), the counts and r_u, over the rows with a rating."""
    counts = ratings.counts[ratings.counts.sum(axis=1) > 0].astype(np.float64)
    rated = counts.sum(axis=1)
    paired = rated >= 2
    agreed = np.zeros(len(counts))
    np.divide((counts * (counts - 1)).sum(axis=1), rated * (rated - 1), out=agreed, where=paired)
    share = ratings.n_units / nominal.shared_units(ratings)
    return share * (agreed - expected * paired) / (1 - expected), counts, rated


def _spread(values: FloatArray, centre: float, ratings: Ratings) -> Statistic:
    n = ratings.n_units
    if n < 2:
        return undefined(Reason.TOO_FEW_UNITS)
    times = ratings.times[ratings.counts.sum(axis=1) > 0]
    return Statistic(sqrt(float((times * (values - centre) ** 2).sum()) / (n * (n - 1))))


def percent_agreement_se(ratings: Ratings) -> Statistic:
    """Gwet (2014) with p_e = 0."""
    coefficient = nominal.percent_agreement(ratings)
    if coefficient.value is None:
        return coefficient
    values, _, _ = _linearised(ratings, 0.0)
    return _spread(values, coefficient.value, ratings)


def brennan_prediger_se(ratings: Ratings) -> Statistic:
    """Gwet (2014): p_e is a constant, so c*_u = c_u."""
    coefficient = nominal.brennan_prediger(ratings)
    if coefficient.value is None:
        return coefficient
    values, _, _ = _linearised(ratings, float(nominal.expected_brennan_prediger(ratings)))
    return _spread(values, coefficient.value, ratings)


def fleiss_kappa_se(ratings: Ratings) -> Statistic:
    """Gwet (2014): c*_u = c_u - 2 (1 - c) (sum_k pi_k r_uk / r_u - p_e) / (1 - p_e)."""
    coefficient = nominal.fleiss_kappa(ratings)
    if coefficient.value is None:
        return coefficient
    expected = float(nominal.expected_fleiss(ratings))
    shares = np.array([float(share) for share in nominal.category_shares(ratings)])
    values, counts, rated = _linearised(ratings, expected)
    own = (counts @ shares) / rated
    values = values - 2 * (1 - coefficient.value) * (own - expected) / (1 - expected)
    return _spread(values, coefficient.value, ratings)


def gwet_ac1_se(ratings: Ratings) -> Statistic:
    """Gwet (2008): c*_u = c_u - 2 (1 - c) (sum_k (1 - pi_k) (r_uk / r_u) / (q - 1) - p_e) / (1 - p_e)."""
    coefficient = nominal.gwet_ac1(ratings)
    if coefficient.value is None:
        return coefficient
    expected = float(nominal.expected_gwet(ratings))
    shares = np.array([float(share) for share in nominal.category_shares(ratings)])
    values, counts, rated = _linearised(ratings, expected)
    own = (counts @ (1 - shares)) / rated / (ratings.categories - 1)
    values = values - 2 * (1 - coefficient.value) * (own - expected) / (1 - expected)
    return _spread(values, coefficient.value, ratings)


def cohen_kappa_se(table: IntArray) -> Statistic:
    """Fleiss, Cohen & Everitt (1969), the large-sample standard error of kappa that is not zero.

    n (1 - p_e)^2 var = sum_i p_ii (1 - (p_i. + p_.i)(1 - k))^2
    + (1 - k)^2 sum_{i != j} p_ij (p_.i + p_j.)^2 - (k - p_e (1 - k))^2.
    """
    kappa = nominal.cohen_kappa(table)
    if kappa.value is None:
        return kappa
    n = float(table.sum())
    p = table / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    expected = float(rows @ columns)
    rest = 1 - kappa.value
    agreed = float((np.diag(p) * (1 - (rows + columns) * rest) ** 2).sum())
    crossed = p * (columns[:, None] + rows[None, :]) ** 2
    apart = rest**2 * float(crossed.sum() - np.trace(crossed))
    spread = agreed + apart - (kappa.value - expected * rest) ** 2
    if spread < 1e-14:  # exactly 0 (kappa of 1, or one constant coder) but for rounding
        return Statistic(0.0)
    return Statistic(sqrt(spread / n) / (1 - expected))


def interval(coefficient: Statistic, error: Statistic, n: int) -> Interval:
    """c +- t(0.975, n - 1) SE, cut to [-1, 1]; undefined where either is, or from fewer than two units.

    Undefined, too, where the standard error is 0: the units do not vary (kappa of a code that only one coder
    used, agreement everywhere), and the formula's interval of no width would read as certainty.
    """
    if error.value is not None and error.value < NO_ERROR and coefficient.defined and n >= 2:
        return Interval(None, None, Reason.NO_SPREAD.value, se=0.0)
    return _as_printed(coefficient, error, n)


def _as_printed(coefficient: Statistic, error: Statistic, n: int) -> Interval:
    """The same as the formula gives it, of no width where the standard error is 0 (reference cases)."""
    if coefficient.value is None or error.value is None:
        return Interval(None, None, coefficient.reason or error.reason)
    if n < 2:
        return Interval(None, None, Reason.TOO_FEW_UNITS.value)
    half = t_quantile(0.975, n - 1) * error.value
    low, high = coefficient.value - half, coefficient.value + half
    return Interval(min(1.0, max(-1.0, low)), min(1.0, max(-1.0, high)), se=float(error.value))


_Estimate = Callable[[Ratings], Statistic]
_WITH_ERRORS: dict[str, tuple[_Estimate, _Estimate]] = {
    "percent_agreement": (nominal.percent_agreement, percent_agreement_se),
    "fleiss_kappa": (nominal.fleiss_kappa, fleiss_kappa_se),
    "brennan_prediger": (nominal.brennan_prediger, brennan_prediger_se),
    "gwet_ac1": (nominal.gwet_ac1, gwet_ac1_se),
}


def statistics(ratings: Ratings) -> dict[str, Statistic]:
    """Every nominal coefficient with standard errors and intervals, by the names of the reference cases.

    Cohen's kappa and Scott's pi are there for two coders, Light's kappa wherever the coders are known.
    """
    found: dict[str, Statistic] = {
        "n_units": Statistic(ratings.n_units),
        "alpha_nominal": nominal.alpha_nominal(ratings),
        "unanimous_agreement": nominal.unanimous_agreement(ratings),
    }
    for name, (estimate, error) in _WITH_ERRORS.items():
        coefficient, se = estimate(ratings), error(ratings)
        _add(found, name, coefficient, se, ratings.n_units)
    if ratings.by_coder is not None:
        found["light_kappa"] = nominal.light_kappa(ratings)
        if len(ratings.by_coder) == 2:
            table = nominal.cross_table(ratings)
            found["scott_pi"] = nominal.scott_pi(table)
            kappa, se = nominal.cohen_kappa(table), cohen_kappa_se(table)
            _add(found, "cohen_kappa", kappa, se, int(table.sum()))
    return found


def _add(found: dict[str, Statistic], name: str, coefficient: Statistic, error: Statistic, n: int) -> None:
    limits = _as_printed(coefficient, error, n)
    found[name], found[f"{name}_se"] = coefficient, error
    found[f"{name}_ci_low"] = Statistic(limits.low, limits.reason)
    found[f"{name}_ci_high"] = Statistic(limits.high, limits.reason)
