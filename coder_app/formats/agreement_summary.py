"""The first sheet of the agreement workbook: what was compared, and every figure over all codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coder_app.core.agreement.result import Interval, Statistic
from coder_app.core.model import Document, Level
from coder_app.formats.agreement_figures import LEFT, ROW_COLUMNS, figure, limits, looks, row_cells
from coder_app.formats.agreement_method import COUNTED, UNITS
from coder_app.formats.agreement_names import described, ordered
from coder_app.formats.celltext import lines_of, pieces
from coder_app.formats.xlsx import (
    HEADER,
    QUIET,
    STRONG,
    TEXT,
    TITLE,
    Cell,
    Sheet,
    Style,
    Value,
    letters,
    styled,
)
from coder_app.project.cautioning import sentences
from coder_app.project.comparing import Compared
from coder_app.project.names import plural
from coder_app.project.project import Project

WIDTHS = (50, *(column.width for column in ROW_COLUMNS))
_FACT = Style(number="#,##0", across="left")
_RATIO = Style(number="0.00", across="left")
_LEFT_HEADER = Style(bold=True, ink=HEADER.ink, fill=HEADER.fill, down="center", across="left", indent=1)


class Summary:
    """The first sheet."""

    def __init__(
        self,
        project: Project,
        sheet: Sheet,
        compared: Compared,
        level_names: Mapping[Level, str],
        round_name: str,
    ) -> None:
        self._project, self._sheet, self._compared = project, sheet, compared
        self._levels, self._round_name = level_names, round_name
        self._names = [coder.name for coder in compared.gathered.coders]

    def write(self, recomputed: Mapping[str, str], more: Mapping[str, str]) -> None:
        """The formulas of the figures over all codes and of the further ones, by their names."""
        result = self._compared.result
        self._write_head()
        rows = self._write_rows() if result.rows else {}
        at = f"level {self._levels[result.level]}"
        self._write_figures(f"All codes together, {at}", result.overall, {**recomputed, **rows}, more=False)
        if result.more:
            self._write_figures(f"More coefficients, {at}", result.more, more, more=True)
        self._sheet.row(
            Cell("Blue: computed by this workbook from its counts. Formulas and sources: “Method”.", _NOTE)
        )

    # What was compared

    def _write_head(self) -> None:
        sheet = self._sheet
        sheet.row(Cell(f"Agreement: {self._project.name}", TITLE), lines=1.5)
        for name, value in self._facts():
            sheet.row(Cell(name, STRONG), Cell(value, _RATIO if isinstance(value, float) else _FACT))
        sheet.row()

    def _facts(self) -> list[tuple[str, Value]]:
        gathered, result = self._compared.gathered, self._compared.result
        choice = gathered.choice
        facts: list[tuple[str, Value]] = []
        if self._round_name:
            facts.append(("Round, as it was frozen", self._round_name))
        facts += [
            ("Coders", self._coders()),
            ("Transcripts", _listed(gathered.documents)),
            ("Unit", UNITS[result.unit]),
            (f"{COUNTED.get(result.unit, 'Units')} compared", result.n_units),
            ("Level", self._levels[result.level]),
            ("Codes at this level", len(result.codes)),
            ("Codes used", self._used()),
            ("Words of interviewers", "counted" if choice.interviewer_turns else "left out"),
        ]
        if result.unit == "match":
            facts.append(("Spans match from overlap / union", choice.threshold))
        if choice.unit_min_chars > 1:
            facts.append(("A unit carries a code from", plural(choice.unit_min_chars, "character")))
        if choice.include_unfinished:
            facts.append(("Note", "Transcripts that not all coders finished are included."))
        facts += [("Note", sentence) for sentence in gathered.left_out.sentences()]
        facts += [("Careful", sentence) for sentence in sentences(self._compared)]
        return [(name, pieces(value)[0] if isinstance(value, str) else value) for name, value in facts]

    def _coders(self) -> str:
        """Three coders or more with the numbers that the names of sheets use."""
        if len(self._names) == 2:
            return ", ".join(self._names)
        return ", ".join(f"{number} {name}" for number, name in enumerate(self._names, 1))

    def _used(self) -> str:
        used = zip(self._names, self._compared.result.codes_used, strict=True)
        return f"{self._compared.codes_shared} ({', '.join(f'{name}: {count}' for name, count in used)})"

    # The coefficient of agreement

    def _write_rows(self) -> dict[str, str]:
        """Marked or not and each level; returns where the readings at the level asked are recomputed."""
        sheet, result = self._sheet, self._compared.result
        everybody = " (all coders alike)" if result.pairs else ""
        sheet.row(Cell(f"Coefficient of agreement (Schreier 2012){everybody}", STRONG))
        sheet.row(*styled(HEADER, ("Level", *(column.header for column in ROW_COLUMNS))), lines=4)
        letter, found = letters(len(WIDTHS))[1:], {}
        for row in result.rows:
            at = sheet.rows + 1
            sheet.row(Cell(row_name(row.key, self._levels), TEXT), *row_cells(row, letter, at))
            if row.key == "marked":
                found["marked_agreement"] = f"J{at}"
            elif row.key == result.level.key:
                found |= {"agreement_coded": f"E{at}", "agreement_all": f"J{at}"}
                found |= {"exact_set_agreement": f"J{at}", "agreement_any_coded": f"N{at}"}
        sheet.row()
        return found

    # Coefficients

    def _write_figures(
        self,
        title: str,
        figures: Mapping[str, Statistic],
        recomputed: Mapping[str, str],
        *,
        more: bool,
    ) -> None:
        sheet = self._sheet
        sheet.row(Cell(title, STRONG))
        headers = ("Coefficient", "value", "recomputed", "difference", "95 % from", "95 % to")
        sheet.row(
            *styled(HEADER, headers),
            *styled(_LEFT_HEADER, ("Source", "", "", "", "Note", "", "", "", "")),
            lines=1.4,
        )
        for name in ordered(figures, self._compared.result.unit, more=more):
            words = described(name, self._compared.result.unit, more=more)
            at, interval = sheet.rows + 1, self._compared.result.intervals.get(name)
            notes = _notes(figures[name], interval, name in recomputed)
            sheet.row(
                Cell(words.name, TEXT),
                *figure(name, figures[name], recomputed.get(name), f"B{at}", f"C{at}"),
                *limits(interval, looks(name)[0]),
                Cell(words.source or None, LEFT),
                None,
                None,
                None,
                Cell("; ".join(notes) or None, LEFT),
                lines=lines_of(words.name, WIDTHS[0]),
            )
        sheet.row()


_NOTE = Style(ink=QUIET.ink)


def _notes(statistic: Statistic, interval: Interval | None, recomputed: bool) -> list[str]:
    notes = [f"undefined: {statistic.reason}"] if statistic.reason else []
    if not recomputed:
        notes.append("not recomputed: too many different sets of codes to lay out")
    if interval is not None and interval.reason and interval.reason != statistic.reason:
        notes.append(f"no interval: {interval.reason}")
    elif interval is not None and interval.dropped:
        notes.append(f"interval without {interval.dropped:,} resamples in which it is undefined")
    return notes


def row_name(key: str, level_names: Mapping[Level, str]) -> str:
    """“Marked or not”, or the level's name in this project."""
    if key == "marked":
        return "Marked or not"
    return level_names[next(level for level in Level if level.key == key)]


def _listed(documents: Sequence[Document]) -> str:
    """How many, and which: “2: Interview P1; Interview P2”."""
    titles = "; ".join(document.title for document in documents)
    return f"{len(documents)}: {titles}" if documents else "0"
