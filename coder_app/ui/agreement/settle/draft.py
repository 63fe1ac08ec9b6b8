"""A version of one's own while it is made: codes and their bounds, within the place that is settled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coder_app.core.text import grow_to_words, trim
from coder_app.ui.transcript import words

if TYPE_CHECKING:
    from coder_app.core.settling import Item, Span


@dataclass(frozen=True, slots=True)
class Draft:
    """``spans`` as they would stand; ``at`` is the one whose bounds the keys move."""

    low: int
    high: int
    """Bounds may lie in ``[low, high)``: the place that is settled."""
    spans: tuple[Span, ...]
    at: int = 0

    @property
    def current(self) -> Span | None:
        return self.spans[self.at] if self.spans else None

    def add(self, code: str, start: int, end: int) -> Draft:
        """With a code on a stretch; one that is there already with these bounds is only chosen."""
        new = (code, start, end)
        if new in self.spans:
            return replace(self, at=self.spans.index(new))
        return replace(self, spans=(*self.spans, new), at=len(self.spans))

    def without_current(self) -> Draft:
        spans = self.spans[: self.at] + self.spans[self.at + 1 :]
        return replace(self, spans=spans, at=max(0, min(self.at, len(spans) - 1)))

    def choose(self, at: int) -> Draft:
        return replace(self, at=max(0, min(at, len(self.spans) - 1)))

    def step(self, by: int) -> Draft:
        """The next span, round and round."""
        return self.choose((self.at + by) % len(self.spans)) if self.spans else self

    def placed(self, start: int, end: int) -> Draft:
        """The current span on another stretch, cut to the place; unchanged where nothing is left."""
        start, end = max(start, self.low), min(end, self.high)
        if self.current is None or start >= end:
            return self
        spans = list(self.spans)
        spans[self.at] = (self.current[0], start, end)
        return replace(self, spans=tuple(spans))

    def on_words(self, text: str, start: int, end: int) -> Draft:
        """The current span on the words that a selection touches."""
        return self.placed(*trim(text, *grow_to_words(text, *trim(text, start, end))))

    def move_start(self, text: str, by: int) -> Draft:
        """The beginning one word back (-1) or on (+1)."""
        if self.current is None:
            return self
        _, start, end = self.current
        start = words.earlier_start(text, start) if by < 0 else words.later_start(text, start, end)
        return self.placed(start, end)

    def move_end(self, text: str, by: int) -> Draft:
        """The end one word back (-1) or on (+1)."""
        if self.current is None:
            return self
        _, start, end = self.current
        end = words.later_end(text, end) if by > 0 else words.earlier_end(text, start, end)
        return self.placed(start, end)


def drafted(item: Item, spans: Sequence[Span]) -> Draft:
    """A draft over an item that begins with these spans."""
    return Draft(item.start, item.end, tuple(spans))


def usual_place(item: Item) -> tuple[int, int]:
    """Where a further code goes at first: from the first to the last of the coders' bounds."""
    spans = [span for version in item.versions.values() for span in version]
    if not spans:
        return item.start, item.end
    return min(start for _, start, _ in spans), max(end for _, _, end in spans)
