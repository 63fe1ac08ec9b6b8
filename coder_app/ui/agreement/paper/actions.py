"""The commands of the section “For the paper”, as rows of the table of commands."""

from __future__ import annotations

from coder_app.ui.actions import Action
from coder_app.ui.tr import QT_TRANSLATE_NOOP

PAPER_ACTIONS: tuple[Action, ...] = (
    Action("paper_copy", QT_TRANSLATE_NOOP("Actions", "&Copy the words for the paper"), "copy_words", "edit",
           "Ctrl+Shift+C", "copy", when="has_words", words="clipboard methods paragraph"),
    Action("paper_save", QT_TRANSLATE_NOOP("Actions", "&Save the words for the paper…"), "save_words",
           "output", "Ctrl+Shift+S", "export", when="has_words", words="word docx txt methods paragraph"),
    Action("paper_again", QT_TRANSLATE_NOOP("Actions", "&Write the paragraph anew"), "write_again", "edit",
           "F5", "refresh", when="may_write", words="figures refresh"),
    Action("paper_go_choices", QT_TRANSLATE_NOOP("Actions", "Go to what the paragraph is a&bout"),
           "go_choices", "view", "Ctrl+T", when="project", separator=True),
    Action("paper_go_text", QT_TRANSLATE_NOOP("Actions", "Go to the &paragraph"), "go_text", "view",
           "Ctrl+B", when="has_words"),
    Action("paper_go_sources", QT_TRANSLATE_NOOP("Actions", "Go to where its &figures come from"),
           "go_sources", "view", "Ctrl+Shift+Q", when="has_words"),
)  # fmt: skip
"""Targets are members of PaperSection."""
