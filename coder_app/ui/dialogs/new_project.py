"""A new project: what it is called, who codes, where the file goes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from coder_app.ui.widgets.parts import button, label, set_kind

SUFFIX = ".coder"
_LONGEST = 80
_NOT_IN_FILES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def documents_folder() -> Path:
    """The user's folder for documents, or the home folder where there is none."""
    places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
    folder = Path(places[0]) if places else Path.home()
    return folder if folder.is_dir() else Path.home()


def file_name(project: str) -> str:
    """A file name for a project that every system accepts."""
    name = " ".join(_NOT_IN_FILES.sub(" ", project).split()).strip(". ")[:_LONGEST].rstrip(". ")
    if not name or _DEVICES.fullmatch(name):
        name = f"Project {name}".strip()
    return name + SUFFIX


class NewProjectDialog(QDialog):
    """``name``, ``coder`` and ``path`` are valid when the dialog was accepted."""

    def __init__(self, parent: QWidget | None, coder: str, folder: Path | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New project"))
        self.setMinimumWidth(560)
        self._folder = folder or documents_folder()
        self._own_path = False
        self.name_edit = QLineEdit()
        self.name_edit.setPlaceholderText(self.tr("For example: Living with long shifts"))
        self.coder_edit = QLineEdit(coder)
        self.coder_edit.setPlaceholderText(self.tr("The name your codings will carry"))
        self.path_edit = QLineEdit()
        self.browse = button(self.tr("Browse…"), self._browse)
        self.problem = label("", "problem", wrap=True)
        self._lay_out()
        self.name_edit.textChanged.connect(self._name_changed)
        self.coder_edit.textChanged.connect(self._check)
        self.path_edit.textEdited.connect(self._path_edited)
        self._name_changed()

    @property
    def name(self) -> str:
        return " ".join(self.name_edit.text().split())

    @property
    def coder(self) -> str:
        return " ".join(self.coder_edit.text().split())

    @property
    def path(self) -> Path:
        path = Path(self.path_edit.text().strip()).expanduser()
        return path if path.suffix.lower() == SUFFIX else path.with_name(path.name + SUFFIX)

    def problem_now(self) -> str:
        """What stands in the way, as a sentence; empty when all is well."""
        text = self.path_edit.text().strip()
        if not self.name:
            return self.tr("Give the project a name.")
        if not self.coder:
            return self.tr("Say who codes: your name or initials.")
        if not text or not Path(text).name:
            return self.tr("Choose where to save the project.")
        if not self.path.is_absolute():
            return self.tr("Choose a folder for the project.")
        try:
            if not self.path.parent.is_dir():
                return self.tr("The folder {folder} does not exist.").format(folder=self.path.parent)
            if self.path.exists():
                return self.tr("There is a file {file} in this folder already.").format(file=self.path.name)
        except (OSError, ValueError):
            return self.tr("This computer does not accept such a file name.")
        return ""

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(label(self.tr("A new project"), "heading"))
        column.addWidget(
            label(
                self.tr("One study, one file. You can mail it to a colleague at any time."),
                "muted",
                wrap=True,
            )
        )
        grid = QGridLayout()
        grid.setVerticalSpacing(10)
        grid.setHorizontalSpacing(12)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.path_edit, 1)
        where.addWidget(self.browse)
        rows = (
            (self.tr("&Name of the project"), self.name_edit, None),
            (self.tr("&Your name"), self.coder_edit, None),
            (self.tr("&Save as"), self.path_edit, where),
        )
        for number, (text, edit, layout) in enumerate(rows):
            caption = label(text)
            caption.setBuddy(edit)
            edit.setAccessibleName(text.replace("&", ""))
            grid.addWidget(caption, number, 0)
            if layout is not None:
                grid.addLayout(layout, number, 1)
            else:
                grid.addWidget(edit, number, 1)
        column.addLayout(grid)
        column.addWidget(self.problem)
        self.buttons = QDialogButtonBox()
        self.create_button = self.buttons.addButton(
            self.tr("Create project"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)
        self.create_button.setDefault(True)

    def _name_changed(self) -> None:
        if not self._own_path:
            self.path_edit.setText(
                str(self._folder / file_name(self.name)) if self.name else str(self._folder)
            )
        self._check()

    def _path_edited(self) -> None:
        self._own_path = True
        self._check()

    def _check(self) -> None:
        problem = self.problem_now()
        started = bool(self.name)
        self.problem.setText(problem if started else "")
        self.create_button.setEnabled(not problem)
        file_wrong = bool(problem) and started and bool(self.coder)
        set_kind(self.path_edit, "wrong" if file_wrong else "")

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the project as"),
            self.path_edit.text(),
            self.tr("Projects (*.coder)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self._own_path = True
            self.path_edit.setText(chosen)
            self._check()
