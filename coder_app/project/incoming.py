"""Taking transcripts into a project: what can be prepared anywhere, then the writing, piece by piece."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import date as calendar
from typing import TYPE_CHECKING

from sqlalchemy import select

from coder_app.core.codetree import key_after
from coder_app.core.errors import UserError
from coder_app.core.model import NewDocument
from coder_app.project import schema
from coder_app.project.content import check_turns
from coder_app.project.names import clean_name, clean_text, plural

if TYPE_CHECKING:
    from coder_app.project.project import Project

Pieces = Generator[tuple[int, int], None, list[str]]
"""Yields (done, total) before each transcript and once before all is on disk; returns the new GUIDs."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A transcript as it will be stored, with all that takes long done."""

    new: NewDocument
    title: str
    date: str
    source: str
    turns: str
    """JSON rows (start, body, end, speaker, seconds)."""
    sha256: str


def prepare(new: NewDocument) -> Prepared:
    """Check a transcript and make it ready; needs no project, so another thread can do it.

    Raises UserError for an empty text, characters that are none, a name or date that is none, and
    ValueError for turns that do not fit the text.
    """
    if not new.text.strip():
        raise UserError(f"“{new.title}” holds no text.")
    try:
        sha256 = digest(new.text)
    except UnicodeEncodeError as error:
        raise UserError(f"“{new.title}” holds characters that are none (lone surrogates).") from error
    rows = [(turn.start, turn.body, turn.end, turn.speaker, turn.seconds) for turn in new.turns]
    check_turns(rows, len(new.text), len(new.speakers))
    title, date = clean_name(new.title, "transcript"), checked_date(new.date)
    return Prepared(new, title, date, clean_text(new.source), json.dumps(rows, separators=(",", ":")), sha256)


def prepare_all(documents: Sequence[NewDocument], *, progress: Callable[[int, int], None]) -> list[Prepared]:
    """Prepare transcripts; ``progress(done, total)`` may raise Cancelled between two of them."""
    made = []
    for done, new in enumerate(documents):
        progress(done, len(documents))
        made.append(prepare(new))
    progress(len(documents), len(documents))
    return made


def digest(text: str) -> str:
    """The hash by which the history and other transcripts know a text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def checked_date(date: str) -> str:
    """Raises UserError unless the date is empty or written YYYY-MM-DD and in the calendar."""
    date = date.strip()
    if date:
        try:
            known = re.fullmatch(r"\d{4}-\d{2}-\d{2}", date, re.ASCII) and calendar.fromisoformat(date)
        except ValueError:
            known = None
        if not known:
            raise UserError(f"“{date}” is not a date: write it as 2026-03-31.")
    return date


def write_in_pieces(project: Project, documents: Sequence[Prepared]) -> Pieces:
    """Write transcripts as one step, one between two ``next()``; closing it half-way leaves nothing.

    While it waits, every other action is refused: none can slip into the transaction that is open.
    A transcript of 2 MB takes about 20 ms.
    """
    if not documents:
        return []
    what = f"“{documents[0].title}”" if len(documents) == 1 else plural(len(documents), "transcript")
    added: list[str] = []
    with project.step(f"Import {what}"):
        writer = _Writer(project)
        for done in range(len(documents) + 1):
            with project.waiting("Transcripts are being imported. Wait until that is done, or cancel it."):
                yield done, len(documents)
            if done < len(documents):
                added.append(writer.write(documents[done]))
    return added


class _Writer:
    """Knows between two transcripts which titles, participants and positions are taken."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._people = {person.label.casefold(): person.guid for person in project.participants.all()}
        self._titles = {document.title.casefold() for document in project.documents.all()}
        position = schema.document.c.position
        last = select(position).order_by(position.desc()).limit(1)
        self._last: str | None = project.connection.scalar(last)

    def write(self, made: Prepared) -> str:
        """Insert the rows of one transcript; returns its GUID."""
        guid, new, connection = str(uuid.uuid4()), made.new, self._project.connection
        self._last = key_after(self._last)
        connection.execute(schema.content.insert(), {"guid": guid, "text": new.text, "turns": made.turns})
        values = {
            "guid": guid,
            "title": _free_title(made.title, self._titles),
            "date": made.date,
            "source": made.source,
            "position": self._last,
            "characters": len(new.text),
            "sha256": made.sha256,
        }
        connection.execute(schema.document.insert(), values)
        speakers = [
            {
                "guid": str(uuid.uuid4()),
                "document": guid,
                "number": number,
                "name": clean_name(speaker.name, "speaker"),
                "role": speaker.role.value,
                "participant": self._person(speaker.participant),
            }
            for number, speaker in enumerate(new.speakers)
        ]
        if speakers:
            connection.execute(schema.speaker.insert(), speakers)
        return guid

    def _person(self, label: str | None) -> str | None:
        """The participant of this label, made where there is none yet."""
        if label is None:
            return None
        known = self._people.get(label.casefold())
        if known is None:
            known = self._people[label.casefold()] = self._project.participants.add(label)
        return known


def _free_title(title: str, taken: set[str]) -> str:
    """The title, or the title with a number where it is taken; notes it as taken."""
    candidate, number = title, 2
    while candidate.casefold() in taken:
        candidate, number = f"{title} ({number})", number + 1
    taken.add(candidate.casefold())
    return candidate
