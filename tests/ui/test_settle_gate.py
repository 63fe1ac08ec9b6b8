"""Before others' work is seen a round is offered; afterwards nobody is asked again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui.agreement_study import FEAR, OPEN, TOLD, Study, code_study, make_study
from ui.shell import make_window, press, when_open

from coder_app.core.model import CONSENSUS, Level, Status, Verdict
from coder_app.project.comparing import Choice
from coder_app.project.consensus import Decision
from coder_app.project.project import Project
from coder_app.ui.agreement.settle.freeze_dialog import FreezeDialog
from coder_app.ui.agreement.settle.freezing import offered, unmeasured
from coder_app.ui.agreement.settle.gate import may_look, new_round, show_whose
from coder_app.ui.context import Context, Whose
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore(
    "does not support propagateSizeHints"
)  # by the platform without screen


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = make_study(tmp_path / "study.coder")
    yield made
    made.project.close()


@pytest.fixture
def window(qtbot: QtBot, study: Study) -> Iterator[Window]:
    """A window over the coded study; Ann works."""
    code_study(study)
    made = make_window()
    qtbot.addWidget(made)
    made.ctx.set_project(study.project)
    QApplication.processEvents()
    yield made
    made.ctx.work.cancel_all()


@dataclass
class Seen:
    """What a dialog said, as a person would read it."""

    text: str = ""
    times: int = 0


def answer(button: str) -> Seen:
    """Press a button of the dialog that comes up."""
    seen = Seen()

    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, FreezeDialog)
        seen.times += 1
        seen.text = said(dialog)
        press(dialog, button)

    when_open(FreezeDialog, act)
    return seen


def said(dialog: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def no_dialog() -> Callable[[], None]:
    """Fails the test where a dialog comes up."""
    came: list[QWidget] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            came.append(dialog)
            dialog.close()

    QTimer.singleShot(0, look)

    def check() -> None:
        QApplication.processEvents()
        assert not came

    return check


# Who is asked


def test_nobody_is_asked_where_nobody_else_coded(study: Study) -> None:
    study.put(study.ann, {0: (FEAR,)})
    assert unmeasured(study.project, [study.ann, study.ben], study.documents) == []


def test_others_work_is_unmeasured_until_a_round_keeps_it(study: Study) -> None:
    code_study(study)
    project, both = study.project, [study.ann, study.ben]
    assert [one.name for one in unmeasured(project, both, study.documents)] == ["Ben"]
    project.rounds.make("Round 1", Choice(coders=(study.ann, study.ben), documents=(study.documents[1],)))
    assert [one.name for one in unmeasured(project, both, study.documents)] == ["Ben"]
    project.rounds.make("Round 2", Choice(coders=(study.ann, study.ben)))
    assert unmeasured(project, both, study.documents) == []


def test_each_pair_may_have_a_round_of_its_own(study: Study) -> None:
    project = study.project
    cleo = project.coders.add("Cleo")
    study.put(study.ann, {0: (FEAR,), 4: (OPEN,)})
    study.put(study.ben, {0: (TOLD,)})
    study.put(cleo, {4: (OPEN,)})
    study.finish(study.ann, study.ben, cleo)
    everybody = [study.ann, study.ben, cleo]
    project.rounds.make("With Ben", Choice(coders=(study.ann, study.ben), documents=(study.documents[0],)))
    assert [one.name for one in unmeasured(project, everybody, study.documents)] == ["Cleo"]
    project.rounds.make("With Cleo", Choice(coders=(study.ann, cleo), documents=(study.documents[1],)))
    assert unmeasured(project, everybody, study.documents) == []


# What is offered


def test_finished_transcripts_of_all_are_offered_first(study: Study) -> None:
    code_study(study)
    study.project.documents.set_status(study.documents[1], Status.IN_PROGRESS, study.ben)
    offer = offered(study.project, [study.ann, study.ben], study.documents)
    assert offer is not None
    assert offer.choice.documents == (study.documents[0],)
    assert (offer.documents, offer.unfinished, offer.left_out) == (1, 0, 1)
    assert not offer.choice.include_unfinished


def test_without_finished_ones_those_both_began_are_offered(study: Study) -> None:
    study.put(study.ann, {0: (FEAR,), 4: (FEAR,)})
    study.put(study.ben, {0: (FEAR,)})
    offer = offered(study.project, [study.ann, study.ben], study.documents)
    assert offer is not None
    assert offer.choice.documents == (study.documents[0],)
    assert offer.choice.include_unfinished
    assert (offer.unfinished, offer.left_out) == (1, 1)


def test_a_pair_is_offered_where_three_share_nothing(study: Study) -> None:
    cleo = study.project.coders.add("Cleo")
    study.put(study.ann, {0: (FEAR,)})
    study.put(cleo, {0: (FEAR,)})
    study.put(study.ben, {4: (FEAR,)})
    study.finish(study.ann, cleo)
    offer = offered(study.project, [study.ann, study.ben, cleo], study.documents)
    assert offer is not None
    assert [coder.name for coder in offer.coders] == ["Ann", "Cleo"]


def test_nothing_is_offered_to_who_has_not_coded(study: Study) -> None:
    study.put(study.ben, {0: (FEAR,)})
    assert offered(study.project, [study.ann, study.ben], study.documents) is None


# The dialog


def test_everyones_asks_for_a_round_and_makes_it(window: Window, study: Study) -> None:
    seen = answer("Freeze and look")
    QTest.mouseClick(window.whose.everyones, Qt.MouseButton.LeftButton)
    assert "You are about to see what Ben coded." in seen.text
    assert "The codings of Ann and Ben in 2 transcripts, and the codebook" in seen.text
    made = study.project.rounds.all()
    assert [one.name for one in made] == ["Round 1"]
    choice = study.project.rounds.choice(made[0].guid)
    assert set(choice.coders) == {study.ann, study.ben}
    assert window.ctx.everyone
    assert window.whose.everyones.isChecked()


def test_the_switch_stays_usable_after_the_choice(window: Window, study: Study) -> None:
    seen = answer("Look without a round")
    QTest.mouseClick(window.whose.everyones, Qt.MouseButton.LeftButton)
    assert (seen.times, window.ctx.everyone, study.project.rounds.all()) == (1, True, [])
    check = no_dialog()
    QTest.mouseClick(window.whose.mine, Qt.MouseButton.LeftButton)
    window.actions_set["everyone"].trigger()
    check()
    assert window.ctx.everyone


def test_cancelling_leaves_everything_blind(window: Window, study: Study) -> None:
    answer("Cancel")
    QTest.mouseClick(window.whose.everyones, Qt.MouseButton.LeftButton)
    assert window.ctx.whose is Whose.MINE
    assert window.whose.mine.isChecked()
    assert not window.actions_set["everyone"].isChecked()
    assert study.project.rounds.all() == []
    seen = answer("Look without a round")
    window.actions_set["everyone"].trigger()
    assert seen.times == 1


def test_enter_freezes(window: Window, study: Study) -> None:
    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, FreezeDialog)
        assert dialog.focusWidget() is dialog.name
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    when_open(FreezeDialog, act)
    window.actions_set["everyone"].trigger()
    assert [one.name for one in study.project.rounds.all()] == ["Round 1"]


def test_a_taken_name_is_told_and_the_dialog_stays(window: Window, study: Study) -> None:
    study.project.rounds.make("First", Choice(documents=(study.documents[0],)))
    told: list[str] = []
    window.ctx.problem.disconnect(window.show_problem)
    window.ctx.problem.connect(told.append)

    def act(dialog: QWidget) -> None:
        assert isinstance(dialog, FreezeDialog)
        dialog.name.setText("first")
        press(dialog, "Freeze and look")
        assert dialog.isVisible()
        dialog.name.setText("Second")
        dialog.unit.setCurrentIndex(dialog.unit.findData("sentence"))
        dialog.level.setCurrentIndex(dialog.level.findData(Level.THEME))
        press(dialog, "Freeze and look")

    when_open(FreezeDialog, act)
    window.actions_set["everyone"].trigger()
    assert told == ["There is already a round named “first” in this project."]
    second = study.project.rounds.named("Second")
    choice = study.project.rounds.choice(second.guid)
    assert (choice.unit, choice.level) == ("sentence", Level.THEME)


def test_who_has_not_coded_can_only_look_or_stay(qtbot: QtBot, study: Study) -> None:
    study.put(study.ben, {0: (FEAR,)})
    window = make_window()
    qtbot.addWidget(window)
    window.ctx.set_project(study.project)
    shown: list[str] = []

    def act(dialog: QWidget) -> None:
        shown.extend(button.text() for button in dialog.findChildren(QPushButton) if button.isVisible())
        press(dialog, "Look without a round")

    when_open(FreezeDialog, act)
    window.actions_set["everyone"].trigger()
    assert sorted(shown) == ["Cancel", "Look without a round"]
    assert window.ctx.everyone


def test_a_read_only_project_and_a_round_open_at_once(window: Window, study: Study) -> None:
    ctx, looked = window.ctx, []
    study.project.rounds.make("Round 1", Choice())
    check = no_dialog()
    may_look(window, ctx, [study.ann, study.ben], study.documents, lambda: looked.append(1))
    check()
    assert looked == [1]
    with Project.from_snapshot(study.project.snapshot()) as copy:
        other = Context(ctx.settings)
        other._project = copy
        check = no_dialog()
        may_look(None, other, [study.ann, study.ben], study.documents, lambda: looked.append(2))
        check()
    assert looked == [1, 2]


def test_another_coder_is_asked_again(window: Window, study: Study) -> None:
    answer("Look without a round")
    window.actions_set["everyone"].trigger()
    window.ctx.switch_coder(study.ben)
    assert window.ctx.whose is Whose.MINE
    seen = answer("Cancel")
    window.actions_set["everyone"].trigger()
    assert "what Ann coded" in seen.text


def test_a_chosen_comparison_becomes_a_round(window: Window, study: Study) -> None:
    made: list[str] = []
    choice = Choice(coders=(study.ben, study.ann), unit="paragraph", documents=(study.documents[0],))
    seen = answer("Freeze the round")
    new_round(window, window.ctx, choice, made.append)
    assert "Ben and Ann in 1 transcript," in seen.text
    assert study.project.rounds.choice(made[0]).unit == "paragraph"
    assert window.ctx.whose is Whose.MINE


# The consensus as a layer of its own


def settle_first(study: Study) -> None:
    guid = study.project.rounds.make("Round 1", Choice())
    document, start, end = study.words[1]
    study.project.consensus.settle(
        guid, Decision(document, start, end, Verdict.BOTH, ((study.codes[FEAR], start, end),))
    )


def test_the_consensus_is_offered_once_something_is_settled(window: Window, study: Study) -> None:
    assert window.whose.consensus.isHidden()
    assert not window.actions_set["consensus"].isEnabled()
    settle_first(study)
    window.ctx.spread()
    assert not window.whose.consensus.isHidden()
    QTest.mouseClick(window.whose.consensus, Qt.MouseButton.LeftButton)
    assert window.ctx.whose is Whose.CONSENSUS
    assert window.ctx.coders_shown() == [CONSENSUS]
    assert window.actions_set["consensus"].isChecked()
    QTest.keyClick(window.whose.consensus, Qt.Key.Key_Right)
    assert window.whose.mine.isChecked()
    assert window.ctx.whose is Whose.MINE


def test_the_consensus_too_is_asked_for(window: Window, study: Study) -> None:
    settle_first(study)
    window.ctx.spread()
    cleo = study.project.coders.add("Cleo")
    study.put(cleo, {2: (OPEN,)})
    seen = answer("Cancel")
    show_whose(window, window.ctx, Whose.CONSENSUS)
    assert "what Cleo coded" in seen.text
    assert window.ctx.whose is Whose.MINE
