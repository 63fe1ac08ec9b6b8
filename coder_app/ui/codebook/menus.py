"""Menus about codes: what a drop means, colours, levels, keys. Entries that cannot be used say why."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from coder_app.core.errors import UserError
from coder_app.core.palette import PALETTE
from coder_app.ui.actions import Action
from coder_app.ui.codebook import pins
from coder_app.ui.codebook.entry import swatch
from coder_app.ui.codebook.placing import group_level, group_problem, inside_problem, join_problem
from coder_app.ui.codebook.wording import counted, in_menu, tip
from coder_app.ui.context import Context
from coder_app.ui.icons import icons
from coder_app.ui.settings import MOST_PINNED

_HEAD = 5


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodebookMenus", text)


def new_menu(parent: QWidget) -> QMenu:
    """A menu that goes when it is closed and whose entries may have tool tips."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def add(menu: QMenu, text: str, call: Callable[[], object], problem: str = "", icon: str = "") -> QAction:
    """An entry; with a ``problem`` it is grey and the problem stands in it and in its tool tip."""
    action = menu.addAction(f"{text}   ({in_entry(problem)})" if problem else text)
    if icon:
        icons.put(action, icon)
    if problem:
        action.setEnabled(False)
        action.setToolTip(tip(problem))
    else:
        action.triggered.connect(lambda: call())
    return action


def in_entry(problem: str) -> str:
    """A sentence as a remark in a menu: what follows its colon tells enough there."""
    words = problem.rpartition(": ")[2].rstrip(".").replace("&", "&&")
    words = words[:1].lower() + words[1:]
    return words if len(words) <= 70 else words[:69].rstrip() + "…"


def drop_menu(
    ctx: Context,
    guids: list[str],
    target: str,
    parent: QWidget,
    *,
    inside: Callable[[], object],
    join: Callable[[], object],
    group: Callable[[], object],
) -> QMenu:
    """Inside or join? Asked after codes were dropped on a node. Enter never joins: that must be chosen."""
    tree, names = ctx.project.codes.tree(), ctx.project.level_names()
    name = in_menu(tree[target].name)
    menu = new_menu(parent)
    menu.setAccessibleName(_tr("What to do with the dropped codes"))
    put = add(
        menu,
        _tr("Put inside “{name}”").format(name=name),
        inside,
        inside_problem(tree, guids, target),
        "right",
    )
    add(menu, _tr("Join with “{name}”").format(name=name), join, join_problem(tree, guids, target), "join")
    together = list(dict.fromkeys([target, *guids]))
    level = group_level(tree, together, names)
    what = in_menu(names[level].lower()) if level is not None else _tr("node")
    words = (
        _tr("Group both under a new {level}…")
        if len(together) == 2
        else _tr("Group all under a new {level}…")
    )
    ask = add(menu, words.format(level=what), group, group_problem(tree, together, names), "folder")
    menu.addSeparator()
    cancel = add(menu, _tr("Cancel"), lambda: None, icon="close")
    menu.setActiveAction(next(action for action in (put, ask, cancel) if action.isEnabled()))
    return menu


def palette_menu(ctx: Context, current: str, parent: QWidget, choose: Callable[[str], object]) -> QMenu:
    """The colours by name; the one in use is marked."""
    menu = new_menu(parent)
    menu.setAccessibleName(_tr("Colours"))
    for name, color in PALETTE.items():
        action = add(menu, _tr(name), lambda color=color: choose(color))  # type: ignore[misc]
        action.setIcon(swatch(color, ctx.colors.border_strong))
        if color == current.lower():
            action.setText(_tr("{name}  (now)").format(name=_tr(name)))
            menu.setActiveAction(action)
    return menu


def level_menu(
    ctx: Context, guids: Collection[str], parent: QWidget, choose: Callable[[int], object]
) -> QMenu:
    """The levels in use, highest first; those the neighbours forbid are grey."""
    tree = ctx.project.codes.tree()
    menu = new_menu(parent)
    menu.setAccessibleName(_tr("Levels"))
    now = {tree[guid].level for guid in guids}
    for level, name in sorted(ctx.project.level_names().items(), reverse=True):
        problem = ""
        try:
            for guid in guids:
                tree.check_level(guid, level)
        except UserError as error:
            problem = str(error)
        if now == {level}:
            problem = _tr("It is one.") if len(guids) == 1 else _tr("They are that.")
        add(menu, in_menu(name), lambda level=level: choose(level), problem)  # type: ignore[misc]
    return menu


def pin_menu(ctx: Context, code: str, parent: QWidget, choose: Callable[[int | None], object]) -> QMenu:
    """The keys 1 to 9 with the codes on them, and taking the code off its key."""
    tree, kept = ctx.project.codes.tree(), pins.pinned(ctx)
    menu = new_menu(parent)
    menu.setAccessibleName(_tr("Keys for codes"))
    for key in range(1, MOST_PINNED + 1):
        there = kept.get(key)
        text = f"&{key}   {in_menu(tree[there].name)}" if there else f"&{key}   " + _tr("(free)")
        action = add(menu, text, lambda key=key: choose(key))  # type: ignore[misc]
        if there:
            action.setIcon(swatch(tree[there].color, ctx.colors.border_strong))
    menu.addSeparator()
    off = "" if code in kept.values() else _tr("It is on no key.")
    add(menu, _tr("Take it off its key"), lambda: choose(None), off)
    return menu


def context_menu(
    rows: list[Action], parent: QWidget, run: Callable[[Action], object], allowed: Callable[[Action], bool]
) -> QMenu:
    """The rows of a table of commands as a context menu, with their keys."""
    menu = new_menu(parent)
    for row in rows:
        if row.separator:
            menu.addSeparator()
        action = menu.addAction(row.menu_text)
        if row.shortcut:
            action.setShortcut(QKeySequence(row.shortcut))
            action.setShortcutVisibleInContextMenu(True)
        if row.icon:
            icons.put(action, row.icon)
        action.setEnabled(allowed(row))
        action.triggered.connect(lambda _=False, row=row: run(row))
    return menu


def nodes(number: int) -> str:
    """“1 node”, “3 nodes”."""
    return counted(number, _tr("{n} node"), _tr("{n} nodes"))
