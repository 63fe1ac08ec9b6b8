"""A note on where these figures do not fit, shown once on a machine and closed by a click or a key."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from coder_app.ui.context import Context
from coder_app.ui.widgets.parts import label, tool

HINT = "agreement-reflexive"


class FitNote(QFrame):
    """For reflexive thematic analysis agreement between coders is no measure of quality."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.setProperty("kind", "info")
        self.words = label(
            self.tr(
                "These figures belong to coding with a shared codebook. In reflexive thematic analysis coding"
                " is one researcher's reading and is not meant to be repeated by another: there, talk about"
                " the differences instead of counting them (Braun & Clarke 2021)."
            ),
            wrap=True,
        )
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 5, 6, 5)
        row.addWidget(self.words, 1)
        row.addWidget(tool("close", self.tr("Close this note"), self.dismiss))
        self.hide()

    def come_up(self) -> None:
        """Show it the first time; from then on it counts as seen."""
        hidden = self.ctx.settings.hidden_hints
        if HINT not in hidden:
            hidden.append(HINT)
            self.ctx.settings.save()
            self.show()

    def dismiss(self) -> None:
        self.hide()
