"""Columns of wrapped text and tables that are as high as their space, and scroll where that is too small."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QTabWidget, QVBoxLayout, QWidget


class Sheet(QWidget):
    """Needs no more than its layout's least height at the width it has.

    A scroll area would give a widget with wrapped text all the height it likes best, and scroll at once.
    """

    def hasHeightForWidth(self) -> bool:
        return False

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        least = super().minimumSizeHint()
        if layout is None or not layout.hasHeightForWidth():
            return least
        return QSize(least.width(), layout.totalMinimumHeightForWidth(max(self.width(), least.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


class Tabs(QTabWidget):
    """Pages take the height there is, whatever their wrapped text would like."""

    def hasHeightForWidth(self) -> bool:
        return False


def reveal(widget: QWidget) -> None:
    """Scroll the sheet that a widget is on so that it is seen, where the window is too small for all."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if isinstance(around, QScrollArea):
        around.ensureWidgetVisible(widget, 0, 8)


def scrolling(widget: QWidget, parent: QWidget | None = None) -> QScrollArea:
    """Scrolls where the window is too small.

    With a ``parent`` (a splitter, say) it is in place before ``widget`` comes into it: Qt dresses all that is
    in a widget once more each time that widget is put somewhere.
    """
    area = QScrollArea(parent)
    outside = QWidget(area.viewport())
    column = QVBoxLayout(outside)
    column.setContentsMargins(0, 0, 0, 0)
    area.setWidget(outside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    column.addWidget(widget)
    return area
