"""Every command in one table: menus, rail, search box and the overview of shortcuts all read it.

A row names what it calls and when it is enabled; the names are members of its target: the commands of
the window (coder_app.ui.commands) for the rows below, the page for a page's own (``Page.actions_table``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from coder_app.ui.icons import icons
from coder_app.ui.tr import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from coder_app.ui.context import Context

MENUS: dict[str, str] = {
    "file": QT_TRANSLATE_NOOP("Actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("Actions", "&Edit"),
    "view": QT_TRANSLATE_NOOP("Actions", "&View"),
    "transcript": QT_TRANSLATE_NOOP("Actions", "&Transcript"),
    "coding": QT_TRANSLATE_NOOP("Actions", "C&oding"),
    "units": QT_TRANSLATE_NOOP("Actions", "Meaning &units"),
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
    be true: ``project`` (one is open), ``writable`` (it may be changed), or a bool attribute, property
    or method without arguments of the target. ``checked`` names such a member too: the command is a
    switch. ``scope`` names a widget (attribute of the page) that must hold the focus for the shortcut;
    empty: anywhere on the page.
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
    def menu_text(self) -> str:
        """The text in the user's language, with the mark of its menu key."""
        return QCoreApplication.translate("Actions", self.text)

    @property
    def label(self) -> str:
        """The text in the user's language, without the mark and the dots."""
        return self.menu_text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")

    @property
    def keys(self) -> str:
        """The shortcut as this computer writes it."""
        return QKeySequence(self.shortcut).toString(QKeySequence.SequenceFormat.NativeText)


