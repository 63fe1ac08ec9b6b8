"""Spans, units, matching and unitizing against arrays of characters written out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.core.agreement import matching, sets, spans, unitizing, units
from coder_app.core.agreement.twobytwo import Table

LENGTHS = (30, 0, 25)
CODES = 3

Row = tuple[int, int, int, int, int]


@st.composite
def coding(draw: st.DrawFn, coders: int) -> Row:
    document = draw(st.sampled_from([0, 2]))
    start = draw(st.integers(0, LENGTHS[document] - 1))
    end = draw(st.integers(start + 1, min(start + 12, LENGTHS[document])))
    return document, draw(st.integers(0, coders - 1)), draw(st.integers(0, CODES - 1)), start, end


def rows(coders: int = 2) -> st.SearchStrategy[list[Row]]:
    return st.lists(coding(coders), max_size=14)


def merged(given_rows: Sequence[Row]) -> spans.Segments:
    return spans.merge(spans.join(spans.Codings.from_rows(given_rows), LENGTHS))


EDGES = spans.offsets(LENGTHS)
WIDTH = int(EDGES[-1])


def painted(given_rows: Sequence[Row], coders: int = 2) -> np.ndarray:
    """present[coder, code, character]: the brute force the module avoids."""
    present = np.zeros((coders, CODES, WIDTH), dtype=bool)
    for document, coder, code, start, end in given_rows:
        present[coder, code, EDGES[document] + start : EDGES[document] + end] = True
    return present


def as_tuples(segments: spans.Segments) -> list[tuple[int, int, int, int]]:
    parts = (segments.coder, segments.code, segments.start, segments.end)
    return list(zip(*(part.tolist() for part in parts), strict=True))


def test_overlapping_spans_merge_and_abutting_ones_stay_two() -> None:
    found = merged([(0, 0, 0, 0, 10), (0, 0, 0, 5, 12), (0, 0, 0, 12, 20), (0, 1, 0, 3, 4), (0, 0, 1, 0, 9)])
    assert as_tuples(found) == [(0, 0, 0, 12), (0, 0, 12, 20), (0, 1, 0, 9), (1, 0, 3, 4)]


def test_documents_that_follow_each_other_do_not_join() -> None:
    assert as_tuples(merged([(0, 0, 0, 20, 30), (2, 0, 0, 0, 5)])) == [(0, 0, 20, 30), (0, 0, 30, 35)]


def test_siblings_merge_when_their_parent_stands_for_them() -> None:
    segments = spans.join(spans.Codings.from_rows([(0, 0, 0, 0, 10), (0, 0, 1, 5, 15)]), LENGTHS)
    assert as_tuples(spans.merge(spans.replace(segments, [2, 2, 2]))) == [(0, 2, 0, 15)]


@pytest.mark.parametrize(
    "row", [(3, 0, 0, 0, 1), (-1, 0, 0, 0, 1), (0, 0, 0, 5, 5), (0, 0, 0, -1, 5), (0, 0, 0, 0, 31)]
)
def test_a_coding_outside_is_refused(row: Row) -> None:
    with pytest.raises(ValueError, match="coding"):
        merged([row])


def test_arrays_of_unequal_length_are_refused() -> None:
    with pytest.raises(ValueError, match="equal lengths"):
        spans.Codings.of([0], [0, 1], [0], [0], [1])


@settings(deadline=None)
@given(rows())
def test_merging_keeps_the_characters_and_leaves_no_overlap(given_rows: list[Row]) -> None:
    found = merged(given_rows)
    present = np.zeros((2, CODES, WIDTH), dtype=bool)
    for coder, code, start, end in as_tuples(found):
        assert not present[coder, code, start:end].any()
        present[coder, code, start:end] = True
    assert (present == painted(given_rows)).all()
    assert as_tuples(spans.merge(found)) == as_tuples(found)


@settings(deadline=None)
@given(rows())
def test_character_tables_equal_counting_characters(given_rows: list[Row]) -> None:
    a, b = painted(given_rows)
    expected = [
        Table(int((x & y).sum()), int((x & ~y).sum()), int((~x & y).sum()), int((~x & ~y).sum()))
        for x, y in zip(a, b, strict=True)
    ]
    assert spans.character_tables(merged(given_rows), WIDTH, CODES) == expected
    stretches, bounds = units.character_stretches(merged(given_rows), EDGES, 2, CODES)
    assert units.code_tables(stretches) == expected
    assert int(stretches.weights.sum()) == WIDTH == bounds[-1]


@settings(deadline=None)
@given(rows())
def test_sets_over_stretches_equal_sets_over_characters(given_rows: list[Row]) -> None:
    stretches, _ = units.character_stretches(merged(given_rows), EDGES, 2, CODES)
    present = painted(given_rows)
    given_sets = [[np.nonzero(column)[0].tolist() for column in coder.T] for coder in present]
    single = units.from_sets(CODES, given_sets)
    expected, found = sets.statistics(single), sets.statistics(stretches)
    for name, statistic in expected.items():
        assert found[name].reason == statistic.reason
        assert found[name].value == pytest.approx(statistic.value, abs=1e-10)


INTERVALS = [[(0, 7), (7, 8), (10, 20), (21, 30)], [], [(0, 5), (5, 25)]]


@settings(deadline=None)
@given(rows(), st.integers(1, 6))
def test_fixed_units_by_counting_covered_characters(given_rows: list[Row], least: int) -> None:
    starts, ends, document = units.on_continuum([np.array(part) for part in INTERVALS], EDGES)
    found = units.fixed_units(merged(given_rows), starts, ends, 2, CODES, least)
    present = painted(given_rows)
    expected = [
        [
            np.nonzero(coder[:, start:end].sum(axis=1) >= least)[0].tolist()
            for start, end in zip(starts, ends, strict=True)
        ]
        for coder in present
    ]
    again = units.from_sets(CODES, expected)
    for coder in (0, 1):
        assert found.units[coder].tolist() == again.units[coder].tolist()
        assert found.codes[coder].tolist() == again.codes[coder].tolist()
    assert document.tolist() == [0, 0, 0, 0, 2, 2]


def test_pieces_of_a_code_in_one_unit_add_up() -> None:
    pieces = [(0, 0, 0, 0, 2), (0, 0, 0, 4, 6), (0, 0, 0, 5, 7)]
    found = units.fixed_units(merged(pieces), np.array([0]), np.array([10]), 1, CODES, 5)
    assert found.units[0].tolist() == [0]
    assert not len(units.fixed_units(merged(pieces), np.array([0]), np.array([10]), 1, CODES, 6).units[0])


@pytest.mark.parametrize("given_units", [[(0, 5), (4, 8)], [(5, 9), (0, 2)], [(3, 3)]])
def test_units_that_overlap_or_are_empty_are_refused(given_units: list[tuple[int, int]]) -> None:
    table = np.array(given_units)
    with pytest.raises(ValueError, match="in order"):
        units.fixed_units(merged([]), table[:, 0], table[:, 1], 2, CODES)


def test_a_unit_beyond_its_document_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond"):
        units.on_continuum([[(0, 31)], [], []], EDGES)


def test_trimming_keeps_a_line_break_from_leaking() -> None:
    text = "One turn.\n \n  Another. \u3000\n"
    assert units.trim_units(text, [(0, 10), (10, 12), (12, len(text))]) == [(0, 9), (14, 22)]
    assert units.trim(text, 10, 12) == (10, 10)
    assert [text[start:end] for start, end in units.tokens(text)] == ["One", "turn.", "Another."]


@settings(deadline=None)
@given(rows(), st.sampled_from([0.3, 0.5, 0.9]))
def test_matching_takes_the_best_pairs_first(given_rows: list[Row], threshold: float) -> None:
    segments = merged(given_rows)
    found = matching.match(segments, WIDTH, CODES, threshold)
    numerator = {0.3: 3, 0.5: 5, 0.9: 9}[threshold]
    for code in range(CODES):
        a = [(s, e) for c, k, s, e in as_tuples(segments) if (c, k) == (0, code)]
        b = [(s, e) for c, k, s, e in as_tuples(segments) if (c, k) == (1, code)]
        pairs = []
        for x in a:
            for y in b:
                shared = min(x[1], y[1]) - max(x[0], y[0])
                union = max(x[1], y[1]) - min(x[0], y[0])
                if shared > 0 and 10 * shared >= numerator * union:
                    pairs.append((-shared / union, x, y))
        taken: set[tuple[str, tuple[int, int]]] = set()
        matched = 0
        for _, x, y in sorted(pairs):
            if ("a", x) not in taken and ("b", y) not in taken:
                taken |= {("a", x), ("b", y)}
                matched += 1
        assert found[code] == matching.Matched(matched, len(a) - matched, len(b) - matched)


def test_matching_at_exactly_the_threshold_counts() -> None:
    segments = merged([(0, 0, 0, 0, 10), (0, 1, 0, 0, 9)])
    assert matching.match(segments, WIDTH, CODES, 0.9)[0].matched == 1
    segments = merged([(0, 0, 0, 0, 11), (0, 1, 0, 0, 9)])
    assert matching.match(segments, WIDTH, CODES, 0.9)[0].matched == 0


def test_the_best_pair_is_taken_first_even_where_another_choice_matched_more() -> None:
    """A 0-10 and 10-14, B 0-4 and 4-14: 6/14 goes before the two pairs at 4/10."""
    segments = merged([(0, 0, 0, 0, 10), (0, 0, 0, 10, 14), (0, 1, 0, 0, 4), (0, 1, 0, 4, 14)])
    assert matching.match(segments, WIDTH, CODES, 0.3)[0] == matching.Matched(1, 1, 1)


def test_matching_by_hand() -> None:
    total = [matching.Matched(3, 1, 2), matching.Matched(0, 0, 0)]
    found = matching.overall(total)
    assert found["holsti"].value == pytest.approx(6 / 9)
    assert found["jaccard"].value == 0.5
    assert found["brennan_prediger"].value == pytest.approx((6 / 9 - 0.5) / 0.5)
    assert matching.of_code(total[1])["holsti"].reason == "no units"
    assert matching.overall(total[:1])["brennan_prediger"].reason == "one category"
    assert matching.overall(total[1:])["brennan_prediger"].reason == "no units"


def plain_alpha(segments: list[list[tuple[int, int, int]]], values: int) -> float | None:
    """u_alpha after Krippendorff et al. (2016): segments (start, end, value) of each coder, gaps value 0.

    Observed coincidences from the intersections of segments, expected ones from all pairs of units
    but those of a segment with itself.
    """
    m = len(segments)
    lines = np.zeros((m, WIDTH), dtype=int)
    for c, own in enumerate(segments):
        for start, end, value in own:
            lines[c, start:end] = value
    observed = np.zeros((values + 1, values + 1))
    for i in range(m):
        for j in range(m):
            if i != j:
                np.add.at(observed, (lines[i], lines[j]), 1 / (m - 1))
    totals = observed.sum(axis=1)
    whole = totals.sum()
    squares = sum((e - s) ** 2 for own in segments for s, e, _ in own) + float((lines == 0).sum())
    if whole**2 == (totals**2).sum():
        return None
    expected = (whole**2 - (totals**2).sum()) * whole / (whole**2 - squares)
    return float(1 - (whole - np.trace(observed)) / expected)


@settings(deadline=None)
@given(rows(3))
def test_u_alpha_of_a_code_is_its_definition(given_rows: list[Row]) -> None:
    found = unitizing.u_alpha_by_code(merged(given_rows), 3, CODES, WIDTH)
    segments = as_tuples(merged(given_rows))
    for code in range(CODES):
        own = [[(s, e, 1) for c, k, s, e in segments if (c, k) == (coder, code)] for coder in range(3)]
        expected = plain_alpha(own, 1)
        assert found[code].value == (None if expected is None else pytest.approx(expected, abs=1e-9))


@settings(deadline=None)
@given(rows(3))
def test_u_alpha_over_codes_exists_where_they_do_not_overlap(given_rows: list[Row]) -> None:
    segments = as_tuples(merged(given_rows))
    overlap = bool((painted(given_rows, 3).sum(axis=1) > 1).any())
    assert spans.codes_overlap(merged(given_rows)) == overlap
    found = unitizing.overall(merged(given_rows), 3, CODES, WIDTH)
    if overlap:
        assert {statistic.reason for statistic in found.values()} == {"codes overlap"}
        return
    by_code = [[(s, e, k + 1) for c, k, s, e in segments if c == coder] for coder in range(3)]
    either = [[(s, e, 1) for s, e, _ in own] for own in by_code]
    for name, own, values in (("u_alpha_nominal", by_code, CODES), ("u_alpha_binary", either, 1)):
        expected = plain_alpha(own, values)
        assert found[name].value == (None if expected is None else pytest.approx(expected, abs=1e-9))


def test_unitizing_of_nothing_and_of_everything() -> None:
    nobody = unitizing.overall(merged([]), 2, CODES, WIDTH)
    assert nobody["u_alpha_nominal"].reason == "no variation"
    assert nobody["cu_alpha"].reason == "no units"
    everybody = merged([(0, c, 0, 0, 30) for c in (0, 1)] + [(2, c, 0, 0, 25) for c in (0, 1)])
    assert unitizing.u_alpha_by_code(everybody, 2, 1, WIDTH)[0].reason == "no variation"
    empty = spans.merge(spans.join(spans.Codings.from_rows([]), []))
    assert unitizing.u_alpha_nominal(empty, 2, CODES, 0).reason == "no units"
    with pytest.raises(ValueError, match="two coders"):
        unitizing.u_alpha_by_code(everybody, 1, 1, WIDTH)


def test_cu_alpha_by_hand() -> None:
    """A: x 0-10, y 10-20; B: x 0-10, x 10-20. l*_xx = 20, l*_x = 30, l*_y = 10, T* = 40, S* = 400."""
    segments = merged([(0, 0, 0, 0, 10), (0, 0, 1, 10, 20), (0, 1, 0, 0, 10), (0, 1, 0, 10, 20)])
    expected = 1 - (40 - 20) * (1600 - 400) / (40 * (1600 - 900 - 100))
    assert unitizing.cu_alpha(segments, 2, 2, WIDTH).value == pytest.approx(expected)
