"""A project that is open elsewhere, or whose file was replaced: said in the window, and nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from ui.shell import make_window, when_open

from coder_app.project.project import Project
from coder_app.ui.settings import TeamPlace
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


def test_what_is_open_elsewhere_is_opened_for_reading_with_the_keyboard(
    window: Window, project: Project
) -> None:
    assert project.path is not None
    told: list[str] = []

    def look(box: QMessageBox) -> None:
        told.append(box.text())
        button = box.focusWidget()
        assert isinstance(button, QPushButton)
        assert button.text() == "Open read-only"
        QTest.keyClick(button, Qt.Key.Key_Return)

    when_open(QMessageBox, look)
    assert window.commands.open_path(project.path)
    assert "open in another window or on another computer" in told[0]
    assert window.ctx.project.read_only
    assert window.notice.isVisible()
    window.commands.close_project()
    when_open(QMessageBox, lambda box: QTest.keyClick(box, Qt.Key.Key_Escape))
    assert not window.commands.open_path(project.path)


def test_a_file_that_a_sync_service_replaced(
    window: Window, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.path
    assert path is not None
    project.close()
    other = Path(shutil.copy(path, tmp_path / "other.coder"))
    with Project.open(other, coder="Ben") as theirs:
        theirs.codes.add("Of Ben")
    assert window.commands.open_path(path)
    window.ctx.run(window.ctx.project.codes.add, "Mine")
    window.ctx.remembered.teams[str(path)] = TeamPlace(str(tmp_path / "synced"), "name")
    assert not window.actions_set.enabled("save_copy")
    os.replace(other, path)
    ok, _ = window.ctx.run(window.ctx.project.codes.add, "Lost")
    assert not ok
    assert window.trouble.isVisible()
    assert window.trouble.text.startswith("The file of this project was moved, deleted or replaced")
    assert "Mine" in {node.name for node in window.ctx.project.codes.tree().nodes.values()}
    window.commands.sharing.bring_in_at_once([path])  # into the other file? no
    saved = tmp_path / "saved"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    window.trouble.save_button.click()
    assert window.ctx.project.path == saved.with_suffix(".coder")
    assert window.ctx.writable
    assert not window.trouble.isVisible()
    assert list(window.ctx.remembered.teams) == [str(saved.with_suffix(".coder"))]
    window.ctx.run(window.ctx.project.merging.bring_in, path)
    names = {node.name for node in window.ctx.project.codes.tree().nodes.values()}
    assert names >= {"Mine", "Of Ben"}
    with Project.open(path, read_only=True) as theirs:
        assert not theirs.codes.tree().named("Mine")
