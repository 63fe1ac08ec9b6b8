"""Opens project files in the window, one after the other, and shows all that it can show of them.

``python tests/damage_window.py FILE...`` in a process of its own: a crash of Qt takes everything along.
Prints a line for each file; what no user should meet goes to stderr with its traceback, and the exit
status is 1. Dialogs that come up are closed again.
"""

from __future__ import annotations

import faulthandler
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox

from coder_app.ui import theme
from coder_app.ui.context import Context, Whose
from coder_app.ui.icons import icons
from coder_app.ui.settings import Settings
from coder_app.ui.window import Window
from coder_app.ui.work import Work

EVENTS = 2


class Watch:
    """Notes what is raised anywhere, and closes dialogs."""

    def __init__(self) -> None:
        self.crashes = 0
        sys.excepthook = self.note
        closed = lambda *_: 0  # noqa: E731
        for kind in (QDialog, QMessageBox, QFileDialog):
            kind.exec = closed  # type: ignore[method-assign]
        for ask in ("getOpenFileName", "getSaveFileName"):
            setattr(QFileDialog, ask, staticmethod(lambda *_: ("", "")))

    def note(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self.crashes += 1
        traceback.print_exception(kind, error, trace)
        sys.stderr.flush()


def look_at(window: Window, path: Path) -> str:
    """Open a file and go through its pages; returns how it went in a word."""
    window.resize(1366, 768)
    if not window.commands.open_path(path):
        return "refused"
    ctx = window.ctx
    for key in window.page_specs:
        window.show_page(key)
        settle(window)
    codes = list(ctx.project.codes.tree().nodes)
    for whose in (Whose.EVERYONE, Whose.CONSENSUS, Whose.MINE):
        ctx.set_whose(whose)
        for number, document in enumerate(ctx.project.documents.all()):
            ctx.openPlace.emit(document.guid, 0, 5)
            for code in codes[number::3]:
                ctx.select_code(code)
            settle(window)
        window.show_page("themes")
        settle(window)
    window.search.setFocus()
    window.search.setText("no")
    settle(window)
    ctx.undo()
    ctx.redo()
    settle(window)
    window.commands.close_project()
    settle(window)
    return "shown"


def settle(window: Window) -> None:
    for _ in range(EVENTS):
        QApplication.processEvents()
    window.grab()


def main(paths: list[str]) -> int:
    faulthandler.enable()
    app = QApplication(sys.argv[:1])
    watch = Watch()
    settings = Settings.load()
    settings.coder_name = "Ann"
    settings.theme = "light"
    colors = theme.colors_for("light")
    theme.apply(app, colors)
    icons.recolor(colors)
    ctx = Context(settings, Work(inline=True))
    ctx.colors = colors
    window = Window(ctx)
    ctx.setParent(window)
    window.show()
    for path in paths:
        sys.stdout.write(f"{path}: ")
        sys.stdout.flush()
        before = watch.crashes
        try:
            how = look_at(window, Path(path))
        except BaseException as error:  # noqa: BLE001 - told like what is raised in a slot
            watch.note(type(error), error, error.__traceback__)
        sys.stdout.write(f"{'crashed' if watch.crashes > before else how}\n")
        sys.stdout.flush()
        if watch.crashes > before:
            window.commands.close_project()
    return 1 if watch.crashes else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
