"""The codings marked as exemplars, found without reading all others."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select

from coder_app.core.model import Quote
from coder_app.project import schema
from coder_app.project.among import by_coders

if TYPE_CHECKING:
    from coder_app.project.project import Project


def exemplars(project: Project, coders: Collection[str] | None = None) -> dict[str, list[Quote]]:
    """Code -> what ``coders`` (GUIDs; None: anybody) marked as exemplar, by transcript and place."""
    coding = schema.coding.c
    marked = project.connection.scalars(
        select(coding.guid).where(coding.exemplar == 1, by_coders(coding.coder, coders))
    ).all()
    position = {document.guid: at for at, document in enumerate(project.documents.all())}
    quotes = [quote for quote in project.queries.quotes_of(marked) if quote.coding.exemplar]
    quotes.sort(
        key=lambda q: (position.get(q.coding.document, -1), q.coding.start, q.coding.end, q.coder_name)
    )
    found: dict[str, list[Quote]] = {}
    for quote in quotes:
        if quote.coding.code is not None:
            found.setdefault(quote.coding.code, []).append(quote)
    return found
