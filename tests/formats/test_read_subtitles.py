"""Subtitles become turns."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder_app.core.errors import UserError
from coder_app.formats.readers import read
from coder_app.formats.reading.subtitles import read_subtitles

Said = list[tuple[str | None, str, float | None]]


def turns(text: str, *, entities: bool = True) -> Said:
    found, _ = read_subtitles(text, entities=entities)
    names = [speaker.name for speaker in found.speakers]
    for turn in found.turns:
        name = "" if turn.speaker is None else f"{names[turn.speaker]}:"
        assert found.text[turn.start : turn.body].rstrip() == name
    return [
        (
            None if turn.speaker is None else names[turn.speaker],
            found.text[turn.body : turn.end],
            turn.seconds,
        )
        for turn in found.turns
    ]


def cue(start: int, *lines: str) -> str:
    return f"00:00:{start:02}.000 --> 00:00:{start + 1:02}.000\n" + "\n".join(lines) + "\n\n"


@pytest.mark.parametrize(
    ("cues", "expected"),
    [
        (cue(1, "<v Ann>One") + cue(2, "<v Ann>two.</v>") + cue(3, "<v Ben Lee>Three."),
         [("Ann", "One two.", 1), ("Ben Lee", "Three.", 3)]),
        (cue(1, "<v.loud.first Ann>One</v> <v Ben>Two</v>"), [("Ann", "One", 1), ("Ben", "Two", 1)]),
        (cue(1, "<v Ann>One</v>") + cue(2, "Good.") + cue(3, "<v Ann>Two</v>"),
         [("Ann", "One", 1), (None, "Good.", 2), ("Ann", "Two", 3)]),
        (cue(1, "<v Ann>Q&amp;A &lt;laughs&gt;") + cue(3, "<v Bo &amp; Cy><i>so</i> <00:00:03.500>much"),
         [("Ann", "Q&A <laughs>", 1), ("Bo & Cy", "so much", 3)]),
        (cue(1, "<v Ann>One,", "two</v>"), [("Ann", "One, two", 1)]),
        (cue(1, "no names,") + cue(2, "no turns"), [(None, "no names, no turns", 1)]),
        (cue(1, "one") + cue(9, "after a pause"), [(None, "one", 1), (None, "after a pause", 9)]),
        (cue(1, "- Yes.", "- No."), [(None, "- Yes.", 1), (None, "- No.", 1)]),
        (cue(1, "我们") + cue(2, "走了"), [(None, "我们走了", 1)]),
        (cue(1, "<v Ann></v>") + cue(2, "<v Ann>x"), [("Ann", "x", 2)]),
    ],
)  # fmt: skip
def test_vtt(cues: str, expected: Said) -> None:
    assert turns("WEBVTT\n\n" + cues) == expected


def test_zoom_prefixes_on_each_cue() -> None:
    text = "WEBVTT\n\n" + "".join(
        f"{n}\n{cue(n, f'{name}: word {n}')}" for n, name in enumerate(["Ann Lee", "Ann Lee", "Bo"] * 3, 1)
    )
    assert turns(text)[:3] == [
        ("Ann Lee", "word 1 word 2", 1),
        ("Bo", "word 3", 3),
        ("Ann Lee", "word 4 word 5", 4),
    ]


def test_srt_prefixes_where_the_speaker_changes() -> None:
    lines = [
        "Ann: One",
        "two.",
        "Ben: Three",
        "four: five",
        "Ann: Six",
        "Ben: Seven",
        "Ann: Eight",
        "Ben: nine",
        "ten",
    ]
    text = "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{line}\n\n" for n, line in enumerate(lines, 1)
    )
    assert turns(text, entities=False)[:2] == [("Ann", "One two.", 1), ("Ben", "Three four: five", 3)]
    assert turns(text, entities=False)[-1] == ("Ben", "nine ten", 8)


def test_loose_files() -> None:
    header = "WEBVTT - title\nKind: captions\nStyle:\n::cue(c) { color: red;\n}\n\nSTYLE\n::cue { x }\n\n"
    notes = "NOTE\nnothing said\nhere\n\nNOTE one line\n\n"
    assert turns(header + notes + cue(1, "words")) == [(None, "words", 1)]
    assert turns("00:01 --> 00:02 align:start\nshort times\n") == [(None, "short times", 1)]
    assert turns("1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:02,000 --> 00:00:03,000\ntwo") == [
        (None, "one two", 1)
    ]
    guid = "62357a1d-d250-41d5-a1cf-6cc0eeceffcc/15-0"
    assert turns(f"WEBVTT\n\n{guid}\n{cue(1, '<v A>x')}{guid}\n\n{cue(2, '<v A>y')}") == [("A", "x y", 1)]


def test_words_without_a_time_are_kept_and_told() -> None:
    found, remarks = read_subtitles(
        "WEBVTT\n\n" + cue(1, "<v A>x") + "lost words\n\n" + cue(2, "<v A>y"), entities=True
    )
    assert found.text == "A: x lost words y"
    assert remarks == ["1 caption without a time joined to the one before."]


def test_long_talk_is_broken_into_paragraphs_at_sentences() -> None:
    sentence = "This is one of many sentences of about sixty characters."
    text = "WEBVTT\n\n" + "".join(cue(n % 59, f"<v Ann>{sentence}") for n in range(40))
    ((name, words, _),) = turns(text)
    paragraphs = words.split("\n")
    assert name == "Ann"
    assert len(paragraphs) == 4
    assert all(paragraph.endswith(".") for paragraph in paragraphs)
    assert words.replace("\n", " ") == " ".join([sentence] * 40)


def test_subtitles_in_a_text_file(tmp_path: Path) -> None:
    path = tmp_path / "captions.txt"
    path.write_text("WEBVTT\n\n" + cue(1, "<v Ann>Hello."), encoding="utf-8")
    assert read(path).text == "Ann: Hello."


@pytest.mark.parametrize(
    "content", ["WEBVTT\n\nNOTE nothing\n", "only words", "WEBVTT\n\n" + cue(1, "<v Ann>")]
)
def test_without_captions(tmp_path: Path, content: str) -> None:
    path = tmp_path / "none.vtt"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match="holds no captions"):
        read(path)


@pytest.mark.parametrize(
    "words", ["<v a" * 50_000, "<c.x" * 50_000, "&lt" * 50_000, "{\\" * 50_000, "<1" * 50_000]
)
def test_hostile_cues_take_no_longer_than_their_length(words: str) -> None:
    assert len(turns("WEBVTT\n\n" + cue(1, words))) <= 1
