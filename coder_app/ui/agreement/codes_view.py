"""The single codes with their counts: filter, sorting, and the passages behind each number."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QLineEdit, QVBoxLayout, QWidget

from coder_app.core.model import Level
from coder_app.ui.agreement import wording
from coder_app.ui.agreement.codes_model import CodesModel, Column
from coder_app.ui.agreement.looking import Look
from coder_app.ui.agreement.number_table import NumberTable
from coder_app.ui.icons import icons
from coder_app.ui.widgets.parts import label

_WIDTHS = {Column.BOTH: 58, Column.NEITHER: 74, Column.KAPPA: 90}
_USUAL_WIDTH = 80
_NAMES_AT_MOST = 160
_PADDING = 22


class FilterEdit(QLineEdit):
    """Escape empties it; Down goes on to the table."""

    def __init__(self, table: QWidget) -> None:
        super().__init__()
        self._table = table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._table.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class CodesView(QWidget):
    """The filter above, the table, and what the chosen cell means below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = CodesModel(self)
        self.table = NumberTable(self.model, self.tr("Agreement of single codes"))
        header = self.table.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column in list(Column)[1:]:
            header.resizeSection(column, _WIDTHS.get(column, _USUAL_WIDTH))
        self.filter = FilterEdit(self.table)
        self.filter.setPlaceholderText(self.tr("Filter by name"))
        self.filter.setAccessibleName(self.tr("Filter the codes by name"))
        self.filter.setClearButtonEnabled(True)
        icons.put(
            self.filter.addAction(icons.icon("filter"), QLineEdit.ActionPosition.LeadingPosition), "filter"
        )
        self.unused = QCheckBox()
        self.explained = label("", "caption", wrap=True)
        self.explained.setMinimumHeight(2 * self.explained.fontMetrics().lineSpacing())
        self.explained.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.explained.setContentsMargins(10, 2, 10, 4)
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 6)
        top.addWidget(self.filter, 1)
        top.addWidget(self.unused)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(top)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.explained)
        self.setFocusProxy(self.table)
        self.filter.textChanged.connect(self.model.filter)
        self.unused.toggled.connect(self.model.show_unused)
        self.table.selectionModel().currentChanged.connect(self._explain)
        self.model.modelReset.connect(lambda: self._explain(QModelIndex()))

    def put(self, look: Look, level: Level, names: Mapping[Level, str]) -> None:
        """Show the codes of a level; the chosen cell stays where its code is still listed."""
        index = self.table.currentIndex()
        kept = (self.model.keys[index.row()], index.column()) if index.isValid() else None
        gathered = look.compared.gathered
        self.model.put(look.line(level.key), gathered.labels, gathered.tree, look.names)
        self._fit_names()
        self.unused.setText(self.tr("Unused too ({n})").format(n=f"{self.model.unused:,}"))
        self.unused.setEnabled(self.model.unused > 0)
        if kept is not None and kept[0] in self.model.keys:
            self.table.setCurrentIndex(self.model.index(self.model.keys.index(kept[0]), kept[1]))

    def _fit_names(self) -> None:
        """Room for the coders' names above their columns."""
        header = self.table.horizontalHeader()
        font = QFont(header.font())
        font.setBold(True)
        metrics = QFontMetrics(font)
        for column in (Column.ONLY_A, Column.ONLY_B):
            wanted = metrics.horizontalAdvance(self.model.header(column, wording.SHORT_NAME)) + _PADDING
            header.resizeSection(column, max(_USUAL_WIDTH, min(wanted, _NAMES_AT_MOST)))

    def _explain(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        text = self.model.explain(index) if index.isValid() else ""
        hint = self.tr("Each count is a number of units; click it, or press Enter on it, to read them.")
        self.explained.setText(text or hint)
