"""The section “For the paper” of the Agreement page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.changes import Changes
from coder_app.core.errors import UserError
from coder_app.core.paper import write
from coder_app.core.paper_facts import Facts, Purpose
from coder_app.core.paper_words import Words
from coder_app.ui.actions import Action
from coder_app.ui.agreement.number_table import NumberTable
from coder_app.ui.agreement.paper.actions import PAPER_ACTIONS
from coder_app.ui.agreement.paper.sources_model import SourcesModel
from coder_app.ui.agreement.section import Section
from coder_app.ui.agreement.sheets import Sheet, scrolling
from coder_app.ui.widgets.banner import Banner
from coder_app.ui.widgets.choice import Choice as Combo
from coder_app.ui.widgets.parts import EmptyState, button, label
from coder_app.ui.widgets.splitters import remember

if TYPE_CHECKING:
    from coder_app.project.comparing import Choice

NOW = ""
"""Stands for the codings as they are now: no round."""
RESAMPLES = 2000


class PaperSection(Section):
    """A paragraph to edit and copy; what is missing for it, and where its figures come from."""

    key = "paper"
    interests = Changes.EVERYTHING & ~Changes.MEMOS

    @classmethod
    def actions_table(cls) -> list[Action]:
        return list(PAPER_ACTIONS)

    # Making

    def build(self) -> None:
        self.words: Words | None = None
        self.facts: Facts | None = None
        self._written = ""
        """The text as the program wrote it; what differs is the researcher's own."""
        self.alone = EmptyState(
            "agreement",
            self.tr("Agreement needs a second coder"),
            self.tr(
                "Once two people have coded the same transcripts, a methods paragraph with your own figures"
                " stands here, ready to be copied."
            ),
        )
        self.round = Combo()
        self.round.setAccessibleName(self.tr("Which measuring the paragraph reports"))
        self.purpose = Combo()
        self.purpose.setAccessibleName(self.tr("Why agreement was measured"))
        for text, purpose in (
            (self.tr("To assess reliability"), Purpose.RELIABILITY),
            (self.tr("To test and refine the codebook"), Purpose.CODEBOOK),
            (self.tr("To make the coding transparent"), Purpose.TRANSPARENCY),
            (self.tr("To prompt discussion in the team"), Purpose.DIALOGUE),
            (self.tr("To support trustworthiness"), Purpose.TRUST),
        ):
            self.purpose.addItem(text, purpose.value)
        self.copy = button(self.tr("Copy"), self.copy_words, kind="primary", icon="copy")
        self.save = button(self.tr("Save…"), self.save_words, icon="export")
        self.again = button(self.tr("Write anew"), self.write_again, kind="flat", icon="refresh")
        self.notice = Banner()
        self.waiting = label("", "muted")
        self.edit = QPlainTextEdit()
        self.edit.setAccessibleName(self.tr("Words for the paper"))
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(150)
        self.missing_title = label(self.tr("Still missing"), "heading")
        self.missing = label("", wrap=True)
        self.missing.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sources = SourcesModel(self)
        self.table = NumberTable(self.sources, self.tr("Where the figures come from"))
        self.table.setSelectionBehavior(NumberTable.SelectionBehavior.SelectRows)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self._left())
        self.splitter.addWidget(scrolling(self._right()))
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([720, 480])
        remember(self.ctx, {"paper": self.splitter})
        sheet = Sheet()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.notice)
        column.addWidget(self.splitter, 1)
        self.sheet = scrolling(sheet)
        self.whole = QStackedWidget()
        self.whole.addWidget(self.alone)
        self.whole.addWidget(self.sheet)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole)
        self.notice.hide()

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(label(self.tr("About")), self.round)
        form.addRow(label(self.tr("Purpose")), self.purpose)
        column.addLayout(form)
        column.addWidget(self.edit, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.waiting, 1)
        for widget in (self.again, self.save, self.copy):
            row.addWidget(widget)
        column.addLayout(row)
        return left

    def _right(self) -> QWidget:
        right = Sheet()
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.missing_title)
        column.addWidget(self.missing)
        column.addWidget(label(self.tr("Where the figures come from"), "heading", wrap=True))
        column.addWidget(self.table, 1)
        about = self.tr(
            "What a study should report: purpose, coders, share of the data coded twice, unit, coefficient,"
            " threshold, and how differences were handled (O'Connor & Joffe, 2020)."
        )
        column.addWidget(label(about, "caption", wrap=True))
        heads = self.table.horizontalHeader()
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        heads.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        heads.setSectionResizeMode(2, QHeaderView.ResizeMode.Interactive)
        self.table.setColumnWidth(0, 170)
        self.table.setColumnWidth(2, 130)
        self.table.setMinimumHeight(150)
        return right

    def _connect(self) -> None:
        self.round.activated.connect(lambda _: self.write_again())
        self.purpose.activated.connect(lambda _: self._purpose_chosen())
        self.edit.textChanged.connect(self.update_actions)
        self.desk.chosenChanged.connect(self._chosen_elsewhere)

    # Showing

    def refresh(self, changes: Changes) -> None:
        project = self.ctx.project
        people = [coder for coder in project.coders.all() if not coder.person]
        rounds = project.rounds.all()
        self.whole.setCurrentWidget(self.sheet if len(people) > 1 or rounds else self.alone)
        if self.whole.currentWidget() is self.alone:
            self._forget()
            return
        chosen = self.round.currentData() if self.round.count() else None
        self.round.clear()
        for one in reversed(rounds):
            self.round.addItem(one.name, one.guid)
        self.round.addItem(self.tr("The codings as they are now"), NOW)
        self.round.setCurrentIndex(max(0, self.round.findData(chosen)))
        self._ask()

    def enter(self) -> None:
        if self.has_words:
            self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.whole.currentWidget() is self.sheet:
            self.round.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen_elsewhere(self) -> None:
        """Figures compares something else now; that is what “as they are now” means."""
        if self.built and self.isVisible() and self.round.currentData() == NOW and not self.is_edited:
            self._ask()

    def _choice(self) -> Choice:
        """What is compared where no round is: as under Figures, else the two who most likely are meant."""
        from coder_app.core.model import Level
        from coder_app.project.comparing import Choice

        if self.desk.wanted is not None:
            return self.desk.wanted.choice(Level.CODE)
        codings = self.ctx.project.queries.codings_by_document()
        counts: dict[str, int] = {}
        for (_, coder), count in codings.items():
            counts[coder] = counts.get(coder, 0) + count
        people = [c.guid for c in self.ctx.project.coders.all() if not c.person]
        people.sort(key=lambda guid: -counts.get(guid, 0))
        return Choice(coders=tuple(people[:2]))

    def _ask(self) -> None:
        """Collect the facts, away from the window's thread: first without intervals, then with them."""
        guid = str(self.round.currentData() or NOW)
        image = self.ctx.project.snapshot()
        self._collect(image, guid, self._choice(), 0)

    def _collect(self, image: bytes, guid: str, choice: Choice, resamples: int) -> None:
        from coder_app.project.paper import facts_of_snapshot

        me = self.ctx.project.coders.current.guid
        self.waiting.setText(
            self.tr("Working out the intervals…") if resamples else self.tr("Collecting the figures…")
        )
        self.ctx.work.in_thread(
            self.tr("Collecting the figures for the paper"),
            partial(facts_of_snapshot, image, me, guid, choice, resamples),
            partial(self._answered, image, guid, choice, resamples),
            key="paper",
            failed=self._failed,
            cancelled=self._stopped,
        )

    def _answered(self, image: bytes, guid: str, choice: Choice, resamples: int, facts: Facts) -> None:
        self.waiting.setText("")
        if not self.ctx.has_project:
            return
        self.facts = facts
        self._write()
        if not resamples:
            self._collect(image, guid, choice, RESAMPLES)

    def _stopped(self) -> None:
        """Cancelled by hand, or by a newer question, which goes on."""
        if all(job.key != "paper" for job in self.ctx.work.jobs):
            self.waiting.setText("")

    def _failed(self, error: UserError) -> None:
        self.waiting.setText("")
        self._forget()
        self.missing_title.show()
        self.missing.show()
        self.missing.setText(f"• {error}")

    def _forget(self) -> None:
        self.facts = self.words = None
        self.sources.put([])
        self._put_text("")
        self.missing.setText("")
        self.update_actions()

    # Writing

    @property
    def is_edited(self) -> bool:
        """Whether the text holds changes of the researcher's own."""
        return self.edit.toPlainText() != self._written

    def _write(self) -> None:
        """Write the paragraph, unless it has been changed by hand since."""
        if self.facts is None:
            return
        self.words = write(self.facts, Purpose(self.purpose.currentData()))
        self.sources.put(self.words.sources)
        self.missing.setText("\n".join(f"• {text}" for text in self.words.missing))
        self.missing.setVisible(bool(self.words.missing))
        self.missing_title.setVisible(bool(self.words.missing))
        text = self.words.text()
        if self.is_edited and self._written:
            if text != self._written:
                self.notice.tell(
                    self.tr(
                        "The figures have changed since you began to edit. Your text stays; “Write anew” (F5)"
                        " replaces it."
                    ),
                    "info",
                )
        else:
            self._put_text(text)
        self.update_actions()

    def _put_text(self, text: str) -> None:
        """Replace the text as one step that Ctrl+Z in the editor takes back."""
        self.notice.hide()
        self._written = text
        if self.edit.toPlainText() != text:
            cursor = QTextCursor(self.edit.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            self.edit.moveCursor(QTextCursor.MoveOperation.Start)

    def _purpose_chosen(self) -> None:
        """Only the beginning changes: the facts are there."""
        if self.facts is not None:
            if not self.is_edited:
                self._write()
                return
            old = self.words.sentences[0] if self.words is not None else ""
            self.words = write(self.facts, Purpose(self.purpose.currentData()))
            text, new = self.edit.toPlainText(), self.words.sentences[0]
            if old and old in text:
                edited = text.replace(old, new, 1)
                self._put_text(edited)
                self._written = self.words.text()
            self.update_actions()

    # Conditions

    @property
    def has_words(self) -> bool:
        return self.built and bool(self.edit.toPlainText().strip())

    @property
    def may_write(self) -> bool:
        return self.built and self.whole.currentWidget() is self.sheet

    def update_actions(self) -> None:
        self.copy.setEnabled(self.has_words)
        self.save.setEnabled(self.has_words)
        super().update_actions()

    # Commands

    def write_again(self) -> None:
        """Replace the text by what the figures say now."""
        self._written = self.edit.toPlainText()  # as if nobody had changed it
        self.notice.hide()
        self._ask()

    def copy_words(self) -> None:
        if self.has_words:
            QGuiApplication.clipboard().setText(self.edit.toPlainText())
            self.ctx.message.emit(self.tr("The words for the paper are copied."))

    def save_words(self) -> None:
        """Ask for a file: plain text, or Word."""
        path = self.ctx.project.path
        name = self.tr("methods.docx")
        suggested = path.with_name(f"{path.stem} {name}") if path is not None else Path(name)
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the words for the paper"),
            str(suggested),
            self.tr("Word documents (*.docx);;Text files (*.txt)"),
        )
        if chosen:
            self.write_file(Path(chosen))

    def write_file(self, path: Path) -> None:
        """Write the text as it stands to ``path`` (``.docx`` unless it ends in ``.txt``)."""
        from coder_app.formats.paper import write_words

        if path.suffix.lower() not in (".docx", ".txt"):
            path = path.with_name(path.name + ".docx")
        self.ctx.work.in_thread(
            self.tr("Saving the words for the paper"),
            partial(write_words, self.edit.toPlainText(), path),
            lambda _: self.ctx.message.emit(self.tr("Saved: {name}").format(name=path.name)),
        )

    def go_choices(self) -> None:
        self.round.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_text(self) -> None:
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_sources(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.table.currentIndex().isValid() and self.sources.rows:
            self.table.setCurrentIndex(self.sources.index(0, 0))
