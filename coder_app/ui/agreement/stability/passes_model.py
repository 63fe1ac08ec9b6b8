"""The stability passes of the project as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, Qt

from coder_app.core.confirming import Confirmation
from coder_app.core.model import StabilityPass
from coder_app.ui.agreement.wording import DASH, percent, share
from coder_app.ui.codebook.wording import tip
from coder_app.ui.times import moment
from coder_app.ui.widgets.table_model import Index, TableModel


class Column(IntEnum):
    WHO = 0
    ROUND = 1
    BEGUN = 2
    CODED = 3
    AGREED = 4
    CONFIRMED = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A pass; ``figures`` is None while it is worked out, and where the round is damaged."""

    found: StabilityPass
    round_name: str
    figures: Confirmation | None
    blind: bool = False
    """Its coder works now: how far it is may be shown, what it confirms may not."""


class PassesModel(TableModel):
    """Replaced whole: there are never many."""

    figures = range(Column.CODED, len(Column))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.heads = (
            self.tr("Pass of"),
            self.tr("Round"),
            self.tr("Begun"),
            self.tr("Coded again"),
            self.tr("Agreement of the round"),
            self.tr("Confirmed"),
        )

    def put(self, rows: Sequence[Row]) -> None:
        """Show these passes."""
        if list(rows) != self.rows:
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()

    def row_of(self, guid: str) -> int:
        return next((at for at, row in enumerate(self.rows) if row.found.guid == guid), -1)

    def length(self) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole and column in (Column.WHO, Column.ROUND):
            return tip(self._text(row, column))
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= Column.CODED:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, row: Row, column: Column) -> str:
        figures = row.figures
        if column is Column.WHO:
            return row.found.coder.name
        if column is Column.ROUND:
            return row.round_name
        if column is Column.BEGUN:
            return moment(row.found.created)[:10]
        if figures is None:
            return DASH
        if column is Column.CODED:
            return share(figures.repeated, figures.agreed)
        if column is Column.AGREED:
            return f"{share(figures.agreed, figures.compared)}  ·  {percent(figures.agreement)}"
        if row.blind:
            return self.tr("blind")
        return f"{share(figures.confirmed, figures.agreed)}  ·  {percent(figures.confirmation)}"
