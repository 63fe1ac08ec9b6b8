"""Text and the positions in it: everything here counts code points, ends exclusive.

The stored text of a transcript is what ``normalise`` makes of a file once, at import; it never changes
afterwards. Qt counts UTF-16 units instead: ``Utf16Map`` translates, and only the transcript view needs it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from coder_app.core.graphemes import grapheme_bounds, is_extending, whole_graphemes
from coder_app.core.sentences import sentences

__all__ = [
    "PositionMap",
    "Utf16Map",
    "excerpt",
    "grapheme_bounds",
    "grow_to_words",
    "normalise",
    "paragraphs",
    "sentences",
    "trim",
    "whole_graphemes",
    "word_at",
    "word_count",
]

_TOUCHED = re.compile("[\r\0\ufeff\u2028\u2029\ufdd0\ufdd1\ud800-\udfff]")
_GONE = re.compile("\r(?=\n)|[\0\ufeff\ud800-\udfff]+")
_BREAKS = str.maketrans(dict.fromkeys("\r\u2028\u2029\ufdd0\ufdd1", "\n"))
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_INSIDE_WORD = frozenset("'\u2019\u05f3\u05f4\u00b7\u200d\u200c\u00ad")
"""Belong to a word when a letter stands on each side: apostrophes, geresh, gershayim, joiners."""


@dataclass(frozen=True, slots=True)
class PositionMap:
    """Where positions of the text as it came are in the normalised text.

    ``starts`` and ``ends`` are the removed stretches in old positions, ``removed`` the number of
    code points gone up to and with each. Everything else kept its length.
    """

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()

    def new(self, old: int) -> int:
        """The new position of ``old``; a position inside something removed goes to where that was."""
        index = bisect_right(self.starts, old) - 1
        if index < 0:
            return old
        if old >= self.ends[index]:
            return old - self.removed[index]
        return self.ends[index] - self.removed[index]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The new place of ``[start, end)``."""
        return self.new(start), self.new(end)


def normalise(text: str) -> tuple[str, PositionMap]:
    """The text as it is stored, and the map from positions in ``text`` to positions in it.

    Line ends, U+2028, U+2029, U+FDD0 and U+FDD1 become newlines; byte order marks, NUL and lone
    surrogates go; nothing else is touched. Doing it twice changes nothing more.
    """
    if not ("\r" in text or "\0" in text if text.isascii() else _TOUCHED.search(text)):
        return text, PositionMap()
    starts: list[int] = []
    ends: list[int] = []
    removed: list[int] = []
    kept: list[str] = []
    at = total = 0
    for match in _GONE.finditer(text):
        start, end = match.span()
        kept.append(text[at:start])
        total += end - start
        starts.append(start)
        ends.append(end)
        removed.append(total)
        at = end
    kept.append(text[at:])
    clean = "".join(kept).translate(_BREAKS)
    return clean, PositionMap(tuple(starts), tuple(ends), tuple(removed))


