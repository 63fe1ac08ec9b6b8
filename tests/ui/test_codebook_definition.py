"""The definition panel: typed text is saved when a field is left, and never lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot
from ui.codebook_desk import Listener, context, fill, guid, show

from coder_app.core.changes import Changes
from coder_app.core.model import Level, MemoTarget
from coder_app.project.project import Project
from coder_app.ui.codebook.definition import DefinitionPanel
from coder_app.ui.page import Page

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Desk(Page):
    """The panel beside a field that the focus can go to."""

    def build(self) -> None:
        self.panel = DefinitionPanel(self.ctx)
        self.elsewhere = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.panel)
        column.addWidget(self.elsewhere)

    def refresh(self, changes: Changes) -> None:
        self.panel.refresh(changes)


@pytest.fixture
def desk(project: Project, qtbot: QtBot) -> Desk:
    fill(project)
    made = Desk(context(project))
    show(qtbot, made, 420, 900)
    made.panel.show_node(guid(project, "First week"))
    return made


def write(desk: Desk, field: str, text: str) -> None:
    editor = desk.panel.fields[field]
    editor.setFocus()
    QTest.keyClicks(editor, text)


def definition(desk: Desk, name: str) -> object:
    return desk.ctx.project.codes.tree()[guid(desk.ctx.project, name)].definition


def test_it_shows_name_path_level_and_colour(desk: Desk) -> None:
    panel = desk.panel
    assert panel.name.text() == "First week"
    assert panel.path.text() == "Trust  ›  Arriving"
    assert panel.path.textFormat() == Qt.TextFormat.PlainText
    assert panel.level.currentText() == "Code"
    assert panel.color.accessibleName().startswith("Colour: ")


def test_each_field_is_one_step_when_it_is_left_changed(desk: Desk) -> None:
    write(desk, "short", "The first days")
    write(desk, "when", "Early days")
    desk.elsewhere.setFocus()
    desk.panel.fields["full"].setFocus()
    desk.elsewhere.setFocus()
    saved = desk.ctx.project.codes.tree()[guid(desk.ctx.project, "First week")].definition
    assert (saved.short, saved.when, saved.full) == ("The first days", "Early days", "")
    desk.ctx.undo()
    assert desk.panel.fields["when"].text == ""
    assert desk.panel.fields["short"].text == "The first days"
    desk.ctx.undo()
    assert desk.panel.fields["short"].text == ""


def test_a_refresh_while_typing_keeps_what_was_typed(desk: Desk) -> None:
    write(desk, "full", "half a sen")
    project = desk.ctx.project
    desk.ctx.run(project.codes.define, guid(project, "First week"), "short", "From elsewhere")
    desk.ctx.run(project.codes.rename, guid(project, "First week"), "Week one")
    assert desk.panel.fields["full"].text == "half a sen"
    assert desk.panel.fields["short"].text == "From elsewhere"
    assert desk.panel.name.text() == "Week one"
    QTest.keyClicks(desk.panel.fields["full"], "tence")
    desk.elsewhere.setFocus()
    assert project.codes.tree()[guid(project, "Week one")].definition.full == "half a sentence"


def test_choosing_another_node_saves_first(desk: Desk) -> None:
    write(desk, "example", "words")
    desk.panel.show_node(guid(desk.ctx.project, "Keys"))
    assert desk.panel.fields["example"].text == ""
    assert desk.ctx.project.codes.tree()[guid(desk.ctx.project, "First week")].definition.example == "words"


def test_closing_the_project_saves_first(desk: Desk) -> None:
    path = desk.ctx.project.path
    assert path is not None
    write(desk, "plain", "in plain words")
    desk.ctx.close_project()
    with Project.open(path, coder="Ann") as again:
        assert again.codes.tree()[guid(again, "First week")].definition.plain == "in plain words"


def test_a_name_that_is_refused_stays_typed_even_over_another_node(desk: Desk) -> None:
    heard = Listener(desk.ctx)
    desk.panel.name.setFocus()
    desk.panel.name.selectAll()
    QTest.keyClicks(desk.panel.name, "Who signs")
    QTest.keyClick(desk.panel.name, Qt.Key.Key_Return)
    assert len(heard.problems) == 1
    assert "already" in heard.problems[0]
    assert desk.panel.name.text() == "Who signs"
    assert desk.panel.name.property("kind") == "wrong"
    first = desk.panel.node
    desk.panel.show_node(guid(desk.ctx.project, "Keys"))
    assert desk.panel.name.text() == "Keys"
    desk.panel.show_node(first)
    assert desk.panel.name.text() == "Who signs"


def test_text_for_a_deleted_code_comes_back_with_it(desk: Desk) -> None:
    project, code = desk.ctx.project, guid(desk.ctx.project, "First week")
    write(desk, "full", "not saved yet")
    desk.ctx.run(project.codes.delete, [code], below=False)
    assert desk.panel.node == ""
    desk.ctx.undo()
    desk.panel.show_node(code)
    assert desk.panel.fields["full"].text == "not saved yet"


def test_level_and_colour_from_the_keyboard(desk: Desk, qtbot: QtBot) -> None:
    desk.panel.show_node(guid(desk.ctx.project, "Keys"))
    desk.panel.level.setFocus()
    qtbot.keyClick(desk.panel.level, Qt.Key.Key_Up)
    assert desk.ctx.project.codes.tree()[guid(desk.ctx.project, "Keys")].level == Level.SUBCATEGORY
    desk.panel.color.setFocus()
    qtbot.keyClick(desk.panel.color, Qt.Key.Key_Space)
    assert desk.panel.menu is not None
    qtbot.keyClick(desk.panel.menu, Qt.Key.Key_Down)
    qtbot.keyClick(desk.panel.menu, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert desk.ctx.project.undo_name() == "Recolour Keys"
    desk.ctx.undo()
    desk.ctx.undo()
    assert desk.panel.level.currentText() == "Code"


def test_a_level_that_is_refused_is_shown_as_it_was(desk: Desk, qtbot: QtBot) -> None:
    heard = Listener(desk.ctx)
    desk.panel.level.setFocus()
    qtbot.keyClick(desk.panel.level, Qt.Key.Key_Home)
    assert heard.problems
    assert desk.panel.level.currentText() == "Code"


def test_memos_are_written_here(desk: Desk) -> None:
    editor = desk.panel.memos.cards[-1].editor
    editor.setFocus()
    QTest.keyClicks(editor, "two codes?")
    desk.panel.flush()
    memos = desk.ctx.project.memos.about(MemoTarget.CODE, desk.panel.node)
    assert [memo.text for memo in memos] == ["two codes?"]


def test_a_read_only_project_is_for_reading(project: Project, qtbot: QtBot) -> None:
    fill(project)
    project.codes.define(guid(project, "Keys"), "short", "<i>shown as it is</i>")
    path = project.path
    assert path is not None
    project.close()
    desk = Desk(context(Project.open(path, coder="Ann", read_only=True)))
    show(qtbot, desk)
    desk.panel.show_node(guid(desk.ctx.project, "Keys"))
    assert desk.panel.fields["short"].text == "<i>shown as it is</i>"
    QTest.keyClicks(desk.panel.fields["short"], "x")
    QTest.keyClicks(desk.panel.name, "x")
    assert desk.panel.fields["short"].text == "<i>shown as it is</i>"
    assert not desk.panel.level.isEnabled()
    assert desk.panel.flush()
    desk.ctx.close_project()
