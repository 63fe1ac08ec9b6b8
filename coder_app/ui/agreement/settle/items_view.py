"""The worklist as it is drawn: state, place, words, and each coder's codes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder_app.ui.agreement.settle.items_model import ENTRY, PLACE, VERSIONS, ItemsModel, state_words
from coder_app.ui.agreement.settle.states import Entry, State
from coder_app.ui.context import Context
from coder_app.ui.widgets.table_model import Index

LINES = 3
MARGIN = 6


class ItemDelegate(QStyledItemDelegate):
    """Three lines; the state stands as a word at the right of the first."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, LINES * QFontMetrics(option.font).lineSpacing() + 2 * MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        entry: Entry = index.data(ENTRY)
        colors = self.ctx.colors
        painter.save()
        room = option.rect.adjusted(10, MARGIN, -10, -MARGIN)
        high = QFontMetrics(option.font).lineSpacing()
        state = state_words(entry.state)
        painter.setFont(option.font)
        wide = painter.fontMetrics().horizontalAdvance(state) + 8
        painter.setPen(QColor(self._ink(entry.state)))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        first = QRect(room.left(), room.top(), room.width(), high)
        painter.drawText(first, right | Qt.TextFlag.TextSingleLine, state)
        bold = QFont(option.font)
        bold.setBold(True)
        painter.setFont(bold)
        self._line(painter, first.adjusted(0, 0, -wide, 0), str(index.data(PLACE)), colors.text)
        painter.setFont(option.font)
        self._line(painter, first.translated(0, high), str(index.data()), colors.text)
        self._line(painter, first.translated(0, 2 * high), str(index.data(VERSIONS)), colors.muted)
        painter.setPen(QColor(colors.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _line(self, painter: QPainter, room: QRect, text: str, ink: str) -> None:
        painter.setPen(QColor(ink))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)

    def _ink(self, state: State) -> str:
        colors = self.ctx.colors
        if state in (State.SETTLED, State.TAKEN_OVER):
            return colors.success
        if state is State.DISCUSS:
            return colors.warning
        return colors.muted


class ItemsView(QListView):
    """The list; the window's keys decide about the current row."""

    def __init__(self, ctx: Context, model: ItemsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(ItemDelegate(ctx, self))
        self.setAccessibleName(self.tr("Places to settle"))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumWidth(180)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters and digits decide; the list does not search by them."""
        if event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)
