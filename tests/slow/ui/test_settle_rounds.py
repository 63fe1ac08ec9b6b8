"""The course of the rounds: before, after training, after discussion; opened, renamed, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from ui.agreement_study import FEAR, TOLD, Study, cells
from ui.settle_desk import SettleDesk, coded_study
from ui.shell import press as press_button
from ui.shell import when_open

from coder_app.project.comparing import Choice
from coder_app.ui.agreement.settle.rounds_dialog import RoundsDialog
from coder_app.ui.context import Context
from coder_app.ui.dialogs.ask import TextDialog
from coder_app.ui.settings import Settings
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Two rounds: 1 of 4 coded units alike, and after training 2 of 4."""
    made = coded_study(tmp_path / "study.coder")
    project = made.project
    project.coders.switch(made.ben)
    wrong = [one.guid for one in project.codings.all([made.ben]) if one.code == made.codes[TOLD]]
    project.codings.recode(wrong, made.codes[FEAR])
    project.coders.switch(made.ann)
    project.rounds.make("After training", Choice(coders=(made.ann, made.ben), unit="sentence"))
    yield made
    made.project.close()


@pytest.fixture
def dialog(qtbot: QtBot, study: Study) -> RoundsDialog:
    ctx = Context(Settings.load(), Work(inline=True))
    ctx.set_project(study.project)
    made = RoundsDialog(None, ctx)
    made.ctx.setParent(made)
    qtbot.addWidget(made)
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show()
    QApplication.processEvents()
    return made


def shown(dialog: RoundsDialog) -> list[tuple[str, ...]]:
    """Name, unit and level, coded units, agreement of each row."""
    return [(row[0], row[3], row[4], row[5]) for row in cells(dialog.model)]


def test_each_round_stands_as_it_was(dialog: RoundsDialog) -> None:
    assert shown(dialog) == [
        ("Round 1", "Turns, Code", "4", "25.0 %"),
        ("After training", "Sentences, Code", "5", "40.0 %"),
    ]
    assert cells(dialog.model)[0][2] == "Ann and Ben"


def test_after_discussion_stands_below(qtbot: QtBot, study: Study) -> None:
    desk = SettleDesk.open(qtbot, study)
    desk.section.open_round(study.project.rounds.named("Round 1").guid)
    desk.press("settle_take_b")
    other = RoundsDialog(None, desk.section.ctx)
    qtbot.addWidget(other)
    assert shown(other)[:2] == [
        ("Round 1", "Turns, Code", "4", "25.0 %"),
        ("Round 1, after discussion (1 of 3 settled)", "Turns, Code", "4", "50.0 %"),
    ]


def test_a_round_is_renamed_and_opened(dialog: RoundsDialog, study: Study) -> None:
    def name(asked: object) -> None:
        assert isinstance(asked, TextDialog)
        asked.edit.setText("Second look")
        press_button(asked, "Rename")

    when_open(TextDialog, name)
    QTest.keyClick(dialog.table, Qt.Key.Key_F2)
    assert [one.name for one in study.project.rounds.all()] == ["Round 1", "Second look"]
    assert shown(dialog)[1][0] == "Second look"
    assert dialog.current is not None
    assert dialog.current.name == "Second look"
    QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert dialog.opened == study.project.rounds.named("Second look").guid


def test_a_round_is_removed_after_a_question(dialog: RoundsDialog, study: Study) -> None:
    when_open(QMessageBox, lambda box: press_button(box, "Cancel"))
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert len(study.project.rounds.all()) == 2
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    when_open(QMessageBox, lambda box: press_button(box, "Remove the round"))
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert [one.name for one in study.project.rounds.all()] == ["Round 1"]
    assert len(shown(dialog)) == 1
    study.project.undo()
    assert len(study.project.rounds.all()) == 2


def test_the_table_is_copied(dialog: RoundsDialog) -> None:
    QTest.keyClick(
        dialog.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Round\tWhen\tWho")
    assert len(lines) == 3


def test_the_dialog_opens_a_round_in_the_section(qtbot: QtBot, study: Study) -> None:
    desk = SettleDesk.open(qtbot, study)
    assert desk.section.head.round.currentText().startswith("After training")

    def choose(dialog: object) -> None:
        assert isinstance(dialog, RoundsDialog)
        dialog.table.setCurrentIndex(dialog.model.index(0, 0))
        press_button(dialog, "Open")

    when_open(RoundsDialog, choose)
    desk.press("settle_rounds")
    assert desk.section.head.round.currentText().startswith("Round 1")
    assert desk.before[0] == "25.0 %"
