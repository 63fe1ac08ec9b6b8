"""The transcripts of a comparison, with a tick each and how far the coders are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coder_app.ui.agreement import wording
from coder_app.ui.agreement.standing import Standing
from coder_app.ui.codebook.wording import tip
from coder_app.ui.context import Context
from coder_app.ui.widgets.table_model import NOWHERE, Index

NOTE = Qt.ItemDataRole.UserRole + 1


class TranscriptModel(QAbstractListModel):
    """Transcripts with a tick; ticked by default are those finished by all.

    Own ticks are kept apart from the default, so that finishing a transcript brings it in by itself.
    """

    ticked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table: list[Standing] = []
        self._names: tuple[str, ...] = ()
        self._own: dict[str, bool] = {}

    def put(self, table: list[Standing], names: tuple[str, ...]) -> None:
        same = [row.document.guid for row in table] == [row.document.guid for row in self.table]
        if not same:
            self.beginResetModel()
        self.table, self._names = table, names
        if not same:
            self.endResetModel()
        elif table:
            self.dataChanged.emit(self.index(0), self.index(len(table) - 1))

    def forget_own(self) -> None:
        """Back to those finished by all."""
        self._own.clear()
        if self.table:
            self.dataChanged.emit(self.index(0), self.index(len(self.table) - 1))
        self.ticked.emit()

    def start_again(self) -> None:
        """Forget own ticks, without a word: others are offered."""
        self._own.clear()

    def tick(self, documents: Sequence[str], on: bool = True) -> None:
        """Take transcripts into the comparison, or leave them out."""
        for guid in documents:
            self._own[guid] = on
        if self.table:
            self.dataChanged.emit(self.index(0), self.index(len(self.table) - 1))
        self.ticked.emit()

    def is_ticked(self, row: Standing) -> bool:
        return row.can_enter and self._own.get(row.document.guid, row.finished)

    def chosen(self) -> list[Standing]:
        return [row for row in self.table if self.is_ticked(row)]

    @property
    def changed_by_hand(self) -> bool:
        return any(self.is_ticked(row) != row.finished for row in self.table)

    # Qt's questions

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.table[index.row()].can_enter:
            flags |= Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.table[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.document.title
        if role == NOTE:
            return wording.standing_words(row, self._names)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{row.document.title}\n{wording.standing_words(row, self._names)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.document.title}, {wording.standing_words(row, self._names)}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.tick([self.table[index.row()].document.guid], on)
        return True


class TranscriptDelegate(QStyledItemDelegate):
    """The tick, the title, and below it how far both are."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 2 * option.fontMetrics.lineSpacing() + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        title, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        box = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, option.widget)
        left = box.right() + 8
        room = QRect(left, option.rect.top() + 4, option.rect.right() - left - 6, option.rect.height() - 8)
        high = option.fontMetrics.lineSpacing()
        usable = bool(option.state & QStyle.StateFlag.State_Enabled)
        colors = self.ctx.colors
        painter.save()
        for number, (text, color) in enumerate(
            ((title, colors.text if usable else colors.disabled), (index.data(NOTE), colors.muted))
        ):
            painter.setFont(option.font)
            painter.setPen(QColor(color if usable else colors.disabled))
            line = QRect(room.left(), room.top() + number * high, room.width(), high)
            shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()
