"""Positions on the page are positions in the text, whatever characters it holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from coder_app.core.model import Document, Role, Speaker, Transcript, Turn
from coder_app.core.text import Utf16Map, normalise, whole_graphemes
from coder_app.ui.transcript import Highlight, TranscriptView

ODD = "\t\x01\x0b\x0c\x1b\x1c\x1d\x1e\x1f\x7f\x85\xa0\xad\u200b\u200d\u200e\u202e\u2066\ufeff"
ODD += "\ufff9\ufffc\ufffd\ufffe\uffff"
WRITING = "ab é e\u0301 각 한글 שָׁלום 👩\u200d👩\u200d👧 🇰🇷 👍🏽 1\ufe0f\u20e3 \U0001d518 क्षि"

texts = st.text(
    st.one_of(st.sampled_from(ODD + WRITING + "\n\n  "), st.characters(exclude_categories=["Cs"])),
    max_size=60,
).map(lambda text: normalise(text)[0])


def transcript(text: str, turns: tuple[Turn, ...] = (), names: tuple[str, ...] = ()) -> Transcript:
    speakers = tuple(Speaker(name, "d", name, Role.PARTICIPANT, None) for name in names)
    return Transcript(Document("d", "Title", "", "", len(text)), text, speakers, turns)


@pytest.fixture
def view(qtbot: QtBot) -> TranscriptView:
    widget = TranscriptView()
    qtbot.addWidget(widget)
    widget.resize(700, 500)
    return widget


def page(view: TranscriptView) -> QTextDocument:
    return view._pane.document()


def assert_exact(view: TranscriptView, text: str) -> None:
    units = Utf16Map(text)
    document = page(view)
    assert document.characterCount() == units.length + 1
    assert document.blockCount() == text.count("\n") + 1
    for position, char in enumerate(text):
        block = document.findBlock(units.unit(position))
        assert block.blockNumber() == text.count("\n", 0, position)
        if char.isalnum():
            shown = block.text().encode("utf-16-le")
            at = 2 * (units.unit(position) - block.position())
            wanted = char.encode("utf-16-le")
            assert shown[at : at + len(wanted)] == wanted


@given(text=texts)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_every_character_stands_where_the_map_says(view: TranscriptView, text: str) -> None:
    view.show_transcript(transcript(text))
    assert_exact(view, text)


@given(text=texts, data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_a_range_selected_is_the_range_told(view: TranscriptView, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    view.show_transcript(transcript(text))
    view.select(start, end)
    assert view.selection() == whole_graphemes(text, start, end)


def test_all_characters_that_could_disturb(view: TranscriptView) -> None:
    text = normalise("".join(f"a{chr(code)}b\n" for code in [*range(1, 0x300), *range(0x2000, 0x2070)]))[0]
    text += "".join(f"a{chr(code)}b\n" for code in [*range(0xFDC0, 0xFDD0), *range(0xFFF0, 0x10000), 0x1F600])
    view.show_transcript(transcript(text))
    assert_exact(view, text)


def test_turns_in_disorder_do_not_break_the_page(view: TranscriptView) -> None:
    text = "Anna: yes 😀\nBen: no\n\n\nAnna: \ufffc 한국"
    turns = tuple(
        Turn(
            number,
            text.index(body),
            text.index(body) + len(name),
            text.index(body) + len(body),
            speaker,
            None,
        )
        for number, (body, name, speaker) in enumerate(
            [("Anna: yes 😀", "Anna: ", 0), ("Ben: no", "Ben: ", 1), ("Anna: \ufffc 한국", "Anna: ", 0)], 1
        )
    )
    view.show_transcript(transcript(text, turns, ("Anna", "Ben")))
    assert_exact(view, text)
    view.set_codings([Highlight("x", -5, 10_000, "#123456"), Highlight("gone", 7, 7, "#123456")])
    assert [item.guid for item in view.codings()] == ["x"]
    view.grab()
