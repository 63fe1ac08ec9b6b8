"""Copies are brought in, looked back at, taken back and given away in the window."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from ui.shell import make_window, press, when_open

from coder_app.project.checking import check, fingerprint
from coder_app.project.project import Project
from coder_app.ui.sharing.blind_dialog import BlindDialog
from coder_app.ui.sharing.brought_dialog import BroughtDialog
from coder_app.ui.sharing.merge_dialog import MergeDialog
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> Iterator[Window]:
    """The window on the small project, Ann at work."""
    assert project.path is not None
    project.close()
    made = make_window(coder_name="Ann")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    assert made.commands.open_path(project.path, "Ann")
    yield made
    made.close()


@pytest.fixture
def copy(window: Window, tmp_path: Path) -> Path:
    """Ben's copy: a coding of his, and a code that both renamed."""
    path = window.ctx.project.path
    assert path is not None
    theirs = Path(shutil.copy(path, tmp_path / "from ben.coder"))
    code = window.ctx.project.codes.tree().named("Not being told")[0].guid
    with Project.open(theirs, coder="Ben") as project:
        project.codings.apply(project.documents.all()[0].guid, 0, 9, code)
        window.ctx.run(window.ctx.project.codes.rename, code, "In the dark")
        project.codes.rename(code, "Uninformed")
    return theirs


def lines(dialog: MergeDialog) -> list[str]:
    found = []
    for row in range(dialog.list.topLevelItemCount()):
        top = dialog.list.topLevelItem(row)
        assert top is not None
        found += [f"{top.text(0)}: {top.child(at).text(0)}" for at in range(top.childCount())]
    return found


def when_brought_in(do: Callable[[MergeDialog], None]) -> None:
    """Once the report after a merge is up, act in it."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, MergeDialog) and dialog.done_already:
            try:
                do(dialog)
            except BaseException:
                dialog.close()
                raise
        else:
            QTimer.singleShot(10, look)

    look()


def code_names(window: Window) -> set[str]:
    return {node.name for node in window.ctx.project.codes.tree().nodes.values()}


def test_a_dropped_copy_is_told_brought_in_and_decided(window: Window, copy: Path) -> None:
    told: list[str] = []

    def agree(dialog: MergeDialog) -> None:
        told.extend(lines(dialog))
        assert window.ctx.project.codings.all() == []
        when_brought_in(decide)
        press(dialog, "Bring in")

    def decide(dialog: MergeDialog) -> None:
        told.extend(lines(dialog))
        for row in range(dialog.list.topLevelItemCount()):
            top = dialog.list.topLevelItem(row)
            assert top is not None
            if top.text(0) == "Changed on both sides":
                dialog.list.setCurrentItem(top.child(0))
        assert isinstance(dialog, BroughtDialog)
        press(dialog, "Let the other value stand")
        assert dialog.open_conflict is None
        assert lines(dialog)[-1].startswith("Changed on both sides: ✓ Decided the other way")
        press(dialog, "Close")

    when_open(MergeDialog, agree)
    window.take_files([copy])
    assert len(window.ctx.project.codings.all()) == 1
    assert "In the dark" in code_names(window)
    assert told[0] == "New: Ben: 1 coding"
    assert any("“Uninformed” (Ben" in line and "stands" in line for line in told)
    assert window.ctx.project.undo_name() == "Choose the other value: The code “Uninformed”"
    assert check(window.ctx.project).problems == ()


def test_a_merge_is_taken_back(window: Window, copy: Path) -> None:
    before = fingerprint(window.ctx.project)
    window.ctx.project.merging.bring_in(copy)
    window.ctx.spread()
    assert "Uninformed" in code_names(window)

    def take_back(dialog: MergeDialog) -> None:
        when_open(QMessageBox, lambda box: press(box, "Take back"))
        press(dialog, "Take back…")

    when_open(MergeDialog, take_back)
    window.commands.show_merges()
    assert fingerprint(window.ctx.project) == before
    assert "In the dark" in code_names(window)


def test_a_file_that_is_no_copy_is_told(window: Window, tmp_path: Path) -> None:
    other = tmp_path / "other.coder"
    Project.create(other, "Another study", "Eve").close()
    before = fingerprint(window.ctx.project)
    asked: list[str] = []

    def refuse(box: QMessageBox) -> None:
        asked.append(box.text())
        box.reject()

    when_open(QMessageBox, refuse)
    window.commands.sharing.bring_in_files([other])
    assert "is of a different study" in asked[0]
    assert fingerprint(window.ctx.project) == before


def test_a_copy_for_independent_coding_is_made(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "for zoe"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))

    def fill(dialog: BlindDialog) -> None:
        dialog.who.setCurrentIndex(dialog.who.count() - 1)
        assert not dialog.accept_button.isEnabled()
        dialog.new_name.setText("Zoe")
        press(dialog, "Save the copy…")

    when_open(BlindDialog, fill)
    window.commands.blind_copy()
    with Project.open(out.with_name("for zoe.coder"), coder="Zoe") as project:
        assert [coder.name for coder in project.coders.all()] == ["Zoe"]
        assert project.codings.all() == []
