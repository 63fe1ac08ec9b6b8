"""Rows of the table of commands for meaning units on the Code page."""

from __future__ import annotations

from coder_app.ui.actions import Action
from coder_app.ui.tr import QT_TRANSLATE_NOOP

UNIT_ACTIONS: tuple[Action, ...] = (
    Action("unit_next", QT_TRANSLATE_NOOP("Actions", "&Next unit"), "next_unit", "units", "F4", "down",
           when="has_steps", words="meaning step"),
    Action("unit_previous", QT_TRANSLATE_NOOP("Actions", "&Previous unit"), "previous_unit", "units",
           "Shift+F4", "up", when="has_steps", words="meaning step"),
    Action("unit_uncoded", QT_TRANSLATE_NOOP("Actions", "Next unit without a &code"), "next_uncoded",
           "units", "Ctrl+F4", "tag", when="has_steps", words="meaning uncoded step"),
    Action("unit_split", QT_TRANSLATE_NOOP("Actions", "&Split the unit at the cursor"), "split_unit",
           "units", "F5", "split", when="writable has_division", separator=True, words="meaning divide"),
    Action("unit_join", QT_TRANSLATE_NOOP("Actions", "&Join the unit with the next"), "join_unit", "units",
           "Shift+F5", "join", when="writable has_division", words="meaning merge"),
    Action("unit_make", QT_TRANSLATE_NOOP("Actions", "&Make the selected words a unit"), "make_unit",
           "units", "Ctrl+F5", "plus", when="writable may_make_unit", words="meaning add hand"),
    Action("unit_remove", QT_TRANSLATE_NOOP("Actions", "&Remove the unit"), "remove_unit", "units",
           "Ctrl+Shift+F5", "minus", when="writable has_division", words="meaning delete"),
    Action("pass_leave", QT_TRANSLATE_NOOP("Actions", "Lea&ve the stability pass"), "leave_pass", "units",
           "Ctrl+Shift+F4", "left", when="in_pass", separator=True, words="coder back"),
)  # fmt: skip
"""Targets are members of CodePage (``coder_app.ui.coding.stepping``)."""
