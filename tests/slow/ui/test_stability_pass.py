"""A stability pass in the real window, by keyboard: begun, coded blind, left, and its result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui import coding_desk
from ui.agreement_study import FEAR, OPEN, TOLD, Study, cells, make_study
from ui.coding_desk import LEFT, CodingDesk, settle
from ui.shell import when_open

from coder_app.project.comparing import Choice
from coder_app.project.project import Project
from coder_app.ui.agreement.stability.section import StabilitySection
from coder_app.ui.context import Whose
from coder_app.ui.pages import PAGES

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Ann and Ben agree on three of five coded answers: 0 Fear, 1 Told, 4 Fear and Open."""
    made = make_study(tmp_path / "study.coder")
    made.put(made.ann, {0: (FEAR,), 1: (TOLD,), 2: (OPEN,), 3: (FEAR,), 4: (FEAR, OPEN)})
    made.put(made.ben, {0: (FEAR,), 1: (TOLD,), 2: (FEAR,), 4: (FEAR, OPEN)})
    made.finish(made.ann, made.ben)
    made.project.rounds.make("Round 1", Choice((made.ann, made.ben)))
    return made


@pytest.fixture
def desk(qtbot: QtBot, study: Study, monkeypatch: pytest.MonkeyPatch) -> Iterator[CodingDesk]:
    pages = [spec for spec in PAGES if spec.key in ("transcripts", "code", "agreement")]
    monkeypatch.setattr(coding_desk, "CODING_PAGES", pages)
    made = CodingDesk(study.project)
    qtbot.addWidget(made.window)
    yield made
    made.close()


def open_stability(desk: CodingDesk) -> StabilitySection:
    """The section, brought up by its keys."""
    page = desk.window.show_page("agreement")
    assert page is not None
    desk.window.activateWindow()  # no window manager does it
    assert QTest.qWaitForWindowActive(desk.window)
    settle()
    sections = list(page.sections)  # type: ignore[attr-defined]
    desk.keys(f"Alt+{sections.index('stability') + 1}")
    section = page.sections["stability"]  # type: ignore[attr-defined]
    assert isinstance(section, StabilitySection)
    settle()
    return section


def bar(desk: CodingDesk) -> str:
    return desk.page.units_bar.told.text() if desk.page.units_bar.isVisible() else ""


def passed(desk: CodingDesk) -> str:
    """How far the pass is over all transcripts."""
    return desk.page.units_bar.stability.text().partition(" · ")[2]


def words(desk: CodingDesk) -> str:
    return desk.page.view.selected_text()


def test_a_pass_from_its_beginning_to_its_result_by_keyboard(desk: CodingDesk, study: Study) -> None:
    section = open_stability(desk)
    for model in (section.passes_model, section.units_model):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert section.beginning.round.currentText() == "Round 1"
    assert section.beginning.told.text() == (
        "Ann and Ben agree on 3 of the 5 units that any of them coded. These 3, in 2 transcripts, are coded"
        " again."
    )
    section.beginning.who.setFocus()
    QTest.keyClick(section.beginning.who, Qt.Key.Key_End)
    assert section.beginning.name.isVisible()
    assert not section.beginning.go.isEnabled(), "a name is missing"
    section.beginning.name.setFocus()
    desk.type("Cleo")
    desk.keys("Ctrl+Shift+Return")
    assert [coder.name for coder in study.project.coders.all()] == [
        "Ann", "Ben", "Cleo", "Cleo (stability pass)"
    ]  # fmt: skip
    assert cells(section.passes_model)[0][3:] == ["0 of 3", "3 of 5  ·  60.0 %", "0 of 3  ·  0.0 %"]
    desk.keys("Ctrl+Return")

    # The pass: blind, only the agreed units, without their codes
    assert desk.window.current == "code"
    assert study.project.coders.current.name == "Cleo (stability pass)"
    assert desk.painted() == []
    assert words(desk) == "Fear came first. 🙂"
    assert bar(desk) == "Unit 1 of 2, 0 coded"
    assert passed(desk) == "0 of 3 in all transcripts"
    assert desk.page.units_bar.stability.text() == "Stability pass: Round 1 · 0 of 3 in all transcripts"
    desk.type("<b>")
    desk.keys("Return")
    assert bar(desk) == "Unit 1 of 2, 1 coded"
    assert passed(desk) == "1 of 3 in all transcripts"
    desk.keys("F4")
    assert words(desk) == "Nobody told me."
    desk.type("open")
    desk.keys("Return")
    desk.keys("F4")
    assert desk.page.title.text() == "Interview P2"
    assert words(desk) == "Both, I think. פחד"
    assert bar(desk) == "Unit 1 of 1, 0 coded"
    assert passed(desk) == "2 of 3 in all transcripts"
    desk.type("<b>")
    desk.keys("Return", "Shift+F4", "F4")
    desk.type("openn")
    desk.keys("Return")
    assert bar(desk) == "Unit 1 of 1, 1 coded"
    assert passed(desk) == "3 of 3 in all transcripts"

    # Looking at the others' work is refused
    desk.keys("Ctrl+Shift+E")
    assert desk.ctx.whose is Whose.MINE
    assert "coded blind" in desk.messages[-1]
    QTest.mouseClick(desk.window.whose.everyones, LEFT)
    settle()
    assert desk.ctx.whose is Whose.MINE
    assert desk.window.whose.mine.isChecked()
    section = open_stability(desk)
    assert section.result.text().startswith("You are coding in this pass")
    assert section.units_model.rows == []
    assert cells(section.passes_model)[0][5] == "blind"

    # Leaving it
    desk.window.show_page("code")
    settle()
    desk.keys("Ctrl+Shift+F4")
    assert study.project.coders.current.name == "Cleo"
    assert not desk.page.units_bar.isVisible()
    section = open_stability(desk)
    assert section.result.text().replace("\u00a0", " ") == (
        "Round 1: Ann and Ben agreed on 3 of 5 units that any of them coded (60.0 %)."
        " Cleo (stability pass) confirmed 2 of these 3 (66.7 %)."
    )
    assert cells(section.units_model) == [["Interview P1", "Nobody told me.", TOLD, OPEN]]
    desk.keys("Ctrl+D")
    assert len(section.units_model.rows) == 3
    desk.keys("Ctrl+Shift+C")
    assert "confirmed 2 of these 3 (66.7 %)" in QGuiApplication.clipboard().text()
    path = study.project.path
    assert path is not None
    with Project.from_snapshot(path.read_bytes()) as copy:
        (found,) = copy.stability.all()
        assert copy.coders.name_of(found.coder.person) == "Cleo"
        assert len(copy.codings.all([found.coder.guid])) == 4
        assert len(copy.codings.all([study.ann])) == 6, "the first codings stay"


