"""Sums that figures over all codes rest on, and the pairs of three coders or more."""

from __future__ import annotations

from collections.abc import Mapping

from coder_app.core.agreement.comparison import Comparison
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_codes import CodeSheet
from coder_app.formats.agreement_figures import (
    COUNT_LIVE,
    DIFFERENCE,
    ROW_COLUMNS,
    figure,
    figure_columns,
    row_cells,
)
from coder_app.formats.agreement_units import ALIKE, DIFFER, UnitSheet
from coder_app.formats.xlsx import COUNT, TEXT, Book, Cell, Column, Formula, Sheet, Value, letters
from coder_app.project.comparing import Compared

ACROSS = ("pooled_kappa", "mean_kappa", "codes_undefined", "summed_kappa", "summed_percent")
"""Figures of two coders over all codes."""
_SUMS = ("codes", "both", "only_a", "only_b", "neither", "chance", "units")
_COLUMNS = (
    Column("Coders", 30, TEXT),
    Column("Codes", 8, COUNT),
    Column("Both", 10, COUNT),
    Column("Only the first", 10, COUNT),
    Column("Only the second", 10, COUNT),
    Column("Neither", 12, COUNT),
    Column("Expected by chance x units²", 18, COUNT),
    Column("Units", 12, COUNT),
)
_GIVEN = (
    Column("Codes given by the first", 10, COUNT_LIVE),
    Column("Codes given by the second", 10, COUNT_LIVE),
)
_COUNTED = ("Units that either coded", "Of these alike", "Of these with a code in common")
_FIRST_FIGURE = len(_COLUMNS) + len(_GIVEN) + 3 * len(_COUNTED)


def counted_columns(name: str) -> list[Column]:
    return [
        Column(name, 10, COUNT),
        Column("counted in “Units”", 10, COUNT_LIVE),
        Column("difference", 9.5, DIFFERENCE),
    ]


class Counts:
    """The sheet “Counts”: a row for each two coders."""

    def __init__(self, book: Book, *, pairs: bool) -> None:
        self._columns = [*_COLUMNS, *_GIVEN]
        for name in _COUNTED:
            self._columns += counted_columns(name)
        self._pairs = pairs
        for name in ACROSS if pairs else ():
            self._columns += figure_columns(name)
        if pairs:
            self._columns += figure_columns("holsti")
        self._letters = letters(len(self._columns))
        self.sheet: Sheet = book.table("Counts", self._columns, freeze="B2")

    def add(
        self, name: str, result: Comparison, codes: CodeSheet, units: UnitSheet, places: tuple[int, int]
    ) -> dict[str, str]:
        """A row of two coders, by their ``places`` among all; returns the formulas of `ACROSS`.

        For three coders or more these refer to where the row itself recomputes them.
        """
        at, letter = self.sheet.rows + 1, self._letters
        cells: list[Value | Cell] = [
            name,
            Formula(f"COUNT({codes.range('both')})"),
            *(Formula(f"SUM({codes.range(key)})") for key in _SUMS[1:-1]),
            result.n_units,
            *(Formula(f"SUM({codes.range(key)})") for key in ("given_a", "given_b")),
        ]
        counted = _counted(result, units, places)
        for value, formula in counted:
            first = len(cells)
            own, live = f"{letter[first]}{at}", f"{letter[first + 1]}{at}"
            cells += [value, Formula(formula), Formula(formulas.difference(own, live))]
        sums = {
            key: f"{self.sheet.reference}${column}${at}"
            for key, column in zip(_SUMS, letter[1:], strict=False)
        }
        recomputed = across_codes(sums, codes)
        given = [f"{self.sheet.reference}${column}${at}" for column in letter[len(_COLUMNS) :][:2]]
        recomputed["holsti"] = formulas.ratio(f"2*{sums['both']}", f"({given[0]}+{given[1]})")
        if not self._pairs:
            self.sheet.values(self._columns, cells)
            return recomputed
        found = {}
        statistics = {**result.overall, "holsti": result.more["holsti"]}
        for key in (*ACROSS, "holsti"):
            first = len(cells)
            own, live = f"{letter[first]}{at}", f"{letter[first + 1]}{at}"
            cells += figure(key, statistics[key], recomputed[key], own, live)
            found[key] = f"{self.sheet.reference}{live}"
        self.sheet.values(self._columns, cells)
        return found

    def finish(self, book: Book) -> dict[str, str]:
        """Close the table; returns the formulas of the means over pairs: Light's kappa and Holsti's CR."""
        book.finish_table(self.sheet, self._columns)
        if not self._pairs:
            return {}
        found = {}
        for name, number in (("light_kappa", 0), ("holsti", len(ACROSS))):
            letter = self._letters[_FIRST_FIGURE + 3 * number + 1]
            cells = f"{self.sheet.reference}${letter}$2:${letter}${max(self.sheet.rows, 2)}"
            found[name] = formulas.mean_of([cells])
        return found


def _counted(result: Comparison, units: UnitSheet, places: tuple[int, int]) -> list[tuple[int, str]]:
    """What the sheet of units can count again: our number and the formula."""
    row = next(row for row in result.rows if row.key == result.level.key)
    alike, common = (f"{what} {places[0]} {places[1]}" for what in ("alike", "common"))
    both = units.summed(alike, ALIKE)
    return [
        (row.n_coded, f"{both}+{units.summed(alike, DIFFER)}"),
        (row.agreed_coded, both),
        (row.agreed_any, units.summed(common, ">0")),
    ]


def across_codes(cells: Mapping[str, str], codes: CodeSheet) -> dict[str, str]:
    """The formulas of `ACROSS`, from the sums of the codes' tables."""
    q, n, agreed = cells["codes"], cells["units"], f"({cells['both']}+{cells['neither']})"
    a, b, c, d = (cells[key] for key in ("both", "only_a", "only_b", "neither"))
    kappas, total = codes.range("cohen_kappa"), f"({q}*{n})"
    return {
        "pooled_kappa": formulas.ratio(f"{n}*{agreed}-{cells['chance']}", f"({q}*{n}^2-{cells['chance']})"),
        "mean_kappa": formulas.mean_of([kappas]),
        "codes_undefined": f"{q}-COUNT({kappas})",
        "summed_kappa": formulas.kappa(agreed, total, f"({formulas.expected(a, b, c, d)})"),
        "summed_percent": formulas.ratio(agreed, total),
    }


def write_pairs(book: Book, compared: Compared, row_name: Mapping[str, str]) -> None:
    """Three coders or more: the coefficient of agreement of each two, at each level."""
    columns = [Column("Coders", 30, TEXT), Column("Level", 16, TEXT), *ROW_COLUMNS]
    letter = letters(len(columns))[2:]
    sheet = book.table("Pairs of coders", columns, freeze="C2")
    for name, pair in pair_names(compared, compared.result):
        for row in pair.rows:
            sheet.values(columns, [name, row_name[row.key], *row_cells(row, letter, sheet.rows + 1)])
    book.finish_table(sheet, columns)


def pair_names(compared: Compared, result: Comparison) -> list[tuple[str, Comparison]]:
    """Each two coders, “Ann and Ben”, with their comparison; of two coders the comparison itself."""
    names = {coder.guid: coder.name for coder in compared.gathered.coders}
    if not result.pairs:
        return [(" and ".join(names[guid] for guid in result.coders), result)]
    return [(f"{names[one]} and {names[other]}", pair) for (one, other), pair in result.pairs.items()]
