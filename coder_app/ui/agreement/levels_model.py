"""The table on top: marked or not and each level, with its counts, percentages and coefficients."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont

from coder_app.core.model import Level
from coder_app.ui.agreement import figures_words, wording
from coder_app.ui.agreement.columns import Column, Kind, level_columns
from coder_app.ui.agreement.figures_model import FiguresModel
from coder_app.ui.agreement.looking import MARKED, Line, Look
from coder_app.ui.agreement.passages import Question
from coder_app.ui.codebook.wording import tip
from coder_app.ui.context import Context
from coder_app.ui.widgets.table_model import Index


class LevelsModel(FiguresModel):
    """Rows of a :class:`Look`; the chosen level is set in bold, levels without a node are grey."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.look: Look | None = None
        self.columns = level_columns("turn", True)
        self._names: dict[Level, str] = {}
        self._level = Level.CODE

    def put(self, look: Look, names: Mapping[Level, str], level: Level) -> None:
        """Show an answer; cells keep their places while rows and columns are the same."""
        columns = level_columns(look.wanted.unit, look.two)
        before = [line.key for line in self.look.lines] if self.look else []
        now = [line.key for line in look.lines]
        same = before == now and columns == self.columns
        if not same:
            self.beginResetModel()
        self.look, self._names, self._level, self.columns = look, dict(names), level, columns
        if not same:
            self.endResetModel()
        elif now:
            self.dataChanged.emit(self.index(0, 0), self.index(len(now) - 1, len(columns) - 1))

    def length(self) -> int:
        return 0 if self.look is None else len(self.look.lines)

    def line(self, row: int) -> Line:
        assert self.look is not None
        return self.look.lines[row]

    def question(self, index: Index) -> Question:
        """Which passages stand behind a cell."""
        line = self.line(index.row())
        return Question(line.key, line.level, self.columns[index.column()].which)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, column = self.line(index.row()), self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.explain(index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            none = wording.tr(" (none in the codebook)") if line.empty else ""
            return f"{self._name(line)}{none}, {column.name}: {self._text(line, column)}"
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.explain(index)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.kind is not Kind.NAME:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and (line.empty or column.kind is Kind.INTERVAL):
            return QColor(self.ctx.colors.muted)
        if role == Qt.ItemDataRole.FontRole and line.key == self._level.key:
            font = QFont()
            font.setBold(column.kind is not Kind.INTERVAL)
            return font
        if role == Qt.ItemDataRole.FontRole and line.empty:
            font = QFont()
            font.setItalic(True)
            return font
        return None

    def _name(self, line: Line) -> str:
        return wording.row_name(line.key, self._names)

    def _text(self, line: Line, column: Column) -> str:
        if column.kind is Kind.NAME:
            return self._name(line)
        if line.key == MARKED and column.names == ("agreement_any_coded",):
            return ""  # the same as the row itself
        return figures_words.of_line(line, column)

    def explain(self, index: Index) -> str:
        """A cell in words: unit, n, coders, level, formula and source, or why it is undefined."""
        assert self.look is not None
        line, column = self.line(index.row()), self.columns[index.column()]
        name = self._name(line)
        if column.kind is Kind.NAME or not self._text(line, column):
            return wording.row_meaning(line.key, name, empty=line.empty)
        return figures_words.explain_line(self.look, line, column, name, self._text(line, column))
