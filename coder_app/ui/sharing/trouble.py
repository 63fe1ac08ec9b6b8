"""The line that says why nothing is written any more: the file was opened elsewhere, or replaced."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from coder_app.ui.context import Context
from coder_app.ui.widgets.banner import Banner

BETWEEN_LOOKS_MS = 10_000
AFTER_WAKING_MS = 1_500


class TroubleBanner(Banner):
    """Asks what is known of the file, which costs nothing; the disk is asked in another thread."""

    found = Signal()
    """Trouble came or went."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.save_button = self.add_button(self.tr("Save a copy of my work…"))
        self._told = ""
        self._timer = QTimer(self, interval=BETWEEN_LOOKS_MS)
        self._timer.timeout.connect(self.look)
        ctx.projectOpened.connect(self._timer.start)
        ctx.projectOpened.connect(self.look)
        ctx.projectClosed.connect(self._closed)
        ctx.problem.connect(lambda _: self.look())

    def look(self) -> None:
        """Tell what is wrong with the file, or that nothing is any more."""
        text = self.ctx.project.guard.last_trouble if self.ctx.writable else ""
        if text == self._told:
            return
        self._told = text
        if text:
            self.tell(text, "warning")
        else:
            self.hide()
        self.found.emit()

    def look_soon(self) -> None:
        """The window came up again, after sleep perhaps."""
        if self.ctx.writable:
            self.ctx.project.guard.look_soon()
            QTimer.singleShot(AFTER_WAKING_MS, self, self.look)

    def _closed(self) -> None:
        self._timer.stop()
        self._told = ""
        self.hide()
