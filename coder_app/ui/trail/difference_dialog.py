"""What is different in another copy, in a window beside the one in which one works."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from coder_app.project.difference import Difference, Item
from coder_app.ui.codebook.wording import counted
from coder_app.ui.trail.difference_model import DifferenceModel
from coder_app.ui.trail.sentences import in_order
from coder_app.ui.widgets.parts import button, label

_SHORT = 40
"""Sentences under a heading up to which it is unfolded at first."""


class DifferenceTree(QTreeView):
    """Enter opens the sentence; a heading it unfolds or folds."""

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(index)
        else:
            super().keyPressEvent(event)


class _Rows(QStyledItemDelegate):
    """Rows as high as those of other lists."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(size.height(), option.fontMetrics.height() + 8))


class DifferenceDialog(QDialog):
    """Counts first, then the sentences by what they are about; nothing is changed by it."""

    openWanted = Signal(object)
    """The ``Item`` that is to be seen in the main window."""
    everyoneWanted = Signal()
    exportWanted = Signal()

    def __init__(self, parent: QWidget, found: Difference, other: Path) -> None:
        super().__init__(parent)
        self.found, self.other = found, other
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Compared with {file}").format(file=found.file))
        self.setMinimumSize(440, 280)
        screen = parent.screen().availableGeometry()
        self.resize(min(860, screen.width() - 40), min(600, screen.height() - 60))
        self.model = DifferenceModel(found, self)
        self.tree = DifferenceTree()
        self.tree.setModel(self.model)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(16)
        self.tree.setItemDelegate(_Rows(self.tree))
        self.tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tree.setAccessibleName(self.tr("Differences"))
        self.tree.opened.connect(self._open)
        self.tree.doubleClicked.connect(self._open)
        self.whole = label("", wrap=True)
        self.whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.whole.setMinimumHeight(2 * self.whole.fontMetrics().lineSpacing())
        self._lay_out()
        self.tree.selectionModel().currentChanged.connect(lambda *_: self._look())
        self._unfold()

    def _lay_out(self) -> None:
        heading = label(self._heading(), "heading", wrap=True)
        heading.setMinimumWidth(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 14)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(label(self._explanation(), "muted", wrap=True))
        self.blind = label(
            self.tr("What others coded and noted is not compared: the switch says “Mine”."),
            "muted",
            wrap=True,
        )
        self.everyone_button = button(
            self.tr("Compare everyone's"), self.everyoneWanted.emit, kind="flat", icon="users"
        )
        if self.found.left_out:
            column.addWidget(self.blind)
            column.addWidget(self.everyone_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addWidget(self.tree, 1)
        column.addWidget(self.whole)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole
        self.open_button = self.buttons.addButton(self.tr("&Open"), role.ActionRole)
        self.export_button = self.buttons.addButton(self.tr("&Export…"), role.ActionRole)
        for made, call in (
            (self.open_button, self._open_current),
            (self.export_button, self.exportWanted.emit),
        ):
            made.setAutoDefault(False)
            made.clicked.connect(lambda _=False, call=call: call())
        self.export_button.setEnabled(not self.found.is_same)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)

    def _heading(self) -> str:
        if self.found.is_same:
            return self.tr("{file} holds the same").format(file=f"“{self.found.file}”")
        total = counted(len(self.found.items), self.tr("{n} difference"), self.tr("{n} differences"))
        return self.tr("{total} between this project and {file}").format(
            total=total, file=f"“{self.found.file}”"
        )

    def _explanation(self) -> str:
        here, there = f"{self.found.actions_here:,}", f"{self.found.actions_there:,}"
        if here == there == "0":
            return self.tr("Both copies know of the same actions.")
        return self.tr(
            "{here} actions are known here only, {there} in the other copy only. Nothing was brought in or"
            " changed."
        ).format(here=here, there=there)

    def _unfold(self) -> None:
        """Open the headings, and below them what is short enough to be read at once."""
        for row in range(self.model.rowCount()):
            top = self.model.index(row, 0)
            self.tree.expand(top)
            for below in range(self.model.rowCount(top)):
                side = self.model.index(below, 0, top)
                if len(self.model.node(side).waiting) <= _SHORT:
                    self.tree.expand(side)
        if self.model.rowCount():
            self.tree.setCurrentIndex(self.model.index(0, 0))
        self._look()

    @property
    def item(self) -> Item | None:
        """The difference that is chosen."""
        return self.model.item(self.tree.currentIndex())

    def _look(self) -> None:
        item = self.item
        self.whole.setText(in_order(item.sentence, item.coder) if item is not None else "")
        self.open_button.setEnabled(item is not None)

    def _open(self, index: QModelIndex) -> None:
        item = self.model.item(index)
        if item is not None:
            self.openWanted.emit(item)
        else:
            self.tree.setExpanded(index, not self.tree.isExpanded(index))

    def _open_current(self) -> None:
        self._open(self.tree.currentIndex())
