"""Parts that several sheets of the agreement workbook share: a figure, its live formula, their difference."""

from __future__ import annotations

from collections.abc import Sequence

from coder_app.core.agreement.comparison import Row
from coder_app.core.agreement.result import Interval, Statistic
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_formulas import DASH
from coder_app.formats.agreement_names import described
from coder_app.formats.xlsx import COUNT, PERCENT, RATIO, Cell, Column, Formula, Style, Value

DIFFERENCE = Style(number="0.000;-0.000;0", ink="#5f6773", across="right")
LIVE = Style(number="0.000", ink="#2d5ed4", across="right")
PERCENT_LIVE = Style(number="0.0%", ink=LIVE.ink, across="right")
COUNT_LIVE = Style(number="#,##0", ink=LIVE.ink, across="right")
LEFT = Style(across="left", indent=1)
WORDS = Style(wrap=True, across="left", indent=1)
NUMBER = Style(number="0")
COUNTS = ("codes_undefined", "matched", "only_a", "only_b")
"""Figures that are counts."""
PERCENTS = ("agreement_coded", "agreement_all", "agreement_any_coded", "marked_agreement")
"""Figures shown in percent."""


def shown(statistic: Statistic) -> Value:
    """A value, or the dash of an undefined one."""
    return DASH if statistic.value is None else statistic.value


def looks(name: str) -> tuple[Style, Style]:
    """How a figure is shown, and how its live formula is."""
    if name in COUNTS:
        return COUNT, COUNT_LIVE
    return (PERCENT, PERCENT_LIVE) if name in PERCENTS else (RATIO, LIVE)


def figure(name: str, statistic: Statistic, formula: str | None, value: str, live: str) -> list[Cell]:
    """Our own value, the formula that recomputes it, and the difference; the latter two may be missing."""
    look, blue = looks(name)
    own = Cell(shown(statistic), look)
    if formula is None:
        return [own, Cell(None, blue), Cell(None, DIFFERENCE)]
    return [own, Cell(Formula(formula), blue), Cell(Formula(formulas.difference(value, live)), DIFFERENCE)]


def figure_columns(name: str, unit: str = "") -> list[Column]:
    """The three columns of `figure`."""
    look, blue = looks(name)
    return [
        Column(described(name, unit).name, 11.5, look),
        Column("recomputed", 13, blue),
        Column("difference", 9.5, DIFFERENCE),
    ]


def limits(interval: Interval | None, look: Style) -> list[Cell]:
    """The two ends of an interval, dashes for one that is undefined, nothing where none was asked for."""
    if interval is None:
        return [Cell(None), Cell(None)]
    return [Cell(DASH if end is None else end, look) for end in (interval.low, interval.high)]


ROW_COLUMNS = (
    Column("Agreed, coded units", 9.5, COUNT),
    Column("Coded units", 9.5, COUNT),
    Column("Percent of coded units", 9.5, PERCENT),
    Column("recomputed", 13, PERCENT_LIVE),
    Column("difference", 9.5, DIFFERENCE),
    Column("Agreed, all units", 9.5, COUNT),
    Column("All units", 9.5, COUNT),
    Column("Percent of all units", 9.5, PERCENT),
    Column("recomputed", 13, PERCENT_LIVE),
    Column("difference", 9.5, DIFFERENCE),
    Column("A code in common, coded units", 11, COUNT),
    Column("Percent of coded units", 9.5, PERCENT),
    Column("recomputed", 13, PERCENT_LIVE),
    Column("difference", 9.5, DIFFERENCE),
)
"""The coefficient of agreement in three readings, as counts, percent, live formula and difference."""


def row_cells(row: Row, letter: Sequence[str], at: int) -> list[Cell]:
    """The cells of `ROW_COLUMNS` in the columns ``letter`` of row ``at``."""
    place = [f"{column}{at}" for column in letter]
    agreed, coded, strict, live, _, agreed_all, n, share, live_all, _, common, lenient, live_any, _ = place
    return [
        Cell(row.agreed_coded, COUNT),
        Cell(row.n_coded, COUNT),
        *figure("agreement_coded", row.coded, formulas.ratio(agreed, coded), strict, live),
        Cell(row.agreed_all, COUNT),
        Cell(row.n_all, COUNT),
        *figure("agreement_all", row.all, formulas.ratio(agreed_all, n), share, live_all),
        Cell(row.agreed_any, COUNT),
        *figure("agreement_any_coded", row.any_coded, formulas.ratio(common, coded), lenient, live_any),
    ]
