"""The dated copies of a project: open one, or save it somewhere."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.errors import UserError
from coder_app.project.backups import holds
from coder_app.project.team import is_published
from coder_app.ui.widgets.parts import label


class BackupLike(Protocol):
    """What the project layer says of a backup."""

    @property
    def path(self) -> Path: ...
    @property
    def date(self) -> str: ...
    @property
    def note(self) -> str: ...


class BackupsDialog(QDialog):
    """Choose a backup and a place for the copy; ``restored`` is the new file when it was accepted.

    With ``comparable`` a backup can be compared with the open project: then ``compared`` is the backup.
    """

    def __init__(
        self,
        parent: QWidget | None,
        backups: Sequence[BackupLike],
        project: Path | None,
        *,
        comparable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Backups"))
        self.setMinimumSize(460, 380)
        self._backups = list(backups)
        self._project = project
        self.restored: Path | None = None
        self.compared: Path | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(self.tr("Backups of this project"), "heading"))
        text = self.tr(
            "A copy is kept for each day of use, the last ten. A backup is opened as a new file; "
            "the project stays as it is."
        )
        column.addWidget(label(text, "muted", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Backups, the newest first"))
        self.list.ensurePolished()
        for backup in self._backups:
            QListWidgetItem(_title(backup), self.list)
        self.list.itemActivated.connect(self._save)
        column.addWidget(self.list, 1)
        if not self._backups:
            column.addWidget(
                label(self.tr("There is no backup yet. The first is made today."), "muted", wrap=True)
            )
            self.list.hide()
            column.addStretch(1)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.open_button = self.buttons.addButton(
            self.tr("Open as a new file…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.open_button.setEnabled(bool(self._backups))
        self.open_button.clicked.connect(self._save)
        self.compare_button = self.buttons.addButton(
            self.tr("&Compare with this"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.compare_button.setToolTip(self.tr("What is different now; nothing is changed"))
        self.compare_button.setAutoDefault(False)
        self.compare_button.setVisible(comparable)
        self.compare_button.setEnabled(bool(self._backups))
        self.compare_button.clicked.connect(self._compare)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)
        if self._backups:
            self.list.setCurrentRow(0)
            self.open_button.setDefault(True)

    def _compare(self) -> None:
        row = self.list.currentRow()
        if row >= 0:
            self.compared = self._backups[row].path
            self.reject()

    def _save(self) -> None:
        row = self.list.currentRow()
        if row < 0:
            return
        backup = self._backups[row]
        here = self._project or backup.path
        suggested = here.with_name(f"{here.stem} {backup.date}.coder")
        self.restored = save_copy(self, backup.path, suggested, self._project)
        if self.restored is not None:
            self.accept()


def save_copy(
    parent: QWidget | None, backup: Path, suggested: Path, project: Path | None, title: str = ""
) -> Path | None:
    """Ask for a place and copy a backup there; None when the person thinks better of it.

    Raises UserError as `copy_backup`.
    """
    title = title or QCoreApplication.translate("BackupsDialog", "Save the backup as")
    kinds = QCoreApplication.translate("BackupsDialog", "Projects (*.coder)")
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds)
    return copy_backup(backup, Path(chosen), project) if chosen else None


def copy_backup(backup: Path, target: Path, project: Path | None) -> Path:
    """Copy a backup to ``target``.

    Raises UserError where it cannot be written, where ``project`` would be overwritten, and among the
    backups.
    """
    if target.suffix.lower() != ".coder":
        target = target.with_name(target.name + ".coder")
    if project is not None and target.exists() and target.samefile(project):
        raise UserError("The project cannot be replaced by its backup; choose another name.")
    if is_published(target):
        raise UserError("A name like this belongs to a published copy; choose another one.")
    if holds(target):
        raise UserError("This folder is kept for the backups; choose another one for the copy.")
    try:
        shutil.copyfile(backup, target)
    except OSError as error:
        raise UserError(f"The copy could not be saved as “{target.name}”: {error.strerror}.") from error
    return target


def _title(backup: BackupLike) -> str:
    """Day, time of day and size of a backup, and why it was made; what the file does not tell is left out."""
    day = QDate.fromString(backup.date, "yyyy-MM-dd")
    text = QLocale().toString(day, QLocale.FormatType.LongFormat) if day.isValid() else backup.date
    try:
        about = backup.path.stat()
    except OSError:
        pass
    else:
        made = QDateTime.fromSecsSinceEpoch(int(about.st_mtime))
        text += f", {made.toString('HH:mm')}  ·  {QLocale().formattedDataSize(about.st_size, 1)}"
    return f"{text}  ({backup.note})" if backup.note else text
