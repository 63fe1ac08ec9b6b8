"""The Themes page: codes go from the list of free ones into the tree and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui.codebook_desk import context, drop, drop_at, fill, guid, seen, shortcut, show

from coder_app.core.model import Level
from coder_app.project.project import Project
from coder_app.ui.codebook.ask import NameQuestion
from coder_app.ui.codebook.tree import CodebookTree
from coder_app.ui.themes.page import ThemesPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(project: Project, qtbot: QtBot) -> ThemesPage:
    fill(project)
    text = project.documents.transcript(project.documents.all()[0].guid)
    start = text.text.find("nobody told me")
    project.codings.apply(text.document.guid, start, start + 14, guid(project, "First week"))
    made = ThemesPage(context(project))
    show(qtbot, made, 1280, 660)
    return made


def carried(tree: CodebookTree, project: Project, *names: str) -> QMimeData:
    return tree.model.mimeData([tree.model.index_of(guid(project, name)) for name in names])


def test_free_codes_stand_beside_the_tree(page: ThemesPage) -> None:
    assert seen(page.free.model) == ["Guilt", "Keys", "Night shifts"]
    assert page.free_title.text() == "3 free codes"
    assert seen(page.tree.model)[0] == "Trust"
    assert page.definition.name.text() == "Trust"
    assert page.quotes.title.text() == "1 quote · 1 participant · Trust and below"


def test_free_codes_are_dragged_into_the_tree_and_back(page: ThemesPage) -> None:
    project = page.ctx.project
    page.free.select_many([guid(project, "Guilt"), guid(project, "Keys")])
    data = carried(page.free, project, "Guilt", "Keys")
    assert drop(page.tree, data, guid(project, "Who signs"), "above")
    assert seen(page.free.model) == ["Night shifts"]
    at = seen(page.tree.model).index("    First week")
    assert seen(page.tree.model)[at + 1 : at + 3] == ["    Guilt", "    Keys"]
    back = carried(page.tree, project, "Guilt")
    assert drop_at(page.free, back, QPoint(30, page.free.view.viewport().height() - 5))
    assert seen(page.free.model) == ["Night shifts", "Guilt"]
    page.ctx.undo()
    page.ctx.undo()
    assert seen(page.free.model) == ["Guilt", "Keys", "Night shifts"]


def test_a_theme_is_not_taken_by_the_free_list_nor_a_code_by_the_top(page: ThemesPage) -> None:
    project = page.ctx.project
    theme = carried(page.tree, project, "Money")
    assert not drop_at(page.free, theme, QPoint(30, page.free.view.viewport().height() - 5))
    code = carried(page.free, project, "Keys")
    assert not drop(page.tree, code, guid(project, "Trust"), "above")


def test_the_code_that_went_over_stays_chosen(page: ThemesPage, qtbot: QtBot) -> None:
    project = page.ctx.project
    page.free.select(guid(project, "Keys"))
    assert page.tree.selected() == [], "one choice for both trees"
    assert page.definition.name.text() == "Keys"
    page.free.view.setFocus()
    shortcut(qtbot, page, page.free.view, "codebook_put_inside")
    question = page.commands[page.free].question
    assert question is not None
    QTest.keyClicks(question.entry, "mon")  # type: ignore[attr-defined]
    QTest.keyClick(question.entry, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    assert page.tree.current() == guid(project, "Keys")
    assert page.definition.name.text() == "Keys"
    assert page.codebook_commands is page.commands[page.tree]


def test_keys_go_to_the_tree_that_is_worked_in(page: ThemesPage, qtbot: QtBot) -> None:
    page.tree.select(guid(page.ctx.project, "Overtime"))
    page.tree.view.setFocus()
    shortcut(qtbot, page, page.tree.view, "codebook_stand_free")
    assert seen(page.free.model)[-1] == "Overtime"
    assert page.active is page.free


def test_delete_among_the_quotes_removes_the_quote_and_no_code(page: ThemesPage, qtbot: QtBot) -> None:
    page.quotes.list.setFocus()
    page.quotes.list.setCurrentIndex(page.quotes.model.index(0))
    shortcut(qtbot, page, page.quotes.list, "quotes_remove")
    assert page.quotes.model.rowCount() == 0
    assert page.commands[page.tree].question is None
    assert "    First week" in seen(page.tree.model)


def test_the_choice_is_shared_with_other_pages(page: ThemesPage) -> None:
    project = page.ctx.project
    page.tree.select(guid(project, "Money"))
    assert page.ctx.code == guid(project, "Money")
    page.ctx.select_code(guid(project, "Night shifts"))
    assert page.free.current() == guid(project, "Night shifts")
    assert page.definition.name.text() == "Night shifts"


def test_typed_text_is_saved_when_the_page_is_left(page: ThemesPage) -> None:
    project = page.ctx.project
    editor = page.definition.fields["short"]
    editor.setFocus()
    QTest.keyClicks(editor, "what holds")
    page.go_away()
    assert project.codes.tree()[guid(project, "Trust")].definition.short == "what holds"


def test_on_a_narrow_window_the_trees_stand_over_each_other(page: ThemesPage, qtbot: QtBot) -> None:
    assert page.boards.orientation() == Qt.Orientation.Horizontal
    page.resize(640, 400)
    qtbot.waitUntil(lambda: page.boards.orientation() == Qt.Orientation.Vertical)
    assert page.minimumSizeHint().width() <= 640


def test_an_empty_project_says_what_to_do(tmp_path: object, project: Project, qtbot: QtBot) -> None:
    project.codes.delete([guid(project, "Trust")], below=True)
    made = ThemesPage(context(project))
    show(qtbot, made, 1000, 600)
    assert made.empty.isVisible()
    made._new(made.tree, Level.THEME)
    question = made.commands[made.tree].question
    assert isinstance(question, NameQuestion)
    QTest.keyClicks(question.name, "Hope")
    QTest.keyClick(question.name, Qt.Key.Key_Return)
    assert not made.empty.isVisible()
    assert seen(made.tree.model) == ["Hope"]
