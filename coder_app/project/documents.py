"""Transcripts: import, order, speakers, reading progress."""

from __future__ import annotations

import uuid
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from coder_app.core.changes import Changes
from coder_app.core.codetree import keys_in_order
from coder_app.core.errors import UserError
from coder_app.core.model import Document, NewDocument, Role, Speaker, Status, Transcript
from coder_app.project import consequences, schema
from coder_app.project.content import Content
from coder_app.project.incoming import Pieces, Prepared, checked_date, digest, prepare, write_in_pieces
from coder_app.project.kept import Kept
from coder_app.project.names import clean_name, plural
from coder_app.project.reach import Reach
from coder_app.project.shown import coding_shows, document_shows
from coder_app.project.writing import put, set_field, set_gone

if TYPE_CHECKING:
    from coder_app.project.project import Project

Progress = Callable[[int, int], None]
"""Called with (done, total); may raise Cancelled."""

_STATUSES = uuid.UUID("0b6c4c9e-6b4a-5a57-8d6f-2f5f7a3f9f30")  # name space of the GUIDs of progress rows
_REMEMBERED = 64  # texts kept in memory


class Documents:
    """``project.documents``."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._contents: OrderedDict[str, Content] = OrderedDict()
        self._all = Kept(project, schema.document, self._read_all, ("document",))

    # Reading

    def all(self) -> list[Document]:
        """Every transcript in its order."""
        return self._all.get()

    def _read_all(self) -> list[Document]:
        table = schema.document.c
        rows = self._project.connection.execute(
            select(table.guid, table.title, table.date, table.source, table.characters)
            .where(document_shows())
            .order_by(table.position, table.guid)
        )
        return [Document(*row) for row in rows]

    def get(self, guid: str) -> Document:
        """One transcript's head. Raises UserError where there is none of that GUID."""
        for document in self.all():
            if document.guid == guid:
                return document
        raise UserError("This transcript is no longer in the project.")

    def titled(self, title: str) -> Document:
        """The transcript of that title, letter case apart. Raises UserError where there is not just one."""
        wanted = title.strip().casefold()
        found = [d for d in self.all() if wanted in (d.title.casefold(), d.guid, d.source.casefold())]
        if len(found) != 1:
            problem = "no transcript" if not found else f"{len(found)} transcripts"
            raise UserError(f"This project has {problem} of the title “{title}”.")
        return found[0]

    def content(self, guid: str) -> Content:
        """Text and turns of a transcript. Raises UserError where there is none of that GUID."""
        known = self._contents.get(guid)
        if known is None:
            content, speaker = schema.content.c, schema.speaker.c
            speakers = select(func.count()).where(speaker.document == guid).scalar_subquery()
            row = self._project.connection.execute(
                select(content.text, content.turns, speakers.label("speakers")).where(content.guid == guid)
            ).first()
            if row is None:
                raise UserError("This transcript is no longer in the project.")
            known = self._contents[guid] = Content(row.text, row.turns, row.speakers)
            if len(self._contents) > _REMEMBERED:
                self._contents.popitem(last=False)
        self._contents.move_to_end(guid)
        return known

    def transcript(self, guid: str) -> Transcript:
        """A transcript with its text, speakers and turns."""
        content = self.content(guid)
        return Transcript(self.get(guid), content.text, tuple(self.speakers(guid)), content.turns)

    def speakers(self, guid: str) -> list[Speaker]:
        """The speakers of one transcript, in the order that its turns count them."""
        return self.all_speakers(guid).get(guid, [])

    def all_speakers(self, guid: str | None = None) -> dict[str, list[Speaker]]:
        """The speakers of every transcript, by its GUID."""
        table = schema.speaker.c
        query = select(table.guid, table.document, table.name, table.role, table.participant)
        if guid is not None:
            query = query.where(table.document == guid)
        found: dict[str, list[Speaker]] = {}
        for row in self._project.connection.execute(query.order_by(table.document, table.number)):
            speaker = Speaker(row.guid, row.document, row.name, Role(row.role), row.participant)
            found.setdefault(row.document, []).append(speaker)
        return found

    def with_same_text(self, text: str) -> list[Document]:
        """Transcripts of the project whose imported text is exactly this."""
        wanted = digest(text)
        table = schema.document.c
        guids = set(self._project.connection.scalars(select(table.guid).where(table.sha256 == wanted)))
        return [document for document in self.all() if document.guid in guids]

    def titles_by_text(self) -> dict[str, str]:
        """Hash of an imported text (``incoming.digest``) -> title of the first transcript that has it."""
        table = schema.document.c
        hashes = dict(self._project.connection.execute(select(table.guid, table.sha256)).all())
        return {hashes[document.guid]: document.title for document in reversed(self.all())}

    def statuses(self) -> dict[tuple[str, str], Status]:
        """(transcript, coder) -> how far; pairs that were never set are left out (not started)."""
        table = schema.progress.c
        rows = self._project.connection.execute(
            select(table.document, table.coder, table.status).where(table.gone == 0)
        )
        return {(row.document, row.coder): Status(row.status) for row in rows}

    def need(self, guid: str) -> None:
        """Raise UserError where there is no transcript of that GUID."""
        self._need([guid])

    def _need(self, guids: Sequence[str]) -> None:
        known = {document.guid for document in self.all()}
        if not guids or not known.issuperset(guids):
            raise UserError("This transcript is no longer in the project.")

    # Actions

    def add(self, documents: Sequence[NewDocument], progress: Progress | None = None) -> list[str]:
        """Import transcripts as one step; returns their GUIDs.

        Raises UserError for an empty text, Cancelled where ``progress`` asks for it; then nothing
        was imported.
        """
        with closing(self.add_in_pieces([prepare(new) for new in documents])) as pieces:
            while True:
                try:
                    done = next(pieces)
                except StopIteration as end:
                    return list(end.value)
                if progress is not None:
                    progress(*done)

    def add_in_pieces(self, documents: Sequence[Prepared]) -> Pieces:
        """``add`` for a window that stays alive: one transcript between two ``next()``, all one step.

        Closing it half-way leaves nothing; until then every other action is refused.
        """
        return write_in_pieces(self._project, documents)

    def rename(self, guid: str, title: str) -> None:
        title = clean_name(title, "transcript")
        others = {document.title.casefold() for document in self.all() if document.guid != guid}
        if title.casefold() in others:
            raise UserError(f"There is already a transcript “{title}”.")
        self._set(guid, f"Rename transcript: {title}", "title", title)

    def set_date(self, guid: str, date: str) -> None:
        """Set the interview's date: YYYY-MM-DD, or empty. Raises UserError for anything else."""
        self._set(guid, "Change date", "date", checked_date(date))

    def _set(self, guid: str, step: str, field: str, value: str) -> None:
        self._need([guid])
        with self._project.step(step):
            set_field(self._project.connection, schema.document, field, [(guid, value)])

    def move(self, guids: Sequence[str], before: str | None) -> None:
        """Put transcripts, in the given order, before another one or at the end."""
        self._need(guids)
        table = schema.document.c
        positions = dict(self._project.connection.execute(select(table.guid, table.position)).all())
        order = [document.guid for document in self.all() if document.guid not in guids]
        at = order.index(before) if before in order else len(order)
        order[at:at] = guids
        keys = keys_in_order([(guid, None if guid in guids else positions[guid]) for guid in order])
        with self._project.step("Reorder transcripts"):
            set_field(self._project.connection, schema.document, "position", keys.items())

    def consequences(self, guids: Sequence[str]) -> str:
        """What removing these transcripts takes along, in a sentence or two."""
        return consequences.of_removing_documents(self._project, guids)

    def remove(self, guids: Sequence[str]) -> None:
        """Remove transcripts with one's own codings, memos and progress.

        Where other coders' codings use a transcript it still shows.
        """
        self._need(guids)
        what = f"“{self.get(guids[0]).title}”" if len(guids) == 1 else plural(len(guids), "transcript")
        mine = self._project.coders.current.guid
        connection = self._project.connection
        with self._project.step(f"Remove {what}"):
            coding, memo, progress = schema.coding.c, schema.memo.c, schema.progress.c
            own = connection.scalars(
                select(coding.guid).where(coding.document.in_(guids), coding.coder == mine, coding_shows())
            ).all()
            self._project.codings.remove_quietly(own)
            memos = connection.scalars(
                select(memo.guid).where(memo.target.in_(guids), memo.coder == mine, memo.gone == 0)
            ).all()
            set_gone(connection, schema.memo, memos)
            rows = connection.scalars(
                select(progress.guid).where(progress.document.in_(guids), progress.coder == mine)
            ).all()
            set_gone(connection, schema.progress, rows)
            set_gone(connection, schema.document, guids)

    def set_status(self, guid: str, status: Status, coder: str | None = None) -> None:
        """Mark how far a coder (default: who works now) is with a transcript."""
        self.set_statuses([guid], status, coder)

    def set_statuses(self, guids: Sequence[str], status: Status, coder: str | None = None) -> None:
        """Mark several transcripts at once: one step."""
        who = coder or self._project.coders.current.guid
        self._need(guids)
        self._project.coders.need(who)
        with self._project.step(f"Mark as {status.value}"):
            for guid in guids:
                put(
                    self._project.connection,
                    schema.progress,
                    progress_guid(guid, who),
                    document=guid,
                    coder=who,
                    status=status.value,
                )

    def begin_reading(self, guid: str) -> None:
        """Part of a larger step: a transcript that the current coder had not started is in progress."""
        key = progress_guid(guid, self._project.coders.current.guid)
        table = schema.progress.c
        status = self._project.connection.scalar(
            select(table.status).where(table.guid == key, table.gone == 0)
        )
        if status in (None, Status.NOT_STARTED.value):
            self.set_status(guid, Status.IN_PROGRESS)

    def set_speaker(
        self, guid: str, *, role: Role | None = None, participant: str | None = None, matched: bool = True
    ) -> None:
        """Say what a speaker is: role, and which participant (GUID).

        ``matched=False`` takes the match away; None leaves role or match as it is. Raises UserError
        where the speaker or the participant is no longer in the project.
        """
        document = schema.speaker.c.document
        self._need(
            self._project.connection.scalars(select(document).where(schema.speaker.c.guid == guid)).all()
        )
        if participant is not None:
            self._project.participants.need(participant)
        values: dict[str, str | None] = {}
        if role is not None:
            values["role"] = role.value
        if participant is not None or not matched:
            values["participant"] = participant if matched else None
        if values:
            with self._project.step("Match speaker"):
                self._project.connection.execute(
                    schema.speaker.update().where(schema.speaker.c.guid == guid).values(values)
                )

    # Kept in memory

    def after_step(self, reach: Reach) -> Changes:
        """Forget what a step may have changed; returns what it changed by reference."""
        changed = self._all.after_step(reach)
        return Changes.DOCUMENTS | Changes.SPEAKERS if changed else Changes.NONE

    def forget(self) -> None:
        self._contents.clear()
        self._all.forget()


def progress_guid(document: str, coder: str) -> str:
    """The same on every laptop, so that two copies never hold two states of one coder's progress."""
    return str(uuid.uuid5(_STATUSES, f"{document}/{coder}"))
