"""The search box: commands, codes, transcripts and words, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.shell import make_window

from coder_app.project.project import Project
from coder_app.ui.palette_search import HIT_ROLE, SearchHit, score
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> Iterator[Window]:
    made = make_window()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    project.coders.switch(project.coders.named("Ann").guid)
    made.commands.take_over(project)
    yield made
    made.close()


def search(window: Window, words: str, qtbot: QtBot) -> list[SearchHit]:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.search, words)
    qtbot.waitUntil(lambda: not window.search.searching)
    rows = window.search.results.list
    return [rows.item(row).data(HIT_ROLE) for row in range(rows.count())]


def test_commands_are_found_and_carried_out(window: Window, qtbot: QtBot) -> None:
    hits = search(window, "everyone", qtbot)
    assert hits[0].title == "Show everyone's codings"
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.ctx.everyone
    assert not window.search.results.isVisible()
    assert window.search.text() == ""


def test_a_command_of_another_page_goes_there_first(window: Window, qtbot: QtBot) -> None:
    hits = search(window, "mark there", qtbot)
    assert [hit.title for hit in hits] == ["Mark there"]
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.current == "code"
    assert window.pages["code"].marks == 1


def test_codes_are_found_by_name_with_what_stands_above(window: Window, qtbot: QtBot) -> None:
    hits = search(window, "told", qtbot)
    assert (hits[0].title, hits[0].detail, hits[0].kind) == ("Not being told", "Trust", "Code")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.current == "code"
    assert window.ctx.project.codes.tree().nodes[window.ctx.code].name == "Not being told"


def test_words_are_found_in_the_transcripts_at_their_place(window: Window, qtbot: QtBot) -> None:
    hits = search(window, "NOBODY TOLD me", qtbot)
    assert len(hits) == 1
    hit = hits[0]
    assert hit.title[slice(*hit.mark)] == "nobody told me"
    assert hit.detail == "Interview P1"
    places: list[tuple[str, int, int]] = []
    window.ctx.openPlace.connect(lambda *place: places.append(place))
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    document, start, end = places[0]
    text = window.ctx.project.documents.transcript(document).text
    assert text[start:end] == "nobody told me"


def test_the_arrows_choose_and_the_mouse_too(window: Window, qtbot: QtBot) -> None:
    hits = search(window, "interview p", qtbot)
    titles = [hit.title for hit in hits if hit.kind == "Transcript"]
    assert titles == ["Interview P1", "Interview P2"]
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    assert window.search.results.list.currentRow() == 1
    QTest.keyClick(window.search, Qt.Key.Key_PageDown)
    assert window.search.results.list.currentRow() == len(hits) - 1
    rows = window.search.results.list
    place = rows.visualItemRect(rows.item(0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.ctx.project.documents.all()[0].guid == window.ctx.document


def test_nothing_found_is_said(window: Window, qtbot: QtBot) -> None:
    assert search(window, "zzz(", qtbot) == []
    assert window.search.results.nothing.isVisible()


def test_escape_gives_the_focus_back(window: Window, qtbot: QtBot) -> None:
    page = window.pages["transcripts"]
    page.edit.setFocus()
    search(window, "undo", qtbot)
    assert window.search.hasFocus()
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert page.edit.hasFocus()
    assert not window.search.results.isVisible()


def test_leaving_the_box_closes_the_answers(window: Window, qtbot: QtBot) -> None:
    search(window, "nobody", qtbot)
    window.pages["transcripts"].edit.setFocus()
    QApplication.processEvents()
    assert not window.search.results.isVisible()


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("und", "Undo", 3),
        ("colours dark", "Dark colours", 2),
        ("ours", "Dark colours", 1),
        ("dark red", "Dark colours", 0),
        ("", "Dark colours", 0),
        ("ΣΟΦ", "Σοφία", 3),
    ],
)
def test_how_well_a_text_answers(words: str, text: str, expected: int) -> None:
    assert score(words, text) == expected
