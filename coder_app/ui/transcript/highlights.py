"""Codings as the transcript shows them, and which blocks of the page they touch."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from coder_app.core import spans


@dataclass(frozen=True, slots=True)
class Highlight:
    """One coding to show on the code points ``[start, end)``.

    ``color`` (``#rrggbb``) and ``name`` are those of its code; a passage without a code is
    ``unnamed`` and both are ignored. What is not ``mine`` gets a line under the words, not a tint.
    """

    guid: str
    start: int
    end: int
    color: str = ""
    name: str = ""
    mine: bool = True
    selected: bool = False
    unnamed: bool = False
    coder_name: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A highlight with its place in UTF-16 units, as Qt counts."""

    highlight: Highlight
    start: int
    end: int

    @property
    def guid(self) -> str:
        return self.highlight.guid


class HighlightIndex:
    """Which highlights touch which block; a change costs only the blocks it touches."""

    def __init__(self, block_starts: Sequence[int] = (0,)) -> None:
        self._starts = block_starts
        self._placed: dict[str, Placed] = {}
        self._blocks: dict[int, dict[str, Placed]] = {}
        self._ordered: list[Placed] = []
        self.furthest: list[int] = []
        """For each of ``placed`` the furthest end up to it."""

    def __len__(self) -> int:
        return len(self._placed)

    @property
    def placed(self) -> Sequence[Placed]:
        """All of them, in reading order."""
        return self._ordered

    def get(self, guid: str | None) -> Placed | None:
        return self._placed.get(guid) if guid is not None else None

    def block_of(self, unit: int) -> int:
        """Number of the block that holds UTF-16 position ``unit``."""
        return max(0, bisect_right(self._starts, unit) - 1)

    def blocks_of(self, start: int, end: int) -> range:
        """Numbers of the blocks that the UTF-16 range ``[start, end)`` touches."""
        return range(self.block_of(start), self.block_of(max(start, end - 1)) + 1)

    def replace(self, placed: Sequence[Placed]) -> set[int]:
        """Show ``placed`` from now on; return the numbers of the blocks that look different now.

        What stays must be the same object as before (see ``get``).
        """
        before = self._placed
        fresh = {item.highlight.guid: item for item in placed}
        gone = [old for guid, old in before.items() if fresh.get(guid) is not old]
        come = [new for guid, new in fresh.items() if before.get(guid) is not new]
        touched: set[int] = set()
        for item in gone:
            for number in self.blocks_of(item.start, item.end):
                self._blocks[number].pop(item.guid, None)
                touched.add(number)
        for item in come:
            for number in self.blocks_of(item.start, item.end):
                self._blocks.setdefault(number, {})[item.guid] = item
                touched.add(number)
        self._placed = fresh
        if touched:
            self._ordered = sorted(fresh.values(), key=spans.reading_order)
            self.furthest = list(accumulate((item.end for item in self._ordered), max))
        return touched

    def in_block(self, number: int) -> list[Placed]:
        """The highlights that touch a block, in reading order."""
        return sorted(self._blocks.get(number, {}).values(), key=spans.reading_order)

    def at(self, unit: int) -> list[Placed]:
        """The highlights over UTF-16 position ``unit``, smallest first."""
        return spans.at(self._blocks.get(self.block_of(unit), {}).values(), unit)
