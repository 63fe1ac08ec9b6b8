"""Side panels that fold away: by key, and by themselves where the window is too small for them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QApplication, QWidget

from coder_app.ui.context import Context

LAYOUT = "code/folded"


@dataclass(frozen=True, slots=True)
class Panel:
    """A widget that shows by itself only on a page of at least this size (logical pixels)."""

    widget: QWidget
    width: int = 0
    height: int = 0


class Folding(QObject):
    """Which panels show: what the user wants (remembered) and what has room.

    A panel unfolded by hand where there is no room stays until the window grows or it is folded again.
    Of the ``rivals`` (panels side by side) one gives way to another on a page narrower than ``both``.
    """

    def __init__(
        self, ctx: Context, page: QWidget, panels: dict[str, Panel], rivals: set[str], both: int
    ) -> None:
        super().__init__(page)
        self._rivals = rivals
        self._both = both
        self._yielding: set[str] = set()
        self._ctx = ctx
        self._page = page
        self._panels = panels
        self._folded = set(ctx.settings.layout.get(LAYOUT, "").split()) & panels.keys()
        self._forced: set[str] = set()
        self.fit(page.size())

    def is_shown(self, name: str) -> bool:
        return not self._panels[name].widget.isHidden()

    def show(self, name: str, shown: bool = True) -> None:
        """Unfold or fold a panel; the focus goes back to the page's own place when its panel goes."""
        if shown == self.is_shown(name):
            return
        if shown:
            self._folded.discard(name)
            self._yielding.discard(name)
            if not self._has_room(name):
                self._forced.add(name)
            if name in self._rivals and self._size.width() < self._both:
                self._yielding |= self._rivals - {name}
        else:
            self._forced.discard(name)
            self._yielding -= self._rivals - {name}
            if self._has_room(name):
                self._folded.add(name)
        self._ctx.settings.layout[LAYOUT] = " ".join(sorted(self._folded))
        self._apply()

    def fit(self, size: QSize) -> None:
        """The page has this size now."""
        self._size = size
        self._forced -= {name for name in self._forced if self._has_room(name)}
        if size.width() >= self._both:
            self._yielding.clear()
        self._apply()

    def _has_room(self, name: str) -> bool:
        panel = self._panels[name]
        return self._size.width() >= panel.width and self._size.height() >= panel.height

    def _apply(self) -> None:
        for name, panel in self._panels.items():
            wanted = name in self._forced or (name not in self._folded and self._has_room(name))
            shown = wanted and name not in self._yielding
            if shown == panel.widget.isHidden():
                focus = QApplication.focusWidget()
                if not shown and focus is not None and panel.widget.isAncestorOf(focus):
                    self._page.setFocus()
                panel.widget.setVisible(shown)
