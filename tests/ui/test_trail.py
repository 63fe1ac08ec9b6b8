"""The audit trail and the story of a code, read in a window of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from ui import report_desk
from ui.report_desk import ALT, CONTROL, SHIFT, fill, open_window

from coder_app.core.model import MemoTarget
from coder_app.project.project import Project
from coder_app.ui.agreement.settle import gate
from coder_app.ui.context import Context
from coder_app.ui.report import files
from coder_app.ui.settings import Settings
from coder_app.ui.trail.model import PAGE, TrailModel
from coder_app.ui.trail.sentences import in_order
from coder_app.ui.trail.window import TrailWindow
from coder_app.ui.window import Window
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def press(widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key in the window of a widget, once it is the active one."""
    widget.window().activateWindow()
    assert QTest.qWaitForWindowActive(widget.window())
    report_desk.press(widget, key, *modifiers)


@pytest.fixture
def window(qtbot: QtBot, project: Project) -> Iterator[Window]:
    """The window over a coded project, Ann at work."""
    fill(project)
    made = open_window(project, "report")
    qtbot.addWidget(made)
    yield made
    made.close()


@pytest.fixture
def reader(window: Window) -> TrailWindow:
    """The audit trail, opened by its key."""
    press(window, Qt.Key.Key_H, CONTROL, ALT)
    found = window.commands.trail.reader
    assert found is not None
    assert found.isVisible()
    return found


def lines(reader: TrailWindow) -> list[str]:
    model = reader.model
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def choose(reader: TrailWindow, words: str) -> None:
    row = next(row for row, line in enumerate(lines(reader)) if words in line)
    reader.table.setCurrentIndex(reader.model.index(row, 0))


def pick(choice: object, text: str) -> None:
    """Choose from a list as a hand would."""
    at = choice.findText(text)  # type: ignore[attr-defined]
    assert at >= 0, text
    choice.setCurrentIndex(at)  # type: ignore[attr-defined]
    choice.activated.emit(at)  # type: ignore[attr-defined]


def test_it_tells_the_newest_first_and_what_others_coded_once_she_chose_to_look(
    reader: TrailWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = lines(reader)
    assert told[0] == "Ben marked “Interview P1” and “Interview P2” as finished."
    assert told[-1] == "Ann began the project “Small study”."
    assert not [line for line in told if "fear" in line]
    assert reader.blind.isVisible()
    assert reader.count.text() == f"{len(told)} actions"
    assert QTest.qWaitForWindowActive(reader)
    assert reader.table.hasFocus()
    assert reader.whole.toPlainText() == told[0]
    asked: list[bool] = []
    monkeypatch.setattr(gate, "_ask", lambda *_: bool(asked.append(True)) or len(asked) > 1)
    reader.everyone_button.click()
    assert asked == [True]
    assert not [line for line in lines(reader) if "fear" in line]
    reader.everyone_button.click()
    assert (
        "Ben put “Shared experience” on “She knew more about fear than I do 🙂” in “Interview P1”"
        in "".join(lines(reader))
    )
    assert not reader.blind.isVisible()


def test_filters_narrow_it_and_one_key_shows_everything_again(reader: TrailWindow) -> None:
    everything = len(lines(reader))
    pick(reader.filters.coder, "Ben")
    assert lines(reader)[-1] == "Ben joined the project as a coder."
    pick(reader.filters.kind, "Codings")
    assert lines(reader) == []
    assert reader.whole.toPlainText() == "No action answers to that."
    assert not reader.export_button.isEnabled()
    press(reader, Qt.Key.Key_R, CONTROL)
    assert len(lines(reader)) == everything
    press(reader, Qt.Key.Key_F, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), "short DEF")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert lines(reader) == []
    reader.filters.words.setText("dares to rely")
    QTest.keyClick(reader.filters.words, Qt.Key.Key_Return)
    assert len(lines(reader)) == 1
    QTest.keyClick(reader.filters.words, Qt.Key.Key_Down)
    assert reader.table.hasFocus()
    reader.reset()
    pick(reader.filters.document, "Group")
    pick(reader.filters.code, "  Shared experience")
    assert len(lines(reader)) == 1
    reader.reset()
    reader.filters.since.setText("2200-01-01")
    QTest.keyClick(reader.filters.since, Qt.Key.Key_Return)
    assert lines(reader) == []
    reader.filters.since.setText("first of May")
    QTest.keyClick(reader.filters.since, Qt.Key.Key_Return)
    assert reader.filters.since.property("kind") == "wrong"
    assert reader.count.text().startswith("“first of May” is no day: write it as 20")
    assert len(lines(reader)) == everything


