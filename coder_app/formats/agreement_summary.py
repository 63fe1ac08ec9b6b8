"""The first sheet of the agreement workbook: what was compared, and every figure over all codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coder_app.core.model import Document, Level
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_figures import LEFT, ROW_COLUMNS, figure, limits, looks, row_cells
from coder_app.formats.agreement_formulas import DASH, DESCRIBED
from coder_app.formats.agreement_method import UNITS
from coder_app.formats.agreement_sets import Sums
from coder_app.formats.celltext import pieces
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
from coder_app.project.comparing import Compared
from coder_app.project.project import Project

WIDTHS = (46, *(column.width for column in ROW_COLUMNS))
_FACT = Style(number="#,##0", across="left")
_FIRST = ("agreement_coded", "agreement_all", "agreement_any_coded", "marked_agreement")
"""The headline figures, in their order; the others follow as `DESCRIBED` lists them."""


class Summary:
    """The first sheet."""

    def __init__(
        self, project: Project, sheet: Sheet, compared: Compared, level_names: Mapping[Level, str]
    ) -> None:
        self._project, self._sheet, self._compared = project, sheet, compared
        self._levels = level_names
        self._names = [coder.name for coder in compared.gathered.coders]

    def write(self, recomputed: Mapping[str, str]) -> None:
        """``recomputed``: the formulas of the figures over all codes, by their names."""
        self._write_head()
        rows = self._write_rows() if self._compared.result.rows else {}
        self._write_coefficients({**recomputed, **rows})
        self._write_where()

    # What was compared

    def _write_head(self) -> None:
        sheet = self._sheet
        sheet.row(Cell(f"Agreement: {self._project.name}", TITLE), lines=1.5)
        for name, value in self._facts():
            sheet.row(Cell(name, STRONG), Cell(value, _FACT))
        sheet.row()

    def _facts(self) -> list[tuple[str, Value]]:
        gathered, result = self._compared.gathered, self._compared.result
        facts: list[tuple[str, Value]] = [
            ("Coders", ", ".join(self._names)),
            ("Transcripts", _listed(gathered.documents)),
            ("Unit", UNITS[result.unit]),
            ("Units compared", result.n_units),
            ("Words of interviewers", "counted" if gathered.choice.interviewer_turns else "left out"),
            ("Level", self._levels[result.level]),
            ("Codes at this level", len(result.codes)),
            ("Codes used", self._used()),
            ("Transcripts left out, not finished by all", _listed(gathered.unfinished)),
        ]
        if gathered.choice.include_unfinished:
            facts.append(("Note", "Transcripts that not all coders finished are included."))
        if self._compared.few_codes_shared:
            facts.append(("Warning", "The coders mostly use different codes."))
        return facts

    def _used(self) -> str:
        used = zip(self._names, self._compared.result.codes_used, strict=True)
        return f"{self._compared.codes_shared} ({', '.join(f'{name}: {count}' for name, count in used)})"

    # The coefficient of agreement

    def _write_rows(self) -> dict[str, str]:
        """Marked or not and each level; returns where the readings at the level asked are recomputed."""
        sheet, result = self._sheet, self._compared.result
        sheet.row(Cell("Coefficient of agreement (Schreier 2012)", STRONG))
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

    def _write_coefficients(self, recomputed: Mapping[str, str]) -> None:
        sheet, result = self._sheet, self._compared.result
        sheet.row(Cell(f"All codes together, level {self._levels[result.level]}", STRONG))
        headers = ("Coefficient", "value", "recomputed", "difference", "95 % from", "95 % to")
        sheet.row(
            *styled(HEADER, headers), *styled(_LEFT_HEADER, ("Source", "", "", "Note", "", "", "", "", ""))
        )
        for name in listed(result.overall):
            sheet.row(*self._coefficient(name, recomputed.get(name), sheet.rows + 1))
        sheet.row()

    def _coefficient(self, name: str, formula: str | None, at: int) -> list[Cell]:
        result = self._compared.result
        statistic, interval = result.overall[name], result.intervals.get(name)
        notes = [f"undefined: {statistic.reason}"] if statistic.reason else []
        if formula is None:
            notes.append("not recomputed: too many different sets of codes to lay out")
        if interval is not None and interval.reason:
            notes.append(f"no interval: {interval.reason}")
        elif interval is not None and interval.dropped:
            notes.append(f"interval without {interval.dropped:,} resamples in which it is undefined")
        return [
            Cell(DESCRIBED[name].name, TEXT),
            *figure(name, statistic, formula, f"B{at}", f"C{at}"),
            *limits(interval, looks(name)[0]),
            Cell(DESCRIBED[name].source or None, LEFT),
            Cell(None),
            Cell(None),
            Cell("; ".join(notes) or None, LEFT),
        ]

    def _write_where(self) -> None:
        """What the other sheets hold."""
        self._sheet.row(
            Cell("Blue numbers are live formulas of this workbook, from the counts on its sheets.", QUIET)
        )


def listed(names: Mapping[str, object]) -> list[str]:
    """Figures in the order of the sheet: the headline, then as they are described."""
    rest = [name for name in DESCRIBED if name not in _FIRST]
    return [name for name in (*_FIRST, *rest) if name in names]


def row_name(key: str, level_names: Mapping[Level, str]) -> str:
    """“Marked or not”, or the level's name in this project."""
    if key == "marked":
        return "Marked or not"
    return level_names[next(level for level in Level if level.key == key)]


def over_sets(sums: Sums, coders: int) -> dict[str, str]:
    """The formulas of alpha over sets, and of the mean Jaccard."""
    names = {"equality": "alpha_nominal_sets", "jaccard": "alpha_jaccard", "masi": "alpha_masi"}
    found = {
        names[key]: formulas.alpha(sums.distance[key], alike, sums.n, coders)
        for key, alike in sums.alike.items()
    }
    n = f"({sums.n}/{coders})"
    found["mean_jaccard"] = f'IF({n}=0,"{DASH}",1-{sums.distance["jaccard"]}/{n})'
    return found


def _listed(documents: Sequence[Document]) -> str:
    """How many, and which: “2: Interview P1; Interview P2”."""
    titles = "; ".join(document.title for document in documents)
    return pieces(f"{len(documents)}: {titles}")[0] if documents else "0"


_LEFT_HEADER = Style(bold=True, ink=HEADER.ink, fill=HEADER.fill, down="center", across="left")
