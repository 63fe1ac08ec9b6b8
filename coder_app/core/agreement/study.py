"""What the agreement page and the command line ask: compare the coders of a study.

:func:`compare` takes plain values and gives a :class:`~coder_app.core.agreement.comparison.Comparison`.
Only documents that all chosen coders finished belong into it; choosing them is the caller's task.
Formulas and names: ``resources/agreement/SPEC.md``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from coder_app.core.agreement import (
    bootstrap,
    bydocument,
    cautions,
    codeintervals,
    confusion,
    intervals,
    levels,
    matching,
    spanintervals,
    spans,
    spanstudy,
)
from coder_app.core.agreement.codelist import CodeList
from coder_app.core.agreement.comparison import (
    CodeResult,
    Comparison,
    DocumentResult,
    DomainResult,
    LevelResult,
    Row,
    View,
)
from coder_app.core.agreement.continuum import Continuum, DocumentUnits
from coder_app.core.agreement.cut import Asked, Cut, line_of
from coder_app.core.agreement.spans import Codings, IntArray, Segments
from coder_app.core.model import Level, UnitKind

__all__ = ["CodeList", "Codings", "Comparison", "DocumentUnits", "UnitKind", "compare"]


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
    threshold: float = matching.DEFAULT_THRESHOLD,
    marks: Codings | None = None,
    resamples: int = 0,
    seed: int = bootstrap.SEED,
    progress: bootstrap.Progress | None = None,
) -> Comparison:
    """Compare two or more coders.

    ``codings`` name documents, coders and codes by their places in the lists given; ``marks`` are passages
    without a code (their ``code`` is not looked at), which count as marked and nowhere else. ``level`` is
    the level of ``overall``, ``codes`` and ``intervals``; everything is computed at all ``levels``. A code is
    present in a fixed unit where the coder's spans of it cover ``unit_min_chars`` characters of what
    counts. For characters, matched spans (``threshold``) and unitizing all that counts of each document
    enters, and ``units`` are not looked at; for tokens ``units`` are the tokens.

    With ``resamples`` (2,000 or more are meant) figures without a standard error get bootstrap intervals from
    ``seed``; ``progress(done, total)`` is called in between and may raise to stop.

    Raises ValueError for fewer than two coders, and for codings or units that do not fit the lists.
    """
    _check(codings, coders, codes)
    line = Continuum(documents)
    segments, _ = line.lay(codings)
    unnamed, _ = line.lay(marks) if marks is not None else (segments.where(segments.start < 0), None)
    asked = Asked(
        kind=UnitKind(unit),
        coders=tuple(coders),
        keys=tuple(document.key for document in documents),
        codes=codes,
        level=level,
        levels=tuple(dict.fromkeys([*levels, level])),
        continuum=line,
        segments=segments,
        unnamed=Segments(unnamed.coder, np.zeros_like(unnamed.code), unnamed.start, unnamed.end),
        unit_min_chars=unit_min_chars,
        threshold=threshold,
    )
    rows = tuple(levels)
    if asked.kind is UnitKind.MATCH:
        found = _matched(asked)
    elif asked.kind is UnitKind.UNITIZING:
        found = _unitized(asked)
    else:
        found = _counted(asked, rows)
    if resamples and asked.kind is UnitKind.MATCH:
        found = _match_intervals(asked, found, resamples, seed, progress)
    elif resamples and asked.kind is UnitKind.UNITIZING:
        found = _unitizing_intervals(asked, found, resamples, seed, progress)
    elif resamples:
        found = _with_intervals(asked, found, resamples, seed, progress)
    return replace(found, seed=seed)


def _check(codings: Codings, coders: Sequence[str], codes: CodeList) -> None:
    if len(coders) < 2 or len(set(coders)) < len(coders):
        raise ValueError("Agreement needs two different coders or more.")
    if len(codings) and not (codings.coder.min() >= 0 and codings.coder.max() < len(coders)):
        raise ValueError("A coding names a coder who is not there.")
    if len(codings) and not (codings.code.min() >= 0 and codings.code.max() < len(codes.keys)):
        raise ValueError("A coding names a code that is not there.")


# Fixed units, characters and tokens


def _counted(asked: Asked, rows: tuple[Level, ...]) -> Comparison:
    cut = Cut(asked)
    views = {level: cut.view(level) for level in asked.levels}
    marked = cut.marked(views[min(views)])
    return _of_views(asked, asked.coders, views, marked, rows)


def _with_intervals(
    asked: Asked, found: Comparison, resamples: int, seed: int, progress: bootstrap.Progress | None
) -> Comparison:
    """Bootstrap intervals: units are drawn, or blocks of text, at whose edges stretches are cut."""
    line = line_of(asked, asked.segments)
    edges = asked.continuum.units[0] if line is None else line.blocks()
    cut = Cut(asked, None if line is None else edges)
    views = {level: cut.view(level) for level in asked.levels}
    marked = cut.marked(views[min(views)])

    def blocks(view: View) -> IntArray:
        assert view.position is not None
        return (np.searchsorted(edges, view.position, side="right") - 1).astype(np.int64)

    n_blocks = len(edges) if line is None else max(len(edges) - 1, 0)
    found = intervals.with_intervals(
        replace(found, n_blocks=n_blocks),
        views,
        marked,
        {level: blocks(view) for level, view in views.items()},
        blocks(marked),
        n_blocks,
        resamples=resamples,
        seed=seed,
        progress=progress,
    )
    if asked.kind.fixed:
        codes = codeintervals.with_intervals(found.codes, resamples, seed)
        own = replace(found.levels[asked.level], codes=codes)
        found = replace(found, codes=codes, levels={**found.levels, asked.level: own})
    return found


def _of_views(
    asked: Asked, coders: tuple[str, ...], views: Mapping[Level, View], marked: View, rows: tuple[Level, ...]
) -> Comparison:
    """The comparison of the coders in the views; of three or more each two as well."""
    pairs: dict[tuple[str, str], Comparison] = {}
    for i, j in combinations(range(len(coders)), 2):
        if len(coders) > 2:
            own = {level: view.pair(i, j) for level, view in views.items()}
            names = coders[i], coders[j]
            pairs[names] = _of_views(asked, names, own, marked.pair(i, j), rows)
    first = levels.marked_row(marked)
    found = {
        level: levels.of_view(
            view,
            level,
            first,
            [pair.levels[level] for pair in pairs.values()],
            all_coded=asked.kind is UnitKind.MEANING_UNIT,
        )
        for level, view in views.items()
    }
    confusions = {
        (coders[i], coders[j]): confusion.of_pair(views[asked.level].keys, views[asked.level].incidence, i, j)
        for i, j in combinations(range(len(coders)), 2)
    }
    n_units = int(marked.incidence.weights.sum())
    listed: list[Row] = [first]
    listed += [row for level in rows if (row := found[level].row) is not None]
    return _comparison(
        asked,
        coders,
        n_units,
        found,
        pairs,
        views,
        rows=tuple(listed),
        marked=_of_marked(marked, pairs),
        marked_view=marked,
        confusion=confusions,
        by_document=bydocument.of_views(
            asked.keys, {level: views[level] for level in asked.levels}, asked.level, marked
        ),
    )


def _of_marked(view: View, pairs: Mapping[tuple[str, str], Comparison]) -> CodeResult:
    """Marked or not as one code."""
    if view.incidence.n_coders == 2:
        return levels.codes_of(view, [])[levels.MARKED]
    own = [
        replace(pair.levels[pair.level], codes={levels.MARKED: pair.marked})
        for pair in pairs.values()
        if pair.marked is not None
    ]
    return levels.codes_of(view, own)[levels.MARKED]


def _comparison(
    asked: Asked,
    coders: tuple[str, ...],
    n_units: int,
    found: Mapping[Level, LevelResult],
    pairs: Mapping[tuple[str, str], Comparison],
    views: Mapping[Level, View],
    *,
    rows: tuple[Row, ...] = (),
    marked: CodeResult | None = None,
    marked_view: View | None = None,
    confusion: Mapping[tuple[str, str], confusion.Confusion],
    by_document: tuple[DocumentResult, ...],
) -> Comparison:
    chosen = found[asked.level]
    return Comparison(
        unit=asked.kind.value,
        level=asked.level,
        coders=coders,
        documents=asked.keys,
        n_units=n_units,
        rows=rows,
        overall=chosen.overall,
        codes=chosen.codes,
        intervals=chosen.intervals,
        codes_used=chosen.codes_used,
        codes_used_by_any=chosen.codes_used_by_any,
        codes_shared=chosen.codes_shared,
        pairs=pairs,
        views=views,
        more=chosen.more,
        levels=found,
        marked=marked,
        marked_view=marked_view,
        confusion=confusion,
        by_document=by_document,
        cautions=cautions.of_level(chosen, n_units, coders, fixed_units=asked.kind.fixed),
        n_blocks=n_units if asked.kind.fixed else 0,
    )


# Matched spans and unitizing


def _sizes(asked: Asked) -> list[int]:
    """Characters of each document that count."""
    return [int(size) for size in np.diff(asked.continuum.edges)]


def _character_views(asked: Asked) -> tuple[dict[Level, View], View]:
    """Everybody's codes by characters, for the confusion of spans and for looking up passages."""
    cut = Cut(replace(asked, kind=UnitKind.CHARACTER))
    views = {level: cut.view(level) for level in asked.levels}
    return views, cut.marked(views[min(views)])


