"""Small random studies: every figure by every unit is what a naive count gives."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import naive_agreement as naive
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.core.agreement.codelist import CodeList
from coder_app.core.agreement.comparison import Comparison
from coder_app.core.agreement.study import Codings, DocumentUnits, compare
from coder_app.core.model import Level

LENGTHS = (24, 16)
TOTAL = sum(LENGTHS)
UNITS = [[(0, 5), (6, 12), (12, 20), (21, 24)], [(1, 8), (8, 16)]]
ON_LINE = [(start + at, end + at) for at, units in zip((0, 24), UNITS, strict=True) for start, end in units]
TREE = CodeList.from_parents(
    ["p", "q", "r", "T"], [Level.CODE, Level.CODE, Level.CODE, Level.THEME], [3, 3, None, None]
)
DOCUMENTS = [DocumentUnits(f"d{n}", length, UNITS[n]) for n, length in enumerate(LENGTHS)]
NAMES = ("A", "B", "C")

Rows = list[tuple[int, int, int, int, int]]


@st.composite
def studies(draw: st.DrawFn, coders: int) -> Rows:
    found = []
    for _ in range(draw(st.integers(0, 9))):
        document = draw(st.integers(0, 1))
        start = draw(st.integers(0, LENGTHS[document] - 1))
        end = min(start + draw(st.integers(1, 9)), LENGTHS[document])
        found.append((document, draw(st.integers(0, coders - 1)), draw(st.integers(0, 2)), start, end))
    return found


def spans_at(rows: Rows, level: Level) -> list[naive.Span]:
    """On one line, with the codes of the level: p, q, r; or r (0), and T (1) for p and q."""
    to = (0, 1, 2) if level is Level.CODE else (1, 1, 0)
    return [(c, to[k], s + (24 if d else 0), e + (24 if d else 0)) for d, c, k, s, e in rows]


def measured(rows: Rows, coders: int, unit: str, level: Level, **options: float) -> Comparison:
    return compare(
        Codings.from_rows(rows), NAMES[:coders], DOCUMENTS, TREE, unit=unit, level=level, **options
    )


def same(statistic, value: naive.Number) -> bool:
    if value is None:
        return statistic.value is None and bool(statistic.reason)
    return statistic.value == pytest.approx(float(value), abs=1e-9)


def check_counted(found: Comparison, given: naive.Sets, codes: int) -> None:
    """Everything about units with sets of codes."""
    m = len(given)
    units = list(zip(*given, strict=True))
    coded = [unit for unit in units if any(unit)]
    row = found.levels[found.level].row
    assert row is not None
    alike = sum(len(set(unit)) == 1 for unit in units)
    assert (row.agreed_all, row.n_all) == (alike, len(units))
    assert (row.agreed_coded, row.n_coded) == (sum(len(set(u)) == 1 for u in coded), len(coded))
    assert row.agreed_any == sum(bool(frozenset.intersection(*unit)) for unit in coded)
    places = [[bool(x) for x in unit] for unit in units]
    assert found.rows[0].agreed_all == sum(len(set(unit)) == 1 for unit in places)
    assert same(found.overall["alpha_nominal_sets"], naive.alpha(given, naive.differs))
    assert same(found.overall["alpha_jaccard"], naive.alpha(given, lambda x, y: 1 - naive.jaccard(x, y)))
    assert same(found.overall["alpha_masi"], naive.alpha(given, lambda x, y: 1 - naive.masi(x, y)))
    present = [[[code in x for x in row] for row in given] for code in range(codes)]
    assert len(found.codes) == codes
    for ratings, result in zip(present, found.codes.values(), strict=True):
        check_code(result.statistics, ratings)
        times = [sum(row[u] for row in ratings) for u in range(len(units))]
        assert result.given_by == tuple(times.count(j) for j in range(m + 1))
    kappas = [naive.pooled([(r[i], r[j]) for r in present]) for i, j in combinations(range(m), 2)]
    if m == 2:
        assert same(found.overall["pooled_kappa"], kappas[0])
        assert same(found.overall["mean_kappa"], naive.mean([naive.cohen(*r) for r in present]))
        mean_jaccard = naive.mean([naive.jaccard(x, y) for x, y in units])
        assert same(found.overall["mean_jaccard"], mean_jaccard)
    else:
        assert same(found.overall["light_kappa"], naive.mean(kappas))
    check_one_value(found, given, codes)
    check_confusion(found, given, codes)


def check_code(statistics, ratings: list[list[bool]]) -> None:
    assert same(statistics["percent_agreement"], naive.percent(ratings))
    assert same(statistics["gwet_ac1"], naive.gwet(ratings, (True, False)))
    assert same(statistics["alpha_nominal"], naive.alpha(ratings, naive.differs))
    bp, fleiss = ("pabak", "scott_pi") if len(ratings) == 2 else ("brennan_prediger", "fleiss_kappa")
    assert same(statistics[bp], naive.brennan_prediger(ratings, 2))
    assert same(statistics[fleiss], naive.fleiss(ratings))
    pairs = [naive.cohen(a, b) for a, b in combinations(ratings, 2)]
    assert same(statistics["cohen_kappa" if len(ratings) == 2 else "light_kappa"], naive.mean(pairs))


def check_one_value(found: Comparison, given: naive.Sets, codes: int) -> None:
    if any(len(x) > 1 for row in given for x in row):
        assert found.more["alpha_nominal"].reason == "codes overlap"
        return
    values = [[next(iter(x), None) for x in row] for row in given]
    categories: list[int | None] = [*range(codes), None]  # however the units were coded
    assert same(found.more["percent_agreement"], naive.percent(values))
    assert same(found.more["fleiss_kappa"], naive.fleiss(values))
    assert same(found.more["alpha_nominal"], naive.alpha(values, naive.differs))
    assert same(found.more["gwet_ac1"], naive.gwet(values, categories))
    assert same(found.more["brennan_prediger"], naive.brennan_prediger(values, len(categories)))
    if len(given) == 2:
        assert same(found.more["cohen_kappa"], naive.cohen(*values))


def check_confusion(found: Comparison, given: naive.Sets, codes: int) -> None:
    for i, j in combinations(range(len(given)), 2):
        cells: dict[tuple[int | None, int | None], int] = {}
        for x, y in zip(given[i], given[j], strict=True):
            pairs: list[tuple[int | None, int | None]] = [(k, k) for k in x & y]
            pairs += [(a, b) for a in x - y for b in (y - x or [None])]
            pairs += [(None, b) for b in y - x if not x - y]
            for pair in pairs:
                cells[pair] = cells.get(pair, 0) + 1
        matrix = found.confusion[NAMES[i], NAMES[j]]
        keys = {None: None, **dict(enumerate(matrix.keys))}
        for a in [*range(codes), None]:
            for b in [*range(codes), None]:
                assert matrix.count(keys[a], keys[b]) == cells.get((a, b), 0)


LEVELS = st.sampled_from([(Level.CODE, 3), (Level.THEME, 2)])


@settings(max_examples=60)
@given(st.integers(2, 3).flatmap(lambda m: st.tuples(st.just(m), studies(m))), LEVELS, st.integers(1, 3))
def test_fixed_units(study: tuple[int, Rows], level: tuple[Level, int], least: int) -> None:
    coders, rows = study
    found = measured(rows, coders, "turn", level[0], unit_min_chars=least)
    given = naive.sets_of(spans_at(rows, level[0]), coders, ON_LINE, least)
    if least == 1:
        check_counted(found, given, level[1])
    for own, units in zip(found.by_document, (given_of(given, 0, 4), given_of(given, 4, 6)), strict=True):
        row = next(r for r in own.rows if r.key == level[0].key)
        assert row.agreed_all == sum(len(set(unit)) == 1 for unit in zip(*units, strict=True))
        present = [[[code in x for x in r] for r in units] for code in range(level[1])]
        pairs = [naive.pooled([(p[i], p[j]) for p in present]) for i, j in combinations(range(coders), 2)]
        assert same(own.overall["pooled_kappa"], naive.mean(pairs))


def given_of(given: naive.Sets, first: int, last: int) -> naive.Sets:
    return [row[first:last] for row in given]


@settings(max_examples=40)
@given(st.integers(2, 3).flatmap(lambda m: st.tuples(st.just(m), studies(m))), LEVELS)
def test_characters(study: tuple[int, Rows], level: tuple[Level, int]) -> None:
    coders, rows = study
    found = measured(rows, coders, "character", level[0])
    places = [(at, at + 1) for at in range(TOTAL)]
    check_counted(found, naive.sets_of(spans_at(rows, level[0]), coders, places), level[1])


@settings(max_examples=40)
@given(st.integers(2, 3).flatmap(lambda m: st.tuples(st.just(m), studies(m))), LEVELS)
def test_tokens(study: tuple[int, Rows], level: tuple[Level, int]) -> None:
    coders, rows = study
    found = measured(rows, coders, "token", level[0])
    assert found.n_units == 6
    check_counted(found, naive.sets_of(spans_at(rows, level[0]), coders, ON_LINE), level[1])


@settings(max_examples=60)
@given(studies(2), LEVELS, st.sampled_from([0.25, 0.5, 0.9, 1.0]))
def test_matched_spans(rows: Rows, level: tuple[Level, int], threshold: float) -> None:
    found = measured(rows, 2, "match", level[0], threshold=threshold)
    spans = naive.merged(spans_at(rows, level[0]))
    total, of_a, of_b = 0, 0, 0
    for code, result in enumerate(found.codes.values()):
        a, b = ([(s, e) for c, k, s, e in spans if (c, k) == (coder, code)] for coder in (0, 1))
        m = naive.matched(a, b, Fraction(str(threshold)))
        counts = [result.statistics[name].value for name in ("matched", "only_a", "only_b", "n_a", "n_b")]
        assert counts == [m, len(a) - m, len(b) - m, len(a), len(b)]
        assert same(result.statistics["holsti"], Fraction(2 * m, len(a) + len(b)) if a or b else None)
        total, of_a, of_b = total + m, of_a + len(a), of_b + len(b)
    assert same(found.overall["holsti"], Fraction(2 * total, of_a + of_b) if of_a + of_b else None)
    alone = of_a + of_b - total
    assert same(found.overall["jaccard"], Fraction(total, alone) if alone else None)
    assert sum(unit.same for unit in found.coded_units()) == total
    assert len(found.coded_units()) == alone


@settings(max_examples=60)
@given(st.integers(2, 3).flatmap(lambda m: st.tuples(st.just(m), studies(m))), LEVELS)
def test_unitizing(study: tuple[int, Rows], level: tuple[Level, int]) -> None:
    coders, rows = study
    found = measured(rows, coders, "unitizing", level[0])
    spans = naive.merged(spans_at(rows, level[0]))
    for code, result in enumerate(found.codes.values()):
        own = naive.lines_of([s for s in spans if s[1] == code], coders, TOTAL, lambda value: value)
        assert same(result.statistics["u_alpha"], naive.u_alpha(own))
    overlap = any(a[0] == b[0] and a[2] < b[3] and b[2] < a[3] for a, b in combinations(spans, 2))
    if overlap:
        assert {s.reason for s in found.overall.values()} == {"codes overlap"}
        return
    nominal = naive.lines_of(spans, coders, TOTAL, lambda value: value)
    binary = naive.lines_of(spans, coders, TOTAL, lambda _: "coded")
    assert same(found.overall["u_alpha_nominal"], naive.u_alpha(nominal))
    assert same(found.overall["u_alpha_binary"], naive.u_alpha(binary))
