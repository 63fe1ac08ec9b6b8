"""The list of outputs: what each is called, and the file it makes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder_app.ui.codebook.delegate import small
from coder_app.ui.context import Context
from coder_app.ui.icons import pixmap
from coder_app.ui.report.outputs import Output
from coder_app.ui.widgets.table_model import Index

ICON = Qt.ItemDataRole.UserRole
CAPTION = Qt.ItemDataRole.UserRole + 1
_ICON_SIZE = 20


class OutputDelegate(QStyledItemDelegate):
    """An icon, the name and, smaller below it, the file."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(140, option.fontMetrics.height() * 2 + 18)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        colors, mirrored = self.ctx.colors, option.direction
        area = option.rect.adjusted(12, 7, -10, -7)
        icon = QRect(area.left(), area.top() + 1, _ICON_SIZE, _ICON_SIZE)
        ratio = painter.device().devicePixelRatioF()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if focused:
            painter.setPen(QPen(QColor(colors.focus), 2))
            painter.drawRoundedRect(option.rect.adjusted(2, 2, -2, -2), 4, 4)
        painter.drawPixmap(
            QStyle.visualRect(mirrored, option.rect, icon),
            pixmap(index.data(ICON), colors.text if chosen else colors.muted, _ICON_SIZE, ratio),
        )
        words = area.adjusted(_ICON_SIZE + 10, 0, 0, 0)
        half = words.height() // 2
        self._line(painter, option, QRect(words.left(), words.top(), words.width(), half), text, colors.text)
        painter.setFont(small(option.font))
        below = QRect(words.left(), words.top() + half, words.width(), words.height() - half)
        self._line(painter, option, below, str(index.data(CAPTION)), colors.muted)
        painter.restore()

    def _line(
        self, painter: QPainter, option: QStyleOptionViewItem, area: QRect, text: str, color: str
    ) -> None:
        painter.setPen(QColor(color))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(QStyle.visualRect(option.direction, option.rect, area), int(flags.value), shown)


class OutputList(QListWidget):
    """One output is always chosen; Enter exports it."""

    chosen = Signal()

    def __init__(self, ctx: Context, outputs: Sequence[Output], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outputs = outputs
        self.setAccessibleName(self.tr("Outputs"))
        self.setItemDelegate(OutputDelegate(ctx, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(150)
        for output in outputs:
            item = QListWidgetItem(output.tr(output.title))
            caption = f"{output.format} · {output.file_name}"
            item.setData(ICON, output.icon)
            item.setData(CAPTION, caption)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}, {caption}")
            self.addItem(item)
        self.setCurrentRow(0)
        self.currentRowChanged.connect(lambda _: self.chosen.emit())

    @property
    def output(self) -> Output:
        return self._outputs[max(self.currentRow(), 0)]

    def choose(self, key: str) -> None:
        """Choose an output by its key."""
        self.setCurrentRow(next(at for at, output in enumerate(self._outputs) if output.key == key))
