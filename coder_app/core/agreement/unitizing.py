"""Unitizing agreement: segments on a continuum (SPEC section 6).

Krippendorff, Mathet, Bouvry & Widloecher (2016) and Krippendorff (2019, section 12.6), in closed form.
m coders, all documents joined; gaps carry the value phi. ``T`` = m x total length. Counts stay integers:
what the formulas divide by m - 1 is multiplied out, and each coefficient is one division at its end.
Everything is undefined with "no units" on an empty continuum and with "no variation" where nobody or
everybody coded all.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from coder_app.core.agreement.result import Reason, Statistic, ratio, undefined
from coder_app.core.agreement.spans import (
    IntArray,
    Segments,
    codes_overlap,
    covered_below,
    marked,
    met_lengths,
    sum_by_code,
)


def _squares(segments: Segments, codes: int) -> list[int]:
    """The sum of squared lengths of each code's segments, exactly."""
    sums = [0] * codes
    for code, length in zip(segments.code.tolist(), (segments.end - segments.start).tolist(), strict=True):
        sums[code] += length * length
    return sums


def _shared_by_code(merged: Segments, coders: int, codes: int, width: int) -> IntArray:
    """For each code the characters that pairs of coders both gave it, summed over unordered pairs."""
    total = np.zeros(codes, dtype=np.int64)
    single = [merged.of_coder(coder) for coder in range(coders)]
    for i, j in combinations(range(coders), 2):
        total += sum_by_code(single[i].code, met_lengths(single[i], single[j], width), codes)
    return total


def _alpha(matched: int, lengths: list[int], squares: int, whole: int, others: int) -> Statistic:
    """1 - (T - sum l_cc)(T^2 - S) / (T (T^2 - sum l_c^2)).

    ``matched`` is ``others`` x sum l_cc, ``lengths`` are l_c of every value and phi, ``squares`` is S.
    """
    if whole == 0:
        return undefined(Reason.NO_UNITS)
    expected = others * whole * (whole**2 - sum(length**2 for length in lengths))
    observed = (others * whole - matched) * (whole**2 - squares)
    return ratio(expected - observed, expected, Reason.NO_VARIATION)


def _check(coders: int) -> None:
    if coders < 2:
        raise ValueError("Unitizing agreement needs two coders or more.")


def u_alpha_by_code(merged: Segments, coders: int, codes: int, width: int) -> list[Statistic]:
    """u_alpha of each code against everything else; valid where codes overlap.

    ``merged`` by :func:`spans.merge`; ``width`` is the length of the continuum in characters.
    """
    _check(coders)
    whole = coders * width
    shared = _shared_by_code(merged, coders, codes, width).tolist()
    lengths = sum_by_code(merged.code, merged.end - merged.start, codes).tolist()
    squares = _squares(merged, codes)
    found = []
    for both, length, square in zip(shared, lengths, squares, strict=True):
        gaps_shared = _gaps_shared(both, length, coders, width)
        gaps = whole - length
        found.append(_alpha(2 * (both + gaps_shared), [length, gaps], gaps + square, whole, coders - 1))
    return found


def _gaps_shared(both: int, length: int, coders: int, width: int) -> int:
    """Characters that pairs of coders both left uncoded, summed over unordered pairs."""
    return coders * (coders - 1) // 2 * width - (coders - 1) * length + both


def u_alpha_nominal(merged: Segments, coders: int, codes: int, width: int) -> Statistic:
    """u_alpha over all codes; undefined where a coder's different codes overlap."""
    _check(coders)
    if codes_overlap(merged):
        return undefined(Reason.CODES_OVERLAP)
    shared = _shared_by_code(merged, coders, codes, width).tolist()
    lengths = sum_by_code(merged.code, merged.end - merged.start, codes).tolist()
    matched = 2 * (sum(shared) + _uncoded_by_both(merged, coders, width))
    return _from_lengths(matched, lengths, merged, coders, width)


def u_alpha_binary(merged: Segments, coders: int, codes: int, width: int) -> Statistic:
    """|u alpha: coded or not. S keeps the segments of the single codes; undefined as the nominal one."""
    _check(coders)
    if codes_overlap(merged):
        return undefined(Reason.CODES_OVERLAP)
    length = int((merged.end - merged.start).sum())
    either = int(_shared_by_code(marked(merged), coders, 1, width)[0])
    matched = 2 * (either + _uncoded_by_both(merged, coders, width))
    return _from_lengths(matched, [length], merged, coders, width)


def _uncoded_by_both(merged: Segments, coders: int, width: int) -> int:
    length = int((merged.end - merged.start).sum())
    either = int(_shared_by_code(marked(merged), coders, 1, width)[0])
    return _gaps_shared(either, length, coders, width)


def _from_lengths(matched: int, lengths: list[int], merged: Segments, coders: int, width: int) -> Statistic:
    whole = coders * width
    gaps = whole - sum(lengths)
    squares = sum(_squares(merged, int(merged.code.max(initial=0)) + 1))
    return _alpha(matched, [*lengths, gaps], gaps + squares, whole, coders - 1)


def cu_alpha(merged: Segments, coders: int, codes: int, width: int) -> Statistic:
    """cu_alpha: only matter that both sides gave a code. "no units" where there is none.

    1 - (T* - sum l*_cc)(T*^2 - S*) / (T* (T*^2 - sum l*_c^2)), S* = sum of w^2 over segments, w the coded
    length of other coders that a segment meets / (m - 1). The formula does not change when all of its
    parts are multiplied by m - 1, so whole numbers are used.
    """
    _check(coders)
    if codes_overlap(merged):
        return undefined(Reason.CODES_OVERLAP)
    met = met_by_others(merged, coders)
    lengths = sum_by_code(merged.code, met, codes).tolist()
    squares = sum(length * length for length in met.tolist())
    matched = 2 * int(_shared_by_code(merged, coders, codes, width).sum())
    return _alpha(matched, lengths, squares, sum(lengths), 1)


def met_by_others(merged: Segments, coders: int) -> IntArray:
    """For each segment the coded length of all other coders that it meets."""
    met = np.zeros(len(merged), dtype=np.int64)
    places = marked(merged)
    for coder in range(coders):
        other = places.of_coder(coder)
        cover = covered_below(merged.end, other.start, other.end) - covered_below(
            merged.start, other.start, other.end
        )
        met += np.where(merged.coder == coder, 0, cover)
    return met


def overall(merged: Segments, coders: int, codes: int, width: int) -> dict[str, Statistic]:
    """The three coefficients over all codes, by the names of the reference cases."""
    return {
        "u_alpha_nominal": u_alpha_nominal(merged, coders, codes, width),
        "u_alpha_binary": u_alpha_binary(merged, coders, codes, width),
        "cu_alpha": cu_alpha(merged, coders, codes, width),
    }
