"""The agreement workbook: counts, coefficients, and a live formula beside each that recomputes it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_codes import CodeSheet, write_many, write_pair
from coder_app.formats.agreement_counts import Counts, pair_names, write_pairs
from coder_app.formats.agreement_method import write_method
from coder_app.formats.agreement_sets import write_sets
from coder_app.formats.agreement_summary import WIDTHS, Summary, over_sets, row_name
from coder_app.formats.agreement_units import UnitSheet, write_units
from coder_app.formats.levels import all_level_names
from coder_app.formats.output import Progress, no_progress
from coder_app.formats.xlsx import Book, writing
from coder_app.project.comparing import Compared
from coder_app.project.project import Project


def write_agreement(
    project: Project, out: Path, compared: Compared, *, progress: Progress | None = None
) -> None:
    """Write the workbook of a comparison (see `project.comparing.compare_project`).

    Raises UserError where ``out`` cannot be written, Cancelled where ``progress`` asks for it.
    """
    gathered, result = compared.gathered, compared.result
    levels = all_level_names(project)
    with writing(out, f"{project.name}: agreement") as book:
        summary = book.sheet("Summary", WIDTHS)
        pairs = _pair_sheets(book, compared)
        if result.pairs:
            write_many(book, "Per code", result, gathered.labels, pairs)
            write_pairs(book, compared, {key: row_name(key, levels) for key in _row_keys(compared)})
        units, distance = write_units(project, book, compared, progress or no_progress)
        write_method(book, compared)
        sums = write_sets(book, compared, distance)
        recomputed = _across_codes(book, compared, pairs, units)
        recomputed |= over_sets(sums, len(gathered.coders))
        Summary(project, summary, compared, levels).write(recomputed)


def _across_codes(
    book: Book, compared: Compared, pairs: Sequence[CodeSheet], units: UnitSheet
) -> dict[str, str]:
    """The sheet of counts; returns the formulas of what rests on it."""
    result = compared.result
    counts = Counts(book, pairs=bool(result.pairs))
    places = combinations(range(len(compared.gathered.coders)), 2)
    found = [
        counts.add(name, pair, codes, units, place)
        for (name, pair), codes, place in zip(pair_names(compared, result), pairs, places, strict=True)
    ]
    counts.finish(book)
    if not result.pairs:
        return found[0]
    return {"light_kappa": formulas.mean_of([own["pooled_kappa"] for own in found])}


def _row_keys(compared: Compared) -> list[str]:
    return ["marked", *(level.key for level in compared.gathered.levels)]


def _pair_sheets(book: Book, compared: Compared) -> list[CodeSheet]:
    """The 2 x 2 counts: one sheet for two coders, one for each pair of three or more."""
    gathered, result = compared.gathered, compared.result
    names = {coder.guid: coder.name for coder in gathered.coders}
    if not result.pairs:
        return [write_pair(book, "Per code", result, list(names.values()), gathered.labels)]
    numbers = {guid: number for number, guid in enumerate(names, 1)}
    return [
        write_pair(
            book,
            f"Per code, {numbers[one]} and {numbers[other]}",
            pair,
            [names[one], names[other]],
            gathered.labels,
        )
        for (one, other), pair in result.pairs.items()
    ]
