"""Beside the text: stripes with names on the right, turn numbers on the left."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from coder_app.ui.transcript.colors import UNNAMED, blend, visible
from coder_app.ui.transcript.stripes import LANE, Stripe

if TYPE_CHECKING:
    from coder_app.ui.transcript.pane import TextPane

GAP = 6
"""White space between text, stripes and names."""
STRIPES_WIDTH = 5 * LANE
HIT = 8
"""The least height and width in pixels that a click on a stripe may miss by no more."""


class StripeGutter(QWidget):
    """Stripes beside the lines they belong to. It stands in the margin of the text and scrolls with it."""

    clicked = Signal(str, Qt.KeyboardModifier)
    activated = Signal(str)
    hovered = Signal(str)
    contextRequested = Signal(str, object)

    def __init__(self, pane: TextPane, describe: Callable[[str], str]) -> None:
        super().__init__(pane)
        self._pane = pane
        self._describe = describe
        self._hover = ""
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Codings beside the text"))

    def sizeHint(self) -> QSize:
        return QSize(STRIPES_WIDTH + 2 * GAP, 0)

    @property
    def _labelled(self) -> bool:
        """Whether there is room for names beside a full set of lanes."""
        return self.width() - STRIPES_WIDTH - 2 * GAP > 24

    def stripe_at(self, point: QPointF) -> Stripe | None:
        """The stripe or the name under a point of the gutter; near misses of a thin stripe count."""
        y = point.y() + self._pane.scroll_y()
        best: tuple[float, Stripe] | None = None
        for stripe in self._stripes():
            away = self._distance(stripe, point.x(), y)
            if away is not None and (best is None or away < best[0]):
                best = away, stripe
        return best[1] if best else None

    def stripe_box(self, guid: str) -> QRectF | None:
        """Where the stripe of a coding stands in the gutter, or None while it is not known."""
        for stripe in self._stripes():
            if stripe.placed.guid == guid:
                return self._box(stripe)
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._pane.small_font())
        clip = QRectF(event.rect())
        for stripe in self._stripes():
            box = self._box(stripe)
            if box.top() > clip.bottom() + 40:
                break
            if box.bottom() >= clip.top():
                self._paint_stripe(painter, stripe, box)
            if stripe.label_top is not None and self._labelled and self._label_box(stripe).intersects(clip):
                self._paint_label(painter, stripe)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        stripe = self.stripe_at(event.position())
        guid = stripe.placed.guid if stripe else ""
        if guid != self._hover:
            self._hover = guid
            self.setCursor(Qt.CursorShape.PointingHandCursor if guid else Qt.CursorShape.ArrowCursor)
            self.hovered.emit(guid)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        if self._hover:
            self._hover = ""
            self.hovered.emit("")
            self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        stripe = self.stripe_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(stripe.placed.guid if stripe else "", event.modifiers())
        elif event.button() == Qt.MouseButton.RightButton and stripe:
            self.contextRequested.emit(stripe.placed.guid, event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        stripe = self.stripe_at(event.position())
        if stripe and event.button() == Qt.MouseButton.LeftButton:
            self.activated.emit(stripe.placed.guid)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            stripe = self.stripe_at(QPointF(event.pos()))
            QToolTip.showText(
                event.globalPos(), as_plain(self._describe(stripe.placed.guid)) if stripe else "", self
            )
            return True
        return super().event(event)

    def _stripes(self) -> list[Stripe]:
        height = QFontMetricsF(self._pane.small_font()).height() + 1
        return self._pane.stripes(self.height(), STRIPES_WIDTH, height)

    def _box(self, stripe: Stripe) -> QRectF:
        top = stripe.top - self._pane.scroll_y()
        bar = max(3.0, stripe.width - 4)
        return QRectF(
            GAP + stripe.x + (stripe.width - bar) / 2, top, bar, max(4.0, stripe.bottom - stripe.top)
        )

    def _label_box(self, stripe: Stripe) -> QRectF:
        left = GAP + stripe.label_x + 4
        height = QFontMetricsF(self._pane.small_font()).height() + 1
        top = (stripe.label_top or 0.0) - self._pane.scroll_y()
        return QRectF(left, top, self.width() - left - 2, height)

    def _distance(self, stripe: Stripe, x: float, y: float) -> float | None:
        """How far a point (y in the document) is from the stripe or name; None where it misses both."""
        if stripe.label_top is not None and self._labelled:
            label = self._label_box(stripe)
            top = label.top() + self._pane.scroll_y()
            if label.left() - 2 <= x <= label.right() and top <= y < top + label.height():
                return 0.0
        slack = max(0.0, HIT - (stripe.bottom - stripe.top)) / 2
        if not stripe.top - slack <= y <= stripe.bottom + slack:
            return None
        away = abs(x - (GAP + stripe.x + stripe.width / 2))
        return away if away <= max(stripe.width, HIT) / 2 + 0.5 else None

    def _paint_stripe(self, painter: QPainter, stripe: Stripe, box: QRectF) -> None:
        highlight = stripe.placed.highlight
        colors = self._pane.colors
        color = visible(UNNAMED if highlight.unnamed else highlight.color, colors)
        chosen = highlight.guid == self._pane.selected_guid
        if chosen or highlight.guid == self._hover:
            halo = QColor(colors.accent)
            halo.setAlpha(255 if chosen else 110)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 4, 4)
            painter.setBrush(QColor(colors.page))
            painter.drawRoundedRect(box.adjusted(-0.5, -0.5, 0.5, 0.5), 3, 3)
        if highlight.unnamed:
            painter.setPen(QPen(color, 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.6, 0.6, -0.6, -0.6))
        elif highlight.mine:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawRoundedRect(box, 2, 2)
        else:
            painter.setPen(QPen(color, 1.4))
            painter.setBrush(QColor(colors.page))
            painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 2, 2)

    def _paint_label(self, painter: QPainter, stripe: Stripe) -> None:
        highlight = stripe.placed.highlight
        colors = self._pane.colors
        box = self._label_box(stripe)
        dot = QRectF(box.left(), box.center().y() - 3, 6, 6)
        color = visible(UNNAMED if highlight.unnamed else highlight.color, colors)
        painter.setPen(QPen(color, 1.2))
        filled = highlight.mine and not highlight.unnamed
        painter.setBrush(color if filled else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        name = self.tr("No code yet") if highlight.unnamed else highlight.name
        strong = highlight.guid in (self._pane.selected_guid, self._hover)
        painter.setPen(QColor(colors.ink if strong else blend(colors.ink, colors.muted, 0.35)))
        room = box.adjusted(10, 0, 0, 0)
        line = " ".join(name[:200].split())
        elided = painter.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(
            room,
            int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine),
            elided,
        )


class TurnMargin(QWidget):
    """The numbers of the turns, on the line where each begins; a click chooses the turn's words."""

    clicked = Signal(int)

    def __init__(self, pane: TextPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setAccessibleName(self.tr("Turn numbers"))
        self.setToolTip(self.tr("Click a number to select the turn"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._pane.small_font())
        painter.setPen(QColor(self._pane.colors.muted))
        for number, y, height in self._pane.visible_turns(event.rect().top(), event.rect().bottom()):
            box = QRectF(0, y, self.width() - 8, height)
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(number)
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        y = event.position().y()
        for number, top, height in self._pane.visible_turns(int(y) - 60, int(y) + 60):
            if top - 2 <= y <= top + height + 2 and event.button() == Qt.MouseButton.LeftButton:
                self.clicked.emit(number)
                return


def as_plain(text: str) -> str:
    """A tool tip that shows ``text`` letter by letter: Qt would read a name such as ``<b>`` as HTML."""
    return f"<p style='white-space:pre-wrap'>{html.escape(text[:2000])}</p>" if text else ""