def _confusions(coders: tuple[str, ...], view: View) -> dict[tuple[str, str], confusion.Confusion]:
    return {
        (coders[i], coders[j]): confusion.of_pair(view.keys, view.incidence, i, j)
        for i, j in combinations(range(len(coders)), 2)
    }


def _matched(asked: Asked) -> Comparison:
    merged = {level: asked.merged(level, asked.segments) for level in asked.levels}
    characters = Cut(replace(asked, kind=UnitKind.CHARACTER)).view(asked.level)
    confusions = _confusions(asked.coders, characters)
    pairs = {
        (asked.coders[i], asked.coders[j]): _match_two(asked, merged, i, j, confusions)
        for i, j in combinations(range(len(asked.coders)), 2)
    }
    if len(asked.coders) == 2:
        return next(iter(pairs.values()))
    found = {}
    for level in asked.levels:
        segments = merged[level][0]
        used = [set(np.unique(segments.of_coder(c).code).tolist()) for c in range(len(asked.coders))]
        of_pairs = [pair.levels[level] for pair in pairs.values()]
        found[level] = spanstudy.match_level_of_many(level, of_pairs, used)
    documents = tuple(
        DocumentResult(own[0].key, own[0].n_units, (), matching.mean_over_pairs([one.overall for one in own]))
        for own in zip(*(pair.by_document for pair in pairs.values()), strict=True)
    )
    width = asked.continuum.width
    return _comparison(
        asked, asked.coders, width, found, pairs, {}, confusion=confusions, by_document=documents
    )


