"""The files of one import and what the researcher says about them; knows nothing of Qt.

An answer about a speaker holds for the same name in every file of the batch, unless the answer for one
file was given apart (``everywhere`` off). Names that are only words for a role ("Participant") stand for
another person in each file, so their participant is never carried over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as calendar_date
from pathlib import Path

from coder_app.core.model import NewDocument, NewSpeaker, Role
from coder_app.core.speaker_names import is_generic, key
from coder_app.core.transcript import FoundTranscript, SpeakerChoice, proposed_choices, settle
from coder_app.project.incoming import Prepared, prepare_all


@dataclass(slots=True, eq=False)
class ImportFile:
    """One file of the batch. ``found`` is None where it could not be read, then ``problem`` says why."""

    path: Path
    title: str = ""
    date: str = ""
    """YYYY-MM-DD or empty; anything else is a mistake that ``fault`` tells."""
    encoding: str = ""
    """How the text was read; empty for kinds of files that say so themselves."""
    notes: tuple[str, ...] = ()
    """What the reader has to tell: a doubtful encoding, left out pictures."""
    found: FoundTranscript | None = None
    sha256: str = ""
    """Hash of the text by which the project knows its transcripts; empty while it is not known."""
    problem: str = ""
    twin: str = ""
    """Title of a transcript that has exactly this text, in the project or earlier in the batch."""
    wanted: bool = True
    choices: dict[str, SpeakerChoice] = field(default_factory=dict)
    """Speaker's name -> answer."""
    apart: set[str] = field(default_factory=set)
    """Names whose answer was given for this file only."""
    proposed: set[str] = field(default_factory=set)
    """Names for which joining with another spelling was proposed, not asked for."""
    whole: str = ""
    """Label of the participant whose words the whole text is, where it names no speakers."""

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def readable(self) -> bool:
        return self.found is not None

    @property
    def names_nobody(self) -> bool:
        """Whether no turn has a speaker (none was found, or none of those found is one)."""
        return not any(choice.is_speaker for choice in self.choices.values())

    def root(self, name: str) -> str:
        """The speaker that ``name`` is only a spelling of, or itself."""
        seen = {name}
        while (into := self.choices[name].into) and into in self.choices and into not in seen:
            name = into
            seen.add(name)
        return name


