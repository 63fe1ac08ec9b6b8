"""The switch between one's own codings and everybody's."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from coder_app.ui.context import Context

PADDING = 14
"""Pixels at either side of the words."""


class WhoseSwitch(QWidget):
    """Two halves, one of which is pressed; the arrow keys go from one to the other."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setObjectName("switch")
        self.mine = self._half(self.tr("Mine"), self.tr("Show only my own codings (blind)"), "left")
        self.everyones = self._half(
            self.tr("Everyone's"), self.tr("Show the codings of every coder"), "right"
        )
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for half in (self.mine, self.everyones):
            group.addButton(half)
            row.addWidget(half)
        self.mine.clicked.connect(lambda: ctx.set_everyone(False))
        self.everyones.clicked.connect(lambda: ctx.set_everyone(True))
        ctx.everyoneSwitched.connect(self.show_state)
        ctx.projectOpened.connect(self.show_state)
        ctx.projectClosed.connect(lambda: self.setEnabled(False))
        self.show_state()

    def show_state(self) -> None:
        self.setEnabled(self.ctx.has_project)
        (self.everyones if self.ctx.everyone else self.mine).setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            other = self.mine if self.everyones.hasFocus() else self.everyones
            other.setFocus(Qt.FocusReason.TabFocusReason)
            other.click()
        else:
            super().keyPressEvent(event)

    def _half(self, text: str, tip: str, side: str) -> QPushButton:
        made = QPushButton(text)
        made.setCheckable(True)
        made.setProperty("side", side)
        made.setToolTip(tip)
        made.setAccessibleName(text)
        bold = made.font()
        bold.setBold(True)  # the pressed half is bold and must not be cut
        made.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(text) + 2 * PADDING)
        made.setAccessibleDescription(tip)
        return made
