"""The agreement workbook on confusion: which code did one coder give where the other gave that one?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder_app.core.agreement.confusion import Confusion
from coder_app.formats.agreement_figures import PERCENT_LIVE
from coder_app.formats.agreement_formulas import ratio
from coder_app.formats.xlsx import (
    COUNT,
    HEADER,
    QUIET,
    TEXT,
    Book,
    Cell,
    Column,
    Formula,
    Style,
    Value,
    letters,
    ruled,
)
from coder_app.project.comparing import Compared

MOST_CODES = 300
"""Codes of a matrix at most; beyond, the list alone is given."""
NOTHING = "(no code)"
_TINTS = ("", "#eaf0fb", "#cfdcf6", "#a9c1ee", "#7fa2e4")
_TURNED = Style(bold=True, ink=HEADER.ink, fill=HEADER.fill, down="bottom", across="center", turned=True)
_CELLS = tuple(Style(number="#,##0", across="center", fill=tint, ruled=True) for tint in _TINTS)
_ALIKE = tuple(Style(number="#,##0", across="center", fill=tint, bold=True, ruled=True) for tint in _TINTS)
_TOTAL = Style(number="#,##0", across="center", ink=PERCENT_LIVE.ink, ruled=True)


def write_confusion(book: Book, compared: Compared) -> None:
    """A list of what stands beside what, for every two coders, and a matrix for each."""
    columns = [
        Column("First coder", 16, TEXT),
        Column("Code of the first", 34, TEXT),
        Column("Second coder", 16, TEXT),
        Column("Code of the second", 34, TEXT),
        Column("The same", 9, TEXT),
        Column(_unit(compared), 11, COUNT),
        Column("Of all beside the first's code", 12, COUNT),
        Column("Share", 9, PERCENT_LIVE),
    ]
    sheet = book.table("Confusion", columns)
    names = {coder.guid: coder.name for coder in compared.gathered.coders}
    for (one, other), confusion in compared.result.confusion.items():
        labels = _labels(compared, confusion)
        totals = confusion.counts.sum(axis=1).tolist()
        for row, column, count in _cells(confusion):
            at = sheet.rows + 1
            values: list[Value | Cell] = [names[one], labels[row], names[other], labels[column]]
            values += ["yes" if row == column else None, count, totals[row]]
            sheet.values(columns, [*values, Formula(ratio(f"F{at}", f"G{at}"))])
    book.finish_table(sheet, columns)


def write_matrices(book: Book, compared: Compared) -> None:
    """The counts as a matrix for each two coders; the tint grows with the share of the row."""
    numbers = {coder.guid: number for number, coder in enumerate(compared.gathered.coders, 1)}
    names = {coder.guid: coder.name for coder in compared.gathered.coders}
    confusions = compared.result.confusion
    for (one, other), confusion in confusions.items():
        pair = "" if len(confusions) == 1 else f", {numbers[one]} and {numbers[other]}"
        _write_matrix(
            book, f"Confusion matrix{pair}", confusion, _labels(compared, confusion), names[one], names[other]
        )


def _write_matrix(
    book: Book, title: str, confusion: Confusion, labels: Sequence[str], first: str, second: str
) -> None:
    used = _used(confusion)
    shown = [*used, len(confusion.keys)]
    corner = f"{first} (rows), {second} (columns)"
    if len(used) > MOST_CODES:
        sheet = book.sheet(title, (80,))
        sheet.row(Cell(f"{len(used):,} codes were used: too many for a matrix. See “Confusion”.", QUIET))
        return
    sheet = book.sheet(
        title,
        (34, *(4.5 for _ in shown), 9),
        freeze="B2",
        repeated_rows="1:1",
        repeated_columns="A:A",
    )
    headers = [Cell(labels[column], _TURNED) for column in shown]
    longest = max(len(label) for label in labels)
    sheet.row(
        Cell(corner, HEADER),
        *headers,
        Cell("Sum", replace(HEADER, across="center")),
        lines=min(4 + 0.42 * longest, 14),
    )
    letter = letters(len(shown) + 2)
    for row in shown:
        at, counts = sheet.rows + 1, confusion.counts[row].tolist()
        most = max(sum(counts), 1)
        cells = [_cell(counts[column], counts[column] / most, row == column) for column in shown]
        total = Formula(f"SUM({letter[1]}{at}:{letter[-2]}{at})")
        sheet.row(Cell(labels[row], ruled(TEXT)), *cells, Cell(total, _TOTAL))
    last = sheet.rows
    totals = [Formula(f"SUM({column}2:{column}{last})") for column in letter[1:]]
    sheet.row(Cell("Sum", ruled(TEXT)), *(Cell(total, _TOTAL) for total in totals))


def _cell(count: int, share: float, alike: bool) -> Cell:
    looks = _ALIKE if alike else _CELLS
    if not count:
        return Cell(None, looks[0])
    return Cell(count, looks[1 + min(int(share * 4), 3)])


def _cells(confusion: Confusion) -> list[tuple[int, int, int]]:
    """Rows, columns and counts that are not 0: by the first's code, most often first."""
    rows, columns = confusion.counts.nonzero()
    counts = confusion.counts[rows, columns]
    found = list(zip(rows.tolist(), columns.tolist(), counts.tolist(), strict=True))
    return sorted(found, key=lambda cell: (cell[0], -cell[2], cell[1]))


def _used(confusion: Confusion) -> list[int]:
    some = (confusion.counts.sum(axis=0) + confusion.counts.sum(axis=1)) > 0
    return [at for at in some.nonzero()[0].tolist() if at < len(confusion.keys)]


def _labels(compared: Compared, confusion: Confusion) -> list[str]:
    return [*(compared.gathered.labels[key] for key in confusion.keys), NOTHING]


def _unit(compared: Compared) -> str:
    unit = compared.result.unit
    if unit in ("character", "match", "unitizing"):
        return "Characters"
    return "Tokens" if unit == "token" else "Units"
