"""The sheets of the agreement workbook that list codes: counts, coefficients, live formulas beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coder_app.core.agreement.comparison import CodeResult, Comparison
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_figures import COUNT_LIVE, figure, figure_columns, limits
from coder_app.formats.agreement_formulas import DESCRIBED
from coder_app.formats.xlsx import (
    COUNT,
    RATIO,
    TEXT,
    Book,
    Cell,
    Column,
    Formula,
    Sheet,
    Value,
    letters,
)


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """A sheet of codes as other sheets refer to it."""

    sheet: Sheet
    rows: Mapping[str, int]
    """Code -> its row."""
    columns: Mapping[str, str]
    """Name of a count or of a recomputed coefficient -> its column's letter."""

    def cell(self, name: str, key: str) -> str:
        return f"{self.sheet.reference}{self.columns[name]}{self.rows[key]}"

    def range(self, name: str) -> str:
        """All cells of a column, absolute."""
        letter, last = self.columns[name], max(self.sheet.rows, 2)
        return f"{self.sheet.reference}${letter}$2:${letter}${last}"


def write_pair(
    book: Book, title: str, result: Comparison, names: Sequence[str], labels: Mapping[str, str]
) -> CodeSheet:
    """The 2 x 2 counts of each code by two coders, and what follows from them."""
    columns = [
        Column("Code", 34, TEXT),
        Column("Both", 9, COUNT),
        Column(f"Only {names[0]}", 11, COUNT),
        Column(f"Only {names[1]}", 11, COUNT),
        Column("Neither", 10, COUNT),
        Column("Units", 10, COUNT_LIVE),
        Column("Expected by chance x units²", 14, COUNT_LIVE),
        Column(f"Given by {names[0]}", 10, COUNT_LIVE),
        Column(f"Given by {names[1]}", 10, COUNT_LIVE),
    ]
    first = len(columns)
    for name in formulas.TWO_CODERS:
        columns += figure_columns(name)
    with_limits = _with_limits(result)
    columns += _limit_columns(with_limits)
    columns.append(Column("Why undefined", 40, TEXT))
    letter = letters(len(columns))
    sheet = book.table(title, columns, freeze="B2")
    rows = {}
    for key, code in result.codes.items():
        row = sheet.rows + 1
        rows[key] = row
        a, b, c, d, n, chance = (f"{letter[at]}{row}" for at in range(1, 7))
        recomputed = formulas.of_table(a, b, c, d, n, chance)
        assert code.table is not None
        values: list[Value | Cell] = [
            labels[key],
            code.table.both,
            code.table.only_a,
            code.table.only_b,
            code.table.neither,
            Formula(f"SUM({a}:{d})"),
            Formula(formulas.expected(a, b, c, d)),
            Formula(f"{a}+{b}"),
            Formula(f"{a}+{c}"),
        ]
        values += _coefficients(code, formulas.TWO_CODERS, recomputed, letter[first:], row)
        values += _limits(code, with_limits)
        values.append(_reasons(code, formulas.TWO_CODERS))
        sheet.values(columns, values)
    book.finish_table(sheet, columns)
    names_of_counts = ("both", "only_a", "only_b", "neither", "units", "chance", "given_a", "given_b")
    placed = dict(zip(names_of_counts, letter[1:first], strict=True))
    placed |= {name: letter[first + 3 * at + 1] for at, name in enumerate(formulas.TWO_CODERS)}
    return CodeSheet(sheet, rows, placed)


def write_many(
    book: Book, title: str, result: Comparison, labels: Mapping[str, str], pairs: Sequence[CodeSheet]
) -> CodeSheet:
    """For three coders or more: how many units carry each code by 0, 1, 2 ... of them, and what follows."""
    m = len(result.coders)
    columns = [Column("Code", 34, TEXT), Column("Units given it by nobody", 12, COUNT)]
    columns += [Column(f"by {j} of {m}", 9, COUNT) for j in range(1, m + 1)]
    columns.append(Column("Times given", 10, COUNT_LIVE))
    first = len(columns)
    for name in formulas.MORE_CODERS:
        columns += figure_columns(name)
    with_limits = _with_limits(result)
    columns += _limit_columns(with_limits)
    columns.append(Column("Why undefined", 40, TEXT))
    letter = letters(len(columns))
    sheet = book.table(title, columns, freeze="B2")
    rows = {}
    for key, code in result.codes.items():
        row = sheet.rows + 1
        rows[key] = row
        kappas = [pair.cell("cohen_kappa", key) for pair in pairs if key in pair.rows]
        given_by = [f"{letter[at]}{row}" for at in range(1, m + 2)]
        recomputed = formulas.of_given_by(given_by, kappas)
        times = "+".join(f"{j}*{cell}" for j, cell in enumerate(given_by) if j)
        values: list[Value | Cell] = [labels[key], *code.given_by, Formula(times)]
        values += _coefficients(code, formulas.MORE_CODERS, recomputed, letter[first:], row)
        values += _limits(code, with_limits)
        values.append(_reasons(code, formulas.MORE_CODERS))
        sheet.values(columns, values)
    book.finish_table(sheet, columns)
    placed = {name: letter[first + 3 * at + 1] for at, name in enumerate(formulas.MORE_CODERS)}
    placed |= {f"by {j}": letter[1 + j] for j in range(m + 1)}
    return CodeSheet(sheet, rows, {**placed, "times": letter[first - 1]})


def _coefficients(
    code: CodeResult, names: Sequence[str], recomputed: Mapping[str, str], letter: Sequence[str], row: int
) -> list[Value | Cell]:
    """Value, formula and difference of each coefficient."""
    values: list[Value | Cell] = []
    for at, name in enumerate(names):
        own, live = f"{letter[3 * at]}{row}", f"{letter[3 * at + 1]}{row}"
        values += figure(name, code.statistics[name], recomputed[name], own, live)
    return values


def _reasons(code: CodeResult, names: Sequence[str]) -> str | None:
    """Why some coefficients are undefined: “no variation: Cohen's kappa, Scott's pi”."""
    reasons: dict[str, list[str]] = {}
    for name in names:
        if reason := code.statistics[name].reason:
            reasons.setdefault(reason, []).append(DESCRIBED[name].name)
    return "; ".join(f"{reason}: {', '.join(which)}" for reason, which in reasons.items()) or None


def _with_limits(result: Comparison) -> list[str]:
    """The coefficients that have an interval for some code."""
    having = {name for code in result.codes.values() for name in code.intervals}
    return [name for name in DESCRIBED if name in having]


def _limit_columns(names: Sequence[str]) -> list[Column]:
    found = []
    for name in names:
        found += [Column(f"{DESCRIBED[name].name}, 95 % {end}", 11, RATIO) for end in ("from", "to")]
    return found


def _limits(code: CodeResult, names: Sequence[str]) -> list[Cell]:
    return [cell for name in names for cell in limits(code.intervals.get(name), RATIO)]
