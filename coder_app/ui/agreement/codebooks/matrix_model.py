"""How far each code of the one covers the same text as each of the other."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QModelIndex, QObject, Qt

from coder_app.core.lookalike import Overlap
from coder_app.core.model import Level
from coder_app.project.lookalikes import Compared
from coder_app.ui.agreement.codebooks import wording
from coder_app.ui.codebook.matching import answers
from coder_app.ui.codebook.wording import tip
from coder_app.ui.widgets.table_model import NOWHERE, Index, TableModel

SHARE = Qt.ItemDataRole.UserRole + 1
"""From 0 to 1: how dark the cell is."""
SAME = Qt.ItemDataRole.UserRole + 2
"""Whether row and column are one and the same code."""
COLOR = Qt.ItemDataRole.UserRole + 3
"""Of a header: the colour of its code."""

LEAST = 0.01
"""Smaller shares leave their cell empty; what it is can be read below."""


class Measure(StrEnum):
    EITHER = "either"
    SMALLER = "smaller"

    def of(self, overlap: Overlap) -> float | None:
        return overlap.jaccard if self is Measure.EITHER else overlap.of_smaller


class MatrixModel(TableModel):
    """Rows are the first coder's codes of a level, columns the second's; codes without text are left out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.compared: Compared | None = None
        self.rows: list[int] = []
        """Places in the first side's nodes."""
        self.columns: list[int] = []
        self.level = Level.CODE
        self.words = ""
        self.measure = Measure.EITHER
        self.diagonal = True
        """Columns stand where their code meets a row best; otherwise in the order of the codebook."""

    def put(self, compared: Compared | None) -> None:
        """Show an answer."""
        self.compared = compared
        self.arrange()

    def arrange(self) -> None:
        """Choose rows and columns anew."""
        self.beginResetModel()
        self.rows, self.columns = self._chosen(0), self._chosen(1)
        if self.diagonal:
            self.columns = self._by_best_match()
        self.endResetModel()

    def _chosen(self, side: int) -> list[int]:
        """Nodes of the level with text; of these the ones with such a name, if there are any."""
        if self.compared is None:
            return []
        covered = self.compared.overlaps.one if side == 0 else self.compared.overlaps.other
        tree, nodes = self.compared.tree, self.compared.sides[side].nodes
        used = [at for at, guid in enumerate(nodes) if tree[guid].level == self.level and covered[at]]
        return [at for at in used if answers(self.words, tree[nodes[at]].name)] or used

    def _by_best_match(self) -> list[int]:
        """Each row takes the column it meets best of those left; then what no row took."""
        assert self.compared is not None or not self.columns
        left = list(self.columns)
        found: list[int] = []
        for row in self.rows:
            shares = {column: self._share(row, column) for column in left}
            best = max(left, key=lambda column: shares[column], default=None)
            if best is not None and shares[best] > 0:
                found.append(best)
                left.remove(best)
        return found + left

    def _share(self, row: int, column: int) -> float:
        assert self.compared is not None
        if not self.compared.overlaps.both[row][column]:
            return 0.0
        return self.measure.of(self.compared.overlaps.of(row, column)) or 0.0

    def codes(self, index: Index) -> tuple[str, str]:
        """GUIDs of the codes of a cell."""
        return self.row_code(index.row()), self.column_code(index.column())

    def row_code(self, row: int) -> str:
        assert self.compared is not None
        return self.compared.sides[0].nodes[self.rows[row]]

    def column_code(self, column: int) -> str:
        assert self.compared is not None
        return self.compared.sides[1].nodes[self.columns[column]]

    def cell_of(self, one: str, other: str) -> QModelIndex:
        """The cell of two codes, invalid where they are not shown."""
        if self.compared is None:
            return QModelIndex()
        rows = [self.compared.sides[0].nodes[at] for at in self.rows]
        columns = [self.compared.sides[1].nodes[at] for at in self.columns]
        for a, b in ((one, other), (other, one)):
            if a in rows and b in columns:
                return self.index(rows.index(a), columns.index(b))
        return QModelIndex()

    def overlap(self, index: Index) -> Overlap:
        assert self.compared is not None
        return self.compared.overlaps.of(self.rows[index.row()], self.columns[index.column()])

    # Qt's questions

    def length(self) -> int:
        return len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.compared is None:
            return None
        if role == SHARE:
            return self._share(self.rows[index.row()], self.columns[index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            share = self._share(self.rows[index.row()], self.columns[index.column()])
            return f"{100 * share:.0f}" if share >= LEAST else ""
        if role == SAME:
            one, other = self.codes(index)
            return one == other
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            text = self._told(index)
            return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        return None

    def _told(self, index: Index) -> str:
        assert self.compared is not None
        one, other = self.codes(index)
        tree = self.compared.tree
        first, second = wording.name(tree[one].name), wording.name(tree[other].name)
        if one == other:
            return wording.tr("{name}, used by both: {overlap}").format(
                name=first, overlap=wording.covering(self.overlap(index))
            )
        text = wording.tr("{first} and {second}: {overlap}").format(
            first=first, second=second, overlap=wording.covering(self.overlap(index))
        )
        if frozenset((one, other)) in self.compared.apart:
            text += "; " + wording.tr("kept apart")
        return text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if self.compared is None:
            return None
        across = orientation == Qt.Orientation.Horizontal
        places: Sequence[int] = self.columns if across else self.rows
        if not 0 <= section < len(places):
            return None
        node = self.compared.tree[self.column_code(section) if across else self.row_code(section)]
        if role == Qt.ItemDataRole.DisplayRole:
            return node.name
        if role == COLOR:
            return node.color
        if role == Qt.ItemDataRole.ToolTipRole:
            name = self.compared.sides[int(across)].coder.name
            return tip(f"{name}: {' › '.join(one.name for one in self.compared.tree.path(node.guid))}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None
