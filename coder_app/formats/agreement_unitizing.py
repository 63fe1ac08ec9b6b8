"""The agreement workbook on unitizing: segments, their lengths per code, alpha recomputed from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.core.agreement import spans
from coder_app.core.agreement.spans import IntArray
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_figures import (
    COUNT_LIVE,
    DIFFERENCE,
    LEFT,
    WORDS,
    figure,
    figure_columns,
)
from coder_app.formats.agreement_laid import Laid, laid, met
from coder_app.formats.agreement_rows import SPAN, TALK, Places
from coder_app.formats.output import Progress
from coder_app.formats.xlsx import COUNT, TEXT, Book, Cell, Column, Formula, Value, letters
from coder_app.project.comparing import Compared
from coder_app.project.project import Project

OVERALL = ("u_alpha_nominal", "u_alpha_binary", "cu_alpha")


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """The segments with what each meets of the other coders'."""

    laid: Laid
    same: IntArray
    some: IntArray

    @property
    def length(self) -> IntArray:
        return np.asarray(self.laid.merged.end - self.laid.merged.start)

    def by_code(self) -> list[tuple[int, int, int, int]]:
        """For each code the sums of length, length², same code met and any code met."""
        q, code = len(self.laid.keys), self.laid.merged.code
        sums = [[0, 0, 0, 0] for _ in range(q)]
        rows = zip(code.tolist(), self.length.tolist(), self.same.tolist(), self.some.tolist(), strict=True)
        for number, length, same, some in rows:
            own = sums[number]
            own[0] += length
            own[1] += length * length
            own[2] += same
            own[3] += some
        return [(a, b, c, d) for a, b, c, d in sums]


def segments_of(compared: Compared) -> Segments:
    whole = laid(compared)
    same, some = met(whole.merged, len(compared.gathered.coders), whole.continuum.width)
    return Segments(whole, same, some)


def write_segments(
    project: Project, book: Book, compared: Compared, found: Segments, progress: Progress
) -> dict[str, str]:
    """The sheet “Units”, a row for each segment; returns sums over it as formulas."""
    columns = [
        *TALK,
        *SPAN,
        Column("Coder", 14, WORDS, repeat=True),
        Column("Code", 28, TEXT, repeat=True),
        Column("Text", 60, WORDS),
        Column("Characters", 10, COUNT),
        Column("Of these given the same code by others", 12, COUNT),
        Column("Of these given any code by others", 12, COUNT),
        Column("Alike", 10, LEFT),
    ]
    sheet = book.table("Units", columns)
    whole, places = found.laid, Places(project, compared)
    labels, names = compared.gathered.labels, [coder.name for coder in compared.gathered.coders]
    others = len(names) - 1
    spots = whole.places(whole.merged.start, whole.merged.end)
    order = np.lexsort((whole.merged.coder, whole.merged.code, whole.merged.end, whole.merged.start))
    length, same, some = (part.tolist() for part in (found.length, found.same, found.some))
    coder, code = whole.merged.coder.tolist(), whole.merged.code.tolist()
    for done, at in enumerate(order.tolist()):
        if done % 256 == 0:
            progress(done, len(order))
        place = places.at(*spots[at])
        alike = "alike" if same[at] == others * length[at] else "in part" if same[at] else "alone"
        sheet.values(
            columns,
            [
                *(place.title, place.participant, place.turn, place.start, place.end),
                *(names[coder[at]], labels[whole.keys[code[at]]], place.text),
                *(length[at], same[at], some[at], alike),
            ],
        )
    book.finish_table(sheet, columns)
    last = max(sheet.rows, 2)
    cells = {
        name: f"{sheet.reference}${c}$2:${c}${last}"
        for name, c in (("length", "I"), ("same", "J"), ("some", "K"))
    }
    sums = {name: f"SUM({reference})" for name, reference in cells.items()}
    return {**sums, "squares": f"SUMSQ({cells['length']})", "some_squares": f"SUMSQ({cells['some']})"}


CODE_COLUMNS = (
    Column("Code", 34, TEXT),
    Column("Characters, all coders together", 12, COUNT),
    Column("Sum of squared lengths", 15, COUNT),
    Column("Given the same code by others", 13, COUNT),
    Column("Given any code by others", 13, COUNT),
)


def write_unitizing_codes(book: Book, compared: Compared, found: Segments, whole: str) -> dict[str, str]:
    """The sheet “Per code”; ``whole`` is the cell of T. Returns its sums as formulas."""
    result = compared.result
    columns = [*CODE_COLUMNS, *figure_columns("u_alpha", "unitizing"), Column("Why undefined", 30, TEXT)]
    sheet = book.table("Per code", columns, freeze="B2")
    others = len(compared.gathered.coders) - 1
    sums = dict(zip(found.laid.keys, found.by_code(), strict=True))
    for key, code in result.codes.items():
        at, statistic = sheet.rows + 1, code.statistics["u_alpha"]
        live = formulas.u_alpha(whole, f"B{at}", f"C{at}", f"D{at}", others)
        cells: list[Value | Cell] = [compared.gathered.labels[key], *sums[key]]
        cells += figure("u_alpha", statistic, live, f"F{at}", f"G{at}")
        sheet.values(columns, [*cells, statistic.reason or None])
    book.finish_table(sheet, columns)
    last = max(sheet.rows, 2)
    names = dict(zip(("length", "squares", "same", "some"), "BCDE", strict=True))
    cells_of = {name: f"{sheet.reference}${c}$2:${c}${last}" for name, c in names.items()}
    return {
        **{name: f"SUM({reference})" for name, reference in cells_of.items()},
        "length_squares": f"SUMSQ({cells_of['length']})",
        "some_code_squares": f"SUMSQ({cells_of['some']})",
    }


