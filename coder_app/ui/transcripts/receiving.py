"""How files reach the page: chosen in a dialog, dropped on it, or handed on by the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from coder_app.ui.page import Page
from coder_app.ui.report.files import home_folder
from coder_app.ui.transcripts.dropping import dropped_files
from coder_app.ui.transcripts.import_dialog import ImportDialog
from coder_app.ui.transcripts.importing import file_filter

if TYPE_CHECKING:
    from coder_app.ui.context import Context


class ReceivingPage(Page):
    """A page that imports transcripts; ``dialog`` is the import under way."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.dialog: ImportDialog | None = None
        self.setAcceptDrops(True)

    def imported(self, guids: list[str]) -> None:
        """Show the transcripts that have just come."""

    def hold(self, held: bool) -> None:
        """Show that files are held over the page, or no longer."""

    def choose_files(self) -> None:
        """Ask for files and import them."""
        start = str(self._import_folder())
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Import transcripts"), start, file_filter())
        if chosen:
            self.ctx.remembered.import_folder = str(Path(chosen[0]).parent)
            self.ctx.settings.save()
            self.import_files([Path(path) for path in chosen])

    def _import_folder(self) -> Path:
        """Where transcripts were chosen last; at first, and where that is gone, the project's folder."""
        last = self.ctx.remembered.import_folder
        return Path(last) if last and Path(last).is_dir() else home_folder(self.ctx)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Open the import on these files or folders; what is not to be read says so there."""
        if not self.ctx.writable:
            self.ctx.problem.emit(self.ctx.project.read_only_reason)
            return
        if self.dialog is not None:
            self.dialog.raise_()
            return
        self.dialog = ImportDialog(self.ctx, [path.absolute() for path in paths], self)
        self.dialog.imported.connect(self._imported)
        self.dialog.finished.connect(self._import_over)
        self.dialog.open()

    def _imported(self, guids: list[str]) -> None:
        self.imported(guids)
        one = self.tr("1 transcript imported.")
        many = self.tr("{count} transcripts imported.").format(count=len(guids))
        self.ctx.message.emit(one if len(guids) == 1 else many)

    def _import_over(self) -> None:
        self.dialog = None

    # Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()) and self.ctx.writable:
            event.acceptProposedAction()
            self.hold(True)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hold(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.hold(False)
        paths = dropped_files(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.import_files(paths)
