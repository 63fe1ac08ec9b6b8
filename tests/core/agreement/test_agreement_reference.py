"""Every reference case of the file that ships with the program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coder_app.core.agreement import reference
from coder_app.core.errors import UserError

FOUR = ("both", "only_a", "only_b", "neither")
CASES = Path(__file__).parents[3] / "resources" / "agreement" / "cases.json"

DATA = json.loads(CASES.read_text(encoding="utf-8"))
KINDS = {case["id"]: case["kind"] for case in DATA["cases"]}


@pytest.fixture(scope="module")
def outcomes() -> list[reference.Outcome]:
    return reference.run_file(CASES)


@pytest.mark.parametrize("case", [c["id"] for c in DATA["cases"]])
def test_every_value_of_a_case_is_the_expected_one(case: str, outcomes: list[reference.Outcome]) -> None:
    own = [outcome for outcome in outcomes if outcome.case == case]
    assert len(own) == len(next(c for c in DATA["cases"] if c["id"] == case)["expected"])
    assert [outcome for outcome in own if outcome.same is not True] == []
    assert [outcome for outcome in own if outcome.published_same is False] == []


def test_an_undefined_value_carries_its_reason(outcomes: list[reference.Outcome]) -> None:
    undefined = [o for o in outcomes if o.same and o.computed is None]
    assert undefined
    assert {o.reason for o in undefined} <= {
        "no units",
        "no variation",
        "one category",
        "codes overlap",
        "not reached",
    }


def test_a_wrong_expected_value_is_found() -> None:
    case = {
        "id": "wrong",
        "kind": "two_by_two",
        "input": {"both": 20, "only_a": 5, "only_b": 10, "neither": 15},
        "expected": {"cohen_kappa": 0.41, "percent_agreement": None, "unheard_of": 1},
        "published": {"cohen_kappa": {"value": 0.5, "decimals": 1}},
        "decimals": 8,
    }
    kappa, percent, other = reference.run({"cases": [case]})
    assert (kappa.same, kappa.published_same) == (False, False)
    assert percent.same is False
    assert (other.same, other.computed, other.reason) == (False, None, "not computed")
    assert all(outcome.differs for outcome in (kappa, percent, other))


def test_undefined_where_a_value_is_expected_is_a_difference() -> None:
    case = {
        "id": "zero",
        "kind": "two_by_two",
        "input": {"both": 0, "only_a": 0, "only_b": 0, "neither": 5},
        "expected": {"cohen_kappa": 0.0},
    }
    assert [outcome.same for outcome in reference.run({"cases": [case]})] == [False]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"format": "other", "cases": []}', '{"format": "agreement-cases/1"}', "\x00"],
)
def test_another_file_gives_one_sentence(tmp_path: Path, content: str) -> None:
    file = tmp_path / "cases.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=r"cases\.json is not"):
        reference.run_file(file)


def test_numbers_that_are_none_and_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    case = (
        '{"format": "agreement-cases/1", "cases": [{"id": "x", "kind": "two_by_two", "expected": {"n": %s},'
    )
    counts = '"input": {"both": 1, "only_a": 1, "only_b": 1, "neither": 1}}]}'
    file.write_text(case % "NaN" + counts, encoding="utf-8")
    with pytest.raises(UserError, match=r"cases\.json is not"):
        reference.run_file(file)
    file.write_text(case % "4" + counts, encoding="utf-8-sig")
    assert [outcome.same for outcome in reference.run_file(file)] == [True]


def test_a_cross_table_of_millions_takes_no_more_than_a_small_one() -> None:
    case = {
        "id": "big",
        "kind": "nominal_units",
        "input": {"table": [[20 * 10**9, 5 * 10**9], [10 * 10**9, 15 * 10**9]]},
        "expected": {"cohen_kappa": 0.4},
    }
    assert [outcome.same for outcome in reference.run({"cases": [case]})] == [True]


def test_a_missing_file_gives_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        reference.run_file(tmp_path / "none.json")


@pytest.mark.parametrize(
    "case",
    [
        {"id": "x", "kind": "two_by_two", "input": {"both": 1}, "expected": {}},
        {"id": "x", "kind": "two_by_two", "input": [], "expected": {}},
        {"id": "x", "expected": {}},
        {
            "id": "x",
            "kind": "nominal_units",
            "input": {"categories": [1], "ratings": [[1], [2]]},
            "expected": {},
        },
        {
            "id": "x",
            "kind": "content_validity",
            "input": {"items": ["a"], "ratings": [[7]]},
            "expected": {},
        },
        "nothing",
        {"id": "x", "kind": "unheard_of", "input": {}, "expected": {"a": 1}},
        {"id": "x", "kind": "two_by_two", "input": dict.fromkeys(FOUR, 1), "expected": {"n": "4"}},
        {"id": "x", "kind": "two_by_two", "input": dict.fromkeys(FOUR, -1), "expected": {"n": 4}},
        {"id": "x", "kind": "two_by_two", "input": dict.fromkeys(FOUR, "1"), "expected": {"n": 4}},
        {
            "id": "x",
            "kind": "two_by_two",
            "input": dict.fromkeys(FOUR, 1),
            "expected": {"n": 4},
            "decimals": "x",
        },
        {"id": "x", "kind": "nominal_units", "input": {"table": [[10**30, 1], [1, 1]]}, "expected": {"a": 1}},
        {
            "id": "x",
            "kind": "saturation",
            "input": {"interviews": [], "base": 0, "run": 1, "threshold": 0},
            "expected": {"a": 1},
        },
        {
            "id": "x",
            "kind": "spans",
            "input": {
                "documents": [{"id": "d", "length": 2**62}],
                "coders": ["A", "B"],
                "codes": ["c"],
                "spans": [],
                "compute": ["characters"],
            },
            "expected": {"a": 1},
        },
    ],
)
def test_a_broken_case_gives_one_sentence(case: object) -> None:
    with pytest.raises(UserError, match="cannot be computed"):
        reference.run({"cases": [case]})
