"""A person's initials in a coloured disc."""

from __future__ import annotations

import unicodedata
import zlib

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from coder_app.core.palette import COLORS, ink_on
from coder_app.ui.theme import ui_font


def initials(name: str) -> str:
    """Up to two letters that stand for a name; a question mark where it has none."""
    words = [word for word in name.split() if unicodedata.category(word[0])[0] in "LN"]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


def disc_color(name: str) -> str:
    """The colour of a name: always the same one for the same name."""
    return COLORS[zlib.crc32(name.encode()) % len(COLORS)]


def disc(name: str, size: int = 28, ratio: float = 2.0) -> QIcon:
    """The disc as an icon, ``size`` in logical pixels."""
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    color = disc_color(name)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(color))
    painter.setPen(Qt.PenStyle.NoPen)
    area = QRectF(0, 0, size, size)
    painter.drawEllipse(area)
    font = ui_font()
    font.setPixelSize(round(size * 0.42))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(ink_on(color)))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
