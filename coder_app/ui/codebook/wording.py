"""Words on the screen: names in menus and tool tips, numbers with their noun."""

from __future__ import annotations

from html import escape

LONGEST_TIP = 600
LONGEST_IN_MENU = 36


def tip(text: str) -> str:
    """A tool tip that shows ``text`` as it is, in lines of a comfortable width.

    Qt takes a tool tip for HTML when it looks like it, so it is always given HTML with the text escaped.
    """
    if not text:
        return ""
    if len(text) > LONGEST_TIP:
        text = text[:LONGEST_TIP] + "…"
    return "<qt>" + escape(text).replace("\n", "<br>") + "</qt>"


def short(name: str, longest: int = LONGEST_IN_MENU) -> str:
    """A name cut to a length in code points."""
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def in_menu(name: str) -> str:
    """A name inside the text of a menu entry or a button, where & marks a key."""
    return short(name).replace("&", "&&")


def counted(number: int, one: str, several: str) -> str:
    """“1 quote”, “2,000 quotes”; the words hold ``{n}``."""
    return (one if number == 1 else several).format(n=f"{number:,}")
