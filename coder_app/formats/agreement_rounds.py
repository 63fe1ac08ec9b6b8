"""The sheet of the agreement workbook on rounds: the figures of each, before and after what was settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coder_app.core.agreement.comparison import Comparison
from coder_app.core.agreement.result import Statistic
from coder_app.core.errors import UserError
from coder_app.core.model import Level, Settlement
from coder_app.formats.agreement_consensus import MOMENT, Frozen, moment
from coder_app.formats.agreement_figures import ROW_COLUMNS, WORDS, row_cells, shown
from coder_app.formats.agreement_method import UNITS
from coder_app.formats.agreement_names import SPANS, described
from coder_app.formats.xlsx import COUNT, RATIO, TEXT, Book, Cell, Column, Value, letters
from coder_app.project.comparing import Compared, after, compare_sources
from coder_app.project.project import Project

BEFORE, AFTER = "before discussion", "after discussion"
_FIGURES = ("pooled_kappa", "light_kappa", "alpha_masi", "holsti", "u_alpha_nominal")


@dataclass(frozen=True, slots=True)
class Measured:
    """A round measured: as it was frozen, and with what was settled in the coders' place."""

    frozen: Frozen
    created: int
    made_by: str
    before: Compared
    after: Compared | None
    """None where nothing is settled."""
    settled: int
    open: int
    """Looked at and left open."""

    def figures(self) -> list[tuple[str, Comparison]]:
        found = [(BEFORE, self.before.result)]
        return found if self.after is None else [*found, (AFTER, self.after.result)]


def measure_rounds(project: Project, rounds: Mapping[str, Frozen]) -> list[Measured]:
    """Every round, oldest first, measured as its own choice says."""
    names = {coder.guid: coder.name for coder in project.coders.all()}
    known = {one.guid: one for one in project.rounds.all()}
    found = []
    for guid, frozen in rounds.items():
        one, choice = known[guid], project.rounds.choice(guid)
        settlements = project.consensus.settlements(guid)
        done = [settlement for settlement in settlements if settlement.verdict.settles]
        found.append(
            Measured(
                frozen,
                one.created,
                names.get(one.coder, "somebody"),
                compare_sources(frozen.sources, choice),
                _after(project, guid, frozen, done) if done else None,
                len(done),
                len(settlements) - len(done),
            )
        )
    return found


def _after(project: Project, guid: str, frozen: Frozen, settlements: list[Settlement]) -> Compared | None:
    """The round once more with the consensus where it was settled; None where nothing coded is left."""
    sources = after(frozen.sources, settlements, project.consensus.codings(guid), project.codes.tree())
    try:
        return compare_sources(sources, project.rounds.choice(guid))
    except UserError:
        return None


def write_rounds(book: Book, measured: list[Measured], level_names: Mapping[Level, str]) -> None:
    """A row for each round, and one more for it after discussion; no sheet where there is no round."""
    if not measured:
        return
    columns = [
        Column("Round", 18, TEXT),
        Column("Figures", 16, TEXT),
        Column("Frozen (UTC)", 15, MOMENT),
        Column("Frozen by", 13, TEXT),
        Column("Coders", 22, TEXT),
        Column("Transcripts", 10, COUNT),
        Column("Unit", 16, WORDS),
        Column("Level", 13, TEXT),
        Column("Passages settled", 10, COUNT),
        Column("Left open", 9, COUNT),
        *ROW_COLUMNS,
        *(Column(_name(name), 12, RATIO) for name in _FIGURES),
    ]
    letter = letters(len(columns))
    sheet = book.table("Rounds", columns, freeze="C2")
    for one in measured:
        for figures, result in one.figures():
            at = sheet.rows + 1
            row = next((row for row in result.rows if row.key == result.level.key), None)
            cells: list[Value | Cell] = [
                one.frozen.name,
                figures,
                moment(one.created),
                one.made_by,
                ", ".join(coder.name for coder in one.frozen.coders),
                len(result.documents),
                UNITS[result.unit],
                level_names[result.level],
                one.settled,
                one.open,
            ]
            if row is None:
                cells += [None] * len(ROW_COLUMNS)
            else:
                cells += row_cells(row, letter[10 : 10 + len(ROW_COLUMNS)], at)
            cells += [_shown({**result.more, **result.overall}.get(name)) for name in _FIGURES]
            sheet.values(columns, cells)
    book.finish_table(sheet, columns)


def course(measured: list[Measured]) -> list[tuple[str, str]]:
    """The rounds in words: name, and how agreement went."""
    return [
        (one.frozen.name, "; ".join(_sentence(*figures) for figures in one.figures())) for one in measured
    ]


def _sentence(figures: str, result: Comparison) -> str:
    row = next((row for row in result.rows if row.key == result.level.key), None)
    if row is not None and row.coded.value is not None:
        percent = f"{100 * row.coded.value:.1f} %"
        return f"{figures}: {row.agreed_coded:,} of {row.n_coded:,} coded units alike ({percent})"
    name = next((name for name in ("holsti", "u_alpha_nominal") if name in result.overall), None)
    if name is not None:
        return f"{figures}: {SPANS[name].name} {result.overall[name]}"
    return f"{figures}: –"


def _shown(statistic: Statistic | None) -> Value:
    return None if statistic is None else shown(statistic)


def _name(name: str) -> str:
    """The header of a figure; Holsti's CR is that of the round's unit."""
    if name == "holsti":
        return "Holsti's CR"
    return SPANS[name].name if name == "u_alpha_nominal" else described(name).name
