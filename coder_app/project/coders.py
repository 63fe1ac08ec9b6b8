"""The people who code, and who of them works now."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from coder_app.core.changes import Changes
from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS, Coder
from coder_app.project import joining, schema
from coder_app.project.kept import Kept
from coder_app.project.names import clean_name
from coder_app.project.reach import Reach
from coder_app.project.shown import coder_shows

if TYPE_CHECKING:
    from coder_app.project.project import Project


CONSENSUS_NAME = "Consensus"


class Coders:
    """``project.coders``. Who works now is a matter of this window, not of the file."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._current: Coder | None = None
        self._outdated = False  # the current coder may have been renamed, or joined into another
        self._all = Kept(project, schema.coder, self._read_all, ("coder",))
        self._names = Kept(project, schema.coder, self._read_names, ("coder",))

    def all(self) -> list[Coder]:
        """Every coder, by name."""
        return self._all.get()

    def _read_all(self) -> list[Coder]:
        table = schema.coder.c
        rows = self._project.connection.execute(
            select(table.guid, table.name, table.person).where(coder_shows())
        )
        found = (Coder(row.guid, row.name, row.person or "") for row in rows)
        return sorted(found, key=lambda coder: (coder.name.casefold(), coder.guid))

    def layers(self) -> list[Coder]:
        """Every coder, and the consensus (its GUID is ``CONSENSUS``) where anything was settled."""
        settled = self._project.connection.scalar(select(exists().where(schema.settlement.c.gone == 0)))
        return [*self.all(), Coder(CONSENSUS, CONSENSUS_NAME)] if settled else self.all()

    @property
    def chosen(self) -> bool:
        """Whether it is known who works now; a project of one coder is hers."""
        return self._current is not None or len(self.all()) == 1

    @property
    def current(self) -> Coder:
        """Who works now.

        Raises UserError until somebody was chosen; a project of one coder is hers.
        """
        if self._current is None:
            everybody = self.all()
            if len(everybody) != 1:
                raise UserError("Choose who is coding first.")
            self._current = everybody[0]
        if self._outdated:
            self.refresh()
        return self._current

    def switch(self, guid: str) -> None:
        """From now on this coder works; for one who was joined into another, that other.

        Raises UserError where there is none of that GUID.
        """
        self._current = self.need(self._joined_into(guid))

    def _joined_into(self, guid: str) -> str:
        """Whom a coder was joined into, and that one perhaps again; else the coder."""
        into = dict(self.joined())
        seen = set()
        while guid in into and guid not in seen:  # two laptops may have joined crosswise
            seen.add(guid)
            guid = into[guid]
        return guid

    def need(self, guid: str) -> Coder:
        """The coder of that GUID. Raises UserError where there is none."""
        for coder in self.all():
            if coder.guid == guid:
                return coder
        raise UserError("This project has no such coder.")

    def named(self, name: str) -> Coder:
        """The coder of that name, letter case apart; “Consensus” is found where there is one.

        Raises UserError where there is none, or where two have the name.
        """
        wanted = " ".join(name.split()).casefold()
        found = [coder for coder in self.layers() if coder.name.casefold() == wanted]
        if not found:
            known = ", ".join(coder.name for coder in self.all())
            raise UserError(f"This project has no coder “{name}”. Its coders are: {known}.")
        if len(found) > 1:
            raise UserError(f"This project has {len(found)} coders named “{name}”; rename one of them first.")
        return found[0]

    def name_of(self, guid: str | None) -> str:
        """Of any coder there ever was; “somebody” for one who is not known."""
        return self.names().get(guid or "", "somebody")

    def names(self) -> dict[str, str]:
        """GUID -> name of everybody there ever was, and of the consensus."""
        return dict(self._names.get())

    def _read_names(self) -> list[tuple[str, str]]:
        table = schema.coder.c
        rows = self._project.connection.execute(select(table.guid, table.name))
        return [(CONSENSUS, CONSENSUS_NAME), *((row.guid, row.name) for row in rows)]

    def add(self, name: str) -> str:
        """A new coder; returns the GUID. Raises UserError where the name is empty or taken."""
        name = clean_name(name, "coder")
        self.check_free(name)
        guid = str(uuid.uuid4())
        with self._project.step(f"Add coder: {name}", coder=guid, undoable=False):
            self._project.connection.execute(schema.coder.insert(), {"guid": guid, "name": name})
        return guid

    def rename(self, guid: str, name: str) -> None:
        """Raises UserError where the name is empty or taken."""
        self.need(guid)
        name = clean_name(name, "coder")
        self.check_free(name, guid)
        with self._project.step(f"Rename coder: {name}"):
            self._project.connection.execute(
                schema.coder.update().where(schema.coder.c.guid == guid).values(name=name)
            )

    def joined(self) -> list[tuple[str, str]]:
        """Coders (GUIDs) who were joined into another, and into whom."""
        table = schema.coder.c
        rows = self._project.connection.execute(
            select(table.guid, table.person).where(table.gone == 1, table.person.is_not(None))
        )
        return [(row.guid, row.person) for row in rows]

    def join(self, gone: str, into: str) -> None:
        """Make the work of one coder another's; see `joining.join_coders`."""
        joining.join_coders(self._project, gone, into)

    def check_free(self, name: str, own: str | None = None) -> None:
        """Raise UserError where another coder than ``own`` has the name."""
        if name.casefold() == CONSENSUS_NAME.casefold():
            raise UserError("“Consensus” is what the coders settle on together; it cannot be a coder's name.")
        taken = any(c.name.casefold() == name.casefold() and c.guid != own for c in self.all())
        if taken:
            raise UserError(f"There is already a coder named “{name}” in this project.")

    def after_step(self, reach: Reach) -> Changes:
        """Forget what a step may have changed; returns what it changed by reference."""
        changed = self._all.after_step(reach)
        self._names.after_step(reach)
        if "coder" in reach.touched:
            self.refresh()
        return Changes.CODERS if changed else Changes.NONE

    def forget(self) -> None:
        self._all.forget()
        self._names.forget()
        self._outdated = True

    def refresh(self) -> None:
        """Read the current coder again, who may have been renamed, or joined into another."""
        self._outdated = False
        if self._current is not None:
            guid = self._joined_into(self._current.guid)
            self._current = next((coder for coder in self.all() if coder.guid == guid), self._current)
