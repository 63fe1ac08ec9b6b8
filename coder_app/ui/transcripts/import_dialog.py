"""The import of transcripts: read, look through, say who speaks, and take them into the project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.errors import UserError
from coder_app.project.incoming import Prepared
from coder_app.project.participants import natural
from coder_app.ui.context import Context
from coder_app.ui.transcripts.batch import Batch, ImportFile, prepare_batch
from coder_app.ui.transcripts.file_list import FileList, FilesModel, fault
from coder_app.ui.transcripts.file_pane import FilePane
from coder_app.ui.transcripts.importing import expanded, make_batch, mark_twin, read_all, read_one
from coder_app.ui.widgets.banner import Banner
from coder_app.ui.widgets.parts import button, label, tool
from coder_app.ui.work import Job


class ImportDialog(QDialog):
    """Reads files in the background and imports those that are wanted, as one step.

    Open it with ``open()``; it deletes itself. ``imported`` carries the GUIDs of the new transcripts.
    """

    imported = Signal(list)
    ready = Signal()
    """The files have been read."""

    def __init__(self, ctx: Context, paths: Sequence[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.batch = Batch([])
        self.job: Job | None = None
        self._touched = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import transcripts"))
        self.setSizeGripEnabled(True)
        room = self.screen().availableGeometry()
        self.resize(min(1180, room.width() - 40), min(660, room.height() - 60))
        self.stack = QStackedWidget()
        self.stack.addWidget(self._reading_page())
        self.stack.addWidget(self._main_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(self.stack)
        for made in self.findChildren(QPushButton):
            made.setAutoDefault(made is self.go)
        self._shortcuts()
        ctx.problem.connect(self._tell_problem)
        self.paths = expanded(paths)
        self._read()

    # Building

    def _reading_page(self) -> QWidget:
        made = QWidget()
        self.reading = label(self.tr("Reading the files…"), "heading")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)  # the line above it tells how far it is
        self.bar.setAccessibleName(self.tr("Reading the files"))
        self.bar.setMaximumWidth(420)
        self.stop = button(self.tr("Cancel"), self.reject)
        column = QVBoxLayout(made)
        column.addStretch(2)
        for widget in (self.reading, self.bar, self.stop):
            column.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.bar.setMinimumWidth(320)
        column.setSpacing(14)
        column.addStretch(3)
        return made

    def _main_page(self) -> QWidget:
        self.model = FilesModel(self)
        self.list = FileList(self.model)
        self.list.selectionModel().currentChanged.connect(self._show_current)
        self.model.ticked.connect(self._update)
        self.pane = FilePane(self.ctx.colors)
        self.list.delegate.colors = self.ctx.colors
        self.pane.answered.connect(self._answered)
        self.pane.encodingChosen.connect(self._read_again)
        self.pane.againWanted.connect(lambda: self._read_again(""))
        self.pane.leftOut.connect(self._leave_out)
        self.banner = Banner()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self._files_column())
        splitter.addWidget(self.pane)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([280, 860])
        splitter.setHandleWidth(15)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.banner)
        column.addWidget(splitter, 1)
        column.addLayout(self._footer())
        return made

    def _files_column(self) -> QWidget:
        made = QWidget()
        self.files_title = label(self.tr("Files"), "strong")
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.files_title, 1)
        self.previous = tool("up", self.tr("Previous file (Ctrl+Page Up)"), lambda: self._walk(-1))
        self.next = tool("down", self.tr("Next file (Ctrl+Page Down)"), lambda: self._walk(1))
        row.addWidget(self.previous)
        row.addWidget(self.next)
        column.addLayout(row)
        column.addWidget(self.list)
        return made

    def _footer(self) -> QHBoxLayout:
        self.summary = label("", "muted", wrap=True)
        self.cancel = button(self.tr("Cancel"), self.reject)
        self.go = button(self.tr("Import"), self.import_now, kind="primary")
        self.go.setDefault(True)
        self.go.setToolTip(self.tr("Ctrl+Enter"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.summary, 1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _shortcuts(self) -> None:
        for keys, call in (
            ("Ctrl+Return", self.import_now),
            ("Ctrl+Enter", self.import_now),
            ("Ctrl+PgDown", partial(self._walk, 1)),
            ("Ctrl+PgUp", partial(self._walk, -1)),
        ):
            QShortcut(QKeySequence(keys), self, call)

    # Reading

    def _read(self) -> None:
        self.bar.setRange(0, max(1, len(self.paths)))
        read = partial(read_all, self.paths)
        self._run(
            self.ctx.work.in_thread(self.tr("Reading transcripts"), read, self._have_read), self._progressed
        )

    def _run(self, job: Job, progressed: Callable[[int, int], None]) -> None:
        """Keep a job so that it can be cancelled, unless it is done already."""
        if job in self.ctx.work.jobs:
            self.job = job
            job.progressed.connect(progressed)

    def _progressed(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        if done < len(self.paths):
            self.reading.setText(
                self.tr("Reading {done} of {total}: {name}").format(
                    done=done + 1, total=total, name=_short(self.paths[done].name)
                )
            )

    def _have_read(self, files: list[ImportFile]) -> None:
        self.job = None
        self.batch = make_batch(self.ctx.project, files)
        self.model.show_batch(self.batch)
        self.stack.setCurrentIndex(1)
        first = next((row for row, file in enumerate(self.batch.files) if file.readable), 0)
        self.list.setCurrentIndex(self.model.index(first))
        self.list.setFocus()
        self._update()
        unreadable = sum(1 for file in files if not file.readable)
        if unreadable and unreadable < len(files):
            sentence = self.tr(
                "{count} of {total} files cannot be read. The others can be imported without them."
            )
            self.banner.tell(sentence.format(count=unreadable, total=len(files)), "warning")
        self.ready.emit()

    def _read_again(self, encoding: str) -> None:
        """Read the current file once more, in this encoding (empty: as found out)."""
        file = self.current
        if file is None or self.job is not None:
            return

        def read(progress: object) -> ImportFile:
            return read_one(file.path, encoding or None)

        self.pane.setEnabled(False)
        title = self.tr("Reading {name}").format(name=_short(file.name))
        self._run(self.ctx.work.in_thread(title, read, partial(self._have_again, file)), self._prepared)

    def _have_again(self, old: ImportFile, new: ImportFile) -> None:
        self.job = None
        self.pane.setEnabled(True)
        if not new.readable and old.readable:
            self.pane.show_file(self.batch, old)
            self.banner.tell(new.problem, "problem")
            return
        mark_twin(self.ctx.project, self.batch, old, new)
        self.batch.replace_file(old, new)
        self.banner.hide()
        self.pane.show_file(self.batch, self.current)
        self._answered()

    # Looking through

    @property
    def current(self) -> ImportFile | None:
        """The file that is shown."""
        index = self.list.currentIndex()
        return self.model.file_at(index) if index.isValid() else None

    def _show_current(self, index: QModelIndex, _: QModelIndex) -> None:
        self.pane.table.commit_open_editor()
        self.pane.show_file(self.batch, self.model.file_at(index) if index.isValid() else None)

    def _walk(self, step: int) -> None:
        if self.stack.currentIndex() == 0:
            return
        row = self.list.currentIndex().row() + step
        if 0 <= row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))

    def _leave_out(self) -> None:
        file = self.current
        if file is None:
            return
        row = self.batch.files.index(file)
        self.batch.files.remove(file)
        self.model.show_batch(self.batch)
        if not self.batch.files:
            self.close()
            return
        self.list.setCurrentIndex(self.model.index(min(row, len(self.batch.files) - 1)))
        self._update()

    def _answered(self) -> None:
        self._touched = True
        self._update()

    def _update(self) -> None:
        self.model.update_states()
        chosen = self.batch.chosen()
        self.files_title.setText(
            self.tr("Files ({chosen} of {total})").format(chosen=len(chosen), total=len(self.batch.files))
        )
        self.go.setEnabled(bool(chosen))
        if len(chosen) == 1:
            self.go.setText(self.tr("Import 1 transcript"))
        else:
            self.go.setText(self.tr("Import {count} transcripts").format(count=len(chosen)))
        self.go.setAccessibleName(self.go.text())
        self.summary.setText(self._people_in_words())

    def _people_in_words(self) -> str:
        new = sorted(self.batch.new_labels(), key=natural)
        if not self.batch.chosen():
            return self.tr("Nothing is ticked.")
        if not new:
            return self.tr("No new participants.")
        shown = ", ".join(_short(label, 20) for label in new[:8]) + ("…" if len(new) > 8 else "")
        if len(new) == 1:
            return self.tr("New participant: {label}").format(label=shown)
        return self.tr("{count} new participants: {labels}").format(count=len(new), labels=shown)

    # Ending

    def import_now(self) -> None:
        """Take the ticked files into the project; what must be mended first is shown."""
        if self.stack.currentIndex() == 0 or self.job is not None:
            return
        self.pane.table.commit_open_editor()
        chosen = self.batch.chosen()
        faulty = next((file for file in chosen if fault(file)), None)
        if faulty is not None:
            self._show_fault(faulty)
        elif chosen:
            self._prepare()

    def _prepare(self) -> None:
        """Make the transcripts ready in the background, then write them."""
        self.stack.setCurrentIndex(0)
        self.stop.setFocus()
        self.reading.setText(self.tr("Preparing…"))
        self.bar.setRange(0, 0)
        title = self.tr("Preparing transcripts")
        work = partial(prepare_batch, self.batch)
        self._run(
            self.ctx.work.in_thread(title, work, self._write, failed=self._refused, cancelled=self._stopped),
            self._prepared,
        )

    def _prepared(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _write(self, documents: list[Prepared]) -> None:
        """Write the transcripts as one step, with the window alive; Cancel leaves nothing of it."""
        self.job = None
        pieces = self.ctx.project.documents.add_in_pieces(documents)
        title = self.tr("Importing transcripts")
        self._run(
            self.ctx.work.in_pieces(
                title, pieces, self._written, failed=self._refused, cancelled=self._stopped
            ),
            self._have_written,
        )

    def _have_written(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.reading.setText(self.tr("Writing {done} of {total}").format(done=done, total=total))

    def _written(self, guids: list[str]) -> None:
        self.job = None
        self.ctx.spread()
        self.imported.emit(guids)
        self.accept()

    def _stopped(self) -> None:
        """Back to the answers, which are all there still."""
        self.job = None
        self.stack.setCurrentIndex(1)
        self.list.setFocus()
        self.banner.tell(self.tr("Stopped. Nothing was imported."))

    def _refused(self, error: UserError) -> None:
        self.job = None
        self.stack.setCurrentIndex(1)
        self.ctx.problem.emit(str(error))

    def _show_fault(self, file: ImportFile) -> None:
        self.list.setCurrentIndex(self.model.index(self.batch.files.index(file)))
        self.banner.tell(f"{_short(file.name)}: {fault(file)}", "problem")
        field = self.pane.title if not file.title.strip() else self.pane.date
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    def _tell_problem(self, sentence: str) -> None:
        if self.isVisible():
            self.banner.tell(sentence, "problem")

    def reject(self) -> None:
        """Stop the import that is under way, or else close."""
        if self.batch.files and self.stack.currentIndex() == 0 and self.job in self.ctx.work.jobs:
            assert self.job is not None
            self.job.cancel()  # leads back to the answers
            return
        if self._touched and self.isVisible() and not self._may_go():
            return
        if self.job is not None:
            self.job.cancel()
        super().reject()

    def _may_go(self) -> bool:
        answer = QMessageBox.question(
            self,
            self.tr("Stop importing"),
            self.tr("Stop importing? What you have filled in here will be lost."),
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer == QMessageBox.StandardButton.Discard


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
