"""Overlap of two codebooks in characters, against a count of single characters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.agreement import overlap as module
from coder_app.core.agreement.overlap import Nodes, Overlaps, overlaps
from coder_app.core.lookalike import Overlap
from coder_app.core.model import Coding

CODES = ("p", "q", "r")
PLACES = st.tuples(
    st.sampled_from(("d1", "d2")), st.sampled_from((*CODES, None)), st.integers(0, 30), st.integers(1, 12)
)
CODINGS = st.lists(PLACES, max_size=14)
OWN: Nodes = {code: [at] for at, code in enumerate(CODES)}


def codings(rows: list[tuple[str, str | None, int, int]]) -> list[Coding]:
    return [
        Coding(f"g{at}", document, "coder", code, start, start + length)
        for at, (document, code, start, length) in enumerate(rows)
    ]


def characters(rows: list[Coding], nodes: Nodes, count: int) -> list[set[tuple[str, int]]]:
    found: list[set[tuple[str, int]]] = [set() for _ in range(count)]
    for coding in rows:
        for node in nodes.get(coding.code or "", ()):
            found[node].update((coding.document, at) for at in range(coding.start, coding.end))
    return found


def stretches(rows: list[Coding], node: int) -> list[set[tuple[str, int]]]:
    """Runs of the node's codings that overlap (those that only touch stay apart)."""
    own = sorted((c.document, c.start, c.end) for c in rows if node in OWN.get(c.code or "", ()))
    found: list[tuple[str, int, int]] = []
    for document, start, end in own:
        if found and found[-1][0] == document and start < found[-1][2]:
            found[-1] = (document, found[-1][1], max(end, found[-1][2]))
        else:
            found.append((document, start, end))
    return [{(document, at) for at in range(start, end)} for document, start, end in found]


def compute(ones: list[Coding], others: list[Coding], nodes: Nodes = OWN, count: int = 3) -> Overlaps:
    return overlaps(ones, others, nodes, nodes, (count, count))


@given(CODINGS, CODINGS)
def test_as_counted_by_hand(a: list, b: list) -> None:
    ones, others = codings(a), codings(b)
    found = compute(ones, others)
    mine, yours = characters(ones, OWN, 3), characters(others, OWN, 3)
    for i in range(3):
        for j in range(3):
            met = sum(
                not one.isdisjoint(other) for one in stretches(ones, i) for other in stretches(others, j)
            )
            expected = Overlap(len(mine[i] & yours[j]), len(mine[i]), len(yours[j]), met)
            assert found.of(i, j) == expected


@given(CODINGS, CODINGS)
def test_symmetric_and_whatever_the_order(a: list, b: list) -> None:
    ones, others = codings(a), codings(b)
    found, turned = compute(ones, others), compute(others[::-1], ones[::-1])
    for i in range(3):
        for j in range(3):
            here, there = found.of(i, j), turned.of(j, i)
            assert here == Overlap(there.both, there.other, there.one, there.places)


@given(CODINGS, CODINGS, st.integers(1, 5))
def test_in_parts_as_at_once(a: list, b: list, at_a_time: int) -> None:
    ones, others = codings(a), codings(b)
    whole, usual = compute(ones, others), module._AT_A_TIME
    module._AT_A_TIME = at_a_time
    try:
        parts = compute(ones, others)
    finally:
        module._AT_A_TIME = usual
    assert (parts.both, parts.places) == (whole.both, whole.places)


@given(CODINGS, CODINGS)
def test_nodes_above_cover_what_lies_below(a: list, b: list) -> None:
    nodes: Nodes = {"p": [0, 3], "q": [1, 3], "r": [2]}
    ones, others = codings(a), codings(b)
    found = compute(ones, others, nodes, 4)
    mine, yours = characters(ones, nodes, 4), characters(others, nodes, 4)
    assert found.of(3, 3).both == len(mine[3] & yours[3])
    assert found.one[3] == len(mine[0] | mine[1])
    assert found.of(3, 2).both == len(mine[3] & yours[2])


def test_nothing_coded() -> None:
    found = compute([], [])
    assert found.of(0, 0) == Overlap()
    assert found.of(0, 0).jaccard is None
    assert found.of(0, 0).of_smaller is None


def test_documents_do_not_run_into_each_other() -> None:
    ones = codings([("d1", "p", 0, 10), ("d2", "p", 0, 5)])
    others = codings([("d1", "q", 9, 3), ("d2", "q", 5, 5)])
    assert compute(ones, others).of(0, 1) == Overlap(1, 15, 8, 1)
