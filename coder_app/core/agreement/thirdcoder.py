"""A third coder repeats on the units the first two agreed on (SPEC section 7)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from coder_app.core.agreement.result import Statistic, ratio


def third_coder(
    a: Sequence[Hashable | None], b: Sequence[Hashable | None], c: Sequence[Hashable | None]
) -> dict[str, Statistic]:
    """How many of the units on which A and B agree the third coder confirms, with the counts.

    One value (a code, or a frozenset of codes) per unit and coder, None where the coder did not see
    the unit; a unit that C did not see counts as not confirmed. ``ab_percent`` and ``c_percent`` are
    proportions, undefined where A and B share no unit, or agree on none ("no units").
    Raises ValueError where the coders' lists differ in length.
    """
    shared = [(x, y, z) for x, y, z in zip(a, b, c, strict=True) if x is not None and y is not None]
    agreed = [(x, z) for x, y, z in shared if x == y]
    confirmed = sum(x == z for x, z in agreed)
    return {
        "ab_units": Statistic(len(shared)),
        "ab_agreed": Statistic(len(agreed)),
        "ab_percent": ratio(len(agreed), len(shared)),
        "c_confirmed": Statistic(confirmed),
        "c_percent": ratio(confirmed, len(agreed)),
    }
