"""The commands of the section “Figures”, as rows of the table of commands."""

from __future__ import annotations

from coder_app.ui.actions import Action
from coder_app.ui.tr import QT_TRANSLATE_NOOP

AGREEMENT_ACTIONS: tuple[Action, ...] = (
    Action("agreement_export", QT_TRANSLATE_NOOP("Actions", "Agreement to &Excel…"), "export_workbook",
           "output", "Ctrl+Shift+S", "export", when="has_result", words="workbook xlsx save kappa alpha"),
    Action("agreement_copy", QT_TRANSLATE_NOOP("Actions", "Copy the table as &text"), "copy_table",
           "edit", "Ctrl+Shift+C", "copy", when="has_result", words="clipboard agreement"),
    Action("agreement_open", QT_TRANSLATE_NOOP("Actions", "&Passages behind the number"), "open_number",
           "view", "Ctrl+Return", "quote", when="has_number"),
    Action("agreement_go", QT_TRANSLATE_NOOP("Actions", "Show the passage in its &transcript"), "go_to_place",
           "view", "Ctrl+J", "transcripts", when="has_passage", words="jump"),
    Action("agreement_differences", QT_TRANSLATE_NOOP("Actions", "Only passages that &differ"),
           "set_differences", "view", "Ctrl+D", "filter", when="has_passages", checked="differences_only",
           words="disagreement filter"),
    Action("agreement_interviewers", QT_TRANSLATE_NOOP("Actions", "Count &interviewers' words too"),
           "set_interviewers", "view", "Ctrl+Shift+J", when="has_pair", checked="counts_interviewers",
           separator=True),
    Action("agreement_unit", QT_TRANSLATE_NOOP("Actions", "Next &unit"), "next_unit", "view", "Ctrl+U",
           when="has_pair", words="turn paragraph sentence character"),
    Action("agreement_level", QT_TRANSLATE_NOOP("Actions", "Next &level"), "next_level", "view",
           "Ctrl+Shift+V", when="has_pair", words="code subcategory category theme"),
    Action("agreement_swap", QT_TRANSLATE_NOOP("Actions", "S&wap the two coders"), "swap_coders", "view",
           "Ctrl+Shift+W", when="has_pair"),
    Action("agreement_finished", QT_TRANSLATE_NOOP("Actions", "Count my coded transcripts as &finished"),
           "count_mine", "transcript", "Ctrl+Shift+M", "check", when="writable has_own_offer"),
    Action("agreement_go_choices", QT_TRANSLATE_NOOP("Actions", "Go to what is &compared"), "go_choices",
           "view", "Ctrl+T", when="has_pair", separator=True),
    Action("agreement_go_levels", QT_TRANSLATE_NOOP("Actions", "Go to the le&vels"), "go_levels", "view",
           "Ctrl+Shift+A", when="has_result"),
    Action("agreement_go_codes", QT_TRANSLATE_NOOP("Actions", "Go to the co&des"), "go_codes", "view",
           "Ctrl+B", when="has_result"),
    Action("agreement_go_passages", QT_TRANSLATE_NOOP("Actions", "Go to the pa&ssages"), "go_passages",
           "view", "Ctrl+Shift+Q", when="has_passages"),
    Action("agreement_filter", QT_TRANSLATE_NOOP("Actions", "&Filter the codes…"), "filter_codes", "edit",
           "Ctrl+F", "filter", when="has_result", words="find"),
)  # fmt: skip
"""Targets are members of FiguresSection. Enter opens a number, Escape leads back to the codes."""
