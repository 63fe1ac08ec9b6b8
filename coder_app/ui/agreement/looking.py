"""The comparison that the page shows, computed away from the window's thread on a snapshot.

Imports what computes (and NumPy with it) only when called, so that the window opens without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder_app.core.model import Level

if TYPE_CHECKING:
    from coder_app.core.agreement.comparison import CodeResult, Row, View
    from coder_app.core.agreement.result import Statistic
    from coder_app.project.comparing import Choice, Compared
    from coder_app.ui.work import Progress

MARKED = "marked"
"""Key of the row "marked or not"; the other rows have their level's key."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; GUIDs. All levels are answered at once."""

    coders: tuple[str, str]
    documents: tuple[str, ...]
    unit: str
    interviewer_turns: bool = False
    include_unfinished: bool = False
    """Some of the documents were not marked as finished by both."""

    def choice(self, level: Level) -> Choice:
        """The same as the project layer and the exports take it."""
        from coder_app.project.comparing import Choice

        return Choice(
            self.coders, self.unit, level, self.documents, self.include_unfinished, self.interviewer_turns
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: marked or not, or a level.

    ``kappa`` is pooled over the codes of the level (for "marked" it is plain), ``mean_kappa`` the mean
    of the defined ones (None for "marked"), ``alpha`` over each unit's set of codes with the MASI
    distance (for "marked" over marked or not).
    """

    row: Row
    level: Level
    kappa: Statistic
    mean_kappa: Statistic | None
    kappas_undefined: int
    alpha: Statistic
    codes: dict[str, CodeResult]
    """By the node's GUID in the codebook's order; empty for "marked"."""
    used: tuple[int, int]
    """How many different codes each coder used."""
    used_by_any: int
    shared: int

    @property
    def key(self) -> str:
        return self.row.key

    @property
    def few_shared(self) -> bool:
        """Less than half of the codes that either used were used by both."""
        return self.shared * 2 < self.used_by_any


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """The answer: what was compared, and the rows of the table, "marked" first."""

    wanted: Wanted
    compared: Compared
    lines: tuple[Line, ...]

    def line(self, key: str) -> Line:
        """The row of that key. Raises KeyError where there is none."""
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)

    @property
    def names(self) -> tuple[str, str]:
        """The two coders' names."""
        one, other = self.compared.gathered.coders
        return one.name, other.name

    @property
    def n_units(self) -> int:
        return self.compared.result.n_units


def look(image: bytes, wanted: Wanted, *, progress: Progress) -> Look:
    """Compare on a snapshot of the project (``Project.snapshot``).

    Raises UserError where there is nothing to compare, Cancelled where ``progress`` asks for it.
    """
    from coder_app.project.comparing import compare_project
    from coder_app.project.project import Project

    with Project.from_snapshot(image) as project:
        highest = max(project.level_names())  # alphas of the level asked cost least there
        compared = compare_project(project, wanted.choice(highest), progress=progress)
    return look_at(wanted, compared, progress)


def look_at(wanted: Wanted, compared: Compared, progress: Progress) -> Look:
    """The rows of the table of a comparison of two coders, with each row's codes."""
    result = compared.result
    lines = []
    for done, row in enumerate(result.rows):
        progress(done, len(result.rows))
        if row.key == MARKED:
            lowest = compared.gathered.levels[0]
            lines.append(_marked_line(row, lowest, result.views[lowest]))
        else:
            level = next(level for level in result.views if level.key == row.key)
            lines.append(_level_line(row, level, result.views[level]))
    return Look(wanted, compared, tuple(lines))


def _marked_line(row: Row, level: Level, view: View) -> Line:
    """Marked or not as one 2 x 2 table."""
    from coder_app.core.agreement import sets, twobytwo

    pair = sets.pair_units(view.incidence)
    a, b = pair.size_a > 0, pair.size_b > 0
    table = twobytwo.Table(pair.count(a & b), pair.count(a & ~b), pair.count(b & ~a), pair.count(~a & ~b))
    kappa = twobytwo.cohen_kappa(table)
    return Line(row, level, kappa, None, 0, twobytwo.alpha_nominal(table), {}, (0, 0), 0, 0)


def _level_line(row: Row, level: Level, view: View) -> Line:
    import numpy as np

    from coder_app.core.agreement import sets, twobytwo, units
    from coder_app.core.agreement.comparison import CodeResult

    incidence = view.incidence
    tables = units.code_tables(incidence)
    codes = {
        key: CodeResult(table, (table.neither, table.differing, table.both), twobytwo.statistics(table))
        for key, table in zip(view.keys, tables, strict=True)
    }
    kappas = twobytwo.across_codes(tables)
    used = [set(np.unique(given).tolist()) for given in incidence.codes]
    return Line(
        row,
        level,
        kappas["pooled_kappa"],
        kappas["mean_kappa"],
        int(kappas["codes_undefined"].value or 0),
        sets.alpha_sets(incidence, sets.distinct_sets(incidence), sets.masi),
        codes,
        (len(used[0]), len(used[1])),
        len(used[0] | used[1]),
        len(used[0] & used[1]),
    )
