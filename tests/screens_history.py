"""Pictures of the history that is read and compared: part of ``tests/screens.py``."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from coder_app.core.model import MemoTarget
from coder_app.formats.sample import CODERS
from coder_app.project import backups as kept
from coder_app.project.project import Project
from coder_app.ui.dialogs.backups import BackupsDialog
from coder_app.ui.window import Window


def _open(window: Window, study: Path) -> None:
    window.commands.open_path(study, CODERS[0])
    window.show_page("themes")
    project = window.ctx.project
    window.ctx.looked.add((project.guid, project.coders.current.guid))  # she chose before to look


def trail(window: Window, study: Path) -> QWidget:
    """The audit trail, with something that was taken back and names of all scripts."""
    _open(window, study)
    codes = window.ctx.project.codes
    if not codes.tree().named("낙인과 수치심"):
        theme = codes.tree().named("Finding a place")[0].guid
        window.ctx.run(codes.define, theme, "short", "Where the newcomer stands, and who says so.")
        made = codes.add("낙인과 수치심", parent=codes.tree().children(theme)[0])
        window.ctx.run(codes.rename, made, "בושה, ומה שאחרים רואים בה")
        window.ctx.run(codes.move, [made], codes.tree().children(theme)[-1])
        long = "Finding a place of one's own, or being given one that nobody asked for"
        window.ctx.run(codes.rename, theme, long)
        window.ctx.undo()
        window.ctx.run(codes.add, "낙인과 수치심")
    window.ctx.set_everyone(True)
    window.actions_set.trigger("trail")
    reader = window.commands.trail.reader
    assert reader is not None
    reader.table.setCurrentIndex(reader.model.index(1, 0))
    return reader


def story(window: Window, study: Path) -> QWidget:
    """How a theme came to be."""
    reader = trail(window, study)
    window.ctx.trailWanted.emit(window.ctx.project.codes.tree().named("Finding a place")[0].guid)
    return reader


def compared(window: Window, study: Path) -> QWidget:
    """What is different in a copy that went on: a coder more, passages coded, the codebook changed."""
    _open(window, study)
    other = study.with_name("peer support, back from Tom.coder")
    if not other.exists():
        shutil.copy(study, other)
        with Project.open(other, coder=CODERS[1]) as theirs:
            document = theirs.documents.all()[0]
            tree = theirs.codes.tree()
            theme = tree.named("Finding a place")[0].guid
            theirs.codes.define(theme, "short", "Arriving somewhere, or not.")
            code = theirs.codes.add("낙인과 수치심", parent=tree.children(theme)[0])
            theirs.codes.rename(tree.named("Carrying worry")[0].guid, "דאגה שנושאים, ומי נושא אותה")
            for start in range(600, 4_000, 300):
                theirs.codings.apply(document.guid, start, start + 90, code)
            theirs.memos.add(MemoTarget.CODE, code, "Found when I read the transcript for the third time.")
            theirs.codings.remove([theirs.codings.all([theirs.coders.current.guid])[5].guid])
    window.ctx.set_everyone(True)
    window.commands.comparing.compare(other)
    while window.commands.comparing.dialog is None:
        QTest.qWait(10)
    dialog = window.commands.comparing.dialog
    dialog.tree.setCurrentIndex(dialog.model.index(0, 0, dialog.model.index(0, 0, dialog.model.index(0, 0))))
    return dialog


def backups(window: Window, study: Path) -> QWidget:
    _open(window, study)
    project = window.ctx.project
    dialog = BackupsDialog(window, kept.list_for(project.guid), project.path, comparable=True)
    dialog.show()
    return dialog


HISTORY: list[tuple[str, Callable[[Window, Path], QWidget]]] = [
    ("trail", trail),
    ("trail-story", story),
    ("compared", compared),
    ("dialog-backups", backups),
]
