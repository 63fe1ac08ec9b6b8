"""The picture of the intervals: a dot for each value, a line for its 95 % interval, on one scale.

The same drawing serves the column of the table and the picture that is saved (PNG or SVG), which is
always in light colours, for print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from coder_app.ui.agreement import wording
from coder_app.ui.colors import LIGHT, Colors
from coder_app.ui.theme import ui_font
from coder_app.ui.work import Progress

DOT = 3.2
INSET = 9.0
"""Pixels left free at both ends of the scale."""
GUIDES = (0.667, 0.8)
"""Krippendorff's marks: from .667 tentative, from .800 reliable."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A value with its interval; without one the ends are None."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """From ``low`` to 1; a coefficient may be below 0, a share may not."""

    low: float
    high: float = 1.0

    @classmethod
    def of(cls, bars: Sequence[Bar | None]) -> Scale:
        """Wide enough for all, in steps of a quarter."""
        ends = [bar.value if bar.low is None else min(bar.low, bar.value) for bar in bars if bar is not None]
        lowest = min([0.0, *ends])
        return cls(max(-1.0, -0.25 * -(lowest // 0.25)) if lowest < 0 else 0.0)

    def place(self, value: float, room: QRectF) -> float:
        """The horizontal place of a value."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return room.left() + INSET + share * (room.width() - 2 * INSET)

    @property
    def ticks(self) -> list[float]:
        step = 0.5 if self.high - self.low > 1 else 0.25
        first = -(-self.low // step) * step
        return [first + step * n for n in range(round((self.high - first) / step) + 1)]


def draw_bar(painter: QPainter, room: QRectF, bar: Bar | None, scale: Scale, colors: Colors) -> None:
    """One row: guides, the interval, the value; a dash where it is undefined."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for value, style in ((0.0, Qt.PenStyle.SolidLine), *((guide, Qt.PenStyle.DotLine) for guide in GUIDES)):
        painter.setPen(QPen(QColor(colors.border_strong if value == 0 else colors.border), 1, style))
        x = scale.place(value, room)
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
    middle = room.center().y()
    if bar is None:
        painter.setPen(QColor(colors.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, wording.DASH)
    else:
        ink = QColor(colors.accent)
        painter.setPen(QPen(ink, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        if bar.low is not None and bar.high is not None:
            left, right = scale.place(bar.low, room), scale.place(bar.high, room)
            painter.drawLine(QPointF(left, middle), QPointF(right, middle))
            for end in (left, right):
                painter.drawLine(QPointF(end, middle - 3), QPointF(end, middle + 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QPointF(scale.place(bar.value, room), middle), DOT, DOT)
    painter.restore()


def draw_axis(painter: QPainter, room: QRectF, scale: Scale, colors: Colors) -> None:
    """The numbers of the scale, standing on the lower edge of ``room``."""
    painter.save()
    painter.setPen(QColor(colors.muted))
    metrics = QFontMetricsF(painter.font())
    for value in scale.ticks:
        text = f"{value:g}".replace("-", "−").replace("0.", ".") if abs(value) not in (0, 1) else f"{value:g}"
        text = text.replace("-", "−")
        width = metrics.horizontalAdvance(text)
        x = min(max(scale.place(value, room) - width / 2, room.left()), room.right() - width)
        painter.drawText(QPointF(x, room.bottom() - metrics.descent() - 2), text)
    painter.restore()


# The picture that is saved


@dataclass(frozen=True, slots=True)
class Picture:
    """``rows``: name of the code, what is drawn, the value and interval as text."""

    title: str
    subtitle: str
    rows: tuple[tuple[str, Bar | None, str], ...]
    note: str

    ROW = 22
    PLOT = 320
    MARGIN = 24
    NAMES = 420
    VALUES = 190

    @property
    def size(self) -> QSize:
        width = 2 * self.MARGIN + self._names() + self.PLOT + self.VALUES
        lines = len(_wrap(self.note, _font(11), width - 2 * self.MARGIN))
        return QSize(round(width), round(2 * self.MARGIN + 78 + self.ROW * len(self.rows) + 16 * lines))

    def _names(self) -> float:
        metrics = QFontMetricsF(_font(13))
        widest = max((metrics.horizontalAdvance(name) for name, _, _ in self.rows), default=0.0)
        return min(max(widest + 16, 140.0), float(self.NAMES))

    def paint(self, painter: QPainter) -> None:
        """Draw on white, from the corner 0, 0."""
        colors, size = LIGHT, self.size
        painter.fillRect(QRect(0, 0, size.width(), size.height()), QColor("#ffffff"))
        left, names = float(self.MARGIN), self._names()
        plot = QRectF(left + names, 0, self.PLOT, 0)
        scale = Scale.of([bar for _, bar, _ in self.rows])
        wide = size.width() - 2 * self.MARGIN
        self._line(painter, QRectF(left, self.MARGIN, wide, 24), self.title, 16, colors.text, bold=True)
        self._line(painter, QRectF(left, self.MARGIN + 24, wide, 20), self.subtitle, 12, colors.muted)
        top = self.MARGIN + 54.0
        painter.setFont(_font(11))
        draw_axis(painter, QRectF(plot.left(), top, plot.width(), 18), scale, colors)
        top += 20
        for name, bar, text in self.rows:
            row = QRectF(left, top, names - 12, self.ROW)
            self._line(painter, row, name, 13, colors.text)
            draw_bar(painter, QRectF(plot.left(), top, plot.width(), self.ROW), bar, scale, colors)
            values = QRectF(plot.right() + 12, top, self.VALUES - 12, self.ROW)
            self._line(painter, values, text, 12, colors.muted)
            top += self.ROW
        painter.setFont(_font(11))
        painter.setPen(QColor(colors.muted))
        for line in _wrap(self.note, _font(11), wide):
            top += 16
            painter.drawText(QPointF(left, top), line)

    def _line(
        self, painter: QPainter, room: QRectF, text: str, size: int, color: str, *, bold: bool = False
    ) -> None:
        font = _font(size)
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(QColor(color))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
        painter.drawText(room, int(flags), shown)


def _font(pixels: int) -> QFont:
    font = QFont(ui_font())
    font.setPixelSize(pixels)
    return font


def _wrap(text: str, font: QFont, width: float) -> list[str]:
    """The words of a text in lines of a width."""
    metrics = QFontMetricsF(font)
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


SHARPNESS = 3
"""Pixels of a PNG for one of the drawing: 300 dots an inch at a usual size."""
LARGEST_SIDE = 32_000
"""Pixels; Qt's images cannot be painted on beyond."""


def write(picture: Picture, path: Path, *, progress: Progress) -> None:
    """Write a PNG or, for ``.svg``, an SVG; suits a thread.

    Raises UserError where the file cannot be written.
    """
    from coder_app.core.errors import UserError

    done = _save_svg(picture, path) if path.suffix.lower() == ".svg" else _save_png(picture, path)
    if not done:
        raise UserError(f"The picture could not be written to {path.name}: is the folder writable?")


def _save_png(picture: Picture, path: Path) -> bool:
    size = picture.size
    ratio = min(SHARPNESS, LARGEST_SIDE / max(size.width(), size.height()))
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    dots = round(96 * ratio / 0.0254)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    painter = QPainter(image)
    picture.paint(painter)
    painter.end()
    return image.save(str(path), "PNG")  # type: ignore[call-overload,no-any-return]


def _save_svg(picture: Picture, path: Path) -> bool:
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtSvg import QSvgGenerator

    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(picture.size)
    generator.setViewBox(QRect(0, 0, picture.size.width(), picture.size.height()))
    generator.setTitle(picture.title)
    generator.setDescription(picture.subtitle)
    painter = QPainter(generator)
    picture.paint(painter)
    painter.end()
    try:
        path.write_bytes(bytes(data.data()))
    except OSError:
        return False
    return True
