"""Working on codings in the real window: naming, resizing, recoding, memos, walking, others' codings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot
from ui.coding_desk import LEFT, NONE, CodingDesk, settle

from coder_app.core.model import MemoTarget
from coder_app.project.project import Project
from coder_app.ui.dialogs import ask

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def desk(qtbot: QtBot, project: Project) -> Iterator[CodingDesk]:
    made = CodingDesk(project)
    qtbot.addWidget(made.window)
    yield made
    QToolTip.hideText()
    made.close()


def code(desk: CodingDesk, words: str, letters: str) -> None:
    desk.page.view.set_selected(None)
    desk.sweep(words)
    desk.type(letters)
    desk.keys("Return")


def mark(desk: CodingDesk, words: str) -> None:
    desk.page.view.set_selected(None)
    desk.sweep(words)
    desk.keys("Ctrl+H")


# Highlight now, name tonight


def test_f7_works_the_list_off_by_itself(desk: CodingDesk) -> None:
    for words in ("Strange", "laughed", "fear"):
        mark(desk, words)
    desk.keys("Ctrl+PgDown")
    mark(desk, "sit with a man")
    assert desk.page.waiting.text() == "4 to name"
    desk.keys("Ctrl+PgUp")
    desk.page.view.set_selected(None)
    desk.page.view.select(0, 0)
    desk.keys("F7")
    asked = []
    for letters in ("not", "sha", "new one", "tru"):
        assert desk.page.popup.isVisible()
        chosen = desk.chosen()
        assert chosen is not None
        asked.append(desk.text[chosen.start : chosen.end])
        desk.type(letters)
        desk.keys("Return")
    assert asked == ["Strange", "laughed", "fear", "sit with a man"]
    assert desk.on_disk() == [
        ("Strange", "Not being told"),
        ("fear", "new one"),
        ("laughed", "Shared experience"),
        ("sit with a man", "Trust"),
    ]
    assert desk.page.popup.isHidden()
    assert desk.messages[-1] == "Every passage you marked has its code now."
    assert not desk.page.waiting.isVisible()
    assert desk.page.view.hasFocus()


def test_f7_again_goes_past_a_passage_and_escape_stops(desk: CodingDesk) -> None:
    for words in ("Strange", "laughed"):
        mark(desk, words)
    desk.page.view.set_selected(None)
    desk.page.view.select(0, 0)
    desk.keys("F7", "F7")
    chosen = desk.chosen()
    assert chosen is not None
    assert desk.text[chosen.start : chosen.end] == "laughed"
    desk.keys("F7")
    chosen = desk.chosen()
    assert chosen is not None
    assert desk.text[chosen.start : chosen.end] == "Strange"
    desk.keys("Escape")
    desk.page.popup.leave()
    assert [name for _, name in desk.on_disk()] == ["", ""]


def test_naming_with_a_new_code_is_one_step(desk: CodingDesk) -> None:
    mark(desk, "Strange")
    desk.keys("F7")
    desk.type("oddness")
    desk.keys("Return")
    assert desk.on_disk() == [("Strange", "oddness")]
    desk.keys("Ctrl+Z")
    assert desk.on_disk() == [("Strange", "")]
    assert not desk.project.codes.tree().named("oddness")


def test_the_list_of_passages_that_wait_is_worked_off_below_the_text(desk: CodingDesk) -> None:
    for words in ("Strange", "laughed"):
        mark(desk, words)
    QTest.mouseClick(desk.page.waiting, LEFT)
    settle()
    assert desk.page.quotes.unnamed
    assert desk.page.quotes.title.text() == "2 passages wait for a code"
    assert desk.page.quotes.entry.hasFocus()
    desk.type("not")
    desk.keys("Return")
    desk.type("sha")
    desk.keys("Return")
    assert desk.on_disk() == [("Strange", "Not being told"), ("laughed", "Shared experience")]
    desk.keys("Ctrl+Shift+Z")


def test_a_click_on_the_current_code_shows_its_quotes_again(desk: CodingDesk) -> None:
    code(desk, "Strange", "not")
    desk.keys("Shift+F7")
    assert desk.page.quotes.unnamed
    tree = desk.page.tree
    area = tree.view.visualRect(tree.model.index_of(tree.current()))
    QTest.mouseClick(tree.view.viewport(), LEFT, NONE, area.center())
    settle()
    assert desk.page.quotes.node == tree.current()


def test_enter_on_a_waiting_passage_names_it(desk: CodingDesk) -> None:
    mark(desk, "Strange")
    desk.click("Strange")
    desk.keys("Return")
    desk.type("tru")
    desk.keys("Return")
    assert desk.on_disk() == [("Strange", "Trust")]


# Ends


def test_ends_move_by_words_with_keys(desk: CodingDesk) -> None:
    code(desk, "what she was", "not")
    for keys, words in (
        ("Alt+Right", "what she was allowed"),
        ("Alt+Shift+Left", "know what she was allowed"),
        ("Alt+Left", "know what she was"),
        ("Alt+Shift+Right", "what she was"),
    ):
        desk.keys(keys)
        assert desk.on_disk() == desk.painted() == [(words, "Not being told")]
    for _ in range(4):
        desk.keys("Ctrl+Z")
    assert desk.on_disk() == [("what she was", "Not being told")]


@pytest.mark.parametrize(
    ("which", "over", "words"), [(1, "see", "she was allowed to see"), (0, "did", "did not know what she")]
)
def test_ends_move_with_the_mouse(desk: CodingDesk, which: int, over: str, words: str) -> None:
    code(desk, "she", "not")
    assert desk.on_disk() == [("she", "Not being told")]
    handle = desk.page.view.handle_rects()[which].center()
    begin, end = desk.rects(over)
    viewport = desk.page.view.viewport()
    QTest.mousePress(viewport, LEFT, NONE, handle)
    for point in ((handle + end) / 2, end if which else begin):
        where = QPointF(viewport.mapToGlobal(point))
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), where, Qt.MouseButton.NoButton, LEFT, NONE)
        QApplication.sendEvent(viewport, event)
    QTest.mouseRelease(viewport, LEFT, NONE, end if which else begin)
    settle()
    assert desk.on_disk() == desk.painted() == [(words, "Not being told")]
    assert desk.project.undo_name() == "Resize: Not being told"


# Recode, remove, exemplar


def test_recode_and_remove_and_undo(desk: CodingDesk) -> None:
    code(desk, "Strange", "not")
    desk.keys("Ctrl+E")
    desk.type("sha")
    desk.keys("Return")
    assert desk.on_disk() == desk.painted() == [("Strange", "Shared experience")]
    desk.keys("Ctrl+E")
    desk.type("quite new")
    desk.keys("Return")
    assert desk.on_disk() == [("Strange", "quite new")]
    desk.keys("Delete")
    assert desk.on_disk() == desk.painted() == []
    desk.keys("Ctrl+Z", "Ctrl+Z")
    assert desk.on_disk() == desk.painted() == [("Strange", "Shared experience")]
    assert not desk.project.codes.tree().named("quite new")


def test_an_exemplar_is_seen_and_taken_back(desk: CodingDesk) -> None:
    code(desk, "Strange", "not")
    desk.keys("Ctrl+Shift+X")
    assert desk.details() == ["★ Not being told"]
    assert desk.painted() == [("Strange", "★ Not being told")]
    assert desk.project.codings.all()[0].exemplar
    desk.keys("Ctrl+Shift+X")
    assert not desk.project.codings.all()[0].exemplar
    assert desk.details() == ["Not being told"]


# Memos


def written(desk: CodingDesk) -> list[tuple[MemoTarget, str]]:
    return [(memo.kind, memo.text) for memo in desk.project.memos.all()]


def test_memos_on_a_coding_a_passage_and_the_transcript(desk: CodingDesk) -> None:
    code(desk, "Strange", "not")
    desk.keys("Ctrl+Shift+K")
    assert desk.page.details.about.text() == "on this coding"
    desk.type("one")
    desk.keys("Ctrl+Return")
    desk.page.go_text()
    desk.page.view.set_selected(None)
    desk.sweep("fear")
    desk.keys("Ctrl+Shift+K")
    assert desk.page.details.about.text() == "on this passage"
    desk.type("two")
    desk.keys("Ctrl+Return")
    assert desk.details() == ["two"]
    desk.page.go_text()
    desk.keys("Ctrl+Shift+M")
    assert desk.page.details.about.text() == "on this transcript"
    desk.type("three")
    desk.keys("Ctrl+Return")
    assert written(desk) == [
        (MemoTarget.CODING, "one"),
        (MemoTarget.PASSAGE, "two"),
        (MemoTarget.DOCUMENT, "three"),
    ]
    passage = desk.project.memos.all()[1]
    assert desk.text[passage.start : passage.end] == "fear"


def test_what_is_at_the_cursor_shows_its_memos(desk: CodingDesk) -> None:
    code(desk, "Strange", "not")
    document = desk.page.ctx.document
    coding = desk.project.codings.all()[0]
    desk.project.memos.add(MemoTarget.CODING, coding.guid, "on the coding")
    desk.project.memos.add(MemoTarget.PASSAGE, document, "on the fear", *desk.find("about fear"))
    desk.project.memos.add(MemoTarget.DOCUMENT, document, "on the talk")
    desk.ctx.spread()
    memos = desk.page.details.memos
    for words, text in (("Strange", "on the coding"), ("fear", "on the fear"), ("laughed", "on the talk")):
        desk.click(words)
        assert memos.cards[0].editor.text == text
    assert desk.page.view._pane.underlay.notes


def test_words_typed_in_a_memo_are_kept_when_the_cursor_moves_on(desk: CodingDesk) -> None:
    code(desk, "Strange", "not")
    desk.keys("Ctrl+Shift+K")
    desk.type("half a thought")
    desk.click("laughed")
    assert written(desk) == [(MemoTarget.CODING, "half a thought")]


# Walking and seeing


def test_walking_from_coding_to_coding(desk: CodingDesk) -> None:
    for words in ("Strange", "nobody told me", "told", "fear"):
        mark(desk, words)
    desk.page.view.set_selected(None)
    desk.page.view.select(0, 0)
    seen = []
    for _ in range(4):
        desk.keys("Alt+Down")
        chosen = desk.chosen()
        assert chosen is not None
        seen.append(desk.text[chosen.start : chosen.end])
    assert seen == ["Strange", "nobody told me", "told", "fear"]
    desk.keys("Alt+Down")
    assert desk.messages[-1] == "No coding follows in this transcript."
    desk.keys("Alt+Up", "Alt+Up", "Alt+Up")
    chosen = desk.chosen()
    assert chosen is not None
    assert desk.text[chosen.start : chosen.end] == "Strange"
    desk.keys("Alt+Up")
    assert desk.messages[-1] == "No coding comes before this one."


def test_a_click_chooses_a_coding_its_code_and_its_quotes(desk: CodingDesk) -> None:
    code(desk, "Strange", "not")
    desk.page.tree.select(desk.project.codes.tree().named("Trust")[0].guid)
    desk.click("Strange")
    (told,) = desk.project.codes.tree().named("Not being told")
    assert desk.chosen() == desk.project.codings.all()[0]
    assert desk.page.tree.current() == told.guid == desk.ctx.code
    assert desk.page.quotes.node == told.guid
    assert desk.page.quotes.title.text().startswith("1 quote · 1 participant")
    assert desk.details() == ["Not being told"]


def test_the_stripe_beside_the_words_does_the_same(desk: CodingDesk) -> None:
    code(desk, "Strange", "not")
    desk.page.view.set_selected(None)
    coding = desk.project.codings.all()[0]
    box = desk.page.view.gutter().stripe_box(coding.guid)
    assert box is not None
    QTest.mouseClick(desk.page.view.gutter(), LEFT, NONE, box.center().toPoint())
    assert desk.chosen() == coding


def test_the_name_stands_at_the_mouse(desk: CodingDesk) -> None:
    desk.project.codes.add("<b>bold</b>")
    desk.ctx.spread()
    code(desk, "Strange", "<b>")
    start, end = desk.find("Strange")
    viewport = desk.page.view.viewport()
    point = desk.page.view.range_rects(start, end)[0].center()
    help_event = QHelpEvent(QEvent.Type.ToolTip, point, viewport.mapToGlobal(point))
    QApplication.sendEvent(viewport, help_event)
    assert "&lt;b&gt;bold&lt;/b&gt;" in QToolTip.text()
    desk.page.view.gutter()
    assert QPoint(point) == point


def test_quotes_of_the_chosen_code_jump_back_to_their_place(desk: CodingDesk) -> None:
    code(desk, "Strange", "not")
    desk.keys("Ctrl+PgDown")
    desk.keys("Ctrl+Shift+Q")
    desk.page.quotes.list.setCurrentIndex(desk.page.quotes.model.index(0))
    desk.keys("Return")
    assert desk.page.view.selected_text() == "Strange"
    assert desk.page.title.text() == "Interview P1"
    assert desk.chosen() == desk.project.codings.all()[0]


def test_quotes_are_removed_and_recoded_from_below(desk: CodingDesk) -> None:
    code(desk, "Strange", "not")
    code(desk, "laughed", "not")
    desk.keys("Ctrl+Shift+Q", "Ctrl+A", "Delete")
    assert desk.on_disk() == desk.painted() == []
    desk.keys("Ctrl+Z")
    assert len(desk.painted()) == 2


# Others


@pytest.fixture
def both(qtbot: QtBot, project: Project) -> Iterator[CodingDesk]:
    """Ben coded one passage; Ann sees everybody's codings."""
    project.coders.switch(project.coders.named("Ben").guid)
    (told,) = project.codes.tree().named("Not being told")
    first = project.documents.all()[0].guid
    text = project.documents.content(first).text
    start = text.index("Strange")
    project.codings.apply(first, start, start + 7, told.guid)
    made = CodingDesk(project)
    qtbot.addWidget(made.window)
    yield made
    made.close()


