"""One memo on the screen: who wrote it and when, and its text, which grows with what is written."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from coder_app.core.model import Memo
from coder_app.ui.times import moment
from coder_app.ui.widgets.parts import label, tool

FEWEST_LINES = 2
MOST_LINES = 14
_BREAKS = str.maketrans("\u2028\u2029", "\n\n")


class MemoEditor(QTextEdit):
    """Plain text that tells when it is left, as high as its lines (within limits).

    Not a QPlainTextEdit: that puts paragraphs written from right to left on the left side.
    """

    left = Signal()
    """The focus went away, or Ctrl+Enter or Escape was pressed."""
    escaped = Signal()
    """Escape was pressed, after ``left``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "field")
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._fit)
        self._fit()

    @property
    def text(self) -> str:
        """What is written, no-break spaces and all (``toPlainText`` turns them into spaces)."""
        return self.document().toRawText().translate(_BREAKS)

    def put(self, text: str) -> None:
        """Show another text without telling that something was typed."""
        with QSignalBlocker(self):
            self.setPlainText(text)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            enter = control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if enter or event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        line, margins = self.fontMetrics().lineSpacing(), 2 * self.document().documentMargin()
        written = self.document().size().height() - margins
        bars = Qt.ScrollBarPolicy
        whole = written <= MOST_LINES * line
        self.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if whole else bars.ScrollBarAsNeeded)
        height = round(max(FEWEST_LINES * line, min(MOST_LINES * line, written)) + margins + 12)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
        if whole:
            self.verticalScrollBar().setMaximum(0)  # Qt keeps a range from while the height was changing


class MemoCard(QFrame):
    """A memo, or (``memo`` None) the empty place for a new one."""

    left = Signal(object)
    """The editor of this card was left."""
    removeWanted = Signal(object)

    def __init__(
        self, memo: Memo | None, writer: str, *, writable: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.memo = memo
        self.writable = writable
        self.editor = MemoEditor()
        self.editor.setReadOnly(not writable)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(3)
        if memo is None:
            self.editor.setPlaceholderText(self.tr("Write a memo…"))
            self.editor.setAccessibleName(self.tr("New memo"))
        else:
            date = moment(memo.created)
            self.caption = label(f"{writer} · {date}", "caption", wrap=True)
            top = QHBoxLayout()
            top.addWidget(self.caption, 1)
            column.addLayout(top)
            if writable:
                self.remove = tool("trash", self.tr("Remove this memo"), lambda: self.removeWanted.emit(self))
                top.addWidget(self.remove)
            self.editor.put(memo.text)
            self.editor.setAccessibleName(self.tr("Memo by {coder}, {date}").format(coder=writer, date=date))
        self.editor.setAccessibleDescription(
            self.tr("Saved when you leave it, or with Ctrl+Enter; Escape saves and goes back")
        )
        self.editor.left.connect(lambda: self.left.emit(self))
        column.addWidget(self.editor)

    @property
    def saved(self) -> str:
        return self.memo.text if self.memo else ""

    @property
    def dirty(self) -> bool:
        """Whether something was typed that the project does not hold yet."""
        return self.writable and self.editor.text.strip() != self.saved.strip()
