"""The window as a person meets it: pages, menus, keys, undo by name, coders, files dropped on it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from ui.shell import make_window, press, when_open

from coder_app.core.changes import Changes
from coder_app.project.backups import Backup
from coder_app.project.project import Project
from coder_app.ui.dialogs.backups import BackupsDialog
from coder_app.ui.welcome import when_text
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""What the platform without a screen cannot do."""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = make_window()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def opened(window: Window, project: Project) -> Window:
    """The window with the small project, Ann at work."""
    project.coders.switch(project.coders.named("Ann").guid)
    window.commands.take_over(project)
    return window


def menu_action(window: Window, menu: str, text: str) -> QAction:
    """A menu row as a person reads it."""
    for top in window.menus.bar.actions():
        if top.isVisible() and top.text().replace("&", "") == menu:
            for action in window.menus.menus[_key(window, top)].actions():
                if action.isVisible() and action.text().replace("&", "") == text:
                    return action
    raise AssertionError(f"No row {text} in the menu {menu}")


def _key(window: Window, top: QAction) -> str:
    return next(key for key, menu in window.menus.menus.items() if menu.menuAction() is top)


def menu_texts(window: Window, key: str) -> list[str]:
    actions = window.menus.menus[key].actions()
    return [a.text().replace("&", "") for a in actions if a.isVisible() and not a.isSeparator()]


def test_without_a_project_the_welcome_page_is_up_and_pages_are_out_of_reach(window: Window) -> None:
    assert window.stack.currentWidget() is window.welcome
    assert not window.rail.pages["code"].isEnabled()
    assert not window.actions_set["close"].isEnabled()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.current == ""
    assert not window.whose.isEnabled()


def test_opening_shows_the_first_page_and_the_title(opened: Window) -> None:
    assert opened.windowTitle() == "Small study – Coder"
    assert opened.current == "transcripts"
    assert opened.rail.pages["transcripts"].isChecked()
    assert opened.rail.coder.text() == "Ann"
    assert list(opened.pages) == ["transcripts"]


