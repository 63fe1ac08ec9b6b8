"""The passages behind the numbers of the Agreement page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot
from ui.agreement_study import (
    FEAR,
    FIRST,
    OPEN,
    SECOND,
    TOLD,
    Study,
    cells,
    make_coded,
    open_page,
    press,
)

from coder_app.core.model import Coding, Level
from coder_app.ui.agreement.number_table import NumberTable
from coder_app.ui.agreement.page import AgreementPage
from coder_app.ui.agreement.passages import Question, Which
from coder_app.ui.agreement.versions import marked_pieces
from coder_app.ui.context import Context
from coder_app.ui.settings import Settings
from coder_app.ui.window import Window
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = make_coded(tmp_path / "study.coder")
    yield made
    made.project.close()


def click(qtbot: QtBot, table: NumberTable, row: int, column: int) -> None:
    place: QPoint = table.visualRect(table.model().index(row, column)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def words(page) -> list[str]:
    return [row[1] for row in cells(page.passages.model)]


def test_clicking_a_number_shows_what_it_counts(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    expected = {
        (1, 1): [FIRST[0]],
        (1, 2): [FIRST[0], FIRST[1], FIRST[2], SECOND[0]],
        (1, 4): [FIRST[0], SECOND[0]],
        (1, 5): [FIRST[0], FIRST[3], SECOND[1]],
        (1, 6): [*FIRST, *SECOND],
        (0, 1): [FIRST[0], FIRST[1], SECOND[0]],
        (4, 1): [FIRST[0], FIRST[1]],
    }
    for (row, column), passages in expected.items():
        click(qtbot, page.summary.table, row, column)
        assert words(page) == passages, (row, column)
        assert page.tabs.currentWidget() is page.passages


def test_a_code_s_counts_open_by_key(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    press(qtbot, page, "agreement_go_codes")
    found = []
    for column in range(1, 5):
        page.codes.table.setCurrentIndex(page.codes.model.index(0, column))
        qtbot.keyClick(page.codes.table, Qt.Key.Key_Return)
        found.append(words(page))
        assert page.passages.table.hasFocus()
        qtbot.keyClick(page.passages.table, Qt.Key.Key_Escape)
        assert page.codes.table.hasFocus()
    assert found == [[FIRST[0], SECOND[0]], [FIRST[1]], [], [FIRST[2], FIRST[3], SECOND[1]]]
    assert page.passages.title.text() == f"{FEAR} – by neither: 3 turns"


def test_rows_show_place_text_and_both_versions(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    click(qtbot, page.summary.table, 1, 2)
    rows = cells(page.passages.model)
    assert rows[1] == ["Interview P1\nTurn 4 · Mara\nDiffer", FIRST[1], FEAR, TOLD]
    assert rows[3] == ["Interview P2\nTurn 2 · Mara\nDiffer", SECOND[0], f"{FEAR}; {OPEN}", FEAR]
    page.passages.table.selectRow(3)
    ann, ben = page.passages.versions.all[:2]
    assert (ann.name.text(), ben.name.text()) == ("Ann", "Ben")
    assert ann.text.toPlainText() == SECOND[0]
    assert [chip[0] for chip in ann.chips.chips] == [FEAR, OPEN]
    assert [chip[2] for chip in ann.chips.chips] == [True, False]
    assert ben.chips.accessibleName() == f"Ben: {FEAR}"
    assert len(ben.text.extraSelections()) == 1


def test_only_differences(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    click(qtbot, page.summary.table, 1, 2)
    assert page.passages.differences.text() == "Differences only (3)"
    press(qtbot, page, "agreement_differences")
    assert words(page) == [FIRST[1], FIRST[2], SECOND[0]]
    press(qtbot, page, "agreement_differences")
    assert len(words(page)) == 4


def test_enter_and_double_click_jump_to_the_transcript(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    asked: list[tuple[str, int, int]] = []
    page.ctx.openPlace.connect(lambda *place: asked.append(place))
    click(qtbot, page.summary.table, 1, 2)
    page.passages.table.selectRow(1)
    qtbot.keyClick(page.passages.table, Qt.Key.Key_Return)
    table = page.passages.table
    place = table.visualRect(page.passages.model.index(2, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    press(qtbot, page, "agreement_go")
    assert asked == [study.words[1], study.words[2], study.words[2]]


def test_the_jump_leads_to_the_code_page(qtbot: QtBot, study: Study) -> None:
    ctx = Context(Settings.load(), Work(inline=True))
    window = Window(ctx)
    qtbot.addWidget(window)
    window.show()
    ctx.set_project(study.project)
    ctx.looked.add((study.project.guid, study.ann))
    whole = window.show_page("agreement")
    assert isinstance(whole, AgreementPage)
    page = whole.sections["figures"]
    assert window.page_actions["agreement"]["agreement_export"].isEnabled()
    page.open_passages(Question("code", Level.CODE, Which.COMMON))
    qtbot.keyClick(page.passages.table, Qt.Key.Key_Return)
    assert window.current == "code"
    assert ctx.document == study.words[0][0]


def test_stretches_of_characters(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    page.choices.choose_unit("character")
    press(qtbot, page, "agreement_go_codes")
    qtbot.keyClick(page.codes.table, Qt.Key.Key_Return)
    assert words(page) == [FIRST[0], SECOND[0]]
    count = len(FIRST[0]) + len(SECOND[0])
    assert page.passages.title.text() == f"{FEAR} – by both: {count} characters in 2 passages"


def test_a_sentence_is_shown_within_its_turn(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    page.choices.choose_unit("sentence")
    click(qtbot, page.summary.table, 1, 6)
    page.passages.table.selectRow(4)
    assert words(page)[4] == "Both, I think."
    assert page.passages.versions.all[0].text.toPlainText() == SECOND[0]


def test_open_passages_follow_the_choices(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    press(qtbot, page, "agreement_go_codes")
    qtbot.keyClick(page.codes.table, Qt.Key.Key_Return)
    assert len(words(page)) == 2
    document, start, end = study.words[3]
    page.ctx.run(study.project.codings.apply, document, start, end, study.codes[FEAR])
    assert len(words(page)) == 2
    study.put(study.ben, {3: (FEAR,)})
    page.ctx.spread()
    assert len(words(page)) == 3
    page.choices.model.tick([study.documents[0]], on=False)
    assert words(page) == [SECOND[0]]
    page.choices.model.tick([study.documents[1]], on=False)
    assert page.look is None
    assert words(page) == []


def test_tints_lie_over_each_other_within_the_unit() -> None:
    def coding(guid: str, start: int, end: int) -> Coding:
        return Coding(guid, "d", "c", guid, start, end)

    colors = {"a": "#000000", "b": "#ffffff"}
    pieces = marked_pieces(
        [coding("a", 0, 20), coding("b", 15, 40)], colors, (10, 50), (12, 30), "#ffffff", False
    )
    assert [(start, end) for start, end, _ in pieces] == [(2, 5), (5, 10), (10, 20)]
    assert pieces[2][2] == "#ffffff"
    assert pieces[0][2] != "#ffffff"
