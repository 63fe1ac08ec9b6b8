"""The parts of the Code page and where they stand."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from coder_app.ui.codebook.tree import CodebookTree
from coder_app.ui.coding.details import DetailsPanel
from coder_app.ui.coding.documents import DocumentList, status_words
from coder_app.ui.coding.finding import FindBar
from coder_app.ui.coding.finished import FinishedNote
from coder_app.ui.coding.folding import Folding, Panel
from coder_app.ui.coding.units_bar import UnitsBar
from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.retrieval.view import QuotesView
from coder_app.ui.transcript.view import TranscriptView
from coder_app.ui.widgets.elided import ElidedLabel
from coder_app.ui.widgets.parts import EmptyState, button, line
from coder_app.ui.widgets.splitters import remember

EDGE = 10
"""White space in pixels between a panel's edge and what is in it."""
NARROWEST = {"left": 560, "details": 900}
"""Pixels of the page's width from which a side panel shows by itself."""
BOTH = 720
"""Pixels of the page's width below which only one side panel has a place beside the text."""
ROOMY = 440
"""Pixels of the head from which its buttons have words."""
LOWEST = {"quotes": 440}
"""The same for the page's height."""


class Head(QWidget):
    """Above the text: its title, what waits for a code, how far one is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "surface")
        self.title = ElidedLabel("heading")
        self.waiting = QPushButton()
        self.waiting.setFlat(True)
        icons.put(self.waiting, "highlighter", "accent")
        self.waiting.hide()
        self._waits = 0
        self.status = QComboBox()
        self.status.setAccessibleName(self.tr("How far you are with this transcript"))
        self.status.setToolTip(self.tr("How far you are with this transcript"))
        for status, word in status_words(self).items():
            self.status.addItem(word, status.value)  # Qt hands back a plain text
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 7, EDGE, 7)
        row.setSpacing(8)
        row.addWidget(self.title, 1)
        row.addWidget(self.waiting)
        row.addWidget(self.status)

    def show_waiting(self, number: int) -> None:
        """Tell how many passages wait for a code; in a narrow head the number alone."""
        self._waits = number
        self.waiting.setVisible(bool(number))
        words = self.tr("{count} to name").format(count=number)
        self.waiting.setText(words if self.width() >= ROOMY else str(number))
        self.waiting.setAccessibleName(words)
        self.waiting.setToolTip(self.tr("List the passages that wait for a code (Shift+F7)"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_waiting(self._waits)


class Layout:
    """Splitters round the parts; their places and what is folded are remembered."""

    def __init__(
        self,
        ctx: Context,
        page: QWidget,
        documents: DocumentList,
        tree: CodebookTree,
        find_bar: FindBar,
        view: TranscriptView,
        quotes: QuotesView,
        details: DetailsPanel,
    ) -> None:
        self.view = view
        self.head = Head()
        self.finished = FinishedNote()
        self.units = UnitsBar()
        self.empty = EmptyState(
            "transcripts",
            page.tr("No transcripts yet"),
            page.tr(
                "Import your interviews first: text, Word or subtitle files. Then read and code them here."
            ),
        )
        self.go = self.empty.add_button(
            button(page.tr("Go to Transcripts"), lambda: ctx.pageWanted.emit("transcripts"), kind="primary")
        )
        # what is outside is put in place first: Qt dresses all that is in a widget wherever that is put
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self.whole = _splitter(Qt.Orientation.Horizontal)
        column.addWidget(self.whole)
        left, self.left = QWidget(), _splitter(Qt.Orientation.Vertical)
        self.middle = _splitter(Qt.Orientation.Vertical)
        self.whole.addWidget(left)
        self.whole.addWidget(self.middle)
        _padded(left, self.left, EDGE, EDGE, 3, 8)
        self.left.addWidget(documents)
        self.left.addWidget(tree)
        self.left.setSizes([174, 480])
        sheet, lower = QFrame(), QWidget()
        self.middle.addWidget(sheet)
        self.middle.addWidget(lower)
        self._fill(sheet, find_bar, view)
        _padded(lower, quotes, 5, 2, 5, 8)
        self.middle.setSizes([490, 184])
        self.middle.setStretchFactor(0, 1)
        self.whole.addWidget(details)
        column.addWidget(self.empty)
        self._free = "code/whole" not in ctx.settings.layout
        """Nobody has moved the columns yet: they follow the width of the page."""
        self.whole.splitterMoved.connect(self._columns_moved)
        self.whole.setStretchFactor(1, 1)
        left.setMinimumWidth(200)
        details.setMinimumWidth(180)
        self.middle.setMinimumWidth(300)
        documents.setMinimumHeight(48)
        tree.setMinimumHeight(120)
        lower.setMinimumHeight(90)
        view.setMinimumHeight(100)
        remember(ctx, {"code/left": self.left, "code/middle": self.middle, "code/whole": self.whole})
        panels = {
            "left": Panel(left, width=NARROWEST["left"]),
            "details": Panel(details, width=NARROWEST["details"]),
            "quotes": Panel(lower, height=LOWEST["quotes"]),
        }
        self.folding = Folding(ctx, page, panels, {"left", "details"}, BOTH)

    def fit(self, size: QSize) -> None:
        """The page has this size now."""
        self.folding.fit(size)
        if self._free:
            share = max(round(size.width() * 0.275), min(320, round(size.width() * 0.32)))
            left = max(230, min(380, share))
            details = max(180, min(280, round(size.width() * 0.19)))
            self.whole.setSizes([left, max(300, size.width() - left - details), details])

    def _columns_moved(self) -> None:
        self._free = False

    def show_empty(self, empty: bool) -> None:
        """Say what to do first, where there is no transcript yet; the focus stays on the page."""
        going, coming = (self.whole, self.empty) if empty else (self.empty, self.whole)
        if not coming.isHidden() and going.isHidden():
            return
        focus = QApplication.focusWidget()
        held = focus is not None and going.isAncestorOf(focus)
        coming.show()
        if held:
            (self.go if empty else self.view).setFocus(Qt.FocusReason.OtherFocusReason)
        going.hide()

    def _fill(self, sheet: QFrame, find_bar: FindBar, view: TranscriptView) -> None:
        sheet.setProperty("kind", "surface")
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(line())
        column.addWidget(self.units)
        column.addWidget(find_bar)
        column.addWidget(view, 1)
        column.addWidget(self.finished)  # below the text, which must not move when this comes


def _splitter(orientation: Qt.Orientation) -> QSplitter:
    made = QSplitter(orientation)
    made.setChildrenCollapsible(False)
    return made


def _padded(outer: QWidget, inner: QWidget, left: int, top: int, right: int, bottom: int) -> None:
    column = QVBoxLayout(outer)
    column.setContentsMargins(left, top, right, bottom)
    column.addWidget(inner)
