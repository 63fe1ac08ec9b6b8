"""The text that counts, laid end to end: documents, the parts of them that count, and their units.

A *part* is a stretch of a document whose words count, such as a participant's turn. What lies between
parts (interviewers, names, time stamps) is taken out before anything is measured, so that a coding that
runs across it stays one coding and covers only what counts. Positions on the continuum are code points of
counted text; documents never meet on it. Places go back to the documents' own positions at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike

from coder_app.core.agreement.spans import (
    BoolArray,
    Codings,
    IntArray,
    Segments,
    covered_below,
    integers,
    join,
    offsets,
)


@dataclass(frozen=True, slots=True, eq=False)
class DocumentUnits:
    """A document by its key, its length in code points, its units in order, and what of it counts.

    Units and parts are intervals ``[start, end)`` of the document, in order and not overlapping; units are
    trimmed (:func:`units.trim_units`), so that a span that runs over a line break does not leak into the
    next one. Without ``parts`` the whole document counts. For tokens the units are the tokens; characters,
    matched spans and unitizing look at no units. ``blocks`` are the positions where blocks of text begin
    that a bootstrap may draw as a whole (paragraphs); without them a block is a part.
    """

    key: str
    length: int
    units: ArrayLike = ()
    parts: ArrayLike | None = None
    blocks: ArrayLike | None = None


Places = tuple[IntArray, IntArray, IntArray]
"""Document (its place in the list), start and end within it, for each of several stretches."""


class Continuum:
    """Where the documents' counted parts stand on one line.

    Raises ValueError for parts or units that reach beyond their document, overlap or are out of order.
    """

    def __init__(self, documents: Sequence[DocumentUnits]) -> None:
        self._documents = documents
        lengths = [document.length for document in documents]
        self._lengths = lengths
        self._raw = offsets(lengths)
        self._part_start, self._part_end, self._part_document = self._intervals(
            [[(0, d.length)] if d.parts is None and d.length else d.parts for d in documents]
        )
        sizes = self._part_end - self._part_start
        self.before = offsets(sizes)
        """Where each part begins on the continuum, and behind the last its end."""
        self.edges = offsets(np.bincount(self._part_document, sizes, len(lengths)).astype(np.int64))
        """Where each document begins on the continuum, and behind the last its end."""
        self.width = int(self.before[-1])

    def _intervals(self, given: Sequence[ArrayLike | None]) -> Places:
        """Intervals of each document at raw positions: start, end, document."""
        parts = [np.asarray(() if part is None else part, dtype=np.int64).reshape(-1, 2) for part in given]
        document = np.repeat(np.arange(len(parts)), [len(part) for part in parts]).astype(np.int64)
        rows = np.concatenate([*parts, np.zeros((0, 2), dtype=np.int64)])
        start, end = rows[:, 0] + self._raw[document], rows[:, 1] + self._raw[document]
        if (rows[:, 0] < 0).any() or (end > self._raw[document + 1]).any():
            raise ValueError("A unit reaches beyond its document.")
        if (start >= end).any() or (start[1:] < end[:-1]).any():
            raise ValueError("Units are in order, do not overlap and are not empty.")
        return start, end, document

    def squeezed(self, positions: IntArray) -> IntArray:
        """Raw positions -> how much counted text lies before them."""
        if self.width == self._raw[-1]:
            return positions
        return covered_below(positions, self._part_start, self._part_end)

    def lay(self, codings: Codings) -> tuple[Segments, BoolArray]:
        """The codings as far as they cover counted text, and which of them do.

        Raises ValueError for a document that does not exist and a span that is empty or leaves its document.
        """
        raw = join(codings, self._lengths)
        start, end = self.squeezed(raw.start), self.squeezed(raw.end)
        kept = start < end
        return Segments(raw.coder, raw.code, start, end).where(kept), kept

    def places(self, start: IntArray, end: IntArray) -> Places:
        """Stretches of the continuum (not empty) -> where they are in the documents."""
        first = np.searchsorted(self.before, start, side="right") - 1
        last = np.searchsorted(self.before, end, side="left") - 1
        document = self._part_document[first]
        raw_start = self._part_start[first] + start - self.before[first]
        raw_end = self._part_start[last] + end - self.before[last]
        return document, raw_start - self._raw[document], raw_end - self._raw[document]

    @cached_property
    def units(self) -> tuple[IntArray, IntArray, Places]:
        """Start and end of the units on the continuum, and their places; without those that do not count."""
        raw_start, raw_end, document = self._intervals([document.units for document in self._documents])
        start, end = self.squeezed(raw_start), self.squeezed(raw_end)
        kept = start < end
        document, shift = document[kept], self._raw[document[kept]]
        return start[kept], end[kept], (document, raw_start[kept] - shift, raw_end[kept] - shift)

    @cached_property
    def blocks(self) -> IntArray:
        """Where the blocks begin that a bootstrap draws, and behind the last its end."""
        begun = [
            self.squeezed(integers(document.blocks) + at)
            for document, at in zip(self._documents, self._raw.tolist(), strict=False)
            if document.blocks is not None
        ]
        own = [self.before] if len(begun) < len(self._documents) else []
        return np.unique(np.concatenate([self.edges, *own, *begun]))


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of characters or of tokens, with everybody's segments on it."""

    segments: Segments
    width: int
    """Characters, or tokens."""
    breaks: IntArray
    """Positions that no stretch may cross: the edges of documents and of counted parts."""
    continuum: Continuum
    token_start: IntArray | None = None
    token_end: IntArray | None = None

    def places(self, start: IntArray, end: IntArray) -> Places:
        """Stretches of the line -> where they are in the documents."""
        if self.token_start is None or self.token_end is None:
            return self.continuum.places(start, end)
        return self.continuum.places(self.token_start[start], self.token_end[end - 1])

    def blocks(self) -> IntArray:
        """Where on the line the blocks begin that a bootstrap draws, and the end of the last."""
        if self.token_start is None:
            return self.continuum.blocks
        return np.unique(np.searchsorted(self.token_start, self.continuum.blocks))


def of_characters(continuum: Continuum, segments: Segments) -> Line:
    """Every code point counts one."""
    return Line(segments, continuum.width, continuum.before, continuum)


def of_tokens(continuum: Continuum, segments: Segments) -> Line:
    """Every token counts one, and carries what touches it (SPEC section 4c)."""
    start, end, _ = continuum.units
    first = np.searchsorted(end, segments.start, side="right")
    last = np.searchsorted(start, segments.end, side="left")
    touched = first < last
    own = Segments(segments.coder, segments.code, first, last).where(touched)
    breaks = np.searchsorted(start, continuum.before)
    return Line(own, len(start), breaks.astype(np.int64), continuum, start, end)
