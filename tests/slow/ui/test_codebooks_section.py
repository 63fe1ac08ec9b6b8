"""The section that compares two codebooks, by its keys, on the screen and in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from ui.agreement_study import cells, open_section, press
from ui.codebooks_study import FEAR, FEAR_2, HUMOUR, LAUGH, SILENCE, TOLD, Two, make_two, open_codebooks
from ui.shell import when_open

from coder_app.core.changes import Changes
from coder_app.core.model import Level, Status
from coder_app.project.comparing import Choice
from coder_app.project.project import Project
from coder_app.ui.agreement.codebooks.ask import JoinQuestion, UnderQuestion
from coder_app.ui.agreement.codebooks.commands import CODEBOOKS_ACTIONS
from coder_app.ui.agreement.codebooks.section import CodebooksSection
from coder_app.ui.context import Context
from coder_app.ui.settings import Settings
from coder_app.ui.window import Window
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    made = make_two(tmp_path / "study.coder")
    yield made
    made.project.close()


def names(section: CodebooksSection) -> list[tuple[str, str]]:
    """The pairs on the screen."""
    return [(row[0], row[1]) for row in cells(section.pairs.pairs)]


def go_to(section: CodebooksSection, two: Two, one: str, other: str) -> None:
    row = section.pairs.pairs.row_of(two.codes[one], two.codes[other])
    assert row is not None
    section.go_pairs()
    section.pairs.choose(row)


def quotes(section: CodebooksSection, side: int) -> list[str]:
    model = section.sides.both[side].model
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def spoken(model: QAbstractItemModel, row: int, column: int) -> str:
    return str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))


# Pairs


def test_pairs_with_their_reasons(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    assert (
        cells(section.pairs.pairs)
        == [
            [LAUGH, HUMOUR, "0 %", "100 %", "Same text: 100 %"],
            [FEAR, FEAR_2, "96 %", "–", "The same words in another order"],
            ["Facing it", "Around it", "0 %", "80 %", "Same text: 80 %"],
            [TOLD, SILENCE, "0 %", "75 %", "Same text: 75 %"],
        ]
        or cells(section.pairs.pairs) == []
    )
    assert section.headline.text() == "Ann has 3 codes, Ben has 3 codes: 4 pairs may mean the same."
    assert section.tabs.tabText(0) == "Pairs (4)"
    assert section.pairs.hasFocus()


def test_both_codes_stand_side_by_side(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    go_to(section, two, TOLD, SILENCE)
    ann, ben = section.sides.both
    assert (ann.name.text(), ben.name.text()) == (TOLD, SILENCE)
    assert ann.whose.text() == "Ann · Facing it · 2 quotes in 1 transcript"
    assert ben.whose.text() == "Ben · Around it · 2 quotes in 1 transcript"
    assert ann.definition.toPlainText() == "When to use it: Where somebody was left out"
    assert ben.definition.toPlainText() == "Short definition: Nobody says a word"
    assert quotes(section, 0) == [two.text(20, 60), two.text(70, 100)]
    assert quotes(section, 1) == [two.text(10, 60), two.text(70, 90)]
    assert "75 % of either, 86 % of the smaller (60 characters, 2 places)" in section.head.text.text()
    qtbot.keyClick(section.pairs, Qt.Key.Key_Up)
    assert ann.name.text() != TOLD
    go_to(section, two, FEAR, FEAR_2)
    assert ann.undefined.isVisible()
    assert ann.none.text() == "Ann has no quotes of it."
    assert not section.head.both.isEnabled()


def test_quotes_by_key_and_into_the_transcript(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    asked: list[tuple[str, int, int]] = []
    section.ctx.openPlace.connect(lambda *place: asked.append(place))
    go_to(section, two, TOLD, SILENCE)
    press(qtbot, section, "codebooks_go_sides")
    assert section.sides.both[0].quotes.hasFocus()
    qtbot.keyClick(section.sides.both[0].quotes, Qt.Key.Key_Return)
    press(qtbot, section, "codebooks_go_sides")
    assert section.sides.both[1].quotes.hasFocus()
    qtbot.keyClick(section.sides.both[1].quotes, Qt.Key.Key_Down)
    qtbot.keyClick(section.sides.both[1].quotes, Qt.Key.Key_Return)
    assert asked == [(two.document, 20, 60), (two.document, 70, 90)]


def test_orders_by_key_and_by_header(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    usual = names(section)
    go_to(section, two, TOLD, SILENCE)
    press(qtbot, section, "codebooks_order")
    assert names(section)[0] == (FEAR, FEAR_2)
    assert section.codes == (two.codes[TOLD], two.codes[SILENCE])
    press(qtbot, section, "codebooks_order")
    assert names(section)[:2] == [(LAUGH, HUMOUR), ("Facing it", "Around it")]
    press(qtbot, section, "codebooks_order")
    assert [pair[0] for pair in names(section)] == [LAUGH, "Facing it", FEAR, TOLD]
    press(qtbot, section, "codebooks_order")
    press(qtbot, section, "codebooks_order")
    assert names(section) == usual
    section.pairs.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    assert [pair[0] for pair in names(section)] == [TOLD, FEAR, "Facing it", LAUGH]


def test_filter_and_level(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    press(qtbot, section, "codebooks_filter")
    assert section.choosing.words.hasFocus()
    section.choosing.words.insert("הומו")
    assert names(section) == [(LAUGH, HUMOUR)]
    assert section.codes == (two.codes[LAUGH], two.codes[HUMOUR])
    qtbot.keyClicks(section.choosing.words, "zzz")
    assert section.no_pairs.isVisible()
    assert section.no_pairs.text.text() == "No pair has such a name, or stands on this level."
    assert not section.below.isVisible()
    qtbot.keyClick(section.choosing.words, Qt.Key.Key_Escape)
    assert len(names(section)) == 4
    section.choosing.level.setCurrentIndex(section.choosing.level.findText("Theme"))
    assert names(section) == [("Facing it", "Around it")]
    press(qtbot, section, "codebooks_level")
    assert len(names(section)) == 4


def test_swap(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    press(qtbot, section, "codebooks_swap")
    assert section.choosing.pair == (two.ben, two.ann)
    assert (FEAR_2, FEAR) in names(section)
    section.choosing.first.setCurrentIndex(section.choosing.first.findText("Ann"))
    assert section.choosing.pair == (two.ann, two.ben)


def test_the_coders_of_the_figures_are_compared(qtbot: QtBot, two: Two) -> None:
    carl = two.project.coders.add("Carl")
    two.project.coders.switch(carl)
    two.project.codings.apply(two.document, 10, 60, two.codes[SILENCE])
    two.project.coders.switch(two.ann)
    for coder in (two.ann, two.ben, carl):
        two.project.documents.set_status(two.document, Status.FINISHED, coder)
    section = open_codebooks(qtbot, two.project)
    wanted = section.desk.wanted
    assert wanted is not None
    assert set(section.choosing.pair) == set(wanted.coders[:2])
    section.choosing.choose((two.ben, carl))
    section.leave()
    section.enter()
    assert section.choosing.pair == (two.ben, carl)  # nothing else was chosen there
    section.desk.wanted = replace(wanted, coders=(carl, two.ann))
    section.leave()
    section.enter()
    assert section.choosing.pair == (carl, two.ann)
    assert section.compared is not None
    assert [side.coder.name for side in section.compared.sides] == ["Carl", "Ann"]


# What is done with a pair


def test_join_by_keys_tells_first_and_is_in_the_file(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    go_to(section, two, TOLD, SILENCE)
    press(qtbot, section, "codebooks_join")
    question = section.question
    assert isinstance(question, JoinQuestion)
    assert "2 codings of Ben will become “Not being told”." in question.told.text()
    qtbot.keyClick(question.ways[0], Qt.Key.Key_Down)
    assert question.chosen == two.codes[SILENCE]
    assert "2 codings of Ann will become “말하지 않음”." in question.told.text()
    assert question.name.text() == SILENCE
    question.name.setFocus()
    question.name.selectAll()
    qtbot.keyClicks(question.name, "Left in the dark")
    assert two.codes[TOLD] in two.project.codes.tree()
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert section.question is None
    with Project.open(two.project.path, read_only=True) as file:
        tree = file.codes.tree()
        assert two.codes[TOLD] not in tree
        assert tree[two.codes[SILENCE]].name == "Left in the dark"
        assert tree[two.codes[SILENCE]].definition.when == "Where somebody was left out"
        assert len(file.codings.of_codes([two.codes[SILENCE]])) == 4
    assert (TOLD, SILENCE) not in names(section)
    assert section.focusWidget() is section.pairs


def test_a_refused_join_stays_open_and_says_why(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    go_to(section, two, TOLD, SILENCE)
    press(qtbot, section, "codebooks_join")
    question = section.question
    assert isinstance(question, JoinQuestion)
    question.name.selectAll()
    qtbot.keyClicks(question.name, FEAR)
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert "already" in question.problem.text()
    assert two.codes[SILENCE] in two.project.codes.tree()
    question.reject()


def test_a_code_that_went_meanwhile_is_refused(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    go_to(section, two, FEAR, FEAR_2)
    two.project.codes.delete([two.codes[FEAR]], below=False)
    for ask in (section.join, section.put_under):
        ask()
        question = section.question
        assert question is not None
        question.ways[1].setChecked(True)
        question.ways[0].setChecked(True)
        assert question.problem.text() == "This code is no longer in the codebook."
        assert not question.do.isEnabled()
        question.reject()
    section.ctx.spread()
    assert (FEAR, FEAR_2) not in names(section)


def test_put_under_by_keys(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    go_to(section, two, TOLD, SILENCE)
    press(qtbot, section, "codebooks_under")
    question = section.question
    assert isinstance(question, UnderQuestion)
    assert "“Not being told” will become a subcategory." in question.told.text()
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert two.parent(SILENCE) == two.codes[TOLD]
    assert two.project.codes.tree()[two.codes[TOLD]].level is Level.SUBCATEGORY
    assert (TOLD, SILENCE) not in names(section)


def test_what_cannot_be_put_under_says_why(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    go_to(section, two, "Facing it", "Around it")
    press(qtbot, section, "codebooks_under")
    question = section.question
    assert question is not None
    assert question.problem.isVisible()
    assert "no level above" in question.problem.text()
    assert not question.do.isEnabled()
    question.reject()


def test_keep_apart_and_propose_again_by_keys(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    go_to(section, two, TOLD, SILENCE)
    pair = frozenset((two.codes[TOLD], two.codes[SILENCE]))
    assert not section.choosing.apart.isEnabled()
    press(qtbot, section, "codebooks_apart")
    assert (TOLD, SILENCE) not in names(section)
    with Project.open(two.project.path, read_only=True) as file:
        assert file.lookalikes.apart() == {pair}
    assert section.headline.text().endswith("3 pairs may mean the same.")
    assert section.choosing.apart.text() == "Kept apart too (1)"
    press(qtbot, section, "codebooks_with_apart")
    assert (TOLD, SILENCE) in names(section)
    go_to(section, two, TOLD, SILENCE)
    assert section.head.apart.isChecked()
    row = section.pairs.currentIndex().row()
    assert cells(section.pairs.pairs)[row][4] == "Kept apart · Same text: 75 %"
    press(qtbot, section, "codebooks_apart")
    assert two.project.lookalikes.apart() == frozenset()
    assert not section.head.apart.isChecked()


def test_several_pairs_are_kept_apart_at_once(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    section.pairs.choose(0)
    qtbot.keyClick(section.pairs, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.mouseClick(section.head.apart, Qt.MouseButton.LeftButton)
    assert len(two.project.lookalikes.apart()) == 2
    assert len(names(section)) == 2
    two.project.undo()
    section.ctx.spread()
    assert len(names(section)) == 4


def test_all_kept_apart_says_how_to_see_them(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    section.pairs.selectAll()
    press(qtbot, section, "codebooks_apart")
    assert section.no_pairs.isVisible()
    assert "Every pair that looks alike is kept apart." in section.no_pairs.text.text()


def test_undo_in_the_window_by_its_key(qtbot: QtBot, two: Two) -> None:
    ctx = Context(Settings.load(), Work(inline=True))
    window = Window(ctx)
    qtbot.addWidget(window)
    window.show()
    ctx.set_project(two.project)
    ctx.looked.add((two.project.guid, two.ann))
    page = window.show_page("agreement")
    page.show_section("codebooks")  # type: ignore[union-attr]
    section = page.sections["codebooks"]  # type: ignore[union-attr]
    before = two.project.codes.tree().nodes
    go_to(section, two, TOLD, SILENCE)
    window.page_actions["agreement"].trigger("codebooks_join")
    qtbot.keyClick(section.question, Qt.Key.Key_Return)
    assert (TOLD, SILENCE) not in names(section)
    window.actions_set.trigger("undo")
    assert two.project.codes.tree().nodes == before
    assert (TOLD, SILENCE) in names(section)
    assert "Join" in window.actions_set["redo"].text()
    entries = [action.text() for action in window.menus.menus["codebook"].actions() if action.isVisible()]
    assert "&Join the two codes…" in entries


# The matrix


def matrix(section: CodebooksSection) -> list[list[str]]:
    model = section.matrix.model
    across = [str(model.headerData(n, Qt.Orientation.Horizontal)) for n in range(model.columnCount())]
    down = [str(model.headerData(n, Qt.Orientation.Vertical)) for n in range(model.rowCount())]
    return [["", *across], *([name, *row] for name, row in zip(down, cells(model), strict=True))]


def test_the_matrix_shows_what_both_cover(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    press(qtbot, section, "codebooks_go_matrix")
    assert section.matrix.table.hasFocus()
    assert matrix(section) == [["", SILENCE, HUMOUR], [TOLD, "75", ""], [LAUGH, "", "100"]]
    press(qtbot, section, "codebooks_measure")
    assert matrix(section)[1] == [TOLD, "86", ""]
    section.choosing.level.setCurrentIndex(section.choosing.level.findText("Theme"))
    assert matrix(section) == [["", "Around it"], ["Facing it", "89"]]
    assert spoken(section.matrix.model, 0, 0) == (
        "“Facing it” and “Around it”: same text: 80 % of either, 89 % of the smaller"
        " (80 characters, 3 places)"
    ).replace(" %", "\u00a0%")


def test_best_matches_on_the_diagonal_or_the_order_of_the_codebook(qtbot: QtBot, two: Two) -> None:
    two.project.codes.move([two.codes[LAUGH]], two.codes["Facing it"], two.codes[FEAR])
    section = open_codebooks(qtbot, two.project)
    press(qtbot, section, "codebooks_go_matrix")
    assert matrix(section) == [["", HUMOUR, SILENCE], [LAUGH, "100", ""], [TOLD, "", "75"]]
    press(qtbot, section, "codebooks_diagonal")
    assert matrix(section) == [["", SILENCE, HUMOUR], [LAUGH, "", "100"], [TOLD, "75", ""]]


def test_enter_opens_the_text_of_both_and_escape_leads_back(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    asked: list[tuple[str, int, int]] = []
    section.ctx.openPlace.connect(lambda *place: asked.append(place))
    press(qtbot, section, "codebooks_go_matrix")
    table = section.matrix.table
    table.choose(two.codes[TOLD], two.codes[SILENCE])
    qtbot.keyClick(table, Qt.Key.Key_Return)
    meetings = section.meetings
    assert section.tabs.currentWidget() is meetings
    assert meetings.list.hasFocus()
    shown = [str(meetings.model.index(row).data()) for row in range(2)]
    assert shown == [" ".join(two.text(20, 60).split()), " ".join(two.text(70, 90).split())]
    assert meetings.title.text() == "2 places with text of both “Not being told” and “말하지 않음”"
    qtbot.keyClick(meetings.list, Qt.Key.Key_Down)
    press(qtbot, section, "codebooks_go")
    qtbot.keyClick(meetings.list, Qt.Key.Key_Return)
    assert asked == [(two.document, 70, 90)] * 2
    qtbot.keyClick(meetings.list, Qt.Key.Key_Escape)
    assert table.hasFocus()
    assert section.codes == (two.codes[TOLD], two.codes[SILENCE])
    qtbot.keyClick(table, Qt.Key.Key_Right)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert meetings.empty.isVisible()


def test_the_matrix_and_the_list_keep_the_same_pair(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    go_to(section, two, LAUGH, HUMOUR)
    press(qtbot, section, "codebooks_go_matrix")
    assert section.codes == (two.codes[LAUGH], two.codes[HUMOUR])
    assert not section.sides.isVisible()
    press(qtbot, section, "codebooks_go_sides")
    assert section.sides.both[0].quotes.hasFocus()
    press(qtbot, section, "codebooks_go_pairs")
    assert section.codes == (two.codes[LAUGH], two.codes[HUMOUR])


def test_pairs_of_the_matrix_can_be_joined_and_kept_apart(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    press(qtbot, section, "codebooks_go_matrix")
    section.matrix.table.choose(two.codes[TOLD], two.codes[HUMOUR])
    press(qtbot, section, "codebooks_apart")
    assert two.project.lookalikes.apart() == {frozenset((two.codes[TOLD], two.codes[HUMOUR]))}
    assert section.codes == (two.codes[TOLD], two.codes[HUMOUR])
    assert section.head.apart.isChecked()
    assert spoken(section.matrix.model, 0, 1).endswith("; kept apart")
    press(qtbot, section, "codebooks_join")
    assert isinstance(section.question, JoinQuestion)
    section.question.reject()


def test_one_code_that_both_use_is_no_pair(qtbot: QtBot, two: Two) -> None:
    two.project.codings.apply(two.document, 10, 60, two.codes[SILENCE])
    section = open_codebooks(qtbot, two.project)
    assert "(1 of them in common)" in section.headline.text()
    press(qtbot, section, "codebooks_go_matrix")
    section.matrix.table.choose(two.codes[SILENCE], two.codes[SILENCE])
    assert section.head.text.text().startswith("One code that both use")
    assert not section.head.join.isEnabled()
    assert not section.has_two
    assert section.head.both.isEnabled()


def test_tables_are_copied(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    press(qtbot, section, "codebooks_copy")
    first = QGuiApplication.clipboard().text().splitlines()
    assert first[0] == "Ann\tBen\tNames\tText\tWhy"
    press(qtbot, section, "codebooks_go_matrix")
    press(qtbot, section, "codebooks_copy")
    assert QGuiApplication.clipboard().text().splitlines()[:2] == [
        f"\t{SILENCE}\t{HUMOUR}", f"{TOLD}\t75 %\t0 %"
    ]  # fmt: skip


def test_two_who_share_a_codebook(qtbot: QtBot, two: Two) -> None:
    gone = [two.codes[name] for name in ("Around it", FEAR_2, SILENCE, HUMOUR)]
    two.project.coders.switch(two.ben)
    two.project.codes.delete(gone, below=True)
    for name in (FEAR, TOLD, LAUGH):
        two.project.codings.apply(two.document, 0, 20, two.codes[name])
    two.project.coders.switch(two.ann)
    two.project.codings.apply(two.document, 0, 20, two.codes[FEAR])
    section = open_codebooks(qtbot, two.project)
    assert section.headline.text() == "Ann and Ben work with the same 3 codes: 2 pairs may mean the same."
    section.choosing.words.setText("zzz")
    assert section.codes is None
    press(qtbot, section, "codebooks_go_matrix")
    assert section.codes == (two.codes[FEAR], two.codes[FEAR])


# Nothing to show


def test_one_coder(qtbot: QtBot, tmp_path: Path) -> None:
    with Project.create(tmp_path / "alone.coder", "Alone", "Ann") as project:
        section = open_codebooks(qtbot, project)
        assert section.alone.isVisible()
        assert not any(section._allowed(row) for row in CODEBOOKS_ACTIONS)


def test_nothing_alike_and_no_common_transcript(qtbot: QtBot, tmp_path: Path) -> None:
    with Project.create(tmp_path / "new.coder", "New", "Ann") as project:
        project.codes.add("Hope")
        project.coders.add("Ben")
        section = open_codebooks(qtbot, project)
        assert section.headline.text() == "Ann has 1 code, Ben has 0 codes: no two look alike."
        assert section.no_pairs.text.text() == "Ben has neither used nor made a code yet."
        press(qtbot, section, "codebooks_go_matrix")
        assert section.matrix.empty.text() == ("There is no transcript yet on which both Ann and Ben worked.")


def test_the_other_s_work_is_shown_after_a_round_was_thought_of(qtbot: QtBot, two: Two) -> None:
    section = open_section(qtbot, two.project, "codebooks")
    assert isinstance(section, CodebooksSection)
    assert section.closed.isVisible()
    assert "shows what Ben coded" in section.closed.text.text()
    assert section.compared is None
    when_open(QDialog, lambda dialog: dialog.reject())
    press(qtbot, section, "codebooks_look")
    assert section.closed.isVisible()
    when_open(QDialog, lambda dialog: dialog.accept())
    qtbot.mouseClick(section.look_button, Qt.MouseButton.LeftButton)
    assert len(names(section)) == 4
    assert section.focusWidget() is section.pairs


def test_a_round_made_elsewhere_opens_it(qtbot: QtBot, two: Two) -> None:
    section = open_section(qtbot, two.project, "codebooks")
    assert isinstance(section, CodebooksSection)
    for coder in (two.ann, two.ben):
        two.project.documents.set_status(two.document, Status.FINISHED, coder)
    section.ctx.spread()
    assert section.closed.isVisible()
    section.ctx.run(two.project.rounds.make, "Before", Choice(coders=(two.ann, two.ben)))
    assert len(names(section)) == 4


def test_stopped_and_asked_again(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    work = section.ctx.work
    work.inline = False
    section.refresh(Changes.EVERYTHING)
    work.cancel_all()
    qtbot.waitUntil(lambda: not work.busy)
    assert len(names(section)) == 4  # the answer before stands
    section.swap_coders()
    work.cancel_all()
    qtbot.waitUntil(lambda: section.closed.isVisible())
    assert section.closed.text.text() == "The comparison was stopped."
    assert not section.waiting.isVisible()
    qtbot.mouseClick(section.look_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(names(section)) == 4 and section.open_sheet.isVisible())


def test_another_size_of_text(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    go_to(section, two, TOLD, SILENCE)
    quotes_list = section.sides.both[0].quotes
    before = quotes_list.visualRect(section.sides.both[0].model.index(0)).height()
    section.ctx.set_zoom(section.ctx.settings.zoom + 50)
    QApplication.processEvents()
    assert quotes_list.visualRect(section.sides.both[0].model.index(0)).height() > before


def test_read_only_projects_can_be_looked_at(qtbot: QtBot, two: Two) -> None:
    with Project.open(two.project.path, coder="Ann", read_only=True) as project:
        section = open_codebooks(qtbot, project)
        go_to(section, two, TOLD, SILENCE)
        assert not section.head.join.isEnabled()
        press(qtbot, section, "codebooks_join")
        assert section.question is None
        press(qtbot, section, "codebooks_text")
        assert len(section.meetings.model.rows) == 2


# Models, and what screen readers hear


def test_models_and_accessible_texts(qtbot: QtBot, two: Two) -> None:
    section = open_codebooks(qtbot, two.project)
    models = (section.pairs.pairs, section.matrix.model, section.meetings.model)
    testers = [
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for model in models
    ]
    assert len(testers) == 3
    go_to(section, two, TOLD, SILENCE)
    section.open_text()
    section.choosing.words.setText("zzz")
    section.choosing.words.clear()
    section.next_level()
    row = section.pairs.pairs.row_of(two.codes[FEAR], two.codes[FEAR_2]) or 0
    section.choosing.level.setCurrentIndex(0)
    row = section.pairs.pairs.row_of(two.codes[FEAR], two.codes[FEAR_2])
    assert row is not None
    assert spoken(section.pairs.pairs, row, 0) == f"Ann: Facing it › {FEAR}"
    assert spoken(section.pairs.pairs, row, 2).endswith(", the same words in another order")
    for widget in (section.pairs, section.matrix.table, section.meetings.list, section.choosing.first):
        assert widget.accessibleName()
