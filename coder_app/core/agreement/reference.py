"""Compute the reference cases and put each value beside the expected one.

Anyone can check an installation's statistics with it. The form of a file of cases is described in its
head (``resources/agreement/cases.json``); names of statistics are those of the file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isclose
from pathlib import Path
from typing import Any

from coder_app.core.agreement import contentvalidity, errors, nominal, saturation, sets, twobytwo, units
from coder_app.core.agreement.reference_spans import earlier_unitizing_statistics, span_statistics
from coder_app.core.agreement.result import Statistic
from coder_app.core.agreement.thirdcoder import third_coder
from coder_app.core.errors import UserError

FORMAT = "agreement-cases/1"

Input = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One statistic of one case.

    ``expected`` and ``computed`` are None where the statistic is undefined (``reason`` says why).
    A statistic that the program does not know is not the same; then ``reason`` is "not computed".
    ``published`` is the value printed in the source, ``published_same`` whether the computed value
    rounds to it (None where nothing is printed).
    """

    case: str
    statistic: str
    expected: float | None
    computed: float | None
    same: bool
    reason: str = ""
    published: float | None = None
    published_same: bool | None = None
    place: int = 0
    """Of the case in its file."""

    @property
    def differs(self) -> bool:
        """Whether the computed value is not the expected one, or does not round to the printed one."""
        return not self.same or self.published_same is False


NOT_COMPUTED = "not computed"


def load(path: Path) -> dict[str, Any]:
    """Read a file of cases. Raises UserError where it cannot be read or has another form."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_number)
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The file of reference cases cannot be read: {path.name}.") from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path.name} is not a JSON file.") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("cases"), list):
        raise UserError(f"{path.name} is not a file of reference cases ({FORMAT}).")
    return data


def run(data: Mapping[str, Any]) -> list[Outcome]:
    """Compute every case of a file that :func:`load` read, in its order.

    Raises UserError for a case that lacks a part or holds a value that makes no sense.
    """
    outcomes: list[Outcome] = []
    for number, case in enumerate(data["cases"], 1):
        name = case.get("id", number) if isinstance(case, dict) else number
        try:
            outcomes += [replace(outcome, place=number) for outcome in _outcomes(case)]
        except _BROKEN as error:
            raise UserError(f"The reference case {name} cannot be computed: {_sentence(error)}.") from error
    return outcomes


def run_file(path: Path) -> list[Outcome]:
    """:func:`load` and :func:`run`."""
    return run(load(path))


def compute(kind: str, values: Input) -> dict[str, Statistic] | None:
    """The statistics of one case by name, or None for a kind the program does not compute."""
    calculate = _KINDS.get(kind)
    return None if calculate is None else calculate(values)


_BROKEN = (KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError, MemoryError)


def _sentence(error: BaseException) -> str:
    if isinstance(error, KeyError):
        return f"{error.args[0]} is missing"
    return str(error).rstrip(".") or "its numbers make no sense"


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _outcomes(case: Mapping[str, Any]) -> list[Outcome]:
    if case["kind"] not in _KINDS:
        raise ValueError(f"there is no kind {case['kind']}")
    computed = compute(case["kind"], case["input"])
    decimals, published = int(case.get("decimals", 8)), case.get("published") or {}
    found = []
    for name, expected in case["expected"].items():
        printed = published.get(name)
        printed_value = None if printed is None else float(printed["value"])
        if expected is not None and (isinstance(expected, bool) or not isinstance(expected, int | float)):
            raise ValueError(f"the expected value of {name} is no number")
        if computed is None or name not in computed:
            found.append(Outcome(str(case["id"]), name, expected, None, False, NOT_COMPUTED, printed_value))
            continue
        value = computed[name].value
        same = _same(value, expected, 0.5 * 10.0**-decimals)
        printed_same = None if printed is None else _prints(value, printed)
        reason = computed[name].reason
        own = Outcome(str(case["id"]), name, expected, value, same, reason, printed_value, printed_same)
        found.append(own)
    return found


def _same(value: float | None, expected: float | None, tolerance: float) -> bool:
    if value is None or expected is None:
        return value is None and expected is None
    return isclose(value, expected, rel_tol=0, abs_tol=tolerance * (1 + 1e-6))


def _prints(value: float | None, printed: Mapping[str, Any]) -> bool:
    tolerance = max(float(printed.get("tolerance", 0)), 0.5 * 10.0 ** -int(printed["decimals"]))
    return _same(value, float(printed["value"]), tolerance)


def _nominal_units(values: Input) -> dict[str, Statistic]:
    if "table" in values:
        return errors.statistics(nominal.from_table(values["table"]))
    if "counts" in values:
        return errors.statistics(nominal.from_counts(values["counts"]))
    return errors.statistics(nominal.from_lists(values["categories"], values["ratings"]))


def _two_by_two(values: Input) -> dict[str, Statistic]:
    table = twobytwo.Table(values["both"], values["only_a"], values["only_b"], values["neither"])
    return {"n": Statistic(table.n), **twobytwo.statistics(table)}


def _code_summary(values: Input) -> dict[str, Statistic]:
    return twobytwo.across_codes([twobytwo.Table(*cells) for cells in values["tables"]])


def _set_units(values: Input) -> dict[str, Statistic]:
    place = {code: k for k, code in enumerate(values["codes"])}
    ratings = [
        [None if given is None else [place[code] for code in given] for given in row]
        for row in values["ratings"]
    ]
    incidence = units.from_sets(len(place), ratings)
    if incidence.n_coders != 2:
        return sets.alphas(incidence)
    tables = units.code_tables(incidence)
    kappas = {f"kappa:{c}": twobytwo.cohen_kappa(t) for c, t in zip(place, tables, strict=True)}
    return {**sets.statistics(incidence), **twobytwo.across_codes(tables), **kappas}


def _content_validity(values: Input) -> dict[str, Statistic]:
    found = contentvalidity.scale_statistics(values["ratings"])
    for item, ratings in zip(values["items"], values["ratings"], strict=True):
        own = contentvalidity.item_statistics(ratings)
        found.update({f"{item}:{name}": statistic for name, statistic in own.items()})
    return found


def _saturation(values: Input) -> dict[str, Statistic]:
    return saturation.statistics(
        values["interviews"], values["base"], values["run"], Fraction(str(values["threshold"]))
    )


def _simple(values: Input) -> dict[str, Statistic] | None:
    match values["statistic"]:
        case "percent":
            agreed, rest = values["agreed"], values["total"] - values["agreed"]
            return {"percent_agreement": twobytwo.percent_agreement(twobytwo.Table(agreed, rest, 0, 0))}
        case "holsti":
            return {"holsti": nominal.holsti(values["agreed"], values["n_a"], values["n_b"])}
        case "third_coder":
            return third_coder(*values["ratings"])
    return None


_KINDS: dict[str, Callable[[Input], dict[str, Statistic] | None]] = {
    "nominal_units": _nominal_units,
    "two_by_two": _two_by_two,
    "code_summary": _code_summary,
    "set_units": _set_units,
    "spans": span_statistics,
    "content_validity": _content_validity,
    "saturation": _saturation,
    "alpha_U_2004": earlier_unitizing_statistics,
    "simple": _simple,
}
