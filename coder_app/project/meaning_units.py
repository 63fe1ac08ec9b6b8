"""Meaning units: stretches of a transcript fixed beforehand, to be coded by everybody."""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections.abc import Collection, Generator, Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from coder_app.core import text as texts
from coder_app.core.errors import UserError
from coder_app.core.model import Division, MeaningUnits, Role
from coder_app.project import schema
from coder_app.project.among import among
from coder_app.project.names import plural
from coder_app.project.schema import place_range, place_text
from coder_app.project.writing import put, set_gone

if TYPE_CHECKING:
    from coder_app.project.project import Project

_UNITS = uuid.UUID("5e0f7b8a-3f0e-4f7b-9a40-7a3c0f6f1c11")

Place = tuple[int, int]
"""``[start, end)`` in code points."""
Pieces = Generator[tuple[int, int], None, None]
"""(done, total) transcripts."""


class MeaningUnitsManager:
    """``project.meaning_units``. Units of a transcript never overlap and begin and end with a word.

    The GUID of a unit is made from its place, so that two copies divided alike hold the same units.
    Where copies divided apart come together and units overlap, the one that begins first counts.
    """

    def __init__(self, project: Project) -> None:
        self._project = project

    # Reading

    def of(self, document: str) -> MeaningUnits | None:
        """The units of one transcript; None where it is not divided."""
        return self._read([document]).get(document)

    def all(self) -> dict[str, MeaningUnits]:
        """Transcript -> its units, for those that are divided."""
        return self._read(None)

    def _read(self, documents: Collection[str] | None) -> dict[str, MeaningUnits]:
        connection, table = self._project.connection, schema.division.c
        query = select(table.guid, table.made_from, table.locked).where(table.gone == 0)
        if documents is not None:
            query = query.where(among(table.guid, documents))
        divisions = {row.guid: row for row in connection.execute(query).all()}
        places: dict[str, list[Place]] = {document: [] for document in divisions}
        unit = schema.unit.c
        rows = connection.execute(
            select(unit.document, unit.place).where(unit.gone == 0, among(unit.document, divisions))
        )
        for document, place in rows.all():
            places[document].append(place_range(place))
        return {
            document: MeaningUnits(
                document, tuple(_apart(places[document])), bool(row.locked), Division(row.made_from)
            )
            for document, row in divisions.items()
        }

    # Actions

    def make(self, documents: Sequence[str], how: Division, coders: Collection[str] = ()) -> None:
        """Divide transcripts anew, as one step.

        By turns, sentences or paragraphs the participants' words are divided (where a transcript
        names no speakers: all of it); `MARKED` takes the stretches that ``coders`` (GUIDs) marked,
        those that touch or overlap as one. Raises UserError for locked units, and where nothing
        is found to divide by.
        """
        for _ in self.make_in_pieces(documents, how, coders):
            pass

    def make_in_pieces(
        self, documents: Sequence[str], how: Division, coders: Collection[str] = (), *, lock: bool = False
    ) -> Pieces:
        """``make`` for a window that stays alive: one transcript between two ``next()``, all one step.

        Closing it half-way leaves nothing; until then every other action is refused. ``lock`` locks the
        units as part of the step; a transcript without any is left out of that. Raises as ``make``.
        """
        project = self._project
        for document in documents:
            project.documents.need(document)
            self._check_open(document)
        found = 0
        with project.step(f"Divide {plural(len(documents), 'transcript')} into meaning units"):
            for done, document in enumerate(documents):
                with project.waiting("Transcripts are being divided. Wait until that is done, or cancel it."):
                    yield done, len(documents)
                places = self._divided(document, how, coders)
                self._set(document, places)
                locked = int(lock and bool(places))
                put(project.connection, schema.division, document, made_from=how.value, locked=locked)
                found += len(places)
            if not found and how is not Division.HAND:
                raise UserError(
                    "There is nothing to divide by here: no participant speaks, or nothing is marked."
                )

    def preview(
        self, documents: Sequence[str], how: Division, coders: Collection[str] = ()
    ) -> dict[str, list[Place]]:
        """Transcript -> the units that ``make`` would give it; nothing is written."""
        return {document: self._divided(document, how, coders) for document in documents}

    def _divided(self, document: str, how: Division, coders: Collection[str]) -> list[Place]:
        content = self._project.documents.content(document)
        if how is Division.HAND:
            return []
        if how is Division.MARKED:
            marked = self._project.codings.of_document(document, coders)
            return _joined(texts.trim(content.text, coding.start, coding.end) for coding in marked)
        speakers = self._project.documents.all_speakers().get(document, [])
        spoken = [
            (turn.body, turn.end)
            for turn in content.turns
            if turn.speaker is None or speakers[turn.speaker].role == Role.PARTICIPANT
        ]
        if not any(turn.speaker is not None for turn in content.turns):
            spoken = [(turn.body, turn.end) for turn in content.turns] or [(0, len(content.text))]
        if how is Division.TURN:
            places = [texts.trim(content.text, start, end) for start, end in spoken]
        else:
            cut = texts.sentences if how is Division.SENTENCE else texts.paragraphs
            places = [place for start, end in spoken for place in cut(content.text, start, end)]
        return [(start, end) for start, end in places if start < end]

    def split(self, document: str, position: int) -> None:
        """Divide the unit at a position in two. Raises UserError where no words are left on a side."""
        units = self._need(document)
        start, end = self._at(units, position)
        text = self._project.documents.content(document).text
        first, second = texts.trim(text, start, position), texts.trim(text, position, end)
        if first[0] == first[1] or second[0] == second[1]:
            raise UserError("A unit can be divided only between two of its words.")
        self._replace("Divide meaning unit", units, [(start, end)], [first, second])

    def join(self, document: str, position: int) -> None:
        """Join the unit at a position with the next one. Raises UserError for the last."""
        units = self._need(document)
        start, end = self._at(units, position)
        after = units.places[bisect_right(units.places, (start, end)) :]
        if not after:
            raise UserError("There is no unit behind this one to join it with.")
        self._replace("Join meaning units", units, [(start, end), after[0]], [(start, after[0][1])])

    def add(self, document: str, start: int, end: int) -> None:
        """Make ``[start, end)`` a unit; a transcript not divided yet is divided by hand from now on.

        Raises UserError where it overlaps another unit or holds no words.
        """
        units = self.of(document) or MeaningUnits(document, (), False, Division.HAND)
        self._refuse_locked(units)
        start, end = self._project.codings.checked(document, start, end)
        start, end = texts.trim(self._project.documents.content(document).text, start, end)
        if any(low < end and start < high for low, high in units.places):
            raise UserError("This passage overlaps another meaning unit.")
        self._replace("Make meaning unit", units, [], [(start, end)])

    def remove(self, document: str, position: int) -> None:
        """The text of the unit at a position belongs to no unit any more."""
        units = self._need(document)
        self._replace("Remove meaning unit", units, [self._at(units, position)], [])

    def set_locked(self, documents: Sequence[str], locked: bool) -> None:
        """Lock the units of transcripts, so that coding can begin, or open them again."""
        for document in documents:
            units = self.of(document)
            if units is None or not units.places:
                raise UserError("Divide the transcript into meaning units first.")
        word = "Lock" if locked else "Unlock"
        with self._project.step(f"{word} the meaning units of {plural(len(documents), 'transcript')}"):
            for document in documents:
                put(self._project.connection, schema.division, document, locked=int(locked))

    def clear(self, documents: Sequence[str]) -> None:
        """Take the division of transcripts away. Raises UserError for locked units."""
        for document in documents:
            self._check_open(document)
        with self._project.step("Remove the meaning units"):
            for document in documents:
                self._set(document, [])
            divided = [document for document in documents if self.of(document) is not None]
            set_gone(self._project.connection, schema.division, divided)

    # Parts

    def _replace(self, step: str, units: MeaningUnits, old: Sequence[Place], new: Sequence[Place]) -> None:
        with self._project.step(step):
            if self._hides(units):
                self._set(units.document, [*(place for place in units.places if place not in old), *new])
            else:
                self._change(units.document, old, new)
            put(
                self._project.connection,
                schema.division,
                units.document,
                made_from=units.made_from.value,
                locked=0,
            )

    def _hides(self, units: MeaningUnits) -> bool:
        """Whether there are units that overlap others, from another copy; a change clears them away."""
        table = schema.unit.c
        counted = select(func.count()).where(table.document == units.document, table.gone == 0)
        return self._project.connection.scalar(counted) != len(units.places)

    def _change(self, document: str, old: Sequence[Place], new: Sequence[Place]) -> None:
        """Part of a larger step: some units go, others come."""
        connection, table = self._project.connection, schema.unit.c
        come = {_guid(document, place): place for place in new}
        gone = {_guid(document, place) for place in old}
        known = set(connection.scalars(select(table.guid).where(among(table.guid, come))))
        set_gone(connection, schema.unit, sorted(gone - come.keys()))
        for guid, place in come.items():
            if guid in known:
                connection.execute(schema.unit.update().where(table.guid == guid).values(gone=0))
            else:
                row = {"guid": guid, "document": document, "place": place_text(*place)}
                connection.execute(schema.unit.insert(), row)

    def _set(self, document: str, places: Iterable[Place]) -> None:
        """Part of a larger step: exactly these units stand."""
        wanted = {_guid(document, place): place for place in places}
        connection, table = self._project.connection, schema.unit.c
        rows = connection.execute(select(table.guid, table.gone).where(table.document == document)).all()
        known = {row.guid: row.gone for row in rows}
        set_gone(connection, schema.unit, [g for g, gone in known.items() if not gone and g not in wanted])
        made = [
            {"guid": guid, "document": document, "place": place_text(*place)}
            for guid, place in wanted.items()
            if guid not in known
        ]
        if made:
            connection.execute(schema.unit.insert(), made)
        for guid in wanted:
            if known.get(guid):
                connection.execute(schema.unit.update().where(table.guid == guid).values(gone=0))

    def _need(self, document: str) -> MeaningUnits:
        units = self.of(document)
        if units is None:
            raise UserError("Divide the transcript into meaning units first.")
        self._refuse_locked(units)
        return units

    def _check_open(self, document: str) -> None:
        self._refuse_locked(self.of(document))

    @staticmethod
    def _refuse_locked(units: MeaningUnits | None) -> None:
        if units is not None and units.locked:
            raise UserError("The meaning units of this transcript are locked: unlock them first.")

    @staticmethod
    def _at(units: MeaningUnits, position: int) -> Place:
        for start, end in units.places:
            if start <= position < end:
                return start, end
        raise UserError("There is no meaning unit here.")


def _guid(document: str, place: Place) -> str:
    return str(uuid.uuid5(_UNITS, f"{document}/{place[0]}-{place[1]}"))


def _apart(places: Iterable[Place]) -> list[Place]:
    """In order; one that overlaps an earlier one is left out, of two that begin together the shorter."""
    found: list[Place] = []
    for place in sorted(places):
        if not found or found[-1][1] <= place[0]:
            found.append(place)
        elif found[-1][0] == place[0]:
            found[-1] = place
    return found


def _joined(places: Iterable[Place]) -> list[Place]:
    """Stretches that overlap or touch as one, in order."""
    found: list[Place] = []
    for start, end in sorted(places):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found
