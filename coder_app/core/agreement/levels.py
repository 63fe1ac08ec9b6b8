"""Everything about one level of the codebook, from the units with each coder's codes."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import numpy as np

from coder_app.core.agreement import codeerrors, errors, multirater, nominal, sets, twobytwo, units
from coder_app.core.agreement.bootstrap import FEWEST_UNITS
from coder_app.core.agreement.comparison import CodeResult, LevelResult, Row
from coder_app.core.agreement.result import (
    Interval,
    Reason,
    Statistic,
    mean_of_defined,
    undefined,
)
from coder_app.core.agreement.spans import IntArray
from coder_app.core.agreement.units import Incidence
from coder_app.core.agreement.views import View
from coder_app.core.model import Level

MARKED = "marked"
"""Key of the row "marked or not", and of the one code of its view."""

ONE_VALUE = (
    "percent_agreement",
    "unanimous_agreement",
    "cohen_kappa",
    "scott_pi",
    "fleiss_kappa",
    "brennan_prediger",
    "gwet_ac1",
    "alpha_nominal",
)
"""Coefficients of units that carry one value by each coder."""
_OF_CATEGORIES = ("brennan_prediger", "gwet_ac1")
"""Those of them that rest on how many categories there are, used or not."""
_OF_TWO = ("cohen_kappa", "scott_pi")
_MEANS_OF_TWO = ("scott_pi", "gwet_ac1", "pabak")
_MEANS_OF_MORE = ("fleiss_kappa", "gwet_ac1", "brennan_prediger")

Pairs = list[LevelResult]


def of_view(view: View, level: Level, marked: Row, pairs: Pairs, *, all_coded: bool = False) -> LevelResult:
    """The level's figures. ``pairs`` are those of each two of three coders or more, in order; empty for two.

    Everybody saw every unit. ``all_coded``: units were made to get a code each (meaning units), so that
    "no code" is no category.
    """
    incidence = view.incidence
    alike = sets.alike_units(incidence)
    agreement = {**sets.coefficients(alike), "marked_agreement": marked.all}
    alphas = sets.alphas(incidence)
    codes = codes_of(view, pairs)
    if incidence.n_coders == 2:
        pair = sets.pair_units(incidence)
        tables = [code.table for code in codes.values() if code.table is not None]
        overall = {
            **agreement,
            **twobytwo.across_codes(tables),
            **alphas,
            "exact_set_agreement": sets.exact_set_agreement(alike),
            "mean_jaccard": sets.mean_jaccard(pair),
        }
    else:
        light = nominal.mean_of_pairs([pair.overall["pooled_kappa"] for pair in pairs])
        overall = {**alphas, "light_kappa": light, **agreement}
    more, intervals = _one_value(incidence, fixed=not view.characters, all_coded=all_coded)
    more = {**_holsti(incidence), **_means(codes, incidence.n_coders), **more}
    used = [set(np.unique(given).tolist()) for given in incidence.codes]
    return LevelResult(
        level=level,
        row=Row(level.key, sets.same_sets(alike), sets.code_in_common(alike)),
        overall=overall,
        more=more,
        codes=codes,
        intervals=intervals,
        codes_used=tuple(len(own) for own in used),
        codes_used_by_any=len(set().union(*used)),
        codes_shared=len(set.intersection(*used)),
    )


def codes_of(view: View, pairs: Pairs) -> dict[str, CodeResult]:
    """Each code, present or absent in each unit."""
    if view.incidence.n_coders == 2:
        return _codes_of_two(view)
    results = {}
    for key, given_by in zip(view.keys, units.given_by(view.incidence), strict=True):
        statistics = multirater.statistics(given_by)
        kappas = [pair.codes[key].statistics["cohen_kappa"] for pair in pairs]
        statistics["light_kappa"] = nominal.mean_of_pairs(kappas)
        limits = {} if view.characters else codeerrors.of_counts(given_by, statistics)
        results[key] = CodeResult(None, given_by, statistics, limits)
    return results


def _codes_of_two(view: View) -> dict[str, CodeResult]:
    results = {}
    for key, table in zip(view.keys, units.code_tables(view.incidence), strict=True):
        statistics = twobytwo.statistics(table)
        limits = {} if view.characters else codeerrors.of_table(table, statistics)
        given_by = (table.neither, table.differing, table.both)
        results[key] = CodeResult(table, given_by, statistics, limits)
    return results


def marked_row(view: View) -> Row:
    """The row "marked or not" from the view of everything that was marked."""
    places = sets.same_places(sets.alike_units(view.incidence))
    return Row(MARKED, places, places)


def _holsti(incidence: Incidence) -> dict[str, Statistic]:
    """Holsti (1969) over decisions (a code given to a unit); of three coders or more the pairs' mean."""
    found = []
    for i, j in combinations(range(incidence.n_coders), 2):
        joint = int(incidence.weights[incidence.units[i][incidence.shared(i, j)]].sum())
        decisions = [int(incidence.weights[incidence.units[coder]].sum()) for coder in (i, j)]
        found.append(nominal.holsti(joint, decisions[0], decisions[1]))
    return {"holsti": mean_of_defined(found, Reason.NO_UNITS)}


