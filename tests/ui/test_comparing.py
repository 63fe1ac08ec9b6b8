"""The project is compared with another copy and with a backup, in the window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot
from ui.report_desk import fill, open_window, when_open

from coder_app.core.model import MemoTarget
from coder_app.project.difference import Difference, Item, Side, Topic
from coder_app.project.project import Project
from coder_app.ui.agreement.settle import gate
from coder_app.ui.dialogs.backups import BackupsDialog
from coder_app.ui.report import files
from coder_app.ui.trail.difference_dialog import DifferenceDialog
from coder_app.ui.trail.difference_model import AT_A_TIME, DifferenceModel
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def other(project: Project, tmp_path: Path) -> Path:
    """Ben's copy: a passage coded, a code renamed."""
    fill(project)
    assert project.path is not None
    path = Path(shutil.copy(project.path, tmp_path / "from ben.coder"))
    with Project.open(path, coder="Ben") as theirs:
        code = theirs.codes.tree().named("Not being told")[0].guid
        theirs.codings.apply(theirs.documents.all()[0].guid, 0, 11, code)
        theirs.codes.rename(code, "알지 못함")
    return path


@pytest.fixture
def window(qtbot: QtBot, project: Project, other: Path) -> Iterator[Window]:
    made = open_window(project, "report")
    qtbot.addWidget(made)
    yield made
    made.close()


def lines(model: DifferenceModel, parent: QModelIndex = QModelIndex(), depth: int = 0) -> list[str]:  # noqa: B008
    """What is on the screen once everything is unfolded."""
    found = []
    while model.canFetchMore(parent):
        model.fetchMore(parent)
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        found += ["  " * depth + str(index.data()), *lines(model, index, depth + 1)]
    return found


def shown(window: Window) -> DifferenceDialog:
    dialog = window.commands.comparing.dialog
    assert dialog is not None
    assert dialog.isVisible()
    return dialog


def test_a_copy_is_compared_blind_and_then_with_everyones_work(
    window: Window, other: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    window.actions_set["compare"].trigger()
    blind = ["Codebook (1)", "  In both, and different (1)"]
    blind.append("    A code is called: “Not being told” here, “알지 못함” there.")
    assert lines(shown(window).model) == blind
    monkeypatch.setattr(gate, "_ask", lambda *_: True)
    shown(window).everyone_button.click()
    dialog = shown(window)
    assert dialog.tree.hasFocus() or not dialog.isActiveWindow()
    told = lines(dialog.model)
    assert told[3:] == [
        "Codings (1)",
        "  Only in “from ben.coder” (1)",
        "    Ben: “알지 못함” on “Interviewer” in “Interview P1”.",
    ]
    opened: list[tuple[object, ...]] = []
    window.ctx.openPlace.disconnect()
    window.ctx.openPlace.connect(lambda *place: opened.append(place))
    side = dialog.model.index(0, 0, dialog.model.index(1, 0))
    dialog.tree.setCurrentIndex(dialog.model.index(0, 0, side))
    assert dialog.whole.text() == told[-1].strip()
    QTest.keyClick(dialog.tree, Qt.Key.Key_Return)
    assert [place[1:] for place in opened] == [(0, 11)]
    monkeypatch.setattr(files, "ask_file", lambda parent, title, suggested, kinds: tmp_path / suggested.name)
    dialog.export_button.click()
    book = load_workbook(tmp_path / "Compared with from ben.xlsx")
    assert [row[3] for row in book["Differences"].iter_rows(values_only=True)][1:] == [
        line.strip() for line in told if line.startswith("    ")
    ]
    window.commands.close_project()
    assert window.commands.comparing.dialog is None


def test_a_backup_is_compared_from_the_list_of_backups(window: Window) -> None:
    project = window.ctx.project
    project.back_up("before lunch")
    window.ctx.run(project.memos.add, MemoTarget.PROJECT, project.guid, "Later")

    def compare(dialog: object) -> None:
        assert isinstance(dialog, BackupsDialog)
        row = next(r for r in range(dialog.list.count()) if "before lunch" in dialog.list.item(r).text())
        dialog.list.setCurrentRow(row)
        buttons = dialog.findChildren(QPushButton)
        next(b for b in buttons if b.text().replace("&", "") == "Compare with this").click()

    when_open(compare)
    window.commands.show_backups()
    assert lines(shown(window).model)[-1] == "    Ann, on the project: “Later”."


def test_another_study_is_refused_with_a_sentence(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = tmp_path / "foreign.coder"
    Project.create(foreign, "Quite another", "Eve").close()
    window.commands.comparing.compare(foreign)
    assert window.commands.comparing.dialog is None
    assert "only copies of one study can be compared" in window.toast.text


def test_ten_thousand_differences_come_in_as_they_are_scrolled_to(qapp: object) -> None:
    items = tuple(Item(Topic.CODINGS, Side.HERE, f"Passage {number}.") for number in range(10_000))
    model = DifferenceModel(Difference("other.coder", items, 1, 0, False))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    top = model.index(0, 0)
    side = model.index(0, 0, top)
    assert top.data() == "Codings (10,000)"
    assert model.hasChildren(side)
    before = model.rowCount(side)  # the tester may have asked for some
    model.fetchMore(side)
    assert model.rowCount(side) == before + AT_A_TIME
    assert model.canFetchMore(side)
