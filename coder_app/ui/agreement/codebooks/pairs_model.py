"""The pairs of codes that may mean the same, as rows that can be sorted and filtered."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QObject, Qt

from coder_app.core.lookalike import Pair
from coder_app.core.model import Level
from coder_app.project.lookalikes import Compared
from coder_app.ui.agreement.codebooks import wording
from coder_app.ui.codebook.matching import answers
from coder_app.ui.codebook.wording import tip
from coder_app.ui.widgets.table_model import NOWHERE, Index, TableModel

COLOR = Qt.ItemDataRole.UserRole + 1
"""Colour of the code in a cell, None in the other columns."""
APART = Qt.ItemDataRole.UserRole + 2
"""Whether the row's pair is kept apart."""
BY_LIKELIHOOD = -1
"""The order in which the likeliest pairs come first; no column stands for it."""


class Column(IntEnum):
    ONE = 0
    OTHER = 1
    NAMES = 2
    TEXT = 3
    WHY = 4


class PairsModel(TableModel):
    """Rows over the pairs proposed; those kept apart only where they are asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.compared: Compared | None = None
        self.rows: list[Pair] = []
        self.words = ""
        self.level: Level | None = None
        """Only pairs with a code of this level; None: all."""
        self.with_apart = False
        self.order = (int(BY_LIKELIHOOD), Qt.SortOrder.AscendingOrder)

    def put(self, compared: Compared | None) -> None:
        """Show an answer."""
        self.compared = compared
        self.arrange()

    def arrange(self) -> None:
        """Filter and sort anew."""
        self.beginResetModel()
        self.rows = self._sorted([pair for pair in self._all() if self._shown(pair)])
        self.endResetModel()

    def _all(self) -> tuple[Pair, ...]:
        return self.compared.pairs if self.compared is not None else ()

    def _shown(self, pair: Pair) -> bool:
        return (self.with_apart or not self.is_apart(pair)) and self._wanted(pair)

    def _wanted(self, pair: Pair) -> bool:
        """Whether level and filter let it through."""
        assert self.compared is not None
        nodes = self.compared.tree[pair.one], self.compared.tree[pair.other]
        if self.level is not None and all(node.level != self.level for node in nodes):
            return False
        return any(answers(self.words, node.name) for node in nodes)

    def is_apart(self, pair: Pair) -> bool:
        return self.compared is not None and pair.key in self.compared.apart

    @property
    def open(self) -> int:
        """How many pairs are proposed and not kept apart, whatever is filtered."""
        return sum(not self.is_apart(pair) for pair in self._all())

    @property
    def apart(self) -> int:
        """How many of the pairs that level and filter let through are kept apart."""
        return sum(self.is_apart(pair) and self._wanted(pair) for pair in self._all())

    def _sorted(self, pairs: list[Pair]) -> list[Pair]:
        """By a column; the likeliest first among equals."""
        column, order = self.order
        if column == BY_LIKELIHOOD or self.compared is None:
            return pairs
        nodes = self.compared.tree.nodes
        keys: dict[int, Callable[[Pair], object]] = {
            Column.ONE: lambda pair: nodes[pair.one].name.casefold(),
            Column.OTHER: lambda pair: nodes[pair.other].name.casefold(),
            Column.NAMES: lambda pair: pair.name.score,
            Column.TEXT: lambda pair: pair.overlap.jaccard or 0.0,
            Column.WHY: lambda pair: wording.reasons(pair).casefold(),
        }
        key = keys[column]
        return sorted(pairs, key=key, reverse=order == Qt.SortOrder.DescendingOrder)  # type: ignore[arg-type]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's question; column -1 is the combined order."""
        self.order = (column, order)
        self.arrange()

    def row_of(self, one: str, other: str) -> int | None:
        """The row of a pair, None where it is not shown."""
        wanted = frozenset((one, other))
        return next((row for row, pair in enumerate(self.rows) if pair.key == wanted), None)

    # Qt's questions

    def length(self) -> int:
        return len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.compared is None:
            return None
        pair, column = self.rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(pair, column)
        if role == COLOR:
            code = {Column.ONE: pair.one, Column.OTHER: pair.other}.get(column)
            return self.compared.tree[code].color if code is not None else None
        if role == APART:
            return self.is_apart(pair)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._told(pair, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(column, Qt.Orientation.Horizontal)}: {self._told(pair, column)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (Column.NAMES, Column.TEXT):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, pair: Pair, column: Column) -> str:
        assert self.compared is not None
        if column is Column.ONE:
            return self.compared.tree[pair.one].name
        if column is Column.OTHER:
            return self.compared.tree[pair.other].name
        if column is Column.NAMES:
            return wording.percent(pair.name.score)
        if column is Column.TEXT:
            return wording.percent(pair.overlap.jaccard)
        apart = wording.tr("Kept apart") + " · " if self.is_apart(pair) else ""
        return apart + wording.reasons(pair)

    def _told(self, pair: Pair, column: Column) -> str:
        """In full, for tool tips and screen readers."""
        assert self.compared is not None
        if column in (Column.ONE, Column.OTHER):
            code = pair.one if column is Column.ONE else pair.other
            return " › ".join(node.name for node in self.compared.tree.path(code))
        if column is Column.NAMES:
            return f"{self._text(pair, column)}, {wording.tr(wording.WHY[pair.name.why])}"
        if column is Column.TEXT:
            return wording.capital(wording.covering(pair.overlap))
        return self._text(pair, column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            one, other = (
                (side.coder.name for side in self.compared.sides) if self.compared is not None else ("A", "B")
            )
            return (
                one,
                other,
                wording.tr("Names"),
                wording.tr("Text"),
                wording.tr("Why"),
            )[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(
                {
                    Column.NAMES: wording.tr("How much the names are alike"),
                    Column.TEXT: wording.tr(
                        "Share of the text of either code that both cover, in characters"
                    ),
                }.get(Column(section), "")
            )
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = section in (Column.NAMES, Column.TEXT)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None
