"""A small drawing for the welcome page: a transcript with highlights and stripes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from coder_app.core.palette import PALETTE, tint
from coder_app.ui.context import Context

_LINES = (0.30, 0.92, 0.86, 0.55, 0.0, 0.26, 0.95, 0.88, 0.93, 0.40, 0.0, 0.30, 0.90, 0.62)
"""Width of each line as a share of the column; 0 is the gap between two turns, short ones are names."""
_NAMES = (0, 5, 11)
_MARKS = (
    ("Blue", 1, 0.35, 2, 0.50, 0),
    ("Ochre", 2, 0.20, 3, 0.55, 1),
    ("Rust", 6, 0.10, 8, 0.60, 0),
    ("Pine", 7, 0.45, 9, 0.40, 1),
    ("Purple", 12, 0.0, 12, 0.70, 0),
)
"""Colour, first line, where it begins there, last line, where it ends there, lane of its stripe."""


class TranscriptPicture(QWidget):
    """Painted in the colours of the theme; says nothing to a screen reader."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        ctx.themeChanged.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(360, 230)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = self.ctx.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paper = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QColor(colors.border))
        painter.setBrush(QColor(colors.surface))
        painter.drawRoundedRect(paper, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        left, width = 46.0, paper.width() - 46 - 24
        step = (paper.height() - 28) / len(_LINES)
        for name, first, begin, last, end, lane in _MARKS:
            self._mark(painter, name, (first, begin, last, end), lane, (left, width, step))
        for number, share in enumerate(_LINES):
            ink = QColor(colors.text if number in _NAMES else colors.muted)
            ink.setAlphaF(0.75 if number in _NAMES else 0.38)
            painter.setBrush(ink)
            if share:
                top = 14 + number * step + step * 0.5 - 2
                painter.drawRoundedRect(QRectF(left, top, width * share, 4), 2, 2)

    def _mark(
        self,
        painter: QPainter,
        name: str,
        place: tuple[int, float, int, float],
        lane: int,
        page: tuple[float, float, float],
    ) -> None:
        first, begin, last, end = place
        left, width, step = page
        color = PALETTE[name]
        painter.setBrush(QColor(*tint(color, self.ctx.colors.dark, strength=1.2)))
        for line in range(first, last + 1):
            start = begin if line == first else 0.0
            stop = end if line == last else _LINES[line]
            area = QRectF(
                left + width * start - 2, 14 + line * step + 1, width * (stop - start) + 4, step - 2
            )
            painter.drawRoundedRect(area, 2, 2)
        painter.setBrush(QColor(color))
        painter.drawRoundedRect(QRectF(16 + lane * 9, 14 + first * step, 4, (last - first + 1) * step), 2, 2)
