"""Short questions: yes or no, one line of text."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QMessageBox, QVBoxLayout, QWidget

from coder_app.ui.widgets.parts import label


def confirm(parent: QWidget | None, title: str, text: str, yes: str, *, danger: bool = False) -> bool:
    """Ask whether to go on. ``yes`` says what would be done ("Delete 3 codes"), never just "OK"."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    if danger:
        agree.setProperty("kind", "danger")
        box.setDefaultButton(cancel)
    else:
        box.setDefaultButton(agree)
    box.exec()
    return box.clickedButton() is agree


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Say something that must be read before going on."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.addButton(QCoreApplication.translate("Ask", "Close"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()


class TextDialog(QDialog):
    """Asks for one line of text that may not be empty."""

    def __init__(self, parent: QWidget | None, title: str, prompt: str, text: str, yes: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(400)
        self.edit = QLineEdit(text)
        self.edit.setAccessibleName(prompt)
        self.edit.selectAll()
        question = label(prompt)
        question.setBuddy(self.edit)
        self.buttons = QDialogButtonBox()
        self.accept_button = self.buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(question)
        column.addWidget(self.edit)
        column.addSpacing(6)
        column.addWidget(self.buttons)
        self.accept_button.setDefault(True)
        self.edit.textChanged.connect(self._check)
        self._check()

    @property
    def text(self) -> str:
        return self.edit.text().strip()

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.text))


def ask_text(parent: QWidget | None, title: str, prompt: str, text: str, yes: str) -> str | None:
    """One line of text, or None when the person thinks better of it."""
    dialog = TextDialog(parent, title, prompt, text, yes)
    return dialog.text if dialog.exec() else None
