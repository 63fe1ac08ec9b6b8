"""What each coder gave a code to, and the text that two codes both cover."""

from __future__ import annotations

from dataclasses import dataclass

from coder_app.core import spans
from coder_app.core.model import Coding
from coder_app.ui.context import Context


@dataclass(frozen=True, slots=True)
class Meeting:
    """A stretch that both cover; positions are code points, the end is exclusive."""

    document: str
    start: int
    end: int


class Covered:
    """Codings by coder and code, read once until something changes: a theme may hold thousands."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.documents: dict[str, int] = {}
        """Transcripts that count (GUIDs) -> their place."""
        self._codings: dict[tuple[str, str], list[Coding]] = {}

    def forget(self, documents: tuple[str, ...]) -> None:
        """Read anew from now on, of these transcripts."""
        self.documents = {guid: at for at, guid in enumerate(documents)}
        self._codings = {}

    def codings(self, coder: str, code: str) -> list[Coding]:
        """A coder's codings (GUIDs) of a code and of everything below it, by transcript and place."""
        if (coder, code) not in self._codings:
            project = self.ctx.project
            nodes = project.codes.tree().with_below([code])
            found = [c for c in project.codings.of_codes(nodes, [coder]) if c.document in self.documents]
            found.sort(key=lambda c: (self.documents[c.document], c.start, c.end, c.guid))
            self._codings[coder, code] = found
        return self._codings[coder, code]

    def meetings(self, coders: tuple[str, str], codes: tuple[str, str]) -> list[Meeting]:
        """Stretches that the first's codings of the first code and the second's of the second both cover."""
        one, other = (self._ranges(coder, code) for coder, code in zip(coders, codes, strict=True))
        return [
            Meeting(document, start, end)
            for document in self.documents
            if document in one and document in other
            for start, end in spans.common(one[document], other[document])
        ]

    def _ranges(self, coder: str, code: str) -> dict[str, list[spans.Range]]:
        found: dict[str, list[spans.Range]] = {}
        for coding in self.codings(coder, code):
            found.setdefault(coding.document, []).append((coding.start, coding.end))
        return found
