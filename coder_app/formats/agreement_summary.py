"""The first sheet of the agreement workbook: what was compared, and every figure over all codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coder_app.core.agreement.comparison import Comparison
from coder_app.core.agreement.result import Statistic
from coder_app.core.model import Document, Level
from coder_app.formats import agreement_formulas as formulas
from coder_app.formats.agreement_codes import DIFFERENCE, LIVE, CodeSheet, shown
from coder_app.formats.agreement_formulas import DASH, DESCRIBED
from coder_app.formats.agreement_method import UNITS
from coder_app.formats.agreement_units import Sums
from coder_app.formats.celltext import pieces
from coder_app.formats.levels import all_level_names
from coder_app.formats.xlsx import (
    COUNT,
    HEADER,
    PERCENT,
    QUIET,
    RATIO,
    STRONG,
    TEXT,
    TITLE,
    Cell,
    Formula,
    Sheet,
    Style,
    Value,
    styled,
)
from coder_app.project.comparing import Compared
from coder_app.project.project import Project

WIDTHS = (56, *(13,) * 14)
_PERCENT_LIVE = Style(number="0.0%", ink=LIVE.ink)


class Summary:
    """The first sheet."""

    def __init__(self, project: Project, sheet: Sheet, compared: Compared) -> None:
        self._project, self._sheet, self._compared = project, sheet, compared
        self._levels = all_level_names(project)
        self._names = [coder.name for coder in compared.gathered.coders]

    def write(self, codes: CodeSheet, pairs: Sequence[CodeSheet], sums: Sums) -> None:
        result = self._compared.result
        self._write_head()
        if not result.pairs:
            self._write_rows(result, "Coefficient of agreement (Schreier 2012)")
            recomputed = self._write_counts(result, pairs[0])
        else:
            recomputed = self._write_pairs(result, pairs)
        self._write_coefficients(result, {**recomputed, **self._sets(sums, len(self._names))})

    def _write_head(self) -> None:
        gathered, result, sheet = self._compared.gathered, self._compared.result, self._sheet
        choice = gathered.choice
        sheet.row(Cell(f"Agreement: {self._project.name}", TITLE), lines=1.5)
        facts: list[tuple[str, Value]] = [
            ("Coders", ", ".join(self._names)),
            ("Transcripts", _listed(gathered.documents)),
            ("Unit", UNITS[result.unit]),
            ("Units compared", result.n_units),
            ("Words of interviewers", "counted" if choice.interviewer_turns else "left out"),
            ("Level", self._levels[result.level]),
            ("Codes at this level", len(result.codes)),
            ("Codes used", self._used()),
            ("Transcripts left out, not finished by all", _listed(gathered.unfinished)),
        ]
        if choice.include_unfinished:
            facts.append(("Note", "Transcripts that not all coders finished are included."))
        for name, value in facts:
            style = Style(number="#,##0", across="left")
            sheet.row(Cell(name, STRONG), Cell(value, style))
        if self._compared.few_codes_shared:
            sheet.row(Cell("Warning", STRONG), Cell("The coders mostly use different codes.", Style()))
        sheet.row()

    def _used(self) -> str:
        used = zip(self._names, self._compared.result.codes_used, strict=True)
        return f"{self._compared.codes_shared} ({', '.join(f'{name}: {count}' for name, count in used)})"

    # The coefficient of agreement

    def _write_rows(self, result: Comparison, title: str) -> None:
        """Marked or not and each level: agreed, n and percent over coded and over all units."""
        sheet = self._sheet
        sheet.row(Cell(title, STRONG))
        again = ("percent", "recomputed", "difference")
        sheet.row(
            *styled(HEADER, ("Level", "agreed, coded units", "coded units", *again, "agreed, all units")),
            *styled(HEADER, ("all units", *again, "a code in common, coded units", *again)),
            lines=3,
        )
        for row in result.rows:
            at = sheet.rows + 1
            sheet.row(
                Cell(self._row_name(row.key), TEXT),
                Cell(row.agreed_coded, COUNT),
                Cell(row.n_coded, COUNT),
                *_percent(row.coded, formulas.ratio(f"B{at}", f"C{at}"), f"D{at}", f"E{at}"),
                Cell(row.agreed_all, COUNT),
                Cell(row.n_all, COUNT),
                *_percent(row.all, formulas.ratio(f"G{at}", f"H{at}"), f"I{at}", f"J{at}"),
                Cell(row.agreed_any, COUNT),
                *_percent(row.any_coded, formulas.ratio(f"L{at}", f"C{at}"), f"M{at}", f"N{at}"),
            )
        sheet.row()

    def _row_name(self, key: str) -> str:
        if key == "marked":
            return "Marked or not"
        return self._levels[next(level for level in Level if level.key == key)]

    # Counts that the coefficients across codes rest on

    def _write_counts(self, result: Comparison, codes: CodeSheet) -> dict[str, str]:
        """The sums of a sheet of 2 x 2 tables; returns the formulas of the kappas across codes."""
        sheet = self._sheet
        sheet.row(Cell(f"Counts over all codes, summed from “{codes.sheet.title}”", STRONG))
        cells = {}
        counts = [
            ("Codes", "codes", f"COUNT({codes.range('both')})"),
            ("Both", "both", f"SUM({codes.range('both')})"),
            (f"Only {self._first_of(result, 0)}", "only_a", f"SUM({codes.range('only_a')})"),
            (f"Only {self._first_of(result, 1)}", "only_b", f"SUM({codes.range('only_b')})"),
            ("Neither", "neither", f"SUM({codes.range('neither')})"),
            ("Expected by chance x units²", "chance", f"SUM({codes.range('chance')})"),
        ]
        for name, key, formula in counts:
            at = sheet.row(Cell(name, TEXT), Cell(Formula(formula), COUNT))
            cells[key] = f"$B${at}"
        at = sheet.row(Cell("Units", TEXT), Cell(result.n_units, COUNT))
        cells["units"] = f"$B${at}"
        sheet.row()
        return _across_codes(cells, codes)

    def _first_of(self, result: Comparison, number: int) -> str:
        names = {coder.guid: coder.name for coder in self._compared.gathered.coders}
        return names[result.coders[number]]

    def _write_pairs(self, result: Comparison, sheets: Sequence[CodeSheet]) -> dict[str, str]:
        """Three coders or more: each pair's rows and kappas; returns the formula of their mean."""
        names = {coder.guid: coder.name for coder in self._compared.gathered.coders}
        pooled = []
        for ((one, other), pair), codes in zip(result.pairs.items(), sheets, strict=True):
            title = f"{names[one]} and {names[other]}"
            self._write_rows(pair, f"{title}: coefficient of agreement (Schreier 2012)")
            recomputed = self._write_counts(pair, codes)
            places = self._write_coefficients(pair, recomputed, title, only=tuple(recomputed))
            pooled.append(places["pooled_kappa"])
        return {"light_kappa": formulas.mean_of(pooled)}

    # Coefficients

    def _sets(self, sums: Sums, coders: int) -> dict[str, str]:
        """The formulas of alpha over sets, and of the mean Jaccard."""
        names = {"equality": "alpha_nominal_sets", "jaccard": "alpha_jaccard", "masi": "alpha_masi"}
        found = {
            names[key]: formulas.alpha(sums.distance[key], alike, sums.n, coders)
            for key, alike in sums.alike.items()
        }
        n = f"({sums.n}/{coders})"
        found["mean_jaccard"] = f'IF({n}=0,"{DASH}",1-{sums.distance["jaccard"]}/{n})'
        return found

    def _write_coefficients(
        self,
        result: Comparison,
        recomputed: Mapping[str, str],
        title: str = "All codes together",
        only: Sequence[str] | None = None,
    ) -> dict[str, str]:
        """A row for each coefficient; returns where each is recomputed."""
        sheet = self._sheet
        has_intervals = bool(result.intervals)
        sheet.row(Cell(f"{title}: chance-corrected coefficients and others", STRONG))
        limits = ("95 % from", "95 % to") if has_intervals else ()
        sheet.row(
            *styled(HEADER, ("Coefficient", "value", "recomputed", "difference", *limits)),
            *styled(HEADER, ("why undefined", "", "source", "", "formula")),
        )
        places = {}
        for name in DESCRIBED:
            if name not in result.overall or name.startswith("agreement_") or (only and name not in only):
                continue
            at = sheet.rows + 1
            places[name] = f"$C${at}"
            sheet.row(*self._coefficient(result, name, recomputed.get(name), at, has_intervals))
        sheet.row()
        return places

    def _coefficient(
        self, result: Comparison, name: str, formula: str | None, at: int, has_intervals: bool
    ) -> list[Cell | Value]:
        described, statistic = DESCRIBED[name], result.overall[name]
        look, live = (COUNT, Style(number="0", ink=LIVE.ink)) if name == "codes_undefined" else (RATIO, LIVE)
        cells: list[Cell | Value] = [Cell(described.name, TEXT), Cell(shown(statistic), look)]
        if formula is None:
            cells += [Cell("too many sets to lay out", QUIET), None]
        else:
            cells += [
                Cell(Formula(formula), live),
                Cell(Formula(formulas.difference(f"B{at}", f"C{at}")), DIFFERENCE),
            ]
        if has_intervals:
            interval = result.intervals.get(name)
            low, high = (interval.low, interval.high) if interval else (None, None)
            cells += [Cell(DASH if low is None else low, RATIO), Cell(DASH if high is None else high, RATIO)]
        reason, source = Cell(statistic.reason or None, Style()), Cell(described.source or None, Style())
        return [*cells, reason, None, source, None, Cell(described.formula, Style())]


