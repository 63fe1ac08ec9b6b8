"""All commands with their keys, as the table of commands has them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.ui.actions import Action
from coder_app.ui.palette_search import score


class ShortcutsDialog(QDialog):
    """``groups``: a heading (a page, or the whole window) and its rows."""

    def __init__(self, parent: QWidget | None, groups: Sequence[tuple[str, Sequence[Action]]]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(560, 560)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a command"))
        self.filter.setAccessibleName(self.tr("Find a command"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._narrow)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Commands and their keys"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.tree.setUniformRowHeights(True)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.ensurePolished()
        self._fill(groups)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        for widget in (self.filter, self.tree, buttons):
            column.addWidget(widget)

    def _fill(self, groups: Sequence[tuple[str, Sequence[Action]]]) -> None:
        for title, rows in groups:
            if not rows:
                continue
            head = QTreeWidgetItem(self.tree, [title])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            for row in rows:
                QTreeWidgetItem(head, [row.label, row.keys])
            head.setExpanded(True)

    def _narrow(self, words: str) -> None:
        for number in range(self.tree.topLevelItemCount()):
            head = self.tree.topLevelItem(number)
            if head is None:
                continue
            shown = 0
            for row in [head.child(place) for place in range(head.childCount())]:
                if row is not None:
                    fits = not words.strip() or score(words, f"{row.text(0)} {row.text(1)}") > 0
                    row.setHidden(not fits)
                    shown += fits
            head.setHidden(not shown)
