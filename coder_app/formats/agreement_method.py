"""The last sheet of the agreement workbook: unit, choices, formulas and sources."""

from __future__ import annotations

from coder_app import __version__
from coder_app.formats.agreement_formulas import DASH, DESCRIBED
from coder_app.formats.xlsx import HEADER, TEXT, Book, Cell, Column, Style
from coder_app.project.comparing import Compared
from coder_app.project.names import plural

UNITS = {
    "turn": "speaker turn",
    "paragraph": "paragraph",
    "sentence": "sentence",
    "document": "transcript",
    "meaning-unit": "meaning unit",
    "character": "character (code point)",
    "token": "token (stretch between white space)",
    "match": "matched span",
    "unitizing": "segment on the continuum (unitizing)",
}
COUNTED = {
    "character": "Characters",
    "token": "Tokens",
    "match": "Characters",
    "unitizing": "Characters",
}
"""What is counted where it is not units."""
_COLUMNS = (Column("What", 36, Style(bold=True, wrap=True)), Column("How", 110, TEXT))


def write_method(book: Book, compared: Compared) -> None:
    result = compared.result
    sheet = book.table("Method", _COLUMNS)
    for what, how in _method(compared):
        sheet.values(_COLUMNS, [what, how])
    sheet.row()
    sheet.row(Cell("Coefficient", HEADER), Cell("Formula and source", HEADER))
    used = set(result.overall) | {name for code in result.codes.values() for name in code.statistics}
    for name, described in DESCRIBED.items():
        if name in used:
            source = f"  {described.source}." if described.source else ""
            sheet.values(_COLUMNS, [described.name, f"{described.formula}.{source}"])


def _method(compared: Compared) -> list[tuple[str, str]]:
    gathered, result = compared.gathered, compared.result
    inside = "" if gathered.choice.interviewer_turns else " Words of interviewers are left out."
    lines = [
        ("Program", f"coder-app {__version__}"),
        (
            "Unit",
            f"Each {UNITS[result.unit]}, without white space at its ends, names and time stamps.{inside}",
        ),
        (
            "When a unit carries a code",
            "A coder's codings of the code cover at least one character of the unit.",
        ),
        (
            "Transcripts",
            "All chosen transcripts."
            if gathered.choice.include_unfinished
            else f"Those that every coder finished: {plural(len(gathered.documents), 'transcript')}.",
        ),
        (
            "Level",
            "Each code is replaced by what stands above it at the level; where nothing does, it stays itself."
            " Codes come from the codebook, whether used or not.",
        ),
        (
            "Coefficient of agreement",
            "Over the units that either coded, the share on which both gave the same set of codes; beside it"
            " the share of all units, and of units with a code in common. Marked or not: both gave some code"
            " or neither gave any.",
        ),
        (
            "Live formulas",
            "Numbers in blue are computed by this workbook from the counts in it; the black number beside"
            " each was computed by the program. The difference must be 0.",
        ),
        ("Undefined", f"“{DASH}”: the formula divides nought by nought, for the reason given beside it."),
    ]
    for interval in list(result.intervals.values())[:1]:
        lines.append(
            (
                "Intervals",
                f"Percentile bootstrap, {interval.resamples:,} resamples of units (of stretches of speech for"
                f" characters), seed {interval.seed}.",
            )
        )
    return lines
