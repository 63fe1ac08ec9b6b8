"""Ends of codings moved word by word, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.core.text import whole_graphemes
from coder_app.ui.transcript.words import earlier_end, earlier_start, later_end, later_start

texts = st.text(st.sampled_from("ab é \u0301가나 שָׁל 👩\u200d👧 .,-\n'x"), min_size=1, max_size=40)


@given(texts, st.data())
@settings(max_examples=300)
def test_ends_move_outwards_or_inwards_and_cut_no_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    start, end = whole_graphemes(text, start, end)
    assert end <= later_end(text, end) <= len(text)
    assert 0 <= earlier_start(text, start) <= start
    assert start < earlier_end(text, start, end) <= end
    assert start <= later_start(text, start, end) < end
    for low, high in (
        (start, later_end(text, end)),
        (earlier_start(text, start), end),
        (start, earlier_end(text, start, end)),
        (later_start(text, start, end), end),
    ):
        assert whole_graphemes(text, low, high) == (low, high)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("one two, three.", ["one two", "one two, three", "one two, three."]),
        ("안보를 지탱해 주던", ["안보를 지탱해", "안보를 지탱해 주던", "안보를 지탱해 주던"]),
        ("don’t stop it", ["don’t stop", "don’t stop it", "don’t stop it"]),
    ],
)
def test_growing_word_by_word(text: str, steps: list[str]) -> None:
    end = later_end(text, 0)
    found = []
    for _ in steps:
        end = later_end(text, end)
        found.append(text[:end])
    assert found == steps
