"""The spans of a comparison as matching and unitizing see them: merged, on the text that counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.core.agreement import spans, spanstudy
from coder_app.core.agreement.continuum import Continuum
from coder_app.core.agreement.spans import IntArray, Segments
from coder_app.core.agreement.spanstudy import SpanPairs
from coder_app.project.comparing import Compared


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Merged segments of all coders; codes by their place in ``keys``."""

    continuum: Continuum
    merged: Segments
    keys: tuple[str, ...]
    documents: tuple[str, ...]

    def places(self, start: IntArray, end: IntArray) -> list[tuple[str, int, int]]:
        """Stretches of the counted text -> transcript and ``[start, end)`` there."""
        if not len(start):
            return []
        document, first, last = (part.tolist() for part in self.continuum.places(start, end))
        rows = zip(document, first, last, strict=True)
        return [(self.documents[number], begin, finish) for number, begin, finish in rows]

    def matched(self, threshold: float, first: int, second: int) -> SpanPairs:
        """The spans of two coders and which of them match."""
        return spanstudy.match_pair(self.merged, self.continuum.width, threshold, first, second)


def laid(compared: Compared) -> Laid:
    """The spans that a comparison by matching or unitizing measured."""
    gathered, level = compared.gathered, compared.result.level
    continuum = Continuum(gathered.units)
    segments, _ = continuum.lay(gathered.codings)
    nodes = gathered.codes.listed(level, np.unique(segments.code))
    place = np.searchsorted(nodes, gathered.codes.ancestors[level])
    merged = spans.merge(spans.replace(segments, place))
    keys = tuple(gathered.codes.keys[node] for node in nodes.tolist())
    return Laid(continuum, merged, keys, tuple(document.key for document in gathered.units))


def met(merged: Segments, coders: int, width: int) -> tuple[IntArray, IntArray]:
    """For each segment, summed over the other coders: how much they gave the same code, and any code."""
    same, some = np.zeros(len(merged), dtype=np.int64), np.zeros(len(merged), dtype=np.int64)
    everything = spans.marked(merged)
    own = [np.nonzero(merged.coder == coder)[0] for coder in range(coders)]
    for one in range(coders):
        mine = merged.of_coder(one)
        plain = Segments(mine.coder, np.zeros_like(mine.code), mine.start, mine.end)
        for other in range(coders):
            if other != one:
                same[own[one]] += spans.met_lengths(mine, merged.of_coder(other), width)
                some[own[one]] += spans.met_lengths(plain, everything.of_coder(other), width)
    return same, some
