"""What is compared: coders, unit, level, interviewers' turns, transcripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import Coder, Level
from coder_app.ui.agreement import wording
from coder_app.ui.agreement.standing import Standing
from coder_app.ui.codebook.wording import tip
from coder_app.ui.context import Context
from coder_app.ui.widgets.disc import disc
from coder_app.ui.widgets.parts import label, tool

Index = QModelIndex | QPersistentModelIndex
NOTE = Qt.ItemDataRole.UserRole + 1
DISC = 18


class TranscriptModel(QAbstractListModel):
    """Transcripts with a tick; ticked by default are those finished by both.

    Own ticks are kept apart from the default, so that finishing a transcript brings it in by itself.
    """

    ticked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.table: list[Standing] = []
        self._names = ("", "")
        self._own: dict[str, bool] = {}

    def put(self, table: list[Standing], names: tuple[str, str]) -> None:
        same = [row.document.guid for row in table] == [row.document.guid for row in self.table]
        if not same:
            self.beginResetModel()
        self.table, self._names = table, names
        if not same:
            self.endResetModel()
        elif table:
            self.dataChanged.emit(self.index(0), self.index(len(table) - 1))

    def forget_own(self) -> None:
        """Back to those finished by both."""
        self._own.clear()
        if self.table:
            self.dataChanged.emit(self.index(0), self.index(len(self.table) - 1))
        self.ticked.emit()

    def tick(self, documents: Sequence[str], on: bool = True) -> None:
        """Take transcripts into the comparison, or leave them out."""
        for guid in documents:
            self._own[guid] = on
        if self.table:
            self.dataChanged.emit(self.index(0), self.index(len(self.table) - 1))
        self.ticked.emit()

    def is_ticked(self, row: Standing) -> bool:
        return row.can_enter and self._own.get(row.document.guid, row.finished)

    def chosen(self) -> list[Standing]:
        return [row for row in self.table if self.is_ticked(row)]

    @property
    def changed_by_hand(self) -> bool:
        return any(self.is_ticked(row) != row.finished for row in self.table)

    # Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.table)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        if self.table[index.row()].can_enter:
            flags |= Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.table[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.document.title
        if role == NOTE:
            return wording.standing_words(row, self._names)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{row.document.title}\n{wording.standing_words(row, self._names)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.document.title}, {wording.standing_words(row, self._names)}"
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        on = Qt.CheckState(value) == Qt.CheckState.Checked
        self.tick([self.table[index.row()].document.guid], on)
        return True


class TranscriptDelegate(QStyledItemDelegate):
    """The tick, the title, and below it how far both are."""

    def __init__(self, ctx: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, 2 * option.fontMetrics.lineSpacing() + 8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        title, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        box = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, option, option.widget)
        left = box.right() + 8
        room = QRect(left, option.rect.top() + 4, option.rect.right() - left - 6, option.rect.height() - 8)
        high = option.fontMetrics.lineSpacing()
        usable = bool(option.state & QStyle.StateFlag.State_Enabled)
        colors = self.ctx.colors
        painter.save()
        for number, (text, color) in enumerate(
            ((title, colors.text if usable else colors.disabled), (index.data(NOTE), colors.muted))
        ):
            painter.setFont(option.font)
            painter.setPen(QColor(color if usable else colors.disabled))
            line = QRect(room.left(), room.top() + number * high, room.width(), high)
            shown = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        painter.restore()


class Choices(QWidget):
    """The panel on the left. ``changed`` is sent for each choice of the user's."""

    changed = Signal()
    levelChanged = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._coders: list[Coder] = []
        self._filling = False
        self.first = self._combo(self.tr("First coder"))
        self.second = self._combo(self.tr("Second coder"))
        self.unit = self._combo(self.tr("Unit"))
        self.level = self._combo(self.tr("Level"))
        for unit in wording.UNITS:
            self.unit.addItem(wording.unit_name(unit), unit)
        self.interviewers = QCheckBox(self.tr("Interviewers' words too"))
        self.model = TranscriptModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(TranscriptDelegate(ctx, self.list))
        self.list.setAccessibleName(self.tr("Transcripts compared"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(110)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.counted = label("", "strong")
        self.usual = tool("refresh", self.tr("Only transcripts finished by both"), self.model.forget_own)
        self._lay_out()
        self.first.currentIndexChanged.connect(lambda: self._coder_chosen(self.first, self.second))
        self.second.currentIndexChanged.connect(lambda: self._coder_chosen(self.second, self.first))
        self.unit.currentIndexChanged.connect(self._changed)
        self.level.currentIndexChanged.connect(lambda: None if self._filling else self.levelChanged.emit())
        self.interviewers.toggled.connect(self._changed)
        self.model.ticked.connect(self._changed)

    def _combo(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(8)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 10, 12)
        column.setSpacing(4)
        for caption, widgets in (
            (self.tr("Coders"), (self.first, self.second)),
            (self.tr("Unit"), (self.unit, self.interviewers)),
            (self.tr("Level"), (self.level,)),
        ):
            column.addWidget(label(caption, "caption"))
            for widget in widgets:
                column.addWidget(widget)
            column.addSpacing(6)
        row = QHBoxLayout()
        row.addWidget(self.counted, 1)
        row.addWidget(self.usual)
        column.addLayout(row)
        column.addWidget(self.list, 1)

    # Filling

    def put_coders(self, coders: Sequence[Coder], pair: tuple[str, str]) -> None:
        """Offer these coders; the pair chosen before stays where both are still there."""
        here = [coder.guid for coder in coders]
        if not (self.pair[0] in here and self.pair[1] in here):
            self._own_pair = pair
        else:
            self._own_pair = self.pair
        self._coders = list(coders)
        self._filling = True
        for combo, chosen in zip((self.first, self.second), self._own_pair, strict=True):
            combo.clear()
            for coder in coders:
                combo.addItem(disc(coder.name, DISC), coder.name, coder.guid)
            combo.setCurrentIndex(here.index(chosen))
        self._filling = False

    def put_levels(self, names: Mapping[Level, str]) -> None:
        """Offer these levels, lowest first; the chosen one stays."""
        chosen = self.chosen_level
        self._filling = True
        self.level.clear()
        for level, name in names.items():
            self.level.addItem(name, level)
        levels = list(names)
        self.level.setCurrentIndex(levels.index(chosen) if chosen in levels else 0)
        self._filling = False

    def put_transcripts(self, table: list[Standing]) -> None:
        names = {coder.guid: coder.name for coder in self._coders}
        one, other = self.pair
        self.model.put(table, (names.get(one, ""), names.get(other, "")))
        self._count()

    # What is chosen

    @property
    def pair(self) -> tuple[str, str]:
        """The two coders' GUIDs, empty before there are any."""
        return self.first.currentData() or "", self.second.currentData() or ""

    @property
    def coders(self) -> list[Coder]:
        """The two coders in the order shown."""
        by_guid = {coder.guid: coder for coder in self._coders}
        return [by_guid[guid] for guid in self.pair if guid in by_guid]

    @property
    def chosen_unit(self) -> str:
        return str(self.unit.currentData())

    @property
    def chosen_level(self) -> Level:
        level = self.level.currentData()
        return Level.CODE if level is None else Level(level)

    # Choosing

    def swap(self) -> None:
        """The second coder first."""
        self.first.setCurrentIndex(self.second.currentIndex())

    def _coder_chosen(self, here: QComboBox, other: QComboBox) -> None:
        """Somebody chosen in both places changes places with who stood here before."""
        if self._filling:
            return
        before = self._own_pair[0 if here is self.first else 1]
        if here.currentData() == other.currentData():
            self._filling = True
            other.setCurrentIndex(other.findData(before))
            self._filling = False
        swapped = set(self.pair) == set(self._own_pair)
        self._own_pair = self.pair
        if not swapped:
            self.model._own.clear()
        self.changed.emit()

    def _changed(self) -> None:
        self._count()
        if not self._filling:
            self.changed.emit()

    def _count(self) -> None:
        chosen, whole = len(self.model.chosen()), len(self.model.table)
        self.counted.setText(self.tr("Transcripts: {share}").format(share=wording.share(chosen, whole)))
        self.usual.setVisible(self.model.changed_by_hand)
