"""Whose codebooks, which level, which names: one line above the comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coder_app.core.model import Coder, Level
from coder_app.ui.agreement.codebooks.folding import Folding
from coder_app.ui.agreement.codes_view import FilterEdit
from coder_app.ui.icons import icons
from coder_app.ui.widgets.choice import Choice, choice
from coder_app.ui.widgets.parts import tool


class Choosing(QWidget):
    """Signals are sent for what the user chose, not for what was filled in."""

    codersChanged = Signal()
    levelChanged = Signal()
    wordsChanged = Signal(str)
    apartToggled = Signal(bool)

    def __init__(self, table: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self.first = choice(self.tr("First coder"), 6)
        self.second = choice(self.tr("Second coder"), 6)
        self.level = choice(self.tr("Level of the codebook"), 6)
        for box in (self.first, self.second, self.level):
            box.setToolTip(box.accessibleName())
        self.swap_tool = tool("refresh", self.tr("Swap the two coders"), self.swap)
        self.words = FilterEdit(table)
        self.words.setPlaceholderText(self.tr("Filter by name"))
        self.words.setAccessibleName(self.tr("Filter the codes by name"))
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(110)
        icons.put(
            self.words.addAction(icons.icon("filter"), QLineEdit.ActionPosition.LeadingPosition), "filter"
        )
        self.apart = QCheckBox()
        chosen = _row((self.first, 3), (self.swap_tool, 0), (self.second, 3), (self.level, 3))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Folding(chosen, _row((self.words, 1), (self.apart, 0)), (3, 2)))
        self.first.currentIndexChanged.connect(lambda: self._coder_chosen(self.first, self.second))
        self.second.currentIndexChanged.connect(lambda: self._coder_chosen(self.second, self.first))
        self.level.currentIndexChanged.connect(lambda: None if self._filling else self.levelChanged.emit())
        self.words.textChanged.connect(self.wordsChanged)
        self.apart.toggled.connect(self.apartToggled)
        self.put_apart(0)

    # Filling

    def put_coders(self, coders: Sequence[Coder], pair: tuple[str, str]) -> None:
        """Offer these coders; the pair chosen before stays where both are still there."""
        here = [coder.guid for coder in coders]
        chosen = self.pair if all(guid in here for guid in self.pair) else pair
        self._filling = True
        for combo, guid in zip((self.first, self.second), chosen, strict=True):
            combo.clear()
            for coder in coders:
                combo.addItem(coder.name, coder.guid)
            combo.setCurrentIndex(here.index(guid))
        self._filling = False

    def put_levels(self, names: Mapping[Level, str], used: Sequence[Level]) -> None:
        """Offer the levels that the codebooks use; the one chosen before stays where it is used."""
        kept = self.chosen_level
        self._filling = True
        self.level.clear()
        self.level.addItem(self.tr("All levels"), None)
        for level in used:
            self.level.addItem(names.get(level, level.key), level)
        self.level.setCurrentIndex(used.index(kept) + 1 if kept in used else 0)
        self._filling = False

    def put_apart(self, count: int) -> None:
        """How many pairs are kept apart."""
        self.apart.setText(self.tr("Kept apart too ({n})").format(n=f"{count:,}"))
        self.apart.setEnabled(count > 0 or self.apart.isChecked())

    # What is chosen

    @property
    def pair(self) -> tuple[str, str]:
        """GUIDs of the two coders; empty before any are offered."""
        return str(self.first.currentData() or ""), str(self.second.currentData() or "")

    @property
    def chosen_level(self) -> Level | None:
        """None: all."""
        data = self.level.currentData()
        return None if data is None else Level(data)

    def swap(self) -> None:
        """The first coder becomes the second."""
        self.choose((self.pair[1], self.pair[0]))

    def choose(self, pair: tuple[str, str]) -> None:
        """Take these two (GUIDs), which must be offered."""
        self._filling = True
        for combo, guid in zip((self.first, self.second), pair, strict=True):
            combo.setCurrentIndex(combo.findData(guid))
        self._filling = False
        self.codersChanged.emit()

    def _coder_chosen(self, changed: Choice, other: Choice) -> None:
        """The same coder twice is no pair: then the other one gives way."""
        if self._filling:
            return
        self._filling = True
        if changed.currentIndex() == other.currentIndex() and other.count() > 1:
            other.setCurrentIndex((changed.currentIndex() + 1) % other.count())
        self._filling = False
        self.codersChanged.emit()


def _row(*widgets: tuple[QWidget, int]) -> QWidget:
    """Widgets side by side, with their stretches."""
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for widget, stretch in widgets:
        row.addWidget(widget, stretch)
    return group
