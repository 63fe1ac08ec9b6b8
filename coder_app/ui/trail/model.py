"""Actions as rows: holds their ids, and reads a page of them when it is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    Qt,
)
from PySide6.QtGui import QColor, QFont

from coder_app.core.errors import UserError
from coder_app.project.audit import Entry
from coder_app.ui.codebook.wording import tip
from coder_app.ui.context import Context
from coder_app.ui.times import moment
from coder_app.ui.trail.sentences import in_order
from coder_app.ui.widgets.table_model import Index, TableModel

PAGE = 32
"""Actions that are put into words at a time: more than the window has room for."""
_KEPT = 60
"""Pages that are remembered."""


class Column(IntEnum):
    """What is told of each action."""

    WHEN = 0
    WHAT = 1


class TrailModel(TableModel):
    """``read`` puts actions (their ids) into words, in the same order."""

    def __init__(self, ctx: Context, read: Callable[[Sequence[int]], list[Entry]], parent: QObject) -> None:
        super().__init__(parent)
        self.heads = (self.tr("When"), self.tr("Who did what"))
        self.ctx = ctx
        self.ids: list[int] = []
        self._read = read
        self._pages: dict[int, list[Entry]] = {}

    def clear(self) -> None:
        self.beginResetModel()
        self.ids, self._pages = [], {}
        self.endResetModel()

    def add(self, ids: Sequence[int]) -> None:
        """More actions below those that are there."""
        if not ids:
            return
        self._pages.pop(len(self.ids) // PAGE, None)  # it was not full
        self.beginInsertRows(QModelIndex(), len(self.ids), len(self.ids) + len(ids) - 1)
        self.ids += ids
        self.endInsertRows()

    def entry(self, row: int) -> Entry | None:
        """The action of a row; None where it is no longer in the project."""
        page = row // PAGE
        if page not in self._pages:
            if len(self._pages) >= _KEPT:
                self._pages.pop(next(iter(self._pages)))
            wanted = self.ids[page * PAGE : (page + 1) * PAGE]
            try:
                self._pages[page] = self._read(wanted)
            except UserError as error:  # a damaged file: the rows stay empty
                self._pages[page] = []
                self.ctx.problem.emit(str(error))
        entries, at = self._pages[page], row % PAGE
        return entries[at] if at < len(entries) else None

    def length(self) -> int:
        return len(self.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ForegroundRole,
            Qt.ItemDataRole.FontRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.TextAlignmentRole,
        )
        if not index.isValid() or role not in wanted or not self.ctx.has_project:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        entry = self.entry(index.row())
        if entry is None:
            return None
        text = moment(entry.time) if index.column() == Column.WHEN else self.sentence(entry)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        muted = entry.taken_back or index.column() == Column.WHEN
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(self.ctx.colors.muted if muted else self.ctx.colors.text)
        if entry.taken_back and index.column() == Column.WHAT:
            font = QFont()
            font.setStrikeOut(True)
            return font
        return None

    def sentence(self, entry: Entry) -> str:
        """What the row says."""
        sentence = in_order(entry.sentence, entry.coder_name)
        return self.tr("(taken back) {sentence}").format(sentence=sentence) if entry.taken_back else sentence
