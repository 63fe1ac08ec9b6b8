"""The Agreement page, used as a person would: keys, choices, numbers on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from ui.agreement_study import (
    FEAR,
    OPEN,
    TOLD,
    UNUSED,
    Study,
    cells,
    code_study,
    interview,
    make_coded,
    make_study,
    open_page,
    press,
    third_coder,
)

from coder_app.core.agreement.result import Reason
from coder_app.core.model import Level, Status
from coder_app.project.comparing import Choice, compare_project
from coder_app.project.project import Project
from coder_app.ui.actions import WINDOW_ACTIONS
from coder_app.ui.agreement import figures, wording
from coder_app.ui.agreement.actions import AGREEMENT_ACTIONS
from coder_app.ui.agreement.passages import Question, Which
from coder_app.ui.agreement.wording import three

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Intervals come by key alone, however slow the machine is."""
    monkeypatch.setattr(figures, "REST", 3_600_000)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = make_study(tmp_path / "study.coder")
    yield made
    made.project.close()


@pytest.fixture
def coded(tmp_path: Path) -> Iterator[Study]:
    made = make_coded(tmp_path / "study.coder")
    yield made
    made.project.close()


def table(page) -> dict[str, list[str]]:
    """Row of the table of levels -> its cells."""
    return {row[0].removesuffix(" (none yet)"): row[1:] for row in cells(page.summary.model)}


def codes(page) -> dict[str, list[str]]:
    """Code -> its counts and coefficients, without the interval and the picture."""
    return {row[0]: row[1:-2] for row in cells(page.codes.model)}


def more(page) -> dict[str, str]:
    """Name of a coefficient that does not stand on top -> its value."""
    return {row[0]: row[1] for row in cells(page.more.model)}


# The numbers


def test_numbers_counted_by_hand_stand_on_the_page(qtbot: QtBot, coded: Study) -> None:
    page = open_page(qtbot, coded)
    rows = table(page)
    # pooled kappa by hand: (12 - 2 + 0) / (18 + 10 + 6); mean of 2/3, -1/5 and 0; alphas from the core
    assert rows["Code"][:7] == ["1 of 4", "25.0 %", "", "50.0 %", "3 of 6", "50.0 %", "0.294"]
    assert rows["Marked or not"][:6] == ["3 of 4", "75.0 %", "", "", "5 of 6", "83.3 %"]
    assert rows["Theme"][:6] == ["2 of 4", "50.0 %", "", "75.0 %", "4 of 6", "66.7 %"]
    assert more(page)["Cohen's kappa, mean over codes"] == "0.156"
    assert more(page)["Codes whose kappa is undefined"] == "1"
    assert page.summary.headline.text().replace("\u00a0", " ") == (
        "Ann and Ben gave the same codes to 1 of the 4 turns that either coded (25.0 %)."
    )
    assert page.summary.second.text() == (
        "Of the other 3: 1 was coded by one of them alone, 1 has some codes in common but not all,"
        " 1 has none in common."
    )
    assert "Only 4 turns are coded" in page.summary.caution.text()
    assert "undefined for 1 of 4 codes" in page.summary.caution.text()
    assert page.summary.box.isHidden()


def test_the_table_of_codes_shows_the_counts(qtbot: QtBot, coded: Study) -> None:
    page = open_page(qtbot, coded)
    page.codes.unused.setChecked(True)
    assert codes(page) == {
        FEAR: ["2", "1", "0", "3", "83.3 %", "0.667", "0.686", "0.800"],
        TOLD: ["0", "1", "1", "4", "66.7 %", "−0.200", "−0.100", "0.000"],
        OPEN: ["0", "1", "0", "5", "83.3 %", "0.000", "0.000", "0.000"],
        UNUSED: ["0", "0", "0", "6", "100.0 %", "–", "–", "–"],
    }
    assert "no coder used this code" in page.codes.model.explain(page.codes.model.index(3, 6))


