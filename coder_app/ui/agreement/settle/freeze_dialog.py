"""The dialog that makes a round: why, its name, what it keeps; and, before a look, the way without."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import Level
from coder_app.ui.agreement.settle import words
from coder_app.ui.agreement.settle.freezing import Offer
from coder_app.ui.codebook.wording import counted
from coder_app.ui.widgets.choice import choice
from coder_app.ui.widgets.parts import label

if TYPE_CHECKING:
    from coder_app.project.comparing import Choice

Answer = Callable[[bool], object]
"""Told once whether the round was made; where it was not, the reason is shown already."""
Freeze = Callable[[str, "Choice", Answer], object]
"""Begins to make the round of that name."""


class FreezeDialog(QDialog):
    """``offer`` None: there is nothing to compare yet, and only looking is possible.

    Accepted by freezing or by looking without; ``frozen`` tells which.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        why: str,
        offer: Offer | None,
        name: str,
        levels: Mapping[Level, str],
        freeze: Freeze,
        *,
        look: bool,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self.offer = offer
        self.frozen = False
        self._freeze = freeze
        self.name = QLineEdit(name)
        self.unit = QComboBox()
        self.level = choice(self.tr("Level"), 8)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 18)
        self.column.setSpacing(10)
        for widget in (label(title, "heading", wrap=True), label(why, wrap=True)):
            self.column.addWidget(widget)
        if offer is not None:
            self._lay_out_offer(offer, levels)
        self._add_buttons(look)

    def _lay_out_offer(self, offer: Offer, levels: Mapping[Level, str]) -> None:
        from coder_app.project.comparing import UNITS

        for unit in UNITS:
            self.unit.addItem(words.unit_name(unit), unit)
        self.unit.setCurrentIndex(max(0, self.unit.findData(offer.choice.unit)))
        for level, name in levels.items():
            self.level.addItem(name, level)
        self.level.setCurrentIndex(max(0, self.level.findData(offer.choice.level)))
        kept = label(kept_sentence(offer), wrap=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        rows: Sequence[tuple[str, QWidget]] = (
            (self.tr("Name of the round"), self.name),
            (self.tr("It keeps"), kept),
            (self.tr("Unit"), self.unit),
            (self.tr("Level"), self.level),
        )
        for row, (caption, field) in enumerate(rows):
            made = label(caption, "muted")
            made.setBuddy(field)
            field.setAccessibleName(caption)
            top = Qt.AlignmentFlag.AlignTop if field is kept else Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(made, row, 0, top)
            grid.addWidget(field, row, 1)
        kept.setAccessibleName(kept.text())
        self.column.addLayout(grid)
        note = note_sentence(offer)
        if note:
            self.column.addWidget(label(note, "muted", wrap=True))
        self.name.selectAll()
        self.name.textChanged.connect(self._check)

    def _add_buttons(self, look: bool) -> None:
        box = QDialogButtonBox()
        freeze = self.tr("Freeze and look") if look else self.tr("Freeze the round")
        self.freeze_button = box.addButton(freeze, QDialogButtonBox.ButtonRole.AcceptRole)
        self.look_button = box.addButton(
            self.tr("Look without a round"), QDialogButtonBox.ButtonRole.ActionRole
        )
        cancel = box.addButton(QDialogButtonBox.StandardButton.Cancel)
        box.accepted.connect(self.freeze)
        box.rejected.connect(self.reject)
        self.look_button.clicked.connect(self.accept)
        self.column.addSpacing(6)
        self.column.addWidget(box)
        possible = self.offer is not None
        self.freeze_button.setVisible(possible)
        self.look_button.setVisible(look)
        (self.freeze_button if possible else cancel).setDefault(True)
        (self.name if possible else cancel).setFocus()
        self._check()

    @property
    def choice(self) -> Choice:
        """What the round will measure."""
        assert self.offer is not None
        return replace(
            self.offer.choice, unit=str(self.unit.currentData()), level=Level(self.level.currentData())
        )

    def freeze(self) -> None:
        """Make the round; the dialog stays open where that does not work."""
        if self.freeze_button.isEnabled():
            self.setEnabled(False)
            self._freeze(self.name.text(), self.choice, self._answered)

    def _answered(self, made: bool) -> None:
        self.setEnabled(True)
        if made:
            self.frozen = True
            self.accept()
        else:
            self.name.setFocus()

    def _check(self) -> None:
        self.freeze_button.setEnabled(self.offer is not None and bool(self.name.text().strip()))


def kept_sentence(offer: Offer) -> str:
    """“All codings of Ann and Ben in 6 transcripts, and the codebook”."""
    text = words.tr("The codings of {coders} in {transcripts}, and the codebook")
    return text.format(
        coders=words.joined([coder.name for coder in offer.coders]),
        transcripts=words.transcripts(offer.documents),
    )


def note_sentence(offer: Offer) -> str:
    """What to know of the transcripts; empty where there is nothing."""
    parts = []
    if offer.unfinished:
        parts.append(
            counted(
                offer.unfinished,
                words.tr("1 of these transcripts is not marked as finished by all of them."),
                words.tr("{n} of these transcripts are not marked as finished by all of them."),
            )
        )
    if offer.left_out:
        parts.append(
            counted(
                offer.left_out,
                words.tr("1 transcript is left out, because not all of them finished it."),
                words.tr("{n} transcripts are left out, because not all of them finished them."),
            )
        )
    return " ".join(parts)
