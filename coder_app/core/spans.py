"""Half-open ranges ``[start, end)`` of code points: overlap, union, lanes for stripes, hit test, walking.

A range is a pair ``(start, end)`` with ``start <= end``; an empty range overlaps nothing. A span is
anything with ``guid``, ``start`` and ``end``, such as a coding.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

Range = tuple[int, int]


class Span(Protocol):
    """Something with an identity that lies on ``[start, end)``."""

    @property
    def guid(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Span)


@dataclass(frozen=True, slots=True)
class Lane:
    """Where a stripe stands: lane ``number`` (from 0) of ``count`` in its group of connected stripes."""

    number: int
    count: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch over which the same ranges lie; ``over`` holds their places in the list given."""

    start: int
    end: int
    over: tuple[int, ...]


def overlaps(one: Range, other: Range) -> bool:
    """Whether the two share at least one code point."""
    return max(one[0], other[0]) < min(one[1], other[1])


def intersection(one: Range, other: Range) -> Range | None:
    """What the two share, or None."""
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else None


def cover(ranges: Iterable[Range]) -> Range | None:
    """The smallest range that holds all that are not empty, or None where there are none."""
    full = [item for item in ranges if item[0] < item[1]]
    return (min(start for start, _ in full), max(end for _, end in full)) if full else None


def union(ranges: Iterable[Range]) -> list[Range]:
    """The same code points as ordered ranges that neither overlap nor touch."""
    merged: list[Range] = []
    for start, end in sorted(item for item in ranges if item[0] < item[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def common(one: Iterable[Range], other: Iterable[Range]) -> list[Range]:
    """The code points that lie in a range of both lists, as ordered ranges that do not touch."""
    left, right = union(one), union(other)
    found: list[Range] = []
    i = j = 0
    while i < len(left) and j < len(right):
        shared = intersection(left[i], right[j])
        if shared:
            found.append(shared)
        if left[i][1] <= right[j][1]:
            i += 1
        else:
            j += 1
    return found


def without(one: Iterable[Range], other: Iterable[Range]) -> list[Range]:
    """The code points of ``one`` that lie in no range of ``other``, ordered."""
    found: list[Range] = []
    holes = union(other)
    first = 0
    for start, end in union(one):
        while first < len(holes) and holes[first][1] <= start:
            first += 1
        at, hole = start, first
        while hole < len(holes) and holes[hole][0] < end:
            if at < holes[hole][0]:
                found.append((at, holes[hole][0]))
            at = max(at, holes[hole][1])
            hole += 1
        if at < end:
            found.append((at, end))
    return found


def size(ranges: Iterable[Range]) -> int:
    """How many code points lie in at least one of them."""
    return sum(end - start for start, end in union(ranges))


def pieces(ranges: Sequence[Range]) -> list[Piece]:
    """The union cut wherever a range begins or ends, in order, each piece with the ranges over it."""
    edges: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(ranges):
        if start < end:
            edges.setdefault(start, []).append(index)
            edges.setdefault(end, []).append(~index)
    found: list[Piece] = []
    over: set[int] = set()
    before = 0
    for place in sorted(edges):
        if over:
            found.append(Piece(before, place, tuple(sorted(over))))
        for edge in edges[place]:
            if edge >= 0:
                over.add(edge)
            else:
                over.discard(~edge)
        before = place
    return found


def lanes(ranges: Sequence[Range]) -> list[Lane]:
    """A lane for each range so that ranges in one lane never overlap; empty ones count as one long.

    Greedy colouring of intervals in the order of their starts (longer first, then as given) takes the
    lowest free lane, which needs as few lanes as the deepest overlap of a group has ranges. What
    starts later never moves what started before.
    """
    order = sorted(range(len(ranges)), key=lambda i: (ranges[i][0], -ranges[i][1], i))
    numbers = [0] * len(ranges)
    counts = [0] * len(ranges)
    free: list[int] = []
    busy: list[tuple[int, int]] = []
    group: list[int] = []
    used = 0
    for index in order:
        start, end = ranges[index]
        while busy and busy[0][0] <= start:
            heapq.heappush(free, heapq.heappop(busy)[1])
        if not busy:
            _close(group, used, counts)
            group, free, used = [], [], 0
        if free:
            numbers[index] = heapq.heappop(free)
        else:
            numbers[index], used = used, used + 1
        heapq.heappush(busy, (max(end, start + 1), numbers[index]))
        group.append(index)
    _close(group, used, counts)
    return [Lane(number, count) for number, count in zip(numbers, counts, strict=True)]


def _close(group: Iterable[int], used: int, counts: list[int]) -> None:
    for index in group:
        counts[index] = used


def at(spans: Iterable[S], position: int) -> list[S]:
    """The spans over code point ``position``, smallest first (then by start and GUID)."""
    return sorted((span for span in spans if span.start <= position < span.end), key=_smallest)


def touching(spans: Iterable[S], start: int, end: int) -> list[S]:
    """The spans that overlap ``[start, end)``, smallest first."""
    return sorted((span for span in spans if max(span.start, start) < min(span.end, end)), key=_smallest)


def reading_order(span: Span) -> tuple[int, int, str]:
    """The order in which one walks from coding to coding: by start, the longer first, then by GUID."""
    return span.start, -span.end, span.guid


def following(spans: Iterable[S], position: int, current: str | None = None) -> S | None:
    """The next span in reading order after the span ``current``; without it the first that starts at or
    after ``position``. None at the end.
    """
    ordered = sorted(spans, key=reading_order)
    for index, span in enumerate(ordered):
        if span.guid == current:
            return ordered[index + 1] if index + 1 < len(ordered) else None
    return next((span for span in ordered if span.start >= position), None)


def preceding(spans: Iterable[S], position: int, current: str | None = None) -> S | None:
    """The span before ``current`` in reading order; without it the last that starts before ``position``."""
    ordered = sorted(spans, key=reading_order)
    for index, span in enumerate(ordered):
        if span.guid == current:
            return ordered[index - 1] if index else None
    return next((span for span in reversed(ordered) if span.start < position), None)


def _smallest(span: Span) -> tuple[int, int, str]:
    return span.end - span.start, span.start, span.guid
