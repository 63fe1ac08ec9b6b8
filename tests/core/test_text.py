"""Positions, paragraphs, words and characters of core.text."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coder_app.core.text import (
    Utf16Map,
    excerpt,
    grapheme_bounds,
    grow_to_words,
    normalise,
    paragraphs,
    trim,
    whole_graphemes,
    word_at,
    word_count,
)

AWKWARD = st.text(
    alphabet=st.one_of(
        st.sampled_from(
            "\r\n\0\ufeff\u2028\u2029\ufdd0\ufdd1\ud83d\udc69\u200d"
            "👩🦰🏽🇰🇷e\u0301 ab.\u1100\u1161\u11a8각\u094dक"
        ),
        st.characters(),
    )
)
FAMILY = "👩‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\ufeffone\0 two\ud83d", "one two"),
        ("a\u2028b\u2029c\ufdd0d\ufdd1e", "a\nb\nc\nd\ne"),
        ("e\u0301 \u00a0\u200b\tﬁ ", "e\u0301 \u00a0\u200b\tﬁ "),
        ("\r\r\n\n", "\n\n\n"),
        ("", ""),
    ],
)
def test_normalise_examples(raw: str, stored: str) -> None:
    assert normalise(raw)[0] == stored


@given(AWKWARD)
def test_normalise_is_idempotent(raw: str) -> None:
    once, _ = normalise(raw)
    twice, positions = normalise(once)
    assert twice == once
    assert positions.range(0, len(once)) == (0, len(once))


@given(AWKWARD)
@example("\ufeff\0a\r\n\r\n")
def test_each_kept_character_is_where_the_map_says(raw: str) -> None:
    stored, positions = normalise(raw)
    breaks = "\r\n\u2028\u2029\ufdd0\ufdd1"
    last = 0
    for old in range(len(raw) + 1):
        new = positions.new(old)
        assert last <= new <= len(stored)
        last = new
        gone = old < len(raw) and positions.new(old + 1) == new
        if old < len(raw) and not gone:
            assert stored[new] == raw[old] or (stored[new] == "\n" and raw[old] in breaks)
    assert positions.new(0) == 0
    assert positions.new(len(raw)) == len(stored)


def test_a_range_of_the_old_text_keeps_its_words() -> None:
    raw = "\ufeffone\r\n\r\ntwo\0 three"
    stored, positions = normalise(raw)
    start, end = positions.range(raw.index("two"), raw.index("two") + 3)
    assert stored[start:end] == "two"


@given(AWKWARD, st.data())
def test_utf16_there_and_back_gives_the_same_range(raw: str, data: st.DataObject) -> None:
    text = normalise(raw)[0]
    units = Utf16Map(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert units.points(*units.units(start, end)) == (start, end)
    assert units.unit(end) == len(text[:end].encode("utf-16-le")) // 2
    assert units.length == units.unit(len(text))


def test_inside_a_surrogate_pair_start_rounds_down_and_end_up() -> None:
    units = Utf16Map("a😀b😀")
    assert units.units(1, 2) == (1, 3)
    assert units.points(2, 5) == (1, 4)
    assert units.points(2, 2) == (1, 1)
    assert (units.start(2), units.end(2)) == (1, 2)
    assert units.points(0, 99) == (0, 4)


def test_paragraphs_are_trimmed_lines() -> None:
    text = "  One line. \n\n \t\nTwo\u00a0\nx"
    assert [text[a:b] for a, b in paragraphs(text)] == ["One line.", "Two", "x"]
    assert [text[a:b] for a, b in paragraphs(text, 6, 12)] == ["line."]


@given(AWKWARD)
def test_paragraphs_hold_all_that_is_not_white_space(raw: str) -> None:
    text = normalise(raw)[0]
    assert "".join("".join(text[a:b].split()) for a, b in paragraphs(text)) == "".join(text.split())


def test_trim() -> None:
    text = "  ab c \n"
    assert trim(text, 0, len(text)) == (2, 6)
    assert trim(text, 6, 8) == (6, 6)


def test_word_count_leaves_punctuation_out() -> None:
    assert word_count("Well -- I don't know, 35 years ... 안녕하세요 여러분 👍") == 8


@pytest.mark.parametrize(
    ("text", "position", "word"),
    [
        ("I don't know", 3, "don't"),
        ("I don't know", 12, "know"),
        ("a self-made man", 3, "self"),
        ("say (yes) now", 5, "yes"),
        ("say (yes) now", 4, "("),
        ("wait, what", 4, "wait"),
        ("a  b", 2, " "),
        ("안보를 지탱해", 1, "안보를"),
        ('צה"ל אמר', 1, 'צה"ל'),
        ("עיסאווי פריג' אמר", 9, "פריג"),
        ("ʾána šmíyənwa xa-tunìθaˈ", 6, "šmíyənwa"),
        ("ṱ-ázi pərč̭ə́mta dìye", 8, "pərč̭ə́mta"),
        (f"so {FAMILY} then", 5, FAMILY),
        ("go 🇰🇷🇫🇷", 5, "🇫🇷"),
        ("日本語はカタカナ", 1, "日本語"),
        ("日本語はカタカナ", 6, "カタカナ"),
        ("हिन्दी में", 2, "हिन्दी"),
        ("", 0, ""),
    ],
)
def test_word_at(text: str, position: int, word: str) -> None:
    start, end = word_at(text, position)
    assert text[start:end] == word


@pytest.mark.parametrize(
    "cluster",
    [
        "e\u0301", FAMILY, "🇰🇷", "👍🏽", "1\ufe0f\u20e3", "각", "नि", "क्षि", "\r\n", "한", "❤\ufe0f",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)  # fmt: skip
def test_a_cluster_stays_whole(cluster: str) -> None:
    text = f"a{cluster}b"
    for position in range(1, 1 + len(cluster)):
        assert grapheme_bounds(text, position) == (1, 1 + len(cluster))
    assert whole_graphemes(text, 1, 2) == (1, 1 + len(cluster))


def test_flags_pair_from_the_start_of_their_row() -> None:
    text = "🇰🇷🇫🇷🇩"
    assert [grapheme_bounds(text, at) for at in range(5)] == [(0, 2), (0, 2), (2, 4), (2, 4), (4, 5)]


@given(AWKWARD)
def test_characters_tile_the_text(raw: str) -> None:
    at = 0
    while at < len(raw):
        start, end = grapheme_bounds(raw, at)
        assert start == at < end
        assert grapheme_bounds(raw, end - 1) == (start, end)
        at = end
    assert at == len(raw)


@given(AWKWARD, st.data())
def test_a_word_holds_its_position_and_whole_characters(raw: str, data: st.DataObject) -> None:
    text = normalise(raw)[0]
    position = data.draw(st.integers(0, len(text)))
    start, end = word_at(text, position)
    assert start <= position <= end or not text
    assert (start, end) == whole_graphemes(text, start, end)


def test_grow_to_words() -> None:
    text = "It was  hard, really hard."
    start, end = grow_to_words(text, 5, 17)
    assert text[start:end] == "was  hard, really"
    assert grow_to_words(text, 6, 8) == (6, 6)


def test_excerpt_is_one_short_line() -> None:
    assert excerpt("one\n two") == "one two"
    assert excerpt("word " * 100, limit=20) == "word word word word…"
    assert excerpt("x" * 100, limit=20) == "x" * 19 + "…"
    assert excerpt(FAMILY * 5, limit=10) == FAMILY + "…"
    assert excerpt("skip this, keep that", 11) == "keep that"
    assert excerpt("a" + " " * 1000 + "b", limit=10) == "a…"


def test_words_of_the_sample_with_combining_marks(samples: Path) -> None:
    raw = (samples / "transcripts" / "nena-combining-marks-gozali.nena.txt").read_text(encoding="utf-8")
    text = normalise(raw)[0]
    for word in ("šmíyənwa", "tunìθaˈ", "pərč̭ə́mta"):
        decomposed = unicodedata.normalize("NFD", word)
        start = text.index(decomposed)
        for position in range(start, start + len(decomposed)):
            assert text[slice(*word_at(text, position))] == decomposed
