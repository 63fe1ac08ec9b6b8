"""The consensus is chosen wherever codings are counted, shown or exported; it changes where it is settled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.agreement_study import FEAR, OPEN, TOLD, Study
from ui.coding_desk import CodingDesk
from ui.report_desk import open_window
from ui.settle_desk import coded_study

from coder_app.cli import main
from coder_app.core.model import Status, Verdict
from coder_app.core.settling import result_of
from coder_app.project.comparing import compare_sources, worklist
from coder_app.project.consensus import Decision
from coder_app.ui.context import Whose

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    """Ben's version of everything is the consensus: Fear on 0 and 4, Told on 1, nothing on 2."""
    made = coded_study(tmp_path / "study.coder")
    project = made.project
    (one,) = project.rounds.all()
    compared = compare_sources(project.rounds.sources(one.guid), project.rounds.choice(one.guid))
    decisions = [
        Decision(*item.place, Verdict.TAKE, result_of(item, Verdict.TAKE, made.ben), made.ben)
        for item in worklist(compared)
    ]
    project.consensus.settle_many(one.guid, decisions)
    yield made
    made.project.close()


@pytest.fixture
def desk(qtbot: QtBot, study: Study) -> CodingDesk:
    made = CodingDesk(study.project)
    qtbot.addWidget(made.window)
    return made


def test_the_code_page_shows_it(desk: CodingDesk, study: Study) -> None:
    desk.page.tree.select(study.codes[FEAR])
    QTest.mouseClick(desk.window.whose.consensus, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert [(words[:5], name) for words, name in desk.painted()] == [("Fear ", FEAR), ("Nobod", TOLD)]
    assert desk.page.tree.model.counts[study.codes[FEAR]].quotes == 2
    assert desk.page.tree.model.counts[study.codes[OPEN]].quotes == 0
    assert len(desk.page.quotes.model.ids) == 2
    listed = desk.page.documents.model
    assert [listed.data(listed.index(row), 258) for row in range(2)] == [2, 1]
    QTest.mouseClick(desk.window.whose.mine, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert len(desk.painted()) == 3


def test_it_cannot_be_changed_there(desk: CodingDesk, study: Study) -> None:
    before = len(study.project.codings.all())
    desk.ctx.set_whose(Whose.CONSENSUS)
    desk.click("Nobody")
    desk.keys("Delete")
    assert desk.problems == ["Codings of the consensus change where they are settled, on the page Agreement."]
    desk.sweep("summer")
    desk.page.apply(study.codes[FEAR])
    assert desk.messages[-1].startswith("You see the consensus")
    assert len(study.project.codings.all()) == before
    assert len(desk.painted()) == 2


def test_looking_at_it_in_a_finished_transcript_is_no_work(desk: CodingDesk, study: Study) -> None:
    assert desk.page.status_now() is Status.FINISHED
    desk.ctx.set_whose(Whose.CONSENSUS)
    desk.ctx.set_whose(Whose.MINE)
    assert desk.page.parts.finished.isHidden()


def test_settling_shows_there_at_once(desk: CodingDesk, study: Study) -> None:
    desk.ctx.set_whose(Whose.CONSENSUS)
    (one,) = study.project.rounds.all()
    document, start, end = study.words[3]
    new = Decision(document, start, end, Verdict.OTHER, ((study.codes[OPEN], start, end),))
    desk.ctx.run(study.project.consensus.settle, one.guid, new)
    assert ("It was summer.", OPEN) in desk.painted()


def test_the_report_takes_it(qtbot: QtBot, study: Study, tmp_path: Path) -> None:
    window = open_window(study.project, "report")
    qtbot.addWidget(window)
    page = window.pages["report"]
    window.ctx.looked.add((study.project.guid, study.ann))
    assert page.coders.consensus.isVisible()  # type: ignore[attr-defined]
    page.coders.consensus.click()  # type: ignore[attr-defined]
    assert window.whose.consensus.isChecked()
    assert "3 quotes of Consensus" in page.figures.text()  # type: ignore[attr-defined]
    assert page.coders.words.text() == "What the coders settled on enters: the consensus."  # type: ignore[attr-defined]
    window.close()


def test_the_command_line_exports_it(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = study.project.path
    assert path is not None
    out = tmp_path / "quotes.xlsx"
    assert main(["export", "quotes", str(path), str(out), "--coders", "Consensus"]) == 0
    rows = list(load_workbook(out)["Quotes"].iter_rows(values_only=True))
    assert len(rows) == 4
    assert "Consensus" in str(rows)
    assert OPEN not in str(rows)
    assert main(["info", str(path), "--json"]) == 0
    printed = capsys.readouterr().out
    told = json.loads(printed[printed.index("{") :])
    assert {one["name"]: one["codings"] for one in told["coders"]} == {"Ann": 5, "Ben": 3}
