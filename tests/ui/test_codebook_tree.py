"""The codebook tree by keys, menus and mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDrag, QInputMethodEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from ui.codebook_desk import Desk, Listener, context, drop, drop_at, fill, guid, outline, seen, shortcut, show

from coder_app.core.model import Level
from coder_app.core.palette import PALETTE
from coder_app.project.project import Project
from coder_app.ui.codebook import pins
from coder_app.ui.codebook.ask import CodeQuestion, DeleteQuestion, NameQuestion
from coder_app.ui.codebook.mime import CODE_MIME, PASSAGE_MIME

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desk(project: Project, qtbot: QtBot) -> Desk:
    fill(project)
    made = Desk(context(project))
    show(qtbot, made)
    made.tree.view.setFocus()
    return made


def codes(desk: Desk, *names: str) -> list[str]:
    return [guid(desk.ctx.project, name) for name in names]


def book(desk: Desk) -> list[str]:
    return outline(desk.ctx.project.codes.tree())


def drag(desk: Desk, *names: str) -> QMimeData:
    model = desk.tree.model
    return model.mimeData([model.index_of(code) for code in codes(desk, *names)])


def choose(menu: QMenu | None, start: str) -> None:
    """Click the entry that begins with these words, as a person reads it."""
    assert menu is not None
    (action,) = [a for a in menu.actions() if a.text().replace("&", "").startswith(start)]
    assert action.isEnabled(), action.text()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    QApplication.processEvents()


def entries(menu: QMenu | None) -> dict[str, bool]:
    assert menu is not None
    return {action.text(): action.isEnabled() for action in menu.actions() if action.text()}


def typed(widget: QWidget, text: str) -> None:
    """Letters of any script arrive as an input method sends them."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


# Looking


def test_everything_is_shown_and_the_first_node_is_the_current_one(desk: Desk) -> None:
    assert seen(desk.tree.model) == book(desk)
    assert desk.tree.current() == guid(desk.ctx.project, "Trust")
    assert desk.tree.view.isExpanded(desk.tree.model.index_of(guid(desk.ctx.project, "Arriving")))


def test_folds_and_choice_outlive_a_reload(desk: Desk, qtbot: QtBot) -> None:
    project, tree = desk.ctx.project, desk.tree
    arriving = tree.model.index_of(guid(project, "Arriving"))
    tree.view.collapse(arriving)
    tree.select_many(codes(desk, "Overtime", "Keys"))
    chosen: list[str] = []
    tree.codeChosen.connect(chosen.append)
    desk.ctx.run(project.codes.add, "New one")
    desk.ctx.run(project.codes.move, codes(desk, "Guilt"), guid(project, "Money"))
    assert not tree.view.isExpanded(tree.model.index_of(guid(project, "Arriving")))
    assert tree.view.isExpanded(tree.model.index_of(guid(project, "Money")))
    assert tree.selected() == codes(desk, "Overtime", "Keys")
    assert chosen == [], "nothing else was chosen"


def test_when_the_current_node_goes_its_neighbour_is_next(desk: Desk) -> None:
    chosen: list[str] = []
    desk.tree.select(guid(desk.ctx.project, "Keys"))
    desk.tree.codeChosen.connect(chosen.append)
    desk.ctx.run(desk.ctx.project.codes.delete, codes(desk, "Keys"), below=True)
    assert chosen == codes(desk, "Night shifts")
    assert desk.tree.selected() == codes(desk, "Night shifts")


def test_typing_in_the_filter_finds_and_enter_tells(desk: Desk, qtbot: QtBot) -> None:
    pressed: list[str] = []
    desk.tree.filterReturnPressed.connect(lambda: pressed.append(desk.tree.current()))
    qtbot.keyClicks(desk.tree.filter, "WHO s")
    assert seen(desk.tree.model) == ["Trust", "  Arriving", "    Who signs"]
    qtbot.keyClick(desk.tree.filter, Qt.Key.Key_Return)
    assert pressed == codes(desk, "Who signs")
    qtbot.keyClick(desk.tree.filter, Qt.Key.Key_Down)
    assert desk.tree.view.hasFocus()
    qtbot.keyClick(desk.tree.filter, Qt.Key.Key_Escape)
    assert seen(desk.tree.model) == book(desk)
    assert desk.tree.current() == guid(desk.ctx.project, "Who signs")


