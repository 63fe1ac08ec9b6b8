"""The search box: one place for words in the transcripts, codes, transcripts and commands.

A provider turns what was typed into hits; the box asks all of them and shows their answers together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.widgets.parts import label

WAIT_MS = 120
"""Pause in typing after which the transcripts are searched too."""
SLICE_SECONDS = 0.012
"""How long the slow search holds up the window at a time."""
ROW = 44
HIT_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One answer: what it is, where it is, and what choosing it does."""

    title: str
    detail: str
    kind: str
    """Shown at the right: Command, Code, Transcript, Text."""
    run: Callable[[], object]
    color: str = ""
    """``#rrggbb`` of a code."""
    keys: str = ""
    mark: tuple[int, int] = (0, 0)
    """The part of the title that was searched for (start, end in code points), shown bold."""


Provider = Callable[[str], Sequence[SearchHit]]
SlowProvider = Callable[[str], Iterator[Sequence[SearchHit]]]
"""Answers bit by bit, so that typing goes on while it searches."""


def score(words: str, text: str) -> int:
    """How well ``text`` answers: 0 not at all; best where it begins with the words, then where one of its
    words does, then where they are inside it, each typed word somewhere.
    """
    wanted, there = words.casefold().split(), text.casefold()
    if not wanted or not all(word in there for word in wanted):
        return 0
    if there.startswith(wanted[0]):
        return 3
    return 2 if any(part.startswith(wanted[0]) for part in there.split()) else 1


