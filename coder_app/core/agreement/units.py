"""Units of analysis: given intervals, tokens, and the stretches between boundaries (SPEC section 4).

The result is always an :class:`Incidence`: which codes each coder gave to which unit, as sorted pairs,
and how much each unit counts. A turn counts 1; for agreement by characters the stretch between two
neighbouring boundaries counts its characters, so nothing ever holds one entry for each character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coder_app.core.agreement.spans import (
    BoolArray,
    IntArray,
    Segments,
    distinct,
    integers,
    sum_by_code,
)
from coder_app.core.agreement.twobytwo import Table


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """Who gave which code to which unit.

    ``units[c]`` and ``codes[c]`` are the pairs of coder c, each once, sorted by unit, then code.
    ``weights[u]`` is how much unit u counts; ``seen[c, u]`` whether coder c saw it. Somebody who did
    not see a unit has no pair there.
    """

    n_codes: int
    weights: IntArray
    units: tuple[IntArray, ...]
    codes: tuple[IntArray, ...]
    seen: BoolArray
    _known: dict[tuple[int, int], IntArray] = field(default_factory=dict, repr=False)

    @property
    def n_units(self) -> int:
        return len(self.weights)

    @property
    def n_coders(self) -> int:
        return len(self.units)

    def sizes(self, coder: int) -> IntArray:
        """How many codes the coder gave to each unit."""
        return np.bincount(self.units[coder], minlength=self.n_units).astype(np.int64)

    def keys(self, coder: int) -> IntArray:
        """The pairs as sorted numbers unit x codes + code."""
        return self.units[coder] * max(self.n_codes, 1) + self.codes[coder]

    def shared(self, first: int, second: int) -> IntArray:
        """Places in the first coder's pairs that the second has too."""
        if (first, second) not in self._known:
            one, other = self.keys(first), self.keys(second)
            place = np.searchsorted(other, one)
            there = place < len(other)
            there[there] = other[place[there]] == one[there]
            self._known[first, second] = np.nonzero(there)[0]
        return self._known[first, second]

    def common(self, first: int, second: int) -> IntArray:
        """How many codes both gave to each unit."""
        places = self.shared(first, second)
        return np.bincount(self.units[first][places], minlength=self.n_units).astype(np.int64)


def from_sets(n_codes: int, ratings: Sequence[Sequence[Sequence[int] | None]]) -> Incidence:
    """One list of code places per unit for each coder; ``[]`` seen and left uncoded, None not seen."""
    n_units = len(ratings[0]) if ratings else 0
    if any(len(row) != n_units for row in ratings):
        raise ValueError("Every coder needs one set of codes (or None) for each unit.")
    units, codes, seen = [], [], np.ones((len(ratings), n_units), dtype=np.bool_)
    for coder, row in enumerate(ratings):
        pairs = sorted({(u, code) for u, given in enumerate(row) if given is not None for code in given})
        table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        units.append(table[:, 0].copy())
        codes.append(table[:, 1].copy())
        seen[coder] = [given is not None for given in row]
    return Incidence(n_codes, np.ones(n_units, dtype=np.int64), tuple(units), tuple(codes), seen)


def spread(first: IntArray, last: IntArray) -> tuple[IntArray, IntArray]:
    """Rows ``i`` repeated for each number in ``[first[i], last[i])``: the row and the number."""
    counts = np.maximum(last - first, 0)
    row = np.repeat(np.arange(len(first)), counts)
    step = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    return row, first[row] + step


def fixed_units(
    merged: Segments,
    starts: IntArray,
    ends: IntArray,
    n_coders: int,
    n_codes: int,
    unit_min_chars: int = 1,
) -> Incidence:
    """A code is present where the coder's merged spans of it cover ``unit_min_chars`` characters of the unit.

    Units are given on the continuum, sorted, not overlapping and not empty (trim white space first,
    see :func:`trim`). Raises ValueError otherwise. Each unit counts 1.
    """
    if (starts >= ends).any() or (starts[1:] < ends[:-1]).any():
        raise ValueError("Units are in order, do not overlap and are not empty.")
    first = np.searchsorted(ends, merged.start, side="right")
    last = np.searchsorted(starts, merged.end, side="left")
    row, unit = spread(first, last)
    cover = np.minimum(merged.end[row], ends[unit]) - np.maximum(merged.start[row], starts[unit])
    stride = max(n_codes, 1)
    key = (merged.coder[row] * len(starts) + unit) * stride + merged.code[row]
    kept = _covered(key, cover, max(unit_min_chars, 1))
    weights = np.ones(len(starts), dtype=np.int64)
    return _incidence(kept, n_coders, n_codes, weights)


def _covered(key: IntArray, cover: IntArray, least: int) -> IntArray:
    """The different keys, sorted, whose ``cover`` adds up to ``least`` or more (each is 1 or more)."""
    if least == 1:
        return distinct(key)
    order = np.argsort(key, kind="stable")
    key, cover = key[order], cover[order]
    first = np.nonzero(np.diff(key, prepend=-1))[0]
    total = np.add.reduceat(cover, first) if len(first) else cover
    return key[first][total >= least]


