"""Files go through the import as a person would bring them: dropped, looked at, mended by keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from coder_app.core.errors import UserError
from coder_app.core.model import Role
from coder_app.project.checking import check, fingerprint
from coder_app.project.project import Project
from coder_app.ui import work as work_module
from coder_app.ui.context import Context
from coder_app.ui.settings import Settings
from coder_app.ui.transcripts.file_list import STATE
from coder_app.ui.transcripts.import_dialog import ImportDialog
from coder_app.ui.transcripts.page import TranscriptsPage
from coder_app.ui.transcripts.speakers_model import INTO, NAME, PARTICIPANT, ROLE, SAYS
from coder_app.ui.work import Work

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LONG = "It began slowly, and after some weeks it went on much better than anybody thought."


def interview(person: str, asks: str = "Interviewer", extra: str = "") -> str:
    turns = [
        f"{asks}: How did it begin?",
        f"{person}: {LONG}",
        f"{asks}: And then?",
        f"{person}: {LONG} {extra}",
    ]
    return "\n\n".join(turns * 2) + "\n"


@pytest.fixture
def ctx(project: Project) -> Context:
    made = Context(Settings(), Work(inline=True))
    made.set_project(project)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "interviews"
    made.mkdir()
    return made


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def opened(qtbot: QtBot, ctx: Context, *paths: Path) -> ImportDialog:
    dialog = ImportDialog(ctx, paths)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog, before_close_func=_forget)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def _forget(dialog: QWidget) -> None:
    assert isinstance(dialog, ImportDialog)
    dialog._touched = False


def titles(ctx: Context) -> list[str]:
    return [document.title for document in ctx.project.documents.all()]


def cell(dialog: ImportDialog, name: str, column: int) -> str:
    model = dialog.pane.speakers
    return str(model.index(model.row_of(name), column).data())


def choose(qtbot: QtBot, dialog: ImportDialog, name: str, column: int, text: str) -> None:
    """Open a cell with Enter and choose or type an answer."""
    model, table = dialog.pane.speakers, dialog.pane.table
    table.setFocus()
    table.setCurrentIndex(model.index(model.row_of(name), column))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    box = table.indexWidget(table.currentIndex())
    assert isinstance(box, QComboBox)
    if box.isEditable():
        assert box.hasFocus()
        qtbot.keyClicks(box, text)
        qtbot.keyClick(box, Qt.Key.Key_Return)
    else:
        QApplication.processEvents()
        box.hidePopup()
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())


def test_a_batch_is_imported_as_one_step_and_undone(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    paths = [write(folder, f"Talk {n}.txt", interview(name)) for n, name in ((10, "Zoe"), (2, "Yan"))]
    dialog = opened(qtbot, ctx, *paths)
    assert [dialog.model.index(row).data() for row in range(2)] == ["Talk 2.txt", "Talk 10.txt"]
    assert dialog.go.text() == "Import 2 transcripts"
    assert dialog.summary.text() == "2 new participants: P3, P4"
    with qtbot.waitSignal(dialog.imported) as imported:
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(imported.args[0]) == 2
    assert titles(ctx) == ["Interview P1", "Interview P2", "Talk 2", "Talk 10"]
    assert [person.label for person in ctx.project.participants.all()] == ["P1", "P2", "P3", "P4"]
    assert ctx.project.undo_name() == "Import 2 transcripts"
    ctx.undo()
    assert titles(ctx) == ["Interview P1", "Interview P2"]
    assert [person.label for person in ctx.project.participants.all()] == ["P1", "P2"]


def test_answers_by_keyboard_reach_the_project(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    dialog = opened(qtbot, ctx, write(folder, "a.txt", interview("Zoe", "Dana")))
    assert cell(dialog, "Zoe", PARTICIPANT) == "P3"
    choose(qtbot, dialog, "Zoe", PARTICIPANT, "P1")
    choose(qtbot, dialog, "Dana", ROLE, "Other")
    assert cell(dialog, "Zoe", PARTICIPANT) == "P1"
    assert cell(dialog, "Dana", ROLE) == "Other"
    assert dialog.summary.text() == "No new participants."
    dialog.pane.title.setFocus()
    dialog.pane.title.selectAll()
    qtbot.keyClicks(dialog.pane.title, "Second talk")
    qtbot.keyClicks(dialog.pane.date, "2026-03-31")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    document = ctx.project.documents.titled("Second talk")
    assert (document.date, document.source) == ("2026-03-31", "a.txt")
    speakers = {s.name: s for s in ctx.project.documents.speakers(document.guid)}
    assert speakers["Dana"].role is Role.OTHER
    known = ctx.project.participants.labelled("P1")
    assert known is not None
    assert speakers["Zoe"].participant == known.guid


def test_a_new_label_may_be_typed_and_the_answer_holds_for_all_files(
    qtbot: QtBot, ctx: Context, folder: Path
) -> None:
    paths = [write(folder, f"{n}.txt", interview("Zoe", extra=str(n))) for n in range(3)]
    dialog = opened(qtbot, ctx, *paths)
    choose(qtbot, dialog, "Zoe", PARTICIPANT, "Nurse 7")
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert dialog.pane.title.text() == "1"
    assert cell(dialog, "Zoe", PARTICIPANT) == "Nurse 7"
    dialog.pane.everywhere.setChecked(False)
    choose(qtbot, dialog, "Zoe", PARTICIPANT, "Nurse 8")
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert cell(dialog, "Zoe", PARTICIPANT) == "Nurse 7"
    assert dialog.summary.text() == "2 new participants: Nurse 7, Nurse 8"


def test_the_preview_tells_that_a_table_became_text(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    written = docx.Document()
    written.add_table(1, 2).rows[0].cells[0].text = "Interviewer"
    written.save(str(folder / "x.docx"))
    dialog = opened(qtbot, ctx, folder / "x.docx")
    assert dialog.pane.note.isVisible()
    assert dialog.pane.note_text.text() == "The table in “x.docx” was read as text, cell by cell."


def test_spellings_are_proposed_visibly_and_can_be_parted(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    text = interview("Zoe") + "\n" + interview("Zoe", "Interviewer (Dana)")
    dialog = opened(qtbot, ctx, write(folder, "a.txt", text))
    assert "Interviewer (Dana) → Interviewer" in dialog.pane.note_text.text()
    assert cell(dialog, "Interviewer (Dana)", INTO) == "Interviewer"
    choose(qtbot, dialog, "Interviewer (Dana)", INTO, "nobody else")
    assert dialog.pane.note.isHidden()
    dialog.import_now()
    guid = ctx.project.documents.titled("a").guid
    assert len(ctx.project.documents.speakers(guid)) == 3


def test_bad_files_say_why_and_the_others_go_on(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    bad = [
        write(folder, "empty.txt", ""),
        write(folder, "binary.txt", "", "utf-8"),
        write(folder, "broken.docx", "PK\x03\x04 this is no document"),
        folder / "vanished.txt",
        write(folder, "captions.vtt", "WEBVTT\n\n"),
    ]
    bad[1].write_bytes(bytes(range(256)) * 20)
    good = write(folder, "good.txt", interview("Zoe"))
    dialog = opened(qtbot, ctx, *bad, good)
    assert dialog.banner.isVisible()
    assert dialog.banner.text.startswith("5 of 6 files cannot be read.")
    assert dialog.current is not None
    assert dialog.current.name == "good.txt"
    states = [dialog.model.index(row).data(STATE) for row in range(6)]
    told = dict(zip((file.name for file in dialog.batch.files), states, strict=True))
    assert told["empty.txt"] == "“empty.txt” is empty."
    assert "vanished.txt" in told["vanished.txt"]
    assert all(told[path.name].endswith(".") and len(told[path.name]) > 15 for path in bad)
    dialog.import_now()
    assert titles(ctx)[2:] == ["good"]


def test_a_file_that_came_back_is_read_again_or_left_out(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    lost, empty = folder / "lost.txt", write(folder, "empty.txt", "")
    dialog = opened(qtbot, ctx, empty, lost)
    assert not dialog.go.isEnabled()
    assert dialog.summary.text() == "Nothing is ticked."
    assert "is empty" in dialog.pane.why.text()
    qtbot.mouseClick(dialog.pane.leave_out, Qt.MouseButton.LeftButton)
    assert [file.name for file in dialog.batch.files] == ["lost.txt"]
    write(folder, "lost.txt", interview("Zoe"))
    qtbot.mouseClick(dialog.pane.again, Qt.MouseButton.LeftButton)
    assert dialog.go.text() == "Import 1 transcript"
    assert cell(dialog, "Zoe", PARTICIPANT) == "P3"


def test_another_encoding_reads_the_file_again(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    text = interview("Chloé", extra="déjà vu")
    dialog = opened(qtbot, ctx, write(folder, "a.txt", text, "cp1252"))
    assert dialog.pane.speakers.row_of("Chloé") >= 0
    box = dialog.pane.encoding
    box.setCurrentText("Windows-1251")
    box.activated.emit(box.currentIndex())
    assert dialog.pane.speakers.row_of("Chloй") >= 0
    assert box.currentText() == "Windows-1251"
    box.setCurrentText("UTF-8")
    box.activated.emit(box.currentIndex())
    assert "not written in UTF-8" in dialog.banner.text
    assert box.currentText() == "Windows-1251"
    box.setCurrentText("Windows-1252")
    box.activated.emit(box.currentIndex())
    dialog.import_now()
    guid = ctx.project.documents.titled("a").guid
    assert "déjà vu" in ctx.project.documents.content(guid).text


def test_the_same_text_is_told_and_imported_only_when_ticked(
    qtbot: QtBot, ctx: Context, folder: Path
) -> None:
    known = ctx.project.documents.content(ctx.project.documents.all()[0].guid).text
    dialog = opened(qtbot, ctx, write(folder, "again.txt", known))
    assert "“Interview P1” has the same text" in dialog.pane.note_text.text()
    assert not dialog.go.isEnabled()
    dialog.list.setFocus()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.go.isEnabled()
    dialog.import_now()
    assert titles(ctx)[2:] == ["again"]


@pytest.mark.parametrize(
    ("title", "date"), [("", "2026-01-01"), ("Fine", "2026-02-31"), ("Fine", "yesterday")]
)
def test_what_must_be_mended_is_shown_first(
    qtbot: QtBot, ctx: Context, folder: Path, title: str, date: str
) -> None:
    paths = [write(folder, f"{n}.txt", interview("Zoe", extra=str(n))) for n in range(2)]
    dialog = opened(qtbot, ctx, *paths)
    dialog.pane.title.selectAll()
    qtbot.keyClick(dialog.pane.title, Qt.Key.Key_Delete)
    qtbot.keyClicks(dialog.pane.title, title)
    qtbot.keyClicks(dialog.pane.date, date)
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    dialog.import_now()
    assert titles(ctx) == ["Interview P1", "Interview P2"]
    assert dialog.list.currentIndex().row() == 0
    assert dialog.banner.isVisible()
    assert (dialog.pane.date if title else dialog.pane.title).hasFocus()


def test_a_text_without_names_may_be_matched_as_a_whole(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    dialog = opened(qtbot, ctx, write(folder, "essay.txt", "I never liked it.\n\nThen I did.\n"))
    assert dialog.model.index(0).data(STATE) == "2 turns, no speakers found"
    dialog.pane.whole.setFocus()
    line = dialog.pane.whole.lineEdit()
    assert line is not None
    line.selectAll()
    qtbot.keyClicks(line, "p2")
    dialog.import_now()
    guid = ctx.project.documents.titled("essay").guid
    person = ctx.project.participants.labelled("P2")
    assert person is not None
    assert [s.participant for s in ctx.project.documents.speakers(guid)] == [person.guid]
    assert len(ctx.project.participants.all()) == 2


def test_the_beginning_is_shown_as_it_will_look(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    text = "שרה: הייתי שם כל הזמן, ולא ידעתי מה לעשות.\n\nמראיין: ומה קרה?\n\n" * 3
    dialog = opened(qtbot, ctx, write(folder, "hebrew.txt", text))
    assert dialog.pane.preview.toPlainText().startswith("שרה: הייתי שם")
    assert dialog.pane.speakers.row_of("שרה") >= 0
    assert cell(dialog, "מראיין", ROLE) == "Interviewer"


def test_names_are_words_not_markup(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    cue = "WEBVTT\n\n" + "".join(
        f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n<v =1+1 &lt;b&gt;>Words {n} are here\n\n"
        for n in range(4)
    )
    dialog = opened(qtbot, ctx, write(folder, "odd.vtt", cue))
    speaker = dialog.pane.speakers.speakers[0]
    assert dialog.pane.speakers.index(0, NAME).data() == speaker.name
    dialog.import_now()
    guid = ctx.project.documents.titled("odd").guid
    assert [s.name for s in ctx.project.documents.speakers(guid)] == [speaker.name]


def test_a_refusal_of_the_project_is_shown_here_and_nothing_is_lost(
    qtbot: QtBot, ctx: Context, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Iterator[tuple[int, int]]:
        yield 0, 1
        raise UserError("The disk is full.")

    dialog = opened(qtbot, ctx, write(folder, "a.txt", interview("Zoe")))
    monkeypatch.setattr(ctx.project.documents, "add_in_pieces", full)
    dialog.import_now()
    assert dialog.isVisible()
    assert dialog.banner.text == "The disk is full."
    monkeypatch.undo()
    dialog.import_now()
    assert titles(ctx)[2:] == ["a"]


def test_escape_asks_before_answers_are_lost(
    qtbot: QtBot, ctx: Context, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def stay(*args: object) -> QMessageBox.StandardButton:
        asked.append(str(args[2]))
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", stay)
    dialog = opened(qtbot, ctx, write(folder, "a.txt", interview("Zoe")))
    choose(qtbot, dialog, "Zoe", PARTICIPANT, "P1")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(asked) == 1
    assert dialog.isVisible()
    untouched = opened(qtbot, ctx, write(folder, "b.txt", interview("Zoe")))
    qtbot.keyClick(untouched, Qt.Key.Key_Escape)
    assert len(asked) == 1
    assert not untouched.isVisible()


def test_fifty_files_are_read_beside_the_window_and_imported(
    qtbot: QtBot, project: Project, folder: Path
) -> None:
    ctx = Context(Settings(), Work())
    ctx.set_project(project)
    paths = [
        write(folder, f"I{n}.txt", interview(f"Person {chr(65 + n % 26)}", extra=str(n))) for n in range(50)
    ]
    dialog = ImportDialog(ctx, paths)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.ready, timeout=20000):
        dialog.show()
        assert dialog.stack.currentIndex() == 0
    with qtbot.waitSignal(dialog.imported, timeout=20000):
        dialog.import_now()
    assert len(ctx.project.documents.all()) == 52
    assert len(ctx.project.participants.all()) == 28


def test_reading_can_be_cancelled(qtbot: QtBot, project: Project, folder: Path) -> None:
    ctx = Context(Settings(), Work())
    ctx.set_project(project)
    paths = [write(folder, f"I{n}.txt", interview("Zoe", extra=str(n))) for n in range(30)]
    dialog = ImportDialog(ctx, paths)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    ready: list[bool] = []
    dialog.ready.connect(lambda: ready.append(True))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not ctx.work.busy, timeout=20000)
    assert not dialog.isVisible()
    assert ready == []
    assert len(project.documents.all()) == 2


def test_files_and_folders_are_dropped_on_the_page(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    write(folder, "one.txt", interview("Zoe"))
    write(folder, "picture.png", "no")
    lone = write(folder.parent, "two.md", interview("Yan"))
    page = TranscriptsPage(ctx)
    qtbot.addWidget(page)
    page.come_up()
    page.show()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder)), QUrl.fromLocalFile(str(lone))])
    where, copy, left = QPoint(200, 200), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(where, copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, enter)
    assert enter.isAccepted()
    assert page.veil.isVisible()
    drop = QDropEvent(QPointF(where), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, drop)
    assert drop.isAccepted()
    assert not page.veil.isVisible()
    assert page.dialog is not None
    assert [file.name for file in page.dialog.batch.files] == ["one.txt", "two.md"]
    page.dialog.import_now()
    assert page.dialog is None
    assert [row.document.title for row in page.model.rows] == ["Interview P1", "Interview P2", "one", "two"]
    assert [ctx.project.documents.get(guid).title for guid in page.list.guids()] == ["one", "two"]


def test_a_project_file_is_left_to_the_window(qtbot: QtBot, ctx: Context) -> None:
    page = TranscriptsPage(ctx)
    qtbot.addWidget(page)
    page.come_up()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(os.path.abspath("other.coder"))])
    enter = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(page, enter)
    assert not enter.isAccepted()


def test_the_models_keep_qts_rules(qtbot: QtBot, ctx: Context, folder: Path) -> None:
    paths = [write(folder, f"{n}.txt", interview("Zoe", extra=str(n))) for n in range(2)]
    dialog = opened(qtbot, ctx, *paths)
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode) for model in (dialog.model, dialog.pane.speakers)]
    dialog.list.setCurrentIndex(dialog.model.index(1))
    choose(qtbot, dialog, "Zoe", PARTICIPANT, "P8")
    assert dialog.pane.speakers.columnCount() == SAYS + 1
    assert len(testers) == 2


@pytest.fixture
def written(qtbot: QtBot, project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch) -> ImportDialog:
    """The import of four transcripts, where each takes longer than the window is kept waiting."""
    monkeypatch.setattr(work_module, "AT_A_STRETCH", 0.0)
    ctx = Context(Settings(), Work())
    ctx.set_project(project)
    paths = [write(folder, f"{n}.txt", interview("Zoe", extra=str(n))) for n in range(4)]
    dialog = ImportDialog(ctx, paths)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog, before_close_func=_forget)
    with qtbot.waitSignal(dialog.ready, timeout=20000):
        dialog.open()
    return dialog


def when_writing(dialog: ImportDialog, do: Callable[[], None]) -> list[str]:
    """Call this from the event loop once the second transcript is about to be written."""
    turns: list[str] = []

    def look() -> None:
        turns.append(dialog.reading.text())
        if turns[-1] == "Writing 1 of 4" and turns.count(turns[-1]) == 1:
            do()

    ticking = QTimer(dialog, interval=0)
    ticking.timeout.connect(look)
    ticking.start()
    return turns


def test_the_window_lives_between_two_transcripts(qtbot: QtBot, written: ImportDialog) -> None:
    names: list[str | None] = []
    project = written.ctx.project
    turns = when_writing(written, lambda: names.append(project.undo_name()))
    with qtbot.waitSignal(written.imported, timeout=20000):
        qtbot.keyClick(written, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    seen = [text for text in dict.fromkeys(turns) if text.startswith("Writing")]
    assert {"Writing 1 of 4", "Writing 2 of 4", "Writing 3 of 4"} <= set(seen)
    assert seen == sorted(seen)
    assert not written.isVisible()
    assert titles(written.ctx)[2:] == ["0", "1", "2", "3"]
    assert project.undo_name() == "Import 4 transcripts"
    written.ctx.undo()
    assert len(titles(written.ctx)) == 2


def test_escape_while_writing_leaves_nothing_and_leads_back(qtbot: QtBot, written: ImportDialog) -> None:
    before = fingerprint(written.ctx.project)
    when_writing(written, lambda: qtbot.keyClick(written, Qt.Key.Key_Escape))
    written.import_now()
    qtbot.waitUntil(lambda: not written.ctx.work.busy, timeout=20000)
    assert fingerprint(written.ctx.project) == before
    assert not written.ctx.project.in_step
    assert written.isVisible()
    assert written.banner.text == "Stopped. Nothing was imported."
    assert written.list.hasFocus()
    with qtbot.waitSignal(written.imported, timeout=20000):
        written.import_now()
    assert titles(written.ctx)[2:] == ["0", "1", "2", "3"]


def test_no_other_action_joins_an_import(qtbot: QtBot, written: ImportDialog) -> None:
    ctx, told = written.ctx, list[str]()
    ctx.problem.connect(told.append)

    def act() -> None:
        ctx.run(ctx.project.codes.add, "Slipped in")
        ctx.undo()

    when_writing(written, act)
    with qtbot.waitSignal(written.imported, timeout=20000):
        written.import_now()
    assert len(told) == 2
    assert all("being imported" in sentence for sentence in told)
    assert "Slipped in" not in [code.name for code in ctx.project.codes.tree().nodes.values()]
    ctx.undo()
    assert len(titles(ctx)) == 2


def test_closing_the_project_while_writing_keeps_nothing(
    qtbot: QtBot, written: ImportDialog, tmp_path: Path
) -> None:
    path = written.ctx.project.path
    assert path is not None
    when_writing(written, written.ctx.close_project)
    written.import_now()
    qtbot.waitUntil(lambda: not written.ctx.has_project, timeout=20000)
    with Project.open(path) as again:
        assert len(again.documents.all()) == 2
        assert check(again).ok
