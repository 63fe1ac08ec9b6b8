"""One code, present or absent, by two or more coders who all saw every unit (SPEC section 2 with q = 2).

The data are counts: ``given_by[j]`` units (turns, characters ...) carry the code by exactly j of the m
coders. For two coders the values equal those of :mod:`twobytwo`. With no unit everything is undefined
("no units").
"""

from __future__ import annotations

from collections.abc import Sequence

from coder_app.core.agreement.result import Reason, Statistic, ratio, undefined


def _parts(given_by: Sequence[int]) -> tuple[int, int, int, int, int]:
    """Coders, units, agreeing ordered pairs, all ordered pairs, and how often the code was given."""
    m, n = len(given_by) - 1, sum(given_by)
    agreeing = sum(count * (j * (j - 1) + (m - j) * (m - j - 1)) for j, count in enumerate(given_by))
    return m, n, agreeing, n * m * (m - 1), sum(j * count for j, count in enumerate(given_by))


def _corrected(observed: tuple[int, int], expected: tuple[int, int]) -> Statistic:
    """(p_a - p_e) / (1 - p_e) of two proportions, as counts over counts."""
    (a, of_a), (e, of_e) = observed, expected
    return ratio(a * of_e - e * of_a, of_a * of_e - e * of_a, Reason.NO_VARIATION)


def statistics(given_by: Sequence[int]) -> dict[str, Statistic]:
    """Percent, unanimous, Fleiss (1971), Brennan-Prediger (1981), AC1 (2008), alpha (2011), by their names.

    Fleiss' kappa and alpha are undefined ("no variation") where the code was given always or never.
    Raises ValueError for fewer than two coders.
    """
    m, n, agreeing, pairs, given = _parts(given_by)
    if m < 2:
        raise ValueError("Agreement needs two coders or more.")
    names = (
        "percent_agreement",
        "unanimous_agreement",
        "fleiss_kappa",
        "brennan_prediger",
        "gwet_ac1",
        "alpha_nominal",
    )
    if n == 0:
        return dict.fromkeys(names, undefined(Reason.NO_UNITS))
    values = n * m
    absent = values - given
    alpha = ratio(
        given * absent * 2 * (m - 1) - (values - 1) * (pairs - agreeing),
        given * absent * 2 * (m - 1),
        Reason.NO_VARIATION,
    )
    found = (
        ratio(agreeing, pairs),
        ratio(given_by[0] + given_by[m], n),
        _corrected((agreeing, pairs), (given**2 + absent**2, values**2)),
        _corrected((agreeing, pairs), (1, 2)),
        _corrected((agreeing, pairs), (2 * given * absent, values**2)),
        alpha,
    )
    return dict(zip(names, found, strict=True))
