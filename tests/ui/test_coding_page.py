"""The Code page as a whole: places kept, blindness, finding, status, panels, odd projects."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import document_of
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from ui.coding_desk import LEFT, CodingDesk, reopened, settle, unmoved

from coder_app.core.model import Level, Status
from coder_app.project.project import Project
from coder_app.ui.coding.folding import LAYOUT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LONG = document_of(
    "Long talk",
    *[
        (
            ("Interviewer", "Mara")[n % 2],
            f"Part {n} was told. We met {n} times then. And that was sentence{n} of all of it, I would say.",
        )
        for n in range(90)
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
def long_project(project: Project) -> Project:
    project.coders.switch(project.coders.named("Ann").guid)
    project.documents.add([LONG])
    return project


# Places


def top_words(desk: CodingDesk) -> str:
    place = desk.page.view.place()[0]
    return desk.text[place : place + 30]


@pytest.mark.parametrize("how", ["window", "project"])
def test_a_project_opens_at_the_sentence_where_one_left_off(
    qtbot: QtBot, long_project: Project, how: str
) -> None:
    desk = CodingDesk(long_project)
    path = long_project.path
    assert path is not None
    desk.page.show_document(desk.page.documents.guids()[-1])
    desk.page.view.scroll_to(*desk.find("sentence55"))
    settle()
    words = top_words(desk)
    assert "Part 0" not in words
    if how == "window":
        desk.close()
    else:
        desk.keys("Ctrl+W")
        desk.close()
    again = reopened(path, "Ann")
    qtbot.addWidget(again.window)
    assert again.window.current == "code"
    assert again.page.title.text() == "Long talk"
    assert top_words(again) == words
    box = again.page.view.range_rects(*again.find("sentence55"))[0]
    assert again.page.view.viewport().rect().contains(box)
    again.close()


def test_each_transcript_keeps_its_place(qtbot: QtBot, long_project: Project) -> None:
    desk = CodingDesk(long_project)
    qtbot.addWidget(desk.window)
    desk.page.show_document(desk.page.documents.guids()[-1])
    desk.page.view.scroll_to(*desk.find("sentence40"))
    settle()
    place = desk.page.view.place()[0]
    desk.keys("Ctrl+PgUp")
    assert desk.page.title.text() == "Interview P2"
    desk.keys("Ctrl+PgDown")
    assert desk.page.view.place()[0] == place
    desk.close()


def test_the_place_is_on_disk_soon_so_that_a_crash_does_not_lose_it(
    qtbot: QtBot, long_project: Project, home: Path
) -> None:
    desk = CodingDesk(long_project)
    qtbot.addWidget(desk.window)
    guid = desk.page.documents.guids()[-1]
    desk.page.show_document(guid)
    desk.page.keeper._timer.setInterval(0)
    desk.page.view.scroll_to(*desk.find("sentence55"))
    qtbot.waitUntil(lambda: saved_place(home, long_project, guid) == desk.page.view.place()[0] > 0)
    desk.close()


def saved_place(home: Path, project: Project, guid: str) -> int:
    settings = json.loads((home / "config" / "settings.json").read_text(encoding="utf-8"))
    return int(settings["projects"][project.guid]["positions"].get(guid, 0))


# Blind


@pytest.fixture
def shared(project: Project) -> Project:
    """Ann and Ben coded the same talk; each sees only what is theirs."""
    first = project.documents.all()[0].guid
    text = project.documents.content(first).text
    for name, words, code, memo in (
        ("Ann", "Strange", "Not being told", "Ann thinks"),
        ("Ben", "laughed", "Shared experience", "Ben thinks"),
    ):
        project.coders.switch(project.coders.named(name).guid)
        (node,) = project.codes.tree().named(code)
        start = text.index(words)
        guid = project.codings.apply(first, start, start + len(words), node.guid)
        project.memos.add(_coding(), guid, memo)
        project.codings.mark(first, start, start + 3)
    return project


def _coding():  # type: ignore[no-untyped-def]
    from coder_app.core.model import MemoTarget

    return MemoTarget.CODING


def all_text(desk: CodingDesk) -> str:
    """Every text that stands anywhere in the window, lists and trees included."""
    found: list[str] = []
    for widget in desk.window.findChildren(QWidget):
        for name in ("text", "toPlainText", "currentText", "title"):
            member = getattr(widget, name, None)
            if callable(member) and widget.isVisible():
                try:
                    found.append(str(member()))
                except TypeError:
                    continue
    page = desk.page
    for model in (page.documents.model, page.quotes.model):
        found += [str(model.data(model.index(row))) for row in range(model.rowCount())]
    found += desk.details()
    found += [f"{words} {name}" for words, name in desk.painted()]
    return "\n".join(found)


def test_switching_the_coder_goes_back_to_blind_and_shows_nothing_of_the_other(
    qtbot: QtBot, shared: Project
) -> None:
    desk = CodingDesk(shared)
    qtbot.addWidget(desk.window)
    assert desk.painted() == [("Str", ""), ("Strange", "Not being told")]
    desk.keys("Ctrl+Shift+E")
    assert len(desk.painted()) == 4
    desk.click("laughed")
    assert "Ben thinks" in all_text(desk)
    (code,) = shared.codes.tree().named("Shared experience")
    desk.page.keep_last(code.guid)
    assert desk.page.has_last
    ben = shared.coders.named("Ben").guid
    ann = shared.coders.named("Ann").guid
    desk.ctx.switch_coder(ben)
    settle()
    assert not desk.ctx.everyone
    assert desk.window.whose.mine.isChecked()
    assert desk.painted() == [("lau", ""), ("laughed", "Shared experience")]
    assert not desk.page.has_last
    assert desk.page.waiting_now == 1
    assert "Ann thinks" not in all_text(desk)
    told = shared.codes.tree().named("Not being told")[0].guid
    assert desk.page.tree.model.counts[told].quotes_below == 0
    desk.page.tree.select(told)
    assert desk.page.quotes.model.ids == []
    desk.click("Strange")
    assert desk.details() == []
    assert not desk.window.actions_set["undo"].text().endswith("Mark passage") or shared.undo_name()
    desk.ctx.switch_coder(ann)
    settle()
    assert desk.painted() == [("Str", ""), ("Strange", "Not being told")]
    desk.click("laughed")
    assert desk.details() == []
    assert "Ben thinks" not in all_text(desk)
    assert "Ben" not in "\n".join(desk.details())
    desk.close()


def test_a_question_that_is_open_goes_when_the_coder_is_switched(qtbot: QtBot, shared: Project) -> None:
    desk = CodingDesk(shared)
    qtbot.addWidget(desk.window)
    desk.sweep("fear")
    desk.type("n")
    desk.ctx.switch_coder(shared.coders.named("Ben").guid)
    settle()
    assert desk.page.popup.isHidden()
    desk.close()


def test_everyones_counts_and_quotes_are_those_of_everybody(qtbot: QtBot, shared: Project) -> None:
    desk = CodingDesk(shared)
    qtbot.addWidget(desk.window)
    shown = desk.page.quotes.model
    theme = shared.codes.tree().named("Trust")[0].guid
    desk.page.tree.select(theme)
    assert len(shown.ids) == 1
    desk.keys("Ctrl+Shift+E")
    assert len(shown.ids) == 2
    assert desk.page.documents.model.data(desk.page.documents.model.index(0), 258) == 4
    desk.keys("Ctrl+Shift+E")
    assert len(shown.ids) == 1
    desk.close()


def test_a_long_list_of_quotes_follows_the_text(qtbot: QtBot, long_project: Project) -> None:
    (told,) = long_project.codes.tree().named("Not being told")
    long = long_project.documents.all()[-1].guid
    long_project.codings.apply_many([(long, at, at + 5, told.guid) for at in range(100, 500)])
    desk = CodingDesk(long_project)
    qtbot.addWidget(desk.window)
    desk.page.tree.select(told.guid)
    assert len(desk.page.quotes.model.ids) == 400
    desk.sweep("Strange")
    desk.type("not")
    desk.keys("Return")
    qtbot.waitUntil(lambda: len(desk.page.quotes.model.ids) == 401)
    desk.keys("Ctrl+Z")
    qtbot.waitUntil(lambda: len(desk.page.quotes.model.ids) == 400)
    desk.keys("Ctrl+Shift+Z", "Ctrl+W")
    desk.close()


# Finding


def test_finding_in_this_transcript(qtbot: QtBot, long_project: Project) -> None:
    desk = CodingDesk(long_project)
    qtbot.addWidget(desk.window)
    desk.page.show_document(desk.page.documents.guids()[-1])
    desk.page.go_text()
    desk.scroll_to(1500)
    top = desk.page.view.place()[0]
    desk.keys("Ctrl+F")
    desk.type("we met")
    assert desk.page.find_bar.count.text() == "90 found"
    desk.keys("Return")
    current = desk.page.view._pane.underlay.current_match
    assert current is not None
    assert current[0] >= top
    desk.keys("F3", "Shift+F3", "Shift+F3")
    before = desk.page.view._pane.underlay.current_match
    assert before is not None
    assert before[0] < current[0]
    desk.keys("Escape")
    assert desk.page.find_bar.isHidden()
    assert desk.page.view.hasFocus()
    assert desk.page.view._pane.underlay.matches == []
    desk.close()


def test_finding_in_all_transcripts_goes_to_the_place(desk: CodingDesk) -> None:
    desk.keys("Ctrl+Shift+F")
    desk.type("nobody")
    desk.keys("Return")
    assert desk.page.find_bar.count.text() == "4 found"
    places = []
    for _ in range(4):
        places.append((desk.page.title.text(), desk.page.view.selected_text()))
        desk.keys("Return")
    assert [place for place, _ in places] == ["Interview P1"] * 3 + ["Interview P2"]
    assert {words.lower() for _, words in places} == {"nobody"}


def test_selected_words_are_looked_for(desk: CodingDesk) -> None:
    desk.sweep("nobody")
    desk.keys("Ctrl+F")
    assert desk.page.find_bar.line.text() == "nobody"
    assert desk.page.find_bar.count.text() == "3 found"


# Status


def test_how_far_one_is(desk: CodingDesk) -> None:
    first = desk.ctx.document
    ann = desk.project.coders.current.guid
    desk.keys("Ctrl+Shift+G")
    assert desk.page.status.currentText() == "Finished"
    assert desk.project.documents.statuses()[first, ann] == Status.FINISHED
    desk.keys("Ctrl+Shift+G")
    assert desk.page.status.currentText() == "In progress"
    desk.page.status.setFocus()
    desk.keys("Home")
    assert desk.project.documents.statuses()[first, ann] == Status.NOT_STARTED
    assert desk.page.status.currentText() == "Not started"
    desk.keys("Ctrl+Z")
    assert desk.page.status.currentText() == "In progress"
    desk.ctx.switch_coder(desk.project.coders.named("Ben").guid)
    settle()
    assert desk.page.status.currentText() == "Not started"


# Panels


def test_panels_fold_by_keys_and_stay_folded(qtbot: QtBot, desk: CodingDesk) -> None:
    page, path = desk.page, desk.project.path
    assert path is not None
    shown = {"F9": page.details, "Shift+F9": page.quotes, "Ctrl+F9": page.tree}
    for keys, panel in shown.items():
        assert panel.isVisible()
        desk.keys(keys)
        assert not panel.isVisible()
    assert desk.settings.layout[LAYOUT] == "details left quotes"
    assert page.view.hasFocus()
    desk.keys("Ctrl+B")
    assert page.tree.isVisible()
    assert page.tree.filter.hasFocus()
    desk.keys("Ctrl+Shift+Q", "Ctrl+D")
    assert page.quotes.isVisible()
    assert page.details.isVisible()
    desk.keys("F9")
    desk.close()
    again = reopened(path, "Ann")
    qtbot.addWidget(again.window)
    assert not again.page.details.isVisible()
    assert again.page.quotes.isVisible()
    again.close()


def test_the_focus_leaves_a_panel_that_is_folded(desk: CodingDesk) -> None:
    desk.page.quotes.list.setFocus()
    desk.keys("Shift+F9")
    assert desk.page.view.hasFocus()


def test_f6_goes_round_the_panels(desk: CodingDesk) -> None:
    page = desk.page
    desk.sweep("Strange")
    desk.type("tru")
    desk.keys("Return")
    page.tree.select(desk.project.codes.tree().named("Trust")[0].guid)
    seen = []
    for _ in range(5):
        desk.keys("F6")
        focus = desk.focus()
        homes = {"documents": page.documents, "tree": page.tree, "text": page.view, "quotes": page.quotes}
        homes["details"] = page.details
        seen.append(next(name for name, home in homes.items() if home.isAncestorOf(focus)))
    assert seen == ["quotes", "details", "documents", "tree", "text"]
    desk.keys("Shift+F6")
    assert page.tree.view.hasFocus()


def test_splitters_stand_where_they_were_left(qtbot: QtBot, desk: CodingDesk) -> None:
    path = desk.project.path
    assert path is not None
    whole = desk.page.parts.whole
    whole.moveSplitter(whole.widget(0).width() + 60, 1)
    width = whole.sizes()[0]
    desk.close()
    again = reopened(path, "Ann")
    qtbot.addWidget(again.window)
    assert again.page.parts.whole.sizes()[0] == width
    again.close()


@pytest.mark.parametrize(
    ("size", "hidden"), [((1366, 768), ""), ((1100, 700), ""), ((683, 400), "details quotes")]
)
def test_the_page_stays_usable_in_small_windows(
    qtbot: QtBot, project: Project, size: tuple[int, int], hidden: str
) -> None:
    desk = CodingDesk(project, size=size)
    qtbot.addWidget(desk.window)
    page = desk.page
    assert (desk.window.width(), desk.window.height()) == size
    shown = {"details": page.details, "quotes": page.quotes}
    assert " ".join(name for name, panel in shown.items() if not panel.isVisible()) == hidden
    assert page.view.viewport().width() >= 200
    assert page.view.height() >= 150
    assert page.tree.view.columnWidth(0) >= 100
    for widget in page.findChildren(QPushButton):
        if widget.isVisible() and widget.window() is desk.window:
            assert desk.window.rect().contains(widget.mapTo(desk.window, widget.rect().center()))
    if hidden:
        desk.keys("F9")
        assert page.details.isVisible()
        assert not page.tree.isVisible(), "one side panel at a time"
        desk.keys("Ctrl+B")
        assert page.tree.isVisible()
        assert not page.details.isVisible()
        desk.keys("F9", "F9")
        assert page.tree.isVisible()
        assert not page.details.isVisible()
        assert desk.settings.layout.get(LAYOUT, "") == ""
        desk.window.resize(1366, 768)
        settle()
        assert page.details.isVisible()
    desk.close()


def test_a_long_title_does_not_widen_the_page(qtbot: QtBot, project: Project) -> None:
    guid = project.documents.all()[0].guid
    project.coders.switch(project.coders.named("Ann").guid)
    project.documents.rename(guid, "<b>A very long title</b> " * 12)
    desk = CodingDesk(project, size=(1100, 700))
    qtbot.addWidget(desk.window)
    assert desk.window.width() == 1100
    assert desk.page.title.text().startswith("<b>A very")
    assert "&lt;b&gt;" in desk.page.title.toolTip()
    desk.close()


# Empty and odd projects


def test_without_transcripts_the_page_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    with Project.create(tmp_path / "new.coder", "New", "Ann") as project:
        desk = CodingDesk(project)
        qtbot.addWidget(desk.window)
        assert desk.page.parts.empty.isVisible()
        assert not desk.page.view.isVisible()
        go = desk.page.parts.go
        QTest.mouseClick(go, LEFT)
        assert desk.window.current == "transcripts"
        project.documents.add([LONG])
        desk.ctx.spread()
        desk.keys("Ctrl+2")
        assert desk.page.view.isVisible()
        assert desk.page.title.text() == "Long talk"
        desk.page.go_text()
        desk.sweep("sentence1")
        desk.type("first code")
        desk.keys("Return")
        assert desk.on_disk() == [("sentence1", "first code")]
        desk.close()


def test_the_last_transcript_removed_leaves_an_empty_page(desk: CodingDesk) -> None:
    desk.project.documents.remove([document.guid for document in desk.project.documents.all()])
    desk.ctx.spread()
    settle()
    assert desk.page.parts.empty.isVisible()
    assert desk.details() == []
    desk.keys("Ctrl+Z")
    assert desk.page.view.isVisible()
    assert desk.page.title.text() == "Interview P1"


def test_a_removed_transcript_gives_way_to_another(desk: CodingDesk) -> None:
    desk.sweep("Strange")
    desk.keys("Ctrl+H")
    desk.project.documents.remove([desk.ctx.document])
    desk.ctx.spread()
    settle()
    assert desk.page.title.text() in ("Interview P1", "Interview P2")
    assert desk.page.transcript is not None
    assert desk.page.transcript.document.guid in desk.page.documents.guids()


def test_a_read_only_project_is_read_and_refuses_with_a_sentence(qtbot: QtBot, shared: Project) -> None:
    path = shared.path
    assert path is not None
    shared.close()
    before = path.read_bytes()
    desk = CodingDesk(Project.open(path, coder="Ann", read_only=True))
    qtbot.addWidget(desk.window)
    reason = "This project was opened for reading only."
    desk.sweep("fear")
    desk.type("n")
    assert desk.page.popup.isHidden()
    assert desk.messages == [reason]
    for keys in ("Ctrl+H", "F8", "Ctrl+Return", "Delete"):
        desk.keys(keys)
    desk.click("Strange")
    assert desk.details() == ["Not being told"]
    assert desk.page.view.handle_rects() == []
    assert not desk.page.status.isEnabled()
    assert not desk.drop_code("Trust", "Strange") or desk.problems == [reason]
    desk.page.apply_chosen(desk.page.tree.current())
    assert desk.messages[-1] == reason
    desk.close()
    assert path.read_bytes() == before


def test_no_text_of_a_project_is_read_as_html(qtbot: QtBot, tmp_path: Path) -> None:
    odd = '<b>x</b><img src="file:///etc/passwd">'
    with Project.create(tmp_path / "odd.coder", odd, odd) as project:
        talk = document_of(odd, (odd, f"{odd} said so"), participants={odd: odd})
        (guid,) = project.documents.add([talk])
        theme = project.codes.add(odd, Level.THEME)
        project.codes.define(theme, "short", odd)
        code = project.codes.add(odd, parent=theme)
        project.codes.define(code, "short", odd)
        coding = project.codings.apply(guid, 5, 20, code)
        project.memos.add(_coding(), coding, odd)
        desk = CodingDesk(project, coder=odd)
        qtbot.addWidget(desk.window)
        desk.keys("Ctrl+Shift+E")
        desk.page._coding_chosen(coding)
        settle()
        assert desk.details() == [f"{odd}  –  {odd}"]
        for label in desk.window.findChildren(QLabel):
            if "<" in label.text():
                assert label.textFormat() == label.textFormat().PlainText, label.text()
        tips = [
            desk.page.documents.model.data(desk.page.documents.model.index(0), 3),
            desk.page.title.toolTip(),
        ]
        index = desk.page.tree.model.index_of(theme)
        tips += [index.data(3), desk.page.quotes.model.index(0).data(3)]
        assert all("<img" not in tip and "&lt;img" in tip for tip in tips), tips
        desk.close()


# Other things that refresh


def test_a_change_elsewhere_leaves_scroll_position_and_focus(qtbot: QtBot, long_project: Project) -> None:
    desk = CodingDesk(long_project)
    qtbot.addWidget(desk.window)
    desk.page.show_document(desk.page.documents.guids()[-1])
    desk.page.go_text()
    desk.scroll_to(1200)
    (node,) = long_project.codes.tree().named("Trust")

    def rename() -> None:
        desk.ctx.run(long_project.codes.rename, node.guid, "Confidence")

    def add() -> None:
        desk.ctx.run(long_project.codes.add, "Another")

    def retitle() -> None:
        desk.ctx.run(long_project.documents.rename, desk.ctx.document, "Other title")

    for action in (rename, add, retitle):
        unmoved(desk, action)
    assert desk.page.title.text() == "Other title"
    for keys in ("Ctrl+Shift+E", "Ctrl+Shift+E", "Ctrl+Shift+D", "Ctrl+Shift+D"):
        unmoved(desk, lambda keys=keys: desk.keys(keys))
    desk.close()


def test_a_place_asked_for_from_elsewhere(desk: CodingDesk) -> None:
    second = desk.page.documents.guids()[1]
    text = desk.project.documents.content(second).text
    start = text.index("sit with")
    desk.window.show_page("transcripts")
    desk.ctx.openPlace.emit(second, start, start + 8)
    settle()
    assert desk.window.current == "code"
    assert desk.page.view.selected_text() == "sit with"
    assert QApplication.focusWidget() is not None
