"""The participants: who gets a document, and how many quotes of their own each will find in it.

Who has no quotes starts without a document; what was ticked by hand stays.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from coder_app.core.model import Participant
from coder_app.ui.codebook.wording import counted, tip
from coder_app.ui.widgets.parts import button, label

_GUID = Qt.ItemDataRole.UserRole
_NAME, _QUOTES = range(2)
HEAD_HEIGHT = 32
"""Pixels of the line above each column of the page."""


class PeopleList(QWidget):
    """Space takes a participant in or leaves one out; the current one is shown in the preview."""

    currentChanged = Signal()
    chosenChanged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people: list[Participant] = []
        self.quotes: dict[str, int] = {}
        """GUID -> own quotes, as far as they are counted."""
        self.left_out: set[str] = set()
        """GUIDs of those who get no document."""
        self.decided: set[str] = set()
        """GUIDs of those who were ticked or unticked by hand."""
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.tr("Participants"))
        self.tree.setAccessibleDescription(self.tr("Space takes a participant in or leaves one out"))
        self.tree.setHeaderLabels([self.tr("Name"), self.tr("Own quotes")])
        self.tree.headerItem().setTextAlignment(
            _QUOTES, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(40)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(_QUOTES, QHeaderView.ResizeMode.ResizeToContents)
        self.all = button(self.tr("All"), lambda: self.set_all(True), kind="flat")
        self.none = button(self.tr("None"), lambda: self.set_all(False), kind="flat")
        self.all.setAccessibleName(self.tr("A document for every participant"))
        self.none.setAccessibleName(self.tr("No document for anybody"))
        top = QHBoxLayout()
        top.setSpacing(0)
        title = label(self.tr("Participants"), "strong")
        title.setMinimumHeight(HEAD_HEIGHT)
        top.addWidget(title, 1)
        top.addWidget(self.all)
        top.addWidget(self.none)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
        self.tree.currentItemChanged.connect(lambda *_: self.currentChanged.emit())
        self.tree.itemChanged.connect(self._item_changed)

    @property
    def current(self) -> Participant | None:
        """The participant whose document is shown."""
        at = self.tree.currentIndex().row()
        return self.people[at] if 0 <= at < len(self.people) else None

    @property
    def chosen(self) -> list[Participant]:
        """Those who get a document, in order."""
        return [person for person in self.people if person.guid not in self.left_out]

    def put(self, people: Sequence[Participant]) -> None:
        """Show these participants, not counted yet; the current one and the choice stay."""
        current = self.current.guid if self.current else ""
        self.people = list(people)
        self.quotes = {}
        here = {person.guid for person in people}
        self.left_out &= here
        self.decided &= here
        self.tree.blockSignals(True)
        while self.tree.topLevelItemCount() > len(people):
            self.tree.takeTopLevelItem(self.tree.topLevelItemCount() - 1)
        for at, person in enumerate(people):
            item = self.tree.topLevelItem(at) or QTreeWidgetItem(self.tree)
            self._fill(item, person)
        at = next((at for at, person in enumerate(people) if person.guid == current), 0)
        if people:
            self.tree.setCurrentIndex(self.tree.model().index(at, _NAME))
        self.tree.blockSignals(False)

    def _fill(self, item: QTreeWidgetItem, person: Participant) -> None:
        name = f"{person.label} ({person.pseudonym})" if person.pseudonym else person.label
        item.setData(_NAME, _GUID, person.guid)
        item.setText(_NAME, name)
        item.setToolTip(_NAME, tip(name))
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
        )
        left_out = person.guid in self.left_out
        item.setCheckState(_NAME, Qt.CheckState.Unchecked if left_out else Qt.CheckState.Checked)
        item.setText(_QUOTES, "…")
        item.setTextAlignment(_QUOTES, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def uncounted(self) -> list[Participant]:
        """Those whose quotes are not known yet."""
        return [person for person in self.people if person.guid not in self.quotes]

    def silent(self, person: Participant) -> bool:
        """Whether it is known that nothing of theirs is quoted."""
        return self.quotes.get(person.guid) == 0

    def set_quotes(self, person: Participant, quotes: int, *, choose: bool) -> None:
        """Show how many quotes of their own a participant will read.

        ``choose``: without any they get no document, unless somebody has ticked them.
        """
        self.quotes[person.guid] = quotes
        if choose and person.guid not in self.decided:
            (self.left_out.discard if quotes else self.left_out.add)(person.guid)
        item = self.tree.topLevelItem(self.people.index(person))
        if item is not None:
            self.tree.blockSignals(True)
            item.setText(_QUOTES, f"{quotes:,}" if quotes else "–")
            words = counted(quotes, self.tr("{n} quote"), self.tr("{n} quotes"))
            item.setData(_QUOTES, Qt.ItemDataRole.AccessibleTextRole, words)
            left_out = person.guid in self.left_out
            item.setCheckState(_NAME, Qt.CheckState.Unchecked if left_out else Qt.CheckState.Checked)
            self.tree.blockSignals(False)

    def set_all(self, on: bool) -> None:
        """Take everybody in, or leave everybody out."""
        everybody = {person.guid for person in self.people}
        self.decided |= everybody
        self.left_out = set() if on else everybody
        self.tree.blockSignals(True)
        state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        for at in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(at)
            if item is not None:
                item.setCheckState(_NAME, state)
        self.tree.blockSignals(False)
        self.chosenChanged.emit()

    def _item_changed(self, item: QTreeWidgetItem, column: int) -> None:
        if column != _NAME:
            return
        guid = str(item.data(_NAME, _GUID))
        self.decided.add(guid)
        if item.checkState(_NAME) == Qt.CheckState.Checked:
            self.left_out.discard(guid)
        else:
            self.left_out.add(guid)
        self.chosenChanged.emit()
