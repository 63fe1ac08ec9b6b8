"""The matrix: cells the darker the more text both codes cover, names along both sides."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder_app.core.palette import ink_on, rgb
from coder_app.ui.agreement.codebooks.matrix_model import COLOR, LEAST, SAME, SHARE, MatrixModel
from coder_app.ui.agreement.number_table import ENTER
from coder_app.ui.codebook.delegate import CHIP, paint_chip, small
from coder_app.ui.context import Context
from coder_app.ui.theme import ui_font
from coder_app.ui.widgets.table_model import Index
from coder_app.ui.widgets.table_view import for_reading

CELL = QSize(34, 24)
NAMES_WIDTH = 210
NAMES_HEIGHT = 128
_LONGEST_PAINTED = 120


def heat(share: float, surface: str, accent: str) -> str:
    """The colour of a cell: from the page's own to the accent; small shares can be told from none."""
    if share <= 0:
        return surface
    weight = 0.04 if share < LEAST else 0.06 + 0.94 * min(share, 1.0) ** 0.8
    parts = zip(rgb(surface), rgb(accent), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * weight):02x}" for low, high in parts)


class HeatDelegate(QStyledItemDelegate):
    """Number on a coloured ground; a frame where both use one and the same code, another at the cursor."""

    def __init__(self, ctx: Context, parent: QTableView) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors, share = self.ctx.colors, float(index.data(SHARE) or 0.0)
        ground = heat(share, colors.surface, colors.accent)
        painter.save()
        painter.fillRect(option.rect, QColor(ground))
        painter.setPen(QColor(colors.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        if share > 0:
            painter.setFont(small(ui_font()))
            painter.setPen(QColor(ink_on(ground)))
            painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        if index.data(SAME):
            painter.setPen(QColor(colors.border_strong))
            painter.drawRect(option.rect.adjusted(1, 1, -3, -3))
        if index == self.view.currentIndex():
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            pen = painter.pen()
            pen.setColor(QColor(colors.focus if focused else colors.border_strong))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        painter.restore()


class NamesHeader(QHeaderView):
    """Names of codes beside the rows, or turned upright above the columns; the cursor's is bold."""

    def __init__(self, ctx: Context, orientation: Qt.Orientation, parent: QTableView) -> None:
        super().__init__(orientation, parent)
        self.ctx = ctx
        self.view = parent
        across = orientation == Qt.Orientation.Horizontal
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(16)
        self.setDefaultSectionSize(CELL.width() if across else CELL.height())
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        longest = self._longest()
        if self.orientation() == Qt.Orientation.Horizontal:
            return QSize(0, min(longest, NAMES_HEIGHT))
        return QSize(min(longest, NAMES_WIDTH, max(self.view.width() // 3, 120)), 0)

    def _longest(self) -> int:
        """Pixels of the longest name with its chip."""
        font = QFont(ui_font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        names = (str(self.model().headerData(n, self.orientation()) or "") for n in range(self.count()))
        return (
            max((metrics.horizontalAdvance(name[:_LONGEST_PAINTED]) for name in names), default=0) + CHIP + 22
        )

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        colors, across = self.ctx.colors, self.orientation() == Qt.Orientation.Horizontal
        painter.save()
        painter.fillRect(rect, QColor(colors.surface))
        painter.setPen(QColor(colors.border))
        if across:
            painter.drawLine(rect.topRight(), rect.bottomRight())
            painter.translate(rect.left(), rect.bottom() + 1)
            painter.rotate(-90)
            room = QRect(0, 0, rect.height(), rect.width())
        else:
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            room = QRect(rect)
        self._paint_name(painter, room.adjusted(6, 0, -6, 0), section)
        painter.restore()

    def _paint_name(self, painter: QPainter, room: QRect, section: int) -> None:
        colors, model = self.ctx.colors, self.model()
        index = self.view.currentIndex()
        across = self.orientation() == Qt.Orientation.Horizontal
        current = index.isValid() and (index.column() if across else index.row()) == section
        font = QFont(ui_font())
        font.setBold(current)
        painter.setFont(font)
        color = model.headerData(section, self.orientation(), COLOR)
        chip = QRect(room.left(), room.center().y() - CHIP // 2 + 1, CHIP, CHIP)
        paint_chip(painter, QRectF(chip), QColor(color or colors.muted), colors.border_strong)
        room.setLeft(chip.right() + 6)
        name = str(model.headerData(section, self.orientation()) or "")[:_LONGEST_PAINTED]
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(QColor(colors.text))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(room, left | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


class MatrixTable(QTableView):
    """Arrow keys go from cell to cell; Enter opens the text that both cover. Tab leaves the matrix."""

    opened = Signal()
    pairChanged = Signal()

    def __init__(self, ctx: Context, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.matrix = model
        self.setModel(model)
        self.setItemDelegate(HeatDelegate(ctx, self))
        self.setAccessibleName(self.tr("Matrix of the text that codes of both cover"))
        self.setHorizontalHeader(NamesHeader(ctx, Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(NamesHeader(ctx, Qt.Orientation.Vertical, self))
        for_reading(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setCornerButtonEnabled(False)
        self.doubleClicked.connect(lambda _: self.opened.emit())
        self.selectionModel().currentChanged.connect(self._moved)

    def _moved(self, *_: QModelIndex) -> None:
        self.horizontalHeader().viewport().update()
        self.verticalHeader().viewport().update()
        self.pairChanged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def current(self) -> tuple[str, str] | None:
        """The codes of the cell at the cursor."""
        index = self.currentIndex()
        return self.matrix.codes(index) if index.isValid() else None

    def choose(self, one: str, other: str) -> None:
        """Put the cursor onto the cell of two codes; where they are not shown, into the first."""
        index = self.matrix.cell_of(one, other)
        if not index.isValid() and self.matrix.rows and self.matrix.columns:
            index = self.matrix.index(0, 0)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if self.currentIndex().isValid():
                self.opened.emit()
        else:
            super().keyPressEvent(event)
