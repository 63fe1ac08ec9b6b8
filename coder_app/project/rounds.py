"""Rounds: agreement measured at a moment, frozen with all that it measured."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from coder_app.core.errors import UserError
from coder_app.core.model import Round
from coder_app.project import comparing, schema, sources
from coder_app.project.names import clean_name
from coder_app.project.shown import round_shows
from coder_app.project.writing import set_field, set_gone

if TYPE_CHECKING:
    from coder_app.project.project import Project
    from coder_app.project.sources import Choice, Sources


class Rounds:
    """``project.rounds``. What a round froze lies outside the history, which keeps its hash."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._thawed: dict[str, tuple[Sources, Choice]] = {}

    # Reading

    def all(self) -> list[Round]:
        """Every round, oldest first."""
        table = schema.round_.c
        rows = self._project.connection.execute(
            select(table.guid, table.name, table.coder, table.created).where(round_shows())
        )
        return sorted((Round(*row) for row in rows), key=lambda found: (found.created, found.guid))

    def get(self, guid: str) -> Round:
        """Raises UserError where there is no such round."""
        for found in self.all():
            if found.guid == guid:
                return found
        raise UserError("This round is no longer in the project.")

    def named(self, name: str) -> Round:
        """The round of that name, letter case apart; of several the latest.

        Raises UserError where there is none.
        """
        wanted = " ".join(name.split()).casefold()
        found = [one for one in self.all() if one.name.casefold() == wanted]
        if not found:
            known = ", ".join(one.name for one in self.all()) or "none"
            raise UserError(f"This project has no round “{name}”. Its rounds are: {known}.")
        return found[-1]

    def sources(self, guid: str) -> Sources:
        """What the round froze. Raises UserError where it is missing or damaged."""
        return self._thaw(guid)[0]

    def choice(self, guid: str) -> Choice:
        """What the round measured. Raises UserError as `sources`."""
        return self._thaw(guid)[1]

    def _thaw(self, guid: str) -> tuple[Sources, Choice]:
        if guid not in self._thawed:
            found = self.get(guid)
            data = self._project.connection.scalar(
                select(schema.frozen.c.data).where(schema.frozen.c.guid == guid)
            )
            if data is None:
                raise UserError(f"What the round “{found.name}” measured is missing in this file.")
            self._thawed[guid] = sources.thaw(self._project, data)
        return self._thawed[guid]

    def covering(self, coders: Collection[str], documents: Collection[str]) -> Round | None:
        """The latest round whose coders and transcripts (GUIDs) include these; None where there is none."""
        for found in reversed(self.all()):
            choice = self.choice(found.guid)
            if set(coders) <= set(choice.coders) and set(documents) <= set(choice.documents or ()):
                return found
        return None

    # Actions

    def make(self, name: str, choice: Choice) -> str:
        """Freeze what ``choice`` compares, as it is now; returns the round's GUID.

        The round keeps the coders and transcripts that really enter. Raises UserError for an empty or
        taken name, and where the choice leaves nothing to compare.
        """
        self._check_free(clean_name(name, "round"), None)
        return self.keep(name, self.frozen(choice))

    def frozen(self, choice: Choice) -> str:
        """What a round of ``choice`` would freeze, for `keep`; another thread can ask a snapshot for it.

        Raises UserError where the choice leaves nothing to compare.
        """
        now = sources.read_sources(self._project)
        return sources.freeze(now, comparing.settled_choice(now, choice))

    def keep(self, name: str, data: str) -> str:
        """Make a round of what `frozen` gave; returns its GUID. Raises UserError as `make`."""
        name = clean_name(name, "round")
        self._check_free(name, None)
        guid = str(uuid.uuid4())
        row = {
            "guid": guid,
            "name": name,
            "coder": self._project.coders.current.guid,
            "created": self._project.now(),
            "sha256": hashlib.sha256(data.encode()).hexdigest(),
        }
        with self._project.step(f"Freeze round: {name}"):
            self._project.connection.execute(schema.frozen.insert(), {"guid": guid, "data": data})
            self._project.connection.execute(schema.round_.insert(), row)
        return guid

    def free_name(self) -> str:
        """“Round 1”, or the first number that no round has."""
        taken = {found.name.casefold() for found in self.all()}
        number = 1
        while f"round {number}" in taken:
            number += 1
        return f"Round {number}"

    def rename(self, guid: str, name: str) -> None:
        """Raises UserError where the name is empty or taken."""
        name = clean_name(name, "round")
        self.get(guid)
        self._check_free(name, guid)
        with self._project.step(f"Rename round: {name}"):
            set_field(self._project.connection, schema.round_, "name", [(guid, name)])

    def remove(self, guids: Sequence[str]) -> None:
        """Remove rounds; one in which something is settled, or coded again, still shows."""
        for guid in guids:
            self.get(guid)
        with self._project.step("Remove round"):
            set_gone(self._project.connection, schema.round_, guids)

    def _check_free(self, name: str, own: str | None) -> None:
        if any(found.name.casefold() == name.casefold() and found.guid != own for found in self.all()):
            raise UserError(f"There is already a round named “{name}” in this project.")
