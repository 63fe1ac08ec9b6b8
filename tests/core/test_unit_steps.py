"""Which unit comes next, and which are coded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.spans import Range, overlaps
from coder_app.core.unit_steps import coded, following, next_uncoded, preceding, unit_at

PLACES = [(2, 10), (10, 20), (25, 30)]


@pytest.mark.parametrize(
    ("start", "end", "unit"),
    [(0, 0, None), (2, 2, 0), (9, 9, 0), (10, 10, 1), (20, 20, 1), (21, 21, None), (30, 30, 2),
     (31, 31, None), (2, 10, 0), (4, 12, 0), (20, 26, None), (0, 3, None)],
)  # fmt: skip
def test_the_unit_at_a_selection_is_the_one_in_which_it_begins(
    start: int, end: int, unit: int | None
) -> None:
    assert unit_at(PLACES, start, end) == unit


@pytest.mark.parametrize(
    ("start", "end", "at", "to"),
    [
        (0, 0, None, 0),
        (2, 10, None, 1),
        (2, 10, 0, 1),
        (10, 10, 0, 1),  # coded just now: the caret stands behind it, and the next one begins there
        (30, 30, 2, None),
        (25, 30, 2, None),
        (27, 27, None, 2),  # a click into a unit means that one
        (27, 27, 0, 2),
        (27, 27, 2, None),
        (21, 23, None, 2),
        (12, 14, None, 1),
        (20, 20, None, 2),
        (31, 31, None, None),
    ],
)
def test_the_next_unit(start: int, end: int, at: int | None, to: int | None) -> None:
    assert following(PLACES, start, end, at) == to


@pytest.mark.parametrize(
    ("start", "end", "at", "to"),
    [(0, 0, None, None), (2, 10, 0, None), (10, 20, 1, 0), (20, 20, 1, 0), (22, 22, None, 1),
     (27, 27, None, 1), (31, 31, None, 2), (30, 30, 2, 1)],
)  # fmt: skip
def test_the_unit_before(start: int, end: int, at: int | None, to: int | None) -> None:
    assert preceding(PLACES, start, end, at) == to


def test_the_next_unit_without_a_code_is_looked_for_behind_and_then_from_the_top() -> None:
    assert next_uncoded([True, False, True, False], 1) == 3
    assert next_uncoded([True, False, True, True], 2) == 1
    assert next_uncoded([True, False], 1) == 1
    assert next_uncoded([True, True], 0) is None
    assert next_uncoded([], -1) is None


@st.composite
def units(draw: st.DrawFn) -> list[Range]:
    edges = sorted(draw(st.sets(st.integers(0, 60), max_size=16)))
    return list(zip(edges[::2], edges[1::2], strict=False))


@given(units(), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 12)), max_size=12))
def test_a_unit_is_coded_where_a_coding_shares_a_character_with_it(
    places: list[Range], marks: list[tuple[int, int]]
) -> None:
    codings = [(start, start + size) for start, size in marks]
    assert coded(places, codings) == [any(overlaps(place, one) for one in codings) for place in places]


@given(units())
def test_going_on_visits_each_unit_once_and_back_again(places: list[Range]) -> None:
    there: list[int] = []
    at: int | None = None
    start = end = 0
    while (to := following(places, start, end, at)) is not None and len(there) <= len(places):
        there.append(to)
        at, (start, end) = to, places[to]
        start = end  # coded: only the caret is left, behind the unit
    assert there == list(range(len(places)))
    back: list[int] = []
    while (to := preceding(places, start, end, at)) is not None and len(back) <= len(places):
        back.append(to)
        at, (start, end) = to, places[to]
    assert back == list(range(len(places) - 1))[::-1]
