"""Tables that are filled in by keyboard: cells with a list of answers, Enter or Space opens them."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder_app.ui.icons import icons, pixmap
from coder_app.ui.widgets.table_model import Index

CHOICES = Qt.ItemDataRole.UserRole + 1
"""List of (text, value) that a cell offers; None where the cell is plain text."""
FREE = Qt.ItemDataRole.UserRole + 2
"""Whether something else may be typed into the cell."""

ROW_HEIGHT = 30
_ARROW = 22


def plain_tip(text: str) -> str:
    """A tool tip that shows ``text`` as it is, never as HTML, in lines of readable length."""
    if len(text) > 60 or "<" in text or "&" in text:
        return f'<p style="white-space: pre-wrap">{escape(text)}</p>'
    return text


class ChoiceDelegate(QStyledItemDelegate):
    """Draws an arrow where a cell offers answers, and a combo box while it is edited."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not self._offers(index):
            super().paint(painter, option, index)
            return
        inner = QStyleOptionViewItem(option)
        self.initStyleOption(inner, index)
        style = inner.widget.style()
        words, inner.text = inner.text, ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, inner, painter, inner.widget)
        rtl = inner.direction == Qt.LayoutDirection.RightToLeft
        area = option.rect.adjusted(_ARROW if rtl else 10, 0, -10 if rtl else -_ARROW, 0)
        painter.save()
        painter.setFont(inner.font)
        painter.setPen(inner.palette.color(inner.palette.ColorRole.Text))
        if (brush := index.data(Qt.ItemDataRole.ForegroundRole)) is not None:
            painter.setPen(brush.color())
        shown = inner.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), shown)
        ratio = painter.device().devicePixelRatioF()
        x = option.rect.left() + 5 if rtl else option.rect.right() - 17
        arrow = pixmap("down", icons.colors.muted, 12, ratio)
        painter.drawPixmap(QRect(x, option.rect.center().y() - 5, 12, 12), arrow)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        choices = index.data(CHOICES)
        if choices is None:
            editor = super().createEditor(parent, option, index)
            editor.setAccessibleName(_header(index))
            return editor
        box = QComboBox(parent)
        box.setAccessibleName(_header(index))
        box.setEditable(bool(index.data(FREE)))
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for text, value in choices:
            box.addItem(text, value)
        box.activated.connect(lambda: self._finish(box))
        if not box.isEditable():
            QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if not isinstance(editor, QComboBox):
            super().setEditorData(editor, index)
            return
        value = index.data(Qt.ItemDataRole.EditRole)
        at = editor.findData(value)
        editor.setCurrentIndex(at)
        if editor.isEditable():
            editor.setEditText(str(value or ""))
            line = editor.lineEdit()
            if line is not None:
                line.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, QComboBox):
            super().setModelData(editor, model, index)
            return
        value: Any = editor.currentData()
        if editor.isEditable() and editor.currentText() != editor.itemText(editor.currentIndex()):
            value = editor.currentText()
        model.setData(index, value, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, QComboBox) and isinstance(event, QKeyEvent):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if event.type() == QEvent.Type.KeyPress and enter:
                self._finish(editor)
                return True
        return super().eventFilter(editor, event)

    def _finish(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _offers(self, index: Index) -> bool:
        return bool(index.flags() & Qt.ItemFlag.ItemIsEditable) and index.data(CHOICES) is not None


class EntryTable(QTableView):
    """A table whose cells open for editing with Enter, Space, F2, a click, or by typing into them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(ChoiceDelegate(self))
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.clicked.connect(self._click)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        editable = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        if opens and plain and editable and not editing:
            self.edit(index)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and plain and editable and not editing:
            if index.data(CHOICES) is None or index.data(FREE):
                self.model().setData(index, "", Qt.ItemDataRole.EditRole)
        else:
            super().keyPressEvent(event)

    def commit_open_editor(self) -> None:
        """Take over what is typed into an open cell."""
        editor = self.indexWidget(self.currentIndex())
        if self.state() == QAbstractItemView.State.EditingState and editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _click(self, index: QModelIndex) -> None:
        if index.data(CHOICES) is not None and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            wanted = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Delete)
            if event.key() in wanted and not event.modifiers():
                event.accept()
                return True
        return super().event(event)


def _header(index: Index) -> str:
    return str(
        index.model().headerData(index.column(), Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
    )