def test_keys_go_from_page_to_page_and_each_is_built_once(opened: Window) -> None:
    QTest.keyClick(opened, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened.current == "code"
    QTest.keyClick(opened, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    page = opened.pages["transcripts"]
    assert page.log == ["build", f"refresh {Changes.EVERYTHING.value}", "enter", "leave", "enter"]


def test_hidden_pages_wait_and_catch_up_with_what_concerns_them(opened: Window) -> None:
    first = opened.pages["transcripts"]
    opened.show_page("code")
    second = opened.pages["code"]
    del first.log[:], second.log[:]
    opened.ctx.run(opened.ctx.project.codes.add, "New here")
    assert first.log == []
    assert second.log == []
    opened.show_page("transcripts")
    assert first.log == [f"refresh {Changes.CODES.value}", "enter"]
    assert first.label.text() == "4"


def test_the_initiator_is_not_refreshed(opened: Window) -> None:
    page = opened.pages["transcripts"]
    del page.log[:]
    opened.ctx.run(opened.ctx.project.codes.add, "Mine", initiator=page)
    assert page.log == []


def test_undo_and_redo_by_name(opened: Window) -> None:
    QTest.keyClick(opened, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    page = opened.pages["transcripts"]
    assert page.label.text() == "4"
    name = opened.ctx.project.undo_name()
    assert menu_texts(opened, "edit")[0] == f"Undo {name}"
    QTest.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.label.text() == "3"
    assert opened.toast.isVisible()
    assert opened.toast.text == f"Undone: {name}"
    menu_action(opened, "Edit", f"Redo {name}").trigger()
    assert page.label.text() == "4"


def test_rows_of_a_page_are_in_the_menus_only_while_it_is_up(opened: Window) -> None:
    assert "Take it apart…" in menu_texts(opened, "file")
    assert menu_texts(opened, "coding") == ["Mark it"]
    opened.show_page("code")
    assert "Take it apart…" not in menu_texts(opened, "file")
    assert menu_texts(opened, "coding") == ["Mark there"]
    opened.commands.close_project()
    assert not opened.menus.menus["coding"].menuAction().isVisible()


def test_the_same_key_means_what_the_page_that_is_up_says(opened: Window, qtbot: QtBot) -> None:
    first = opened.pages["transcripts"]
    opened.setFocus()
    QTest.keyClick(opened, Qt.Key.Key_M)
    assert first.marks == 0  # nothing is chosen
    first.chosen = True
    first.update_actions()
    QTest.keyClick(opened, Qt.Key.Key_M)
    assert first.marks == 1
    opened.show_page("code")
    QTest.keyClick(opened, Qt.Key.Key_M)
    assert (first.marks, opened.pages["code"].marks) == (1, 1)


def test_letters_typed_into_a_field_are_letters(opened: Window) -> None:
    page = opened.pages["transcripts"]
    page.chosen = True
    page.update_actions()
    page.edit.setFocus()
    QTest.keyClicks(page.edit, "mm")
    assert page.edit.text() == "mm"
    assert page.marks == 0


def test_everyones_is_one_switch_in_three_places(opened: Window) -> None:
    ann = opened.ctx.project.coders.current.guid
    assert opened.ctx.coders_shown() == [ann]
    QTest.mouseClick(opened.whose.everyones, Qt.MouseButton.LeftButton)
    assert opened.ctx.coders_shown() is None
    assert opened.actions_set["everyone"].isChecked()
    QTest.keyClick(
        opened, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert opened.ctx.coders_shown() == [ann]
    assert opened.whose.mine.isChecked()


def test_switching_the_coder_is_one_action_and_goes_back_to_blind(opened: Window) -> None:
    opened.ctx.set_everyone(True)
    QTest.keyClick(
        opened, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts[:2] == ["Ann", "Ben"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert opened.ctx.project.coders.current.name == "Ben"
    assert opened.rail.coder.text() == "Ben"
    assert opened.ctx.everyone is False
    assert opened.ctx.remembered.coder == opened.ctx.project.coders.named("Ben").guid


def test_a_new_coder_is_asked_for_and_takes_over(opened: Window) -> None:
    def fill(dialog: QWidget) -> None:
        QTest.keyClicks(dialog.findChild(QLineEdit), "Chris & Co")
        press(dialog, "Add and switch")

    when_open(QDialog, fill)
    menu_action(opened, "Coder", "New coder…").trigger()
    assert opened.ctx.project.coders.current.name == "Chris & Co"
    assert opened.rail.coder.text() == "Chris && Co"


def test_a_problem_is_told_and_nothing_breaks(opened: Window) -> None:
    ok, value = opened.ctx.run(opened.ctx.project.coders.add, "Ann")
    assert (ok, value) == (False, None)
    assert opened.toast.isVisible()
    assert "already a coder named “Ann”" in opened.toast.text
    QTest.keyClick(opened.toast, Qt.Key.Key_Escape)
    assert not opened.toast.isVisible()


def test_renaming_the_project_changes_the_title(opened: Window) -> None:
    def fill(dialog: QWidget) -> None:
        QTest.keyClicks(dialog.findChild(QLineEdit), "<b>Better</b>")
        press(dialog, "Rename")

    when_open(QDialog, fill)
    menu_action(opened, "File", "Rename project…").trigger()
    assert opened.windowTitle() == "<b>Better</b> – Coder"


def test_open_place_goes_to_the_code_page(opened: Window) -> None:
    opened.ctx.openPlace.emit("x", 3, 7)
    assert opened.current == "code"
    assert opened.pages["code"].log[-1] == "open 3 7"


def test_closing_forgets_the_pages_and_comes_back_to_the_welcome_page(opened: Window) -> None:
    page = opened.pages["transcripts"]
    QTest.keyClick(opened, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert page.log[-1] == "leave"
    assert opened.pages == {}
    assert opened.stack.currentWidget() is opened.welcome
    assert [row.recent.name for row in opened.welcome.rows] == ["Small study"]
    assert opened.windowTitle() == "Coder"


def test_a_project_whose_coder_is_known_opens_without_a_question(window: Window, project: Project) -> None:
    project.close()
    assert project.path is not None
    window.ctx.settings.project(project.guid).coder = _guid_of(project.path, "Ben")
    assert window.commands.open_path(project.path)
    assert window.ctx.project.coders.current.name == "Ben"


def _guid_of(path: Path, name: str) -> str:
    with Project.open(path, read_only=True) as found:
        return found.coders.named(name).guid


def test_an_unknown_coder_is_asked_who_it_is(window: Window, project: Project) -> None:
    project.close()

    def choose(dialog: QWidget) -> None:
        choice = next(b for b in dialog.findChildren(QRadioButton) if b.text() == "Ben")
        QTest.keyClick(choice, Qt.Key.Key_Space)
        press(dialog, "Open the project")

    when_open(QDialog, choose)
    assert project.path is not None
    assert window.commands.open_path(project.path)
    assert window.ctx.project.coders.current.name == "Ben"


def test_somebody_new_can_open_a_project(window: Window, project: Project) -> None:
    project.close()

    def type_name(dialog: QWidget) -> None:
        QTest.keyClicks(dialog.findChild(QLineEdit), "Dana")
        press(dialog, "Open the project")

    when_open(QDialog, type_name)
    assert project.path is not None
    assert window.commands.open_path(project.path)
    assert window.ctx.project.coders.current.name == "Dana"
    assert window.ctx.settings.coder_name == "Dana"


def test_who_will_not_say_does_not_get_in(window: Window, project: Project) -> None:
    project.close()
    when_open(QDialog, lambda dialog: press(dialog, "Cancel"))
    assert project.path is not None
    assert not window.commands.open_path(project.path)
    assert not window.ctx.has_project
    with Project.open(project.path) as again:
        assert not again.read_only


def test_a_file_that_is_open_elsewhere_is_offered_read_only(window: Window, project: Project) -> None:
    def agree(dialog: QWidget) -> None:
        assert isinstance(dialog, QMessageBox)
        when_open(QDialog, choose)
        press(dialog, "Open read-only")

    def choose(dialog: QWidget) -> None:
        QTest.keyClick(dialog.findChildren(QRadioButton)[0], Qt.Key.Key_Space)
        press(dialog, "Open the project")

    when_open(QMessageBox, agree)
    assert project.path is not None
    assert window.commands.open_path(project.path)
    assert window.ctx.project.read_only
    assert window.notice.isVisible()
    assert "read" in window.notice.text
    assert window.windowTitle() == "Small study (read-only) – Coder"
    assert not window.page_actions["transcripts"]["first_add"].isEnabled()
    assert not window.actions_set["rename"].isEnabled()


def test_what_is_no_project_is_told_in_one_sentence(window: Window, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.coder"
    wrong.write_text("Not a database.", encoding="utf-8")
    assert not window.commands.open_path(wrong)
    assert window.toast.isVisible()
    assert "wrong.coder" in window.toast.text
    assert not window.commands.open_path(tmp_path / "away.coder")
    assert "away.coder" in window.toast.text


def drop(window: Window, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(QPoint(300, 300)),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_files_dropped_on_the_window_go_where_they_belong(opened: Window, tmp_path: Path) -> None:
    opened.show_page("code")
    one, two, other = tmp_path / "a.TXT", tmp_path / "b.docx", tmp_path / "c.png"
    drop(opened, one, two, other)
    assert opened.current == "transcripts"
    assert opened.pages["transcripts"].files == [one, two]


def test_transcripts_dropped_without_a_project_are_answered(window: Window, tmp_path: Path) -> None:
    drop(window, tmp_path / "a.txt")
    assert "project first" in window.toast.text


def test_a_new_project_by_the_dialog(window: Window, tmp_path: Path) -> None:
    from coder_app.ui.dialogs.new_project import NewProjectDialog

    def fill(dialog: QWidget) -> None:
        assert isinstance(dialog, NewProjectDialog)
        assert not dialog.create_button.isEnabled()
        QTest.keyClicks(dialog.name_edit, "Nights / days?")
        assert dialog.problem.text() == "Say who codes: your name or initials."
        QTest.keyClicks(dialog.coder_edit, "Eve")
        assert Path(dialog.path_edit.text()).name == "Nights days.coder"
        dialog.path_edit.clear()
        QTest.keyClicks(dialog.path_edit, str(tmp_path / "nowhere" / "x"))
        assert "does not exist" in dialog.problem.text()
        dialog.path_edit.clear()
        QTest.keyClicks(dialog.path_edit, str(tmp_path / "nights"))
        assert dialog.problem.text() == ""
        QTest.keyClick(dialog.path_edit, Qt.Key.Key_Return)

    when_open(NewProjectDialog, fill)
    QTest.mouseClick(window.welcome.new_button, Qt.MouseButton.LeftButton)
    assert window.ctx.project.path == tmp_path / "nights.coder"
    assert window.ctx.project.name == "Nights / days?"
    assert window.ctx.project.coders.current.name == "Eve"
    assert window.ctx.settings.coder_name == "Eve"


def test_the_welcome_page_lists_missing_files_and_forgets_them(window: Window, tmp_path: Path) -> None:
    window.ctx.settings.add_recent(tmp_path / "gone.coder", "Gone", "2025-01-01T10:00:00")
    window.welcome.show_recent()
    row = window.welcome.rows[0]
    assert not row.open_button.isEnabled()
    assert "Not found" in row.open_button.accessibleName()
    QTest.mouseClick(row.remove_button, Qt.MouseButton.LeftButton)
    assert window.welcome.rows == []
    assert window.ctx.settings.recent == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_recent_project_opens_from_the_welcome_page_by_key(opened: Window, key: Qt.Key) -> None:
    opened.search.setFocus()
    opened.commands.close_project()
    assert opened.welcome.rows[0].open_button.hasFocus()
    QTest.keyClick(opened.welcome.rows[0].open_button, key)
    assert opened.ctx.project.name == "Small study"
    assert opened.ctx.project.coders.current.name == "Ann"


def test_a_recent_project_tells_when_it_was_used_last(opened: Window) -> None:
    recent = opened.ctx.settings.recent[0]
    recent.opened = "2025-01-01T10:00:00"
    opened.menus.recent_menu.aboutToShow.emit()
    assert opened.menus.recent_menu.actions()[0].text() == "Small study\t" + when_text(recent.opened)
    opened.commands.close_project()
    used = opened.ctx.settings.recent[0]
    assert datetime.now() - datetime.fromisoformat(used.opened) < timedelta(minutes=1)
    assert (
        opened.welcome.rows[0]
        .open_button.accessibleName()
        .startswith("Small study, " + when_text(used.opened))
    )


def test_a_backup_tells_its_time_and_size(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "2025-03-04 before merging.coder"
    path.write_bytes(bytes(2048))
    then = datetime(2025, 3, 4, 9, 5).timestamp()
    os.utime(path, (then, then))
    gone = Backup(tmp_path / "gone.coder", "2025-03-03")
    dialog = BackupsDialog(None, [Backup(path, "2025-03-04", "before merging"), gone], None)
    qtbot.addWidget(dialog)
    text = dialog.list.item(0).text()
    assert ", 09:05" in text
    assert QLocale().formattedDataSize(2048, 1) in text
    assert text.endswith("(before merging)")
    assert ":" not in dialog.list.item(1).text()


def test_levels_can_be_named_left_out_and_added(opened: Window) -> None:
    from coder_app.core.model import Level
    from coder_app.ui.dialogs.level_names import LevelNamesDialog

    def fill(dialog: QWidget) -> None:
        assert isinstance(dialog, LevelNamesDialog)
        box, edit = dialog._boxes[Level.CORE_THEME], dialog._edits[Level.CORE_THEME]
        QTest.keyClick(box, Qt.Key.Key_Space)
        edit.clear()
        assert dialog.problem.text() == "Every level that is used needs a name."
        QTest.keyClicks(edit, "theme")
        assert dialog.problem.text() == "Two levels have the same name."
        QTest.keyClicks(edit, " of themes")
        QTest.keyClick(dialog._boxes[Level.SUBCATEGORY], Qt.Key.Key_Space)
        press(dialog, "Save")

    when_open(LevelNamesDialog, fill)
    menu_action(opened, "Codebook", "Names of the levels…").trigger()
    names = opened.ctx.project.level_names()
    assert names[Level.CORE_THEME] == "theme of themes"
    assert Level.SUBCATEGORY not in names


def test_a_backup_is_opened_as_a_new_file(
    opened: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coder_app.ui.dialogs import backups

    target = tmp_path / "from backup.coder"
    monkeypatch.setattr(backups.QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    opened.ctx.run(opened.ctx.project.codes.add, "After the backup")
    when_open(backups.BackupsDialog, lambda dialog: press(dialog, "Open as a new file…"))
    menu_action(opened, "File", "Backups…").trigger()
    assert opened.ctx.project.path == target
    assert len(opened.ctx.project.codes.tree().nodes) == 3


def test_the_overview_of_shortcuts_lists_every_page(opened: Window) -> None:
    from coder_app.ui.dialogs.shortcuts import ShortcutsDialog

    def look(dialog: QWidget) -> None:
        assert isinstance(dialog, ShortcutsDialog)
        heads = [dialog.tree.topLevelItem(i) for i in range(dialog.tree.topLevelItemCount())]
        titles = [head.text(0) for head in heads if head]
        assert titles == ["Everywhere", "Transcripts", "Code", "Audit trail"]
        QTest.keyClicks(dialog.filter, "mark there")
        assert [head.isHidden() for head in heads if head] == [True, True, False, True]
        dialog.reject()

    when_open(ShortcutsDialog, look)
    QTest.keyClick(opened, Qt.Key.Key_F1)


def test_closing_the_window_keeps_its_place_and_closes_the_file(opened: Window) -> None:
    opened.resize(900, 600)
    path = opened.ctx.project.path
    opened.close()
    assert not opened.ctx.has_project
    assert path is not None
    with Project.open(path) as again:
        assert not again.read_only
    assert opened.ctx.settings.geometry


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for documents; making the sample study is quick."""

    def quick(path: Path, progress: object = None) -> None:
        from coder_app.formats.sample import CODERS

        with Project.create(path, "Sample", CODERS[0]) as made:
            made.coders.add(CODERS[1])

    monkeypatch.setattr("coder_app.ui.dialogs.new_project.documents_folder", lambda: tmp_path)
    monkeypatch.setattr("coder_app.formats.sample.build_sample", quick)
    return tmp_path


def test_the_sample_study_is_made_once_and_opened_without_a_question(window: Window, documents: Path) -> None:
    QTest.mouseClick(window.welcome.sample_button, Qt.MouseButton.LeftButton)
    assert window.ctx.project.path == documents / "Sample study.coder"
    guid = window.ctx.project.guid
    window.commands.close_project()
    QTest.mouseClick(window.welcome.sample_button, Qt.MouseButton.LeftButton)
    assert window.ctx.project.guid == guid


def test_a_sample_study_that_cannot_be_saved_is_told(
    window: Window, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.move", full)
    window.commands.open_sample()
    assert not window.ctx.has_project
    assert "No space left" in window.toast.text
