"""The statistics of agreement once more, naively and with nothing of the program's: to confirm its figures.

Everything is counted position by position or unit by unit, in plain Python with exact fractions, straight
from the definitions; None is undefined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from itertools import combinations, permutations

Span = tuple[int, int, int, int]
"""Coder, code, start, end on one line."""
Number = Fraction | None
Sets = list[list[frozenset[int]]]
"""For each coder one set of codes for each unit."""


def sets_of(spans: Iterable[Span], coders: int, units: Sequence[tuple[int, int]], least: int = 1) -> Sets:
    """Which codes cover ``least`` characters of each unit, looked at character by character."""
    held: dict[tuple[int, int], set[int]] = {}
    for coder, code, start, end in spans:
        held.setdefault((coder, code), set()).update(range(start, end))
    return [
        [
            frozenset(
                code
                for (who, code), places in held.items()
                if who == coder and sum(at in places for at in range(start, end)) >= least
            )
            for start, end in units
        ]
        for coder in range(coders)
    ]


def mean(values: Sequence[Number]) -> Number:
    kept = [value for value in values if value is not None]
    return sum(kept, Fraction(0)) / len(kept) if kept else None


def percent(ratings: Sequence[Sequence[Hashable]]) -> Number:
    """The share of agreeing pairs of coders, averaged over units."""
    pairs = list(combinations(ratings, 2))
    same = sum(x == y for a, b in pairs for x, y in zip(a, b, strict=True))
    n = len(ratings[0]) * len(pairs)
    return Fraction(same, n) if n else None


def corrected(observed: Number, expected: Number) -> Number:
    if observed is None or expected is None or expected == 1:
        return None
    return (observed - expected) / (1 - expected)


def cohen(a: Sequence[Hashable], b: Sequence[Hashable]) -> Number:
    n = len(a)
    if not n:
        return None
    own, other = Counter(a), Counter(b)
    return corrected(percent([a, b]), Fraction(sum(own[k] * other[k] for k in own), n * n))


def fleiss(ratings: Sequence[Sequence[Hashable]]) -> Number:
    """Fleiss (1971); for two coders Scott's pi."""
    values = Counter(value for row in ratings for value in row)
    total = sum(values.values())
    if not total:
        return None
    return corrected(percent(ratings), Fraction(sum(n * n for n in values.values()), total**2))


def gwet(ratings: Sequence[Sequence[Hashable]], categories: Sequence[Hashable]) -> Number:
    values = Counter(value for row in ratings for value in row)
    total, q = sum(values.values()), len(categories)
    if not total or q < 2:
        return None
    shares = [Fraction(values[k], total) for k in categories]
    return corrected(percent(ratings), sum((s * (1 - s) for s in shares), Fraction(0)) / (q - 1))


def brennan_prediger(ratings: Sequence[Sequence[Hashable]], q: int) -> Number:
    return corrected(percent(ratings), Fraction(1, q)) if q > 1 else None


def alpha(
    ratings: Sequence[Sequence[Hashable]], distance: Callable[[Hashable, Hashable], Fraction]
) -> Number:
    """Krippendorff's alpha: mean distance within units over mean distance of all pairs of values."""
    m = len(ratings)
    values = [value for row in ratings for value in row]
    units = list(zip(*ratings, strict=True))
    if not units:
        return None
    n = len(values)
    observed = sum((distance(x, y) for unit in units for x, y in permutations(unit, 2)), Fraction(0)) / (
        n * (m - 1)
    )
    counted = Counter(values)
    expected = sum(
        (distance(x, y) * counted[x] * counted[y] for x, y in permutations(counted, 2)), Fraction(0)
    ) / (n * (n - 1))
    return None if expected == 0 else 1 - observed / expected


def differs(x: Hashable, y: Hashable) -> Fraction:
    return Fraction(x != y)


def jaccard(x: frozenset[int], y: frozenset[int]) -> Fraction:
    return Fraction(len(x & y), len(x | y)) if x | y else Fraction(1)


def masi(x: frozenset[int], y: frozenset[int]) -> Fraction:
    if x == y:
        return Fraction(1)
    if not x & y:
        return Fraction(0)
    return jaccard(x, y) * (Fraction(2, 3) if x <= y or y <= x else Fraction(1, 3))


def pooled(tables: Sequence[tuple[Sequence[bool], Sequence[bool]]]) -> Number:
    """De Vries et al. (2008): kappa from the mean observed and the mean expected agreement of the codes."""
    observed, expected = [], []
    for a, b in tables:
        n = len(a)
        if not n:
            return None
        observed.append(percent([a, b]) or Fraction(0))
        both = sum(a) * sum(b) + (n - sum(a)) * (n - sum(b))
        expected.append(Fraction(both, n * n))
    return corrected(mean(observed), mean(expected)) if observed else None


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans of one coder and one code that overlap as one."""
    found: list[Span] = []
    for coder, code, start, end in sorted(spans):
        if found and found[-1][:2] == (coder, code) and start < found[-1][3]:
            found[-1] = (coder, code, found[-1][2], max(found[-1][3], end))
        else:
            found.append((coder, code, start, end))
    return found


def matched(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]], threshold: Fraction) -> int:
    """Pairs of spans by falling overlap / union, then A's start, then B's; each span once."""
    pairs = []
    for i, (start, end) in enumerate(a):
        for j, (low, high) in enumerate(b):
            shared = len(set(range(start, end)) & set(range(low, high)))
            union = len(set(range(start, end)) | set(range(low, high)))
            if shared and Fraction(shared, union) >= threshold:
                pairs.append((-Fraction(shared, union), start, low, i, j))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for *_, i, j in sorted(pairs):
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
    return len(taken_a)


def u_alpha(lines: Sequence[Sequence[tuple[Hashable, int]]]) -> Number:
    """Unitizing alpha, position by position (Krippendorff et al. 2016).

    ``lines[c][i]`` is what coder c gave position i: (value, number of the segment), a number of its own for
    each position of a gap. What was to be expected: any two positions of any coders, unless they lie in the
    same segment of the same coder.
    """
    m, length = len(lines), len(lines[0])
    places = [(coder, *lines[coder][at]) for coder in range(m) for at in range(length)]
    apart = sum(
        lines[a][at][0] != lines[b][at][0] for a, b in permutations(range(m), 2) for at in range(length)
    )
    possible = mismatched = 0
    for one in places:
        for other in places:
            if (one[0], one[2]) != (other[0], other[2]):
                possible += 1
                mismatched += one[1] != other[1]
    if not mismatched:
        return None
    return 1 - Fraction(apart, m * (m - 1) * length) / Fraction(mismatched, possible)


def lines_of(
    spans: Sequence[Span], coders: int, length: int, value: Callable[[int], Hashable]
) -> list[list[tuple[Hashable, int]]]:
    """For `u_alpha` from merged spans that do not overlap within a coder."""
    found: list[list[tuple[Hashable, int]]] = [
        [("gap", -1 - at) for at in range(length)] for _ in range(coders)
    ]
    for number, (coder, code, start, end) in enumerate(spans):
        for at in range(start, end):
            found[coder][at] = (value(code), number)
    return found
