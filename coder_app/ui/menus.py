"""The menu bar, made from the table of commands; a page adds its rows while it is up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar, QProxyStyle, QStyle, QStyleOption, QToolButton, QWidget

from coder_app.ui.actions import MENUS, ActionSet
from coder_app.ui.icons import icons
from coder_app.ui.settings import Recent
from coder_app.ui.welcome import when_text

MOST_RECENT = 9
MORE_WIDTH = 30
"""Pixels."""


class RoomForMore(QProxyStyle):
    """Gives the button behind the last menu a size that a hand can hit; by itself it is 12 pixels wide."""

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric == QStyle.PixelMetric.PM_ToolBarExtensionExtent:
            return MORE_WIDTH
        return super().pixelMetric(metric, option, widget)


class MenuBar(QMenuBar):
    """Where the window is too narrow for all menus, a button behind the last one opens the others."""

    def __init__(self) -> None:
        super().__init__()
        more = self.findChild(QToolButton, "qt_menubar_ext_button")
        assert more is not None
        self.more = more
        self._style = RoomForMore("Fusion")
        self._style.setParent(self)
        more.setStyle(self._style)
        more.setToolTip(self.tr("More menus"))
        more.setAccessibleName(self.tr("More menus"))
        icons.put(more, "more")


class Menus(QObject):
    """The bar and its menus. Rows of pages stand before the second group of the window's own."""

    opening = Signal()
    """A menu is about to be shown: conditions must be up to date."""
    recentWanted = Signal(object)

    def __init__(self, rows: ActionSet) -> None:
        super().__init__()
        self.bar = MenuBar()
        self.menus: dict[str, QMenu] = {}
        self._marks: dict[str, QAction | None] = {}
        self._pages: dict[str, list[QAction]] = {}
        self._recent: Callable[[], Sequence[Recent]] = list
        for key, title in MENUS.items():
            menu = QMenu(QCoreApplication.translate("Actions", title), self.bar)
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self.opening)
            self.menus[key] = menu
            self._marks[key] = None
            self.bar.addMenu(menu)
        for row in rows.rows.values():
            menu = self.menus[row.menu]
            if row.separator and not menu.isEmpty():
                line = menu.addSeparator()
                self._marks[row.menu] = self._marks[row.menu] or line
            menu.addAction(rows[row.id])
        self._add_recent()
        self.hide_empty()

    def set_recent(self, recent: Callable[[], Sequence[Recent]]) -> None:
        """Where the list of recent files comes from, asked when its menu opens."""
        self._recent = recent

    def add_page(self, key: str, rows: ActionSet) -> None:
        """Put a page's rows into their menus, out of sight until it is up."""
        added: list[QAction] = []
        begun: set[str] = set()
        for row in rows.rows.values():
            menu, mark = self.menus[row.menu], self._marks[row.menu]
            if row.separator or (row.menu not in begun and not menu.isEmpty()):
                added.append(_insert_line(menu, mark))
            begun.add(row.menu)
            if mark is None:
                menu.addAction(rows[row.id])
            else:
                menu.insertAction(mark, rows[row.id])
            added.append(rows[row.id])
        self._pages[key] = added
        for action in added:
            action.setVisible(False)

    def show_page(self, key: str) -> None:
        """Show the rows of this page and hide those of the others; what is hidden has no shortcut."""
        for name, actions in self._pages.items():
            for action in actions:
                action.setVisible(name == key)
        self.hide_empty()

    def remove_page(self, key: str) -> None:
        for action in self._pages.pop(key, []):
            for menu in self.menus.values():
                menu.removeAction(action)
            if action.isSeparator():
                action.deleteLater()
        self.hide_empty()

    def hide_empty(self) -> None:
        """Leave out menus in which nothing is to be seen."""
        for menu in self.menus.values():
            real = [action for action in menu.actions() if action.isVisible() and not action.isSeparator()]
            menu.menuAction().setVisible(bool(real))

    def _add_recent(self) -> None:
        menu = self.menus["file"]
        self.recent_menu = QMenu(self.tr("Open &recent"), menu)
        self.recent_menu.aboutToShow.connect(self._fill_recent)
        before = self._marks["file"]
        if before is not None:
            menu.insertMenu(before, self.recent_menu)

    def _fill_recent(self) -> None:
        self.recent_menu.clear()
        for recent in self._recent()[:MOST_RECENT]:
            name = recent.name.replace("&", "&&").replace("\t", " ")
            action = self.recent_menu.addAction(f"{name}\t{when_text(recent.opened)}")
            action.setToolTip(recent.path)
            path = Path(recent.path)
            action.triggered.connect(lambda _checked, path=path: self.recentWanted.emit(path))
        if self.recent_menu.isEmpty():
            self.recent_menu.addAction(self.tr("None yet")).setEnabled(False)


def _insert_line(menu: QMenu, mark: QAction | None) -> QAction:
    return menu.addSeparator() if mark is None else menu.insertSeparator(mark)
