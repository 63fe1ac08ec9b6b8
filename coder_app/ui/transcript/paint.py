"""Highlights under the words: tints, lines, hatching, frames, matches, for visible blocks only."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QPolygonF, QTextBlock

from coder_app.core import spans
from coder_app.ui.transcript.colors import UNNAMED, TranscriptColors, blend, tint, visible
from coder_app.ui.transcript.geometry import Geometry
from coder_app.ui.transcript.highlights import HighlightIndex, Placed

Range = tuple[int, int]
FOOT = 4.0
"""Pixels by which the bracket of a meaning unit reaches over its words."""
MAX_LINES = 3
"""Lines of other coders drawn below each other under the same words; more would reach the next line."""


@dataclass(slots=True)
class _Shapes:
    """What lies under one block, relative to its origin."""

    tints: list[tuple[QRectF, QColor]] = field(default_factory=list)
    lines: list[tuple[QRectF, QColor]] = field(default_factory=list)
    unnamed: list[QRectF] = field(default_factory=list)
    units: list[tuple[Range, QPolygonF]] = field(default_factory=list)
    """Each meaning unit's brackets that stand here."""


class Underlay:
    """Paints what lies under the words; remembers the boxes of a block until it changes."""

    def __init__(self, geometry: Geometry, index: HighlightIndex, colors: TranscriptColors) -> None:
        self._geometry = geometry
        self._index = index
        self._colors = colors
        self._shapes: dict[int, _Shapes] = {}
        self._generation = -1
        self.matches: list[Range] = []
        self.current_match: Range | None = None
        self.notes: list[Range] = []
        """Passages that memos are written on."""
        self.units: Sequence[Range] = ()
        """The meaning units, in order; a thin bracket stands before and behind each."""
        self.unit: Range | None = None
        """The meaning unit that one has stepped to."""
        self.editable = True
        """Whether ends of codings can be moved at all."""
        self.selected: str | None = None
        self.hovered: str | None = None
        self.proposal: Range | None = None
        """The range that the chosen coding would get while one of its ends is dragged."""
        self.target: Range | None = None
        """The range that a code held over the page would be put on."""

    def forget(self, blocks: Iterable[int]) -> None:
        """These blocks hold other highlights now."""
        for number in blocks:
            self._shapes.pop(number, None)

    def set_units(self, units: Sequence[Range]) -> None:
        """Show these meaning units (in order, not overlapping)."""
        self.units = units
        self._shapes.clear()

    def paint(self, painter: QPainter, top: float, bottom: float) -> None:
        """Paint between two y of the document; the painter stands at the document's origin."""
        if self._generation != self._geometry.generation:
            self._shapes.clear()
            self._generation = self._geometry.generation
        blocks = list(self._geometry.blocks(top, bottom))
        for block in blocks:
            self._paint_block(painter, block)
        self._paint_notes(painter, blocks)
        self._paint_matches(painter, blocks)
        for frame in self._frames():
            self._paint_frame(painter, blocks, *frame)

    def frame_range(self) -> Range | None:
        """The range of the chosen coding, as it is being dragged."""
        chosen = self._index.get(self.selected)
        return self.proposal or (chosen.start, chosen.end) if chosen else None

    def handle_range(self) -> Range | None:
        """As ``frame_range``, where its ends may be moved: an own coding in a project that can be changed."""
        chosen = self._index.get(self.selected)
        return self.frame_range() if self.editable and chosen and chosen.highlight.mine else None

    def _frames(self) -> list[tuple[Range, float, int]]:
        """Range, width of the pen and opacity (0 to 255) of the frames to draw."""
        frames: list[tuple[Range, float, int]] = []
        hovered = self._index.get(self.hovered)
        if hovered and self.hovered != self.selected:
            frames.append(((hovered.start, hovered.end), 1.0, 150))
        chosen = self.frame_range()
        if chosen:
            frames.append((chosen, 1.6, 255))
        if self.target:
            frames.append((self.target, 2.4, 255))
        return frames

    def _paint_block(self, painter: QPainter, block: QTextBlock) -> None:
        number = block.blockNumber()
        shapes = self._shapes.get(number)
        if shapes is None:
            shapes = self._shapes[number] = self._build(block, self._index.in_block(number))
        origin = _rounded(block.layout().position())
        for box, color in shapes.tints:
            painter.fillRect(box.translated(origin), color)
        for box in shapes.unnamed:
            self._paint_unnamed(painter, box.translated(origin))
        for box, color in shapes.lines:
            painter.fillRect(box.translated(origin), color)
        for place, bracket in shapes.units:
            self._paint_bracket(painter, bracket.translated(origin), current=place == self.unit)

    def _paint_bracket(self, painter: QPainter, bracket: QPolygonF, *, current: bool) -> None:
        """A hairline with a foot towards its unit; stronger round the one that is worked on."""
        colors = self._colors
        quiet = blend(colors.muted, colors.page, 0.75)
        painter.setPen(QPen(QColor(colors.accent if current else quiet), 2 if current else 1))
        painter.drawPolyline(bracket)

    def _build(self, block: QTextBlock, placed: Sequence[Placed]) -> _Shapes:
        shapes = _Shapes()
        self._build_units(shapes, block)
        if not placed:
            return shapes
        tinted = [item for item in placed if item.highlight.mine and not item.highlight.unnamed]
        tinted.sort(key=lambda item: item.start - item.end)  # the smallest lies uppermost
        for piece in spans.pieces([(item.start, item.end) for item in tinted]):
            colors = tuple(tinted[i].highlight.color for i in piece.over)
            shade = tint(colors, self._colors)
            shapes.tints += [(box, shade) for box in self._geometry.boxes(block, piece.start, piece.end)]
        for item in placed:
            if item.highlight.unnamed:
                shapes.unnamed += self._geometry.boxes(block, item.start, item.end)
        self._build_lines(shapes, block, [item for item in placed if not item.highlight.mine])
        return shapes

    def _build_lines(self, shapes: _Shapes, block: QTextBlock, others: Sequence[Placed]) -> None:
        packed = spans.lanes([(item.start, item.end) for item in others])
        for item, lane in zip(others, packed, strict=True):
            if lane.number >= MAX_LINES:
                continue
            color = visible(UNNAMED if item.highlight.unnamed else item.highlight.color, self._colors)
            for box in self._geometry.boxes(block, item.start, item.end):
                line = QRectF(box.left(), box.bottom() - 1 + 3 * lane.number, box.width(), 2)
                shapes.lines.append((line, color))

    def _build_units(self, shapes: _Shapes, block: QTextBlock) -> None:
        low, high = block.position(), block.position() + block.length()
        first = bisect_right(self.units, low, key=lambda place: place[1])
        last = bisect_left(self.units, high, key=lambda place: place[0])
        for place in self.units[first:last]:
            for unit, leading in ((place[0], True), (place[1], False)):
                if low <= unit - (0 if leading else 1) < high:
                    shapes.units.append((place, self._bracket(block, unit, leading=leading)))

    def _bracket(self, block: QTextBlock, unit: int, *, leading: bool) -> QPolygonF:
        x, top, bottom, to_the_right = self._geometry.edge(block, unit, leading=leading)
        x, top, bottom = round(x) + (-1.5 if to_the_right else 1.5), round(top) - 2.5, round(bottom) + 2.5
        foot = x + (FOOT if to_the_right else -FOOT)
        ends = ((foot, top), (x, top), (x, bottom)) if leading else ((x, top), (x, bottom), (foot, bottom))
        return QPolygonF([QPointF(*end) for end in ends])

    def _paint_unnamed(self, painter: QPainter, box: QRectF) -> None:
        ink = visible(UNNAMED, self._colors, 2.6)
        hatch = QColor(ink)
        hatch.setAlpha(110)
        painter.setBrushOrigin(0, 0)
        painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        pen = QPen(ink, 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_notes(self, painter: QPainter, blocks: Sequence[QTextBlock]) -> None:
        """A dotted line under the words that a memo is about."""
        if not self.notes or not blocks:
            return
        first, last = blocks[0].position(), blocks[-1].position() + blocks[-1].length()
        pen = QPen(QColor(self._colors.accent), 2, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1, 2])
        painter.setPen(pen)
        for note in self.notes:
            if note[1] <= first or note[0] >= last:
                continue
            for block in blocks:
                origin = _rounded(block.layout().position())
                for box in self._geometry.boxes(block, *note):
                    y = box.bottom() + 1
                    painter.drawLine(QPointF(box.left(), y) + origin, QPointF(box.right(), y) + origin)

    def _paint_matches(self, painter: QPainter, blocks: Sequence[QTextBlock]) -> None:
        if not blocks or not self.matches:
            return
        first = blocks[0].position()
        last = blocks[-1].position() + blocks[-1].length()
        for match in self.matches:
            if match[1] <= first or match[0] >= last:
                continue
            current = match == self.current_match
            color = QColor(self._colors.find_current if current else self._colors.find)
            for block in blocks:
                origin = _rounded(block.layout().position())
                for box in self._geometry.boxes(block, *match, pad=1):
                    painter.fillRect(box.translated(origin), color)
                    painter.fillRect(
                        QRectF(box.left(), box.bottom() - 1, box.width(), 2).translated(origin),
                        QColor(self._colors.accent if current else self._colors.muted),
                    )

    def _paint_frame(
        self, painter: QPainter, blocks: Sequence[QTextBlock], place: Range, width: float, opacity: int
    ) -> None:
        path = QPainterPath()
        for block in blocks:
            origin = _rounded(block.layout().position())
            for box in self._geometry.boxes(block, *place, pad=3):
                path.addRect(box.translated(origin).adjusted(-1.5, 0.5, 1.5, -0.5))
        color = QColor(self._colors.accent)
        color.setAlpha(opacity)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path.simplified())
        painter.restore()


def _rounded(point: QPointF) -> QPointF:
    return QPointF(round(point.x()), round(point.y()))
