"""Dividing, locking and removing meaning units, on the pages that show transcripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from coder_app.core.model import MeaningUnits
from coder_app.ui.actions import Action
from coder_app.ui.context import Context
from coder_app.ui.dialogs.ask import confirm
from coder_app.ui.tr import QT_TRANSLATE_NOOP

DIVIDING: tuple[Action, ...] = (
    Action("units_divide", QT_TRANSLATE_NOOP("Actions", "&Divide into meaning units…"), "divide_units",
           "units", "Ctrl+F7", "split", when="writable can_divide", separator=True,
           words="segment turn sentence paragraph unitize"),
    Action("units_lock", QT_TRANSLATE_NOOP("Actions", "&Lock the meaning units"), "lock_units", "units",
           "Ctrl+F8", "lock", when="writable has_units", checked="units_locked", words="unlock freeze"),
    Action("units_clear", QT_TRANSLATE_NOOP("Actions", "Remove &all meaning units…"), "clear_units", "units",
           "Ctrl+Shift+F7", "trash", when="writable has_units", words="delete division undivided"),
)  # fmt: skip
"""Rows for a page that inherits :class:`UnitCommands`."""


class UnitCommands:
    """What the rows call. A page inherits this and says which transcripts are meant."""

    ctx: Context

    def units_documents(self) -> Sequence[str]:
        """GUIDs of the transcripts that the commands are for."""
        raise NotImplementedError

    def units_parent(self) -> QWidget:
        """The widget over which dialogs open."""
        raise NotImplementedError

    def known_units(self) -> Mapping[str, MeaningUnits]:
        """Transcript -> its units, as the page read them last: conditions are asked with every key."""
        raise NotImplementedError

    # Conditions

    @property
    def can_divide(self) -> bool:
        return bool(self.units_documents())

    @property
    def has_units(self) -> bool:
        return bool(self._divided())

    @property
    def units_locked(self) -> bool:
        """Whether all that are divided are locked."""
        divided = self._divided()
        return bool(divided) and all(units.locked for units in divided)

    def _divided(self) -> list[MeaningUnits]:
        """The transcripts meant that are divided."""
        known = self.known_units()
        return [known[guid] for guid in self.units_documents() if guid in known]

    # Commands

    def divide_units(self) -> None:
        """Ask how, show what comes of it, and divide."""
        from coder_app.ui.units.dialog import DivideDialog

        documents = self.units_documents()
        if documents:
            DivideDialog(self.units_parent(), self.ctx, documents).exec()

    def lock_units(self, locked: bool) -> None:
        """Lock the units, so that everybody codes the same ones, or open them for changes again."""
        guids = [units.document for units in self._divided() if units.places and units.locked != locked]
        parent = self.units_parent()
        if not guids:
            self.ctx.problem.emit(parent.tr("There is no meaning unit to lock yet."))
            return
        ok, _ = self.ctx.run(self.ctx.project.meaning_units.set_locked, guids, locked)
        if ok and locked:
            self.ctx.message.emit(
                parent.tr("The meaning units are locked: F4 goes from unit to unit, letters give codes.")
            )
        elif ok:
            self.ctx.message.emit(parent.tr("The meaning units are open for changes."))

    def clear_units(self) -> None:
        """Take the division away after telling what stays."""
        divided, parent = self._divided(), self.units_parent()
        if any(units.locked for units in divided):
            self.ctx.problem.emit(parent.tr("The meaning units are locked: unlock them first (Ctrl+F8)."))
            return
        number = sum(len(units.places) for units in divided)
        text = parent.tr(
            "{n} meaning units are removed. Codings stay where they are, and rounds keep the units they"
            " were measured on. Undo brings the units back."
        ).format(n=f"{number:,}")
        if confirm(
            parent, parent.tr("Remove all meaning units"), text, parent.tr("Remove the units"), danger=True
        ):
            self.ctx.run(self.ctx.project.meaning_units.clear, [units.document for units in divided])
