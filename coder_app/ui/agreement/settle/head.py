"""Above the worklist: which round, how far it is, and its figures before and after discussion."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import Round
from coder_app.ui.agreement import wording
from coder_app.ui.agreement.settle import words
from coder_app.ui.agreement.settle.computing import Figures
from coder_app.ui.agreement.settle.states import Tally
from coder_app.ui.codebook.wording import counted, short
from coder_app.ui.times import moment
from coder_app.ui.widgets.choice import choice
from coder_app.ui.widgets.elided import ElidedLabel
from coder_app.ui.widgets.parts import button, label

NARROW = 860
"""Pixels from which the figures have room beside the round."""


class FiguresGrid(QFrame):
    """Reliability (as coded) and agreement after discussion, one above the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.heads = [label("", "caption") for _ in range(3)]
        self.before = [label("", "strong") for _ in range(3)]
        self.after = [label("", "strong") for _ in range(3)]
        captions = (self.tr("Reliability, as coded"), self.tr("After discussion"))
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 6, 14, 6)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(2)
        for column, head in enumerate(self.heads, 1):
            grid.addWidget(head, 0, column, Qt.AlignmentFlag.AlignRight)
        for row, (caption, values) in enumerate(zip(captions, (self.before, self.after), strict=True), 1):
            grid.addWidget(label(caption, "muted"), row, 0)
            for column, value in enumerate(values, 1):
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                grid.addWidget(value, row, column, Qt.AlignmentFlag.AlignRight)
        self._captions = captions

    def put_before(self, figures: Figures | None, unit: str, coders: int) -> None:
        """The figures of the round; those after discussion are not known yet."""
        for head, text in zip(self.heads, headings(unit, coders), strict=True):
            head.setText(text)
        self._put(self.before, figures, self._captions[0])
        self._put(self.after, None, self._captions[1])

    def put_after(self, figures: Figures | None) -> None:
        self._put(self.after, figures, self._captions[1])

    def _put(self, values: Sequence[QLabel], figures: Figures | None, caption: str) -> None:
        for value, head, text in zip(values, self.heads, figure_texts(figures), strict=True):
            value.setText(text)
            value.setAccessibleName(f"{caption}, {head.text()}: {text}")
        reasons = undefined_words(figures)
        for value in values:
            value.setToolTip(reasons)


class RoundHead(QWidget):
    """``round`` is the list of rounds, latest first."""

    roundChosen = Signal(str)
    newWanted = Signal()
    courseWanted = Signal()
    agreedWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self.round = choice(self.tr("Round"), 12)
        self.new = button(self.tr("New round…"), self.newWanted.emit, icon="plus")
        self.course = button(self.tr("Rounds…"), self.courseWanted.emit, icon="table")
        self.what = ElidedLabel("caption")
        self.progress = label("", "strong")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(self.tr("Settled"))
        self.agreed_words = label("", "muted")
        self.take_agreed = button(self.tr("Take over all"), self.agreedWanted.emit)
        self.take_agreed.setAccessibleName(self.tr("Take over all agreed passages"))
        self.take_agreed.setToolTip(self.tr("Put every agreed passage into the consensus (Ctrl+Shift+A)"))
        self.figures = FiguresGrid()
        self._lay_out()
        self.round.currentIndexChanged.connect(self._chosen)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.round, 1)
        first.addWidget(self.new)
        first.addWidget(self.course)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(self.progress)
        second.addWidget(self.bar, 1)
        second.addWidget(self.agreed_words)
        second.addWidget(self.take_agreed)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(first)
        left.addWidget(self.what)
        left.addLayout(second)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.figures)

    def minimumSizeHint(self) -> QSize:
        """Where both do not stand side by side, the figures stand below."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), NARROW - 1), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= NARROW
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != direction:
            self._row.setDirection(direction)

    def put_rounds(self, rounds: Sequence[Round], chosen: str) -> None:
        """Offer the rounds, latest first; ``chosen`` (a GUID) is shown."""
        self._filling = True
        self.round.clear()
        for one in reversed(rounds):
            self.round.addItem(f"{short(one.name)}  ·  {moment(one.created)}", one.guid)
        self.round.setCurrentIndex(max(0, self.round.findData(chosen)))
        self._filling = False

    def put_tally(self, tally: Tally, *, writable: bool) -> None:
        """How far the round is."""
        text = self.tr("{part} of {whole} settled").format(
            part=f"{tally.settled:,}", whole=f"{tally.disagreements:,}"
        )
        if tally.discuss:
            text += self.tr(", {n} to discuss").format(n=f"{tally.discuss:,}")
        self.progress.setText(text)
        self.bar.setRange(0, max(1, tally.disagreements))
        self.bar.setValue(tally.settled if tally.disagreements else 1)
        if tally.agreed == tally.taken_over:
            agreed = counted(
                tally.agreed,
                self.tr("1 agreed passage taken over"),
                self.tr("{n} agreed passages taken over"),
            )
        else:
            agreed = counted(tally.agreed, self.tr("1 passage agreed"), self.tr("{n} passages agreed"))
        self.agreed_words.setText(agreed)
        self.agreed_words.setVisible(tally.agreed > 0)
        self.take_agreed.setVisible(tally.agreed > tally.taken_over)
        self.take_agreed.setEnabled(writable)

    @property
    def chosen(self) -> str:
        return str(self.round.currentData() or "")

    def _chosen(self) -> None:
        if not self._filling and self.chosen:
            self.roundChosen.emit(self.chosen)


def headings(unit: str, coders: int) -> tuple[str, str, str]:
    """What the three figures are called for a unit and a number of coders."""
    agreement = words.tr("Holsti") if unit == "match" else words.tr("Agreement")
    kappa = words.tr("Cohen's kappa") if coders == 2 else words.tr("Mean kappa")
    alpha = words.tr("u-alpha") if unit == "unitizing" else words.tr("Krippendorff's alpha")
    return agreement, kappa, alpha


def figure_texts(figures: Figures | None) -> tuple[str, str, str]:
    """The three figures as they are shown; dots while they are computed, a dash where there is none."""
    if figures is None:
        return "…", "…", "…"
    shown = [wording.DASH, wording.DASH, wording.DASH]
    if figures.agreement is not None:
        shown[0] = wording.percent(figures.agreement)
    for at, statistic in ((1, figures.kappa), (2, figures.alpha)):
        if statistic is not None:
            shown[at] = wording.coefficient(statistic)
    return shown[0], shown[1], shown[2]


def undefined_words(figures: Figures | None) -> str:
    """Why figures are undefined, and the counts behind the first."""
    if figures is None:
        return ""
    parts = []
    if figures.coded:
        parts.append(
            words.tr("{agreed} of {coded} coded units alike").format(
                agreed=f"{figures.agreed:,}", coded=f"{figures.coded:,}"
            )
        )
    for statistic in (figures.agreement, figures.kappa, figures.alpha):
        if statistic is not None and not statistic.defined and statistic.reason not in parts:
            parts.append(statistic.reason)
    return "\n".join(parts)
