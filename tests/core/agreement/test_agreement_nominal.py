"""Nominal coefficients against printed values, and their properties."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.core.agreement import bootstrap, errors, nominal
from coder_app.core.agreement.student import incomplete_beta, t_quantile

COHEN_1960 = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


@pytest.mark.parametrize(
    ("degrees", "printed"),
    [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (29, 2.045), (60, 2.000), (120, 1.980), (1000, 1.962)],
)
def test_t_quantile_is_the_printed_one(degrees: int, printed: float) -> None:
    assert t_quantile(0.975, degrees) == pytest.approx(printed, abs=5.1e-4)


def test_t_quantile_in_closed_form() -> None:
    assert t_quantile(0.975, 1) == pytest.approx(np.tan(np.pi * 0.475), rel=1e-12)
    assert t_quantile(0.975, 2) == pytest.approx(0.95 * np.sqrt(2 / (1 - 0.95**2)), rel=1e-12)
    assert t_quantile(0.025, 7) == -t_quantile(0.975, 7)
    assert t_quantile(0.5, 3) == 0


def test_both_ways_to_the_quantile_meet() -> None:
    assert t_quantile(0.975, 1000) == pytest.approx(1.9623390808264083, abs=1e-12)
    assert t_quantile(0.975, 1001) == pytest.approx(1.9623367, abs=1e-6)
    assert t_quantile(0.975, 1000) > t_quantile(0.975, 1001) > t_quantile(0.975, 10**7) > 1.959963
    assert incomplete_beta(2, 3, 0.4) == pytest.approx(0.5248, abs=1e-12)  # binomial sum


@pytest.mark.parametrize(("probability", "degrees"), [(0.0, 5), (1.0, 5), (0.975, 0)])
def test_a_quantile_that_does_not_exist(probability: float, degrees: int) -> None:
    with pytest.raises(ValueError, match="quantile"):
        t_quantile(probability, degrees)


def test_cohen_1960() -> None:
    table = nominal.cross_table(nominal.from_table(COHEN_1960))
    kappa = nominal.cohen_kappa(table).value
    assert kappa == pytest.approx(0.492, abs=5e-4)
    assert kappa == pytest.approx((0.70 - 0.41) / (1 - 0.41))


def test_fleiss_cohen_everitt_standard_error_by_its_own_sum() -> None:
    """The formula written out cell by cell."""
    p = np.array(COHEN_1960) / 200
    row, column = p.sum(1), p.sum(0)
    p_e = row @ column
    k = (np.trace(p) - p_e) / (1 - p_e)
    inside = sum(p[i, i] * (1 - (row[i] + column[i]) * (1 - k)) ** 2 for i in range(3))
    outside = sum(p[i, j] * (column[i] + row[j]) ** 2 for i in range(3) for j in range(3) if i != j)
    variance = (inside + (1 - k) ** 2 * outside - (k - p_e * (1 - k)) ** 2) / (200 * (1 - p_e) ** 2)
    assert errors.cohen_kappa_se(np.array(COHEN_1960)).value == pytest.approx(np.sqrt(variance), rel=1e-12)


def test_percent_and_holsti_by_hand() -> None:
    ratings = nominal.from_lists("ab", ["aabb", "abbb"])
    assert nominal.percent_agreement(ratings).value == 0.75
    assert nominal.unanimous_agreement(ratings).value == 0.75
    assert nominal.holsti(40, 50, 46).value == pytest.approx(80 / 96)
    assert nominal.holsti(0, 0, 0).reason == "no units"


def test_three_coders_by_hand() -> None:
    """Units aab, aaa, bb-: agreeing pairs 1/3, 1, 1; pi_a = (2/3 + 1 + 0)/3 = 5/9."""
    ratings = nominal.from_lists("ab", ["aab", "aab", ["b", "a", None]])
    assert nominal.percent_agreement(ratings).value == pytest.approx(7 / 9)
    assert nominal.unanimous_agreement(ratings).value == pytest.approx(2 / 3)
    p_e = (25 + 16) / 81
    assert nominal.fleiss_kappa(ratings).value == pytest.approx((7 / 9 - p_e) / (1 - p_e))
    assert nominal.brennan_prediger(ratings).value == pytest.approx(5 / 9)
    p_e = 2 * 5 / 9 * 4 / 9
    assert nominal.gwet_ac1(ratings).value == pytest.approx((7 / 9 - p_e) / (1 - p_e))
    # alpha: n_a = 5, n_b = 3, N = 8; D_o = 8 - (2/2 + 6/2 + 2/1) = 2; D_e = (64 - 34) / 7
    assert nominal.alpha_nominal(ratings).value == pytest.approx(1 - 2 * 7 / 30)
    # pairs AB: units b? a,a,b with a,a,b: kappa 1; AC and BC on aa / ba: kappa 0
    assert nominal.light_kappa(ratings).value == pytest.approx(1 / 3)


def test_no_unit_rated_twice() -> None:
    ratings = nominal.from_lists("ab", [["a", None], [None, "b"]])
    found = errors.statistics(ratings)
    assert found.pop("n_units").value == 2
    assert {statistic.reason for statistic in found.values()} == {"no units"}


def test_no_unit_at_all() -> None:
    found = errors.statistics(nominal.from_lists("ab", [[], []]))
    assert found.pop("n_units").value == 0
    assert {statistic.reason for statistic in found.values()} == {"no units"}


def test_an_undefined_light_kappa_says_why() -> None:
    same, nobody = nominal.from_lists("ab", ["a", "a", [None]]), nominal.from_lists("ab", [["a"], [None]])
    assert nominal.light_kappa(same).reason == "no variation"
    assert nominal.light_kappa(nobody).reason == "no units"
    assert nominal.light_kappa(nominal.from_lists("a", ["a", "a"])).reason == "one category"


def test_one_unit_has_no_standard_error() -> None:
    found = errors.statistics(nominal.from_lists("abc", ["a", "b"]))
    assert found["percent_agreement"].value == 0
    assert found["percent_agreement_se"].reason == "too few units"
    assert found["gwet_ac1_ci_low"].reason == "too few units"


def test_counts_without_coders_give_no_pair_statistic() -> None:
    ratings = nominal.from_counts([[2, 0], [1, 1]])
    assert "light_kappa" not in errors.statistics(ratings)
    with pytest.raises(ValueError, match="which coder"):
        nominal.cross_table(ratings)


def test_input_that_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="Not a category"):
        nominal.from_lists("ab", ["a", "z"])
    with pytest.raises(ValueError, match="one value"):
        nominal.from_lists("ab", ["a", "ab"])
    with pytest.raises(ValueError, match="square"):
        nominal.from_table([[1, 2]])
    with pytest.raises(ValueError, match="never negative"):
        nominal.from_counts([[-1, 2]])


VALUES = st.sampled_from(["a", "b", "c", None])


@st.composite
def rated(draw: st.DrawFn) -> list[list[str | None]]:
    units, coders = draw(st.integers(1, 12)), draw(st.integers(2, 4))
    row = st.lists(VALUES, min_size=units, max_size=units)
    return draw(st.lists(row, min_size=coders, max_size=coders))


@settings(deadline=None)
@given(rated())
def test_bounds_and_undefined(rows: list[list[str | None]]) -> None:
    found = errors.statistics(nominal.from_lists("abc", rows))
    shared = [[v for v in unit if v is not None] for unit in zip(*rows, strict=True)]
    pairable = [unit for unit in shared if len(unit) >= 2]
    used = {value for unit in shared for value in unit}
    for name in ("percent_agreement", "unanimous_agreement", "gwet_ac1", "brennan_prediger"):
        assert found[name].defined == bool(pairable)
    assert found["fleiss_kappa"].defined == (bool(pairable) and len(used) > 1)
    assert found["alpha_nominal"].defined == (len({v for unit in pairable for v in unit}) > 1)
    for name, statistic in found.items():
        if statistic.value is not None and not name.endswith("_se") and name != "n_units":
            assert statistic.value <= 1.0000001, name
            # with missing values p_a and p_e rest on different units, and p_a - p_e can fall further
            assert statistic.value >= -1.0000001 or any(None in unit for unit in zip(*rows, strict=True)), (
                name
            )
        if name.endswith("_se") and statistic.value is not None:
            assert statistic.value >= 0
    for name in ("percent_agreement", "gwet_ac1"):
        low, high = found[f"{name}_ci_low"].value, found[f"{name}_ci_high"].value
        assert low is None or high is None or -1 <= low <= high <= 1


@settings(deadline=None)
@given(rated(), st.randoms(use_true_random=False))
def test_order_of_units_coders_and_categories_does_not_matter(rows: list[list[str | None]], random) -> None:
    units = list(zip(*rows, strict=True))
    random.shuffle(units)
    turned = [list(row) for row in zip(*units, strict=True)][::-1]
    before = errors.statistics(nominal.from_lists("abc", rows))
    after = errors.statistics(nominal.from_lists("cab", turned))
    for name, statistic in before.items():
        assert after[name].reason == statistic.reason
        assert after[name].value == pytest.approx(statistic.value, abs=1e-9)


@settings(deadline=None)
@given(rated())
def test_percent_agreement_by_counting_pairs(rows: list[list[str | None]]) -> None:
    shares = []
    for unit in zip(*rows, strict=True):
        values = [v for v in unit if v is not None]
        pairs = [(x, y) for i, x in enumerate(values) for j, y in enumerate(values) if i != j]
        if pairs:
            shares.append(sum(x == y for x, y in pairs) / len(pairs))
    value = nominal.percent_agreement(nominal.from_lists("abc", rows)).value
    assert value == (pytest.approx(sum(shares) / len(shares)) if shares else None)


def _share(draws):
    """The share of ones where the first four units of ten are ones."""
    ones = draws[: len(draws) * 4 // 10].sum(axis=0)
    return {"mean": ones / np.maximum(draws.sum(axis=0), 1)}


def test_bootstrap_of_a_mean_is_near_its_normal_interval() -> None:
    found = bootstrap.bootstrap(100, _share, resamples=4000)["mean"]
    half = 1.96 * np.sqrt(0.24 / 100)
    assert found.low == pytest.approx(0.4 - half, abs=0.012)
    assert found.high == pytest.approx(0.4 + half, abs=0.012)
    assert (found.resamples, found.dropped, found.seed) == (4000, 0, bootstrap.SEED)


def test_bootstrap_is_repeatable_and_follows_its_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    one, same, other = (bootstrap.bootstrap(43, _share, resamples=500, seed=s)["mean"] for s in (1, 1, 2))
    assert one == same
    assert (one.low, one.high) != (other.low, other.high) or one.seed != other.seed
    monkeypatch.setattr(bootstrap, "_CELLS_AT_ONCE", 1000)
    assert bootstrap.bootstrap(43, _share, resamples=500, seed=1)["mean"] == one


def test_each_resample_draws_as_many_as_there_are() -> None:
    drawn = np.concatenate(list(bootstrap.draws(7, 50, seed=3)), axis=1)
    assert drawn.shape == (7, 50)
    assert set(drawn.sum(axis=0).tolist()) == {7}


def test_bootstrap_leaves_out_undefined_resamples_and_says_how_many() -> None:
    def statistic(draws):
        return {"share": np.where(draws[0] == 0, np.nan, draws[0])}

    found = bootstrap.bootstrap(10, statistic, resamples=2000)["share"]
    assert 0.25 < found.dropped / found.resamples < 0.45  # (1 - 1/10)^10 = 0.349
    assert found.low == 1


def test_bootstrap_of_few_units_or_of_nothing() -> None:
    few = bootstrap.bootstrap(9, _share)["mean"]
    assert (few.low, few.reason) == (None, "too few units")
    none = bootstrap.bootstrap(12, lambda d: {"x": np.full(d.shape[1], np.nan)}, resamples=50)["x"]
    assert (none.low, none.reason, none.dropped) == (None, "no variation", 50)


def test_bootstrap_can_be_stopped() -> None:
    class Stop(Exception):
        pass

    def progress(done: int, total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        bootstrap.bootstrap(20, _share, progress=progress)