@pytest.mark.parametrize("unit", ["turn", "paragraph", "sentence", "document", "character", "token"])
@pytest.mark.parametrize("interviewers", [False, True])
def test_every_unit_and_level_shows_what_the_core_computes(
    qtbot: QtBot, coded: Study, unit: str, interviewers: bool
) -> None:
    page = open_page(qtbot, coded)
    if interviewers:
        press(qtbot, page, "agreement_interviewers")
    while page.choices.chosen_unit != unit:
        press(qtbot, page, "agreement_unit")
    for number, level in enumerate(coded.project.level_names()):
        if number:
            press(qtbot, page, "agreement_level")
        assert page.choices.chosen_level == level
        choice = Choice((coded.ann, coded.ben), unit, level, interviewer_turns=interviewers)
        result = compare_project(coded.project, choice).result
        row = next(row for row in result.rows if row.key == level.key)
        shown = table(page)[coded.project.level_names()[level]]
        kappa, alpha = result.overall["pooled_kappa"].value, result.overall["alpha_masi"].value
        assert shown[0] == f"{row.agreed_coded:,} of {row.n_coded:,}"
        assert shown[4] == f"{row.agreed_all:,} of {row.n_all:,}"
        assert kappa is not None
        assert alpha is not None
        assert shown[6] == three(kappa)
        assert shown[8] == three(alpha)
        page.codes.unused.setChecked(True)
        both = [str(code.table.both) for code in result.codes.values() if code.table is not None]
        assert [row[1].replace(",", "") for row in cells(page.codes.model)] == both


def test_levels_gather_codes(qtbot: QtBot, coded: Study) -> None:
    page = open_page(qtbot, coded)
    page.choices.level.setCurrentIndex(3)
    assert list(codes(page)) == ["Trust", "Talk"]
    assert codes(page)["Trust"][:4] == ["3", "1", "0", "2"]
    assert page.summary.headline.text().startswith(
        "With codes gathered under “Theme”, Ann and Ben agree on 2 of"
    )
    assert page.tabs.tabText(0) == "Each theme (2)"


def test_different_codes_are_warned_of(qtbot: QtBot, study: Study) -> None:
    study.put(study.ann, {0: (FEAR,), 1: (TOLD,), 4: (OPEN,)})
    study.put(study.ben, {0: (FEAR,), 2: (UNUSED,), 4: (UNUSED,)})
    study.finish(study.ann, study.ben)
    page = open_page(qtbot, study)
    assert page.summary.box.isVisible()
    assert "1 of 4 codes shared" in page.summary.warning.text()


def test_one_code_that_dominates_is_named(qtbot: QtBot, study: Study) -> None:
    study.put(study.ann, {0: (FEAR,), 1: (FEAR,), 2: (FEAR,), 3: (TOLD,)})
    study.put(study.ben, {0: (FEAR,), 1: (FEAR,), 2: (FEAR,), 3: (TOLD,)})
    study.finish(study.ann, study.ben)
    page = open_page(qtbot, study)
    assert f"“{FEAR}” alone makes up 75" in page.summary.caution.text()


def test_undefined_is_a_dash_with_its_reason(qtbot: QtBot, study: Study) -> None:
    study.finish(study.ann, study.ben)
    page = open_page(qtbot, study)
    shown = table(page)["Code"]
    assert shown[:7] == ["0 of 0", "–", "", "–", "6 of 6", "100.0 %", "–"]
    assert page.summary.headline.text() == "Neither Ann nor Ben coded any of the 6 turns."
    explained = page.summary.model.explain(page.summary.model.index(1, 7))
    assert "undefined, because every value is the same" in explained
    assert "De Vries" in explained


# Choices


def chosen(page) -> list[str]:
    return [coder.guid for coder in page.choices.coders]


def tick(qtbot: QtBot, page, guid: str) -> None:
    """Tick a coder, or take the tick away, by key."""
    row = [coder.guid for coder in page.choices.coder_model.coders].index(guid)
    page.choices.coder_list.setCurrentIndex(page.choices.coder_model.index(row))
    qtbot.keyClick(page.choices.coder_list, Qt.Key.Key_Space)


def test_coders_are_ticked_by_key(qtbot: QtBot, coded: Study) -> None:
    cleo = coded.project.coders.add("Cleo")
    page = open_page(qtbot, coded)
    assert chosen(page) == [coded.ann, coded.ben]
    press(qtbot, page, "agreement_swap")
    assert chosen(page) == [coded.ben, coded.ann]
    assert codes(page)[FEAR][:4] == ["2", "0", "1", "3"]
    press(qtbot, page, "agreement_go_choices")
    tick(qtbot, page, coded.ann)
    assert page.look is None
    assert page.nothing.text.text().startswith("Tick at least two coders")
    tick(qtbot, page, cleo)
    assert chosen(page) == [coded.ben, cleo]
    assert page.nothing.text.text() == "Cleo did not code anything yet."
    assert page.waiting.isHidden()
    tick(qtbot, page, cleo)
    tick(qtbot, page, coded.ann)
    assert table(page)["Code"][0] == "1 of 4"


