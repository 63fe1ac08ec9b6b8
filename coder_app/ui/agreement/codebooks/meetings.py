"""The text that a code of the one and a code of the other both cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coder_app.core import spans
from coder_app.core.model import Coding
from coder_app.project.project import Project


@dataclass(frozen=True, slots=True)
class Meeting:
    """A stretch that both cover; positions are code points, the end is exclusive."""

    document: str
    start: int
    end: int


def find_meetings(project: Project, coders: tuple[str, str], codes: tuple[str, str]) -> list[Meeting]:
    """Stretches that the first coder's codings of the first code and the second's of the second both cover.

    Codings of what is below a code are codings of it. In the order of the transcripts and of the text.
    """
    tree = project.codes.tree()
    covered = [
        _ranges(project.codings.of_codes(tree.with_below([code]), [coder]))
        for coder, code in zip(coders, codes, strict=True)
    ]
    found = []
    for document in project.documents.all():
        one, other = (ranges.get(document.guid, []) for ranges in covered)
        if one and other:
            found += [Meeting(document.guid, start, end) for start, end in spans.common(one, other)]
    return found


def _ranges(codings: Iterable[Coding]) -> dict[str, list[spans.Range]]:
    found: dict[str, list[spans.Range]] = {}
    for coding in codings:
        found.setdefault(coding.document, []).append((coding.start, coding.end))
    return found
