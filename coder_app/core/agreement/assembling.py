"""A comparison put together from what was found at each level."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from coder_app.core.agreement import cautions, confusion
from coder_app.core.agreement.comparison import CodeResult, Comparison, DocumentResult, LevelResult, Row, View
from coder_app.core.agreement.cut import Asked
from coder_app.core.model import Level


def comparison_of(
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
    """What was asked with what was found at each level."""
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


def confusions_of(coders: tuple[str, ...], view: View) -> dict[tuple[str, str], confusion.Confusion]:
    """Of each two coders: what one gave where the other gave a code."""
    return {
        (coders[i], coders[j]): confusion.of_pair(view.keys, view.incidence, i, j)
        for i, j in combinations(range(len(coders)), 2)
    }
