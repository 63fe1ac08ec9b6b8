"""Saturation: how much the latest interviews added (Guest, Namey & Chen 2020; SPEC section 10).

The base are the different codes of the first ``base`` interviews. The ratio after an interview is the number
of codes first seen in the latest ``run`` interviews, divided by the base. Interviews count from 1.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction

from coder_app.core.agreement.result import Reason, Statistic, ratio, undefined


def first_seen(interviews: Sequence[Sequence[Hashable]]) -> list[int]:
    """How many codes come for the first time in each interview."""
    seen: set[Hashable] = set()
    found = []
    for codes in interviews:
        new = set(codes) - seen
        found.append(len(new))
        seen |= new
    return found


def statistics(
    interviews: Sequence[Sequence[Hashable]], base: int, run: int, threshold: Fraction
) -> dict[str, Statistic]:
    """The base, the new codes and ratio of each later interview, and the first saturated one, by name.

    ``saturated_at`` is the first interview whose ratio is ``threshold`` or less, undefined where none is.
    Raises ValueError for a base or run of no interview.
    """
    if base < 1 or run < 1:
        raise ValueError("The base and the run take one interview or more.")
    new = first_seen(interviews)
    whole = sum(new[:base])
    found = {"base_themes": Statistic(whole), "total_themes": Statistic(sum(new))}
    saturated = None
    for number in range(base + 1, len(interviews) + 1):
        found[f"interview_{number}:new"] = Statistic(new[number - 1])
        if number < base + run:
            continue
        latest = sum(new[number - run : number])
        found[f"interview_{number}:run_new"] = Statistic(latest)
        found[f"interview_{number}:ratio"] = ratio(latest, whole)
        if saturated is None and whole and Fraction(latest, whole) <= threshold:
            saturated = number
    found["saturated_at"] = undefined(Reason.NOT_REACHED) if saturated is None else Statistic(saturated)
    return found
