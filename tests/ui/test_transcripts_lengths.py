"""Words and minutes of transcripts are counted between other things, once, and told as they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from coder_app.core.model import NewDocument, Turn
from coder_app.core.text import word_count
from coder_app.project.project import Project
from coder_app.ui.context import Context
from coder_app.ui.settings import Settings
from coder_app.ui.transcripts import lengths as module
from coder_app.ui.transcripts.documents_model import CODINGS, MINUTES, WORDS
from coder_app.ui.transcripts.lengths import Lengths, pieces_of
from coder_app.ui.transcripts.page import TranscriptsPage
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def lines(count: int) -> NewDocument:
    text = "one two three\n" * count
    return NewDocument(f"Lines {count}", text, (), (Turn(1, 0, 0, len(text), None, 90.0),))


@given(st.text("ab \n\u2029 \U0001f600", max_size=200))
def test_no_word_is_cut(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "AT_ONCE", 3)
        pieces = list(pieces_of(text))
    assert "".join(text[start:end] for start, end in pieces) == text
    assert sum(word_count(text, start, end) for start, end in pieces) == word_count(text)


def test_a_long_transcript_is_counted_while_the_window_lives(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 100)
    ctx = Context(Settings(), Work())
    ctx.set_project(project)
    guids = project.documents.add([lines(500), lines(20)])
    lengths = Lengths(ctx)
    lengths.want(guids)
    assert lengths.of(guids[0]) is None
    assert not ctx.work.busy  # nothing that the window shows
    with qtbot.waitSignal(lengths.counted):
        lengths.want(guids[:1])
    assert [lengths.of(guid) for guid in guids] == [(1500, 2), (60, 2)]
    lengths.want(guids)
    assert ctx.work.jobs == []


def test_a_transcript_that_goes_meanwhile_is_left_out(qtbot: QtBot, project: Project) -> None:
    ctx = Context(Settings(), Work())
    ctx.set_project(project)
    lengths = Lengths(ctx)
    known = project.documents.all()[0].guid
    lengths.want(["no such transcript", known])
    with qtbot.waitSignal(lengths.counted):
        pass
    assert lengths.of("no such transcript") is None
    assert lengths.of(known) is not None


def test_closing_the_project_stops_the_counting(qtbot: QtBot, project: Project) -> None:
    ctx = Context(Settings(), Work())
    ctx.set_project(project)
    lengths = Lengths(ctx)
    lengths.want([document.guid for document in project.documents.all()])
    ctx.close_project()
    assert ctx.work.jobs == []


def test_the_page_shows_dots_until_the_words_are_counted(qtbot: QtBot, project: Project) -> None:
    ctx = Context(Settings(), Work())
    ctx.set_project(project)
    page = TranscriptsPage(ctx)
    qtbot.addWidget(page)
    page.come_up()
    cells = [page.model.index(0, column) for column in (WORDS, MINUTES, CODINGS)]
    assert [cell.data() for cell in cells] == ["…", "", ""]
    assert "words" not in page.details.facts.text()
    with qtbot.waitSignal(page.lengths.counted):
        pass
    assert cells[0].data().isdigit()
    assert f"{cells[0].data()} words" in page.details.facts.text()
    asked: list[int] = []
    page.list.selectionModel().selectionChanged.connect(lambda: asked.append(1))
    page.list.choose([row.document.guid for row in page.model.rows])
    assert len(page.list.guids()) == 2
    assert len(asked) == 1
