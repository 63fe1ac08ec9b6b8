"""Where the ends of a coding go when keys move them word by word; positions are code points."""

from __future__ import annotations

import re

from coder_app.core.text import grapheme_bounds, word_at

_LETTER = re.compile(r"[^\W_]")


def later_end(text: str, end: int) -> int:
    """``end`` moved behind the word that follows or is cut; behind the last character where none does."""
    match = _LETTER.search(text, end)
    return word_at(text, match.start())[1] if match else max(end, len(text.rstrip()))


def earlier_start(text: str, start: int) -> int:
    """``start`` moved before the word that precedes or is cut; before the first character where none does."""
    at = _letter_before(text, start)
    if at is not None:
        return word_at(text, at)[0]
    return min(start, grapheme_bounds(text, len(text) - len(text.lstrip()))[0])


def earlier_end(text: str, start: int, end: int) -> int:
    """``end`` moved behind the word before the last one; unchanged where only one word is left."""
    at = _letter_before(text, end)
    if at is None:
        return end
    first, last = word_at(text, at)
    if start < last < end:
        return last
    before = _letter_before(text, first)
    place = word_at(text, before)[1] if before is not None else start
    return place if start < place < end else end


def later_start(text: str, start: int, end: int) -> int:
    """``start`` moved before the second word; unchanged where only one word is left."""
    match = _LETTER.search(text, start)
    if match is None:
        return start
    first, last = word_at(text, match.start())
    if start < first < end:
        return first
    after = _LETTER.search(text, last)
    place = word_at(text, after.start())[0] if after else end
    return place if start < place < end else start


def _letter_before(text: str, position: int) -> int | None:
    """The last letter or digit before ``position``; looks back a screenful at a time."""
    high = position
    while high > 0:
        low = max(0, high - 2000)
        for at in range(high - 1, low - 1, -1):
            if _LETTER.match(text, at):
                return grapheme_bounds(text, at)[0]
        high = low
    return None
