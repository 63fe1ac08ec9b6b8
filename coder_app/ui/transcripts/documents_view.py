"""The list of transcripts on the screen: rows to drag, statuses to press."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from coder_app.core.model import Status
from coder_app.ui.colors import LIGHT, Colors
from coder_app.ui.icons import pixmap
from coder_app.ui.transcripts.documents_model import (
    CODINGS,
    DATE,
    EVERYONE,
    GUID,
    MINUTES,
    MY_STATUS,
    PEOPLE,
    ROWS_MIME,
    STATUS,
    STATUSES,
    TITLE,
    WORDS,
    DocumentsModel,
)
from coder_app.ui.widgets.disc import initials
from coder_app.ui.widgets.table_model import Index

ROW_HEIGHT = 36
WIDTHS = {DATE: 92, PEOPLE: 118, WORDS: 66, MINUTES: 56, CODINGS: 94, STATUS: 138, EVERYONE: 104}

NARROWEST_TITLE = 140


class DocumentDelegate(QStyledItemDelegate):
    """Draws statuses as pills, everybody's as initials: outlined, half filled, filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors: Colors = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(
            super().sizeHint(option, index).width(), max(ROW_HEIGHT, option.fontMetrics.height() + 14)
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column() not in (STATUS, EVERYONE):
            super().paint(painter, option, index)
            return
        inner = QStyleOptionViewItem(option)
        self.initStyleOption(inner, index)
        words, inner.text = inner.text, ""
        inner.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, inner, painter, inner.widget)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.column() == STATUS:
            self._pill(painter, option, index.data(MY_STATUS), words)
        else:
            self._initials(painter, option, index.data(STATUSES))
        painter.restore()

    def pill_rect(self, option: QStyleOptionViewItem) -> QRect:
        area = QRect(option.rect)
        height = min(24, area.height() - 6)
        return QRect(area.left() + 6, area.center().y() - height // 2, min(area.width() - 12, 126), height)

    def _pill(self, painter: QPainter, option: QStyleOptionViewItem, status: Status, words: str) -> None:
        fill, edge, ink = self._tones(status)
        box = QRectF(self.pill_rect(option)).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        ratio = painter.device().devicePixelRatioF()
        icon = {Status.NOT_STARTED: "minus", Status.IN_PROGRESS: "clock", Status.FINISHED: "check"}[status]
        at = QPoint(round(box.left()) + 8, round(box.center().y()) - 7)
        painter.drawPixmap(QRect(at, QSize(14, 14)), pixmap(icon, ink, 14, ratio))
        arrow = QRect(round(box.right()) - 19, round(box.center().y()) - 5, 12, 12)
        painter.drawPixmap(arrow, pixmap("down", ink, 12, ratio))
        painter.setPen(QColor(ink))
        painter.setFont(option.font)
        room = box.adjusted(27, 0, -22, 0).toRect()
        shown = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _initials(
        self, painter: QPainter, option: QStyleOptionViewItem, statuses: tuple[tuple[str, Status], ...]
    ) -> None:
        font = QFont(option.font)
        font.setPixelSize(max(9, option.fontMetrics.height() - 7))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        x, size = option.rect.left() + 8, 24
        for place, (name, status) in enumerate(statuses):
            box = QRectF(x, option.rect.center().y() - size / 2 + 0.5, size, size).adjusted(1, 1, -1, -1)
            if x + size > option.rect.right() - 16 and place < len(statuses) - 1:
                painter.setPen(QColor(self.colors.muted))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"+{len(statuses) - place}")
                return
            fill, edge, ink = self._tones(status)
            if status is Status.FINISHED:
                fill, ink = self.colors.success, self.colors.surface
            painter.setPen(QPen(QColor(edge), 1.4))
            painter.setBrush(QColor(fill))
            painter.drawEllipse(box)
            painter.setPen(QColor(ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, initials(name))
            x += size + 4

    def _tones(self, status: Status) -> tuple[str, str, str]:
        """(fill, edge, ink)."""
        c = self.colors
        return {
            Status.NOT_STARTED: (c.surface, c.border_strong, c.muted),
            Status.IN_PROGRESS: (c.accent_soft, c.accent, c.text),
            Status.FINISHED: (c.success_soft, c.success, c.success),
        }[status]


class DocumentsView(QTreeView):
    """A flat list with columns. Enter opens, the status opens its menu when pressed."""

    openWanted = Signal(str)
    statusPressed = Signal(str, QPoint)
    """(transcript, where on the screen a menu may open)."""

    def __init__(self, model: DocumentsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delegate = DocumentDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(self.tr("Transcripts"))
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(56)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.doubleClicked.connect(self._double_clicked)

    def guids(self) -> list[str]:
        """The chosen transcripts from top to bottom."""
        chosen = self.selectionModel().selection()  # whole rows; selectedRows() asks about every cell
        parts = [chosen.at(number) for number in range(chosen.count())]
        rows = sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})
        return [self.model().index(row, 0).data(GUID) for row in rows]

    def choose(self, guids: list[str], current: str = "") -> None:
        """Select these; the current row is ``current`` or the first of them."""
        model = self.model()
        assert isinstance(model, DocumentsModel)
        rows = [row for row in (model.row_of(guid) for guid in guids) if row >= 0]
        if not rows:
            return
        at = model.row_of(current) if current else -1
        flags = self.selectionModel().SelectionFlag
        index = model.index(at if at in rows else rows[0], TITLE)
        wanted = QItemSelection()
        for row in rows:
            wanted.select(model.index(row, TITLE), model.index(row, EVERYONE))
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        self.selectionModel().select(wanted, flags.ClearAndSelect)
        self.scrollTo(index)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """With a ring around the current row; the style's own is a bar with a gradient."""
        super().drawRow(painter, options, index)
        if self.hasFocus() and index.row() == self.currentIndex().row():
            painter.setPen(QColor(self.delegate.colors.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(options.rect.adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title takes what the other columns leave, but never less than can be read."""
        super().resizeEvent(event)
        head = self.header()
        others = sum(head.sectionSize(column) for column in range(head.count()) if column != TITLE)
        short = self.viewport().width() - others < NARROWEST_TITLE
        mode = QHeaderView.ResizeMode.Fixed if short else QHeaderView.ResizeMode.Stretch
        if head.sectionResizeMode(TITLE) != mode:
            head.setSectionResizeMode(TITLE, mode)
        if short:
            head.resizeSection(TITLE, NARROWEST_TITLE)

    def edit_column(self, column: int) -> None:
        """Open the title or the date of the current row for typing."""
        index = self.currentIndex()
        if index.isValid():
            self.edit(index.siblingAtColumn(column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not editing:
            if self.currentIndex().isValid():
                self.openWanted.emit(self.currentIndex().siblingAtColumn(0).data(GUID))
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not event.modifiers() and index.column() == STATUS:
            rect = self.visualRect(index)
            self.statusPressed.emit(index.data(GUID), self.viewport().mapToGlobal(rect.bottomLeft()))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(ROWS_MIME):
            super().dragEnterEvent(event)
        else:
            event.ignore()  # files go to the page

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(ROWS_MIME):
            super().dragMoveEvent(event)
        else:
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            over = self.indexAt(event.position().toPoint()).column() == STATUS
            self.viewport().setCursor(
                Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
            )
        return super().viewportEvent(event)

    def _double_clicked(self, index: QModelIndex) -> None:
        if index.column() != STATUS:
            self.openWanted.emit(index.siblingAtColumn(0).data(GUID))