def test_what_an_action_speaks_of_is_opened(reader: TrailWindow, window: Window) -> None:
    opened: list[tuple[object, ...]] = []
    window.ctx.openPlace.disconnect()
    window.ctx.openPlace.connect(lambda *place: opened.append(place))
    choose(reader, "nobody told me")
    QTest.keyClick(reader.table, Qt.Key.Key_Return)
    project = window.ctx.project
    (first,) = [c for c in project.codings.all([project.coders.current.guid]) if c.exemplar]
    assert opened == [(first.document, first.start, first.end)]
    choose(reader, "short definition")
    press(reader, Qt.Key.Key_Return, CONTROL)
    assert window.ctx.code == project.codes.tree().named("Trust")[0].guid
    choose(reader, "began the project")
    reader.open_current()
    assert "nothing that could be opened" in window.toast.text


def test_the_whole_of_a_long_text_is_read(reader: TrailWindow, window: Window) -> None:
    project = window.ctx.project
    note = "A thought that goes on. " * 40
    window.ctx.run(project.memos.add, MemoTarget.PROJECT, project.guid, note)
    reader.look()
    choose(reader, "A thought")
    assert reader.whole.toPlainText() == f"Ann wrote a memo on the project: “{note.strip()}”"
    assert "…" in lines(reader)[0]


def test_a_new_action_is_there_and_what_is_undone_is_marked(reader: TrailWindow, window: Window) -> None:
    ctx = window.ctx
    ctx.run(ctx.project.codes.add, "낙인")
    reader.look()
    assert lines(reader)[0] == "Ann made the code “낙인”."
    ctx.undo()
    reader.look()
    assert lines(reader)[:2] == [
        "Ann took back “New code: 낙인”: deleted the code “낙인”.",
        "(taken back) Ann made the code “낙인”.",
    ]
    assert reader.entry is not None
    assert reader.entry.sentence.startswith("Ben marked")  # the one that was looked at
    window.commands.close_project()
    assert not reader.isVisible()
    assert lines(reader) == []


def test_the_story_of_a_theme_is_told_copied_and_exported(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = window.ctx
    theme = ctx.project.codes.tree().named("Trust")[0].guid
    ctx.run(ctx.project.codes.rename, theme, "Trust: or not?")
    ctx.trailWanted.emit(theme)
    reader = window.commands.trail.reader
    assert reader is not None
    assert reader.title.text() == "How “Trust: or not?” came to be"
    told = lines(reader)
    assert told[0] == "Ann made the theme “Trust”."
    assert told[-1] == "Ann renamed “Trust” to “Trust: or not?”."
    assert not reader.filters.isVisible()
    press(reader, Qt.Key.Key_C, CONTROL, SHIFT)
    copied = QApplication.clipboard().text().splitlines()
    assert copied[0] == "How “Trust: or not?” came to be"
    assert [line.split("\t")[-1] for line in copied[2:]] == told
    monkeypatch.setattr(files, "ask_file", lambda parent, title, suggested, kinds: tmp_path / suggested.name)
    press(reader, Qt.Key.Key_S, CONTROL, SHIFT)
    rows = load_workbook(tmp_path / "How Trust_ or not_ came to be.xlsx")["Story"].iter_rows(values_only=True)
    assert [row[3] for row in rows][1:] == told
    reader.all_button.click()
    assert reader.title.text() == "Audit trail"
    choose(reader, "short definition")
    press(reader, Qt.Key.Key_Y, CONTROL, ALT)
    assert reader.node == theme
    press(reader, Qt.Key.Key_Escape)
    assert not reader.isVisible()


def test_a_long_trail_is_read_page_by_page(qapp: QApplication, project: Project) -> None:
    ctx = Context(Settings.load(), Work(inline=True))
    ctx.set_project(project)
    for number in range(PAGE + 8):
        ctx.project.memos.add(MemoTarget.PROJECT, ctx.project.guid, f"Note {number}")
    read: list[int] = []

    def told(ids: object) -> list[object]:
        read.append(len(ids))  # type: ignore[arg-type]
        return ctx.project.audit.told(ids)  # type: ignore[arg-type,return-value]

    model = TrailModel(ctx, told, ctx)  # type: ignore[arg-type]
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for ids in ctx.project.audit.ids():
        model.add(ids[:40])
        model.add(ids[40:])
    read.clear()
    assert f"Note {PAGE + 7}" in str(model.index(0, 1).data())
    assert str(model.index(PAGE - 1, 1).data())
    assert len(read) <= 1  # the first page may have been read for the tester
    assert model.index(model.rowCount() - 1, 1).data() == "Ann began the project “Small study”."
    assert model.rowCount() == ctx.project.audit.count()


def test_names_from_right_to_left_stay_where_they_are() -> None:
    sentence = "דנה moved “א”, “ב” and “Fear” from “ג” to “Trust”."
    apart = (
        "\u2068דנה\u2069 moved “\u2068א\u2069”, “\u2068ב\u2069” and “Fear” from “\u2068ג\u2069” to “Trust”."
    )
    assert in_order(sentence, "דנה") == apart
    assert in_order("Ann renamed “a” to “b”.", "Ann") == "Ann renamed “a” to “b”."
