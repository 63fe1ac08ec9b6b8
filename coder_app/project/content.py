"""The imported text of one transcript and where its turns are."""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property

from coder_app.core.errors import UserError
from coder_app.core.model import Turn


class Content:
    """The imported text of one transcript and where its turns are; never changes.

    Raises UserError where a damaged or hostile file holds turns that are none: outside the text, out
    of order, or of a speaker beyond the ``speakers`` that the transcript has.
    """

    def __init__(self, text: str, turns: str, speakers: int) -> None:
        self.text = text
        try:
            rows = json.loads(turns)
            self._rows: list[tuple[int, int, int, int | None, float | None]] = [
                (int(start), int(body), int(end), speaker, seconds)
                for start, body, end, speaker, seconds in rows
            ]
            check_turns(self._rows, len(text), speakers)
        except (ValueError, TypeError, OverflowError, RecursionError) as error:
            raise UserError("The turns of this transcript are damaged. Open a backup instead.") from error
        self.starts = [row[0] for row in self._rows]

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(Turn(number, *row) for number, row in enumerate(self._rows, 1))

    def turn_at(self, position: int) -> int:
        """Number of the turn that holds a position, 0 before the first."""
        return bisect_right(self.starts, position)

    def speakers_in(self, start: int, end: int) -> list[int]:
        """Numbers of the speakers whose turns ``[start, end)`` touches, in order."""
        found: list[int] = []
        for row in self._rows[max(self.turn_at(start) - 1, 0) : self.turn_at(end - 1)]:
            speaker = row[3]
            if speaker is not None and speaker not in found and row[2] > start:
                found.append(speaker)
        return found


def check_turns(
    rows: Iterable[tuple[int, int, int, int | None, float | None]], characters: int, speakers: int
) -> None:
    """Raise ValueError unless turns (start, body, end, speaker, seconds) fit a text and its speakers."""
    last = 0
    for start, body, end, speaker, seconds in rows:
        if not last <= start <= body <= end <= characters:
            raise ValueError("a turn outside the text or out of order")
        if speaker is not None and speaker not in range(speakers):
            raise ValueError("a turn of nobody")
        if seconds is not None and not math.isfinite(seconds):
            raise ValueError("a turn at no time")
        last = start
