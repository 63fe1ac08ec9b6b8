"""The sheets of the agreement workbook about units: where coders differ, which sets of codes occur."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from coder_app.core.agreement.comparison import UnitSets
from coder_app.core.agreement.sets import distinct_sets
from coder_app.core.model import Coding
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.output import Progress
from coder_app.formats.xlsx import COUNT, RATIO, TEXT, Book, Cell, Column, Formula, Style, Value, letters
from coder_app.project.comparing import Compared
from coder_app.project.project import Project

MOST_PAIRS = 20_000
"""Pairs of sets that are laid out one by one; beyond, two of the alphas are given without their formula."""
_NUMBER = Style(number="0")


@dataclass(frozen=True, slots=True)
class Sums:
    """Addresses that the formulas of alpha over sets take (see `agreement_formulas.alpha`)."""

    n: str
    distance: dict[str, str]
    """equality, jaccard, masi -> the summed distances of all units."""
    alike: dict[str, str]
    """The same -> Σ n_s n_t sim(s, t); jaccard and masi are missing where there are too many pairs."""


def write_differences(project: Project, book: Book, compared: Compared, progress: Progress) -> dict[str, str]:
    """The units on which coders differ; returns the summed distances as formulas."""
    gathered, result = compared.gathered, compared.result
    names = [coder.name for coder in gathered.coders]
    pairs = list(combinations(range(len(names)), 2))
    columns = [
        Column("Transcript", 22, TEXT, repeat=True),
        Column("Participant", 12, TEXT, repeat=True),
        Column("Turn", 7, _NUMBER, repeat=True),
        Column("Unit", 7, _NUMBER, repeat=True),
        Column("Text", 60),
        *(Column(f"Codes of {name}", 28) for name in names),
        *(Column(f"Words marked by {name}", 50) for name in names),
        Column("Characters" if result.unit == "character" else "Units", 8, COUNT),
        *(Column(f"Number of codes, {name}", 9, COUNT) for name in names),
        *(Column(_common(names, x, y), 9, COUNT) for x, y in pairs),
        Column("Pairs of coders that differ", 9, COUNT),
        Column("Jaccard distance", 9, RATIO),
        Column("MASI distance", 9, RATIO),
    ]
    letter = letters(len(columns))
    at = 5 + 2 * len(names)
    weight = letter[at]
    size = letter[at + 1 : at + 1 + len(names)]
    both = letter[at + 1 + len(names) : at + 1 + len(names) + len(pairs)]
    sheet = book.table("Differences", columns, freeze="F2")
    units = result.differences()
    words, places = _Words(compared), _Places(project, compared)
    order = {key: number for number, key in enumerate(result.codes)}
    for done, unit in enumerate(units):
        progress(done, len(units))
        row = sheet.rows + 1
        sizes, common = [f"{c}{row}" for c in size], [f"{c}{row}" for c in both]
        values: list[Value | Cell] = [
            *places.of(unit),
            *(_codes(compared, given, order) for given in unit.sets),
            *(words.of(unit, number) for number in range(len(names))),
            unit.end - unit.start if result.unit == "character" else 1,
            *(len(given) for given in unit.sets),
            *(len(unit.sets[x] & unit.sets[y]) for x, y in pairs),
            sum(unit.sets[x] != unit.sets[y] for x, y in pairs),
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


class _Places:
    """Where a unit is: transcript, participant, turn, number of the unit and its text."""

    def __init__(self, project: Project, compared: Compared) -> None:
        self._project, self._compared = project, compared
        self._titles = {document.guid: document.title for document in compared.gathered.documents}
        self._labels = {person.guid: person.label for person in project.participants.all()}

    def of(self, unit: UnitSets) -> list[Value]:
        document, start, end = self._compared.place(unit)
        people = self._project.queries.people.at(document, start, end)
        return [
            self._titles[document],
            ", ".join(self._labels[person] for person in people if person in self._labels),
            self._project.documents.content(document).turn_at(start) or None,
            None if self._compared.result.unit == "character" else unit.unit + 1,
            self._compared.gathered.texts[document][start:end],
        ]


def _codes(compared: Compared, given: frozenset[str], order: dict[str, int]) -> str:
    labels = compared.gathered.labels
    return "\n".join(labels[key] for key in sorted(given, key=lambda key: order.get(key, -1)))


class _Words:
    """What each coder marked in a unit: “code: words”, a line for each coding."""

    def __init__(self, compared: Compared) -> None:
        self._compared = compared
        self._longest: dict[str, int] = {}
        self._starts: dict[str, list[int]] = {}
        for document, codings in compared.gathered.marked.items():
            self._starts[document] = [coding.start for coding in codings]
            self._longest[document] = max((c.end - c.start for c in codings), default=0)

    def of(self, unit: UnitSets, coder: int) -> str:
        """The lines of one coder, cut to the unit."""
        labels, guid = self._compared.gathered.labels, self._compared.gathered.coders[coder].guid
        document, start, end = self._compared.place(unit)
        text = self._compared.gathered.texts[document]
        return "\n".join(
            f"{labels[c.code or '']}: {text[max(c.start, start) : min(c.end, end)]}"
            for c in self._overlapping(document, start, end)
            if c.coder == guid
        )

    def _overlapping(self, document: str, start: int, end: int) -> list[Coding]:
        codings, starts = self._compared.gathered.marked[document], self._starts[document]
        first = bisect_left(starts, start - self._longest[document])
        found = [c for c in codings[first : bisect_left(starts, end)] if c.end > start]
        labels = self._compared.gathered.labels
        return sorted(found, key=lambda c: (c.start, c.end, labels[c.code or ""]))


def write_sets(book: Book, compared: Compared, distance: dict[str, str]) -> Sums:
    """The sets of codes that occur, how often each coder gave them, and which of them share codes."""
    gathered, result = compared.gathered, compared.result
    view = result.views[result.level]
    distinct = distinct_sets(view.incidence)
    members = [[code for code, held in enumerate(row) if held] for row in distinct.members.tolist()]
    weights = view.incidence.weights.tolist()
    counts = [[0] * len(members) for _ in gathered.coders]
    for own, given in zip(counts, distinct.given.tolist(), strict=True):
        for number, weight in zip(given, weights, strict=True):
            own[number] += weight
    columns = [
        Column("Set", 7, _NUMBER),
        Column("Codes", 60, TEXT),
        Column("Number of codes", 9, COUNT),
        *(Column(f"Given by {coder.name}", 12, COUNT) for coder in gathered.coders),
        Column("Given in all", 12, COUNT),
    ]
    letter = letters(len(columns))
    sheet = book.table("Sets of codes", columns)
    placed = []
    for number, codes in enumerate(members):
        row = sheet.rows + 1
        placed.append(row)
        text = "\n".join(gathered.labels[view.keys[code]] for code in codes)
        given = [own[number] for own in counts]
        total = Formula(f"SUM({letter[3]}{row}:{letter[-2]}{row})")
        sheet.values(columns, [number + 1, text or "(no code)", len(codes), *given, total])
    book.finish_table(sheet, columns)
    totals = f"{sheet.reference}${letter[-1]}$2:${letter[-1]}${max(sheet.rows, 2)}"
    alike = {"equality": f"SUMSQ({totals})"}
    common = _common_codes(members)
    if common is not None:
        products = _write_pairs_of_sets(book, members, common, placed, (sheet.reference, letter[-1]))
        alike |= {name: f"(SUMSQ({totals})+2*{product})" for name, product in products.items()}
    return Sums(f"SUM({totals})", distance, alike)


def _common_codes(members: Sequence[Sequence[int]]) -> Counter[tuple[int, int]] | None:
    """(set, other set) -> how many codes they share, for the pairs that share any; None for too many."""
    holders: dict[int, list[int]] = {}
    for number, codes in enumerate(members):
        for code in codes:
            holders.setdefault(code, []).append(number)
    if any(len(sets) * (len(sets) - 1) // 2 > MOST_PAIRS for sets in holders.values()):
        return None
    common: Counter[tuple[int, int]] = Counter()
    for sets in holders.values():
        common.update(combinations(sets, 2))
        if len(common) > MOST_PAIRS:
            return None
    return common


def _write_pairs_of_sets(
    book: Book,
    members: Sequence[Sequence[int]],
    common: Counter[tuple[int, int]],
    placed: Sequence[int],
    totals: tuple[str, str],
) -> dict[str, str]:
    """A row for each two sets that share a code; returns Σ n_s n_t sim(s, t) for each similarity."""
    headers = ("Set", "Other set", "Times given", "Times given, other", "Codes", "Codes, other", "In common")
    columns = [Column(header, 10, COUNT) for header in headers]
    columns += [
        Column(header, 11, RATIO) for header in ("Jaccard", "MASI", "Times x Jaccard", "Times x MASI")
    ]
    sheet = book.table("Pairs of sets", columns)
    reference, letter = totals
    for (one, other), shared in sorted(common.items()):
        row = sheet.rows + 1
        sizes = f"E{row}", f"F{row}", f"G{row}"
        values: list[Value | Cell] = [
            one + 1,
            other + 1,
            Formula(f"{reference}{letter}{placed[one]}"),
            Formula(f"{reference}{letter}{placed[other]}"),
            len(members[one]),
            len(members[other]),
            shared,
            Formula(formulas.jaccard(*sizes)),
            Formula(formulas.masi(*sizes)),
            Formula(f"C{row}*D{row}*H{row}"),
            Formula(f"C{row}*D{row}*I{row}"),
        ]
        sheet.values(columns, values)
    book.finish_table(sheet, columns)
    last = max(sheet.rows, 2)
    return {
        name: f"SUM({sheet.reference}${column}$2:${column}${last})"
        for name, column in (("jaccard", "J"), ("masi", "K"))
    }