def test_a_single_coder_is_told_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    with Project.create(tmp_path / "alone.coder", "Alone", "Ann") as project:
        project.documents.add([interview("Interview P1", ("Yes.",))])
        page = open_page(qtbot, Study(project, "", "", [], {}))
        assert page.whole.currentWidget() is page.alone
        assert not page.has_result
        ben = project.coders.add("Ben")
        page.ctx.spread()
        assert page.whole.currentWidget() is page.splitter
        assert ben in chosen(page)


def test_nobody_finished(qtbot: QtBot, study: Study) -> None:
    code_study(study)
    for coder in (study.ann, study.ben):
        study.project.documents.set_statuses(study.documents, Status.IN_PROGRESS, coder)
    page = open_page(qtbot, study)
    assert page.look is None
    assert "No transcript is marked as finished by both Ann and Ben." in page.nothing.text.text()
    assert [text.split(":")[0] for text in page.offers.sentences] == [
        "You have codings in transcripts that you did not mark as finished",
        "Ben has codings in transcripts not marked as finished",
    ]


def test_a_forgotten_finished_is_offered(qtbot: QtBot, coded: Study) -> None:
    coded.project.documents.set_status(coded.documents[1], Status.IN_PROGRESS, coded.ann)
    coded.project.documents.set_status(coded.documents[0], Status.IN_PROGRESS, coded.ben)
    page = open_page(qtbot, coded)
    assert page.offers.sentences[0].startswith("Interview P2: you have 2 codings but did not mark it")
    assert page.offers.sentences[1].startswith("Interview P1: Ben has 2 codings but did not mark it")
    page.offers.buttons[0].click()
    statuses = coded.project.documents.statuses()
    assert statuses[coded.documents[1], coded.ann] is Status.FINISHED
    assert table(page)["Code"][0] == "0 of 1"
    assert len(page.offers.buttons) == 1
    page.offers.buttons[0].click()
    assert table(page)["Code"][0] == "1 of 4"
    assert coded.project.documents.statuses() == statuses  # the other coder's record is untouched
    assert page.offers.isHidden()
    assert "not marked as finished by everybody" in page.summary.caution.text()
    page.ctx.undo()
    assert table(page)["Code"][0] == "1 of 3"


def test_own_transcripts_are_finished_by_a_key(qtbot: QtBot, coded: Study) -> None:
    coded.project.documents.set_statuses(coded.documents, Status.IN_PROGRESS, coded.ann)
    page = open_page(qtbot, coded)
    press(qtbot, page, "agreement_finished")
    assert table(page)["Code"][0] == "1 of 4"


def test_transcripts_are_ticked_by_key(qtbot: QtBot, coded: Study) -> None:
    page = open_page(qtbot, coded)
    page.choices.list.setFocus()
    page.choices.list.setCurrentIndex(page.choices.model.index(1))
    qtbot.keyClick(page.choices.list, Qt.Key.Key_Space)
    assert table(page)["Code"][0] == "1 of 3"
    assert page.choices.counted.text() == "Transcripts: 1 of 2"
    page.choices.usual.click()
    assert table(page)["Code"][0] == "1 of 4"


def test_a_transcript_that_one_has_not_begun_cannot_be_ticked(qtbot: QtBot, coded: Study) -> None:
    coded.project.documents.add([interview("Interview P3", ("Later.",))])
    page = open_page(qtbot, coded)
    assert not page.choices.model.flags(page.choices.model.index(2)) & Qt.ItemFlag.ItemIsUserCheckable
    assert page.choices.counted.text() == "Transcripts: 2 of 3"


def test_numbers_follow_the_work(qtbot: QtBot, coded: Study) -> None:
    page = open_page(qtbot, coded)
    document, start, end = coded.words[3]
    page.ctx.run(coded.project.codings.apply, document, start, end, coded.codes[FEAR])
    assert table(page)["Code"][0] == "1 of 5"
    page.ctx.undo()
    assert table(page)["Code"][0] == "1 of 4"
    page.ctx.run(coded.project.set_level_name, Level.THEME, "Big idea")
    assert "Big idea" in table(page)
    assert page.choices.level.itemText(3) == "Big idea"


def test_answers_come_from_a_thread_and_late_ones_are_dropped(qtbot: QtBot, coded: Study) -> None:
    page = open_page(qtbot, coded)
    page.ctx.work.inline = False
    page.choices.choose_unit("paragraph")
    page.choices.choose_unit("sentence")
    assert page.look.wanted.unit == "turn"
    qtbot.waitUntil(lambda: not page.ctx.work.busy)
    assert page.look.wanted.unit == "sentence"


