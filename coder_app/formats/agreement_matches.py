"""The agreement workbook on matched spans: every span with its match, what stayed alone, and the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from coder_app.core.agreement.comparison import Comparison
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_figures import (
    COUNT_LIVE,
    DIFFERENCE,
    NUMBER,
    WORDS,
    figure,
    figure_columns,
)
from coder_app.formats.agreement_laid import Laid, laid
from coder_app.formats.agreement_rows import SPAN, TALK, Places, Words
from coder_app.formats.output import Progress
from coder_app.formats.xlsx import COUNT, TEXT, Book, Cell, Column, Formula, Sheet, Style, Value, letters
from coder_app.project.comparing import Compared
from coder_app.project.project import Project

ALIKE, ALONE = "alike", "alone"
_LIVE_RATIO = Style(number="0.000", ink=COUNT_LIVE.ink)


@dataclass(frozen=True, slots=True)
class _Row:
    """A span, and the one of the other coder that it was matched with."""

    pair: tuple[int, int]
    number: int
    """Of the pair of coders, from 1."""
    code: str
    spans: tuple[tuple[str, int, int] | None, tuple[str, int, int] | None]
    lengths: tuple[int, int]
    overlap: int
    union: int

    @property
    def place(self) -> tuple[str, int, int]:
        """Where the span, or both together, are."""
        found = [span for span in self.spans if span is not None]
        return found[0][0], min(span[1] for span in found), max(span[2] for span in found)


def write_matches(project: Project, book: Book, compared: Compared, progress: Progress) -> list[str]:
    """The sheets “Units” and “Disagreements”; returns formulas that count each pair's matches.

    Of three coders or more every two are matched by themselves.
    """
    names = [coder.name for coder in compared.gathered.coders]
    whole, threshold = laid(compared), compared.gathered.choice.threshold
    rows = [
        row
        for number, pair in enumerate(combinations(range(len(names)), 2), 1)
        for row in _rows(whole, threshold, pair, number)
    ]
    progress(0, len(rows) + 1)
    places, words = Places(project, compared), Words(compared)
    found = _write_units(book, compared, rows, places)
    _write_alone(book, compared, rows, places, words)
    return found


def _rows(whole: Laid, threshold: float, pair: tuple[int, int], number: int) -> list[_Row]:
    """Matched pairs of spans and spans that stayed alone, by transcript and place."""
    pairs = whole.matched(threshold, *pair)
    a, b, one, other = pairs.a, pairs.b, pairs.one, pairs.other
    spots = whole.places(a.start, a.end), whole.places(b.start, b.end)
    begin, finish = np.maximum(a.start[one], b.start[other]), np.minimum(a.end[one], b.end[other])
    low, high = np.minimum(a.start[one], b.start[other]), np.maximum(a.end[one], b.end[other])
    overlap, union = (finish - begin).tolist(), (high - low).tolist()
    sizes = (a.end - a.start).tolist(), (b.end - b.start).tolist()
    made: list[tuple[int, int, _Row]] = []
    start = a.start.tolist(), b.start.tolist()
    codes = a.code.tolist(), b.code.tolist()
    for at, (i, j) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        row = _Row(
            pair,
            number,
            whole.keys[codes[0][i]],
            (spots[0][i], spots[1][j]),
            (sizes[0][i], sizes[1][j]),
            overlap[at],
            union[at],
        )
        made.append((min(start[0][i], start[1][j]), codes[0][i], row))
    for side, matched in ((0, one), (1, other)):
        for i in sorted(set(range(len(sizes[side]))) - set(matched.tolist())):
            own: tuple[tuple[str, int, int] | None, ...] = (spots[side][i], None)
            spans = (own[0], own[1]) if side == 0 else (own[1], own[0])
            lengths = (sizes[0][i], 0) if side == 0 else (0, sizes[1][i])
            row = _Row(pair, number, whole.keys[codes[side][i]], spans, lengths, 0, sizes[side][i])
            made.append((start[side][i], codes[side][i], row))
    made.sort(key=lambda entry: entry[:2])
    return [row for _, _, row in made]


def _write_units(book: Book, compared: Compared, rows: Sequence[_Row], places: Places) -> list[str]:
    names, two = [coder.name for coder in compared.gathered.coders], not compared.result.pairs
    first, second = (names[0], names[1]) if two else ("the first", "the second")
    columns = [
        *TALK,
        *([] if two else [Column("Coders", 22, WORDS, repeat=True), Column("Pair", 6, NUMBER)]),
        Column("Code", 26, WORDS, repeat=True),
        Column("Alike", 8, TEXT),
        Column(f"From, {first}", 8, NUMBER),
        Column(f"To, {first}", 8, NUMBER),
        Column(f"From, {second}", 8, NUMBER),
        Column(f"To, {second}", 8, NUMBER),
        Column(f"Words marked by {first}", 46, WORDS),
        Column(f"Words marked by {second}", 46, TEXT),
        Column("Characters in common", 11, COUNT),
        Column("Characters of both together", 11, COUNT),
        Column("Ratio", 8, _LIVE_RATIO),
    ]
    letter = letters(len(columns))
    sheet = book.table("Units", columns)
    labels, texts = compared.gathered.labels, compared.gathered.texts
    for row in rows:
        at, place = sheet.rows + 1, places.at(*row.place)
        cells: list[Value | Cell] = [place.title, place.participant, place.turn]
        if not two:
            cells += [f"{names[row.pair[0]]} and {names[row.pair[1]]}", row.number]
        cells += [labels[row.code], ALIKE if all(row.spans) else ALONE]
        for span in row.spans:
            cells += [None, None] if span is None else [span[1], span[2]]
        cells += [None if span is None else texts[span[0]][span[1] : span[2]] for span in row.spans]
        ratio = Formula(formulas.ratio(f"{letter[-3]}{at}", f"{letter[-2]}{at}"))
        sheet.values(columns, [*cells, row.overlap, row.union, ratio])
    book.finish_table(sheet, columns)

    def column(place: int) -> str:
        return f"{sheet.reference}${letter[place]}$2:${letter[place]}${max(sheet.rows, 2)}"

    if two:
        return [f'COUNTIFS({column(4)},"{ALIKE}")']
    numbers = range(1, len(compared.result.pairs) + 1)
    return [f'COUNTIFS({column(4)},{number},{column(6)},"{ALIKE}")' for number in numbers]


def _write_alone(book: Book, compared: Compared, rows: Sequence[_Row], places: Places, words: Words) -> None:
    """Spans without a match, with everything that the others marked there."""
    names = [coder.name for coder in compared.gathered.coders]
    columns = [
        *TALK,
        *SPAN,
        Column("Coder", 14, WORDS, repeat=True),
        Column("Code", 26, TEXT, repeat=True),
        Column("Has no match by", 14, TEXT, repeat=True),
        Column("Text", 46),
        *(Column(f"Words marked by {name}", 44) for name in names),
    ]
    sheet = book.table("Disagreements", columns)
    for row in rows:
        if all(row.spans):
            continue
        side = 0 if row.spans[0] is not None else 1
        place = places.at(*row.place)
        sheet.values(
            columns,
            [
                place.title,
                place.participant,
                place.turn,
                place.start,
                place.end,
                names[row.pair[side]],
                compared.gathered.labels[row.code],
                names[row.pair[1 - side]],
                place.text,
                *words.at(place.document, place.start, place.end),
            ],
        )
    book.finish_table(sheet, columns)


_SUMS = 7
"""Columns of counts on the sheet of pairs."""
CODE_FIGURES = ("holsti", "jaccard")
FIGURES = ("holsti", "jaccard", "brennan_prediger")


@dataclass(frozen=True, slots=True)
class MatchSheet:
    """A sheet of the spans of two coders for each code."""

    sheet: Sheet
    last: int

    def cell(self, name: str, row: int) -> str:
        """Where a code's matches are, or a figure is recomputed; codes stand in the same rows everywhere."""
        column = {"matched": "B", "holsti": "H", "jaccard": "K"}[name]
        return f"{self.sheet.reference}{column}{row}"

    def total(self, column: str) -> str:
        return f"SUM({self.sheet.reference}${column}$2:${column}${self.last})"


