"""Beside the list: what is known of the chosen transcript, who speaks in it, and its memos."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import MemoTarget, Role, Speaker, Status
from coder_app.project.project import Project
from coder_app.ui.colors import LIGHT, Colors
from coder_app.ui.context import Context
from coder_app.ui.memos.panel import MemoPanel
from coder_app.ui.transcripts.batch import is_date
from coder_app.ui.transcripts.documents_model import Row
from coder_app.ui.transcripts.tables import CHOICES, FREE, ROW_HEIGHT, EntryTable, plain_tip
from coder_app.ui.widgets.parts import button, card, label, set_kind
from coder_app.ui.widgets.scrolled import Scrolled
from coder_app.ui.widgets.table_model import Index, TableModel

NAME, ROLE, PARTICIPANT = range(3)


class ElidedLabel(QLabel):
    """One line of plain text; what does not fit is told by its tool tip."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._whole = ""

    def show_text(self, text: str) -> None:
        self._whole = text
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._whole, mode, max(self.width() - 2, 40)))


class TranscriptSpeakers(TableModel):
    """The speakers of one transcript; role and participant can be changed at any time."""

    roleChosen = Signal(str, str)
    participantChosen = Signal(str, str)
    """(speaker, label; empty: nobody)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.speakers: list[Speaker] = []
        self.labels: dict[str, str] = {}
        self.next_label = ""
        self.writable = True
        self.colors: Colors = LIGHT
        self.heads = [self.tr("Name"), self.tr("Role"), self.tr("Participant")]
        self._roles = {
            Role.PARTICIPANT.value: self.tr("Participant"),
            Role.INTERVIEWER.value: self.tr("Interviewer"),
            Role.OTHER.value: self.tr("Other"),
        }

    def show_speakers(self, project: Project, document: str) -> None:
        speakers = project.documents.speakers(document) if document else []
        same = [s.guid for s in speakers] == [s.guid for s in self.speakers]
        if not same:
            self.beginResetModel()
        self.speakers = speakers
        self.labels = {person.guid: person.label for person in project.participants.all()}
        self.next_label = project.participants.next_label()
        self.writable = not project.read_only
        if not same:
            self.endResetModel()
        elif speakers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(speakers) - 1, PARTICIPANT))

    def length(self) -> int:
        return len(self.speakers)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        can = self.writable and index.isValid() and index.column() != NAME
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        speaker, column = self.speakers[index.row()], index.column()
        matched = self.labels.get(speaker.participant or "", "")
        if role == Qt.ItemDataRole.EditRole:
            return (speaker.name, speaker.role.value, matched)[column]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            missing = self.tr("not matched") if speaker.role is Role.PARTICIPANT else ""
            text = (speaker.name, self._roles[speaker.role.value], matched or missing)[column]
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == CHOICES and column != NAME:
            return self._choices(column)
        if role == FREE:
            return column == PARTICIPANT
        if role == Qt.ItemDataRole.ForegroundRole and column == PARTICIPANT and not matched:
            return QBrush(QColor(self.colors.muted))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        text = " ".join(str(value or "").split())
        if role != Qt.ItemDataRole.EditRole or text == index.data(role):
            return False
        speaker = self.speakers[index.row()]
        (self.roleChosen if index.column() == ROLE else self.participantChosen).emit(speaker.guid, text)
        return True

    def _choices(self, column: int) -> list[tuple[str, str]]:
        if column == ROLE:
            return [(text, value) for value, text in self._roles.items()]
        return [(name, name) for name in [*self.labels.values(), self.next_label]]


def match_speaker(project: Project, speaker: str, text: str) -> None:
    """Match a speaker to the participant of this label, who is added where there is none; empty: to nobody.

    One step. Raises UserError for a label the project refuses.
    """
    with project.step("Match speaker"):
        if not text:
            project.documents.set_speaker(speaker, matched=False)
            return
        known = project.participants.labelled(text)
        guid = known.guid if known else project.participants.add(text)
        project.documents.set_speaker(speaker, role=Role.PARTICIPANT, participant=guid)


def set_role(project: Project, speaker: str, role: Role) -> None:
    """Say what a speaker is; who is no participant is matched to none."""
    project.documents.set_speaker(speaker, role=role, matched=role is Role.PARTICIPANT)


class DetailsPanel(QWidget):
    """About the chosen transcript, or how many are chosen."""

    openWanted = Signal(str)
    statusChosen = Signal(object)

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.document = ""
        self.title = ElidedLabel("heading")
        self.facts = label("", "muted", wrap=True)
        self.open = button(
            self.tr("Open the transcript"), lambda: self.openWanted.emit(self.document), icon="open"
        )
        self.status = QComboBox()
        self.status.setAccessibleName(self.tr("My status"))
        self.date = QLineEdit()
        self.date.setPlaceholderText(self.tr("YYYY-MM-DD"))
        self.date.setAccessibleName(self.tr("Date"))
        self.source = ElidedLabel("")
        self.model = TranscriptSpeakers(self)
        self.speakers = EntryTable(self.tr("Speakers"))
        self.speakers.setModel(self.model)
        self.memos = MemoPanel(ctx)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.status.activated.connect(lambda: self.statusChosen.emit(self.status.currentData()))
        self.date.editingFinished.connect(self._take_date)
        self.date.textEdited.connect(lambda: self._mark_date())
        self.model.roleChosen.connect(
            lambda guid, role: self.ctx.run(set_role, self.ctx.project, guid, Role(role))
        )
        self.model.participantChosen.connect(
            lambda guid, text: self.ctx.run(match_speaker, self.ctx.project, guid, text)
        )

    def _lay_out(self) -> None:
        head = self.speakers.horizontalHeader()
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.speakers.setColumnWidth(ROLE, 106)
        self.speakers.setColumnWidth(PARTICIPANT, 96)
        self._of_one: list[QWidget] = []
        self.grid = QWidget()
        grid = QGridLayout(self.grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows = (
            (self.tr("My status"), self.status),
            (self.tr("Date"), self.date),
            (self.tr("File"), self.source),
        )
        for at, (text, field) in enumerate(rows):
            name = label(text, "muted")
            name.setBuddy(field)
            grid.addWidget(name, at, 0)
            grid.addWidget(field, at, 1)
            if field is not self.status:
                self._of_one += [name, field]
        self.speakers_title = label(self.tr("Speakers"), "strong")
        # what is outside is put in place first: Qt dresses all that is in a widget wherever that is put
        self.card = card()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.card)
        inside = QWidget()
        framed = QVBoxLayout(self.card)
        framed.setContentsMargins(1, 1, 1, 1)
        framed.addWidget(Scrolled(inside))
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 14, 12)
        column.setSpacing(8)
        for widget in (self.title, self.facts, self.open, self.grid, self.speakers_title, self.speakers):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.memos, 1)
        column.addStretch(0)

    # Showing

    def show_rows(self, rows: Sequence[Row], facts: str, status_names: dict[Status, str]) -> None:
        """Show the one chosen transcript in full, or several by their number."""
        one = rows[0].document.guid if len(rows) == 1 else ""
        self.document = one
        self.setEnabled(bool(rows))
        for widget in (self.open, *self._of_one, self.speakers_title, self.speakers, self.memos):
            widget.setVisible(bool(one))
        self.grid.setVisible(bool(rows))
        self.date.setEnabled(self.ctx.writable)
        self.facts.setText(facts)
        if not rows:
            self.title.show_text(self.tr("No transcript chosen"))
            self.memos.clear()
            return
        self._show_status(rows, status_names)
        self.model.colors = self.ctx.colors
        self.model.show_speakers(self.ctx.project, one)
        self.speakers.setFixedHeight(ROW_HEIGHT * min(max(self.model.rowCount(), 1), 5) + 34)
        if one:
            self.title.show_text(rows[0].document.title)
            self.source.show_text(rows[0].document.source)
            self._show_date(rows[0].document.date)
            found = bool(self.model.rowCount())
            self.speakers.setVisible(found)
            self.speakers_title.setText(self.tr("Speakers") if found else self.tr("No speakers are named"))
            self.memos.show_target(MemoTarget.DOCUMENT, one)
        else:
            self.title.show_text(self.tr("{count} transcripts chosen").format(count=len(rows)))
            self.memos.clear()

    def show_facts(self, facts: str) -> None:
        """Length and codings of what is chosen, in a line."""
        self.facts.setText(facts)

    def _show_status(self, rows: Sequence[Row], names: dict[Status, str]) -> None:
        self.status.clear()
        for status, name in names.items():
            self.status.addItem(name, status)
        different = {row.status for row in rows}
        self.status.setCurrentIndex(self.status.findData(rows[0].status) if len(different) == 1 else -1)
        self.status.setPlaceholderText(self.tr("Different"))
        self.status.setEnabled(self.ctx.writable)

    def _show_date(self, date: str) -> None:
        if not self.date.hasFocus() or not self.date.isModified():
            self.date.setText(date)
        self._mark_date()

    def _mark_date(self) -> None:
        text = self.date.text().strip()
        wrong = bool(text) and not is_date(text)
        set_kind(self.date, "wrong" if wrong else "")
        self.date.setToolTip(self.tr("Write the date as 2026-03-31.") if wrong else "")

    def _take_date(self) -> None:
        if not self.date.isModified() or not self.document:
            return
        self.date.setModified(False)
        set_date(self.ctx, self.document, self.date.text())

    def flush(self) -> None:
        """Save what was typed here."""
        self._take_date()
        self.memos.flush()


def set_date(ctx: Context, document: str, text: str) -> bool:
    """Set a transcript's date, which must be a day of the calendar or empty."""
    text = text.strip()
    if text and not is_date(text):
        ctx.problem.emit(ctx.tr("“{date}” is not a date: write it as 2026-03-31.").format(date=text))
        return False
    if ctx.project.documents.get(document).date == text:
        return True
    return ctx.run(ctx.project.documents.set_date, document, text)[0]
