"""The sheet of the agreement workbook on each transcript by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from coder_app.core.agreement.comparison import DocumentResult
from coder_app.core.agreement.views import View
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_figures import ROW_COLUMNS, figure, figure_columns, row_cells
from coder_app.formats.xlsx import COUNT, TEXT, Book, Cell, Column, Value, letters
from coder_app.project.comparing import Compared

MOST_PAIRS = 6
"""Pairs of coders whose sums are laid out; beyond, the mean over pairs comes without its formula."""
MATCHED = ("holsti", "jaccard")


def write_transcripts(book: Book, compared: Compared, row_names: Mapping[str, str]) -> None:
    """Transcripts with a row for each level; pooled kappa, at the level asked, with what it rests on."""
    result = compared.result
    if not result.rows:
        _write_spans(book, compared)
        return
    pairs = list(combinations(range(len(result.coders)), 2))
    laid_out = pairs if len(pairs) <= MOST_PAIRS else []
    name = "light_kappa" if result.pairs else "pooled_kappa"
    columns = [Column("Transcript", 26, TEXT), Column("Level", 15, TEXT), *ROW_COLUMNS]
    first = len(columns)
    columns += [Column("Codes", 8, COUNT), *_sum_columns(compared, laid_out)]
    columns += figure_columns(name)
    letter = letters(len(columns))
    sheet = book.table("Per transcript", columns, freeze="C2")
    titles = _titles(compared)
    view = result.views[result.level]
    sums = [_sums(view, pair, len(result.by_document)) for pair in laid_out]
    for number, document in enumerate(result.by_document):
        for row in document.rows:
            at = sheet.rows + 1
            cells: list[Value | Cell] = [titles[document.key], row_names[row.key]]
            cells += row_cells(row, letter[2:first], at)
            if row.key == result.level.key:
                cells.append(view.incidence.n_codes)
                cells += [value for own in sums for value in own[number]]
                n, codes = f"{letter[8]}{at}", f"{letter[first]}{at}"
                places = [f"{column}{at}" for column in letter[first + 1 : -3]]
                formula = _kappa(n, codes, places) if laid_out else None
                value, live = f"{letter[-3]}{at}", f"{letter[-2]}{at}"
                cells += figure(name, document.overall["pooled_kappa"], formula, value, live)
            cells += [None] * (len(columns) - len(cells))
            sheet.values(columns, cells)
    book.finish_table(sheet, columns)


def _sum_columns(compared: Compared, pairs: Sequence[tuple[int, int]]) -> list[Column]:
    names = [coder.name for coder in compared.gathered.coders]
    found = []
    for x, y in pairs:
        both = "" if len(names) == 2 else f", {names[x]} and {names[y]}"
        found.append(Column(f"Both or neither, summed over codes{both}", 12, COUNT))
        found.append(Column(f"Expected by chance x units², summed{both}", 16, COUNT))
    return found


def _kappa(n: str, codes: str, sums: Sequence[str]) -> str:
    """Pooled kappa from the sums; of several pairs the mean of those that are defined."""
    kappas = [
        formulas.ratio(f"{n}*{agreed}-{chance}", f"({codes}*{n}^2-{chance})")
        for agreed, chance in zip(sums[::2], sums[1::2], strict=True)
    ]
    if len(kappas) == 1:
        return kappas[0]
    defined = "+".join(f"IF(ISNUMBER({kappa}),1,0)" for kappa in kappas)
    total = "+".join(f"IF(ISNUMBER({kappa}),{kappa},0)" for kappa in kappas)
    return formulas.ratio(total, f"({defined})")


def _sums(view: View, pair: tuple[int, int], documents: int) -> list[tuple[int, int]]:
    """For each transcript a + d and N² p_e, summed over the codes exactly."""
    incidence = view.incidence
    size = np.zeros(documents, dtype=np.int64)
    np.add.at(size, view.document, incidence.weights)
    tables = []
    places = incidence.shared(*pair)
    given = [(incidence.units[pair[0]][places], incidence.codes[pair[0]][places])]
    given += [(incidence.units[coder], incidence.codes[coder]) for coder in pair]
    for units, codes in given:
        table = np.zeros((documents, incidence.n_codes), dtype=np.int64)
        np.add.at(table, (view.document[units], codes), incidence.weights[units])
        tables.append(table)
    both, a, b = tables
    n = size[:, None]
    agreed = (n - a - b + 2 * both).sum(axis=1).tolist()
    chance = (a * b + (n - a) * (n - b)).sum(axis=1).tolist()
    return list(zip(agreed, chance, strict=True))


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
