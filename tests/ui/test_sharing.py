"""Copies are brought in, looked back at, taken back and given away in the window."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from helpers import INTERVIEW
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from ui.shell import press, when_open, window_on

from coder_app.core.model import Level
from coder_app.project.checking import check, fingerprint
from coder_app.project.merge_report import MergeReport, New
from coder_app.project.project import Project
from coder_app.ui.agreement.codebooks.ask import JoinQuestion
from coder_app.ui.sharing import jobs
from coder_app.ui.sharing.blind_dialog import BlindDialog
from coder_app.ui.sharing.bringing import BringingIn
from coder_app.ui.sharing.brought_dialog import BroughtDialog, merges_of
from coder_app.ui.sharing.joining import JoinCoders
from coder_app.ui.sharing.merge_dialog import MergeDialog, PreviewDialog
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> Iterator[Window]:
    yield from window_on(qtbot, project)


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


@pytest.fixture
def own_project(tmp_path: Path) -> Path:
    """What Zoe coded in a project that she began on her own."""
    path = tmp_path / "of zoe.coder"
    with Project.create(path, "On her own", "Zoe") as hers:
        hers.documents.add([INTERVIEW])
        theme = hers.codes.add("Trust", Level.THEME)
        told = hers.codes.add("Not being told", parent=theme)
        hers.codes.define(told, "short", "She hears it from others")
        shared = hers.codes.add("shared experiences", parent=theme)
        for code in (told, shared):
            hers.codings.apply(hers.documents.all()[0].guid, 0, 9, code)
    return path


def go_to(dialog: MergeDialog, words: str) -> str:
    """Go to the line that holds these words by its key; returns what stands below the list."""
    QTest.keyClick(dialog.list, Qt.Key.Key_Home)
    for _ in range(len(dialog.lines) + dialog.list.topLevelItemCount()):
        item = dialog.list.currentItem()
        if item is not None and words in item.text(0):
            return dialog.detail.toPlainText()
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    raise AssertionError(words)


def named(window: Window, name: str) -> list[str]:
    return [node.name for node in window.ctx.project.codes.tree().named(name)]


def test_codes_taken_to_be_the_same_are_asked_about_and_look_alikes_joined_by_keys(
    window: Window, own_project: Path
) -> None:
    before = fingerprint(window.ctx.project)
    coded = window.ctx.project.codings

    def uncheck(dialog: MergeDialog) -> None:
        assert isinstance(dialog, PreviewDialog)
        assert "Short definition, theirs: She hears it from others" in go_to(dialog, "Not being told")
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        assert len(dialog.separate) == 1
        when_brought_in(decide)
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    def decide(dialog: MergeDialog) -> None:
        assert isinstance(dialog, BroughtDialog)
        assert len(named(window, "Not being told")) == 2
        go_to(dialog, "Two “Not being told”")
        press(dialog, "Keep apart")
        assert len(window.ctx.project.lookalikes.apart()) == 1
        assert any("✓ Kept apart: Two “Not being told”" in line for line in lines(dialog))
        known = go_to(dialog, "“shared experiences” came in").splitlines()
        assert known[1:] == [
            "Was here: Trust › Shared experience; not defined",
            "Came in: Trust › shared experiences; not defined",
        ]
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        question = QApplication.activeModalWidget()
        assert isinstance(question, JoinQuestion)
        assert question.ways[1].text() == "“shared experiences”, which came in"
        assert question.name.text() == "shared experiences"  # it has a quote, the other none
        QTest.keyClick(question.ways[0], Qt.Key.Key_Space)
        QTest.keyClick(question, Qt.Key.Key_Return)
        assert named(window, "shared experience") == ["Shared experience"]
        assert named(window, "shared experiences") == []
        go_to(dialog, "✓ One is left: “shared experiences” came in")
        press(dialog, "Undo")
        assert named(window, "shared experiences") == ["shared experiences"]
        when_open(QMessageBox, lambda box: press(box, "Take back"))
        press(dialog, "Take back…")
        assert coded.all() == []

    when_open(PreviewDialog, uncheck)
    window.commands.sharing.bring_in_files([own_project])
    assert fingerprint(window.ctx.project) == before


def test_who_works_blind_is_not_told_what_others_coded(window: Window, tmp_path: Path) -> None:
    project = window.ctx.project
    ann, ben = (project.coders.named(name).guid for name in ("Ann", "Ben"))
    document = project.documents.all()[0].guid
    project.coders.switch(ben)
    coding = project.codings.apply(document, 0, 9, project.codes.tree().named("Not being told")[0].guid)
    laptop = tmp_path / "laptop.coder"
    laptop.write_bytes(project.snapshot())
    project.codings.resize(coding, 0, 20)
    project.coders.switch(ann)
    with Project.open(laptop, coder="Ben") as other:
        other.codings.resize(coding, 0, 30)
        made = other.codes.add("Silence")
        other.codings.apply(document, 0, 30, made)
    project.merging.bring_in(laptop)
    quote = project.documents.content(document).text[:20]
    (report,) = project.merging.reports()
    assert any("their codings cover the same text" in alike.why for alike in report.alike)

    def told() -> str:
        dialog = BroughtDialog(window, window.ctx, merges_of([report]))
        for item, line in dialog.lines:
            if line.about in report.conflicts:
                dialog.list.setCurrentItem(item)
                assert dialog.other_button.isEnabled() is window.ctx.everyone
        whole = "\n".join([*lines(dialog), *(line.detail for _, line in dialog.lines)])
        dialog.copy()
        return whole + QGuiApplication.clipboard().text()

    blind = told()
    assert quote[:12] not in blind
    assert "cover the same text" not in blind
    assert "others' work, which you do not see now" in blind
    assert "1 pair more, alike by where they were coded" in blind
    window.ctx.set_everyone(True)
    assert quote[:12] in told()


def test_coders_who_are_one_are_joined(window: Window, qtbot: QtBot) -> None:
    project = window.ctx.project
    laptop = project.coders.add("Ann on the laptop")
    project.coders.switch(laptop)
    project.codings.apply(project.documents.all()[0].guid, 0, 9, project.codes.add("Silence"))
    assert window.ctx.switch_coder(project.coders.named("Ann").guid)
    assert window.ctx.switch_coder(laptop)
    window.actions_set.trigger("join_coders")
    question = QApplication.activeModalWidget()
    assert isinstance(question, JoinCoders)
    assert [choice.currentText() for choice in question.choices] == ["Ann on the laptop", "Ann"]
    question.ways[1].setChecked(True)
    assert "1 coding of “Ann on the laptop” will belong to “Ann”." in question.told.text()
    with qtbot.waitSignal(window.ctx.coderSwitched):
        QTest.keyClick(question, Qt.Key.Key_Return)
    assert [coder.name for coder in project.coders.all()] == ["Ann", "Ben"]
    assert window.ctx.remembered.coder == project.coders.current.guid == project.coders.named("Ann").guid
    window.ctx.undo()
    assert len(project.coders.all()) == 3


def test_bringing_in_is_stopped(
    window: Window, copy: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.ctx.work.inline = False
    before = fingerprint(window.ctx.project)
    step = threading.Event()

    def slow(*_: object, progress: Callable[[int, int], None]) -> None:
        for done in range(1_000_000):
            progress(done % 100, 100)  # raises once it is stopped
            step.wait(0.001)

    monkeypatch.setattr(jobs, "merge", slow)
    window.commands.sharing.bring_in_at_once([copy])
    wait = QApplication.activeModalWidget()
    assert isinstance(wait, BringingIn)
    qtbot.waitUntil(lambda: wait.bar.maximum() == 100)
    with qtbot.waitSignal(window.ctx.message) as told:
        press(wait, "Stop")
    assert told.args == ["Nothing was brought in."]
    assert QApplication.activeModalWidget() is None
    assert fingerprint(window.ctx.project) == before


def test_earlier_merges_are_shown_one_at_a_time(window: Window) -> None:
    kept = [
        MergeReport("c.coder", 3, (New("Cleo", (("coding", 3),)),), guid="3", created=3, backup="later"),
        MergeReport("b.coder", 1, (New("Ben", (("memo", 1),)),), guid="2", created=2, backup="before"),
        MergeReport("a.coder", 2, (New("Ann", (("code", 2),)),), guid="1", created=1, backup="before"),
    ]
    dialog = BroughtDialog(window, window.ctx, merges_of(kept))
    assert lines(dialog) == ["New: Cleo: 3 codings", "New: 3 actions in all"]
    assert dialog.which.itemText(1).endswith(": b.coder, a.coder (3 actions)")
    dialog.which.setCurrentIndex(1)
    assert lines(dialog) == [
        "New from b.coder: Ben: 1 memo",
        "New from b.coder: 1 action in all",
        "New from a.coder: Ann: 2 codes",
        "New from a.coder: 2 actions in all",
    ]
    assert not dialog.back_button.isEnabled()
    assert "no longer kept" in dialog.explanation.text()
