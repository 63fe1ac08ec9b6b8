"""What agreement is measured on, read from a project once: coders, transcripts, codebook, codings.

`Sources` are plain values. Reading costs a moment, measuring on them again with other coders, units or
levels does not: positions of units and arrays of codings are kept with them. `freeze` keeps them for a round.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from coder_app.core.codetree import Codebook
from coder_app.core.model import (
    CONSENSUS,
    DEFAULT_LEVEL_NAMES,
    Coder,
    Coding,
    Document,
    Level,
    Speaker,
    Status,
    UnitKind,
)
from coder_app.project import schema
from coder_app.project.content import Content
from coder_app.project.cutting import Prepared

if TYPE_CHECKING:
    from coder_app.project.project import Project

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a researcher chooses to compare. Coders and documents are GUIDs."""

    coders: tuple[str, ...] = ()
    """In the order they are shown; none: everybody who coded, but for second passes."""
    unit: str = UnitKind.TURN.value
    level: Level = Level.CODE
    documents: tuple[str, ...] | None = None
    """None: all transcripts."""
    include_unfinished: bool = False
    interviewer_turns: bool = False
    threshold: float = 0.5
    """For matched spans: overlap / union from which two spans match."""
    unit_min_chars: int = 1
    """Characters of a fixed unit that a code has to cover."""


@dataclass(frozen=True, eq=False)
class Sources:
    """A project as agreement sees it. Everything but ``prepared`` is what was read."""

    project: str
    """GUID of the study."""
    coders: tuple[Coder, ...]
    """Everybody, and the consensus behind them where anything was settled."""
    documents: tuple[Document, ...]
    hashes: Mapping[str, str]
    """Transcript -> SHA-256 of its text."""
    statuses: Mapping[tuple[str, str], Status]
    """(transcript, coder) -> how far; left out: not started."""
    changed_after: frozenset[tuple[str, str]]
    """(transcript, coder) where the coder's codings changed after she marked it as finished."""
    tree: Codebook
    level_names: Mapping[Level, str]
    """Levels in use, lowest first."""
    speakers: Mapping[str, tuple[Speaker, ...]]
    meaning_units: Mapping[str, tuple[Place, ...]]
    """Transcript -> its units, where they are locked."""
    codings: Mapping[str, tuple[Coding, ...]]
    """Transcript -> everybody's codings by start and end, also passages without a code."""
    contents: Mapping[str, Content]
    choice: Choice | None = None
    """What a round measured; None for the project as it stands."""

    @cached_property
    def prepared(self) -> Prepared:
        """Arrays and units, made when first asked for and kept."""
        return Prepared(
            self.tree, self.documents, self.codings, self.contents, self.speakers, self.meaning_units
        )

    def with_codings(self, codings: Mapping[str, tuple[Coding, ...]]) -> Sources:
        """The same with other codings."""
        return replace(self, codings=codings)

    def with_codes(self, tree: Codebook, guids: Collection[str]) -> Sources:
        """The same with these nodes of another codebook, and what stands above them, where they are missing.

        Nodes that are there stay as they are.
        """
        missing = {
            node.guid: node
            for guid in guids
            if guid in tree and guid not in self.tree
            for node in tree.path(guid)
            if node.guid not in self.tree
        }
        if not missing:
            return self
        levels = {node.level: DEFAULT_LEVEL_NAMES[node.level] for node in missing.values()}
        names = {**levels, **self.level_names}
        return replace(
            self,
            tree=Codebook([*self.tree.nodes.values(), *missing.values()]),
            level_names={level: names[level] for level in sorted(names)},
        )

    def coder(self, guid: str) -> Coder | None:
        """The coder of that GUID; None where there is none."""
        return next((coder for coder in self.coders if coder.guid == guid), None)


def read_sources(project: Project) -> Sources:
    """Read everything that agreement may be measured on, once."""
    documents = tuple(project.documents.all())
    coders = tuple(project.coders.layers())
    codings: dict[str, list[Coding]] = {document.guid: [] for document in documents}
    found = project.codings.all()
    if any(coder.guid == CONSENSUS for coder in coders):
        found = sorted(
            [*found, *project.codings.all([CONSENSUS])], key=lambda c: (c.document, c.start, c.end, c.guid)
        )
    tree = project.codes.tree()
    for coding in found:
        if coding.document in codings and (coding.code is None or coding.code in tree):
            codings[coding.document].append(coding)
    speakers = project.documents.all_speakers()
    table = schema.document.c
    return Sources(
        project=project.guid,
        coders=coders,
        documents=documents,
        hashes={row.guid: row.sha256 for row in project.connection.execute(select(table.guid, table.sha256))},
        statuses=project.documents.statuses(),
        changed_after=changed_after_finishing(project),
        tree=tree,
        level_names=project.level_names(),
        speakers={document.guid: tuple(speakers.get(document.guid, ())) for document in documents},
        meaning_units=_locked_units(project),
        codings={guid: tuple(own) for guid, own in codings.items()},
        contents={document.guid: project.documents.content(document.guid) for document in documents},
    )


def usual_unit(project: Project) -> str:
    """What is counted unless something else is chosen: locked meaning units where there are some."""
    return (UnitKind.MEANING_UNIT if _locked_units(project) else UnitKind.TURN).value


def _locked_units(project: Project) -> dict[str, tuple[Place, ...]]:
    """The locked meaning units of each transcript that has them."""
    found = project.meaning_units.all()
    return {guid: units.places for guid, units in found.items() if units.locked and units.places}


def changed_after_finishing(project: Project) -> frozenset[tuple[str, str]]:
    """(transcript, coder) where the coder changed codings of hers after she had marked it as finished.

    A mark as exemplar, memos and what others changed do not count.
    """
    change, step, coding, progress = schema.change, schema.step, schema.coding, schema.progress
    clock = step.c.wall * 1_048_576 + step.c.counter  # the counter stays far below 2^20 in a millisecond
    finished = (
        select(progress.c.document, progress.c.coder, func.max(clock).label("at"))
        .select_from(change)
        .join(step, step.c.id == change.c.step)
        .join(progress, progress.c.guid == change.c.row)
        .where(
            change.c.tbl == "progress",
            progress.c.gone == 0,
            progress.c.status == Status.FINISHED.value,
            func.json_extract(change.c.after, "$.status") == Status.FINISHED.value,
        )
        .group_by(progress.c.document, progress.c.coder)
        .subquery()
    )
    fields = ("place", "code", "gone", "document")
    touched = [func.json_type(change.c.after, f"$.{name}").is_not(None) for name in fields]
    late = (
        select(finished.c.document, finished.c.coder)
        .select_from(change)
        .join(step, step.c.id == change.c.step)
        .join(coding, coding.c.guid == change.c.row)
        .join(
            finished,
            (finished.c.document == coding.c.document) & (finished.c.coder == coding.c.coder),
        )
        .where(
            change.c.tbl == "coding",
            step.c.coder == coding.c.coder,
            clock > finished.c.at,
            touched[0] | touched[1] | touched[2] | touched[3],
        )
        .distinct()
    )
    return frozenset((row.document, row.coder) for row in project.connection.execute(late))


def freeze(sources: Sources, choice: Choice) -> str:
    """The coders and transcripts of ``choice`` with all that is measured on them, as JSON; see `freezing`."""
    from coder_app.project import freezing

    return freezing.freeze(sources, choice)


def thaw(project: Project, text: str) -> tuple[Sources, Choice]:
    """What `freeze` froze, with the texts of the project. Raises UserError where it is damaged."""
    from coder_app.project import freezing

    return freezing.thaw(project, text)
