"""The agreement workbook on stability passes: agreed units coded again, and how many were confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from coder_app.core.errors import UserError
from coder_app.core.model import StabilityPass
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_consensus import MOMENT, Frozen, moment
from coder_app.formats.agreement_figures import DIFFERENCE, LEFT, NUMBER, PERCENT_LIVE, WORDS, figure
from coder_app.formats.agreement_rows import SPAN
from coder_app.formats.xlsx import COUNT, PERCENT, TEXT, Book, Cell, Column, Formula, Value
from coder_app.project.agreed import PassResult
from coder_app.project.comparing import code_labels
from coder_app.project.project import Project

TITLE, UNITS_TITLE = "Stability", "Stability units"


def pass_results(project: Project) -> list[tuple[StabilityPass, PassResult]]:
    """Every pass whose round is there, oldest first."""
    found = []
    for one in project.stability.all():
        try:
            found.append((one, project.stability.result(one.guid)))
        except UserError:  # the round has nothing to compare any more
            continue
    return found


def write_stability(
    project: Project,
    book: Book,
    rounds: Mapping[str, Frozen],
    results: list[tuple[StabilityPass, PassResult]],
) -> None:
    """A row for each pass beside the round's own figure, then its units; nothing where there is no pass."""
    if not results:
        return
    columns = [
        Column("Coded again by", 26, TEXT),
        Column("Round", 18, TEXT),
        Column("Begun (UTC)", 16, MOMENT),
        Column("Units that the coders coded", 11, COUNT),
        Column("Of these alike", 10, COUNT),
        Column("Agreement", 11, PERCENT),
        Column("recomputed", 12, PERCENT_LIVE),
        Column("difference", 9.5, DIFFERENCE),
        Column("Agreed units coded again by now", 12, COUNT),
        Column("Of the agreed units confirmed", 12, COUNT),
        Column("counted in “Stability units”", 12, COUNT),
        Column("difference", 9.5, DIFFERENCE),
        Column("Share confirmed", 11, PERCENT),
        Column("recomputed", 12, PERCENT_LIVE),
        Column("difference", 9.5, DIFFERENCE),
    ]
    sheet = book.table(TITLE, columns, freeze="B2")
    units = _write_units(project, book, rounds, results)
    for number, (one, result) in enumerate(results, 1):
        at, found = sheet.rows + 1, result.confirmation
        counted = f'COUNTIFS({units["pass"]},{number},{units["confirmed"]},"yes")'
        cells: list[Value | Cell] = [
            one.coder.name,
            rounds[one.round].name if one.round in rounds else "",
            moment(one.created),
            found.compared,
            found.agreed,
            *figure(
                "agreement_coded", found.agreement, formulas.ratio(f"E{at}", f"D{at}"), f"F{at}", f"G{at}"
            ),
            found.repeated,
            found.confirmed,
            Formula(counted),
            Formula(formulas.difference(f"J{at}", f"K{at}")),
            *figure(
                "agreement_coded", found.confirmation, formulas.ratio(f"J{at}", f"E{at}"), f"M{at}", f"N{at}"
            ),
        ]
        sheet.values(columns, cells)
    book.finish_table(sheet, columns)


def _write_units(
    project: Project,
    book: Book,
    rounds: Mapping[str, Frozen],
    results: list[tuple[StabilityPass, PassResult]],
) -> dict[str, str]:
    """Every agreed unit with both versions; returns the ranges of two columns."""
    columns = [
        Column("Coded again by", 22, TEXT, repeat=True),
        Column("Pass", 6, NUMBER),
        Column("Transcript", 20, TEXT, repeat=True),
        Column("Turn", 6, NUMBER, repeat=True),
        *SPAN,
        Column("Text", 60, WORDS),
        Column("Codes agreed on", 28, TEXT),
        Column("Codes given again", 28, TEXT),
        Column("Confirmed", 11, LEFT),
    ]
    sheet = book.table(UNITS_TITLE, columns)
    titles = {document.guid: document.title for document in project.documents.all()}
    today = code_labels(project.codes.tree())
    for number, (one, result) in enumerate(results, 1):
        frozen = rounds[one.round].labels if one.round in rounds else {}
        for unit in result.units:
            content = project.documents.content(unit.document)
            start, end = unit.place
            first, again = (
                "\n".join(sorted(frozen.get(code) or today.get(code, "") for code in codes))
                for codes in (unit.first, unit.again)
            )
            sheet.values(
                columns,
                [
                    *(one.coder.name, number, titles.get(unit.document, ""), content.turn_at(start) or None),
                    *(start, end, content.text[start:end], first, again or None),
                    "yes" if unit.confirmed else "no",
                ],
            )
    book.finish_table(sheet, columns)
    last = max(sheet.rows, 2)
    return {name: f"{sheet.reference}${c}$2:${c}${last}" for name, c in (("pass", "B"), ("confirmed", "J"))}