def write_match_codes(
    book: Book, title: str, result: Comparison, names: Sequence[str], labels: Mapping[str, str]
) -> MatchSheet:
    """Matched spans of each code by two coders, in columns B to D, and what follows from them."""
    columns = [
        Column("Code", 34, TEXT),
        Column("Matched", 9, COUNT),
        *(Column(f"Only {name}", 11, COUNT) for name in names),
        *(Column(f"Spans of {name}", 11, COUNT_LIVE) for name in names),
    ]
    first = len(columns)
    for name in CODE_FIGURES:
        columns += figure_columns(name, "match")
    letter = letters(len(columns))
    sheet = book.table(title, columns, freeze="B2")
    for key, code in result.codes.items():
        at = sheet.rows + 1
        cells: list[Value | Cell] = [labels[key]]
        cells += [code.statistics[name].value for name in ("matched", "only_a", "only_b")]
        cells += [Formula(f"B{at}+C{at}"), Formula(f"B{at}+D{at}")]
        live = formulas.of_matched(f"B{at}", f"E{at}", f"F{at}")
        for number, name in enumerate(CODE_FIGURES):
            place = [f"{letter[first + 3 * number + step]}{at}" for step in (0, 1)]
            cells += figure(name, code.statistics[name], live[name], *place)
        sheet.values(columns, cells)
    book.finish_table(sheet, columns)
    return MatchSheet(sheet, max(sheet.rows, 2))


