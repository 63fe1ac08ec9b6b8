"""Two groups of controls in one line, or below each other where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget


class Folding(QWidget):
    """``stretches`` are those of the groups while they stand side by side."""

    folds = Signal()
    """It has been folded, or unfolded: it needs another height."""

    def __init__(
        self, one: QWidget, other: QWidget, stretches: tuple[int, int], parent: QWidget | None = None
    ):
        super().__init__(parent)
        self._groups = (one, other)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        for group, stretch in zip(self._groups, stretches, strict=True):
            self._row.addWidget(group, stretch)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def folded(self) -> bool:
        return self._row.direction() == QBoxLayout.Direction.TopToBottom

    def _least(self) -> list[QSize]:
        return [group.minimumSizeHint() for group in self._groups]

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider group: that is enough once it is folded."""
        return QSize(max(size.width() for size in self._least()), self._height())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._height())

    def _height(self) -> int:
        heights = [group.sizeHint().height() for group in self._groups]
        return sum(heights) + self._row.spacing() if self.folded else max(heights)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(size.width() for size in self._least()) + self._row.spacing()
        fold = event.size().width() < needed
        if fold != self.folded:
            ways = QBoxLayout.Direction
            self._row.setDirection(ways.TopToBottom if fold else ways.LeftToRight)
            self.updateGeometry()
            self.folds.emit()
