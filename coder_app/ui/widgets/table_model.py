"""What the models of flat tables share: how many rows and columns there are, and what stands over them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
"""What Qt hands to a model."""
NOWHERE = QModelIndex()
"""The parent of what has none."""


def aligned(right: bool) -> Qt.AlignmentFlag:
    """Where the text of a cell stands: figures at the right, words at the left."""
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class TableModel(QAbstractTableModel):
    """Rows without children. ``length`` tells how many, ``heads`` has a heading for each column."""

    heads: Sequence[str] = ()
    figures: ClassVar[Collection[int] | None] = None
    """Columns whose headings stand at the right; None: the headings stand as the view wants it."""

    def length(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.length()

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.heads):
            return None  # a header asks once more for what it had
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and self.figures is not None:
            return aligned(section in self.figures)
        return None
