"""The text of one transcript as the page needs it: positions, blocks, direction, stand-ins."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property

from PySide6.QtCore import Qt

from coder_app.core.model import Transcript, Turn
from coder_app.core.text import Utf16Map

_RTL = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ODD = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0\ufdd1\ufffc\ufffe\uffff\ufff9-\ufffb]")
_STAND_INS: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    **dict.fromkeys(range(0x7F, 0xA0), "\ufffd"),
    **dict.fromkeys((0xFFFE, 0xFFFF, 0xFFF9, 0xFFFA, 0xFFFB), "\ufffd"),
    **dict.fromkeys((0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x85, 0x2028, 0x2029, 0xFDD0, 0xFDD1), " "),
    0xFFFC: "\u25a1",
}
"""What is shown for characters that Qt would take for structure or draw as nothing: one UTF-16 unit
for one, so positions stay exact. The text itself keeps them."""


class Source:
    """A transcript's text with the maps from it to the page; positions are code points unless said."""

    def __init__(self, transcript: Transcript) -> None:
        self.transcript = transcript
        self.text = transcript.text
        self.map = Utf16Map(self.text)
        starts, at = [0], self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        self.block_starts = starts
        self.unit_starts = starts if self.map.length == len(self.text) else [self.map.unit(p) for p in starts]
        self._turn_starts = [turn.start for turn in transcript.turns]
        self._rtl: dict[int, bool] = {}

    @cached_property
    def shown(self) -> str:
        """The text that is put on the page, unit by unit as long as the text."""
        return self.text.translate(_STAND_INS) if _ODD.search(self.text) else self.text

    @cached_property
    def any_rtl(self) -> bool:
        return not self.text.isascii() and _RTL.search(self.text) is not None

    def block_range(self, number: int) -> tuple[int, int]:
        """The code points of a block without its line break."""
        start = self.block_starts[number]
        last = number + 1 == len(self.block_starts)
        return start, len(self.text) if last else self.block_starts[number + 1] - 1

    def has_rtl(self, number: int) -> bool:
        """Whether a block holds right-to-left characters, so that its boxes must be asked of the glyphs."""
        if not self.any_rtl:
            return False
        known = self._rtl.get(number)
        if known is None:
            known = self._rtl[number] = _RTL.search(self.text, *self.block_range(number)) is not None
        return known

    def turn_at(self, position: int) -> Turn | None:
        """The turn that holds code point ``position`` (or ends there)."""
        index = bisect_right(self._turn_starts, position) - 1
        if index < 0:
            return None
        turn = self.transcript.turns[index]
        return turn if position <= turn.end else None

    def direction(self, number: int, body: int) -> Qt.LayoutDirection:
        """The direction of a block by its first letter from ``body`` on, so that a name in another
        script does not turn the words round.
        """
        for char in self.text[max(body, self.block_range(number)[0]) : self.block_range(number)[1]]:
            kind = unicodedata.bidirectional(char)
            if kind in ("R", "AL"):
                return Qt.LayoutDirection.RightToLeft
            if kind == "L":
                return Qt.LayoutDirection.LeftToRight
        return Qt.LayoutDirection.LayoutDirectionAuto