class Batch:
    """All files of one import with their answers; see the module.

    ``taken`` are the labels of the project's participants, ``known`` maps names of speakers of earlier
    imports to the labels of their participants.
    """

    def __init__(
        self, files: Sequence[ImportFile], taken: Sequence[str] = (), known: Mapping[str, str] | None = None
    ) -> None:
        self.files = list(files)
        self.taken = list(taken)
        self.everywhere = True
        self._known = dict(known or {})
        self._former: dict[tuple[int, str], str] = {}
        self._propose(self.files)

    # Answers

    def set_role(self, file: ImportFile, name: str, role: Role | None) -> None:
        """Say what a speaker is; None: it is no speaker at all, the words belong to the turn before."""
        for other, same in self._reached(file, name):
            choice = other.choices[same]
            if choice.participant:
                self._former[(id(other), same)] = choice.participant
            label = None
            if role is Role.PARTICIPANT:
                label = choice.participant or self._former.get((id(other), same)) or self._label_of(same)
            other.choices[same] = replace(
                choice, role=role or choice.role, participant=label, is_speaker=role is not None
            )

    def set_participant(self, file: ImportFile, name: str, label: str) -> None:
        """Match a speaker to the participant of this label; empty: to nobody."""
        label = self.written(label)
        reached = [(file, name)] if is_generic(name) else self._reached(file, name)
        for other, same in reached:
            role = Role.PARTICIPANT if label else other.choices[same].role
            other.choices[same] = replace(other.choices[same], role=role, participant=label or None)

    def set_into(self, file: ImportFile, name: str, into: str) -> None:
        """Say that a name is only a spelling of another speaker of the same file; empty: it is not."""
        for other, same in self._reached(file, name):
            other.proposed.discard(same)
            if not into:
                other.choices[same] = replace(other.choices[same], into=None)
                continue
            target = next((n for n in other.choices if n == into), None)
            if target is None or target == same:
                continue
            if other.root(target) == same:
                other.choices[target] = replace(other.choices[target], into=None)
            other.choices[same] = replace(other.choices[same], into=target)

    def written(self, label: str) -> str:
        """A label as the project or the batch writes it already, letter case and spaces apart."""
        label = " ".join(label.split())
        return next((known for known in self.labels() if known.casefold() == label.casefold()), label)

    # Questions

    def labels(self) -> list[str]:
        """Labels of the project's participants, then those that this import would add."""
        return [*self.taken, *self.new_labels()]

    def new_labels(self) -> list[str]:
        """Labels of participants that this import adds, in the order of the files."""
        known = {label.casefold() for label in self.taken}
        found: dict[str, str] = {}
        for file in self.files:
            if file.readable and file.wanted:
                for label in _labels(file):
                    if label.casefold() not in known:
                        found.setdefault(label.casefold(), label)
        return list(found.values())

    def next_label(self) -> str:
        """The first of P1, P2 ... that neither the project nor the batch uses."""
        used = {label.casefold() for label in self.taken}
        used |= {label.casefold() for file in self.files for label in _labels(file)}
        number = 1
        while f"p{number}" in used:
            number += 1
        return f"P{number}"

    def chosen(self) -> list[ImportFile]:
        """The files that will be imported."""
        return [file for file in self.files if file.readable and file.wanted]

    def documents(self) -> list[NewDocument]:
        """What to import, in the order of the files."""
        return [document_of(file) for file in self.chosen()]

    # Files

    def replace_file(self, old: ImportFile, new: ImportFile) -> None:
        """Another reading of the same file (other encoding): answers already given stay where they fit."""
        at = self.files.index(old)
        self.files[at] = new
        self._propose([new])
        new.wanted, new.whole = old.wanted or not old.readable, old.whole
        new.title = old.title or new.title
        new.date = old.date or new.date
        for name in new.choices.keys() & old.choices.keys():
            into = old.choices[name].into
            if into is None or into in new.choices:
                new.choices[name] = old.choices[name]
        new.apart = old.apart & new.choices.keys()

    def _propose(self, files: Sequence[ImportFile]) -> None:
        readable = [(file, file.found) for file in files if file.found is not None]
        others = [file for file in self.files if file not in files]
        taken = [*self.taken, *(label for file in others for label in _labels(file))]
        known = {n: c.participant for f in others for n, c in f.choices.items() if c.participant}
        stems = [file.path.stem for file, _ in readable]
        proposed = proposed_choices([found for _, found in readable], taken, self._known | known, stems)
        for (file, _), choices in zip(readable, proposed, strict=True):
            file.choices.update(choices)
            file.proposed = {name for name, choice in choices.items() if choice.into}

    def _reached(self, file: ImportFile, name: str) -> list[tuple[ImportFile, str]]:
        """This name, and the same in the other files that an answer is to hold for."""
        if not self.everywhere:
            file.apart.add(name)
            return [(file, name)]
        file.apart.discard(name)
        reached = [(file, name)]
        for other in self.files:
            if other is not file:
                reached += [
                    (other, same)
                    for same in other.choices
                    if same not in other.apart and (same == name or key(same) == key(name) != "")
                ]
        return reached

    def _label_of(self, name: str) -> str:
        """The label for somebody who becomes a participant: the one this name has, or the next free one."""
        if not is_generic(name):
            for file in self.files:
                for same, choice in file.choices.items():
                    if choice.participant and key(same) == key(name) != "":
                        return choice.participant
        return self.next_label()


def _labels(file: ImportFile) -> list[str]:
    """Labels of the participants of one file, in the order in which they speak."""
    if file.names_nobody:
        return [file.whole] if file.whole else []
    roots = dict.fromkeys(file.root(name) for name, choice in file.choices.items() if choice.is_speaker)
    answers = (file.choices[name] for name in roots)
    return [a.participant for a in answers if a.is_speaker and a.role is Role.PARTICIPANT and a.participant]


def document_of(file: ImportFile, most: int | None = None) -> NewDocument:
    """What would be imported of one file; for a preview of no more than its first ``most`` turns."""
    assert file.found is not None
    found = replace(file.found, turns=file.found.turns[:most])
    choices = {
        name: choice if choice.role is Role.PARTICIPANT else replace(choice, participant=None)
        for name, choice in file.choices.items()
    }
    made = settle(found, choices, title=file.title, date=file.date, source=file.name)
    if file.whole and not made.speakers:
        person = NewSpeaker(file.whole, Role.PARTICIPANT, file.whole)
        made = replace(made, speakers=(person,), turns=tuple(replace(turn, speaker=0) for turn in made.turns))
    return made


def prepare_batch(batch: Batch, *, progress: Callable[[int, int], None]) -> list[Prepared]:
    """What to import, ready to be written; ``progress(done, total)`` may raise Cancelled."""
    return prepare_all(batch.documents(), progress=progress)


def is_date(text: str) -> bool:
    """Whether ``text`` is a day of the calendar, written YYYY-MM-DD."""
    if len(text) != 10:
        return False
    try:
        return calendar_date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def mark_twins(files: Iterable[ImportFile], in_project: Mapping[str, str]) -> None:
    """Note which files hold a text that is there already, and leave those out until somebody asks for them.

    ``in_project`` maps texts of the batch to the title of the project's transcript that has the same.
    """
    seen = dict(in_project)
    for file in files:
        if file.found is not None:
            file.twin = seen.get(file.found.text, "")
            file.wanted = not file.twin
            seen.setdefault(file.found.text, file.title)
