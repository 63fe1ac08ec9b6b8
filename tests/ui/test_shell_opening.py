"""Files that cannot simply be opened: damaged ones lead to their backups, backups to a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from ui.shell import make_window, press, when_open

from coder_app.project import backups
from coder_app.project.project import Project
from coder_app.ui.dialogs.backups import BackupsDialog
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = make_window(coder_name="Ann")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def study(project: Project) -> Path:
    """A closed project file with a backup."""
    project.back_up_daily()
    assert project.path is not None
    project.close()
    return project.path


@pytest.fixture
def backup(project: Project, study: Path) -> Path:
    (found,) = backups.list_for(project.guid)
    return found.path


def spoil(path: Path) -> bytes:
    raw = sqlite3.connect(path)
    raw.execute("UPDATE code SET level = 9")
    raw.commit()
    raw.close()
    return path.read_bytes()


def save_as(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))


def test_a_backup_is_opened_as_a_new_file(
    window: Window, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(tmp_path / "again", monkeypatch)
    when_open(QMessageBox, lambda box: press(box, "Open as a new file…"))
    assert window.commands.open_path(backup)
    assert window.ctx.project.path == tmp_path / "again.coder"
    assert window.ctx.writable


def test_a_backup_is_looked_at(window: Window, backup: Path) -> None:
    before = backup.read_bytes()
    when_open(QMessageBox, lambda box: press(box, "Only look"))
    assert window.commands.open_path(backup)
    assert window.ctx.project.path == backup
    assert not window.ctx.writable
    assert "This is a backup" in window.notice.text
    assert window.windowTitle() == "Small study (read-only) – Coder"
    window.close()
    assert backup.read_bytes() == before


def test_thinking_better_of_a_backup_opens_nothing(
    window: Window, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    when_open(QMessageBox, lambda box: press(box, "Cancel"))
    assert not window.commands.open_path(backup)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    when_open(QMessageBox, lambda box: press(box, "Open as a new file…"))
    assert not window.commands.open_path(backup)
    assert not window.ctx.has_project


def test_a_copy_is_not_put_among_the_backups(
    window: Window, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_as(backup.with_name("mine.coder"), monkeypatch)
    when_open(QMessageBox, lambda box: press(box, "Open as a new file…"))
    assert not window.commands.open_path(backup)
    assert window.toast.text == "This folder is kept for the backups; choose another one for the copy."
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_damaged_project_leads_to_its_backups(
    window: Window, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = spoil(study)
    save_as(tmp_path / "saved.coder", monkeypatch)

    def show(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        assert box.text() == (
            "“study.coder” is damaged: a code stands on no level of the codebook."
            " Open one of its backups instead."
        )
        when_open(BackupsDialog, lambda dialog: press(dialog, "Open as a new file…"))
        press(box, "Show the backups…")

    when_open(QMessageBox, show)
    assert window.commands.open_path(study)
    assert window.ctx.project.path == tmp_path / "saved.coder"
    assert len(window.ctx.project.codes.tree()) == 3
    assert study.read_bytes() == damaged


def test_a_project_damaged_beyond_telling_leads_to_all_backups(
    window: Window, study: Path, backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = study.read_bytes()
    study.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    assert backups.list_for_file(study) == []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(backup), ""))
    save_as(tmp_path / "saved.coder", monkeypatch)
    when_open(QMessageBox, lambda box: press(box, "Show the backups…"))
    assert window.commands.open_path(study)
    assert window.ctx.project.path == tmp_path / "saved.coder"


def test_a_damaged_project_can_be_left_alone(window: Window, study: Path) -> None:
    damaged = spoil(study)
    when_open(QMessageBox, lambda box: press(box, "Cancel"))
    assert not window.commands.open_path(study)
    assert not window.ctx.has_project
    assert study.read_bytes() == damaged


def test_what_is_no_project_is_only_told(window: Window, tmp_path: Path) -> None:
    (tmp_path / "x.coder").write_text("hello")
    assert not window.commands.open_path(tmp_path / "x.coder")
    assert window.toast.text == "“x.coder” is not a project of this program."