class SearchBox(QLineEdit):
    """The line to type in; its answers hang below it. ``slow`` providers wait for a pause in typing."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__()
        self.ctx = ctx
        self.quick: list[Provider] = []
        self.slow: list[SlowProvider] = []
        self.setPlaceholderText(self.tr("Search text, codes and commands  (Ctrl+K)"))
        self.setAccessibleName(self.tr("Search text, codes and commands"))
        self.setClearButtonEnabled(True)
        self._glass = self.addAction(icons.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        icons.put(self._glass, "search", "muted")
        self.results = Results(ctx, window)
        self.results.list.itemClicked.connect(self._choose)
        self._before: QWidget | None = None
        self._under_way: list[Iterator[Sequence[SearchHit]]] = []
        self._pause = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._pause.timeout.connect(self._begin_slow)
        self._pump = QTimer(self, interval=0)
        self._pump.timeout.connect(self._slice)
        self.textEdited.connect(self._typed)
        window.installEventFilter(self)

    @property
    def searching(self) -> bool:
        return self._pause.isActive() or self._pump.isActive()

    def start(self) -> None:
        """Put the cursor here; Escape brings it back to where it was."""
        here = self.window().focusWidget()
        if here is not self:
            self._before = here
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._typed()

    def leave(self) -> None:
        """Close the answers and give the focus back."""
        self._stop()
        self.results.hide()
        self.clear()
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def _typed(self) -> None:
        self._stop()
        words = self.text().strip()
        hits = [hit for provider in self.quick for hit in provider(words)]
        if len(words) > 1 and self.slow:
            self._pause.start()
        self.results.show_hits(hits, self, finished=not self.searching)

    def _stop(self) -> None:
        self._pause.stop()
        self._pump.stop()
        self._under_way = []

    def _begin_slow(self) -> None:
        words = self.text().strip()
        self._under_way = [provider(words) for provider in self.slow]
        self._pump.start()

    def _slice(self) -> None:
        """Search on for a moment."""
        end = time.monotonic() + SLICE_SECONDS
        while self._under_way and time.monotonic() < end:
            hits = next(self._under_way[0], None)
            if hits is None:
                self._under_way.pop(0)
            else:
                self.results.add_hits(hits, self)
        if not self._under_way:
            self._pump.stop()
            self.results.say_nothing_found(self)

    def _choose(self, item: QListWidgetItem) -> None:
        hit: SearchHit = item.data(HIT_ROLE)
        self.leave()
        hit.run()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in moves:
            self.results.move_by(moves[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.results.list.currentItem()
            if item is not None and self.results.isVisible():
                self._choose(item)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.results.isVisible():
            self.results.place(self)
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._stop()
            self.results.hide()


class Results(QFrame):
    """The answers, over the page; the focus stays in the search box."""

    def __init__(self, ctx: Context, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("kind", "popup")
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Answers to the search"))
        self.list.setItemDelegate(HitDelegate(ctx, self.list))
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.nothing = label(self.tr("Nothing found."), "muted")
        self.nothing.setContentsMargins(10, 8, 10, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        self.hide()

    def show_hits(self, hits: Sequence[SearchHit], box: QWidget, *, finished: bool) -> None:
        """Show these in place of the earlier ones."""
        self.list.clear()
        self.nothing.hide()
        self.add_hits(hits, box)
        if not hits:
            self.hide()
        if finished:
            self.say_nothing_found(box)

    def add_hits(self, hits: Sequence[SearchHit], box: QWidget) -> None:
        if not hits:
            return
        for hit in hits:
            item = QListWidgetItem(f"{hit.title}, {hit.kind}, {hit.detail}" if hit.detail else hit.title)
            item.setData(HIT_ROLE, hit)
            self.list.addItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.show()
        self._show(box)

    def say_nothing_found(self, box: QWidget) -> None:
        """Say so when all is searched and nothing was found."""
        if not self.list.count():
            self.list.hide()
            self.nothing.show()
            self._show(box)

    def _show(self, box: QWidget) -> None:
        self.place(box)
        self.show()
        self.raise_()

    def place(self, box: QWidget) -> None:
        """Below the box, as wide as it or wider, ending where it ends, inside the window."""
        window = self._window
        width = min(max(box.width(), 560), window.width() - 16)
        corner = box.mapTo(window, QPoint(0, box.height() + 4))
        left = max(8, corner.x() + box.width() - width)
        rows = self.list.count()
        height = min(10, rows) * ROW + 14 if rows else 44
        self.setGeometry(left, corner.y(), width, min(height, window.height() - corner.y() - 8))

    def move_by(self, rows: int) -> None:
        if self.list.count():
            last = self.list.count() - 1
            self.list.setCurrentRow(max(0, min(last, self.list.currentRow() + rows)))


class HitDelegate(QStyledItemDelegate):
    """Two lines at the left, the kind or the keys at the right."""

    def __init__(self, ctx: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        hit: SearchHit = index.data(HIT_ROLE)
        colors = self.ctx.colors
        area: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(area, QColor(colors.accent_soft))
        text = area.adjusted(12, 4, -12, -4)
        font: QFont = option.font
        metrics = QFontMetrics(font)
        right = hit.keys or hit.kind
        painter.setFont(font)
        painter.setPen(QColor(colors.muted))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
        text.setRight(text.right() - metrics.horizontalAdvance(right) - 16)
        if hit.color:
            painter.setBrush(QColor(hit.color))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(text.left(), text.center().y() - 6, 12, 12, 3, 3)
            painter.setPen(QColor(colors.muted))
            text.setLeft(text.left() + 22)
        upper, lower = QRect(text), QRect(text)
        if hit.detail:
            upper.setHeight(text.height() // 2)
            lower.setTop(upper.bottom() + 1)
            elided = metrics.elidedText(hit.detail, Qt.TextElideMode.ElideRight, lower.width())
            painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, elided)
        painter.setPen(QColor(colors.text))
        paint_marked(painter, upper, hit.title, hit.mark)
        painter.restore()


def paint_marked(painter: QPainter, area: QRect, text: str, mark: tuple[int, int]) -> None:
    """One line of text, the marked part bold, shortened at its end."""
    start, end = mark
    normal, bold = QFont(painter.font()), QFont(painter.font())
    bold.setBold(True)
    left = area.left()
    for part, font in ((text[:start], normal), (text[start:end], bold), (text[end:], normal)):
        room = area.right() - left
        if part and room > 0:
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(part, Qt.TextElideMode.ElideRight, room)
            painter.setFont(font)
            painter.drawText(
                QRect(left, area.top(), room, area.height()), Qt.AlignmentFlag.AlignVCenter, shown
            )
            left += metrics.horizontalAdvance(shown)
