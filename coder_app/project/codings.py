"""Codings: a code on a stretch of text, by a coder; passages that still wait for a code."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, select

from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS, Coding, MemoTarget
from coder_app.project import schema
from coder_app.project.among import among, by_coders
from coder_app.project.names import plural
from coder_app.project.schema import place_range, place_text
from coder_app.project.shown import coding_shows
from coder_app.project.writing import set_field, set_gone

if TYPE_CHECKING:
    from coder_app.project.project import Project

_columns = (
    schema.coding.c.guid,
    schema.coding.c.document,
    schema.coding.c.coder,
    schema.coding.c.code,
    schema.coding.c.place,
    schema.coding.c.exemplar,
)


class Codings:
    """``project.codings``. Coders work on their own codings only; positions are code points."""

    def __init__(self, project: Project) -> None:
        self._project = project

    # Reading

    def of_document(self, document: str, coders: Collection[str] | None = None) -> list[Coding]:
        """Codings of one transcript by start, end and GUID.

        ``coders`` None means everybody's; here and everywhere the consensus comes only when it is
        asked for by its GUID.
        """
        return self._select([schema.coding.c.document == document], coders)

    def all(
        self, coders: Collection[str] | None = None, documents: Collection[str] | None = None
    ) -> list[Coding]:
        """Codings of the project by transcript (its GUID), start, end and GUID."""
        where = [] if documents is None else [among(schema.coding.c.document, documents)]
        return self._select(where, coders)

    def unnamed(self, coders: Collection[str] | None = None) -> list[Coding]:
        """Marked passages that wait for a code."""
        return self._select([schema.coding.c.code.is_(None)], coders)

    def of_codes(self, codes: Collection[str], coders: Collection[str] | None = None) -> list[Coding]:
        """Codings of any of these codes (not of those below them)."""
        return self._select([among(schema.coding.c.code, codes)], coders)

    def get(self, guids: Collection[str]) -> list[Coding]:
        """These codings, as far as they show."""
        return self._read([among(schema.coding.c.guid, guids)])

    def _select(self, where: Sequence[ColumnElement[bool]], coders: Collection[str] | None) -> list[Coding]:
        return self._read([by_coders(schema.coding.c.coder, coders), *where])

    def _read(self, where: Sequence[ColumnElement[bool]]) -> list[Coding]:
        query = select(*_columns).where(coding_shows(), *where)
        found = [
            Coding(guid, document, coder, code, *place_range(place), bool(exemplar))
            for guid, document, coder, code, place, exemplar in self._project.connection.execute(query).all()
        ]
        found.sort(key=lambda coding: (coding.document, coding.start, coding.end, coding.guid))
        return found

    # Actions

    def apply(self, document: str, start: int, end: int, code: str) -> str:
        """Put a code on ``[start, end)``; returns the coding's GUID.

        The same code on exactly the same stretch twice is one coding: then that one is returned.
        Raises UserError for a stretch outside the text or without a character other than white space.
        """
        start, end = self.checked(document, start, end)
        same = self._same(document, start, end, code)
        return same or self._insert(f"Apply code: {self._code_name(code)}", document, start, end, code)

    def _same(self, document: str, start: int, end: int, code: str) -> str | None:
        """An own coding of this code on exactly this stretch."""
        table = schema.coding.c
        return self._project.connection.scalar(
            select(table.guid).where(
                table.document == document,
                table.place == place_text(start, end),
                table.code == code,
                table.coder == self._me,
                coding_shows(),
            )
        )

    def mark(self, document: str, start: int, end: int) -> str:
        """Mark ``[start, end)`` without a code yet; returns the GUID. Raises UserError as `apply`."""
        start, end = self.checked(document, start, end)
        return self._insert("Mark passage", document, start, end, None)

    def apply_many(self, places: Sequence[tuple[str, int, int, str | None]]) -> list[str]:
        """Put codes on many stretches as one step: (transcript, start, end, code or None)."""
        rows = []
        for document, start, end, code in places:
            start, end = self.checked(document, start, end)
            self._code_name(code)
            rows.append(self._row(document, start, end, code))
        if rows:
            with self._project.step(f"Apply {plural(len(rows), 'coding')}"):
                self._project.connection.execute(schema.coding.insert(), rows)
        return [str(row["guid"]) for row in rows]

    def _insert(self, step: str, document: str, start: int, end: int, code: str | None) -> str:
        row = self._row(document, start, end, code)
        with self._project.step(step):
            self._project.connection.execute(schema.coding.insert(), row)
            self._project.documents.begin_reading(document)
        return str(row["guid"])

    def _row(self, document: str, start: int, end: int, code: str | None) -> dict[str, str | None]:
        return {
            "guid": str(uuid.uuid4()),
            "document": document,
            "coder": self._me,
            "code": code,
            "place": place_text(start, end),
        }

    def name(self, guids: Sequence[str], code: str) -> None:
        """Give marked passages their code."""
        self._set_code(f"Name passage: {self._code_name(code)}", self.own(guids), code)

    def recode(self, guids: Sequence[str], code: str) -> None:
        """Give codings another code."""
        self._set_code(f"Recode: {self._code_name(code)}", self.own(guids), code)

    def _set_code(self, step: str, codings: Sequence[Coding], code: str) -> None:
        with self._project.step(step):
            self.change_code(codings, code)

    def change_code(self, codings: Sequence[Coding], code: str) -> None:
        """Part of a larger step: recode; where that makes two alike of one coder, one stays."""
        there_now = [*self.of_codes([code]), *self.of_codes([code], [CONSENSUS])]
        decided = self._decisions_of([*there_now, *codings])

        def place(coding: Coding) -> tuple[str | int | None, ...]:
            """Where no two codings of one code stand; in the consensus, each decision by itself."""
            return coding.document, coding.coder, coding.start, coding.end, decided.get(coding.guid)

        there = {place(coding): coding.guid for coding in there_now}
        moved: list[str] = []
        doubled: list[tuple[Coding, str]] = []
        for coding in codings:
            twin = there.setdefault(place(coding), coding.guid)
            if twin == coding.guid:
                moved.append(coding.guid)
            else:
                doubled.append((coding, twin))
        set_field(self._project.connection, schema.coding, "code", ((guid, code) for guid in moved))
        self._unite(doubled)

    def change_coder(self, old: str, new: str) -> None:
        """Part of a larger step: codings of one coder are another's; of two alike one stays."""
        table, other = schema.coding, schema.coding.alias()
        alike = [table.c[name].is_not_distinct_from(other.c[name]) for name in ("document", "place", "code")]
        twins = dict(
            self._project.connection.execute(
                select(table.c.guid, other.c.guid)
                .join(other, and_(other.c.coder == new, other.c.gone == 0, *alike))
                .where(table.c.coder == old, table.c.gone == 0)
            ).all()
        )
        if twins:
            self._unite([(coding, twins[coding.guid]) for coding in self.get(list(twins))])
        # those that do not show too: they may be brought back
        self._project.connection.execute(table.update().where(table.c.coder == old).values(coder=new))

    def _decisions_of(self, codings: Sequence[Coding]) -> dict[str, str]:
        """Coding of the consensus -> the decision that put it there."""
        guids = [coding.guid for coding in codings if coding.coder == CONSENSUS]
        if not guids:
            return {}
        table = schema.coding.c
        rows = self._project.connection.execute(
            select(table.guid, table.settlement).where(among(table.guid, guids))
        )
        return {row.guid: row.settlement or "" for row in rows}

    def _unite(self, doubled: Sequence[tuple[Coding, str]]) -> None:
        """Part of a larger step: of (coding, twin) the twin stays, with memos and exemplar mark of both."""
        connection = self._project.connection
        for coding, twin in doubled:
            self._project.memos.retarget(coding.guid, twin)
        marked = ((twin, 1) for coding, twin in doubled if coding.exemplar)
        set_field(connection, schema.coding, "exemplar", marked)
        set_gone(connection, schema.coding, [coding.guid for coding, _ in doubled])

    def resize(self, guid: str, start: int, end: int) -> None:
        """Give a coding other ends; where the same code is there already, one of the two stays.

        Raises UserError as `apply`.
        """
        (coding,) = self.own([guid])
        start, end = self.checked(coding.document, start, end)
        twin = coding.code and self._same(coding.document, start, end, coding.code)
        with self._project.step(f"Resize: {self._code_name(coding.code)}"):
            if twin and twin != guid:
                self._unite([(coding, twin)])
            else:
                set_field(self._project.connection, schema.coding, "place", [(guid, place_text(start, end))])

    def remove(self, guids: Sequence[str]) -> None:
        """Remove own codings, with one's own memos on them."""
        codings = self.own(guids)
        names = {self._code_name(coding.code) for coding in codings}
        what = names.pop() if len(codings) == 1 else plural(len(codings), "coding")
        with self._project.step(f"Remove: {what}"):
            self.remove_quietly([coding.guid for coding in codings])

    def remove_quietly(self, guids: Sequence[str]) -> None:
        """Part of a larger step: codings and one's own memos on them go."""
        self._project.memos.remove_about(MemoTarget.CODING, guids)
        set_gone(self._project.connection, schema.coding, guids)

    def set_exemplar(self, guid: str, exemplar: bool) -> None:
        """Mark a coding as one that shows best what its code means, or take the mark away."""
        (coding,) = self.own([guid])
        word = "Mark as exemplar" if exemplar else "Unmark exemplar"
        with self._project.step(f"{word}: {self._code_name(coding.code)}"):
            set_field(self._project.connection, schema.coding, "exemplar", [(guid, int(exemplar))])

    # Checks

    @property
    def _me(self) -> str:
        return self._project.coders.current.guid

    def own(self, guids: Sequence[str]) -> list[Coding]:
        """These codings in the given order.

        Raises UserError where one is gone or another coder's.
        """
        found = {coding.guid: coding for coding in self.get(guids)}
        if any(guid not in found for guid in guids):
            raise UserError("This coding is no longer in the project.")
        if any(coding.coder == CONSENSUS for coding in found.values()):
            raise UserError("Codings of the consensus change where they are settled, on the page Agreement.")
        if any(coding.coder != self._me for coding in found.values()):
            raise UserError("Codings of another coder stay as they are: only their coder changes them.")
        return [found[guid] for guid in guids]

    def checked(self, document: str, start: int, end: int) -> tuple[int, int]:
        """A stretch that can be coded. Raises UserError as `apply`."""
        self._project.documents.need(document)
        text = self._project.documents.content(document).text
        if not 0 <= start < end <= len(text):
            raise UserError("This passage lies outside the transcript.")
        if not text[start:end].strip():
            raise UserError("Select some words first: this passage holds white space only.")
        return start, end

    def _code_name(self, code: str | None) -> str:
        if code is None:
            return "passage without a code"
        tree = self._project.codes.tree()
        if code not in tree:
            raise UserError("This code is no longer in the codebook.")
        return tree[code].name
