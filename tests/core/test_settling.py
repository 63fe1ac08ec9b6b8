"""Settling disagreements: the worklist, what decisions leave, and the codings after them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.agreement.codelist import CodeList
from coder_app.core.agreement.comparison import Comparison, UnitSets
from coder_app.core.agreement.study import Codings, DocumentUnits, UnitKind, compare
from coder_app.core.model import Coding, Level, Verdict
from coder_app.core.settling import Item, Settled, after, merged, result_of, worklist

CODES = ("p", "q", "r")
CODERS = ("ann", "ben", "cleo")
LENGTH = 60
TURNS = [(start, start + 9) for start in range(0, LENGTH, 10)]
LISTED = CodeList.from_parents(CODES, [Level.CODE] * 3, [None] * 3)

Found = dict[str, tuple[Coding, ...]]


@st.composite
def studies(draw: st.DrawFn, coders: int = 2) -> Found:
    """Codings of one transcript, some of them without a code."""
    spans = st.tuples(
        st.integers(0, coders - 1),
        st.sampled_from([*CODES, None]),
        st.integers(0, LENGTH - 2),
        st.integers(1, 25),
    )
    rows = draw(st.lists(spans, max_size=12))
    found = [
        Coding(f"c{n}", "d", CODERS[coder], code, start, min(start + size, LENGTH))
        for n, (coder, code, start, size) in enumerate(rows)
    ]
    return {"d": tuple(sorted(found, key=lambda c: (c.start, c.end, c.guid)))}


def measured(codings: Found, unit: str, coders: int = 2, least: int = 1) -> Comparison:
    rows = [
        (0, CODERS.index(c.coder), CODES.index(c.code), c.start, c.end)
        for c in codings["d"]
        if c.code is not None and c.coder in CODERS[:coders]
    ]
    return compare(
        Codings.from_rows(rows),
        CODERS[:coders],
        [DocumentUnits("d", LENGTH, TURNS)],
        LISTED,
        unit=unit,
        unit_min_chars=least,
    )


def items_of(codings: Found, unit: str, coders: int = 2) -> list[Item]:
    units: list[UnitSets] = measured(codings, unit, coders).coded_units()
    return worklist(units, codings, CODERS[:coders], fixed=UnitKind(unit).fixed)


def settled(items: list[Item], verdict: Verdict, taken: str = "") -> list[Settled]:
    return [
        Settled(item.document, item.start, item.end, result_of(item, verdict, taken), f"s{n}")
        for n, item in enumerate(items)
    ]


def of_coder(codings: Found, coder: str) -> tuple[tuple[str, int, int], ...]:
    return merged((c.code, c.start, c.end) for c in codings["d"] if c.coder == coder and c.code is not None)


KINDS = st.sampled_from(["turn", "character", "match", "unitizing"])


@given(studies(), KINDS)
def test_taking_one_coder_everywhere_gives_that_coder(codings: Found, unit: str) -> None:
    items = items_of(codings, unit)
    found = after(codings, CODERS[:2], settled(items, Verdict.TAKE, "ann"))
    result = measured(found, unit)
    assert result.differences() == []
    if unit == "turn":
        before = {(u.unit, u.sets[0]) for u in measured(codings, unit).coded_units() if u.sets[0]}
        assert {(u.unit, u.sets[1]) for u in result.coded_units()} == before
    else:
        assert of_coder(found, "ann") == of_coder(found, "ben") == of_coder(codings, "ann")


@given(studies(), KINDS)
def test_neither_leaves_nothing_where_it_was_decided(codings: Found, unit: str) -> None:
    items = items_of(codings, unit)
    found = after(codings, CODERS[:2], settled(items, Verdict.NEITHER))
    assert measured(found, unit).coded_units() == []
    for item in items:
        assert all(c.end <= item.start or c.start >= item.end for c in found["d"])


@given(studies(coders=3), KINDS)
def test_everybodys_codes_agree_whoever_coded(codings: Found, unit: str) -> None:
    items = items_of(codings, "turn", 3)
    found = after(codings, CODERS, settled(items, Verdict.BOTH))
    result = measured(found, "turn", 3)
    assert result.differences() == []
    before = {u.unit: frozenset().union(*u.sets) for u in measured(codings, "turn", 3).coded_units()}
    assert {u.unit: u.sets[0] for u in result.coded_units()} == before


@given(studies(), st.sets(st.integers(0, 5)), st.sampled_from([Verdict.TAKE, Verdict.BOTH, Verdict.NEITHER]))
def test_what_is_not_settled_stays(codings: Found, chosen: set[int], verdict: Verdict) -> None:
    items = items_of(codings, "turn")
    places = [item for item in items if item.start // 10 in chosen]
    found = after(codings, CODERS[:2], settled(places, verdict, "ben"))
    inside = {item.start // 10 for item in places}
    before = {u.unit: u.sets for u in measured(codings, "turn").coded_units() if u.unit not in inside}
    assert {u.unit: u.sets for u in measured(found, "turn").coded_units() if u.unit not in inside} == before
    assert after(codings, CODERS[:2], []) == codings


@given(studies(coders=3))
def test_the_originals_and_other_coders_stay_as_they_were(codings: Found) -> None:
    kept = dict(codings)
    items = items_of(codings, "turn")
    found = after(codings, CODERS[:2], settled(items, Verdict.NEITHER))
    assert codings == kept
    assert [c for c in found["d"] if c.coder == "cleo"] == [c for c in codings["d"] if c.coder == "cleo"]


@given(studies(), KINDS)
def test_the_worklist_says_where_they_agree(codings: Found, unit: str) -> None:
    items = items_of(codings, unit)
    result = measured(codings, unit)
    assert all(one.end <= other.start for one, other in pairwise(items))
    differing = result.differences()
    assert {item.alike for item in items} <= {True, False}
    for item in items:
        meets = any(u.start < item.end and u.end > item.start for u in differing)
        assert item.alike == (not meets)
    coded = result.coded_units()
    inside = {at for item in items for at in range(item.start, item.end)}
    assert {at for u in coded for at in range(u.start, u.end)} <= inside


def test_codings_are_cut_to_units_and_whole_in_stretches() -> None:
    codings: Found = {
        "d": (
            Coding("1", "d", "ann", "p", 5, 25),
            Coding("2", "d", "ben", "q", 24, 28),
            Coding("3", "d", "ann", None, 22, 40),
        )
    }
    assert items_of(codings, "turn") == [
        Item("d", 0, 9, {"ann": (("p", 5, 9),), "ben": ()}, False),
        Item("d", 10, 19, {"ann": (("p", 10, 19),), "ben": ()}, False),
        Item("d", 20, 29, {"ann": (("p", 20, 25),), "ben": (("q", 24, 28),)}, False),
    ]
    assert items_of(codings, "character") == [
        Item("d", 5, 28, {"ann": (("p", 5, 25),), "ben": (("q", 24, 28),)}, False)
    ]


def test_what_decisions_leave() -> None:
    item = Item("d", 0, 9, {"ann": (("p", 0, 5),), "ben": (("p", 3, 8), ("q", 0, 2))}, False)
    assert result_of(item, Verdict.TAKE, "ben") == (("q", 0, 2), ("p", 3, 8))
    assert result_of(item, Verdict.BOTH) == (("q", 0, 2), ("p", 0, 8))
    assert result_of(item, Verdict.NEITHER) == result_of(item, Verdict.DISCUSS) == ()
    with pytest.raises(ValueError, match="no version"):
        result_of(item, Verdict.TAKE, "cleo")
    with pytest.raises(ValueError, match="have to be given"):
        result_of(item, Verdict.OTHER)


def test_a_coding_that_reaches_beyond_keeps_the_rest() -> None:
    codings: Found = {"d": (Coding("1", "d", "ann", "p", 5, 35),), "e": ()}
    found = after(
        codings, ("ann", "ben"), [Settled("d", 10, 19, (("q", 10, 12),), "s"), Settled("x", 0, 1, ())]
    )
    assert [(c.coder, c.code, c.start, c.end) for c in found["d"]] == [
        ("ann", "p", 5, 10),
        ("ann", "q", 10, 12),
        ("ben", "q", 10, 12),
        ("ann", "p", 19, 35),
    ]
    assert found["e"] == ()
