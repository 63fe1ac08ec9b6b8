"""The switch between one's own codings, everybody's, and the consensus where there is one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from coder_app.core.changes import Changes
from coder_app.ui.context import Context, Whose

PADDING = 14
"""Pixels at either side of the words."""


class WhoseSwitch(QWidget):
    """Two or three parts, one of which is pressed; the arrow keys go from one to the next."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setObjectName("switch")
        self.mine = self._part(self.tr("Mine"), self.tr("Show only my own codings (blind)"), "left")
        self.everyones = self._part(
            self.tr("Everyone's"), self.tr("Show the codings of every coder"), "right"
        )
        self.consensus = self._part(
            self.tr("Consensus"), self.tr("Show what the coders settled on together"), "right"
        )
        self.parts = {
            Whose.MINE: self.mine,
            Whose.EVERYONE: self.everyones,
            Whose.CONSENSUS: self.consensus,
        }
        group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for whose, part in self.parts.items():
            group.addButton(part)
            row.addWidget(part)
            part.clicked.connect(partial(self._choose, whose))
        ctx.everyoneSwitched.connect(self.show_state)
        ctx.projectOpened.connect(self.show_state)
        ctx.projectClosed.connect(lambda: self.setEnabled(False))
        ctx.changed.connect(self._changed)
        self.show_state()

    def show_state(self) -> None:
        self.setEnabled(self.ctx.has_project)
        chosen = self.parts[self.ctx.whose]
        offered = self.ctx.has_project and (chosen is self.consensus or self.ctx.has_consensus)
        if offered == self.consensus.isHidden():
            self.consensus.setVisible(offered)
            self.everyones.setProperty("side", "middle" if offered else "right")
            self.everyones.style().unpolish(self.everyones)
            self.everyones.style().polish(self.everyones)
        chosen.setChecked(True)

    def _choose(self, whose: Whose, _checked: bool = False) -> None:
        from coder_app.ui.agreement.settle.gate import show_whose

        show_whose(self.window(), self.ctx, whose)
        self.show_state()  # as before where it was cancelled

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes & Changes.CONSENSUS:
            self.show_state()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
            return
        shown = [part for part in self.parts.values() if not part.isHidden()]
        forward = (event.key() == Qt.Key.Key_Right) == (
            self.layoutDirection() == Qt.LayoutDirection.LeftToRight
        )
        at = next((number for number, part in enumerate(shown) if part.hasFocus()), 0)
        other = shown[(at + (1 if forward else -1)) % len(shown)]
        other.setFocus(Qt.FocusReason.TabFocusReason)
        other.click()

    def _part(self, text: str, tip: str, side: str) -> QPushButton:
        made = QPushButton(text)
        made.setCheckable(True)
        made.setProperty("side", side)
        made.setToolTip(tip)
        made.setAccessibleName(text)
        bold = made.font()
        bold.setBold(True)  # the pressed part is bold and must not be cut
        made.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(text) + 2 * PADDING)
        made.setAccessibleDescription(tip)
        return made
