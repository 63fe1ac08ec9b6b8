"""The menus of the list of transcripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from coder_app.core.model import Status
from coder_app.ui.icons import icons
from coder_app.ui.tr import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from coder_app.ui.transcripts.page import TranscriptsPage

_STATUSES = (
    (Status.NOT_STARTED, QT_TRANSLATE_NOOP("TranscriptMenus", "Not started"), "minus", "Ctrl+Alt+S"),
    (Status.IN_PROGRESS, QT_TRANSLATE_NOOP("TranscriptMenus", "In progress"), "clock", "Ctrl+Alt+G"),
    (Status.FINISHED, QT_TRANSLATE_NOOP("TranscriptMenus", "Finished"), "check", "Ctrl+Shift+G"),
)
_ROWS = (
    (QT_TRANSLATE_NOOP("TranscriptMenus", "Open"), "", "open_current", "has_one"),
    (QT_TRANSLATE_NOOP("TranscriptMenus", "Rename"), "F2", "rename", "has_one"),
    (QT_TRANSLATE_NOOP("TranscriptMenus", "Change date"), "Shift+F2", "edit_date", "has_one"),
    (QT_TRANSLATE_NOOP("TranscriptMenus", "Move up"), "Alt+Shift+Up", "move_up", "has_chosen"),
    (QT_TRANSLATE_NOOP("TranscriptMenus", "Move down"), "Alt+Shift+Down", "move_down", "has_chosen"),
    (
        QT_TRANSLATE_NOOP("TranscriptMenus", "Divide into meaning units…"),
        "Ctrl+F7",
        "divide_units",
        "has_chosen",
    ),
    (QT_TRANSLATE_NOOP("TranscriptMenus", "Remove…"), "Del", "remove", "has_chosen"),
)


def status_menu(parent: QWidget, choose: Callable[[Status], object]) -> QMenu:
    """How far one is with a transcript."""
    menu = QMenu(_tr("Mark as"), parent)
    for status, text, icon, keys in _STATUSES:
        action = menu.addAction(f"{_tr(text)}\t{keys}")
        icons.put(action, icon)
        action.triggered.connect(lambda _=False, status=status: choose(status))
    return menu


def row_menu(page: TranscriptsPage) -> QMenu:
    """What can be done with the chosen transcripts; deletes itself when closed."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for text, keys, call, condition in _ROWS:
        action = menu.addAction(f"{_tr(text)}\t{keys}" if keys else _tr(text))
        reads = call == "open_current"
        action.setEnabled(getattr(page, condition) and (reads or page.ctx.writable))
        action.triggered.connect(lambda _=False, call=call: getattr(page, call)())
    marks = status_menu(menu, page.mark)
    marks.setEnabled(page.ctx.writable)
    menu.addMenu(marks)
    return menu


def _tr(text: str) -> str:
    return QCoreApplication.translate("TranscriptMenus", text)
