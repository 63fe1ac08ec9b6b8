"""Whole words by mouse where one wants that, and a quiet line below a transcript that was finished."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.coding_desk import LEFT, CodingDesk, settle, unmoved

from coder_app.core.model import Status
from coder_app.project.project import Project
from coder_app.ui.settings import Settings
from coder_app.ui.transcripts.commands import ACTIONS as TRANSCRIPT_ACTIONS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def desk(qtbot: QtBot, project: Project) -> Iterator[CodingDesk]:
    made = CodingDesk(project)
    qtbot.addWidget(made.window)
    made.page.view.setFocus()
    yield made
    made.close()


def selected(desk: CodingDesk) -> str:
    start, end = desk.page.view.selection()
    return desk.text[start:end]


def finish(desk: CodingDesk) -> None:
    assert desk.page.transcript is not None
    document = desk.page.transcript.document.guid
    desk.ctx.run(desk.project.documents.set_status, document, Status.FINISHED)
    settle()


def mark(desk: CodingDesk, words: str) -> None:
    desk.sweep(words)
    desk.keys("Ctrl+H")


# Whole words


def test_the_mouse_selects_exactly_unless_asked_otherwise(desk: CodingDesk) -> None:
    desk.sweep("obody told m")
    assert selected(desk) == "obody told m"
    desk.keys("Escape", "Ctrl+Alt+W")
    desk.sweep("obody told m")
    assert selected(desk) == "nobody told me"
    desk.keys("Ctrl+H")
    assert desk.on_disk() == [("nobody told me", "")]
    desk.keys("Ctrl+Alt+W")
    desk.sweep("ange")
    assert selected(desk) == "ange"


def test_the_choice_is_a_tick_in_the_menu_and_is_remembered(desk: CodingDesk) -> None:
    action = desk.window.page_actions["code"]["whole_words"]
    assert not action.isChecked()
    action.trigger()
    assert action.isChecked()
    desk.settings.save()
    assert Settings.load().whole_words


def test_keys_and_shift_clicks_begin_where_they_began(desk: CodingDesk) -> None:
    desk.keys("Ctrl+Alt+W")
    desk.click("told")
    QTest.keyClick(desk.focus(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert len(selected(desk)) == 1
    begin, end = desk.rects("told me")
    viewport = desk.page.view.viewport()
    QTest.mouseClick(viewport, LEFT, Qt.KeyboardModifier.NoModifier, begin)
    settle()
    assert selected(desk) == ""
    QTest.mouseClick(viewport, LEFT, Qt.KeyboardModifier.ShiftModifier, end)
    settle()
    assert selected(desk) == "told me"


def test_a_click_still_only_puts_the_caret(desk: CodingDesk) -> None:
    desk.keys("Ctrl+Alt+W")
    desk.click("nobody")
    start, end = desk.page.view.selection()
    assert start == end
    assert desk.text[start - 2 : start + 2] in "nobody"


# Finished, and coded on


def test_coding_on_says_that_it_was_finished(desk: CodingDesk) -> None:
    note = desk.page.parts.finished
    finish(desk)
    assert not note.isVisible()
    desk.click("told")
    assert not note.isVisible()
    desk.sweep("nobody told me")
    unmoved(desk, lambda: desk.keys("Ctrl+H"))
    assert note.isVisible()
    assert note.text == "You marked this transcript as finished."
    assert desk.focus() is not None
    assert not note.isAncestorOf(desk.focus())
    QTest.mouseClick(note.back, LEFT)
    settle()
    assert desk.page.status_now() is Status.IN_PROGRESS
    assert not note.isVisible()
    mark(desk, "Strange")
    assert not note.isVisible()


def test_the_key_for_finished_takes_the_line_away(desk: CodingDesk) -> None:
    finish(desk)
    mark(desk, "nobody told me")
    assert desk.page.parts.finished.isVisible()
    desk.page.go_text()
    desk.keys("Ctrl+Shift+G")
    assert desk.page.status_now() is Status.IN_PROGRESS
    assert not desk.page.parts.finished.isVisible()


def test_the_line_stays_away_once_it_was_closed(desk: CodingDesk) -> None:
    finish(desk)
    mark(desk, "nobody told me")
    desk.page.parts.finished.dismiss()
    mark(desk, "Strange")
    assert not desk.page.parts.finished.isVisible()


def test_others_work_and_other_transcripts_do_not_bring_the_line(desk: CodingDesk) -> None:
    finish(desk)
    desk.keys("Ctrl+PgDown")
    mark(desk, "sit with a man")
    assert not desk.page.parts.finished.isVisible()
    desk.keys("Ctrl+PgUp")
    assert not desk.page.parts.finished.isVisible()
    desk.ctx.switch_coder(desk.project.coders.named("Ben").guid)
    settle()
    mark(desk, "nobody told me")
    assert not desk.page.parts.finished.isVisible()
    QApplication.processEvents()


def test_keys_mean_the_same_on_both_pages(desk: CodingDesk) -> None:
    here = {row.shortcut: row for row in desk.page.actions_table() if row.shortcut and not row.scope}
    there = {row.shortcut: row for row in TRANSCRIPT_ACTIONS if row.shortcut and not row.scope}
    assert there["Ctrl+Shift+G"].id == "mark_finished"
    assert here["Ctrl+Shift+G"].id == "finished"
    functions = {key for key in there if key.startswith(("F", "Shift+F", "Ctrl+F")) and key[-1].isdigit()}
    assert all(there[key].call == here[key].call for key in functions & here.keys())
