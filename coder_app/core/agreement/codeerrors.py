"""Standard errors and 95 % intervals of one code's coefficients, from counts (SPEC section 2).

The same formulas as :mod:`errors`, for one code present or absent and coders who all saw every unit. The
units are given as ``given_by[j]``, how many carry the code by exactly j of the m coders, so that nothing
depends on the number of units. Cohen's kappa (Fleiss, Cohen & Everitt 1969) needs the 2 x 2 table. No
interval is given from fewer than ten units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from coder_app.core.agreement.bootstrap import FEWEST_UNITS
from coder_app.core.agreement.errors import interval
from coder_app.core.agreement.result import Interval, Reason, Statistic
from coder_app.core.agreement.twobytwo import Table

ROUNDING = 1e-14
"""A variance below this is 0 but for rounding."""


def of_table(table: Table, statistics: Mapping[str, Statistic]) -> dict[str, Interval]:
    """Two coders: percent_agreement, cohen_kappa, scott_pi, gwet_ac1, pabak."""
    named = {"scott_pi": "fleiss_kappa", "pabak": "brennan_prediger"}
    errors = _errors((table.neither, table.differing, table.both))
    found = {
        name: _interval(statistics[name], errors[named.get(name, name)], table.n)
        for name in ("percent_agreement", "scott_pi", "gwet_ac1", "pabak")
    }
    return {"cohen_kappa": _interval(statistics["cohen_kappa"], kappa_se(table), table.n), **found}


def of_counts(given_by: Sequence[int], statistics: Mapping[str, Statistic]) -> dict[str, Interval]:
    """Any number of coders: percent_agreement, fleiss_kappa, gwet_ac1, brennan_prediger."""
    n = sum(given_by)
    return {name: _interval(statistics[name], se, n) for name, se in _errors(given_by).items()}


def _interval(coefficient: Statistic, se: float, n: int) -> Interval:
    if coefficient.value is not None and n < FEWEST_UNITS:
        return Interval(None, None, Reason.TOO_FEW_UNITS.value)
    return interval(coefficient, Statistic(se), n)


def kappa_se(table: Table) -> float:
    """Fleiss, Cohen & Everitt (1969) for two categories; 0 where kappa is undefined."""
    n = table.n
    if n == 0:
        return 0.0
    a, b, c, d = (count / n for count in (table.both, table.only_a, table.only_b, table.neither))
    rows, columns = (a + b, c + d), (a + c, b + d)
    expected = rows[0] * columns[0] + rows[1] * columns[1]
    if expected >= 1:
        return 0.0
    rest = 1 - (a + d - expected) / (1 - expected)
    agreed = a * (1 - (rows[0] + columns[0]) * rest) ** 2 + d * (1 - (rows[1] + columns[1]) * rest) ** 2
    apart = rest**2 * (b * (columns[0] + rows[1]) ** 2 + c * (columns[1] + rows[0]) ** 2)
    spread = agreed + apart - (1 - rest - expected * rest) ** 2
    return 0.0 if spread < ROUNDING else sqrt(spread / n) / (1 - expected)


def _errors(given_by: Sequence[int]) -> dict[str, float]:
    """Gwet (2008, 2014) for q = 2 and no value missing; 0 where the coefficient is undefined."""
    m, n = len(given_by) - 1, sum(given_by)
    names = ("percent_agreement", "fleiss_kappa", "gwet_ac1", "brennan_prediger")
    if n < 2:
        return dict.fromkeys(names, 0.0)
    share = sum(j * count for j, count in enumerate(given_by)) / (n * m)
    alike = [(j * (j - 1) + (m - j) * (m - j - 1)) / (m * (m - 1)) for j in range(m + 1)]
    fleiss = [share * j / m + (1 - share) * (m - j) / m for j in range(m + 1)]
    gwet = [(1 - share) * j / m + share * (m - j) / m for j in range(m + 1)]
    return {
        "percent_agreement": _error(given_by, alike, 0.0, None),
        "fleiss_kappa": _error(given_by, alike, share**2 + (1 - share) ** 2, fleiss),
        "gwet_ac1": _error(given_by, alike, 2 * share * (1 - share), gwet),
        "brennan_prediger": _error(given_by, alike, 0.5, None),
    }


def _error(
    given_by: Sequence[int], alike: Sequence[float], expected: float, own: Sequence[float] | None
) -> float:
    """sqrt(sum_u (c*_u - c)^2 / (n (n - 1))); ``own`` is what each unit adds to chance agreement."""
    if expected >= 1:
        return 0.0
    n = sum(given_by)
    values = [(one - expected) / (1 - expected) for one in alike]
    centre = sum(count * value for count, value in zip(given_by, values, strict=True)) / n
    if own is not None:
        values = [
            value - 2 * (1 - centre) * (chance - expected) / (1 - expected)
            for value, chance in zip(values, own, strict=True)
        ]
    spread = sum(count * (value - centre) ** 2 for count, value in zip(given_by, values, strict=True))
    return 0.0 if spread < ROUNDING else sqrt(spread / (n * (n - 1)))
