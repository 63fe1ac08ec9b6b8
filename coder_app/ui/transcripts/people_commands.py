"""What the rows of the table of commands about participants call."""

from __future__ import annotations

from coder_app.ui.transcripts.participants_panel import ParticipantsPanel


class PeopleCommands:
    """The page of transcripts inherits this; ``people`` is its table of participants."""

    people: ParticipantsPanel

    @property
    def on_people(self) -> bool:
        """Whether the table of participants is up."""
        raise NotImplementedError

    def show_people(self) -> None:
        """Bring the table of participants up."""
        raise NotImplementedError

    # Conditions

    @property
    def has_person(self) -> bool:
        return self.on_people and bool(self.people.current)

    @property
    def has_attribute(self) -> bool:
        return self.on_people and self.people.attribute is not None

    @property
    def has_two_people(self) -> bool:
        return self.on_people and len(self.people.model.people) > 1

    # Doing

    def add_person(self) -> None:
        self.show_people()
        self.people.add()

    def remove_person(self) -> None:
        self.people.remove()

    def join_person(self) -> None:
        self.people.join()

    def add_attribute(self) -> None:
        self.show_people()
        self.people.add_attribute()

    def rename_attribute(self) -> None:
        self.people.rename_attribute()

    def remove_attribute(self) -> None:
        self.people.remove_attribute()

    def paste_people(self) -> None:
        self.show_people()
        self.people.paste()
