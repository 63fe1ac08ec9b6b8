"""A list of quotes that holds identities only and reads the quotes when they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, Qt

from coder_app.core.model import Quote
from coder_app.ui.codebook.wording import tip
from coder_app.ui.context import Context
from coder_app.ui.widgets.table_model import NOWHERE, Index

PAGE = 12
"""Quotes read at a time."""
QUOTE_ROLE = Qt.ItemDataRole.UserRole
"""The ``core.model.Quote`` of a row, None where it is gone."""


class QuotesModel(QAbstractListModel):
    """Codings in the order given to ``set_ids``."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.ids: list[str] = []
        self._read: dict[str, Quote | None] = {}

    def set_ids(self, ids: Sequence[str]) -> None:
        """Show these codings; the same ones as before are only read again."""
        self._read = {}
        if list(ids) == self.ids:
            if ids:
                self.dataChanged.emit(self.index(0), self.index(len(self.ids) - 1))
            return
        self.beginResetModel()
        self.ids = list(ids)
        self.endResetModel()

    def quote(self, row: int) -> Quote | None:
        """The quote of a row; reads a page of them where it was not read yet."""
        guid = self.ids[row]
        if guid not in self._read and self.ctx.has_project:
            first = row - row % PAGE
            wanted = self.ids[first : first + PAGE]
            found = {q.coding.guid: q for q in self.ctx.project.queries.quotes_of(wanted)}
            self._read.update((guid, found.get(guid)) for guid in wanted)
        return self._read.get(guid)

    @property
    def read(self) -> int:
        """How many quotes have been read."""
        return len(self._read)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.SizeHintRole, Qt.ItemDataRole.FontRole):
            return None
        quote = self.quote(index.row())
        if quote is None:
            return None
        if role == QUOTE_ROLE:
            return quote
        if role == Qt.ItemDataRole.DisplayRole:
            return quote.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{quote.text} — {attribution(quote, self.tr('turn {n}'))}, {self._code(quote)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{quote.text}\n— {attribution(quote, self.tr('turn {n}'))}")
        return None

    def _code(self, quote: Quote) -> str:
        return quote.code_name or self.tr("waits for a code")


def attribution(quote: Quote, turn: str) -> str:
    """Who said it and where: “P1, Interview P1, turn 4”; ``turn`` holds ``{n}``."""
    parts = [quote.participant, quote.document_title, turn.format(n=quote.turn) if quote.turn else ""]
    return ", ".join(part for part in parts if part)
