"""What the sections of the Agreement page share: what is chosen, and the numbers over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from coder_app.ui.agreement.looking import Look, Wanted
    from coder_app.ui.context import Context


class Desk(QObject):
    """Lives as long as the page."""

    sectionWanted = Signal(str)
    """Bring up the section with this key; nothing happens where it is not registered."""
    chosenChanged = Signal()
    """Something else was chosen (coders, transcripts, unit, level, round), or it was computed anew."""

    def __init__(self, ctx: Context, keys: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.keys = keys
        """The sections that are there."""
        self.wanted: Wanted | None = None
        """What is chosen in “Figures”; None before it was shown, and while nothing can be compared."""
        self.look: Look | None = None
        """The numbers over it; None while there are none."""

    def has(self, key: str) -> bool:
        """Whether a section is registered."""
        return key in self.keys

    def put(self, wanted: Wanted | None, look: Look | None) -> None:
        """Called by “Figures”."""
        self.wanted, self.look = wanted, look
        self.chosenChanged.emit()
