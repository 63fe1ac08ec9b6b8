"""The plan of the gutter: which stripe stands in which lane, and where its name has room."""

from __future__ import annotations

from bisect import bisect_left
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
    """The stripes round the part of the document that shows.

    Lanes are packed by lines, not by words: two codings in one line stand beside each other even where
    they do not overlap. Packing starts and ends at gaps that no stripe or name crosses, so what is planned
    does not depend on where one has scrolled to.
    """

    def __init__(self, geometry: Geometry, index: HighlightIndex) -> None:
        self._geometry = geometry
        self._index = index
        self._rows: dict[tuple[int, int], tuple[float, float]] = {}
        self._generation = -1
        self._stripes: list[Stripe] = []
        self._key: tuple[float, float] = (0.0, 0.0)
        self.forget()

    def forget(self) -> None:
        """The highlights changed; the lines they stand on are still known."""
        self._from, self._reach = 0.0, -1.0

    def stripes(self, top: float, bottom: float, lanes_width: float, label_height: float) -> list[Stripe]:
        """At least the stripes between two y of the document, in reading order."""
        if self._generation != self._geometry.generation:
            self._rows.clear()
            self._generation = self._geometry.generation
            self.forget()
        if self._key != (lanes_width, label_height):
            self._key = (lanes_width, label_height)
            self.forget()
        if not self._from <= top <= bottom <= self._reach:
            spare = 20 * self._geometry.pitch
            self._from, self._reach = max(0.0, top - spare), bottom + spare
            self._stripes = self._build(lanes_width, label_height)
        return self._stripes

    def _build(self, lanes_width: float, label_height: float) -> list[Stripe]:
        placed: list[Placed] = []
        rows: list[tuple[float, float]] = []
        lowest = 0.0
        for item in self._index.placed[self._first() :]:
            row = self._extent(item)
            if row[0] > self._reach and row[0] - lowest >= 2 * self._geometry.pitch:
                break
            lowest = max(lowest, row[1])
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

    def _first(self) -> int:
        """Where in reading order to begin: above ``_from``, at the last gap of more than a line."""
        placed, furthest = self._index.placed, self._index.furthest
        at = bisect_left(placed, self._geometry.first_line(self._from), key=lambda item: item.start)
        for index in range(min(at, len(placed) - 1), 0, -1):
            end = furthest[index - 1]
            if end <= placed[index].start and not self._joined(end, placed[index].start):
                return index
        return 0

    def _joined(self, end: int, start: int) -> bool:
        """Whether the line before position ``end`` and that of ``start`` are within two lines."""
        low = self._geometry.row(max(0, end - 1))[1]
        return self._geometry.row(start)[0] - low < 2 * self._geometry.pitch

    def _extent(self, item: Placed) -> tuple[float, float]:
        """Top of the line in which a highlight begins, bottom of that in which it ends."""
        known = self._rows.get((item.start, item.end))
        if known is None:
            top = self._geometry.row(item.start)[0]
            known = top, self._geometry.row(max(item.start, item.end - 1))[1]
            self._rows[item.start, item.end] = known
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
