"""The sheets of the agreement workbook on sets of codes: how often each occurs, which of them share codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from coder_app.core.agreement.sets import distinct_sets
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_names import DASH
from coder_app.formats.xlsx import COUNT, RATIO, TEXT, Book, Cell, Column, Formula, Style, Value, letters
from coder_app.project.comparing import Compared

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


def over_sets(sums: Sums, coders: int) -> dict[str, str]:
    """The formulas of alpha over sets, and of the mean Jaccard."""
    names = {"equality": "alpha_nominal_sets", "jaccard": "alpha_jaccard", "masi": "alpha_masi"}
    found = {
        names[key]: formulas.alpha(sums.distance[key], alike, sums.n, coders)
        for key, alike in sums.alike.items()
    }
    n = f"({sums.n}/{coders})"
    found["mean_jaccard"] = f'IF({n}=0,"{DASH}",1-{sums.distance["jaccard"]}/{n})'
    return found
