"""The continuum cut into units, or laid on a line of characters or tokens, at any level of the codebook."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from coder_app.core.agreement import continuum, levels, spans, units
from coder_app.core.agreement.codelist import CodeList
from coder_app.core.agreement.continuum import Continuum, Line
from coder_app.core.agreement.spans import IntArray, Segments
from coder_app.core.agreement.views import View
from coder_app.core.model import Level, UnitKind


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What :func:`compare` was asked, ready to be cut at any level."""

    kind: UnitKind
    coders: tuple[str, ...]
    keys: tuple[str, ...]
    """Of the documents."""
    codes: CodeList
    level: Level
    levels: tuple[Level, ...]
    continuum: Continuum
    segments: Segments
    """With a code, as given; not merged."""
    unnamed: Segments
    """Passages without a code; their code is 0."""
    unit_min_chars: int
    threshold: float

    def merged(self, level: Level, segments: Segments) -> tuple[Segments, tuple[str, ...]]:
        """The segments at a level, and the keys of what is listed there."""
        nodes = self.codes.listed(level, np.unique(self.segments.code))
        place = np.searchsorted(nodes, self.codes.ancestors[level])
        keys = tuple(self.codes.keys[node] for node in nodes.tolist())
        return spans.merge(spans.replace(segments, place)), keys


class Cut:
    """The continuum cut into units, or laid on a line of characters or tokens."""

    def __init__(self, asked: Asked, extra: IntArray | None = None) -> None:
        self.asked = asked
        self.n_coders = len(asked.coders)
        self.line = line_of(asked, asked.segments)
        self._extra = np.zeros(0, dtype=np.int64) if extra is None else extra

    def view(self, level: Level) -> View:
        """The units with each coder's codes at a level."""
        segments = self.asked.segments if self.line is None else self.line.segments
        merged, keys = self.asked.merged(level, segments)
        return self._view(merged, keys)

    def marked(self, lowest: View) -> View:
        """The units marked or not: those that carry a code in ``lowest`` or passages without one."""
        asked = self.asked
        line = line_of(asked, asked.unnamed)
        if self.line is not None and line is not None:
            return self._view(spans.marked(_both(self.line.segments, line.segments)), (levels.MARKED,))
        unnamed = self._view(spans.marked(asked.unnamed), (levels.MARKED,)).incidence
        given = lowest.incidence
        pairs = [np.union1d(given.units[c], unnamed.units[c]) for c in range(self.n_coders)]
        own = units.Incidence(
            1, given.weights, tuple(pairs), tuple(np.zeros_like(pair) for pair in pairs), given.seen
        )
        return replace(lowest, keys=(levels.MARKED,), incidence=own)

    def _view(self, merged: Segments, keys: tuple[str, ...]) -> View:
        asked, line = self.asked, self.line
        if line is None:
            start, end, places = asked.continuum.units
            incidence = units.fixed_units(merged, start, end, self.n_coders, len(keys), asked.unit_min_chars)
        else:
            breaks = np.concatenate([line.breaks, self._extra])
            incidence, bounds = units.character_stretches(merged, breaks, self.n_coders, len(keys))
            start, places = bounds[:-1], line.places(bounds[:-1], bounds[1:])
        return View(keys, incidence, asked.keys, *places, line is not None, start)


def line_of(asked: Asked, segments: Segments) -> Line | None:
    """The line of tokens or characters on which segments are laid; None for units fixed beforehand."""
    if asked.kind is UnitKind.TOKEN:
        return continuum.of_tokens(asked.continuum, segments)
    return continuum.of_characters(asked.continuum, segments) if not asked.kind.fixed else None


def _both(one: Segments, other: Segments) -> Segments:
    return Segments(
        np.concatenate([one.coder, other.coder]),
        np.concatenate([one.code, other.code]),
        np.concatenate([one.start, other.start]),
        np.concatenate([one.end, other.end]),
    )
