"""The table on top: marked or not and each level, with its counts, percentages and coefficients."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from coder_app.core.model import Level
from coder_app.ui.agreement import wording
from coder_app.ui.agreement.looking import MARKED, Line, Look
from coder_app.ui.agreement.passages import Question, Which
from coder_app.ui.codebook.wording import tip

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    NAME = 0
    AGREED = 1
    PERCENT = 2
    COMMON = 3
    AGREED_ALL = 4
    PERCENT_ALL = 5
    KAPPA = 6
    MEAN_KAPPA = 7
    UNDEFINED = 8
    ALPHA = 9


_WHICH = {
    Column.NAME: Which.CODED,
    Column.AGREED: Which.ALIKE,
    Column.PERCENT: Which.CODED,
    Column.COMMON: Which.COMMON,
    Column.AGREED_ALL: Which.ALL_ALIKE,
    Column.PERCENT_ALL: Which.ALL,
    Column.KAPPA: Which.CODED,
    Column.MEAN_KAPPA: Which.CODED,
    Column.UNDEFINED: Which.CODED,
    Column.ALPHA: Which.CODED,
}


class LevelsModel(QAbstractTableModel):
    """Rows of a :class:`Look`; the chosen level is set in bold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look: Look | None = None
        self._names: dict[Level, str] = {}
        self._level = Level.CODE

    def put(self, look: Look | None, names: Mapping[Level, str], level: Level) -> None:
        """Show an answer; cells keep their places while the rows are the same."""
        before = [line.key for line in self.look.lines] if self.look else []
        now = [line.key for line in look.lines] if look else []
        if before != now:
            self.beginResetModel()
        self.look, self._names, self._level = look, dict(names), level
        if before != now:
            self.endResetModel()
        elif now:
            self.dataChanged.emit(self.index(0, 0), self.index(len(now) - 1, Column.ALPHA))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() or self.look is None else len(self.look.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(Column)

    def line(self, row: int) -> Line:
        assert self.look is not None
        return self.look.lines[row]

    def question(self, index: Index) -> Question:
        """Which passages stand behind a cell."""
        line = self.line(index.row())
        return Question(line.key, line.level, _WHICH[Column(index.column())])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line, column = self.line(index.row()), Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.explain(index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._text(line, Column.NAME)}, {_header(column)}: {self._text(line, column)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and column != Column.NAME:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and line.key == self._level.key:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return _header(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if column == Column.NAME else Qt.AlignmentFlag.AlignRight
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, line: Line, column: Column) -> str:
        row = line.row
        if column == Column.NAME:
            return wording.row_name(line.key, self._names)
        if column == Column.AGREED:
            return wording.share(row.agreed_coded, row.n_coded)
        if column == Column.PERCENT:
            return wording.percent(row.coded)
        if column == Column.COMMON:
            return "" if line.key == MARKED else wording.percent(row.any_coded)
        if column == Column.AGREED_ALL:
            return wording.share(row.agreed_all, row.n_all)
        if column == Column.PERCENT_ALL:
            return wording.percent(row.all)
        if column == Column.KAPPA:
            return wording.coefficient(line.kappa)
        if column == Column.ALPHA:
            return wording.coefficient(line.alpha)
        if line.mean_kappa is None:
            return ""
        if column == Column.MEAN_KAPPA:
            return wording.coefficient(line.mean_kappa)
        return wording.share(line.kappas_undefined, len(line.codes))

    def explain(self, index: Index) -> str:
        """A cell in words: what it counts, or its formula, source, or why it is undefined."""
        line, column = self.line(index.row()), Column(index.column())
        name, text = self._text(line, Column.NAME), self._text(line, column)
        marked = line.key == MARKED
        n = wording.tr("n = {n}").format(n=f"{line.row.n_all:,}")
        if column in (Column.KAPPA, Column.MEAN_KAPPA) and text:
            key = "cohen_kappa" if marked else "pooled_kappa" if column == Column.KAPPA else "mean_kappa"
            statistic = line.kappa if column == Column.KAPPA or line.mean_kappa is None else line.mean_kappa
            return f"{name}. {wording.explain(key, statistic, text)} {n}."
        if column == Column.ALPHA:
            key = "alpha_nominal" if marked else "alpha_masi"
            return f"{name}. {wording.explain(key, line.alpha, text)} {n}."
        if column == Column.COMMON and not marked:
            return f"{name}. {wording.explain('agreement_any_coded', line.row.any_coded, text)}"
        if column in (Column.AGREED, Column.PERCENT):
            return f"{name}. {wording.explain('agreement_coded', line.row.coded, self._counted(line, False))}"
        if column in (Column.AGREED_ALL, Column.PERCENT_ALL):
            return f"{name}. {wording.explain('agreement_all', line.row.all, self._counted(line, True))}"
        if column == Column.UNDEFINED and text:
            words = wording.tr("{name}. Kappa is undefined for {share} codes of the codebook at this level.")
            return words.format(name=name, share=text)
        return wording.row_meaning(line.key, name)

    def _counted(self, line: Line, everything: bool) -> str:
        row = line.row
        if everything:
            return f"{wording.share(row.agreed_all, row.n_all)}, {wording.percent(row.all)}"
        return f"{wording.share(row.agreed_coded, row.n_coded)}, {wording.percent(row.coded)}"


def _header(column: Column) -> str:
    tr = wording.tr
    return {
        Column.NAME: "",
        Column.AGREED: tr("Alike, of\ncoded"),
        Column.PERCENT: tr("Percent\nof coded"),
        Column.COMMON: tr("A code in\ncommon"),
        Column.AGREED_ALL: tr("Alike,\nof all"),
        Column.PERCENT_ALL: tr("Percent\nof all"),
        Column.KAPPA: tr("Cohen's κ\npooled"),
        Column.MEAN_KAPPA: tr("Cohen's κ\nmean"),
        Column.UNDEFINED: tr("κ un-\ndefined"),
        Column.ALPHA: tr("Krippen-\ndorff's α"),
    }[column]
