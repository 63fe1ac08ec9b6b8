"""A section of the Agreement page: a page within the page, built when first shown.

An author writes what an author of a page writes (``coder_app.ui.page``): ``actions_table``, ``build``,
``refresh``, ``enter``, ``leave``, ``retheme``; and adds one line to ``coder_app.ui.agreement.sections``.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from coder_app.ui.actions import Action, ActionSet
from coder_app.ui.page import Page

if TYPE_CHECKING:
    from coder_app.ui.agreement.desk import Desk
    from coder_app.ui.context import Context


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section as the page knows it. ``where`` is ``module:Class``; ``icon`` stands in the menu."""

    key: str
    title: str
    icon: str
    where: str

    def load(self) -> type[Section]:
        """The class of the section; its module is imported now."""
        module, _, name = self.where.partition(":")
        loaded: type[Section] = getattr(import_module(module), name)
        return loaded


class Section(Page):
    """Base of the sections. ``desk`` holds what the sections share: the choice, the round, the numbers.

    ``interests``, staleness and ``initiator`` work as in :class:`Page`; a section is refreshed only while
    it is shown, or when it comes up.
    """

    def __init__(self, ctx: Context, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self.desk = desk

    def show_section(self, key: str) -> None:
        """Bring up another section of the page, if it is there."""
        self.desk.sectionWanted.emit(key)


class SectionActions(ActionSet):
    """The actions of one section. Rows with a scope get their widget once the section is built."""

    target: Section

    def _place(self, row: Action, action: QAction, owner: QWidget) -> None:
        if not row.scope or self.target.built:
            super()._place(row, action, owner)

    def catch_up(self) -> None:
        """The section has been built: hand over the actions that belong to its widgets."""
        for id, row in self.rows.items():
            if row.scope:
                super()._place(row, self.actions[id], self.target)


class PageActions(ActionSet):
    """The actions of the page and of its sections; those of the section shown are there, others hidden.

    A hidden action has neither a menu entry nor a shortcut, so sections may use the same keys. Triggered
    by the search box, an action brings its section up first.
    """

    def __init__(self, ctx: Context, rows: list[Action], page: SectionedPage) -> None:
        super().__init__(ctx, rows, page, page)
        self.page = page
        self.own = list(self.rows)
        self.parts: dict[str, SectionActions] = {}
        self._home: dict[str, str] = {}
        for key, section in page.sections.items():
            part = SectionActions(ctx, section.actions_table(), section, section)
            self.parts[key] = part
            self._home.update(dict.fromkeys(part.rows, key))
            self.rows.update(part.rows)
            self.actions.update(part.actions)

    def trigger(self, id: str, checked: bool | None = None) -> None:
        home = self._home.get(id)
        if home is None:
            super().trigger(id, checked)
        else:
            self.page.show_section(home)
            self.parts[home].trigger(id, checked)
            self.refresh()

    def enabled(self, id: str) -> bool:
        home = self._home.get(id)
        if home is None:
            return super().enabled(id)
        return home == self.page.current and self.parts[home].enabled(id)

    def refresh(self) -> None:
        self._refresh(self.own)
        for key, part in self.parts.items():
            shown = key == self.page.current
            for action in part.actions.values():
                if action.isVisible() != shown:
                    action.setVisible(shown)
            if shown:
                part.refresh()


class SectionedPage(Page):
    """What :class:`PageActions` asks of the page."""

    sections: dict[str, Section]
    current: str
    """Key of the section shown."""

    def show_section(self, key: str) -> None:
        """Bring up a section."""
        raise NotImplementedError
