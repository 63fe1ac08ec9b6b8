"""Rows of the table of commands for a page with a codebook tree, and what they call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder_app.core.model import Level
from coder_app.ui.actions import Action
from coder_app.ui.tr import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from coder_app.ui.codebook.commands import CodebookCommands

_ROWS: tuple[tuple[str, str, str, str, str, str], ...] = (
    # name, text, shortcut, icon, when, further words
    ("new_code", QT_TRANSLATE_NOOP("Actions", "New &code…"), "Ctrl+Shift+1", "plus", "writable",
     "add create"),
    ("new_subcategory", QT_TRANSLATE_NOOP("Actions", "New &subcategory…"), "Ctrl+Shift+2", "folder",
     "writable codebook_uses_subcategory", "add create"),
    ("new_category", QT_TRANSLATE_NOOP("Actions", "New c&ategory…"), "Ctrl+Shift+3", "folder",
     "writable codebook_uses_category", "add create"),
    ("new_theme", QT_TRANSLATE_NOOP("Actions", "New &theme…"), "Ctrl+Shift+4", "themes",
     "writable codebook_uses_theme", "add create"),
    ("new_core_theme", QT_TRANSLATE_NOOP("Actions", "New c&ore theme…"), "Ctrl+Shift+5", "themes",
     "writable codebook_uses_core_theme", "add create"),
    ("-rename", QT_TRANSLATE_NOOP("Actions", "&Rename"), "F2", "edit", "writable codebook_has_code", "name"),
    ("recolour", QT_TRANSLATE_NOOP("Actions", "Co&lour…"), "Ctrl+Shift+R", "palette",
     "writable codebook_has_code", "color recolour paint"),
    ("set_level", QT_TRANSLATE_NOOP("Actions", "Le&vel…"), "Ctrl+L", "tag", "writable codebook_has_code",
     "make theme category subcategory code"),
    ("pin", QT_TRANSLATE_NOOP("Actions", "&Key for this code…"), "Ctrl+Shift+P", "pin",
     "codebook_has_one", "pin shortcut number"),
    ("story", QT_TRANSLATE_NOOP("Actions", "&How it came to be"), "Ctrl+Alt+Y", "clock", "codebook_has_one",
     "story history audit trail"),
    ("copy_name", QT_TRANSLATE_NOOP("Actions", "Cop&y the name"), "Ctrl+C", "copy", "codebook_has_code", ""),
    ("-move_up", QT_TRANSLATE_NOOP("Actions", "Move &up"), "Alt+Shift+Up", "up",
     "writable codebook_has_code", "order"),
    ("move_down", QT_TRANSLATE_NOOP("Actions", "Move &down"), "Alt+Shift+Down", "down",
     "writable codebook_has_code", "order"),
    ("indent", QT_TRANSLATE_NOOP("Actions", "Move &into the node above"), "Alt+Shift+Right", "right",
     "writable codebook_has_code", "indent"),
    ("outdent", QT_TRANSLATE_NOOP("Actions", "Move out &by one"), "Alt+Shift+Left", "left",
     "writable codebook_has_code", "outdent"),
    ("put_inside", QT_TRANSLATE_NOOP("Actions", "&Put inside…"), "Ctrl+M", "folder",
     "writable codebook_has_code", "move"),
    ("stand_free", QT_TRANSLATE_NOOP("Actions", "Let it stand &free"), "Ctrl+Shift+T", "tag",
     "writable codebook_has_code", "take out"),
    ("-group_selected", QT_TRANSLATE_NOOP("Actions", "&Group under a new node…"), "Ctrl+G", "folder",
     "writable codebook_has_code", "category theme"),
    ("join_selected", QT_TRANSLATE_NOOP("Actions", "&Join…"), "Ctrl+Shift+I", "join",
     "writable codebook_has_code", "merge"),
    ("-delete", QT_TRANSLATE_NOOP("Actions", "D&elete…"), "Del", "trash", "writable codebook_has_code",
     "remove"),
)  # fmt: skip


def codebook_actions(scope: str = "") -> list[Action]:
    """The rows. ``scope``: name of the page's widget around its tree, where the shortcuts work."""
    return [
        Action(
            "codebook_" + name.lstrip("-"),
            text,
            "codebook_" + name.lstrip("-"),
            "codebook",
            shortcut,
            icon,
            when=when,
            scope=scope,
            separator=name.startswith("-"),
            words=words,
        )
        for name, text, shortcut, icon, when, words in _ROWS
    ]


class CodebookActions:
    """What the rows call: a page inherits this and says in ``codebook_commands`` which tree is meant."""

    @property
    def codebook_commands(self) -> CodebookCommands:
        """The commands of the tree that is worked in."""
        raise NotImplementedError

    @property
    def codebook_has_code(self) -> bool:
        return self.codebook_commands.has_code

    @property
    def codebook_has_one(self) -> bool:
        return self.codebook_commands.has_one

    @property
    def codebook_uses_subcategory(self) -> bool:
        return self.codebook_commands.uses(Level.SUBCATEGORY)

    @property
    def codebook_uses_category(self) -> bool:
        return self.codebook_commands.uses(Level.CATEGORY)

    @property
    def codebook_uses_theme(self) -> bool:
        return self.codebook_commands.uses(Level.THEME)

    @property
    def codebook_uses_core_theme(self) -> bool:
        return self.codebook_commands.uses(Level.CORE_THEME)

    def codebook_new_code(self) -> None:
        self.codebook_commands.new_code()

    def codebook_new_subcategory(self) -> None:
        self.codebook_commands.new_subcategory()

    def codebook_new_category(self) -> None:
        self.codebook_commands.new_category()

    def codebook_new_theme(self) -> None:
        self.codebook_commands.new_theme()

    def codebook_new_core_theme(self) -> None:
        self.codebook_commands.new_core_theme()

    def codebook_rename(self) -> None:
        self.codebook_commands.rename()

    def codebook_recolour(self) -> None:
        self.codebook_commands.recolour()

    def codebook_set_level(self) -> None:
        self.codebook_commands.set_level()

    def codebook_pin(self) -> None:
        self.codebook_commands.pin()

    def codebook_story(self) -> None:
        self.codebook_commands.story()

    def codebook_copy_name(self) -> None:
        self.codebook_commands.copy_name()

    def codebook_move_up(self) -> None:
        self.codebook_commands.move_up()

    def codebook_move_down(self) -> None:
        self.codebook_commands.move_down()

    def codebook_indent(self) -> None:
        self.codebook_commands.indent()

    def codebook_outdent(self) -> None:
        self.codebook_commands.outdent()

    def codebook_put_inside(self) -> None:
        self.codebook_commands.put_inside()

    def codebook_stand_free(self) -> None:
        self.codebook_commands.stand_free()

    def codebook_group_selected(self) -> None:
        self.codebook_commands.group_selected()

    def codebook_join_selected(self) -> None:
        self.codebook_commands.join_selected()

    def codebook_delete(self) -> None:
        self.codebook_commands.delete()
