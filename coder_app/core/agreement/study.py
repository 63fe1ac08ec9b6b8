"""What the agreement page and the command line ask: compare the coders of a study.

:func:`compare` takes plain values and gives a :class:`~coder_app.core.agreement.comparison.Comparison`.
Only documents that all chosen coders finished belong into it; choosing them is the caller's task.
Formulas and names: ``resources/agreement/SPEC.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

import numpy as np

from coder_app.core.agreement import bootstrap, intervals, multirater, nominal, sets, spans, twobytwo, units
from coder_app.core.agreement.codelist import CodeList
from coder_app.core.agreement.comparison import CodeResult, Comparison, Row, View
from coder_app.core.agreement.result import Interval, Statistic
from coder_app.core.agreement.spans import Codings, IntArray, Segments
from coder_app.core.model import Level

__all__ = ["CodeList", "Codings", "Comparison", "DocumentUnits", "UnitKind", "compare"]


class UnitKind(StrEnum):
    """What is counted. Turns, paragraphs and sentences are intervals that the caller gives."""

    TURN = "turn"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"
    CHARACTER = "character"


@dataclass(frozen=True, slots=True)
class DocumentUnits:
    """A document by its key, its length in code points, and its units in order (not for characters).

    Units do not overlap and are trimmed (:func:`units.trim_units`), so that a span that runs over a
    line break does not leak into the next one.
    """

    key: str
    length: int
    units: Sequence[tuple[int, int]] = ()


DEFAULT_LEVELS = (Level.CODE, Level.SUBCATEGORY, Level.CATEGORY, Level.THEME)


def compare(
    codings: Codings,
    coders: Sequence[str],
    documents: Sequence[DocumentUnits],
    codes: CodeList,
    *,
    unit: UnitKind | str = UnitKind.TURN,
    level: Level = Level.CODE,
    levels: Sequence[Level] = DEFAULT_LEVELS,
    unit_min_chars: int = 1,
    resamples: int = 0,
    seed: int = bootstrap.SEED,
    progress: bootstrap.Progress | None = None,
) -> Comparison:
    """Compare two or more coders.

    ``codings`` name documents, coders and codes by their places in the lists given; passages without a
    code stay out. ``level`` is the level of ``overall``, ``codes`` and ``intervals``; ``levels`` those of
    the rows. A code is present in a unit where the coder's spans of it cover ``unit_min_chars``
    characters. For characters the whole of each document counts, and ``units`` are not looked at.

    With ``resamples`` (2,000 or more are meant) two coders' overall figures get bootstrap intervals from
    ``seed``; ``progress(done, total)`` is called in between and may raise to stop.

    Raises ValueError for fewer than two coders, and for codings or units that do not fit the lists.
    """
    _check(codings, coders, codes)
    kind = UnitKind(unit)
    cut = _Cut(codings, documents, len(coders), kind, unit_min_chars)
    views = {at: cut.view(codes, at) for at in dict.fromkeys([*levels, level])}
    chosen = views[level]
    two = len(coders) == 2
    pairs = {} if two else _pairs(codings, coders, documents, codes, kind, level, levels, unit_min_chars)
    distinct = sets.distinct_sets(chosen.incidence)
    alphas = {
        name: sets.alpha_sets(chosen.incidence, distinct, similarity)
        for name, similarity in sets.SIMILARITIES.items()
    }
    if two:
        results, overall = _two_coders(chosen, alphas)
        rows = _rows(views, levels)
    else:
        results, overall, rows = _many_coders(chosen, alphas, list(pairs.values())), _light(alphas, pairs), ()
    used = [set(np.unique(given).tolist()) for given in chosen.incidence.codes]
    return Comparison(
        unit=kind.value,
        level=level,
        coders=tuple(coders),
        documents=tuple(document.key for document in documents),
        n_units=int(chosen.incidence.weights.sum()),
        rows=rows,
        overall=overall,
        codes=results,
        intervals=_intervals(cut, chosen, distinct, resamples, seed, progress) if two and resamples else {},
        codes_used=tuple(len(own) for own in used),
        codes_used_by_any=len(set().union(*used)),
        codes_shared=len(set.intersection(*used)),
        pairs=pairs,
        views=views,
    )


def _check(codings: Codings, coders: Sequence[str], codes: CodeList) -> None:
    if len(coders) < 2 or len(set(coders)) < len(coders):
        raise ValueError("Agreement needs two different coders or more.")
    if len(codings) and not (codings.coder.min() >= 0 and codings.coder.max() < len(coders)):
        raise ValueError("A coding names a coder who is not there.")
    if len(codings) and not (codings.code.min() >= 0 and codings.code.max() < len(codes.keys)):
        raise ValueError("A coding names a code that is not there.")


class _Cut:
    """The continuum of the documents, cut into units."""

    def __init__(
        self,
        codings: Codings,
        documents: Sequence[DocumentUnits],
        n_coders: int,
        kind: UnitKind,
        unit_min_chars: int,
    ) -> None:
        lengths = [document.length for document in documents]
        self.edges = spans.offsets(lengths)
        self.segments = spans.merge(spans.join(codings, lengths))
        self.keys = tuple(document.key for document in documents)
        self.n_coders = n_coders
        self.characters = kind is UnitKind.CHARACTER
        self.unit_min_chars = unit_min_chars
        given = [() if self.characters else document.units for document in documents]
        self.starts, self.ends, self.document = units.on_continuum(given, self.edges)

    def view(self, codes: CodeList, level: Level) -> View:
        """The units with each coder's codes at a level."""
        nodes = codes.listed(level, np.unique(self.segments.code))
        place = np.searchsorted(nodes, codes.ancestors[level])
        merged = spans.merge(spans.replace(self.segments, place))
        keys = tuple(codes.keys[node] for node in nodes.tolist())
        incidence, starts, ends, document = self._units(merged, len(keys))
        shift = self.edges[document]
        return View(keys, incidence, self.keys, document, starts - shift, ends - shift, self.characters)

    def _units(self, merged: Segments, n_codes: int) -> tuple[units.Incidence, IntArray, IntArray, IntArray]:
        if not self.characters:
            incidence = units.fixed_units(
                merged, self.starts, self.ends, self.n_coders, n_codes, self.unit_min_chars
            )
            return incidence, self.starts, self.ends, self.document
        incidence, bounds = units.character_stretches(merged, self.edges, self.n_coders, n_codes)
        document = np.searchsorted(self.edges, bounds[:-1], side="right") - 1
        return incidence, bounds[:-1], bounds[1:], document.astype(np.int64)


