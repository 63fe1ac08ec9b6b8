"""What an agreement study compares, taken from a project: coders, transcripts, units, codings, codes.

Only transcripts that all chosen coders finished enter, unless asked otherwise. The words of interviewers
are left out of every unit, unless asked otherwise; where a transcript has no speakers, all of it counts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coder_app.core import text as texts
from coder_app.core.agreement import study
from coder_app.core.agreement.comparison import Comparison, UnitSets
from coder_app.core.agreement.study import CodeList, Codings, DocumentUnits, UnitKind
from coder_app.core.codetree import Codebook
from coder_app.core.errors import UserError
from coder_app.core.model import Coder, Coding, Document, Level, Role, Speaker, Status
from coder_app.project.content import Content

if TYPE_CHECKING:
    from coder_app.project.project import Project

Progress = Callable[[int, int], None]

UNITS: tuple[str, ...] = tuple(kind.value for kind in UnitKind)
"""Names of the units, as the command line takes them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a researcher chooses to compare. Coders and documents are GUIDs."""

    coders: tuple[str, ...] = ()
    """In the order they are shown; none: everybody who coded."""
    unit: str = UnitKind.TURN.value
    level: Level = Level.CODE
    documents: tuple[str, ...] | None = None
    """None: all transcripts."""
    include_unfinished: bool = False
    interviewer_turns: bool = False


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
    origins: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Key of a stretch -> its transcript and where it begins there, in code points."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """The result of a comparison with the names of what was compared."""

    gathered: Gathered
    result: Comparison

    def place(self, unit: UnitSets) -> tuple[str, int, int]:
        """The transcript (GUID) and ``[start, end)`` of a unit, in code points."""
        document, shift = self.gathered.origins.get(unit.document, (unit.document, 0))
        return document, unit.start + shift, unit.end + shift

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
    """Compare coders as chosen; ``resamples`` asks for bootstrap intervals (2,000 are meant).

    Raises UserError where the choice leaves nothing to compare, Cancelled where ``progress`` asks
    for it.
    """
    gathered = gather(project, choice, progress)
    result = study.compare(
        gathered.codings,
        [coder.guid for coder in gathered.coders],
        gathered.units,
        gathered.codes,
        unit=choice.unit,
        level=choice.level,
        levels=gathered.levels,
        resamples=resamples,
        progress=progress,
    )
    return Compared(gathered, result)


def gather(project: Project, choice: Choice, progress: Progress | None = None) -> Gathered:
    """Collect from a project what is compared.

    Raises UserError for fewer than two coders, an unknown unit, a level that the project does not use,
    and where no transcript was finished by all of the coders.
    """
    coders = _chosen_coders(project, choice)
    if choice.unit not in UNITS:
        raise UserError(f"There is no unit “{choice.unit}”: take one of {', '.join(UNITS)}.")
    levels = tuple(project.level_names())
    if choice.level not in levels:
        raise UserError(f"This project does not use the level “{choice.level.key}”.")
    documents, unfinished = _chosen_documents(project, choice, coders)
    tree = project.codes.tree()
    codes = _code_list(tree)
    units: list[DocumentUnits] = []
    origins: dict[str, tuple[str, int]] = {}
    rows: list[tuple[int, int, int, int, int]] = []
    code_place = {key: number for number, key in enumerate(codes.keys)}
    coder_place = {coder.guid: number for number, coder in enumerate(coders)}
    speakers = project.documents.all_speakers()
    contents: dict[str, str] = {}
    by_document: dict[str, list[Coding]] = {document.guid: [] for document in documents}
    for coding in project.codings.all(coder_place, by_document):
        if coding.code in code_place:
            by_document[coding.document].append(coding)
    for done, document in enumerate(documents):
        if progress is not None:
            progress(done, len(documents))
        content = project.documents.content(document.guid)
        stretches = spoken(content, speakers.get(document.guid, []), choice.interviewer_turns)
        own = by_document[document.guid]
        contents[document.guid] = content.text
        if choice.unit == UnitKind.CHARACTER:
            _add_stretches(document.guid, stretches, own, units, origins, rows, coder_place, code_place)
            continue
        cut = unit_places(content, choice.unit, stretches)
        rows += [(len(units), coder_place[c.coder], code_place[c.code or ""], c.start, c.end) for c in own]
        units.append(DocumentUnits(document.guid, document.characters, cut))
    return Gathered(
        choice=choice,
        coders=coders,
        documents=documents,
        unfinished=unfinished,
        codings=Codings.from_rows(rows),
        units=tuple(units),
        codes=codes,
        tree=tree,
        levels=levels,
        labels=code_labels(tree),
        marked=by_document,
        texts=contents,
        origins=origins,
    )


def _add_stretches(
    document: str,
    stretches: Sequence[tuple[int, int]],
    codings: Sequence[Coding],
    units: list[DocumentUnits],
    origins: dict[str, tuple[str, int]],
    rows: list[tuple[int, int, int, int, int]],
    coder_place: dict[str, int],
    code_place: dict[str, int],
) -> None:
    """For characters each spoken stretch is a text of its own, and codings are cut to it."""
    first = len(units)
    for number, (start, end) in enumerate(stretches):
        key = f"{document}/{number}"
        origins[key] = (document, start)
        units.append(DocumentUnits(key, end - start))
    ends = [end for _, end in stretches]
    for coding in codings:
        number = bisect_left(ends, coding.start + 1)
        while number < len(stretches) and stretches[number][0] < coding.end:
            start, end = stretches[number]
            low, high = max(coding.start, start) - start, min(coding.end, end) - start
            place = coder_place[coding.coder], code_place[coding.code or ""]
            rows.append((first + number, *place, low, high))
            number += 1


def _chosen_coders(project: Project, choice: Choice) -> tuple[Coder, ...]:
    known = {coder.guid: coder for coder in project.coders.all()}
    if not choice.coders:
        coded = {coder for _, coder in project.queries.codings_by_document()}
        choice = replace(choice, coders=tuple(guid for guid in known if guid in coded))
    if any(guid not in known for guid in choice.coders):
        raise UserError("This project has no such coder.")
    if len(set(choice.coders)) < 2 or len(set(choice.coders)) < len(choice.coders):
        raise UserError("Agreement needs at least two different coders.")
    return tuple(known[guid] for guid in choice.coders)


def _chosen_documents(
    project: Project, choice: Choice, coders: Sequence[Coder]
) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """Those that enter, and those left out because not all of the coders finished them."""
    wanted = [
        document
        for document in project.documents.all()
        if choice.documents is None or document.guid in choice.documents
    ]
    if not wanted:
        raise UserError("There is no transcript to compare.")
    if choice.include_unfinished:
        return tuple(wanted), ()
    statuses = project.documents.statuses()
    finished = [
        document
        for document in wanted
        if all(statuses.get((document.guid, coder.guid)) == Status.FINISHED for coder in coders)
    ]
    if not finished:
        raise UserError(
            f"No transcript is marked as finished by {' and '.join(coder.name for coder in coders)}:"
            " mark them as finished, or include unfinished transcripts."
        )
    kept = {document.guid for document in finished}
    return tuple(finished), tuple(document for document in wanted if document.guid not in kept)


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


def spoken(content: Content, speakers: Sequence[Speaker], interviewer_turns: bool) -> list[tuple[int, int]]:
    """The stretches of a transcript whose words count, in code points, without names and time stamps.

    These are the turns of participants and of nobody named; with ``interviewer_turns``, or where there
    are no speakers, the whole text.
    """
    if interviewer_turns or not any(turn.speaker is not None for turn in content.turns):
        return [(0, len(content.text))] if content.text else []
    stretches = []
    for turn in content.turns:
        if turn.speaker is None or speakers[turn.speaker].role == Role.PARTICIPANT:
            start, end = texts.trim(content.text, turn.body, turn.end)
            if start < end:
                stretches.append((start, end))
    return stretches


def unit_places(content: Content, unit: str, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The units of a transcript within ``stretches``, trimmed, in order (for characters the stretches)."""
    if unit == UnitKind.CHARACTER:
        return list(stretches)
    if unit == UnitKind.TURN:
        return _turns(content, stretches)
    cut = texts.paragraphs if unit == UnitKind.PARAGRAPH else texts.sentences
    return [place for start, end in stretches for place in cut(content.text, start, end)]


