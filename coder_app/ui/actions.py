"""Every command in one table: menus, rail, search box and the overview of shortcuts all read it.

A row names what it calls and when it is enabled; the names are members of its target: the window's
controller for the rows below, the page for a page's own rows (``Page.actions_table``).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from coder_app.ui.tr import QT_TRANSLATE_NOOP

MENUS: dict[str, str] = {
    "file": QT_TRANSLATE_NOOP("Actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("Actions", "&Edit"),
    "view": QT_TRANSLATE_NOOP("Actions", "&View"),
    "transcript": QT_TRANSLATE_NOOP("Actions", "&Transcript"),
    "coding": QT_TRANSLATE_NOOP("Actions", "C&oding"),
    "codebook": QT_TRANSLATE_NOOP("Actions", "Code&book"),
    "output": QT_TRANSLATE_NOOP("Actions", "E&xport"),
    "coder": QT_TRANSLATE_NOOP("Actions", "&Coder"),
    "help": QT_TRANSLATE_NOOP("Actions", "&Help"),
}
"""Menu key -> title, in the order of the menu bar; a menu without a row is not shown."""


@dataclass(frozen=True, slots=True)
class Action:
    """One command.

    ``call`` is the name of a method of the target, called without arguments (with the new state if
    ``checked`` is set). ``when`` holds the names of conditions, separated by spaces, which must all
    be true: ``project`` (one is open), ``writable`` (it is not read-only), or a bool property or a
    method without arguments of the target. ``checked`` names such a member too: the command is a
    switch. ``scope`` names a widget (attribute of the page) that must hold the focus for the shortcut;
    empty: the whole page.
    """

    id: str
    text: str
    call: str
    menu: str
    shortcut: str = ""
    icon: str = ""
    when: str = ""
    checked: str = ""
    scope: str = ""
    tip: str = ""
    separator: bool = False
    """A line is drawn above it in the menu."""
    words: str = ""
    """Further words under which the search box finds it."""

    @property
    def label(self) -> str:
        """The text in the user's language, without the mark of the menu key."""
        return self.menu_text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")

    @property
    def menu_text(self) -> str:
        return QCoreApplication.translate("Actions", self.text)
