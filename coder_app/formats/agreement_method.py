"""The sheet “Method” of the agreement workbook: unit, choices, what was left out, formulas and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from coder_app import __version__
from coder_app.core.agreement.comparison import Comparison
from coder_app.core.agreement.result import Interval
from coder_app.core.model import Level
from coder_app.formats.agreement_names import DASH, DESCRIBED, SPANS, described, ordered
from coder_app.formats.agreement_references import REFERENCES
from coder_app.formats.xlsx import HEADER, TEXT, Book, Cell, Column, Sheet, Style
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

_FIXED = "Fixed before anything is compared, without white space at its ends, names and time stamps."
_UNIT = {
    "turn": f"Each speaker turn. {_FIXED}",
    "paragraph": f"Each paragraph. {_FIXED}",
    "sentence": f"Each sentence. {_FIXED}",
    "document": "Each transcript as a whole.",
    "meaning-unit": "Each of the locked meaning units into which the transcripts were divided.",
    "character": "Each character (code point) of the text that counts.",
    "token": "Each token: a stretch of text between white space.",
    "match": "Each span: a coder's codings of one code, joined where they overlap. There is no “neither”.",
    "unitizing": "The text as a continuum: each coder's segments of each code, and the gaps between them."
    " Transcripts are joined; no segment crosses from one into the next.",
}
_CARRIES = {
    "character": "Where a coder's codings of the code cover it.",
    "token": "Where a coder's codings of the code touch it.",
    "match": "Two spans of one code by two coders match where overlap / union is at least {threshold}."
    " Candidates are taken by falling ratio, then by the first coder's start, then the second's; each span"
    " once. This matching is this program's own; it does not claim to reproduce other programs'.",
    "unitizing": "A segment is a coder's codings of one code, joined where they overlap; segments that only"
    " touch stay two.",
}


def write_method(
    book: Book,
    compared: Compared,
    level_names: Mapping[Level, str],
    rounds: Sequence[tuple[str, str]],
) -> None:
    """``rounds``: each round's name and how agreement went, in words."""
    sheet = book.table("Method", _COLUMNS)
    for what, how in [*_method(compared, level_names), *_of_figures(compared.result)]:
        sheet.values(_COLUMNS, [what, how])
    for name, how in rounds:
        sheet.values(_COLUMNS, [f"Round “{name}”", how])
    _section(sheet, "Sheet", "What it holds")
    for title, holds in _SHEETS.items():
        sheet.values(_COLUMNS, [title, holds])
    _section(sheet, "Coefficient", "Formula and source")
    sources = []
    for name, formula, source in _formulas(compared.result):
        sources.append(source)
        sheet.values(_COLUMNS, [name, f"{formula}.  {source}." if source else f"{formula}."])
    _section(sheet, "Source", "Reference")
    for key, reference in REFERENCES.items():
        if any(key in source for source in [*sources, _OTHERS]):
            sheet.values(_COLUMNS, [key, reference])


_OTHERS = "Schreier (2012); Fleiss, Cohen & Everitt (1969); Gwet (2008); Gwet (2014)"


def _section(sheet: Sheet, *headers: str) -> None:
    sheet.row()
    sheet.row(*(Cell(header, HEADER) for header in headers), lines=1.4)


def _method(compared: Compared, level_names: Mapping[Level, str]) -> list[tuple[str, str]]:
    """What was compared and how it was counted."""
    gathered, result = compared.gathered, compared.result
    choice = gathered.choice
    least = "one character" if choice.unit_min_chars == 1 else plural(choice.unit_min_chars, "character")
    fixed = f"Where a coder's codings of the code cover at least {least} of it."
    carries = _CARRIES.get(result.unit, fixed).format(threshold=f"{choice.threshold:g}")
    inside = (
        "All words count, also those of interviewers."
        if choice.interviewer_turns
        else "Words of interviewers and of other speakers who are no participants are taken out before"
        " anything is measured; where a transcript has no speakers, all of it counts."
    )
    return [
        ("Program", f"coder-app {__version__}"),
        ("Coders", ", ".join(coder.name for coder in gathered.coders)),
        ("Unit", _UNIT[result.unit]),
        ("When a unit carries a code", carries),
        ("Words that count", inside),
        ("Transcripts", _transcripts(compared)),
        *(("Left out" if s.startswith("Left out") else "Note", s) for s in gathered.left_out.sentences()),
        (
            "Level",
            f"{level_names[result.level]}. Each code is replaced by what stands above it at the level; where"
            " nothing does, it stays itself. Codes come from the codebook, whether used or not.",
        ),
        (
            "Places",
            "“From” and “To” count characters (code points) of the transcript, the first being 0; “To” is the"
            " first that no longer belongs.",
        ),
    ]


def _transcripts(compared: Compared) -> str:
    documents = compared.gathered.documents
    how = (
        "All chosen transcripts, finished or not"
        if compared.gathered.choice.include_unfinished
        else "Those that every coder finished"
    )
    return f"{how}: {plural(len(documents), 'transcript')}: {'; '.join(d.title for d in documents)}."


