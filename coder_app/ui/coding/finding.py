"""Find in this transcript and in all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.search import find
from coder_app.ui.codebook.wording import tip
from coder_app.ui.context import Context
from coder_app.ui.widgets.parts import label, tool
from coder_app.ui.work import Progress

if TYPE_CHECKING:
    from coder_app.project.queries import Found

MOST = 1000
BEFORE = 28
"""Code points in front of a match that the list of places shows, so that the match itself can be seen."""
TYPED = 250
"""Milliseconds without typing after which all transcripts are searched."""


class FindBar(QWidget):
    """A line under the transcript's title: words, how many, previous, next, in all transcripts."""

    matchesChanged = Signal(list, object)
    """Ranges in this transcript (code points) and the current one or None."""
    placeWanted = Signal(str, int, int)
    """A place in some transcript."""
    closed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._text = ""
        self._matches: list[tuple[int, int]] = []
        self._found: list[Found] = []
        self._at = -1
        self.here: Callable[[], int] = lambda: 0
        """Where one reads (code point): the first match looked at is the next from there."""
        self._soon = QTimer(self, singleShot=True, interval=TYPED)
        self._soon.timeout.connect(self._search_everywhere)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Find words"))
        self.line.setAccessibleName(self.tr("Find words in the transcript"))
        self.line.setClearButtonEnabled(True)
        self.count = label("", "muted")
        self.everywhere = QCheckBox(self.tr("In all transcripts"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Places found"))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMaximumHeight(150)
        self.list.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(self.count)
        row.addWidget(tool("up", self.tr("Previous match (Shift+F3)"), lambda: self.step(-1)))
        row.addWidget(tool("down", self.tr("Next match (F3)"), lambda: self.step(1)))
        row.addWidget(self.everywhere)
        row.addWidget(tool("close", self.tr("Close (Esc)"), self.leave))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.addLayout(row)
        column.addWidget(self.list)
        self.line.textChanged.connect(lambda _: self.search())
        self.line.installEventFilter(self)
        self.everywhere.toggled.connect(lambda _: self.search())
        self.list.currentRowChanged.connect(self._open_found)
        self.list.installEventFilter(self)
        self.hide()

    def start(self, words: str, *, everywhere: bool = False) -> None:
        """Open with these words (the selection) to look for."""
        self.show()
        if words.strip():
            self.line.setText(" ".join(words.split())[:200])
        self.everywhere.setChecked(everywhere)
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self.search()

    def leave(self) -> None:
        self.hide()
        self.matchesChanged.emit([], None)
        self.closed.emit()

    def show_text(self, text: str) -> None:
        """Another transcript is shown."""
        self._text = text
        if self.isVisible():
            self._search_here()

    def search(self) -> None:
        """Look for the words again: here, and off the window's thread in all transcripts."""
        self._search_here()
        self.list.setVisible(self.everywhere.isChecked())
        if self.everywhere.isChecked():
            self._soon.start()
        else:
            self._soon.stop()

    def _search_everywhere(self) -> None:
        self._soon.stop()
        if not self.ctx.has_project:
            return
        words = self.line.text()
        if not words.strip():
            self._show_found([])
            return
        self.ctx.work.in_thread(
            self.tr("Searching"),
            partial(search_snapshot, self.ctx.project.snapshot(), words),
            self._show_found,
            key="find",
        )

    def _search_here(self) -> None:
        self._matches = find(self._text, self.line.text(), MOST)
        self._at = -1
        self._tell()

    def _show_found(self, found: list[Found]) -> None:
        self._found = found
        self.list.blockSignals(True)
        self.list.clear()
        for place in found:
            before = place.before if len(place.before) <= BEFORE else "…" + place.before[-BEFORE:]
            words = " ".join(f"{before}{place.match}{place.after}…".split())
            item = QListWidgetItem(f"{place.title}:  {words}")
            item.setToolTip(tip(f"{place.title}\n…{place.before}{place.match}{place.after}…"))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._tell()

    def searches(self) -> bool:
        """Whether all transcripts are about to be searched."""
        return self._soon.isActive()

    def step(self, by: int) -> None:
        """Go to the next (+1) or previous (-1) match; past the last comes the first."""
        if self.everywhere.isChecked():
            if self._soon.isActive():
                self._search_everywhere()
            if self._found:
                self.list.setCurrentRow((self.list.currentRow() + by) % len(self._found))
        elif self._matches:
            if self._at < 0:
                after = bisect_left(self._matches, (self.here(), 0))
                self._at = after if by > 0 else after - 1
            else:
                self._at += by
            self._at %= len(self._matches)
            self._tell()

    def _open_found(self, row: int) -> None:
        if 0 <= row < len(self._found):
            place = self._found[row]
            self.placeWanted.emit(place.document, place.start, place.end)

    def _tell(self) -> None:
        total = len(self._found) if self.everywhere.isChecked() else len(self._matches)
        if not self.line.text().strip():
            self.count.setText("")
        elif self._at >= 0 and not self.everywhere.isChecked():
            self.count.setText(self.tr("{at} of {total}").format(at=self._at + 1, total=total))
        else:
            more = "+" if total >= MOST else ""
            self.count.setText(self.tr("{total} found").format(total=f"{total}{more}"))
        current = self._matches[self._at] if 0 <= self._at < len(self._matches) else None
        self.matchesChanged.emit(list(self._matches), current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        if watched is self.line and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        return super().eventFilter(watched, event)


def search_snapshot(image: bytes, words: str, progress: Progress) -> list[Found]:
    """Search all transcripts of a snapshot, in a thread of its own."""
    from coder_app.project.project import Project

    with Project.from_snapshot(image) as project:
        return project.queries.search(words, most=MOST, progress=progress)
