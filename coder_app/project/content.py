"""The imported text of one transcript and where its turns are."""

from __future__ import annotations

import json
import operator
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from coder_app.core.errors import UserError
from coder_app.core.model import Turn

_LATEST = 1e9
"""Seconds behind which no recording goes on."""


class Content:
    """The imported text of one transcript and where its turns are; never changes.

    Raises UserError where a damaged or hostile file holds turns that are none: outside the text, out
    of order, or of a speaker beyond the ``speakers`` that the transcript has.
    """

    def __init__(self, text: str, turns: str, speakers: int) -> None:
        self.text = text
        try:
            self._rows = read_turns(turns, len(text), speakers)
        except ValueError as error:
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


def read_turns(turns: str, characters: int, speakers: int) -> list[Sequence[Any]]:
    """Turns as they are stored: rows of start, body, end, speaker or None, seconds or None.

    Raises ValueError as `check_turns`, and for what is not JSON of that form.
    """
    try:
        rows = json.loads(turns)
        if not isinstance(rows, list):
            raise ValueError("no list of turns")
        check_turns(rows, characters, speakers)
    except (TypeError, OverflowError, RecursionError) as error:
        raise ValueError("turns of another form") from error
    return rows


def check_turns(rows: Sequence[Sequence[Any]], characters: int, speakers: int) -> None:
    """Raise ValueError or TypeError unless turns fit a text and its speakers.

    Column by column: a project of 500 transcripts has 100,000 turns, and all are checked on opening.
    """
    if not rows:
        return
    starts, bodies, ends, who, seconds = zip(*rows, strict=True)
    if {*map(type, starts), *map(type, bodies), *map(type, ends)} != {int}:
        raise ValueError("a turn at no place")
    order = ((0, *starts), starts), (starts, bodies), (bodies, ends)
    if not all(all(map(operator.le, low, high)) for low, high in order) or max(ends) > characters:
        raise ValueError("a turn outside the text or out of order")
    named = set(who) - {None}
    if not named.issubset(range(speakers)) or not {*map(type, named)} <= {int}:
        raise ValueError("a turn of nobody")
    times = set(seconds) - {None}
    if not {*map(type, times)} <= {int, float} or not all(0 <= time < _LATEST for time in times):
        raise ValueError("a turn at no time")
