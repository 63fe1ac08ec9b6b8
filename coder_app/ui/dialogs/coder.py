"""Who are you? Asked when a project is opened on a machine that does not know."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import Coder
from coder_app.ui.widgets.parts import label


class WhoDialog(QDialog):
    """The coders of a project and, where it may be changed, a new one."""

    def __init__(
        self, parent: QWidget | None, project: str, coders: Sequence[Coder], name: str, *, may_add: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Who are you?"))
        self.setMinimumWidth(420)
        self._coders = list(coders)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Who are you?"), "heading"))
        text = self.tr("Your codings in “{project}” will carry this name, and you will see only your own.")
        column.addWidget(label(text.format(project=project), "muted", wrap=True))
        column.addSpacing(4)
        for number, coder in enumerate(self._coders):
            choice = QRadioButton(coder.name.replace("&", "&&"))
            choice.setAccessibleName(coder.name)
            self._group.addButton(choice, number)
            column.addWidget(choice)
        self.other = QRadioButton(self.tr("Somebody new:"))
        self.name_edit = QLineEdit(name)
        self.name_edit.setAccessibleName(self.tr("Name of the new coder"))
        self.name_edit.setPlaceholderText(self.tr("Your name"))
        self._group.addButton(self.other, len(self._coders))
        column.addWidget(self.other)
        column.addWidget(self.name_edit)
        self.other.setVisible(may_add)
        self.name_edit.setVisible(may_add)
        self.name_edit.textEdited.connect(lambda: self.other.setChecked(True))
        self.other.toggled.connect(lambda on: self.name_edit.setFocus() if on else None)
        column.addSpacing(8)
        self.buttons = QDialogButtonBox()
        self.go_button = self.buttons.addButton(
            self.tr("Open the project"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)
        self.go_button.setDefault(True)
        self._group.idToggled.connect(self._check)
        self.name_edit.textChanged.connect(self._check)
        self._check()

    @property
    def chosen(self) -> Coder | None:
        """The coder chosen; None for somebody new (``new_name``)."""
        number = self._group.checkedId()
        return self._coders[number] if 0 <= number < len(self._coders) else None

    @property
    def new_name(self) -> str:
        return " ".join(self.name_edit.text().split()) if self.other.isChecked() else ""

    def _check(self) -> None:
        self.go_button.setEnabled(self.chosen is not None or bool(self.new_name))
