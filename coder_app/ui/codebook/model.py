"""The codebook as a Qt model: answers Qt's questions from a Codebook and its counts."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor

from coder_app.core.codetree import Codebook
from coder_app.core.errors import UserError
from coder_app.core.model import Code, Count, Level
from coder_app.core.palette import color_name
from coder_app.ui.codebook import pins
from coder_app.ui.codebook.matching import answers
from coder_app.ui.codebook.mime import CODE_MIME, PASSAGE_MIME, codes_in, pack_codes
from coder_app.ui.codebook.wording import counted, tip
from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.widgets.table_model import NOWHERE, Index

FEW = 24
"""Up to so many rows with new numbers are painted one by one, more of them all at once."""

GUID_ROLE = Qt.ItemDataRole.UserRole
LEVEL_ROLE = Qt.ItemDataRole.UserRole + 1
"""Level of the node (``core.model.Level``)."""
LEVEL_NAME_ROLE = Qt.ItemDataRole.UserRole + 2
"""Name of the level to be shown; empty for the lowest, and where the tree is narrow."""
PIN_ROLE = Qt.ItemDataRole.UserRole + 3
"""Key 1 to 9, or None."""
GONE_ROLE = Qt.ItemDataRole.UserRole + 4
"""Deleted, shown only because it is in use."""
COLOR_ROLE = Qt.ItemDataRole.UserRole + 5
"""Colour of the node (``QColor``)."""


class Part(Enum):
    """Which nodes a tree shows."""

    ALL = "all"
    PLACED = "placed"
    """All but the codes that stand free."""
    FREE = "free"
    """The codes that stand free."""


class Column(IntEnum):
    NAME = 0
    QUOTES = 1
    PARTICIPANTS = 2


class CodebookModel(QAbstractItemModel):
    """Reloaded whole; where no node came, went or moved, only ``dataChanged`` is sent."""

    moveAsked = Signal(list, object, object)
    """(GUIDs, parent or None, before or None): codes were dropped between rows."""
    dropAsked = Signal(list, str)
    """(GUIDs, node): codes were dropped on a node, which may mean several things."""
    passageDropped = Signal(str)
    """A passage was dropped on the node with this GUID."""

    def __init__(self, ctx: Context, part: Part = Part.ALL, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.part = part
        self.tree = Codebook(())
        self.counts: dict[str, Count] = {}
        self.words = ""
        self.only_unused = False
        self.narrow = False
        """Whether headers show icons instead of words."""
        self.matched: list[str] = []
        """What the filter found, in display order, without ancestors kept for their sake."""
        self._levels: dict[Level, str] = {}
        self._pins: dict[str, int] = {}
        self._gone: set[str] = set()
        self._below: dict[str | None, list[str]] = {}
        self._row: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._guids: list[str] = []

    # Loading

    @property
    def filtering(self) -> bool:
        return bool(self.words.strip()) or self.only_unused

    def reload(self) -> None:
        """Show the codebook as it stands now."""
        project = self.ctx.project
        tree, counts = project.codes.tree(), project.queries.counts(self.ctx.coders_shown())
        self._levels = project.level_names()
        self._pins = {guid: key for key, guid in pins.pinned(self.ctx).items()}
        self._gone = {guid for guid in tree.nodes if project.codes.is_gone(guid)}
        matched, below = self._arranged(tree, counts)
        if below == self._below:
            self.tree, self.counts, self.matched = tree, counts, matched
            self._announce(Column.NAME)
            return
        self.beginResetModel()
        self.tree, self.counts, self.matched, self._below = tree, counts, matched, below
        self._row = {guid: row for guids in below.values() for row, guid in enumerate(guids)}
        for guid in self._row:
            if guid not in self._numbers:
                self._numbers[guid] = len(self._guids)
                self._guids.append(guid)
        self.endResetModel()

    def recount(self) -> None:
        """Show the counts as they stand now."""
        if self.only_unused:
            self.reload()
            return
        before, self.counts = self.counts, self.ctx.project.queries.counts(self.ctx.coders_shown())
        changed = [guid for guid in self._row if self.counts.get(guid) != before.get(guid)]
        if len(changed) > FEW:
            self._announce(Column.QUOTES)
            return
        for guid in changed:
            self.dataChanged.emit(
                self.index_of(guid, Column.QUOTES), self.index_of(guid, Column.PARTICIPANTS)
            )

    def set_filter(self, words: str, only_unused: bool) -> None:
        """Show only nodes that answer to the words, and those above them."""
        if (words, only_unused) != (self.words, self.only_unused):
            self.words, self.only_unused = words, only_unused
            self.reload()

    def set_narrow(self, narrow: bool) -> None:
        if narrow != self.narrow:
            self.narrow = narrow
            self._announce(Column.NAME)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.QUOTES, Column.PARTICIPANTS)

    def _arranged(
        self, tree: Codebook, counts: dict[str, Count]
    ) -> tuple[list[str], dict[str | None, list[str]]]:
        free = set(tree.free())
        roots = {
            Part.ALL: tree.roots,
            Part.PLACED: [guid for guid in tree.roots if guid not in free],
            Part.FREE: [guid for guid in tree.roots if guid in free],
        }[self.part]
        if not self.filtering:
            below: dict[str | None, list[str]] = {None: list(roots)}
            for root in roots:
                for guid in (root, *tree.descendants(root)):
                    if tree.children(guid):
                        below[guid] = list(tree.children(guid))
            return [], below
        shown = tree.with_below(roots)
        matched = [g for g, _ in tree.walk() if g in shown and self._answers(tree[g], counts)]
        kept = set(matched)
        for guid in matched:
            kept.update(tree.ancestors(guid))
        below = {None: [guid for guid in roots if guid in kept]}
        for guid in kept:
            children = [child for child in tree.children(guid) if child in kept]
            if children:
                below[guid] = children
        return matched, below

    def _answers(self, code: Code, counts: dict[str, Count]) -> bool:
        if self.only_unused and counts[code.guid].quotes_below:
            return False
        return answers(self.words, code.name, code.definition.short)

    def _announce(self, first: Column) -> None:
        for parent, guids in self._below.items():
            above = self.index_of(parent) if parent else QModelIndex()
            if guids:
                self.dataChanged.emit(
                    self.index(0, first, above), self.index(len(guids) - 1, Column.PARTICIPANTS, above)
                )

    # Between nodes and indexes

    def guid(self, index: Index) -> str:
        """The node at an index; empty for none."""
        return self._guids[index.internalId()] if index.isValid() else ""

    def index_of(self, guid: str, column: int = Column.NAME) -> QModelIndex:
        """The index of a node; invalid where it is not shown."""
        if guid not in self._row:
            return QModelIndex()
        return self.createIndex(self._row[guid], column, self._numbers[guid])

    def shown(self) -> list[str]:
        """Every node in the model, in display order."""
        found: list[str] = []
        stack = list(reversed(self._below.get(None, [])))
        while stack:
            guid = stack.pop()
            found.append(guid)
            stack.extend(reversed(self._below.get(guid, [])))
        return found

    def children_shown(self, guid: str | None) -> list[str]:
        return self._below.get(guid, [])

    def inner(self) -> list[str]:
        """The nodes that hold others."""
        return [guid for guid in self._below if guid is not None]

    # What Qt asks

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        guids = self._below.get(self.guid(parent) or None, [])
        if not (0 <= row < len(guids) and 0 <= column < len(Column)) or parent.column() > 0:
            return QModelIndex()
        return self.createIndex(row, column, self._numbers[guids[row]])

    def parent(self, child: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt overloads it
        above = self.tree.parent(self.guid(child)) if child.isValid() else None
        return self.index_of(above) if above is not None else QModelIndex()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        if parent.column() > 0:
            return 0
        return len(self._below.get(self.guid(parent) or None, []))

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled if self.ctx.writable else flag.NoItemFlags
        flags = flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemIsDragEnabled
        if self.ctx.writable:
            flags |= flag.ItemIsDropEnabled
            if index.column() == Column.NAME:
                flags |= flag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = {
            Column.NAME: self.tr("Code"),
            Column.QUOTES: self.tr("Quotes"),
            Column.PARTICIPANTS: self.tr("Participants"),
        }[Column(section)]
        iconed = self.narrow and section != Column.NAME
        if role == Qt.ItemDataRole.DisplayRole:
            return None if iconed else name
        if role == Qt.ItemDataRole.DecorationRole and iconed:
            return icons.icon("quote" if section == Column.QUOTES else "users", "muted")
        if role == Qt.ItemDataRole.TextAlignmentRole and section != Column.NAME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and section != Column.NAME:
            return self.tr("{what}, with everything below").format(what=name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return name
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        code = self.tree[self.guid(index)]
        if role == GUID_ROLE:
            return code.guid
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._tip(code) if index.column() == Column.NAME else self._count_tip(code.guid))
        if index.column() == Column.NAME:
            return self._name_data(code, role)
        return self._count_data(code.guid, index.column(), role)

    def _name_data(self, code: Code, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return code.name
        if role == COLOR_ROLE:
            return QColor(code.color)
        if role == LEVEL_ROLE:
            return code.level
        if role == LEVEL_NAME_ROLE:
            shown = code.level != Level.CODE and not self.narrow
            return self._levels.get(code.level, "") if shown else ""
        if role == PIN_ROLE:
            return self._pins.get(code.guid)
        if role == GONE_ROLE:
            return code.guid in self._gone
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(code)
        return None

    def _count_data(self, guid: str, column: int, role: int) -> Any:
        count = self.counts.get(guid, Count())
        if role == Qt.ItemDataRole.DisplayRole:
            return count.quotes_below if column == Column.QUOTES else count.participants_below
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._count_tip(guid)
        return None

    def _tip(self, code: Code) -> str:
        lines = [code.name, self._levels.get(code.level, "")]
        if code.definition.short:
            lines.append(code.definition.short)
        if code.guid in self._gone:
            lines.append(self.tr("Deleted, but still here because it is in use."))
        return "\n".join(line for line in lines if line)

    def _count_tip(self, guid: str) -> str:
        count = self.counts.get(guid, Count())
        own = self.tr("Its own: {counts}.").format(counts=self._counted(count.quotes, count.participants))
        if guid not in self._below and not self.tree.children(guid):
            return own
        below = self._counted(count.quotes_below, count.participants_below)
        return self.tr("With everything below: {counts}.").format(counts=below) + "\n" + own

    def _counted(self, quotes: int, participants: int) -> str:
        return self.tr("{quotes} from {participants}").format(
            quotes=counted(quotes, self.tr("{n} quote"), self.tr("{n} quotes")),
            participants=counted(participants, self.tr("{n} participant"), self.tr("{n} participants")),
        )

    def _spoken(self, code: Code) -> str:
        """What a screen reader says of a row: colour and key are told in words."""
        parts = [code.name, self._levels.get(code.level, ""), color_name(code.color)]
        key = self._pins.get(code.guid)
        if key:
            parts.append(self.tr("key {key}").format(key=key))
        return ", ".join(part for part in parts if part)

    # Changing

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole or index.column() != Column.NAME:
            return False
        guid, name = self.guid(index), str(value)
        if name == self.tree[guid].name:
            return True
        ok, _ = self.ctx.run(self.ctx.project.codes.rename, guid, name)
        return ok

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [CODE_MIME, PASSAGE_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        chosen = {self.guid(index) for index in indexes}
        return pack_codes(self.tree[guid] for guid in self.shown() if guid in chosen)

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not self.ctx.writable:
            return False
        target = self.guid(parent)
        if data.hasFormat(PASSAGE_MIME):
            return bool(target) and row < 0
        guids = [guid for guid in codes_in(data) if guid in self.ctx.project.codes.tree()]
        if not guids:
            return False
        if row < 0 and target:
            return guids != [target]
        return self._may_stand(guids, target or None)

    def _may_stand(self, guids: list[str], parent: str | None) -> bool:
        """Whether nodes may be dropped between rows under ``parent``."""
        tree = self.ctx.project.codes.tree()
        tops = tree.tops(guids)
        if parent is None and self.part != Part.ALL:
            free = self.part == Part.FREE
            return all((tree[guid].level == Level.CODE) == free for guid in tops)
        try:
            for guid in tops:
                tree.check_move(guid, parent)
        except UserError:
            return False
        return True

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        target = self.guid(parent)
        if data.hasFormat(PASSAGE_MIME):
            self.passageDropped.emit(target)
            return True
        guids = [guid for guid in codes_in(data) if guid in self.ctx.project.codes.tree()]
        if row < 0 and target:
            self.dropAsked.emit(guids, target)
        else:
            self.moveAsked.emit(guids, target or None, self._before(row, target or None))
        return True

    def _before(self, row: int, parent: str | None) -> str | None:
        """The sibling in front of which a drop at ``row`` of the rows shown belongs."""
        shown = self._below.get(parent, [])
        if 0 <= row < len(shown):
            return shown[row]
        if not shown or row < 0:
            return None
        siblings = self.tree.children(parent)
        at = siblings.index(shown[-1]) + 1
        return siblings[at] if at < len(siblings) else None
