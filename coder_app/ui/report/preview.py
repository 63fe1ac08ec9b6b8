"""The first rows of an Excel sheet in a table, and the beginning of a Word document as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from coder_app.core.model import Quote
from coder_app.core.palette import ink_on
from coder_app.project.project import Project
from coder_app.ui.codebook.delegate import small
from coder_app.ui.codebook.wording import tip
from coder_app.ui.report.figures import Section, Table
from coder_app.ui.report.paper import Paper
from coder_app.ui.widgets.table_model import NOWHERE, Index, TableModel

_NARROW, _USUAL, _ROOMY, _WIDE = 56, 108, 184, 320
_LONG = 40
"""A column with a text longer than this many code points is a wide one."""


class SheetModel(TableModel):
    """Rows of text; numbers stand at the end of their cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = Table((), [], 0)

    def put(self, table: Table) -> None:
        self.beginResetModel()
        self.table = table
        self.endResetModel()

    def length(self) -> int:
        return len(self.table.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.header)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            if orientation == Qt.Orientation.Horizontal:
                return self.table.header[section]
            return str(section + 2)  # as Excel counts: the header is row 1
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        place = (index.row(), index.column())
        text = self.table.rows[place[0]][place[1]]
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(text.split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignTrailing if _is_number(text) else Qt.AlignmentFlag.AlignLeading
            return side | Qt.AlignmentFlag.AlignVCenter
        if place in self.table.colors:
            if role == Qt.ItemDataRole.BackgroundRole:
                return QBrush(QColor(self.table.colors[place]))
            if role == Qt.ItemDataRole.ForegroundRole:
                return QBrush(QColor(ink_on(self.table.colors[place])))
        return None


def _is_number(text: str) -> bool:
    return text.replace(",", "").isdecimal() and text.isascii()


class CellDelegate(QStyledItemDelegate):
    """Fills the cells that have a colour, which a style sheet would leave out."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        fill = index.data(Qt.ItemDataRole.BackgroundRole)
        if fill is None:
            super().paint(painter, option, index)
            return
        area = option.rect.adjusted(5, 5, -6, -5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(area, 3, 3)
        painter.setFont(small(option.font))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole).color())
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter.value), str(index.data()))
        painter.restore()


class SheetView(QTableView):
    """Shows a ``Table`` for reading; Tab goes on to the next control."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = SheetModel(self)
        self.setModel(self.sheet)
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(28)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        )
        self.verticalHeader().setHighlightSections(False)

    def put(self, table: Table) -> None:
        """Show a table; columns with long texts get more room."""
        self.sheet.put(table)
        for column in range(len(table.header)):
            longest = max((len(row[column]) for row in table.rows), default=0)
            self.setColumnWidth(column, _WIDE if longest > _LONG else self._fitting(column))
        self.verticalHeader().setVisible(table.is_sheet)
        self.scrollToTop()

    def _fitting(self, column: int) -> int:
        """Wide enough for the header and, up to a limit, for the cells."""
        header = self.fontMetrics().horizontalAdvance(self.sheet.table.header[column])
        cells = (self.fontMetrics().horizontalAdvance(row[column]) for row in self.sheet.table.rows)
        usual = _ROOMY if self.sheet.table.colors else _USUAL
        return max(_NARROW, min(_WIDE, round(header * 1.1) + 24), min(usual, max(cells, default=0) + 24))


def show_sections(paper: Paper, sections: Sequence[Section], project: Project, *, keep_place: bool) -> None:
    """Show the beginning of the document of quotes."""
    several = len({quote.coding.coder for section in sections for quote in section.quotes}) > 1
    paper.begin()
    paper.title(project.name)
    for section in sections:
        paper.heading(section.name, section.depth + 1)
        if section.description:
            paper.remark(section.description)
        for quote in section.quotes:
            paper.quote(quote.text.strip())
            paper.remark(attribution(quote, several))
    paper.finish(keep_place=keep_place)


def attribution(quote: Quote, name_coder: bool) -> str:
    """“(P3, Interview P3, turn 12)”, as in the document."""
    parts = [quote.participant, quote.document_title, f"turn {quote.turn}" if quote.turn else ""]
    text = ", ".join(part for part in parts if part)
    return f"({text}; coded by {quote.coder_name})" if name_coder else f"({text})"
