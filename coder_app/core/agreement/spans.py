"""Spans of text as integer arrays: joining, merging, replacing by ancestors, and agreement by characters.

Positions are code points, spans half-open. All documents are laid end to end on one line (a *continuum*);
a span never crosses a document's edge, so spans of different documents can touch but not overlap. Cost
grows with the number of spans, never with the number of characters (SPEC sections 1 and 4c).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coder_app.core.agreement.twobytwo import Table

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def integers(values: ArrayLike) -> IntArray:
    """A one-dimensional array of 64-bit integers; an empty list gives an empty one."""
    return np.asarray(values, dtype=np.int64).reshape(-1)


@dataclass(frozen=True, slots=True, eq=False)
class Codings:
    """Codings as parallel arrays: places in lists of documents, coders and codes, and ``[start, end)``."""

    document: IntArray
    coder: IntArray
    code: IntArray
    start: IntArray
    end: IntArray

    @classmethod
    def of(
        cls, document: ArrayLike, coder: ArrayLike, code: ArrayLike, start: ArrayLike, end: ArrayLike
    ) -> Codings:
        """From lists or arrays of equal length. Raises ValueError for unequal lengths."""
        parts = [integers(part) for part in (document, coder, code, start, end)]
        if len({len(part) for part in parts}) > 1:
            raise ValueError("The arrays of a coding have equal lengths.")
        return cls(*parts)

    @classmethod
    def from_rows(cls, rows: Sequence[tuple[int, int, int, int, int]]) -> Codings:
        """From rows (document, coder, code, start, end)."""
        table = np.array(rows, dtype=np.int64).reshape(-1, 5)
        return cls(*(table[:, column].copy() for column in range(5)))

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Spans on the continuum, in no particular order before :func:`merge`."""

    coder: IntArray
    code: IntArray
    start: IntArray
    end: IntArray

    def __len__(self) -> int:
        return len(self.start)

    def where(self, mask: BoolArray) -> Segments:
        """Those for which ``mask`` is true."""
        return Segments(self.coder[mask], self.code[mask], self.start[mask], self.end[mask])

    def of_coder(self, coder: int) -> Segments:
        return self.where(self.coder == coder)


def distinct(values: IntArray) -> IntArray:
    """The different values, sorted (sorting takes a third of the time that ``numpy.unique`` does)."""
    ordered = np.sort(values)
    fresh = np.ones(len(ordered), dtype=np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]


def offsets(lengths: ArrayLike) -> IntArray:
    """Where each document starts on the continuum; one number more than documents, the last its length."""
    return np.concatenate([[0], np.cumsum(integers(lengths))]).astype(np.int64)


def join(codings: Codings, lengths: ArrayLike) -> Segments:
    """Lay the codings on the continuum.

    Raises ValueError for a document that does not exist and a span that is empty or leaves its document.
    """
    sizes = integers(lengths)
    if len(codings) and not (codings.document.min() >= 0 and codings.document.max() < len(sizes)):
        raise ValueError("A coding names a document that is not there.")
    inside = (codings.start >= 0) & (codings.start < codings.end) & (codings.end <= sizes[codings.document])
    if not inside.all():
        raise ValueError("A coding is empty or reaches beyond its document.")
    shift = offsets(sizes)[codings.document]
    return Segments(codings.coder, codings.code, codings.start + shift, codings.end + shift)


def replace(segments: Segments, ancestor: ArrayLike) -> Segments:
    """Each code replaced by ``ancestor[code]``; merge afterwards."""
    return Segments(segments.coder, integers(ancestor)[segments.code], segments.start, segments.end)


def merge(segments: Segments) -> Segments:
    """Merge what overlaps of one coder and one code, ordered by coder, code and start.

    Spans that only abut (the end of one is the start of the next) stay two, which matters to
    unitizing and matching alone.
    """
    if not len(segments):
        return segments
    order = np.lexsort((segments.start, segments.code, segments.coder))
    coder, code = segments.coder[order], segments.code[order]
    start, end = segments.start[order], segments.end[order]
    fresh = np.ones(len(order), dtype=np.bool_)
    fresh[1:] = (coder[1:] != coder[:-1]) | (code[1:] != code[:-1])
    shift = (np.cumsum(fresh) - 1) * (int(end.max()) + 1)
    reached = np.maximum.accumulate(end + shift)
    fresh[1:] |= start[1:] + shift[1:] >= reached[:-1]
    first = np.nonzero(fresh)[0]
    last = np.append(first[1:], len(order)) - 1
    return Segments(coder[first], code[first], start[first], (reached - shift)[last])


def codes_overlap(merged: Segments) -> bool:
    """Whether a coder's different codes overlap anywhere (``merged`` by :func:`merge`)."""
    order = np.lexsort((merged.start, merged.coder))
    coder, start, end = merged.coder[order], merged.start[order], merged.end[order]
    if len(order) < 2:
        return False
    shift = coder * (int(end.max()) + 1)
    reached = np.maximum.accumulate(end + shift)
    return bool(((coder[1:] == coder[:-1]) & (start[1:] + shift[1:] < reached[:-1])).any())


def marked(segments: Segments) -> Segments:
    """Everything a coder coded as one code 0, merged: did the coders find the same places?"""
    return merge(Segments(segments.coder, np.zeros_like(segments.code), segments.start, segments.end))


def covered_below(positions: IntArray, start: IntArray, end: IntArray) -> IntArray:
    """How much of the sorted disjoint spans lies below each position."""
    if not len(start):
        return np.zeros(len(positions), dtype=np.int64)
    before = np.concatenate([[0], np.cumsum(end - start)])
    place = np.searchsorted(start, positions, side="right") - 1
    begun = np.maximum(place, 0)
    partial = np.minimum(positions, end[begun]) - start[begun]
    return np.where(place < 0, 0, before[begun] + partial).astype(np.int64)


def met_lengths(one: Segments, other: Segments, width: int) -> IntArray:
    """For each merged segment of ``one`` how many characters of it ``other`` gave the same code.

    Each holds merged segments of a single coder; ``width`` is the continuum's length.
    """
    stride = width + 1
    order = np.lexsort((other.start, other.code))
    start = (other.start + other.code * stride)[order]
    end = (other.end + other.code * stride)[order]
    shift = one.code * stride
    return covered_below(one.end + shift, start, end) - covered_below(one.start + shift, start, end)


def sum_by_code(code: IntArray, amounts: IntArray, n_codes: int) -> IntArray:
    """Sums of whole numbers for each code."""
    sums = np.zeros(n_codes, dtype=np.int64)
    np.add.at(sums, code, amounts)
    return sums


def character_tables(
    merged: Segments, width: int, n_codes: int, pair: tuple[int, int] = (0, 1)
) -> list[Table]:
    """The 2 x 2 table of each code, counted in characters of all documents together (SPEC section 4c)."""
    a, b = merged.of_coder(pair[0]), merged.of_coder(pair[1])
    both = sum_by_code(a.code, met_lengths(a, b, width), n_codes)
    coded_a = sum_by_code(a.code, a.end - a.start, n_codes)
    coded_b = sum_by_code(b.code, b.end - b.start, n_codes)
    return tables_of(both, coded_a, coded_b, width)


def tables_of(both: IntArray, coded_a: IntArray, coded_b: IntArray, n: int) -> list[Table]:
    """Tables from what both coded, what each coded, and the number of units."""
    return [
        Table(x, a - x, b - x, n - a - b + x)
        for x, a, b in zip(both.tolist(), coded_a.tolist(), coded_b.tolist(), strict=True)
    ]
