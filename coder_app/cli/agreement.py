"""``agreement`` and ``reference``: the statistics on the command line."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from coder_app.cli.output import say, say_json, say_table
from coder_app.core.errors import UserError
from coder_app.core.model import Level

if TYPE_CHECKING:
    from coder_app.core.agreement.result import Statistic
    from coder_app.project.comparing import Choice, Compared
    from coder_app.project.project import Project

FOUND_SOMETHING = 1


def comparison_choice(project: Project, chosen: Namespace) -> Choice:
    """What the arguments ask to compare; without coders everybody who coded.

    Raises UserError for coders and transcripts that are not there.
    """
    from coder_app.project.comparing import Choice

    documents = None
    if chosen.documents:
        documents = tuple(project.documents.titled(title).guid for title in chosen.documents)
    return Choice(
        coders=tuple(project.coders.named(name).guid for name in chosen.coders or ()),
        unit=chosen.unit,
        level=Level[chosen.level.upper().replace("-", "_")],
        documents=documents,
        include_unfinished=chosen.include_unfinished,
        interviewer_turns=chosen.interviewer_turns,
    )


def agreement(chosen: Namespace) -> int:
    """``agreement PROJECT --coders A B [C ...]``"""
    from coder_app.cli.commands import reading
    from coder_app.project.comparing import compare_project

    with reading(chosen.project) as project:
        compared = compare_project(project, comparison_choice(project, chosen))
        if chosen.xlsx is not None:
            from coder_app.formats.agreement_book import write_agreement

            write_agreement(project, chosen.xlsx, compared)
        level_names = project.level_names()
    if chosen.json:
        say_json(as_json(compared))
    else:
        say_result(compared, level_names)
    return 0


def as_json(compared: Compared) -> dict[str, Any]:
    """The result with names instead of GUIDs; undefined is None, with its reason under ``undefined``."""
    gathered, result = compared.gathered, compared.result
    codes: dict[str, dict[str, float | int | None]] = {}
    for key, code in result.codes.items():
        values: dict[str, float | int | None] = {}
        if code.table is not None:
            table = code.table
            values = {
                "both": table.both,
                "only_a": table.only_a,
                "only_b": table.only_b,
                "neither": table.neither,
            }
        codes[gathered.labels[key]] = {**values, **_values(code.statistics)}
    return {
        "unit": result.unit,
        "level": result.level.key,
        "coders": [coder.name for coder in gathered.coders],
        "documents": [document.title for document in gathered.documents],
        "n_units": result.n_units,
        "overall": _values(result.overall),
        "codes": codes,
        "undefined": result.undefined(gathered.labels),
    }


def _values(statistics: Mapping[str, Statistic]) -> dict[str, float | int | None]:
    return {name: statistic.value for name, statistic in statistics.items()}


def say_result(compared: Compared, level_names: Mapping[Level, str]) -> None:
    """The result as tables."""
    from coder_app.formats.agreement_formulas import DESCRIBED

    gathered, result = compared.gathered, compared.result
    say(
        f"{', '.join(coder.name for coder in gathered.coders)}: {len(gathered.documents)} transcripts,"
        f" {result.n_units:,} units ({result.unit}), level {result.level.key}"
    )
    if gathered.unfinished:
        titles = ", ".join(document.title for document in gathered.unfinished)
        say(f"Left out, not finished by all: {titles}")
    say(f"{compared.codes_shared[:1].upper()}{compared.codes_shared[1:]}.")
    if result.rows:
        say()
        say("Coefficient of agreement (Schreier 2012)")
        rows = [("", "agreed", "of coded", "percent", "agreed", "of all", "percent")]
        for row in result.rows:
            name = "marked or not" if row.key == "marked" else _level_name(row.key, level_names)
            coded = (f"{row.agreed_coded:,}", f"{row.n_coded:,}", _percent(row.coded))
            rows.append((name, *coded, f"{row.agreed_all:,}", f"{row.n_all:,}", _percent(row.all)))
        say_table(rows, right=range(1, 7))
    say()
    shown = [name for name in DESCRIBED if name in result.overall and not name.startswith("agreement_")]
    overall = [(DESCRIBED[name].name, result.overall[name]) for name in shown]
    say_table([(name, _figure(statistic)) for name, statistic in overall])


def _level_name(key: str, names: Mapping[Level, str]) -> str:
    level = Level[key.upper().replace("-", "_")]
    return names.get(level, key).lower()


def _figure(statistic: Statistic) -> str:
    return str(statistic.value) if isinstance(statistic.value, int) else str(statistic)


def _percent(statistic: Statistic) -> str:
    return f"– ({statistic.reason})" if statistic.value is None else f"{100 * statistic.value:.1f} %"


def reference(chosen: Namespace) -> int:
    """``reference [FILE] [--json]``: status 1 where a value differs from the expected one."""
    from coder_app.core.agreement.reference import run_file
    from coder_app.core.resources import resource

    outcomes = run_file(chosen.file or resource("agreement/cases.json"))
    if not outcomes:
        raise UserError("This file holds no reference case.")
    wrong = [o for o in outcomes if o.same is False or o.published_same is False]
    computed = [o for o in outcomes if o.same is not None]
    if chosen.json:
        say_json(
            {
                "ok": not wrong,
                "computed": len(computed),
                "same": len(computed) - len(wrong),
                "not_computed": len(outcomes) - len(computed),
                "values": [
                    {
                        "case": o.case,
                        "statistic": o.statistic,
                        "expected": o.expected,
                        "computed": o.computed,
                        "same": o.same,
                        "reason": o.reason,
                        "published": o.published,
                        "published_same": o.published_same,
                    }
                    for o in outcomes
                ],
            }
        )
        return FOUND_SOMETHING if wrong else 0
    rows = [("case", "statistic", "expected", "computed", "published", "")]
    for o in outcomes:
        verdict = "not computed" if o.same is None else "DIFFERS" if o in wrong else "same"
        rows.append(
            (o.case, o.statistic, _number(o.expected), _number(o.computed), _number(o.published), verdict)
        )
    say_table(rows, right=(2, 3, 4))
    say(
        f"{len(computed):,} values computed, {len(computed) - len(wrong):,} as expected,"
        f" {len(wrong):,} differ; {len(outcomes) - len(computed):,} not computed."
    )
    return FOUND_SOMETHING if wrong else 0


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.8g}"
