"""A quiet line below a transcript that was marked as finished and is being coded on all the same."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coder_app.core.model import Coding
from coder_app.ui.widgets.banner import Banner


class FinishedNote(Banner):
    """Comes with the first own coding that is made, changed or removed; never while one only reads.

    Goes when the transcript is no longer finished, another one is shown, or it is closed; closed by
    hand it stays away from this transcript.
    """

    backWanted = Signal()
    """The transcript is to be in progress again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.back = self.add_button(self.tr("Back to in progress"))
        self.back.setToolTip("Ctrl+Shift+G")
        self.back.clicked.connect(self.backWanted)
        self.closed.connect(self._keep_away)
        self._place = ("", "")
        self._own: frozenset[tuple[str, int, int, str | None]] = frozenset()
        self._unwanted: set[tuple[str, str]] = set()

    def look(self, document: str, coder: str, codings: Collection[Coding], *, finished: bool) -> None:
        """The coder sees these codings (hers and others') of this transcript now."""
        place = (document, coder)
        own = frozenset((c.guid, c.start, c.end, c.code) for c in codings if c.coder == coder)
        worked = place == self._place and own != self._own
        if not finished or place != self._place:
            self.hide()
        elif worked and not self.isVisible() and place not in self._unwanted:
            self.tell(self.tr("You marked this transcript as finished."))
        self._place, self._own = place, own

    def _keep_away(self) -> None:
        self._unwanted.add(self._place)