def _means(codes: Mapping[str, CodeResult], coders: int) -> dict[str, Statistic]:
    """Means over the codes for which the coefficient is defined."""
    return {
        f"mean_{name}": mean_of_defined([code.statistics[name] for code in codes.values()])
        for name in (_MEANS_OF_TWO if coders == 2 else _MEANS_OF_MORE)
    }


def _one_value(
    incidence: Incidence, *, fixed: bool, all_coded: bool
) -> tuple[dict[str, Statistic], dict[str, Interval]]:
    """The nominal coefficients where every coder gave every unit one code or none.

    The categories are those of the codebook and "no code", also where nobody left a unit uncoded: how many
    there are must not depend on the data. With ``all_coded`` they are those of the codebook alone; where
    somebody left a unit uncoded all the same, what rests on their number is undefined. Intervals from
    standard errors for fixed units; stretches of text depend on each other and get none here.
    """
    names = [name for name in ONE_VALUE if incidence.n_coders == 2 or name not in _OF_TWO]
    if any((incidence.sizes(coder) > 1).any() for coder in range(incidence.n_coders)):
        return dict.fromkeys(names, undefined(Reason.CODES_OVERLAP)), {}
    left = any((incidence.sizes(coder) == 0).any() for coder in range(incidence.n_coders))
    found = errors.statistics(_ratings(incidence, no_code=left or not all_coded))
    if left and all_coded:
        never = undefined(Reason.LEFT_UNCODED)
        found |= dict.fromkeys(_OF_CATEGORIES, never)
        found |= {f"{name}_se": never for name in _OF_CATEGORIES}
    n = int(incidence.weights.sum())
    limits: dict[str, Interval] = {}
    for name in names:
        if fixed and f"{name}_se" in found:
            few = found[name].defined and n < FEWEST_UNITS
            own = errors.interval(found[name], found[f"{name}_se"], n)
            limits[name] = Interval(None, None, Reason.TOO_FEW_UNITS.value) if few else own
    return {name: found[name] for name in names}, limits


def _ratings(incidence: Incidence, *, no_code: bool) -> nominal.Ratings:
    """Units that look alike as one row; ``no_code``: that is a category, the last."""
    q = incidence.n_codes
    given = np.full((incidence.n_coders, incidence.n_units), q, dtype=np.int64)
    for coder in range(incidence.n_coders):
        given[coder][incidence.units[coder]] = incidence.codes[coder]
    patterns, inverse = _patterns(given, q + 1)
    weights = np.zeros(patterns.shape[1], dtype=np.int64)
    np.add.at(weights, inverse, incidence.weights)
    categories = q + 1 if no_code else q
    counts = np.zeros((patterns.shape[1], categories), dtype=np.int64)
    for row in patterns:
        counts[np.arange(len(row)), row] += 1
    return nominal.Ratings(counts, patterns, weights)


def _patterns(given: IntArray, base: int) -> tuple[IntArray, IntArray]:
    """The different columns, and which of them each column is."""
    number = np.zeros(given.shape[1], dtype=np.int64)
    for row in given:
        _, number = np.unique(number * base + row, return_inverse=True)
    _, first, inverse = np.unique(number, return_index=True, return_inverse=True)
    return given[:, first], inverse
