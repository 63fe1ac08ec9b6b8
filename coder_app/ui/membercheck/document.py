"""One participant's document on the screen, as it will read.

Every phrase is the file's own (coder_app.formats.membercheck), in its language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coder_app.core.model import Participant
from coder_app.ui.report.paper import Paper


@dataclass(frozen=True, slots=True)
class Asked:
    """A finding as a participant reads it."""

    name: str
    meaning: str
    words: tuple[str, ...]
    """The participant's own quotes."""


def show(
    paper: Paper, study: str, person: Participant, findings: Sequence[Asked], *, keep_place: bool
) -> None:
    """Show a participant's document."""
    from coder_app.formats import membercheck as phrases

    paper.begin()
    paper.title(phrases.TITLE)
    paper.remark(f"{study} · {person.label}", indent=0)
    for paragraph in phrases.GREETING:
        paper.normal(paragraph)
    for finding in findings:
        paper.heading(finding.name, 1)
        if finding.meaning:
            paper.normal(finding.meaning)
        if finding.words:
            paper.question(phrases.SAID)
            for words in finding.words:
                paper.quote(f"“{words}”")
        else:
            paper.remark(phrases.NOTHING_SAID)
        paper.question(phrases.HOW_TRUE)
        paper.boxes([f"{number}  {meaning}" for number, meaning in enumerate(phrases.SCALE, 1)])
        paper.question(phrases.DIFFERENTLY)
        paper.field(phrases.WRITE_HERE)
    paper.heading(phrases.CLOSING, 1)
    paper.normal(phrases.MISSING)
    paper.field(phrases.WRITE_HERE)
    paper.normal(phrases.THANKS)
    paper.finish(keep_place=keep_place)
