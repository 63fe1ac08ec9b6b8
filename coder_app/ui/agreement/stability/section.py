"""The section “Stability” of the Agreement page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout

from coder_app.core.changes import Changes
from coder_app.core.errors import UserError
from coder_app.ui.actions import Action
from coder_app.ui.agreement.number_table import NumberTable
from coder_app.ui.agreement.sheets import Sheet, scrolling
from coder_app.ui.agreement.stability import passes_model, units_model, words
from coder_app.ui.agreement.stability.actions import STABILITY_ACTIONS
from coder_app.ui.agreement.stability.beginning import Beginning
from coder_app.ui.agreement.stability.doing import StabilityCommands
from coder_app.ui.agreement.stability.passes_model import PassesModel
from coder_app.ui.agreement.stability.units_model import LONGEST, UnitsModel, named
from coder_app.ui.widgets.parts import EmptyState, button, label

if TYPE_CHECKING:
    from coder_app.project.agreed import Agreed, PassResult
    from coder_app.project.comparing import Choice, Sources
    from coder_app.ui.work import Progress

LEAST_UNITS = 170


class StabilitySection(StabilityCommands):
    """A card that begins a pass; the passes; what the chosen one came to, unit by unit."""

    key = "stability"
    interests = Changes.ROUNDS | Changes.CODINGS | Changes.CODES | Changes.CODERS | Changes.DOCUMENTS

    @classmethod
    def actions_table(cls) -> list[Action]:
        return list(STABILITY_ACTIONS)

    # Making

    def build(self) -> None:
        self._failed: dict[str, str] = {}
        self.nothing = EmptyState(
            "clock",
            self.tr("A stability pass repeats a round"),
            self.tr(
                "Two coders code, and a round keeps what they agreed on. Then somebody codes the agreed units"
                " again without seeing their codes. Freeze a round first, under Figures."
            ),
        )
        self.nothing.add_button(
            button(self.tr("Go to Figures"), partial(self.show_section, "figures"), kind="primary")
        )
        self.beginning = Beginning()
        self.passes_model = PassesModel(self)
        self.passes = NumberTable(self.passes_model, self.tr("Stability passes"))
        self.passes.setSelectionBehavior(NumberTable.SelectionBehavior.SelectRows)
        self.code = button(self.tr("Code now"), self.code_now, kind="primary", icon="code")
        self.copy = button(self.tr("Copy the result"), self.copy_result, icon="copy")
        self.remove_button = button(self.tr("Remove…"), self.remove_pass, kind="flat", icon="trash")
        self.result = label("", wrap=True)
        self.result.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.only = QCheckBox(self.tr("Only units that are not confirmed"))
        self.only.setChecked(True)
        self.counted = label("", "muted")
        self.units_model = UnitsModel(self)
        self.units = NumberTable(self.units_model, self.tr("Agreed units and their codes in the pass"))
        self.units.setSelectionBehavior(NumberTable.SelectionBehavior.SelectRows)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        sheet = Sheet()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(label(words.about(), "muted", wrap=True))
        column.addWidget(self.beginning)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(self.tr("Passes"), "heading"))
        row.addStretch(1)
        for widget in (self.remove_button, self.copy, self.code):
            row.addWidget(widget)
        column.addLayout(row)
        self.none_yet = label(self.tr("No pass has been begun yet."), "muted")
        column.addWidget(self.none_yet)
        column.addWidget(self.passes)
        column.addWidget(self.result)
        row = QHBoxLayout()
        row.addWidget(self.only)
        row.addStretch(1)
        row.addWidget(self.counted)
        column.addLayout(row)
        column.addWidget(self.units, 1)
        column.addStretch(0)
        self.units.setMinimumHeight(LEAST_UNITS)
        heads = self.passes.horizontalHeader()
        for column_number in passes_model.Column:
            mode = QHeaderView.ResizeMode.ResizeToContents
            if column_number in (passes_model.Column.WHO, passes_model.Column.ROUND):
                mode = QHeaderView.ResizeMode.Stretch
            heads.setSectionResizeMode(int(column_number), mode)
        heads = self.units.horizontalHeader()
        heads.setSectionResizeMode(units_model.Column.WORDS, QHeaderView.ResizeMode.Stretch)
        for at, width in ((0, 150), (2, 220), (3, 220)):
            self.units.setColumnWidth(at, width)
        self.sheet = scrolling(sheet)
        self.whole = QStackedWidget()
        self.whole.addWidget(self.nothing)
        self.whole.addWidget(self.sheet)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole)

    def _connect(self) -> None:
        self.beginning.roundChanged.connect(self._show_round)
        self.beginning.beginWanted.connect(self.begin_pass)
        self.beginning.who.currentIndexChanged.connect(lambda _: self.update_actions())
        self.beginning.name.textChanged.connect(lambda _: self.update_actions())
        self.passes.selectionModel().currentRowChanged.connect(lambda *_: self._show_pass())
        self.passes.opened.connect(lambda _: self._show_pass())
        self.only.toggled.connect(self._show_only)
        self.units.opened.connect(lambda _: self.go_to_unit())
        self.units.selectionModel().currentRowChanged.connect(lambda *_: self.update_actions())

    # Showing

    def refresh(self, changes: Changes) -> None:
        project = self.ctx.project
        rounds = project.rounds.all()
        self.whole.setCurrentWidget(self.sheet if rounds else self.nothing)
        people = [coder for coder in project.coders.all() if not coder.person]
        self.beginning.put(rounds, people, self._proposed())
        self._show_passes()
        self._show_round()

    def retheme(self) -> None:
        self.units.viewport().update()

    def enter(self) -> None:
        if self.has_pass:
            self.passes.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.whole.currentWidget() is self.sheet:
            self.beginning.round.setFocus(Qt.FocusReason.OtherFocusReason)

    def _proposed(self) -> str:
        """Who is proposed: somebody outside the latest round, else who works now."""
        project = self.ctx.project
        me = project.coders.current
        rounds = project.rounds.all()
        if not rounds:
            return me.person or me.guid
        ok, choice = self.ctx.run(project.rounds.choice, rounds[-1].guid)
        inside = set(choice.coders) if ok and choice is not None else set()
        outside = [c.guid for c in project.coders.all() if not c.person and c.guid not in inside]
        return outside[0] if outside else me.person or me.guid

    def _show_round(self) -> None:
        """What a pass over the chosen round would code again."""
        guid = self.beginning.round_guid
        if not guid:
            self.beginning.tell("", possible=False)
        elif guid in self._failed:
            self.beginning.tell(self._failed[guid], possible=False)
        else:
            agreed = self.ctx.project.stability.known(guid)
            if agreed is None:
                self.beginning.tell(self.tr("Looking for the agreed units…"), possible=False)
                self._work_out([guid])
            else:
                self.beginning.tell(words.what_is_coded(agreed), possible=bool(agreed.count))
        self.update_actions()

    def _work_out(self, rounds: list[str]) -> None:
        """Find the agreed units of rounds, away from the window's thread."""
        project = self.ctx.project
        asked: list[tuple[str, Sources, Choice]] = []
        for guid in dict.fromkeys(rounds):
            if guid in self._failed or project.stability.known(guid) is not None:
                continue
            try:
                asked.append((guid, project.rounds.sources(guid), project.rounds.choice(guid)))
            except UserError as error:
                self._failed[guid] = str(error)
        if asked:
            self.ctx.work.in_thread(
                self.tr("Looking for the agreed units"),
                partial(work_out, asked),
                self._worked_out,
                key=f"agreed units {'/'.join(guid for guid, *_ in asked)}",
            )

    def _worked_out(self, found: dict[str, Agreed | str]) -> None:
        if not self.ctx.has_project:
            return
        for guid, agreed in found.items():
            if isinstance(agreed, str):
                self._failed[guid] = agreed
            else:
                self.ctx.project.stability.keep(guid, agreed)
        self._show_passes()
        self._show_round()

    def _show_passes(self) -> None:
        project, chosen = self.ctx.project, self.chosen()
        names = {one.guid: one.name for one in project.rounds.all()}
        passes = project.stability.all()
        self._work_out([one.round for one in passes])
        me = project.coders.current.guid
        rows = []
        for one in passes:
            known = project.stability.known(one.round)
            figures = project.stability.result(one.guid).confirmation if known is not None else None
            rows.append(passes_model.Row(one, names.get(one.round, "–"), figures, one.coder.guid == me))
        self.passes_model.put(rows)
        at = self.passes_model.row_of(chosen.guid) if chosen is not None else len(rows) - 1
        if rows and self.passes.currentIndex().row() != at:
            self.passes.setCurrentIndex(self.passes_model.index(max(0, at), 0))
        self.none_yet.setVisible(not rows)
        for widget in (self.passes, self.result, self.only, self.counted, self.units):
            widget.setVisible(bool(rows))
        for made in (self.code, self.copy, self.remove_button):
            made.setVisible(bool(rows))
        height = self.passes.horizontalHeader().sizeHint().height() + 6
        shown = min(max(len(rows), 1), 4)
        self.passes.setFixedHeight(height + shown * self.passes.verticalHeader().defaultSectionSize())
        self._show_pass()

    def _show_pass(self) -> None:
        """What the chosen pass came to."""
        found, row = self.chosen(), self._row()
        units: list[units_model.Row] = []
        text = ""
        if found is not None and row is not None and row.blind:
            text = words.blind()
        elif found is not None and row is not None and row.figures is not None:
            agreed = self.ctx.project.stability.agreed(found.round)
            text = words.result(agreed, row.figures, found.coder.name, row.round_name)
            units = self._unit_rows(agreed, self.ctx.project.stability.result(found.guid))
        elif found is not None:
            text = self._failed.get(found.round, self.tr("Looking for the agreed units…"))
        self.result.setText(text)
        self.units_model.put(units)
        self._count_units()
        self.update_actions()

    def _unit_rows(self, agreed: Agreed, result: PassResult) -> list[units_model.Row]:
        project = self.ctx.project
        titles = {document.guid: document.title for document in project.documents.all()}
        labels = {**{code.guid: code.name for code in project.codes.tree().nodes.values()}, **agreed.labels}
        rows = []
        for unit in result.units:
            if unit.document not in titles:
                continue
            text = project.documents.content(unit.document).text[unit.place[0] : unit.place[1]]
            rows.append(
                units_model.Row(
                    unit.document,
                    titles[unit.document],
                    *unit.place,
                    " ".join(text[:LONGEST].split()),
                    named(unit.first, labels),
                    named(unit.again, labels),
                    unit.confirmed,
                )
            )
        return rows

    def _count_units(self) -> None:
        shown, total = len(self.units_model.rows), self.units_model.total
        self.counted.setText(
            self.tr("{n} of {total} agreed units").format(n=f"{shown:,}", total=f"{total:,}") if total else ""
        )

    def _show_only(self, only: bool) -> None:
        self.units_model.show_only_open(only)
        self._count_units()
        self.update_actions()


def work_out(asked: list[tuple[str, Sources, Choice]], *, progress: Progress) -> dict[str, Agreed | str]:
    """The agreed units of each round, or the sentence why there are none."""
    from coder_app.project.agreed import agreed_units

    found: dict[str, Agreed | str] = {}
    for done, (guid, sources, choice) in enumerate(asked):
        progress(done, len(asked))
        try:
            found[guid] = agreed_units(sources, choice)
        except UserError as error:
            found[guid] = str(error)
    return found
