"""Two coders share a folder: each publishes, notices the other, and brings in what is new."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from ui.shell import press, when_open, window_on

from coder_app.project import team
from coder_app.project.checking import check, fingerprint
from coder_app.project.project import Project
from coder_app.ui.settings import Settings
from coder_app.ui.sharing.merge_dialog import MergeDialog
from coder_app.ui.sharing.team_dialog import TeamDialog
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> Iterator[Window]:
    yield from window_on(qtbot, project)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "synced"
    made.mkdir()
    return made


@pytest.fixture
def ben(window: Window, tmp_path: Path) -> Iterator[Project]:
    """Ben's working copy, at his laptop."""
    path = window.ctx.project.path
    assert path is not None
    with Project.open(Path(shutil.copy(path, tmp_path / "ben.coder")), coder="Ben") as project:
        yield project


def join(window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Choose the folder in the dialog; returns the rows it shows then."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    rows: list[str] = []

    def choose(dialog: TeamDialog) -> None:
        assert not dialog.list.isVisible()
        press(dialog, "Choose a folder…")
        for at in range(dialog.list.topLevelItemCount()):
            item = dialog.list.topLevelItem(at)
            assert item is not None
            rows.append(f"{item.text(0)}: {item.text(2)}")
        press(dialog, "Close")

    when_open(TeamDialog, choose)
    window.actions_set.trigger("team_folder")
    return rows


def ben_codes(ben: Project, folder: Path, name: str, times: int) -> str:
    code = ben.codes.tree().named("Not being told")[0].guid
    for start in range(times):
        ben.codings.apply(ben.documents.all()[0].guid, start, start + 5, code)
    return team.publish(ben.snapshot(), folder, name).name


def test_the_others_news_is_noticed_and_brought_in_with_one_click(
    window: Window, ben: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = window.commands.team
    for row in ("team_publish", "team_look", "team_bring_in"):
        assert not window.actions_set.enabled(row)
    name = ben_codes(ben, folder, team.new_name(folder, "Small study", "Ben"), 2)
    rows = join(window, folder, monkeypatch)
    assert rows == ["Ann (you, from here): your own copy", "Ben: 2 new codings"]
    assert len(list(folder.iterdir())) == 2
    assert window.news.isVisible()
    assert window.news.text == "Ben has 2 new codings."

    # no round yet: what it means is said first, and she thinks better of it
    told: list[str] = []

    def refuse(box: QMessageBox) -> None:
        told.append(box.text())
        press(box, "Cancel")

    when_open(QMessageBox, refuse)
    window.news.bring_button.click()
    assert "Codings of Ben come in with it" in told[0]
    assert window.ctx.project.codings.all() == []

    when_open(QMessageBox, lambda box: press(box, "Bring it in"))
    window.news.bring_button.click()
    desk.look()
    assert len(window.ctx.project.codings.all()) == 2
    assert window.ctx.coders_shown() == [window.ctx.project.coders.current.guid]  # and still blind
    assert not window.news.isVisible()
    assert window.toast.text.startswith("Brought in: 2 actions.")

    ben_codes(ben, folder, name, 3)
    desk.look()
    assert window.news.text == "Ben has 1 new coding."
    window.news.dismiss()
    desk.look()
    assert not window.news.isVisible()
    assert window.actions_set.enabled("team_bring_in")
    when_open(MergeDialog, lambda dialog: press(dialog, "Cancel"))
    window.actions_set.trigger("team_look")
    assert len(window.ctx.project.codings.all()) == 2
    window.actions_set.trigger("team_bring_in")
    assert len(window.ctx.project.codings.all()) == 3

    desk.publish()
    assert window.ctx.project.path is not None
    ben.merging.bring_in(folder / desk.own_name)
    assert fingerprint(ben) == fingerprint(window.ctx.project)
    assert check(window.ctx.project).problems == ()


def test_work_is_published_after_a_pause_on_closing_and_on_request(
    window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = window.ctx.project.path
    assert path is not None
    join(window, folder, monkeypatch)
    desk = window.commands.team
    own = folder / desk.own_name

    def published() -> set[str]:
        with Project.open(own) as copy:
            return {node.name for node in copy.codes.tree().nodes.values()}

    window.ctx.run(window.ctx.project.codes.add, "First")
    assert "First" not in published()
    assert desk._pause.isActive()
    desk._pause.timeout.emit()
    assert "First" in published()
    desk._last_change = desk._changed_since = time.monotonic() + 60  # while it was being written
    desk.publish()
    assert desk._changed_since > time.monotonic()
    desk._last_change = 0.0
    window.ctx.run(window.ctx.project.codes.add, "Second")
    window.actions_set.trigger("team_publish")
    assert "Second" in published()
    window.ctx.run(window.ctx.project.codes.add, "Third")
    window.commands.close_project()
    assert "Third" in published()

    before = own.stat().st_mtime_ns
    assert window.commands.open_path(path)
    assert Settings.load().project(window.ctx.project.guid).teams[str(path)].name == own.name
    desk.look()
    assert own.stat().st_mtime_ns == before  # nothing is new
    own.unlink()  # somebody tidied up
    desk.look()
    assert "Third" in published()
    assert [one.name for one in folder.iterdir()] == [own.name]


def test_a_folder_that_is_away_is_told_once_and_tried_again(
    window: Window, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(window, folder, monkeypatch)
    desk = window.commands.team
    folder.rename(tmp_path / "away")
    messages: list[str] = []
    window.ctx.message.connect(messages.append)
    window.ctx.run(window.ctx.project.codes.add, "Meanwhile")
    desk.look()
    desk.publish()
    desk.look()
    assert len(messages) == 1
    assert "cannot be reached just now. Your work is safe in your own file" in messages[0]
    (tmp_path / "away").rename(folder)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    desk.look()
    assert desk.trouble == ""
    with Project.open(folder / desk.own_name) as copy:
        assert copy.codes.tree().named("Meanwhile")


def test_what_cannot_be_written_is_told_once_and_tried_again(
    window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(window, folder, monkeypatch)
    desk = window.commands.team
    messages: list[str] = []
    window.ctx.message.connect(messages.append)

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        window.ctx.run(window.ctx.project.codes.add, "Meanwhile")
        for _ in range(3):
            desk._pause.stop()
            desk.look()
    assert len(messages) == 1
    assert messages[0].startswith("There is no room left in the team folder")
    assert desk.trouble
    desk.look()
    assert not desk.trouble
    with Project.open(folder / desk.own_name) as copy:
        assert copy.codes.tree().named("Meanwhile")


def test_a_project_that_was_moved_goes_on_under_its_name(
    window: Window, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(window, folder, monkeypatch)
    path, name = window.ctx.project.path, window.commands.team.own_name
    assert path is not None
    window.commands.close_project()
    moved = tmp_path / "elsewhere.coder"
    path.rename(moved)
    assert window.commands.open_path(moved)
    assert window.news.text.startswith("This project was published from another place.")

    def use(dialog: TeamDialog) -> None:
        press(dialog, "Publish there too")
        press(dialog, "Close")

    when_open(TeamDialog, use)
    window.news.folder_button.click()
    assert window.commands.team.own_name == name
    assert [one.name for one in folder.iterdir()] == [name]
    assert list(window.ctx.remembered.teams) == [str(moved)]


def test_a_folder_that_does_not_do_is_refused_and_one_can_stop(
    window: Window, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def read(box: QMessageBox) -> None:
        told.append(box.text())
        press(box, "Close")

    def choose(dialog: TeamDialog) -> None:
        when_open(QMessageBox, read)
        press(dialog, "Choose a folder…")
        press(dialog, "Close")

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    when_open(TeamDialog, choose)
    window.actions_set.trigger("team_folder")
    assert told[0].startswith("Your own file lies in this folder.")
    assert window.commands.team.place is None

    join(window, folder, monkeypatch)

    def stop(dialog: TeamDialog) -> None:
        when_open(QMessageBox, lambda box: press(box, "Stop publishing"))
        press(dialog, "Stop publishing…")
        press(dialog, "Close")

    when_open(TeamDialog, stop)
    window.actions_set.trigger("team_folder")
    assert window.commands.team.place is None
    window.ctx.run(window.ctx.project.codes.add, "Not for the others")
    window.commands.close_project()
    (left,) = folder.iterdir()
    with Project.open(left) as copy:
        assert not copy.codes.tree().named("Not for the others")


def test_a_published_copy_becomes_a_copy_of_ones_own(
    window: Window, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(window, folder, monkeypatch)
    published = folder / window.commands.team.own_name
    when_open(MergeDialog, lambda dialog: press(dialog, "Close"))
    assert not window.commands.open_path(published)  # the same study is open: it would be brought in
    window.commands.close_project()
    before = published.read_bytes()
    published.write_bytes(before[:20_000])
    assert not window.commands.open_path(published)
    assert window.toast.text.endswith("is not whole: it may still be on its way. Try again in a moment.")
    published.write_bytes(before)
    when_open(QMessageBox, lambda box: press(box, "Only look"))
    assert window.commands.open_path(published)
    assert "published for the team" in window.notice.text
    assert not window.ctx.writable
    window.commands.close_project()

    suggested: list[str] = []

    def save_as(parent: object, title: str, path: str, kinds: str) -> tuple[str, str]:
        suggested.append(Path(path).name)
        return str(tmp_path / "mine.coder"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save_as)
    when_open(QMessageBox, lambda box: press(box, "Open a copy of my own…"))
    assert window.commands.open_path(published)
    assert suggested == ["Small study.coder"]
    assert window.ctx.writable
    assert window.ctx.project.path == tmp_path / "mine.coder"
    assert window.news.text.startswith("This copy is yours alone.")
    assert published.read_bytes() == before

    def use(dialog: TeamDialog) -> None:
        press(dialog, "Publish there too")
        press(dialog, "Close")

    when_open(TeamDialog, use)
    window.news.folder_button.click()
    assert len(list(folder.iterdir())) == 2
    assert not window.news.isVisible()
    renamed = published.with_name("renamed.coder")
    published.rename(renamed)
    when_open(QMessageBox, lambda box: press(box, "Only look"))
    assert window.commands.open_path(renamed)
    assert not window.ctx.writable