def write_match_means(
    book: Book, result: Comparison, labels: Mapping[str, str], pairs: Sequence[MatchSheet]
) -> None:
    """Three coders or more: the sheet “Per code” with sums and means over pairs, from the pairs' sheets."""
    columns = [Column("Code", 34, TEXT)]
    for name in ("matched", *CODE_FIGURES):
        columns += figure_columns(name, "match")
    columns.append(Column("Why undefined", 30, TEXT))
    letter = letters(len(columns))
    sheet = book.table("Per code", columns, freeze="B2")
    for key, code in result.codes.items():
        at = sheet.rows + 1
        cells: list[Value | Cell] = [labels[key]]
        for number, name in enumerate(("matched", *CODE_FIGURES)):
            cells_of_pairs = [pair.cell(name, at) for pair in pairs]
            live = "+".join(cells_of_pairs) if name == "matched" else formulas.mean_of(cells_of_pairs)
            own, formula = (f"{letter[1 + 3 * number + step]}{at}" for step in (0, 1))
            cells += figure(name, code.statistics[name], live, own, formula)
        sheet.values(columns, [*cells, code.statistics["holsti"].reason or None])
    book.finish_table(sheet, columns)


class MatchCounts:
    """The sheet “Counts” of matched spans: a row for each two coders."""

    def __init__(self, book: Book) -> None:
        self._columns = [
            Column("Coders", 30, TEXT),
            Column("Codes", 8, COUNT),
            Column("Matched", 10, COUNT_LIVE),
            Column("Spans of the first", 10, COUNT_LIVE),
            Column("Spans of the second", 10, COUNT_LIVE),
            Column("Matched, counted in “Units”", 11, COUNT_LIVE),
            Column("difference", 9.5, DIFFERENCE),
        ]
        for name in FIGURES:
            self._columns += figure_columns(name, "match")
        self._letters = letters(len(self._columns))
        self.sheet = book.table("Counts", self._columns, freeze="B2")

    def add(self, name: str, result: Comparison, codes: MatchSheet, counted: str) -> dict[str, str]:
        """A row of two coders; returns where their figures are recomputed."""
        at, letter = self.sheet.rows + 1, self._letters
        cells: list[Value | Cell] = [name, len(result.codes)]
        cells += [Formula(codes.total(column)) for column in ("B", "E", "F")]
        cells += [Formula(counted), Formula(formulas.difference(f"C{at}", f"F{at}"))]
        live = formulas.of_matched(f"C{at}", f"D{at}", f"E{at}")
        live["brennan_prediger"] = formulas.matched_by_chance(f"C{at}", f"D{at}", f"E{at}", f"B{at}")
        found = {"matched": f"{self.sheet.reference}C{at}"}
        for number, key in enumerate(FIGURES):
            own, formula = (f"{letter[_SUMS + 3 * number + step]}{at}" for step in (0, 1))
            cells += figure(key, result.overall[key], live[key], own, formula)
            found[key] = f"{self.sheet.reference}{formula}"
        self.sheet.values(self._columns, cells)
        return found

    def finish(self, book: Book) -> dict[str, str]:
        """Close the table; returns the formulas over all pairs: matches summed, means of the rest."""
        book.finish_table(self.sheet, self._columns)
        last = max(self.sheet.rows, 2)

        def column(letter: str) -> str:
            return f"{self.sheet.reference}${letter}$2:${letter}${last}"

        means = {
            key: formulas.mean_of([column(self._letters[_SUMS + 1 + 3 * number])])
            for number, key in enumerate(FIGURES)
        }
        return {"matched": f"SUM({column('C')})", **means}
