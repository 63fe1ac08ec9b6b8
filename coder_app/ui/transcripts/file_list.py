"""The list of files of an import: tick, name, and below it what was found or why it cannot be read."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder_app.ui.colors import LIGHT, Colors
from coder_app.ui.icons import pixmap
from coder_app.ui.transcripts.batch import Batch, ImportFile, is_date
from coder_app.ui.transcripts.tables import plain_tip
from coder_app.ui.widgets.table_model import Index

STATE = Qt.ItemDataRole.UserRole + 1
"""The second line."""
TONE = Qt.ItemDataRole.UserRole + 2
"""Field of ``Colors`` for the second line."""
_NONE = QModelIndex()
_TICK = 34
_HEIGHT = 48


class FilesModel(QAbstractListModel):
    """The files of a batch; ticking one off leaves it out."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.batch = Batch([])

    def show_batch(self, batch: Batch) -> None:
        self.beginResetModel()
        self.batch = batch
        self.endResetModel()

    def update_states(self) -> None:
        if self.batch.files:
            self.dataChanged.emit(self.index(0), self.index(len(self.batch.files) - 1))

    def file_at(self, index: Index) -> ImportFile:
        return self.batch.files[index.row()]

    def rowCount(self, parent: Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self.batch.files)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.isValid() and self.file_at(index).readable:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        file = self.file_at(index)
        state, tone = self.state_of(file)
        if role == Qt.ItemDataRole.DisplayRole:
            return file.name
        if role == STATE or role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return state
        if role == TONE:
            return tone
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{file.name}\n{state}")
        if role == Qt.ItemDataRole.CheckStateRole and file.readable:
            return Qt.CheckState.Checked if file.wanted else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not self.file_at(index).readable:
            return False
        self.file_at(index).wanted = Qt.CheckState(value) == Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def state_of(self, file: ImportFile) -> tuple[str, str]:
        """(what to tell about a file in one line, its tone)."""
        if file.found is None:
            return file.problem, "danger"
        if file.wanted and fault(file):
            return fault(file), "danger"
        if file.twin:
            return self.tr("The same text as “{title}”").format(title=file.twin), "warning"
        count = len(file.found.turns)
        turns = self.tr("1 turn") if count == 1 else self.tr("{count} turns").format(count=f"{count:,}")
        people = sum(1 for name, c in file.choices.items() if c.is_speaker and file.root(name) == name)
        if not people:
            return self.tr("{turns}, no speakers found").format(turns=turns), "warning"
        if people == 1:
            return self.tr("{turns}, 1 speaker").format(turns=turns), "muted"
        return self.tr("{turns}, {count} speakers").format(turns=turns, count=people), "muted"


def fault(file: ImportFile) -> str:
    """What must be mended before a file can be imported, in a sentence; empty where nothing."""
    if not file.title.strip():
        return QCoreApplication.translate("FileList", "Give it a title.")
    if file.date and not is_date(file.date):
        sentence = QCoreApplication.translate("FileList", "“{date}” is not a date: write it as 2026-03-31.")
        return sentence.format(date=file.date)
    return ""


class FileDelegate(QStyledItemDelegate):
    """Draws a file in two lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.colors: Colors = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, max(_HEIGHT, 2 * option.fontMetrics.lineSpacing() + 12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        inner = QStyleOptionViewItem(option)
        self.initStyleOption(inner, index)
        inner.text = ""
        inner.features &= ~QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
        style = inner.widget.style() if inner.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, inner, painter, inner.widget)
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            tick = QStyleOptionViewItem(inner)
            tick.rect = self.tick_rect(option)
            checked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
            tick.state &= ~QStyle.StateFlag.State_HasFocus
            tick.state |= QStyle.StateFlag.State_On if checked else QStyle.StateFlag.State_Off
            style.drawPrimitive(
                QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, tick, painter, inner.widget
            )
        else:
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(self.tick_rect(option), pixmap("warning", self.colors.danger, 16, ratio))
        area = option.rect.adjusted(8 if rtl else _TICK, 6, -_TICK if rtl else -8, -6)
        half = area.height() // 2
        bold = QFont(inner.font)
        bold.setWeight(QFont.Weight.DemiBold)
        painter.save()
        upper = QRect(area.left(), area.top(), area.width(), half)
        self._write(painter, upper, index.data(), bold, self.colors.text)
        tone = getattr(self.colors, index.data(TONE))
        self._write(painter, upper.translated(0, half), index.data(STATE), inner.font, tone)
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, text: str, font: QFont, color: str) -> None:
        painter.setFont(font)
        painter.setPen(QColor(color))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), shown)

    def tick_rect(self, option: QStyleOptionViewItem) -> QRect:
        rtl = option.direction == Qt.LayoutDirection.RightToLeft
        x = option.rect.right() - 25 if rtl else option.rect.left() + 9
        return QRect(x, option.rect.top() + 8, 16, 16)

    def editorEvent(self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        near = self.tick_rect(option).adjusted(-8, -8, 8, 8)
        return near.contains(event.position().toPoint()) and toggle(index)


def toggle(index: Index) -> bool:
    """Tick a file on or off."""
    value = index.data(Qt.ItemDataRole.CheckStateRole)
    if value is None:
        return False
    on = Qt.CheckState(value) == Qt.CheckState.Checked
    after = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
    model = index.model()
    return bool(model.setData(index, after, Qt.ItemDataRole.CheckStateRole))


class FileList(QListView):
    """Space ticks, arrows walk."""

    def __init__(self, model: FilesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delegate = FileDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Files"))
        self.setAccessibleDescription(self.tr("Space leaves a file out or takes it in"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)
