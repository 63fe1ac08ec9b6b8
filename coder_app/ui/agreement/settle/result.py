"""The column of the consensus: what was decided, or a version of one's own while it is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coder_app.core.text import excerpt
from coder_app.ui.agreement.settle.columns import NARROWEST, VersionText
from coder_app.ui.agreement.settle.draft import Draft
from coder_app.ui.agreement.settle.scene import Names, Scene, spoken
from coder_app.ui.codebook.entry import swatch
from coder_app.ui.codebook.wording import short, tip
from coder_app.ui.context import Context
from coder_app.ui.widgets.parts import button, label

if TYPE_CHECKING:
    from coder_app.core.settling import Span

ROW = 26
MOST_ROWS = 4


class ResultColumn(QFrame):
    """``draft`` is None unless a version is being made. Enter in the list keeps it, Esc drops it."""

    keepWanted = Signal()
    dropWanted = Signal()
    chosen = Signal(int)
    """Another row of the draft."""
    placed = Signal(int, int)
    """Words were chosen for the current row: their place in the transcript."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.draft: Draft | None = None
        self._filling = False
        self.setProperty("kind", "card")
        self.setMinimumWidth(NARROWEST)
        self.title = label(self.tr("Consensus"), "strong")
        self.status = label("", "muted", wrap=True)
        self.status.setMinimumWidth(1)
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setIconSize(QSize(14, 14))
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Codes of the consensus"))
        self.hint = label("", "caption", wrap=True)
        self.hint.setMinimumWidth(1)
        self.text = VersionText(ctx)
        self.text.setAccessibleName(self.tr("The consensus"))
        self.keep = button(self.tr("Settle so"), self.keepWanted.emit, kind="primary")
        self.drop = button(self.tr("Cancel"), self.dropWanted.emit)
        self._lay_out()
        self.list.currentRowChanged.connect(self._row_chosen)
        self.text.selected.connect(self._words_chosen)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addWidget(self.drop)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 8, 8)
        column.setSpacing(6)
        for widget in (self.title, self.status, self.list, self.hint):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        column.addLayout(row)

    def put(self, scene: Scene, spans: Sequence[Span], names: Names, status: str) -> None:
        """Show what stands."""
        self.draft = None
        self._fill(scene, spans, names, -1)
        self.status.setText(status)
        self._show(False, status)
        self.text.put(scene, spans, names)
        self.text.setAccessibleDescription(spoken(scene, spans, names, self.title.text()))

    def put_draft(self, scene: Scene, draft: Draft, names: Names) -> None:
        """Show a version that is being made."""
        self.draft = draft
        self._fill(scene, draft.spans, names, draft.at)
        self.hint.setText(
            self.tr(
                "Choose words below with the mouse, or move the ends with Alt and the arrow keys (with Shift"
                " the beginning). O adds a code, Del takes one out, Enter settles, Esc cancels."
            )
        )
        self._show(True, "")
        self.keep.setEnabled(bool(draft.spans))
        self.text.put(scene, draft.spans, names, draft.current)
        self.text.setAccessibleDescription(spoken(scene, draft.spans, names, self.title.text()))

    def _show(self, drafting: bool, status: str) -> None:
        self.status.setVisible(bool(status))
        self.list.setVisible(self.list.count() > 0)
        for widget in (self.hint, self.keep, self.drop):
            widget.setVisible(drafting)

    def _fill(self, scene: Scene, spans: Sequence[Span], names: Names, at: int) -> None:
        self._filling = True
        self.list.clear()
        for code, start, end in spans:
            words = excerpt(scene.text, start - scene.low, end - scene.low)
            name = names.name(code)
            row = QListWidgetItem(
                swatch(names.color(code), self.ctx.colors.border_strong), f"{short(name)}  “{words}”"
            )
            row.setToolTip(tip(f"{name}\n“{words}”"))
            row.setSizeHint(QSize(40, ROW))
            self.list.addItem(row)
        self.list.setCurrentRow(at)
        self.list.setFixedHeight(ROW * min(max(1, len(spans)), MOST_ROWS) + 4)
        self._filling = False

    def _row_chosen(self, row: int) -> None:
        if not self._filling and self.draft is not None and row >= 0:
            self.chosen.emit(row)

    def _words_chosen(self, start: int, end: int) -> None:
        if self.draft is not None:
            self.placed.emit(start, end)
