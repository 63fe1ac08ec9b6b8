"""What the commands of the section “Stability” do, and when they can be used."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton

from coder_app.core.model import StabilityPass
from coder_app.core.unit_steps import coded
from coder_app.ui.agreement.number_table import NumberTable
from coder_app.ui.agreement.section import Section
from coder_app.ui.agreement.stability.beginning import Beginning
from coder_app.ui.agreement.stability.passes_model import PassesModel, Row
from coder_app.ui.agreement.stability.units_model import UnitsModel
from coder_app.ui.dialogs.ask import confirm


class StabilityCommands(Section):
    """Members that the rows of :data:`STABILITY_ACTIONS` name."""

    beginning: Beginning
    passes: NumberTable
    passes_model: PassesModel
    units: NumberTable
    units_model: UnitsModel
    only: QCheckBox
    result: QLabel
    code: QPushButton
    copy: QPushButton
    remove_button: QPushButton

    # What is chosen

    def _row(self) -> Row | None:
        at = self.passes.currentIndex().row()
        return self.passes_model.rows[at] if 0 <= at < len(self.passes_model.rows) else None

    def chosen(self) -> StabilityPass | None:
        row = self._row()
        return row.found if row is not None else None

    # Conditions

    @property
    def may_begin(self) -> bool:
        return self.built and self.beginning.ready

    @property
    def has_pass(self) -> bool:
        return self.chosen() is not None

    @property
    def has_result(self) -> bool:
        row = self._row()
        return row is not None and row.figures is not None and not row.blind

    @property
    def has_unit(self) -> bool:
        return self.units.currentIndex().isValid()

    @property
    def only_open(self) -> bool:
        return self.only.isChecked()

    def update_actions(self) -> None:
        self.beginning.go.setEnabled(self.beginning.ready and self.ctx.writable)
        self.code.setEnabled(self.has_pass and self.ctx.writable)
        self.copy.setEnabled(self.has_result)
        self.remove_button.setEnabled(self.has_pass and self.ctx.writable)
        super().update_actions()

    # Commands

    def begin_pass(self) -> None:
        """Make the pass' own coder and choose the new pass."""
        if not (self.may_begin and self.ctx.writable):
            return
        person = self.beginning.person
        if not person:
            ok, made = self.ctx.run(self.ctx.project.coders.add, self.beginning.new_name)
            if not ok or made is None:
                return
            person = made
            self.beginning.name.clear()
        ok, guid = self.ctx.run(self.ctx.project.stability.start, self.beginning.round_guid, person)
        if ok and guid is not None:
            at = self.passes_model.row_of(guid)
            self.passes.setCurrentIndex(self.passes_model.index(at, 0))
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ctx.message.emit(self.tr("The pass has begun. “Code now” leads to its first unit."))

    def code_now(self) -> None:
        """Be the pass' own coder, at its first unit without a code."""
        found = self.chosen()
        if found is None or not self.ctx.writable:
            return
        ok, places = self.ctx.run(self.ctx.project.stability.units, found.guid)
        if not ok or places is None or not self.ctx.switch_coder(found.coder.guid):
            return
        codings = self.ctx.project.codings
        me = found.coder.guid
        order = [document.guid for document in self.ctx.project.documents.all() if document.guid in places]
        first: tuple[str, int, int] | None = None
        for document in order:
            own = [(c.start, c.end) for c in codings.of_document(document, [me]) if c.code is not None]
            done = coded(places[document], own)
            if not all(done):
                first = (document, *places[document][done.index(False)])
                break
        if first is None and order:
            first = (order[0], *places[order[0]][0])
        if first is not None:
            self.ctx.openPlace.emit(*first)

    def remove_pass(self) -> None:
        found = self.chosen()
        if found is None or not self.ctx.writable:
            return
        text = self.tr(
            "The pass of “{name}” is removed. What was coded in it stays with that coder; undo brings the"
            " pass back."
        ).format(name=found.coder.name)
        if confirm(self, self.tr("Remove stability pass"), text, self.tr("Remove the pass"), danger=True):
            self.ctx.run(self.ctx.project.stability.remove, [found.guid])

    def copy_result(self) -> None:
        """The sentence with both figures, ready for a text."""
        if self.has_result:
            QGuiApplication.clipboard().setText(self.result.text().replace("\u00a0", " "))
            self.ctx.message.emit(self.tr("The result is copied."))

    def set_only_open(self, only: bool) -> None:
        self.only.setChecked(only)

    def go_to_unit(self) -> None:
        """Show the chosen unit in its transcript."""
        at = self.units.currentIndex().row()
        if 0 <= at < len(self.units_model.rows):
            row = self.units_model.rows[at]
            self.ctx.openPlace.emit(row.document, row.start, row.end)

    def go_rounds(self) -> None:
        self.beginning.round.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_passes(self) -> None:
        self.passes.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def go_units(self) -> None:
        self.units.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.units.currentIndex().isValid() and self.units_model.rows:
            self.units.setCurrentIndex(self.units_model.index(0, 1))
