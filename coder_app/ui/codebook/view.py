"""The tree view: dragging several codes, drops behind an open node, a ring around the current row."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDropEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from coder_app.ui.codebook.delegate import CodeDelegate
from coder_app.ui.codebook.model import CodebookModel, Column
from coder_app.ui.codebook.wording import counted, short
from coder_app.ui.context import Context

INDENTATION = 12
"""Pixels by which each level is set in; names need the room."""


class CodeTreeView(QTreeView):
    """Shows a ``CodebookModel``."""

    activatedByKey = Signal()
    """Enter was pressed (double clicks come as ``doubleClicked``)."""

    def __init__(self, ctx: Context, model: CodebookModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.codes = model
        self.drop_point = QPoint()
        """Where the last drop happened, on the screen."""
        self.setModel(model)
        self.setItemDelegate(CodeDelegate(ctx, self))
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(INDENTATION)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoExpandDelay(700)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)

    def row_place(self, guid: str) -> QPoint:
        """Where to open a menu for a node, on the screen."""
        index = self.codes.index_of(guid)
        if not index.isValid():
            return self.viewport().mapToGlobal(self.viewport().rect().center())
        self.scrollTo(index)
        area = self.visualRect(index)
        return self.viewport().mapToGlobal(QPoint(area.left() + 24, area.bottom()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and plain and self.state() != QAbstractItemView.State.EditingState:
            self.activatedByKey.emit()
            event.accept()
            return
        super().keyPressEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        indexes = [index for index in self.selectedIndexes() if index.column() == Column.NAME]
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self.codes.mimeData(indexes))
        drag.setPixmap(self.drag_picture(drag.mimeData().text().split("\n")))
        drag.setHotSpot(QPoint(-12, -6))
        drag.exec(supportedActions, Qt.DropAction.MoveAction)

    def drag_picture(self, names: list[str]) -> QPixmap:
        """What hangs at the mouse: the name, or how many codes."""
        text = short(names[0]) if len(names) == 1 else counted(len(names), "", self.tr("{n} codes"))
        metrics, ratio, colors = QFontMetrics(self.font()), self.devicePixelRatioF(), self.ctx.colors
        size = metrics.size(Qt.TextFlag.TextSingleLine, text)
        area = QRect(0, 0, size.width() + 20, size.height() + 10)
        picture = QPixmap(area.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        painter.setBrush(QColor(colors.accent_soft))
        painter.setPen(QColor(colors.accent))
        painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), 5, 5)
        painter.setPen(QColor(colors.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return picture

    def dropEvent(self, event: QDropEvent) -> None:
        point = event.position().toPoint()
        self.drop_point = self.viewport().mapToGlobal(point)
        index = self.indexAt(point).siblingAtColumn(Column.NAME)
        below = self.dropIndicatorPosition() == QAbstractItemView.DropIndicatorPosition.BelowItem
        if below and index.isValid() and self.isExpanded(index) and self.codes.rowCount(index):
            # the line below an open node is drawn above its first child: that is where it goes
            taken = self.codes.dropMimeData(event.mimeData(), event.dropAction(), 0, 0, index)
            self.setState(QAbstractItemView.State.NoState)
            self.viewport().update()
            if taken:
                event.acceptProposedAction()
            return
        super().dropEvent(event)

    def drawRow(
        self,
        painter: QPainter,
        options: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().drawRow(painter, options, index)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid() and self.codes.guid(current) == self.codes.guid(index):
            painter.setPen(QColor(self.ctx.colors.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(options.rect.adjusted(0, 0, -1, -1))
