"""The table of single codes: the counts and what follows from them; sorts and filters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from coder_app.core.model import Level
from coder_app.ui.agreement import figures_words
from coder_app.ui.agreement.columns import Column, Kind, code_columns, pictured
from coder_app.ui.agreement.figures_model import FiguresModel
from coder_app.ui.agreement.forest import Bar
from coder_app.ui.agreement.looking import Line, Look
from coder_app.ui.agreement.passages import Question
from coder_app.ui.agreement.squares import square
from coder_app.ui.codebook.wording import tip
from coder_app.ui.context import Context
from coder_app.ui.widgets.table_model import Index

if TYPE_CHECKING:
    from coder_app.core.agreement.result import Interval

BAR = Qt.ItemDataRole.UserRole + 1
"""The :class:`Bar` of a row, to be drawn; None where the statistic is undefined."""


class CodesModel(FiguresModel):
    """Codes of one row of the table, used by somebody or all, in the codebook's order or sorted.

    Undefined values stand last whichever way it is sorted.
    """

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.look: Look | None = None
        self.line: Line | None = None
        self.picture = "cohen_kappa"
        """Name of the statistic whose interval is shown and drawn."""
        self.columns: tuple[Column, ...] = code_columns("turn", ("A", "B"), self.picture)
        self._level_name = ""
        self._words = ""
        self._unused = False
        self._sorting = (-1, Qt.SortOrder.AscendingOrder)
        self.keys: list[str] = []
        """The rows shown: GUIDs of the nodes."""

    # What is shown

    def put(self, look: Look, line: Line, names: Mapping[Level, str]) -> None:
        """Show the codes of a level; while the columns stay the same the sorting does."""
        choices = pictured(look.wanted.unit, look.two)
        picture = self.picture if self.picture in choices else choices[0]
        columns = code_columns(look.wanted.unit, look.names, picture)
        self.beginResetModel()
        if len(columns) != len(self.columns):
            self._sorting = (-1, Qt.SortOrder.AscendingOrder)
        self.look, self.line, self.columns, self.picture = look, line, columns, picture
        self._level_name = names.get(line.level, line.key)
        self._arrange()
        self.endResetModel()

    def choose_picture(self, name: str) -> None:
        """Show and draw the intervals of another statistic."""
        if name != self.picture and self.look is not None:
            self.beginResetModel()
            self.picture = name
            self.columns = code_columns(self.look.wanted.unit, self.look.names, name)
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
        """Whether codes that nobody used are listed."""
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
        if self.line is None or self.look is None:
            self.keys = []
            return
        codes, labels = self.line.codes, self.look.compared.gathered.labels
        wanted = self._words.casefold().split()
        keys = [
            key
            for key in codes
            if (self._unused or self._used(key)) and all(word in labels[key].casefold() for word in wanted)
        ]
        column, order = self._sorting
        if 0 <= column < len(self.columns):
            falling = order == Qt.SortOrder.DescendingOrder
            if self.columns[column].kind is Kind.NAME:
                keys.sort(key=lambda key: labels[key].casefold(), reverse=falling)
            else:
                by = self.columns[column]
                values = {key: figures_words.value_of(codes[key], by, self._intervals(key)) for key in keys}
                sign = -1 if falling else 1
                keys.sort(key=lambda key: (values[key] is None, sign * (values[key] or 0)))
        self.keys = keys

    def _used(self, key: str) -> bool:
        assert self.line is not None
        code = self.line.codes[key]
        if any(code.given_by[1:]):
            return True
        if any(statistic.value for name, statistic in code.statistics.items() if name in ("n_a", "n_b")):
            return True
        whole = code.statistics.get("u_alpha") or code.statistics.get("holsti")
        return whole is not None and whole.defined

    def _intervals(self, key: str) -> Mapping[str, Interval]:
        assert self.line is not None
        return self.line.code_intervals.get(key, {})

    @property
    def unused(self) -> int:
        """How many codes of the level nobody used."""
        return sum(not self._used(key) for key in self.line.codes) if self.line is not None else 0

    def label(self, key: str) -> str:
        """The name of a node."""
        assert self.look is not None
        return self.look.compared.gathered.labels[key]

    # Qt's questions

    def length(self) -> int:
        return len(self.keys)

    def question(self, index: Index) -> Question:
        """Which passages stand behind a cell."""
        assert self.line is not None
        column = self.columns[index.column()]
        key = self.keys[index.row()]
        return Question(self.line.key, self.line.level, column.which, key, column.number)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or self.line is None:
            return None
        key, column = self.keys[index.row()], self.columns[index.column()]
        if role == BAR:
            return self.bar(key)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(key, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.explain(index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.label(key)}, {column.name}: {self._text(key, column)}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.explain(index)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.kind is not Kind.NAME:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and column.kind is Kind.INTERVAL:
            return QColor(self.ctx.colors.muted)
        if role == Qt.ItemDataRole.DecorationRole and column.kind is Kind.NAME and self.look is not None:
            return square(self.look.compared.gathered.tree[key].color)
        return None

    # Values

    def bar(self, key: str) -> Bar | None:
        """What is drawn of a code: the statistic and its interval."""
        assert self.line is not None
        statistic = self.line.codes[key].statistics.get(self.picture)
        if statistic is None or statistic.value is None:
            return None
        interval = self.line.code_intervals.get(key, {}).get(self.picture)
        low, high = (interval.low, interval.high) if interval is not None else (None, None)
        return Bar(float(statistic.value), low, high)

    def _text(self, key: str, column: Column) -> str:
        assert self.line is not None
        if column.kind is Kind.NAME:
            return self.label(key)
        return figures_words.of_code(self.line.codes[key], column, self.line.code_intervals.get(key, {}))

    def explain(self, index: Index) -> str:
        """A cell in words: unit, n, coders, level, formula and source, or why it is undefined."""
        assert self.line is not None
        assert self.look is not None
        key, column = self.keys[index.row()], self.columns[index.column()]
        if column.kind is Kind.NAME:
            return self.label(key)
        code, intervals = self.line.codes[key], self.line.code_intervals.get(key, {})
        names = (self.label(key), self._level_name)
        return figures_words.explain_code(self.look, code, column, intervals, names)
