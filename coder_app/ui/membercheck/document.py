"""One participant's document on the screen, as it will read.

The phrases are those of the file (coder_app.formats.membercheck), whose language they keep; a test holds
them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from coder_app.core.model import Participant
from coder_app.ui.report.paper import Paper

TITLE = "Did we understand you?"
SAID = "What you said"
NOTHING_SAID = "We quote nothing of yours here; you can still say whether it is true to you."
HOW_TRUE = "How true is this theme to your experience?"
DIFFERENTLY = "What would you put differently, leave out or add?"
WRITE_HERE = "Write here"


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
    from coder_app.formats.membercheck import SCALE

    paper.begin()
    paper.title(TITLE)
    paper.remark(f"{study} · {person.label}", indent=0)
    paper.remark(_note("[A greeting stands here, and how to answer.]"), indent=0)
    for finding in findings:
        paper.heading(finding.name, 1)
        if finding.meaning:
            paper.normal(finding.meaning)
        if finding.words:
            paper.question(SAID)
            for words in finding.words:
                paper.quote(f"“{words}”")
        else:
            paper.remark(NOTHING_SAID)
        paper.question(HOW_TRUE)
        paper.boxes([f"{number}  {meaning}" for number, meaning in enumerate(SCALE, 1)])
        paper.question(DIFFERENTLY)
        paper.field(WRITE_HERE)
    paper.remark(_note("[In closing, a question for what is missing, and thanks.]"), indent=0)
    paper.finish(keep_place=keep_place)


def _note(text: str) -> str:
    return QCoreApplication.translate("MemberCheckDocument", text)
