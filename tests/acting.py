"""A stream of user actions, drawn at random: for properties of the history and for the kill test."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from coder_app.core.errors import UserError
from coder_app.core.model import (
    Division,
    Level,
    MemoTarget,
    NewDocument,
    NewSpeaker,
    Role,
    Status,
    Turn,
    Verdict,
)
from coder_app.project.consensus import Decision
from coder_app.project.project import Project
from coder_app.project.sources import Choice

COLORS = ("#2d5ed4", "#b23b19", "#a48b08")
WORDS = ("sea", "바다", "ים", "🙂", "e\u0301te", "=1+1", "<b>x</b>", "a/b", "“q”")


class Actor:
    """Does one random action at a time, as a person at the window would."""

    def __init__(self, project: Project, random: Random, *, people: bool = False) -> None:
        """``people``: also what concerns several coders, and one alone cannot take back at any time."""
        self.project = project
        self.random = random
        self.actions: list[Callable[[], object]] = [
            self.import_transcript,
            self.remove_transcript,
            self.reorder_transcripts,
            self.finish,
            self.add_code,
            self.rename_code,
            self.recolour,
            self.define,
            self.move_codes,
            self.relevel,
            self.join,
            self.split,
            self.delete,
            self.group,
            self.apply,
            self.apply,
            self.apply,
            self.mark,
            self.name_passage,
            self.resize,
            self.recode,
            self.remove_codings,
            self.exemplar,
            self.write_memo,
            self.edit_memo,
            self.remove_memo,
            self.attribute,
            self.participant,
            self.remove_participant,
            self.join_participants,
            self.remove_attribute,
            self.speaker,
            self.match_speaker,
            self.level_name,
            self.rename_coder,
            self.rename_project,
            self.divide,
            self.change_units,
            self.lock_units,
            self.freeze_round,
            self.change_round,
            self.settle,
            self.unsettle,
            self.second_pass,
            self.keep_apart,
        ]
        if people:
            self.actions += [self.add_coder, self.join_coders, self.freeze_codebook, self.choose]

    def act(self) -> bool:
        """Do one action; False where it was refused with a sentence or had nothing to act on."""
        try:
            self.random.choice(self.actions)()
        except (UserError, LookupError):
            return False
        return True

    def word(self) -> str:
        return f"{self.random.choice(WORDS)} {self.random.randrange(1000)}"

    def one(self, things: list[str]) -> str:
        return self.random.choice(things)

    def some(self, things: list[str]) -> list[str]:
        return self.random.sample(things, min(len(things), self.random.randint(1, 4))) or [self.one(things)]

    def document(self) -> str:
        return self.one([document.guid for document in self.project.documents.all()])

    def codes(self) -> list[str]:
        return [guid for guid, _ in self.project.codes.tree().walk()]

    def mine(self) -> list[str]:
        return [c.guid for c in self.project.codings.all([self.project.coders.current.guid])]

    def place(self, document: str) -> tuple[int, int]:
        length = len(self.project.documents.content(document).text)
        start = self.random.randrange(length)
        return start, self.random.randint(start + 1, length)

    def import_transcript(self) -> None:
        text = "A: " + " ".join(self.word() for _ in range(20)) + "\n\nB: " + self.word()
        middle = text.index("\n\n")
        turns = (Turn(1, 0, 3, middle, 0, None), Turn(2, middle + 2, middle + 5, len(text), 1, 2.5))
        speakers = (
            NewSpeaker("A", Role.INTERVIEWER),
            NewSpeaker("B", Role.PARTICIPANT, self.one(["P1", "P2"])),
        )
        self.project.documents.add([NewDocument(self.word(), text, speakers, turns)])

    def remove_transcript(self) -> None:
        self.project.documents.remove([self.document()])

    def reorder_transcripts(self) -> None:
        self.project.documents.move([self.document()], self.document())

    def finish(self) -> None:
        self.project.documents.set_status(self.document(), self.random.choice(list(Status)))

    def add_code(self) -> None:
        parent = self.one(self.codes()) if self.random.random() < 0.5 else None
        self.project.codes.add(self.word(), self.random.choice(list(Level)[:4]), parent)

    def rename_code(self) -> None:
        self.project.codes.rename(self.one(self.codes()), self.word())

    def recolour(self) -> None:
        self.project.codes.recolour(self.some(self.codes()), self.random.choice(COLORS))

    def define(self) -> None:
        self.project.codes.define(self.one(self.codes()), "full", self.word())

    def move_codes(self) -> None:
        codes = self.codes()
        parent = self.one(codes) if self.random.random() < 0.7 else None
        self.project.codes.move(self.some(codes), parent, self.one(codes))

    def relevel(self) -> None:
        self.project.codes.set_level([self.one(self.codes())], self.random.choice(list(Level)[:4]))

    def join(self) -> None:
        codes = self.codes()
        self.project.codes.join(self.some(codes), self.one(codes))

    def split(self) -> None:
        self.project.codes.split(self.some(self.mine()), self.word())

    def delete(self) -> None:
        self.project.codes.delete(self.some(self.codes()), below=self.random.random() < 0.5)

    def group(self) -> None:
        self.project.codes.group(self.some(self.codes()), self.word(), self.random.choice(list(Level)[1:4]))

    def apply(self) -> None:
        document = self.document()
        self.project.codings.apply(document, *self.place(document), self.one(self.codes()))

    def mark(self) -> None:
        document = self.document()
        self.project.codings.mark(document, *self.place(document))

    def name_passage(self) -> None:
        me = self.project.coders.current.guid
        unnamed = [coding.guid for coding in self.project.codings.unnamed([me])]
        self.project.codings.name(self.some(unnamed), self.one(self.codes()))

    def resize(self) -> None:
        coding = self.project.codings.get([self.one(self.mine())])[0]
        self.project.codings.resize(coding.guid, *self.place(coding.document))

    def recode(self) -> None:
        self.project.codings.recode(self.some(self.mine()), self.one(self.codes()))

    def remove_codings(self) -> None:
        self.project.codings.remove(self.some(self.mine()))

    def exemplar(self) -> None:
        self.project.codings.set_exemplar(self.one(self.mine()), self.random.random() < 0.7)

    def write_memo(self) -> None:
        kind, target = self.random.choice(
            [
                (MemoTarget.PROJECT, self.project.guid),
                (MemoTarget.CODE, self.one(self.codes())),
                (MemoTarget.CODING, self.one(self.mine())),
                (MemoTarget.DOCUMENT, self.document()),
            ]
        )
        self.project.memos.add(kind, target, self.word())

    def memos(self) -> list[str]:
        return [memo.guid for memo in self.project.memos.all([self.project.coders.current.guid])]

    def edit_memo(self) -> None:
        self.project.memos.edit(self.one(self.memos()), self.word())

    def remove_memo(self) -> None:
        self.project.memos.remove([self.one(self.memos())])

    def attribute(self) -> None:
        person = self.random.choice(self.project.participants.all())
        self.project.participants.set_attribute(person.guid, self.random.choice(("Age", "Sex")), self.word())

    def participant(self) -> None:
        self.project.participants.add(f"P{self.random.randint(1, 9)}")

    def join_participants(self) -> None:
        people = [person.guid for person in self.project.participants.all()]
        self.project.participants.join(self.random.choice(people), self.random.choice(people))

    def speaker(self) -> None:
        speaker = self.random.choice(self.project.documents.speakers(self.document()))
        self.project.documents.set_speaker(speaker.guid, role=self.random.choice(list(Role)))

    def match_speaker(self) -> None:
        speaker = self.random.choice(self.project.documents.speakers(self.document()))
        if self.random.random() < 0.3:
            self.project.documents.set_speaker(speaker.guid, matched=False)
        else:
            person = self.random.choice(self.project.participants.all())
            self.project.documents.set_speaker(speaker.guid, participant=person.guid)

    def remove_participant(self) -> None:
        self.project.participants.remove(self.random.choice(self.project.participants.all()).guid)

    def remove_attribute(self) -> None:
        self.project.participants.remove_attribute(self.one(self.project.participants.attributes()))

    def level_name(self) -> None:
        name = None if self.random.random() < 0.3 else self.word()
        self.project.set_level_name(self.random.choice(list(Level)), name)

    def rename_coder(self) -> None:
        self.project.coders.rename(self.random.choice(self.project.coders.all()).guid, self.word())

    def join_coders(self) -> None:
        if self.random.random() < 0.3:  # so that there are some left
            people = [coder.guid for coder in self.project.coders.all()]
            self.project.coders.join(self.random.choice(people), self.random.choice(people))

    def add_coder(self) -> None:
        self.project.coders.add(self.word())

    def freeze_codebook(self) -> None:
        codes = self.project.codes
        codes.set_frozen(codes.frozen_by() is None and self.random.random() < 0.3)

    def keep_apart(self) -> None:
        one, other = self.one(self.codes()), self.one(self.codes())
        if one != other:
            self.project.lookalikes.keep_apart([(one, other)])

    def choose(self) -> None:
        """Let the other value stand of something that both copies of a merge had changed."""
        conflicts = [one for report in self.project.merging.reports() for one in report.conflicts]
        self.project.merging.choose(self.random.choice(conflicts))

    def rename_project(self) -> None:
        self.project.set_name(self.word())

    def divide(self) -> None:
        how = self.random.choice([Division.TURN, Division.SENTENCE, Division.MARKED])
        coders = [coder.guid for coder in self.project.coders.all()]
        self.project.meaning_units.make([self.document()], how, coders)

    def change_units(self) -> None:
        units, document = self.project.meaning_units, self.document()
        start, end = self.place(document)
        what = self.random.random()
        if what < 0.3:
            units.split(document, start)
        elif what < 0.5:
            units.join(document, start)
        elif what < 0.6:
            units.remove(document, start)
        elif what < 0.7:
            units.clear([document])
        else:
            units.add(document, start, end)

    def lock_units(self) -> None:
        self.project.meaning_units.set_locked([self.document()], self.random.random() < 0.5)

    def freeze_round(self) -> None:
        coders = tuple(coder.guid for coder in self.project.coders.all())
        choice = Choice(coders=coders, include_unfinished=True)
        self.project.rounds.make(self.word(), choice)

    def rounds(self) -> list[str]:
        return [found.guid for found in self.project.rounds.all()]

    def change_round(self) -> None:
        if self.random.random() < 0.5:
            self.project.rounds.rename(self.one(self.rounds()), self.word())
        else:
            self.project.rounds.remove([self.one(self.rounds())])

    def settle(self) -> None:
        document = self.document()
        start, end = self.place(document)
        verdict = self.random.choice([Verdict.OTHER, Verdict.BOTH, Verdict.NEITHER, Verdict.DISCUSS])
        codes = self.some(self.codes()) if verdict in (Verdict.OTHER, Verdict.BOTH) else []
        codings = tuple((code, start, end) for code in codes)
        decision = Decision(document, start, end, verdict, codings, reason=self.word())
        self.project.consensus.settle(self.one(self.rounds()), decision)

    def unsettle(self) -> None:
        self.project.consensus.unsettle([self.one([s.guid for s in self.project.consensus.settlements()])])

    def second_pass(self) -> None:
        person = self.project.coders.current.guid
        self.project.stability.start(self.one(self.rounds()), person, f"Pass {self.random.randrange(9999)}")
