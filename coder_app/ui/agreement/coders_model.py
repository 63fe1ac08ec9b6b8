"""The coders of a comparison, with a tick each; the order of those ticked is the order of the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractListModel, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from coder_app.core.model import Coder
from coder_app.ui.agreement import wording
from coder_app.ui.codebook.wording import tip
from coder_app.ui.widgets.disc import disc
from coder_app.ui.widgets.table_model import NOWHERE, Index

DISC = 18
ROW_HEIGHT = 28
FEWEST = 2


class CoderModel(QAbstractListModel):
    """``ticked`` is sent for a choice of the user's."""

    ticked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.coders: list[Coder] = []
        self._codings: dict[str, int] = {}
        self._chosen: list[str] = []

    def put(self, coders: Sequence[Coder], codings: Mapping[str, int], usual: Sequence[str]) -> None:
        """Offer these; who was ticked stays so while at least two of them are there, else ``usual`` are."""
        here = [coder.guid for coder in coders]
        kept = [guid for guid in self._chosen if guid in here]
        chosen = kept if len(kept) >= FEWEST else [guid for guid in usual if guid in here]
        counts = {guid: codings.get(guid, 0) for guid in here}
        if (list(coders), counts, chosen) == (self.coders, self._codings, self._chosen):
            return
        self.beginResetModel()
        self.coders, self._codings, self._chosen = list(coders), counts, chosen
        self.endResetModel()

    @property
    def chosen(self) -> list[Coder]:
        """Those ticked, in their order."""
        by_guid = {coder.guid: coder for coder in self.coders}
        return [by_guid[guid] for guid in self._chosen]

    def choose(self, guids: Sequence[str]) -> None:
        """Tick just these, in this order."""
        here = {coder.guid for coder in self.coders}
        chosen = [guid for guid in guids if guid in here]
        if chosen != self._chosen:
            self._chosen = chosen
            self._tell()

    def tick(self, guid: str, on: bool) -> None:
        """Take a coder into the comparison, as its last, or leave her out."""
        if on != (guid in self._chosen):
            if on:
                self._chosen = [*self._chosen, guid]
            else:
                self._chosen = [other for other in self._chosen if other != guid]
            self._tell()

    def rotate(self) -> None:
        """The second comes first; the first comes last."""
        if len(self._chosen) >= FEWEST:
            self._chosen = [*self._chosen[1:], self._chosen[0]]
            self._tell()

    def _tell(self) -> None:
        if self.coders:
            self.dataChanged.emit(self.index(0), self.index(len(self.coders) - 1))
        self.ticked.emit()

    # Qt's questions

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.coders)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        coder = self.coders[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return coder.name
        if role == Qt.ItemDataRole.DecorationRole:
            return disc(coder.name, DISC)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(100, ROW_HEIGHT)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if coder.guid in self._chosen else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            told = f"{coder.name}, {wording.codings(self._codings[coder.guid])}"
            if coder.guid in self._chosen and len(self._chosen) > 1:
                told += wording.tr(", column {n}").format(n=self._chosen.index(coder.guid) + 1)
            return tip(told) if role == Qt.ItemDataRole.ToolTipRole else told
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        self.tick(self.coders[index.row()].guid, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True
