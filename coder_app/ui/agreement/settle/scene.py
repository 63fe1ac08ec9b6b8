"""A place to be settled as it is shown: the text around it, and names and colours of codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder_app.core.codetree import Codebook
from coder_app.core.model import Code, Coding
from coder_app.core.text import excerpt
from coder_app.ui.agreement.settle import words
from coder_app.ui.agreement.versions import Piece, marked_pieces
from coder_app.ui.colors import Colors

if TYPE_CHECKING:
    from coder_app.core.settling import Span
    from coder_app.project.sources import Sources
    from coder_app.ui.agreement.settle.states import Entry

AROUND = 400
"""Code points of text shown before and after."""
LONGEST = 30_000
"""Code points of a place that are shown; a whole transcript may be one unit."""
GONE = "#8a8f98"
"""Colour of a code that is in no codebook any more."""


@dataclass(frozen=True, slots=True)
class Scene:
    """``text`` is ``[low, high)`` of the transcript; ``unit`` counts from ``low``."""

    entry: Entry
    title: str
    """Transcript, turn and speaker."""
    text: str
    low: int
    unit: tuple[int, int]

    def pieces(self, spans: Sequence[Span], names: Names, colors: Colors) -> list[Piece]:
        """The stretches to tint, as :func:`marked_pieces` gives them."""
        codings = [Coding(str(at), "", "", code, start, end) for at, (code, start, end) in enumerate(spans)]
        tints = {one.guid: names.color(one.code or "") for one in codings}
        place = self.low, self.low + len(self.text)
        return marked_pieces(codings, tints, place, place, colors.surface, colors.dark)


class Names:
    """Names and colours of codes: those of today's codebook, else those that the round froze."""

    def __init__(self, now: Codebook, then: Codebook) -> None:
        self._now, self._then = now, then

    def code(self, guid: str) -> Code | None:
        return self._now.nodes.get(guid) or self._then.nodes.get(guid)

    def name(self, guid: str) -> str:
        code = self.code(guid)
        return code.name if code is not None else words.tr("a code that was deleted")

    def color(self, guid: str) -> str:
        code = self.code(guid)
        return code.color if code is not None else GONE

    def ordered(self, codes: Iterable[str]) -> list[str]:
        """Each code once, by name."""
        return sorted(set(codes), key=lambda code: (self.name(code).casefold(), code))

    def is_here(self, guid: str) -> bool:
        """Whether the code is in today's codebook: only such a code can be settled on."""
        return guid in self._now.nodes


def place_words(sources: Sources, document: str, position: int) -> str:
    """“turn 4, Mara”; empty where no turn is."""
    content = sources.contents[document]
    number = content.turn_at(position)
    if not number:
        return ""
    speaker = content.turns[number - 1].speaker
    who = sources.speakers[document][speaker].name if speaker is not None else ""
    text = words.tr("turn {n}").format(n=f"{number:,}")
    return f"{text}, {who}" if who else text


def title_of(sources: Sources, document: str) -> str:
    return next((one.title for one in sources.documents if one.guid == document), "")


def scene_of(sources: Sources, entry: Entry) -> Scene:
    """The place with some text before and after, cut between words."""
    item = entry.item
    whole = sources.contents[item.document].text
    end = min(item.end, item.start + LONGEST)
    low, high = max(0, item.start - AROUND), min(len(whole), end + AROUND)
    while 0 < low < item.start and not whole[low - 1].isspace():
        low += 1
    while end < high < len(whole) and not whole[high].isspace():
        high -= 1
    place = place_words(sources, item.document, item.start)
    title = title_of(sources, item.document)
    return Scene(
        entry,
        f"{title} · {place}" if place else title,
        whole[low:high],
        low,
        (item.start - low, end - low),
    )


def spoken(scene: Scene, spans: Sequence[Span], names: Names, name: str) -> str:
    """A version in words, for screen readers: “Ann: Fear on “I was afraid””."""
    if not spans:
        return words.tr("{name}: no code").format(name=name)
    parts = []
    for code, start, end in spans:
        text = excerpt(scene.text, start - scene.low, end - scene.low)
        parts.append(words.tr("{code} on “{words}”").format(code=names.name(code), words=text))
    return f"{name}: {'; '.join(parts)}"
