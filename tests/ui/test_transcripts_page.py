"""The list of transcripts by keys, mouse and drag, read from the screen and from the project."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from coder_app.core.model import MemoTarget, NewDocument, NewSpeaker, Role, Status, Turn
from coder_app.project.project import Project
from coder_app.ui.actions import ActionSet
from coder_app.ui.context import Context
from coder_app.ui.settings import Settings
from coder_app.ui.transcripts import page as page_module
from coder_app.ui.transcripts import receiving
from coder_app.ui.transcripts.details import PARTICIPANT, ROLE
from coder_app.ui.transcripts.documents_model import (
    CODINGS,
    DATE,
    EVERYONE,
    MINUTES,
    PEOPLE,
    STATUS,
    TITLE,
    WORDS,
)
from coder_app.ui.transcripts.page import TranscriptsPage
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NO = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
TIMED = NewDocument(
    "지현과의 면담",
    "지현: 처음에는 몰랐어요.\n\n지현: 나중에 알았어요.\n",
    (NewSpeaker("지현", Role.PARTICIPANT, "P10"),),
    (Turn(1, 0, 4, 14, 0, 5.0), Turn(2, 16, 20, 29, 0, 1900.0)),
    "2026-03-01",
    "jihyun.vtt",
)


@pytest.fixture
def ctx(project: Project) -> Context:
    project.documents.add([TIMED])
    made = Context(Settings(), Work(inline=True))
    made.set_project(project)
    return made


@pytest.fixture
def page(qtbot: QtBot, ctx: Context) -> TranscriptsPage:
    made = TranscriptsPage(ctx)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.come_up()
    made.rows = ActionSet(ctx, made.actions_table(), made, made)  # type: ignore[attr-defined]
    made.actionsStale.connect(made.rows.refresh)  # type: ignore[attr-defined]
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.enter()
    made.update_actions()
    return made


def shown(page: TranscriptsPage, column: int) -> list[str]:
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def order(ctx: Context) -> list[str]:
    return [document.title for document in ctx.project.documents.all()]


def guids(ctx: Context) -> list[str]:
    return [document.guid for document in ctx.project.documents.all()]


def editor(page: TranscriptsPage) -> QLineEdit:
    found = page.list.viewport().findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def test_files_are_looked_for_beside_the_project_then_where_they_were_last(
    ctx: Context, page: TranscriptsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "interviews"
    folder.mkdir()
    starts: list[str] = []

    def ask(_parent: object, _title: str, start: str, _kinds: str) -> tuple[list[str], str]:
        starts.append(start)
        return [str(folder / "a.txt")], ""

    monkeypatch.setattr(receiving.QFileDialog, "getOpenFileNames", ask)
    monkeypatch.setattr(page, "import_files", lambda paths: None)
    page.choose_files()
    page.choose_files()
    folder.rmdir()
    page.choose_files()
    assert ctx.project.path is not None
    beside = str(ctx.project.path.parent)
    assert starts == [beside, str(folder), beside]


def test_the_list_tells_what_is_known(ctx: Context, page: TranscriptsPage) -> None:
    assert shown(page, TITLE) == ["Interview P1", "Interview P2", "지현과의 면담"]
    assert shown(page, DATE) == ["", "", "2026-03-01"]
    assert shown(page, PEOPLE) == ["P1", "P2", "P10"]
    assert shown(page, WORDS)[0] == "39"
    assert shown(page, MINUTES) == ["", "", "32"]
    assert shown(page, CODINGS) == ["", "", ""]
    assert shown(page, STATUS) == ["Not started"] * 3
    assert page.tabs.tabText(0) == "Transcripts (3)"
    assert page.list.isColumnHidden(EVERYONE)
    code = next(iter(ctx.project.codes.tree().nodes))
    ctx.run(ctx.project.codings.apply, guids(ctx)[0], 13, 16, code)
    assert shown(page, CODINGS) == ["1", "", ""]
    assert "1 coding of mine" in page.details.facts.text()


def test_f2_renames_in_place(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_F2)
    qtbot.keyClicks(editor(page), "<b>First</b> talk")
    qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: order(ctx)[0] == "<b>First</b> talk")
    assert shown(page, TITLE)[0] == "<b>First</b> talk"
    assert page.details.title.text() == "<b>First</b> talk"
    assert page.details.title.textFormat() == Qt.TextFormat.PlainText
    ctx.undo()
    assert shown(page, TITLE)[0] == "Interview P1"


def test_a_taken_title_is_refused(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_F2)
    editor(page).setText("interview p2")
    with qtbot.waitSignal(ctx.problem) as problem:
        qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    assert "already" in problem.args[0]
    assert shown(page, TITLE)[0] == "Interview P1"


def test_the_date_is_a_day_of_the_calendar(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_F2, SHIFT)
    qtbot.keyClicks(editor(page), "2026-02-31")
    with qtbot.waitSignal(ctx.problem):
        qtbot.keyClick(editor(page), Qt.Key.Key_Return)
    assert shown(page, DATE)[0] == ""
    field = page.details.date
    field.setFocus()
    qtbot.keyClicks(field, "2026-02-2")
    assert field.property("kind") == "wrong"
    qtbot.keyClick(field, Qt.Key.Key_8)
    assert field.property("kind") == ""
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert shown(page, DATE)[0] == "2026-02-28"
    assert ctx.project.undo_name() == "Change date"


def test_rows_move_by_keys(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_Down, ALT | SHIFT)
    assert order(ctx) == ["Interview P2", "Interview P1", "지현과의 면담"]
    assert page.list.guids() == [ctx.project.documents.titled("Interview P1").guid]
    qtbot.keyClick(page.list, Qt.Key.Key_Down, ALT | SHIFT)
    assert shown(page, TITLE) == ["Interview P2", "지현과의 면담", "Interview P1"]
    steps = ctx.project.undo_name()
    qtbot.keyClick(page.list, Qt.Key.Key_Down, ALT | SHIFT)
    assert (order(ctx)[-1], ctx.project.undo_name()) == ("Interview P1", steps)
    qtbot.keyClick(page.list, Qt.Key.Key_Up, ALT | SHIFT)
    qtbot.keyClick(page.list, Qt.Key.Key_Up, ALT | SHIFT)
    assert order(ctx)[0] == "Interview P1"


def test_rows_move_by_dragging(ctx: Context, page: TranscriptsPage) -> None:
    move = Qt.DropAction.MoveAction
    data = page.model.mimeData([page.model.index(2, TITLE)])
    assert page.model.dropMimeData(data, move, 0, 0, page.model.index(-1, -1))
    assert order(ctx) == ["지현과의 면담", "Interview P1", "Interview P2"]
    data = page.model.mimeData([page.model.index(row, column) for row in (0, 1) for column in (0, 1)])
    assert page.model.dropMimeData(data, move, 3, 0, page.model.index(-1, -1))
    assert order(ctx) == ["Interview P2", "지현과의 면담", "Interview P1"]
    assert ctx.project.undo_name() == "Reorder transcripts"
    page.search.setText("interview")
    data = page.model.mimeData([page.model.index(1, TITLE)])
    assert page.model.dropMimeData(data, move, 0, 0, page.model.index(-1, -1))
    assert order(ctx) == ["Interview P1", "Interview P2", "지현과의 면담"]


def test_keys_mark_several_at_once(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_Down, SHIFT)
    assert page.details.title.text() == "2 transcripts chosen"
    qtbot.keyClick(page.list, Qt.Key.Key_G, CTRL | SHIFT)
    assert shown(page, STATUS) == ["Finished", "Finished", "Not started"]
    assert page.details.status.currentText() == "Finished"
    ctx.undo()
    assert shown(page, STATUS) == ["Not started"] * 3
    qtbot.keyClick(page.list, Qt.Key.Key_G, CTRL | ALT)
    statuses = ctx.project.documents.statuses()
    me = ctx.project.coders.current.guid
    assert [statuses.get((guid, me)) for guid in guids(ctx)] == [Status.IN_PROGRESS, Status.IN_PROGRESS, None]


def test_the_status_of_a_row_is_pressed(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    rect = page.list.visualRect(page.model.index(1, STATUS))
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    menu = next(menu for menu in page.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text().startswith("Finished")).trigger()
    menu.close()
    assert shown(page, STATUS) == ["Not started", "Finished", "Not started"]


def test_everybodys_status_shows_only_with_everyones(ctx: Context, page: TranscriptsPage) -> None:
    ben = ctx.project.coders.named("Ben").guid
    ctx.run(ctx.project.documents.set_status, guids(ctx)[0], Status.FINISHED, ben)
    assert page.list.isColumnHidden(EVERYONE)
    ctx.set_everyone(True)
    assert not page.list.isColumnHidden(EVERYONE)
    assert shown(page, EVERYONE)[0] == "Ann: Not started  Ben: Finished"
    ctx.set_everyone(False)
    assert page.list.isColumnHidden(EVERYONE)


def test_removing_tells_first_and_can_be_undone(
    qtbot: QtBot, ctx: Context, page: TranscriptsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    answers = iter([False, True])

    def answer(parent: object, title: str, text: str, yes: str, *, danger: bool) -> bool:
        told.append(text)
        return next(answers)

    monkeypatch.setattr(page_module, "confirm", answer)
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert len(order(ctx)) == 3
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert order(ctx) == ["Interview P2", "지현과의 면담"]
    assert "1 transcript" in told[0]
    assert page.list.guids()
    ctx.undo()
    assert shown(page, TITLE) == ["Interview P1", "Interview P2", "지현과의 면담"]


def test_enter_and_double_click_open(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(ctx.pageWanted) as wanted:
        qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert wanted.args == ["code"]
    assert ctx.document == guids(ctx)[1]
    at = page.list.visualRect(page.model.index(2, TITLE)).center()
    with qtbot.waitSignal(ctx.pageWanted):
        qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert ctx.document == guids(ctx)[2]


def test_the_filter_keeps_what_fits(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    qtbot.keyClick(page, Qt.Key.Key_F, CTRL)
    assert page.search.hasFocus()
    qtbot.keyClicks(page.search, "p10 JIHYUN")
    assert shown(page, TITLE) == ["지현과의 면담"]
    assert page.count.text() == "1 of 3"
    page.search.setText("nobody at all")
    assert page.rows_stack.currentWidget() is page.nothing
    qtbot.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(shown(page, TITLE)) == 3
    assert page.list.hasFocus()


def test_speakers_are_matched_at_any_time(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    table, model = page.details.speakers, page.details.model
    row = next(row for row, speaker in enumerate(model.speakers) if speaker.name == "Mara")
    for text, label in (("Nurse 3", "Nurse 3"), ("p2", "P2")):
        table.setFocus()
        table.setCurrentIndex(model.index(row, PARTICIPANT))
        qtbot.keyClick(table, Qt.Key.Key_Return)
        box = table.indexWidget(table.currentIndex())
        assert isinstance(box, QComboBox)
        qtbot.keyClicks(box, text)
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert model.index(row, PARTICIPANT).data() == label
        assert shown(page, PEOPLE)[0] == label
    assert ctx.project.undo_name() == "Match speaker"
    assert model.setData(model.index(row, ROLE), "interviewer")
    assert model.index(row, PARTICIPANT).data() == ""
    speaker = ctx.project.documents.speakers(guids(ctx)[0])[row]
    assert (speaker.role, speaker.participant) == (Role.INTERVIEWER, None)
    table.setCurrentIndex(model.index(row, PARTICIPANT))
    assert model.setData(model.index(row, PARTICIPANT), "P1")
    assert ctx.project.documents.speakers(guids(ctx)[0])[row].role is Role.PARTICIPANT


def test_memos_belong_to_the_chosen_transcript(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    qtbot.keyClicks(page.details.memos.cards[-1].editor, "Listen again")
    page.list.setFocus()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    page.details.memos.flush()
    [memo] = ctx.project.memos.about(MemoTarget.DOCUMENT, guids(ctx)[0])
    assert memo.text == "Listen again"
    assert page.details.memos.cards[0].memo is None


def test_an_empty_project_invites_to_drop(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    ctx.run(ctx.project.documents.remove, guids(ctx))
    assert page.stack.currentWidget() is page.drop_area
    assert page.import_first.isVisible()
    ctx.undo()
    assert page.stack.currentWidget() is not page.drop_area
    assert len(shown(page, TITLE)) == 3


def test_a_read_only_project_changes_nothing(qtbot: QtBot, project: Project) -> None:
    ctx = Context(Settings(), Work(inline=True))
    ctx.set_project(Project.from_snapshot(project.snapshot(), project.coders.current.guid))
    page = TranscriptsPage(ctx)
    qtbot.addWidget(page)
    page.come_up()
    assert not page.import_button.isEnabled()
    assert not page.model.flags(page.model.index(0, TITLE)) & Qt.ItemFlag.ItemIsEditable
    with qtbot.waitSignal(ctx.problem):
        page.import_files([])
    page.list.statusPressed.emit(page.list.guids()[0], QPoint(0, 0))
    assert QApplication.activePopupWidget() is None
    ctx.close_project()


def test_the_models_keep_qts_rules(qtbot: QtBot, ctx: Context, page: TranscriptsPage) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(m, mode) for m in (page.model, page.details.model, page.people.model)]
    qtbot.keyClick(page.list, Qt.Key.Key_Down, ALT | SHIFT)
    page.search.setText("p1")
    ctx.run(ctx.project.documents.remove, guids(ctx)[:1])
    ctx.run(ctx.project.participants.add_attribute, "Age")
    ctx.undo()
    ctx.undo()
    assert len(testers) == 3
