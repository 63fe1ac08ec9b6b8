"""A page of the window: built when first shown, refreshed when what it shows has changed."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from coder_app.core.changes import Changes
from coder_app.ui.actions import Action, ActionSet

if TYPE_CHECKING:
    from coder_app.ui.context import Context


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page as the window knows it before it is loaded. ``where`` is ``module:Class``."""

    key: str
    title: str
    icon: str
    where: str

    def load(self) -> type[Page]:
        """The class of the page; its module is imported now."""
        module, _, name = self.where.partition(":")
        loaded: type[Page] = getattr(import_module(module), name)
        return loaded


@dataclass(frozen=True, slots=True)
class ActionTable:
    """Rows that belong together: a page's own, or a section's with its title. ``target``: whose members."""

    title: str
    target: type[Page]
    rows: list[Action]


class Page(QWidget):
    """Base of the pages. A page lives as long as one project is open: ``ctx.project`` is there.

    What an author writes: ``actions``, ``build``, ``refresh``, and where needed ``retheme``,
    ``enter``, ``leave``, ``open_place`` and the methods and conditions its actions name.
    """

    key: ClassVar[str] = ""
    interests: ClassVar[Changes] = Changes.EVERYTHING
    """Changes of other kinds do not refresh this page."""

    actionsStale = Signal()
    """What an action's condition depends on has changed (a selection, for instance)."""

    def __init__(self, ctx: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self._built = False
        self._shown = False
        self._stale = Changes.NONE
        self._theme_stale = False
        ctx.changed.connect(self._on_changed)
        ctx.everyoneSwitched.connect(self._on_everyone)
        ctx.coderSwitched.connect(self._on_coder)
        ctx.themeChanged.connect(self._on_theme)

    @classmethod
    def actions_table(cls) -> list[Action]:
        """The page's rows of the table of commands; ``call`` and ``when`` name members of the page."""
        return []

    @classmethod
    def action_tables(cls) -> list[ActionTable]:
        """The same rows in their groups; a page with sections has one for each."""
        return [ActionTable("", cls, cls.actions_table())]

    def make_actions(self) -> ActionSet:
        """The Qt actions of the page, made once it is built."""
        return ActionSet(self.ctx, self.actions_table(), self, self)

    def build(self) -> None:
        """Make the widgets; called once, before the first ``refresh``."""

    def refresh(self, changes: Changes) -> None:
        """Show what is true now; ``changes`` is ``EVERYTHING`` the first time."""

    def retheme(self) -> None:
        """Take over ``ctx.colors`` in widgets that paint themselves."""

    def enter(self) -> None:
        """The page has come up: put the focus where work starts."""

    def leave(self) -> None:
        """The page goes away (another page, or the project closes): keep positions."""

    def open_place(self, document: str, start: int, end: int) -> None:
        """Jump to a place in a transcript."""

    def choose_files(self) -> None:
        """Ask for files and import them, on the page that can."""

    def update_actions(self) -> None:
        """Have the conditions of the actions asked again."""
        self.actionsStale.emit()

    @property
    def built(self) -> bool:
        return self._built

    def ensure_built(self) -> None:
        """Called by the window before anything else is asked of the page."""
        if self._built:
            return
        self._built = True
        self._stale = Changes.NONE
        self._theme_stale = False
        self.build()
        for widget in self.findChildren(QWidget):
            widget.ensurePolished()
            if isinstance(widget, QAbstractItemView):
                widget.scheduleDelayedItemsLayout()  # else it keeps row heights from before the style came
        self.refresh(Changes.EVERYTHING)

    def come_up(self) -> None:
        """Called by the window when the page is shown."""
        self._shown = True
        self.ensure_built()
        self._catch_up()
        self.enter()
        self.update_actions()

    def go_away(self) -> None:
        """Called by the window when the page is left."""
        if self._shown and self._built:
            self.leave()
        self._shown = False

    def _catch_up(self) -> None:
        if self._theme_stale:
            self._theme_stale = False
            self.retheme()
        if self._stale:
            stale, self._stale = self._stale, Changes.NONE
            self.refresh(stale)

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        changes &= self.interests
        if not self._built or not changes or initiator is self:
            return
        self._stale |= changes
        if self._shown:
            self._catch_up()

    def _on_coder(self) -> None:
        self._on_changed(Changes.CODERS | Changes.CODINGS | Changes.PROGRESS | Changes.MEMOS, None)

    def _on_everyone(self) -> None:
        self._on_changed(Changes.CODINGS, None)

    def _on_theme(self) -> None:
        self._theme_stale = self._built
        if self._shown:
            self._catch_up()
