"""Putting codes on words in the real window, by every way there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from helpers import document_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui.coding_desk import CodingDesk, choose, reopened, settle, unmoved

from coder_app.project.project import Project
from coder_app.ui.codebook import pins

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LONG = document_of(
    "Long talk",
    *[
        (
            ("Interviewer", "Mara")[n % 2],
            f"In part {n} I said that we met {n} times and that it was word{n} for all of us there.",
        )
        for n in range(80)
    ],
    participants={"Mara": "P1"},
)


@pytest.fixture
def desk(qtbot: QtBot, project: Project) -> Iterator[CodingDesk]:
    made = CodingDesk(project)
    qtbot.addWidget(made.window)
    yield made
    made.close()


@pytest.fixture
def long_desk(qtbot: QtBot, project: Project) -> Iterator[CodingDesk]:
    """On a transcript that scrolls."""
    project.coders.switch(project.coders.named("Ann").guid)
    (guid,) = project.documents.add([LONG])
    made = CodingDesk(project)
    qtbot.addWidget(made.window)
    made.page.show_document(guid)
    made.page.go_text()
    yield made
    made.close()


def test_selected_words_first_letters_enter(desk: CodingDesk) -> None:
    desk.sweep("nobody told me")
    desk.type("not")
    assert desk.page.popup.isVisible()
    assert desk.page.popup.line.text() == "not"
    desk.keys("Return")
    assert desk.on_disk() == desk.painted() == [("nobody told me", "Not being told")]
    assert desk.page.popup.isHidden()
    assert desk.project.undo_name() == "Apply code: Not being told"


def test_words_selected_by_keys(desk: CodingDesk) -> None:
    start, end = desk.find("nobody told me")
    desk.page.view.select(start, start)
    desk.keys(*["Shift+Right"] * (end - start))
    desk.type("sh")
    desk.keys("Return")
    assert desk.on_disk() == [("nobody told me", "Shared experience")]


@pytest.mark.parametrize("event", [QInputMethodEvent("ㅈ", []), QInputMethodEvent("", [])])
def test_letters_of_an_input_method_name_the_code_too(desk: CodingDesk, event: QInputMethodEvent) -> None:
    """Korean is composed before it is committed; the first consonant already looks for codes."""
    desk.project.codes.add("지지")
    desk.ctx.spread()
    desk.sweep("nobody told me")
    pane = desk.focus()
    assert pane is not None
    assert pane.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    if not event.preeditString():
        event.setCommitString("지")
    QApplication.sendEvent(pane, event)
    settle()
    assert desk.page.popup.line.text() in ("ㅈ", "지")
    QApplication.sendEvent(pane, QInputMethodEvent("ㅈ", []))  # what the method still had for the text
    assert desk.page.popup.line.text() in ("ㅈ", "지")
    desk.keys("Return")
    assert desk.on_disk() == [("nobody told me", "지지")]


def test_white_space_at_the_ends_is_left_out(desk: CodingDesk) -> None:
    desk.sweep(" told me.")
    desk.keys("Shift+Left")
    desk.type("not")
    desk.keys("Return")
    assert desk.on_disk() == [("told me", "Not being told")]


def test_an_unknown_name_makes_a_code_in_one_step(desk: CodingDesk) -> None:
    desk.sweep("Strange")
    desk.type("odd start")
    desk.keys("Return")
    assert desk.on_disk() == [("Strange", "odd start")]
    assert [node.name for node in desk.project.codes.tree().named("odd start")] == ["odd start"]
    assert desk.page.tree.model.index_of(desk.project.codes.tree().named("odd start")[0].guid).isValid()
    desk.keys("Ctrl+Z")
    assert desk.on_disk() == desk.painted() == []
    assert not desk.project.codes.tree().named("odd start")
    desk.keys("Ctrl+Shift+Z")
    assert desk.painted() == [("Strange", "odd start")]


@pytest.mark.parametrize("name", ["=1+1", "<b>bold</b>", "a & b", "שלום", "바다", "👩\u200d👧"])
def test_odd_names_are_taken_and_shown_as_they_are(desk: CodingDesk, name: str) -> None:
    desk.sweep("Strange")
    desk.keys("Ctrl+Return")
    desk.page.popup.line.insert(name)
    desk.keys("Return")
    assert desk.on_disk() == desk.painted() == [("Strange", name)]
    assert desk.details() == [name]
    assert name.replace("&", "&&") in next(
        action.text() for action in desk.page.actions() if action.objectName() == "repeat"
    )


def test_escape_leaves_without_coding_and_gives_the_focus_back(desk: CodingDesk) -> None:
    desk.sweep("Strange")
    before = desk.focus()
    desk.type("n")
    desk.keys("Escape")
    desk.page.popup.leave()
    assert desk.page.popup.isHidden()
    assert desk.focus() is before
    assert desk.on_disk() == []
    assert desk.page.has_selection


def test_words_dragged_onto_a_code(desk: CodingDesk) -> None:
    desk.sweep("nobody told me")
    unmoved(desk, lambda: desk.drop_passage("Not being told"))
    assert desk.on_disk() == [("nobody told me", "Not being told")]


def test_a_code_dragged_onto_selected_words(desk: CodingDesk) -> None:
    desk.sweep(" told me")
    assert desk.drop_code("Shared experience", "told")
    assert desk.on_disk() == [("told me", "Shared experience")]


def test_a_code_dragged_onto_a_coding_goes_on_its_stretch(desk: CodingDesk) -> None:
    desk.sweep("nobody told me")
    desk.type("not")
    desk.keys("Return")
    assert desk.drop_code("Shared experience", "told")
    words = "nobody told me"
    assert desk.on_disk() == [(words, "Not being told"), (words, "Shared experience")]


def test_beside_words_nothing_is_dropped(desk: CodingDesk) -> None:
    desk.sweep("nobody told me")
    desk.drop_code("Shared experience", "laughed")
    assert desk.on_disk() == []


def test_in_vivo(desk: CodingDesk) -> None:
    desk.sweep("knew more about fear")
    desk.keys("F8")
    assert desk.on_disk() == [("knew more about fear", "knew more about fear")]
    desk.keys("Ctrl+Z")
    assert desk.on_disk() == []
    assert not desk.project.codes.tree().named("knew more about fear")


def test_in_vivo_over_lines_is_cut_at_a_word(desk: CodingDesk) -> None:
    start, end = desk.find("I did not know")[0], desk.find("Later we laughed")[1]
    desk.page.view.select(start, end)
    desk.keys("F8")
    ((_, name),) = desk.on_disk()
    assert name.startswith("I did not know what she was allowed to see")
    assert name.endswith("…")
    assert len(name) <= 81
    assert "\n" not in name


def test_the_last_code_is_repeated_also_after_a_restart(desk: CodingDesk) -> None:
    assert not desk.page.has_last
    desk.sweep("nobody told me")
    desk.type("not")
    desk.keys("Return")
    desk.sweep("laughed")
    desk.keys("Ctrl+R")
    assert desk.on_disk() == [("laughed", "Not being told"), ("nobody told me", "Not being told")]
    path = desk.project.path
    assert path is not None
    desk.close()
    again = reopened(path, "Ann")
    again.sweep("Strange")
    again.keys("Ctrl+R")
    assert ("Strange", "Not being told") in again.on_disk()
    again.close()


def test_pinned_codes_are_on_their_keys(desk: CodingDesk) -> None:
    (code,) = desk.project.codes.tree().named("Shared experience")
    pins.pin(desk.ctx, 3, code.guid)
    desk.sweep("laughed")
    desk.type("3")
    assert desk.on_disk() == [("laughed", "Shared experience")]
    desk.sweep("Strange")
    desk.type("4")
    assert desk.page.popup.line.text() == "4"


def test_menu_at_the_mouse(desk: CodingDesk) -> None:
    (code,) = desk.project.codes.tree().named("Shared experience")
    pins.pin(desk.ctx, 1, code.guid)
    desk.sweep("nobody told me")
    menu = desk.menu("told me")
    texts = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert texts == [
        "Apply a code…",
        "Codes on keys",
        "Code in the speaker's own words (in vivo)",
        "Highlight now, name later",
        "Write a memo…",
        "Find in this transcript…",
    ]
    choose(menu, "Highlight now, name later")
    assert desk.on_disk() == [("nobody told me", "")]
    menu = desk.menu("told me")
    texts = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert "Recode…" in texts
    assert "Remove the coding" in texts
    choose(menu, "Remove the coding")
    assert desk.on_disk() == []


def test_the_menu_offers_every_coding_under_the_mouse(desk: CodingDesk) -> None:
    for words, code in (("nobody told me", "not"), ("told", "sh")):
        desk.sweep(words)
        desk.type(code)
        desk.keys("Return")
    menu = desk.menu("told")
    assert desk.chosen() is not None
    below = next(a.menu() for a in menu.actions() if a.text() == "Choose another coding here")
    choose(below, "Not being told")
    menu.close()
    chosen = desk.chosen()
    assert chosen is not None
    assert (chosen.start, chosen.end) == desk.find("nobody told me")


def test_the_menu_beside_codings_is_not_about_the_one_chosen_elsewhere(desk: CodingDesk) -> None:
    desk.sweep("nobody told me")
    desk.keys("Ctrl+H")
    assert desk.chosen() is not None
    menu = desk.menu("laughed")
    texts = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    menu.close()
    assert desk.chosen() is None
    assert "Remove the coding" not in texts


def test_a_code_entered_in_the_tree_keeps_the_focus_there(desk: CodingDesk) -> None:
    desk.sweep("Strange")
    desk.keys("Ctrl+B")
    desk.type("shared")
    unmoved(desk, lambda: desk.keys("Return"))
    assert desk.on_disk() == [("Strange", "Shared experience")]
    desk.page.tree.view.setFocus()
    desk.page.view.select(*desk.find("laughed"))
    unmoved(desk, lambda: desk.keys("Return"))
    assert ("laughed", "Shared experience") in desk.on_disk()


def test_without_selected_words_a_sentence_says_what_to_do(desk: CodingDesk) -> None:
    desk.page.tree.view.setFocus()
    desk.keys("Return")
    assert desk.messages == ["Select some words in the transcript first."]
    assert desk.on_disk() == []


def test_the_same_code_on_the_same_words_is_one_coding(desk: CodingDesk) -> None:
    for _ in range(2):
        desk.page.view.select(*desk.find("nobody told me"))
        desk.type("not")
        desk.keys("Return")
    assert desk.on_disk() == [("nobody told me", "Not being told")]
    assert desk.messages == ["These words have this code already."]


def test_codings_overlap_freely(desk: CodingDesk) -> None:
    for words, code in (
        ("what she was allowed", "not"),
        ("she was allowed to see, and nobody", "sh"),
        ("allowed", "tr"),
        ("nobody told", "not"),
    ):
        desk.sweep(words)
        desk.type(code)
        desk.keys("Return")
    assert len(desk.on_disk()) == 4
    assert desk.on_disk() == desk.painted()
    desk.click("allowed")
    assert sorted(desk.details()) == ["Not being told", "Shared experience", "Trust"]


WAYS = {
    "letters": lambda desk: (desk.type("not"), desk.keys("Return")),
    "new": lambda desk: (desk.type("brand new"), desk.keys("Return")),
    "vivo": lambda desk: desk.keys("F8"),
    "mark": lambda desk: desk.keys("Ctrl+H"),
    "pin": lambda desk: desk.type("1"),
    "last": lambda desk: desk.keys("Ctrl+R"),
    "drop": lambda desk: desk.drop_code("Trust", desk.page.view.selected_text()),
    "passage": lambda desk: desk.drop_passage("Trust"),
    "menu": lambda desk: choose(desk.menu(desk.page.view.selected_text()), "Highlight now, name later"),
}


@pytest.mark.parametrize("way", WAYS)
def test_neither_scroll_position_nor_focus_moves(long_desk: CodingDesk, way: str) -> None:
    desk = long_desk
    (code,) = desk.project.codes.tree().named("Trust")
    pins.pin(desk.ctx, 1, code.guid)
    desk.page.keep_last(code.guid)
    desk.sweep("word41")
    desk.scroll_to(desk.scrolled() + 37)
    assert desk.scrolled() > 500
    unmoved(desk, lambda: WAYS[way](desk))
    assert [words for words, _ in desk.on_disk()] == ["word41"]
    unmoved(desk, lambda: desk.keys("Ctrl+Z"))
    assert desk.on_disk() == []
    unmoved(desk, lambda: desk.keys("Ctrl+Shift+Z"))
    unmoved(desk, lambda: desk.keys("Alt+Right"))
    unmoved(desk, lambda: desk.keys("Ctrl+Shift+X"))
    unmoved(desk, lambda: desk.keys("Delete"))
    assert desk.on_disk() == []
    for _ in range(3):
        unmoved(desk, lambda: desk.keys("Ctrl+Z"))


def test_undo_of_something_elsewhere_does_not_move_the_page(long_desk: CodingDesk) -> None:
    desk = long_desk
    other = desk.project.documents.all()[0].guid
    desk.page.show_document(other)
    desk.sweep("nobody told me")
    desk.type("not")
    desk.keys("Return")
    desk.page.show_document(desk.page.documents.guids()[-1])
    desk.scroll_to(900)
    desk.page.go_text()
    unmoved(desk, lambda: desk.keys("Ctrl+Z"))
    assert desk.on_disk() == []


def test_the_first_coding_begins_the_reading(desk: CodingDesk) -> None:
    assert desk.page.status.currentText() == "Not started"
    desk.sweep("Strange")
    desk.keys("Ctrl+H")
    assert desk.page.status.currentText() == "In progress"


def test_suggestions_show_what_enter_will_take(desk: CodingDesk) -> None:
    desk.sweep("Strange")
    desk.type("t")
    line = desk.page.popup.line
    assert [code.name for code in line.matches.codes] == ["Trust", "Not being told"]
    assert line.matches.new_name == "t"
    QTest.keyClicks(line, "zz")
    assert line.matches.codes == []
    assert line.matches.new_name == "tzz"
    QApplication.processEvents()


def test_the_speakers_name_before_the_words_does_not_get_into_the_quote(desk: CodingDesk) -> None:
    start, end = desk.find("Mara: Strange. I did not know")
    desk.page.view.select(start + 1, end)
    desk.type("not")
    desk.keys("Return")
    assert desk.on_disk() == [("Strange. I did not know", "Not being told")]
