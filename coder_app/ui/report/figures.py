"""What each output holds now: figures in a sentence, and the first rows as they will stand in the file.

No Qt widgets here; the texts of files are not translated, those about them are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from PySide6.QtCore import QCoreApplication

from coder_app.core.model import DEFAULT_LEVEL_NAMES, Coding, Count, Level, Quote, Status
from coder_app.core.palette import color_name
from coder_app.formats.levels import level_columns
from coder_app.formats.quotes import memos_on_codings
from coder_app.project.audit_search import Wanted
from coder_app.project.project import Project
from coder_app.ui.codebook.wording import counted
from coder_app.ui.tr import QT_TRANSLATE_NOOP

ROWS = 40
"""The most rows (or quotes) that a preview shows."""
CODEBOOK_COLUMNS = (
    "Colour", "Short definition", "Full definition", "When to use", "When not to use", "Example",
    "Plain words", "Quotes", "Participants", "Quotes with below", "Participants with below", "Exemplar",
    "Exemplar by",
)  # fmt: skip
QUOTE_COLUMNS = ("Participant", "Transcript", "Turn", "Coder", "Quote", "Memo", "Exemplar")
"""The columns of the files after those of the levels (tests compare them with the files)."""
TRAIL_COLUMNS = ("Number", "Date and time", "Coder", "What was done", "About", "Action", "Taken back")
_LEVELS = {
    Level.CODE: (QT_TRANSLATE_NOOP("Figures", "{n} code"), QT_TRANSLATE_NOOP("Figures", "{n} codes")),
    Level.SUBCATEGORY: (
        QT_TRANSLATE_NOOP("Figures", "{n} subcategory"),
        QT_TRANSLATE_NOOP("Figures", "{n} subcategories"),
    ),
    Level.CATEGORY: (
        QT_TRANSLATE_NOOP("Figures", "{n} category"),
        QT_TRANSLATE_NOOP("Figures", "{n} categories"),
    ),
    Level.THEME: (QT_TRANSLATE_NOOP("Figures", "{n} theme"), QT_TRANSLATE_NOOP("Figures", "{n} themes")),
    Level.CORE_THEME: (
        QT_TRANSLATE_NOOP("Figures", "{n} core theme"),
        QT_TRANSLATE_NOOP("Figures", "{n} core themes"),
    ),
}

Coders = Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of a table. ``colors`` maps (row, column) to the fill of that cell (``#rrggbb``)."""

    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    total: int
    """Rows of the whole table."""
    colors: dict[tuple[int, int], str] = field(default_factory=dict)
    is_sheet: bool = True
    """Whether these are rows of the file, numbered as there."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """A transcript and whether it enters the comparison."""

    title: str
    statuses: tuple[Status, ...]
    """One for each coder compared."""

    @property
    def enters(self) -> bool:
        return all(status == Status.FINISHED for status in self.statuses)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Figures", text)


def levels_sentence(project: Project) -> str:
    """“69 codes, 18 subcategories, 8 categories, 4 themes”, lowest level first; none that is empty."""
    names = project.level_names()
    numbers: dict[Level, int] = {}
    for node in project.codes.tree().nodes.values():
        numbers[node.level] = numbers.get(node.level, 0) + 1
    return ", ".join(_level_words(level, numbers[level], names.get(level)) for level in sorted(numbers))


def _level_words(level: Level, number: int, name: str | None) -> str:
    if name is None or name == DEFAULT_LEVEL_NAMES[level]:
        one, several = _LEVELS[level]
        return counted(number, _tr(one), _tr(several))
    return f"{name}: {number:,}"


def quotes_total(counts: dict[str, Count]) -> tuple[int, int]:
    """Quotes in the codebook, and nodes that have some of their own."""
    own = [count.quotes for count in counts.values() if count.quotes]
    return sum(own), len(own)


# The codebook


def codebook_table(project: Project, coders: Coders) -> Table:
    """The first rows of the flat table of the codebook."""
    tree, levels = project.codes.tree(), level_columns(project)
    counts = project.queries.counts(coders)
    guids = [guid for guid, _ in islice(tree.walk(), ROWS)]
    exemplars = _exemplars(project, guids, coders)
    rows: list[tuple[str, ...]] = []
    colors: dict[tuple[int, int], str] = {}
    for guid in guids:
        node, count, quote = tree[guid], counts.get(guid, Count()), exemplars.get(guid)
        definition = node.definition
        colors[len(rows), len(levels.names)] = node.color
        numbers = (count.quotes, count.participants, count.quotes_below, count.participants_below)
        rows.append(
            (
                *levels.path(tree, guid),
                color_name(node.color),
                definition.short,
                definition.full,
                definition.when,
                definition.when_not,
                definition.example,
                definition.plain,
                *(f"{number:,}" for number in numbers),
                quote.text if quote else "",
                quote.participant if quote else "",
            )
        )
    return Table((*levels.names, *CODEBOOK_COLUMNS), rows, len(tree), colors)


def _exemplars(project: Project, guids: Sequence[str], coders: Coders) -> dict[str, Quote]:
    """Node -> its first exemplar, by transcript and place."""
    position = {document.guid: at for at, document in enumerate(project.documents.all())}
    marked = [coding for coding in project.codings.of_codes(set(guids), coders) if coding.exemplar]
    marked.sort(key=lambda c: (position.get(c.document, -1), c.start, c.end, c.guid))
    first: dict[str, Coding] = {}
    for coding in marked:
        first.setdefault(coding.code or "", coding)
    return {quote.coding.code or "": quote for quote in project.queries.as_quotes(first.values())}


# The quotes


def quotes_table(project: Project, coders: Coders) -> Table:
    """The first rows of the table of quotes."""
    tree, levels = project.codes.tree(), level_columns(project)
    memos = memos_on_codings(project, coders)
    rows = []
    for guid, quote in islice(_quotes(project, coders), ROWS):
        rows.append(
            (
                *levels.path(tree, guid),
                quote.participant,
                quote.document_title,
                str(quote.turn or ""),
                quote.coder_name,
                quote.text,
                memos.get(quote.coding.guid, ""),
                "yes" if quote.coding.exemplar else "",
            )
        )
    total, _ = quotes_total(project.queries.counts(coders))
    return Table((*levels.names, *QUOTE_COLUMNS), rows, total)


def _quotes(project: Project, coders: Coders) -> Iterator[tuple[str, Quote]]:
    """(node, quote) in the order of the codebook, asked for as they are wanted."""
    counts = project.queries.counts(coders)
    for guid, _ in project.codes.tree().walk():
        if counts[guid].quotes:
            for quote in project.queries.quotes([guid], coders, below=False):
                yield guid, quote


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the document of quotes with its own quotes; ``depth`` is 0 at the top."""

    name: str
    depth: int
    description: str
    quotes: tuple[Quote, ...]


