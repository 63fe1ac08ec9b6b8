"""``reference``: are this installation's statistics those of the literature?"""

from __future__ import annotations

from argparse import Namespace

from coder_app.cli.output import say, say_json, say_table
from coder_app.core.errors import UserError

FOUND_SOMETHING = 1


def reference(chosen: Namespace) -> int:
    """``reference [FILE] [--json]``: status 1 where a value differs from the expected one."""
    from coder_app.core.agreement.reference import run_file
    from coder_app.core.resources import resource

    outcomes = run_file(chosen.file or resource("agreement/cases.json"))
    if not outcomes:
        raise UserError("This file holds no reference case.")
    wrong = [outcome for outcome in outcomes if outcome.differs]
    if chosen.json:
        say_json(
            {
                "cases": len({outcome.place for outcome in outcomes}),
                "values": len(outcomes),
                "mismatches": [
                    {
                        "case": outcome.case,
                        "statistic": outcome.statistic,
                        "expected": outcome.expected if outcome.same is False else outcome.published,
                        "computed": outcome.computed,
                    }
                    for outcome in wrong
                ],
            }
        )
        return FOUND_SOMETHING if wrong else 0
    rows = [("case", "statistic", "expected", "computed", "printed", "")]
    for outcome in outcomes:
        verdict = "DIFFERS" if outcome.differs else "same"
        numbers = (_number(outcome.expected), _number(outcome.computed), _number(outcome.published))
        rows.append((outcome.case, outcome.statistic, *numbers, verdict))
    say_table(rows, right=(2, 3, 4))
    say(
        f"{len(outcomes):,} values computed, {len(outcomes) - len(wrong):,} as expected,"
        f" {len(wrong):,} differ."
    )
    return FOUND_SOMETHING if wrong else 0


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.8g}"
