"""Cells of the tables of figures in words: their text, and all that stands behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from coder_app.ui.agreement import described, wording
from coder_app.ui.agreement.columns import Column, Kind
from coder_app.ui.agreement.looking import MARKED, Line, Look
from coder_app.ui.agreement.units import count_units, unit_name

if TYPE_CHECKING:
    from coder_app.core.agreement.comparison import CodeResult
    from coder_app.core.agreement.result import Interval, Statistic
    from coder_app.formats.agreement_formulas import Described

_OF_ROW = {"agreement_coded": "coded", "agreement_all": "all", "agreement_any_coded": "any_coded"}
_COUNTS = {"agreement_coded": ("agreed_coded", "n_coded"), "agreement_all": ("agreed_all", "n_all")}
PERCENTS = {"percent_agreement", "unanimous_agreement", "summed_percent", *_OF_ROW, "marked_agreement"}
"""Statistics that are shown as a percentage."""
WHOLE = {"codes_undefined", "matched", "n_a", "n_b", "only_a", "only_b"}
"""Statistics that are counts."""


def number(name: str, statistic: Statistic) -> str:
    """A statistic as it is shown."""
    if name in WHOLE:
        return wording.DASH if statistic.value is None else f"{int(statistic.value):,}"
    return wording.percent(statistic) if name in PERCENTS else wording.coefficient(statistic)


def interval_text(name: str, interval: Interval | None) -> str:
    """``0.685–0.793``, ``−0.012 to 0.340``, ``44.1–57.3 %``; a dash where it is undefined, else nothing."""
    if interval is None:
        return ""
    if interval.low is None or interval.high is None:
        return wording.DASH
    if name in PERCENTS:
        low, high = f"{100 * interval.low:.1f}", f"{100 * interval.high:.1f}\u00a0%"
    else:
        low, high = wording.three(interval.low), wording.three(interval.high)
    if interval.low < 0:
        return wording.tr("{low} to {high}").format(low=low, high=high)
    return f"{low}–{high}"


# The table on top


def name_in(line: Line, column: Column) -> str:
    """Of a column's names the one that this row has; empty where it has none."""
    for name in column.names:
        if line.statistic(name) is not None or (name in _OF_ROW and line.row is not None):
            return name
    return ""


def statistic_in(line: Line, name: str) -> Statistic | None:
    if name in _OF_ROW and line.row is not None:
        found: Statistic = getattr(line.row, _OF_ROW[name])
        return found
    return line.statistic(name)


def of_line(line: Line, column: Column) -> str:
    """A cell of the table on top."""
    name = name_in(line, column)
    if not name:
        return ""
    if column.kind is Kind.SHARE and line.row is not None:
        part, whole = (getattr(line.row, field) for field in _COUNTS[name])
        return wording.share(part, whole)
    if column.kind is Kind.INTERVAL:
        return "" if line.key == MARKED and name in _OF_ROW else interval_text(name, line.intervals.get(name))
    statistic = statistic_in(line, name)
    return "" if statistic is None else number(name, statistic)


def explain_line(look: Look, line: Line, column: Column, row: str, shown: str) -> str:
    """A cell of the table on top with all that belongs to it."""
    name = name_in(line, column)
    statistic = statistic_in(line, name)
    if statistic is None:
        return row
    value = number(name, statistic)
    if name in _COUNTS and line.row is not None:
        part, whole = (getattr(line.row, field) for field in _COUNTS[name])
        value = f"{wording.share(part, whole)}, {value}"
    about = described.over_codes(name, look.wanted.unit, more=name in line.more)
    told = tell(name, statistic, value, about, line.intervals.get(name))
    return f"{row}. {told} {basis(look, row)}"


# One code


def of_code(code: CodeResult, column: Column, intervals: Mapping[str, Interval]) -> str:
    """A cell of the table of codes."""
    if column.kind is Kind.COUNT:
        count = count_of(code, column)
        return wording.DASH if count is None else f"{count:,}"
    name = column.names[0]
    if column.kind in (Kind.INTERVAL, Kind.PLOT):
        return interval_text(name, intervals.get(name))
    statistic = code.statistics.get(name)
    return "" if statistic is None else number(name, statistic)


