"""Speaker turns found in text, in every form that people and programs write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.model import Role
from coder_app.core.text import normalise
from coder_app.core.transcript import (
    FoundTranscript,
    SpeakerChoice,
    found,
    known_labels,
    proposed_choices,
    settle,
)

INTERVIEWER, PARTICIPANT = Role.INTERVIEWER, Role.PARTICIPANT


def turns_of(transcript: FoundTranscript) -> list[tuple[str | None, str, float | None]]:
    names = [speaker.name for speaker in transcript.speakers]
    return [
        (
            None if turn.speaker is None else names[turn.speaker],
            transcript.text[turn.body : turn.end],
            turn.seconds,
        )
        for turn in transcript.turns
    ]


TALK = [("Ann", "Hello there."), ("Ben Lee", "Hi.\nI am Ben."), ("Ann", "Why?"), ("Ben Lee", "Because.")]


@pytest.mark.parametrize(
    ("pattern", "seconds"),
    [
        ("{name}: {text}", None),
        ("{name} : {text}", None),
        ("{name}：{text}", None),
        ("{name}:\n{text}", None),
        ("**{name}:** {text}", None),
        ("**{name}**: {text}", None),
        ("__{name}:__ {text}", None),
        ("[{name}]: {text}", None),
        ("\u200f{name}: {text}", None),
        ("[00:01:02] {name}: {text}", 62),
        ("[00:01] {name}: {text}", 1),
        ("(00:01:02) {name}: {text}", 62),
        ("00:01:02 {name}: {text}", 62),
        ("00:01:02.500 - {name}: {text}", 62.5),
        ("[00:01:02] **{name}:** {text}", 62),
        ("{name} [00:01:02]: {text}", 62),
        ("{name} (00:12): {text}", 12),
        ("**{name} (00:12):** {text}", 12),
        ("{name} 00:12: {text}", 12),
        ("{name} [00:12] {text}", 12),
        ("{name}: [06:24] {text}", 384),
        ("{name} [1:02:03]:\n{text}", 3723),
        ("(00:01:02) {name}\n{text}", 62),
        ("[00:01:02] {name}\n\n{text}", 62),
        ("{name}   0:03\n{text}", 3),
        ("{name}\t1:00:03\n{text}", 3603),
        ("{name} (0:03)\n{text}", 3),
        ("0:0:0.0 --> 0:0:1.510\n{name}\n{text}", 0),
        ("00:00:04.5 --> 00:00:09.0\n{name}: {text}", 4.5),
        ("[00:01:02]\n{name}: {text}", 62),
        ("[00:01:02]\n{name}\n{text}", 62),
    ],
)
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_forms(pattern: str, seconds: float | None, between: str) -> None:
    text = between.join(pattern.format(name=name, text=said) for name, said in TALK)
    assert turns_of(found(text)) == [(name, said, seconds) for name, said in TALK]


@pytest.mark.parametrize(
    "names",
    [
        ["Interviewer", "Participant"],
        ["I", "P5"],
        ["Q", "A"],
        ["INT", "R1"],
        ["Speaker 1", "Speaker 2"],
        ["Dr. Smith", "J. K. O'Neil"],
        ["Interviewer (Dana)", "María de la Cruz"],
        ["interviewer", "participant 3"],
        ["Paul Frazee✌", "Autumn Nash"],
        ["מראיין", "רחבעם זאבי"],
        ['ד"ר כהן', "הביטחון מ' גור"],
        ["면접자", "참여자 1"],
        ["정몽준", "강창희 의장"],
        ["访谈者", "王先生"],
        ["المحاور", "ليلى"],
        ["john", "mary"],
        ["Smith, John", "Lee, Ann"],
        ["Anna & Ben", "Moderator"],
    ],
)
def test_names(names: list[str]) -> None:
    text = "\n\n".join(f"{name}: What they say, {name}." for name in names * 3)
    assert [speaker.name for speaker in found(text).speakers] == names


PROSE = "We met again on a grey day and talked about the work for a good while before lunch."


@pytest.mark.parametrize(
    "line",
    [
        "I said: no, that is not how it went.",
        "Note: the recorder was switched off here.",
        "one thing: it was cold.",
        "So: we left.",
        "10:30 we began.",
        "We met at 10:30 and left.",
        "http://example.org has it.",
        "The reason is this: nobody came.",
        "Well, she asked me: why?",
        "Trust: it takes time to build.",
        "- Bullet: with words after it",
        "Chapter 3: The way home",
    ],
)
@pytest.mark.parametrize("times", [1, 2])
def test_ordinary_sentences_are_no_speakers(line: str, times: int) -> None:
    text = "\n\n".join([PROSE, line, PROSE, PROSE] * times + [PROSE] * 4)
    transcript = found(text)
    assert transcript.speakers == ()
    assert [said for _, said, _ in turns_of(transcript)] == text.split("\n\n")


@pytest.mark.parametrize(
    "line", ["I said: no.", "Note: a pause.", "Example: this.", "one thing: x", "She asked: why?"]
)
def test_nor_are_they_among_real_turns(line: str) -> None:
    talk = "\n\n".join(["Ann: One.", "Ben: Two."] * 6)
    transcript = found(f"{talk}\n\n{line}\n\nAnn: End.")
    assert [speaker.name for speaker in transcript.speakers] == ["Ann", "Ben"]
    assert transcript.turns[11].end == transcript.text.index("\n\nAnn: End.")


def test_a_heading_stays_outside() -> None:
    text = (
        "Interview 3\nDate: 12 March 2024\nInterviewer: Dana Katz\nPlace: the ward\n\n"
        "Interviewer: How was it?\nP3: Good.\nInterviewer: Why?\nP3: People."
    )
    transcript = found(text)
    assert [said for _, said, _ in turns_of(transcript)] == ["How was it?", "Good.", "Why?", "People."]


def test_everybody_speaks_once() -> None:
    text = "\n\n".join(f"{name}: My turn." for name in ("Ann Lee", "Bo Berg", "Cy Cole", "Di Dunn"))
    assert len(found(text).speakers) == 4


def test_a_teams_document() -> None:
    text = "0:0:0.0 --> 0:0:1.510\nSome Body\nOK. Yeah.\n0:0:3.270 --> 0:0:4.250\nJames Bond\nUmm.\nsaved-by"
    assert turns_of(found(text)) == [("Some Body", "OK. Yeah.", 0), ("James Bond", "Umm.\nsaved-by", 3.27)]


def test_stamps_without_names() -> None:
    text = "[00:00:01] First words.\n[00:00:09] More words: and a colon.\n\nNo stamp."
    assert turns_of(found(text)) == [
        (None, "First words.", 1),
        (None, "More words: and a colon.", 9),
        (None, "No stamp.", None),
    ]
    text = "00:00:01.000 --> 00:00:02.000\nfirst words, then\n\n00:00:09.000 --> 00:00:10.000\nmore words."
    assert turns_of(found(text)) == [(None, "first words, then", 1), (None, "more words.", 9)]


def test_paragraphs_without_speakers_are_turns() -> None:
    assert turns_of(found("One.\n\n  Two.\nThree.\n")) == [
        (None, "One.", None),
        (None, "Two.", None),
        (None, "Three.", None),
    ]


def test_wrapped_lines_make_one_paragraph() -> None:
    block = "\n".join(["a line that was broken to fit the page and goes on"] * 6)
    assert [said for _, said, _ in turns_of(found(f"{block}\n\n{block}"))] == [block, block]


def test_empty_turns_are_kept() -> None:
    transcript = found("Ann:\nBen: Yes.\nAnn: No.\nBen:")
    assert turns_of(transcript)[0] == ("Ann", "", None)
    assert turns_of(transcript)[3] == ("Ben", "", None)
    assert found("").turns == ()


LINES = st.sampled_from(
    ["Ann: Hi.", "Ben:", "[00:01] Ann: Yes?", "[00:02]", "0:0:1.0 --> 0:0:2.0", "Ann", "Ann   0:03", "words",
     "", " ", "Note: x", "**Ann:** y", "Date: 2024-01-01", "I said: no",
     "Ann [00:04] so", "(00:05) Ben", "e\u0301 😀: z"]
)  # fmt: skip


@given(st.lists(LINES, max_size=25))
def test_turns_are_ordered_disjoint_and_inside(lines: list[str]) -> None:
    text = normalise("\n".join(lines))[0]
    transcript = found(text)
    at = 0
    for number, turn in enumerate(transcript.turns, start=1):
        assert turn.number == number
        assert at <= turn.start <= turn.body <= turn.end <= len(text)
        assert turn.start < turn.end
        assert not text[turn.start].isspace()
        assert not text[turn.end - 1].isspace()
        assert turn.speaker is None or 0 <= turn.speaker < len(transcript.speakers)
        if transcript.speakers and at:
            assert not text[at : turn.start].strip()
        at = turn.end
    if transcript.turns:
        assert not text[at:].strip()
    assert sum(speaker.turns for speaker in transcript.speakers) == sum(
        t.speaker is not None for t in transcript.turns
    )


# Roles


def roles(text: str) -> list[Role]:
    return [speaker.role for speaker in found(text).speakers]


def test_roles_by_word_and_by_talk() -> None:
    assert roles("Interviewer: A?\nAnn: B.\nInterviewer: C?\nAnn: D.") == [INTERVIEWER, PARTICIPANT]
    assert roles("참여자: 네.\n면접자: 왜요?\n참여자: 네.\n면접자: 왜요?") == [PARTICIPANT, INTERVIEWER]
    assert roles("Ann: Why?\nBen: It was long and hard to say.\nAnn: And?\nBen: Long again.") == [
        INTERVIEWER,
        PARTICIPANT,
    ]
    long = "It was like this and that and then some more of it."
    assert roles(f"Ann: {long}\nBen: Why?\nAnn: {long}\nBen: Yes.") == [PARTICIPANT, INTERVIEWER]
    group = "".join(f"Dana: And you?\n{name}: {long}\n" for name in ("Ann", "Ben", "Cy") * 3)
    assert roles(group) == [INTERVIEWER, PARTICIPANT, PARTICIPANT, PARTICIPANT]
    assert roles("Ann: One.\nAll: Two!\nAnn: Three.\nAll: Four!") == [PARTICIPANT, Role.OTHER]


def test_counts_and_samples() -> None:
    ann, _ben = found(
        "Ann: Yes.\nBen: No.\nAnn: I came here by train in the early morning of that day.\nBen: Oh."
    ).speakers
    assert (ann.turns, ann.words) == (2, 13)
    assert ann.sample.startswith("I came here by train")


# Settling


def test_settle_merges_renames_and_drops() -> None:
    text = "Int: A?\nAnn: B.\nAN: C.\nTrust: no name.\nInt: D?\nAnn: E.\nAN: F.\nTrust: again."
    transcript = found(text)
    document = settle(
        transcript,
        {
            "Int": SpeakerChoice(into="Interviewer"),
            "Interviewer": SpeakerChoice(INTERVIEWER),
            "Ann": SpeakerChoice(PARTICIPANT, "P1"),
            "AN": SpeakerChoice(into="Ann"),
            "Trust": SpeakerChoice(is_speaker=False),
            "Somebody from another file": SpeakerChoice(INTERVIEWER),
        },
        title="One",
        date="2024-03-12",
        source="one.txt",
    )
    assert [(s.name, s.role, s.participant) for s in document.speakers] == [
        ("Interviewer", INTERVIEWER, None),
        ("Ann", PARTICIPANT, "P1"),
    ]
    assert [(turn.number, turn.speaker, text[turn.body : turn.end]) for turn in document.turns] == [
        (1, 0, "A?"),
        (2, 1, "B."),
        (3, 1, "C.\nTrust: no name."),
        (4, 0, "D?"),
        (5, 1, "E."),
        (6, 1, "F.\nTrust: again."),
    ]
    assert (document.title, document.text, document.date, document.source) == (
        "One",
        text,
        "2024-03-12",
        "one.txt",
    )


def test_settle_survives_a_circle_of_merges_and_no_speakers() -> None:
    transcript = found("Ann: A.\nBen: B.\nAnn: C.\nBen: D.")
    circle = {"Ann": SpeakerChoice(into="Ben"), "Ben": SpeakerChoice(into="Ann")}
    assert len(settle(transcript, circle, title="T").turns) == 4
    nobody = {"Ann": SpeakerChoice(is_speaker=False), "Ben": SpeakerChoice(is_speaker=False)}
    document = settle(transcript, nobody, title="T")
    assert document.speakers == ()
    assert [(turn.speaker, turn.number) for turn in document.turns] == [
        (None, 1),
        (None, 2),
        (None, 3),
        (None, 4),
    ]


def test_proposed_choices_for_a_batch() -> None:
    first = found("Interviewer: A?\nAnn: B.\nInterviewer: C?\nAnn: D.")
    second = found("Interviewer: A?\nAnn: B.\nParticipant: E.\nInterviewer: C?\nAnn: D.\nParticipant: F.")
    third = found("I: A?\nP2: B.\nParticipant: E.\nI: C?\nP2: D.\nParticipant: F.\nEva: G.\nEva: H.")
    choices = proposed_choices([first, second, third], taken=["P1"], known={"Eva": "P9"})
    labels = [{name: choice.participant for name, choice in chosen.items()} for chosen in choices]
    assert labels == [
        {"Interviewer": None, "Ann": "P3"},
        {"Interviewer": None, "Ann": "P3", "Participant": "P4"},
        {"I": None, "P2": "P2", "Participant": "P5", "Eva": "P9"},
    ]
    assert choices[0]["Interviewer"].role is INTERVIEWER


def test_proposed_choices_join_spellings_and_take_ids_from_file_names() -> None:
    talk = "Moderator: A?\nAda: B.\nModerator: C?\nAda: D.\nMODERATOR: E?\nada: F."
    generic = "Moderator: A?\nParticipant: B.\nModerator: C?\nParticipant: D."
    batch = [found(talk), found(generic), found(talk.replace("Ada", "ADA"))]
    choices = proposed_choices(batch, stems=["group P4", "p_05", "third"])
    into = [{name: choice.into for name, choice in chosen.items() if choice.into} for chosen in choices]
    assert into == [{"MODERATOR": "Moderator", "ada": "Ada"}, {}, {"MODERATOR": "Moderator", "ada": "ADA"}]
    assert [choices[0]["Ada"].participant, choices[2]["ADA"].participant] == ["P4", "P4"]
    assert choices[1]["Participant"].participant == "P5"
    document = settle(batch[0], choices[0], title="T")
    assert [speaker.name for speaker in document.speakers] == ["Moderator", "Ada"]


def test_known_labels_are_those_that_agree() -> None:
    assert known_labels([("Ada", "P1"), ("Eva", "P2"), ("Ada", "P1"), ("Eva", "P3")]) == {"Ada": "P1"}


# Real transcripts


@pytest.mark.parametrize(
    ("name", "turns", "speakers"),
    [
        ("demo/peace-corps-meline-micronesia-1990.txt", 168, 2),
        ("demo/peace-corps-nenn-ecuador-1995.txt", 36, 2),
        ("demo/peace-corps-richards-ethiopia-1967.txt", 78, 2),
        ("demo/peace-corps-zoromski-honduras-1978.txt", 394, 2),
        ("transcripts/rpcv-johnsen-philippines-1962-long-timestamps.txt", 969, 2),
        ("transcripts/nara-nprc-fire-mcguire.txt", 136, 2),
        ("transcripts/hebrew-knesset-dev-rtl.txt", 58, 32),
        ("transcripts/korean-national-assembly-2013-11-20.txt", 16, 1),
        ("transcripts/code-review-P5R2.txt", 16, 2),
        ("transcripts/code-review-P7R2.txt", 14, 2),
        ("transcripts/changelog-ship-it-100-emoji.md", 336, 3),
        ("transcripts/nena-combining-marks-gozali.nena.txt", 10, 0),
    ],
)
def test_samples(samples: Path, name: str, turns: int, speakers: int) -> None:
    transcript = found(normalise((samples / name).read_text(encoding="utf-8"))[0])
    assert (len(transcript.turns), len(transcript.speakers)) == (turns, speakers)
    if speakers == 2:
        assert sorted(speaker.role for speaker in transcript.speakers) == [INTERVIEWER, PARTICIPANT]


@pytest.mark.parametrize(
    "line",
    [
        "00:01" + " " * 50_000 + "x" * 200,
        " " * 100_000 + "x",
        "x" * 300_000,
        "00:01 " * 50_000,
        "a: " * 100_000,
        "[" * 9_000,
    ],
)
def test_hostile_lines_take_no_longer_than_their_length(line: str) -> None:
    assert len(found(f"{line}\n{line}").turns) >= 1


def test_a_log_is_no_conversation() -> None:
    assert found("\n".join(f"Name{number}: x" for number in range(2000))).speakers == ()
