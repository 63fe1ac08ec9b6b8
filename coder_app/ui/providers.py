"""What the search box finds: commands, codes, transcripts, and words in the transcripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from coder_app.ui.actions import Action
from coder_app.ui.context import Context
from coder_app.ui.palette_search import SearchHit, score

if TYPE_CHECKING:
    from coder_app.project.queries import Found

MOST_COMMANDS = 8
MOST_CODES = 8
MOST_TRANSCRIPTS = 5
MOST_PLACES = 50
AT_A_TIME = 5
CONTEXT = 36
"""Code points shown before the words that were searched for."""

Offer = tuple[Action, Callable[[], object]]
"""A row of the table and what carries it out."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Search", text)


def commands(words: str, offers: Iterable[Offer]) -> list[SearchHit]:
    """The commands whose text holds the words; all of them in the order of the table for no words."""
    found = []
    for row, run in offers:
        rank = score(words, row.label) or min(1, score(words, row.words)) if words else 1
        if rank:
            found.append((rank, SearchHit(row.label, "", _tr("Command"), run, keys=row.keys)))
    found.sort(key=lambda pair: -pair[0])
    return [hit for _, hit in found[:MOST_COMMANDS]]


def codes(words: str, ctx: Context) -> list[SearchHit]:
    """Codes of any level by name; choosing one selects it on the Code page."""
    if not words or not ctx.has_project:
        return []
    book = ctx.project.codes.tree()
    levels = ctx.project.level_names()
    found = []
    for code in book.nodes.values():
        rank = score(words, code.name)
        if rank:
            above = " › ".join(node.name for node in book.path(code.guid)[:-1])
            kind = levels.get(code.level, _tr("Code"))
            found.append((-rank, code.name.casefold(), SearchHit(
                code.name, above, kind, partial(show_code, ctx, code.guid), color=code.color
            )))  # fmt: skip
    found.sort(key=lambda item: item[:2])
    return [hit for *_, hit in found[:MOST_CODES]]


def show_code(ctx: Context, guid: str) -> None:
    ctx.pageWanted.emit("code")
    ctx.select_code(guid)


def transcripts(words: str, ctx: Context) -> list[SearchHit]:
    """Transcripts by title."""
    if not words or not ctx.has_project:
        return []
    found = []
    for document in ctx.project.documents.all():
        rank = score(words, document.title)
        if rank:
            run = partial(show_document, ctx, document.guid)
            found.append((-rank, SearchHit(document.title, document.date, _tr("Transcript"), run)))
    found.sort(key=lambda pair: pair[0])
    return [hit for _, hit in found[:MOST_TRANSCRIPTS]]


def show_document(ctx: Context, guid: str) -> None:
    ctx.pageWanted.emit("code")
    ctx.select_document(guid)


def places(words: str, ctx: Context) -> Iterator[list[SearchHit]]:
    """Where the words stand in the transcripts, a few transcripts at a time."""
    if not ctx.has_project:
        return
    left = MOST_PLACES
    documents = [document.guid for document in ctx.project.documents.all()]
    for first in range(0, len(documents), AT_A_TIME):
        some = documents[first : first + AT_A_TIME]
        found = ctx.project.queries.search(words, documents=some, most=left)
        left -= len(found)
        yield [_place_hit(place, ctx) for place in found]
        if left <= 0:
            return


def _place_hit(place: Found, ctx: Context) -> SearchHit:
    before = place.before
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].partition(" ")[2]
    match = " ".join(place.match.split())
    return SearchHit(
        f"{before}{match}{place.after}",
        place.title,
        _tr("Text"),
        partial(ctx.openPlace.emit, place.document, place.start, place.end),
        mark=(len(before), len(before) + len(match)),
    )
