"""The table of single codes: the 2 x 2 counts and what follows from them; sorts and filters."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from coder_app.core.codetree import Codebook
from coder_app.ui.agreement import wording
from coder_app.ui.agreement.looking import Line
from coder_app.ui.agreement.passages import Question, Which
from coder_app.ui.codebook.wording import short, tip

if TYPE_CHECKING:
    from coder_app.core.agreement.comparison import CodeResult
    from coder_app.core.agreement.result import Statistic

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    NAME = 0
    BOTH = 1
    ONLY_A = 2
    ONLY_B = 3
    NEITHER = 4
    PERCENT = 5
    KAPPA = 6
    ALPHA = 7
    POSITIVE = 8


_COUNTS = {
    Column.BOTH: "both",
    Column.ONLY_A: "only_a",
    Column.ONLY_B: "only_b",
    Column.NEITHER: "neither",
}
_STATISTICS = {
    Column.PERCENT: "percent_agreement",
    Column.KAPPA: "cohen_kappa",
    Column.ALPHA: "alpha_nominal",
    Column.POSITIVE: "positive_agreement",
}
_WHICH = {
    Column.NAME: Which.EITHER,
    Column.BOTH: Which.BOTH,
    Column.ONLY_A: Which.ONLY_A,
    Column.ONLY_B: Which.ONLY_B,
    Column.NEITHER: Which.NEITHER,
    Column.PERCENT: Which.ALL,
    Column.KAPPA: Which.EITHER,
    Column.ALPHA: Which.EITHER,
    Column.POSITIVE: Which.EITHER,
}
_SQUARE = 10


class CodesModel(QAbstractTableModel):
    """Codes of one row of the table, used by somebody or all, in the codebook's order or sorted.

    Undefined values stand last whichever way it is sorted.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._line: Line | None = None
        self._labels: Mapping[str, str] = {}
        self._tree: Codebook | None = None
        self._names = ("A", "B")
        self._words = ""
        self._unused = False
        self._sorting = (-1, Qt.SortOrder.AscendingOrder)
        self.keys: list[str] = []
        """The rows shown: GUIDs of the nodes."""
        self._squares: dict[str, QPixmap] = {}

    # What is shown

    def put(
        self, line: Line | None, labels: Mapping[str, str], tree: Codebook | None, names: tuple[str, str]
    ) -> None:
        """Show the codes of a level, called by ``labels``; ``names`` are the coders'."""
        self.beginResetModel()
        self._line, self._labels, self._tree, self._names = line, labels, tree, names
        self._arrange()
        self.endResetModel()

    def filter(self, words: str) -> None:
        """Show only codes whose name holds all of these words, letter case apart."""
        if words != self._words:
            self.beginResetModel()
            self._words = words
            self._arrange()
            self.endResetModel()

    def show_unused(self, on: bool) -> None:
        """Whether codes that neither coder used are listed."""
        if on != self._unused:
            self.beginResetModel()
            self._unused = on
            self._arrange()
            self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the codebook's order."""
        self.layoutAboutToBeChanged.emit()
        before = [self.keys[index.row()] for index in self.persistentIndexList()]
        self._sorting = (column, order)
        self._arrange()
        places = {key: row for row, key in enumerate(self.keys)}
        old = self.persistentIndexList()
        new = [self.index(places[key], index.column()) for key, index in zip(before, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        codes = self._line.codes if self._line is not None else {}
        wanted = self._words.casefold().split()
        keys = [
            key
            for key, code in codes.items()
            if (self._unused or (code.table is not None and code.table.presences))
            and all(word in self._labels[key].casefold() for word in wanted)
        ]
        column, order = self._sorting
        if column >= 0:
            falling = order == Qt.SortOrder.DescendingOrder
            if column == Column.NAME:
                keys.sort(key=lambda key: self._labels[key].casefold(), reverse=falling)
            else:
                values = {key: self._value(codes[key], Column(column)) for key in keys}
                sign = -1 if falling else 1
                keys.sort(key=lambda key: (values[key] is None, sign * (values[key] or 0)))
        self.keys = keys

    @property
    def unused(self) -> int:
        """How many codes of the level neither coder used."""
        codes = self._line.codes.values() if self._line is not None else ()
        return sum(code.table is not None and not code.table.presences for code in codes)

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(Column)

    def question(self, index: Index) -> Question:
        """Which passages stand behind a cell."""
        assert self._line is not None
        which = _WHICH[Column(index.column())]
        return Question(self._line.key, self._line.level, which, self.keys[index.row()])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self._line is None:
            return None
        key, column = self.keys[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(key, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.explain(index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._labels[key]}, {self.header(column)}: {self._text(key, column)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column != Column.NAME:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.DecorationRole and column == Column.NAME and self._tree is not None:
            return self._square(self._tree[key].color)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.header(Column(section), wording.SHORT_NAME)
        if role == Qt.ItemDataRole.EditRole:
            return self.header(Column(section))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.header(Column(section)))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == Column.NAME else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def header(self, column: Column, longest: int = 1000) -> str:
        """The heading of a column, with the coders' names no longer than ``longest``."""
        tr = wording.tr
        one, other = (short(name, longest) for name in self._names)
        return {
            Column.NAME: tr("Name"),
            Column.BOTH: tr("Both"),
            Column.ONLY_A: tr("Only {name}").format(name=one),
            Column.ONLY_B: tr("Only {name}").format(name=other),
            Column.NEITHER: tr("Neither"),
            Column.PERCENT: tr("Percent"),
            Column.KAPPA: tr("Cohen's κ"),
            Column.ALPHA: tr("Kripp. α"),
            Column.POSITIVE: tr("Positive"),
        }[column]

    # Values

    def _value(self, code: CodeResult, column: Column) -> float | None:
        if column in _COUNTS:
            return float(getattr(code.table, _COUNTS[column]))
        return self._statistic(code, column).value

    def _statistic(self, code: CodeResult, column: Column) -> Statistic:
        return code.statistics[_STATISTICS[column]]

    def _text(self, key: str, column: Column) -> str:
        assert self._line is not None
        code = self._line.codes[key]
        if column == Column.NAME:
            return self._labels[key]
        if column in _COUNTS:
            return f"{getattr(code.table, _COUNTS[column]):,}"
        if column == Column.PERCENT:
            return wording.percent(self._statistic(code, column))
        return wording.coefficient(self._statistic(code, column))

    def explain(self, index: Index) -> str:
        """A cell in words: what it counts, or its formula, source, or why it is undefined."""
        assert self._line is not None
        key, column = self.keys[index.row()], Column(index.column())
        name, code = self._labels[key], self._line.codes[key]
        if column == Column.NAME or code.table is None:
            return name
        if column in _COUNTS:
            words = wording.which_words(self.question(index), self._names)
            return f"{name}. {words}: {wording.share(int(self._value(code, column) or 0), code.table.n)}."
        statistic = self._statistic(code, column)
        told = wording.explain(_STATISTICS[column], statistic, self._text(key, column), code.table)
        return f"{name}. {told}"

    def _square(self, color: str) -> QPixmap:
        if color not in self._squares:
            picture = QPixmap(2 * _SQUARE, 2 * _SQUARE)
            picture.setDevicePixelRatio(2)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(0, 0, _SQUARE, _SQUARE, 2, 2)
            painter.end()
            self._squares[color] = picture
        return self._squares[color]
