"""What an agreement study compares, cut from a project's `sources.Sources` as a researcher chooses.

Only transcripts that all chosen coders finished enter, unless asked otherwise. The words of interviewers
are left out of every unit, unless asked otherwise; where a transcript has no speakers, all of it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from coder_app.core import settling
from coder_app.core.agreement import study
from coder_app.core.agreement.bootstrap import SEED
from coder_app.core.agreement.comparison import Comparison, UnitSets
from coder_app.core.agreement.continuum import Continuum
from coder_app.core.agreement.spans import BoolArray
from coder_app.core.agreement.study import CodeList, Codings, DocumentUnits
from coder_app.core.codetree import Codebook
from coder_app.core.model import CONSENSUS, Coder, Coding, Document, Level, Settlement, Status, UnitKind
from coder_app.project.cutting import NOBODY, code_labels, spoken, unit_places
from coder_app.project.entering import (
    UNITS,
    check_choice,
    chosen_coders,
    chosen_documents,
    interviewer_turns_of,
    with_units,
)
from coder_app.project.names import plural
from coder_app.project.sources import Choice, Sources, read_sources

if TYPE_CHECKING:
    from coder_app.project.project import Project

__all__ = [
    "UNITS",
    "Choice",
    "Compared",
    "Gathered",
    "LeftOut",
    "Sources",
    "after",
    "code_labels",
    "compare_project",
    "compare_sources",
    "gather",
    "read_sources",
    "settled_choice",
    "spoken",
    "unfinished_documents",
    "unit_places",
    "worklist",
]

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was not compared, and why."""

    unfinished: tuple[Document, ...] = ()
    """Chosen, but not all of the coders finished them."""
    without_units: tuple[Document, ...] = ()
    """Chosen, but without locked meaning units."""
    interviewer_turns: int = 0
    """Turns of interviewers and other speakers who are no participants."""
    outside: int = 0
    """Codings of these coders that touch nothing of what counts (in an interviewer's words, a name ...)."""
    changed: tuple[tuple[Document, Coder], ...] = ()
    """Compared, but the coder changed codings after marking the transcript as finished."""

    def sentences(self) -> list[str]:
        """All of it in plain words, a sentence each; nothing where nothing was left out."""
        found = []
        if self.unfinished:
            found.append(f"Left out, not finished by all: {_titles(self.unfinished)}.")
        if self.without_units:
            found.append(f"Left out, without locked meaning units: {_titles(self.without_units)}.")
        if self.interviewer_turns:
            found.append(f"Left out: {plural(self.interviewer_turns, 'turn')} of interviewers and others.")
        if self.outside:
            found.append(f"Left out: {plural(self.outside, 'coding')} outside of what is compared.")
        for document, coder in self.changed:
            found.append(
                f"{coder.name} changed “{document.title}” after marking it as finished: if it is finished"
                " now, set it to in progress and to finished once more."
            )
        return found


def _titles(documents: Sequence[Document]) -> str:
    return ", ".join(f"“{document.title}”" for document in documents)


