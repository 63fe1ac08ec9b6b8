"""A table of numbers that opens what is behind each: by a click, by Enter, and it can be copied as text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ROW_PIXELS = 26


class NumberTable(QTableView):
    """Arrow keys go from number to number; Tab leaves the table."""

    opened = Signal(QModelIndex)
    """A number was clicked, or Enter was pressed on it."""

    def __init__(self, model: QAbstractItemModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PIXELS)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(44)
        self._widths: tuple[int, ...] = ()
        self._shared = False
        self.clicked.connect(self.opened)

    def set_widths(self, widths: Sequence[int], *, shared: bool = False) -> None:
        """The least widths of the columns; room that is left goes to the first, or is ``shared`` by all."""
        self._widths, self._shared = tuple(widths), shared
        self._fit_columns()

    def _fit_columns(self) -> None:
        if len(self._widths) != self.model().columnCount():
            return
        left = max(0, self.viewport().width() - sum(self._widths))
        each = left // len(self._widths) if self._shared else 0
        header = self.horizontalHeader()
        for column, width in enumerate(self._widths):
            more = each if column else left - each * (len(self._widths) - 1)
            header.resizeSection(column, width + more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if index.isValid():
                self.opened.emit(index)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        inside = self.indexAt(event.position().toPoint()).isValid()
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if inside else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)


def as_text(model: QAbstractItemModel) -> str:
    """The table as lines of cells separated by tabs, ready for a spreadsheet; the header first."""
    columns = range(model.columnCount())
    lines = ["\t".join(_cell(_heading(model, column)) for column in columns)]
    for row in range(model.rowCount()):
        lines.append("\t".join(_cell(model.index(row, column).data()) for column in columns))
    return "\n".join(lines) + "\n"


def _heading(model: QAbstractItemModel, column: int) -> object:
    """In full where the model has a longer one than it shows."""
    whole = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.EditRole)
    return whole or model.headerData(column, Qt.Orientation.Horizontal)


_NUMBER = re.compile(r"[-\u2212]?[\d,.]+( %)?")


def _cell(value: object) -> str:
    """On one line; what a spreadsheet would take for a formula is kept as text by an apostrophe."""
    text = " ".join(str(value or "").replace("\u00a0", " ").split())
    if _NUMBER.fullmatch(text):
        return text.replace("\u2212", "-").replace(",", "")
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
