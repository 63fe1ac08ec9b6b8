"""Where "finished" was forgotten: a sentence for each coder, and a button."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coder_app.ui.agreement import wording
from coder_app.ui.agreement.standing import Forgotten
from coder_app.ui.widgets.parts import button, label, tool


class Offers(QWidget):
    """Own transcripts can be marked as finished; another coder's are taken in for this look only."""

    finishWanted = Signal(object)
    """A list of transcripts (GUIDs) that the current coder wants to mark as finished."""
    includeWanted = Signal(object)
    """A list of transcripts to compare although somebody else did not finish them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self.sentences: list[str] = []
        self._boxes: list[QFrame] = []
        self._shown: list[Forgotten] = []
        self._closed: set[tuple[str, tuple[str, ...]]] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def put(self, offers: Sequence[Forgotten], *, writable: bool) -> None:
        """Show these, without what was closed and, in a read-only project, without the buttons that write."""
        shown = [one for one in offers if _key(one) not in self._closed and (writable or not one.mine)]
        self.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        self.buttons, self.sentences = [], []
        for box in self._boxes:
            self._column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = [self._box(one) for one in shown]
        for box in self._boxes:
            self._column.addWidget(box)

    def _box(self, one: Forgotten) -> QFrame:
        box = QFrame()
        box.setProperty("kind", "info")
        text = wording.forgotten_sentence(one)
        if not one.mine:
            text += " " + self.tr("Including it here leaves the other coder's record as it is.")
        words = label(text, wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        guids = [document.guid for document, _ in one.documents]
        if one.mine:
            made = button(self.tr("Count as finished"))
            made.clicked.connect(partial(self._finish, guids))
        else:
            made = button(self.tr("Include this time"))
            made.clicked.connect(partial(self._include, guids))
        made.setAccessibleDescription(text)
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 5, 6, 5)
        row.addWidget(words, 1)
        row.addWidget(made)
        row.addWidget(tool("close", self.tr("Not now"), partial(self._close, one)))
        self.buttons.append(made)
        self.sentences.append(text)
        return box

    def _finish(self, guids: list[str], _checked: bool = False) -> None:
        self.finishWanted.emit(guids)

    def _include(self, guids: list[str], _checked: bool = False) -> None:
        self.includeWanted.emit(guids)

    def _close(self, one: Forgotten) -> None:
        self._closed.add(_key(one))
        self.put([other for other in self._shown if other is not one], writable=True)

    @property
    def own(self) -> list[str]:
        """The current coder's transcripts that are offered."""
        return [document.guid for one in self._shown if one.mine for document, _ in one.documents]


def _key(one: Forgotten) -> tuple[str, tuple[str, ...]]:
    return one.coder.guid, tuple(document.guid for document, _ in one.documents)
