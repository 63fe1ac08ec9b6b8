"""All quotes as an Excel table, in the order of the codebook."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from coder_app.formats.levels import level_columns
from coder_app.formats.output import Progress, no_progress
from coder_app.formats.quotes import memos_on_codings, quotes_by_node
from coder_app.formats.xlsx import PLAIN, TEXT, Column, Style, writing
from coder_app.project.project import Project

_NUMBER = Style(number="0")


def write_quotes_xlsx(
    project: Project,
    out: Path,
    *,
    coders: Collection[str] | None = None,
    progress: Progress | None = None,
) -> None:
    """Write one row for each quote of ``coders`` (GUIDs), by default everybody's.

    A quote too long for a cell goes on in the next row. Raises UserError where ``out`` cannot be
    written, Cancelled where ``progress`` asks for it.
    """
    tree, levels = project.codes.tree(), level_columns(project)
    nodes, memos = quotes_by_node(project, coders), memos_on_codings(project, coders)
    total, done = sum(len(node.quotes) for node in nodes), 0
    report = progress or no_progress
    columns = [
        *(Column(name, 20, TEXT, repeat=True) for name in levels.names),
        Column("Participant", 13, TEXT, repeat=True),
        Column("Transcript", 22, TEXT, repeat=True),
        Column("Turn", 7, _NUMBER, repeat=True),
        Column("Coder", 14, TEXT, repeat=True),
        Column("Quote", 80),
        Column("Memo", 40),
        Column("Exemplar", 10, PLAIN),
    ]
    with writing(out, f"{project.name}: quotes") as book:
        sheet = book.table("Quotes", columns)
        for node in nodes:
            path = levels.path(tree, node.guid)
            for quote in node.quotes:
                report(done, total)
                done += 1
                sheet.values(
                    columns,
                    [
                        *path,
                        quote.participant,
                        quote.document_title,
                        quote.turn or None,
                        quote.coder_name,
                        quote.text,
                        memos.get(quote.coding.guid),
                        "yes" if quote.coding.exemplar else None,
                    ],
                )
        book.finish_table(sheet, columns)
    report(total, total)
