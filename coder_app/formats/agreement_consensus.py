"""The sheet of the agreement workbook on what was settled: unit, versions, decision, reason, who and when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from coder_app.core.model import Coder, Coding, Settlement, Verdict
from coder_app.formats.agreement_figures import NUMBER, WORDS
from coder_app.formats.agreement_rows import SPAN
from coder_app.formats.xlsx import TEXT, Book, Column, Style, Value
from coder_app.project.comparing import code_labels
from coder_app.project.project import Project
from coder_app.project.sources import Sources

MOMENT = Style(number="yyyy-mm-dd hh:mm", across="left")
"""A day and time; `moment` gives the number."""
_EPOCH = 25_569
"""Days from Excel's day 0 to the first of January 1970."""
_DAY = 86_400_000
DECISIONS = {
    Verdict.BOTH: "everybody's codes",
    Verdict.NEITHER: "neither",
    Verdict.OTHER: "another code or place",
    Verdict.AGREED: "agreed before",
    Verdict.SKIP: "skipped",
    Verdict.DISCUSS: "to be discussed",
}


def moment(milliseconds: int) -> float:
    """A time (UTC) as Excel counts it, in days."""
    return round(milliseconds / _DAY + _EPOCH, 8)


@dataclass(slots=True)
class Frozen:
    """What a round froze, for looking up each coder's version of a stretch."""

    name: str
    sources: Sources
    coders: tuple[Coder, ...]
    labels: Mapping[str, str]
    _starts: dict[str, list[int]] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)

    def versions(self, document: str, start: int, end: int) -> dict[str, str]:
        """Coder -> the codes given to any part of the stretch, a line each."""
        codings = self.sources.codings.get(document, ())
        if document not in self._starts:
            self._starts[document] = [coding.start for coding in codings]
            self._longest[document] = max((c.end - c.start for c in codings), default=0)
        starts = self._starts[document]
        first = bisect_left(starts, start - self._longest[document])
        found: dict[str, dict[str, None]] = {}
        for coding in codings[first : bisect_left(starts, end)]:
            if coding.end > start:
                name = "(no code yet)" if coding.code is None else self.labels[coding.code]
                found.setdefault(coding.coder, {})[name] = None
        return {coder: "\n".join(names) for coder, names in found.items()}


def frozen_rounds(project: Project) -> dict[str, Frozen]:
    """Every round of the project, oldest first."""
    found = {}
    for one in project.rounds.all():
        sources, choice = project.rounds.sources(one.guid), project.rounds.choice(one.guid)
        known = {coder.guid: coder for coder in sources.coders}
        coders = tuple(known[guid] for guid in choice.coders if guid in known)
        found[one.guid] = Frozen(one.name, sources, coders, code_labels(sources.tree))
    return found


def write_consensus(project: Project, book: Book, rounds: Mapping[str, Frozen]) -> None:
    """Every decision that stands, by round, transcript and place."""
    settlements = project.consensus.settlements() if rounds else []
    used = {one.round for one in settlements}
    coders: dict[str, str] = {}
    for guid, own in rounds.items():
        if guid in used:
            coders.update((coder.guid, coder.name) for coder in own.coders)
    columns = [
        Column("Round", 16, TEXT, repeat=True),
        Column("Transcript", 20, TEXT, repeat=True),
        Column("Turn", 6, NUMBER, repeat=True),
        *SPAN,
        Column("Text", 50, WORDS),
        *(Column(f"Codes of {name}", 24) for name in coders.values()),
        Column("Decision", 18, TEXT),
        Column("Codes settled on", 24, TEXT),
        Column("Words of the consensus", 40, TEXT),
        Column("Reason", 30, TEXT),
        Column("Settled by", 14, TEXT),
        Column("When (UTC)", 16, MOMENT),
    ]
    sheet = book.table("Consensus", columns)
    if not settlements:
        sheet.values(columns, ["Nothing is settled yet.", *(None for _ in columns[1:])])
    writer = _Writer(project, rounds, tuple(coders))
    for one in writer.ordered(settlements):
        sheet.values(columns, writer.row(one))
    book.finish_table(sheet, columns)


class _Writer:
    """The rows of the sheet."""

    def __init__(self, project: Project, rounds: Mapping[str, Frozen], coders: Sequence[str]) -> None:
        self._project, self._rounds, self._coders = project, rounds, coders
        self._titles = {document.guid: document.title for document in project.documents.all()}
        self._names = {coder.guid: coder.name for coder in project.coders.all()}
        self._labels = code_labels(project.codes.tree())
        self._codings = project.consensus.codings() if rounds else {}

    def ordered(self, settlements: Sequence[Settlement]) -> list[Settlement]:
        """By round, the order of the transcripts, and place."""
        rounds = {guid: at for at, guid in enumerate(self._rounds)}
        titles = {guid: at for at, guid in enumerate(self._titles)}
        return sorted(
            settlements,
            key=lambda one: (rounds.get(one.round, -1), titles.get(one.document, -1), one.start, one.end),
        )

    def row(self, one: Settlement) -> list[Value]:
        content = self._project.documents.content(one.document)
        round_ = self._rounds.get(one.round)
        versions = {} if round_ is None else round_.versions(one.document, one.start, one.end)
        codings = self._codings.get(one.guid, [])
        return [
            "" if round_ is None else round_.name,
            self._titles.get(one.document, ""),
            content.turn_at(one.start) or None,
            one.start,
            one.end,
            content.text[one.start : one.end],
            *(versions.get(coder) for coder in self._coders),
            self._decision(one),
            "\n".join(dict.fromkeys(self._label(coding) for coding in codings)) or None,
            "\n".join(f"{self._label(c)}: {content.text[c.start : c.end]}" for c in codings) or None,
            one.reason or None,
            self._names.get(one.coder, "somebody"),
            moment(one.created),
        ]

    def _decision(self, one: Settlement) -> str:
        if one.verdict is Verdict.TAKE:
            return f"version of {self._names.get(one.taken, 'somebody')}"
        return DECISIONS[one.verdict]

    def _label(self, coding: Coding) -> str:
        return self._labels.get(coding.code or "", "(no code)")
