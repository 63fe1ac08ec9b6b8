"""Mouse, keys, drag and drop on the page. Positions are UTF-16 units; ``TranscriptView`` translates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from coder_app.ui.transcript.gutter import as_plain
from coder_app.ui.transcript.page import PagePane
from coder_app.ui.transcript.paint import Range

CODE_MIME = "application/x-coder-code"
"""GUIDs of codes being dragged, one a line, UTF-8."""
PASSAGE_MIME = "application/x-coder-passage"
"""Code points of the passage being dragged, ``start-end``, ASCII."""
GRIP = 6.0
"""How many pixels beside a handle still take hold of it."""


class TextPane(PagePane):
    """The page with its behaviour."""

    pressedPlain = Signal(int, Qt.KeyboardModifier)
    """A click that selected nothing: the unit under it or -1."""
    zoomAsked = Signal(int)
    """Steps to zoom; 0 for the normal size."""
    handleMoved = Signal(bool, int)
    """An end of the chosen coding (True: its beginning) is dragged to a unit."""
    handleDropped = Signal()
    wordAsked = Signal(int)
    """A double click on the word at a unit."""
    sentenceAsked = Signal(int)
    """A third click on the sentence at a unit."""
    codesDropped = Signal(list, int)
    """Codes dropped on the unit under the mouse (-1 beside the words)."""
    codesHovered = Signal(int)
    """Codes are held over this unit; -1 when they left."""
    contextAsked = Signal(QPoint, int)
    """Global point; unit under it, -1 beside the words, -2 when asked by key."""
    typed = Signal(str)
    entered = Signal()
    escaped = Signal()

    def __init__(
        self, parent: QWidget, passage: Callable[[], tuple[str, str]], describe: Callable[[int], str]
    ) -> None:
        super().__init__(parent)
        self._passage = passage
        self._describe = describe
        self._holding: bool | None = None
        self._pressed: QPoint | None = None
        self._sweeping = False
        self._origin = 0
        """The unit where the mouse began to select."""
        self.snap: Callable[[int, int], Range] | None = None
        """What a range that the mouse selects grows to, in units; None: it stays as it is."""
        self._double: tuple[QElapsedTimer, QPoint] | None = None
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.viewport().setMouseTracking(True)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton:
            self._holding = self.handle_at(event.position())
            if self._holding is not None:
                event.accept()
                return
            if self._is_third_click(point):
                self._double = None
                self.sentenceAsked.emit(self._near(point))
                return
            self._pressed = point
            self._sweeping = not self._in_selection(self.caret_at(point))
        super().mousePressEvent(event)
        if self._sweeping and event.button() == Qt.MouseButton.LeftButton:
            on = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._origin = self.textCursor().anchor() if on else self.caret_at(point)
            self._sweep_to(point)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._holding is not None:
            self._scroll_along(event.position().y())
            self.handleMoved.emit(self._holding, self.caret_at(event.position().toPoint()))
            return
        super().mouseMoveEvent(event)
        if self._sweeping and event.buttons() & Qt.MouseButton.LeftButton:
            self._sweep_to(event.position().toPoint())
        if not event.buttons():
            over = self.handle_at(event.position()) is not None
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor if over else Qt.CursorShape.IBeamCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._holding is not None:
            self._holding = None
            self.handleDropped.emit()
            return
        super().mouseReleaseEvent(event)
        self._sweeping = False
        point = event.position().toPoint()
        pressed, self._pressed = self._pressed, None
        near = pressed is not None and (point - pressed).manhattanLength() < QApplication.startDragDistance()
        if near and not self.textCursor().hasSelection():
            unit = self.character_at(point)
            self.pressedPlain.emit(-1 if unit is None else unit, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed, self._sweeping = None, False
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.wordAsked.emit(self._near(event.position().toPoint()))
        timer = QElapsedTimer()
        timer.start()
        self._double = timer, event.position().toPoint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomAsked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self.contextAsked.emit(self.viewport().mapToGlobal(self.cursorRect().bottomLeft()), -2)
        else:
            unit = self.character_at(self.viewport().mapFromGlobal(event.globalPos()))
            self.contextAsked.emit(event.globalPos(), -1 if unit is None else unit)
        event.accept()

    def handle_at(self, point: QPointF) -> bool | None:
        """The handle under a point of the viewport: True for the beginning, False for the end."""
        found: list[tuple[float, bool]] = []
        for bar, first in zip(self.handles(), (True, False), strict=False):
            knob = 8.0
            area = bar.adjusted(-GRIP, -knob if first else 0, GRIP, 0 if first else knob)
            if area.contains(point):
                found.append((abs(point.x() - bar.center().x()), first))
        return min(found)[1] if found else None

    def _near(self, point: QPoint) -> int:
        """The unit of the character under a point, else where a caret would go."""
        unit = self.character_at(point)
        return self.caret_at(point) if unit is None else unit

    def _in_selection(self, unit: int) -> bool:
        cursor = self.textCursor()
        return cursor.selectionStart() <= unit < cursor.selectionEnd()

    def _sweep_to(self, point: QPoint) -> None:
        """Put right where Qt put the caret while the mouse selects (see ``Geometry.caret_at``)."""
        origin, unit, cursor = self._origin, self.caret_at(point), self.textCursor()
        place = origin, unit
        if self.snap is not None and origin != unit:
            low, high = self.snap(min(place), max(place))
            if low < high:
                place = (low, high) if origin < unit else (high, low)
        if (cursor.anchor(), cursor.position()) != place:
            self.put_cursor(*place)

    def _is_third_click(self, point: QPoint) -> bool:
        if self._double is None:
            return False
        timer, where = self._double
        return timer.elapsed() < QApplication.doubleClickInterval() and (point - where).manhattanLength() < 8

    def _scroll_along(self, y: float) -> None:
        """Scroll while an end is dragged beyond the upper or lower edge."""
        over = min(0.0, y) + max(0.0, y - self.viewport().height())
        if over:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + round(over / 2))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier)
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        text = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not command and not alt:
            self.entered.emit()
        elif command and not alt and event.key() in _ZOOM_KEYS:
            self.zoomAsked.emit(_ZOOM_KEYS[Qt.Key(event.key())])
        elif self.textCursor().hasSelection() and _is_letter(text) and bool(command) == bool(alt):
            self.typed.emit(text)  # Ctrl and Alt together are AltGr, which types letters
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    # Writing by an input method (Korean, Japanese, Chinese ...)

    def inputMethodQuery(self, query: Qt.InputMethodQuery, *more: Any) -> Any:
        """Letters can be composed here although the text cannot be changed: they begin a code's name."""
        return True if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query, *more)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The first letter, composed or not, is handed on; the rest is composed where it went."""
        text = event.commitString() or event.preeditString()
        if self.hasFocus() and self.textCursor().hasSelection() and _is_letter(text):
            self.typed.emit(text)
        event.accept()

    # Drag and drop

    def createMimeDataFromSelection(self) -> QMimeData:
        """The passage as stored, not as Qt shows it, and where it stands."""
        text, place = self._passage()
        data = QMimeData()
        data.setText(text)
        data.setData(PASSAGE_MIME, place.encode("ascii"))
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(event.mimeData().hasFormat(CODE_MIME))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(CODE_MIME):
            self._scroll_along(self._edge_push(event.position().y()))
            self.codesHovered.emit(self._unit_at(event.position()))
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.codesHovered.emit(-1)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self.codesHovered.emit(-1)
        if not event.mimeData().hasFormat(CODE_MIME):
            event.ignore()
            return
        lines = bytes(event.mimeData().data(CODE_MIME).data()).decode("utf-8", "replace").split()
        self.codesDropped.emit(lines, self._unit_at(event.position()))
        event.acceptProposedAction()

    def _edge_push(self, y: float) -> float:
        """A y beyond the edge where something is held close to it, so that the page scrolls."""
        edge, height = 24.0, float(self.viewport().height())
        if y < edge:
            return y - edge
        return height + y - (height - edge) if y > height - edge else y

    def _unit_at(self, point: QPointF) -> int:
        unit = self.character_at(point.toPoint())
        return -1 if unit is None else unit

    # Hints

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            unit = self.character_at(event.pos())
            text = self._describe(unit) if unit is not None else ""
            QToolTip.showText(event.globalPos(), as_plain(text), self.viewport())
            return True
        return super().viewportEvent(event)

    def select(self, start: int, end: int) -> None:
        """Select a range, the caret at its end; the page does not scroll."""
        self.put_cursor(start, end)

    def proposal(self) -> Range | None:
        return self.underlay.proposal

    def propose(self, place: Range | None) -> None:
        """Frame the range that the chosen coding would get; None for the one it has."""
        if place != self.underlay.proposal:
            self.underlay.proposal = place
            self.viewport().update()

    def aim_at(self, place: Range | None) -> None:
        """Frame the range on which a code would drop."""
        if place != self.underlay.target:
            self.underlay.target = place
            self.viewport().update()


_ZOOM_KEYS = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Equal: 1,
    Qt.Key.Key_Minus: -1,
    Qt.Key.Key_Underscore: -1,
    Qt.Key.Key_0: 0,
}


def _is_letter(text: str) -> bool:
    """Whether a key types something that a code's name may begin with."""
    return bool(text) and text.isprintable() and not text.isspace()
