"""What this program is, its version and its licence."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6 import __version__ as pyside_version
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from coder_app.ui.widgets.parts import label


def own_version() -> str:
    """The program's version; "source" where it runs without being installed."""
    try:
        return version("coder-app")
    except PackageNotFoundError:
        return "source"


def versions() -> str:
    """One line for a report: the program and what it stands on."""
    return (
        f"coder-app {own_version()}, Python {platform.python_version()}, PySide6 {pyside_version}, "
        f"{platform.platform()}"
    )


class AboutDialog(QDialog):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About this program"))
        self.setMinimumWidth(460)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        column.addWidget(label("Coder", "title"))
        column.addWidget(
            label(
                self.tr(
                    "For researchers who read meaning out of interviews, together. It works offline: nothing "
                    "leaves this computer unless you send it."
                ),
                wrap=True,
            )
        )
        facts = label(versions(), "caption", wrap=True)
        facts.setTextInteractionFlags(
            facts.textInteractionFlags().TextSelectableByMouse
            | facts.textInteractionFlags().TextSelectableByKeyboard
        )
        column.addWidget(facts)
        column.addWidget(label(self.tr("Free software under the MIT licence."), "caption"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
