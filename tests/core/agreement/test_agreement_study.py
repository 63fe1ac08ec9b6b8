"""What the page and the command line call."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.core.agreement import bootstrap, codeintervals
from coder_app.core.agreement.codelist import CodeList
from coder_app.core.agreement.comparison import UnitSets
from coder_app.core.agreement.result import Interval, Reason
from coder_app.core.agreement.study import Codings, DocumentUnits, UnitKind, compare
from coder_app.core.agreement.twobytwo import Table
from coder_app.core.model import Level

# theme T > category C > subcategory S > codes p, q; code r directly under T; code free stands alone
CODES = CodeList.from_parents(
    ["T", "C", "S", "p", "q", "r", "free"],
    [Level.THEME, Level.CATEGORY, Level.SUBCATEGORY, Level.CODE, Level.CODE, Level.CODE, Level.CODE],
    [None, 0, 1, 2, 2, 0, None],
)
P, Q, R, FREE = 3, 4, 5, 6
DOCUMENTS = [
    DocumentUnits("d1", 40, [(0, 10), (10, 20), (20, 30), (30, 40)]),
    DocumentUnits("d2", 10, [(0, 10)]),
]
ROWS = [
    (0, 0, P, 2, 5),
    (0, 1, Q, 2, 5),
    (0, 0, P, 12, 15),
    (0, 1, P, 13, 18),
    (0, 0, R, 21, 25),
    (1, 0, FREE, 0, 4),
    (1, 1, FREE, 3, 9),
    (1, 1, P, 3, 4),
]


def turns(**options):
    return compare(Codings.from_rows(ROWS), ("Ada", "Ben"), DOCUMENTS, CODES, **options)


def test_the_tree_at_each_level() -> None:
    assert [CODES.keys[k] for k in CODES.ancestors[Level.SUBCATEGORY]] == [
        "T",
        "C",
        "S",
        "S",
        "S",
        "r",
        "free",
    ]
    assert [CODES.keys[k] for k in CODES.ancestors[Level.THEME]] == ["T", "T", "T", "T", "T", "T", "free"]
    unused = np.array([], dtype=np.int64)
    assert [CODES.keys[k] for k in CODES.listed(Level.CODE, unused)] == ["p", "q", "r", "free"]
    assert [CODES.keys[k] for k in CODES.listed(Level.THEME, unused)] == ["T", "free"]
    assert [CODES.keys[k] for k in CODES.listed(Level.CODE, np.array([1]))] == ["C", "p", "q", "r", "free"]


@pytest.mark.parametrize(
    ("keys", "parents", "message"),
    [
        (["a", "a"], [None, None], "same key"),
        (["a", "b"], [1, 0], "circle"),
        (["a"], [None, None], "needs a level"),
    ],
)
def test_a_codebook_that_cannot_be(keys: list[str], parents: list[int | None], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        CodeList.from_parents(keys, [Level.CODE] * len(keys), parents)


def test_rows_of_the_coefficient_of_agreement() -> None:
    """Turns: {p}/{q}, {p}/{p}, {r}/{}, {}/{}, {free}/{free, p}."""
    found = turns()
    assert found.n_units == 5
    rows = {row.key: row for row in found.rows}
    assert list(rows) == ["marked", "code", "subcategory", "category", "theme"]
    counts = {key: (row.agreed_coded, row.n_coded, row.agreed_all, row.n_all) for key, row in rows.items()}
    assert counts["marked"] == (3, 4, 4, 5)
    assert counts["code"] == (1, 4, 2, 5)
    assert counts["subcategory"] == counts["category"] == counts["theme"] == (2, 4, 3, 5)
    assert rows["code"].coded.value == 0.25
    assert rows["code"].all.value == pytest.approx(0.4)
    assert (rows["code"].agreed_any, rows["code"].any_coded.value) == (2, 0.5)
    assert rows["marked"].coded.value == 0.75
    assert found.overall["agreement_coded"].value == 0.25
    assert found.overall["marked_agreement"].value == 0.8


def test_tables_and_statistics_of_the_codes() -> None:
    found = turns()
    tables = {key: code.table for key, code in found.codes.items()}
    assert tables == {
        "p": Table(1, 1, 1, 2),
        "q": Table(0, 0, 1, 4),
        "r": Table(0, 1, 0, 4),
        "free": Table(1, 0, 0, 4),
    }
    assert found.codes["free"].statistics["cohen_kappa"].value == 1
    assert found.codes["q"].statistics["cohen_kappa"].value == 0
    assert found.codes["p"].n == 5
    assert (found.codes_used, found.codes_used_by_any, found.codes_shared) == ((3, 3), 4, 2)


def test_at_a_higher_level_codes_are_replaced() -> None:
    found = turns(level=Level.THEME)
    assert list(found.codes) == ["T", "free"]
    assert found.codes["T"].table == Table(2, 1, 1, 1)
    assert found.overall["agreement_coded"].value == 0.5
    assert found.differences()[0].sets == (frozenset({"T"}), frozenset())


def test_units_on_which_the_coders_differ() -> None:
    found = turns()
    assert found.differences() == [
        UnitSets("d1", 0, 0, 10, (frozenset({"p"}), frozenset({"q"}))),
        UnitSets("d1", 2, 20, 30, (frozenset({"r"}), frozenset())),
        UnitSets("d2", 0, 0, 10, (frozenset({"free"}), frozenset({"free", "p"}))),
    ]
    assert [unit.unit for unit in found.coded_units()] == [0, 1, 2, 0]
    assert len(found.differences(Level.CATEGORY)) == 2
    with pytest.raises(KeyError):
        found.differences(Level.CORE_THEME)


def test_characters() -> None:
    found = turns(unit=UnitKind.CHARACTER)
    assert found.n_units == 50
    assert found.codes["p"].table == Table(2, 4, 4, 40)
    assert found.rows[1].n_coded == 3 + 6 + 4 + 9
    differing = found.differences()
    assert [(u.document, u.start, u.end) for u in differing] == [
        ("d1", 2, 5),
        ("d1", 12, 13),
        ("d1", 15, 18),
        ("d1", 21, 25),
        ("d2", 0, 3),
        ("d2", 3, 4),
        ("d2", 4, 9),
    ]
    assert sum(u.end - u.start for u in differing) == 22 - found.rows[1].agreed_coded


def test_abutting_spans_are_one_passage_among_characters() -> None:
    codings = Codings.from_rows([(0, 0, P, 0, 5), (0, 0, P, 5, 9)])
    (only,) = compare(codings, ("A", "B"), DOCUMENTS, CODES, unit="character").differences()
    assert (only.start, only.end) == (0, 9)


def test_least_characters_in_a_unit() -> None:
    assert turns(unit_min_chars=4).codes["p"].table == Table(0, 0, 1, 4)


def test_undefined_with_reason_and_name() -> None:
    found = compare(Codings.from_rows([]), ("A", "B"), DOCUMENTS, CODES).undefined({"p": "Stigma"})
    assert found["overall.agreement_coded"] == "no units"
    assert found["overall.pooled_kappa"] == "no variation"
    assert found["overall.alpha_masi"] == "no variation"
    assert found["codes.Stigma.cohen_kappa"] == "no variation"
    assert "codes.Stigma.percent_agreement" not in found


@pytest.mark.parametrize("unit", list(UnitKind))
def test_without_a_document(unit: UnitKind) -> None:
    found = compare(Codings.from_rows([]), ("A", "B"), [], CODES, unit=unit, resamples=20)
    assert found.n_units == 0
    counts = {"codes_undefined", "matched", "n_a", "n_b"}
    assert {s.reason for name, s in found.overall.items() if name not in counts} == {"no units"}
    assert found.coded_units() == []
    assert {interval.reason for interval in found.intervals.values()} <= {"too few units", "no units"}


def test_wrong_use_is_refused() -> None:
    with pytest.raises(ValueError, match="two different"):
        compare(Codings.from_rows([]), ("A",), DOCUMENTS, CODES)
    with pytest.raises(ValueError, match="coder who"):
        compare(Codings.from_rows([(0, 2, P, 0, 1)]), ("A", "B"), DOCUMENTS, CODES)
    with pytest.raises(ValueError, match="a code that"):
        compare(Codings.from_rows([(0, 1, 99, 0, 1)]), ("A", "B"), DOCUMENTS, CODES)
    with pytest.raises(ValueError, match="line"):
        turns(unit="line")


def test_three_coders() -> None:
    codings = Codings.from_rows([*ROWS, (0, 2, P, 2, 5), (0, 2, P, 12, 15)])
    found = compare(codings, ("Ada", "Ben", "Cy"), DOCUMENTS, CODES)
    rows = {row.key: (row.agreed_coded, row.n_coded, row.agreed_all, row.n_all) for row in found.rows}
    assert rows["code"] == (1, 4, 2, 5)  # all three gave p in the second turn, nobody anything in the fourth
    assert list(found.pairs) == [("Ada", "Ben"), ("Ada", "Cy"), ("Ben", "Cy")]
    two = turns()
    assert found.pairs["Ada", "Ben"].overall == two.overall
    assert found.pairs["Ada", "Ben"].codes == two.codes
    p = found.codes["p"]
    assert (p.table, p.given_by) == (None, (2, 1, 1, 1))
    assert p.statistics["percent_agreement"].value == pytest.approx((1 + 1 + 1 + 1 / 3 + 1 / 3) / 5)
    kappas = [pair.codes["p"].statistics["cohen_kappa"].value for pair in found.pairs.values()]
    assert p.statistics["light_kappa"].value == pytest.approx(sum(kappas) / 3)
    pooled = [pair.overall["pooled_kappa"].value for pair in found.pairs.values()]
    assert found.overall["light_kappa"].value == pytest.approx(sum(pooled) / 3)
    alphas = {"alpha_masi", "alpha_jaccard", "alpha_nominal_sets"}
    agreement = {"agreement_coded", "agreement_all", "agreement_any_coded", "marked_agreement"}
    assert set(found.overall) == alphas | agreement | {"light_kappa"}


def fields(codings: Codings) -> tuple[np.ndarray, ...]:
    return codings.document, codings.coder, codings.code, codings.start, codings.end


def many(n: int = 60) -> tuple[Codings, list[DocumentUnits]]:
    random = np.random.default_rng(7)
    rows = []
    for unit in range(n):
        own = int(random.integers(P, FREE + 1))
        rows.append((unit // 5, 0, own, unit % 5 * 10, unit % 5 * 10 + 6))
        other = own if random.random() < 0.7 else int(random.integers(P, FREE + 1))
        rows.append((unit // 5, 1, other, unit % 5 * 10 + 2, unit % 5 * 10 + 8))
    turns_of = [(start, start + 10) for start in range(0, 60, 10)]
    return Codings.from_rows(rows), [DocumentUnits(f"d{d}", 60, turns_of) for d in range(n // 5)]


@pytest.mark.parametrize("unit", ["turn", "character"])
def test_intervals_hold_the_estimates(unit: str) -> None:
    codings, documents = many()
    steps: list[tuple[int, int]] = []
    found = compare(
        codings,
        ("A", "B"),
        documents,
        CODES,
        unit=unit,
        resamples=400,
        progress=lambda done, total: steps.append((done, total)),
    )
    assert steps[-1] == (400, 400)
    assert set(found.overall) - {"codes_undefined", "summed_percent"} <= set(found.intervals)
    for result in found.levels.values():
        assert {"agreement_coded", "agreement_all", "pooled_kappa", "mean_kappa"} <= set(result.intervals)
    for name, interval in found.intervals.items():
        value = {**found.more, **found.overall}[name].value
        if interval.seed is None:
            continue  # from a standard error
        if name == "marked_agreement":  # alike in every block: no width would read as certainty
            assert (interval.low, interval.high) == (None, None)
            assert interval.reason == Reason.NO_SPREAD_DRAWN
            continue
        assert interval.low is not None
        assert interval.high is not None
        assert interval.low - 1e-9 <= value <= interval.high + 1e-9, name
        assert interval.seed == bootstrap.SEED
        assert interval.high - interval.low < 0.5


def test_there_is_no_interval_of_no_width() -> None:
    """Kappa of a code that only one coder used, and agreement everywhere, have a standard error of 0."""
    documents = [DocumentUnits("d", 120, [(start, start + 10) for start in range(0, 120, 10)])]
    rows = [(0, coder, P, start, start + 5) for start in range(0, 50, 10) for coder in (0, 1)]
    rows += [(0, 0, R, 60, 65), (0, 0, R, 80, 85)]
    found = compare(Codings.from_rows(rows), ("A", "B"), documents, CODES, resamples=100)
    alone, alike = found.codes["r"], found.codes["p"]
    assert alone.statistics["cohen_kappa"].value == 0
    for code, name in ((alone, "cohen_kappa"), (alike, "cohen_kappa"), (alike, "percent_agreement")):
        limits = code.intervals[name]
        assert (limits.low, limits.high, limits.se) == (None, None, 0)
        assert limits.reason == "no variation between units: the standard error is 0"
    assert alone.intervals["percent_agreement"].low is not None


def test_each_code_of_fixed_units_has_intervals_of_what_has_no_standard_error() -> None:
    codings, documents = many()
    found = compare(codings, ("A", "B"), documents, CODES, resamples=500)
    for name in ("alpha_nominal", "positive_agreement", "negative_agreement"):
        code = found.codes["p"]
        limits, value = code.intervals[name], code.statistics[name].value
        assert limits.low < value < limits.high
        assert (limits.resamples, limits.seed, limits.se) == (500, bootstrap.SEED, None)
    assert found.levels[Level.CODE].codes == found.codes
    assert "alpha_nominal" not in compare(codings, ("A", "B"), documents, CODES).codes["p"].intervals


def test_how_many_categories_there_are_rests_on_the_unit_and_not_on_the_data() -> None:
    documents = [DocumentUnits("d", 30, [(0, 10), (10, 20), (20, 30)])]
    rows = [(0, coder, P, start, start + 5) for start in (0, 10) for coder in (0, 1)]
    rows += [(0, 0, P, 20, 25), (0, 1, Q, 20, 25)]

    def more(rows, unit):
        return compare(Codings.from_rows(rows), ("A", "B"), documents, CODES, unit=unit).more

    def corrected(q):
        return pytest.approx((2 / 3 - 1 / q) / (1 - 1 / q))

    # four codes are listed; the third unit coded differently, or by one coder alone
    for own in (rows, rows[:-1]):
        assert more(own, "turn")["brennan_prediger"].value == corrected(5)
        assert more(own, "turn")["percent_agreement"].value == pytest.approx(2 / 3)
    assert more(rows, "meaning-unit")["brennan_prediger"].value == corrected(4)
    left = more(rows[:-1], "meaning-unit")
    assert left["brennan_prediger"].reason == left["gwet_ac1"].reason == "a meaning unit was left uncoded"
    assert left["percent_agreement"].value == pytest.approx(2 / 3)
    assert left["alpha_nominal"].defined


def test_drawing_counts_is_drawing_units() -> None:
    """The interval from a code's counts is that from its units, but for what 20,000 draws leave to chance."""
    given_by = (40, 12, 8)
    units = np.repeat(np.arange(3), given_by)

    def statistics(draws):
        return codeintervals.statistics(np.stack([draws[units == j].sum(axis=0) for j in range(3)]))

    drawn = bootstrap.bootstrap(60, statistics, resamples=20_000)
    for name, limits in codeintervals.of_counts(given_by, 20_000, 7).items():
        assert limits.low == pytest.approx(drawn[name].low, abs=0.02)
        assert limits.high == pytest.approx(drawn[name].high, abs=0.02)
    few = codeintervals.of_counts((5, 2, 2), 500, 7)
    assert {limits.reason for limits in few.values()} == {"too few units"}
    alone = codeintervals.of_counts((30, 3, 0), 500, 7)["alpha_nominal"]
    assert 0 < alone.dropped < 100


