"""The agreement workbook: counts, coefficients, and a live formula beside each that recomputes it."""

from __future__ import annotations

from pathlib import Path

from coder_app.formats.agreement_codes import CodeSheet, write_many, write_pair
from coder_app.formats.agreement_method import write_method
from coder_app.formats.agreement_summary import WIDTHS, Summary
from coder_app.formats.agreement_units import write_differences, write_sets
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
    names = [coder.name for coder in gathered.coders]
    with writing(out, f"{project.name}: agreement") as book:
        summary = book.sheet("Summary", WIDTHS)
        pairs = _pair_sheets(book, compared)
        codes = pairs[0] if len(names) == 2 else write_many(book, "Per code", result, gathered.labels, pairs)
        distance = write_differences(project, book, compared, progress or no_progress)
        sums = write_sets(book, compared, distance)
        Summary(project, summary, compared).write(codes, pairs, sums)
        write_method(book, compared)


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
