"""Which places are listed: how far they are, of which code, in which transcript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from coder_app.ui.agreement.settle.states import Filter, Show
from coder_app.ui.codebook.wording import short
from coder_app.ui.widgets.choice import choice

ANY = ""


class Filters(QWidget):
    """``changed`` is sent for each choice of the user's."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self.show_box = choice(self.tr("Which places"), 6)
        self.code = choice(self.tr("Of which code"), 6)
        self.document = choice(self.tr("In which transcript"), 6)
        for show, text in (
            (Show.OPEN, self.tr("Not settled yet")),
            (Show.DISCUSS, self.tr("To discuss")),
            (Show.SETTLED, self.tr("Settled")),
            (Show.DIFFERING, self.tr("All disagreements")),
            (Show.AGREED, self.tr("Agreed passages")),
        ):
            self.show_box.addItem(text, show)
        self.put((), {}, ())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box in (self.show_box, self.code, self.document):
            box.setToolTip(box.accessibleName())
            row.addWidget(box, 1)
            box.currentIndexChanged.connect(self._changed)

    def put(
        self, codes: Sequence[str], names: Mapping[str, str], documents: Sequence[tuple[str, str]]
    ) -> None:
        """Offer these codes (GUIDs, in this order) and transcripts (GUID, title); the chosen ones stay."""
        chosen = self.filter
        self._filling = True
        for box, any_words, offered, now in (
            (self.code, self.tr("Any code"), [(guid, names[guid]) for guid in codes], chosen.code),
            (self.document, self.tr("Any transcript"), list(documents), chosen.document),
        ):
            box.clear()
            box.addItem(any_words, ANY)
            for guid, name in offered:
                box.addItem(short(name), guid)
            box.setCurrentIndex(max(0, box.findData(now)))
        self._filling = False

    @property
    def filter(self) -> Filter:
        return Filter(
            Show(self.show_box.currentData() or Show.OPEN),
            str(self.code.currentData() or ANY),
            str(self.document.currentData() or ANY),
        )

    def choose(self, show: Show) -> None:
        self.show_box.setCurrentIndex(self.show_box.findData(show))

    def _changed(self) -> None:
        if not self._filling:
            self.changed.emit()
