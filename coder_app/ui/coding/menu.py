"""The menu at the mouse: what can be done with the words or the coding there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from coder_app.core.codetree import Codebook
from coder_app.ui.codebook.entry import swatch
from coder_app.ui.codebook.menus import new_menu
from coder_app.ui.codebook.wording import in_menu

ROWS = (
    "apply", "repeat", "pinned", "in_vivo", "mark", "-",
    "recode", "exemplar", "memo", "remove", "-",
    "unit_make", "unit_split", "unit_join", "unit_remove", "-",
    "others", "find",
)  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodingMenu", text)


def coding_menu(
    parent: QWidget,
    actions: Mapping[str, QAction],
    tree: Codebook,
    outline: str,
    pins: Mapping[int, str],
    pin: Callable[[int], None],
    others: Sequence[tuple[str, Callable[[], None]]],
) -> QMenu:
    """``pins``: key -> code, applied by ``pin``; ``others``: further codings here and what chooses them."""
    menu = new_menu(parent)
    menu.setAccessibleName(_tr("What to do with the words or the coding"))
    for id in ROWS:
        if id == "-":
            menu.addSeparator()
        elif id == "pinned" and pins:
            below = menu.addMenu(_tr("Codes on &keys"))
            for key, guid in pins.items():
                action = below.addAction(
                    swatch(tree[guid].color, outline), f"{in_menu(tree[guid].name)}\t{key}"
                )
                action.triggered.connect(lambda _=False, key=key: pin(key))
        elif id == "others" and others:
            below = menu.addMenu(_tr("Choose another coding here"))
            for words, call in others:
                below.addAction(in_menu(words)).triggered.connect(lambda _=False, call=call: call())
        elif id in actions and (actions[id].isEnabled() or id == "apply"):
            menu.addAction(actions[id])
    return menu
