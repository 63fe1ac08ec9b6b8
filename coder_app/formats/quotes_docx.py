"""All quotes as a Word document: a heading for each node of the codebook, its quotes below."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from coder_app.core.model import Quote
from coder_app.formats.docx import Pages, Run, writing
from coder_app.formats.output import Progress, no_progress
from coder_app.formats.quotes import NodeQuotes, memos_on_codings, quotes_by_node
from coder_app.project.names import plural
from coder_app.project.project import Project


def write_quotes_docx(
    project: Project,
    out: Path,
    *,
    coders: Collection[str] | None = None,
    progress: Progress | None = None,
) -> None:
    """Write the quotes of ``coders`` (GUIDs), by default everybody's, in the order of the codebook.

    Nodes without quotes, also below, are left out. Where several coders are shown, each quote names
    its coder. Raises UserError where ``out`` cannot be written, Cancelled where ``progress`` asks for it.
    """
    tree = project.codes.tree()
    nodes, memos = quotes_by_node(project, coders), memos_on_codings(project, coders)
    below = _counts_below(nodes)
    several = len({quote.coding.coder for node in nodes for quote in node.quotes}) > 1
    total, done = sum(len(node.quotes) for node in nodes), 0
    report = progress or no_progress
    with writing(out, f"{project.name}: quotes") as pages:
        pages.heading(project.name, 0)
        pages.add("Remark", plural(total, "quote"))
        for node, count in zip(nodes, below, strict=True):
            if not count:
                continue
            pages.heading(tree[node.guid].name, node.depth + 1)
            if description := tree[node.guid].definition.short:
                pages.add("Remark", description)
            for quote in node.quotes:
                report(done, total)
                done += 1
                _add_quote(pages, quote, memos.get(quote.coding.guid, ""), several)
    report(total, total)


def _counts_below(nodes: list[NodeQuotes]) -> list[int]:
    """For each node in display order how many quotes it and everything below it have."""
    counts = [len(node.quotes) for node in nodes]
    for at in range(len(nodes) - 1, -1, -1):
        for parent in range(at - 1, -1, -1):
            if nodes[parent].depth < nodes[at].depth:
                counts[parent] += counts[at]
                break
    return counts


def _add_quote(pages: Pages, quote: Quote, memo: str, name_coder: bool) -> None:
    pages.add("Quote", quote.text.strip())
    pages.add("Attribution", attribution(quote, name_coder))
    if memo:
        pages.add("Remark", Run("Memo: ", bold=True), Run(memo, italic=True))


def attribution(quote: Quote, name_coder: bool = False) -> str:
    """“(P3, Interview P3, turn 12)”, with the coder where asked for."""
    parts = [quote.participant, quote.document_title, f"turn {quote.turn}" if quote.turn else ""]
    text = ", ".join(part for part in parts if part)
    return f"({text}; coded by {quote.coder_name})" if name_coder else f"({text})"
