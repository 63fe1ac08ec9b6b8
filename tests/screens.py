"""Pictures of every page of the sample study, light and dark: ``python tests/screens.py DIR``.

Made without a screen, at 1366 x 768. ``SCREENS`` is the list: a name and what brings the window there.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

SIZE = (1366, 768)
DRAWING_ROUNDS = 40

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["CODER_APP_HOME"] = tempfile.mkdtemp(prefix="screens-")

from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from coder_app.formats.sample import CODERS, build_sample  # noqa: E402
from coder_app.ui.app import first_window  # noqa: E402
from coder_app.ui.settings import Settings  # noqa: E402
from coder_app.ui.window import Window  # noqa: E402

Bring = Callable[[Window, Path], QWidget | None]
"""Brings the window to what is to be seen; returns the widget to take, or None for the whole window."""


def welcome(window: Window, study: Path) -> None:
    window.commands.close_project()


def page(key: str) -> Bring:
    def bring(window: Window, study: Path) -> None:
        window.commands.open_path(study, CODERS[0])
        window.show_page(key)

    return bring


def search(window: Window, study: Path) -> None:
    page("code")(window, study)
    settle()
    window.search.start()
    QTest.keyClicks(window.search, "trust")
    while window.search.searching:
        QTest.qWait(10)


def message(window: Window, study: Path) -> None:
    page("code")(window, study)
    window.search.leave()
    window.ctx.run(window.ctx.project.coders.add, CODERS[0])


def new_project(window: Window, study: Path) -> QWidget:
    from coder_app.ui.dialogs.new_project import NewProjectDialog

    dialog = NewProjectDialog(window, "Aylin Kaya", study.parent)
    dialog.name_edit.setText("Living with long shifts")
    dialog.show()
    return dialog


def who(window: Window, study: Path) -> QWidget:
    from coder_app.ui.dialogs.coder import WhoDialog

    coders = window.ctx.project.coders.all()
    dialog = WhoDialog(window, window.ctx.project.name, coders, "Aylin", may_add=True)
    dialog.show()
    return dialog


def shortcuts(window: Window, study: Path) -> QWidget:
    from coder_app.ui.dialogs.shortcuts import ShortcutsDialog

    dialog = ShortcutsDialog(window, window.action_groups())
    dialog.show()
    return dialog


def levels(window: Window, study: Path) -> QWidget:
    from coder_app.ui.dialogs.level_names import LevelNamesDialog

    dialog = LevelNamesDialog(window, window.ctx.project.level_names())
    dialog.show()
    return dialog


def crash(window: Window, study: Path) -> QWidget:
    from coder_app.ui.crash import CrashDialog

    dialog = CrashDialog(
        "Traceback (most recent call last):\n  ...\nZeroDivisionError: division by zero", window
    )
    dialog.show()
    return dialog


SCREENS: list[tuple[str, Bring]] = [
    ("welcome", welcome),
    ("transcripts", page("transcripts")),
    ("code", page("code")),
    ("themes", page("themes")),
    ("agreement", page("agreement")),
    ("membercheck", page("membercheck")),
    ("report", page("report")),
    ("search", search),
    ("message", message),
    ("dialog-new-project", new_project),
    ("dialog-who", who),
    ("dialog-shortcuts", shortcuts),
    ("dialog-levels", levels),
    ("dialog-crash", crash),
]


def settle() -> None:
    """Let timers and paint events happen."""
    for _ in range(DRAWING_ROUNDS):
        QApplication.processEvents()
        QTest.qWait(5)


def take(folder: Path, study: Path, theme: str, only: list[str]) -> None:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    settings = Settings.load()
    settings.theme, settings.coder_name = theme, CODERS[0]
    settings.save()
    window = first_window(app)
    window.resize(*SIZE)
    window.show()
    for name, bring in SCREENS:
        if only and name not in only:
            continue
        shown = bring(window, study)
        settle()
        target = folder / f"{name}-{theme}.png"
        (shown or window).grab().save(str(target))
        sys.stdout.write(f"{target}\n")
        if shown is not None:
            shown.close()
    window.close()


def main() -> int:
    """The folder, and after it the names of single screens."""
    if len(sys.argv) < 2:
        sys.stderr.write("Usage: python tests/screens.py DIR [SCREEN ...]\n")
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    study = Path(os.environ["CODER_APP_HOME"]) / "Sample study.coder"
    build_sample(study)
    for theme in ("light", "dark"):
        take(folder, study, theme, sys.argv[2:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
