"""Below the versions: the buttons of the decision, and the line for its reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coder_app.ui.widgets.parts import button, label

IN_A_ROW = 6


class ReasonLine(QLineEdit):
    """Enter keeps the reason, Escape leaves it as it was."""

    kept = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Deciding(QWidget):
    """``wanted`` names the method of the section that a button calls."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(6)
        for at, (call, text, tip) in enumerate(
            (
                ("take_both", self.tr("Both (B)"), self.tr("Every coder's codes stand")),
                ("take_neither", self.tr("Neither (N)"), self.tr("Nothing is coded here")),
                ("take_other", self.tr("Another code (O)"), self.tr("One code or several of your own")),
                ("change_bounds", self.tr("Other bounds (E)"), self.tr("The same codes on other words")),
                ("skip", self.tr("Skip (S)"), self.tr("Leave it open and go on")),
                ("discuss", self.tr("Discuss (D)"), self.tr("Leave it open, with a note, to talk about")),
            )
        ):
            made = button(text)
            made.setToolTip(tip)
            made.setAccessibleDescription(tip)
            made.clicked.connect(lambda _=False, call=call: self.wanted.emit(call))
            made.setMinimumWidth(1)
            self.buttons[call] = made
            grid.addWidget(made, *divmod(at, IN_A_ROW))
        self.reason = ReasonLine()
        self.reason_caption = label("", "muted")
        self.reason_caption.setBuddy(self.reason)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.reason_caption)
        row.addWidget(self.reason, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(grid)
        column.addLayout(row)
        self.ask_reason(discussing=False)

    def ask_reason(self, *, discussing: bool) -> None:
        """What the line is for now."""
        if discussing:
            self.reason_caption.setText(self.tr("What to discuss"))
            self.reason.setPlaceholderText(self.tr("A note for the discussion; Enter keeps it"))
        else:
            self.reason_caption.setText(self.tr("Reason (R)"))
            self.reason.setPlaceholderText(self.tr("Why, if it helps later; kept with the decision"))
        self.reason.setAccessibleName(self.reason_caption.text())

    def allow(self, *, item: bool, difference: bool) -> None:
        """``item``: there is one and it may be decided; ``difference``: it is a disagreement."""
        for call, made in self.buttons.items():
            made.setEnabled(difference if call in ("skip", "discuss") else item)
        self.reason.setEnabled(item)
