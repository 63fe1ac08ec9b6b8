"""Quantiles of Student's t distribution, without SciPy.

Up to 1,000 degrees of freedom the distribution function is the regularised incomplete beta function,
evaluated by its continued fraction (Abramowitz & Stegun 1964, 26.5.8 and 26.7.1; modified Lentz
method, Press et al., Numerical Recipes, 3rd ed. 2007, section 6.4) and inverted by bisection. Above,
the Cornish-Fisher expansion of Abramowitz & Stegun 26.7.5 is exact to far more digits than a double
shows. Compared with printed tables in the tests.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, inf, lgamma, log, log1p, nextafter
from statistics import NormalDist

_TINY = 1e-300
_EXPANSION_FROM = 1000


def t_quantile(probability: float, degrees: int) -> float:
    """The ``t`` below which ``probability`` of the distribution lies.

    Raises ValueError unless 0 < probability < 1 and degrees >= 1.
    """
    if not 0 < probability < 1 or degrees < 1:
        raise ValueError("A quantile needs a probability between 0 and 1 and at least one degree of freedom.")
    if probability < 0.5:
        return -_upper_quantile(1 - probability, degrees)
    return _upper_quantile(probability, degrees)


@lru_cache(maxsize=256)
def _upper_quantile(probability: float, degrees: int) -> float:
    if probability == 0.5:
        return 0.0
    if degrees > _EXPANSION_FROM:
        return _expansion(NormalDist().inv_cdf(probability), degrees)
    low, high = 0.0, 1.0
    while t_distribution(high, degrees) < probability:
        low, high = high, high * 2
    while nextafter(low, inf) < high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if t_distribution(middle, degrees) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _expansion(z: float, v: int) -> float:
    """Abramowitz & Stegun 26.7.5: the quantile from the normal quantile ``z``."""
    g1 = (z**3 + z) / 4
    g2 = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    g3 = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    g4 = (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160
    return z + g1 / v + g2 / v**2 + g3 / v**3 + g4 / v**4


def t_distribution(t: float, degrees: int) -> float:
    """The share of the distribution below ``t``."""
    tail = incomplete_beta(degrees / 2, 0.5, degrees / (degrees + t * t)) / 2
    return 1 - tail if t > 0 else tail


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), a, b > 0 and 0 <= x <= 1."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _continued_fraction(a, b, x) / a
    return 1 - front * _continued_fraction(b, a, 1 - x) / b


def _continued_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, _reciprocal(1 - (a + b) * x / (a + 1))
    h = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = _reciprocal(1 + even * d), _away_from_zero(1 + even / c)
        h *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = _reciprocal(1 + odd * d), _away_from_zero(1 + odd / c)
        h *= d * c
        if abs(d * c - 1) < 1e-16:
            return h
    raise ArithmeticError("The continued fraction of the incomplete beta function did not settle.")


def _away_from_zero(value: float) -> float:
    return _TINY if abs(value) < _TINY else value


def _reciprocal(value: float) -> float:
    return 1 / _away_from_zero(value)