def character_stretches(
    merged: Segments, edges: IntArray, n_coders: int, n_codes: int
) -> tuple[Incidence, IntArray]:
    """The stretches between neighbouring boundaries, each counting its characters, and the boundaries.

    ``edges`` are the documents' edges on the continuum, so that no stretch crosses one.
    """
    bounds = distinct(np.concatenate([merged.start, merged.end, edges]))
    weights = np.diff(bounds)
    row, unit = spread(np.searchsorted(bounds, merged.start), np.searchsorted(bounds, merged.end))
    key = (merged.coder[row] * len(weights) + unit) * max(n_codes, 1) + merged.code[row]
    return _incidence(np.sort(key), n_coders, n_codes, weights), bounds


def _incidence(keys: IntArray, n_coders: int, n_codes: int, weights: IntArray) -> Incidence:
    """From sorted different numbers (coder x units + unit) x codes + code."""
    pair, code = np.divmod(keys, max(n_codes, 1))
    coder, unit = np.divmod(pair, max(len(weights), 1))
    cuts = np.searchsorted(coder, np.arange(1, n_coders))
    seen = np.ones((n_coders, len(weights)), dtype=np.bool_)
    return Incidence(n_codes, weights, tuple(np.split(unit, cuts)), tuple(np.split(code, cuts)), seen)


def code_tables(incidence: Incidence, pair: tuple[int, int] = (0, 1)) -> list[Table]:
    """The 2 x 2 table of each code over the units both coders saw (SPEC section 3)."""
    a, b = pair
    counted = np.where(incidence.seen[a] & incidence.seen[b], incidence.weights, 0)
    both, coded = code_sums(incidence, counted, pair)
    n = int(counted.sum())
    return [
        Table(x, one - x, other - x, n - one - other + x)
        for x, one, other in zip(both.tolist(), coded[0].tolist(), coded[1].tolist(), strict=True)
    ]


def code_sums(
    incidence: Incidence, counted: IntArray, pair: tuple[int, int]
) -> tuple[IntArray, tuple[IntArray, IntArray]]:
    """For each code the sum of ``counted`` over the units both coded, and over those each coded."""
    q = incidence.n_codes
    sums = [sum_by_code(incidence.codes[c], counted[incidence.units[c]], q) for c in pair]
    places = incidence.shared(*pair)
    units, codes = incidence.units[pair[0]][places], incidence.codes[pair[0]][places]
    return sum_by_code(codes, counted[units], q), (sums[0], sums[1])


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """``[start, end)`` without white space at its ends; ``start == end`` where nothing is left."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    return (start, start) if left == len(inner) else (start + left, start + len(inner.rstrip()))


def trim_units(text: str, units: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The units without white space at their ends; units of nothing but white space are left out."""
    trimmed = (trim(text, start, end) for start, end in units)
    return [(start, end) for start, end in trimmed if start < end]


def tokens(text: str) -> list[tuple[int, int]]:
    """The stretches of text between white space, as units for agreement by tokens touched."""
    return [match.span() for match in re.finditer(r"\S+", text)]


def on_continuum(units: Sequence[ArrayLike], edges: IntArray) -> tuple[IntArray, IntArray, NDArray[np.int64]]:
    """The units of each document laid on the continuum: starts, ends and the document of each.

    Raises ValueError for a unit that reaches beyond its document.
    """
    parts = [np.asarray(part, dtype=np.int64).reshape(-1, 2) for part in units]
    document = np.repeat(np.arange(len(parts)), [len(part) for part in parts]).astype(np.int64)
    rows = np.concatenate([*parts, np.zeros((0, 2), dtype=np.int64)])
    starts, ends = rows[:, 0] + edges[document], rows[:, 1] + edges[document]
    if (rows[:, 0] < 0).any() or (ends > edges[document + 1]).any():
        raise ValueError("A unit reaches beyond its document.")
    return integers(starts), integers(ends), document


def given_by(incidence: Incidence) -> list[tuple[int, ...]]:
    """For each code how many units carry it by 0, 1, 2 ... coders; everybody saw every unit."""
    keys = np.sort(np.concatenate([incidence.keys(coder) for coder in range(incidence.n_coders)]))
    pairs = distinct(keys)
    times = np.diff(np.searchsorted(keys, pairs), append=len(keys))
    unit, code = np.divmod(pairs, max(incidence.n_codes, 1))
    table = np.zeros((incidence.n_codes, incidence.n_coders + 1), dtype=np.int64)
    np.add.at(table, (code, times), incidence.weights[unit])
    table[:, 0] = int(incidence.weights.sum()) - table.sum(axis=1)
    return [tuple(row) for row in table.tolist()]
