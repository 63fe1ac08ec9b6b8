"""Paints a row of the codebook: chip of the colour, name, key it is pinned to, name of its level."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder_app.core.model import Level
from coder_app.ui.codebook.model import COLOR_ROLE, GONE_ROLE, LEVEL_NAME_ROLE, LEVEL_ROLE, PIN_ROLE, Column
from coder_app.ui.context import Context
from coder_app.ui.widgets.table_model import Index

CHIP = 10
GAP = 7
EDGE = 4
_LONGEST_PAINTED = 300


def paint_chip(painter: QPainter, area: QRectF, color: QColor, outline: str) -> None:
    """A small rounded square in the colour of a code, with an outline for pale ones."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(color)
    painter.setPen(QColor(outline))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.restore()


def small(font: QFont) -> QFont:
    """A size smaller, for what is said beside the name."""
    made = QFont(font)
    made.setPixelSize(max(9, font.pixelSize() - 2) if font.pixelSize() > 0 else 11)
    made.setBold(False)
    return made


class CodeDelegate(QStyledItemDelegate):
    """For all columns of the codebook."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(28, QFontMetrics(option.font).height() + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() != Column.NAME:
            self._paint_count(painter, option, index)
            return
        area = self._background(painter, option, index)
        font = QFont(option.font)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        chip = QRect(area.left() + EDGE, area.center().y() - CHIP // 2, CHIP, CHIP)
        paint_chip(
            painter,
            QRectF(self._seen(option, chip)),
            index.data(COLOR_ROLE),
            self._outline,
        )
        text = QRect(chip.right() + GAP, area.top(), 0, area.height())
        text.setRight(area.right() - EDGE)
        text = self._paint_pin(painter, option, text, index.data(PIN_ROLE), font)
        if index.data(LEVEL_ROLE) >= Level.CATEGORY:
            font.setWeight(QFont.Weight.DemiBold)
        font.setItalic(bool(index.data(GONE_ROLE)))
        self._paint_name(painter, option, text, index, font)
        painter.restore()

    def _paint_name(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, index: Index, font: QFont
    ) -> None:
        """The name, and the level after it where both have room."""
        metrics, caption = QFontMetrics(font), small(font)
        name, level = str(index.data())[:_LONGEST_PAINTED], str(index.data(LEVEL_NAME_ROLE) or "")
        wanted = metrics.horizontalAdvance(name)
        level_width = QFontMetrics(caption).horizontalAdvance(level) + 2 * GAP
        room = area.width()
        if level and wanted + level_width <= room:
            place = QRect(area.right() - level_width + GAP, area.top(), level_width - GAP, area.height())
            painter.setFont(caption)
            painter.setPen(QColor(self.ctx.colors.muted))
            painter.drawText(self._seen(option, place), self._flags(option, trailing=True), level)
            room -= level_width
        painter.setFont(font)
        painter.setPen(QColor(self.ctx.colors.text))
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        place = QRect(area.left(), area.top(), room, area.height())
        painter.drawText(self._seen(option, place), self._flags(option), shown)

    def _paint_pin(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, key: int | None, font: QFont
    ) -> QRect:
        """The key of a pinned code at the end of the row; what is left for the name."""
        if key is None:
            return area
        badge = QRect(area.right() - 17, area.center().y() - 8, 17, 17)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self.ctx.colors.hover))
        painter.setPen(QColor(self.ctx.colors.border_strong))
        seen = self._seen(option, badge)
        painter.drawRoundedRect(QRectF(seen).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setFont(small(font))
        painter.setPen(QColor(self.ctx.colors.text))
        painter.drawText(seen, Qt.AlignmentFlag.AlignCenter, str(key))
        return area.adjusted(0, 0, -17 - GAP, 0)

    def _paint_count(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        area = self._background(painter, option, index)
        number = int(index.data())
        colors = self.ctx.colors
        painter.save()
        painter.setFont(option.font)
        quiet = index.column() == Column.PARTICIPANTS or not number
        painter.setPen(QColor(colors.muted if quiet else colors.text))
        painter.drawText(area.adjusted(EDGE, 0, -8, 0), self._flags(option, trailing=True), f"{number:,}")
        painter.restore()

    def _background(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> QRect:
        """Let the style paint the row without its text; returns the row's area."""
        styled = QStyleOptionViewItem(option)
        self.initStyleOption(styled, index)
        styled.text = ""
        styled.features &= ~(
            QStyleOptionViewItem.ViewItemFeature.HasDecoration
            | QStyleOptionViewItem.ViewItemFeature.HasDisplay
        )
        widget = styled.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, styled, painter, widget)
        area: QRect = option.rect
        return area

    @property
    def _outline(self) -> str:
        return self.ctx.colors.border_strong

    @staticmethod
    def _seen(option: QStyleOptionViewItem, area: QRect) -> QRect:
        """Mirrored where the program runs from right to left."""
        return QStyle.visualRect(option.direction, option.rect, area)

    @staticmethod
    def _flags(option: QStyleOptionViewItem, *, trailing: bool = False) -> int:
        """Where text stands in its area, whatever direction its own letters have."""
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored != trailing else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        return int(flags.value) | int(Qt.TextFlag.TextSingleLine.value)

    # Renaming in place

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("New name"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        area: QRect = option.rect
        editor.setGeometry(self._seen(option, area.adjusted(EDGE + CHIP + 2, 1, -1, -1)))
