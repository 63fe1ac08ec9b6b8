"""Names that nobody expects, in every place a name can stand: file, window, every page, every export."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from helpers import document_of
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coder_app.cli import main
from coder_app.core.errors import UserError
from coder_app.core.model import Level, MemoTarget, Status
from coder_app.formats.exports import export
from coder_app.project.checking import check
from coder_app.project.project import Project
from coder_app.ui.app import first_window
from coder_app.ui.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NAMES = {
    "slashes": "a/b\\c/../d",
    "quotes": "\"double\" 'single' “curly” `back`",
    "lines": "one\ntwo\r\nthree\tfour\u2028five",
    "formula": "=1+1",
    "link": '=HYPERLINK("http://example.org","x")',
    "markup": "<b>bold</b> <img src=x> &amp; {html} %s {0}",
    "long": "very long name " * 19,
    "no break": "x" * 290,
    "emoji": "👩‍👩‍👧‍👦 🇰🇷 👍🏽",
    "rtl": "שָׁלוֹם עולם",
    "override": "\u202egnp.exe\u202c \u200f\u200b",
    "marks": "Z" + "\u0301\u0323" * 40,
    "device": "CON",
    "dots": "..",
    "dash": "-rf --help",
    "noncharacter": "a\ufffeb\U000e0001c",
    "ampersand": "&File && &Save",
}
REFUSED = {
    "long": "very long name " * 700,
    "no break": "x" * 10_000,
    "controls": "bell\x07 escape\x1b[31m back\x08 delete\x7f",
    "nothing": "",
    "spaces": " \n\t ",
}
"""Names that are refused in one sentence wherever they come."""


@pytest.fixture(params=NAMES.values(), ids=NAMES)
def study(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Project]:
    """One hostile name for project, coder, transcript, speaker, participant, attribute, codes and memos."""
    name = request.param
    path = tmp_path / "study.coder"
    with Project.create(path, name, name) as project:
        project.documents.add(
            [
                document_of(
                    f"{name} {number}",
                    ("Interviewer", "How was it?"),
                    (" ".join(name.split()) or "x", f"{name} I said."),
                    participants={" ".join(name.split()): name},
                )
                for number in (1, 2)
            ]
        )
        for person in project.participants.all():
            project.participants.set_pseudonym(person.guid, name)
            project.participants.set_attribute(person.guid, name, name)
            project.memos.add(MemoTarget.PARTICIPANT, person.guid, name)
        project.set_level_name(Level.THEME, name)
        theme = project.codes.add(name, Level.THEME)
        code = project.codes.add(name, parent=theme)
        for field in ("short", "full", "when", "when_not", "example", "plain"):
            project.codes.define(theme, field, name)
        other = project.coders.add(f"{name} too")
        for coder in (project.coders.current.guid, other):
            project.coders.switch(coder)
            for document in project.documents.all():
                turn = project.documents.transcript(document.guid).turns[1]
                guid = project.codings.apply(document.guid, turn.body, turn.end, code)
                project.codings.set_exemplar(guid, True)
                project.memos.add(MemoTarget.CODING, guid, f"{name} " * 30)
                project.documents.set_status(document.guid, Status.FINISHED)
        yield project


def test_the_file_stays_whole(study: Project) -> None:
    assert check(study).ok
    while study.undo_name() is not None:
        study.undo()
    while study.redo_name() is not None:
        study.redo()
    assert check(study).ok


def test_every_export_opens_again(study: Project, tmp_path: Path) -> None:
    for kind, name in (
        ("codebook", "codebook.xlsx"),
        ("quotes", "quotes.xlsx"),
        ("quotes", "quotes.docx"),
        ("agreement", "agreement.xlsx"),
    ):
        export(kind, study, tmp_path / "out" / name)
    written = export("member-check", study, tmp_path / "out" / "member-check")
    assert len(written) == len(study.participants.all())
    inside = {path.relative_to(tmp_path).parts[:2] for path in tmp_path.rglob("*") if path.is_file()}
    assert {parts[0] for parts in inside} <= {"out", "study.coder", "study.coder.lock"}
    for path in (tmp_path / "out").rglob("*.docx"):
        docx.Document(str(path))
    for path in (tmp_path / "out").glob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    ours = path.name == "agreement.xlsx"
                    assert ours or cell.data_type != "f", (path.name, cell.coordinate, cell.value)
                    assert cell.hyperlink is None
                    assert not (cell.data_type == "f" and "1+1" in str(cell.value))


@pytest.fixture
def window(study: Project, qtbot: QtBot) -> Iterator[Window]:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made = first_window(application)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    path = study.path
    assert path is not None
    study.close()
    project = Project.open(path)
    project.coders.switch(project.coders.all()[0].guid)
    made.ctx.set_project(project)
    yield made
    made.close()


def test_every_page_shows_it(window: Window, qtbot: QtBot) -> None:
    for everyone in (False, True):
        window.ctx.set_everyone(everyone)
        for key in window.page_specs:
            page = window.show_page(key)
            assert page is not None
            qtbot.waitUntil(lambda: not window.ctx.work.busy, timeout=20_000)
            window.grab()
            assert window.width() <= 1400, f"{key} makes the window wide"
            assert window.minimumSizeHint().width() <= 1366, f"{key} wants a wide window"
            assert window.minimumSizeHint().height() <= 768, f"{key} wants a high window"
    window.search.start()
    window.search.setText(window.ctx.project.name[:20])
    qtbot.waitUntil(lambda: not window.search.searching, timeout=20_000)
    window.show_coder_menu()
    menu = QApplication.activePopupWidget()
    if menu is not None:
        assert menu.width() <= 1366
        menu.close()
    assert len(window.windowTitle()) > 3


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; its status, what it prints, what it complains of."""

    def command(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return command


def test_the_command_line_takes_it(study: Project, tmp_path: Path, run: Run) -> None:
    name, path, coder = study.name, study.path, study.coders.all()[0].name
    study.close()
    status, out, complaint = run("info", path, "--json")
    assert (status, complaint, json.loads(out)["project"]) == (0, "", name)
    _, out, _ = run("info", path)
    assert not any((ord(c) < 32 and c != "\n") or ord(c) == 127 for c in out)
    talk = tmp_path / "talk.txt"
    talk.write_text("Mara: hello there\n")
    status, out, complaint = run("import", path, talk, f"--coder={coder}")
    assert (status, complaint) == (0, "")
    status, out, complaint = run("import", path, talk, f"--coder={coder} no")
    assert (status, out, len(complaint.splitlines())) == (2, "", 1)
    assert "went wrong" not in complaint


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_as_the_name_of_a_file(name: str, tmp_path: Path, run: Run) -> None:
    """A file of that name is made and opened, or refused with one sentence; nothing is made elsewhere."""
    study, talk = Path(f"{tmp_path}/{name}.coder"), Path(f"{tmp_path}/{name}.txt")
    status, _, complaint = run("new", study, "--coder", "Ann")
    assert (status, len(complaint.splitlines())) in ((0, 0), (2, 1))
    assert "went wrong" not in complaint
    if status:
        study = tmp_path / "study.coder"
        run("new", study, "--coder", "Ann")
    try:
        talk.write_text("Mara: hello there\n")
    except OSError:
        assert run("import", study, talk)[0] == 2
    else:
        assert run("import", study, talk)[0] == 0
    status, out, complaint = run("check", study, "--json")
    assert (status, complaint, json.loads(out)["ok"]) == (0, "", True)


@pytest.mark.parametrize("name", REFUSED.values(), ids=REFUSED)
def test_refused_everywhere_with_one_sentence(project: Project, name: str) -> None:
    before = check(project).fingerprint
    person, document = project.participants.all()[0].guid, project.documents.all()[0].guid
    code, coder = project.codes.tree().roots[0], project.coders.current.guid
    attempts: list[Callable[[], object]] = [
        lambda: project.set_name(name),
        lambda: project.set_level_name(Level.THEME, name),
        lambda: project.coders.add(name),
        lambda: project.coders.rename(coder, name),
        lambda: project.codes.add(name),
        lambda: project.codes.rename(code, name),
        lambda: project.participants.add(name),
        lambda: project.participants.rename(person, name),
        lambda: project.participants.set_attribute(person, name, "x"),
        lambda: project.documents.rename(document, name),
        lambda: project.documents.add([document_of(name, ("Mara", "Hello."))]),
        lambda: Project.create(Path(f"{project.path}.new"), name, "Ann"),
        lambda: Project.create(Path(f"{project.path}.new"), "Study", name),
    ]
    for attempt in attempts:
        with pytest.raises(UserError) as refusal:
            attempt()
        assert re.fullmatch(r"[^\n\x00-\x1f]{10,400}\.", str(refusal.value))
    assert check(project).fingerprint == before
    assert not Path(f"{project.path}.new").exists()
