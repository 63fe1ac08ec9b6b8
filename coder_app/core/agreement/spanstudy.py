"""Comparing spans instead of units: matched segments (SPEC section 4b) and unitizing (section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.core.agreement import matching, spans, unitizing
from coder_app.core.agreement.comparison import CodeResult, DomainResult, LevelResult
from coder_app.core.agreement.continuum import Continuum
from coder_app.core.agreement.result import Statistic
from coder_app.core.agreement.spans import IntArray, Segments
from coder_app.core.agreement.units import Incidence
from coder_app.core.agreement.views import View
from coder_app.core.model import Level


@dataclass(frozen=True, slots=True, eq=False)
class SpanPairs:
    """The spans of two coders: ``one[i]`` of ``a`` was matched with ``other[i]`` of ``b``."""

    a: Segments
    b: Segments
    one: IntArray
    other: IntArray


def match_pair(merged: Segments, width: int, threshold: float, first: int, second: int) -> SpanPairs:
    """Match the spans of two coders."""
    a, b = merged.of_coder(first), merged.of_coder(second)
    return SpanPairs(a, b, *matching.matches(a, b, width, threshold))


def match_level(pairs: SpanPairs, level: Level, keys: tuple[str, ...]) -> LevelResult:
    """Two coders' matched segments of every code."""
    by_code = matching.counts(pairs.a, pairs.b, pairs.one, len(keys))
    codes = {
        key: CodeResult(
            None,
            (0, own.only_a + own.only_b, own.matched),
            {
                "only_a": Statistic(own.only_a),
                "only_b": Statistic(own.only_b),
                **matching.statistics(own),
            },
        )
        for key, own in zip(keys, by_code, strict=True)
    }
    total = sum(by_code, matching.Matched(0, 0, 0))
    overall = {**matching.statistics(total), **matching.overall(by_code)}
    return _level(level, overall, codes, [set(np.unique(own.code).tolist()) for own in (pairs.a, pairs.b)])


def match_level_of_many(level: Level, pairs: Sequence[LevelResult], used: Sequence[set[int]]) -> LevelResult:
    """Three coders or more: sums and means over their pairs."""
    codes = {}
    for key in pairs[0].codes:
        own = [pair.codes[key] for pair in pairs]
        statistics = matching.mean_over_pairs([code.statistics for code in own])
        given_by = tuple(sum(column) for column in zip(*(code.given_by for code in own), strict=True))
        codes[key] = CodeResult(None, given_by, statistics)
    overall = matching.mean_over_pairs([pair.overall for pair in pairs])
    return _level(level, overall, codes, used)


def _level(
    level: Level,
    overall: dict[str, Statistic],
    codes: dict[str, CodeResult],
    used: Sequence[set[int]],
) -> LevelResult:
    return LevelResult(
        level=level,
        row=None,
        overall=overall,
        more={},
        codes=codes,
        intervals={},
        codes_used=tuple(len(own) for own in used),
        codes_used_by_any=len(set().union(*used)),
        codes_shared=len(set.intersection(*used)),
    )


def match_view(
    pairs: SpanPairs, keys: tuple[str, ...], continuum: Continuum, document_keys: tuple[str, ...]
) -> View:
    """A "unit" for each matched pair (where both spans together are) and each span that stayed alone."""
    a, b = pairs.a, pairs.b
    alone_a = np.setdiff1d(np.arange(len(a)), pairs.one)
    alone_b = np.setdiff1d(np.arange(len(b)), pairs.other)
    start = np.concatenate(
        [np.minimum(a.start[pairs.one], b.start[pairs.other]), a.start[alone_a], b.start[alone_b]]
    )
    end = np.concatenate([np.maximum(a.end[pairs.one], b.end[pairs.other]), a.end[alone_a], b.end[alone_b]])
    code = np.concatenate([a.code[pairs.one], a.code[alone_a], b.code[alone_b]])
    who = np.repeat([2, 0, 1], [len(pairs.one), len(alone_a), len(alone_b)])
    order = np.lexsort((who, code, end, start))
    start, end, code, who = start[order], end[order], code[order], who[order]
    own = [np.nonzero(who != other)[0] for other in (1, 0)]
    incidence = Incidence(
        len(keys),
        np.ones(len(code), dtype=np.int64),
        (own[0], own[1]),
        (code[own[0]], code[own[1]]),
        np.ones((2, len(code)), dtype=np.bool_),
    )
    document, first, last = continuum.places(start, end)
    return View(keys, incidence, document_keys, document, first, last, False, start)


def unitizing_level(
    merged: Segments, level: Level, keys: tuple[str, ...], coders: int, width: int
) -> LevelResult:
    """u_alpha of each code, and the three coefficients over all codes where no coder's codes overlap."""
    by_code = unitizing.u_alpha_by_code(merged, coders, len(keys), width)
    used = [set(np.unique(merged.code[merged.coder == coder]).tolist()) for coder in range(coders)]
    codes = {
        key: CodeResult(None, (), {"u_alpha": statistic})
        for key, statistic in zip(keys, by_code, strict=True)
    }
    return _level(level, unitizing.overall(merged, coders, len(keys), width), codes, used)


def domains(
    merged: Segments,
    keys: tuple[str, ...],
    domain_of: Sequence[str | None],
    coders: int,
    width: int,
) -> tuple[DomainResult, ...]:
    """The coefficients within each domain (category or theme) that was used and is free of overlap.

    ``domain_of[k]`` is the domain of code k. Offered only where codes overlap over all (otherwise all
    codes together are such a domain already).
    """
    found = []
    for domain in dict.fromkeys(name for name in domain_of if name is not None):
        inside = np.array([name == domain for name in domain_of], dtype=np.bool_)
        own = merged.where(inside[merged.code])
        if not len(own) or spans.codes_overlap(own):
            continue
        codes = tuple(key for key, name in zip(keys, domain_of, strict=True) if name == domain)
        found.append(DomainResult(domain, codes, unitizing.overall(own, coders, len(keys), width)))
    return tuple(found)
