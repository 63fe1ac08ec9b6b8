"""Rows of what is at the cursor: a chip and a name, and below it who coded while everybody is shown."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder_app.ui.codebook.delegate import small
from coder_app.ui.context import Context
from coder_app.ui.widgets.table_model import Index

CODER = Qt.ItemDataRole.UserRole + 1
"""Name of the coder; empty while only one's own codings are shown."""
PAD = 7
ICON = 14


class RowDelegate(QStyledItemDelegate):
    """Names end in dots where they do not fit; the tool tip has them whole."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = QFontMetrics(option.font).height() + 2 * PAD
        if index.data(CODER):
            height += QFontMetrics(small(option.font)).height()
        return QSize(120, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        name, icon, coder = str(index.data()), index.data(Qt.ItemDataRole.DecorationRole), index.data(CODER)
        styled = QStyleOptionViewItem(option)
        self.initStyleOption(styled, index)
        styled.text, styled.icon = "", QIcon()
        feature = QStyleOptionViewItem.ViewItemFeature
        styled.features &= ~(feature.HasDecoration | feature.HasDisplay)
        style, colors = option.widget.style(), self.ctx.colors
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, styled, painter, option.widget)
        area = option.rect.adjusted(PAD, PAD, -PAD, -PAD)
        metrics = QFontMetrics(option.font)
        line = QRect(area.left(), area.top(), area.width(), metrics.height())
        painter.save()
        place = QRect(line.left(), line.center().y() - ICON // 2 + 1, ICON, ICON)
        painter.drawPixmap(place, icon.pixmap(QSize(ICON, ICON), painter.device().devicePixelRatioF()))
        line.setLeft(line.left() + ICON + PAD)
        flags = int((Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft).value)
        flags |= int(Qt.TextFlag.TextSingleLine.value)
        painter.setFont(option.font)
        painter.setPen(QColor(colors.text))
        painter.drawText(line, flags, metrics.elidedText(name, Qt.TextElideMode.ElideRight, line.width()))
        if coder:
            caption = small(option.font)
            below = QRect(line.left(), line.bottom() + 1, line.width(), QFontMetrics(caption).height())
            painter.setFont(caption)
            painter.setPen(QColor(colors.muted))
            shown = QFontMetrics(caption).elidedText(coder, Qt.TextElideMode.ElideRight, below.width())
            painter.drawText(below, flags, shown)
        painter.restore()
