"""Several panes side by side or, where there is no room for that, one at a time under tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

NARROW = 860
"""Below this width (pixels) there are tabs."""


class Panes(QWidget):
    """``splitter`` holds the panes, in order."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(name)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.hide()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tabs)
        column.addWidget(self.splitter, 1)
        self.tabs.currentChanged.connect(lambda _: self._show())

    def add(self, title: str, pane: QWidget, width: int, stretch: int = 0) -> None:
        """Add a pane; ``width`` is what it gets at first where all stand side by side."""
        self.splitter.addWidget(pane)
        self.splitter.setStretchFactor(self.splitter.count() - 1, stretch)
        self.splitter.setSizes([*self.splitter.sizes()[:-1], width])
        self.tabs.addTab(title)

    @property
    def narrow(self) -> bool:
        return not self.tabs.isHidden()

    def bring(self, pane: QWidget) -> None:
        """Have a pane in view."""
        self.tabs.setCurrentIndex(self.splitter.indexOf(pane))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self.narrow:
            self.tabs.setVisible(narrow)
            self._show()

    def _show(self) -> None:
        for at in range(self.splitter.count()):
            pane = self.splitter.widget(at)
            if pane is not None:
                pane.setVisible(not self.narrow or at == self.tabs.currentIndex())
