"""The text that both codes of a pair cover, place by place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QObject,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.text import excerpt
from coder_app.ui.agreement import wording as page_wording
from coder_app.ui.agreement.codebooks.meetings import Meeting
from coder_app.ui.agreement.number_table import ENTER
from coder_app.ui.agreement.passages_view import paint_lines
from coder_app.ui.codebook.delegate import small
from coder_app.ui.codebook.wording import tip
from coder_app.ui.context import Context
from coder_app.ui.theme import reading_font, ui_font
from coder_app.ui.widgets.elided import ElidedLabel
from coder_app.ui.widgets.parts import label, tool
from coder_app.ui.widgets.table_model import NOWHERE, Index

PLACE = Qt.ItemDataRole.UserRole + 1
"""Where it stands: transcript, turn, speaker."""
LINES = 2
MARGIN = 8
LONGEST_TEXT = 400


class MeetingsModel(QAbstractListModel):
    """Texts are read when a row is first painted."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.rows: list[Meeting] = []
        self._titles: dict[str, str] = {}

    def put(self, rows: Sequence[Meeting]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self._titles = {d.guid: d.title for d in self.ctx.project.documents.all()} if rows else {}
        self.endResetModel()

    def words(self, row: Meeting) -> str:
        return self.ctx.project.documents.content(row.document).text[row.start : row.end]

    def place(self, row: Meeting) -> str:
        content = self.ctx.project.documents.content(row.document)
        number = content.turn_at(row.start)
        speaker = content.turns[number - 1].speaker if number else None
        speakers = self.ctx.project.documents.speakers(row.document)
        name = speakers[speaker].name if speaker is not None else ""
        parts = (self._titles.get(row.document, ""), page_wording.turn_words(number, name))
        return "  ·  ".join(part for part in parts if part)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or not self.ctx.has_project:
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            text = self.ctx.project.documents.content(row.document).text
            return excerpt(text, row.start, row.end, LONGEST_TEXT)
        if role == PLACE:
            return self.place(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.words(row))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.words(row)} — {self.place(row)}"
        return None


class MeetingDelegate(QStyledItemDelegate):
    """The place in one line, the words below it."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        head, words = QFontMetrics(small(ui_font())), QFontMetrics(self._font)
        return QSize(200, head.height() + LINES * words.lineSpacing() + 2 * MARGIN + 3)

    @property
    def _font(self) -> QFont:
        font = reading_font(self.ctx.settings.zoom)
        font.setPixelSize(max(8, font.pixelSize() - 1))
        return font

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        painter.save()
        colors = self.ctx.colors
        area = option.rect.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        painter.setFont(small(ui_font()))
        painter.setPen(QColor(colors.muted))
        metrics = painter.fontMetrics()
        line = QRect(area.left(), area.top(), area.width(), metrics.height())
        place = metrics.elidedText(str(index.data(PLACE)), Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, place)
        painter.setFont(self._font)
        painter.setPen(QColor(colors.text))
        paint_lines(painter, str(index.data()), area.adjusted(0, line.height() + 3, 0, 0), self._font)
        painter.setPen(QColor(colors.border))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(colors.focus))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        painter.restore()


class MeetingsList(QListView):
    """Enter and double click show the place in its transcript, Escape leads back."""

    goWanted = Signal()
    backWanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.goWanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.backWanted.emit()
        else:
            super().keyPressEvent(event)


class MeetingsView(QWidget):
    """Title, the way back, and the list."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MeetingsModel(ctx, self)
        self.list = MeetingsList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(MeetingDelegate(ctx, self.list))
        self.list.setAccessibleName(self.tr("Text that both cover"))
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.doubleClicked.connect(lambda _: self.list.goWanted.emit())
        self.title = ElidedLabel("strong")
        self.back = tool("left", self.tr("Back (Esc)"), self.list.backWanted.emit)
        self.go = tool("transcripts", self.tr("Show in the transcript"), self.list.goWanted.emit)
        self.empty = label(self.tr("Their codings do not meet anywhere."), "muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.empty.setContentsMargins(24, 28, 24, 12)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        top = QHBoxLayout()
        top.setContentsMargins(4, 6, 8, 6)
        top.addWidget(self.back)
        top.addWidget(self.title, 1)
        top.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)

    def put(self, title: str, rows: Sequence[Meeting]) -> None:
        """Show these places, the first chosen."""
        self.title.put(title)
        self.model.put(rows)
        self.stack.setCurrentWidget(self.list if rows else self.empty)
        self.go.setEnabled(bool(rows))
        if rows:
            self.list.setCurrentIndex(self.model.index(0))

    def again(self) -> None:
        """In another size of text."""
        self.list.scheduleDelayedItemsLayout()

    def current(self) -> Meeting | None:
        """The place at the cursor."""
        row = self.list.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None
