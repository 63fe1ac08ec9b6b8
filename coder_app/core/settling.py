"""Settling what coders disagree on: the worklist, what a decision leaves, and the codings after it.

Pure functions over codings; nothing here changes anybody's codings. Positions are code points, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from coder_app.core.model import Coding, Verdict

Span = tuple[str, int, int]
"""A code on ``[start, end)``."""


class Unit(Protocol):
    """A unit that somebody coded, as a comparison gives it."""

    @property
    def document(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def same(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Item:
    """A place to be settled, with each coder's version of it.

    For units fixed beforehand it is a unit, and codings are cut to it; for characters, tokens, matched spans
    and unitizing a stretch that codings cover without a gap, and codings are whole.
    """

    document: str
    start: int
    end: int
    versions: Mapping[str, tuple[Span, ...]]
    """Coder (GUID) -> her codings here, by start; passages without a code are none."""
    alike: bool
    """The coders agreed, at the level and in the sense that was measured."""

    @property
    def place(self) -> tuple[str, int, int]:
        return self.document, self.start, self.end


@dataclass(frozen=True, slots=True)
class Settled:
    """A place that is settled, and what stands there now."""

    document: str
    start: int
    end: int
    spans: tuple[Span, ...]
    guid: str = ""
    """Of the decision."""


def worklist(
    units: Iterable[Unit],
    codings: Mapping[str, Sequence[Coding]],
    coders: Sequence[str],
    *,
    fixed: bool,
) -> list[Item]:
    """The places that anybody coded, in the units' order.

    ``units`` are the coded units of a comparison, ``codings`` those compared by transcript. ``fixed``: the
    units were fixed beforehand; otherwise they say where the coders differ.
    """
    own = {document: _Spans(found, coders) for document, found in codings.items()}
    if fixed:
        return [
            Item(unit.document, unit.start, unit.end, own[unit.document].cut(unit.start, unit.end), unit.same)
            for unit in units
        ]
    found = []
    by_document: dict[str, list[Unit]] = {}
    for unit in units:
        by_document.setdefault(unit.document, []).append(unit)
    for document, parts in by_document.items():
        touched = _joined([(unit.start, unit.end) for unit in parts])
        differing = _joined([(unit.start, unit.end) for unit in parts if not unit.same])
        for start, end in own[document].stretches():
            if _meets(touched, start, end):
                versions = own[document].cut(start, end)
                found.append(Item(document, start, end, versions, not _meets(differing, start, end)))
    return found


class _Spans:
    """The codings of one transcript that carry a code, by coder and start."""

    def __init__(self, codings: Iterable[Coding], coders: Sequence[str]) -> None:
        self._by_coder: dict[str, list[Span]] = {coder: [] for coder in coders}
        for coding in codings:
            if coding.code is not None and coding.coder in self._by_coder:
                self._by_coder[coding.coder].append((coding.code, coding.start, coding.end))
        self._starts: dict[str, list[int]] = {}
        self._longest: dict[str, int] = {}
        for coder, spans in self._by_coder.items():
            spans.sort(key=lambda span: (span[1], span[2], span[0]))
            self._starts[coder] = [start for _, start, _ in spans]
            self._longest[coder] = max((end - start for _, start, end in spans), default=0)

    def cut(self, start: int, end: int) -> dict[str, tuple[Span, ...]]:
        """Each coder's codings that touch ``[start, end)``, cut to it."""
        found: dict[str, tuple[Span, ...]] = {}
        for coder, spans in self._by_coder.items():
            first = bisect_right(self._starts[coder], start - self._longest[coder] - 1)
            last = bisect_right(self._starts[coder], end - 1)
            found[coder] = tuple(
                (code, max(low, start), min(high, end))
                for code, low, high in spans[first:last]
                if high > start
            )
        return found

    def stretches(self) -> list[tuple[int, int]]:
        """Stretches that codings of anybody cover without a gap; those that only touch are two."""
        return _joined([(start, end) for spans in self._by_coder.values() for _, start, end in spans])


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that overlap as one, in order; those that only touch stay two."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _meets(places: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether ``[start, end)`` overlaps any of the places (in order, not overlapping)."""
    at = bisect_right(places, (start, start))
    before = at > 0 and places[at - 1][1] > start
    return before or (at < len(places) and places[at][0] < end)


def result_of(item: Item, verdict: Verdict, taken: str = "") -> tuple[Span, ...]:
    """What stands at the item's place after a decision: codes with their bounds, by start.

    ``Verdict.TAKE`` the version of the coder ``taken``; ``BOTH`` and ``AGREED`` everybody's codes, each on
    all that anybody marked with it; nothing for ``NEITHER``, and for ``SKIP`` and ``DISCUSS``, which settle
    nothing. What ``OTHER`` leaves only the one who decides can say: ValueError, as for a coder who has no
    version.
    """
    if verdict is Verdict.TAKE:
        if taken not in item.versions:
            raise ValueError("This coder has no version of the passage.")
        return merged(item.versions[taken])
    if verdict in (Verdict.BOTH, Verdict.AGREED):
        return merged(span for version in item.versions.values() for span in version)
    if verdict is Verdict.OTHER:
        raise ValueError("Another code or other bounds have to be given.")
    return ()


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans of one code that overlap as one, by start, end and code; those that only touch stay two."""
    by_code: dict[str, list[tuple[int, int]]] = {}
    for code, start, end in spans:
        by_code.setdefault(code, []).append((start, end))
    found = [(code, start, end) for code, places in by_code.items() for start, end in _joined(places)]
    return tuple(sorted(found, key=lambda span: (span[1], span[2], span[0])))


def after(
    codings: Mapping[str, Sequence[Coding]], coders: Sequence[str], settled: Iterable[Settled]
) -> dict[str, tuple[Coding, ...]]:
    """The codings as if these coders had coded the settled places as settled.

    What they had there gives way to it, as far as it lies there: a coding that reaches beyond keeps the rest.
    Everything else stays as it was. ``settled`` places do not overlap; open decisions are not among them.
    """
    by_document: dict[str, list[Settled]] = {}
    for one in settled:
        by_document.setdefault(one.document, []).append(one)
    found = {document: tuple(own) for document, own in codings.items()}
    for document, places in by_document.items():
        if document not in found:
            continue
        places.sort(key=lambda one: one.start)
        kept = [
            rest
            for coding in found[document]
            for rest in (_outside(coding, places) if coding.coder in coders else [coding])
        ]
        kept += [
            Coding(f"{one.guid}/{coder}/{number}", document, coder, code, start, end)
            for one in places
            for coder in coders
            for number, (code, start, end) in enumerate(one.spans)
        ]
        found[document] = tuple(sorted(kept, key=lambda c: (c.start, c.end, c.guid)))
    return found


def _outside(coding: Coding, places: Sequence[Settled]) -> list[Coding]:
    """What of a coding lies in none of the places (by start, not overlapping)."""
    found: list[Coding] = []
    at = coding.start
    first = max(bisect_right(places, coding.start, key=lambda one: one.start) - 1, 0)
    for one in places[first:]:
        if one.start >= coding.end:
            break
        if one.end <= at:
            continue
        if at < one.start:
            found.append(replace(coding, start=at, end=one.start))
        at = max(at, one.end)
    if at == coding.start:
        return [coding]
    if at < coding.end:
        found.append(replace(coding, start=at))
    return found