class Utf16Map:
    """Code points of one text <-> UTF-16 units, both by bisection over the characters above U+FFFF."""

    __slots__ = ("_length", "_points", "_units")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._points = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + index for index, point in enumerate(self._points)]

    @property
    def length(self) -> int:
        """Length of the text in UTF-16 units."""
        return self._length + len(self._points)

    def unit(self, point: int) -> int:
        """The UTF-16 position of code point ``point``."""
        return point + bisect_left(self._points, point)

    def units(self, start: int, end: int) -> tuple[int, int]:
        """The UTF-16 range of the code points ``[start, end)``."""
        return self.unit(start), self.unit(end)

    def start(self, unit: int) -> int:
        """The code point at UTF-16 position ``unit``; inside a surrogate pair the one it belongs to."""
        unit = max(0, min(unit, self.length))
        above = bisect_left(self._units, unit)
        inside = above > 0 and unit == self._units[above - 1] + 1
        return self._points[above - 1] if inside else unit - above

    def end(self, unit: int) -> int:
        """As ``start``, but inside a surrogate pair the position after it."""
        unit = max(0, min(unit, self.length))
        above = bisect_left(self._units, unit)
        return unit - above + (1 if above > 0 and unit == self._units[above - 1] + 1 else 0)

    def points(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the UTF-16 range ``[start, end)``: start rounds down, end rounds up.

        A cursor (``start == end``) stays a cursor.
        """
        first = self.start(start)
        return (first, first) if start >= end else (first, self.end(end))


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` without white space at its ends; only white space: empty, at ``start``."""
    first = start
    while first < end and text[first].isspace():
        first += 1
    if first >= end:
        return start, start
    while text[end - 1].isspace():
        end -= 1
    return first, end


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The lines of ``text[start:end]`` that hold more than white space, trimmed of it."""
    limit = len(text) if end is None else end
    return [match.span() for match in _PARAGRAPH.finditer(text, start, limit)]


def word_count(text: str, start: int = 0, end: int | None = None) -> int:
    """How many words stand in ``text[start:end]``: stretches between white space with a letter or digit."""
    pieces = text[start:end].split()
    return sum(1 for piece in pieces if piece.isalnum() or any(map(str.isalnum, piece)))


def word_at(text: str, position: int) -> tuple[int, int]:
    """The word ``[start, end)`` that holds ``position`` or ends there; else the one character there.

    Never cuts a combining mark, a joined emoji or a flag. Runs of Chinese or Japanese characters, which
    are written without spaces, are taken by kind of character. Empty only in an empty text.
    """
    position = max(0, min(position, len(text)))
    at = position
    if not _in_word(text, at) and position > 0 and _in_word(text, position - 1):
        at = position - 1
    if not _in_word(text, at):
        return grapheme_bounds(text, min(position, max(0, len(text) - 1)))
    return whole_graphemes(text, _run(text, at, -1), _run(text, at, 1) + 1)


def grow_to_words(text: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` trimmed and grown so that it cuts no word; empty where it holds only white space."""
    start, end = trim(text, max(0, start), min(len(text), end))
    if start == end:
        return start, end
    first = word_at(text, start)[0] if _in_word(text, start) else grapheme_bounds(text, start)[0]
    last = word_at(text, end - 1)[1] if _in_word(text, end - 1) else grapheme_bounds(text, end - 1)[1]
    return first, last


def excerpt(text: str, start: int = 0, end: int | None = None, limit: int = 80) -> str:
    """``text[start:end]`` on one line, at most ``limit`` code points, cut at a word with an ellipsis."""
    stop = len(text) if end is None else min(end, len(text))
    reach = min(stop, start + 4 * limit)
    piece = " ".join(text[start:reach].split())
    if len(piece) <= limit:
        return piece if not text[reach:stop].strip() else piece + "\u2026"
    cut = grapheme_bounds(piece, limit - 1)[0]
    space = piece.rfind(" ", 0, cut + 1)
    return piece[: space if space > limit // 2 else cut].rstrip() + "\u2026"


def _in_word(text: str, at: int) -> bool:
    """Whether the code point ``at`` is a part of a word."""
    if not 0 <= at < len(text):
        return False
    char = text[at]
    if char.isalnum() or char == "_":
        return True
    if is_extending(char):
        start = grapheme_bounds(text, at)[0]
        return start < at and text[start].isalnum()
    if char in _INSIDE_WORD:
        return _letters_around(text, at)
    return (
        char == '"'
        and _letters_around(text, at)
        and all("\u05d0" <= text[i] <= "\u05ea" for i in (at - 1, at + 1))
    )


def _letters_around(text: str, at: int) -> bool:
    return 0 < at < len(text) - 1 and _is_letter(text[at - 1]) and _is_letter(text[at + 1])


def _is_letter(char: str) -> bool:
    return char.isalpha() or unicodedata.category(char)[0] == "M"


def _run(text: str, at: int, step: int) -> int:
    """The last code point of the word that holds ``at``, going backwards or forwards."""
    for here in _steps(text, at, step):
        if not _in_word(text, here) or _kind(text[here]) != _kind(text[at]):
            break
        at = here
    return at


def _steps(text: str, at: int, step: int) -> Iterator[int]:
    return iter(range(at + step, len(text) if step > 0 else -1, step))


def _kind(char: str) -> str:
    """The writing a word is made of, where words are written without spaces."""
    if char < "\u3040" or "\uac00" <= char <= "\ud7a3":
        return ""
    if char <= "\u309f":
        return "hiragana"
    if char <= "\u30ff":
        return "katakana"
    return "han" if "\u3400" <= char <= "\u9fff" or char >= "\U00020000" else ""
