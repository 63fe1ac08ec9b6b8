"""Going through the meaning units of a transcript: which is at a place, which comes next, which are coded.

Units are ``[start, end)`` in code points, in order, not overlapping; a number means a unit by its place in
the list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from coder_app.core.spans import Range


def unit_at(places: Sequence[Range], start: int, end: int) -> int | None:
    """The unit in which a selection begins; for a bare caret also the one that ends at it; else None."""
    index = bisect_right(places, start, key=_start) - 1
    if index >= 0 and start < places[index][1]:
        return index
    if start == end and index >= 0 and places[index][1] == start:
        return index
    return None


def coded(places: Sequence[Range], codings: Iterable[Range]) -> list[bool]:
    """Of each unit, whether any of the codings covers at least one character of it."""
    found = [False] * len(places)
    ends = [end for _, end in places]
    for start, end in codings:
        index = bisect_right(ends, start)
        while index < len(places) and places[index][0] < end:
            found[index] = True
            index += 1
    return found


def following(places: Sequence[Range], start: int, end: int, at: int | None) -> int | None:
    """The unit to go to next from a selection; None behind the last.

    ``at`` is the unit one has stepped to already. A caret within another unit means that unit, so that who
    clicks into the text goes on from there; a selection of a whole unit, or a caret behind it, means the one
    after it.
    """
    here = unit_at(places, start, end)
    if here is not None and here == at:
        return here + 1 if here + 1 < len(places) else None
    if at is not None and start == end == places[at][1]:  # the caret behind a unit that was just coded
        return at + 1 if at + 1 < len(places) else None
    if here is not None and places[here] != (start, end) and start < places[here][1]:
        return here
    index = bisect_left(places, max(end, start + 1), key=_start)
    if here is not None:
        index = here + 1
    return index if index < len(places) else None


def preceding(places: Sequence[Range], start: int, end: int, at: int | None) -> int | None:
    """The unit to go to next backwards; None before the first."""
    here = unit_at(places, start, end)
    if at is not None and (here == at or start == end == places[at][1]):
        return at - 1 if at else None
    index = here - 1 if here is not None else bisect_left(places, start, key=_start) - 1
    return index if index >= 0 else None


def next_uncoded(done: Sequence[bool], after: int) -> int | None:
    """The next unit without a code behind the unit ``after`` (-1: from the first), then from the top."""
    order = [*range(after + 1, len(done)), *range(min(after + 1, len(done)))]
    return next((index for index in order if not done[index]), None)


def _start(place: Range) -> int:
    return place[0]