def _turns(content: Content, stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The words of each turn that lies within the stretches."""
    found = []
    number = 0
    for turn in content.turns:
        start, end = texts.trim(content.text, turn.body, turn.end)
        while number < len(stretches) and stretches[number][1] <= start:
            number += 1
        if start < end and number < len(stretches) and stretches[number][0] <= start:
            found.append((start, end))
    return found


def _code_list(tree: Codebook) -> CodeList:
    keys = [guid for guid, _ in tree.walk()]
    place = {guid: number for number, guid in enumerate(keys)}
    parents = [place.get(tree.parent(guid) or "") for guid in keys]
    return CodeList.from_parents(keys, [tree[guid].level for guid in keys], parents)


def code_labels(tree: Codebook) -> dict[str, str]:
    """Node -> its name; where several have it, its path (“Trust / Openness”), and a number if need be."""
    by_name: dict[str, list[str]] = {}
    for guid, _ in tree.walk():
        by_name.setdefault(tree[guid].name, []).append(guid)
    labels: dict[str, str] = {}
    taken = {name for name, guids in by_name.items() if len(guids) == 1}
    for guid, _ in tree.walk():
        label = tree[guid].name
        if len(by_name[label]) > 1:
            path = " / ".join(node.name for node in tree.path(guid))
            label, number = path, 2
            while label in taken:
                label, number = f"{path} ({number})", number + 1
            taken.add(label)
        labels[guid] = label
    return labels