def test_others_codings_are_seen_and_never_changed(both: CodingDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = both
    monkeypatch.setattr(ask, "tell", lambda *_: None)
    assert desk.painted() == []
    desk.keys("Ctrl+Shift+E")
    assert desk.painted() == [("Strange", "Not being told")]
    desk.click("Strange")
    assert desk.details() == ["Not being told  –  Ben"]
    assert desk.page.details.others.text() == "A coding of Ben: only Ben can change it."
    assert desk.page.view.handle_rects() == []
    sentence = "Codings of another coder stay as they are: only their coder changes them."
    for keys in ("Delete", "Ctrl+E", "Alt+Right", "Alt+Left", "Alt+Shift+Left", "Ctrl+Shift+X"):
        desk.problems.clear()
        desk.keys(keys)
        if keys != "Alt+Left":
            assert desk.problems == [sentence], keys
        assert desk.page.popup.isHidden()
    coding = desk.project.codings.all()[0]
    desk.page.resize_coding(coding.guid, coding.start, coding.end + 3)
    assert desk.problems[-1] == sentence
    assert desk.on_disk() == [("Strange", "Not being told")]


def test_an_own_code_goes_on_the_stretch_of_anothers_coding(both: CodingDesk) -> None:
    both.keys("Ctrl+Shift+E")
    both.click("Strange")
    both.keys("Ctrl+Return")
    both.type("sha")
    both.keys("Return")
    assert both.on_disk("Ann") == [("Strange", "Shared experience")]
    assert both.on_disk("Ben") == [("Strange", "Not being told")]
