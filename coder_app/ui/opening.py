"""Opening a project file in the window, and what has to be asked on the way."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from coder_app.core.errors import UserError
from coder_app.project import backups, team
from coder_app.project.project import OpenElsewhere, Project
from coder_app.project.trust import Damaged
from coder_app.ui.context import Context
from coder_app.ui.dialogs.ask import confirm
from coder_app.ui.dialogs.backups import BackupsDialog, save_copy
from coder_app.ui.dialogs.new_project import documents_folder


def open_file(parent: QWidget, ctx: Context, path: Path) -> Project | None:
    """Open a project file; None when it cannot be opened, which is told, or nobody wants to after all.

    A backup, and what somebody published for the team, is opened as a new file or only to look; for a
    damaged file its backups are offered.
    """
    try:
        if team.is_published(path) or (path.is_file() and ctx.settings.is_team_folder(path.parent)):
            return _open_published(parent, path)
        if backups.holds(path):
            return _open_backup(parent, path)
        return Project.open(path)
    except OpenElsewhere as error:
        if not confirm(parent, tr("Open elsewhere"), str(error), tr("Open read-only")):
            return None
        return ctx.run(Project.open, path, read_only=True)[1]
    except Damaged as error:
        return ctx.run(_open_backup_of, parent, path, str(error))[1]
    except UserError as error:
        ctx.problem.emit(str(error))
        return None


def _open_backup(parent: QWidget, path: Path) -> Project | None:
    """A backup stays as it is: work goes on in a copy."""
    text = tr(
        "“{name}” is a backup, and backups stay as they are. To work on from it, open it as a new file; "
        "opened only to look, nothing in it can be changed."
    ).format(name=path.name)
    look = tr("Only look")
    chosen = _ask(parent, tr("This is a backup"), text, [tr("Open as a new file…"), look])
    if chosen == look:
        return Project.open(path)
    return _open_copy(parent, path) if chosen else None


def _open_published(parent: QWidget, path: Path) -> Project | None:
    """Only the program of its owner writes a published copy: others work in copies of their own."""
    try:
        Project.open(path, read_only=True).close()
    except Damaged as error:  # no backup of it is here: whoever publishes it has them
        raise UserError(str(error)) from error
    name = team.name_of(path)
    whose = tr("the copy that {name} publishes").format(name=name.coder) if name else tr("a published copy")
    text = tr(
        "“{file}” is {whose} in a team folder; only the program of its owner writes it. To work on this"
        " study, open a copy of your own. Opened only to look, nothing in it can be changed, and everybody's"
        " codings can be seen: wait with that while you code independently. To get what is in it into a"
        " project of yours, open that one first."
    ).format(file=path.name, whose=whose)
    look = tr("Only look")
    chosen = _ask(parent, tr("A published copy"), text, [tr("Open a copy of my own…"), look])
    if chosen == look:
        return Project.open(path, read_only=True)
    if not chosen:
        return None
    suggested = documents_folder() / f"{name.study if name else path.stem}.coder"
    copy = save_copy(parent, path, suggested, None, tr("Save a copy of my own as"))
    return Project.open(copy) if copy is not None else None


def _open_copy(parent: QWidget, backup: Path) -> Project | None:
    suggested = documents_folder() / backup.name
    copy = save_copy(parent, backup, suggested, None)
    return Project.open(copy) if copy is not None else None


def _open_backup_of(parent: QWidget, path: Path, problem: str) -> Project | None:
    """Tell that a file is damaged, and open one of its backups as a new file."""
    if _ask(parent, tr("This project is damaged"), problem, [tr("Show the backups…")]) is None:
        return None
    found = backups.list_for_file(path)
    if found:
        dialog = BackupsDialog(parent, found, path)
        accepted = dialog.exec()
        return Project.open(dialog.restored) if accepted and dialog.restored is not None else None
    # too damaged to tell which project it is
    title, kinds = tr("Choose a backup"), tr("Projects (*.coder)")
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(backups.folder()), kinds)
    return _open_copy(parent, Path(chosen)) if chosen else None


def _ask(parent: QWidget, title: str, text: str, answers: list[str]) -> str | None:
    """Which of the answers is chosen (the first is the usual one); None for none of them."""
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    buttons = {box.addButton(answer, QMessageBox.ButtonRole.AcceptRole): answer for answer in answers}
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(next(iter(buttons)))
    box.exec()
    return next((answer for made, answer in buttons.items() if made is box.clickedButton()), None)


def tr(text: str) -> str:
    return QCoreApplication.translate("Opening", text)
