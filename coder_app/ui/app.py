"""Starting the window. What is not needed for the first picture is imported when it is needed."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from coder_app.ui import theme
from coder_app.ui.context import Context
from coder_app.ui.crash import CrashHandler
from coder_app.ui.icons import icons
from coder_app.ui.settings import Settings
from coder_app.ui.sharing.team_jobs import finish
from coder_app.ui.window import Window

TO_PUBLISH = 20.0
"""Seconds that a closed project has to reach its team folder before the program ends."""


def run(path: Path | None = None, coder: str = "") -> int:
    """Show the window, with a project where one is given, until it is closed; returns the exit status.

    ``coder`` is the name of who works, taken where this computer does not know.
    """
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    crash = CrashHandler()
    crash.install()
    window = first_window(app)
    window.show()
    if path is not None:
        QTimer.singleShot(0, lambda: window.commands.open_path(path, coder))
    try:
        status = app.exec()
        finish(TO_PUBLISH)
        return status
    finally:
        sys.excepthook = sys.__excepthook__


def first_window(app: QApplication) -> Window:
    """The window as it comes up, dressed in the user's colours."""
    app.setApplicationName("coder-app")
    app.setApplicationDisplayName("Coder")
    app.setDesktopFileName("coder-app")
    settings = Settings.load()
    colors = theme.colors_for(settings.theme)
    theme.apply(app, colors)
    icons.recolor(colors)
    ctx = Context(settings)
    ctx.colors = colors
    window = Window(ctx)
    ctx.setParent(window)
    window.welcome.focus_first()
    return window
