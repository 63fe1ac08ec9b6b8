"""One file of an import: title, date, encoding, who speaks, and how it begins."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.formats.readers import ENCODINGS
from coder_app.ui.colors import Colors
from coder_app.ui.transcripts.batch import Batch, ImportFile, document_of, is_date
from coder_app.ui.transcripts.preview import MOST_TURNS, Preview
from coder_app.ui.transcripts.speakers_model import (
    INTO,
    NAME,
    PARTICIPANT,
    ROLE,
    SAYS,
    TURNS,
    WORDS,
    SpeakersModel,
)
from coder_app.ui.transcripts.tables import ROW_HEIGHT, EntryTable
from coder_app.ui.widgets.parts import button, label, set_kind
from coder_app.ui.widgets.scrolled import Scrolled

MOST_SETTLED = 10 * MOST_TURNS
"""Turns that are looked at for the preview: some may turn out to be parts of others."""


class FilePane(QWidget):
    """Shows the chosen file and takes its answers; a file that cannot be read shows why."""

    answered = Signal()
    """Something about this or other files has changed."""
    encodingChosen = Signal(str)
    againWanted = Signal()
    """Try once more to read this file."""
    leftOut = Signal()

    def __init__(self, colors: Colors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colors = colors
        self.batch = Batch([])
        self.file: ImportFile | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._readable())
        self._stack.addWidget(self._unreadable())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    # Building

    def _readable(self) -> QWidget:
        self.title = QLineEdit()
        self.title.setMaxLength(300)
        self.date = QLineEdit()
        self.date.setPlaceholderText(self.tr("YYYY-MM-DD"))
        self.date.setMaximumWidth(130)
        self.encoding = QComboBox()
        self.encoding.setMaximumWidth(170)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        fields = (
            (self.tr("&Title"), self.title),
            (self.tr("&Date"), self.date),
            (self.tr("&Encoding"), self.encoding),
        )
        for place, (text, field) in enumerate(fields):
            name = label(text, "caption")
            name.setBuddy(field)
            field.setAccessibleName(text.replace("&", ""))
            grid.addWidget(name, 0, place)
            grid.addWidget(field, 1, place)
            self._encoding_label = name  # the last one
        grid.setColumnStretch(0, 1)
        self.note = QFrame()
        self.note.setProperty("kind", "warning")
        self.note_text = label("", wrap=True)
        inside = QHBoxLayout(self.note)
        inside.setContentsMargins(10, 6, 10, 6)
        inside.addWidget(self.note_text)
        self.title.textEdited.connect(self._take_title)
        self.date.textEdited.connect(self._take_date)
        self.encoding.activated.connect(lambda: self.encodingChosen.emit(self.encoding.currentText()))
        self._splitter = QSplitter(Qt.Orientation.Vertical)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self._who_speaks())
        self._splitter.addWidget(self._beginning())
        self._splitter.setStretchFactor(0, 2)
        self._splitter.setStretchFactor(1, 3)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(grid)
        column.addWidget(self.note)
        column.addWidget(self._splitter, 1)
        self.table.setMinimumHeight(34 + 2 * ROW_HEIGHT)
        return Scrolled(made)

    def _who_speaks(self) -> QWidget:
        self.speakers = SpeakersModel(self)
        self.speakers.answered.connect(self._answered)
        self.table = EntryTable(self.tr("Speakers"))
        self.table.setModel(self.speakers)
        head = self.table.horizontalHeader()
        for column, width in (
            (NAME, 150),
            (ROLE, 114),
            (PARTICIPANT, 108),
            (INTO, 130),
            (TURNS, 58),
            (WORDS, 64),
        ):
            self.table.setColumnWidth(column, width)
        head.setSectionResizeMode(SAYS, QHeaderView.ResizeMode.Stretch)
        head.setMinimumSectionSize(50)
        self.everywhere = QCheckBox(self.tr("Same answers in &all files"))
        self.everywhere.setToolTip(
            self.tr("What you say about a name holds for this name in every file of this import.")
        )
        self.everywhere.setChecked(True)
        self.everywhere.toggled.connect(self._take_everywhere)
        self.whole = QComboBox()
        self.whole.setEditable(True)
        self.whole.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.whole.setMinimumWidth(160)
        self.whole.setAccessibleName(self.tr("Participant whose words these are"))
        self.whole.currentTextChanged.connect(self._take_whole)
        self._alone = QWidget()
        row = QHBoxLayout(self._alone)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(self.tr("Each paragraph is a turn of its own. All words are by"), "muted"))
        row.addWidget(self.whole)
        row.addStretch(1)
        self._speakers_title = label(self.tr("Speakers"), "strong")
        top = QHBoxLayout()
        top.addWidget(self._speakers_title)
        top.addStretch(1)
        top.addWidget(self.everywhere)
        return _column(top, self.table, self._alone)

    def _beginning(self) -> QWidget:
        self.preview = Preview()
        self.preview.setMinimumHeight(90)
        return _column(label(self.tr("How it begins"), "strong"), self.preview)

    def _unreadable(self) -> QWidget:
        made = QWidget()
        self.why = label("", "heading", wrap=True)
        self.why.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rescue = QComboBox()
        self.rescue.addItems(list(ENCODINGS))
        self.rescue.setAccessibleName(self.tr("Encoding"))
        self.rescue.activated.connect(lambda: self.encodingChosen.emit(self.rescue.currentText()))
        self.again = button(self.tr("Try &again"), self.againWanted.emit)
        self.leave_out = button(self.tr("&Leave it out"), self.leftOut.emit)
        row = QHBoxLayout()
        row.addWidget(self.leave_out)
        row.addWidget(self.again)
        self._rescue_label = label(self.tr("or read it as"), "muted")
        row.addWidget(self._rescue_label)
        row.addWidget(self.rescue)
        row.addStretch(1)
        column = QVBoxLayout(made)
        column.addStretch(1)
        column.addWidget(self.why)
        column.addWidget(label(self.tr("The other files can be imported without it."), "muted"))
        column.addSpacing(8)
        column.addLayout(row)
        column.addStretch(3)
        return made

    # Showing

    def show_file(self, batch: Batch, file: ImportFile | None) -> None:
        self.batch, self.file = batch, file
        self.setEnabled(file is not None)
        if file is None or file.readable:
            self._stack.setCurrentIndex(0)
            self._show_readable(file)
        else:
            self._stack.setCurrentIndex(1)
            self.why.setText(file.problem)
            text = file.path.suffix.lower() not in (".docx", ".docm")
            self.rescue.setCurrentText(file.encoding or "UTF-8")
            self.rescue.setVisible(text)
            self._rescue_label.setVisible(text)

    def _show_readable(self, file: ImportFile | None) -> None:
        with QSignalBlocker(self.title), QSignalBlocker(self.date):
            self.title.setText(file.title if file else "")
            self.title.setCursorPosition(0)
            self.date.setText(file.date if file else "")
        self._mark_fields()
        has_encoding = file is not None and bool(file.encoding)
        self.encoding.setVisible(has_encoding)
        self._encoding_label.setVisible(has_encoding)
        if file is not None and file.encoding:
            self.encoding.clear()
            self.encoding.addItems(list(dict.fromkeys([file.encoding, *ENCODINGS])))
        self.everywhere.setVisible(len(self.batch.files) > 1)
        self.speakers.colors = self.colors
        self.speakers.show_file(self.batch, file)
        rows = self.speakers.rowCount()
        wanted = 80 + ROW_HEIGHT * max(2, min(rows, 7)) if rows else 70
        self._splitter.setSizes([wanted, max(200, self._splitter.height() - wanted)])
        if rows:
            self.table.setCurrentIndex(self.speakers.index(0, ROLE))
        self.update_answers()

    def update_answers(self) -> None:
        """Show what follows from the answers: the beginning, notes, the field for a text without names."""
        file = self.file
        alone = file is not None and file.names_nobody
        found = bool(self.speakers.speakers)
        self._alone.setVisible(alone)
        self.table.setVisible(found)
        self._speakers_title.setText(self.tr("Speakers") if found else self.tr("No speakers were found"))
        if alone and file is not None:
            with QSignalBlocker(self.whole):
                self.whole.clear()
                self.whole.addItem(self.tr("nobody in particular"), "")
                for name in dict.fromkeys([*self.batch.labels(), self.batch.next_label()]):
                    self.whole.addItem(name, name)
                self.whole.setEditText(file.whole or self.whole.itemText(0))
        notes = list(file.notes) if file else []
        if file is not None and file.twin:
            notes.insert(
                0,
                self.tr("“{title}” has the same text: tick the file to import it all the same.").format(
                    title=file.twin
                ),
            )
        joined = [
            name
            for name in (file.choices if file else {})
            if file and name in file.proposed and file.choices[name].into
        ]
        if joined and file is not None:
            pairs = ", ".join(f"{name} → {file.choices[name].into}" for name in joined)
            notes.append(
                self.tr("These names look alike and were joined, please check: {pairs}.").format(pairs=pairs)
            )
        self.note_text.setText("\n".join(notes))
        self.note.setVisible(bool(notes))
        if file is None:
            self.preview.show_nothing()
        else:
            self.preview.show_document(document_of(file, MOST_SETTLED), self.colors)

    # Answers

    def _take_title(self, text: str) -> None:
        if self.file is not None:
            self.file.title = text
            self._mark_fields()
            self.answered.emit()

    def _take_date(self, text: str) -> None:
        if self.file is not None:
            self.file.date = text.strip()
            self._mark_fields()
            self.answered.emit()

    def _mark_fields(self) -> None:
        file = self.file
        set_kind(self.title, "wrong" if file and not file.title.strip() else "")
        wrong = bool(file and file.date and not is_date(file.date))
        set_kind(self.date, "wrong" if wrong else "")
        self.date.setToolTip(self.tr("Write the date as 2026-03-31.") if wrong else "")

    def _take_everywhere(self, on: bool) -> None:
        self.batch.everywhere = on

    def _take_whole(self, text: str) -> None:
        if self.file is not None:
            nobody = text == self.whole.itemText(0)
            self.file.whole = "" if nobody else self.batch.written(text)
            self.preview.show_document(document_of(self.file, MOST_SETTLED), self.colors)
            self.answered.emit()

    def _answered(self) -> None:
        self.update_answers()
        self.answered.emit()


def _column(*parts: QWidget | QHBoxLayout) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return made
