"""The passages behind a number: a list, and below it both coders' versions of the chosen one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QTextLayout,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QSplitter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.text import Utf16Map
from coder_app.ui.agreement import wording
from coder_app.ui.agreement.chips import paint_chips
from coder_app.ui.agreement.looking import Look
from coder_app.ui.agreement.number_table import ENTER
from coder_app.ui.agreement.passages import Passage, Passages
from coder_app.ui.agreement.passages_model import ALIKE, CODES, Column, PassagesModel
from coder_app.ui.agreement.versions import Versions
from coder_app.ui.context import Context
from coder_app.ui.theme import ui_font
from coder_app.ui.widgets.parts import label, tool
from coder_app.ui.widgets.table_model import Index

LINES = 3
"""Lines of text in a row of the list."""
MARGIN = 6
PLACE_WIDTH = 150
ALL_CODERS = 420
"""Pixels for the columns of all coders together."""
NARROWEST = 110


class PassageDelegate(QStyledItemDelegate):
    """Place, words on three lines, and codes as chips."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, LINES * option.fontMetrics.lineSpacing() + 2 * MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        text = str(index.data())
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setFont(option.font)
        room = option.rect.adjusted(8, MARGIN, -8, -MARGIN)
        painter.setClipRect(option.rect)
        if index.column() == Column.PLACE:
            self._paint_place(painter, room, text, bool(index.data(ALIKE)))
        elif index.column() == Column.TEXT:
            painter.setPen(QColor(self.ctx.colors.text))
            paint_lines(painter, text, room, option.font)
        else:
            chips = index.data(CODES)
            if chips:
                paint_chips(painter, chips, room, self.ctx)
            else:
                painter.setPen(QColor(self.ctx.colors.muted))
                painter.drawText(room, Qt.AlignmentFlag.AlignTop, wording.tr("no code"))
        pen = QColor(self.ctx.colors.border)
        painter.setPen(pen)
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_place(self, painter: QPainter, room: QRect, text: str, alike: bool) -> None:
        high = painter.fontMetrics().lineSpacing()
        for number, part in enumerate(text.split("\n")):
            if number == 2 and not alike:
                font = painter.font()
                font.setBold(True)
                painter.setFont(font)
            strong = number == 0 or (number == 2 and not alike)
            painter.setPen(QColor(self.ctx.colors.text if strong else self.ctx.colors.muted))
            shown = painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, room.width())
            line = QRect(room.left(), room.top() + number * high, room.width(), high)
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


def paint_lines(painter: QPainter, text: str, room: QRect, font: QFont) -> None:
    """Text wrapped into the room, the last line that fits ending in an ellipsis; any script."""
    spacing = painter.fontMetrics().lineSpacing()
    most = max(1, (room.height() + 2) // spacing)
    layout, lines = _wrapped(text, font, room.width(), most, spacing)
    corner = room.topLeft().toPointF()
    units = Utf16Map(text)
    cut = bool(lines) and lines[-1].textStart() + lines[-1].textLength() < units.length
    for line in lines[:-1] if cut else lines:
        line.draw(painter, corner)
    if cut:
        rest = text[units.start(lines[-1].textStart()) :]
        shown = painter.fontMetrics().elidedText(rest, Qt.TextElideMode.ElideRight, room.width())
        last, own = _wrapped(shown, font, room.width(), 1, spacing)
        for line in own:
            line.draw(painter, corner + QPointF(0, (len(lines) - 1) * spacing))
        last.clearLayout()
    layout.clearLayout()


def _wrapped(
    text: str, font: QFont, width: int, most: int, spacing: int
) -> tuple[QTextLayout, list[QTextLine]]:
    """At most so many lines; the layout must live as long as its lines."""
    layout = QTextLayout(text, font)
    wrapping = QTextOption()
    wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrapping)
    layout.beginLayout()
    lines: list[QTextLine] = []
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, len(lines) * spacing))
        lines.append(line)
    layout.endLayout()
    return layout, lines


class PassageTable(QTableView):
    """The list; Enter and double click go to the place."""

    goWanted = Signal()

    def __init__(self, ctx: Context, model: PassagesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        delegate = PassageDelegate(ctx, self)
        self.setItemDelegate(delegate)
        self.setAccessibleName(self.tr("Passages"))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(LINES * QFontMetrics(ui_font()).lineSpacing() + 2 * MARGIN)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(60)
        columns.setSectionsClickable(False)
        columns.setTextElideMode(Qt.TextElideMode.ElideRight)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        columns.setSectionResizeMode(Column.TEXT, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(Column.PLACE, PLACE_WIDTH)
        model.modelReset.connect(self._fit)
        self.doubleClicked.connect(lambda _: self.goWanted.emit())

    def _fit(self) -> None:
        """Less room for each coder where they are many."""
        coders = self.model().columnCount() - Column.FIRST
        for column in range(Column.FIRST, Column.FIRST + coders):
            self.setColumnWidth(column, max(NARROWEST, ALL_CODERS // coders))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.goWanted.emit()
        else:
            super().keyPressEvent(event)


class PassagesView(QWidget):
    """Title, filter, list and the versions side by side."""

    backWanted = Signal()
    goWanted = Signal()
    currentChanged = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.model = PassagesModel(ctx, self)
        self.title = label("", "strong", wrap=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.differences = QCheckBox(self.tr("Differences only"))
        self.table = PassageTable(ctx, self.model)
        self.versions = Versions(ctx)
        self.back = tool("left", self.tr("Back to the codes (Esc)"), self.backWanted.emit)
        self.go = tool("transcripts", self.tr("Show in the transcript"), self.goWanted.emit)
        top = QHBoxLayout()
        top.setContentsMargins(4, 6, 8, 6)
        for widget in (self.back, self.title, self.differences, self.go):
            top.addWidget(widget, 1 if widget is self.title else 0)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.versions)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.splitter, 1)
        self.setFocusProxy(self.table)
        self.differences.toggled.connect(self._filter)
        self.table.goWanted.connect(self.goWanted)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_current())

    def put(self, look: Look | None, passages: Passages | None, title: str) -> None:
        """Show an answer, the first passage chosen."""
        kept = self.current()
        self.model.put(look, passages)
        self.title.setText(title)
        self._name_differences()
        self._choose(kept)

    def current(self) -> Passage | None:
        """The chosen passage."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _choose(self, kept: Passage | None) -> None:
        """Choose the passage at the same place again, or the first."""
        place = (kept.document, kept.start) if kept is not None else None
        row = next((n for n, one in enumerate(self.model.rows) if (one.document, one.start) == place), 0)
        if self.model.rows:
            self.table.setCurrentIndex(self.model.index(row, Column.TEXT))
        self._show_current()

    def _filter(self, on: bool) -> None:
        kept = self.current()
        self.model.show_differences(on)
        self._choose(kept)

    def _name_differences(self) -> None:
        count = self.model.differing
        self.differences.setText(self.tr("Differences only ({n})").format(n=f"{count:,}"))

    def _show_current(self) -> None:
        passage = self.current()
        self.versions.put(self.model, passage)
        self.versions.setVisible(passage is not None)
        self.go.setEnabled(passage is not None)
        self.currentChanged.emit()
