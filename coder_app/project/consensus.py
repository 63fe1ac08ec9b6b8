"""The consensus: what the coders settled on, a layer of its own beside their codings."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS, Coding, Settlement, Verdict
from coder_app.project import schema
from coder_app.project.among import among
from coder_app.project.names import clean_text, plural
from coder_app.project.schema import place_range, place_text
from coder_app.project.shown import standing_settlements
from coder_app.project.writing import set_gone

if TYPE_CHECKING:
    from coder_app.project.project import Project

Placed = tuple[str, int, int]
"""A code (GUID) on ``[start, end)`` in code points."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A unit ``[start, end)`` of a transcript and what was decided about it.

    ``codings`` is what stands in the consensus then; ``taken`` the coder whose version was taken.
    """

    document: str
    start: int
    end: int
    verdict: Verdict
    codings: tuple[Placed, ...] = ()
    taken: str = ""
    reason: str = ""


class Consensus:
    """``project.consensus``. The coders' own codings stay as they are, whatever is settled."""

    def __init__(self, project: Project) -> None:
        self._project = project

    # Reading

    def settlements(self, round_guid: str | None = None) -> list[Settlement]:
        """The decisions that stand, of one round or all, by transcript and place."""
        table = schema.settlement.c
        query = select(
            table.guid,
            table.round,
            table.document,
            table.place,
            table.verdict,
            table.taken,
            table.reason,
            table.coder,
            table.created,
        ).where(table.guid.in_(select(standing_settlements().c.guid)))
        if round_guid is not None:
            query = query.where(table.round == round_guid)
        found = [
            Settlement(
                row.guid,
                row.round,
                row.document,
                *place_range(row.place),
                Verdict(row.verdict),
                row.taken,
                row.reason,
                row.coder,
                row.created,
            )
            for row in self._project.connection.execute(query).all()
        ]
        found.sort(key=lambda one: (one.document, one.start, one.end, one.guid))
        return found

    def codings(self, round_guid: str | None = None) -> dict[str, list[Coding]]:
        """Decision (GUID) -> its codings, by start, end and GUID; decisions without any are left out."""
        table, decided = schema.coding.c, schema.settlement.c
        query = (
            select(table.guid, table.settlement)
            .join(schema.settlement, decided.guid == table.settlement)
            .where(table.coder == CONSENSUS)
        )
        if round_guid is not None:
            query = query.where(decided.round == round_guid)
        decisions = dict(self._project.connection.execute(query).all())
        found: dict[str, list[Coding]] = {}
        for coding in self._project.codings.all([CONSENSUS]):
            decision = decisions.get(coding.guid)
            if decision is not None:
                found.setdefault(decision, []).append(coding)
        return found

    # Actions

    def settle(self, round_guid: str, decision: Decision) -> str:
        """Decide about one unit; returns the decision's GUID. See `settle_many`."""
        return self.settle_many(round_guid, [decision], f"Settle: {_WORDS[decision.verdict]}")[0]

    def settle_many(self, round_guid: str, decisions: Sequence[Decision], name: str = "") -> list[str]:
        """Decide about units of a round as one step; what was decided there before gives way.

        Raises UserError for a round that is gone, and for stretches or codes that are not there.
        """
        self._project.rounds.get(round_guid)
        for decision in decisions:
            self._check(decision)
        if not decisions:
            return []
        settlements, codings = [], []
        for decision in decisions:
            guid = str(uuid.uuid4())
            settlements.append(self._row(guid, round_guid, decision))
            for code, start, end in decision.codings:
                codings.append(
                    {
                        "guid": str(uuid.uuid4()),
                        "document": decision.document,
                        "coder": CONSENSUS,
                        "code": code,
                        "place": place_text(start, end),
                        "settlement": guid,
                    }
                )
        connection = self._project.connection
        with self._project.step(name or f"Settle {plural(len(decisions), 'passage')}"):
            self._clear([(decision.document, decision.start, decision.end) for decision in decisions])
            connection.execute(schema.settlement.insert(), settlements)
            if codings:
                connection.execute(schema.coding.insert(), codings)
        return [str(row["guid"]) for row in settlements]

    def unsettle(self, guids: Sequence[str]) -> None:
        """Take decisions back: these units are open again. Raises UserError for one that is gone."""
        standing = {one.guid for one in self.settlements()}
        if not standing.issuperset(guids):
            raise UserError("This decision is no longer in the project.")
        with self._project.step("Take back what was settled"):
            self._remove(guids)

    def _row(self, guid: str, round_guid: str, decision: Decision) -> dict[str, str | int]:
        return {
            "guid": guid,
            "round": round_guid,
            "document": decision.document,
            "place": place_text(decision.start, decision.end),
            "verdict": decision.verdict.value,
            "taken": decision.taken,
            "reason": clean_text(decision.reason),
            "coder": self._project.coders.current.guid,
            "created": self._project.now(),
        }

    def _clear(self, places: Sequence[tuple[str, int, int]]) -> None:
        """Part of a larger step: decisions about any part of these places give way."""
        wanted: dict[str, list[tuple[int, int]]] = {}
        for document, start, end in places:
            wanted.setdefault(document, []).append((start, end))
        table = schema.settlement.c
        rows = self._project.connection.execute(
            select(table.guid, table.document, table.place).where(
                table.gone == 0, among(table.document, wanted)
            )
        ).all()
        met = []
        for guid, document, place in rows:
            start, end = place_range(place)
            if any(low < end and start < high for low, high in wanted[document]):
                met.append(guid)
        self._remove(met)

    def _remove(self, settlements: Sequence[str]) -> None:
        connection, table = self._project.connection, schema.coding.c
        codings = connection.scalars(
            select(table.guid).where(
                table.coder == CONSENSUS, among(table.settlement, settlements), table.gone == 0
            )
        ).all()
        set_gone(connection, schema.coding, codings)
        set_gone(connection, schema.settlement, settlements)

    def _check(self, decision: Decision) -> None:
        if decision.codings and decision.verdict in (Verdict.NEITHER, Verdict.SKIP, Verdict.DISCUSS):
            raise ValueError(f"nothing is coded where the verdict is “{decision.verdict}”")
        if (decision.verdict is Verdict.TAKE) != bool(decision.taken):
            raise ValueError("the coder taken belongs to the verdict “take”, and to it alone")
        project = self._project
        project.codings.checked(decision.document, decision.start, decision.end)
        tree = project.codes.tree()
        for code, start, end in decision.codings:
            project.codings.checked(decision.document, start, end)
            if code not in tree:
                raise UserError("This code is no longer in the codebook.")


_WORDS = {
    Verdict.TAKE: "take one version",
    Verdict.BOTH: "both",
    Verdict.NEITHER: "neither",
    Verdict.OTHER: "another code or place",
    Verdict.AGREED: "agreed",
    Verdict.SKIP: "skip",
    Verdict.DISCUSS: "to be discussed",
}
