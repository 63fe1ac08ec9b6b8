"""A line of text that ends in dots where it does not fit, so that a long title never widens a page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from coder_app.ui.codebook.wording import tip


class ElidedLabel(QLabel):
    """As ``parts.label``, in one line; the whole text is its tool tip."""

    def __init__(self, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def put(self, text: str) -> None:
        """Show this text."""
        line = " ".join(text[:1000].split())
        self.setText(line)
        self.setToolTip(tip(line))
        self.setAccessibleName(line)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            int(flags.value),
            self.palette(),
            self.isEnabled(),
            text,
            self.foregroundRole(),
        )
