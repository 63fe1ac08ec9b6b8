"""The colour of a code as a small square beside its name."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

SQUARE = 10


@cache
def square(color: str) -> QPixmap:
    """A rounded square of a colour ``#rrggbb``."""
    picture = QPixmap(2 * SQUARE, 2 * SQUARE)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(0, 0, SQUARE, SQUARE, 2, 2)
    painter.end()
    return picture
