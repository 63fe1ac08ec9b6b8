"""Matched segments: pairs of spans that overlap enough (SPEC section 4b).

This matching is this program's own; it does not claim to reproduce another program's percentages.
There is no "neither" cell, hence no Cohen's kappa.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from coder_app.core.agreement.result import Reason, Statistic, ratio, undefined
from coder_app.core.agreement.spans import IntArray, Segments
from coder_app.core.agreement.units import spread

DEFAULT_THRESHOLD = 0.5
STRICT_THRESHOLD = 0.9


@dataclass(frozen=True, slots=True)
class Matched:
    """Spans of A and B that were matched, and those of each that stayed alone."""

    matched: int
    only_a: int
    only_b: int

    @property
    def spans_a(self) -> int:
        return self.matched + self.only_a

    @property
    def spans_b(self) -> int:
        return self.matched + self.only_b

    def __add__(self, other: Matched) -> Matched:
        return Matched(self.matched + other.matched, self.only_a + other.only_a, self.only_b + other.only_b)


def match(
    merged: Segments, width: int, n_codes: int, threshold: float, pair: tuple[int, int] = (0, 1)
) -> list[Matched]:
    """For each code how many merged spans of two coders match: overlap / union >= ``threshold``.

    Candidates are taken by falling ratio, then A's start, then B's; each span once. Equality counts:
    ratios are compared with the threshold as whole numbers. ``width`` is the continuum's length.
    """
    a, b = merged.of_coder(pair[0]), merged.of_coder(pair[1])
    one, other, ratios = _candidates(a, b, width, Fraction(str(threshold)))
    order = np.lexsort((b.start[other], a.start[one], -ratios))
    taken_a, taken_b = [False] * len(a), [False] * len(b)
    matched = [0] * n_codes
    codes = a.code.tolist()
    for i, j in zip(one[order].tolist(), other[order].tolist(), strict=True):
        if not (taken_a[i] or taken_b[j]):
            taken_a[i] = taken_b[j] = True
            matched[codes[i]] += 1
    spans_a = np.bincount(a.code, minlength=n_codes).tolist()
    spans_b = np.bincount(b.code, minlength=n_codes).tolist()
    return [Matched(m, x - m, y - m) for m, x, y in zip(matched, spans_a, spans_b, strict=True)]


def _candidates(
    a: Segments, b: Segments, width: int, threshold: Fraction
) -> tuple[IntArray, IntArray, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Pairs of the same code that overlap enough, with their ratio.

    Two different ratios of spans shorter than 2^26 characters are different as floats, so sorting by
    them is exact.
    """
    stride = width + 1
    place = np.lexsort((b.start, b.code))
    starts = (b.start + b.code * stride)[place]
    ends = (b.end + b.code * stride)[place]
    shift = a.code * stride
    first = np.searchsorted(ends, a.start + shift, side="right")
    last = np.searchsorted(starts, a.end + shift, side="left")
    one, other = spread(first, last)
    other = place[other]
    shared = np.minimum(a.end[one], b.end[other]) - np.maximum(a.start[one], b.start[other])
    union = np.maximum(a.end[one], b.end[other]) - np.minimum(a.start[one], b.start[other])
    enough = shared * threshold.denominator >= threshold.numerator * union
    one, other, shared, union = one[enough], other[enough], shared[enough], union[enough]
    return one, other, shared / union


def holsti(matched: Matched) -> Statistic:
    """Holsti (1969): CR = 2M / (N_A + N_B); undefined where there is no span at all."""
    return ratio(2 * matched.matched, matched.spans_a + matched.spans_b)


def jaccard(matched: Matched) -> Statistic:
    """M / (N_A + N_B - M); undefined where there is no span at all."""
    return ratio(matched.matched, matched.matched + matched.only_a + matched.only_b)


def brennan_prediger(matched: Matched, n_codes: int) -> Statistic:
    """(CR - 1/q) / (1 - 1/q) with the q codes of the codebook; "one category" for q = 1."""
    both = matched.spans_a + matched.spans_b
    if both == 0:
        return undefined(Reason.NO_UNITS)
    return ratio(2 * matched.matched * n_codes - both, both * (n_codes - 1), Reason.ONE_CATEGORY)


def overall(by_code: list[Matched]) -> dict[str, Statistic]:
    """All codes together, by the names of the reference cases."""
    total = sum(by_code, Matched(0, 0, 0))
    return {
        "matched": Statistic(total.matched),
        "holsti": holsti(total),
        "jaccard": jaccard(total),
        "brennan_prediger": brennan_prediger(total, len(by_code)),
    }


def of_code(matched: Matched) -> dict[str, Statistic]:
    """One code, by the names of the reference cases."""
    return {
        "matched": Statistic(matched.matched),
        "only_a": Statistic(matched.only_a),
        "only_b": Statistic(matched.only_b),
        "holsti": holsti(matched),
        "jaccard": jaccard(matched),
    }
