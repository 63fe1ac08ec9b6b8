"""A stability pass: how many units on which the coders of a round agreed are coded alike once more.

Whoever repeats (a third coder, or one of the first after some weeks) sees these units without their codes
(SPEC section 7). A unit that was not coded again counts as not confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coder_app.core.agreement.result import Statistic
from coder_app.core.agreement.thirdcoder import third_coder
from coder_app.core.spans import Range, intersection, union

Codes = frozenset[str]
"""The codes of a unit, by their keys; empty: nothing is coded there."""


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Both figures with their counts; proportions from 0 to 1."""

    compared: int
    """Units that any of the round's coders coded."""
    agreed: int
    """Those to which all of them gave the same codes."""
    agreement: Statistic
    """``agreed / compared``: the round's coefficient of agreement."""
    repeated: int
    """Agreed units that have a code of the pass by now."""
    confirmed: int
    """Agreed units to which the pass gave the same codes."""
    confirmation: Statistic
    """``confirmed / agreed``."""


def agreed(sets: Sequence[Codes]) -> bool:
    """Whether all coders gave a unit the same codes, and any at all."""
    return bool(sets) and bool(sets[0]) and all(one == sets[0] for one in sets)


def confirm(first: Sequence[Sequence[Codes]], again: Sequence[Codes | None]) -> Confirmation:
    """Compare a pass with the round: for each unit that was coded the sets of the round's coders, and the
    set of the pass (None: it was not coded again).

    With three coders and more a unit is agreed where all of them agree. Raises ValueError where the lists
    differ in length.
    """
    one = [sets[0] for sets in first]
    other: list[object] = [sets[0] if agreed(sets) else _NEVER for sets in first]
    found = third_coder(one, other, again)
    repeated = sum(agreed(sets) and bool(codes) for sets, codes in zip(first, again, strict=True))
    return Confirmation(
        int(found["ab_units"].value or 0),
        int(found["ab_agreed"].value or 0),
        found["ab_percent"],
        repeated,
        int(found["c_confirmed"].value or 0),
        found["c_percent"],
    )


_NEVER = "\0differs"
"""A value that no coder gives."""


def codes_over(place: Range, spans: Iterable[tuple[str, Range]], least: int = 1) -> Codes:
    """The codes whose spans cover at least ``least`` characters of a unit; overlapping spans count once."""
    by_code: dict[str, list[Range]] = {}
    for code, span in spans:
        inside = intersection(span, place)
        if inside is not None:
            by_code.setdefault(code, []).append(inside)
    return frozenset(
        code for code, parts in by_code.items() if sum(end - start for start, end in union(parts)) >= least
    )


def codes_by_unit(
    places: Sequence[Range], spans: Sequence[tuple[str, Range]], least: int = 1
) -> Mapping[Range, Codes]:
    """`codes_over` for units in order that do not overlap; spans in any order."""
    ordered = sorted(spans, key=lambda span: span[1])
    found: dict[Range, Codes] = {}
    first = 0
    open_: list[tuple[str, Range]] = []
    for place in places:
        while first < len(ordered) and ordered[first][1][0] < place[1]:
            open_.append(ordered[first])
            first += 1
        open_ = [span for span in open_ if span[1][1] > place[0]]
        found[place] = codes_over(place, open_, least)
    return found
