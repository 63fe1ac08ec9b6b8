"""Meaning units in the real window: dividing, locking, stepping and coding by keyboard, mending by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import document_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui.coding_desk import LEFT, CodingDesk, settle
from ui.shell import when_open

from coder_app.core.model import Division, Status
from coder_app.project.project import Project
from coder_app.ui.units.dialog import ONE, SEVERAL, DivideDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

KOREAN = document_of(
    "Gespräch 3",
    ("Interviewer", "어땠어요?"),
    ("민수", "처음에는 무서웠어요. 아무도 말해 주지 않았어요 🙂. 그다음엔 괜찮았어요."),
    ("Interviewer", "ומה אז?"),
    ("민수", "פחדתי מאוד. אחר כך צחקנו 👩‍👩‍👧."),
    participants={"민수": "P3"},
)


@pytest.fixture
def desk(qtbot: QtBot, project: Project) -> Iterator[CodingDesk]:
    project.coders.switch(project.coders.named("Ann").guid)
    made = CodingDesk(project)
    qtbot.addWidget(made.window)
    yield made
    made.close()


def units(desk: CodingDesk) -> list[str]:
    """The words of the units in the file, read by another connection."""
    path = desk.project.path
    assert path is not None
    assert desk.page.transcript is not None
    with Project.from_snapshot(path.read_bytes()) as copy:
        found = copy.meaning_units.of(desk.page.transcript.document.guid)
        return [] if found is None else [desk.text[start:end] for start, end in found.places]


def locked(desk: CodingDesk) -> bool:
    path = desk.project.path
    assert path is not None
    with Project.from_snapshot(path.read_bytes()) as copy:
        return all(found.locked for found in copy.meaning_units.all().values())


def bar(desk: CodingDesk) -> str:
    return desk.page.units_bar.told.text() if desk.page.units_bar.isVisible() else ""


def selected(desk: CodingDesk) -> str:
    return desk.page.view.selected_text()


def divide(desk: CodingDesk, how: str, *, lock: bool = False) -> list[list[str]]:
    """Divide as the dialog does, by keys; returns what its table showed."""
    seen: list[list[str]] = []

    def choose(dialog: QWidget) -> None:
        assert isinstance(dialog, DivideDialog)
        QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        dialog.how.setFocus()
        while dialog.how.currentData() != how:
            before = dialog.how.currentIndex()
            QTest.keyClick(dialog.how, Qt.Key.Key_Down)
            assert dialog.how.currentIndex() > before
        if lock:
            dialog.lock.setFocus()
            QTest.keyClick(dialog.lock, Qt.Key.Key_Space)
        model = dialog.model
        seen.extend(
            [str(model.index(row, column).data()) for column in range(3)] for row in range(model.rowCount())
        )
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    when_open(DivideDialog, choose)
    desk.keys("Ctrl+F7")
    back(desk)
    return seen


def back(desk: CodingDesk) -> None:
    """A dialog was closed: no window manager makes the window the active one again."""
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    settle()


def test_divide_lock_step_and_code_by_keyboard(desk: CodingDesk) -> None:
    assert not desk.page.units_bar.isVisible()
    table = divide(desk, Division.SENTENCE.value, lock=True)
    assert table == [["Interview P1", "–", "5"]]
    assert units(desk) == [
        "Strange.",
        "I did not know what she was allowed to see, and nobody told me.",
        "Nobody.",
        "Later we laughed about it.",
        "She knew more about fear than I do 🙂.",
    ]
    assert locked(desk)
    assert bar(desk) == "5 units, 0 coded"
    assert desk.page.units_bar.lock.text() == "Locked"
    desk.keys("F4")
    assert selected(desk) == "Strange."
    assert bar(desk) == "Unit 1 of 5, 0 coded"
    desk.type("sha")
    desk.keys("Return")
    assert bar(desk) == "Unit 1 of 5, 1 coded"
    desk.keys("F4", "F4")
    assert selected(desk) == "Nobody."
    desk.type("not b")
    desk.keys("Return")
    desk.keys("F4", "F4")
    assert selected(desk) == "She knew more about fear than I do 🙂."
    assert bar(desk) == "Unit 5 of 5, 2 coded"
    desk.keys("Shift+F4")
    assert bar(desk) == "Unit 4 of 5, 2 coded"
    desk.keys("Ctrl+R")
    assert desk.on_disk("Ann") == [
        ("Later we laughed about it.", "Not being told"),
        ("Nobody.", "Not being told"),
        ("Strange.", "Shared experience"),
    ]
    desk.keys("Ctrl+F4")
    assert selected(desk).startswith("She knew")
    desk.keys("Ctrl+F4")
    assert selected(desk).startswith("I did not know"), "from the top"
    desk.keys("Ctrl+Z")
    assert bar(desk) == "Unit 2 of 5, 2 coded"


def test_a_pinned_key_codes_the_unit_and_the_step_key_goes_on(desk: CodingDesk) -> None:
    from coder_app.ui.codebook import pins

    (code,) = desk.project.codes.tree().named("Shared experience")
    pins.pin(desk.ctx, 1, code.guid)
    divide(desk, Division.TURN.value)
    for _ in range(2):
        desk.keys("F4")
        desk.type("1")
    assert bar(desk) == "Unit 2 of 2, 2 coded"
    assert [name for _, name in desk.on_disk("Ann")] == ["Shared experience"] * 2
    desk.keys("Ctrl+F4")
    assert desk.messages[-1] == "Every unit has a code now."


def test_stepping_goes_on_in_the_next_divided_transcript_and_back(desk: CodingDesk) -> None:
    guids = desk.page.documents.guids()
    desk.project.meaning_units.make(guids, Division.TURN)
    desk.ctx.spread()
    settle()
    desk.keys("F4", "F4")
    assert desk.page.title.text() == "Interview P1"
    desk.keys("F4")
    assert desk.page.title.text() == "Interview P2"
    assert selected(desk).startswith("I was against it")
    assert bar(desk) == "Unit 1 of 1, 0 coded"
    desk.keys("F4")
    assert desk.messages[-1] == "There is no unit after this one."
    desk.keys("Shift+F4")
    assert desk.page.title.text() == "Interview P1"
    assert bar(desk) == "Unit 2 of 2, 0 coded"


def test_part_of_a_unit_stays_as_it_was_selected_and_the_step_takes_the_whole(desk: CodingDesk) -> None:
    divide(desk, Division.TURN.value, lock=True)
    desk.sweep("nobody told me")
    desk.type("not b")
    desk.keys("Return")
    assert desk.on_disk("Ann") == [("nobody told me", "Not being told")]
    assert bar(desk) == "Unit 1 of 2, 1 coded"
    desk.keys("F4")
    assert selected(desk) == "Strange. I did not know what she was allowed to see, and nobody told me."
    desk.keys("F4")
    assert selected(desk).startswith("Nobody. Later")


def test_split_join_make_and_remove_by_hand(desk: CodingDesk) -> None:
    divide(desk, Division.HAND.value)
    assert units(desk) == []
    assert bar(desk) == "No meaning unit yet: select words and press Ctrl+F5"
    desk.sweep("Strange. I did not know")
    desk.keys("Ctrl+F5")
    desk.sweep("nobody told me")
    desk.keys("Ctrl+F5")
    assert units(desk) == ["Strange. I did not know", "nobody told me"]
    assert bar(desk) == "Unit 2 of 2, 0 coded"
    start, _ = desk.find("I did")
    desk.page.view.select(start, start)
    desk.keys("F5")
    assert units(desk) == ["Strange.", "I did not know", "nobody told me"]
    desk.keys("Shift+F5")
    assert units(desk) == ["Strange.", "I did not know what she was allowed to see, and nobody told me"]
    desk.page.view.select(*desk.find("Strange"))
    desk.keys("Ctrl+Shift+F5")
    assert units(desk) == ["I did not know what she was allowed to see, and nobody told me"]
    desk.sweep("allowed to see")
    desk.keys("Ctrl+F5")
    assert desk.problems == ["This passage overlaps another meaning unit."]
    desk.keys("Ctrl+Z", "Ctrl+Z")
    assert units(desk) == ["Strange.", "I did not know", "nobody told me"]


def test_locked_units_refuse_changes_and_say_why_until_they_are_unlocked(desk: CodingDesk) -> None:
    divide(desk, Division.TURN.value, lock=True)
    before = units(desk)
    desk.keys("F4", "Shift+F5")
    assert desk.problems[-1] == "The meaning units of this transcript are locked: unlock them first."
    assert units(desk) == before
    assert desk.page.units_bar.lock.accessibleName().startswith("The meaning units are locked")
    desk.keys("Ctrl+F8")
    assert not locked(desk)
    assert desk.page.units_bar.lock.text() == "Open for changes"
    desk.keys("Shift+F5")
    assert len(units(desk)) == 1
    QTest.mouseClick(desk.page.units_bar.lock, LEFT)
    settle()
    assert locked(desk)


def test_removing_all_units_tells_what_stays_and_codings_stay(desk: CodingDesk) -> None:
    divide(desk, Division.SENTENCE.value)
    desk.keys("F4")
    desk.type("sha")
    desk.keys("Return")
    told: list[str] = []

    def agree(box: QWidget) -> None:
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        (yes,) = [b for b in box.findChildren(QPushButton) if b.text() == "Remove the units"]
        QTest.mouseClick(yes, LEFT)

    when_open(QMessageBox, agree)
    desk.keys("Ctrl+Shift+F7")
    back(desk)
    assert told
    assert told[0].startswith("5 meaning units are removed. Codings stay")
    assert units(desk) == []
    assert not desk.page.units_bar.isVisible()
    assert desk.on_disk("Ann") == [("Strange.", "Shared experience")]
    desk.keys("Ctrl+Z")
    assert len(units(desk)) == 5


def test_a_locked_transcript_is_left_out_of_dividing_and_the_dialog_says_so(desk: CodingDesk) -> None:
    divide(desk, Division.TURN.value, lock=True)
    seen: list[tuple[str, bool]] = []

    def look(dialog: QWidget) -> None:
        assert isinstance(dialog, DivideDialog)
        seen.append((dialog.told.text(), dialog.go.isEnabled()))
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    when_open(DivideDialog, look)
    desk.keys("Ctrl+F7")
    assert seen == [("All of these transcripts are locked. Unlock their units first (Ctrl+F8).", False)]
    assert len(units(desk)) == 2


@pytest.mark.parametrize(("how", "found"), [(ONE, ["Strange."]), (SEVERAL, ["Strange. I did"])])
def test_marked_passages_of_one_coder_or_of_several_become_units(
    desk: CodingDesk, how: str, found: list[str]
) -> None:
    document = desk.page.documents.guids()[0]
    ann, ben = (desk.project.coders.named(name).guid for name in ("Ann", "Ben"))
    place = desk.find("Strange.")
    desk.project.codings.mark(document, *place)
    desk.project.coders.switch(ben)
    desk.project.codings.mark(document, place[1] - 3, place[1] + 6)
    desk.project.coders.switch(ann)
    desk.ctx.spread()
    divide(desk, how)
    assert units(desk) == found


def test_dividing_several_transcripts_on_the_transcripts_page(desk: CodingDesk, qtbot: QtBot) -> None:
    page = desk.window.show_page("transcripts")
    assert page is not None
    settle()
    page.list.setFocus()  # type: ignore[attr-defined]
    page.list.selectAll()  # type: ignore[attr-defined]
    settle()
    table = divide(desk, Division.PARAGRAPH.value)
    assert table == [["Interview P1", "–", "2"], ["Interview P2", "–", "1"]]
    assert "3 meaning units" in page._facts(page._chosen_rows())  # type: ignore[attr-defined]
    desk.keys("Ctrl+F8")
    assert locked(desk)
    assert "3 meaning units, locked" in page._facts(page._chosen_rows())  # type: ignore[attr-defined]


def test_korean_hebrew_and_emoji(qtbot: QtBot, project: Project) -> None:
    project.coders.switch(project.coders.named("Ann").guid)
    (guid,) = project.documents.add([KOREAN])
    desk = CodingDesk(project)
    qtbot.addWidget(desk.window)
    desk.page.show_document(guid)
    divide(desk, Division.SENTENCE.value)
    words = [
        "처음에는 무서웠어요.",
        "아무도 말해 주지 않았어요 🙂.",
        "그다음엔 괜찮았어요.",
        "פחדתי מאוד.",
        "אחר כך צחקנו 👩‍👩‍👧.",
    ]
    assert units(desk) == words
    for word in words:
        desk.keys("F4")
        assert selected(desk) == word
        desk.type("sha")
        desk.keys("Return")
    assert desk.on_disk("Ann") == sorted((word, "Shared experience") for word in words)
    assert bar(desk) == "Unit 5 of 5, 5 coded"
    picture = desk.page.view.grab()
    assert not picture.isNull()
    desk.close()


def test_brackets_stand_at_both_ends_of_a_unit_on_the_side_where_its_words_begin(
    qtbot: QtBot, project: Project
) -> None:
    (guid,) = project.documents.add([KOREAN])
    desk = CodingDesk(project)
    qtbot.addWidget(desk.window)
    desk.page.show_document(guid)
    desk.project.meaning_units.make([guid], Division.SENTENCE)
    desk.ctx.spread()
    settle()
    desk.page.view.grab()
    drawn = {
        place: [bracket for where, bracket in shapes.units if where == place]
        for shapes in desk.page.view._pane.underlay._shapes.values()
        for place, _ in shapes.units
    }
    assert len(drawn) == 5
    for words, leftwards in (("처음에는 무서웠어요.", False), ("פחדתי מאוד.", True)):
        start, end = desk.find(words)
        place = desk.page.view._source.map.units(start, end)
        first, last = drawn[place]
        boxes = desk.page.view.range_rects(start, end)
        left, right = min(first[1].x(), last[1].x()), max(first[1].x(), last[1].x())
        assert (first[1].x() > last[1].x()) is leftwards, words
        assert abs((right - left) - sum(box.width() for box in boxes)) <= 5
    desk.close()


def test_the_unit_is_named_on_hover_and_everybodys_codings_do_not_count_as_mine(desk: CodingDesk) -> None:
    desk.project.meaning_units.make(desk.page.documents.guids()[:1], Division.SENTENCE)
    (code,) = desk.project.codes.tree().named("Shared experience")
    ben = desk.project.coders.named("Ben").guid
    ann = desk.project.coders.current.guid
    desk.project.coders.switch(ben)
    desk.project.codings.apply(desk.page.documents.guids()[0], *desk.find("Strange."), code.guid)
    desk.project.coders.switch(ann)
    desk.project.documents.set_statuses(desk.page.documents.guids(), Status.FINISHED, ann)
    desk.ctx.spread()
    desk.ctx.set_everyone(True)
    settle()
    assert bar(desk) == "5 units, 0 coded"
    unit = desk.page.view._source.map.unit(desk.find("Strange")[0] + 2)
    assert desk.page.view._describe_unit(unit).endswith("Meaning unit 1")
    assert QApplication.focusWidget() is not None


def test_a_read_only_project_is_stepped_through_but_not_divided(
    qtbot: QtBot, project: Project, tmp_path: Path
) -> None:
    project.meaning_units.make([d.guid for d in project.documents.all()], Division.TURN)
    path = project.path
    assert path is not None
    copy = tmp_path / "copy.coder"
    copy.write_bytes(path.read_bytes())
    opened = Project.open(copy, coder="Ann", read_only=True)
    desk = CodingDesk(opened)
    qtbot.addWidget(desk.window)
    desk.keys("F4")
    assert selected(desk).startswith("Strange.")
    assert not desk.page.units_bar.lock.isEnabled()
    desk.keys("Ctrl+F7", "F5", "Ctrl+F8")
    assert desk.problems == []
    desk.close()
