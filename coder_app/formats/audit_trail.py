"""The audit trail as an Excel table: a row for each action, in the order in which they were done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from coder_app.formats.output import Progress, no_progress
from coder_app.formats.xlsx import PLAIN, TEXT, Column, writing
from coder_app.project.audit import Wanted
from coder_app.project.project import Project

_PAGE = 5_000
"""Actions that are put into words at a time."""

_COLUMNS = (
    Column("Number", 9, PLAIN),
    Column("Date and time", 19, PLAIN),
    Column("Coder", 18, TEXT),
    Column("What was done", 90, TEXT),
    Column("About", 20, TEXT),
    Column("Action", 34, TEXT),
)


def write_audit_trail(
    project: Project, out: Path, *, wanted: Wanted | None = None, progress: Progress | None = None
) -> None:
    """Write the actions asked for (by default all), oldest first; times are this machine's local time.

    Raises UserError where ``out`` cannot be written, Cancelled where ``progress`` asks for it.
    """
    asked, report = wanted or Wanted(), progress or no_progress
    total = project.audit.count(asked)
    with writing(out, f"{project.name}: audit trail") as book:
        sheet = book.table("Audit trail", list(_COLUMNS))
        for first in range(0, total, _PAGE):
            report(first, total)
            entries = project.audit.entries(asked, first=first, most=_PAGE, newest_first=False)
            for number, entry in enumerate(entries, first + 1):
                when = datetime.fromtimestamp(entry.time / 1000).astimezone()
                kinds = ", ".join(kind.value for kind in entry.kinds)
                sheet.values(
                    list(_COLUMNS),
                    [
                        number,
                        f"{when:%Y-%m-%d %H:%M:%S}",
                        entry.coder_name,
                        entry.sentence,
                        kinds,
                        entry.action,
                    ],
                )
        report(total, total)
