"""A combo box for names that people give: what does not fit ends in dots instead of being cut."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QToolTip

from coder_app.ui.codebook.wording import tip

EDGE = 6
"""Pixels of the field that the style leaves free beside the text."""


class Choice(QComboBox):
    """Where the text is shortened, the tool tip tells the whole of it."""

    def shown_text(self) -> str:
        """The text as it is painted."""
        return self._option().currentText

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QPainter(self), self._option()
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
        self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)
        painter.end()

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0 and self.placeholderText():
            option.currentText = self.placeholderText()
            option.palette.setBrush(QPalette.ColorRole.ButtonText, option.palette.placeholderText())
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        icon = 0 if option.currentIcon.isNull() else option.iconSize.width() + 4
        room = field.width() - icon - EDGE
        text, mode = option.currentText, Qt.TextElideMode.ElideRight
        option.currentText = option.fontMetrics.elidedText(text, mode, room)
        return option

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ToolTip
        if asked and isinstance(event, QHelpEvent) and self.shown_text() != self.currentText():
            about = f"{self.toolTip()}: " if self.toolTip() else ""
            QToolTip.showText(event.globalPos(), tip(about + self.currentText()), self)
            return True
        return super().event(event)


def choice(name: str, least: int) -> Choice:
    """One that takes the width there is, room for ``least`` characters at the least; ``name`` is spoken."""
    made = Choice()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(least)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made
