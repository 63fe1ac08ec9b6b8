"""Words found in a text as plain ranges."""

from __future__ import annotations

import re

Hit = tuple[int, int]
"""Start and end in code points, end exclusive."""


def pattern(words: str) -> re.Pattern[str] | None:
    """What to look for: these words in this order, letter case apart, any white space between them."""
    parts = words.split()
    if not parts:
        return None
    return re.compile(r"\s+".join(re.escape(part) for part in parts), re.IGNORECASE)


def find(text: str, words: str, most: int = 1000) -> list[Hit]:
    """The first ``most`` places where the words stand; none for an empty search."""
    sought = pattern(words)
    found: list[Hit] = []
    if sought is None or most <= 0:
        return found
    for match in sought.finditer(text):
        found.append(match.span())
        if len(found) >= most:
            break
    return found
