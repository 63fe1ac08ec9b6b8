"""A part of a page that scrolls up and down where the window is too low for all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QWidget

from coder_app.ui.widgets.parts import see_through

LEAST = 80
"""Pixels of height that are left of it in the smallest window."""


class Scrolled(QScrollArea):
    """Takes the height there is; what has the keyboard inside is brought into view."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._inner = inner
        self.setWidget(inner)
        see_through(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def minimumSizeHint(self) -> QSize:
        """As wide as what is inside needs; the height is what scrolls."""
        bar = self.verticalScrollBar().sizeHint().width()
        least = self._inner.minimumSizeHint()
        return QSize(least.width() + bar, min(LEAST, least.height()))

    def sizeHint(self) -> QSize:
        bar = self.verticalScrollBar().sizeHint().width()
        return self._inner.sizeHint() + QSize(bar, 0)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and self._inner.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, 12)
