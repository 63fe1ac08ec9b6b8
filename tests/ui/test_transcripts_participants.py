"""The table of participants: typed, pasted, read from the screen and from the project."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from coder_app.core.errors import UserError
from coder_app.core.model import MemoTarget
from coder_app.project.project import Project
from coder_app.ui.context import Context
from coder_app.ui.settings import Settings
from coder_app.ui.sharing.joining import JoinParticipants
from coder_app.ui.transcripts import participants_panel, pasting
from coder_app.ui.transcripts.page import TranscriptsPage
from coder_app.ui.transcripts.participants_model import FIRST_ATTRIBUTE, LABEL, PSEUDONYM
from coder_app.ui.transcripts.participants_panel import ParticipantsPanel
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def ctx(project: Project) -> Context:
    made = Context(Settings(), Work(inline=True))
    made.set_project(project)
    return made


@pytest.fixture
def people(qtbot: QtBot, ctx: Context) -> ParticipantsPanel:
    page = TranscriptsPage(ctx)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.come_up()
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.show_people()
    return page.people


def table(people: ParticipantsPanel) -> list[list[str]]:
    model = people.model
    columns = range(model.columnCount())
    return [[model.index(row, column).data() for column in columns] for row in range(model.rowCount())]


def go_to(people: ParticipantsPanel, row: int, column: int) -> None:
    people.table.setFocus()
    people.table.setCurrentIndex(people.model.index(row, column))


def type_into(qtbot: QtBot, people: ParticipantsPanel, row: int, column: int, text: str) -> None:
    go_to(people, row, column)
    qtbot.keyClick(people.table, Qt.Key.Key_F2)
    editor = people.table.indexWidget(people.table.currentIndex())
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    editor.insert(text)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: people.table.indexWidget(people.table.currentIndex()) is None)


def heads(people: ParticipantsPanel) -> list[str]:
    model = people.model
    return [model.headerData(c, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole)
            for c in range(model.columnCount())]  # fmt: skip


def test_cells_are_typed_in_place(qtbot: QtBot, ctx: Context, people: ParticipantsPanel) -> None:
    assert table(people) == [["P1", "", "Interview P1"], ["P2", "", "Interview P2"]]
    type_into(qtbot, people, 0, PSEUDONYM, "שרה <b>")
    assert ctx.project.participants.all()[0].pseudonym == "שרה <b>"
    assert people.table.hasFocus()
    type_into(qtbot, people, 0, LABEL, "P10")
    assert [row[0] for row in table(people)] == ["P2", "P10"]
    assert people.table.currentIndex().data() == "P10"
    type_into(qtbot, people, 0, LABEL, "P3")
    assert [row[0] for row in table(people)] == ["P3", "P10"]
    ctx.undo()
    assert [row[0] for row in table(people)] == ["P2", "P10"]


def test_a_taken_id_is_refused(qtbot: QtBot, ctx: Context, people: ParticipantsPanel) -> None:
    with qtbot.waitSignal(ctx.problem):
        type_into(qtbot, people, 0, LABEL, "p2")
    assert [row[0] for row in table(people)] == ["P1", "P2"]


def test_a_participant_is_added_and_named_at_once(
    qtbot: QtBot, ctx: Context, people: ParticipantsPanel
) -> None:
    qtbot.mouseClick(people.add_button, Qt.MouseButton.LeftButton)
    editor = people.table.indexWidget(people.table.currentIndex())
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "P3"
    qtbot.keyClicks(editor, "N1")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ctx.project.participants.labelled("N1") is not None)
    assert [row[0] for row in table(people)] == ["N1", "P1", "P2"]


def test_attributes_come_change_and_go(
    qtbot: QtBot, ctx: Context, people: ParticipantsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["Age", "Age in years"])
    monkeypatch.setattr(participants_panel, "ask_text", lambda *_: next(answers))
    told: list[str] = []
    monkeypatch.setattr(participants_panel, "confirm", lambda *a, **_: told.append(a[2]) or True)
    people.add_attribute()
    assert heads(people) == ["Participant", "Pseudonym", "Age", "Speaks in"]
    type_into(qtbot, people, 1, FIRST_ATTRIBUTE, "34")
    assert ctx.project.participants.all()[1].attributes == {"Age": "34"}
    go_to(people, 1, FIRST_ATTRIBUTE)
    qtbot.keyClick(people.table, Qt.Key.Key_Delete)
    assert ctx.project.participants.all()[1].attributes == {}
    ctx.undo()
    assert table(people)[1][FIRST_ATTRIBUTE] == "34"
    go_to(people, 0, FIRST_ATTRIBUTE)
    people.rename_attribute()
    assert heads(people)[FIRST_ATTRIBUTE] == "Age in years"
    go_to(people, 0, FIRST_ATTRIBUTE)
    people.remove_attribute()
    assert told == ["Remove the attribute “Age in years”? Its value of 1 participant goes with it."]
    assert heads(people) == ["Participant", "Pseudonym", "Speaks in"]
    ctx.undo()
    assert table(people)[1][FIRST_ATTRIBUTE] == "34"


def test_who_speaks_somewhere_stays(qtbot: QtBot, ctx: Context, people: ParticipantsPanel) -> None:
    ctx.run(ctx.project.participants.add, "P7")
    people.table.selectAll()
    with qtbot.waitSignal(ctx.problem) as problem:
        people.remove()
    assert "speaks in" in problem.args[0]
    assert [row[0] for row in table(people)] == ["P1", "P2", "P7"]
    go_to(people, 2, LABEL)
    people.remove()
    assert [row[0] for row in table(people)] == ["P1", "P2"]


def test_a_table_is_pasted_as_one_step(qtbot: QtBot, ctx: Context, people: ParticipantsPanel) -> None:
    QGuiApplication.clipboard().setText(
        'ID\tPseudonym\tProfession\t"Years of\nexperience"\r\nP10\tIda\tNurse\t9\r\np2\tJonas\t\t24\r\n'
    )
    go_to(people, 0, 0)
    with qtbot.waitSignal(ctx.message) as told:
        qtbot.keyClick(people.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert told.args == ["2 participants pasted, 1 of them new."]
    assert heads(people)[2:4] == ["Profession", "Years of experience"]
    assert [row[:4] for row in table(people)] == [
        ["P1", "", "", ""],
        ["P2", "Jonas", "", "24"],
        ["P10", "Ida", "Nurse", "9"],
    ]
    assert ctx.project.undo_name() == "Paste participants"
    ctx.undo()
    assert table(people) == [["P1", "", "Interview P1"], ["P2", "", "Interview P2"]]


def test_nonsense_on_the_clipboard_changes_nothing(
    qtbot: QtBot, ctx: Context, people: ParticipantsPanel
) -> None:
    go_to(people, 0, 0)
    for text in (
        "",
        " \n ",
        "P1\tx\nP1\ty",
        "ID\tAge\tage\nP1\t3\t4",
        "P1\ta\tb\tc",
        "ID\tAge\n" + "x" * 400 + "\t3",
    ):
        QGuiApplication.clipboard().setText(text)
        with qtbot.waitSignal(ctx.problem):
            qtbot.keyClick(people.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert table(people) == [["P1", "", "Interview P1"], ["P2", "", "Interview P2"]]
    assert ctx.project.undo_name() is None or "Paste" not in str(ctx.project.undo_name())


def test_memos_belong_to_the_chosen_participant(
    qtbot: QtBot, ctx: Context, people: ParticipantsPanel
) -> None:
    go_to(people, 1, LABEL)
    qtbot.keyClicks(people.memos.cards[-1].editor, "Speaks softly")
    go_to(people, 0, LABEL)
    guid = ctx.project.participants.all()[1].guid
    assert [memo.text for memo in ctx.project.memos.about(MemoTarget.PARTICIPANT, guid)] == ["Speaks softly"]


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ("ID\tAge\nP1\t34", ("Age",), (("P1", ("34",)),)),
        ("\tSEX\tage\nP1\tf\t3", ("SEX", "Age"), (("P1", ("f", "3")),)),
        (
            "P1\tMara\t34\nP2\tJonas",
            (pasting.PSEUDONYM, "Age"),
            (("P1", ("Mara", "34")), ("P2", ("Jonas", ""))),
        ),
        ("참여자\t가명\n지현\t수", (pasting.PSEUDONYM,), (("지현", ("수",)),)),
        ("P3\nP4\n\n", (), (("P3", ()), ("P4", ()))),
        ('ID\tNote\nP1\t"two\nlines, \t one cell"', ("Note",), (("P1", ("two lines, one cell",)),)),
    ],
)
def test_tables_are_understood(
    text: str, columns: tuple[str, ...], rows: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    assert pasting.understood(text, ["Age"], ["P1"]) == pasting.Pasted(columns, rows)


@pytest.mark.parametrize(
    "text", ["\t\t", "ID\t\nP1\t3", "ID\tAge\n\t3", "\n".join(f"P{n}" for n in range(6000))]
)
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        pasting.understood(text, ["Age"], [])


def test_two_participants_who_are_one_are_joined(
    qtbot: QtBot, ctx: Context, people: ParticipantsPanel
) -> None:
    project = ctx.project
    one, other = project.participants.all()
    project.participants.set_attribute(one.guid, "Age", "34")
    project.participants.set_attribute(other.guid, "Age", "35")
    project.participants.set_pseudonym(other.guid, "שרה")
    ctx.spread()
    go_to(people, 1, LABEL)
    people.join()
    question = QApplication.activeModalWidget()
    assert isinstance(question, JoinParticipants)
    assert [choice.currentText() for choice in question.choices] == ["P2", "P1"]
    assert "Age: “35” stays, “34” goes." in question.told.text()
    question.choices[1].setCurrentIndex(1)
    assert not question.do.isEnabled()
    question.choices[1].setCurrentIndex(0)
    question.ways[1].setChecked(True)
    assert "Taken over, because “P1” has none: Pseudonym." in question.told.text()
    qtbot.keyClick(question, Qt.Key.Key_Return)
    assert table(people) == [["P1", "שרה", "34", "Interview P1, Interview P2"]]
    assert people.current == one.guid
    ctx.undo()
    assert [row[0] for row in table(people)] == ["P1", "P2"]
