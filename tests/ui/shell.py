"""What the tests of the window share: two small pages, a window, and hands in its dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coder_app.core.changes import Changes
from coder_app.project.project import Project
from coder_app.ui import theme
from coder_app.ui.actions import Action
from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.page import Page, PageSpec
from coder_app.ui.settings import Settings
from coder_app.ui.window import Window
from coder_app.ui.work import Work


class FirstPage(Page):
    """Shows how many codes there are and remembers what happened to it."""

    key = "transcripts"

    @classmethod
    def actions_table(cls) -> list[Action]:
        return [
            Action("first_add", "Add a &code", "add", "codebook", "Ctrl+J", when="writable"),
            Action("first_mark", "Mark it", "mark", "coding", "M", when="chosen"),
            Action("first_import", "Take it &apart…", "add", "file", "Ctrl+Alt+I", when="writable"),
        ]

    def build(self) -> None:
        self.log = ["build"]
        self.chosen = False
        self.marks = 0
        self.label = QLabel()
        self.edit = QLineEdit()
        column = QVBoxLayout(self)
        column.addWidget(self.label)
        column.addWidget(self.edit)

    def refresh(self, changes: Changes) -> None:
        self.log.append(f"refresh {changes.value}")
        self.label.setText(str(len(self.ctx.project.codes.tree().nodes)))

    def enter(self) -> None:
        self.log.append("enter")

    def leave(self) -> None:
        self.log.append("leave")

    def retheme(self) -> None:
        self.log.append("retheme")

    def open_place(self, document: str, start: int, end: int) -> None:
        self.log.append(f"open {start} {end}")

    def import_files(self, paths: list[object]) -> None:
        self.files = paths

    def add(self) -> None:
        self.ctx.run(self.ctx.project.codes.add, f"Code {len(self.ctx.project.codes.tree().nodes)}")

    def mark(self) -> None:
        self.marks += 1


class SecondPage(FirstPage):
    """The same under another key, caring for coders only."""

    key = "code"
    interests = Changes.CODERS

    @classmethod
    def actions_table(cls) -> list[Action]:
        return [Action("second_mark", "Mark there", "mark", "coding", "M")]


SPECS = (
    PageSpec("transcripts", "Transcripts", "transcripts", f"{__name__}:FirstPage"),
    PageSpec("code", "Code", "code", f"{__name__}:SecondPage"),
)


def make_window(**settings: object) -> Window:
    """A window with the two pages, dressed, shown; long work runs inline."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    loaded = Settings.load()
    for name, value in settings.items():
        setattr(loaded, name, value)
    if loaded.theme == "system":
        loaded.theme = "light"
    colors = theme.colors_for(loaded.theme)
    if not app.styleSheet():
        theme.apply(app, colors)
    icons.recolor(colors)
    ctx = Context(loaded, Work(inline=True))
    ctx.colors = colors
    window = Window(ctx, SPECS)
    ctx.setParent(window)
    ctx.work.setParent(ctx)
    window.show()
    window.activateWindow()
    return window


def when_open(kind: type[QWidget], do: Callable[[QWidget], None]) -> None:
    """Once a modal dialog is up, act in it."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        try:
            assert isinstance(dialog, kind), dialog
            do(dialog)
        except BaseException:
            while (still_open := QApplication.activeModalWidget()) is not None:
                still_open.close()
            raise

    QTimer.singleShot(0, look)


def press(dialog: QWidget, text: str) -> None:
    """Click the button with this text."""
    found = [b for b in dialog.findChildren(QPushButton) if b.text().replace("&", "") == text]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def window_on(qtbot: QtBot, project: Project) -> Iterator[Window]:
    """The window on the small project, Ann at work."""
    assert project.path is not None
    project.close()
    made = make_window(coder_name="Ann")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    assert made.commands.open_path(project.path, "Ann")
    yield made
    made.close()