WINDOW_ACTIONS: tuple[Action, ...] = (
    Action("new", QT_TRANSLATE_NOOP("Actions", "&New project…"), "new_project", "file", "Ctrl+N", "plus"),
    Action("open", QT_TRANSLATE_NOOP("Actions", "&Open…"), "open_project", "file", "Ctrl+O", "open"),
    Action("sample", QT_TRANSLATE_NOOP("Actions", "Open the &sample study…"), "open_sample", "file",
           "Ctrl+Shift+O", "book", words="demo example tutorial"),
    Action("import", QT_TRANSLATE_NOOP("Actions", "&Import transcripts…"), "import_transcripts", "file",
           "Ctrl+I", "import", when="writable", separator=True, words="add files docx txt vtt srt"),
    Action("bring_in", QT_TRANSLATE_NOOP("Actions", "Bring in a colleague's cop&y…"), "bring_in", "file",
           "Ctrl+Alt+B", "join", when="writable has_file", separator=True,
           words="merge join copies team share colleagues"),
    Action("merges", QT_TRANSLATE_NOOP("Actions", "&What came in…"), "show_merges", "file", "Ctrl+Alt+M",
           when="project", words="merge report conflicts take back"),
    Action("blind_copy", QT_TRANSLATE_NOOP("Actions", "Copy for in&dependent coding…"), "blind_copy", "file",
           "Ctrl+Alt+C", "copy", when="writable", words="blind coder share mail colleague"),
    Action("team_folder", QT_TRANSLATE_NOOP("Actions", "&Team folder…"), "show_team", "file", "Ctrl+Alt+O",
           "users", when="writable has_file", separator=True,
           words="publish share synced OneDrive Dropbox Nextcloud network drive colleagues"),
    Action("team_publish", QT_TRANSLATE_NOOP("Actions", "Publis&h now"), "publish", "file", "Ctrl+Alt+U",
           "export", when="publishes", words="team folder share colleagues sync upload"),
    Action("team_look", QT_TRANSLATE_NOOP("Actions", "&Look at the team's news…"), "look_at_news", "file",
           "Ctrl+Alt+V", "eye", when="has_news", words="team folder colleagues preview sync"),
    Action("team_bring_in", QT_TRANSLATE_NOOP("Actions", "Brin&g in the team's news"), "bring_in_news",
           "file", "Ctrl+Alt+J", "join", when="has_news", words="team folder colleagues merge sync"),
    Action("trail", QT_TRANSLATE_NOOP("Actions", "A&udit trail"), "show_trail", "file", "Ctrl+Alt+H", "clock",
           when="project", words="history who did what when log actions changes"),
    Action("compare", QT_TRANSLATE_NOOP("Actions", "Com&pare with another copy…"), "compare", "file",
           "Ctrl+Alt+K", "agreement", when="project", words="difference diff backup colleague versions"),
    Action("save_copy", QT_TRANSLATE_NOOP("Actions", "Save a copy of my wor&k…"), "save_copy", "file",
           "Ctrl+Alt+X", "copy", when="in_trouble", separator=True, words="replaced sync lost elsewhere"),
    Action("rename", QT_TRANSLATE_NOOP("Actions", "Rena&me project…"), "rename_project", "file",
           "Ctrl+Shift+N", "edit", when="writable", separator=True),
    Action("backups", QT_TRANSLATE_NOOP("Actions", "&Backups…"), "show_backups", "file", "Ctrl+Shift+B",
           "backup", when="project", words="restore copies lost"),
    Action("close", QT_TRANSLATE_NOOP("Actions", "&Close project"), "close_project", "file", "Ctrl+W",
           "close", when="project"),
    Action("quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), "quit", "file", "Ctrl+Q", separator=True,
           words="exit leave"),
    Action("undo", QT_TRANSLATE_NOOP("Actions", "&Undo"), "undo", "edit", "Ctrl+Z", "undo", when="can_undo"),
    Action("redo", QT_TRANSLATE_NOOP("Actions", "&Redo"), "redo", "edit", "Ctrl+Shift+Z", "redo",
           when="can_redo"),
    Action("search", QT_TRANSLATE_NOOP("Actions", "&Search everything…"), "search", "edit", "Ctrl+K",
           "search", separator=True, words="find command palette"),
    Action("everyone", QT_TRANSLATE_NOOP("Actions", "Show &everyone's codings"), "set_everyone", "view",
           "Ctrl+Shift+E", "users", when="project", checked="everyone", separator=True,
           words="mine blind coders"),
    Action("consensus", QT_TRANSLATE_NOOP("Actions", "Show the co&nsensus"), "set_consensus", "view",
           "Ctrl+Alt+E", "check", when="project has_consensus", checked="consensus",
           words="settled agreed together coders"),
    Action("zoom_in", QT_TRANSLATE_NOOP("Actions", "Larger te&xt"), "zoom_in", "view", "Ctrl++", "zoom-in",
           separator=True),
    Action("zoom_out", QT_TRANSLATE_NOOP("Actions", "S&maller text"), "zoom_out", "view", "Ctrl+-",
           "zoom-out"),
    Action("zoom_reset", QT_TRANSLATE_NOOP("Actions", "&Usual size of text"), "zoom_reset", "view", "Ctrl+0"),
    Action("theme", QT_TRANSLATE_NOOP("Actions", "&Dark colours"), "set_dark", "view", "Ctrl+Shift+D", "moon",
           checked="dark", separator=True, words="light theme night"),
    Action("theme_system", QT_TRANSLATE_NOOP("Actions", "Colours of the &system"), "set_system_theme", "view",
           "Ctrl+Shift+Y", checked="follows_system", words="light dark theme automatic"),
    Action("fullscreen", QT_TRANSLATE_NOOP("Actions", "&Full screen"), "set_fullscreen", "view", "F11",
           checked="fullscreen"),
    Action("levels", QT_TRANSLATE_NOOP("Actions", "Names of the &levels…"), "name_levels", "codebook",
           "Ctrl+Shift+L", when="writable", words="theme category subcategory core"),
    Action("freeze_codebook", QT_TRANSLATE_NOOP("Actions", "Free&ze the codebook"), "set_codebook_frozen",
           "codebook", "Ctrl+Alt+F", "lock", when="writable", checked="codebook_frozen",
           words="lock fixed agreement codes"),
    Action("switch_coder", QT_TRANSLATE_NOOP("Actions", "&Switch coder…"), "switch_coder", "coder",
           "Ctrl+Shift+U", "user", when="project", words="who user"),
    Action("new_coder", QT_TRANSLATE_NOOP("Actions", "&New coder…"), "new_coder", "coder",
           "Ctrl+Alt+N", "user-plus", when="writable"),
    Action("rename_coder", QT_TRANSLATE_NOOP("Actions", "&Rename the current coder…"), "rename_coder",
           "coder", "Ctrl+Alt+R", "edit", when="writable"),
    Action("join_coders", QT_TRANSLATE_NOOP("Actions", "&Join two coders…"), "join_coders", "coder",
           "Ctrl+Alt+Shift+J", "join", when="writable several_coders", words="merge same person twice"),
    Action("shortcuts", QT_TRANSLATE_NOOP("Actions", "&Keyboard shortcuts"), "show_shortcuts", "help", "F1",
           "keyboard"),
    Action("about", QT_TRANSLATE_NOOP("Actions", "&About this program"), "show_about", "help", "Ctrl+F1",
           "info"),
)  # fmt: skip


