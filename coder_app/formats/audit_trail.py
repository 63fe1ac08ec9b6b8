"""The audit trail as an Excel table: a row for each action, in the order in which they were done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from coder_app.formats.output import Progress, no_progress
from coder_app.formats.xlsx import PLAIN, TEXT, Column, writing
from coder_app.project.audit import Entry
from coder_app.project.audit_search import EVERYTHING, Wanted
from coder_app.project.project import Project

_PAGE = 2_000
"""Actions that are put into words at a time."""

COLUMNS = (
    Column("Number", 9, PLAIN),
    Column("Date and time", 19, PLAIN),
    Column("Coder", 18, TEXT),
    Column("What was done", 90, TEXT),
    Column("About", 20, TEXT),
    Column("Action", 34, TEXT),
    Column("Taken back", 12, PLAIN),
)


def write_audit_trail(
    project: Project, out: Path, *, wanted: Wanted | None = None, progress: Progress | None = None
) -> None:
    """Write the actions asked for (by default all), oldest first; times are this machine's local time.

    Raises UserError where ``out`` cannot be written, Cancelled where ``progress`` asks for it.
    """
    asked, report = wanted or EVERYTHING, progress or no_progress
    ids = [id for some in project.audit.ids(asked, newest_first=False) for id in some]
    with writing(out, f"{project.name}: {_title(project, asked)}") as book:
        sheet = book.table("Story" if asked.story else "Audit trail", list(COLUMNS))
        for first in range(0, len(ids), _PAGE):
            report(first, len(ids))
            for number, entry in enumerate(project.audit.told(ids[first : first + _PAGE], asked), first + 1):
                sheet.values(list(COLUMNS), cells(number, entry))
        report(len(ids), len(ids))


def cells(number: int, entry: Entry) -> list[str | int | float | bool | None]:
    """The row of an action."""
    when = datetime.fromtimestamp(entry.time / 1000).astimezone()
    return [
        number,
        f"{when:%Y-%m-%d %H:%M:%S}",
        entry.coder_name,
        entry.sentence,
        ", ".join(kind.value for kind in entry.kinds),
        entry.action,
        "yes" if entry.taken_back else "",
    ]


def _title(project: Project, wanted: Wanted) -> str:
    if not wanted.story:
        return "audit trail"
    node = project.codes.tree().nodes.get(wanted.story)
    return f"how “{node.name}” came to be" if node else "how a code came to be"
