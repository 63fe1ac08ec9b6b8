"""Which round is repeated, and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from coder_app.core.model import Coder, Round
from coder_app.ui.widgets.choice import Choice
from coder_app.ui.widgets.parts import button, card, label

WIDEST = 460
"""Pixels of a field."""
NEW = ""
"""Stands for somebody who is not in the project yet."""


class Beginning(QWidget):
    """The card above the passes."""

    roundChanged = Signal()
    beginWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.round = Choice()
        self.round.setAccessibleName(self.tr("Round whose agreed units are coded again"))
        self.who = Choice()
        self.who.setAccessibleName(self.tr("Who codes them again"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name of the new coder"))
        self.name.setAccessibleName(self.tr("Name of the new coder"))
        self.told = label("", wrap=True)
        self.go = button(self.tr("Begin the pass"), self.beginWanted.emit, kind="primary", icon="clock")
        for widget in (self.round, self.who, self.name):
            widget.setMaximumWidth(WIDEST)
        self._possible = False
        sheet = card()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(label(self.tr("Begin a stability pass"), "heading"))
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(label(self.tr("Round")), self.round)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.who, 1)
        row.addWidget(self.name, 1)
        row.addStretch(0)
        form.addRow(label(self.tr("Coded again by")), row)
        column.addLayout(form)
        bottom = QHBoxLayout()
        bottom.setSpacing(14)
        bottom.addWidget(self.told, 1)
        bottom.addWidget(self.go)
        column.addLayout(bottom)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(sheet)
        self.round.currentIndexChanged.connect(lambda _: self.roundChanged.emit())
        self.who.currentIndexChanged.connect(lambda _: self._show_name())
        self.name.textChanged.connect(lambda _: self._check())
        self.name.returnPressed.connect(self.beginWanted)

    # What is chosen

    @property
    def round_guid(self) -> str:
        return str(self.round.currentData() or "")

    @property
    def person(self) -> str:
        """GUID of who codes; empty for somebody new (``new_name``)."""
        return str(self.who.currentData() or NEW)

    @property
    def new_name(self) -> str:
        return "" if self.person else " ".join(self.name.text().split())

    @property
    def ready(self) -> bool:
        return self._possible and bool(self.round_guid) and bool(self.person or self.new_name)

    # Showing

    def put(self, rounds: Sequence[Round], people: Sequence[Coder], first: str) -> None:
        """Offer these rounds (the latest first) and people; what is chosen stays chosen.

        ``first``: GUID of the person proposed at the beginning.
        """
        self._fill(self.round, [(one.name, one.guid) for one in reversed(rounds)], self.round_guid)
        known = [(one.name, one.guid) for one in people]
        chosen = self.person if self.who.count() else first
        self._fill(self.who, [*known, (self.tr("Somebody new"), NEW)], chosen)
        self._show_name()

    def tell(self, text: str, *, possible: bool) -> None:
        """What would be coded again, and whether there is anything."""
        self.told.setText(text)
        self._possible = possible
        self._check()

    def _fill(self, combo: Choice, rows: list[tuple[str, str]], chosen: str) -> None:
        combo.blockSignals(True)
        combo.clear()
        for text, key in rows:
            combo.addItem(text, key)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.blockSignals(False)

    def _show_name(self) -> None:
        self.name.setVisible(not self.person)
        self._check()

    def _check(self) -> None:
        self.go.setEnabled(self.ready)
