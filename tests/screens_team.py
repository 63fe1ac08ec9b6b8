"""Pictures of the team folder and of trouble with the file: part of ``tests/screens.py``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from coder_app.formats.sample import CODERS
from coder_app.project import team
from coder_app.project.project import Project
from coder_app.ui.sharing.team_dialog import TeamDialog
from coder_app.ui.window import Window


def _open(window: Window, study: Path) -> Path:
    """A study of its own in the window, on the Code page; and a folder where a colleague publishes."""
    folder = study.parent / f"team-{os.getpid()}-{window.ctx.colors.dark}"
    own, shared = folder / "Shared study.coder", folder / "OneDrive"
    if not own.exists():
        shared.mkdir(parents=True)
        with Project.open(study, read_only=True) as project:
            own.write_bytes(project.snapshot())
        theirs = Path(shutil.copy(own, folder / "theirs.coder"))
        with Project.open(theirs, coder=CODERS[1]) as project:
            document, code = project.documents.all()[0].guid, project.codes.add("Being seen")
            for start in range(12):
                project.codings.apply(document, 60 * start, 60 * start + 30, code)
            name = team.new_name(shared, project.name, CODERS[1])
            team.publish(project.snapshot(), shared, name)
        data = (shared / name).read_bytes()
        half = team.new_name(shared, "Shared study", "Cleo Marsh-Featherstonehaugh")
        (shared / half).write_bytes(data[: len(data) // 2])
    window.commands.open_path(own, CODERS[0])
    window.show_page("code")
    return shared


def begin(window: Window, study: Path) -> QWidget:
    """Before a folder is chosen, for a copy out of a team folder."""
    shared = _open(window, study)
    window.commands.team.suggest(shared)
    return _dialog(window)


def folder(window: Window, study: Path) -> QWidget:
    """Who publishes there; a file that is still on its way."""
    shared = _open(window, study)
    desk = window.commands.team
    if desk.place is None:
        desk.set_up(shared, team.new_name(shared, window.ctx.project.name, CODERS[0]))
    return _dialog(window)


def _dialog(window: Window) -> QWidget:
    dialog = TeamDialog(window, window.ctx, window.commands.team, lambda: None, lambda: None)
    dialog.show()
    return dialog


def news(window: Window, study: Path) -> None:
    """What a colleague published, in a line above the page."""
    folder(window, study).close()


def trouble(window: Window, study: Path) -> None:
    """The file was replaced while it was open."""
    _open(window, study)
    own = window.ctx.project.path
    assert own is not None
    os.replace(shutil.copy(own, own.with_name("newer")), own)
    window.ctx.run(window.ctx.project.codes.add, "Not written")
    window.toast.dismiss()


TEAM: list[tuple[str, Callable[[Window, Path], QWidget | None]]] = [
    ("dialog-team-begin", begin),
    ("dialog-team", folder),
    ("team-news", news),
    ("trouble", trouble),
]
