"""What the levels of the codebook are called in this project, and which of them it uses."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import DEFAULT_LEVEL_NAMES, Level
from coder_app.ui.widgets.parts import label


class LevelNamesDialog(QDialog):
    """``names`` is what was chosen: level -> name, None for a level that is not used."""

    def __init__(self, parent: QWidget | None, now: dict[Level, str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Names of the levels"))
        self.setMinimumWidth(460)
        self._boxes: dict[Level, QCheckBox] = {}
        self._edits: dict[Level, QLineEdit] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addWidget(label(self.tr("Levels of the codebook"), "heading"))
        text = self.tr(
            "Name them as your method does. A level without a tick is left out; codes are always there."
        )
        column.addWidget(label(text, "muted", wrap=True))
        grid = QGridLayout()
        grid.setVerticalSpacing(8)
        for row, level in enumerate(sorted(Level, reverse=True)):
            self._add(grid, row, level, now)
        column.addLayout(grid)
        self.problem = label("", "problem", wrap=True)
        column.addWidget(self.problem)
        self.buttons = QDialogButtonBox()
        self.save_button = self.buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)
        self.save_button.setDefault(True)
        self._check()

    @property
    def names(self) -> dict[Level, str | None]:
        return {
            level: " ".join(self._edits[level].text().split()) if self._boxes[level].isChecked() else None
            for level in Level
        }

    def _add(self, grid: QGridLayout, row: int, level: Level, now: dict[Level, str]) -> None:
        usual = DEFAULT_LEVEL_NAMES[level]
        box = QCheckBox(usual)
        box.setAccessibleName(self.tr("Use the level {level}").format(level=usual))
        box.setChecked(level in now)
        box.setEnabled(level is not Level.CODE)
        edit = QLineEdit(now.get(level, usual))
        edit.setAccessibleName(self.tr("Name of the level {level}").format(level=usual))
        edit.setEnabled(level in now)
        box.toggled.connect(edit.setEnabled)
        box.toggled.connect(self._check)
        edit.textChanged.connect(self._check)
        grid.addWidget(box, row, 0)
        grid.addWidget(edit, row, 1)
        self._boxes[level], self._edits[level] = box, edit

    def _check(self) -> None:
        if not hasattr(self, "problem"):
            return
        used = [name.casefold() for name in self.names.values() if name is not None]
        problem = ""
        if "" in used:
            problem = self.tr("Every level that is used needs a name.")
        elif len(set(used)) < len(used):
            problem = self.tr("Two levels have the same name.")
        self.problem.setText(problem)
        self.save_button.setEnabled(not problem)
