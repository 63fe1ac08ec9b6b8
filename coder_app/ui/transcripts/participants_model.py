"""The participants as a table: ID, pseudonym, one column for each attribute, and where they speak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont

from coder_app.core.model import Participant
from coder_app.project.project import Project
from coder_app.ui.colors import LIGHT, Colors
from coder_app.ui.transcripts.tables import plain_tip
from coder_app.ui.widgets.table_model import NOWHERE, Index, TableModel

LABEL, PSEUDONYM, FIRST_ATTRIBUTE = range(3)
GUID = Qt.ItemDataRole.UserRole + 5


class ParticipantsModel(TableModel):
    """Typing into a cell tells what is wanted; the table shows it once the project has it."""

    edited = Signal(str, int, str)
    """(participant, column, text)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: list[Participant] = []
        self.attributes: list[str] = []
        self.writable = True
        self.colors: Colors = LIGHT
        self._speaks: dict[str, list[str]] = {}

    def show_project(self, project: Project) -> None:
        """Show what the project holds now; the table is only built anew where rows or columns changed."""
        people, attributes = project.participants.all(), project.participants.attributes()
        titles = {document.guid: document.title for document in project.documents.all()}
        speaks: dict[str, list[str]] = {}
        speakers = project.documents.all_speakers()
        for guid, title in titles.items():
            for person in dict.fromkeys(s.participant for s in speakers.get(guid, []) if s.participant):
                speaks.setdefault(person, []).append(title)
        same = [p.guid for p in people] == [p.guid for p in self.people] and attributes == self.attributes
        if not same:
            self.beginResetModel()
        self.people, self.attributes, self._speaks = people, attributes, speaks
        self.writable = not project.read_only
        if not same:
            self.endResetModel()
        elif people:
            self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, self.columnCount() - 1))

    def row_of(self, guid: str) -> int:
        return next((row for row, person in enumerate(self.people) if person.guid == guid), -1)

    def attribute_of(self, column: int) -> str | None:
        """The attribute a column shows; None for the other columns."""
        at = column - FIRST_ATTRIBUTE
        return self.attributes[at] if 0 <= at < len(self.attributes) else None

    # Qt asks

    def length(self) -> int:
        return len(self.people)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else FIRST_ATTRIBUTE + len(self.attributes) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        attribute = self.attribute_of(section)
        if role == Qt.ItemDataRole.ToolTipRole and attribute is not None:
            return plain_tip(attribute)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if attribute is not None:
            return attribute
        return [self.tr("Participant"), self.tr("Pseudonym"), self.tr("Speaks in")][min(section, 2)]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.writable and index.isValid() and index.column() < self.columnCount() - 1:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        person, column = self.people[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(person, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._text(person, column))
        if role == GUID:
            return person.guid
        if role == Qt.ItemDataRole.FontRole and column == LABEL:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and column == self.columnCount() - 1:
            return QBrush(QColor(self.colors.muted))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        text = str(value or "").strip()
        if text == self._text(self.people[index.row()], index.column()):
            return False
        self.edited.emit(self.people[index.row()].guid, index.column(), text)
        return True

    def _text(self, person: Participant, column: int) -> str:
        if column == LABEL:
            return person.label
        if column == PSEUDONYM:
            return person.pseudonym
        attribute = self.attribute_of(column)
        if attribute is not None:
            return person.attributes.get(attribute, "")
        return self._in_words(self._speaks.get(person.guid, []))

    def _in_words(self, titles: Sequence[str]) -> str:
        return ", ".join(titles)
