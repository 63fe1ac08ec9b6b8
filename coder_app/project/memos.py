"""Dated notes on anything."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from coder_app.core.errors import UserError
from coder_app.core.model import Memo, MemoTarget
from coder_app.project import schema
from coder_app.project.among import among
from coder_app.project.names import clean_text
from coder_app.project.schema import place_range, place_text
from coder_app.project.writing import set_field, set_gone

if TYPE_CHECKING:
    from coder_app.project.project import Project


class Memos:
    """``project.memos``."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def all(self, coders: Collection[str] | None = None) -> list[Memo]:
        """Every memo, oldest first; ``coders`` None means everybody's."""
        return self._select(coders)

    def about(self, kind: MemoTarget, target: str, coders: Collection[str] | None = None) -> list[Memo]:
        """Memos on one thing, oldest first."""
        return self._select(coders, schema.memo.c.kind == kind.value, schema.memo.c.target == target)

    def _select(self, coders: Collection[str] | None, *where: ColumnElement[bool]) -> list[Memo]:
        table = schema.memo.c
        query = select(
            table.guid, table.kind, table.target, table.coder, table.text, table.created, table.place
        ).where(table.gone == 0, *where)
        if coders is not None:
            query = query.where(table.coder.in_(coders))
        found = []
        for guid, kind, target, coder, text, created, place in self._project.connection.execute(
            query.order_by(table.created, table.guid)
        ):
            start, end = place_range(place) if place else (0, 0)
            found.append(Memo(guid, MemoTarget(kind), target, coder, text, created, start, end))
        return found

    def add(self, kind: MemoTarget, target: str, text: str, start: int = 0, end: int = 0) -> str:
        """Write a memo; returns its GUID.

        For a passage ``target`` is the transcript and ``[start, end)`` the place in code points.
        Raises UserError for an empty memo, and where what it is about is no longer in the project.
        """
        text = self._checked(text)
        self._check_target(kind, target, start, end)
        guid = str(uuid.uuid4())
        row = {
            "guid": guid,
            "kind": kind.value,
            "target": target,
            "place": place_text(start, end) if kind == MemoTarget.PASSAGE else None,
            "coder": self._project.coders.current.guid,
            "text": text,
            "created": self._project.now(),
        }
        with self._project.step(f"Write memo on {kind.value}"):
            self._project.connection.execute(schema.memo.insert(), row)
        return guid

    def edit(self, guid: str, text: str) -> None:
        """Change an own memo. Raises UserError for an empty text and for another coder's memo."""
        text = self._checked(text)
        self._check_own([guid])
        with self._project.step("Edit memo"):
            set_field(self._project.connection, schema.memo, "text", [(guid, text)])

    def remove(self, guids: Sequence[str]) -> None:
        """Remove own memos. Raises UserError for another coder's."""
        self._check_own(guids)
        with self._project.step("Remove memo"):
            set_gone(self._project.connection, schema.memo, guids)

    def remove_about(self, kind: MemoTarget, targets: Collection[str]) -> None:
        """Part of a larger step: one's own memos on these things go."""
        table = schema.memo.c
        mine = self._project.coders.current.guid
        found = self._project.connection.scalars(
            select(table.guid).where(
                table.kind == kind.value, among(table.target, targets), table.coder == mine, table.gone == 0
            )
        ).all()
        set_gone(self._project.connection, schema.memo, found)

    def retarget(self, old: str, new: str) -> None:
        """Part of a larger step: memos on one thing are now on another."""
        table = schema.memo.c
        found = self._project.connection.scalars(
            select(table.guid).where(table.target == old, table.gone == 0)
        ).all()
        set_field(self._project.connection, schema.memo, "target", ((guid, new) for guid in found))

    def _checked(self, text: str) -> str:
        text = clean_text(text)
        if not text:
            raise UserError("Write something first: a memo cannot be empty.")
        return text

    def _check_target(self, kind: MemoTarget, target: str, start: int, end: int) -> None:
        project = self._project
        if kind == MemoTarget.PASSAGE:
            project.codings.checked(target, start, end)
        elif kind == MemoTarget.DOCUMENT:
            project.documents.need(target)
        elif kind == MemoTarget.PARTICIPANT:
            project.participants.need(target)
        elif kind == MemoTarget.CODE and target not in project.codes.tree():
            raise UserError("This code is no longer in the codebook.")
        elif kind == MemoTarget.CODING and not project.codings.get([target]):
            raise UserError("This coding is no longer in the project.")
        elif kind == MemoTarget.PROJECT and target != project.guid:
            raise UserError("This memo is about another project.")

    def _check_own(self, guids: Sequence[str]) -> None:
        table = schema.memo.c
        found = self._project.connection.execute(
            select(table.guid, table.coder).where(among(table.guid, guids), table.gone == 0)
        ).all()
        if {row.guid for row in found} != set(guids):
            raise UserError("This memo is no longer in the project.")
        if any(row.coder != self._project.coders.current.guid for row in found):
            raise UserError("Memos of another coder stay as they are: only their writer changes them.")