@dataclass(frozen=True, slots=True, eq=False)
class Gathered:
    """The values that `core.agreement.study.compare` takes, and where they come from."""

    choice: Choice
    coders: tuple[Coder, ...]
    documents: tuple[Document, ...]
    """The transcripts compared, in the project's order."""
    unfinished: tuple[Document, ...]
    """Chosen, but left out: not all of the coders finished them."""
    codings: Codings
    units: tuple[DocumentUnits, ...]
    codes: CodeList
    tree: Codebook
    levels: tuple[Level, ...]
    """Levels of the codebook in use, lowest first."""
    labels: dict[str, str]
    """Node of the codebook -> a name that no other node has."""
    marked: dict[str, list[Coding]]
    """Transcript -> the codings compared, by start and end."""
    texts: dict[str, str]
    """Transcript -> its text."""
    unnamed: dict[str, list[Coding]] = field(default_factory=dict)
    """Transcript -> passages without a code; they count as marked, and nowhere else."""
    marks: Codings = field(default_factory=lambda: Codings.from_rows([]))
    left_out: LeftOut = field(default_factory=LeftOut)
    sources: Sources | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The result of a comparison with the names of what was compared."""

    gathered: Gathered
    result: Comparison

    def place(self, unit: UnitSets) -> tuple[str, int, int]:
        """The transcript (GUID) and ``[start, end)`` of a unit, in code points."""
        return unit.document, unit.start, unit.end

    @property
    def codes_shared(self) -> str:
        """How far the coders use the same codes: “12 of 90 codes shared”."""
        return f"{self.result.codes_shared} of {self.result.codes_used_by_any} codes shared"

    @property
    def few_codes_shared(self) -> bool:
        """Whether a plain warning is due: less than half of the codes used are used by all."""
        return self.result.codes_shared * 2 < self.result.codes_used_by_any


def compare_project(
    project: Project,
    choice: Choice,
    *,
    resamples: int = 0,
    progress: Progress | None = None,
) -> Compared:
    """Compare coders of a project as it stands; see `compare_sources`."""
    return compare_sources(read_sources(project), choice, resamples=resamples, progress=progress)


def compare_sources(
    sources: Sources,
    choice: Choice,
    *,
    resamples: int = 0,
    seed: int = SEED,
    progress: Progress | None = None,
) -> Compared:
    """Compare coders as chosen; ``resamples`` asks for bootstrap intervals (2,000 are meant).

    Raises UserError where the choice leaves nothing to compare, Cancelled where ``progress`` asks
    for it.
    """
    gathered = gather(sources, choice, progress, blocks=resamples > 0)
    result = study.compare(
        gathered.codings,
        [coder.guid for coder in gathered.coders],
        gathered.units,
        gathered.codes,
        unit=choice.unit,
        level=choice.level,
        levels=gathered.levels,
        unit_min_chars=choice.unit_min_chars,
        threshold=choice.threshold,
        marks=gathered.marks,
        resamples=resamples,
        seed=seed,
        progress=progress,
    )
    return Compared(gathered, result)


def gather(
    source: Sources | Project, choice: Choice, progress: Progress | None = None, *, blocks: bool = False
) -> Gathered:
    """Cut what is compared from the sources (or from a project, which is read first).

    ``blocks`` asks for the paragraphs, which a bootstrap draws where text is counted.
    Raises UserError for fewer than two coders, an unknown unit, a level that the project does not use,
    and where no transcript was finished by all of the coders.
    """
    sources = source if isinstance(source, Sources) else read_sources(source)
    coders = chosen_coders(sources, choice)
    check_choice(sources, choice)
    documents, unfinished = chosen_documents(sources, choice, coders)
    documents, without_units = with_units(sources, choice, documents)
    prepared = sources.prepared
    units: list[DocumentUnits] = []
    for done, document in enumerate(documents):
        if progress is not None:
            progress(done, len(documents))
        parts = prepared.spoken(document.guid, choice.interviewer_turns)
        cut = prepared.units(document.guid, choice.unit, choice.interviewer_turns)
        begun = None
        if blocks and not UnitKind(choice.unit).fixed:
            paragraphs = prepared.units(document.guid, UnitKind.PARAGRAPH, choice.interviewer_turns)
            begun = paragraphs[:, 0]
        units.append(DocumentUnits(document.guid, document.characters, cut, parts, begun))
    named, marks, outside = _codings(sources, coders, documents, units)
    who = {coder.guid for coder in coders}
    marked: dict[str, list[Coding]] = {}
    unnamed: dict[str, list[Coding]] = {}
    for document in documents:
        own = [coding for coding in sources.codings.get(document.guid, ()) if coding.coder in who]
        marked[document.guid] = [coding for coding in own if coding.code is not None]
        unnamed[document.guid] = [coding for coding in own if coding.code is None]
    left_out = LeftOut(
        unfinished,
        without_units,
        0 if choice.interviewer_turns else interviewer_turns_of(sources, documents),
        outside,
        tuple((d, c) for d in documents for c in coders if (d.guid, c.guid) in sources.changed_after),
    )
    return Gathered(
        choice=choice,
        coders=coders,
        documents=documents,
        unfinished=unfinished,
        codings=named,
        units=tuple(units),
        codes=prepared.codes,
        tree=sources.tree,
        levels=tuple(sources.level_names),
        labels=prepared.labels,
        marked=marked,
        texts={document.guid: sources.contents[document.guid].text for document in documents},
        unnamed=unnamed,
        marks=marks,
        left_out=left_out,
        sources=sources,
    )


def settled_choice(sources: Sources, choice: Choice) -> Choice:
    """The choice with the coders and transcripts that really enter. Raises UserError as `gather`."""
    gathered = gather(sources, choice)
    return replace(
        choice,
        coders=tuple(coder.guid for coder in gathered.coders),
        documents=tuple(document.guid for document in gathered.documents),
    )


def worklist(compared: Compared) -> list[settling.Item]:
    """The places that anybody coded, alike or not, in order: what there is to settle."""
    result, gathered = compared.result, compared.gathered
    found = [result] if result.views else list(result.pairs.values())
    units = [unit for one in found for unit in one.coded_units()]
    coders = [coder.guid for coder in gathered.coders]
    order = {document.guid: place for place, document in enumerate(gathered.documents)}
    fixed = UnitKind(result.unit).fixed
    items = settling.worklist(units, gathered.marked, coders, fixed=fixed)
    return sorted(items, key=lambda item: (order[item.document], item.start, item.end))


def after(
    sources: Sources,
    settlements: Iterable[Settlement],
    codings: Mapping[str, Sequence[Coding]],
    tree: Codebook | None = None,
) -> Sources:
    """The sources as if the coders compared had coded what is settled as it was settled.

    ``codings`` are those of each settlement (by its GUID). Comparing the answer gives the agreement after
    discussion; settlements that left something open change nothing. Codes that were made while settling
    come from ``tree``, the codebook as it is now, with what stands above them; without it they are left out.
    """
    given = {coding.code for own in codings.values() for coding in own if coding.code is not None}
    if tree is not None:
        sources = sources.with_codes(tree, given)
    coders = [coder.guid for coder in sources.coders if coder.guid != CONSENSUS]
    if sources.choice is not None and sources.choice.coders:
        coders = list(sources.choice.coders)
    settled = [
        settling.Settled(
            one.document,
            one.start,
            one.end,
            tuple(
                (c.code, c.start, c.end)
                for c in codings.get(one.guid, ())
                if c.code is not None and c.code in sources.tree
            ),
            one.guid,
        )
        for one in settlements
        if one.verdict.settles
    ]
    return sources.with_codings(settling.after(sources.codings, coders, settled))


def _codings(
    sources: Sources, coders: Sequence[Coder], documents: Sequence[Document], units: Sequence[DocumentUnits]
) -> tuple[Codings, Codings, int]:
    """Codings with a code, passages without one, and how many of both touch nothing that counts."""
    prepared = sources.prepared
    rows = prepared.rows
    coder_at = np.full(len(prepared.coders) + 1, -1, dtype=np.int64)
    for place, coder in enumerate(coders):
        if coder.guid in prepared.coders:
            coder_at[prepared.coders.index(coder.guid)] = place
    document_at = np.full(len(sources.documents) + 1, -1, dtype=np.int64)
    number = {document.guid: place for place, document in enumerate(documents)}
    for place, document in enumerate(sources.documents):
        document_at[place] = number.get(document.guid, -1)
    coder_place, document_place = coder_at[rows.coder], document_at[rows.document]
    chosen = (coder_place >= 0) & (document_place >= 0)

    def where(mask: BoolArray) -> Codings:
        return Codings(
            document_place[mask], coder_place[mask], rows.code[mask], rows.start[mask], rows.end[mask]
        )

    outside = 0
    if chosen.any():
        everything = where(chosen)
        _, kept = Continuum(units).lay(everything)
        outside = int((~kept).sum())
    unnamed = rows.code == NOBODY
    return where(chosen & ~unnamed), where(chosen & unnamed), outside


def unfinished_documents(project: Project, coders: Collection[str]) -> list[tuple[Document, str]]:
    """(transcript, coder) wherever a coder has codings but did not mark the transcript as finished."""
    statuses = project.documents.statuses()
    coded = project.queries.codings_by_document()
    return [
        (document, coder)
        for document in project.documents.all()
        for coder in coders
        if coded.get((document.guid, coder))
        and statuses.get((document.guid, coder), Status.NOT_STARTED) != Status.FINISHED
    ]
