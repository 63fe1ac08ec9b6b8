"""“More coefficients”: everything else that is known of the chosen level, with intervals and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coder_app.formats.agreement_formulas import Described
from coder_app.ui.agreement import figures_words, wording
from coder_app.ui.agreement.columns import level_columns
from coder_app.ui.agreement.described import over_codes
from coder_app.ui.agreement.looking import Line, Look
from coder_app.ui.agreement.number_table import NumberTable
from coder_app.ui.codebook.wording import tip
from coder_app.ui.widgets.parts import label
from coder_app.ui.widgets.table_model import Index, TableModel

if TYPE_CHECKING:
    from coder_app.core.agreement.result import Statistic

NAME, VALUE, INTERVAL, FORMULA, SOURCE = range(5)
WIDTHS = (270, 80, 130, 300, 200)


class MoreModel(TableModel):
    """One row for each coefficient that does not stand on top."""

    figures = (VALUE, INTERVAL)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        tr = wording.tr
        self.heads = (tr("Coefficient"), tr("Value"), tr("95 % interval"), tr("Formula"), tr("Source"))
        self.look: Look | None = None
        self.line: Line | None = None
        self.level = ""
        self.names: list[str] = []
        self._domains: dict[str, tuple[str, str, Statistic]] = {}

    def put(self, look: Look, line: Line, level: str) -> None:
        """Show those of a level, by its name."""
        on_top = {name for column in level_columns(look.wanted.unit, look.two) for name in column.names[:1]}
        names = [name for name in {**line.overall, **line.more} if name not in on_top]
        self._domains = _domains(look)
        names += list(self._domains)
        if names == self.names:
            self.look, self.line, self.level = look, line, level
            if names:
                self.dataChanged.emit(self.index(0, 0), self.index(len(names) - 1, SOURCE))
            return
        self.beginResetModel()
        self.look, self.line, self.level, self.names = look, line, level, names
        self.endResetModel()

    def length(self) -> int:
        return len(self.names)

    def statistic(self, row: int) -> Statistic:
        assert self.line is not None
        name = self.names[row]
        if name in self._domains:
            return self._domains[name][2]
        found = self.line.statistic(name)
        assert found is not None
        return found

    def described(self, name: str) -> Described:
        """What a row is; of unitizing within a category or theme it says so."""
        assert self.look is not None
        assert self.line is not None
        unit = self.look.wanted.unit
        if name not in self._domains:
            return over_codes(name, unit, more=name in self.line.more)
        where, inner, _ = self._domains[name]
        about = over_codes(inner, unit)
        text = wording.tr("{coefficient} within “{node}”").format(coefficient=about.name, node=where)
        return Described(text, about.formula, about.source)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self.explain(index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return f"{self.described(self.names[index.row()]).name}, {heading}: {self._text(index)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (VALUE, INTERVAL):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, index: Index) -> str:
        assert self.line is not None
        name, column = self.names[index.row()], index.column()
        if column == VALUE:
            return figures_words.number(name, self.statistic(index.row()))
        if column == INTERVAL:
            return figures_words.interval_text(name, self.line.intervals.get(name))
        about = self.described(name)
        return {NAME: about.name, FORMULA: about.formula, SOURCE: about.source}[column]

    def explain(self, index: Index) -> str:
        """A row in full."""
        assert self.look is not None
        assert self.line is not None
        name = self.names[index.row()]
        statistic = self.statistic(index.row())
        shown = figures_words.number(name, statistic)
        interval = self.line.intervals.get(name)
        told = figures_words.tell(name, statistic, shown, self.described(name), interval)
        return f"{told} {figures_words.basis(self.look, self.level)}"


def _domains(look: Look) -> dict[str, tuple[str, str, Statistic]]:
    """Unitizing within categories and themes without overlaps: node, name of the statistic, statistic."""
    labels = look.compared.gathered.labels
    return {
        f"{domain.key} {name}": (labels[domain.key], name, statistic)
        for domain in look.compared.result.domains
        for name, statistic in domain.overall.items()
    }


class MoreView(QWidget):
    """The table, and what the chosen row means below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = MoreModel(self)
        self.table = NumberTable(self.model, self.tr("More coefficients"))
        self.table.set_widths(WIDTHS)
        self.explained = label("", "caption", wrap=True)
        self.explained.setMinimumHeight(2 * self.explained.fontMetrics().lineSpacing())
        self.explained.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.explained.setContentsMargins(10, 2, 10, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.explained)
        self.setFocusProxy(self.table)
        self.table.selectionModel().currentChanged.connect(self._explain)
        self.model.modelReset.connect(self._reset)

    def put(self, look: Look, line: Line, level: str) -> None:
        self.model.put(look, line, level)
        self._explain(self.table.currentIndex())

    def _reset(self) -> None:
        self.table.set_widths(WIDTHS)
        self._explain(QModelIndex())

    def _explain(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        if not self.model.names:
            self.explained.setText(self.tr("For this unit everything there is stands above."))
            return
        hint = self.tr(
            "Reported by some journals; the coefficient of agreement, kappa and alpha above come first."
        )
        self.explained.setText(self.model.explain(index) if index.isValid() else hint)
