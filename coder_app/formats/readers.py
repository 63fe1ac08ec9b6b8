"""Transcript files in: text, Markdown, Word, WebVTT and SubRip, by their ending and by what they hold.

``read`` gives the text with the turns found in it; the import preview (or ``ReadFile.document``, where
nobody is asked) makes of it what is imported. Values only: it may run in another thread or process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coder_app.core.errors import UserError
from coder_app.core.model import NewDocument
from coder_app.core.text import normalise
from coder_app.core.transcript import (
    FoundTranscript,
    SpeakerChoice,
    found,
    proposed_date,
    proposed_title,
    settle,
)
from coder_app.formats.reading.encodings import ENCODINGS, decoded
from coder_app.formats.reading.files import read_bytes, shown
from coder_app.formats.reading.plain import without_markdown
from coder_app.formats.reading.subtitles import read_subtitles

__all__ = ["ENCODINGS", "KINDS", "SUPPORTED", "ReadFile", "Refused", "is_supported", "read", "read_many"]

KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Text", (".txt", ".text")),
    ("Markdown", (".md", ".markdown")),
    ("Word", (".docx", ".docm")),
    ("Subtitles", (".vtt", ".srt")),
)
"""Parts of a file dialog's filter: name and endings."""

SUPPORTED: tuple[str, ...] = tuple(ending for _, endings in KINDS for ending in endings)

_WORD = (".docx", ".docm")
_CAPTIONS = (".vtt", ".srt")
_MARKDOWN = (".md", ".markdown")
_SUBTITLES_INSIDE = re.compile(r"\s*(?:WEBVTT\b|1\s*\n\d{2}:\d{2}:\d{2},\d{3}\s*-->)")

_DATE_WITHIN = 600
"""Code points of the first turn in which a date is looked for ("Today is April 8th, 2016")."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A transcript file as read, before anybody settled who is who."""

    path: Path
    found: FoundTranscript
    title: str
    """Proposed from the file's name."""
    date: str
    """ISO date found in the file's name or its first lines, or empty."""
    encoding: str
    """Name of the encoding (see ``ENCODINGS``), empty for Word documents."""
    notes: tuple[str, ...] = ()
    """Sentences about what was left out or guessed."""

    @property
    def text(self) -> str:
        return self.found.text

    def document(
        self, choices: Mapping[str, SpeakerChoice], *, title: str | None = None, date: str | None = None
    ) -> NewDocument:
        """What to import, with the answers of the preview (by speaker name)."""
        return settle(
            self.found,
            choices,
            title=self.title if title is None else title,
            date=self.date if date is None else date,
            source=self.path.name,
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that could not be read, and why, in one sentence."""

    path: Path
    reason: str


def is_supported(path: Path) -> bool:
    """Whether the file's ending is one that ``read`` knows."""
    return path.suffix.lower() in SUPPORTED


def read(path: Path, *, encoding: str | None = None) -> ReadFile:
    """Read one transcript; ``encoding`` overrides what would be detected (not for Word documents).

    Raises UserError, one sentence naming the file, for whatever cannot be read as a transcript.
    """
    ending = path.suffix.lower()
    if ending not in SUPPORTED:
        endings = ", ".join(SUPPORTED)
        raise UserError(f"{shown(path)} is not a kind of file that can be read here ({endings}).")
    transcript, label, notes = _word(path) if ending in _WORD else _text(path, ending, encoding)
    opening = transcript.turns[0].start if transcript.turns else 0
    return ReadFile(
        path,
        transcript,
        proposed_title(path.name),
        proposed_date(path.name, transcript.text[: min(opening, 3000) + _DATE_WITHIN]),
        label,
        tuple(note for note in notes if note),
    )


def _word(path: Path) -> tuple[FoundTranscript, str, list[str]]:
    from coder_app.formats.reading.docx import read_docx  # lxml is loaded when a Word document comes

    raw, notes = read_docx(path)
    text = normalise(raw)[0]
    _refuse_blank(text, path)
    return found(text), "", notes


def _text(path: Path, ending: str, encoding: str | None) -> tuple[FoundTranscript, str, list[str]]:
    raw, label, remark = decoded(read_bytes(path), shown(path), encoding)
    text = normalise(raw)[0]
    _refuse_blank(text, path)
    if ending in _CAPTIONS or _SUBTITLES_INSIDE.match(text):
        transcript, notes = read_subtitles(text, entities=ending != ".srt")
        if not transcript.turns:
            raise UserError(f"{shown(path)} holds no captions with times, so there is nothing to import.")
        return transcript, label, [remark, *notes]
    return found(without_markdown(text) if ending in _MARKDOWN else text), label, [remark]


def _refuse_blank(text: str, path: Path) -> None:
    if not text or text.isspace():
        raise UserError(f"{shown(path)} holds no text.")


def read_many(
    paths: Iterable[Path],
    *,
    encodings: Mapping[Path, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[ReadFile], list[Refused]]:
    """Read a batch; a file that cannot be read is told in the second list and stops nothing.

    ``progress(done, total)`` is called after each file and may raise Cancelled.
    """
    chosen = list(paths)
    files: list[ReadFile] = []
    refused: list[Refused] = []
    for done, path in enumerate(chosen, start=1):
        try:
            files.append(read(path, encoding=(encodings or {}).get(path)))
        except UserError as error:
            refused.append(Refused(path, str(error)))
        if progress is not None:
            progress(done, len(chosen))
    return files, refused