def ask(target: object, ctx: Context, conditions: str) -> bool:
    """Whether all conditions (names separated by spaces) are true."""
    for name in conditions.split():
        if name == "project":
            true = ctx.has_project
        elif name == "writable":
            true = ctx.writable
        else:
            member = getattr(target, name)
            true = bool(member() if callable(member) else member)
        if not true:
            return False
    return True


class ActionSet(QObject):
    """The Qt actions made of rows of the table for one target."""

    def __init__(self, ctx: Context, rows: Iterable[Action], target: Any, owner: QWidget) -> None:
        super().__init__(owner)
        self.ctx = ctx
        self.target = target
        self.rows = {row.id: row for row in rows}
        self.actions = {row.id: self._make(row, owner) for row in self.rows.values()}

    def __getitem__(self, id: str) -> QAction:
        return self.actions[id]

    def _make(self, row: Action, owner: QWidget) -> QAction:
        action = QAction(row.menu_text, self)
        action.setObjectName(row.id)
        if row.shortcut:
            action.setShortcut(QKeySequence(row.shortcut))
        if row.icon:
            icons.put(action, row.icon)
        if row.tip:
            action.setStatusTip(QCoreApplication.translate("Actions", row.tip))
        action.setCheckable(bool(row.checked))
        action.setMenuRole(_role(row.id))
        self._place(row, action, owner)
        action.triggered.connect(lambda checked: self.trigger(row.id, checked))
        return action

    def _place(self, row: Action, action: QAction, owner: QWidget) -> None:
        """Give an action to the widget in which its shortcut is heard."""
        home: QWidget = getattr(self.target, row.scope) if row.scope else owner
        if row.scope:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        home.addAction(action)

    def trigger(self, id: str, checked: bool | None = None) -> None:
        """Call what a row names, if its conditions hold."""
        row = self.rows[id]
        if not self.enabled(id):
            return
        call = getattr(self.target, row.call)
        if row.checked:
            call(not ask(self.target, self.ctx, row.checked) if checked is None else checked)
        else:
            call()
        self.refresh()

    def enabled(self, id: str) -> bool:
        return ask(self.target, self.ctx, self.rows[id].when)

    def refresh(self) -> None:
        """Ask all conditions again, each of them once."""
        self._refresh(self.rows)

    def _refresh(self, ids: Iterable[str]) -> None:
        known: dict[str, bool] = {}

        def true(conditions: str) -> bool:
            for name in conditions.split():
                if name not in known:
                    known[name] = ask(self.target, self.ctx, name)
                if not known[name]:
                    return False
            return True

        for id in ids:
            row, action = self.rows[id], self.actions[id]
            action.setEnabled(true(row.when))
            if row.checked:
                on = (not row.when or action.isEnabled()) and true(row.checked)
                if action.isChecked() != on:
                    action.setChecked(on)


def _role(id: str) -> QAction.MenuRole:
    """Where macOS puts it."""
    roles = {"quit": QAction.MenuRole.QuitRole, "about": QAction.MenuRole.AboutRole}
    return roles.get(id, QAction.MenuRole.NoRole)
