"""A statistic's value, or the reason why it has none.

Undefined is a result of its own: it is shown as a dash with its reason, never as 0, 1 or NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a statistic is undefined."""

    NO_UNITS = "no units"
    """Nothing was compared: no unit, no segment, no rating shared by two coders."""
    NO_VARIATION = "no variation"
    """Every value is the same, so that the formula divides nought by nought."""
    ONE_CATEGORY = "one category"
    """The list of categories has one entry: chance correction has no meaning."""
    CODES_OVERLAP = "codes overlap"
    """A coder's different codes overlap where the statistic needs one code a place."""
    TOO_FEW_UNITS = "too few units"
    """The value exists, its standard error or interval does not."""
    NO_SPREAD = "no variation between units: the standard error is 0"
    """The value exists; an interval of no width around it would read as certainty, and there is none."""
    NO_SPREAD_DRAWN = "no variation between units: every resample gives the same value"
    """The same for an interval by the bootstrap."""
    LEFT_UNCODED = "a meaning unit was left uncoded"
    """Each unit was to get one of q codes; with "no code" among the values there is no such q."""
    NOT_REACHED = "not reached"
    """No interview is saturated yet."""


@dataclass(frozen=True, slots=True)
class Statistic:
    """A number, or None with a :class:`Reason`. Proportions run from 0 to 1 (not percent)."""

    value: float | int | None
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.reason):
            raise ValueError("A statistic has either a value or a reason.")

    @property
    def defined(self) -> bool:
        return self.value is not None

    def __str__(self) -> str:
        return f"– ({self.reason})" if self.value is None else f"{self.value:.3f}"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % interval, or None twice with the reason."""

    low: float | None
    high: float | None
    reason: str = ""
    resamples: int = 0
    """How many bootstrap resamples it rests on; 0 for an interval from a standard error."""
    dropped: int = 0
    """Resamples left out because the statistic is undefined in them."""
    seed: int | None = None
    """Seed of the resampling, to be shown in an export."""
    se: float | None = None
    """The standard error that the interval rests on, None for one from the bootstrap. Where it is 0 the
    interval is undefined."""


def undefined(reason: Reason) -> Statistic:
    """The statistic that does not exist, for ``reason``."""
    return Statistic(None, reason.value)


def ratio(numerator: int, denominator: int, reason: Reason = Reason.NO_UNITS) -> Statistic:
    """``numerator / denominator`` of two counts, undefined for ``reason`` where the latter is 0."""
    return undefined(reason) if denominator == 0 else Statistic(numerator / denominator)


def mean_of_defined(statistics: list[Statistic], reason: Reason = Reason.NO_VARIATION) -> Statistic:
    """The mean of those that are defined; where none is, undefined for ``reason`` (empty list: no units)."""
    values = [s.value for s in statistics if s.value is not None]
    if not values:
        return undefined(reason if statistics else Reason.NO_UNITS)
    return Statistic(sum(values) / len(values))