def _of_figures(result: Comparison) -> list[tuple[str, str]]:
    """How the figures are to be read."""
    everybody = "all coders" if result.pairs else "both"
    some = "any coder" if result.pairs else "either"
    lines = []
    if result.rows:
        lines.append(
            (
                "Coefficient of agreement",
                f"Over the units that {some} coded, the share on which {everybody} gave the same set of"
                f" codes; beside it the share of all units, and of units with a code in common. Marked or"
                f" not: {everybody} marked something there or none did; passages without a code count here"
                " only.",
            )
        )
    if "brennan_prediger" in result.more:
        lines.append(("Categories", _categories(result)))
    lines += [
        (
            "Confusion",
            "For each unit, codes of both coders count beside themselves; every code that only the first gave"
            " counts beside every code that only the second gave; where one of them has no such code left,"
            " the other's count beside “(no code)”. With one code a unit this is the ordinary cross table."
            + (" Counted in characters." if result.unit in ("match", "unitizing") else ""),
        ),
        (
            "Live formulas",
            "Blue numbers are computed by this workbook from the counts in it; the black number beside each"
            " was computed by the program. The difference must be 0.",
        ),
        (
            "Undefined",
            f"“{DASH}”: the formula divides nought by nought, for the reason given beside it. Some programs"
            " print 1 or 0 instead.",
        ),
    ]
    return [*lines, *_intervals(result)]


def _categories(result: Comparison) -> str:
    """q of the coefficients of one code a unit."""
    codes = plural(len(result.codes), "code")
    if result.unit == "meaning-unit":
        return (
            f"Where each unit carries one code, q = {len(result.codes)}: the {codes} listed at the level,"
            " used or not. “No code” is no category, as each meaning unit was to get a code; where somebody"
            " left one uncoded, what rests on q (Brennan-Prediger, AC1) is undefined, and the other"
            " coefficients take “no code” as a value."
        )
    return (
        f"Where each unit carries one code or none, q = {len(result.codes) + 1}: the {codes} listed at the"
        " level, used or not, and “no code”, also where nobody left a unit uncoded."
    )


def _intervals(result: Comparison) -> list[tuple[str, str]]:
    found: list[Interval] = [
        *result.intervals.values(),
        *(interval for code in result.codes.values() for interval in code.intervals.values()),
    ]
    lines = []
    if any(interval.se is not None for interval in found):
        lines.append(
            (
                "Intervals from standard errors",
                "95 %, coefficient ± t(0.975, n − 1) SE, cut to −1 and 1; units as the sample, no correction"
                " for finite populations. SE of Cohen's kappa after Fleiss, Cohen & Everitt (1969), of the"
                " others after Gwet (2008, 2014). None from fewer than 10 units, and none where the standard"
                " error is 0, because the units do not vary.",
            )
        )
    drawn = [interval for interval in found if interval.resamples]
    if drawn:
        what = "units" if result.draws_units else "paragraphs"
        lines.append(
            (
                "Intervals by the bootstrap",
                f"95 %, percentiles of {drawn[0].resamples:,} resamples of {what} ({result.n_blocks:,}), seed"
                f" {drawn[0].seed}. Resamples in which a figure is undefined are left out and counted beside"
                f" it. None from fewer than 10 {what}, and none where every resample gives the same value.",
            )
        )
    return lines


def _formulas(result: Comparison) -> Iterable[tuple[str, str, str]]:
    """Name, formula and source of every figure in the workbook."""
    for names, more in ((result.overall, False), (result.more, True)):
        for name in ordered(names, result.unit, more=more):
            words = described(name, result.unit, more=more)
            yield words.name, words.formula, words.source
    known = SPANS if result.unit in ("match", "unitizing") else DESCRIBED
    used = {name for code in result.codes.values() for name in code.statistics}
    if result.pairs:
        used |= {"pooled_kappa"} if result.unit != "match" else set()
    for name, words in known.items():
        if name in used and name not in result.overall:
            yield f"{words.name} (per code)", words.formula, words.source


_SHEETS = {
    "Summary": "What was compared, the coefficient of agreement at every level, all figures over all codes.",
    "Per code": "Each code with its counts and coefficients; of three coders or more “Per code, 1 and 2” has"
    " the counts of those two (numbers as on “Summary”).",
    "Per transcript": "The same figures for each transcript by itself.",
    "Confusion": "Which code did one coder give where the other gave that one; also as a matrix.",
    "Units": "Every unit with its words and each coder's codes; of characters and tokens the stretches that"
    " somebody coded.",
    "Disagreements": "The units on which the coders differ, with the words that each marked.",
    "Consensus": "What was settled: each coder's version as frozen in the round, decision, result, reason,"
    " who and when.",
    "Rounds": "Every round as it was frozen, and the agreement after what was settled in it.",
    "Stability": "Units on which a round's coders agreed, coded again without seeing the first codes: the"
    " share confirmed beside the round's own agreement; each unit in “Stability units”.",
    "Sets of codes, Pairs of sets, Counts, One code a unit, Domains, Pairs of coders": "Counts that the live"
    " formulas rest on; each is there where it is needed.",
}
