"""The welcome page: begin a project, open one, go on with a recent one, look at the sample study."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coder_app.ui.context import Context
from coder_app.ui.settings import Recent
from coder_app.ui.widgets.parts import button, card, label, see_through, tool
from coder_app.ui.widgets.picture import TranscriptPicture

LOW = 560
"""Below this height (logical pixels) the drawing goes, so that the buttons stay."""


class WelcomePage(QWidget):
    """Shown while no project is open."""

    newWanted = Signal()
    openWanted = Signal()
    sampleWanted = Signal()
    pathChosen = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.new_button = button(self.tr("New project…"), self.newWanted.emit, kind="primary", icon="plus")
        self.open_button = button(self.tr("Open a project…"), self.openWanted.emit, icon="open")
        self.sample_button = button(self.tr("Open the sample study"), self.sampleWanted.emit, icon="book")
        self.picture = TranscriptPicture(ctx)
        self._rows: list[RecentRow] = []
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(24, 16, 24, 16)
        row.setSpacing(28)
        row.addWidget(self._left(), 0)
        row.addWidget(self._right(), 1)
        both.setMaximumWidth(960)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addStretch(1)
        whole.addWidget(both, 100)
        whole.addStretch(1)
        self.show_recent()

    def show_recent(self) -> None:
        """List the recent files again."""
        for old in self._rows:
            self._recent.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [RecentRow(recent) for recent in self.ctx.settings.recent]
        for place, row in enumerate(self._rows):
            self._recent.insertWidget(place, row)
            row.chosen.connect(self.pathChosen)
            row.removed.connect(self._forget)
        self._nothing.setVisible(not self._rows)

    @property
    def rows(self) -> list[RecentRow]:
        return self._rows

    def focus_first(self) -> None:
        """Put the focus where work starts: on the latest project, or on "New project"."""
        usable = [row for row in self._rows if row.open_button.isEnabled()]
        (usable[0].open_button if usable else self.new_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _left(self) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(230)
        side.setMaximumWidth(380)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addStretch(1)
        column.addWidget(label(self.tr("Coder"), "title"))
        text = self.tr(
            "Code interviews with your colleagues: from the transcript to the themes, all on your computer."
        )
        column.addWidget(label(text, "muted", wrap=True))
        column.addSpacing(4)
        column.addWidget(self.picture)
        column.addSpacing(8)
        for made in (self.new_button, self.open_button, self.sample_button):
            made.setMinimumHeight(38)
            made.setIconSize(QSize(18, 18))
            made.setAutoDefault(True)  # so that Enter presses it
            column.addWidget(made)
        hint = label(
            self.tr("The sample study is invented: six people tell how peer support changed their work."),
            "caption",
            wrap=True,
        )
        column.addWidget(hint)
        column.addStretch(1)
        return side

    def _right(self) -> QWidget:
        side = card()
        side.setMinimumWidth(230)
        side.setMaximumHeight(560)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 16, 8, 12)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Recent projects"), "heading"))
        holder = QWidget()
        self._recent = QVBoxLayout(holder)
        self._recent.setContentsMargins(0, 0, 8, 0)
        self._recent.setSpacing(2)
        self._nothing = label(
            self.tr("Projects you open will be listed here. You can also drop a .coder file on this window."),
            "muted",
            wrap=True,
        )
        self._recent.addWidget(self._nothing)
        self._recent.addStretch(1)
        area = QScrollArea()
        area.setWidget(holder)
        area.setWidgetResizable(True)
        see_through(area)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(area, 1)
        return side

    def _forget(self, path: str) -> None:
        self.ctx.settings.forget_recent(path)
        self.ctx.settings.save()
        self.show_recent()
        self.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.picture.setVisible(event.size().height() >= LOW)
        super().resizeEvent(event)


class RecentRow(QWidget):
    """A recent project: its name, where it is, when it was open; a missing one can only be removed."""

    chosen = Signal(object)
    removed = Signal(str)

    def __init__(self, recent: Recent) -> None:
        super().__init__()
        self.recent = recent
        path = Path(recent.path)
        here = _exists(path)
        self.open_button = QPushButton()
        self.open_button.setProperty("kind", "row")
        self.open_button.setEnabled(here)
        self.open_button.setAutoDefault(True)  # so that Enter presses it
        when = when_text(recent.opened)
        below = (
            f"{when}  ·  {_short(path.parent)}".removeprefix("  ·  ")
            if here
            else self.tr("Not found: {path}").format(path=_short(path))
        )
        self.open_button.setAccessibleName(f"{recent.name}, {below}")
        self.open_button.setToolTip(recent.path)
        self.open_button.clicked.connect(lambda: self.chosen.emit(path))
        inside = QVBoxLayout(self.open_button)
        inside.setContentsMargins(10, 6, 10, 6)
        inside.setSpacing(1)
        for line in (Elided(recent.name, "strong"), Elided(below, "caption")):
            line.setEnabled(here)
            inside.addWidget(line)
        self.remove_button = tool(
            "close",
            self.tr("Remove {name} from this list").format(name=recent.name),
            lambda: self.removed.emit(recent.path),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.open_button, 1)
        row.addWidget(self.remove_button)


class Elided(QLabel):
    """A line of text that is shortened where there is no room; the pointer goes through it."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__()
        self._whole = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumWidth(40)
        self.setText(" ")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        self.setText(metrics.elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width()))


def when_text(opened: str, now: datetime | None = None) -> str:
    """An ISO date and time as a person says it; empty where it is none."""
    try:
        then = datetime.fromisoformat(opened)
    except ValueError:
        return ""
    days = ((now or datetime.now()).date() - then.date()).days
    if days == 0:
        return QCoreApplication.translate("WelcomePage", "today, {time}").format(time=then.strftime("%H:%M"))
    if days == 1:
        return QCoreApplication.translate("WelcomePage", "yesterday")
    return QLocale().toString(QDate(then.year, then.month, then.day), QLocale.FormatType.LongFormat)


def _short(path: Path) -> str:
    """A path with the home folder as a tilde."""
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}".rstrip("/.")
    except ValueError:
        return str(path)


def _exists(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
