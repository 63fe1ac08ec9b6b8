"""Which code did one coder give where the other gave this one?

For each unit both coders saw, with their sets X and Y: codes of both count on the diagonal; every code that
only the first gave is crossed with every code that only the second gave; where one of them has no such
code left, the other's count against "nothing". So each code that a coder gave to a unit counts once on the
diagonal, once beside nothing, or once with each code that the other gave instead; with one code a unit
the matrix is the ordinary cross table. Counts are units (turns ...) or, for text, characters or tokens;
for matched spans and unitizing always characters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coder_app.core.agreement.spans import IntArray
from coder_app.core.agreement.units import Incidence, spread


@dataclass(frozen=True, slots=True, eq=False)
class Confusion:
    """``counts[i, j]``: how often the first gave ``keys[i]`` where the second gave ``keys[j]``.

    The last row and the last column stand for nothing; their common cell is 0.
    """

    keys: tuple[str, ...]
    counts: IntArray

    def count(self, first: str | None, second: str | None) -> int:
        """One cell by the codes' keys; None is nothing. Raises ValueError for a code that is not listed."""
        row, column = (len(self.keys) if key is None else self.keys.index(key) for key in (first, second))
        return int(self.counts[row, column])

    def instead(self, key: str) -> list[tuple[str | None, int]]:
        """What the second gave where the first gave ``key``, most often first; the code itself included."""
        row = self.counts[self.keys.index(key)]
        names: tuple[str | None, ...] = (*self.keys, None)
        order = np.argsort(-row, kind="stable")
        return [(names[place], int(row[place])) for place in order.tolist() if row[place]]


def of_pair(keys: tuple[str, ...], incidence: Incidence, first: int = 0, second: int = 1) -> Confusion:
    """The matrix of two coders."""
    q = incidence.n_codes
    weights = np.where(incidence.seen[first] & incidence.seen[second], incidence.weights, 0)
    shared, shared_back = incidence.shared(first, second), incidence.shared(second, first)
    counts = np.zeros((q + 1, q + 1), dtype=np.int64)
    codes = incidence.codes[first][shared]
    np.add.at(counts, (codes, codes), weights[incidence.units[first][shared]])
    unit_a, code_a = _without(incidence, first, shared)
    unit_b, code_b = _without(incidence, second, shared_back)
    begin = np.searchsorted(unit_b, unit_a, side="left")
    end = np.searchsorted(unit_b, unit_a, side="right")
    row, other = spread(begin, end)
    np.add.at(counts, (code_a[row], code_b[other]), weights[unit_a[row]])
    alone = begin == end
    np.add.at(counts[:, q], code_a[alone], weights[unit_a[alone]])
    lonely = ~np.isin(unit_b, unit_a)
    np.add.at(counts[q], code_b[lonely], weights[unit_b[lonely]])
    return Confusion(keys, counts)


def _without(incidence: Incidence, coder: int, places: IntArray) -> tuple[IntArray, IntArray]:
    """A coder's pairs of unit and code but for those at ``places``."""
    kept = np.ones(len(incidence.units[coder]), dtype=np.bool_)
    kept[places] = False
    return incidence.units[coder][kept], incidence.codes[coder][kept]
