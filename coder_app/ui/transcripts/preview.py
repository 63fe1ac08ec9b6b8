"""The first turns of a transcript that is about to be imported, as they will look."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit, QWidget

from coder_app.core.model import Document, NewDocument, Speaker, Transcript
from coder_app.ui.colors import Colors
from coder_app.ui.theme import reading_font
from coder_app.ui.transcript.colors import DARK, LIGHT
from coder_app.ui.transcript.document import build_document
from coder_app.ui.transcript.source import Source

MOST_TURNS = 30
MOST_CHARACTERS = 12_000


class Preview(QTextEdit):
    """A read-only page with the beginning of a text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: QTextDocument | None = None
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setAccessibleName(self.tr("First turns of the transcript"))

    def show_document(self, new: NewDocument, colors: Colors) -> None:
        """Show the beginning of ``new``; the place read is kept where the text is the same."""
        held = self.verticalScrollBar().value()
        source = Source(beginning(new))
        same = source.shown == self.property("shown")
        old, self._page = (
            self._page,
            build_document(source, reading_font(), DARK if colors.dark else LIGHT, self),
        )
        self.setDocument(self._page)
        if old is not None:
            old.deleteLater()
        self.setProperty("shown", source.shown)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(held if same else 0)

    def show_nothing(self) -> None:
        self.clear()
        self.setProperty("shown", "")


def beginning(new: NewDocument) -> Transcript:
    """The first turns of ``new`` as a transcript of its own; positions stay."""
    kept = [turn for turn in new.turns[:MOST_TURNS] if turn.start < MOST_CHARACTERS]
    end = min(kept[-1].end if kept else len(new.text), MOST_CHARACTERS)
    text = new.text[:end] + ("\n…" if new.text[end:].strip() else "")
    turns = tuple(replace(turn, body=min(turn.body, end), end=min(turn.end, end)) for turn in kept)
    speakers = tuple(
        Speaker(str(number), "", speaker.name, speaker.role, speaker.participant)
        for number, speaker in enumerate(new.speakers)
    )
    return Transcript(Document("", new.title, new.date, new.source, len(text)), text, speakers, turns)