def count_of(code: CodeResult, column: Column) -> int | None:
    """A count of units, or of matched passages."""
    key = column.names[0]
    if key == "given_by":
        return code.given_by[column.number]
    if key in code.statistics:
        value = code.statistics[key].value
        return None if value is None else int(value)
    return None if code.table is None else int(getattr(code.table, key))


def value_of(code: CodeResult, column: Column, intervals: Mapping[str, Interval]) -> float | None:
    """What a column is sorted by; None is undefined."""
    if column.kind is Kind.COUNT:
        count = count_of(code, column)
        return None if count is None else float(count)
    name = column.names[0]
    if column.kind is Kind.INTERVAL:
        interval = intervals.get(name)
        return None if interval is None else interval.low
    statistic = code.statistics.get(name)
    return None if statistic is None else statistic.value


def explain_code(
    look: Look, code: CodeResult, column: Column, intervals: Mapping[str, Interval], names: tuple[str, str]
) -> str:
    """A cell of the table of codes; ``names`` are the code's and its level's."""
    own, level = names
    if column.kind is Kind.COUNT:
        shown = of_code(code, column, intervals)
        n = count_units(look.wanted.unit, code.n) if code.n else ""
        of = wording.tr(" of {n}").format(n=n) if n and look.wanted.unit != "match" else ""
        return f"{own}. {column.name}: {shown}{of}. {basis(look, level)}"
    name = column.names[0]
    statistic = code.statistics.get(name)
    if statistic is None:
        return own
    about = described.of_code(name, look.wanted.unit, several=not look.two)
    told = tell(name, statistic, number(name, statistic), about, intervals.get(name), code)
    return f"{own}. {told} {basis(look, level)}"


# What belongs to a number


def tell(
    name: str,
    statistic: Statistic,
    shown: str,
    about: Described,
    interval: Interval | None = None,
    code: CodeResult | None = None,
) -> str:
    """A coefficient in full: name, value or reason, interval, formula, source."""
    value = shown
    if statistic.value is None:
        value = wording.why_undefined(statistic.reason, code) + wording.tr(
            " (other programs print 0 or 1 here)"
        )
    parts = [f"{about.name}: {value}{_interval_words(name, interval)}."]
    if about.formula:
        parts.append(f"{about.formula}.")
    if about.source:
        parts.append(f"{about.source}.")
    return " ".join(parts)


def _interval_words(name: str, interval: Interval | None) -> str:
    if interval is None:
        return ""
    if interval.low is None:
        return wording.tr("; no interval: {reason}").format(reason=wording.why_no_interval(interval.reason))
    shown = interval_text(name, interval)
    if interval.resamples:
        text = wording.tr("; 95 % interval {shown}, from {n} bootstrap resamples (seed {seed})")
        told = text.format(shown=shown, n=f"{interval.resamples:,}", seed=interval.seed)
        if interval.dropped:
            told += wording.tr(", {n} of them undefined and left out").format(n=f"{interval.dropped:,}")
        return told
    return wording.tr("; 95 % interval {shown}, from its standard error").format(shown=shown)


def basis(look: Look, level: str) -> str:
    """Unit, n, coders, level, and the round of a number."""
    wanted, tr = look.wanted, wording.tr
    unit = unit_name(wanted.unit).lower()
    if wanted.unit == "match":
        unit += tr(" that overlap by {share} % or more").format(share=round(100 * wanted.threshold))
    else:
        unit += tr(", n = {n}").format(n=f"{look.n_units:,}")
    if wanted.unit_min_chars > 1:
        unit += tr(" (a code covers {n} characters or more)").format(n=wanted.unit_min_chars)
    if wanted.interviewer_turns:
        unit += tr(", interviewers' words too")
    text = tr("Unit: {unit}; coders: {coders}; transcripts: {documents}; level: {level}.")
    told = text.format(
        unit=unit, coders=", ".join(look.names), documents=len(look.compared.gathered.documents), level=level
    )
    name = wanted.round_name
    return told + (tr(" Round: {name}.").format(name=name) if name else "")