def quotes_sections(project: Project, coders: Coders) -> list[Section]:
    """The beginning of the document of quotes, at most ``ROWS`` quotes."""
    tree, counts = project.codes.tree(), project.queries.counts(coders)
    sections: list[Section] = []
    room = ROWS
    for guid, depth in tree.walk():
        if not counts[guid].quotes_below:
            continue
        if room <= 0:
            break
        quotes = project.queries.quotes([guid], coders, below=False)[:room] if counts[guid].quotes else []
        room -= len(quotes)
        node = tree[guid]
        sections.append(Section(node.name, depth, node.definition.short, tuple(quotes)))
    return sections


# Agreement


def compared_coders(project: Project, coders: Coders) -> list[tuple[str, str]]:
    """(GUID, name) of the coders the workbook compares: those chosen, or everybody who coded."""
    coded = {coder for _, coder in project.queries.codings_by_document()}
    return [
        (coder.guid, coder.name)
        for coder in project.coders.all()
        if (coder.guid in coded if coders is None else coder.guid in coders)
    ]


def readiness(project: Project, coders: Sequence[str]) -> list[Readiness]:
    """Each transcript with how far each of the coders (GUIDs) is with it."""
    statuses = project.documents.statuses()
    return [
        Readiness(
            document.title,
            tuple(statuses.get((document.guid, coder), Status.NOT_STARTED) for coder in coders),
        )
        for document in project.documents.all()
    ]


_COUNTED = 5_000
"""Actions up to which it is counted how many a blind coder may read; of more that takes too long."""


def trail_table(project: Project, eyes: Coders) -> tuple[Table, tuple[str, str]]:
    """The first actions of the audit trail; the days of the first and the last one.

    Of codings and memos those of ``eyes``. ``total`` is 0 where counting would take too long.
    """
    audit, wanted = project.audit, Wanted(eyes=None if eyes is None else tuple(eyes))
    first, last = audit.entries(wanted, most=ROWS, newest_first=False), audit.entries(wanted, most=1)
    rows: list[tuple[str, ...]] = [
        (
            f"{number:,}",
            f"{datetime.fromtimestamp(entry.time / 1000).astimezone():%Y-%m-%d %H:%M:%S}",
            entry.coder_name,
            entry.sentence,
            ", ".join(kind.value for kind in entry.kinds),
            entry.action,
            "yes" if entry.taken_back else "",
        )
        for number, entry in enumerate(first, 1)
    ]
    known = eyes is None or project.history.steps() <= _COUNTED
    table = Table(TRAIL_COLUMNS, rows, audit.count(wanted) if known else 0)
    return table, (rows[0][1][:10], _day(last[0].time))


def _day(time: int) -> str:
    return f"{datetime.fromtimestamp(time / 1000).astimezone():%Y-%m-%d}"
