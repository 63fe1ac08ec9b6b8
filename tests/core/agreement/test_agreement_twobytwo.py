"""2 x 2 tables, several coders on one code, third coder and content validity."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.core.agreement import contentvalidity as cvi
from coder_app.core.agreement import errors, multirater, nominal, twobytwo
from coder_app.core.agreement.result import Reason, Statistic, mean_of_defined, ratio
from coder_app.core.agreement.thirdcoder import third_coder
from coder_app.core.agreement.twobytwo import Table

COUNTS = st.integers(0, 30)
TABLES = st.builds(Table, COUNTS, COUNTS, COUNTS, COUNTS)


def test_a_statistic_has_a_value_or_a_reason() -> None:
    with pytest.raises(ValueError, match="either"):
        Statistic(None)
    with pytest.raises(ValueError, match="either"):
        Statistic(1.0, "no units")
    assert (str(Statistic(0.5)), str(ratio(1, 0))) == ("0.500", "– (no units)")
    assert mean_of_defined([ratio(1, 2), ratio(0, 0)]).value == 0.5
    assert mean_of_defined([]).reason == "no units"


def test_byrt_and_cicchetti_by_hand() -> None:
    found = twobytwo.statistics(Table(40, 9, 6, 45))
    assert found["pabak"].value == pytest.approx(0.70)
    assert found["prevalence_index"].value == pytest.approx(-0.05)
    assert found["bias_index"].value == pytest.approx(0.03)
    assert found["positive_agreement"].value == pytest.approx(80 / 95)
    assert found["negative_agreement"].value == pytest.approx(90 / 105)
    assert found["cohen_kappa"].value == pytest.approx(0.70, abs=5e-4)  # Feinstein & Cicchetti (1990)


def test_high_agreement_low_kappa_of_feinstein_and_cicchetti() -> None:
    """Their paradox: 85 % agreement, kappa .32 in one table and .70 in the other."""
    assert twobytwo.cohen_kappa(Table(80, 10, 5, 5)).value == pytest.approx(0.32, abs=5e-3)
    assert twobytwo.percent_agreement(Table(80, 10, 5, 5)).value == 0.85


def test_kappa_tends_to_positive_agreement() -> None:
    """Hripcsak & Rothschild (2005)."""
    found = twobytwo.statistics(Table(30, 10, 20, 10**9))
    assert found["cohen_kappa"].value == pytest.approx(found["positive_agreement"].value, abs=1e-6)


@pytest.mark.parametrize(
    ("table", "undefined"),
    [
        (Table(0, 0, 0, 50), {"cohen_kappa", "scott_pi", "alpha_nominal", "positive_agreement"}),
        (Table(50, 0, 0, 0), {"cohen_kappa", "scott_pi", "alpha_nominal", "negative_agreement"}),
        (Table(0, 7, 0, 43), set()),
        (Table(0, 1, 0, 0), set()),
    ],
)
def test_undefined_exactly_where_the_specification_says(table: Table, undefined: set[str]) -> None:
    found = twobytwo.statistics(table)
    assert {name for name, statistic in found.items() if not statistic.defined} == undefined
    assert {found[name].reason for name in undefined} <= {Reason.NO_VARIATION.value}


def test_no_unit() -> None:
    assert {s.reason for s in twobytwo.statistics(Table(0, 0, 0, 0)).values()} == {"no units"}
    found = twobytwo.across_codes([Table(0, 0, 0, 0)])
    assert found.pop("codes_undefined").value == 1
    assert {s.reason for s in found.values()} == {"no units"}
    assert twobytwo.across_codes([])["pooled_kappa"].reason == "no units"


def test_counts_are_never_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        Table(1, -1, 0, 0)


@settings(deadline=None)
@given(TABLES)
def test_the_table_agrees_with_the_nominal_coefficients(table: Table) -> None:
    own = twobytwo.statistics(table)
    ratings = nominal.from_table([[table.both, table.only_a], [table.only_b, table.neither]])
    general = errors.statistics(ratings)
    for name in ("percent_agreement", "cohen_kappa", "scott_pi", "gwet_ac1", "alpha_nominal"):
        assert own[name].reason == general[name].reason
        assert own[name].value == pytest.approx(general[name].value, abs=1e-12)
    assert own["scott_pi"].value == pytest.approx(general["fleiss_kappa"].value, abs=1e-12)
    assert own["pabak"].value == pytest.approx(general["brennan_prediger"].value, abs=1e-12)


@settings(deadline=None)
@given(TABLES)
def test_coders_can_change_places_and_bounds_hold(table: Table) -> None:
    found = twobytwo.statistics(table)
    turned = twobytwo.statistics(Table(table.both, table.only_b, table.only_a, table.neither))
    for name, statistic in found.items():
        if name != "bias_index":
            assert turned[name] == statistic
        if statistic.value is not None:
            assert -1 <= statistic.value <= 1


@settings(deadline=None)
@given(TABLES)
def test_presence_and_absence_are_alike_to_kappa(table: Table) -> None:
    turned = Table(table.neither, table.only_b, table.only_a, table.both)
    for coefficient in (twobytwo.cohen_kappa, twobytwo.scott_pi, twobytwo.alpha_nominal, twobytwo.gwet_ac1):
        assert coefficient(turned) == coefficient(table)
    assert twobytwo.positive_agreement(turned) == twobytwo.negative_agreement(table)


def test_pooled_kappa_by_hand() -> None:
    """De Vries et al. (2008): p_o .7 and .9, p_e .5 and .78; (.8 - .64) / (1 - .64)."""
    tables = [Table(20, 5, 10, 15), Table(4, 1, 4, 41)]
    p_e = (5 * 8 + 45 * 42) / 2500
    expected = (0.8 - (0.5 + p_e) / 2) / (1 - (0.5 + p_e) / 2)
    assert twobytwo.pooled_kappa(tables).value == pytest.approx(expected)


@settings(deadline=None)
@given(st.lists(TABLES, min_size=1, max_size=6))
def test_a_code_nobody_used_changes_neither_pooled_nor_mean_kappa(tables: list[Table]) -> None:
    more = [*tables, Table(0, 0, 0, 40)]
    before, after = twobytwo.across_codes(tables), twobytwo.across_codes(more)
    assert after["codes_undefined"].value == before["codes_undefined"].value + 1
    for name in ("pooled_kappa", "mean_kappa"):
        assert after[name].value == before[name].value


@settings(deadline=None)
@given(TABLES)
def test_several_coders_on_a_code_with_two_coders_is_the_table(table: Table) -> None:
    found = multirater.statistics((table.neither, table.differing, table.both))
    own = twobytwo.statistics(table)
    names = {"fleiss_kappa": "scott_pi", "brennan_prediger": "pabak", "gwet_ac1": "gwet_ac1"}
    for name, other in {**names, "alpha_nominal": "alpha_nominal"}.items():
        assert found[name].reason == own[other].reason
        assert found[name].value == pytest.approx(own[other].value, abs=1e-12)


@settings(deadline=None)
@given(st.integers(2, 4), st.data())
def test_several_coders_on_a_code_are_the_nominal_coefficients(coders: int, data: st.DataObject) -> None:
    given_by = data.draw(st.lists(st.integers(0, 5), min_size=coders + 1, max_size=coders + 1))
    counts = [[j, coders - j] for j, times in enumerate(given_by) for _ in range(times)]
    found = multirater.statistics(given_by)
    if not counts:
        assert {s.reason for s in found.values()} == {"no units"}
        return
    general = errors.statistics(nominal.from_counts(counts))
    for name, statistic in found.items():
        assert statistic.reason == general[name].reason
        assert statistic.value == pytest.approx(general[name].value, abs=1e-12)


def test_one_coder_is_not_enough() -> None:
    with pytest.raises(ValueError, match="two coders"):
        multirater.statistics((3, 4))


def test_third_coder_by_hand() -> None:
    found = third_coder(["a", "b", "c", None], ["a", "b", "d", "a"], ["a", None, "c", "a"])
    values = {name: statistic.value for name, statistic in found.items()}
    assert values == {
        "ab_units": 3,
        "ab_agreed": 2,
        "ab_percent": pytest.approx(2 / 3),
        "c_confirmed": 1,
        "c_percent": 0.5,
    }
    nothing = third_coder([None], ["a"], ["a"])
    assert (nothing["ab_percent"].reason, nothing["c_percent"].reason) == ("no units", "no units")


def test_third_coder_takes_sets() -> None:
    x = frozenset({"p", "q"})
    assert third_coder([x], [frozenset({"q", "p"})], [x])["c_percent"].value == 1
    with pytest.raises(ValueError, match="zip"):
        third_coder([x], [x], [])


@pytest.mark.parametrize(
    ("n", "content", "index", "chance", "k_star"),
    [  # Polit, Beck & Owen (2007), their table of k*
        (3, 3, 1.00, 0.125, 1.00),
        (3, 2, 0.67, 0.375, 0.47),
        (4, 3, 0.75, 0.250, 0.67),
        (5, 4, 0.80, 0.156, 0.76),
        (6, 5, 0.83, 0.094, 0.81),
        (8, 6, 0.75, 0.109, 0.72),
        (9, 7, 0.78, 0.070, 0.76),
    ],
)
def test_polit_beck_owen(n: int, content: int, index: float, chance: float, k_star: float) -> None:
    ratings = [4] * content + [1] * (n - content)
    assert cvi.i_cvi(ratings).value == pytest.approx(index, abs=5.1e-3)
    assert cvi.chance_agreement(ratings).value == pytest.approx(chance, abs=5.1e-4)
    assert cvi.k_star(ratings).value == pytest.approx(k_star, abs=1.1e-2)  # printed from rounded I-CVI


def test_content_validity_with_missing_answers() -> None:
    items = [[4, None, 3], [1, 2, 4], [None, None, None]]
    assert cvi.raters(items[0]) == 2
    assert cvi.mean_rating_share(items[1]).value == pytest.approx(7 / 12)
    assert {s.reason for s in cvi.item_statistics(items[2]).values()} == {"no units"}
    found = cvi.scale_statistics(items)
    assert found["s_cvi_ave"].value == pytest.approx((1 + 1 / 3) / 2)
    assert found["s_cvi_ua"].value == 0.5
    assert {s.reason for s in cvi.scale_statistics([[None]]).values()} == {"no units"}


def test_a_rating_beyond_the_scale() -> None:
    with pytest.raises(ValueError, match="1 to 4"):
        cvi.i_cvi([0])


@pytest.mark.parametrize(
    ("value", "label"), [(0.75, "excellent"), (0.74, "good"), (0.60, "good"), (0.59, "fair"), (0.39, "poor")]
)
def test_labels_of_k_star(value: float, label: str) -> None:
    assert cvi.k_star_label(value) == label


def test_k_star_is_the_formula_in_floats() -> None:
    for n, content in product(range(1, 9), range(9)):
        if content <= n:
            ratings = [3] * content + [2] * (n - content)
            index, chance = cvi.i_cvi(ratings).value, cvi.chance_agreement(ratings).value
            assert index is not None
            assert chance is not None
            assert cvi.k_star(ratings).value == pytest.approx((index - chance) / (1 - chance))
