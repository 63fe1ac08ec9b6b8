"""Which code did one coder give where the other gave this one: the matrix, and the list for one code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from coder_app.core.model import Level
from coder_app.ui.agreement import wording
from coder_app.ui.agreement.looking import Look
from coder_app.ui.agreement.passages import Question, Which
from coder_app.ui.agreement.squares import square
from coder_app.ui.agreement.units import count_units
from coder_app.ui.codebook.wording import tip
from coder_app.ui.widgets.table_model import NOWHERE, Index, TableModel

if TYPE_CHECKING:
    from coder_app.core.agreement.confusion import Confusion

HEAT = Qt.ItemDataRole.UserRole + 1
"""From 0 to 1: the cell's share of its row."""
SAME = Qt.ItemDataRole.UserRole + 2
"""Whether the cell counts where both gave the same code."""
COLOR = Qt.ItemDataRole.UserRole + 3
"""Of a heading: the colour of its code, empty for nothing."""
NOTHING = ""
"""Stands for no code."""


class ConfusionModel(TableModel):
    """One coder's codes in rows, the other's in columns; only those that occur, nothing last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look: Look | None = None
        self.pair = (0, 1)
        self.level = Level.CODE
        self.rows: list[str] = []
        self.columns: list[str] = []
        self._counts: list[list[int]] = []

    def put(self, look: Look | None, level: Level, pair: tuple[int, int], found: Confusion | None) -> None:
        """Show the matrix of two coders, by their places; None: nothing is known yet."""
        self.beginResetModel()
        self.look, self.level, self.pair = look, level, pair
        self.rows, self.columns, self._counts = [], [], []
        if found is not None:
            counts = found.counts.tolist()
            keys = [*found.keys, NOTHING]
            used_rows = [n for n in range(len(keys)) if any(counts[n])]
            used_columns = [n for n in range(len(keys)) if any(row[n] for row in counts)]
            self.rows = [keys[n] for n in used_rows]
            self.columns = [keys[n] for n in used_columns]
            self._counts = [[counts[row][column] for column in used_columns] for row in used_rows]
        self.endResetModel()

    def label(self, key: str) -> str:
        """The name of a code, or that there is none."""
        assert self.look is not None
        return self.look.compared.gathered.labels[key] if key else wording.tr("nothing")

    def color(self, key: str) -> str:
        assert self.look is not None
        return self.look.compared.gathered.tree[key].color if key else ""

    def count(self, row: int, column: int) -> int:
        return self._counts[row][column]

    def question(self, row: str, column: str) -> Question:
        """The passages behind a cell."""
        return Question(self.level.key, self.level, Which.CONFUSED, row, other=column, pair=self.pair)

    def instead(self, row: int) -> list[tuple[str, int]]:
        """What the other coder gave there, most often first."""
        found = [(key, count) for key, count in zip(self.columns, self._counts[row], strict=True) if count]
        return sorted(found, key=lambda one: -one[1])

    def total(self, row: int) -> int:
        return sum(self._counts[row])

    @property
    def names(self) -> tuple[str, str]:
        """The two coders."""
        assert self.look is not None
        return self.look.names[self.pair[0]], self.look.names[self.pair[1]]

    # Qt's questions

    def length(self) -> int:
        return len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        count = self._counts[row][column]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{count:,}" if count else ""
        if role == HEAT:
            return count / self.total(row)
        if role == SAME:
            return self.rows[row] == self.columns[column]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            told = self.told(row, column)
            return tip(told) if role == Qt.ItemDataRole.ToolTipRole else told
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignCenter)
        return None

    def told(self, row: int, column: int) -> str:
        """A cell in words."""
        assert self.look is not None
        one, other = self.names
        text = wording.tr("{one}: {code}; {other}: {second}: {units}")
        return text.format(
            one=one, code=self.label(self.rows[row]), other=other, second=self.label(self.columns[column]),
            units=count_units(self.look.wanted.unit, self._counts[row][column]),
        )  # fmt: skip

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        keys = self.columns if orientation == Qt.Orientation.Horizontal else self.rows
        if not 0 <= section < len(keys):
            return None  # a header asks once more for what it had
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.label(keys[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.label(keys[section]))
        if role == COLOR:
            return self.color(keys[section])
        return None


class InsteadModel(TableModel):
    """What the other coder gave where this one gave a code, most often first."""

    def __init__(self, matrix: ConfusionModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matrix = matrix
        self.row = -1
        self.found: list[tuple[str, int]] = []
        self._total = 0
        matrix.modelAboutToBeReset.connect(lambda: self.put(-1))

    def put(self, row: int) -> None:
        """Show a row of the matrix; -1 is none."""
        if row == self.row and row >= 0:
            return
        self.beginResetModel()
        self.row = row
        self.found = self._matrix.instead(row) if row >= 0 else []
        self._total = sum(count for _, count in self.found)
        self.endResetModel()

    def question(self, index: Index) -> Question:
        return self._matrix.question(self._matrix.rows[self.row], self.found[index.row()][0])

    def length(self) -> int:
        return len(self.found)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        key, count = self.found[index.row()]
        texts = (self._matrix.label(key), f"{count:,}", f"{100 * count / self._total:.0f}\u00a0%")
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(texts)
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0 and key:
            return square(self._matrix.color(key))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._matrix.told(self.row, self._matrix.columns.index(key)))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        tr = wording.tr
        if role == Qt.ItemDataRole.DisplayRole:
            other = self._matrix.names[1] if self._matrix.look is not None else ""
            gave = tr("{name} gave").format(name=other)
            return (gave, tr("Units"), tr("Share"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None
