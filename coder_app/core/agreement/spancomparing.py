"""Coders compared by matched spans and by unitizing; the formulas are in ``matching`` and ``spans``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np

from coder_app.core.agreement import (
    bootstrap,
    bydocument,
    confusion,
    matching,
    spanintervals,
    spans,
    spanstudy,
)
from coder_app.core.agreement.assembling import comparison_of, confusions_of
from coder_app.core.agreement.comparison import Comparison, DocumentResult, DomainResult, View
from coder_app.core.agreement.cut import Asked, Cut
from coder_app.core.agreement.spans import IntArray, Segments
from coder_app.core.model import Level, UnitKind


def _sizes(asked: Asked) -> list[int]:
    """Characters of each document that count."""
    return [int(size) for size in np.diff(asked.continuum.edges)]


def _character_views(asked: Asked) -> tuple[dict[Level, View], View]:
    """Everybody's codes by characters, for the confusion of spans and for looking up passages."""
    cut = Cut(replace(asked, kind=UnitKind.CHARACTER))
    views = {level: cut.view(level) for level in asked.levels}
    return views, cut.marked(views[min(views)])


def matched(asked: Asked) -> Comparison:
    """Spans of each two coders matched one to one; of three or more the means over pairs."""
    merged = {level: asked.merged(level, asked.segments) for level in asked.levels}
    characters = Cut(replace(asked, kind=UnitKind.CHARACTER)).view(asked.level)
    confusions = confusions_of(asked.coders, characters)
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
    return comparison_of(
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
    return comparison_of(
        asked,
        names,
        asked.continuum.width,
        found,
        {},
        views,
        confusion={names: confusions[names]},
        by_document=bydocument.of_spans(asked.keys, _sizes(asked), views[asked.level]),
    )


def unitized(asked: Asked) -> Comparison:
    """All characters that count as one continuum, cut by the coders themselves."""
    views, marked = _character_views(asked)
    width, m = asked.continuum.width, len(asked.coders)
    found = {}
    for level in asked.levels:
        merged, keys = asked.merged(level, asked.segments)
        found[level] = spanstudy.unitizing_level(merged, level, keys, m, width)
    result = comparison_of(
        asked,
        asked.coders,
        width,
        found,
        {},
        views,
        marked_view=marked,
        confusion=confusions_of(asked.coders, views[asked.level]),
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


def match_intervals(
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


def unitizing_intervals(
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
