"""What the tests of the Report and the Member check page share: a coded project and a window over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helpers import document_of
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from coder_app.core.model import MemoTarget, Status
from coder_app.project.project import Project
from coder_app.ui import theme
from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.page import PageSpec
from coder_app.ui.settings import Settings
from coder_app.ui.window import Window
from coder_app.ui.work import Work

SPECS = (
    PageSpec("report", "Report", "report", "coder_app.ui.report.page:ReportPage"),
    PageSpec("membercheck", "Member check", "membercheck", "coder_app.ui.membercheck.page:MemberCheckPage"),
)
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

GROUP = document_of(
    "Group",
    ("Mara", "We needed a room of our own."),
    ("Jonas", "And a key to the kitchen, honestly."),
    participants={"Mara": "P1", "Jonas": "P2"},
)
MARA = "nobody told me"
JONAS = "against it"


def passage(project: Project, title: str, words: str) -> tuple[str, int, int]:
    """(transcript, start, end) of words in the transcript of that title."""
    document = next(d for d in project.documents.all() if d.title == title)
    start = project.documents.transcript(document.guid).text.index(words)
    return document.guid, start, start + len(words)


def code(project: Project, title: str, words: str, name: str) -> str:
    """Code words as the current coder; returns the coding."""
    return project.codings.apply(*passage(project, title, words), project.codes.tree().named(name)[0].guid)


def fill(project: Project) -> None:
    """Ann codes two interviews and a group, Ben one passage of his own; both finish."""
    project.documents.add([GROUP])
    tree = project.codes.tree()
    project.codes.define(tree.named("Trust")[0].guid, "short", "Whether one dares to rely on the other.")
    told = code(project, "Interview P1", MARA, "Not being told")
    code(project, "Interview P2", JONAS, "Trust")
    code(project, "Group", "a room of our own.\n\nJonas: And a key to the kitchen", "Shared experience")
    project.codings.set_exemplar(told, True)
    project.memos.add(MemoTarget.CODING, told, "=1+1 is what she means")
    documents = [document.guid for document in project.documents.all()]
    project.documents.set_statuses(documents, Status.FINISHED)
    project.coders.switch(project.coders.named("Ben").guid)
    code(project, "Interview P1", "She knew more about fear than I do 🙂", "Shared experience")
    project.documents.set_statuses(documents[:2], Status.FINISHED)
    project.coders.switch(project.coders.named("Ann").guid)


def open_window(project: Project, page: str, *, inline: bool = True) -> Window:
    """A window with both pages over the project; long work runs at once unless told otherwise."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settings = Settings.load()
    settings.theme = "light"
    colors = theme.colors_for("light")
    if not app.styleSheet():
        theme.apply(app, colors)
    icons.recolor(colors)
    ctx = Context(settings, Work(inline=inline))
    ctx.colors = colors
    window = Window(ctx, SPECS)
    ctx.setParent(window)
    ctx.work.setParent(ctx)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.commands.take_over(project)
    window.show_page(page)
    return window


def press(widget: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a key where the focus is, or in the widget itself."""
    widget.window().activateWindow()
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(QApplication.focusWidget() or widget, key, held)


def when_open(do: Callable[[QDialog], None]) -> None:
    """Once a modal dialog is up, act in it."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        try:
            assert isinstance(dialog, QDialog), dialog
            do(dialog)
        except BaseException:
            while (still_open := QApplication.activeModalWidget()) is not None:
                still_open.close()
            raise

    QTimer.singleShot(0, look)


def words_of_docx(path: Path) -> list[str]:
    """Every paragraph of a Word document in order, also those in tables and in fields."""
    from docx import Document
    from docx.oxml.ns import qn

    body = Document(str(path)).element.body
    return ["".join(text.text or "" for text in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
