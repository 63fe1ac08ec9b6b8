"""The fields of a definition: text that grows, told when it is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QTextEdit

from coder_app.core.model import Definition
from coder_app.ui.memos.editor import MemoEditor
from coder_app.ui.tr import QT_TRANSLATE_NOOP

FIELDS: dict[str, tuple[str, str]] = {
    "short": (
        QT_TRANSLATE_NOOP("Definition", "Short definition"),
        QT_TRANSLATE_NOOP("Definition", "What it means, in one sentence"),
    ),
    "full": (
        QT_TRANSLATE_NOOP("Definition", "Full definition"),
        QT_TRANSLATE_NOOP("Definition", "What belongs to it, and how it differs from its neighbours"),
    ),
    "when": (
        QT_TRANSLATE_NOOP("Definition", "When to use it"),
        QT_TRANSLATE_NOOP("Definition", "Use it where somebody …"),
    ),
    "when_not": (
        QT_TRANSLATE_NOOP("Definition", "When not to use it"),
        QT_TRANSLATE_NOOP("Definition", "Not where …; take … instead"),
    ),
    "example": (
        QT_TRANSLATE_NOOP("Definition", "Example"),
        QT_TRANSLATE_NOOP("Definition", "Words from a transcript that show it well"),
    ),
    "plain": (
        QT_TRANSLATE_NOOP("Definition", "In plain words"),
        QT_TRANSLATE_NOOP("Definition", "For participants in a member check; the short definition otherwise"),
    ),
}
"""Field of ``core.model.Definition`` -> (label, what to write there)."""

assert set(FIELDS) == set(Definition.__dataclass_fields__)


class FieldEditor(MemoEditor):
    """A field of several lines. A menu opened over it (to copy, to paste) is not leaving it."""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            QTextEdit.focusOutEvent(self, event)
        else:
            super().focusOutEvent(event)


class NameEditor(QLineEdit):
    """The name of a node."""

    left = Signal()

    @property
    def shown(self) -> str:
        return self.text()

    def put(self, text: str) -> None:
        """Show a name from its beginning."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
