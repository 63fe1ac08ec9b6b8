"""The list of transcripts beside the text: title, how far one is, how many codings."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.changes import Changes
from coder_app.core.model import Document, Status
from coder_app.ui.codebook.wording import tip
from coder_app.ui.context import Context, Whose
from coder_app.ui.widgets.table_model import NOWHERE, Index

STATUS = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2


class DocumentModel(QAbstractListModel):
    """Rows over plain lists; replaced whole, which is cheap for hundreds of transcripts."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.documents: list[Document] = []
        self._statuses: dict[str, Status] = {}
        self._counts: dict[str, int] = {}
        self._words: dict[Status, str] = {}

    def put(self, documents: list[Document], words: dict[Status, str]) -> None:
        """Show these transcripts."""
        if documents != self.documents:
            self.beginResetModel()
            self.documents, self._words = documents, words
            self.endResetModel()

    def put_facts(self, statuses: dict[str, Status], counts: dict[str, int]) -> None:
        """Show how far one is with each and how many codings it has; only rows that changed are painted."""
        before, counted = self._statuses, self._counts
        self._statuses, self._counts = statuses, counts
        for row, document in enumerate(self.documents):
            guid = document.guid
            same = statuses.get(guid) == before.get(guid) and counts.get(guid) == counted.get(guid)
            if not same:
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.documents)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        document = self.documents[index.row()]
        status = self._statuses.get(document.guid, Status.NOT_STARTED)
        count = self._counts.get(document.guid, 0)
        if role == Qt.ItemDataRole.DisplayRole:
            return document.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{document.title}, {self._words[status]}, {count}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{document.title}\n{self._words[status]}")
        if role == STATUS:
            return status
        if role == COUNT:
            return count
        return None

    def row_of(self, guid: str) -> int:
        return next((row for row, document in enumerate(self.documents) if document.guid == guid), -1)


class DocumentDelegate(QStyledItemDelegate):
    """A ring (not started), half (in progress) or full disc (finished), the title, the count."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, option.fontMetrics.height() + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        colors = self.ctx.colors
        box = option.rect.adjusted(8, 0, -8, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_status(painter, QRect(box.left(), box.center().y() - 5, 11, 11), index.data(STATUS))
        count = str(index.data(COUNT) or "")
        wide = option.fontMetrics.horizontalAdvance(count)
        painter.setPen(QColor(colors.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        room = box.adjusted(20, 0, -wide - 8 if count else 0, 0)
        painter.setPen(QColor(colors.text))
        painter.drawText(
            room,
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
            option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room.width()),
        )
        painter.restore()

    def _paint_status(self, painter: QPainter, disc: QRect, status: Status) -> None:
        colors = self.ctx.colors
        color = QColor(colors.muted if status == Status.NOT_STARTED else colors.success)
        painter.setPen(QPen(color, 1.5))
        painter.setBrush(color if status == Status.FINISHED else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        if status == Status.IN_PROGRESS:
            painter.setBrush(color)
            painter.drawPie(disc, 90 * 16, -180 * 16)


class DocumentList(QWidget):
    """Transcripts of the project; choosing one shows it."""

    chosen = Signal(str)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.model = DocumentModel(self)
        self._statuses: dict[str, Status] = {}
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(DocumentDelegate(ctx, self.view))
        self.view.setAccessibleName(self.tr("Transcripts"))
        self.view.setUniformItemSizes(True)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFocusProxy(self.view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.view.selectionModel().currentChanged.connect(self._current_changed)

    def refresh(self, changes: Changes) -> None:
        """Read again what ``changes`` may concern; what is chosen stays chosen."""
        project = self.ctx.project
        if changes & Changes.DOCUMENTS:
            self.model.put(project.documents.all(), status_words(self))
            self.show_current(self.ctx.document)
        if changes & (Changes.DOCUMENTS | Changes.PROGRESS | Changes.CODERS):
            me = project.coders.current.guid
            found = project.documents.statuses().items()
            self._statuses = {document: status for (document, who), status in found if who == me}
        shown = self.ctx.coders_shown()
        counts: dict[str, int] = {}
        if self.ctx.whose is Whose.CONSENSUS:
            counts.update(Counter(coding.document for coding in project.codings.all(shown)))
        else:
            for (document, who), count in project.queries.codings_by_document().items():
                if shown is None or who in shown:
                    counts[document] = counts.get(document, 0) + count
        self.model.put_facts(self._statuses, counts)

    def show_current(self, guid: str) -> None:
        row = self.model.row_of(guid)
        if row >= 0 and row != self.view.currentIndex().row():
            self.view.setCurrentIndex(self.model.index(row))

    def status(self, guid: str) -> Status:
        """How far the current coder is with a transcript."""
        return self._statuses.get(guid, Status.NOT_STARTED)

    def guids(self) -> list[str]:
        return [document.guid for document in self.model.documents]

    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.model.documents[now.row()].guid)


def status_words(widget: QWidget) -> dict[Status, str]:
    """The words for how far one is, in the user's language."""
    return {
        Status.NOT_STARTED: widget.tr("Not started"),
        Status.IN_PROGRESS: widget.tr("In progress"),
        Status.FINISHED: widget.tr("Finished"),
    }
