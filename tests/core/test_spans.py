"""Ranges against brute force: every code point counted one by one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.core import spans

POINTS = range(40)
ranges = st.tuples(st.integers(0, 30), st.integers(0, 9)).map(lambda pair: (pair[0], pair[0] + pair[1]))
many = st.lists(ranges, max_size=12)


@dataclass(frozen=True)
class Mark:
    guid: str
    start: int
    end: int


marks = many.map(lambda items: [Mark(f"g{i:02}", *item) for i, item in enumerate(items)])


def points(items: list[tuple[int, int]]) -> set[int]:
    return {point for start, end in items for point in range(start, end)}


@given(ranges, ranges)
def test_overlap_and_intersection_share_points(one: tuple[int, int], other: tuple[int, int]) -> None:
    shared = points([one]) & points([other])
    assert spans.overlaps(one, other) == bool(shared)
    both = spans.intersection(one, other)
    assert (points([both]) if both else set()) == shared


@given(many)
def test_union_keeps_points_and_leaves_gaps(items: list[tuple[int, int]]) -> None:
    merged = spans.union(items)
    assert points(merged) == points(items)
    assert all(end < later for (_, end), (later, _) in pairwise(merged))
    assert spans.size(items) == len(points(items))
    hull = spans.cover(items)
    assert hull == ((min(points(items)), max(points(items)) + 1) if points(items) else None)


@given(many, many)
def test_common_and_without_split_the_first(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    assert points(spans.common(one, other)) == points(one) & points(other)
    assert points(spans.without(one, other)) == points(one) - points(other)


@given(many)
def test_pieces_know_what_lies_over_them(items: list[tuple[int, int]]) -> None:
    found = spans.pieces(items)
    assert points([(piece.start, piece.end) for piece in found]) == points(items)
    for piece in found:
        for point in range(piece.start, piece.end):
            assert piece.over == tuple(i for i, (start, end) in enumerate(items) if start <= point < end)
    edges = {edge for item in items for edge in item}
    assert all(piece.start in edges and piece.end in edges for piece in found)


@given(many)
def test_lanes_never_collide_and_are_as_few_as_can_be(items: list[tuple[int, int]]) -> None:
    solid = [(start, max(end, start + 1)) for start, end in items]
    packed = spans.lanes(items)
    for i, one in enumerate(solid):
        for j, other in enumerate(solid[:i]):
            if spans.overlaps(one, other):
                assert packed[i].number != packed[j].number
                assert packed[i].count == packed[j].count
    depth = [sum(start <= point < end for start, end in solid) for point in POINTS]
    for (start, end), lane in zip(solid, packed, strict=True):
        low, high = start, end
        while low > 0 and any(s < low < e for s, e in solid):
            low -= 1
        while any(s < high < e for s, e in solid):
            high += 1
        assert lane.count == max(depth[low:high])
        assert 0 <= lane.number < lane.count


@given(many, ranges)
def test_a_later_start_moves_no_earlier_lane(items: list[tuple[int, int]], extra: tuple[int, int]) -> None:
    latest = max((start for start, _ in items), default=0) + 1 + extra[0]
    before = [lane.number for lane in spans.lanes(items)]
    after = [lane.number for lane in spans.lanes([*items, (latest, latest + extra[1])])]
    assert after[:-1] == before


@given(marks, st.sampled_from(POINTS))
def test_hits_hold_the_position_smallest_first(items: list[Mark], position: int) -> None:
    found = spans.at(items, position)
    assert {mark.guid for mark in found} == {m.guid for m in items if position in range(m.start, m.end)}
    lengths = [mark.end - mark.start for mark in found]
    assert lengths == sorted(lengths)
    assert spans.touching(items, position, position + 1) == found
    assert spans.touching(items, position, position) == []


@given(marks)
def test_walking_on_meets_every_span_once_and_back_again(items: list[Mark]) -> None:
    there: list[str] = []
    here = spans.following(items, 0)
    while here is not None:
        there.append(here.guid)
        here = spans.following(items, 0, here.guid)
    back: list[str] = []
    here = spans.preceding(items, 100)
    while here is not None:
        back.append(here.guid)
        here = spans.preceding(items, 100, here.guid)
    assert there == back[::-1]
    assert sorted(there) == [mark.guid for mark in items]


@given(marks, st.sampled_from(POINTS))
def test_walking_from_a_position(items: list[Mark], position: int) -> None:
    after = spans.following(items, position)
    before = spans.preceding(items, position)
    assert (after.start if after else None) == min(
        (m.start for m in items if m.start >= position), default=None
    )
    assert (before.start if before else None) == max(
        (m.start for m in items if m.start < position), default=None
    )


@pytest.mark.parametrize(
    ("items", "numbers"),
    [
        ([(0, 10), (2, 5), (5, 8), (9, 12)], [0, 1, 1, 1]),
        ([(0, 2), (0, 5), (1, 3)], [1, 0, 2]),
        ([(3, 3), (3, 3)], [0, 1]),
        ([], []),
    ],
)
def test_lane_examples(items: list[tuple[int, int]], numbers: list[int]) -> None:
    assert [lane.number for lane in spans.lanes(items)] == numbers
