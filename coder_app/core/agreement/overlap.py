"""How far the codings of two codebooks cover the same text, for every pair of their codes, in characters.

Cost grows with the codings and with the pairs of stretches that overlap, never with the characters: two
stretches overlap where the one begins within the other, so sorted starts give all such pairs by binary
search. With merged stretches there are at most (codes of A x stretches of B + codes of B x stretches of A).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.core.agreement import spans
from coder_app.core.agreement.spans import IntArray, Segments
from coder_app.core.lookalike import Overlap
from coder_app.core.model import Coding

_AT_A_TIME = 2_000_000
"""Pairs of stretches held in memory at once."""

Nodes = Mapping[str, Sequence[int]]
"""Code -> places, in the list of nodes, of all nodes that its codings cover text for."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlaps:
    """Characters covered by each node of A (``one``), of B (``other``), and by both (``both[i][j]``).

    A stretch that a node covers twice counts once. ``places[i][j]`` is the number of pairs of
    overlapping stretches, where stretches of one node that overlap are one.
    """

    one: list[int]
    other: list[int]
    both: list[list[int]]
    places: list[list[int]]

    def of(self, i: int, j: int) -> Overlap:
        """Of A's node ``i`` and B's node ``j``."""
        return Overlap(self.both[i][j], self.one[i], self.other[j], self.places[i][j])


def overlaps(
    ones: Iterable[Coding],
    others: Iterable[Coding],
    nodes_one: Nodes,
    nodes_other: Nodes,
    shape: tuple[int, int],
) -> Overlaps:
    """Overlap of every node of A with every node of B.

    ``shape``: how many nodes each has. Codings of codes that the mappings leave out, and passages
    without a code, do not count.
    """
    table = [_rows(ones, nodes_one), _rows(others, nodes_other)]
    documents = sorted({row[0] for rows in table for row in rows})
    number = {guid: at for at, guid in enumerate(documents)}
    lengths = np.zeros(len(documents), dtype=np.int64)
    for rows in table:
        for document, _, _, end in rows:
            lengths[number[document]] = max(lengths[number[document]], end)
    one, other = (_merged(rows, number, lengths) for rows in table)
    both, places = _met(one, other, shape)
    return Overlaps(
        spans.sum_by_code(one.code, one.end - one.start, shape[0]).tolist(),
        spans.sum_by_code(other.code, other.end - other.start, shape[1]).tolist(),
        both.tolist(),
        places.tolist(),
    )


def _rows(codings: Iterable[Coding], nodes: Nodes) -> list[tuple[str, int, int, int]]:
    """(document, node, start, end)."""
    return [
        (coding.document, node, coding.start, coding.end)
        for coding in codings
        if coding.code is not None and coding.start < coding.end
        for node in nodes.get(coding.code, ())
    ]


def _merged(
    rows: Sequence[tuple[str, int, int, int]], number: Mapping[str, int], lengths: IntArray
) -> Segments:
    """The stretches of each node on the continuum; those that overlap are one."""
    codings = spans.Codings.from_rows([(number[d], 0, node, start, end) for d, node, start, end in rows])
    return spans.merge(spans.join(codings, lengths))


def _met(one: Segments, other: Segments, shape: tuple[int, int]) -> tuple[IntArray, IntArray]:
    """Characters and pairs of stretches that overlap, for each pair of nodes."""
    both = np.zeros(shape[0] * shape[1], dtype=np.int64)
    places = np.zeros_like(both)
    for mine, yours in _pairs(one, other):
        shared = np.minimum(one.end[mine], other.end[yours]) - np.maximum(one.start[mine], other.start[yours])
        cell = one.code[mine] * shape[1] + other.code[yours]
        # sums of whole numbers below 2^53 are exact in the float64 that bincount adds in
        both += np.bincount(cell, shared, minlength=len(both)).astype(np.int64)
        places += np.bincount(cell, minlength=len(both))
    return both.reshape(shape), places.reshape(shape)


def _pairs(one: Segments, other: Segments) -> Iterable[tuple[IntArray, IntArray]]:
    """Places of overlapping stretches in ``one`` and ``other``, a part at a time, each pair once."""
    for outer, inner, swapped in ((one, other, False), (other, one, True)):
        order = np.argsort(inner.start, kind="stable")
        starts = inner.start[order]
        # the inner begins within the outer; where both begin together the first round has the pair
        first = np.searchsorted(starts, outer.start, side="right" if swapped else "left")
        count = np.searchsorted(starts, outer.end, side="left") - first
        for low, high in _parts(count):
            counts = count[low:high]
            of_outer = np.repeat(np.arange(low, high), counts)
            within = np.arange(len(of_outer)) - np.repeat(np.cumsum(counts) - counts, counts)
            of_inner = order[np.repeat(first[low:high], counts) + within]
            yield (of_inner, of_outer) if swapped else (of_outer, of_inner)


def _parts(count: IntArray) -> Iterable[tuple[int, int]]:
    """Ranges of stretches with about ``_AT_A_TIME`` pairs each."""
    total = np.cumsum(count)
    low = 0
    while low < len(count):
        before = int(total[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(total, before + _AT_A_TIME, side="right")))
        yield low, high
        low = high
