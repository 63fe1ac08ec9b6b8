"""Telling things: a notice that stays above the page, and a short message over its lower edge."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from coder_app.ui.widgets.parts import button, label, tool

INFO_SECONDS = 6
PROBLEM_SECONDS = 20


class Banner(QFrame):
    """A line of text in a coloured box, with a button to close it. ``kind``: info, warning, problem."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("banner", "info")
        self._text = label("", wrap=True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._close = tool("close", self.tr("Close this message"), self.dismiss)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.addWidget(self._text, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._buttons: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        return self._text.text()

    def tell(self, text: str, kind: str = "info") -> None:
        """Show the text and have a screen reader say it."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setProperty("banner", kind)
        for part in (self, self._text, self._close):
            part.style().unpolish(part)
            part.style().polish(part)
        self.show()
        event = QAccessibleAnnouncementEvent(self, text)
        if kind == "problem":
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def add_button(self, text: str) -> QPushButton:
        made = button(text)
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(1 + len(self._buttons), made)
        self._buttons.append(made)
        return made

    def dismiss(self) -> None:
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)


class Toast(Banner):
    """A message over the lower edge of ``over``: nothing moves when it comes and goes."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        over.installEventFilter(self)

    def tell(self, text: str, kind: str = "info") -> None:
        super().tell(text, kind)
        self._place()
        self.raise_()
        self._timer.start(1000 * (INFO_SECONDS if kind == "info" else PROBLEM_SECONDS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        space = self._over.size()
        width = min(620, space.width() - 32)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry((space.width() - width) // 2, space.height() - height - 16, width, height)
