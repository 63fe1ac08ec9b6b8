"""What is at the cursor, as text: codings and memos on passages, the chosen one's definition and memos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coder_app.core.codetree import Codebook
from coder_app.core.model import Coding, Memo, MemoTarget
from coder_app.ui.codebook.entry import swatch
from coder_app.ui.codebook.wording import tip
from coder_app.ui.coding.details_rows import CODER, ICON, RowDelegate
from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.memos.panel import MemoPanel, Target
from coder_app.ui.transcript.colors import UNNAMED
from coder_app.ui.widgets.parts import label

_ROW = Qt.ItemDataRole.UserRole
MOST_ROWS = 5
LONGEST = 400
"""Code points of a definition that are shown here; the whole stands on the Themes page."""


@dataclass(frozen=True, slots=True)
class AtCursor:
    """What the panel shows. ``document`` is empty while no transcript is open."""

    document: str = ""
    codings: Sequence[Coding] = ()
    notes: Sequence[Memo] = ()
    """Memos on passages that the cursor stands in."""
    chosen: str | None = None
    """GUID of the coding with the frame."""
    me: str = ""
    coders: dict[str, str] = field(default_factory=dict)
    """GUID -> name while everybody's codings are shown, otherwise empty."""
    tree: Codebook = field(default_factory=lambda: Codebook(()))


class DetailsPanel(QWidget):
    """A list that keys and screen readers reach; below it what belongs to its current row."""

    codingChosen = Signal(str)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.at = AtCursor()
        self.title = label(self.tr("At the cursor"), "strong")
        self.empty = label(
            self.tr("No coding here. Select words and type the first letters of a code."), "muted", wrap=True
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Codings at the cursor"))
        self.list.setIconSize(QSize(ICON, ICON))
        self.list.setItemDelegate(RowDelegate(ctx, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.others = label("", "caption", wrap=True)
        self.definition = label("", "muted", wrap=True)
        self.definition.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.memos = MemoPanel(ctx)
        self.about = label("", "caption")
        memos = self.memos.layout()
        assert isinstance(memos, QVBoxLayout)
        memos.insertWidget(1, self.about)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 10, 10, 8)
        column.setSpacing(8)
        for widget in (self.title, self.empty, self.list, self.others, self.definition):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self.memos, 1)
        self.list.currentItemChanged.connect(self._row_changed)
        self._show_about()

    def show_at(self, at: AtCursor) -> None:
        """List what is at the cursor; the chosen coding, else the first row, is the current one."""
        if at == self.at:
            return
        self.at = at
        writing = self._writing()
        self.list.blockSignals(True)
        self.list.clear()
        current: QListWidgetItem | None = None
        for coding in at.codings:
            item = self._add(self._swatch(coding), self.name(coding), Target(MemoTarget.CODING, coding.guid))
            item.setData(CODER, at.coders.get(coding.coder, ""))
            item.setToolTip(tip(self.words(coding)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self.words(coding))
            if coding.guid == at.chosen:
                current = item
        for note in at.notes:
            target = Target(MemoTarget.PASSAGE, at.document, note.start, note.end)
            item = self._add(icons.icon("memo", "muted"), " ".join(note.text[:200].split()), target)
            item.setToolTip(tip(note.text))
            if writing == target:
                current = item
        self.list.setCurrentItem(current or self.list.item(0))
        self.list.blockSignals(False)
        some = self.list.count() > 0
        self.list.setVisible(some)
        self.empty.setVisible(not some and bool(at.document))
        if some:
            rows = min(self.list.count(), MOST_ROWS)
            self.list.setFixedHeight(sum(self.list.sizeHintForRow(row) for row in range(rows)) + 4)
        self._show_row(keep=writing)

    def write(self, kind: MemoTarget, guid: str, start: int = 0, end: int = 0) -> None:
        """Put the cursor into a new memo on something."""
        self.memos.show_target(kind, guid, start, end)
        self._show_about()
        self.memos.new_memo()

    def name(self, coding: Coding) -> str:
        """The code of a coding, with a star for an exemplar."""
        code = self.at.tree.nodes.get(coding.code or "")
        name = code.name if code else self.tr("No code yet")
        return f"★ {name}" if coding.exemplar else name

    def words(self, coding: Coding) -> str:
        """As ``name``, with the coder while everybody's codings are shown."""
        coder = self.at.coders.get(coding.coder, "")
        return f"{self.name(coding)}  –  {coder}" if coder else self.name(coding)

    def retheme(self) -> None:
        """Colours of the rows are made anew."""
        at, self.at = self.at, AtCursor()
        self.show_at(at)

    def _add(self, icon: QIcon, words: str, target: Target) -> QListWidgetItem:
        item = QListWidgetItem(icon, words)
        item.setData(_ROW, target)
        self.list.addItem(item)
        return item

    def _swatch(self, coding: Coding) -> QIcon:
        code = self.at.tree.nodes.get(coding.code or "")
        return swatch(code.color if code else UNNAMED, self.ctx.colors.border_strong)

    def _target(self) -> Target | None:
        item = self.list.currentItem()
        if item is not None:
            found: Target = item.data(_ROW)
            return found
        return Target(MemoTarget.DOCUMENT, self.at.document) if self.at.document else None

    def _writing(self) -> Target | None:
        """What a memo is being written about at this moment: that place stays."""
        focus = QApplication.focusWidget()
        return self.memos.target if focus is not None and self.memos.isAncestorOf(focus) else None

    def _coding(self) -> Coding | None:
        target = self._target()
        if target is None or target.kind is not MemoTarget.CODING:
            return None
        return next((coding for coding in self.at.codings if coding.guid == target.guid), None)

    def _show_row(self, keep: Target | None = None) -> None:
        coding = self._coding()
        code = self.at.tree.nodes.get(coding.code or "") if coding else None
        text = (code.definition.short or code.definition.full) if code else ""
        self.definition.setText(text[:LONGEST] + ("…" if len(text) > LONGEST else ""))
        self.definition.setVisible(bool(text))
        other = coding is not None and coding.coder != self.at.me
        if coding is not None and other:
            name = self.at.coders.get(coding.coder, "")
            self.others.setText(self.tr("A coding of {name}: only {name} can change it.").format(name=name))
        self.others.setVisible(other)
        target = keep or self._target()
        if target is None:
            self.memos.clear()
        elif target != self.memos.target:
            self.memos.show_target(target.kind, target.guid, target.start, target.end)
        self._show_about()

    def _show_about(self) -> None:
        kind = self.memos.target.kind if self.memos.target else None
        words = {
            MemoTarget.CODING: self.tr("on this coding"),
            MemoTarget.PASSAGE: self.tr("on this passage"),
            MemoTarget.DOCUMENT: self.tr("on this transcript"),
        }
        self.about.setText(words.get(kind, "") if kind else "")

    def _row_changed(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if now is not None:
            self._show_row()
            target: Target = now.data(_ROW)
            if target.kind is MemoTarget.CODING:
                self.codingChosen.emit(target.guid)
