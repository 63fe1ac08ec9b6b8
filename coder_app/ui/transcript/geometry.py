"""Where things stand on the page: visible blocks, boxes of ranges, the character under a point.

The only helper that asks Qt's layout. Positions are UTF-16 units. Boxes of a block are relative to
the block's own origin, so they stay right while the page scrolls and grows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QTextBlock, QTextDocument, QTextLayout, QTextLine

from coder_app.ui.transcript.document import line_pitch
from coder_app.ui.transcript.source import Source


class Geometry:
    """Boxes on one laid out document."""

    def __init__(self, document: QTextDocument, source: Source, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        self._document = document
        self._source = source
        self.ascent = metrics.ascent()
        self.descent = metrics.descent()
        self.pitch = line_pitch(font)
        self._last = 0
        self.generation = 0
        """Grows when lines break anew, so that everything remembered about boxes is out of date."""

    def forget(self) -> None:
        """Lines break anew (width, font): remembered boxes are out of date."""
        self.generation += 1

    def laid_out(self, block: QTextBlock) -> QTextLayout:
        """The block's layout, with its lines made."""
        self._document.documentLayout().blockBoundingRect(block)
        return block.layout()

    def block_top(self, block: QTextBlock) -> float:
        """The y of the block's first line in the document."""
        return float(self.laid_out(block).position().y())

    def blocks(self, top: float, bottom: float) -> Iterator[QTextBlock]:
        """The blocks that show between two y of the document, from above."""
        block = self.block_at(top)
        while block.isValid() and self.block_top(block) <= bottom:
            yield block
            block = block.next()

    def block_at(self, y: float) -> QTextBlock:
        """The last block that begins at or above ``y``, else the first.

        Walks from the block found last time and lays out no further than it walks; Qt's ``hitTest`` visits
        every block below and, while the layout is not finished, names the last one for points above the
        first line.
        """
        block = self._document.findBlockByNumber(self._last)
        if not block.isValid():
            block = self._document.begin()
        while self.block_top(block) > y and block.previous().isValid():
            block = block.previous()
        while block.next().isValid() and self.block_top(block.next()) <= y:
            block = block.next()
        self._last = block.blockNumber()
        return block

    def first_line(self, y: float) -> int:
        """Where the first line begins whose words reach below ``y``."""
        block = self.block_at(y)
        while block.isValid():
            layout = self.laid_out(block)
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                if layout.position().y() + line.y() + line.ascent() + self.descent > y:
                    return block.position() + line.textStart()
            block = block.next()
        return max(0, self._document.characterCount() - 1)

    def boxes(self, block: QTextBlock, start: int, end: int, pad: float = 2.0) -> list[QRectF]:
        """The boxes round the words of ``[start, end)`` in one block, a line's from left to right.

        Each is as high as the font plus ``pad`` above and below, whatever scripts the line holds.
        """
        layout = self.laid_out(block)
        low = max(0, start - block.position())
        high = min(block.length() - 1, end - block.position())
        found: list[QRectF] = []
        if low >= high or not layout.lineCount():
            return found
        line_number = layout.lineForTextPosition(low).lineNumber()
        while 0 <= line_number < layout.lineCount():
            line = layout.lineAt(line_number)
            first = line.textStart()
            if first >= high:
                break
            base = line.y() + line.ascent()
            top, height = base - self.ascent - pad, self.ascent + self.descent + 2 * pad
            for left, right in self._extents(
                block, line, max(low, first), min(high, first + line.textLength())
            ):
                found.append(
                    QRectF(round(left), round(top), max(1, round(right) - round(left)), round(height))
                )
            line_number += 1
        return found

    def row(self, unit: int) -> tuple[float, float]:
        """Top and bottom in the document of the line that holds position ``unit``."""
        block = self._document.findBlock(unit)
        layout = self.laid_out(block)
        y = layout.position().y()
        line = layout.lineForTextPosition(unit - block.position())
        if not line.isValid():
            return float(y), float(y + self.pitch)
        base = y + line.y() + line.ascent()
        return float(base - self.ascent), float(base + self.descent)

    def character_at(self, point: QPointF) -> int | None:
        """The position of the character whose box holds ``point`` of the document, or None beside words."""
        found = self._box_at(point)
        if found is None:
            return None
        start, _, box = found
        return start if box.adjusted(0, -2, 0, 2).contains(point) else None

    def caret_at(self, point: QPointF) -> int:
        """Where a caret goes for a point of the document: the nearer edge of the character there.

        Qt's own answer is the end of the line for the right half of a letter with two or more marks
        (``QTextLine.xToCursor`` of Qt 6.11), so it is asked only for points beside words.
        """
        block, line = self._line_at(point)
        if line is None:
            return block.position()
        found = self._box_at(point)
        if found is None:
            answer: Any = line.xToCursor(point.x() - block.layout().position().x())
            return block.position() + int(answer)
        start, end, box = found
        rtl = self._source.has_rtl(block.blockNumber()) and self._is_rtl(
            block.layout(), start - block.position()
        )
        return start if (point.x() < box.center().x()) != rtl else end

    def _box_at(self, point: QPointF) -> tuple[int, int, QRectF] | None:
        """Start, end and box (in the document) of the character in the line and column of a point."""
        block, line = self._line_at(point)
        if line is None:
            return None
        layout = block.layout()
        place, last = line.textStart(), line.textStart() + line.textLength()
        while place < last:
            after = min(layout.nextCursorPosition(place), last)
            if after <= place:
                return None
            for box in self.boxes(block, block.position() + place, block.position() + after):
                inside = box.translated(layout.position())
                if inside.left() <= point.x() < inside.right():
                    return block.position() + place, block.position() + after, inside
            place = after
        return None

    def _line_at(self, point: QPointF) -> tuple[QTextBlock, QTextLine | None]:
        """The block and the nearest of its lines; a line's band is ``pitch`` high, round the words."""
        block = self.block_at(point.y())
        layout = self.laid_out(block)
        room = (self.pitch - self.ascent - self.descent) / 2
        line: QTextLine | None = None
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if point.y() < layout.position().y() + line.y() + line.ascent() + self.descent + room:
                break
        return block, line

    def caret_x(self, block: QTextBlock, unit: int, *, leading: bool) -> float:
        """The x of the edge of a range: of its first character (``leading``) or of its last."""
        layout = self.laid_out(block)
        local = unit - block.position()
        near = local if leading else layout.previousCursorPosition(local)
        far = layout.nextCursorPosition(local) if leading else local
        boxes = self.boxes(block, block.position() + near, block.position() + far)
        if not boxes:
            line = layout.lineForTextPosition(local)
            return _x(line, local) if line.isValid() else 0.0
        edge = boxes[0] if leading else boxes[-1]
        right_to_left = self._source.has_rtl(block.blockNumber()) and self._is_rtl(layout, near)
        return float(edge.left() if leading != right_to_left else edge.right())

    def edge(self, block: QTextBlock, unit: int, *, leading: bool) -> tuple[float, float, float, bool]:
        """The edge of a range within one block: x, top and bottom from the block's origin, and whether the
        range lies to the right of it. ``unit`` as in `caret_x`.
        """
        local = unit - block.position() - (0 if leading else 1)
        x = self.caret_x(block, unit, leading=leading)
        top, bottom = self.row(block.position() + local)
        origin = block.layout().position().y()
        rtl = self._source.has_rtl(block.blockNumber()) and self._is_rtl(block.layout(), local)
        return x, top - origin, bottom - origin, leading != rtl

    def _is_rtl(self, layout: QTextLayout, local: int) -> bool:
        line = layout.lineForTextPosition(local)
        runs = line.glyphRuns(local, 1) if line.isValid() else []
        return bool(runs) and runs[0].isRightToLeft()

    def _extents(self, block: QTextBlock, line: QTextLine, low: int, high: int) -> list[tuple[float, float]]:
        """Left and right edges of the characters ``[low, high)`` of one line."""
        if low >= high:
            return []
        natural = line.naturalTextRect()
        if not self._source.has_rtl(block.blockNumber()):
            left, right = _x(line, low), _x(line, high)
            if high >= line.textStart() + line.textLength():
                right = min(right, natural.right())
            return [(left, right)] if left < right else []
        return _join(self._glyph_extents(line, low, high), natural)

    @staticmethod
    def _glyph_extents(line: QTextLine, low: int, high: int) -> list[tuple[float, float]]:
        """As ``_extents`` where directions mix: Qt's caret stands ambiguously there, the glyphs do not."""
        found: list[tuple[float, float]] = []
        for run in line.glyphRuns(low, high - low):
            places = run.positions()
            advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes())
            if places:
                found.append(
                    (
                        min(place.x() for place in places),
                        max(p.x() + a.x() for p, a in zip(places, advances, strict=True)),
                    )
                )
        return found


def _join(extents: list[tuple[float, float]], natural: QRectF) -> list[tuple[float, float]]:
    """From left to right, touching ones as one, without the white space that hangs over a line's end."""
    joined: list[tuple[float, float]] = []
    for left, right in sorted(extents):
        left, right = max(left, natural.left()), min(right, natural.right())
        if left >= right:
            continue
        if joined and left <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
        else:
            joined.append((left, right))
    return joined


def _x(line: QTextLine, position: int) -> float:
    """The caret's x (Qt answers with the position it moved to as well)."""
    answer: Any = line.cursorToX(position)  # its stub knows only one of the two answers
    return float(answer[0] if isinstance(answer, tuple) else answer)
