"""Krippendorff's unitizing alpha of 1995 and 2004, superseded in 2016; for comparing with older studies.

For each category by itself, in the notation of Krippendorff (2004, pp. 251-256): sections of a continuum of
length L, each a segment (w = 1) or a gap (w = 0) with its beginning b and length l; m observers. Squared
differences are taken from the ends of segments that overlap, or from the whole segment where it lies within
a gap. The coefficients need whole positions; work grows with the product of two observers' sections.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from coder_app.core.agreement.result import Reason, Statistic, ratio, undefined

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Observed and expected disagreement of one category."""

    observed: Fraction
    expected: Fraction


def _sections(segments: Sequence[Place], width: int) -> list[tuple[int, int, bool]]:
    """Segments and the gaps between them: beginning, length, and whether it is a segment."""
    found = []
    at = 0
    for start, end in sorted(segments):
        if start > at:
            found.append((at, start - at, False))
        found.append((start, end - start, True))
        at = end
    if at < width:
        found.append((at, width - at, False))
    return found


def _squared(one: tuple[int, int, bool], other: tuple[int, int, bool]) -> int:
    """The squared difference of two sections."""
    (b, length, valued), (c, size, also) = one, other
    if valued and also and -length < b - c < size:
        return (b - c) ** 2 + (b + length - c - size) ** 2
    if valued and not also and size - length >= b - c >= 0:
        return length**2
    if also and not valued and length - size >= c - b >= 0:
        return size**2
    return 0


def disagreement(coders: Sequence[Sequence[Place]], width: int) -> Disagreement:
    """Of one category; each coder's segments are merged and lie within ``[0, width)``."""
    m = len(coders)
    if m < 2 or width < 1:
        raise ValueError("Unitizing agreement needs two coders or more and a continuum.")
    sections = [_sections(segments, width) for segments in coders]
    observed = sum(_squared(one, other) for a, b in permutations(sections, 2) for one in a for other in b)
    segments = [length for own in sections for _, length, valued in own if valued]
    gaps = [length for own in sections for _, length, valued in own if not valued]
    n = len(segments)
    above = sum(
        Fraction(n - 1, 3) * (2 * length**3 - 3 * length**2 + length)
        + length**2 * sum(gap - length + 1 for gap in gaps if gap >= length)
        for length in segments
    )
    below = m * width * (m * width - 1) - sum(length * (length - 1) for length in segments)
    return Disagreement(
        Fraction(observed, m * (m - 1) * width**2),
        Fraction(2, width) * above / below if below else Fraction(0),
    )


def statistics(by_code: Mapping[str, Sequence[Sequence[Place]]], width: int) -> dict[str, Statistic]:
    """Observed, expected and alpha of each code, and alpha over all, by the names of the reference cases."""
    found: dict[str, Statistic] = {}
    everything = Disagreement(Fraction(0), Fraction(0))
    for code, coders in by_code.items():
        own = disagreement(coders, width)
        found[f"{code}:observed"] = Statistic(float(own.observed))
        found[f"{code}:expected"] = Statistic(float(own.expected))
        found[f"{code}:alpha_U"] = _alpha(own)
        everything = Disagreement(everything.observed + own.observed, everything.expected + own.expected)
    found["all:alpha_U"] = _alpha(everything)
    return found


def _alpha(found: Disagreement) -> Statistic:
    if found.expected == 0:
        return undefined(Reason.NO_VARIATION)
    share = found.observed / found.expected
    return ratio(share.denominator - share.numerator, share.denominator)
