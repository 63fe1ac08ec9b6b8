"""What a reader sees as one character: extended grapheme clusters, close to Unicode Annex #29.

The classes come from ``unicodedata`` and a few ranges, so they follow the Unicode version of Python.
Combining marks, emoji joined by U+200D, skin tones, flags, keycaps, Hangul jamo and Indic conjuncts
stay whole. All positions are code points, ends exclusive.
"""

from __future__ import annotations

import unicodedata

ZWJ = "\u200d"
_ZWNJ = "\u200c"
_PREPEND = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_LINKERS = frozenset("\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d")
"""Viramas that join two consonants of the same block (rule GB9c)."""


def is_regional_indicator(char: str) -> bool:
    """One of the 26 letters that make flags in pairs."""
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def is_extending(char: str) -> bool:
    """Whether ``char`` belongs to the character before it (a mark, joiner, skin tone or tag)."""
    if char < "\u0300":
        return False
    if char in (ZWJ, _ZWNJ) or "\uff9e" <= char <= "\uff9f" or char in "\u0e33\u0eb3":
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return True
    return unicodedata.category(char) in ("Mn", "Me", "Mc")


def is_pictograph(char: str) -> bool:
    """Whether ``char`` may be joined to another one by U+200D (Extended_Pictographic, by ranges)."""
    if char < "\u2000":
        return char in "\u00a9\u00ae"
    if char < "\u3300":
        return unicodedata.category(char) in ("So", "Sm") or char in "\u203c\u2049\u3030\u303d"
    return "\U0001f000" <= char <= "\U0001faff" and not is_regional_indicator(char)


def is_boundary(text: str, position: int) -> bool:
    """Whether a cursor may stand before code point ``position`` without splitting a character."""
    if position <= 0 or position >= len(text):
        return True
    before, after = text[position - 1], text[position]
    if after < "\u0300" and before < "\u0300":
        return not (before == "\r" and after == "\n")
    if _is_control(before) or _is_control(after):
        return (before, after) != ("\r", "\n")
    if is_extending(after) or before in _PREPEND:
        return False
    if before == ZWJ and is_pictograph(after):
        return not _joins_pictographs(text, position - 1)
    if is_regional_indicator(before) and is_regional_indicator(after):
        return _flags_before(text, position) % 2 == 0
    return not (_is_hangul_sequence(before, after) or _is_conjunct(text, position))


def grapheme_bounds(text: str, position: int) -> tuple[int, int]:
    """The character as seen ``[start, end)`` that holds code point ``position``; empty in an empty text."""
    if not text:
        return 0, 0
    start = max(0, min(position, len(text) - 1))
    end = start + 1
    while not is_boundary(text, start):
        start -= 1
    while not is_boundary(text, end):
        end += 1
    return start, end


def whole_graphemes(text: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` grown until it cuts no character in two; an empty range moves to a boundary."""
    start, end = max(0, start), min(len(text), end)
    if start >= end:
        start = grapheme_bounds(text, start)[0] if start < len(text) else len(text)
        return start, start
    return grapheme_bounds(text, start)[0], grapheme_bounds(text, end - 1)[1]


def _is_control(char: str) -> bool:
    """Grapheme_Cluster_Break = Control: format characters that neither join nor precede, and separators."""
    if char < "\u0300":
        return char < " " or "\x7f" <= char <= "\x9f" or char == "\u00ad"
    if char in (ZWJ, _ZWNJ) or char in _PREPEND or "\U000e0020" <= char <= "\U000e007f":
        return False
    return unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp", "Cs")


def _joins_pictographs(text: str, zwj: int) -> bool:
    """Whether the joiner at ``zwj`` follows a pictograph (and marks on it)."""
    at = zwj - 1
    while at >= 0 and text[at] != ZWJ and is_extending(text[at]):
        at -= 1
    return at >= 0 and is_pictograph(text[at])


def _flags_before(text: str, position: int) -> int:
    """How many regional indicators stand in a row before ``position``."""
    at = position
    while at > 0 and is_regional_indicator(text[at - 1]):
        at -= 1
    return position - at


def _is_hangul_sequence(before: str, after: str) -> bool:
    """Rules GB6 to GB8: jamo that build one syllable."""
    first, second = _hangul(before), _hangul(after)
    if not first or not second:
        return False
    if first == "L":
        return second != "T"
    return second == "T" or (second == "V" and first in ("V", "LV"))


def _hangul(char: str) -> str:
    """L, V, T, LV or LVT, or empty for anything else."""
    if "\u1100" <= char <= "\u115f" or "\ua960" <= char <= "\ua97c":
        return "L"
    if "\u1160" <= char <= "\u11a7" or "\ud7b0" <= char <= "\ud7c6":
        return "V"
    if "\u11a8" <= char <= "\u11ff" or "\ud7cb" <= char <= "\ud7fb":
        return "T"
    if "\uac00" <= char <= "\ud7a3":
        return "LVT" if (ord(char) - 0xAC00) % 28 else "LV"
    return ""


def _is_conjunct(text: str, position: int) -> bool:
    """Rule GB9c: consonant, virama (with marks or joiners), consonant of the same block."""
    after = text[position]
    if not "\u0900" <= after <= "\u0d7f" or unicodedata.category(after) != "Lo":
        return False
    at, linked = position - 1, False
    while at >= 0 and is_extending(text[at]):
        if unicodedata.category(text[at]) == "Mc":
            return False
        linked = linked or text[at] in _LINKERS
        at -= 1
    return (
        linked
        and at >= 0
        and unicodedata.category(text[at]) == "Lo"
        and ord(text[at]) >> 7 == ord(after) >> 7
    )
