"""Disagreements settled by keyboard: originals, consensus and both figures, in the file and shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui.agreement_study import FEAR, OPEN, TOLD, UNUSED, Study, make_study, open_section
from ui.agreement_study import press as press_keys
from ui.settle_desk import SettleDesk, coded_study, three_coders
from ui.shell import press as press_button
from ui.shell import when_open

from coder_app.core.model import CONSENSUS, Status, Verdict
from coder_app.project.comparing import Choice
from coder_app.project.project import Project
from coder_app.ui.agreement.settle.freeze_dialog import FreezeDialog
from coder_app.ui.agreement.settle.states import Show

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = coded_study(tmp_path / "study.coder")
    yield made
    made.project.close()


@pytest.fixture
def desk(qtbot: QtBot, study: Study) -> SettleDesk:
    return SettleDesk.open(qtbot, study)


def settlements(study: Study) -> list[tuple[int, Verdict, str, str]]:
    """(answer, verdict, coder taken, reason) of what stands."""
    return sorted(
        (study.words.index((one.document, one.start, one.end)), one.verdict, one.taken, one.reason)
        for one in study.project.consensus.settlements()
    )


# The list


def test_the_list_holds_what_differs_and_both_figures_are_alike_at_first(desk: SettleDesk) -> None:
    assert desk.rows() == [
        ("Interview P1 · turn 4, Mara", f"{FEAR}  /  {TOLD}"),
        ("Interview P1 · turn 6, Mara", f"{TOLD}  /  no code"),
        ("Interview P2 · turn 2, Mara", f"{FEAR}, {OPEN}  /  {FEAR}"),
    ]
    assert desk.progress == "0 of 3 settled"
    assert desk.before[0] == "25.0 %"
    assert desk.after == desk.before
    assert desk.section.head.agreed_words.text() == "1 passage agreed"


# Settling by keyboard


def test_a_list_is_settled_by_single_keys(desk: SettleDesk, study: Study) -> None:
    before = desk.originals()
    assert desk.answer == 1
    desk.press("settle_take_b")
    assert desk.answer == 2
    desk.press("settle_neither")
    assert desk.answer == 4
    desk.press("settle_both")
    assert desk.consensus() == sorted([(1, TOLD), (4, OPEN), (4, FEAR)])
    assert settlements(study) == [
        (1, Verdict.TAKE, study.ben, ""),
        (2, Verdict.NEITHER, "", ""),
        (4, Verdict.BOTH, "", ""),
    ]
    assert desk.originals() == before
    assert desk.progress == "3 of 3 settled"
    assert desk.before[0] == "25.0 %"
    assert desk.after[0] == "100.0 %"
    assert desk.rows() == []
    assert desk.section.done.title.text() == "Everything is settled"


def test_figures_follow_each_decision(desk: SettleDesk) -> None:
    desk.press("settle_take_a")
    assert (desk.before[0], desk.after[0]) == ("25.0 %", "50.0 %")
    desk.press("settle_neither")  # one coded unit fewer
    assert desk.after[0] == "66.7 %"


def test_the_reason_is_kept_with_the_decision(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_reason")
    desk.type("b is 1 of the words")
    assert settlements(study) == []
    desk.key(Qt.Key.Key_Return)
    desk.press("settle_take_a")
    assert settlements(study) == [(1, Verdict.TAKE, study.ann, "b is 1 of the words")]
    assert desk.section.deciding.reason.text() == ""
    desk.section.filters.choose(Show.SETTLED)
    assert "b is 1 of the words" in desk.section.result.status.text()
    desk.press("settle_reason")
    desk.type("better")
    desk.key(Qt.Key.Key_Return)
    assert settlements(study) == [(1, Verdict.TAKE, study.ann, "better")]
    assert desk.consensus() == [(1, FEAR)]


def test_escape_leaves_the_reason_as_it_was(desk: SettleDesk) -> None:
    desk.press("settle_reason")
    desk.type("wrong")
    desk.key(Qt.Key.Key_Escape)
    assert desk.section.deciding.reason.text() == ""
    assert desk.section.items.hasFocus()


def test_skipping_goes_on_and_comes_back_last(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_skip")
    assert desk.answer == 2
    assert desk.progress == "0 of 3 settled"
    desk.press("settle_take_a", "settle_take_a")
    assert desk.answer == 1
    assert desk.progress == "2 of 3 settled"
    assert desk.consensus() == sorted([(2, TOLD), (4, OPEN), (4, FEAR)])


def test_a_note_for_discussion_is_asked_for(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_discuss")
    assert desk.section.deciding.reason.hasFocus()
    desk.type("who is meant?")
    desk.key(Qt.Key.Key_Return)
    assert settlements(study) == [(1, Verdict.DISCUSS, "", "who is meant?")]
    assert desk.progress == "0 of 3 settled, 1 to discuss"
    desk.section.filters.choose(Show.DISCUSS)
    assert [place for place, _ in desk.rows()] == ["Interview P1 · turn 4, Mara"]
    desk.press("settle_take_a")
    assert settlements(study)[0][1] is Verdict.TAKE


def test_another_code_is_asked_for_and_several_are_possible(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_other")
    desk.type("unu")
    desk.key(Qt.Key.Key_Return)
    assert desk.section.is_drafting
    desk.press("settle_other")
    desk.type("open")
    desk.key(Qt.Key.Key_Return)
    assert [desk.section.result.list.count(), settlements(study)] == [2, []]
    desk.press("settle_keep")
    assert desk.consensus() == sorted([(1, OPEN), (1, UNUSED)])
    assert settlements(study) == [(1, Verdict.OTHER, "", "")]
    assert desk.answer == 2


def test_a_new_code_can_be_made(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_other")
    desk.type("Silence at home")
    desk.key(Qt.Key.Key_Return)
    desk.press("settle_keep")
    assert desk.consensus() == [(1, "Silence at home")]


def test_bounds_are_moved_by_keys(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_bounds")
    assert desk.section.result.draft is not None
    both = [study.project.codes.tree()[code].name for code, _, _ in desk.section.result.draft.spans]
    desk.press("settle_remove", "settle_start_on", "settle_end_back", "settle_end_back", "settle_end_on")
    desk.press("settle_keep")
    assert desk.consensus_words() == [("told me", both[1])]


def test_bounds_are_set_by_choosing_words_with_the_mouse(desk: SettleDesk) -> None:
    desk.press("settle_bounds", "settle_remove")
    text = desk.section.result.text
    cursor = text.document().find("told")
    last = text.cursorRect(cursor).center()
    cursor.setPosition(cursor.selectionStart() + 1)
    first = text.cursorRect(cursor).center()
    QTest.mousePress(text.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(text.viewport(), last)
    QTest.mouseRelease(text.viewport(), Qt.MouseButton.LeftButton, pos=last)
    desk.press("settle_keep")
    assert [words for words, _ in desk.consensus_words()] == ["told"]


def test_escape_drops_a_version(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_bounds")
    assert desk.section.is_drafting
    desk.press("settle_drop")
    assert not desk.section.is_drafting
    assert settlements(study) == []
    assert desk.section.items.hasFocus()


def test_undo_goes_back_to_the_place(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_take_b")
    assert desk.answer == 2
    desk.press("settle_undo")
    assert desk.answer == 1
    assert settlements(study) == []
    assert desk.consensus() == []
    assert desk.after == desk.before


def test_a_decision_can_be_taken_back_and_made_anew(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_take_b")
    desk.section.filters.choose(Show.SETTLED)
    desk.press("settle_reopen")
    assert settlements(study) == []
    assert desk.rows() == []
    desk.section.filters.choose(Show.DIFFERING)
    assert len(desk.rows()) == 3


def test_agreed_passages_are_taken_over_at_once(desk: SettleDesk, study: Study) -> None:
    before = desk.originals()
    desk.press("settle_agreed")
    assert desk.consensus() == [(0, FEAR)]
    assert settlements(study) == [(0, Verdict.AGREED, "", "")]
    assert study.project.undo_name() == "Take over 1 agreed passages"
    assert desk.originals() == before
    assert desk.section.head.take_agreed.isHidden()
    assert desk.progress == "0 of 3 settled"
    assert desk.after == desk.before


def test_filters_by_code_and_transcript(desk: SettleDesk, study: Study) -> None:
    filters = desk.section.filters
    filters.document.setCurrentIndex(filters.document.findData(study.documents[1]))
    assert [place for place, _ in desk.rows()] == ["Interview P2 · turn 2, Mara"]
    filters.document.setCurrentIndex(0)
    filters.code.setCurrentIndex(filters.code.findData(study.codes[TOLD]))
    assert len(desk.rows()) == 2
    filters.code.setCurrentIndex(filters.code.findData(study.codes[OPEN]))
    filters.document.setCurrentIndex(filters.document.findData(study.documents[0]))
    assert desk.rows() == []
    assert desk.section.done.title.text() == "Nothing here"


def test_letters_typed_into_a_filter_decide_nothing(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_filter")
    desk.type("1bn")
    assert settlements(study) == []


def test_the_place_is_shown_in_its_transcript(desk: SettleDesk, study: Study) -> None:
    gone: list[tuple[str, int, int]] = []
    desk.section.ctx.openPlace.connect(lambda *place: gone.append(place))
    desk.press("settle_next", "settle_go")
    assert gone == [study.words[2]]


def test_later_edits_change_neither_the_list_nor_the_first_figure(desk: SettleDesk, study: Study) -> None:
    rows, before = desk.rows(), desk.before
    study.put(study.ben, {3: (OPEN,), 5: (OPEN,)})
    desk.section.ctx.spread()
    assert (desk.rows(), desk.before) == (rows, before)
    desk.press("settle_take_a")
    assert (desk.before, desk.after[0]) == (before, "50.0 %")


def test_a_code_that_was_deleted_cannot_be_settled_on(desk: SettleDesk, study: Study) -> None:
    told: list[str] = []
    desk.section.ctx.problem.connect(told.append)
    study.put(study.ann, {})
    project = study.project
    own = [one.guid for one in project.codings.all([study.ann]) if one.code == study.codes[OPEN]]
    project.codings.remove(own)
    project.codes.delete([study.codes[OPEN]], below=False)
    desk.section.ctx.spread()
    desk.press("settle_skip", "settle_skip", "settle_take_a")
    assert told == [f"“{OPEN}” is no longer in the codebook: choose another code (O)."]
    assert desk.consensus() == []


# Three coders


def test_three_coders_are_settled_alike(qtbot: QtBot, tmp_path: Path) -> None:
    study = coded_study(tmp_path / "three.coder", round=False)
    cleo = three_coders(study)
    study.project.rounds.make("Three", Choice(coders=(study.ann, study.ben, cleo)))
    desk = SettleDesk.open(qtbot, study)
    before = desk.originals()
    assert [versions for _, versions in desk.rows()] == [
        f"{FEAR}  /  {TOLD}  /  no code",
        f"{TOLD}  /  no code  /  {FEAR}",
        f"{FEAR}, {OPEN}  /  {FEAR}  /  {OPEN}",
    ]
    assert len(desk.section.columns.columns) == 3
    assert desk.before[0] == "25.0 %"
    desk.press("settle_take_b", "settle_take_c", "settle_both")
    assert desk.consensus() == sorted([(1, TOLD), (2, FEAR), (4, FEAR), (4, OPEN)])
    assert desk.originals() == before
    assert desk.after[0] == "100.0 %"
    study.project.close()


def test_further_coders_have_keys_too(qtbot: QtBot, tmp_path: Path) -> None:
    study = coded_study(tmp_path / "four.coder", round=False)
    cleo = three_coders(study)
    dora = study.project.coders.add("Dora")
    study.put(dora, {0: (FEAR,), 1: (UNUSED,)})
    study.finish(dora)
    study.project.rounds.make("Four", Choice(coders=(study.ann, study.ben, cleo, dora)))
    desk = SettleDesk.open(qtbot, study)
    desk.key(Qt.Key.Key_5)
    assert settlements(study) == []
    desk.key(Qt.Key.Key_4)
    assert desk.consensus() == [(1, UNUSED)]
    study.project.close()


# Units that are not fixed beforehand


def test_characters_are_settled_by_stretches(qtbot: QtBot, tmp_path: Path) -> None:
    study = make_study(tmp_path / "characters.coder")
    project, (document, start, end) = study.project, study.words[0]
    project.codings.apply(document, start, end, study.codes[FEAR])
    project.coders.switch(study.ben)
    project.codings.apply(document, start + 5, end, study.codes[FEAR])
    project.coders.switch(study.ann)
    study.finish(study.ann, study.ben)
    project.rounds.make("Round 1", Choice(unit="character"))
    desk = SettleDesk.open(qtbot, study)
    assert desk.progress == "0 of 1 settled"
    desk.press("settle_take_b")
    assert desk.consensus_words() == [("came first. 🙂", FEAR)]
    assert desk.after[0] == "100.0 %"
    project.close()


# Rounds


def test_without_a_round_one_is_offered(qtbot: QtBot, tmp_path: Path) -> None:
    study = coded_study(tmp_path / "none.coder", round=False)
    desk = SettleDesk.open(qtbot, study)
    assert desk.section.whole.currentWidget() is desk.section.nothing
    assert desk.section.make.isVisible()

    def name(dialog: QWidget) -> None:
        assert isinstance(dialog, FreezeDialog)
        dialog.name.setText("Before training")
        press_button(dialog, "Freeze the round")

    when_open(FreezeDialog, name)
    QTest.mouseClick(desk.section.make, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert [one.name for one in study.project.rounds.all()] == ["Before training"]
    assert len(desk.rows()) == 3
    study.project.close()


def test_the_latest_round_comes_first_and_another_can_be_chosen(qtbot: QtBot, study: Study) -> None:
    study.put(study.ben, {1: (FEAR,)})
    study.project.rounds.make("After training", Choice(coders=(study.ann, study.ben)))
    desk = SettleDesk.open(qtbot, study)
    names = [desk.section.head.round.itemText(at) for at in range(desk.section.head.round.count())]
    assert [name.split("  ")[0] for name in names] == ["After training", "Round 1"]
    assert desk.rows()[0][1] == f"{FEAR}  /  {FEAR}, {TOLD}"
    desk.section.head.round.setCurrentIndex(1)
    assert desk.rows()[0][1] == f"{FEAR}  /  {TOLD}"


def test_where_nothing_disagrees_it_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    study = make_study(tmp_path / "alike.coder")
    for coder in (study.ann, study.ben):
        study.put(coder, {0: (FEAR,), 4: (OPEN,)})
    study.finish(study.ann, study.ben)
    study.project.rounds.make("Round 1", Choice())
    desk = SettleDesk.open(qtbot, study)
    assert desk.section.done.title.text() == "Nothing to settle"
    desk.press("settle_agreed")
    assert desk.consensus() == sorted([(0, FEAR), (4, OPEN)])
    study.project.close()


def test_one_coder_alone_is_told_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    project = Project.create(tmp_path / "alone.coder", "Alone", "Ann")
    section = open_section(qtbot, project, "settle")
    assert "Add the second coder" in section.nothing.text.text()  # type: ignore[attr-defined]
    assert section.make.isHidden()  # type: ignore[attr-defined]
    project.close()


def test_a_read_only_project_shows_and_changes_nothing(qtbot: QtBot, study: Study) -> None:
    with Project.from_snapshot(study.project.snapshot()) as copy:
        copy.coders.switch(study.ann)
        section = open_section(qtbot, copy, "settle")
        assert len(section.model.rows) == 3  # type: ignore[attr-defined]
        press_keys(qtbot, section, "settle_take_a")
        assert copy.consensus.settlements() == []
        assert not section.columns.columns[0].take.isEnabled()  # type: ignore[attr-defined]
        assert not section.deciding.reason.isEnabled()  # type: ignore[attr-defined]


def test_unfinished_transcripts_stay_out_of_a_new_round(qtbot: QtBot, tmp_path: Path) -> None:
    study = coded_study(tmp_path / "part.coder", round=False)
    study.project.documents.set_status(study.documents[1], Status.IN_PROGRESS, study.ben)
    desk = SettleDesk.open(qtbot, study)
    when_open(FreezeDialog, lambda dialog: press_button(dialog, "Freeze the round"))
    desk.press("settle_new_round")
    assert len(desk.rows()) == 2
    study.project.close()


def test_the_consensus_counts_as_a_layer(desk: SettleDesk, study: Study) -> None:
    desk.press("settle_take_b", "settle_neither", "settle_both", "settle_agreed")
    counts = study.project.queries.counts([CONSENSUS])
    assert counts[study.codes[FEAR]].quotes == 2
    assert counts[study.codes[TOLD]].quotes == 1
    assert study.project.queries.counts()[study.codes[FEAR]].quotes == 5


def test_a_second_pass_is_coded_blind(desk: SettleDesk, study: Study) -> None:
    (one,) = study.project.rounds.all()
    study.project.stability.start(one.guid, study.ann)
    (second,) = [coder for coder in study.project.coders.all() if coder.person]
    desk.section.ctx.switch_coder(second.guid)
    assert desk.section.whole.currentWidget() is desk.section.nothing
    assert "done blind" in desk.section.nothing.text.text()
    assert desk.section.make.isHidden()
    desk.section.ctx.switch_coder(study.ann)
    assert len(desk.rows()) == 3