def test_the_best_answer_to_the_filter_is_the_current_node(desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(desk.tree.filter, "t")
    assert desk.tree.current() == guid(desk.ctx.project, "Trust")
    qtbot.keyClicks(desk.tree.filter, "o")
    assert desk.tree.current() == guid(desk.ctx.project, "Not being told")


def test_delete_in_the_filter_box_deletes_letters_only(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.focus_filter()
    qtbot.keyClicks(desk.tree.filter, "key")
    desk.tree.filter.setCursorPosition(0)
    shortcut(qtbot, desk, desk.tree.filter, "codebook_delete")
    assert desk.tree.filter.text() == "ey"
    assert desk.commands.question is None


def test_enter_and_double_click_activate(desk: Desk, qtbot: QtBot) -> None:
    done: list[str] = []
    desk.tree.codeActivated.connect(done.append)
    (keys,) = codes(desk, "Keys")
    desk.tree.select(keys)
    qtbot.keyClick(desk.tree.view, Qt.Key.Key_Return)
    area = desk.tree.view.visualRect(desk.tree.model.index_of(keys))
    qtbot.mouseClick(desk.tree.view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    qtbot.mouseDClick(desk.tree.view.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert done == [keys, keys]


# Making and changing


def test_a_new_code_is_made_where_one_stands(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select(guid(desk.ctx.project, "First week"))
    shortcut(qtbot, desk, desk.tree.view, "codebook_new_code")
    question = desk.commands.question
    assert isinstance(question, NameQuestion)
    assert question.words.text() == "In “Arriving”."
    qtbot.keyClicks(question.name, "Second week")
    qtbot.keyClick(question.name, Qt.Key.Key_Return)
    assert "    Second week" in book(desk)
    assert desk.tree.current() == guid(desk.ctx.project, "Second week")
    desk.ctx.undo()
    assert "    Second week" not in book(desk)


def test_a_refused_name_stays_in_its_field_with_the_reason(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select(guid(desk.ctx.project, "First week"))
    desk.commands.new_code()
    question = desk.commands.question
    assert isinstance(question, NameQuestion)
    qtbot.keyClicks(question.name, "who SIGNS")
    qtbot.keyClick(question.name, Qt.Key.Key_Return)
    assert question.isVisible()
    assert "already" in question.problem.text()
    assert question.name.text() == "who SIGNS"
    question.reject()


def test_rename_in_place_and_undo(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select(guid(desk.ctx.project, "Keys"))
    shortcut(qtbot, desk, desk.tree.view, "codebook_rename")
    editor = desk.tree.view.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "Keys"
    editor.selectAll()
    typed(editor, "מפתחות & <i>keys</i>")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert "מפתחות & <i>keys</i>" in book(desk)
    assert "מפתחות & <i>keys</i>" in seen(desk.tree.model)
    desk.ctx.undo()
    assert "Keys" in seen(desk.tree.model)


def test_several_are_recoloured_by_key_as_one_step(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select_many(codes(desk, "Guilt", "Keys"))
    before = desk.ctx.project.codes.tree()[guid(desk.ctx.project, "Guilt")].color
    shortcut(qtbot, desk, desk.tree.view, "codebook_recolour")
    menu = desk.commands.menu
    assert len(entries(menu)) == len(PALETTE)
    choose(menu, "Pine")
    tree = desk.ctx.project.codes.tree()
    assert {tree[code].color for code in codes(desk, "Guilt", "Keys")} == {PALETTE["Pine"]}
    desk.ctx.undo()
    assert desk.ctx.project.codes.tree()[guid(desk.ctx.project, "Guilt")].color == before


def test_levels_that_neighbours_forbid_are_grey_and_say_why(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select(guid(desk.ctx.project, "Arriving"))
    shortcut(qtbot, desk, desk.tree.view, "codebook_set_level")
    shown = entries(desk.commands.menu)
    assert [text.split("  ")[0] for text in shown] == ["Theme", "Category", "Subcategory", "Code"]
    assert list(shown.values()) == [False, False, True, False]
    assert any("move them out first" in text for text in shown)
    choose(desk.commands.menu, "Subcategory")
    assert desk.ctx.project.codes.tree()[guid(desk.ctx.project, "Arriving")].level == Level.SUBCATEGORY


def test_pinning_by_keys(desk: Desk, qtbot: QtBot) -> None:
    (keys,) = codes(desk, "Keys")
    told: list[bool] = []
    desk.tree.pinsChanged.connect(lambda: told.append(True))
    desk.tree.select(keys)
    shortcut(qtbot, desk, desk.tree.view, "codebook_pin")
    qtbot.keyClick(desk.commands.menu, Qt.Key.Key_4)
    assert pins.pinned(desk.ctx) == {4: keys}
    desk.commands.pin_to(2)
    assert pins.pinned(desk.ctx) == {2: keys}
    desk.commands.unpin()
    assert pins.pinned(desk.ctx) == {}
    assert len(told) == 3


def test_copied_names_are_text(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select_many(codes(desk, "Keys", "Guilt"))
    shortcut(qtbot, desk, desk.tree.view, "codebook_copy_name")
    assert QApplication.clipboard().text() == "Guilt\nKeys"


# Moving


def test_moving_by_keys(desk: Desk, qtbot: QtBot) -> None:
    view = desk.tree.view
    desk.tree.select(guid(desk.ctx.project, "Night shifts"))
    shortcut(qtbot, desk, view, "codebook_move_up")
    assert book(desk)[-3:] == ["Guilt", "Night shifts", "Keys"]
    shortcut(qtbot, desk, view, "codebook_indent")
    assert book(desk)[-4:] == ["  Overtime", "  Night shifts", "Guilt", "Keys"]
    assert desk.tree.selected() == codes(desk, "Night shifts")
    shortcut(qtbot, desk, view, "codebook_outdent")
    assert book(desk)[-4:] == ["  Overtime", "Night shifts", "Guilt", "Keys"]
    shortcut(qtbot, desk, view, "codebook_move_down")
    assert book(desk)[-3:] == ["Guilt", "Night shifts", "Keys"]
    for _ in range(4):
        desk.ctx.undo()
    assert book(desk)[-3:] == ["Guilt", "Keys", "Night shifts"]


def test_at_the_end_a_sentence_says_so(desk: Desk, qtbot: QtBot) -> None:
    heard = Listener(desk.ctx)
    desk.tree.select(guid(desk.ctx.project, "Night shifts"))
    shortcut(qtbot, desk, desk.tree.view, "codebook_move_down")
    assert heard.problems == ["“Night shifts” is the last in its place already."]


def test_put_inside_by_typing(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select_many(codes(desk, "Guilt", "Keys"))
    shortcut(qtbot, desk, desk.tree.view, "codebook_put_inside")
    question = desk.commands.question
    assert isinstance(question, CodeQuestion)
    qtbot.keyClicks(question.entry, "arr")
    qtbot.keyClick(question.entry, Qt.Key.Key_Return)
    assert desk.commands.question is None
    assert book(desk)[3:8] == ["  Arriving", "    First week", "    Who signs", "    Guilt", "    Keys"]
    desk.ctx.undo()
    assert book(desk)[-3:] == ["Guilt", "Keys", "Night shifts"]


def test_stand_free(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select(guid(desk.ctx.project, "Overtime"))
    shortcut(qtbot, desk, desk.tree.view, "codebook_stand_free")
    assert book(desk)[-1] == "Overtime"


# Dragging


def test_twenty_codes_dropped_between_rows_are_one_step(desk: Desk) -> None:
    project = desk.ctx.project
    names = [f"Code {number:02}" for number in range(20)]
    for name in names:
        project.codes.add(name)
    desk.ctx.spread()
    assert drop(desk.tree, drag(desk, *names), guid(project, "Who signs"), "above")
    at = book(desk).index("    Code 00")
    assert book(desk)[at - 1 : at + 21] == [
        "    First week",
        *(f"    {name}" for name in names),
        "    Who signs",
    ]
    assert desk.tree.selected() == codes(desk, *names)
    desk.ctx.undo()
    assert book(desk)[-20:] == names


def test_below_an_open_node_means_before_its_first_child(desk: Desk) -> None:
    assert drop(desk.tree, drag(desk, "Keys"), guid(desk.ctx.project, "Arriving"), "below")
    at = book(desk).index("  Arriving")
    assert book(desk)[at + 1] == "    Keys"


def test_dropped_on_a_node_asks_inside_or_join(desk: Desk) -> None:
    assert drop(desk.tree, drag(desk, "Guilt", "Keys"), guid(desk.ctx.project, "Arriving"), "on")
    assert entries(desk.commands.menu) == {
        "Put inside “Arriving”": True,
        "Join with “Arriving”": True,
        "Group all under a new theme…": True,
        "Cancel": True,
    }
    choose(desk.commands.menu, "Put inside")
    assert book(desk)[3:8] == ["  Arriving", "    First week", "    Who signs", "    Guilt", "    Keys"]
    desk.ctx.undo()
    assert book(desk)[-3:] == ["Guilt", "Keys", "Night shifts"]


def test_dropped_on_a_code_it_is_joined_with_its_quotes(desk: Desk) -> None:
    project = desk.ctx.project
    document = project.documents.all()[0].guid
    guilt, keys = codes(desk, "Guilt", "Keys")
    project.codings.apply(document, 40, 60, guilt)
    drop(desk.tree, drag(desk, "Guilt"), keys, "on")
    shown = entries(desk.commands.menu)
    (inside,) = [text for text in shown if text.startswith("Put inside")]
    assert not shown[inside]
    assert "higher level" in inside
    choose(desk.commands.menu, "Join with “Keys”")
    assert "Guilt" not in book(desk)
    assert project.queries.counts()[keys].quotes == 1
    assert desk.tree.current() == keys
    desk.ctx.undo()
    assert project.queries.counts()[guilt].quotes == 1


def test_dropped_on_a_code_both_are_grouped(desk: Desk, qtbot: QtBot) -> None:
    (first,) = codes(desk, "First week")
    drop(desk.tree, drag(desk, "Keys"), first, "on")
    choose(desk.commands.menu, "Group both under a new subcategory")
    question = desk.commands.question
    assert isinstance(question, NameQuestion)
    qtbot.keyClicks(question.name, "Beginnings")
    qtbot.keyClick(question.name, Qt.Key.Key_Return)
    tree = desk.ctx.project.codes.tree()
    assert [tree[code].name for code in tree.children(guid(desk.ctx.project, "Beginnings"))] == [
        "First week",
        "Keys",
    ]
    assert tree[tree.parent(guid(desk.ctx.project, "Beginnings")) or ""].name == "Arriving"
    desk.ctx.undo()
    assert "Keys" in book(desk)
    assert desk.ctx.project.codes.tree().named("Beginnings") == []


@pytest.mark.parametrize(
    ("dropped", "on", "first"),
    [
        ("Keys", "Arriving", "Put inside “Arriving”"),
        ("Keys", "First week", "Group both under a new subcategory…"),
        ("Arriving", "First week", "Cancel"),
    ],
)
def test_enter_after_a_drop_never_joins(desk: Desk, qtbot: QtBot, dropped: str, on: str, first: str) -> None:
    drop(desk.tree, drag(desk, dropped), guid(desk.ctx.project, on), "on")
    menu = desk.commands.menu
    assert menu is not None
    assert menu.activeAction().text() == first


def test_cancelling_the_question_changes_nothing(desk: Desk, qtbot: QtBot) -> None:
    before = book(desk)
    drop(desk.tree, drag(desk, "Keys"), guid(desk.ctx.project, "Arriving"), "on")
    qtbot.keyClick(desk.commands.menu, Qt.Key.Key_Escape)
    assert book(desk) == before
    assert not drop(desk.tree, drag(desk, "Keys"), guid(desk.ctx.project, "Keys"), "on")


def test_a_passage_dropped_on_a_node_is_told(desk: Desk) -> None:
    told: list[str] = []
    desk.tree.passageDropped.connect(told.append)
    passage = QMimeData()
    passage.setData(PASSAGE_MIME, b"words")
    assert drop(desk.tree, passage, guid(desk.ctx.project, "Keys"), "on")
    assert told == codes(desk, "Keys")
    assert not drop_at(desk.tree, passage, QPoint(50, desk.tree.view.viewport().height() - 4))


def test_codes_of_another_project_are_not_taken(desk: Desk) -> None:
    foreign = QMimeData()
    foreign.setData(CODE_MIME, b"00000000-0000-0000-0000-000000000000")
    assert not drop(desk.tree, foreign, guid(desk.ctx.project, "Arriving"), "on")


def test_a_drag_by_the_mouse_carries_all_chosen_codes(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From press to drop; the platform without a screen has no drag of its own, so exec hands it over."""
    tree, viewport = desk.tree, desk.tree.view.viewport()
    target = guid(desk.ctx.project, "Who signs")

    def carried(drag: QDrag, *_: object) -> Qt.DropAction:
        assert drop(tree, drag.mimeData(), target, "above")
        return Qt.DropAction.MoveAction

    monkeypatch.setattr(QDrag, "exec", carried)
    tree.select_many(codes(desk, "Guilt", "Keys"))
    start = tree.view.visualRect(tree.model.index_of(codes(desk, "Keys")[0])).center()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    for step in (4, 15, 30):
        point = QPointF(start + QPoint(step, step))
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            point,
            viewport.mapToGlobal(point),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(viewport, move)
        if "    Guilt" in book(desk):
            break
    assert book(desk)[3:8] == ["  Arriving", "    First week", "    Guilt", "    Keys", "    Who signs"]


# Joining, grouping, deleting


def test_chosen_codes_are_joined_into_the_current_one(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select_many(codes(desk, "Keys", "Night shifts", "Guilt"))
    shortcut(qtbot, desk, desk.tree.view, "codebook_join_selected")
    assert book(desk)[-1] == "Guilt"
    assert "Keys" not in book(desk)
    desk.ctx.undo()
    assert book(desk)[-3:] == ["Guilt", "Keys", "Night shifts"]


def test_one_code_is_joined_with_one_that_is_typed(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select(guid(desk.ctx.project, "Keys"))
    desk.commands.join_selected()
    question = desk.commands.question
    assert isinstance(question, CodeQuestion)
    qtbot.keyClicks(question.entry, "no such")
    qtbot.keyClick(question.entry, Qt.Key.Key_Return)
    assert question.isVisible(), "no code of that name, and none is made here"
    question.entry.clear()
    qtbot.keyClicks(question.entry, "gui")
    qtbot.mouseClick(question.do, Qt.MouseButton.LeftButton)
    assert book(desk)[-2:] == ["Guilt", "Night shifts"]


def test_grouping_by_key(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select_many(codes(desk, "Guilt", "Keys"))
    shortcut(qtbot, desk, desk.tree.view, "codebook_group_selected")
    question = desk.commands.question
    assert isinstance(question, NameQuestion)
    qtbot.keyClicks(question.name, "Night")
    qtbot.keyClick(question.name, Qt.Key.Key_Return)
    assert book(desk)[-4:] == ["Night", "  Guilt", "  Keys", "Night shifts"]
    assert desk.tree.current() == guid(desk.ctx.project, "Night")


def test_delete_tells_what_happens_and_offers_both_ways(desk: Desk, qtbot: QtBot) -> None:
    project = desk.ctx.project
    project.codings.apply(project.documents.all()[0].guid, 40, 60, guid(project, "First week"))
    before = book(desk)
    desk.tree.select(guid(project, "Arriving"))
    shortcut(qtbot, desk, desk.tree.view, "codebook_delete")
    question = desk.commands.question
    assert isinstance(question, DeleteQuestion)
    assert question.told.text() == project.codes.consequences(codes(desk, "Arriving"), below=False)
    qtbot.keyClick(question.up, Qt.Key.Key_Down)
    assert question.below.isChecked()
    assert question.told.text() == project.codes.consequences(codes(desk, "Arriving"), below=True)
    assert "3 nodes" in question.told.text()
    qtbot.mouseClick(question.do, Qt.MouseButton.LeftButton)
    assert "    First week" not in book(desk)
    desk.ctx.undo()
    assert book(desk) == before
    assert project.queries.counts()[guid(project, "First week")].quotes == 1


def test_delete_can_move_what_is_below_up(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select(guid(desk.ctx.project, "Arriving"))
    desk.commands.delete()
    question = desk.commands.question
    assert isinstance(question, DeleteQuestion)
    qtbot.keyClick(question.do, Qt.Key.Key_Return)
    assert "  First week" in book(desk)
    assert "  Arriving" not in book(desk)


def test_the_context_menu_holds_every_command_with_its_key(desk: Desk, qtbot: QtBot) -> None:
    desk.tree.select(guid(desk.ctx.project, "Keys"))
    area = desk.tree.view.visualRect(desk.tree.model.index_of(guid(desk.ctx.project, "Keys")))
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, area.center(), desk.tree.view.viewport().mapToGlobal(area.center())
    )
    QApplication.sendEvent(desk.tree.view.viewport(), event)
    menu = desk.commands.menu
    assert menu is not None
    texts = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert texts[0] == "New code…"
    assert "New core theme…" not in texts, "this project does not use that level"
    assert all(not a.shortcut().isEmpty() for a in menu.actions() if a.text())
    choose(menu, "Rename")
    assert desk.tree.view.findChild(QLineEdit) is not None


def test_a_read_only_project_allows_looking_only(project: Project, qtbot: QtBot) -> None:
    fill(project)
    path = project.path
    assert path is not None
    project.close()
    desk = Desk(context(Project.open(path, coder="Ann", read_only=True)))
    show(qtbot, desk)
    desk.tree.select(guid(desk.ctx.project, "Keys"))
    desk.actions_made.refresh()  # type: ignore[attr-defined]
    enabled = {id for id, action in desk.actions_made.actions.items() if action.isEnabled()}  # type: ignore[attr-defined]
    assert enabled == {"codebook_pin", "codebook_story", "codebook_copy_name"}
    desk.commands.rename()
    assert desk.tree.view.findChild(QLineEdit) is None
    wanted: list[str] = []
    desk.ctx.trailWanted.connect(wanted.append)
    shortcut(qtbot, desk, desk.tree.view, "codebook_story")
    assert wanted == [guid(desk.ctx.project, "Keys")]
    desk.ctx.close_project()
