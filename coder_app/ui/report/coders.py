"""Whose codings are counted: one's own while working blind, otherwise any of the coders."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from coder_app.core.model import CONSENSUS, Coder
from coder_app.ui.codebook.wording import short, tip
from coder_app.ui.context import Context, Whose
from coder_app.ui.widgets.parts import button, label

_IN_A_ROW = 3


class CodersChoice(QWidget):
    """Follows the window's switch: “Mine” leaves no choice, “Everyone's” shows a box for each coder."""

    changed = Signal()

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.boxes: dict[str, QCheckBox] = {}
        self._left_out: set[str] = set()
        self._names: dict[str, str] = {}
        self.words = label("", wrap=True)
        self.words.setMinimumWidth(1)
        self.everyone = button(
            self.tr("Take everyone's"), partial(self._take, Whose.EVERYONE), kind="flat", icon="users"
        )
        self.consensus = button(
            self.tr("Take the consensus"), partial(self._take, Whose.CONSENSUS), kind="flat", icon="check"
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(_IN_A_ROW, 1)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.consensus)
        top.addWidget(self.everyone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(top)
        column.addLayout(self._grid)

    @property
    def guids(self) -> tuple[str, ...] | None:
        """GUIDs of the coders counted; None: everybody."""
        if self.ctx.whose is Whose.CONSENSUS:
            return (CONSENSUS,)
        if not self.ctx.everyone:
            return (self.ctx.project.coders.current.guid,)
        chosen = tuple(guid for guid in self._names if guid not in self._left_out)
        return None if len(chosen) == len(self._names) else chosen

    @property
    def several(self) -> bool:
        """Whether there is anybody else whose codings could enter."""
        return len(self._names) > 1 or self.ctx.whose is Whose.CONSENSUS

    @property
    def names(self) -> list[str]:
        """Names of the coders counted."""
        guids = self.guids
        if self.ctx.whose is Whose.CONSENSUS:
            return [self.ctx.project.coders.name_of(CONSENSUS)]
        return [name for guid, name in self._names.items() if guids is None or guid in guids]

    def reload(self) -> None:
        """Show the coders and the switch as they are now."""
        coders = self.ctx.project.coders.all()
        self._names = {coder.guid: coder.name for coder in coders}
        self._left_out &= self._names.keys()
        own = self.ctx.project.coders.current
        everyone, several = self.ctx.everyone, len(coders) > 1
        consensus = self.ctx.whose is Whose.CONSENSUS
        if consensus:
            self.words.setText(self.tr("What the coders settled on enters: the consensus."))
        elif everyone and several:
            self.words.setText(self.tr("The codings of these coders enter:"))
        elif several:
            self.words.setText(
                self.tr("Only the codings of {coder} enter: the switch above says “Mine”.").format(
                    coder=own.name
                )
            )
        else:
            self.words.setText(self.tr("The codings of {coder} enter.").format(coder=own.name))
        self.everyone.setVisible(several and not everyone)
        self.consensus.setVisible(not consensus and self.ctx.has_consensus)
        self._show_boxes(coders if everyone and several else [])

    def _take(self, whose: Whose) -> None:
        from coder_app.ui.agreement.settle.gate import show_whose

        show_whose(self.window(), self.ctx, whose)

    def _show_boxes(self, coders: list[Coder]) -> None:
        if [coder.guid for coder in coders] != list(self.boxes):
            for box in self.boxes.values():
                self._grid.removeWidget(box)
                box.deleteLater()
            self.boxes = {}
            for at, coder in enumerate(coders):
                box = QCheckBox()
                box.toggled.connect(lambda on, guid=coder.guid: self._toggled(guid, on))
                self.boxes[coder.guid] = box
                self._grid.addWidget(box, *divmod(at, _IN_A_ROW))
        for coder in coders:
            box = self.boxes[coder.guid]
            box.setText(short(coder.name).replace("&", "&&"))
            box.setToolTip(tip(coder.name))
            box.setAccessibleName(self.tr("The codings of {coder} enter").format(coder=coder.name))
            box.blockSignals(True)
            box.setChecked(coder.guid not in self._left_out)
            box.blockSignals(False)

    def _toggled(self, guid: str, on: bool) -> None:
        if on:
            self._left_out.discard(guid)
        else:
            self._left_out.add(guid)
        self.changed.emit()
