"""For whom a copy for independent coding is, whether the codebook goes with it, and where it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.model import Coder
from coder_app.ui.dialogs.new_project import documents_folder
from coder_app.ui.widgets.choice import Choice
from coder_app.ui.widgets.parts import label


class BlindDialog(QDialog):
    """``coder`` (GUID, empty for somebody new), ``name``, ``codebook`` and ``path`` once accepted."""

    def __init__(self, parent: QWidget | None, coders: Sequence[Coder], project: Path | None) -> None:
        super().__init__(parent)
        self._project = project
        self.path = Path()
        self.setWindowTitle(self.tr("Copy for independent coding"))
        self.setMinimumWidth(460)
        self.who = Choice()
        self.who.setAccessibleName(self.tr("Who codes in it"))
        self.who.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for coder in coders:
            self.who.addItem(coder.name, coder.guid)
        self.who.addItem(self.tr("Somebody new…"), "")
        self.new_name = QLineEdit()
        self.new_name.setAccessibleName(self.tr("Name of the new coder"))
        self.new_name.setPlaceholderText(self.tr("Name of the new coder"))
        keeps = self.new_name.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)  # else it would take the room of the words above
        self.new_name.setSizePolicy(keeps)
        self.with_codebook = QCheckBox(self.tr("With the code&book"))
        self.with_codebook.setChecked(True)
        self.with_codebook.setToolTip(
            self.tr("Without it the coder codes openly and makes codes of her own.")
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.accept_button = self.buttons.addButton(
            self.tr("&Save the copy…"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.accept_button.setDefault(True)
        self.buttons.accepted.connect(self._choose_file)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.who.currentIndexChanged.connect(self._look)
        self.new_name.textChanged.connect(self._look)
        self._look()
        # by itself a dialog takes two thirds of a small screen at most, and cuts its words
        width = self.minimumWidth()
        self.resize(width, self.column.totalHeightForWidth(width))

    def _lay_out(self) -> None:
        text = self.tr(
            "The copy holds the transcripts, their speakers and meaning units, and the participants' IDs."
            " It holds no trace of anybody's codings, memos or names. When it comes back, bring it in like"
            " any copy."
        )
        who = label(self.tr("Who codes in it?"))
        who.setBuddy(self.who)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(text, "muted", wrap=True))
        for widget in (who, self.who, self.new_name, self.with_codebook):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self.buttons)

    @property
    def coder(self) -> str:
        return str(self.who.currentData() or "")

    @property
    def name(self) -> str:
        return self.new_name.text().strip() if not self.coder else self.who.currentText()

    @property
    def codebook(self) -> bool:
        return self.with_codebook.isChecked()

    def _look(self) -> None:
        self.new_name.setVisible(not self.coder)
        self.accept_button.setEnabled(bool(self.name))

    def _choose_file(self) -> None:
        folder = self._project.parent if self._project is not None else documents_folder()
        stem = self._project.stem if self._project is not None else self.tr("Study")
        plain = "".join(c for c in self.name if c.isalnum() or c in " -_").strip() or self.tr("coder")
        suggested = folder / f"{stem} for {plain}.coder"
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.windowTitle(), str(suggested), self.tr("Projects (*.coder)")
        )
        if chosen:
            path = Path(chosen)
            self.path = path if path.suffix.lower() == ".coder" else path.with_name(path.name + ".coder")
            self.accept()
