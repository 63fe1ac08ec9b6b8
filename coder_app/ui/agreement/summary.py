"""The answer on top: what it means in a sentence, what to keep in mind, and the table of levels."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from coder_app.core.model import Level
from coder_app.ui.agreement import saying
from coder_app.ui.agreement.levels_model import LevelsModel
from coder_app.ui.agreement.looking import Look
from coder_app.ui.agreement.number_table import ROW_PIXELS, NumberTable
from coder_app.ui.context import Context
from coder_app.ui.widgets.parts import button, label

_HEADER_PIXELS = 44
FEW_SHARED = "few shared codes"


class Summary(QFrame):
    """A card; ``table`` opens the passages behind its numbers."""

    codebooksWanted = Signal()
    """Show how the coders' codebooks compare."""
    intervalsWanted = Signal()
    """Compute the intervals, which were cancelled."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._short = False
        self._left_out: list[str] = []
        self.headline = label("", "heading", wrap=True)
        self.second = label("", "muted", wrap=True)
        self.warning = label("", wrap=True)
        self.caution = label("", "muted", wrap=True)
        for one in (self.headline, self.second, self.warning, self.caution):
            one.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            one.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.compare = button(self.tr("Compare their codebooks"), self.codebooksWanted.emit)
        self.compare.hide()
        self.box = QFrame()
        self.box.setProperty("kind", "warning")
        inside = QHBoxLayout(self.box)
        inside.setContentsMargins(10, 4, 6, 4)
        inside.addWidget(self.warning, 1)
        inside.addWidget(self.compare)
        self.model = LevelsModel(ctx, self)
        self.table = NumberTable(self.model, self.tr("Agreement at each level"))
        header = self.table.horizontalHeader()
        header.setFixedHeight(_HEADER_PIXELS)
        header.setSectionsClickable(False)
        self.explained = label("", "caption", wrap=True)
        self.explained.setMinimumHeight(2 * self.explained.fontMetrics().lineSpacing())
        self.explained.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.state = label("", "caption")
        self.again = button(self.tr("Compute the intervals"), self.intervalsWanted.emit, kind="flat")
        below = QHBoxLayout()
        below.addWidget(self.explained, 1)
        below.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 6)
        column.setSpacing(5)
        for widget in (self.headline, self.second, self.box, self.caution, self.table):
            column.addWidget(widget)
        column.addLayout(below)
        self.table.selectionModel().currentChanged.connect(self._explain)
        self.table.horizontalScrollBar().rangeChanged.connect(lambda *_: self._fit())
        self.say_state("")

    def put(self, look: Look, level: Level, names: Mapping[Level, str], *, may_compare: bool) -> None:
        """Show an answer, told for a level. ``may_compare``: codebooks can be compared in this window."""
        line = look.line(level.key)
        self.headline.setText(saying.headline(look, line, names))
        self.second.setText(saying.second_sentence(look, line))
        found = saying.cautions(look, line)
        warned = bool(found) and found[0][0] == FEW_SHARED
        self.warning.setText(found[0][1] if warned else "")
        self.compare.setVisible(warned and may_compare)
        self.caution.setText(" ".join(text for _, text in (found[1:] if warned else found)))
        self._left_out = saying.left_out(look)
        self.shorten(self._short)
        self.model.put(look, names, level)
        self.table.set_widths([column.width for column in self.model.columns], shared=True)
        self._fit()
        self._explain(self.table.currentIndex())

    def say_state(self, text: str, *, again: bool = False) -> None:
        """What becomes of the intervals; ``again``: offer to compute them."""
        self.state.setText(text)
        self.state.setVisible(bool(text) and not self._short)
        self.again.setVisible(again and not self._short)

    def _fit(self) -> None:
        """All rows are seen without scrolling."""
        self.table.setFixedHeight(_HEADER_PIXELS + ROW_PIXELS * self.model.rowCount() + 2 + self._bar())

    def _bar(self) -> int:
        """Height of the scroll bar below the table, where the window is too narrow for it."""
        wide = self.table.horizontalHeader().length() > self.table.viewport().width()
        return self.table.horizontalScrollBar().sizeHint().height() if wide else 0

    def shorten(self, on: bool) -> None:
        """Only the sentence and the table."""
        self._short = on
        for widget in (self.second, self.caution, self.warning):
            self._show_if_said(widget)
        self.explained.setVisible(not on)
        self.state.setVisible(bool(self.state.text()) and not on)

    def _show_if_said(self, words: QLabel) -> None:
        shown = bool(words.text()) and not self._short
        (self.box if words is self.warning else words).setVisible(shown)

    def _explain(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        """What the chosen cell is; before one is chosen, how to look behind the numbers."""
        if index.isValid() and self.model.look is not None:
            self.explained.setText(self.model.explain(index))
        else:
            hint = self.tr("Click a number, or press Enter on it, to see the passages behind it.")
            self.explained.setText(" ".join([hint, *self._left_out]))
