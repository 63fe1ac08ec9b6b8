"""Rows of the table of commands for the window in which the audit trail is read."""

from __future__ import annotations

from coder_app.ui.actions import Action
from coder_app.ui.report.outputs import EXPORT_KEY, WORDS
from coder_app.ui.tr import QT_TRANSLATE_NOOP

TITLE = QT_TRANSLATE_NOOP("Actions", "Audit trail")

ROWS: tuple[Action, ...] = (
    Action("trail_open", QT_TRANSLATE_NOOP("Actions", "&Open what the action speaks of"), "open_current",
           "view", "Ctrl+Return", "open", when="has_current", words="jump passage code participant"),
    Action("trail_story", QT_TRANSLATE_NOOP("Actions", "How the code of the action &came to be"),
           "tell_story", "view", "Ctrl+Alt+Y", "clock", when="has_code", words="story history theme"),
    Action("trail_all", QT_TRANSLATE_NOOP("Actions", "The &whole audit trail"), "show_all", "view",
           "Ctrl+Alt+H", "clock"),
    Action("trail_find", QT_TRANSLATE_NOOP("Actions", "&Find words in the audit trail"), "focus_words",
           "edit", "Ctrl+F", "search", when="is_filtering"),
    Action("trail_reset", QT_TRANSLATE_NOOP("Actions", "Show &everything again"), "reset", "view", "Ctrl+R",
           "refresh", when="is_narrowed", words="filter clear"),
    Action("trail_copy", QT_TRANSLATE_NOOP("Actions", "&Copy the chosen actions as text"), "copy", "edit",
           "Ctrl+Shift+C", "copy", when="has_current"),
    Action("trail_export", QT_TRANSLATE_NOOP("Actions", "E&xport what is shown to Excel…"), "export",
           "output", EXPORT_KEY, "export", when="has_rows", words=WORDS),
    Action("trail_close", QT_TRANSLATE_NOOP("Actions", "C&lose the audit trail"), "close", "view", "Esc",
           "close"),
)  # fmt: skip
