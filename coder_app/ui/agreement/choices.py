"""What is compared: the moment, coders, unit, level, interviewers' turns, transcripts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import Coder, Level
from coder_app.ui.agreement import units, wording
from coder_app.ui.agreement.coders_model import ROW_HEIGHT, CoderModel
from coder_app.ui.agreement.standing import Standing
from coder_app.ui.agreement.transcripts_model import TranscriptDelegate, TranscriptModel
from coder_app.ui.context import Context
from coder_app.ui.widgets.choice import choice
from coder_app.ui.widgets.parts import label, tool

MOST_CODERS = 4
"""Rows of coders that are seen without scrolling."""
USUAL_THRESHOLD = 50
LARGEST_OVERLAP = 9_999
NOW = ""
"""Stands for the moment: no round."""


class Choices(QWidget):
    """The panel on the left. ``changed`` is sent for each choice of the user's."""

    changed = Signal()
    levelChanged = Signal()
    momentChanged = Signal()
    """Another round, or now: other coders and transcripts may be offered."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._filling = False
        self._possible: frozenset[str] = frozenset(units.UNITS)
        self._unit_by_hand = False
        self.moment = choice(self.tr("Measured"), 8)
        self.coder_model = CoderModel(self)
        self.coder_list = self._list(self.coder_model, self.tr("Coders compared"))
        self.unit = choice(self.tr("Unit"), 8)
        self.hint = label("", "caption", wrap=True)
        self.threshold = self._spin(self.tr("Overlap that makes a match"), 1, 100, USUAL_THRESHOLD)
        self.threshold.setSuffix("\u00a0%")
        self.threshold.setSingleStep(5)
        self.overlap = self._spin(self.tr("Smallest overlap of a coding with a unit"), 1, LARGEST_OVERLAP, 1)
        self.level = choice(self.tr("Level"), 8)
        for unit in units.UNITS:
            self.unit.addItem(units.unit_name(unit), unit)
        self.interviewers = QCheckBox(self.tr("Interviewers' words too"))
        self.model = TranscriptModel(self)
        self.list = self._list(self.model, self.tr("Transcripts compared"))
        self.list.setItemDelegate(TranscriptDelegate(ctx, self.list))
        self.list.setMinimumHeight(110)
        self.counted = label("", "strong")
        self.usual = tool("refresh", self.tr("Only transcripts finished by all"), self.model.forget_own)
        self._lay_out()
        self.put_possible(frozenset(units.UNITS) - {"meaning-unit"})
        self.unit.setCurrentIndex(self.unit.findData("turn"))
        self._fit_unit()
        self.moment.currentIndexChanged.connect(self._moment_chosen)
        self.coder_model.ticked.connect(self._coders_chosen)
        self.unit.currentIndexChanged.connect(self._unit_chosen)
        self.unit.activated.connect(self._note_unit_by_hand)
        self.threshold.valueChanged.connect(self._changed)
        self.overlap.valueChanged.connect(self._changed)
        self.level.currentIndexChanged.connect(lambda: None if self._filling else self.levelChanged.emit())
        self.interviewers.toggled.connect(self._changed)
        self.model.ticked.connect(self._changed)

    def _spin(self, name: str, least: int, most: int, value: int) -> QSpinBox:
        made = QSpinBox()
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setRange(least, most)
        made.setValue(value)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setKeyboardTracking(False)
        return made

    def _list(self, model: QAbstractItemModel, name: str) -> QListView:
        made = QListView()
        made.setModel(model)
        made.setAccessibleName(name)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setFrameShape(QFrame.Shape.NoFrame)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 12)
        column.setSpacing(4)
        self._moment_row = _row(self.tr("Measured"), self.moment)
        self._threshold_row = _row(self.tr("Match from"), self.threshold)
        self._overlap_row = _row(self.tr("Characters at least"), self.overlap)
        column.addWidget(self._moment_row)
        column.addWidget(label(self.tr("Coders"), "caption"))
        column.addWidget(self.coder_list)
        column.addSpacing(4)
        column.addWidget(_row(self.tr("Unit"), self.unit))
        for widget in (self.hint, self._threshold_row, self._overlap_row, self.interviewers):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(_row(self.tr("Level"), self.level))
        column.addSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.counted, 1)
        row.addWidget(self.usual)
        column.addLayout(row)
        column.addWidget(self.list, 1)

    # Filling

    def put_moments(self, rounds: Sequence[tuple[str, str]]) -> None:
        """Offer these rounds (GUID, name) beside now; the chosen one stays while it is there."""
        chosen = self.chosen_round
        self._filling = True
        self.moment.clear()
        self.moment.addItem(self.tr("As it is now"), NOW)
        for guid, name in rounds:
            self.moment.addItem(name, guid)
        self.moment.setCurrentIndex(max(0, self.moment.findData(chosen)))
        self._filling = False
        self._moment_row.setVisible(bool(rounds))

    def put_coders(self, coders: Sequence[Coder], codings: Mapping[str, int], usual: Sequence[str]) -> None:
        """Offer these coders with their numbers of codings; who is ticked stays where two still are there."""
        self._filling = True
        self.coder_model.put(coders, codings, usual)
        self._filling = False
        rows = min(max(len(coders), 2), MOST_CODERS)
        self.coder_list.setFixedHeight(rows * ROW_HEIGHT + 4)

    def put_levels(self, names: Mapping[Level, str]) -> None:
        """Offer these levels, lowest first; the chosen one stays."""
        chosen = self.chosen_level
        self._filling = True
        self.level.clear()
        for level, name in names.items():
            self.level.addItem(name, level)
        levels = list(names)
        self.level.setCurrentIndex(levels.index(chosen) if chosen in levels else 0)
        self._filling = False

    def put_possible(self, possible: Collection[str]) -> None:
        """Units that can be chosen; the others stay in the list, greyed."""
        new = frozenset(possible) - self._possible
        self._possible = frozenset(possible)
        model = self.unit.model()
        for row, unit in enumerate(units.UNITS):
            on = unit in self._possible
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            model.setData(
                model.index(row, 0), int((flags if on else Qt.ItemFlag.NoItemFlags).value), _ENABLING
            )
            told = units.unit_hint(unit)
            if not on:
                told = wording.tr("No transcript is divided into meaning units yet.")
            model.setData(model.index(row, 0), told, Qt.ItemDataRole.ToolTipRole)
        if self.chosen_unit not in self._possible:
            self.choose_unit("turn")
        elif "meaning-unit" in new and not self._unit_by_hand:
            self.choose_unit("meaning-unit")

    def put_transcripts(self, table: list[Standing]) -> None:
        self.model.put(table, tuple(coder.name for coder in self.coders))
        self._count()

    # What is chosen

    @property
    def chosen_round(self) -> str:
        """GUID of the round measured; empty for now."""
        return str(self.moment.currentData() or NOW)

    @property
    def coders(self) -> list[Coder]:
        """Those ticked, in the order of the columns."""
        return self.coder_model.chosen

    @property
    def chosen_unit(self) -> str:
        return str(self.unit.currentData())

    @property
    def chosen_threshold(self) -> float:
        """The share of two passages that must overlap for a match; 0.5 where it is not asked for."""
        return (self.threshold.value() if self.chosen_unit == "match" else USUAL_THRESHOLD) / 100

    @property
    def chosen_overlap(self) -> int:
        """The fewest characters of a unit that a coding must cover; 1 where it is not asked for."""
        return self.overlap.value() if self.chosen_unit in units.FIXED else 1

    @property
    def chosen_level(self) -> Level:
        level = self.level.currentData()
        return Level.CODE if level is None else Level(level)

    # Choosing

    def swap(self) -> None:
        """The next coder first."""
        self.coder_model.rotate()

    def choose_unit(self, unit: str) -> None:
        self.unit.setCurrentIndex(self.unit.findData(unit))

    def next_unit(self) -> None:
        """The next that can be chosen."""
        self._note_unit_by_hand()
        here = units.UNITS.index(self.chosen_unit)
        order = [*units.UNITS[here + 1 :], *units.UNITS[: here + 1]]
        self.choose_unit(next(unit for unit in order if unit in self._possible))

    def choose_moment(self, round: str) -> None:
        """Measure a round, by its GUID."""
        self.moment.setCurrentIndex(max(0, self.moment.findData(round)))

    def next_moment(self) -> None:
        self.moment.setCurrentIndex((self.moment.currentIndex() + 1) % max(1, self.moment.count()))

    def _moment_chosen(self) -> None:
        if not self._filling:
            self.model.start_again()
            self.momentChanged.emit()

    def _coders_chosen(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _note_unit_by_hand(self) -> None:
        """From now on the unit is not changed for her."""
        self._unit_by_hand = True

    def _unit_chosen(self) -> None:
        self._fit_unit()
        self._changed()

    def _fit_unit(self) -> None:
        """Show what can be set for this unit."""
        self.hint.setText(units.unit_hint(self.chosen_unit))
        self._threshold_row.setVisible(self.chosen_unit == "match")
        self._overlap_row.setVisible(self.chosen_unit in units.FIXED)

    def _changed(self) -> None:
        self._count()
        if not self._filling:
            self.changed.emit()

    def _count(self) -> None:
        chosen, whole = len(self.model.chosen()), len(self.model.table)
        self.counted.setText(self.tr("Transcripts: {share}").format(share=wording.share(chosen, whole)))
        self.usual.setVisible(self.model.changed_by_hand)


_ENABLING = Qt.ItemDataRole.UserRole - 1
"""The role by which the list of a combo box is told whether an entry can be chosen."""


def _row(caption: str, field: QWidget) -> QWidget:
    """A caption and what it is about on one line."""
    made = QWidget()
    words = label(caption, "caption")
    words.setMinimumWidth(54)
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(words)
    row.addWidget(field, 1)
    return made
