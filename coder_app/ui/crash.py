"""What is shown when the program made a mistake: the whole traceback, ready to be copied."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from coder_app.ui.dialogs.about import versions
from coder_app.ui.widgets.parts import label

log = logging.getLogger(__name__)


class CrashDialog(QDialog):
    """The report and a button to copy it. The project is safe: what was done before is on disk."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report = report
        self.setWindowTitle(self.tr("Something went wrong"))
        self.resize(720, 440)
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Report"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(
            self.tr("Copy the report"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(self.tr("The program made a mistake"), "heading"))
        text = self.tr(
            "Everything you did before is saved in your project. Please send this report to those who look "
            "after the program; read it first, names of files may stand in it."
        )
        column.addWidget(label(text, wrap=True))
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


class CrashHandler(QObject):
    """Takes the place of ``sys.excepthook``; what happens in other threads is told in the window's."""

    happened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._open: CrashDialog | None = None
        self.happened.connect(self._show)

    def install(self) -> None:
        sys.excepthook = self.handle
        threading.excepthook = lambda args: self.handle(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            QApplication.quit()
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        log.critical("An unexpected error:\n%s", text)
        self.happened.emit(f"{versions()}\n\n{text}")

    def _show(self, report: str) -> None:
        """One dialog at a time: a mistake that repeats must not bury the window."""
        if self._open is not None:
            self._open.report += "\n" + report
            self._open.text.setPlainText(self._open.report)
            return
        self._open = CrashDialog(report, QApplication.activeWindow())
        self._open.finished.connect(self._closed)
        self._open.open()

    def _closed(self) -> None:
        self._open = None
