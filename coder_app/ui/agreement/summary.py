"""The answer on top: what it means in a sentence, what to keep in mind, and the table of levels."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QHeaderView, QLabel, QSizePolicy, QVBoxLayout, QWidget

from coder_app.core.model import Level
from coder_app.ui.agreement import wording
from coder_app.ui.agreement.levels_model import Column, LevelsModel
from coder_app.ui.agreement.looking import Look
from coder_app.ui.agreement.number_table import ROW_PIXELS, NumberTable
from coder_app.ui.widgets.parts import label

_HEADER_PIXELS = 44
_NARROWEST = 84


class Summary(QFrame):
    """A card; ``table`` opens the passages behind its numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._short = False
        self.headline = label("", "heading", wrap=True)
        self.second = label("", "muted", wrap=True)
        self.warning = label("", wrap=True)
        self.caution = label("", "muted", wrap=True)
        for one in (self.headline, self.second, self.warning, self.caution):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            one.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.box = QFrame()
        self.box.setProperty("kind", "warning")
        inside = QVBoxLayout(self.box)
        inside.setContentsMargins(10, 4, 10, 4)
        inside.addWidget(self.warning)
        self.model = LevelsModel(self)
        self.table = NumberTable(self.model, self.tr("Agreement at each level"))
        header = self.table.horizontalHeader()
        header.setFixedHeight(_HEADER_PIXELS)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(_NARROWEST)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(Column.NAME, 150)
        self.explained = label("", "caption", wrap=True)
        self.explained.setMinimumHeight(2 * self.explained.fontMetrics().lineSpacing())
        self.explained.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(6)
        for widget in (self.headline, self.second, self.box, self.caution, self.table, self.explained):
            column.addWidget(widget)
        self.table.selectionModel().currentChanged.connect(self._explain)
        self.table.horizontalScrollBar().rangeChanged.connect(lambda *_: self._fit())

    def put(self, look: Look, level: Level, names: Mapping[Level, str]) -> None:
        """Show an answer, told for a level."""
        line = look.line(level.key)
        self.headline.setText(wording.headline(look, line, names))
        self.second.setText(wording.second_sentence(look, line))
        found = wording.cautions(look, line, look.compared.gathered.labels)
        warned = line.few_shared and found
        self.warning.setText(found[0] if warned else "")
        self.caution.setText(" ".join(found[1:] if warned else found))
        self.shorten(self._short)
        self.model.put(look, names, level)
        self._fit()
        self._explain(self.table.currentIndex())

    def _fit(self) -> None:
        """All rows are seen without scrolling."""
        self.table.setFixedHeight(_HEADER_PIXELS + ROW_PIXELS * self.model.rowCount() + 2 + self._bar())

    def _bar(self) -> int:
        """Height of the scroll bar below the table, where the window is too narrow for it."""
        bar = self.table.horizontalScrollBar()
        return bar.sizeHint().height() if bar.maximum() else 0

    def shorten(self, on: bool) -> None:
        """Only the sentence and the table."""
        self._short = on
        for widget in (self.second, self.caution, self.warning):
            self._show_if_said(widget)
        self.explained.setVisible(not on)

    def _show_if_said(self, words: QLabel) -> None:
        shown = bool(words.text()) and not self._short
        (self.box if words is self.warning else words).setVisible(shown)

    def _explain(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        """What the chosen cell is; before one is chosen, how to look behind the numbers."""
        if index.isValid() and self.model.look is not None:
            self.explained.setText(self.model.explain(index))
        else:
            self.explained.setText(
                self.tr("Click a number, or press Enter on it, to see the passages behind it.")
            )
