"""The commands of the comparison of codebooks, as rows of the table of commands."""

from __future__ import annotations

from coder_app.ui.actions import Action
from coder_app.ui.tr import QT_TRANSLATE_NOOP

CODEBOOKS_ACTIONS: tuple[Action, ...] = (
    Action("codebooks_join", QT_TRANSLATE_NOOP("Actions", "&Join the two codes…"), "join", "codebook",
           "Ctrl+Shift+I", "join", when="writable has_two", words="merge one"),
    Action("codebooks_under", QT_TRANSLATE_NOOP("Actions", "&Put one under the other…"), "put_under",
           "codebook", "Ctrl+M", "folder", when="writable has_two", words="move inside"),
    Action("codebooks_apart", QT_TRANSLATE_NOOP("Actions", "&Keep apart"), "set_apart", "codebook",
           "Ctrl+Shift+K", "split", when="writable has_two", checked="is_apart",
           words="different separate propose again"),
    Action("codebooks_text", QT_TRANSLATE_NOOP("Actions", "Text that &both cover"), "open_text", "view",
           "Ctrl+Return", "quote", when="has_codes", words="overlap passages"),
    Action("codebooks_go", QT_TRANSLATE_NOOP("Actions", "Show it in its &transcript"), "go_to_place",
           "view", "Ctrl+J", "transcripts", when="has_place", words="jump"),
    Action("codebooks_look", QT_TRANSLATE_NOOP("Actions", "&Compare the codebooks…"), "ask_to_look", "view",
           "Ctrl+L", "book", when="is_closed", words="look round blind"),
    Action("codebooks_with_apart", QT_TRANSLATE_NOOP("Actions", "Pairs that are kept &apart too"),
           "show_apart", "view", "Ctrl+D", "filter", when="can_show_apart", checked="shows_apart",
           separator=True),
    Action("codebooks_order", QT_TRANSLATE_NOOP("Actions", "Next &order of the pairs"), "next_order",
           "view", "Ctrl+Shift+S", when="has_compared", words="sort likeliest names overlap"),
    Action("codebooks_level", QT_TRANSLATE_NOOP("Actions", "Next &level"), "next_level", "view",
           "Ctrl+Shift+V", when="has_compared", words="code subcategory category theme"),
    Action("codebooks_measure", QT_TRANSLATE_NOOP("Actions", "Next &measure of overlap"), "next_measure",
           "view", "Ctrl+U", when="has_compared", words="jaccard smaller share"),
    Action("codebooks_diagonal", QT_TRANSLATE_NOOP("Actions", "Best matches on the &diagonal"),
           "set_diagonal", "view", "Ctrl+Alt+D", when="has_compared", checked="on_diagonal"),
    Action("codebooks_swap", QT_TRANSLATE_NOOP("Actions", "S&wap the two coders"), "swap_coders", "view",
           "Ctrl+Shift+W", when="has_coders"),
    Action("codebooks_go_choices", QT_TRANSLATE_NOOP("Actions", "Go to what is &compared"), "go_choices",
           "view", "Ctrl+T", when="has_coders", separator=True),
    Action("codebooks_go_pairs", QT_TRANSLATE_NOOP("Actions", "Go to the pa&irs"), "go_pairs", "view",
           "Ctrl+B", when="has_compared"),
    Action("codebooks_go_matrix", QT_TRANSLATE_NOOP("Actions", "Go to the mat&rix"), "go_matrix", "view",
           "Ctrl+Shift+M", when="has_compared"),
    Action("codebooks_go_sides", QT_TRANSLATE_NOOP("Actions", "Go to the &quotes"), "go_sides", "view",
           "Ctrl+Shift+Q", when="has_codes"),
    Action("codebooks_filter", QT_TRANSLATE_NOOP("Actions", "&Filter the codes…"), "filter_codes", "edit",
           "Ctrl+F", "filter", when="has_compared", words="find"),
    Action("codebooks_copy", QT_TRANSLATE_NOOP("Actions", "Copy the table as &text"), "copy_table", "edit",
           "Ctrl+Shift+C", "copy", when="has_compared", words="clipboard matrix pairs"),
)  # fmt: skip
"""Targets are members of CodebooksSection. Enter opens the text that both cover, Escape leads back."""

IN_MENU = ("codebooks_join", "codebooks_under", "codebooks_apart", "codebooks_text")
"""Rows of the context menu."""
