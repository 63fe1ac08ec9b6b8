"""The confusion view: a heat table of two coders' codes, and the list for the chosen code beside it."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import Level
from coder_app.ui.agreement.confusion_model import COLOR, HEAT, SAME, ConfusionModel, InsteadModel
from coder_app.ui.agreement.looking import Look
from coder_app.ui.agreement.number_table import ROW_PIXELS, NumberTable
from coder_app.ui.agreement.passages import Question
from coder_app.ui.codebook.wording import short
from coder_app.ui.context import Context
from coder_app.ui.widgets.choice import choice
from coder_app.ui.widgets.parts import label
from coder_app.ui.widgets.table_model import Index

if TYPE_CHECKING:
    from coder_app.core.agreement.confusion import Confusion

CELL = 40
NARROW = 560
NAMES = 170
UPWARDS = 112
FAINTEST, STRONGEST = 14, 150
"""Opacity of a cell's colour, of 255."""
INSTEAD_WIDTHS = (110, 62, 62)
LONGEST = 22


class NameHeader(QHeaderView):
    """Names of codes with their colour; those of columns are written upwards."""

    def __init__(self, ctx: Context, side: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(side, parent)
        self.ctx = ctx
        self.setHighlightSections(False)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        model = self.model()
        text = str(model.headerData(logicalIndex, self.orientation()))
        color = model.headerData(logicalIndex, self.orientation(), COLOR)
        colors = self.ctx.colors
        painter.save()
        painter.fillRect(rect, QColor(colors.surface))
        painter.translate(rect.topLeft())
        wide, high = rect.width(), rect.height()
        if self.orientation() == Qt.Orientation.Horizontal:
            painter.translate(0, high)
            painter.rotate(-90)
            wide, high = high, wide
        if color:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(QRect(7, high // 2 - 5, 9, 9), 2, 2)
        painter.setPen(QColor(colors.text if color else colors.muted))
        room = QRect(22, 0, wide - 28, high)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.restore()


class HeatDelegate(QStyledItemDelegate):
    """The darker, the larger the share of the row; where both gave the same code in another colour."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors, heat, same = self.ctx.colors, float(index.data(HEAT) or 0), bool(index.data(SAME))
        room = option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        if heat:
            ink = QColor(colors.accent if same else colors.warning)
            ink.setAlpha(round(FAINTEST + (STRONGEST - FAINTEST) * heat))
            painter.fillRect(room, ink)
        if same:
            painter.setPen(QPen(QColor(colors.border_strong), 1))
            painter.drawRect(room.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(colors.text))
        painter.setFont(option.font)
        painter.drawText(option.rect, int(Qt.AlignmentFlag.AlignCenter), str(index.data()))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(colors.focus), 2))
            painter.drawRect(room)
        painter.restore()


class ConfusionView(QWidget):
    """Which code did B use where A used this one?"""

    opened = Signal(object)
    """A :class:`Question`: the passages behind a count are wanted."""
    pairChosen = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.model = ConfusionModel(self)
        self.instead = InsteadModel(self.model, self)
        self._coders: tuple[str, ...] = ()
        self.pairs = choice(self.tr("Whose codes are crossed"), 10)
        self.told = label("", "muted", wrap=True)
        self.table = NumberTable(self.model, self.tr("Codes of one coder by those of another"))
        self.table.setHorizontalHeader(NameHeader(ctx, Qt.Orientation.Horizontal, self.table))
        self.table.setVerticalHeader(NameHeader(ctx, Qt.Orientation.Vertical, self.table))
        self.table.setItemDelegate(HeatDelegate(ctx, self.table))
        columns, rows = self.table.horizontalHeader(), self.table.verticalHeader()
        columns.setMinimumSectionSize(CELL)
        columns.setDefaultSectionSize(CELL)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setFixedHeight(UPWARDS)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PIXELS)
        rows.setFixedWidth(NAMES)
        self.title = label("", "strong", wrap=True)
        self.list = NumberTable(self.instead, self.tr("What the other coder gave there"))
        self.list.set_widths(INSTEAD_WIDTHS)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.addWidget(self.title)
        column.addWidget(self.list, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([700, 280])
        self.splitter.setChildrenCollapsible(False)
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 6)
        top.setSpacing(12)
        top.addWidget(self.pairs, 1)
        top.addWidget(self.told, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self.splitter, 1)
        self.setFocusProxy(self.table)
        self.pairs.currentIndexChanged.connect(lambda: self.pairChosen.emit())
        self.table.selectionModel().currentChanged.connect(self._row_chosen)
        self.table.opened.connect(self._open_cell)
        self.list.opened.connect(lambda at: self._open(self.instead.question(at)))
        self.instead.modelReset.connect(lambda: self.list.set_widths(INSTEAD_WIDTHS))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list stands below, and names have less room."""
        super().resizeEvent(event)
        narrow = event.size().width() < NARROW
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.splitter.orientation() != way:
            self.splitter.setOrientation(way)
        self.table.verticalHeader().setFixedWidth(NAMES * 2 // 3 if narrow else NAMES)
        self.table.horizontalHeader().setFixedHeight(UPWARDS * 2 // 3 if narrow else UPWARDS)

    @property
    def pair(self) -> tuple[int, int]:
        """The places of the two coders that are crossed."""
        found = self.pairs.currentData()
        return (int(found[0]), int(found[1])) if found else (0, 1)

    def offer(self, look: Look) -> None:
        """Offer each two of the coders, either way; the pair chosen before stays."""
        if look.names == self._coders:
            return
        self._coders = look.names
        before = self.pairs.currentIndex()
        self.pairs.blockSignals(True)
        self.pairs.clear()
        for one, other in permutations(range(len(look.names)), 2):
            names = [short(look.names[place], LONGEST) for place in (one, other)]
            text = self.tr("{one}, and what {other} gave").format(one=names[0], other=names[1])
            self.pairs.addItem(text, (one, other))
        self.pairs.setCurrentIndex(before if 0 <= before < self.pairs.count() else 0)
        self.pairs.blockSignals(False)

    def put(self, look: Look, level: Level, found: Confusion) -> None:
        """Show the matrix; the chosen code stays where it is still listed."""
        at = self.table.currentIndex()
        kept = self.model.rows[at.row()] if at.isValid() else None
        self.model.put(look, level, self.pair, found)
        differing = sum(
            self.model.count(row, column)
            for row, one in enumerate(self.model.rows)
            for column, other in enumerate(self.model.columns)
            if one != other
        )
        self.told.setText(self.tr("Rows by columns; they differ {n} times.").format(n=f"{differing:,}"))
        if self.model.rows:
            row = self.model.rows.index(kept) if kept in self.model.rows else 0
            self.table.setCurrentIndex(self.model.index(row, 0))
        else:
            self._row_chosen(QModelIndex())

    def forget(self) -> None:
        self.model.put(None, Level.CODE, (0, 1), None)

    def _row_chosen(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        self.instead.put(index.row() if index.isValid() else -1)
        if not index.isValid() or self.model.look is None:
            self.title.setText("")
            return
        key = self.model.rows[index.row()]
        one = self.model.names[0]
        text = self.tr("Where {one} gave “{code}”") if key else self.tr("Where {one} gave nothing")
        self.title.setText(text.format(one=one, code=self.model.label(key)))

    def _open_cell(self, at: QModelIndex) -> None:
        if self.model.count(at.row(), at.column()):
            self._open(self.model.question(self.model.rows[at.row()], self.model.columns[at.column()]))

    def _open(self, question: Question) -> None:
        self.opened.emit(question)
