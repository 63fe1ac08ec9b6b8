"""Pairs of codes that may mean the same."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.codetree import Codebook
from coder_app.core.lookalike import Overlap, Pair, Reason, proposed
from coder_app.core.model import Code, Level
from coder_app.core.names_alike import Likeness, Why, likeness


def book(*names: str, parents: dict[str, str] | None = None) -> Codebook:
    """Codes whose GUID is their name."""
    above = parents or {}
    high = set(above.values())
    return Codebook(
        Code(name, name, Level.THEME if name in high else Level.CODE, "#000000", above.get(name), f"{n:03}1")
        for n, name in enumerate(names)
    )


def nothing(_one: int, _other: int) -> Overlap:
    return Overlap(0, 100, 100, 0)


def names(pairs: list[Pair]) -> list[tuple[str, str]]:
    return [(pair.one, pair.other) for pair in pairs]


def test_measures() -> None:
    half = Overlap(50, 100, 50, 3)
    assert (half.jaccard, half.of_smaller) == (0.5, 1.0)
    assert (half.alike, half.within, half.score) == (True, True, 0.7)
    once = Overlap(10, 100, 10, 1)
    assert (once.alike, once.within, once.score) == (False, False, 0.1)
    assert Overlap(10, 100, 10, 2).within
    assert Overlap(0, 100, 0).of_smaller is None


def test_by_name_by_text_and_by_both() -> None:
    tree = book("Fear", "Told", "Open", "fears", "Silence", "Other")
    table = {
        (0, 0): Overlap(80, 100, 80, 4),
        (1, 1): Overlap(60, 100, 80, 2),
        (2, 2): Overlap(20, 400, 20, 3),
    }
    found = proposed(
        tree, ["Fear", "Told", "Open"], ["fears", "Silence", "Other"],
        lambda i, j: table.get((i, j), Overlap(0, 100, 80)),
    )  # fmt: skip
    assert names(found) == [("Fear", "fears"), ("Open", "Other"), ("Told", "Silence")]
    assert [pair.reasons for pair in found] == [
        (Reason.NAME, Reason.SAME_TEXT), (Reason.WITHIN,), (Reason.SAME_TEXT,)
    ]  # fmt: skip
    assert found[0].name.why is Why.PLURAL


def test_shared_codes_and_codes_in_one_line_make_no_pair() -> None:
    tree = book("Fears", "Fear", "Hope", parents={"Fear": "Fears"})
    everything = ["Fears", "Fear", "Hope"]
    assert proposed(tree, everything, everything, lambda i, j: Overlap(100, 100, 100, 9))[:] == [
        Pair("Fear", "Hope", Likeness(0.0, Why.NOTHING), Overlap(100, 100, 100, 9)),
    ]


NAMES = ["Fear", "fears", "Being told", "told, being", "Hope", "hope of all", "두려움", "두려움들", "פחד"]


@given(
    st.lists(st.sampled_from(NAMES), unique=True),
    st.lists(st.sampled_from(NAMES), unique=True),
    st.integers(0, 50),
)
def test_symmetric_and_deterministic(ones: list[str], others: list[str], seed: int) -> None:
    tree = book(*NAMES)

    def overlap(one: str, other: str) -> Overlap:
        both = (NAMES.index(one) * NAMES.index(other) + seed) % 40
        return Overlap(both, both + 3 * NAMES.index(one), both + 3 * NAMES.index(other), both % 3)

    def of(a: list[str], b: list[str]) -> Callable[[int, int], Overlap]:
        return lambda i, j: overlap(a[i], b[j])

    there = proposed(tree, ones, others, of(ones, others))
    back = proposed(tree, others, ones, of(others, ones))
    assert {(pair.key, round(pair.score, 9)) for pair in there} == {
        (pair.key, round(pair.score, 9)) for pair in back
    }
    assert there == proposed(tree, ones, others, of(ones, others))
    assert len({pair.key for pair in there}) == len(there)
    assert [pair.score for pair in there] == sorted((pair.score for pair in there), reverse=True)
    assert all(pair.reasons and 0 < pair.score <= 1 for pair in there)
    assert all(pair.name == likeness(pair.one, pair.other) for pair in there)


def test_covering_the_same_text_says_nothing_on_different_levels() -> None:
    tree = book("Theme", "Under it", "Other", "theme", parents={"Under it": "Theme"})
    found = proposed(tree, ["Theme"], ["Other", "theme"], lambda i, j: Overlap(500, 900, 600, 5))
    assert names(found) == [("Theme", "theme")]
