"""The rows of the table of commands that belong to the page of transcripts."""

from __future__ import annotations

from coder_app.ui.actions import Action
from coder_app.ui.tr import QT_TRANSLATE_NOOP

ACTIONS: tuple[Action, ...] = (
    Action("transcript_open", QT_TRANSLATE_NOOP("Actions", "&Open the transcript"), "open_current",
           "transcript", "Ctrl+Return", "open", when="has_one", words="read code"),
    Action("transcript_rename", QT_TRANSLATE_NOOP("Actions", "&Rename the transcript"), "rename",
           "transcript", "F2", "edit", when="writable has_one", scope="list", words="title"),
    Action("transcript_date", QT_TRANSLATE_NOOP("Actions", "Change the &date"), "edit_date", "transcript",
           "Shift+F2", "calendar", when="writable has_one", scope="list"),
    Action("transcript_up", QT_TRANSLATE_NOOP("Actions", "Move &up"), "move_up", "transcript",
           "Alt+Shift+Up", "up", when="writable has_chosen", scope="list", words="order"),
    Action("transcript_down", QT_TRANSLATE_NOOP("Actions", "Move do&wn"), "move_down", "transcript",
           "Alt+Shift+Down", "down", when="writable has_chosen", scope="list", words="order"),
    Action("mark_not_started", QT_TRANSLATE_NOOP("Actions", "Mark as &not started"), "mark_not_started",
           "transcript", "Ctrl+Alt+S", "minus", when="writable has_chosen", separator=True, words="status"),
    Action("mark_in_progress", QT_TRANSLATE_NOOP("Actions", "Mark as in &progress"), "mark_in_progress",
           "transcript", "Ctrl+Alt+G", "clock", when="writable has_chosen", words="status"),
    Action("mark_finished", QT_TRANSLATE_NOOP("Actions", "Mark as &finished"), "mark_finished", "transcript",
           "Ctrl+Shift+G", "check", when="writable has_chosen", words="status done"),
    Action("transcript_remove", QT_TRANSLATE_NOOP("Actions", "Re&move transcripts…"), "remove",
           "transcript", "Del", "trash", when="writable has_chosen", scope="list", separator=True,
           words="delete"),
    Action("filter_transcripts", QT_TRANSLATE_NOOP("Actions", "Fil&ter the transcripts"), "focus_filter",
           "transcript", "Ctrl+F", "filter", when="project", separator=True, words="search find"),
    Action("filter_clear", QT_TRANSLATE_NOOP("Actions", "Show &all transcripts again"), "clear_filter",
           "transcript", "Esc", when="project", scope="search"),
    Action("show_transcripts", QT_TRANSLATE_NOOP("Actions", "&List of transcripts"), "show_list",
           "transcript", "Ctrl+Shift+T", "transcripts", when="project", separator=True),
    Action("show_participants", QT_TRANSLATE_NOOP("Actions", "Table of parti&cipants"), "show_people",
           "transcript", "Ctrl+Shift+P", "users", when="project", words="people attributes"),
    Action("participant_add", QT_TRANSLATE_NOOP("Actions", "Add a parti&cipant"), "add_person",
           "transcript", "Ctrl+Alt+P", "user-plus", when="writable", separator=True),
    Action("participant_remove", QT_TRANSLATE_NOOP("Actions", "Remove the participant"), "remove_person",
           "transcript", "Ctrl+Shift+Del", "trash", when="writable has_person", words="delete"),
    Action("attribute_add", QT_TRANSLATE_NOOP("Actions", "Add an attri&bute…"), "add_attribute",
           "transcript", "Ctrl+Alt+A", "table", when="writable", words="participants column age sex"),
    Action("attribute_rename", QT_TRANSLATE_NOOP("Actions", "Rename the attribute…"), "rename_attribute",
           "transcript", "Ctrl+Shift+F2", "edit", when="writable has_attribute", words="participants column"),
    Action("attribute_remove", QT_TRANSLATE_NOOP("Actions", "Remove the attribute…"), "remove_attribute",
           "transcript", "Ctrl+Shift+Backspace", "trash", when="writable has_attribute",
           words="participants column delete"),
    Action("participants_paste", QT_TRANSLATE_NOOP("Actions", "Paste a table of participants"),
           "paste_people", "transcript", "Ctrl+Shift+V", "copy", when="writable", words="clipboard excel"),
)  # fmt: skip
