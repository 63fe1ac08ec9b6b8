"""Text in the cells of a workbook: what a cell can hold, and how many lines it takes."""

from __future__ import annotations

import re
from math import ceil

from coder_app.core.graphemes import grapheme_bounds
from coder_app.formats.xmltext import xml_text

CELL_LIMIT = 32_767
"""Characters (UTF-16 units) that an Excel cell holds."""
CONTINUED = "(continued) "
_ROOM = CELL_LIMIT - len(CONTINUED)
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def cell_text(text: str) -> str:
    """A string as a cell holds it.

    What looks like one of Excel's escapes (``_x0041_``) is escaped, so that it is read as it was written.
    """
    text = xml_text(text)
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def pieces(text: str) -> list[str]:
    """``text`` in parts that each fit into a cell, cut at white space or between characters."""
    if len(text) <= _ROOM // 2:
        return [text]
    parts: list[str] = []
    while _size(text) > (CELL_LIMIT if not parts else _ROOM):
        cut = _cut(text)
        parts.append(text[:cut])
        text = text[cut:]
    return [*parts, text]


def _cut(text: str) -> int:
    """Where the first part of a text too long for a cell ends."""
    low, high = 1, min(len(text), _ROOM)
    while low < high:
        middle = (low + high + 1) // 2
        if _size(text[:middle]) <= _ROOM:
            low = middle
        else:
            high = middle - 1
    space = max(text.rfind(" ", 0, low), text.rfind("\n", 0, low)) + 1
    if space > low // 2:
        return space
    between = grapheme_bounds(text, low)[0]
    return between if between > low // 2 else low  # a pile of marks on one letter is cut all the same


def _size(text: str) -> int:
    """Length in UTF-16 units, as Excel counts, with escapes."""
    return len(cell_text(text).encode("utf-16-le", "replace")) // 2


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a column ``width`` characters wide."""
    each = 1.1 * width
    if len(text) <= each and "\n" not in text and text.isascii():
        return 1
    return sum(max(1, ceil(_breadth(line) / each)) for line in text.split("\n"))


def _breadth(text: str) -> int:
    """Length of a text, characters of Chinese, Japanese and Korean counting twice."""
    return len(text) if text.isascii() else len(text) + sum(character >= "\u1100" for character in text)
