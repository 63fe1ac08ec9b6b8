"""Shares of agreed units that a pass confirms, with both counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.confirming import agreed, codes_by_unit, codes_over, confirm

A, B, NONE = frozenset("a"), frozenset("b"), frozenset[str]()


def test_two_coders_and_a_third() -> None:
    first = [(A, A), (A, B), (A | B, A | B), (A, NONE), (B, B)]
    again = [A, A, A, None, None]
    found = confirm(first, again)
    assert (found.compared, found.agreed, found.repeated, found.confirmed) == (5, 3, 2, 1)
    assert found.agreement.value == 3 / 5
    assert found.confirmation.value == 1 / 3


def test_with_three_coders_all_must_agree() -> None:
    found = confirm([(A, A, A), (A, A, B), (B, B, B)], [A, A, B])
    assert (found.compared, found.agreed, found.confirmed) == (3, 2, 2)
    assert found.confirmation.value == 1.0


def test_nothing_agreed_is_undefined_with_its_reason() -> None:
    found = confirm([(A, B)], [A])
    assert found.agreement.value == 0
    assert found.confirmation.value is None
    assert found.confirmation.reason == "no units"
    assert confirm([], []).agreement.value is None


def test_units_that_nobody_coded_are_not_agreed_units() -> None:
    assert not agreed((NONE, NONE))
    assert not agreed(())


def test_lists_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        confirm([(A, A)], [])


def test_a_code_counts_from_the_least_number_of_characters_on() -> None:
    spans = [("a", (0, 3)), ("a", (2, 5)), ("b", (9, 12))]
    assert codes_over((0, 10), spans) == A | B
    assert codes_over((0, 10), spans, 5) == A
    assert codes_over((0, 10), spans, 6) == NONE


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 40), st.integers(1, 15)), max_size=12),
    st.sets(st.integers(0, 50), max_size=12),
    st.integers(1, 4),
)
def test_all_units_at_once_are_as_one_by_one(
    rows: list[tuple[str, int, int]], edges: set[int], least: int
) -> None:
    spans = [(code, (start, start + size)) for code, start, size in rows]
    ordered = sorted(edges)
    places = list(zip(ordered[::2], ordered[1::2], strict=False))
    assert codes_by_unit(places, spans, least) == {place: codes_over(place, spans, least) for place in places}
