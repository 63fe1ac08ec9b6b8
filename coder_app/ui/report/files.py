"""Where an output goes: the dialogs that ask for it, and the folder opened afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from coder_app.formats.output import file_names
from coder_app.ui.codebook.wording import counted
from coder_app.ui.context import Context
from coder_app.ui.dialogs.ask import confirm
from coder_app.ui.dialogs.new_project import documents_folder


def home_folder(ctx: Context) -> Path:
    """The folder of the project, where outputs go unless told otherwise."""
    path = ctx.project.path
    return documents_folder() if path is None else path.parent


def ask_file(parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
    """Where to save; None when the person thinks better of it. A missing ending is added.

    The dialog itself asks before a file is replaced.
    """
    dialog = QFileDialog(parent, title, str(suggested.parent), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suggested.suffix.lstrip("."))
    dialog.selectFile(suggested.name)
    if not dialog.exec():
        return None
    chosen = dialog.selectedFiles()
    return Path(chosen[0]) if chosen else None


def ask_folder(parent: QWidget, title: str, start: Path, name: str) -> Path | None:
    """A folder called ``name`` in the folder that is chosen (or the chosen one, if it is called so).

    It need not exist yet. None when the person thinks better of it.
    """
    chosen = QFileDialog.getExistingDirectory(parent, title, str(start))
    if not chosen:
        return None
    folder = Path(chosen)
    return folder if folder.name == name else folder / name


def show(path: Path) -> bool:
    """Open a file or a folder with the system's own program; False where it has none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def ask_document_folder(parent: QWidget, start: Path, name: str, labels: Sequence[str]) -> Path | None:
    """The folder for a document about each of ``labels``; asks before documents there are replaced."""
    title = QCoreApplication.translate("Files", "Where shall the folder “{name}” be made?").format(name=name)
    folder = ask_folder(parent, title, start, name)
    if folder is None:
        return None
    there = [file for file in file_names(labels, ".docx") if (folder / file).exists()]
    if not there:
        return folder
    question = QCoreApplication.translate(
        "Files",
        "“{folder}” holds {files} already. If participants have filled them in, their answers are lost when"
        " they are replaced.",
    ).format(folder=folder, files=_few(there))
    title, yes = (
        QCoreApplication.translate("Files", "Replace documents?"),
        counted(
            len(there),
            QCoreApplication.translate("Files", "Replace {n} document"),
            QCoreApplication.translate("Files", "Replace {n} documents"),
        ),
    )
    return folder if confirm(parent, title, question, yes, danger=True) else None


def _few(names: Sequence[str]) -> str:
    """The first names; the rest as a number."""
    shown = ", ".join(names[:4])
    more = len(names) - 4
    if more <= 0:
        return shown
    return QCoreApplication.translate("Files", "{names} and {n} more").format(names=shown, n=more)
