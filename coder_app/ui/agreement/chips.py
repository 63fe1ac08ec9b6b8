"""Codes as small coloured labels: in the rows of a list, and as a line of their own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coder_app.core.palette import tint
from coder_app.ui.agreement import wording
from coder_app.ui.context import Context

Chip = tuple[str, str, bool]
"""Name, colour, whether both coders gave it."""
GAP = 4
PAD = 7
DOT = 8
LONGEST = 260


def chip_height(metrics: QFontMetrics) -> int:
    return metrics.height() + 4


def lay_out(chips: Sequence[Chip], metrics: QFontMetrics, width: int) -> list[QRect]:
    """Places of the chips in lines of a width, the first at the corner; none is wider than the line."""
    places, x, y, high = [], 0, 0, chip_height(metrics)
    for name, _, _ in chips:
        wide = min(metrics.horizontalAdvance(name) + 2 * PAD + DOT + 4, LONGEST, max(width, 30))
        if x and x + wide > width:
            x, y = 0, y + high + GAP
        places.append(QRect(x, y, wide, high))
        x += wide + GAP
    return places


def paint_chips(painter: QPainter, chips: Sequence[Chip], room: QRect, ctx: Context) -> None:
    """As many as fit into ``room``, then how many more there are.

    What only one coder gave has an outline and full ink; what both gave is a quiet tint.
    """
    metrics = painter.fontMetrics()
    places = lay_out(chips, metrics, room.width())
    shown = [place for place in places if place.bottom() <= room.height()]
    hidden = len(chips) - len(shown)
    if hidden and shown:
        more = metrics.horizontalAdvance(f"+{len(chips)}") + GAP
        while shown and shown[-1].right() + more > room.width():
            shown.pop()
            hidden += 1
    for chip, place in zip(chips, shown, strict=False):
        _paint_chip(painter, chip, place.translated(room.topLeft()), ctx)
    if hidden:
        last = shown[-1] if shown else QRect(0, 0, 0, chip_height(metrics))
        painter.setPen(QColor(ctx.colors.muted))
        rest = QRect(last.right() + GAP + 1, last.top(), room.width() - last.right(), last.height())
        painter.drawText(rest.translated(room.topLeft()), Qt.AlignmentFlag.AlignVCenter, f"+{hidden}")


def _paint_chip(painter: QPainter, chip: Chip, place: QRect, ctx: Context) -> None:
    name, color, both = chip
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    body = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(Qt.PenStyle.NoPen if both else QPen(QColor(ctx.colors.border_strong), 1))
    painter.setBrush(QColor(*tint(color, ctx.colors.dark)) if both else QColor(ctx.colors.surface))
    painter.drawRoundedRect(body, body.height() / 2, body.height() / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    dot = QRectF(body.left() + PAD - 1, body.center().y() - DOT / 2, DOT, DOT)
    painter.drawEllipse(dot)
    painter.setPen(QColor(ctx.colors.text))
    room = place.adjusted(PAD + DOT + 3, 0, -PAD, 0)
    text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
    painter.restore()


class ChipLine(QWidget):
    """A coder's codes on a passage; as high as they need. Told to screen readers as text."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.chips: list[Chip] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def put(self, name: str, chips: list[Chip]) -> None:
        """Show the codes of the coder of that name."""
        self.chips = chips
        codes = "; ".join(chip[0] for chip in chips) or wording.tr("no code")
        self.setAccessibleName(f"{name}: {codes}")
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = lay_out(self.chips, self.fontMetrics(), width)
        return places[-1].bottom() + 1 if places else chip_height(self.fontMetrics())

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, chip_height(self.fontMetrics()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.chips:
            paint_chips(painter, self.chips, self.rect(), self.ctx)
        else:
            painter.setPen(QColor(self.ctx.colors.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, wording.tr("no code"))
