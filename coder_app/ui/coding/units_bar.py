"""Below the transcript's title: which meaning unit one is at, how many are coded, whether they are locked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QVBoxLayout, QWidget

from coder_app.ui.icons import icons
from coder_app.ui.widgets.elided import ElidedLabel
from coder_app.ui.widgets.parts import label, tool

ROOMY = 480
"""Pixels from which there is room for the picture of the progress."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the bar tells of the units that one goes through. ``at`` counts from 0."""

    total: int
    coded: int
    at: int | None
    locked: bool
    stability: str = ""
    """Name of the round whose agreed units are coded again; empty outside a stability pass."""
    elsewhere: str = ""
    """In a pass: how far it is over all transcripts."""


class UnitsBar(QWidget):
    """Shown while there are units to go through."""

    nextWanted = Signal()
    previousWanted = Signal()
    uncodedWanted = Signal()
    lockWanted = Signal(bool)
    leaveWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "surface")
        self.standing: Standing | None = None
        self.lock = QToolButton()
        self.lock.setToolButtonStyle(self.lock.toolButtonStyle().ToolButtonTextBesideIcon)
        self.lock.clicked.connect(lambda: self.lockWanted.emit(not self.standing.locked)
                                  if self.standing is not None else None)  # fmt: skip
        self.stability = ElidedLabel("strong")
        self.told: QLabel = label("", "muted")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setMaximumWidth(160)
        self.progress.setAccessibleName(self.tr("Meaning units coded"))
        self.previous = tool("up", self.tr("Previous unit (Shift+F4)"), self.previousWanted.emit)
        self.next = tool("down", self.tr("Next unit (F4)"), self.nextWanted.emit)
        self.uncoded = tool("tag", self.tr("Next unit without a code (Ctrl+F4)"), self.uncodedWanted.emit)
        self.leave = tool("close", self.tr("Leave the pass"), self.leaveWanted.emit, text=True)
        self.leave.setToolTip(self.tr("Leave the stability pass and be yourself again (Ctrl+Shift+F4)"))
        upper, row = QHBoxLayout(), QHBoxLayout()
        for line in (upper, row):
            line.setSpacing(8)
        upper.addWidget(self.stability, 1)
        upper.addWidget(self.leave)
        row.addWidget(self.lock)
        row.addWidget(self.told)
        row.addWidget(self.progress, 1)
        row.addStretch(1)
        for widget in (self.previous, self.next, self.uncoded):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 3, 10, 3)
        column.setSpacing(0)
        column.addLayout(upper)
        column.addLayout(row)
        self.hide()

    def put(self, standing: Standing | None, *, writable: bool) -> None:
        """Show where one is; None hides the bar."""
        self.standing = standing
        self.setVisible(standing is not None)
        if standing is None:
            return
        self.stability.setVisible(bool(standing.stability))
        self.leave.setVisible(bool(standing.stability))
        self.lock.setVisible(not standing.stability)
        self.lock.setEnabled(writable)
        if standing.stability:
            name = self.tr("Stability pass: {round}").format(round=standing.stability)
            self.stability.put(f"{name} · {standing.elsewhere}" if standing.elsewhere else name)
        self._show_lock()
        self.told.setText(self.words(standing))
        self.progress.setRange(0, max(1, standing.total))
        self.progress.setValue(standing.coded)

    def words(self, standing: Standing) -> str:
        """“Unit 12 of 84, 11 coded”."""
        coded, total = f"{standing.coded:,}", f"{standing.total:,}"
        if not standing.total and standing.stability:
            text = self.tr("No agreed unit in this transcript")
        elif not standing.total:
            text = self.tr("No meaning unit yet: select words and press Ctrl+F5")
        elif standing.at is None:
            one = self.tr("1 unit, {coded} coded")
            text = one if standing.total == 1 else self.tr("{total} units, {coded} coded")
            text = text.format(total=total, coded=coded)
        else:
            text = self.tr("Unit {at} of {total}, {coded} coded").format(
                at=f"{standing.at + 1:,}", total=total, coded=coded
            )
        return text

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_lock()

    def _show_lock(self) -> None:
        if self.standing is None:
            return
        locked = self.standing.locked
        word = self.tr("Locked") if locked else self.tr("Open for changes")
        what = (
            self.tr("The meaning units are locked. Click to unlock them (Ctrl+F8)")
            if locked
            else self.tr("The meaning units can be changed. Click to lock them (Ctrl+F8)")
        )
        icons.put(self.lock, "lock" if locked else "edit", "accent" if locked else "muted")
        self.progress.setVisible(self.width() >= ROOMY)
        style = self.lock.toolButtonStyle()
        wide = self.width() >= ROOMY or locked
        self.lock.setToolButtonStyle(style.ToolButtonTextBesideIcon if wide else style.ToolButtonIconOnly)
        self.lock.setText(word)
        self.lock.setToolTip(what)
        self.lock.setAccessibleName(what)
