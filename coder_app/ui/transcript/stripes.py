"""The plan of the gutter: which stripe stands in which lane, and where its name has room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coder_app.core import spans
from coder_app.ui.transcript.geometry import Geometry
from coder_app.ui.transcript.highlights import HighlightIndex, Placed

LANE = 10
"""Width of a lane in pixels while there is room; also the area that a click hits."""
MIN_LANE = 4


@dataclass(frozen=True, slots=True)
class Stripe:
    """A stripe in document coordinates; ``x`` counts from the side of the text."""

    placed: Placed
    top: float
    bottom: float
    x: float
    width: float
    label_x: float
    label_top: float | None
    """Where the name is written, or None where it has no room."""


class StripePlan:
    """Stripes from the top of the document down to where they were asked for.

    Lanes are packed by lines, not by words: two codings in one line stand beside each other even where
    they do not overlap. What stands above never moves because of what follows.
    """

    def __init__(self, geometry: Geometry, index: HighlightIndex) -> None:
        self._geometry = geometry
        self._index = index
        self._rows: dict[tuple[int, int], tuple[float, float]] = {}
        self._generation = -1
        self._stripes: list[Stripe] = []
        self._reach = -1.0
        self._key: tuple[float, float] = (0.0, 0.0)

    def forget(self) -> None:
        """The highlights changed; the lines they stand on are still known."""
        self._reach = -1.0

    def stripes(self, bottom: float, lanes_width: float, label_height: float) -> list[Stripe]:
        """The stripes that begin above ``bottom`` (y of the document), in reading order."""
        if self._generation != self._geometry.generation:
            self._rows.clear()
            self._generation = self._geometry.generation
            self._reach = -1.0
        if self._key != (lanes_width, label_height):
            self._key = (lanes_width, label_height)
            self._reach = -1.0
        if self._reach < bottom:
            self._reach = bottom + 40 * self._geometry.pitch
            self._stripes = self._build(lanes_width, label_height)
        return self._stripes

    def _build(self, lanes_width: float, label_height: float) -> list[Stripe]:
        placed: list[Placed] = []
        rows: list[tuple[float, float]] = []
        for item in sorted(self._index.placed, key=spans.reading_order):
            row = self._extent(item)
            if row[0] > self._reach:
                break
            placed.append(item)
            rows.append(row)
        lanes = spans.lanes([(round(top), round(bottom)) for top, bottom in rows])
        labels = self._labels(rows, label_height)
        found: list[Stripe] = []
        for item, (top, bottom), lane, label in zip(placed, rows, lanes, labels, strict=True):
            width = max(MIN_LANE, min(LANE, lanes_width / lane.count))
            shown = min(lane.number, max(0, int(lanes_width // width) - 1))
            edge = min(lane.count * width, lanes_width)
            found.append(Stripe(item, top, bottom, shown * width, width, edge, label))
        return found

    def _extent(self, item: Placed) -> tuple[float, float]:
        known = self._rows.get((item.start, item.end))
        if known is None:
            top = self._geometry.row(item.start)[0]
            bottom = top + 1
            if top <= self._reach:
                bottom = self._geometry.row(max(item.start, item.end - 1))[1]
                known = self._rows[item.start, item.end] = top, bottom
            return top, bottom
        return known

    def _labels(self, rows: Sequence[tuple[float, float]], height: float) -> list[float | None]:
        """Tops of the names: at the beginning of the stripe, or below the names already there as long as
        that is still beside the stripe or a line further.
        """
        found: list[float | None] = []
        free = float("-inf")
        for top, bottom in rows:
            place = max(top, free)
            if place + height <= bottom + self._geometry.pitch:
                found.append(place)
                free = place + height
            else:
                found.append(None)
        return found
