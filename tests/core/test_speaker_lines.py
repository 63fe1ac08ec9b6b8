"""Other spellings of a speaker's name begin turns; sentences do not."""

from __future__ import annotations

import pytest

from coder_app.core.transcript import found

SAID = "We kept the list by the door and looked at it every morning before the round."
NAMES = ("Moderator", "Nurse Ada", "Nurse Berit")
GROUP = [f"{name}: {SAID}" for name in NAMES * 8]


def said_by(text: str) -> dict[str, str]:
    """Words after "SECRET" in the text -> the name they stand under."""
    transcript = found(text)
    return {
        transcript.text[turn.body : turn.end]: transcript.speakers[turn.speaker].name
        for turn in transcript.turns
        if turn.speaker is not None and "SECRET" in transcript.text[turn.body : turn.end]
    }


@pytest.mark.parametrize(
    "label",
    [
        "nurse ada",
        "NURSE ADA",
        "nurse  ada",
        "NurseAda",
        "nurseada",
        "nurse ada.",
        "nurse ada,",
        "Nurse Ada -",
        "nurse ada (laughs)",
        "**nurse ada**",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_label_in_another_spelling_begins_a_turn(label: str, between: str) -> None:
    lines = [*GROUP, f"{label}: SECRET of the daughter.", f"Nurse Berit: {SAID}"]
    ((words, name),) = said_by(between.join(lines)).items()
    assert words == "SECRET of the daughter."
    assert name != "Nurse Berit"
    assert (name, "Nurse Ada") in found(between.join(lines)).merges()


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        ("Moderator", "moderator.:"),
        ("Maria de la Cruz", "maria de la cruz:"),
        ("Smith, John", "smith, john:"),
        ("Nurse Ada", "[00:10] nurse ada:"),
        ("Nurse Ada", "nurse ada [00:10]:"),
        ("Nurse Ada", "[00:10]\nnurse ada:"),
    ],
)
def test_so_it_does_in_unusual_forms(usual: str, other: str) -> None:
    lines = [f"{usual}: {SAID}", f"Berit: {SAID}"] * 8
    ((words, name),) = said_by("\n".join([*lines, f"{other} SECRET words."])).items()
    assert (words, name.casefold().strip(".")) == ("SECRET words.", usual.casefold())


def test_a_part_of_a_name_counts_among_labels() -> None:
    text = "\n\n".join([*GROUP, "nurse ada: One.", "Ada: SECRET of the daughter.", "ada: SECRET too."])
    assert said_by(text) == {"SECRET of the daughter.": "Ada", "SECRET too.": "ada"}
    assert set(found(text).merges()) == {
        ("nurse ada", "Nurse Ada"),
        ("Ada", "Nurse Ada"),
        ("ada", "Nurse Ada"),
    }


def test_a_part_of_a_name_is_no_label_amid_prose() -> None:
    lines = [line for turn in GROUP for line in (turn, SAID, SAID)]
    text = "\n\n".join([*lines, "Ada: SECRET of hers is order."])
    assert list(said_by(text)) != ["SECRET of hers is order."]


@pytest.mark.parametrize(
    "line",
    [
        "one thing: nurse ada came.",
        "nurse ada said: no.",
        "nurse: a hard trade.",
        "the nurse ada: she left.",
        "nurse ada came at 10:30 and left.",
        "Yes, nurse ada: a good one.",
        "I asked nurse ada: why?",
        "Order: it matters.",
        "nurse ada and nurse berit: both came.",
    ],
)
def test_sentences_stay_with_their_speaker(line: str) -> None:
    transcript = found("\n".join([*GROUP, line, f"Moderator: {SAID}"]))
    assert [speaker.name for speaker in transcript.speakers] == list(NAMES)
    assert transcript.text[transcript.turns[-2].body : transcript.turns[-2].end] == f"{SAID}\n{line}"


@pytest.mark.parametrize(
    ("one", "two"), [("Ann A", "Anna"), ("Speaker 1 2", "Speaker 12"), ("Nurse Ada", "Nurse Berit")]
)
def test_two_people_are_not_proposed_to_be_one(one: str, two: str) -> None:
    assert found("\n".join([f"{one}: {SAID}", f"{two}: {SAID}"] * 4)).merges() == []
