"""Stability passes: agreed units coded again, blind, by another coder or by the same one later."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from coder_app.core.errors import UserError
from coder_app.core.model import Coding, StabilityPass
from coder_app.core.spans import Range
from coder_app.core.unit_steps import coded
from coder_app.project import schema
from coder_app.project.names import clean_name
from coder_app.project.writing import set_gone

if TYPE_CHECKING:
    from coder_app.project.agreed import Agreed, PassResult
    from coder_app.project.project import Project


class Stability:
    """``project.stability``. A pass codes as a coder of its own, so nothing of the first coding shows."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._agreed: dict[str, Agreed] = {}

    def all(self) -> list[StabilityPass]:
        """Every pass, oldest first."""
        table = schema.stability.c
        coders = {coder.guid: coder for coder in self._project.coders.all()}
        rows = self._project.connection.execute(
            select(table.guid, table.round, table.coder, table.created).where(table.gone == 0)
        )
        found = [
            StabilityPass(row.guid, row.round, coders[row.coder], row.created)
            for row in rows
            if row.coder in coders
        ]
        return sorted(found, key=lambda one: (one.created, one.guid))

    def get(self, guid: str) -> StabilityPass:
        """Raises UserError where there is no such pass."""
        for found in self.all():
            if found.guid == guid:
                return found
        raise UserError("This stability pass is no longer in the project.")

    def of_coder(self, coder: str) -> StabilityPass | None:
        """The pass that this coder (GUID) is there for, if any."""
        return next((found for found in self.all() if found.coder.guid == coder), None)

    # What is coded again

    def agreed(self, round_guid: str) -> Agreed:
        """The units on which the round's coders agree; worked out once. Raises UserError as the round."""
        if round_guid not in self._agreed:
            from coder_app.project.agreed import agreed_units

            rounds = self._project.rounds
            self.keep(round_guid, agreed_units(rounds.sources(round_guid), rounds.choice(round_guid)))
        return self._agreed[round_guid]

    def known(self, round_guid: str) -> Agreed | None:
        """The same, if it was worked out before."""
        return self._agreed.get(round_guid)

    def keep(self, round_guid: str, agreed: Agreed) -> None:
        """Take over what was worked out elsewhere (``agreed.agreed_units`` on the round's values)."""
        self._agreed[round_guid] = agreed

    def units(self, guid: str) -> Mapping[str, tuple[Range, ...]]:
        """Transcript -> the agreed units of the pass' round, without their codes."""
        return self.agreed(self.get(guid).round).places

    def progress(self, guid: str) -> tuple[int, int]:
        """How many of the agreed units have a code of the pass by now, and how many there are."""
        found = self.get(guid)
        places = self.agreed(found.round).places
        done = 0
        for document, codings in self._codings(found, places).items():
            own = [(c.start, c.end) for c in codings if c.code is not None]
            done += sum(coded(places[document], own))
        return done, sum(map(len, places.values()))

    def result(self, guid: str) -> PassResult:
        """The pass compared with its round. Raises UserError where the pass or the round is gone."""
        from coder_app.project.agreed import pass_result

        found = self.get(guid)
        agreed = self.agreed(found.round)
        return pass_result(agreed, self._codings(found, agreed.places), self._project.codes.tree())

    def _codings(self, found: StabilityPass, documents: Collection[str]) -> dict[str, list[Coding]]:
        """Transcript -> the codings of the pass' coder there."""
        own: dict[str, list[Coding]] = {}
        for coding in self._project.codings.all([found.coder.guid], documents):
            own.setdefault(coding.document, []).append(coding)
        return own

    # Actions

    def start(self, round_guid: str, person: str, name: str = "") -> str:
        """A new pass over the agreed units of a round, coded by ``person`` (GUID); returns its GUID.

        The pass gets a coder of its own, named after the person: “Ada (second pass)” where she coded in
        the round, else “Ada (stability pass)”. The work is done after switching to it. Raises UserError
        where the round or the person is gone, or the name is taken.
        """
        project = self._project
        round_name = project.rounds.get(round_guid).name
        who = project.coders.need(person)
        again = (who.person or who.guid) in project.rounds.choice(round_guid).coders
        kind = "second pass" if again else "stability pass"
        name = clean_name(name or self._free_name(who.name, kind), "coder")
        coder, guid = str(uuid.uuid4()), str(uuid.uuid4())
        with project.step(f"Begin stability pass: {round_name}"):
            project.coders.check_free(name)
            project.connection.execute(
                schema.coder.insert(), {"guid": coder, "name": name, "person": who.person or who.guid}
            )
            project.connection.execute(
                schema.stability.insert(),
                {"guid": guid, "round": round_guid, "coder": coder, "created": project.now()},
            )
        return guid

    def remove(self, guids: Sequence[str]) -> None:
        """Remove passes; codings made in them stay with their coder."""
        for guid in guids:
            self.get(guid)
        with self._project.step("Remove stability pass"):
            set_gone(self._project.connection, schema.stability, guids)

    def _free_name(self, name: str, kind: str) -> str:
        taken = {coder.name.casefold() for coder in self._project.coders.all()}
        candidate, number = f"{name} ({kind})", 3 if kind == "second pass" else 2
        while candidate.casefold() in taken:
            candidate, number = f"{name} (pass {number})", number + 1
        return candidate
