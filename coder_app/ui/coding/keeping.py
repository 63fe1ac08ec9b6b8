"""Where one reads: remembered for each transcript, and written down now and then."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from coder_app.ui.context import Context

SOON = 3000
"""Milliseconds after which a new place is on disk, should the program or the computer stop then."""


class PlaceKeeper(QObject):
    """Keeps places in ``ctx.remembered`` and sees to it that they are saved."""

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self.save)

    def keep(self, document: str, position: int) -> None:
        """The page of this transcript begins at this code point now."""
        remembered = self._ctx.remembered
        if (remembered.document, remembered.positions.get(document)) != (document, position):
            remembered.document = document
            remembered.positions[document] = position
            self.touch()

    def touch(self) -> None:
        """Something that is remembered has changed."""
        if not self._timer.isActive():
            self._timer.start()

    def place(self, document: str) -> int:
        return self._ctx.remembered.positions.get(document, 0)

    def save(self) -> None:
        """Write down what is remembered."""
        self._timer.stop()
        self._ctx.settings.save()
