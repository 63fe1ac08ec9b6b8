"""The Report page: what this version can write, what it would hold now, and the export."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.changes import Changes
from coder_app.core.model import CONSENSUS
from coder_app.project.audit_search import Wanted
from coder_app.ui.actions import Action
from coder_app.ui.page import Page
from coder_app.ui.pages import PAGES
from coder_app.ui.report import files
from coder_app.ui.report.coders import CodersChoice
from coder_app.ui.report.exporting import Exporter, Exports
from coder_app.ui.report.holdings import Holding, holding
from coder_app.ui.report.job import Order
from coder_app.ui.report.list import OutputList
from coder_app.ui.report.outputs import OUTPUTS, Output, output_rows
from coder_app.ui.report.paper import Paper
from coder_app.ui.report.preview import SheetView, show_sections
from coder_app.ui.trail.eyes import eyes_of
from coder_app.ui.widgets.parts import EmptyState, button, label
from coder_app.ui.widgets.splitters import remember


class ReportPage(Exports, Page):
    """``outputs`` is the list, ``output`` the one chosen, ``exporter`` writes it."""

    key = "report"

    @classmethod
    def actions_table(cls) -> list[Action]:
        return output_rows()

    # Making

    def build(self) -> None:
        self.outputs = OutputList(self.ctx, OUTPUTS)
        self.title = label("", "heading")
        self.purpose = label("", "muted", wrap=True)
        self.figures = label("", "strong", wrap=True)
        self.note = label("", "muted", wrap=True)
        for words in (self.title, self.purpose, self.figures, self.note):
            words.setMinimumWidth(1)  # a long name does not make the window wide
        self.coders = CodersChoice(self.ctx)
        self.caption = label("", "caption")
        self.sheet = SheetView(self.tr("Preview of the sheet"))
        self.paper = Paper(self.ctx)
        self.paper.setAccessibleName(self.tr("Preview of the document"))
        self.nothing = EmptyState("report", self.tr("Nothing to export yet"), "")
        self.go_button = self.nothing.add_button(button("", self._go_and_mend, kind="primary"))
        self._go = ""
        self.export_button = button(self.tr("Export…"), self.export_current, kind="primary", icon="export")
        self.stop_button = button(self.tr("Stop the export"), self.cancel_export, icon="close")
        self.choose_button = button(self.tr("Choose people and words"), self._go_to_member_check, kind="flat")
        self.read_button = button(
            self.tr("Read it…"), lambda: self.ctx.trailWanted.emit(""), kind="flat", icon="clock"
        )
        self.read_button.setAccessibleName(self.tr("Read the audit trail (Ctrl+Alt+H)"))
        self.exporter = Exporter(self.ctx, self)
        self._lay_out()
        self.outputs.chosen.connect(lambda: self._show_output())
        self.outputs.itemActivated.connect(lambda _: self.export_current())
        self.coders.changed.connect(lambda: self._show_holding())
        self.exporter.stateChanged.connect(self._show_state)
        self.ctx.zoomChanged.connect(self._take_zoom)
        self._show_state()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.title.setMinimumWidth(60)
        for widget in (
            self.title, self.choose_button, self.read_button, self.stop_button, self.export_button,
        ):  # fmt: skip
            top.addWidget(widget)
        self.previews = QStackedWidget()
        for preview in (self.sheet, self.paper, self.nothing):
            self.previews.addWidget(preview)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(10, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        lines: list[QWidget] = [self.purpose, self.figures, self.note, self.coders, self.caption]
        for line in lines:
            column.addWidget(line)
        column.addWidget(self.previews, 1)
        column.addSpacing(2)
        column.addWidget(self.exporter.banner)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.outputs)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([215, 945])
        remember(self.ctx, {"report": self.splitter})
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 14, 16, 14)
        whole.addWidget(self.splitter)

    # Showing

    @property
    def output(self) -> Output:
        """The output chosen in the list."""
        return self.outputs.output

    def refresh(self, changes: Changes) -> None:
        self.coders.reload()
        self._show_output()

    def retheme(self) -> None:
        self.outputs.viewport().update()
        self._show_holding()

    def _take_zoom(self) -> None:
        if self.ctx.has_project:
            self._show_holding()

    def enter(self) -> None:
        self.outputs.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_output(self) -> None:
        output = self.output
        name = output.tr(output.title)
        self.title.setText(self.tr("{output} ({format})").format(output=name, format=output.format))
        self.purpose.setText(output.tr(output.purpose))
        self.choose_button.setVisible(output.key == "member_check")
        self.read_button.setVisible(output.key == "audit_trail")
        self.coders.setVisible(self.coders.several and (output.key != "agreement" or self.ctx.everyone))
        self.export_button.setAccessibleName(self.tr("Export: {output}").format(output=self.title.text()))
        self._show_holding(keep_place=False)

    def _show_holding(self, *, keep_place: bool = True) -> None:
        shown = self._holding(self.output)
        for line, text in ((self.figures, shown.figures), (self.note, shown.note)):
            line.setText(text)
            line.setVisible(bool(text))
        self.caption.setText(shown.caption)
        self.caption.setVisible(bool(shown.caption))
        self.nothing.say(shown.reason)
        self._go = shown.go
        page = next((spec.title for spec in PAGES if spec.key == shown.go), "")
        page = QCoreApplication.translate("Actions", page)
        self.go_button.setText(self.tr("Go to {page}").format(page=page))
        self.go_button.setAccessibleName(self.go_button.text())
        self.go_button.setVisible(bool(page))
        if shown.table is not None:
            self.sheet.put(shown.table)
            self.previews.setCurrentWidget(self.sheet)
        elif shown.sections:
            show_sections(self.paper, shown.sections, self.ctx.project, keep_place=keep_place)
            self.previews.setCurrentWidget(self.paper)
        else:
            self.previews.setCurrentWidget(self.nothing)
        self.export_button.setEnabled(not shown.reason)

    def _holding(self, output: Output) -> Holding:
        return holding(output.key, self.ctx.project, self._coders(output), self.coders.names)

    def _coders(self, output: Output) -> tuple[str, ...] | None:
        """Whose work enters; a comparison made blind compares everybody who coded."""
        if output.key == "audit_trail" and self.coders.guids == (CONSENSUS,):
            return eyes_of(self.ctx)
        return None if output.key == "agreement" and not self.ctx.everyone else self.coders.guids

    def _show_state(self) -> None:
        self.export_button.setVisible(not self.exporter.running)
        self.stop_button.setVisible(self.exporter.running)
        self.update_actions()

    def _go_to_member_check(self) -> None:
        self.ctx.pageWanted.emit("membercheck")

    def _go_and_mend(self) -> None:
        self.ctx.pageWanted.emit(self._go)

    # Exporting

    def export_current(self) -> None:
        """Ask where to, then write the output that is chosen."""
        self._export(self.output)

    def export_codebook(self) -> None:
        self._choose_and_export("codebook")

    def export_quotes_excel(self) -> None:
        self._choose_and_export("quotes_excel")

    def export_quotes_word(self) -> None:
        self._choose_and_export("quotes_word")

    def export_agreement(self) -> None:
        self._choose_and_export("agreement")

    def export_member_check(self) -> None:
        self._choose_and_export("member_check")

    def export_audit_trail(self) -> None:
        self._choose_and_export("audit_trail")

    def _choose_and_export(self, key: str) -> None:
        self.outputs.choose(key)
        self._export(self.output)

    def _export(self, output: Output) -> None:
        reason = self._holding(output).reason
        if reason:
            self.ctx.problem.emit(reason)
            return
        out = self._ask_where(output)
        if out is not None:
            title = self.tr("Writing {name}").format(name=out.name)
            coders = self._coders(output)
            trail = Wanted(eyes=coders) if output.key == "audit_trail" else None
            self.exporter.start(title, Order(output.kind, out, coders, trail=trail))

    def _ask_where(self, output: Output) -> Path | None:
        folder = files.home_folder(self.ctx)
        name = output.tr(output.title)
        if output.is_folder:
            people = self.ctx.project.participants.all()
            return files.ask_document_folder(self, folder, output.file_name, [p.label for p in people])
        title = self.tr("Export: {output}").format(output=name)
        return files.ask_file(self, title, folder / output.file_name, output.tr(output.files))
