"""Escape leaves a memo: it is saved, and the focus goes back to where it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from ui.coding_desk import CodingDesk

from coder_app.project.project import Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")


@pytest.fixture
def desk(project: Project, qtbot: QtBot) -> Iterator[CodingDesk]:
    made = CodingDesk(project)
    qtbot.addWidget(made.window)
    yield made
    made.window.close()


def memos(desk: CodingDesk) -> list[str]:
    return [memo.text for memo in desk.project.memos.all()]


def test_escape_saves_and_goes_back_to_the_text(desk: CodingDesk) -> None:
    desk.click("fear")
    text = desk.focus()
    assert text is not None
    desk.keys("Ctrl+Shift+M")
    assert desk.page.details.memos.isAncestorOf(desk.focus())
    desk.type("one")
    desk.keys("Escape")
    assert memos(desk) == ["one"]
    assert desk.focus() is text
    desk.keys("Ctrl+Shift+M")
    desk.type("two")
    desk.keys("Ctrl+Return")
    desk.type("three")
    desk.keys("Escape")
    assert memos(desk) == ["one", "two", "three"]
    assert desk.focus() is text


def test_escape_goes_back_to_the_codebook(desk: CodingDesk) -> None:
    tree = desk.page.tree.view
    tree.setFocus()
    desk.keys("Ctrl+Shift+M")
    desk.keys("Escape")
    assert memos(desk) == []
    assert desk.focus() is tree
