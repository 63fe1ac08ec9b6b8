"""A line in which a code is named by its first letters; an unknown name can make a new code."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from coder_app.core.codetree import Codebook
from coder_app.core.model import Code
from coder_app.ui.codebook.matching import best, rank
from coder_app.ui.codebook.wording import short
from coder_app.ui.context import Context
from coder_app.ui.widgets.table_model import NOWHERE, Index

MOST_SHOWN = 40
GAP = 2
"""Pixels between the list and what it must not cover."""


def swatch(color: str, outline: str, size: int = 14) -> QIcon:
    """A colour as an icon."""
    picture = QPixmap(size * 2, size * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(color))
    painter.setPen(QColor(outline))
    painter.drawRoundedRect(1, 1, size - 2, size - 2, 3, 3)
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # or a chosen row would tint the code's colour
    return icon


class MatchesModel(QAbstractListModel):
    """The codes that answer to what was typed, best first, then the offer to make a new one."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.codes: list[Code] = []
        self.new_name = ""
        self._tree = Codebook(())

    def show_matches(self, tree: Codebook, codes: list[Code], new_name: str) -> None:
        self.beginResetModel()
        self._tree, self.codes, self.new_name = tree, codes, new_name
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.codes) + bool(self.new_name)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if index.row() >= len(self.codes):
            if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
                return self.tr("New code “{name}”").format(name=self.new_name)
            return None
        code = self.codes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            above = [node.name for node in self._tree.path(code.guid)[:-1]]
            return f"{code.name}   ({short(above[-1])})" if above else code.name
        if role == Qt.ItemDataRole.EditRole:
            return code.name
        if role == Qt.ItemDataRole.DecorationRole:
            return swatch(code.color, self.ctx.colors.border_strong)
        return None


class _Rows(QStyledItemDelegate):
    """Rows as high as those of other lists; a finder's own are not."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        return QSize(size.width(), max(26, option.fontMetrics.height() + 8))


class CodeEntry(QLineEdit):
    """Type the first letters, Enter takes the row that is marked in the list below.

    ``new_allowed``: the last row (the first where no name begins so) offers to make a code of that name.
    """

    codeEntered = Signal(str)
    """GUID of the code that was chosen."""
    nameEntered = Signal(str)
    """A name that no code has: a new code is wanted."""

    def __init__(
        self,
        ctx: Context,
        *,
        new_allowed: bool = True,
        without: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.new_allowed = new_allowed
        self.without = without
        """Nodes that are not offered."""
        self.matches = MatchesModel(ctx, self)
        finder = QCompleter(self.matches, self)
        finder.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        finder.setMaxVisibleItems(9)
        finder.setWidget(self)
        self.finder = finder
        self.around: QWidget | None = None
        """What the list below must not cover; None: this line alone."""
        self.popup = QListView()
        """The list below, while something is typed."""
        self.popup.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.popup.setUniformItemSizes(True)
        self.popup.setAccessibleName(self.tr("Codes that answer"))
        self.popup.clicked.connect(self._take)
        finder.setPopup(self.popup)
        self.popup.setItemDelegate(_Rows(self.popup))
        self.popup.setIconSize(QSize(14, 14))
        self.setAccessibleName(self.tr("Name of the code"))
        self.setPlaceholderText(self.tr("First letters of a code"))
        self.textEdited.connect(lambda _: self.offer())

    def offer(self) -> None:
        """Show the codes that answer to the text."""
        words = " ".join(self.text().split())
        tree = self.ctx.project.codes.tree()
        nodes = [tree[guid] for guid, _ in tree.walk() if guid not in self.without]
        found = best(words, nodes)[:MOST_SHOWN]
        exact = bool(found) and rank(words, found[0].name) == 4
        offered_new = words if self.new_allowed and words and not exact else ""
        if offered_new and found and rank(words, found[0].name) < 2:
            found = []  # nothing begins so: Enter makes the new code
        self.matches.show_matches(tree, found, offered_new)
        if not self.matches.rowCount() or not self.isVisible():
            self.popup.hide()
            return
        self.finder.complete(self._kept_free())
        self.popup.setCurrentIndex(self.finder.completionModel().index(0, 0))

    def _kept_free(self) -> QRect:
        """What the list must not cover, as seen from this line."""
        if self.around is None:
            return self.rect()
        corner = self.mapFromGlobal(self.around.mapToGlobal(QPoint(0, 0)))
        return QRect(corner, self.around.size()).adjusted(0, -GAP, 0, GAP)

    def submit(self) -> None:
        """Take what is marked in the list, or the best answer where the list is closed."""
        index = self.popup.currentIndex() if self.popup.isVisible() else QModelIndex()
        if not index.isValid():
            self.offer()
            if not self.matches.rowCount():
                return
            index = self.matches.index(0, 0)
        self._take(index)

    def _take(self, index: Index) -> None:
        row, words = index.row(), " ".join(self.text().split())
        self.popup.hide()
        if row < len(self.matches.codes):
            self.codeEntered.emit(self.matches.codes[row].guid)
        elif words:
            self.nameEntered.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Down and not self.popup.isVisible():
            self.offer()
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.popup.hide()
