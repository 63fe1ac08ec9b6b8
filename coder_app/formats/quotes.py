"""Every quote in the order of the codebook, gathered once for Excel and for Word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from coder_app.core.model import MemoTarget, Quote
from coder_app.project.project import Project


@dataclass(frozen=True, slots=True)
class NodeQuotes:
    """A node of the codebook with its own quotes (not those below it), by transcript and place."""

    guid: str
    depth: int
    quotes: list[Quote]


def quotes_by_node(project: Project, coders: Collection[str] | None = None) -> list[NodeQuotes]:
    """Every node in display order with the quotes of ``coders`` (GUIDs; None: everybody's)."""
    position = {document.guid: at for at, document in enumerate(project.documents.all())}
    codings = [coding for coding in project.codings.all(coders) if coding.code is not None]
    names = {coder.guid: coder.name for coder in project.coders.all()}
    codings.sort(key=lambda c: (position.get(c.document, -1), c.start, c.end, names.get(c.coder, ""), c.guid))
    by_code: dict[str, list[Quote]] = {}
    for quote in project.queries.as_quotes(codings):
        by_code.setdefault(quote.coding.code or "", []).append(quote)
    return [NodeQuotes(guid, depth, by_code.get(guid, [])) for guid, depth in project.codes.tree().walk()]


def memos_on_codings(project: Project, coders: Collection[str] | None = None) -> dict[str, str]:
    """Coding -> what ``coders`` noted on it, oldest first.

    A memo by somebody else than the coding's coder begins with the writer's name.
    """
    names = {coder.guid: coder.name for coder in project.coders.all()}
    memos = [memo for memo in project.memos.all(coders) if memo.kind == MemoTarget.CODING]
    coder_of = {coding.guid: coding.coder for coding in project.codings.get({memo.target for memo in memos})}
    found: dict[str, list[str]] = {}
    for memo in memos:
        own = coder_of.get(memo.target) == memo.coder
        found.setdefault(memo.target, []).append(
            memo.text if own else f"{names.get(memo.coder, 'somebody')}: {memo.text}"
        )
    return {guid: "\n".join(texts) for guid, texts in found.items()}