def test_the_same_coder_later_and_units_left_out_count_as_not_confirmed(
    desk: CodingDesk, study: Study
) -> None:
    section = open_stability(desk)
    at = section.beginning.who.findData(study.ann)
    section.beginning.who.setCurrentIndex(at)
    QTest.mouseClick(section.beginning.go, LEFT)
    settle()
    desk.keys("Space")  # the focus is on “Code now”
    assert study.project.coders.current.name == "Ann (second pass)"
    assert desk.painted() == [], "not even her own first codings"
    desk.type("<b>")
    desk.keys("Return", "Ctrl+Shift+F4")
    assert study.project.coders.current.guid == study.ann
    section = open_stability(desk)
    assert (
        section.result.text()
        .replace("\u00a0", " ")
        .endswith(
            "Ann (second pass) confirmed 1 of these 3 (33.3 %). 2 units have no code in this pass and count"
            " as not confirmed."
        )
    )


def test_a_project_without_a_round_says_what_to_do(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [spec for spec in PAGES if spec.key in ("transcripts", "code", "agreement")]
    monkeypatch.setattr(coding_desk, "CODING_PAGES", pages)
    desk = CodingDesk(project)
    qtbot.addWidget(desk.window)
    section = open_stability(desk)
    assert section.whole.currentWidget() is section.nothing
    desk.keys("Ctrl+Shift+Return", "Ctrl+Return")
    assert project.stability.all() == []
    assert desk.problems == []
    desk.close()


def test_removing_a_pass_keeps_what_was_coded_in_it(desk: CodingDesk, study: Study) -> None:
    (found,) = study.project.rounds.all()
    guid = study.project.stability.start(found.guid, study.ann)
    coder = study.project.stability.get(guid).coder.guid
    study.put(coder, {0: (FEAR,)})
    desk.ctx.spread()
    section = open_stability(desk)

    def agree(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        (yes,) = [b for b in box.findChildren(QPushButton) if b.text() == "Remove the pass"]
        QTest.mouseClick(yes, LEFT)

    section.passes.setFocus()
    when_open(QMessageBox, agree)
    desk.keys("Del")
    settle()
    assert study.project.stability.all() == []
    assert len(study.project.codings.all([coder])) == 1
    assert section.none_yet.isVisible()


def test_switching_to_the_pass_coder_in_the_menu_of_coders_begins_the_pass_too(
    desk: CodingDesk, study: Study
) -> None:
    (found,) = study.project.rounds.all()
    guid = study.project.stability.start(found.guid, study.ben)
    desk.ctx.spread()
    desk.ctx.switch_coder(study.project.stability.get(guid).coder.guid)
    settle()
    assert bar(desk) == "2 units, 0 coded"
    assert passed(desk) == "0 of 3 in all transcripts"
    desk.keys("Ctrl+F7", "Ctrl+F5")
    assert study.project.meaning_units.all() == {}, "no dividing within a pass"
    desk.keys("F4")
    assert words(desk) == "Fear came first. 🙂"
    desk.ctx.switch_coder(study.ann)
    settle()
    assert bar(desk) == ""
