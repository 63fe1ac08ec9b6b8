"""Figures of any number of coders and of rounds: intervals, the picture, confusion, more coefficients."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog, QTabBar
from pytestqt.qtbot import QtBot
from ui.agreement_study import (
    FEAR,
    FIRST,
    OPEN,
    SECOND,
    TOLD,
    UNUSED,
    Study,
    cells,
    code_study,
    make_study,
    open_page,
    press,
    third_coder,
)

from coder_app.core.model import Division, Level, Status
from coder_app.ui.agreement import described, forest
from coder_app.ui.agreement.codes_model import BAR
from coder_app.ui.agreement.confusion_model import NOTHING
from coder_app.ui.agreement.figures import FiguresSection
from coder_app.ui.agreement.units import UNITS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[Study]:
    made = make_study(tmp_path / "study.coder")
    yield made
    made.project.close()


@pytest.fixture
def study(blank: Study) -> Study:
    code_study(blank)
    return blank


def everybody(page: FiguresSection) -> None:
    """Tick all coders."""
    page.choices.coder_model.choose([coder.guid for coder in page.choices.coder_model.coders])


def table(page: FiguresSection) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in cells(page.summary.model)}


def codes(page: FiguresSection) -> dict[str, list[str]]:
    return {row[0]: row[1:] for row in cells(page.codes.model)}


def words(page: FiguresSection) -> list[str]:
    return [row[1] for row in cells(page.passages.model)]


# Three coders


def test_three_coders_by_hand(qtbot: QtBot, study: Study) -> None:
    third_coder(study)
    page = open_page(qtbot, study)
    everybody(page)
    rows = table(page)
    assert rows["Code"][:2] == ["1 of 5", "20.0 %"]
    assert rows["Code"][3:6] == ["40.0 %", "2 of 6", "33.3 %"]
    assert rows["Marked or not"][:2] == ["3 of 5", "60.0 %"]
    assert codes(page)[FEAR][:4] == ["2", "1", "0", "3"]
    assert page.summary.headline.text().replace("\u00a0", " ") == (
        "Ann, Ben and Cleo gave the same codes to 1 of the 5 turns that anybody coded (20.0 %)."
    )
    # 1: no code in common; 2 and 5: not coded by all; 4: Fear in common
    assert page.summary.second.text() == (
        "Of the other 4: 2 were not coded by all, 1 has some codes in common but not all,"
        " 1 has none in common."
    )


def test_passages_of_three_coders(qtbot: QtBot, study: Study) -> None:
    third_coder(study)
    page = open_page(qtbot, study)
    everybody(page)
    press(qtbot, page, "agreement_go_codes")
    found = []
    for column in range(1, 5):  # by all, by 2, by 1, by none
        page.codes.table.setCurrentIndex(page.codes.model.index(0, column))
        qtbot.keyClick(page.codes.table, Qt.Key.Key_Return)
        found.append(words(page))
    assert found == [[FIRST[0], SECOND[0]], [FIRST[1]], [], [FIRST[2], FIRST[3], SECOND[1]]]
    page.codes.table.setCurrentIndex(page.codes.model.index(0, 2))
    page.open_passages(page.codes.model.question(page.codes.table.currentIndex()))
    assert cells(page.passages.model)[0][2:] == [FEAR, TOLD, FEAR]
    assert page.passages.title.text() == f"{FEAR} – by 2 of 3: 1 turn"
    shown = [version.name.text() for version in page.passages.versions.all if version.isVisible()]
    assert shown == ["Ann", "Ben", "Cleo"]
    page.choices.coder_model.choose([study.ann, study.ben])
    page.open_passages(page.summary.model.question(page.summary.model.index(1, 1)))
    assert sum(version.isVisible() for version in page.passages.versions.all) == 2


def test_matched_passages_of_three_coders_are_those_of_each_two(qtbot: QtBot, study: Study) -> None:
    third_coder(study)
    page = open_page(qtbot, study)
    everybody(page)
    page.choices.choose_unit("match")
    assert page.summary.headline.text().startswith("On average over each two coders")
    page.open_passages(page.codes.model.question(page.codes.model.index(0, 0)))
    # Fear: Ann and Ben 0, 4 and Ann alone 1; Ann and Cleo 0, 1, 4; Ben and Cleo 0, 4 and Cleo alone 1
    assert words(page) == [*[FIRST[0]] * 3, *[FIRST[1]] * 3, *[SECOND[0]] * 3]
    assert not page.tabs.isTabVisible(2)


# Units


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("three", [False, True])
def test_every_unit_says_something(qtbot: QtBot, study: Study, unit: str, three: bool) -> None:
    from coder_app.core.model import Division

    study.project.meaning_units.make(study.documents, Division.TURN, [])
    study.project.meaning_units.set_locked(study.documents, True)
    third_coder(study)
    page = open_page(qtbot, study)
    if three:
        everybody(page)
    page.choices.choose_unit(unit)
    assert page.choices.chosen_unit == unit
    assert page.choices.hint.text()
    assert page.look is not None
    assert page.look.wanted.unit == unit
    assert page.summary.headline.text()
    assert FEAR in codes(page)
    assert page.choices.threshold.isVisible() == (unit == "match")
    for index in (page.summary.model.index(0, 1), page.codes.model.index(0, 1)):
        explained = index.model().explain(index)  # type: ignore[attr-defined]
        assert "Unit: " in explained
        assert "coders: Ann, " in explained
        assert "level: " in explained
    page.bound_now()
    press(qtbot, page, "agreement_go_more")
    assert page.more.model.rowCount() or unit == "unitizing"


def test_units_that_are_not_there_cannot_be_chosen(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    page.choices.choose_unit("unitizing")
    press(qtbot, page, "agreement_unit")
    assert page.choices.chosen_unit == "turn"  # not the meaning units, of which there are none


def test_the_smallest_overlap_and_the_threshold_enter(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    page.choices.overlap.setValue(500)
    assert table(page)["Code"][0] == "0 of 0"
    page.choices.choose_unit("match")
    assert page.choices.chosen_overlap == 1
    page.choices.threshold.setValue(90)
    assert page.look is not None
    assert page.look.wanted.threshold == 0.9


# Intervals


def test_intervals_arrive_and_belong_to_the_level(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    for turn in range(6):  # with less than ten units there is no interval
        study.project.codings.mark(*study.words[turn])
    page.choices.choose_unit("character")
    assert page.summary.state.text() == "Intervals follow…"
    assert table(page)["Code"][7] == ""
    press(qtbot, page, "agreement_bound")
    assert table(page)["Code"][7] != ""
    assert table(page)["Theme"][7] == ""
    assert page.summary.state.text() == ""
    explained = page.summary.model.explain(page.summary.model.index(1, 7))
    assert "interval" in explained
    press(qtbot, page, "agreement_level")
    assert page.summary.state.text() == "Intervals follow…"


def test_cancelled_intervals_are_offered_again(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    page.ctx.work.inline = False
    page.bound_now()
    (job,) = [job for job in page.ctx.work.jobs if job.key == "agreement intervals"]
    job.cancel()
    qtbot.waitUntil(lambda: not page.ctx.work.busy)
    assert page.summary.state.text() == "Intervals were not computed."
    assert page.summary.again.isVisible()
    page.summary.again.click()
    qtbot.waitUntil(lambda: not page.ctx.work.busy)
    assert page.look is not None
    assert Level.CODE in page.look.bounds


# More coefficients, sources


def test_more_coefficients_are_closed_at_first_and_tell_their_source(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    assert not page.more.isVisible()
    press(qtbot, page, "agreement_go_more")
    assert page.more.table.hasFocus()
    rows = {row[0]: row for row in cells(page.more.model)}
    assert {
        "Holsti's CR over decisions",
        "Cohen's kappa, summed tables",
        "Cohen's kappa, mean over codes",
    } <= set(rows)
    assert rows["Holsti's CR over decisions"][4] == "Holsti (1969)"
    assert "Unit: turns, n = 6; coders: Ann, Ben" in page.more.explained.text()
    qtbot.keyClick(page.more.table, Qt.Key.Key_Return)
    assert len(words(page)) == 4
    qtbot.keyClick(page.passages.table, Qt.Key.Key_Escape)
    assert page.more.table.hasFocus()


def test_a_level_without_a_node_is_grey_and_says_so(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    index = page.summary.model.index(2, 0)
    assert index.data() == "Subcategory"
    assert index.data(Qt.ItemDataRole.ForegroundRole) == QColor(page.ctx.colors.muted)
    assert "the codebook has none" in page.summary.model.explain(index)
    assert page.summary.model.index(1, 0).data(Qt.ItemDataRole.ForegroundRole) is None


# Confusion


def test_confusion_counts_what_was_given_instead(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    press(qtbot, page, "agreement_go_confusion")
    model = page.confusion.model
    fear, told, opened = (study.codes[name] for name in (FEAR, TOLD, OPEN))
    found = {
        (model.rows[row], model.columns[column]): model.count(row, column)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
        if model.count(row, column)
    }
    assert found == {(fear, fear): 2, (fear, told): 1, (told, NOTHING): 1, (opened, NOTHING): 1}
    assert page.confusion.title.text() == f"Where Ann gave “{FEAR}”"
    assert cells(page.confusion.instead) == [[FEAR, "2", "67 %"], [TOLD, "1", "33 %"]]
    page.confusion.list.setFocus()
    page.confusion.list.setCurrentIndex(page.confusion.instead.index(1, 0))
    qtbot.keyClick(page.confusion.list, Qt.Key.Key_Return)
    assert words(page) == [FIRST[1]]
    assert page.passages.title.text() == f"Ann: {FEAR}, Ben: {TOLD}: 1 turn"
    qtbot.keyClick(page.passages.table, Qt.Key.Key_Escape)
    assert page.confusion.isVisible()


def test_every_cell_of_the_matrix_opens_as_many_passages_as_it_counts(qtbot: QtBot, study: Study) -> None:
    third_coder(study)
    page = open_page(qtbot, study)
    everybody(page)
    for _ in range(6):
        press(qtbot, page, "agreement_pair")
        model = page.confusion.model
        assert model.rowCount()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                if model.count(row, column):
                    page.open_passages(model.question(model.rows[row], model.columns[column]))
                    assert len(words(page)) == model.count(row, column), page.passages.title.text()


# The picture


def test_the_picture_is_drawn_beside_the_rows(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    page.codes.unused.setChecked(True)
    column = page.codes.model.columnCount() - 1
    bars = [page.codes.model.index(row, column).data(BAR) for row in range(4)]
    assert bars[0].value == pytest.approx(2 / 3)
    assert bars[3] is None
    page.codes.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    values = [page.codes.model.index(row, column).data(BAR) for row in range(4)]
    assert [round(bar.value, 3) for bar in values[:3]] == [0.667, 0.0, -0.2]
    assert values[3] is None
    press(qtbot, page, "agreement_drawn")
    assert page.codes.model.picture == "alpha_nominal"


def test_the_picture_is_saved_as_png_and_svg(
    qtbot: QtBot, study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(qtbot, study)
    told: list[str] = []
    page.ctx.message.connect(told.append)
    page.codes.unused.setChecked(True)
    for name in ("picture", "picture.svg"):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        press(qtbot, page, "agreement_picture")
    assert told == ["Saved: picture.png", "Saved: picture.svg"]
    image = QImage(str(tmp_path / "picture.png"))
    drawing = page.codes.drawing("Code")
    assert drawing is not None
    assert image.size() == drawing.size * forest.SHARPNESS
    assert image.pixelColor(2, 2) == QColor("#ffffff")
    svg = (tmp_path / "picture.svg").read_text(encoding="utf-8")
    said = " ".join("".join(node.itertext()) for node in ElementTree.fromstring(svg).iter() if node.text)
    for text in (FEAR, TOLD.split()[0], OPEN, UNUSED, "Cohen's kappa of each code", "0.667"):
        assert text in said


def test_a_picture_that_cannot_be_written_says_so(qtbot: QtBot, study: Study, tmp_path: Path) -> None:
    page = open_page(qtbot, study)
    problems: list[str] = []
    page.ctx.problem.connect(problems.append)
    for name in ("a.png", "a.svg"):
        page.write_picture(tmp_path / "nowhere" / name)
    assert len(problems) == 2
    assert "a.png" in problems[0]


# Rounds


def test_a_round_shows_what_it_froze(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    assert not page.choices.moment.isVisible()
    assert page.look is not None
    guid = study.project.rounds.make("Round 1", page.look.wanted.choice(Level.CODE))
    page.ctx.spread()
    assert page.choices.moment.isVisible()
    document, start, end = study.words[3]
    page.ctx.run(study.project.codings.apply, document, start, end, study.codes[FEAR])
    assert table(page)["Code"][0] == "1 of 5"
    press(qtbot, page, "agreement_moment")
    assert page.choices.chosen_round == guid
    assert table(page)["Code"][0] == "1 of 4"
    assert page.round_note.text().startswith("“Round 1”, frozen on ")
    assert "by Ann" in page.round_note.text()
    assert "Round: Round 1." in page.summary.model.explain(page.summary.model.index(1, 1))
    page.choices.choose_unit("sentence")
    assert page.look is not None
    assert page.look.wanted.round == guid
    page.ctx.undo()
    assert page.look.wanted.round == guid
    press(qtbot, page, "agreement_moment")
    assert page.round_note.isHidden()
    assert page.look.wanted.round == ""


def test_a_round_made_now_can_be_measured_at_once(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    assert page.look is not None
    ok, guid = page.ctx.run(study.project.rounds.make, "Round 1", page.look.wanted.choice(Level.CODE))
    assert ok
    press(qtbot, page, "agreement_moment")
    assert page.look.wanted.round == guid
    assert page.round_note.isVisible()
    assert table(page)["Code"][0] == "1 of 4"


# What it must be read with


def test_few_shared_codes_lead_to_the_codebooks(qtbot: QtBot, blank: Study) -> None:
    study = blank
    study.put(study.ann, {0: (FEAR,), 1: (TOLD,), 4: (OPEN,)})
    study.put(study.ben, {0: (FEAR,), 2: (UNUSED,), 4: (UNUSED,)})
    study.finish(study.ann, study.ben)
    page = open_page(qtbot, study)
    asked: list[str] = []
    page.desk.sectionWanted.connect(asked.append)
    assert page.summary.box.isVisible()
    assert page.summary.compare.isVisible() == page.desk.has("codebooks")
    page.summary.compare.click()
    assert asked == ["codebooks"]


def test_a_change_after_finishing_is_told(qtbot: QtBot, study: Study) -> None:
    study.project.documents.set_status(study.documents[0], Status.FINISHED)
    document, start, end = study.words[3]
    study.project.codings.apply(document, start, end, study.codes[FEAR])
    page = open_page(qtbot, study)
    assert "Ann changed “Interview P1” after marking it as finished." in page.summary.caution.text()


def test_the_note_on_where_it_does_not_fit_is_shown_once(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    assert page.fit_note.isVisible()
    page.fit_note.dismiss()
    assert page.fit_note.isHidden()
    page.enter()
    assert page.fit_note.isHidden()


def test_a_slow_answer_never_stands_beside_the_empty_page(qtbot: QtBot, study: Study) -> None:
    page = open_page(qtbot, study)
    page.choices.coder_model.tick(study.ben, False)
    assert page.nothing.isVisible()
    page.ctx.work.inline = False
    page.choices.coder_model.tick(study.ben, True)
    page._mention()  # as its timer does
    assert page.waiting.isVisible()
    assert page.nothing.isHidden()
    qtbot.waitUntil(lambda: not page.ctx.work.busy)
    assert page.waiting.isHidden()
    assert page.summary.isVisible()
    tabs = page.tabs.findChild(QTabBar)
    assert tabs is not None


def test_a_formula_is_that_of_the_number() -> None:
    """The same name stands for other formulas of one code, over all codes, and of matched spans."""
    assert described.of_code("brennan_prediger").formula == "(p_a − 1/2) / (1/2)"
    assert described.over_codes("brennan_prediger", "turn", more=True).formula.startswith("p_e = 1 / q")
    assert described.over_codes("brennan_prediger", "match").formula.startswith("(CR − 1 / q)")
    for name in ("gwet_ac1", "alpha_nominal", "scott_pi", "percent_agreement", "cohen_kappa"):
        assert "one code a unit" in described.over_codes(name, "turn", more=True).name
    assert "2N" in described.of_code("alpha_nominal").formula
    assert "D_o" in described.of_code("alpha_nominal", several=True).formula


def test_locked_meaning_units_are_what_is_counted_at_first(qtbot: QtBot, study: Study) -> None:
    project, figures = study.project, open_page(qtbot, study)
    assert figures.choices.chosen_unit == "turn"
    documents = [document.guid for document in project.documents.all()]
    figures.ctx.run(project.meaning_units.make, documents, Division.SENTENCE)
    assert figures.choices.chosen_unit == "turn"
    figures.ctx.run(project.meaning_units.set_locked, documents, True)
    assert figures.choices.chosen_unit == "meaning-unit"
    figures.choices.choose_unit("turn")
    figures.choices._note_unit_by_hand()
    figures.ctx.run(project.meaning_units.set_locked, documents, False)
    figures.ctx.run(project.meaning_units.set_locked, documents, True)
    assert figures.choices.chosen_unit == "turn"