COUNTS = (
    ("Coders", "coders"),
    ("Characters that count", "width"),
    ("T = coders x characters", "whole"),
    ("Coded characters, all coders together", "length"),
    ("Sum of squared lengths of segments", "squares"),
    ("Given the same code by others, summed", "same"),
    ("Given any code by others, summed", "some"),
    ("Sum over codes of squared characters", "length_squares"),
    ("Sum over codes of squared characters that others coded", "some_code_squares"),
    ("Sum over segments of squared characters that others coded", "some_squares"),
    ("Codes overlap (1: yes, 0: no)", "overlap"),
)
"""Rows of the sheet “Counts”: words and name."""


class UnitizingCounts:
    """The sheet “Counts” of unitizing: what the three coefficients over all codes rest on."""

    def __init__(self, book: Book) -> None:
        self._columns = [
            Column("What", 56, TEXT),
            Column("count", 18, COUNT_LIVE),
            Column("counted in “Units”", 18, COUNT_LIVE),
            Column("difference", 11, DIFFERENCE),
        ]
        self.sheet = book.table("Counts", self._columns)
        self.cells = {
            name: f"{self.sheet.reference}$B${number}" for number, (_, name) in enumerate(COUNTS, 2)
        }

    def write(
        self,
        book: Book,
        compared: Compared,
        found: Segments,
        by_code: Mapping[str, str],
        units: Mapping[str, str],
    ) -> dict[str, str]:
        """Fill the sheet; returns the formulas of the three coefficients."""
        own: dict[str, Value | Cell] = {
            "coders": Cell(len(compared.gathered.coders), COUNT),
            "width": Cell(found.laid.continuum.width, COUNT),
            "whole": Formula("B2*B3"),
            "some_squares": Formula(units["some_squares"]),
            "overlap": Cell(int(spans.codes_overlap(found.laid.merged)), COUNT),
            **{name: Formula(text) for name, text in by_code.items()},
        }
        for words, name in COUNTS:
            at = self.sheet.rows + 1
            again: list[Value | Cell] = [None, None]
            if name in units and name in by_code:
                again = [Formula(units[name]), Formula(formulas.difference(f"B{at}", f"C{at}"))]
            self.sheet.values(self._columns, [words, own[name], *again])
        book.finish_table(self.sheet, self._columns)
        return formulas.unitizing(self.cells)


def write_domains(book: Book, compared: Compared, found: Segments) -> None:
    """Categories and themes within which no coder's codes overlap, with their coefficients."""
    domains = compared.result.domains
    if not domains:
        return
    columns = [
        Column("Category or theme", 30, TEXT),
        Column("Codes", 40, TEXT),
        Column("T", 13, COUNT),
        Column("Coded characters, all coders together", 12, COUNT),
        Column("Sum of squared lengths", 15, COUNT),
        Column("Given the same code by others", 12, COUNT),
        Column("Given any of these codes by others", 12, COUNT),
        Column("Sum over codes of squared characters", 15, COUNT),
        Column("Sum over codes of squared characters that others coded", 15, COUNT),
        Column("Sum over segments of squared characters that others coded", 15, COUNT),
    ]
    first = len(columns)
    for name in OVERALL:
        columns += figure_columns(name, "unitizing")
    letter = letters(len(columns))
    sheet = book.table("Domains", columns, freeze="B2")
    labels, coders = compared.gathered.labels, len(compared.gathered.coders)
    names = (
        "whole",
        "length",
        "squares",
        "same",
        "some",
        "length_squares",
        "some_code_squares",
        "some_squares",
    )
    for domain in domains:
        at = sheet.rows + 1
        cells: list[Value | Cell] = [labels[domain.key], "\n".join(labels[key] for key in domain.codes)]
        cells += [coders * found.laid.continuum.width, *_domain_sums(found.laid, domain.codes, coders)]
        places = {name: f"{column}{at}" for name, column in zip(names, letter[2:], strict=False)}
        live = formulas.unitizing({**places, "overlap": "0", "coders": str(coders)})
        for number, name in enumerate(OVERALL):
            own, formula = (f"{letter[first + 3 * number + step]}{at}" for step in (0, 1))
            cells += figure(name, domain.overall[name], live[name], own, formula)
        sheet.values(columns, cells)
    book.finish_table(sheet, columns)


def _domain_sums(whole: Laid, keys: Sequence[str], coders: int) -> list[int]:
    """What the coefficients of a domain rest on, in the order of its columns."""
    inside = np.array([key in set(keys) for key in whole.keys], dtype=np.bool_)
    own = Laid(whole.continuum, whole.merged.where(inside[whole.merged.code]), whole.keys, whole.documents)
    found = Segments(own, *met(own.merged, coders, whole.continuum.width))
    sums = found.by_code()
    length, squares, same, some = (sum(row[column] for row in sums) for column in range(4))
    return [
        *(length, squares, same, some),
        sum(row[0] ** 2 for row in sums),
        sum(row[3] ** 2 for row in sums),
        sum(value * value for value in found.some.tolist()),
    ]
