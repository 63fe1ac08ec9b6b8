"""The transcripts of a project as rows: what is known of each, and how far everybody is with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from coder_app.core.model import Coder, Document, Role, Status
from coder_app.project.participants import natural
from coder_app.project.project import Project
from coder_app.ui.colors import LIGHT, Colors
from coder_app.ui.transcripts.lengths import Length
from coder_app.ui.transcripts.tables import plain_tip
from coder_app.ui.widgets.table_model import Index, TableModel

TITLE, DATE, PEOPLE, WORDS, MINUTES, CODINGS, STATUS, EVERYONE = range(8)
GUID = Qt.ItemDataRole.UserRole + 1
MY_STATUS = Qt.ItemDataRole.UserRole + 2
STATUSES = Qt.ItemDataRole.UserRole + 3
"""List of (coder's name, ``Status``) of everybody."""
ROWS_MIME = "application/x-coder-transcripts"


@dataclass(frozen=True, slots=True)
class Row:
    document: Document
    people: str
    """Labels of the participants who speak, P2 before P10."""
    unmatched: int
    """Speakers said to be participants, but matched to nobody."""
    codings: int
    """My own, passages that wait for a code included."""
    status: Status
    statuses: tuple[tuple[str, Status], ...]

    def matches(self, words: Sequence[str]) -> bool:
        document = self.document
        text = f"{document.title} {self.people} {document.date} {document.source}".casefold()
        return all(word in text for word in words)


def rows_of(project: Project) -> list[Row]:
    """All transcripts in their order, with what the list tells of them."""
    me = project.coders.current.guid
    coders = project.coders.all()
    labels = {person.guid: person.label for person in project.participants.all()}
    speakers = project.documents.all_speakers()
    statuses = project.documents.statuses()
    counts = project.queries.codings_by_document()
    rows = []
    for document in project.documents.all():
        own = [s for s in speakers.get(document.guid, []) if s.role is Role.PARTICIPANT]
        people = sorted({labels[s.participant] for s in own if s.participant in labels}, key=natural)
        rows.append(
            Row(
                document,
                ", ".join(people),
                sum(1 for speaker in own if speaker.participant not in labels),
                counts.get((document.guid, me), 0),
                statuses.get((document.guid, me), Status.NOT_STARTED),
                _statuses(document.guid, coders, statuses),
            )
        )
    return rows


def _statuses(
    document: str, coders: Sequence[Coder], statuses: dict[tuple[str, str], Status]
) -> tuple[tuple[str, Status], ...]:
    return tuple((c.name, statuses.get((document, c.guid), Status.NOT_STARTED)) for c in coders)


class DocumentsModel(TableModel):
    """Rows of ``rows_of`` through a filter; ``lengths`` tells those that are known, see lengths.py."""

    renamed = Signal(str, str)
    dated = Signal(str, str)
    moved = Signal(list, object)
    """(GUIDs, GUID of the transcript they go before or None)."""

    def __init__(self, lengths: Callable[[str], Length | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.colors: Colors = LIGHT
        self.everyone = False
        self.writable = True
        self.rows: list[Row] = []
        self._all: list[Row] = []
        self._filter: list[str] = []
        self._lengths = lengths
        self.heads = [
            self.tr("Title"),
            self.tr("Date"),
            self.tr("Participants"),
            self.tr("Words"),
            self.tr("Min."),
            self.tr("My codings"),
            self.tr("My status"),
            self.tr("Everyone"),
        ]
        self.status_names = {
            Status.NOT_STARTED: self.tr("Not started"),
            Status.IN_PROGRESS: self.tr("In progress"),
            Status.FINISHED: self.tr("Finished"),
        }

    # Filling

    def show_rows(self, rows: Sequence[Row], *, everyone: bool, writable: bool) -> None:
        self._all = list(rows)
        self.everyone, self.writable = everyone, writable
        self._apply()

    def set_filter(self, text: str) -> None:
        """Show only the transcripts in which all these words stand (title, participants, date, file)."""
        self._filter = text.casefold().split()
        self._apply()

    def _apply(self) -> None:
        wanted = [row for row in self._all if row.matches(self._filter)]
        same = [row.document.guid for row in wanted] == [row.document.guid for row in self.rows]
        if same:
            self.rows = wanted
            if wanted:
                self.dataChanged.emit(self.index(0, 0), self.index(len(wanted) - 1, EVERYONE))
            return
        self.beginResetModel()
        self.rows = wanted
        self.endResetModel()

    @property
    def total(self) -> int:
        return len(self._all)

    def row_of(self, guid: str) -> int:
        """The row where a transcript is shown; -1 where it is not."""
        return next((at for at, row in enumerate(self.rows) if row.document.guid == guid), -1)

    def row_for(self, guid: str) -> Row | None:
        """What is known of a transcript, shown or not."""
        return next((row for row in self._all if row.document.guid == guid), None)

    def lengths_came(self) -> None:
        """More lengths are known: show them."""
        if self.rows:
            self.dataChanged.emit(self.index(0, WORDS), self.index(len(self.rows) - 1, MINUTES))

    def step_target(self, guids: Sequence[str], step: int) -> tuple[bool, str | None]:
        """Where these go when they move a row up (-1) or down (1): (whether they can, before whom)."""
        order = [row.document.guid for row in self._all]
        places = [at for at, guid in enumerate(order) if guid in guids]
        if not places or (places[0] == 0 if step < 0 else places[-1] == len(order) - 1):
            return False, None
        if step < 0:
            return True, order[places[0] - 1]
        after = places[-1] + 2
        return True, order[after] if after < len(order) else None

    # Qt asks

    def length(self) -> int:
        return len(self.rows)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (WORDS, MINUTES, CODINGS):
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and section == MINUTES:
            return self.tr("Minutes, from the last time stamp of the transcript")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren
        if self.writable:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
            if index.column() in (TITLE, DATE):
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, column)
        if role == GUID:
            return row.document.guid
        if role == MY_STATUS:
            return row.status
        if role == STATUSES:
            return row.statuses
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            text = self._tip(row, column)
            return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (WORDS, MINUTES, CODINGS):
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and column == PEOPLE and not row.people:
            return QBrush(QColor(self.colors.muted))
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        row, text = self.rows[index.row()], str(value).strip()
        if text == self._text(row, index.column()):
            return False
        (self.renamed if index.column() == TITLE else self.dated).emit(row.document.guid, text)
        return True

    def _text(self, row: Row, column: int) -> str:
        if column == TITLE:
            return row.document.title
        if column == DATE:
            return row.document.date
        if column == PEOPLE:
            return row.people or (self.tr("not matched") if row.unmatched else "")
        if column == CODINGS:
            return f"{row.codings:,}" if row.codings else ""
        if column == STATUS:
            return self.status_names[row.status]
        if column == EVERYONE:
            return "  ".join(f"{name}: {self.status_names[status]}" for name, status in row.statuses)
        known = self._lengths(row.document.guid)
        if known is None:
            return "…" if column == WORDS else ""
        words, minutes = known
        if column == WORDS:
            return f"{words:,}"
        return "" if minutes is None else f"{minutes:,}"

    def _tip(self, row: Row, column: int) -> str:
        if column == TITLE and row.document.source:
            return self.tr("{title}\nImported from {file}").format(
                title=row.document.title, file=row.document.source
            )
        if column == PEOPLE and row.unmatched:
            return (
                self.tr("{people}\nSpeakers without a participant: {count}")
                .format(people=row.people, count=row.unmatched)
                .strip()
            )
        if column == WORDS:
            return self.tr("{words} words, {characters} characters").format(
                words=self._text(row, WORDS), characters=f"{row.document.characters:,}"
            )
        if column == EVERYONE:
            return "\n".join(f"{name}: {self.status_names[status]}" for name, status in row.statuses)
        return self._text(row, column)

    # Dragging rows

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [ROWS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        rows = sorted({index.row() for index in indexes})
        data = QMimeData()
        guids = [self.rows[row].document.guid for row in rows]
        data.setData(ROWS_MIME, "\n".join(guids).encode())
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not data.hasFormat(ROWS_MIME) or not self.writable:
            return False
        guids = bytes(data.data(ROWS_MIME).data()).decode().split("\n")
        self.moved.emit(guids, self._before(row, guids))
        return True

    def _before(self, row: int, moving: Sequence[str]) -> str | None:
        """The transcript that stands after the gap at ``row`` once ``moving`` are taken out."""
        order = [r.document.guid for r in self._all]
        if 0 <= row < len(self.rows):
            at = order.index(self.rows[row].document.guid)
        elif self.rows:
            at = order.index(self.rows[-1].document.guid) + 1
        else:
            at = len(order)
        return next((guid for guid in order[at:] if guid not in moving), None)
