"""What is different between two copies as an Excel table: a row for each difference."""

from __future__ import annotations

from pathlib import Path

from coder_app.formats.output import Progress, no_progress
from coder_app.formats.xlsx import PLAIN, TEXT, Column, writing
from coder_app.project.difference import Difference, Side

_EVERY = 500
"""Rows between two reports of progress."""


def write_difference(
    study: str, found: Difference, out: Path, *, progress: Progress | None = None
) -> list[Path]:
    """Write all differences; ``study`` is the name of the project. Returns the file written.

    Raises UserError where ``out`` cannot be written, Cancelled where ``progress`` asks for it.
    """
    report = progress or no_progress
    where = {Side.HERE: "only here", Side.THERE: f"only in {found.file}", Side.BOTH: "different"}
    columns = [Column("About", 16, PLAIN), Column("Where", 24, TEXT), Column("Coder", 18, TEXT)]
    columns.append(Column("Difference", 110, TEXT))
    with writing(out, f"{study}: compared with {found.file}") as book:
        counts = [Column("About", 16, PLAIN), *(Column(where[side].capitalize(), 20, PLAIN) for side in Side)]
        sheet = book.table("Counts", counts)
        for topic, sides in found.counts().items():
            sheet.values(counts, [topic.value, *(sides[side] for side in Side)])
        sheet = book.table("Differences", columns)
        for number, item in enumerate(found.items):
            if number % _EVERY == 0:
                report(number, len(found.items))
            sheet.values(columns, [item.topic.value, where[item.side], item.coder, item.sentence])
    report(len(found.items), len(found.items))
    return [out]
