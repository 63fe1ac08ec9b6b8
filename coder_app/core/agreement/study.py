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
    codeintervals,
    intervals,
    levels,
    matching,
    spancomparing,
)
from coder_app.core.agreement.assembling import comparison_of, confusions_of
from coder_app.core.agreement.codelist import CodeList
from coder_app.core.agreement.comparison import (
    CodeResult,
    Comparison,
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
        found = spancomparing.matched(asked)
    elif asked.kind is UnitKind.UNITIZING:
        found = spancomparing.unitized(asked)
    else:
        found = _counted(asked, rows)
    if resamples and asked.kind is UnitKind.MATCH:
        found = spancomparing.match_intervals(asked, found, resamples, seed, progress)
    elif resamples and asked.kind is UnitKind.UNITIZING:
        found = spancomparing.unitizing_intervals(asked, found, resamples, seed, progress)
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
    confusions = confusions_of(coders, views[asked.level])
    n_units = int(marked.incidence.weights.sum())
    listed: list[Row] = [first]
    listed += [row for level in rows if (row := found[level].row) is not None]
    return comparison_of(
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
