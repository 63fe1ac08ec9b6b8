"""The field under the selection: type the first letters of a code, Enter, coded."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from coder_app.ui.codebook.entry import CodeEntry
from coder_app.ui.context import Context
from coder_app.ui.widgets.parts import label

WIDTH = 360


class CodePopup(QFrame):
    """Lies over the page while one code is asked for; Esc or a click elsewhere takes it away."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._page = parent
        self.setProperty("kind", "card")
        self.setAutoFillBackground(True)
        self.title = label("", "caption")
        self.line = CodeEntry(ctx, parent=self)
        self.line.around = self
        self.hint = label(self.tr("Enter applies it, a new name makes a new code, Esc leaves"), "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(4)
        for widget in (self.title, self.line, self.hint):
            column.addWidget(widget)
        self._code: Callable[[str], object] = lambda _: None
        self._new: Callable[[str], object] = lambda _: None
        self._back: QWidget | None = None
        self.line.codeEntered.connect(lambda guid: self._finish(self._code, guid))
        self.line.nameEntered.connect(lambda name: self._finish(self._new, name))
        self.line.installEventFilter(self)
        self.line.popup.installEventFilter(self)  # or the first Esc would only close the list
        self.hide()

    def ask(
        self,
        near: QRect,
        title: str,
        typed: str,
        code: Callable[[str], object],
        new: Callable[[str], object],
        back: QWidget,
    ) -> None:
        """Ask below ``near`` (on the screen); the answer goes to ``code`` or ``new``, the focus ``back``."""
        self._code, self._new, self._back = code, new, back
        self.title.setText(title)
        self.line.setText(typed)
        self._put(near)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.end(False)
        self.line.offer()

    def leave(self) -> None:
        """Go away without an answer and give the focus back."""
        if not self.isHidden():
            held = self.line.hasFocus()
            suggestions = self.line.finder.popup()
            if suggestions is not None:
                suggestions.hide()
            self.hide()
            if held and self._back is not None:
                self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finish(self, call: Callable[[str], object], answer: str) -> None:
        self.leave()
        call(answer)

    def _put(self, near: QRect) -> None:
        page = self._page
        self.resize(min(WIDTH, page.width() - 16), self.sizeHint().height())
        corner = page.mapFromGlobal(near.bottomLeft()) + QPoint(0, 8)
        x = max(8, min(corner.x(), page.width() - self.width() - 8))
        y = corner.y()
        if y + self.height() + 180 > page.height():  # leave room for the list of codes below
            y = max(8, page.mapFromGlobal(near.topLeft()).y() - self.height() - 8)
        self.move(x, y)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        lost = watched is self.line and event.type() == QEvent.Type.FocusOut
        if lost and QApplication.activePopupWidget() is None:
            self.leave()
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if is_escape and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.leave()
            return True
        return super().eventFilter(watched, event)
