"""What is at the cursor, as text: its codings, the definition of the chosen one, its memos."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from coder_app.core.model import Code, Coding, MemoTarget
from coder_app.ui.codebook.entry import swatch
from coder_app.ui.context import Context
from coder_app.ui.memos.panel import MemoPanel
from coder_app.ui.transcript.colors import UNNAMED
from coder_app.ui.widgets.parts import label

_GUID = Qt.ItemDataRole.UserRole


class DetailsPanel(QWidget):
    """Codings under the cursor in a list that keys and screen readers reach; below it the chosen one."""

    codingChosen = Signal(str)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._codings: list[Coding] = []
        self._shown: str | None = None
        self.title = label(self.tr("At the cursor"), "strong")
        self.empty = label(
            self.tr("Put the cursor on coded words, or select words and type the first letters of a code."),
            "muted",
            wrap=True,
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Codings at the cursor"))
        self.list.setIconSize(QSize(12, 12))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(64)
        self.definition = label("", "muted", wrap=True)
        self.definition.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.definition.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.memos = MemoPanel(ctx)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(10, 8, 10, 4)
        column.setSpacing(6)
        for widget in (self.title, self.empty, self.list, self.definition):
            column.addWidget(widget)
        bottom = QWidget()
        below = QVBoxLayout(bottom)
        below.setContentsMargins(10, 4, 10, 8)
        below.addWidget(self.memos)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(top)
        self.splitter.addWidget(bottom)
        self.splitter.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self.list.currentItemChanged.connect(self._row_changed)

    def show_codings(self, codings: list[Coding], chosen: str | None) -> None:
        """List these codings; ``chosen`` (or the first) is the one whose memos are shown."""
        self._codings = codings
        guids = [coding.guid for coding in codings]
        current = chosen if chosen in guids else (guids[0] if guids else None)
        self.list.blockSignals(True)
        self.list.clear()
        for coding in codings:
            item = QListWidgetItem(
                swatch(self._color(coding), self.ctx.colors.border_strong), self.words(coding)
            )
            item.setData(_GUID, coding.guid)
            self.list.addItem(item)
            if coding.guid == current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.list.setVisible(bool(codings))
        self.empty.setVisible(not codings)
        rows = min(max(len(codings), 1), 5)
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), 26) + 6)
        self._show(current)

    def _show(self, guid: str | None) -> None:
        coding = next((coding for coding in self._codings if coding.guid == guid), None)
        code = self._code(coding) if coding else None
        text = (code.definition.short or code.definition.full) if code else ""
        self.definition.setText(text[:400])
        self.definition.setVisible(bool(text))
        if guid != self._shown:
            self._shown = guid
            if guid is None:
                self.memos.clear()
            else:
                self.memos.show_target(MemoTarget.CODING, guid)

    def _row_changed(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if now is not None:
            self._show(now.data(_GUID))
            self.codingChosen.emit(now.data(_GUID))

    def _code(self, coding: Coding) -> Code | None:
        return self.ctx.project.codes.tree().nodes.get(coding.code or "")

    def _color(self, coding: Coding) -> str:
        code = self._code(coding)
        return code.color if code else UNNAMED

    def words(self, coding: Coding) -> str:
        code = self._code(coding)
        words = code.name if code else self.tr("No code yet")
        if coding.exemplar:
            words = f"★ {words}"
        if self.ctx.everyone:
            words += f"  –  {self.ctx.project.coders.name_of(coding.coder)}"
        return words