def _rows(views: dict[Level, View], levels: Sequence[Level]) -> tuple[Row, ...]:
    """Marked or not (the same at every level), then each level."""
    rows = []
    for number, level in enumerate(levels):
        pair = sets.pair_units(views[level].incidence)
        if number == 0:
            places = sets.same_places(pair)
            rows.append(Row("marked", places, places))
        rows.append(Row(level.key, sets.same_sets(pair), sets.code_in_common(pair)))
    return tuple(rows)


def _two_coders(
    view: View, alphas: dict[str, Statistic]
) -> tuple[dict[str, CodeResult], dict[str, Statistic]]:
    tables = units.code_tables(view.incidence)
    results = {
        key: CodeResult(table, (table.neither, table.differing, table.both), twobytwo.statistics(table))
        for key, table in zip(view.keys, tables, strict=True)
    }
    pair = sets.pair_units(view.incidence)
    overall = {
        **sets.coefficients(pair),
        **twobytwo.across_codes(tables),
        **alphas,
        "exact_set_agreement": sets.exact_set_agreement(pair),
        "mean_jaccard": sets.mean_jaccard(pair),
    }
    return results, overall


def _pairs(
    codings: Codings,
    coders: Sequence[str],
    documents: Sequence[DocumentUnits],
    codes: CodeList,
    kind: UnitKind,
    level: Level,
    levels: Sequence[Level],
    unit_min_chars: int,
) -> dict[tuple[str, str], Comparison]:
    """Each two of three or more coders compared."""
    found = {}
    for i, j in combinations(range(len(coders)), 2):
        mine = (codings.coder == i) | (codings.coder == j)
        own = Codings(
            codings.document[mine],
            (codings.coder[mine] == j).astype(np.int64),
            codings.code[mine],
            codings.start[mine],
            codings.end[mine],
        )
        found[coders[i], coders[j]] = compare(
            own,
            (coders[i], coders[j]),
            documents,
            codes,
            unit=kind,
            level=level,
            levels=levels,
            unit_min_chars=unit_min_chars,
        )
    return found


def _many_coders(view: View, alphas: dict[str, Statistic], pairs: list[Comparison]) -> dict[str, CodeResult]:
    """Per code of three or more coders: the multi-rater coefficients and Light's kappa."""
    results = {}
    for key, given_by in zip(view.keys, _given_by(view.incidence), strict=True):
        kappas = [pair.codes[key].statistics["cohen_kappa"] for pair in pairs if key in pair.codes]
        light = {"light_kappa": nominal.mean_of_pairs(kappas)}
        results[key] = CodeResult(None, given_by, {**multirater.statistics(given_by), **light})
    return results


def _given_by(incidence: units.Incidence) -> list[tuple[int, ...]]:
    """For each code how many units carry it by 0, 1, 2 ... coders."""
    keys = np.concatenate([incidence.keys(coder) for coder in range(incidence.n_coders)])
    pairs, times = np.unique(keys, return_counts=True)
    unit, code = np.divmod(pairs, max(incidence.n_codes, 1))
    table = np.zeros((incidence.n_codes, incidence.n_coders + 1), dtype=np.int64)
    np.add.at(table, (code, times), incidence.weights[unit])
    table[:, 0] = int(incidence.weights.sum()) - table.sum(axis=1)
    return [tuple(row) for row in table.tolist()]


def _light(alphas: dict[str, Statistic], pairs: dict[tuple[str, str], Comparison]) -> dict[str, Statistic]:
    """Overall of three or more coders: alpha over sets, and the mean of the pairs' pooled kappas."""
    kappas = [pair.overall["pooled_kappa"] for pair in pairs.values()]
    return {**alphas, "light_kappa": nominal.mean_of_pairs(kappas)}


def _intervals(
    cut: _Cut,
    view: View,
    distinct: sets.DistinctSets,
    resamples: int,
    seed: int,
    progress: bootstrap.Progress | None,
) -> dict[str, Interval]:
    documents = (view.document, len(cut.keys)) if cut.characters else None
    return intervals.overall_intervals(
        view.incidence, distinct, documents, resamples=resamples, seed=seed, progress=progress
    )
