"""The sheets of the agreement workbook about units: all of them, and those on which the coders differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_figures import LEFT, NUMBER, WORDS
from coder_app.formats.agreement_rows import (
    SPAN,
    STRETCHES,
    TALK,
    Names,
    Place,
    Places,
    UnitRow,
    Words,
    unit_rows,
)
from coder_app.formats.output import Progress
from coder_app.formats.xlsx import (
    COUNT,
    RATIO,
    Book,
    Cell,
    Column,
    Formula,
    Sheet,
    Value,
    letters,
)
from coder_app.project.comparing import Compared
from coder_app.project.project import Project

ALIKE, DIFFER, NOBODY = "alike", "differ", "nobody"
"""What the column “Alike” says of a unit: the same codes, other codes, coded by nobody."""
_PLACE = (
    *TALK,
    Column("Unit", 6, NUMBER, repeat=True),
    *SPAN,
    Column("Text", 60, WORDS),
)


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """The sheet of all units as the formulas of other sheets refer to it."""

    sheet: Sheet
    columns: dict[str, str]
    """weight, coders, and for each two coders ``alike X Y`` and ``common X Y`` (places from 0) -> letter."""

    def range(self, name: str) -> str:
        letter, last = self.columns[name], max(self.sheet.rows, 2)
        return f"{self.sheet.reference}${letter}$2:${letter}${last}"

    def summed(self, name: str, condition: str) -> str:
        """How many units (characters, tokens) meet a condition on a column, such as ``"alike"``."""
        return f'SUMIFS({self.range("weight")},{self.range(name)},"{condition}")'


def write_units(project: Project, book: Book, compared: Compared, progress: Progress) -> UnitSheet:
    """All units; of characters and tokens what somebody coded, neighbours with the same codes in one row."""
    result = compared.result
    writer = _Writer(book, compared)
    places, names = Places(project, compared), Names(compared)
    rows = list(unit_rows(result.views[result.level], stretches=result.unit in STRETCHES))
    numbered = result.unit not in STRETCHES
    for done, row in enumerate(rows):
        if done % 256 == 0:
            progress(done, len(rows))
        place = places.of(row.unit)
        codes = [names.of(codes) for codes in row.sets]
        writer.add(row, [*_placed(place, row.unit.unit + 1 if numbered else None), *codes])
    book.finish_table(writer.sheet, writer.columns)
    return UnitSheet(writer.sheet, writer.letters)


def _placed(place: Place, number: int | None) -> list[Value | Cell]:
    return [place.title, place.participant, place.turn, number, place.start, place.end, place.text]


class _Writer:
    """The sheet of all units in the making."""

    def __init__(self, book: Book, compared: Compared) -> None:
        names = [coder.name for coder in compared.gathered.coders]
        self._pairs = list(combinations(range(len(names)), 2))
        two = len(names) == 2
        self.columns = [
            *_PLACE,
            *(Column(f"Codes of {name}", 26) for name in names),
            Column(weight_name(compared.result.unit), 9, COUNT),
            Column("Coders who coded it", 8, COUNT),
        ]
        first = len(self.columns)
        for x, y in self._pairs:
            both = "" if two else f", {names[x]} and {names[y]}"
            self.columns += [Column(f"Alike{both}", 10, LEFT), Column(f"Codes in common{both}", 9, COUNT)]
        letter = letters(len(self.columns))
        self.letters = {"weight": letter[first - 2], "coders": letter[first - 1]}
        for at, (x, y) in enumerate(self._pairs):
            self.letters[f"alike {x} {y}"] = letter[first + 2 * at]
            self.letters[f"common {x} {y}"] = letter[first + 2 * at + 1]
        self.sheet = book.table("Units", self.columns, freeze="A2")

    def add(self, row: UnitRow, values: Sequence[Value | Cell]) -> None:
        cells: list[Value | Cell] = [*values, row.weight, sum(map(bool, row.sets))]
        for x, y in self._pairs:
            one, other = row.sets[x], row.sets[y]
            cells += [ALIKE if one == other else DIFFER, len(one & other)] if one or other else [NOBODY, 0]
        self.sheet.values(self.columns, cells)


def weight_name(unit: str) -> str:
    """The header of the column that says how much a row counts."""
    return {"character": "Characters", "unitizing": "Characters", "token": "Tokens"}.get(unit, "Units")


def write_differences(project: Project, book: Book, compared: Compared) -> dict[str, str]:
    """The units on which coders differ; returns the summed distances as formulas.

    Of unitizing these are stretches of text.
    """
    result = compared.result
    names = [coder.name for coder in compared.gathered.coders]
    pairs = list(combinations(range(len(names)), 2))
    columns = [
        *_PLACE,
        *(Column(f"Codes of {name}", 26) for name in names),
        *(Column(f"Words marked by {name}", 44) for name in names),
        Column(weight_name(result.unit), 9, COUNT),
        *(Column(f"Number of codes, {name}", 9, COUNT) for name in names),
        *(Column(_common(names, x, y), 9, COUNT) for x, y in pairs),
        Column("Pairs of coders that differ", 9, COUNT),
        Column("Jaccard distance", 9, RATIO),
        Column("MASI distance", 9, RATIO),
    ]
    letter = letters(len(columns))
    at = len(_PLACE) + 2 * len(names)
    weight = letter[at]
    size = letter[at + 1 : at + 1 + len(names)]
    both = letter[at + 1 + len(names) : at + 1 + len(names) + len(pairs)]
    numbered = result.unit not in STRETCHES
    sheet = book.table("Disagreements", columns, freeze="A2")
    places, words, labels = Places(project, compared), Words(compared), Names(compared)
    for row in unit_rows(result.views[result.level], stretches=not numbered):
        if row.same:
            continue
        number = sheet.rows + 1
        sizes, common = [f"{c}{number}" for c in size], [f"{c}{number}" for c in both]
        values: list[Value | Cell] = [
            *_placed(places.of(row.unit), row.unit.unit + 1 if numbered else None),
            *(labels.of(given) for given in row.sets),
            *words.of(row.unit),
            row.weight,
            *(len(given) for given in row.sets),
            *(len(row.sets[x] & row.sets[y]) for x, y in pairs),
            sum(row.sets[x] != row.sets[y] for x, y in pairs),
            Formula(formulas.summed_distance("jaccard", sizes, common)),
            Formula(formulas.summed_distance("masi", sizes, common)),
        ]
        sheet.values(columns, values)
    book.finish_table(sheet, columns)
    last = max(sheet.rows, 2)

    def summed(column: str) -> str:
        weights = f"{sheet.reference}${weight}$2:${weight}${last}"
        return f"SUMPRODUCT({weights},{sheet.reference}${column}$2:${column}${last})"

    return dict(zip(("equality", "jaccard", "masi"), map(summed, letter[-3:]), strict=True))


def _common(names: Sequence[str], x: int, y: int) -> str:
    return "Codes in common" if len(names) == 2 else f"Codes in common, {names[x]} and {names[y]}"
