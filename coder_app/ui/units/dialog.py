"""How transcripts are divided into meaning units, with what would come of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coder_app.core.errors import UserError
from coder_app.core.model import Division
from coder_app.ui.agreement.sheets import Sheet, scrolling
from coder_app.ui.context import Context
from coder_app.ui.units.preview_model import NOW, THEN, TITLE, Line, PreviewModel
from coder_app.ui.widgets.choice import Choice
from coder_app.ui.widgets.parts import label, see_through
from coder_app.ui.work import Job, Progress

ONE, SEVERAL = "marked by one", "marked by several"
"""Both are `Division.MARKED`; they differ in whose marks are asked for."""
ROWS_SHOWN = 7


class DivideDialog(QDialog):
    """Divides the transcripts when it is accepted. ``documents``: GUIDs, at least one."""

    def __init__(self, parent: QWidget | None, ctx: Context, documents: Sequence[str]) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.job: Job | None = None
        self._counts: dict[str, int] | None = None
        self._image: bytes | None = None
        project = ctx.project
        divided = project.meaning_units.all()
        lines = [
            Line(document, divided.get(document.guid))
            for document in project.documents.all()
            if document.guid in set(documents)
        ]
        self.model = PreviewModel(lines, self)
        self.free = [line.document.guid for line in lines if not line.locked]
        """Transcripts that may be divided: those that are not locked."""
        self._coders = project.coders.all()
        self.setWindowTitle(self.tr("Divide into meaning units"))
        self.setMinimumWidth(520)
        self._make()
        self._lay_out()
        self._choose()
        rows = min(len(self.model.lines), ROWS_SHOWN)
        room = self.screen().availableGeometry().height() - 60
        self.resize(560, min(room, 400 + rows * self.table.verticalHeader().defaultSectionSize()))

    # Making

    def _make(self) -> None:
        self.how = QComboBox()
        self.how.setAccessibleName(self.tr("Divide by"))
        for text, key in (
            (self.tr("Turns of the participants"), Division.TURN.value),
            (self.tr("Sentences"), Division.SENTENCE.value),
            (self.tr("Paragraphs"), Division.PARAGRAPH.value),
            (self.tr("Passages that one coder marked"), ONE),
            (self.tr("Stretches that any of several coders marked"), SEVERAL),
            (self.tr("By hand: begin without units"), Division.HAND.value),
        ):
            self.how.addItem(text, key)
        self.who = Choice()
        self.who.setAccessibleName(self.tr("Whose marked passages"))
        self.team = QListWidget()
        self.team.setAccessibleName(self.tr("Coders whose marked passages become units"))
        self.team.setMaximumHeight(110)
        current = self.ctx.project.coders.current.guid if self.ctx.project.coders.chosen else ""
        for coder in self._coders:
            self.who.addItem(coder.name, coder.guid)
            row = QListWidgetItem(coder.name)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Unchecked if coder.person else Qt.CheckState.Checked)
            self.team.addItem(row)
        self.who.setCurrentIndex(max(0, self.who.findData(current)))
        self.team.setCurrentRow(0)
        self.hint = label("", "caption", wrap=True)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("What comes of it in each transcript"))
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        columns = self.table.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column in (NOW, THEN):
            columns.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setMinimumHeight(100)
        self.told = label("", wrap=True)
        self.lock = QCheckBox(self.tr("Lock them at once, so that coding can begin"))
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton(self.tr("Divide"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.go.setDefault(True)
        self.how.currentIndexChanged.connect(self._choose)
        self.who.currentIndexChanged.connect(self._count)
        self.team.itemChanged.connect(lambda _: self._count())
        self.buttons.accepted.connect(self.divide)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        sheet = Sheet()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(24, 20, 24, 6)
        column.setSpacing(10)
        column.addWidget(label(self.tr("Divide into meaning units"), "heading"))
        text = self.tr(
            "Everybody then codes the same stretches of text, and agreement is computed over them"
            " (Campbell et al. 2013)."
        )
        column.addWidget(label(text, "muted", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(10)
        name = label(self.tr("Divide &by"))
        name.setBuddy(self.how)
        row.addWidget(name)
        row.addWidget(self.how, 1)
        row.addWidget(self.who)
        column.addLayout(row)
        for widget in (self.team, self.hint, self.table, self.told, self.lock):
            column.addWidget(widget, 1 if widget is self.table else 0)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 6, 24, 18)
        foot.addWidget(self.buttons)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        area = scrolling(sheet)
        see_through(area)
        whole.addWidget(area, 1)
        whole.addLayout(foot)

    # What is chosen

    @property
    def division(self) -> Division:
        key = self.how.currentData()
        return Division.MARKED if key in (ONE, SEVERAL) else Division(key)

    @property
    def coders(self) -> list[str]:
        """GUIDs of those whose marked passages become units; none for other ways."""
        if self.how.currentData() == ONE:
            return [self.who.currentData()]
        if self.how.currentData() == SEVERAL:
            ticked = Qt.CheckState.Checked
            rows = range(self.team.count())
            return [self._coders[row].guid for row in rows if self.team.item(row).checkState() == ticked]
        return []

    def _choose(self) -> None:
        """Another way: what it needs is asked, and counted again."""
        key = self.how.currentData()
        self.who.setVisible(key == ONE)
        self.team.setVisible(key == SEVERAL)
        self.lock.setEnabled(key != Division.HAND.value)
        self.hint.setText(self._hint())
        self._count()

    def _hint(self) -> str:
        how = self.division
        if how is Division.MARKED:
            return self.tr(
                "Only the places are taken over, not the codes. Passages that overlap or touch become one"
                " unit."
            )
        if how is Division.HAND:
            return self.tr(
                "Select words on the Code page and make them a unit (Ctrl+F5); split, join and remove units"
                " there too."
            )
        return self.tr("The words of interviewers belong to no unit; names and times are left out.")

    # What comes of it

    def _count(self) -> None:
        """Count the units of each transcript, away from the window's thread."""
        self._counts = None
        self.model.put({})
        self._tell()
        if not self.free or (self.division is Division.MARKED and not self.coders):
            return
        if self._image is None:
            self._image = self.ctx.project.snapshot()
        self.ctx.work.in_thread(
            "",
            partial(count_units, self._image, self.free, self.division, self.coders),
            self._counted,
            key="meaning units",
        )

    def _counted(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self.model.put(counts)
        self._tell()

    def _tell(self) -> None:
        """What will happen, and whether it can."""
        total = sum((self._counts or {}).values())
        ready = self._counts is not None and (total > 0 or self.division is Division.HAND)
        self.go.setEnabled(ready and self.job is None)
        self.told.setText(" ".join(self._sentences(total)))

    def _sentences(self, total: int) -> list[str]:
        if not self.free:
            return [self.tr("All of these transcripts are locked. Unlock their units first (Ctrl+F8).")]
        if self.division is Division.MARKED and not self.coders:
            return [self.tr("Tick the coders whose passages become units.")]
        if self._counts is None:
            return [self.tr("Counting…")]
        if not total and self.division is Division.MARKED:
            return [self.tr("Nothing is marked in these transcripts yet.")]
        if not total and self.division is not Division.HAND:
            return [self.tr("There is nothing to divide by here: no participant speaks.")]
        said = [units_in(self, total, len(self.free))]
        replaced = sum(line.units_now for line in self.model.lines if not line.locked)
        if replaced:
            said.append(
                self.tr("The unit that is there now is replaced.")
                if replaced == 1
                else self.tr("The {n} units that are there now are replaced.").format(n=f"{replaced:,}")
            )
        if len(self.free) < len(self.model.lines):
            said.append(self.tr("Locked transcripts stay as they are."))
        said.append(self.tr("Codings stay where they are; undo takes the division back."))
        return said

    # Doing it

    def divide(self) -> None:
        """Divide as chosen: one step, with the window alive."""
        if not self.go.isEnabled():
            return
        pieces = self.ctx.project.meaning_units.make_in_pieces(
            self.free, self.division, self.coders, lock=self.lock.isChecked() and self.lock.isEnabled()
        )
        for widget in (self.how, self.who, self.team, self.lock, self.go):
            widget.setEnabled(False)
        self.job = self.ctx.work.in_pieces(
            self.tr("Dividing transcripts"), pieces, self._done, failed=self._failed, cancelled=self._stopped
        )

    def _done(self, _: None) -> None:
        self.job = None
        self.ctx.spread()
        self.accept()

    def _failed(self, error: UserError) -> None:
        self._stopped()
        self.ctx.problem.emit(str(error))

    def _stopped(self) -> None:
        self.job = None
        for widget in (self.how, self.who, self.team):
            widget.setEnabled(True)
        self._choose()

    def reject(self) -> None:
        """Stop what is under way, or close."""
        if self.job is not None and self.job in self.ctx.work.jobs:
            self.job.cancel()
            return
        for job in self.ctx.work.jobs:
            if job.key == "meaning units":
                job.cancel()
        super().reject()


def units_in(widget: QWidget, units: int, transcripts: int) -> str:
    """“240 units in 3 transcripts.”"""
    one = widget.tr("1 unit") if units == 1 else widget.tr("{n} units").format(n=f"{units:,}")
    where = (
        widget.tr("in 1 transcript")
        if transcripts == 1
        else widget.tr("in {n} transcripts").format(n=f"{transcripts:,}")
    )
    return f"{one} {where}."


def count_units(
    image: bytes, documents: Sequence[str], how: Division, coders: Sequence[str], *, progress: Progress
) -> dict[str, int]:
    """Transcript -> how many units it would have, on a snapshot of the project."""
    from coder_app.project.project import Project

    counts = {}
    with Project.from_snapshot(image) as project:
        for done, document in enumerate(documents):
            progress(done, len(documents))
            counts[document] = len(project.meaning_units.preview([document], how, coders)[document])
    return counts
