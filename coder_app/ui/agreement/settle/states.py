"""How far the items of a round are: open, settled, to be discussed; and which of them are listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from coder_app.core.model import Coding, Settlement, Verdict

if TYPE_CHECKING:
    from coder_app.core.settling import Item, Span


class State(StrEnum):
    OPEN = "open"
    SKIPPED = "skipped"
    DISCUSS = "discuss"
    SETTLED = "settled"
    AGREED = "agreed"
    """Alike from the start, and not taken over yet."""
    TAKEN_OVER = "taken over"
    """Alike from the start, and in the consensus."""

    @property
    def waits(self) -> bool:
        """A disagreement that nobody has settled."""
        return self in (State.OPEN, State.SKIPPED, State.DISCUSS)


class Show(StrEnum):
    """Which items are listed."""

    OPEN = "open"
    DISCUSS = "discuss"
    SETTLED = "settled"
    DIFFERING = "differing"
    """All disagreements."""
    AGREED = "agreed"


_SHOWN: dict[Show, tuple[State, ...]] = {
    Show.OPEN: (State.OPEN, State.SKIPPED, State.DISCUSS),
    Show.DISCUSS: (State.DISCUSS,),
    Show.SETTLED: (State.SETTLED,),
    Show.DIFFERING: (State.OPEN, State.SKIPPED, State.DISCUSS, State.SETTLED),
    Show.AGREED: (State.AGREED, State.TAKEN_OVER),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with what was decided about it."""

    item: Item
    settlement: Settlement | None
    spans: tuple[Span, ...]
    """What stands in the consensus."""
    state: State

    @property
    def codes(self) -> set[str]:
        """Every code that anybody gave here, and those settled on."""
        given = {span[0] for version in self.item.versions.values() for span in version}
        return given | {span[0] for span in self.spans}


@dataclass(frozen=True, slots=True)
class Filter:
    """Empty code or document: any."""

    show: Show = Show.OPEN
    code: str = ""
    document: str = ""

    def takes(self, entry: Entry) -> bool:
        return (
            entry.state in _SHOWN[self.show]
            and (not self.document or entry.item.document == self.document)
            and (not self.code or self.code in entry.codes)
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the round is."""

    settled: int = 0
    disagreements: int = 0
    discuss: int = 0
    skipped: int = 0
    agreed: int = 0
    taken_over: int = 0


def entries_of(
    items: Iterable[Item], settlements: Iterable[Settlement], codings: Mapping[str, Sequence[Coding]]
) -> list[Entry]:
    """The items, each with the decision that stands at its place."""
    decided = {(one.document, one.start, one.end): one for one in settlements}
    return [_entry(item, decided.get(item.place), codings) for item in items]


def decided_anew(
    entries: Iterable[Entry], settlements: Iterable[Settlement], codings: Mapping[str, Sequence[Coding]]
) -> list[Entry]:
    """The same items with the decisions of now; an entry about which nothing changed stays the same."""
    decided = {(one.document, one.start, one.end): one for one in settlements}
    found = []
    for entry in entries:
        settlement = decided.get(entry.item.place)
        if settlement is not None or entry.settlement is not None:
            entry = _entry(entry.item, settlement, codings)
        found.append(entry)
    return found


def _entry(item: Item, settlement: Settlement | None, codings: Mapping[str, Sequence[Coding]]) -> Entry:
    if settlement is None:
        return Entry(item, None, (), State.AGREED if item.alike else State.OPEN)
    spans = tuple(
        (coding.code, coding.start, coding.end)
        for coding in codings.get(settlement.guid, ())
        if coding.code is not None
    )
    if not settlement.verdict.settles:
        left = State.SKIPPED if settlement.verdict is Verdict.SKIP else State.DISCUSS
        return Entry(item, settlement, spans, State.AGREED if item.alike else left)
    return Entry(item, settlement, spans, State.TAKEN_OVER if item.alike else State.SETTLED)


def tally(entries: Iterable[Entry]) -> Tally:
    counts = dict.fromkeys(State, 0)
    for entry in entries:
        counts[entry.state] += 1
    waiting = counts[State.OPEN] + counts[State.SKIPPED] + counts[State.DISCUSS]
    return Tally(
        counts[State.SETTLED],
        counts[State.SETTLED] + waiting,
        counts[State.DISCUSS],
        counts[State.SKIPPED],
        counts[State.AGREED] + counts[State.TAKEN_OVER],
        counts[State.TAKEN_OVER],
    )


def next_open(entries: Sequence[Entry], place: tuple[str, int, int]) -> int | None:
    """The row of the next open item behind a place, from the top again after the last; None: nothing is open.

    What was skipped or is to be discussed comes again only when nothing else is open.
    """
    order: list[tuple[str, int, int]] = [entry.item.place for entry in entries]
    here = order.index(place) if place in order else -1
    rows: list[int] = [*range(here + 1, len(entries)), *range(here + 1)]
    for wanted in (State.OPEN, State.SKIPPED):
        for row in rows:
            if entries[row].state is wanted and order[row] != place:
                return row
    return None
