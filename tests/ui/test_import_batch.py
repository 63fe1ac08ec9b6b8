"""Answers about speakers, for one file and for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder_app.core.model import Role
from coder_app.core.transcript import found
from coder_app.ui.transcripts.batch import Batch, ImportFile, document_of, is_date, mark_twins


def talk(*turns: tuple[str, str]) -> str:
    return "\n\n".join(f"{name}: {words}" for name, words in turns) + "\n"


def file(name: str, text: str) -> ImportFile:
    return ImportFile(Path(name), title=Path(name).stem, found=found(text))


def interview(name: str, person: str, asks: str = "Interviewer") -> ImportFile:
    long = "Well, we began slowly, and after some weeks it went on much better than before."
    turns = [(asks, "How did it begin?"), (person, long), (asks, "And then?"), (person, f"{long} Really.")]
    return file(name, talk(*turns, *turns))


def answers(file: ImportFile) -> dict[str, tuple[str, str | None]]:
    return {name: (choice.role.value, choice.participant) for name, choice in file.choices.items()}


def test_the_same_name_in_two_files_is_the_same_participant() -> None:
    batch = Batch([interview("a.txt", "Mara"), interview("b.txt", "Mara"), interview("c.txt", "Jonas")])
    assert [answers(f) for f in batch.files] == [
        {"Interviewer": ("interviewer", None), "Mara": ("participant", "P1")},
        {"Interviewer": ("interviewer", None), "Mara": ("participant", "P1")},
        {"Interviewer": ("interviewer", None), "Jonas": ("participant", "P2")},
    ]
    assert batch.new_labels() == ["P1", "P2"]
    assert batch.next_label() == "P3"


def test_labels_of_the_project_are_left_to_their_people() -> None:
    batch = Batch([interview("a.txt", "Mara"), interview("b.txt", "Jonas")], ["P1", "P2"], {"Jonas": "P2"})
    assert answers(batch.files[0])["Mara"] == ("participant", "P3")
    assert answers(batch.files[1])["Jonas"] == ("participant", "P2")
    assert batch.new_labels() == ["P3"]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("P4.txt", "P4"),
        ("p07_second.txt", "P7"),
        ("Talk with P. 5.txt", "P5"),
        ("Participant 12.txt", "P12"),
        ("part 3.txt", "P1"),
    ],
)
def test_an_id_in_the_files_name_is_its_one_participants(name: str, label: str) -> None:
    batch = Batch([interview(name, "Mara")])
    assert answers(batch.files[0])["Mara"] == ("participant", label)
    generic = Batch([interview(name, "Participant")])
    assert answers(generic.files[0])["Participant"] == ("participant", label)


def test_an_answer_holds_in_all_files_unless_given_apart() -> None:
    batch = Batch([interview("a.txt", "Mara"), interview("b.txt", "mara"), interview("c.txt", "Mara")])
    first, second, third = batch.files
    batch.everywhere = False
    batch.set_participant(third, "Mara", "P9")
    batch.everywhere = True
    batch.set_participant(first, "Mara", "P5")
    assert first.choices["Mara"].participant == "P5"
    assert second.choices["mara"].participant == "P5"
    assert third.choices["Mara"].participant == "P9"
    batch.set_role(first, "Mara", Role.OTHER)
    assert answers(second)["mara"] == ("other", None)
    assert answers(third)["Mara"] == ("participant", "P9")
    batch.set_role(first, "Mara", Role.PARTICIPANT)
    assert answers(first)["Mara"] == ("participant", "P5")


def test_a_word_for_a_role_is_another_person_in_each_file() -> None:
    batch = Batch([interview("a.txt", "Participant"), interview("b.txt", "Participant")])
    first, second = batch.files
    assert [answers(f)["Participant"] for f in batch.files] == [("participant", "P1"), ("participant", "P2")]
    batch.set_participant(first, "Participant", "P7")
    assert answers(second)["Participant"] == ("participant", "P2")
    batch.set_role(first, "Participant", Role.INTERVIEWER)
    batch.set_role(first, "Participant", Role.PARTICIPANT)
    assert [answers(f)["Participant"] for f in batch.files] == [("participant", "P7"), ("participant", "P2")]


def test_joined_spellings_are_one_speaker_and_can_be_parted() -> None:
    text = talk(*[("Interviewer", "Why?"), ("Mara", "I did not know it then, but I do now.")] * 3)
    text += talk(("Interviewer (Dana)", "Thank you for coming."), ("Mara", "It was good to talk."))
    text += talk(("Interviewer (Dana)", "One more?"), ("Mara", "Please, go on."))
    batch = Batch([file("a.txt", text)])
    only = batch.files[0]
    assert only.proposed == {"Interviewer (Dana)"}
    assert [speaker.name for speaker in document_of(only).speakers] == ["Interviewer", "Mara"]
    batch.set_into(only, "Interviewer (Dana)", "")
    assert only.proposed == set()
    assert [s.name for s in document_of(only).speakers] == ["Interviewer", "Mara", "Interviewer (Dana)"]
    batch.set_into(only, "Interviewer", "Interviewer (Dana)")
    batch.set_into(only, "Interviewer (Dana)", "Interviewer")
    assert [speaker.name for speaker in document_of(only).speakers] == ["Interviewer", "Mara"]


def test_who_is_no_speaker_belongs_to_the_turn_before() -> None:
    batch = Batch([interview("a.txt", "Mara")])
    only = batch.files[0]
    before = len(document_of(only).turns)
    batch.set_role(only, "Interviewer", None)
    made = document_of(only)
    assert [speaker.name for speaker in made.speakers] == ["Mara"]
    assert len(made.turns) < before
    batch.set_role(only, "Interviewer", Role.INTERVIEWER)
    assert len(document_of(only).turns) == before


def test_a_text_without_names_can_be_one_participants() -> None:
    essay = file("essay.txt", "I never liked it.\n\nThen I did.\n")
    batch = Batch([essay])
    assert document_of(essay).speakers == ()
    assert batch.new_labels() == []
    essay.whole = batch.written("p4")
    made = document_of(essay)
    assert [(s.name, s.role, s.participant) for s in made.speakers] == [("p4", Role.PARTICIPANT, "p4")]
    assert [turn.speaker for turn in made.turns] == [0, 0]
    assert batch.new_labels() == ["p4"]


def test_labels_are_written_as_they_are_known() -> None:
    batch = Batch([interview("a.txt", "Mara")], ["Nurse A"])
    batch.set_participant(batch.files[0], "Mara", "  nurse   a ")
    assert answers(batch.files[0])["Mara"] == ("participant", "Nurse A")
    assert batch.new_labels() == []
    batch.set_participant(batch.files[0], "Mara", "")
    assert answers(batch.files[0])["Mara"] == ("participant", None)


def test_files_left_out_add_nobody() -> None:
    batch = Batch([interview("a.txt", "Mara"), interview("b.txt", "Jonas")])
    batch.files[0].wanted = False
    assert batch.new_labels() == ["P2"]
    assert [document.title for document in batch.documents()] == ["b"]


def test_the_same_text_is_left_out_until_asked_for() -> None:
    files = [interview("a.txt", "Mara"), interview("copy of a.txt", "Mara"), interview("c.txt", "Jonas")]
    known = files[2].found
    assert known is not None
    mark_twins(files, {known.text: "Interview with Jonas"})
    assert [(f.twin, f.wanted) for f in files] == [("", True), ("a", False), ("Interview with Jonas", False)]


def test_another_reading_keeps_the_answers() -> None:
    old = interview("a.txt", "Mara")
    batch = Batch([old, interview("b.txt", "Mara")])
    batch.everywhere = False
    batch.set_participant(old, "Mara", "P8")
    old.title, old.date = "My title", "2026-01-02"
    new = interview("a.txt", "Mara", asks="Dana")
    batch.replace_file(old, new)
    assert batch.files[0] is new
    assert (new.title, new.date) == ("My title", "2026-01-02")
    assert new.choices["Mara"].participant == "P8"
    assert new.apart == {"Mara"}
    assert new.choices["Dana"].role is Role.INTERVIEWER


@pytest.mark.parametrize(
    ("text", "good"),
    [("2026-03-31", True), ("2026-02-30", False), ("31.3.2026", False), ("20260331", False), ("", False)],
)
def test_dates_are_days_of_the_calendar(text: str, good: bool) -> None:
    assert is_date(text) is good
