"""Sentence boundaries: a table of examples and one property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.text import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["I left.", "He stayed!", "Why?", "No idea…", "Done"],
        ["Dr. Smith came.", "Mrs. Jones and Prof. J. B. Lee did not."],
        ["Das war z. B. so.", "Und am 12. März bzw. später, ca. 5 km weiter.", "Er kam z.B. nie."],
        ["So did I.", "We left in 1960.", "Let's see.", "June of '62."],
        ["No.", "We went to No. 5 Elm Street.", "No.", "It was fun."],
        [
            "I lived in St. Paul.",
            "It was on Main St.",
            "We liked the U.S. Army.",
            "I grew up in the U.S.",
            "It was ok.",
        ],
        ["Well... not really.", "And then...", "Nothing."],
        ['He said "Go away!" and left.', '"Stop."', "(Really?)", "„Ja.“", "Gut."],
        ["It cost 3.5 million, e.g. the house, at www.example.org.", "Yes."],
        ["국민 여러분!", "정몽준 의원입니다.", "걱정이 됩니다."],
        ["כאן יש אדם.", "לכן, רבותי?", "פ. כהן אמר."],
        ["他走了。", "为什么？", "「好！」", "再见"],
        ["What?!", "Oh . . .", "Fine.", "Great! 😂"],
        ["We start at 9 a.m. sharp, etc.", "The rest is known."],
    ],
)
def test_examples(parts: list[str]) -> None:
    text = " ".join(parts)
    assert [text[a:b] for a, b in sentences(text)] == parts


def test_without_spaces() -> None:
    text = "他走了。为什么？再见。"
    assert [text[a:b] for a, b in sentences(text)] == ["他走了。", "为什么？", "再见。"]
    text = "그렇습니다.그런데 왜요?"
    assert [text[a:b] for a, b in sentences(text)] == ["그렇습니다.", "그런데 왜요?"]


def test_a_line_break_ends_a_sentence_unless_the_line_was_only_wrapped() -> None:
    text = "A heading\nIt was a long\nway home.\nyes\n\nno"
    assert [text[a:b] for a, b in sentences(text)] == ["A heading", "It was a long\nway home.", "yes", "no"]


def test_a_part_of_a_text() -> None:
    text = "P1: One. Two. Three."
    assert [text[a:b] for a, b in sentences(text, 4, 13)] == ["One.", "Two."]
    assert sentences(text, 3, 4) == []


@given(st.text(alphabet=st.sampled_from('aBI1.?!… \n"”)。\u0301한다א'), max_size=60), st.data())
def test_sentences_hold_all_that_is_not_white_space(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = sentences(text, start, end)
    at = start
    for a, b in found:
        assert at <= a < b <= end
        assert not text[at:a].strip()
        assert not text[a].isspace()
        assert not text[b - 1].isspace()
        at = b
    assert not text[at:end].strip()


def test_long_rows_of_initials_take_no_longer_than_their_length() -> None:
    assert len(sentences("A. " * 100_000)) >= 1
    assert len(sentences("1. " * 50_000)) >= 1