# The table of codes


def test_codes_are_sorted_with_the_undefined_last_and_filtered(qtbot: QtBot, coded: Study) -> None:
    page = open_page(qtbot, coded)
    page.codes.unused.setChecked(True)
    page.codes.table.sortByColumn(6, Qt.SortOrder.AscendingOrder)
    assert list(codes(page)) == [TOLD, OPEN, FEAR, UNUSED]
    page.codes.table.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    assert list(codes(page)) == [FEAR, OPEN, TOLD, UNUSED]
    press(qtbot, page, "agreement_filter")
    qtbot.keyClicks(page.codes.filter, "fear CO")
    assert list(codes(page)) == [FEAR]
    qtbot.keyClick(page.codes.filter, Qt.Key.Key_Escape)
    assert len(codes(page)) == 4


def test_models_keep_qt_s_rules(qtbot: QtBot, coded: Study) -> None:
    page = open_page(qtbot, coded)
    models = (
        page.summary.model,
        page.codes.model,
        page.more.model,
        page.confusion.model,
        page.confusion.instead,
        page.passages.model,
        page.choices.model,
        page.choices.coder_model,
    )
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in models
    ]
    page.open_passages(Question("code", Level.CODE, Which.CODED))
    press(qtbot, page, "agreement_differences")
    page.codes.unused.setChecked(True)
    page.codes.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    press(qtbot, page, "agreement_go_confusion")
    for _ in range(7):
        press(qtbot, page, "agreement_unit")
        press(qtbot, page, "agreement_level")
    third_coder(coded)
    page.ctx.spread()
    press(qtbot, page, "agreement_go_confusion")
    press(qtbot, page, "agreement_pair")
    page.open_passages(Question("code", Level.CODE, Which.CODED))
    coded.project.documents.add([interview("Interview P3", ("Later.",))])
    page.ctx.spread()
    assert len(testers) == len(models)


def test_names_are_text_never_html(qtbot: QtBot, coded: Study) -> None:
    page = open_page(qtbot, coded)
    index = page.codes.model.index(0, 1)
    assert "&lt;b&gt;Fear&lt;/b&gt; &amp; co" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert page.summary.headline.textFormat() == Qt.TextFormat.PlainText


# Out of the page


def test_tables_are_copied_as_text(qtbot: QtBot, coded: Study) -> None:
    page = open_page(qtbot, coded)
    press(qtbot, page, "agreement_copy")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[2].split("\t")[:3] == ["Code", "1 of 4", "25.0 %"]
    press(qtbot, page, "agreement_go_codes")
    press(qtbot, page, "agreement_copy")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Name\tBoth\tOnly Ann\tOnly Ben\tNeither\tPercent agreement\tCohen's kappa")
    assert lines[2].split("\t")[:7] == [TOLD, "0", "1", "1", "4", "66.7 %", "-0.200"]


def test_the_workbook_is_written(
    qtbot: QtBot, coded: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import openpyxl

    asked = []

    def choose(parent, title, suggested, kinds):
        asked.append(suggested)
        return str(tmp_path / "out"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page = open_page(qtbot, coded)
    told: list[str] = []
    page.ctx.message.connect(told.append)
    press(qtbot, page, "agreement_export")
    assert asked == [str(tmp_path / "study agreement.xlsx")]
    assert told == ["Saved: out.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    try:
        values = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    finally:
        book.close()
    assert "Ann, Ben" in values


def test_no_shortcut_comes_twice() -> None:
    others = {row.shortcut for row in WINDOW_ACTIONS if row.shortcut}
    own = [row.shortcut for row in AGREEMENT_ACTIONS]
    assert len(set(own)) == len(own)
    assert all(own)
    assert not others & set(own)
    assert not {f"Ctrl+{number}" for number in range(1, 7)} & set(own)


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.NOT_REACHED}))
def test_every_reason_has_words(reason: Reason) -> None:
    def exclaimed(context: str, text: str) -> str:
        return f"{text}!"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording.QCoreApplication, "translate", exclaimed)
        assert wording.why_no_interval(reason.value).endswith("!")
        if reason not in (Reason.NO_SPREAD, Reason.NO_SPREAD_DRAWN):  # there the value exists
            assert wording.why_undefined(reason.value).endswith("!")
