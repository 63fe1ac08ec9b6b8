"""The speakers found in one file of an import, with the answers about them, as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont

from coder_app.core.model import Role
from coder_app.core.transcript import FoundSpeaker
from coder_app.ui.colors import LIGHT, Colors
from coder_app.ui.transcripts.batch import Batch, ImportFile
from coder_app.ui.transcripts.tables import CHOICES, FREE, plain_tip
from coder_app.ui.widgets.table_model import Index, TableModel

NAME, ROLE, PARTICIPANT, INTO, TURNS, WORDS, SAYS = range(7)
NOBODY = "nobody"
"""Stands for "not a speaker" among the roles."""


class SpeakersModel(TableModel):
    """One row for each speaker, those with most words first."""

    answered = Signal()
    """An answer has changed, maybe in other files too."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.batch: Batch | None = None
        self.file: ImportFile | None = None
        self.speakers: list[FoundSpeaker] = []
        self.colors: Colors = LIGHT
        self.heads = [
            self.tr("Name in the file"),
            self.tr("Role"),
            self.tr("Participant"),
            self.tr("Same person as"),
            self.tr("Turns"),
            self.tr("Words"),
            self.tr("Says"),
        ]
        self._roles = {
            Role.PARTICIPANT.value: self.tr("Participant"),
            Role.INTERVIEWER.value: self.tr("Interviewer"),
            Role.OTHER.value: self.tr("Other"),
            NOBODY: self.tr("Not a speaker"),
        }

    def show_file(self, batch: Batch | None, file: ImportFile | None) -> None:
        self.beginResetModel()
        self.batch, self.file = batch, file
        found = list(file.found.speakers) if file and file.found else []
        self.speakers = sorted(found, key=lambda speaker: -speaker.words)
        self.endResetModel()

    def row_of(self, name: str) -> int:
        """The row of a speaker; -1 where there is none of that name."""
        return next((row for row, speaker in enumerate(self.speakers) if speaker.name == name), -1)

    # Qt asks

    def length(self) -> int:
        return len(self.speakers)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.file is None or index.column() not in (ROLE, PARTICIPANT, INTO):
            return flags
        choice = self.file.choices[self.speakers[index.row()].name]
        if index.column() == INTO:
            can = choice.is_speaker and len(self.speakers) > 1
        else:
            can = choice.into is None and (index.column() == ROLE or self._is_participant(index.row()))
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.file is None:
            return None
        row, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return self._value(row, column)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            text = self._tip(row, column)
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == CHOICES:
            return self._choices(row, column)
        if role == FREE:
            return column == PARTICIPANT
        return self._looks(row, column, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.batch is None or self.file is None:
            return False
        name, text = self.speakers[index.row()].name, str(value or "")
        if text == self._value(index.row(), index.column()):
            return False
        if index.column() == ROLE:
            self.batch.set_role(self.file, name, None if text == NOBODY else Role(text))
        elif index.column() == PARTICIPANT:
            self.batch.set_participant(self.file, name, text)
        elif index.column() == INTO:
            self.batch.set_into(self.file, name, text)
        else:
            return False
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, SAYS))
        self.answered.emit()
        return True

    # What a cell holds

    def _text(self, row: int, column: int) -> str:
        assert self.file is not None
        speaker = self.speakers[row]
        if column == NAME:
            return speaker.name
        if column == ROLE:
            choice = self.file.choices[self.file.root(speaker.name)]
            return self._roles[choice.role.value if choice.is_speaker else NOBODY]
        if column == PARTICIPANT:
            return self._label(row) or (self.tr("not matched") if self._is_participant(row) else "")
        if column == INTO:
            return self.file.choices[speaker.name].into or ""
        if column == SAYS:
            return speaker.sample
        return f"{speaker.turns if column == TURNS else speaker.words:,}"

    def _value(self, row: int, column: int) -> str:
        assert self.file is not None
        if column == ROLE:
            choice = self.file.choices[self.speakers[row].name]
            return choice.role.value if choice.is_speaker else NOBODY
        if column == PARTICIPANT:
            return self._label(row)
        return self._text(row, column)

    def _label(self, row: int) -> str:
        assert self.file is not None
        choice = self.file.choices[self.file.root(self.speakers[row].name)]
        return (choice.participant or "") if self._is_participant(row) else ""

    def _is_participant(self, row: int) -> bool:
        assert self.file is not None
        choice = self.file.choices[self.file.root(self.speakers[row].name)]
        return choice.is_speaker and choice.role is Role.PARTICIPANT

    def _choices(self, row: int, column: int) -> list[tuple[str, str]] | None:
        if column == ROLE:
            return [(text, value) for value, text in self._roles.items()]
        if column == INTO:
            others = [speaker.name for speaker in self.speakers if speaker is not self.speakers[row]]
            return [(self.tr("nobody else"), ""), *((name, name) for name in others)]
        if column == PARTICIPANT and self.batch is not None:
            labels = list(dict.fromkeys([*self.batch.labels(), self.batch.next_label()]))
            return [(label, label) for label in labels]
        return None

    def _tip(self, row: int, column: int) -> str:
        assert self.file is not None
        label = self._label(row)
        if column == PARTICIPANT and label and self.batch is not None:
            known = label in self.batch.taken
            return self.tr("Already in the project") if known else self.tr("New participant")
        if column == INTO and self.speakers[row].name in self.file.proposed:
            return self.tr("Proposed, because the names are alike. Choose “nobody else” if it is not so.")
        return self._text(row, column)

    def _looks(self, row: int, column: int, role: int) -> Any:
        assert self.file is not None
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (TURNS, WORDS):
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and column == NAME:
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        choice = self.file.choices[self.speakers[row].name]
        if role == Qt.ItemDataRole.BackgroundRole and column == INTO and choice.into:
            return QBrush(QColor(self.colors.warning_soft))
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = column == SAYS or choice.into is not None or not choice.is_speaker
            quiet = quiet or (column == PARTICIPANT and not self._label(row))
            if column == INTO and choice.into:
                return QBrush(QColor(self.colors.warning))
            return QBrush(QColor(self.colors.muted if quiet else self.colors.text))
        return None
