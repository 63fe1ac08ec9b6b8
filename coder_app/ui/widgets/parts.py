"""Small parts in the house style: titles, muted text, buttons, cards, the empty page."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.ui.icons import icons


def label(text: str, kind: str = "", *, wrap: bool = False) -> QLabel:
    """Text that is never taken for HTML. ``kind``: title, heading, strong, muted, caption, problem, keys."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if kind:
        made.setProperty("kind", kind)
    made.setWordWrap(wrap)
    return made


def breakable(text: str) -> str:
    """Text for a label that wraps: words too long for a line may be broken (at zero-width spaces)."""
    return re.sub(r"(\S{30})(?=\S)", "\\1\u200b", text)


def button(
    text: str, call: Callable[[], object] | None = None, *, kind: str = "", icon: str = ""
) -> QPushButton:
    """A push button. ``kind``: "" (outlined), primary, danger, flat."""
    made = QPushButton(text)
    made.setAccessibleName(text.replace("&", ""))
    made.setAutoDefault(False)  # in a dialog Enter belongs to its default button alone
    if kind == "flat":
        made.setFlat(True)
    elif kind:
        made.setProperty("kind", kind)
    if icon:
        icons.put(
            made, icon, {"primary": "on_accent", "danger": "danger", "flat": "accent"}.get(kind, "text")
        )
    if call is not None:
        made.clicked.connect(lambda: call())
    return made


def tool(
    icon: str, name: str, call: Callable[[], object] | None = None, *, text: bool = False
) -> QToolButton:
    """A small button with an icon; ``name`` is its tool tip and accessible name (and text where wanted)."""
    made = QToolButton()
    icons.put(made, icon)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if text:
        made.setText(name)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    if call is not None:
        made.clicked.connect(lambda: call())
    return made


def line() -> QFrame:
    """A thin horizontal line."""
    made = QFrame()
    made.setFrameShape(QFrame.Shape.HLine)
    return made


def card() -> QFrame:
    """A white (or dark) sheet with a fine border."""
    made = QFrame()
    made.setProperty("kind", "card")
    return made


def see_through(area: QScrollArea) -> None:
    """Show what lies behind a scroll area that has its widget already, a card for instance."""
    for part in (area.viewport(), area.widget()):
        if part is not None:
            part.setAutoFillBackground(False)


def set_kind(widget: QWidget, kind: str) -> None:
    """Change the variant of a widget that is shown already."""
    if widget.property("kind") != kind:
        widget.setProperty("kind", kind)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class EmptyState(QWidget):
    """What an empty page says: what would be here, and the button that brings it."""

    def __init__(self, icon: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = tool(icon, title)
        self._picture.setEnabled(False)
        self._picture.setIconSize(self._picture.iconSize() * 2.5)
        self._picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.title = label(title, "heading")
        self.text = label(text, "muted", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.text.setMaximumWidth(460)
        self.text.setMinimumWidth(240)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(10)
        self._column.addStretch(2)
        for widget in (self._picture, self.title):
            self._column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        middle = QHBoxLayout()  # an aligned item would get the height of one line however long its text is
        middle.addStretch(1)
        middle.addWidget(self.text, 10)
        middle.addStretch(1)
        self._column.addLayout(middle)
        self._column.addStretch(3)

    def say(self, text: str) -> None:
        """Put another text below the title."""
        self.text.setText(text)

    def add_button(self, made: QPushButton) -> QPushButton:
        self._column.insertWidget(self._column.count() - 1, made, 0, Qt.AlignmentFlag.AlignHCenter)
        return made
