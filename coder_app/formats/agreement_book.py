"""The agreement workbook: counts, coefficients, and a live formula beside each that recomputes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path

from coder_app.core.agreement.comparison import Comparison
from coder_app.core.model import DEFAULT_LEVEL_NAMES
from coder_app.formats.agreement_codes import CodeSheet, write_many, write_pair
from coder_app.formats.agreement_confusion import write_confusion, write_matrices
from coder_app.formats.agreement_consensus import frozen_rounds, write_consensus
from coder_app.formats.agreement_counts import Counts, pair_names, write_pairs
from coder_app.formats.agreement_matches import (
    MatchCounts,
    MatchSheet,
    write_match_codes,
    write_match_means,
    write_matches,
)
from coder_app.formats.agreement_method import write_method
from coder_app.formats.agreement_more import more_formulas, write_one_value
from coder_app.formats.agreement_rounds import course, measure_rounds, write_rounds
from coder_app.formats.agreement_sets import over_sets, write_sets
from coder_app.formats.agreement_stability import pass_results, write_stability
from coder_app.formats.agreement_summary import WIDTHS, Summary, row_name
from coder_app.formats.agreement_transcripts import write_transcripts
from coder_app.formats.agreement_unitizing import (
    UnitizingCounts,
    segments_of,
    write_domains,
    write_segments,
    write_unitizing_codes,
)
from coder_app.formats.agreement_units import UnitSheet, write_differences, write_units
from coder_app.formats.output import Progress, no_progress
from coder_app.formats.xlsx import Book, writing
from coder_app.project.comparing import Compared
from coder_app.project.project import Project

Recomputed = tuple[Mapping[str, str], Mapping[str, str]]
"""Figure over all codes -> the formula that recomputes it; the same for the further figures."""


def write_agreement(
    project: Project,
    out: Path,
    compared: Compared,
    *,
    round_name: str = "",
    progress: Progress | None = None,
) -> None:
    """Write the workbook of a comparison (see `project.comparing.compare_project`).

    ``round_name`` is that of the round that was compared, empty for the project as it stands.

    Raises UserError where ``out`` cannot be written, Cancelled where ``progress`` asks for it.
    """
    with writing(out, f"{project.name}: agreement") as book:
        _Writer(project, book, compared, progress or no_progress, round_name).write()


FIRST = (
    "Summary",
    "Per code",
    "Per transcript",
    "Confusion",
    "Units",
    "Disagreements",
    "Consensus",
    "Rounds",
    "Stability",
    "Method",
)
"""What a reader wants first; the sheets that the formulas rest on come behind."""


class _Writer:
    """The sheets in their order: those a reader wants first, then those that the formulas rest on."""

    def __init__(
        self, project: Project, book: Book, compared: Compared, progress: Progress, round_name: str
    ) -> None:
        self._project, self._book, self._compared = project, book, compared
        self._progress, self._round_name = progress, round_name
        self._names = [coder.name for coder in compared.gathered.coders]
        sources = compared.gathered.sources
        own = project.level_names() if sources is None else sources.level_names
        self._levels = {**DEFAULT_LEVEL_NAMES, **own}
        self._rounds = frozen_rounds(project)

    def write(self) -> None:
        summary = self._book.sheet("Summary", WIDTHS, pages_tall=1)
        unit = self._compared.result.unit
        write = {"match": self._write_matches, "unitizing": self._write_unitizing}.get(
            unit, self._write_units
        )
        recomputed, more = write()
        front = Summary(self._project, summary, self._compared, self._levels, self._round_name)
        front.write(recomputed, more)
        self._book.arrange(FIRST)

    # Units, characters and tokens

    def _write_units(self) -> Recomputed:
        book, compared, result = self._book, self._compared, self._compared.result
        pairs = self._pair_sheets()
        codes = pairs[0]
        if result.pairs:
            codes = write_many(book, "Per code", result, compared.gathered.labels, pairs)
            write_pairs(book, compared, self._row_names())
        write_transcripts(book, compared, self._row_names())
        write_confusion(book, compared)
        units = write_units(self._project, book, compared, self._progress)
        distance = write_differences(self._project, book, compared)
        self._write_rest()
        sums = write_sets(book, compared, distance)
        over_codes, holsti = self._write_counts(pairs, units)
        one_value = write_one_value(book, result, codes, units)
        more = more_formulas(result, codes, one_value, holsti)
        return {**over_sets(sums, len(self._names)), **over_codes}, more

    def _write_counts(self, pairs: Sequence[CodeSheet], units: UnitSheet) -> tuple[dict[str, str], str]:
        """The sheet of counts; returns the formulas of what rests on it, and that of Holsti's CR."""
        result = self._compared.result
        counts = Counts(self._book, pairs=bool(result.pairs))
        places = combinations(range(len(self._names)), 2)
        named = pair_names(self._compared, result)
        found = [
            counts.add(name, pair, codes, units, place)
            for (name, pair), codes, place in zip(named, pairs, places, strict=True)
        ]
        means = counts.finish(self._book)
        over_codes = means if result.pairs else found[0]
        return over_codes, over_codes["holsti"]

    def _pair_sheets(self) -> list[CodeSheet]:
        """The 2 x 2 counts: one sheet for two coders, one for each pair of three or more."""
        labels = self._compared.gathered.labels
        if not self._compared.result.pairs:
            return [write_pair(self._book, "Per code", self._compared.result, self._names, labels)]
        return [
            write_pair(self._book, f"Per code, {numbers}", pair, names, labels)
            for numbers, names, pair in self._numbered()
        ]

    def _numbered(self) -> list[tuple[str, list[str], Comparison]]:
        """Of each pair “1 and 2”, the coders' names and their comparison."""
        coders = {coder.guid: coder for coder in self._compared.gathered.coders}
        numbers = {guid: number for number, guid in enumerate(coders, 1)}
        return [
            (f"{numbers[one]} and {numbers[other]}", [coders[one].name, coders[other].name], pair)
            for (one, other), pair in self._compared.result.pairs.items()
        ]

    def _row_names(self) -> dict[str, str]:
        keys = ["marked", *(level.key for level in self._compared.gathered.levels)]
        return {key: row_name(key, self._levels) for key in keys}

    # Spans

    def _write_matches(self) -> Recomputed:
        book, compared, result = self._book, self._compared, self._compared.result
        labels = compared.gathered.labels
        sheets: list[MatchSheet] = []
        if result.pairs:
            sheets = [
                write_match_codes(book, f"Per code, {numbers}", pair, names, labels)
                for numbers, names, pair in self._numbered()
            ]
            write_match_means(book, result, labels, sheets)
        else:
            sheets = [write_match_codes(book, "Per code", result, self._names, labels)]
        write_transcripts(book, compared, self._row_names())
        write_confusion(book, compared)
        counted = write_matches(self._project, book, compared, self._progress)
        self._write_rest()
        counts = MatchCounts(book)
        named = pair_names(compared, result)
        found = [
            counts.add(name, pair, codes, formula)
            for (name, pair), codes, formula in zip(named, sheets, counted, strict=True)
        ]
        means = counts.finish(book)
        return (means if result.pairs else found[0]), {}

    def _write_unitizing(self) -> Recomputed:
        book, compared = self._book, self._compared
        found = segments_of(compared)
        counts_title = "Counts"
        by_code = write_unitizing_codes(book, compared, found, f"'{counts_title}'!$B$4")
        write_transcripts(book, compared, self._row_names())
        write_confusion(book, compared)
        units = write_segments(self._project, book, compared, found, self._progress)
        write_differences(self._project, book, compared)
        write_domains(book, compared, found)
        self._write_rest()
        counts = UnitizingCounts(book)
        return counts.write(book, compared, found, by_code, units), {}

    # All

    def _write_rest(self) -> None:
        """Consensus and method, and behind them the matrices."""
        write_consensus(self._project, self._book, self._rounds)
        measured = measure_rounds(self._project, self._rounds)
        write_method(self._book, self._compared, self._levels, course(measured))
        write_rounds(self._book, measured, self._levels)
        write_stability(self._project, self._book, self._rounds, pass_results(self._project))
        write_matrices(self._book, self._compared)
