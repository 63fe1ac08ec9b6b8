"""The section “For the paper” by keyboard: written, edited, copied, saved; from a round and from now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.agreement_study import FEAR, OPEN, TOLD, Study, cells, make_coded, make_study, open_section, press

from coder_app.core.model import Verdict
from coder_app.project.comparing import Choice, compare_sources, worklist
from coder_app.project.consensus import Decision
from coder_app.project.project import Project
from coder_app.ui.agreement.paper.section import PaperSection

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = make_coded(tmp_path / "study.coder")
    yield made
    made.project.close()


def opened(qtbot: QtBot, project: Project) -> PaperSection:
    section = open_section(qtbot, project, "paper")
    assert isinstance(section, PaperSection)
    return section


def test_the_paragraph_of_a_round_is_copied_by_a_key(qtbot: QtBot, study: Study) -> None:
    p = study.project
    guid = p.rounds.make("Round 1", Choice((study.ann, study.ben)))
    items = [
        item
        for item in worklist(compare_sources(p.rounds.sources(guid), p.rounds.choice(guid)))
        if not item.alike
    ]
    assert len(items) == 3
    p.consensus.settle_many(
        guid,
        [
            Decision(item.document, item.start, item.end, Verdict.TAKE, item.versions[study.ann], study.ann)
            for item in items[:2]
        ],
        "Settle",
    )
    study.put(study.ben, {3: (OPEN,)})  # later: the round does not change
    section = opened(qtbot, p)
    QAbstractItemModelTester(section.sources, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert section.round.currentText() == "Round 1"
    press(qtbot, section, "paper_copy")
    text = QGuiApplication.clipboard().text()
    for part in (
        "two coders (Ann and Ben) independently coded both transcripts",
        "of 6 turns, 4 were coded by at least one coder",
        "was 25.0% (1 of 4",
        "settled 2 of 3",
        "in two one coder's version was taken",
        "After discussion agreement was 75.0% (3 of 4)",
        "O'Connor C, Joffe H.",
    ):
        assert part in text, part
    assert ["Coefficient of agreement", "1 of 4", "Round 1"] in cells(section.sources)
    assert "One of the differences is not looked at yet" in section.missing.text()


def test_from_now_it_says_that_a_round_is_missing(qtbot: QtBot, study: Study) -> None:
    section = opened(qtbot, study.project)
    assert section.round.currentText() == "The codings as they are now"
    assert "freeze a round" in section.missing.text()
    assert "as they stood on" in section.edit.toPlainText()
    assert section.words is not None
    assert "95% CI" not in section.edit.toPlainText(), "six units are too few"


def test_own_words_stay_until_the_paragraph_is_written_anew(qtbot: QtBot, study: Study) -> None:
    study.project.rounds.make("Round 1", Choice((study.ann, study.ben)))
    section = opened(qtbot, study.project)
    before = section.edit.toPlainText()
    section.edit.setFocus()
    QTest.keyClicks(section.edit, "As agreed, ")
    assert section.is_edited
    study.project.stability.start(study.project.rounds.all()[0].guid, study.ann)
    section.ctx.spread()
    QApplication.processEvents()
    assert section.edit.toPlainText() == f"As agreed, {before}"
    section.purpose.setCurrentIndex(1)
    section.purpose.activated.emit(1)
    assert section.edit.toPlainText().startswith("As agreed, To test and refine the codebook, two coders")
    press(qtbot, section, "paper_again")
    assert section.edit.toPlainText().startswith("To test and refine the codebook")
    assert not section.is_edited


def test_it_is_saved_as_text_and_as_word(qtbot: QtBot, study: Study, tmp_path: Path) -> None:
    section = opened(qtbot, study.project)
    section.write_file(tmp_path / "words.txt")
    assert (tmp_path / "words.txt").read_text(encoding="utf-8") == section.edit.toPlainText()
    section.write_file(tmp_path / "words")
    from docx import Document

    lines = [paragraph.text for paragraph in Document(str(tmp_path / "words.docx")).paragraphs]
    assert lines == [line for line in section.edit.toPlainText().splitlines() if line]


def test_it_follows_what_figures_compares_where_no_round_is_chosen(qtbot: QtBot, study: Study) -> None:
    cleo = study.project.coders.add("Cleo")
    study.put(cleo, {0: (FEAR,), 1: (TOLD,)})
    study.finish(cleo)
    section = opened(qtbot, study.project)
    assert "Ann and Ben" in section.edit.toPlainText()


def test_one_coder_alone_is_told_what_comes_here(qtbot: QtBot, tmp_path: Path) -> None:
    with Project.create(tmp_path / "one.coder", "One", "Ann") as project:
        section = opened(qtbot, project)
        assert section.whole.currentWidget() is section.alone
        press(qtbot, section, "paper_copy")
        assert not section.has_words


def test_nothing_finished_gives_the_reason_instead_of_a_text(qtbot: QtBot, tmp_path: Path) -> None:
    made = make_study(tmp_path / "study.coder")
    made.put(made.ann, {0: (FEAR,)})
    section = opened(qtbot, made.project)
    assert section.edit.toPlainText() == ""
    assert "finished" in section.missing.text()
    made.project.close()
