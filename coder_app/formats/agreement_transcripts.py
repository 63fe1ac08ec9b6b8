"""The sheet of the agreement workbook on each transcript by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from coder_app.core.agreement.comparison import DocumentResult
from coder_app.core.agreement.views import View
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_figures import ROW_COLUMNS, figure, figure_columns, row_cells
from coder_app.formats.xlsx import COUNT, TEXT, Book, Cell, Column, Value, letters
from coder_app.project.comparing import Compared

_SUMS = (
    Column("Codes", 8, COUNT),
    Column("Both or neither, summed over codes", 12, COUNT),
    Column("Expected by chance x units², summed", 16, COUNT),
)
MATCHED = ("holsti", "jaccard")


def write_transcripts(book: Book, compared: Compared, row_names: Mapping[str, str]) -> None:
    """Transcripts with a row for each level; pooled kappa, at the level asked, with what it rests on."""
    result = compared.result
    if not result.rows:
        _write_spans(book, compared)
        return
    two = not result.pairs
    columns = [Column("Transcript", 26, TEXT), Column("Level", 15, TEXT), *ROW_COLUMNS]
    if two:
        columns += _SUMS
    columns += figure_columns("pooled_kappa")
    letter = letters(len(columns))
    sheet = book.table("Per transcript", columns, freeze="C2")
    titles = _titles(compared)
    sums = _sums(result.views[result.level], len(result.by_document)) if two else None
    for number, document in enumerate(result.by_document):
        for row in document.rows:
            at = sheet.rows + 1
            cells: list[Value | Cell] = [titles[document.key], row_names[row.key]]
            cells += row_cells(row, letter[2:16], at)
            if row.key == result.level.key:
                cells += _pooled(document, sums[number] if sums else None, letter, at)
            cells += [None] * (len(columns) - len(cells))
            sheet.values(columns, cells)
    book.finish_table(sheet, columns)


def _pooled(
    document: DocumentResult, sums: tuple[int, int, int] | None, letter: Sequence[str], at: int
) -> list[Value | Cell]:
    statistic = document.overall["pooled_kappa"]
    own, live = f"{letter[-3]}{at}", f"{letter[-2]}{at}"
    if sums is None:
        return [*figure("pooled_kappa", statistic, None, own, live)]
    n, codes, agreed, chance = f"{letter[8]}{at}", *(f"{column}{at}" for column in letter[16:19])
    formula = formulas.ratio(f"{n}*{agreed}-{chance}", f"({codes}*{n}^2-{chance})")
    return [*sums, *figure("pooled_kappa", statistic, formula, own, live)]


def _sums(view: View, documents: int) -> list[tuple[int, int, int]]:
    """For each transcript the codes, and over all of them a + d and N² p_e, exactly."""
    incidence = view.incidence
    size = np.zeros(documents, dtype=np.int64)
    np.add.at(size, view.document, incidence.weights)
    tables = []
    places = incidence.shared(0, 1)
    pairs = [(incidence.units[0][places], incidence.codes[0][places])]
    pairs += [(incidence.units[coder], incidence.codes[coder]) for coder in (0, 1)]
    for units, codes in pairs:
        table = np.zeros((documents, incidence.n_codes), dtype=np.int64)
        np.add.at(table, (view.document[units], codes), incidence.weights[units])
        tables.append(table)
    both, a, b = tables
    n = size[:, None]
    agreed = (n - a - b + 2 * both).sum(axis=1).tolist()
    chance = (a * b + (n - a) * (n - b)).sum(axis=1).tolist()
    return [(incidence.n_codes, one, other) for one, other in zip(agreed, chance, strict=True)]


def _titles(compared: Compared) -> dict[str, str]:
    return {document.guid: document.title for document in compared.gathered.documents}


def _write_spans(book: Book, compared: Compared) -> None:
    """Matched spans: M, N_A and N_B of each transcript. Unitizing: its characters alone."""
    result = compared.result
    matched = any("matched" in document.overall for document in result.by_document)
    columns = [Column("Transcript", 34, TEXT), Column("Characters", 12, COUNT)]
    if matched and not result.pairs:
        names = [coder.name for coder in compared.gathered.coders]
        columns += [Column("Matched", 10, COUNT), *(Column(f"Spans of {name}", 11, COUNT) for name in names)]
    if matched:
        columns += [column for name in MATCHED for column in figure_columns(name, "match")]
    sheet = book.table("Per transcript", columns, freeze="B2")
    titles = _titles(compared)
    letter = letters(len(columns))
    for document in result.by_document:
        at = sheet.rows + 1
        cells: list[Value | Cell] = [titles[document.key], document.n_units]
        if matched:
            cells += _matched(document, letter, at, two=not result.pairs)
        sheet.values(columns, cells)
    book.finish_table(sheet, columns)


def _matched(document: DocumentResult, letter: Sequence[str], at: int, *, two: bool) -> list[Value | Cell]:
    cells: list[Value | Cell] = []
    live: dict[str, str] = {}
    if two:
        cells += [document.overall[key].value for key in ("matched", "n_a", "n_b")]
        live = formulas.of_matched(*(f"{column}{at}" for column in letter[2:5]))
    first = 2 + len(cells)
    for number, name in enumerate(MATCHED):
        own, formula = (f"{letter[first + 3 * number + step]}{at}" for step in (0, 1))
        cells += figure(name, document.overall[name], live.get(name), own, formula)
    return cells
