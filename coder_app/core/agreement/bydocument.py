"""The figures of each transcript by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from coder_app.core.agreement import matching, nominal, sets
from coder_app.core.agreement.comparison import DocumentResult, Row
from coder_app.core.agreement.levels import MARKED
from coder_app.core.agreement.result import Reason, Statistic, ratio, undefined
from coder_app.core.agreement.sets import Agreement, Alike
from coder_app.core.agreement.spans import BoolArray, IntArray
from coder_app.core.agreement.units import Incidence
from coder_app.core.agreement.views import View
from coder_app.core.model import Level


def of_views(
    keys: Sequence[str], views: Mapping[Level, View], level: Level, marked: View
) -> tuple[DocumentResult, ...]:
    """The rows of the coefficient of agreement of each transcript, and its kappa pooled over codes."""
    n = len(keys)
    rows: list[list[Row]] = [[] for _ in range(n)]
    for name, view in [(MARKED, marked), *((level.key, view) for level, view in views.items())]:
        for own, row in zip(rows, _rows(name, view, n), strict=True):
            own.append(row)
    kappas = _pooled(views[level], n)
    sizes = _sums(views[level], np.ones(views[level].incidence.n_units, dtype=np.bool_), n)
    found = []
    for number, key in enumerate(keys):
        marked_one, chosen = rows[number][0], next(r for r in rows[number] if r.key == level.key)
        overall = {
            "agreement_coded": chosen.coded,
            "agreement_all": chosen.all,
            "agreement_any_coded": chosen.any_coded,
            "marked_agreement": marked_one.all,
            "pooled_kappa": kappas[number],
        }
        found.append(DocumentResult(key, sizes[number], tuple(rows[number]), overall))
    return tuple(found)


def _sums(view: View, mask: BoolArray, n: int) -> list[int]:
    """How many units of each document ``mask`` is true for, by how much they count."""
    sums = np.zeros(n, dtype=np.int64)
    np.add.at(sums, view.document[mask], view.incidence.weights[mask])
    return [int(value) for value in sums]


def _rows(name: str, view: View, n: int) -> list[Row]:
    alike: Alike = sets.alike_units(view.incidence)
    good = alike.alike_marked if name == MARKED else alike.equal
    some = alike.alike_marked & alike.coded if name == MARKED else alike.common > 0
    everything = _sums(view, np.ones(view.incidence.n_units, dtype=np.bool_), n)
    coded, agreed = _sums(view, alike.coded, n), _sums(view, good & alike.coded, n)
    agreed_all, common = _sums(view, good, n), _sums(view, some, n)
    common_all = _sums(view, some | ~alike.coded, n)
    return [
        Row(
            name,
            Agreement(agreed[d], coded[d], agreed_all[d], everything[d]),
            Agreement(common[d], coded[d], common_all[d], everything[d]),
        )
        for d in range(n)
    ]


def _pooled(view: View, n: int) -> list[Statistic]:
    """Pooled kappa of each document; of three coders or more the mean over pairs."""
    pairs = [_pooled_of(view, i, j, n) for i, j in combinations(range(view.incidence.n_coders), 2)]
    return (
        pairs[0]
        if len(pairs) == 1
        else [nominal.mean_of_pairs(list(own)) for own in zip(*pairs, strict=True)]
    )


def _pooled_of(view: View, first: int, second: int, n: int) -> list[Statistic]:
    incidence, q = view.incidence, view.incidence.n_codes
    places = incidence.shared(first, second)
    both = _table(view, incidence.units[first][places], incidence.codes[first][places], n)
    a, b = (_table(view, incidence.units[c], incidence.codes[c], n) for c in (first, second))
    size = np.asarray(_sums(view, np.ones(incidence.n_units, dtype=np.bool_), n), dtype=np.int64)[:, None]
    expected = a * b + (size - a) * (size - b)
    gained = (size * (size - a - b + 2 * both) - expected).sum(axis=1).tolist()
    possible = (size * size - expected).sum(axis=1).tolist()
    return [
        undefined(Reason.NO_UNITS) if not units or not q else ratio(above, below, Reason.NO_VARIATION)
        for above, below, units in zip(gained, possible, size[:, 0].tolist(), strict=True)
    ]


def _table(view: View, units: IntArray, codes: IntArray, n: int) -> IntArray:
    """For each document and code how many of the given units, by how much they count."""
    table = np.zeros((n, view.incidence.n_codes), dtype=np.int64)
    np.add.at(table, (view.document[units], codes), view.incidence.weights[units])
    return table


def of_spans(keys: Sequence[str], sizes: Sequence[int], view: View) -> tuple[DocumentResult, ...]:
    """Matched spans of each transcript: M, N_A, N_B, Holsti and Jaccard (more coders: means over pairs)."""
    found = []
    for number, (key, size) in enumerate(zip(keys, sizes, strict=True)):
        own = np.nonzero(view.document == number)[0]
        pairs = [
            matching.statistics(_matched(view.incidence, own, i, j))
            for i, j in combinations(range(view.incidence.n_coders), 2)
        ]
        overall = pairs[0] if len(pairs) == 1 else matching.mean_over_pairs(pairs)
        found.append(DocumentResult(key, size, (), overall))
    return tuple(found)


def _matched(incidence: Incidence, units: IntArray, first: int, second: int) -> matching.Matched:
    has = [np.isin(units, incidence.units[coder]) for coder in (first, second)]
    both = int((has[0] & has[1]).sum())
    return matching.Matched(both, int(has[0].sum()) - both, int(has[1].sum()) - both)
