"""What an output would hold if it were written now, for the page: figures, a reason against it, a preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from coder_app.core.model import Status
from coder_app.formats.output import file_names
from coder_app.project.project import Project
from coder_app.ui.membercheck.counting import OwnWords, asked_nodes
from coder_app.ui.report import figures
from coder_app.ui.report.figures import Section, Table


@dataclass(frozen=True, slots=True)
class Holding:
    """``reason`` says why there is nothing to write (then nothing else is set)."""

    figures: str = ""
    note: str = ""
    """Something to know before it is written, said calmly."""
    reason: str = ""
    go: str = ""
    """Key of the page where that is mended."""
    caption: str = ""
    """What the preview shows."""
    table: Table | None = None
    sections: Sequence[Section] = ()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Holdings", text)


def _count(number: int, one: str, several: str, **words: str) -> str:
    """“1 quote of Ann”, “2 quotes of Ann”; ``words`` fill further places of the text."""
    return _tr(one if number == 1 else several).format(n=f"{number:,}", **words)


def holding(output: str, project: Project, coders: tuple[str, ...] | None, names: Sequence[str]) -> Holding:
    """For an output (its key) with the work of ``coders`` (GUIDs; None: everybody) called ``names``."""
    if coders is not None and not coders:
        return Holding(reason=_tr("Choose at least one coder."))
    makers = {
        "codebook": _codebook,
        "quotes_excel": _quotes_excel,
        "quotes_word": _quotes_word,
        "agreement": _agreement,
        "member_check": _member_check,
        "audit_trail": _audit_trail,
    }
    return makers[output](project, coders, _by(names))


def _by(names: Sequence[str]) -> str:
    """“Ann”, “Ann and Ben”, “4 coders”."""
    if len(names) > 3:
        return _tr("{n} coders").format(n=len(names))
    if len(names) < 2:
        return "".join(names)
    return _tr("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])


def _rows_caption(table: Table) -> str:
    if table.total > len(table.rows):
        return _tr("The first {shown} of {total} rows").format(
            shown=len(table.rows), total=f"{table.total:,}"
        )
    return _count(table.total, "The only row", "All {n} rows")


def _codebook(project: Project, coders: tuple[str, ...] | None, by: str) -> Holding:
    if not project.codes.tree():
        return Holding(reason=_tr("The codebook is empty. Make the first code on the Code page."), go="code")
    total, _ = figures.quotes_total(project.queries.counts(coders))
    table = figures.codebook_table(project, coders)
    quotes = _count(total, "{n} quote of {by}", "{n} quotes of {by}", by=by)
    return Holding(
        f"{figures.levels_sentence(project)}; {quotes}.", caption=_rows_caption(table), table=table
    )


def _quotes_figures(project: Project, coders: tuple[str, ...] | None, by: str) -> tuple[str, str]:
    """The sentence of figures, or why there is nothing."""
    total, nodes = figures.quotes_total(project.queries.counts(coders))
    if not total:
        return "", _tr("{by} has not coded anything yet. Code a passage on the Code page.").replace(
            "{by}", by
        )
    places = _count(nodes, "under {n} node of the codebook.", "under {n} nodes of the codebook.")
    quotes = _count(total, "{n} quote of {by}", "{n} quotes of {by}", by=by)
    return f"{quotes} {places}", ""


def _quotes_excel(project: Project, coders: tuple[str, ...] | None, by: str) -> Holding:
    sentence, reason = _quotes_figures(project, coders, by)
    if reason:
        return Holding(reason=reason, go="code")
    table = figures.quotes_table(project, coders)
    return Holding(sentence, caption=_rows_caption(table), table=table)


def _quotes_word(project: Project, coders: tuple[str, ...] | None, by: str) -> Holding:
    sentence, reason = _quotes_figures(project, coders, by)
    if reason:
        return Holding(reason=reason, go="code")
    sections = figures.quotes_sections(project, coders)
    return Holding(sentence, caption=_tr("How the document begins"), sections=sections)


def _agreement(project: Project, coders: tuple[str, ...] | None, _by_names: str) -> Holding:
    compared = figures.compared_coders(project, coders)
    if len(compared) < 2:
        return Holding(
            reason=_tr("Agreement needs two coders who have coded. Add a coder in the menu Coder.")
        )
    transcripts = figures.readiness(project, [guid for guid, _ in compared])
    ready = sum(transcript.enters for transcript in transcripts)
    by = _by([name for _, name in compared])
    if not ready:
        return Holding(
            reason=_tr(
                "No transcript is marked as finished by {by}. Set it on the Transcripts page, or compare"
                " unfinished ones on the Agreement page."
            ).format(by=by),
            go="transcripts",
        )
    sentence = _count(
        ready,
        "Compares {by} on {n} transcript marked as finished, by participants' turns, on the level of codes.",
        "Compares {by} on {n} transcripts marked as finished, by participants' turns, on the level of codes.",
        by=by,
    )
    names = {
        Status.NOT_STARTED: _tr("not started"),
        Status.IN_PROGRESS: _tr("in progress"),
        Status.FINISHED: _tr("finished"),
    }
    rows = [
        (t.title, *(names[status] for status in t.statuses), _tr("yes") if t.enters else _tr("left out"))
        for t in transcripts
    ]
    header = (_tr("Transcript"), *(name for _, name in compared), _tr("Compared"))
    left_out = len(transcripts) - ready
    note = _count(
        left_out,
        "{n} transcript is left out because not everybody finished it.",
        "{n} transcripts are left out because not everybody finished them.",
    )
    return Holding(
        sentence,
        note=note if left_out else "",
        caption=_tr("Which transcripts enter"),
        table=Table(header, rows, len(rows), is_sheet=False),
    )


def _member_check(project: Project, coders: tuple[str, ...] | None, by: str) -> Holding:
    people, nodes = project.participants.all(), asked_nodes(project)
    if not nodes:
        return Holding(
            reason=_tr("There is no theme yet. Group codes into themes on the Themes page."), go="themes"
        )
    if not people:
        return Holding(
            reason=_tr("There is no participant yet. Add participants on the Transcripts page."),
            go="transcripts",
        )
    words = OwnWords(project, nodes, coders)
    totals = [words.quotes(person) for person in people]
    names = file_names([person.label for person in people], ".docx")
    rows = [
        (name, person.label, f"{total:,}", *(f"{len(words.of(person)[node.guid]):,}" for node in nodes))
        for name, person, total in zip(names, people, totals, strict=True)
    ]
    documents = _count(len(people), "{n} document", "{n} documents")
    asked = _count(len(nodes), "with {n} finding", "with {n} findings each")
    total = sum(totals)
    quotes = _count(total, "{n} own quote, marked by {by}", "{n} own quotes in all, marked by {by}", by=by)
    plain = sum(not node.definition.plain for node in nodes)
    note = _count(
        plain,
        "{n} finding has no plain words yet: participants will read its definition.",
        "{n} findings have no plain words yet: participants will read their definitions.",
    )
    header = (_tr("File"), _tr("Participant"), _tr("Own quotes"), *(node.name for node in nodes))
    return Holding(
        f"{documents} {asked}; {quotes}.",
        note=note if plain else "",
        caption=_tr("Own quotes for each finding"),
        table=Table(header, rows, len(rows), is_sheet=False),
    )


def _audit_trail(project: Project, coders: tuple[str, ...] | None, _by_names: str) -> Holding:
    table, span = figures.trail_table(project, coders)
    if not table.total:
        caption = _tr("The first {shown} rows").format(shown=len(table.rows))
        return Holding(
            _tr("From {first} to {last}.").format(first=span[0], last=span[1]), caption=caption, table=table
        )
    total = _count(table.total, "{n} action", "{n} actions")
    sentence = _tr("{actions}, from {first} to {last}.").format(actions=total, first=span[0], last=span[1])
    return Holding(sentence, caption=_rows_caption(table), table=table)
