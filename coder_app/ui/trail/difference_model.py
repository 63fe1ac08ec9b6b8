"""Differences as a tree: what they are about, where they stand, the sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    Qt,
)
from PySide6.QtGui import QFont

from coder_app.project.difference import Difference, Item, Side, Topic
from coder_app.ui.codebook.wording import tip
from coder_app.ui.tr import QT_TRANSLATE_NOOP
from coder_app.ui.trail.sentences import in_order
from coder_app.ui.widgets.table_model import NOWHERE, Index

AT_A_TIME = 200
"""Sentences that are put into the tree at a time, as it is scrolled."""

_TOPICS = {
    Topic.TRANSCRIPTS: QT_TRANSLATE_NOOP("Difference", "Transcripts"),
    Topic.PARTICIPANTS: QT_TRANSLATE_NOOP("Difference", "Participants"),
    Topic.CODEBOOK: QT_TRANSLATE_NOOP("Difference", "Codebook"),
    Topic.CODINGS: QT_TRANSLATE_NOOP("Difference", "Codings"),
    Topic.MEMOS: QT_TRANSLATE_NOOP("Difference", "Memos"),
    Topic.AGREEMENT: QT_TRANSLATE_NOOP("Difference", "Agreement"),
    Topic.STUDY: QT_TRANSLATE_NOOP("Difference", "Project and coders"),
}


class Node:
    """A heading with what is below it, or a sentence."""

    def __init__(self, text: str, parent: Node | None, row: int, item: Item | None = None) -> None:
        self.text = text
        self.parent = parent
        self.row = row
        self.item = item
        self.children: list[Node] = []
        self.waiting: Sequence[Item] = ()
        """Sentences that are not in the tree yet."""

    def add(self, text: str, item: Item | None = None) -> Node:
        made = Node(text, self, len(self.children), item)
        self.children.append(made)
        return made


class DifferenceModel(QAbstractItemModel):
    """Sentences come in as they are scrolled to: there may be ten thousands."""

    def __init__(self, found: Difference, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.root = Node("", None, 0)
        for topic, sides in found.counts().items():
            total = sum(sides.values())
            head = self.root.add(f"{tr(_TOPICS[topic])} ({total:,})")
            for side, number in sides.items():
                if number:
                    below = head.add(f"{where(side, found.file)} ({number:,})")
                    below.waiting = found.of(topic, side)

    def node(self, index: Index) -> Node:
        return index.internalPointer() if index.isValid() else self.root

    def item(self, index: Index) -> Item | None:
        return self.node(index).item

    # What Qt asks

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self.node(parent).children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is another
        above = self.node(index).parent if index.isValid() else None
        if above is None or above is self.root:
            return QModelIndex()
        return self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return len(self.node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 1

    def hasChildren(self, parent: Index = NOWHERE) -> bool:
        node = self.node(parent)
        return bool(node.children or node.waiting)

    def canFetchMore(self, parent: Index) -> bool:
        return bool(self.node(parent).waiting)

    def fetchMore(self, parent: Index) -> None:
        node = self.node(parent)
        some, node.waiting = node.waiting[:AT_A_TIME], node.waiting[AT_A_TIME:]
        if some and node is not self.root:
            first = len(node.children)
            here = self.createIndex(node.row, 0, node)
            self.beginInsertRows(here, first, first + len(some) - 1)
            for item in some:
                node.add(in_order(item.sentence, item.coder), item)
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self.node(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return node.text
        if role == Qt.ItemDataRole.ToolTipRole and node.item is not None:
            return tip(node.text)
        if role == Qt.ItemDataRole.FontRole and node.item is None:
            font = QFont()
            font.setBold(True)
            return font
        return None


def where(side: Side, file: str) -> str:
    """A side in words."""
    if side is Side.HERE:
        return tr("Only here")
    return tr("Only in “{file}”").format(file=file) if side is Side.THERE else tr("In both, and different")


def tr(text: str) -> str:
    return QCoreApplication.translate("Difference", text)
