"""The commands of the section “Stability”, as rows of the table of commands."""

from __future__ import annotations

from coder_app.ui.actions import Action
from coder_app.ui.tr import QT_TRANSLATE_NOOP

STABILITY_ACTIONS: tuple[Action, ...] = (
    Action("stability_begin", QT_TRANSLATE_NOOP("Actions", "&Begin a stability pass"), "begin_pass",
           "coding", "Ctrl+Shift+Return", "clock", when="writable may_begin", words="third repeat again"),
    Action("stability_code", QT_TRANSLATE_NOOP("Actions", "&Code the pass now"), "code_now", "coding",
           "Ctrl+Return", "code", when="writable has_pass", words="blind switch coder"),
    Action("stability_remove", QT_TRANSLATE_NOOP("Actions", "&Remove the pass…"), "remove_pass", "coding",
           "Del", "trash", when="writable has_pass", scope="passes", words="delete"),
    Action("stability_copy", QT_TRANSLATE_NOOP("Actions", "Copy the &result of the pass"), "copy_result",
           "edit", "Ctrl+Shift+C", "copy", when="has_result", words="clipboard confirmed"),
    Action("stability_only", QT_TRANSLATE_NOOP("Actions", "Only units &not confirmed"), "set_only_open",
           "view", "Ctrl+D", "filter", when="has_result", checked="only_open", words="filter differ"),
    Action("stability_go", QT_TRANSLATE_NOOP("Actions", "Show the unit in its &transcript"), "go_to_unit",
           "view", "Ctrl+J", "transcripts", when="has_unit", words="jump"),
    Action("stability_go_rounds", QT_TRANSLATE_NOOP("Actions", "Go to the choice of a r&ound"), "go_rounds",
           "view", "Ctrl+T", when="project", separator=True),
    Action("stability_go_passes", QT_TRANSLATE_NOOP("Actions", "Go to the &passes"), "go_passes", "view",
           "Ctrl+B", when="has_pass"),
    Action("stability_go_units", QT_TRANSLATE_NOOP("Actions", "Go to the &units of the pass"), "go_units",
           "view", "Ctrl+Shift+Q", when="has_result"),
)  # fmt: skip
"""Targets are members of StabilitySection."""
