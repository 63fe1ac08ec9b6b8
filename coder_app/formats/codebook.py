"""The codebook as an Excel workbook: a flat table of every node, and the tree."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from coder_app.core.model import Code, Count, Quote
from coder_app.core.palette import color_name
from coder_app.formats.levels import LevelColumns, all_level_names, level_columns
from coder_app.formats.output import Progress, no_progress
from coder_app.formats.xlsx import (
    COUNT,
    PLAIN,
    STRONG,
    TEXT,
    Book,
    Cell,
    Column,
    Value,
    colour_style,
    indented,
    writing,
)
from coder_app.project.exemplars import exemplars
from coder_app.project.project import Project

_DEFINITION = (
    ("Short definition", 24.0),
    ("Full definition", 34.0),
    ("When to use", 24.0),
    ("When not to use", 24.0),
    ("Example", 28.0),
    ("Plain words", 28.0),
)
_COUNTS = ("Quotes", "Participants", "Quotes with below", "Participants with below")


def write_codebook(
    project: Project,
    out: Path,
    *,
    coders: Collection[str] | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the codebook; counts and exemplars are those of ``coders`` (GUIDs), by default everybody's.

    Raises UserError where ``out`` cannot be written, Cancelled where ``progress`` asks for it.
    """
    counts = project.queries.counts(coders)
    first = {code: quotes[0] for code, quotes in exemplars(project, coders).items()}
    with writing(out, f"{project.name}: codebook") as book:
        _write_flat(book, project, counts, first, progress or no_progress)
        _write_tree(book, project, counts)


def _columns(levels: LevelColumns) -> list[Column]:
    return [
        *(Column(name, 18, TEXT, repeat=True) for name in levels.names),
        Column("Colour", 10, PLAIN),
        *(Column(header, width) for header, width in _DEFINITION),
        *(Column(header, 12, COUNT) for header in _COUNTS),
        Column("Exemplar", 40),
        Column("Exemplar by", 13),
    ]


def _write_flat(
    book: Book, project: Project, counts: dict[str, Count], first: dict[str, Quote], progress: Progress
) -> None:
    tree, levels = project.codes.tree(), level_columns(project)
    columns = _columns(levels)
    sheet = book.table("Codebook", columns, pages_wide=2)
    for done, (guid, _) in enumerate(tree.walk()):
        progress(done, len(tree))
        node, quote = tree[guid], first.get(guid)
        definition = node.definition
        sheet.values(
            columns,
            [
                *levels.path(tree, guid),
                _colour(node),
                definition.short,
                definition.full,
                definition.when,
                definition.when_not,
                definition.example,
                definition.plain,
                *_counts(counts.get(guid, Count())),
                quote.text if quote else None,
                quote.participant if quote else None,
            ],
        )
    book.finish_table(sheet, columns)
    progress(len(tree), len(tree))


def _colour(node: Code) -> Cell:
    """The colour as a fill, and its name, so that it can also be read and filtered."""
    return Cell(color_name(node.color), colour_style(node.color))


def _counts(count: Count) -> list[Value]:
    return [count.quotes, count.participants, count.quotes_below, count.participants_below]


def _write_tree(book: Book, project: Project, counts: dict[str, Count]) -> None:
    tree, levels = project.codes.tree(), all_level_names(project)
    columns = [
        Column("Codebook", 60, TEXT, repeat=True),
        Column("Level", 16, TEXT, repeat=True),
        Column("Colour", 10, PLAIN),
        Column("Short definition", 50),
        *(Column(header, 12, COUNT) for header in _COUNTS),
    ]
    sheet = book.table("Tree", columns)
    for guid, depth in tree.walk():
        node = tree[guid]
        style = indented(STRONG if tree.children(guid) else TEXT, depth)
        sheet.values(
            columns,
            [
                Cell(node.name, style),
                levels[node.level],
                _colour(node),
                node.definition.short,
                *_counts(counts.get(guid, Count())),
            ],
        )
