"""The place that says: drop transcripts here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from coder_app.ui.colors import LIGHT, Colors
from coder_app.ui.icons import pixmap
from coder_app.ui.transcripts.importing import kinds_in_words
from coder_app.ui.widgets.parts import label

PROJECT_ENDINGS = (".coder", ".qdpx", ".qdc")
"""Files that are no transcripts: the window takes them."""

LOW = 300
"""Pixels of height below which the picture gives way."""


def dropped_files(data: QMimeData) -> list[Path]:
    """The transcripts among what is dragged; empty where it is something else, or a project file."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if any(path.suffix.lower() in PROJECT_ENDINGS for path in paths):
        return []
    return paths


class DropArea(QWidget):
    """A dashed frame; brighter while files are held over it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors: Colors = LIGHT
        self._held = False
        self._picture = QLabel()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(8)
        self._column.addStretch(2)
        first = self.tr(
            "Several at once, or a whole folder. You see what was found before anything is imported."
        )
        self._column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        for widget in (
            label(self.tr("Drop transcripts here or press Ctrl+I"), "title", wrap=True),
            label(first, "muted", wrap=True),
            label(kinds_in_words(), "muted", wrap=True),
        ):
            widget.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(widget)
        self._column.addSpacing(8)
        self._column.addStretch(3)
        self.set_colors(self.colors)

    def add_button(self, made: QPushButton) -> QPushButton:
        self._column.insertWidget(self._column.count() - 1, made, 0, Qt.AlignmentFlag.AlignHCenter)
        return made

    def set_colors(self, colors: Colors) -> None:
        self.colors = colors
        self._picture.setPixmap(pixmap("import", colors.accent, 56, self.devicePixelRatioF()))
        self.update()

    def set_held(self, held: bool) -> None:
        """Whether files are held over the page."""
        if held != self._held:
            self._held = held
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low the words and the button count, not the picture."""
        self._picture.setVisible(event.size().height() >= LOW)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return hint if self._picture.isHidden() else hint - QSize(0, self._picture.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_frame(self, self.colors, held=self._held)


class DropVeil(QWidget):
    """Laid over a page that is not empty while files are held over it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.colors: Colors = LIGHT
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        over.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        color = QColor(self.colors.window)
        color.setAlphaF(0.86)
        painter.fillRect(self.rect(), color)
        painter.setPen(QColor(self.colors.text))
        font = self.font()
        font.setPixelSize(20)
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Drop to import"))
        painter.end()
        paint_frame(self, self.colors, held=True, filled=False)


def paint_frame(widget: QWidget, colors: Colors, *, held: bool, filled: bool = True) -> None:
    """A dashed rounded frame along the edges of ``widget``."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colors.accent if held else colors.border_strong), 2)
    pen.setDashPattern([5, 4])
    painter.setPen(pen)
    if filled:
        painter.setBrush(QColor(colors.accent_soft if held else colors.surface))
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(6, 6, -6, -6), 14, 14)
    painter.end()