def _match_two(
    asked: Asked,
    merged: Mapping[Level, tuple[Segments, tuple[str, ...]]],
    first: int,
    second: int,
    confusions: Mapping[tuple[str, str], confusion.Confusion],
) -> Comparison:
    names = asked.coders[first], asked.coders[second]
    found, views = {}, {}
    for level, (segments, keys) in merged.items():
        pairs = spanstudy.match_pair(segments, asked.continuum.width, asked.threshold, first, second)
        found[level] = spanstudy.match_level(pairs, level, keys)
        views[level] = spanstudy.match_view(pairs, keys, asked.continuum, asked.keys)
    return _comparison(
        asked,
        names,
        asked.continuum.width,
        found,
        {},
        views,
        confusion={names: confusions[names]},
        by_document=bydocument.of_spans(asked.keys, _sizes(asked), views[asked.level]),
    )


def _unitized(asked: Asked) -> Comparison:
    views, marked = _character_views(asked)
    width, m = asked.continuum.width, len(asked.coders)
    found = {}
    for level in asked.levels:
        merged, keys = asked.merged(level, asked.segments)
        found[level] = spanstudy.unitizing_level(merged, level, keys, m, width)
    result = _comparison(
        asked,
        asked.coders,
        width,
        found,
        {},
        views,
        marked_view=marked,
        confusion=_confusions(asked.coders, views[asked.level]),
        by_document=tuple(
            DocumentResult(key, size, (), {}) for key, size in zip(asked.keys, _sizes(asked), strict=True)
        ),
    )
    return replace(result, domains=_domains(asked))


def _domains(asked: Asked) -> tuple[DomainResult, ...]:
    """The categories, then the themes, above the level asked within which codes do not overlap."""
    merged, keys = asked.merged(asked.level, asked.segments)
    place = {key: number for number, key in enumerate(asked.codes.keys)}
    found: list[DomainResult] = []
    for level in (Level.CATEGORY, Level.THEME):
        if level <= asked.level:
            continue
        above = asked.codes.ancestors[level]
        tops = [int(above[place[key]]) for key in keys]
        names = [asked.codes.keys[top] if asked.codes.levels[top] == level else None for top in tops]
        found += spanstudy.domains(merged, keys, names, len(asked.coders), asked.continuum.width)
    return tuple(found)


def _block_of(asked: Asked, positions: IntArray) -> IntArray:
    """The block (paragraph) in which each position of the continuum lies."""
    return (np.searchsorted(asked.continuum.blocks, positions, side="right") - 1).astype(np.int64)


def _match_intervals(
    asked: Asked, found: Comparison, resamples: int, seed: int, progress: bootstrap.Progress | None
) -> Comparison:
    """Of two coders; three or more have them in none of their figures."""
    measures: dict[Level, spanintervals.Measure] = {}
    n_blocks = max(len(asked.continuum.blocks) - 1, 0)
    for level, view in found.views.items():
        assert view.position is not None
        measures[level] = spanintervals.Matches(view, _block_of(asked, view.position), n_blocks)
    if not measures:
        return found
    return spanintervals.with_intervals(
        found,
        measures,
        {level: view.keys for level, view in found.views.items()},
        n_blocks,
        resamples=resamples,
        seed=seed,
        progress=progress,
    )


def _unitizing_intervals(
    asked: Asked, found: Comparison, resamples: int, seed: int, progress: bootstrap.Progress | None
) -> Comparison:
    """At the level asked."""
    cut = Cut(replace(asked, kind=UnitKind.CHARACTER), asked.continuum.blocks)
    view = cut.view(asked.level)
    assert view.position is not None
    n_blocks = max(len(asked.continuum.blocks) - 1, 0)
    merged, _ = asked.merged(asked.level, asked.segments)
    measure = spanintervals.Unitized(
        view,
        _block_of(asked, view.position),
        merged,
        _block_of(asked, merged.start),
        n_blocks,
        overall=not spans.codes_overlap(merged),
    )
    return spanintervals.with_intervals(
        found,
        {asked.level: measure},
        {level: own.keys for level, own in found.views.items()},
        n_blocks,
        resamples=resamples,
        seed=seed,
        progress=progress,
    )
