"""Memos are written, changed and kept by typing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coder_app.core.errors import UserError
from coder_app.core.model import MemoTarget
from coder_app.project.project import Project
from coder_app.ui.context import Context
from coder_app.ui.memos.panel import MemoPanel
from coder_app.ui.settings import Settings
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Desk(QWidget):
    """A panel beside a field that the focus can go to."""

    def __init__(self, ctx: Context) -> None:
        super().__init__()
        self.panel = MemoPanel(ctx)
        self.elsewhere = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.panel)
        column.addWidget(self.elsewhere)
        self.resize(400, 500)


@pytest.fixture
def ctx(project: Project) -> Context:
    made = Context(Settings(), Work(inline=True))
    made.set_project(project)
    return made


@pytest.fixture
def desk(qtbot: QtBot, ctx: Context) -> Desk:
    made = Desk(ctx)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def document(ctx: Context, number: int = 0) -> str:
    return ctx.project.documents.all()[number].guid


def texts(ctx: Context) -> list[str]:
    return [memo.text for memo in ctx.project.memos.all()]


def shown(panel: MemoPanel) -> list[str]:
    return [card.editor.text for card in panel.cards]


def type_new(qtbot: QtBot, panel: MemoPanel, text: str) -> None:
    qtbot.mouseClick(panel.add, Qt.MouseButton.LeftButton)
    editor = panel.cards[-1].editor
    assert editor.hasFocus()
    qtbot.keyClicks(editor, text)


def test_a_memo_is_saved_when_its_editor_is_left(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx))
    type_new(qtbot, desk.panel, "She laughs here")
    assert texts(ctx) == []
    desk.elsewhere.setFocus()
    assert texts(ctx) == ["She laughs here"]
    assert shown(desk.panel) == ["She laughs here", ""]
    assert "Ann" in desk.panel.cards[0].caption.text()
    assert desk.elsewhere.hasFocus()


def test_ctrl_enter_saves_and_goes_on(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx))
    type_new(qtbot, desk.panel, "One")
    qtbot.keyClick(desk.panel.cards[-1].editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert texts(ctx) == ["One"]
    editor = desk.panel.cards[-1].editor
    assert editor.hasFocus()
    assert editor.text == ""
    qtbot.keyClicks(editor, "Two")
    qtbot.keyClick(editor, Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier)
    assert texts(ctx) == ["One", "Two"]


def test_an_own_memo_is_changed_in_place_and_undone(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    ctx.run(ctx.project.memos.add, MemoTarget.DOCUMENT, document(ctx), "First")
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx))
    editor = desk.panel.cards[0].editor
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, " thought")
    desk.elsewhere.setFocus()
    assert texts(ctx) == ["First thought"]
    assert ctx.project.undo_name() == "Edit memo"
    ctx.undo()
    assert shown(desk.panel) == ["First", ""]


def test_an_emptied_memo_is_removed_and_can_be_brought_back(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    ctx.run(ctx.project.memos.add, MemoTarget.DOCUMENT, document(ctx), "First")
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx))
    editor = desk.panel.cards[0].editor
    editor.setFocus()
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    with qtbot.waitSignal(ctx.message) as told:
        desk.elsewhere.setFocus()
    assert "removed" in told.args[0]
    assert shown(desk.panel) == [""]
    ctx.undo()
    assert shown(desk.panel) == ["First", ""]


def test_the_remove_button_removes_an_own_memo(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    ctx.run(ctx.project.memos.add, MemoTarget.DOCUMENT, document(ctx), "First")
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx))
    qtbot.mouseClick(desk.panel.cards[0].remove, Qt.MouseButton.LeftButton)
    assert texts(ctx) == []
    assert shown(desk.panel) == [""]


def test_typed_text_is_saved_before_another_target_shows(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx, 0))
    type_new(qtbot, desk.panel, "On the first")
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx, 1))
    assert shown(desk.panel) == [""]
    assert [m.text for m in ctx.project.memos.about(MemoTarget.DOCUMENT, document(ctx, 0))] == [
        "On the first"
    ]
    assert ctx.project.memos.about(MemoTarget.DOCUMENT, document(ctx, 1)) == []


def test_others_memos_show_only_with_everyones_and_cannot_be_edited(
    qtbot: QtBot, ctx: Context, desk: Desk
) -> None:
    project = ctx.project
    ann = project.coders.current.guid
    ben = project.coders.named("Ben").guid
    project.coders.switch(ben)
    project.memos.add(MemoTarget.DOCUMENT, document(ctx), "Ben's view")
    project.coders.switch(ann)
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx))
    assert shown(desk.panel) == [""]
    ctx.set_everyone(True)
    assert shown(desk.panel) == ["Ben's view", ""]
    card = desk.panel.cards[0]
    assert card.editor.isReadOnly()
    assert not hasattr(card, "remove")
    qtbot.keyClicks(card.editor, "mine now")
    assert desk.panel.flush()
    assert texts(ctx) == ["Ben's view"]


def test_text_that_cannot_be_saved_stays(
    qtbot: QtBot, ctx: Context, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise UserError("The disk is full.")

    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx, 0))
    type_new(qtbot, desk.panel, "Do not lose me")
    with monkeypatch.context() as broken:
        broken.setattr(ctx.project.memos, "add", full)
        with qtbot.waitSignal(ctx.problem) as problem:
            assert not desk.panel.flush()
        assert problem.args == ["The disk is full."]
        desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx, 1))
        assert shown(desk.panel) == [""]
        desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx, 0))
        assert shown(desk.panel) == ["Do not lose me"]
    assert desk.panel.flush()
    assert texts(ctx) == ["Do not lose me"]


def test_another_change_does_not_disturb_typing(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx))
    type_new(qtbot, desk.panel, "Half a thou")
    ctx.run(ctx.project.memos.add, MemoTarget.DOCUMENT, document(ctx), "From elsewhere")
    editor = desk.panel.cards[-1].editor
    assert shown(desk.panel) == ["From elsewhere", "Half a thou"]
    assert editor.hasFocus()
    qtbot.keyClicks(editor, "ght")
    assert desk.panel.flush()
    assert texts(ctx) == ["From elsewhere", "Half a thought"]


def test_a_draft_waits_for_its_writer_when_coders_switch(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    ann, ben = ctx.project.coders.current.guid, ctx.project.coders.named("Ben").guid
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx))
    type_new(qtbot, desk.panel, "Ann thinks")
    ctx.switch_coder(ben)
    assert shown(desk.panel) == [""]
    desk.panel.flush()
    assert texts(ctx) == []
    ctx.switch_coder(ann)
    assert shown(desk.panel) == ["Ann thinks"]
    assert desk.panel.flush()
    assert [(m.text, m.coder) for m in ctx.project.memos.all()] == [("Ann thinks", ann)]


def test_closing_the_project_saves(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx))
    type_new(qtbot, desk.panel, "Last words")
    path = ctx.project.path
    assert path is not None
    ctx.close_project()
    with Project.open(path, coder="Ann") as again:
        assert [memo.text for memo in again.memos.all()] == ["Last words"]


def test_a_passage_has_its_own_memos(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    desk.panel.show_target(MemoTarget.PASSAGE, document(ctx), 5, 20)
    type_new(qtbot, desk.panel, "Here")
    assert desk.panel.flush()
    memo = ctx.project.memos.all()[0]
    assert (memo.kind, memo.start, memo.end) == (MemoTarget.PASSAGE, 5, 20)
    desk.panel.show_target(MemoTarget.PASSAGE, document(ctx), 5, 21)
    assert shown(desk.panel) == [""]


def test_words_are_words_and_spaces_stay(qtbot: QtBot, ctx: Context, desk: Desk) -> None:
    text = "<b>bold</b> no\u00a0break שלום 한국어 🙂\nsecond line"
    desk.panel.show_target(MemoTarget.DOCUMENT, document(ctx))
    desk.panel.new_memo()
    desk.panel.cards[-1].editor.insertPlainText(text)
    assert desk.panel.flush()
    assert texts(ctx) == [text]
    desk.panel.reload()
    assert shown(desk.panel) == [text, ""]


def test_a_read_only_project_takes_no_memos(qtbot: QtBot, tmp_path: Path, project: Project) -> None:
    guid = project.documents.all()[0].guid
    project.memos.add(MemoTarget.DOCUMENT, guid, "Old")
    ctx = Context(Settings(), Work(inline=True))
    ctx.set_project(Project.from_snapshot(project.snapshot(), project.coders.current.guid))
    panel = MemoPanel(ctx)
    qtbot.addWidget(panel)
    panel.show_target(MemoTarget.DOCUMENT, guid)
    assert shown(panel) == ["Old"]
    assert panel.cards[0].editor.isReadOnly()
    assert panel.add.isHidden()
    ctx.close_project()
