"""What is known of the pair at the cursor, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coder_app.ui.agreement.codebooks.folding import Folding
from coder_app.ui.widgets.elided import ElidedLabel
from coder_app.ui.widgets.parts import button

LEAST_WORDS = 240
"""Pixels for the sentence beside the buttons; where there are fewer it stands above them."""


class PairHead(QWidget):
    """A sentence, and the buttons."""

    joinWanted = Signal()
    underWanted = Signal()
    apartWanted = Signal(bool)
    textWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ElidedLabel("muted")
        self.join = button(self.tr("Join…"), self.joinWanted.emit, icon="join")
        self.under = button(self.tr("Put under…"), self.underWanted.emit, icon="folder")
        self.apart = button(self.tr("Keep apart"), icon="split")
        self.apart.setCheckable(True)
        self.apart.clicked.connect(self.apartWanted)
        self.both = button(self.tr("Text of both"), self.textWanted.emit, icon="quote")
        self.text.setMinimumWidth(LEAST_WORDS)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.join, self.under, self.apart, self.both):
            widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 8, 2)
        self.line = Folding(self.text, buttons, (1, 0))
        column.addWidget(self.line)

    def put(self, text: str, *, acts: bool, writable: bool, apart: bool, meets: bool) -> None:
        """``acts``: two different codes are chosen."""
        self.text.put(text)
        for widget in (self.join, self.under, self.apart):
            widget.setEnabled(acts and writable)
        self.apart.setChecked(apart)
        self.both.setEnabled(meets)
