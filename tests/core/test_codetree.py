"""Order keys and the tree of the codebook."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.codetree import (
    Codebook,
    closes_circle,
    key_after,
    key_between,
    keys_in_order,
    runs_in_circle,
)
from coder_app.core.errors import UserError
from coder_app.core.model import Code, Level


def node(name: str, level: Level, parent: str | None = None, order: str = "1001") -> Code:
    return Code(name, name, level, "#2d5ed4", parent, order)


BOOK = Codebook(
    [
        node("theme", Level.THEME),
        node("category", Level.CATEGORY, "theme"),
        node("b", Level.CODE, "category", "1021"),
        node("a", Level.CODE, "category", "1011"),
        node("straight", Level.CODE, "theme", "1011"),
        node("free", Level.CODE, None, "1031"),
        node("lost", Level.CODE, "nowhere", "1041"),
    ]
)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=150))
def test_a_key_fits_between_its_neighbours_however_often_one_inserts(places: list[int]) -> None:
    keys: list[str] = []
    for place in places:
        at = place % (len(keys) + 1)
        low = keys[at - 1] if at else None
        high = keys[at] if at < len(keys) else None
        keys.insert(at, key_between(low, high))
        assert not keys[at].endswith("0")
    assert keys == sorted(set(keys))


def test_appending_keeps_keys_short() -> None:
    key = None
    keys = []
    for _ in range(5_000):
        key = key_after(key)
        keys.append(key)
    assert keys == sorted(set(keys))
    assert max(map(len, keys)) == 4


def test_equal_keys_from_two_laptops_leave_an_order() -> None:
    assert key_between("V", "V") > "V"


def test_display_order_depth_and_paths() -> None:
    assert list(BOOK.walk()) == [
        ("theme", 0), ("category", 1), ("a", 2), ("b", 2), ("straight", 1), ("free", 0), ("lost", 0),
    ]  # fmt: skip
    assert [code.name for code in BOOK.path("b")] == ["theme", "category", "b"]
    assert BOOK.descendants("theme") == ["category", "a", "b", "straight"]
    assert BOOK.tops(["b", "category", "free"]) == ["category", "free"]
    assert BOOK.free() == ["free", "lost"]


@pytest.mark.parametrize(
    ("guid", "level", "above"),
    [
        ("a", Level.THEME, "theme"),
        ("a", Level.CATEGORY, "category"),
        ("a", Level.SUBCATEGORY, "a"),
        ("straight", Level.CATEGORY, "straight"),
        ("free", Level.THEME, "free"),
        ("theme", Level.CODE, "theme"),
    ],
)
def test_at_a_level_a_node_is_its_ancestor_there_or_itself(guid: str, level: Level, above: str) -> None:
    assert BOOK.at_level(guid, level) == above


def test_moves_that_levels_or_circles_forbid() -> None:
    with pytest.raises(UserError, match="inside itself"):
        BOOK.check_move("theme", "category")
    with pytest.raises(UserError, match="higher level"):
        BOOK.check_move("category", "free")
    with pytest.raises(UserError, match="move them out first"):
        BOOK.check_level("category", Level.CODE)
    with pytest.raises(UserError, match="move it out first"):
        BOOK.check_level("a", Level.CATEGORY)
    BOOK.check_move("a", "theme")
    BOOK.check_level("a", Level.SUBCATEGORY)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=60))
def test_moves_that_close_no_circle_keep_a_forest(moves: list[tuple[int, int]]) -> None:
    parents: dict[str, str | None] = {str(n): None for n in range(8)}
    for child, parent in moves:
        if not closes_circle(parents, str(child), str(parent)):
            parents[str(child)] = str(parent)
    for start in parents:
        seen, at = set(), start
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = parents[at]


KEYS = st.text("01Vaz", max_size=4).map(lambda key: key + "V")


@given(st.lists(st.tuples(st.uuids().map(str), st.one_of(st.none(), KEYS)), unique_by=lambda row: row[0]))
def test_rows_stand_in_the_order_wanted_whatever_keys_they_had(rows: list[tuple[str, str | None]]) -> None:
    new = keys_in_order(rows)
    keyed = [(new.get(guid, key), guid) for guid, key in rows]
    assert keyed == sorted(keyed)
    assert {guid for guid, key in rows if key is None} <= new.keys()


def test_rows_in_order_keep_their_keys() -> None:
    assert keys_in_order([("a", "V"), ("b", "V"), ("c", "W")]) == {}
    assert keys_in_order([("a", "V"), ("new", None), ("b", "V"), ("c", "W")]).keys() == {"new", "b"}


def test_long_keys_are_no_deeper_than_short_ones() -> None:
    low = "z" * 5_000
    assert low < key_between(low, "z" * 5_001) < "z" * 5_001


def test_circles_are_found_and_long_chains_are_none() -> None:
    assert runs_in_circle({"a": "a"})
    assert runs_in_circle({"x": "a", "a": "b", "b": "c", "c": "a"})
    assert not runs_in_circle({"a": "gone", "b": "a", "c": "a"})
    chain: dict[str, str | None] = {str(n): str(n + 1) for n in range(100_000)}
    assert not runs_in_circle(chain)
    assert runs_in_circle(chain | {"100000": "0"})