def _listed(documents: Sequence[Document]) -> str:
    """How many, and which: “2: Interview P1; Interview P2”."""
    titles = "; ".join(document.title for document in documents)
    return pieces(f"{len(documents)}: {titles}")[0] if documents else "0"


def _percent(statistic: Statistic, formula: str, value_cell: str, live_cell: str) -> list[Cell]:
    return [
        Cell(shown(statistic), PERCENT),
        Cell(Formula(formula), _PERCENT_LIVE),
        Cell(Formula(formulas.difference(value_cell, live_cell)), DIFFERENCE),
    ]


def _across_codes(cells: Mapping[str, str], codes: CodeSheet) -> dict[str, str]:
    """The kappas over several codes, from the sums of their tables."""
    q, n, agreed = cells["codes"], cells["units"], f"({cells['both']}+{cells['neither']})"
    a, b, c, d = (cells[key] for key in ("both", "only_a", "only_b", "neither"))
    kappas, total = codes.range("cohen_kappa"), f"({q}*{n})"
    return {
        "pooled_kappa": formulas.ratio(f"{n}*{agreed}-{cells['chance']}", f"({q}*{n}^2-{cells['chance']})"),
        "mean_kappa": formulas.mean_of([kappas]),
        "codes_undefined": f"{q}-COUNT({kappas})",
        "summed_kappa": formulas.kappa(agreed, total, f"({formulas.expected(a, b, c, d)})"),
        "summed_percent": formulas.ratio(agreed, total),
    }
