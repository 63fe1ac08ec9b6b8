"""The list of pairs: both codes with their colours, how far they are alike, and why."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder_app.core.lookalike import Pair
from coder_app.ui.agreement.codebooks.pairs_model import APART, COLOR, Column, PairsModel
from coder_app.ui.agreement.number_table import ENTER
from coder_app.ui.codebook.delegate import CHIP, paint_chip
from coder_app.ui.context import Context
from coder_app.ui.widgets.table_model import Index
from coder_app.ui.widgets.table_view import for_reading

ROW = 28
EDGE = 8
LONGEST_PAINTED = 300
"""Code points of a name that are laid out; more never fits."""
_NUMBER_WIDTH = 84
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute


class PairDelegate(QStyledItemDelegate):
    """Chip and name of a code; plain text elsewhere. Pairs that are kept apart are quieter."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = str(index.data() or "")[:LONGEST_PAINTED], ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        colors, color = self.ctx.colors, index.data(COLOR)
        room = option.rect.adjusted(EDGE, 0, -EDGE, 0)
        side = Qt.AlignmentFlag.AlignRight if index.column() in (Column.NAMES, Column.TEXT) else _LEFT
        if color is not None:
            chip = QRect(room.left(), room.center().y() - CHIP // 2 + 1, CHIP, CHIP)
            paint_chip(painter, QRectF(chip), QColor(color), colors.border_strong)
            room.setLeft(chip.right() + EDGE)
        font = QFont(option.font)
        if index.data(APART):
            font.setItalic(True)
        painter.setFont(font)
        quiet = index.data(APART) or index.column() == Column.WHY
        painter.setPen(QColor(colors.muted if quiet else colors.text))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()


class PairsTable(QTableView):
    """Arrow keys go from pair to pair; Enter opens the text that both cover. Tab leaves the table."""

    opened = Signal()
    pairChanged = Signal()
    """The cursor went to another pair."""
    choiceChanged = Signal()
    """More or fewer pairs are chosen."""

    def __init__(self, ctx: Context, model: PairsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pairs = model
        self._own_widths = self._fitting = False
        self.setModel(model)
        self.setItemDelegate(PairDelegate(ctx, self))
        self.setAccessibleName(self.tr("Pairs of codes that may mean the same"))
        for_reading(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setWordWrap(False)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        self._set_columns()
        self.doubleClicked.connect(lambda _: self.opened.emit())
        self.selectionModel().currentRowChanged.connect(lambda *_: self.pairChanged.emit())
        self.selectionModel().selectionChanged.connect(lambda *_: self.choiceChanged.emit())

    def _set_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(60)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header.setStretchLastSection(True)
        for column in (Column.NAMES, Column.TEXT):
            header.resizeSection(column, _NUMBER_WIDTH)
        header.sectionResized.connect(self._note_own_width)

    def _note_own_width(self, column: int, *_: int) -> None:
        """A width given by hand stays."""
        self._own_widths |= not self._fitting and column in (Column.ONE, Column.OTHER)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._own_widths:
            self._fitting = True
            for column in (Column.ONE, Column.OTHER):
                self.setColumnWidth(column, min(max(self.viewport().width() // 4, 140), 260))
            self._fitting = False

    def current(self) -> Pair | None:
        """The pair at the cursor."""
        row = self.currentIndex().row()
        return self.pairs.rows[row] if 0 <= row < len(self.pairs.rows) else None

    def chosen(self) -> list[Pair]:
        """All pairs chosen, in order; the one at the cursor where none is."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        found = [self.pairs.rows[row] for row in rows if row < len(self.pairs.rows)]
        current = self.current()
        return found or ([current] if current is not None else [])

    def choose(self, row: int) -> None:
        """Put the cursor into a row, or the nearest there is."""
        if self.pairs.rows:
            row = min(max(row, 0), len(self.pairs.rows) - 1)
            flags = QItemSelectionModel.SelectionFlag
            index = self.pairs.index(row, Column.ONE)  # alone, even while Ctrl or Shift is still held down
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.current() is not None:
                self.opened.emit()
        else:
            super().keyPressEvent(event)
