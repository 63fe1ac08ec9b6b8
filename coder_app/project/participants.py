"""The people interviewed and what is known about them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from coder_app.core.changes import Changes
from coder_app.core.codetree import key_after
from coder_app.core.errors import UserError
from coder_app.core.model import Participant
from coder_app.project import joining, schema
from coder_app.project.kept import Kept
from coder_app.project.names import clean_name, clean_text, plural
from coder_app.project.reach import Reach
from coder_app.project.shown import attribute_shows, participant_shows, value_shows
from coder_app.project.writing import put, set_field, set_gone

if TYPE_CHECKING:
    from coder_app.project.project import Project

_ATTRIBUTES = uuid.UUID("0c5f1f3a-3f5e-5b0e-8f57-2f4a1d0b9c36")  # name space of the GUIDs of attributes
_VALUES = uuid.UUID("6e2f6f5c-6a0b-5d0e-9d53-0d0f2f1c7b11")  # name space of the GUIDs of attribute values


def natural(label: str) -> list[tuple[int, int | str]]:
    """Sort key that puts P2 before P10."""
    return [
        (0, int(part[:300])) if part.isdecimal() else (1, part.casefold())
        for part in re.findall(r"\d+|\D+", label)
    ]


def _pseudonym(text: str) -> str:
    """A pseudonym as it is stored; none is empty. Raises UserError as for names."""
    return clean_name(text, "participant") if text.strip() else ""


class Participants:
    """``project.participants``."""

    def __init__(self, project: Project) -> None:
        self._project = project
        own = ("participant", "attribute", "attribute_value", "speaker")
        through = (schema.document, schema.attribute)
        self._all = Kept(project, schema.participant, self._read_all, own, through)

    def all(self) -> list[Participant]:
        """Every participant, P2 before P10."""
        return self._all.get()

    def _read_all(self) -> list[Participant]:
        connection = self._project.connection
        attributes = self._attributes()
        values: dict[str, dict[str, str]] = {}
        rows = connection.execute(
            select(
                schema.attribute_value.c.participant,
                schema.attribute_value.c.attribute,
                schema.attribute_value.c.value,
            ).where(value_shows())
        ).all()
        by_pair = {(row.participant, row.attribute): row.value for row in rows}
        for (participant, attribute), value in by_pair.items():
            values.setdefault(participant, {})[attribute] = value
        table = schema.participant.c
        people = connection.execute(
            select(table.guid, table.label, table.pseudonym).where(participant_shows())
        )
        found = [
            Participant(
                row.guid,
                row.label,
                row.pseudonym,
                _known(attributes, values.get(row.guid, {})),
            )
            for row in people
        ]
        return sorted(found, key=lambda person: (natural(person.label), person.guid))

    def labelled(self, label: str) -> Participant | None:
        """The first participant of that label, letter case apart."""
        wanted = label.strip().casefold()
        return next((p for p in self.all() if p.label.casefold() == wanted), None)

    def next_label(self) -> str:
        """The first of P1, P2 ... that is free."""
        taken = {person.label.casefold() for person in self.all()}
        number = 1
        while f"p{number}" in taken:
            number += 1
        return f"P{number}"

    def attributes(self) -> list[str]:
        """Names of the attributes in their order."""
        return list(self._attributes())

    def after_step(self, reach: Reach) -> Changes:
        """Forget what a step may have changed; returns what it changed by reference."""
        return Changes.PARTICIPANTS if self._all.after_step(reach) else Changes.NONE

    def forget(self) -> None:
        self._all.forget()

    def _attributes(self) -> dict[str, list[str]]:
        """Name -> GUIDs, in their order; where two laptops gave one name twice, several."""
        table = schema.attribute.c
        rows = self._project.connection.execute(
            select(table.guid, table.name).where(attribute_shows()).order_by(table.position, table.guid)
        )
        names: dict[str, str] = {}
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(names.setdefault(row.name.casefold(), row.name), []).append(row.guid)
        return found

    def add(self, label: str, pseudonym: str = "") -> str:
        """A new participant; returns the GUID. Raises UserError where the label is empty or taken."""
        label = clean_name(label, "participant")
        if self.labelled(label):
            raise UserError(f"There is already a participant “{label}”.")
        guid = str(uuid.uuid4())
        with self._project.step(f"Add participant: {label}"):
            self._project.connection.execute(
                schema.participant.insert(),
                {"guid": guid, "label": label, "pseudonym": _pseudonym(pseudonym)},
            )
        return guid

    def rename(self, guid: str, label: str) -> None:
        """Give a participant another label. Raises UserError where it is empty or taken."""
        label = clean_name(label, "participant")
        other = self.labelled(label)
        if other is not None and other.guid != guid:
            raise UserError(f"There is already a participant “{label}”.")
        self._set(guid, f"Rename participant: {label}", "label", label)

    def set_pseudonym(self, guid: str, pseudonym: str) -> None:
        """Raises UserError for what cannot be a name; an empty text is no pseudonym."""
        self._set(guid, "Change pseudonym", "pseudonym", _pseudonym(pseudonym))

    def _set(self, guid: str, step: str, field: str, value: str) -> None:
        self.need(guid)
        with self._project.step(step):
            set_field(self._project.connection, schema.participant, field, [(guid, value)])

    def add_attribute(self, name: str) -> str:
        """An attribute to be known of everybody (age, sex ...); returns its GUID, also of one that exists."""
        name = clean_name(name, "attribute")
        for existing, guids in self._attributes().items():
            if existing.casefold() == name.casefold():
                return guids[0]
        positions = self._project.connection.scalars(
            select(schema.attribute.c.position).order_by(schema.attribute.c.position.desc()).limit(1)
        ).first()
        guid = self._new_attribute_guid(name)
        with self._project.step(f"Add attribute: {name}"):
            put(self._project.connection, schema.attribute, guid, name=name, position=key_after(positions))
        return guid

    def _new_attribute_guid(self, name: str) -> str:
        """The same on every laptop that adds it, unless the one of this name is called otherwise now."""
        guid = str(uuid.uuid5(_ATTRIBUTES, name.casefold()))
        table = schema.attribute.c
        taken = self._project.connection.scalar(select(table.name).where(table.guid == guid)) or name
        return guid if taken.casefold() == name.casefold() else str(uuid.uuid4())

    def rename_attribute(self, old: str, new: str) -> None:
        new = clean_name(new, "attribute")
        if new.casefold() != old.casefold() and new.casefold() in (n.casefold() for n in self.attributes()):
            raise UserError(f"There is already an attribute “{new}”.")
        guids = self._guids_of(old)
        with self._project.step(f"Rename attribute: {new}"):
            set_field(self._project.connection, schema.attribute, "name", ((guid, new) for guid in guids))

    def remove_attribute(self, name: str) -> None:
        """Remove an attribute with everybody's values."""
        guids = self._guids_of(name)
        with self._project.step(f"Remove attribute: {name}"):
            self._remove_values(schema.attribute_value.c.attribute.in_(guids))
            set_gone(self._project.connection, schema.attribute, guids)

    def _remove_values(self, which: ColumnElement[bool]) -> None:
        """Part of a larger step: these values go."""
        values = select(schema.attribute_value.c.guid).where(which, value_shows())
        set_gone(
            self._project.connection,
            schema.attribute_value,
            self._project.connection.scalars(values).all(),
        )

    def _guids_of(self, attribute: str) -> list[str]:
        for name, guids in self._attributes().items():
            if name.casefold() == attribute.casefold():
                return guids
        raise UserError(f"There is no attribute “{attribute}”.")

    def set_attribute(self, guid: str, attribute: str, value: str) -> None:
        """Set a participant's value; an unknown attribute is made, an empty value unsets it."""
        self.need(guid)
        with self._project.step(f"Set {attribute}"):
            self.add_attribute(attribute)
            first, *doubles = self._guids_of(clean_name(attribute, "attribute"))
            self._remove_values(
                (schema.attribute_value.c.participant == guid)
                & schema.attribute_value.c.attribute.in_(doubles)
            )
            put(
                self._project.connection,
                schema.attribute_value,
                str(uuid.uuid5(_VALUES, f"{guid}/{first}")),
                participant=guid,
                attribute=first,
                value=clean_text(value),
            )

    def remove(self, guid: str) -> None:
        """Remove a participant.

        Raises UserError while speakers of a transcript are matched to this participant.
        """
        speaks = [
            speaker
            for document in self._project.documents.all()
            for speaker in self._project.documents.speakers(document.guid)
            if speaker.participant == guid
        ]
        if speaks:
            raise UserError(
                f"This participant speaks in {plural(len({s.document for s in speaks}), 'transcript')}:"
                " match those speakers to somebody else first."
            )
        person = self.need(guid)
        with self._project.step(f"Remove participant: {person.label}"):
            self.remove_quietly(guid)

    def remove_quietly(self, guid: str) -> None:
        """Part of a larger step: a participant goes, with what is known of them."""
        self._remove_values(schema.attribute_value.c.participant == guid)
        set_gone(self._project.connection, schema.participant, [guid])

    def join(self, gone: str, into: str) -> None:
        """Make one of two participants; see `joining.join_participants`."""
        joining.join_participants(self._project, gone, into)

    def need(self, guid: str) -> Participant:
        """The participant of that GUID. Raises UserError where there is none."""
        for person in self.all():
            if person.guid == guid:
                return person
        raise UserError("This participant is no longer in the project.")


def _known(attributes: Mapping[str, Sequence[str]], values: Mapping[str, str]) -> dict[str, str]:
    """Name -> value; where two attributes have one name, the first that has a value."""
    found = {name: [values[guid] for guid in guids if guid in values] for name, guids in attributes.items()}
    return {name: own[0] for name, own in found.items() if own}