@pytest.mark.parametrize("coders", [2, 3])
@pytest.mark.parametrize("unit", ["turn", "character", "token", "match", "unitizing"])
def test_a_resample_that_takes_everything_once_is_the_estimate(
    unit: str, coders: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every figure of the resamples is computed by the same definition as the figure itself."""
    codings, documents = many()
    if coders == 3:  # the third does what the first did, somewhat later
        third = Codings(*(part[codings.coder == 0] for part in fields(codings)))
        third = Codings(third.document, third.coder + 2, third.code, third.start + 1, third.end + 1)
        both = zip(fields(codings), fields(third), strict=True)
        codings = Codings(*(np.concatenate(pair) for pair in both))
    seen: dict[str, float] = {}

    def once(n, statistics, *, seed, **_options):
        values = {name: float(v[0]) for name, v in statistics(np.ones((n, 1))).items()}
        seen.update(values)
        return {name: Interval(value, value, seed=seed) for name, value in values.items()}

    def of_counts(given_by, _resamples, seed):
        values = codeintervals.statistics(np.array(given_by, dtype=float)[:, None])
        return {name: Interval(v[0], v[0], seed=seed) for name, v in values.items() if not np.isnan(v[0])}

    monkeypatch.setattr(bootstrap, "bootstrap", once)
    monkeypatch.setattr(codeintervals, "of_counts", of_counts)
    found = compare(codings, ("A", "B", "C")[:coders], documents, CODES, unit=unit, resamples=2000)
    if (unit, coders) == ("match", 3):
        assert found.intervals == {}
        return
    compared = 0
    for result in found.levels.values():
        codes = {key: (code.statistics, code.intervals) for key, code in result.codes.items()}
        for statistics, limits in [({**result.more, **result.overall}, result.intervals), *codes.values()]:
            for name, interval in limits.items():
                if interval.seed is not None and name in statistics:
                    compared += 1
                    assert interval.low == pytest.approx(statistics[name].value, abs=1e-12), name
    assert compared >= 7


SPAN = st.tuples(st.integers(0, 1), st.integers(P, FREE), st.integers(0, 38), st.integers(1, 12))


@settings(deadline=None)
@given(st.lists(SPAN, max_size=10), st.sampled_from(list(UnitKind)))
def test_coders_can_change_places(drawn: list[tuple[int, int, int, int]], unit: UnitKind) -> None:
    rows = [(0, coder, code, start, min(start + size, 40)) for coder, code, start, size in drawn]
    turned = [(document, 1 - coder, code, start, end) for document, coder, code, start, end in rows]
    one = compare(Codings.from_rows(rows), ("A", "B"), DOCUMENTS, CODES, unit=unit)
    other = compare(Codings.from_rows(turned), ("B", "A"), DOCUMENTS, CODES, unit=unit)
    assert one.rows == other.rows
    assert one.undefined() == other.undefined()
    for name, statistic in one.overall.items():
        turned_name = {"n_a": "n_b", "n_b": "n_a"}.get(name, name)
        assert other.overall[turned_name].value == pytest.approx(statistic.value, abs=1e-12)
    if unit not in (UnitKind.MATCH, UnitKind.UNITIZING):
        levels = [row.agreed_all for row in one.rows[1:]]
        assert len(levels) == 4
        assert max(levels) <= one.rows[0].agreed_all
    assert len(one.differences()) == len(other.differences())
