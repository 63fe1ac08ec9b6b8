"""Several codes on one unit, against definitions written out with Python's sets."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.core.agreement import sets, twobytwo, units

GIVEN = st.one_of(st.none(), st.frozensets(st.integers(0, 3), max_size=4))


@st.composite
def rated(draw: st.DrawFn, coders: int | None = None) -> list[list[frozenset[int] | None]]:
    n = draw(st.integers(1, 10))
    m = coders or draw(st.integers(2, 3))
    row = st.lists(GIVEN, min_size=n, max_size=n)
    return draw(st.lists(row, min_size=m, max_size=m))


def incidence(rows: list[list[frozenset[int] | None]]) -> units.Incidence:
    return units.from_sets(4, [[None if given is None else sorted(given) for given in row] for row in rows])


def jaccard(x: frozenset[int], y: frozenset[int]) -> float:
    return len(x & y) / len(x | y) if x | y else 1.0


def masi(x: frozenset[int], y: frozenset[int]) -> float:
    if x == y:
        return 1.0
    if not x & y:
        return 0.0
    return jaccard(x, y) * (2 / 3 if x <= y or y <= x else 1 / 3)


PLAIN = {"alpha_masi": masi, "alpha_jaccard": jaccard, "alpha_nominal_sets": lambda x, y: float(x == y)}


def alpha(rows: list[list[frozenset[int] | None]], similarity) -> float | None:
    """Krippendorff's alpha as its definition says, unit by unit and pair by pair."""
    columns = [[x for x in unit if x is not None] for unit in zip(*rows, strict=True)]
    columns = [unit for unit in columns if len(unit) >= 2]
    values = [x for unit in columns for x in unit]
    if len(set(values)) < 2:
        return None
    observed = sum(
        (1 - similarity(x, y)) / (len(unit) - 1) for unit in columns for x, y in permutations(unit, 2)
    ) / len(values)
    apart = [1 - similarity(x, y) for x, y in permutations(values, 2)]
    return 1 - observed / (sum(apart) / len(apart))


def test_masi_of_passonneau() -> None:
    """Passonneau (2006): equal 1, subset 2/3, overlap 1/3, disjoint 0, times Jaccard."""
    x = frozenset({0, 1})
    pairs = [(x, x), (x, frozenset({0})), (x, frozenset({0, 2})), (x, frozenset({2})), (x, frozenset())]
    both = incidence([[one for one, _ in pairs], [other for _, other in pairs]])
    pair = sets.pair_units(both)
    found = sets.masi(pair.size_a, pair.size_b, pair.common)
    assert found.tolist() == pytest.approx([1, 2 / 3 * 1 / 2, 1 / 3 * 1 / 3, 0, 0])


@settings(deadline=None)
@given(rated())
def test_alpha_over_sets_is_its_definition(rows: list[list[frozenset[int] | None]]) -> None:
    found = sets.alphas(incidence(rows))
    for name, similarity in PLAIN.items():
        expected = alpha(rows, similarity)
        assert found[name].value == (None if expected is None else pytest.approx(expected, abs=1e-12))


@settings(deadline=None)
@given(rated(coders=2))
def test_the_coefficient_of_agreement_is_its_definition(rows: list[list[frozenset[int] | None]]) -> None:
    pairs = [(x, y) for x, y in zip(*rows, strict=True) if x is not None and y is not None]
    coded = [(x, y) for x, y in pairs if x or y]
    found = sets.statistics(incidence(rows))

    def share(yes: list[bool]) -> float | None:
        return sum(yes) / len(yes) if yes else None

    assert found["agreement_coded"].value == share([x == y for x, y in coded])
    assert found["agreement_all"].value == share([x == y for x, y in pairs])
    assert found["agreement_any_coded"].value == share([bool(x & y) for x, y in coded])
    assert found["marked_agreement"].value == share([bool(x) == bool(y) for x, y in pairs])
    assert found["exact_set_agreement"] == found["agreement_all"]
    expected = sum(jaccard(x, y) for x, y in pairs) / len(pairs) if pairs else None
    assert found["mean_jaccard"].value == (None if expected is None else pytest.approx(expected))
    assert {found[name].reason for name in found if not pairs} <= {"no units"}


@settings(deadline=None)
@given(rated(coders=2), st.randoms(use_true_random=False))
def test_units_and_coders_in_any_order(rows: list[list[frozenset[int] | None]], random) -> None:
    columns = list(zip(*rows, strict=True))
    random.shuffle(columns)
    turned = [list(row) for row in zip(*columns, strict=True)][::-1]
    before, after = sets.statistics(incidence(rows)), sets.statistics(incidence(turned))
    for name, statistic in before.items():
        assert after[name].value == pytest.approx(statistic.value, abs=1e-12)
        assert after[name].reason == statistic.reason


@settings(deadline=None)
@given(rated(coders=2))
def test_tables_count_the_units_both_saw(rows: list[list[frozenset[int] | None]]) -> None:
    pairs = [(x, y) for x, y in zip(*rows, strict=True) if x is not None and y is not None]
    for code, table in enumerate(units.code_tables(incidence(rows))):
        assert table == twobytwo.Table(
            sum(code in x and code in y for x, y in pairs),
            sum(code in x and code not in y for x, y in pairs),
            sum(code not in x and code in y for x, y in pairs),
            sum(code not in x and code not in y for x, y in pairs),
        )


@settings(deadline=None)
@given(rated())
def test_distinct_sets_are_the_sets(rows: list[list[frozenset[int] | None]]) -> None:
    found = sets.distinct_sets(incidence(rows))
    members = [frozenset(np.nonzero(row)[0].tolist()) for row in found.members]
    assert len(set(members)) == len(members)
    for c, row in enumerate(rows):
        for u, own in enumerate(row):
            assert members[found.given[c, u]] == (own or frozenset())


def test_a_set_of_many_codes() -> None:
    wide = [list(range(200)), list(range(100)), []]
    other = [list(range(0, 200, 2)), list(range(100)), [199]]
    both = units.from_sets(200, [wide, other])
    pair = sets.pair_units(both)
    assert pair.common.tolist() == [100, 100, 0]
    rows = [[frozenset(given) for given in row] for row in (wide, other)]
    assert sets.alphas(both)["alpha_masi"].value == pytest.approx(alpha(rows, masi))


def test_no_unit_and_no_variation() -> None:
    nothing = units.from_sets(2, [[], []])
    assert {s.reason for s in sets.statistics(nothing).values()} == {"no units"}
    same = sets.statistics(units.from_sets(2, [[[0], [0]], [[0], [0]]]))
    assert same["alpha_masi"].reason == "no variation"
    assert same["agreement_coded"].value == 1
    empty = sets.statistics(units.from_sets(2, [[[], []], [[], []]]))
    assert (empty["agreement_coded"].reason, empty["agreement_all"].value) == ("no units", 1)


def test_coders_need_the_same_units() -> None:
    with pytest.raises(ValueError, match="each unit"):
        units.from_sets(2, [[[0]], []])


def test_summed_percent_of_the_specification_is_no_headline() -> None:
    """1,000 turns, 40 codes, 300 codings each, 150 shared: 99.3 % where a third of the decisions agree."""
    a = [[u % 40] if u < 300 else [] for u in range(1000)]
    b = [[u % 40] if 150 <= u < 450 else [] for u in range(1000)]
    both = units.from_sets(40, [a, b])
    found = {**sets.statistics(both), **twobytwo.across_codes(units.code_tables(both))}
    assert found["summed_percent"].value == pytest.approx(0.9925)
    assert found["agreement_coded"].value == pytest.approx(150 / 450)
