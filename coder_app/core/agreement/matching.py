"""Matched segments: pairs of spans that overlap enough (SPEC section 4b).

This matching is this program's own; it does not claim to reproduce another program's percentages.
There is no "neither" cell, hence no Cohen's kappa.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from coder_app.core.agreement.nominal import mean_of_pairs
from coder_app.core.agreement.result import Reason, Statistic, ratio, undefined
from coder_app.core.agreement.spans import IntArray, Segments
from coder_app.core.agreement.units import spread

DEFAULT_THRESHOLD = 0.5


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
    Raises ValueError unless 0 < threshold <= 1.
    """
    a, b = merged.of_coder(pair[0]), merged.of_coder(pair[1])
    one, _ = matches(a, b, width, threshold)
    return counts(a, b, one, n_codes)


def counts(a: Segments, b: Segments, one: IntArray, n_codes: int) -> list[Matched]:
    """For each code what was matched (``one``: places in ``a``) and what stayed alone."""
    matched, spans_a, spans_b = (
        np.bincount(codes, minlength=n_codes).tolist() for codes in (a.code[one], a.code, b.code)
    )
    return [Matched(m, x - m, y - m) for m, x, y in zip(matched, spans_a, spans_b, strict=True)]


def matches(a: Segments, b: Segments, width: int, threshold: float) -> tuple[IntArray, IntArray]:
    """The matched spans of two coders, as places in ``a`` and in ``b`` (see :func:`match`)."""
    if not 0 < threshold <= 1:
        raise ValueError("The threshold of matching lies above 0 and is at most 1.")
    one, other, ratios = _candidates(a, b, width, Fraction(str(threshold)))
    order = np.lexsort((b.start[other], a.start[one], -ratios))
    taken_a, taken_b = [False] * len(a), [False] * len(b)
    found: list[tuple[int, int]] = []
    for i, j in zip(one[order].tolist(), other[order].tolist(), strict=True):
        if not (taken_a[i] or taken_b[j]):
            taken_a[i] = taken_b[j] = True
            found.append((i, j))
    table = np.array(found, dtype=np.int64).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].copy()


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


def statistics(matched: Matched) -> dict[str, Statistic]:
    """M, N_A, N_B, and what follows from them."""
    return {
        "matched": Statistic(matched.matched),
        "n_a": Statistic(matched.spans_a),
        "n_b": Statistic(matched.spans_b),
        "holsti": holsti(matched),
        "jaccard": jaccard(matched),
    }


def mean_over_pairs(pairs: Sequence[Mapping[str, Statistic]]) -> dict[str, Statistic]:
    """Three coders or more: ``matched`` summed over the pairs of coders, the coefficients' means."""
    found = {"matched": Statistic(sum(int(pair["matched"].value or 0) for pair in pairs))}
    for name in ("holsti", "jaccard", "brennan_prediger"):
        if pairs and name in pairs[0]:
            found[name] = mean_of_pairs([pair[name] for pair in pairs])
    return found


def of_code(matched: Matched) -> dict[str, Statistic]:
    """One code, by the names of the reference cases."""
    return {
        "matched": Statistic(matched.matched),
        "only_a": Statistic(matched.only_a),
        "only_b": Statistic(matched.only_b),
        "holsti": holsti(matched),
        "jaccard": jaccard(matched),
    }
