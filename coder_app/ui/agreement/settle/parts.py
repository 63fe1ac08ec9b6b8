"""The widgets of the section “Settle”, and what its commands ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from coder_app.core.model import Verdict
from coder_app.ui.agreement.section import Section
from coder_app.ui.agreement.settle.columns import Columns
from coder_app.ui.agreement.settle.computing import Bench
from coder_app.ui.agreement.settle.deciding import Deciding
from coder_app.ui.agreement.settle.filters import Filters
from coder_app.ui.agreement.settle.head import RoundHead
from coder_app.ui.agreement.settle.items_model import ItemsModel
from coder_app.ui.agreement.settle.items_view import ItemsView
from coder_app.ui.agreement.settle.result import ResultColumn
from coder_app.ui.agreement.settle.scene import Names, Scene
from coder_app.ui.agreement.settle.states import Entry
from coder_app.ui.coding.popup import CodePopup

if TYPE_CHECKING:
    from coder_app.core.settling import Span
    from coder_app.project.sources import Sources


class SettleParts(Section):
    """The section makes the widgets named here."""

    opened: Bench | None
    sources: Sources | None
    names: Names | None
    scene: Scene | None
    head: RoundHead
    filters: Filters
    model: ItemsModel
    items: ItemsView
    columns: Columns
    result: ResultColumn
    deciding: Deciding
    popup: CodePopup
    bench: QWidget
    whole: QStackedWidget
    body: QWidget
    discussing: bool
    quiet: int
    """Above 0 while the cursor of the list moves in between and need not be followed."""

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Don't show each place at which the cursor of the list comes by."""
        self.quiet += 1
        try:
            yield
        finally:
            self.quiet -= 1

    def open(self, guid: str) -> None:
        """Compare what a round froze and list what there is to settle."""
        raise NotImplementedError

    def show_current(self) -> None:
        """Show the place at the cursor of the list."""
        raise NotImplementedError

    def reload_states(self) -> None:
        """Read again what is decided."""
        raise NotImplementedError

    def decide(
        self,
        verdict: Verdict,
        spans: tuple[Span, ...] | None = None,
        taken: str = "",
        *,
        stay: bool = False,
    ) -> None:
        """Write a decision about the current place with the reason in the line; go to the next open one."""
        raise NotImplementedError

    @property
    def entry(self) -> Entry | None:
        """The place at the cursor."""
        row = self.items.currentIndex().row()
        return self.model.entries[self.model.rows[row]] if 0 <= row < len(self.model.rows) else None
