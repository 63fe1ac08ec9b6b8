"""The comparison that the section “Figures” shows, computed away from the window's thread.

A project is read once, from a snapshot; what is read (``Sources``) is kept, and every choice after that is
cut from it. Imports what computes (and NumPy with it) only when called, so that the window opens without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from coder_app.core.model import Level

if TYPE_CHECKING:
    from coder_app.core.agreement.comparison import CodeResult, Comparison, Row, View
    from coder_app.core.agreement.confusion import Confusion
    from coder_app.core.agreement.result import Interval, Statistic
    from coder_app.project.comparing import Choice, Compared
    from coder_app.project.sources import Sources
    from coder_app.ui.work import Progress

MARKED = "marked"
"""Key of the row "marked or not"; the other rows have their level's key."""
RESAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; GUIDs. All levels are answered at once."""

    coders: tuple[str, ...]
    documents: tuple[str, ...]
    unit: str
    interviewer_turns: bool = False
    include_unfinished: bool = False
    """Some of the documents were not marked as finished by all."""
    threshold: float = 0.5
    unit_min_chars: int = 1
    round: str = ""
    """GUID of the round that is measured; empty for the project as it is now."""
    round_name: str = ""

    def choice(self, level: Level) -> Choice:
        """The same as the project layer and the exports take it."""
        from coder_app.project.comparing import Choice

        return Choice(
            coders=self.coders,
            unit=self.unit,
            level=level,
            documents=self.documents,
            include_unfinished=self.include_unfinished,
            interviewer_turns=self.interviewer_turns,
            threshold=self.threshold,
            unit_min_chars=self.unit_min_chars,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table on top: marked or not, or a level. ``row`` is None where units are not counted.

    ``overall`` and ``more`` are statistics by the names of the reference cases, ``intervals`` theirs.
    """

    key: str
    level: Level
    row: Row | None
    overall: Mapping[str, Statistic]
    more: Mapping[str, Statistic]
    intervals: Mapping[str, Interval]
    codes: Mapping[str, CodeResult]
    """By the node's GUID in the codebook's order; empty for "marked"."""
    code_intervals: Mapping[str, Mapping[str, Interval]]
    used_by_any: int = 0
    shared: int = 0
    coded_by_all: int = 0
    """Units that every coder gave a code to."""
    empty: bool = False
    """The codebook has no node at this level: codes stand for themselves."""

    def statistic(self, name: str) -> Statistic | None:
        """By its name; None where this row has no such figure."""
        return self.overall.get(name) or self.more.get(name)


Bounds = Mapping[Level, "Comparison"]
"""Level -> the comparison with bootstrap intervals there."""


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """The answer: what was compared, and the rows of the table, "marked" first."""

    wanted: Wanted
    compared: Compared
    lines: tuple[Line, ...]
    bounds: Bounds = field(default_factory=dict)

    def line(self, key: str) -> Line:
        """The row of that key. Raises KeyError where there is none."""
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)

    def has(self, key: str) -> bool:
        return any(line.key == key for line in self.lines)

    @property
    def names(self) -> tuple[str, ...]:
        """The coders' names in their order."""
        return tuple(coder.name for coder in self.compared.gathered.coders)

    @property
    def two(self) -> bool:
        return len(self.wanted.coders) == 2

    @property
    def n_units(self) -> int:
        return self.compared.result.n_units

    def with_bounds(self, level: Level, bounded: Compared) -> Look:
        """The same with the bootstrap intervals of a level."""
        bounds = {**self.bounds, level: bounded.result}
        return replace(self, bounds=bounds, lines=_lines(self.compared, bounds))


def read(image: bytes, round: str, *, progress: Progress) -> Sources:
    """What can be compared in a project (``Project.snapshot``), now or in a round.

    Raises UserError for a round that is no longer there.
    """
    from coder_app.project.project import Project
    from coder_app.project.sources import read_sources

    with Project.from_snapshot(image) as project:
        return project.rounds.sources(round) if round else read_sources(project)


def look(sources: Sources, wanted: Wanted, *, progress: Progress) -> Look:
    """Compare what is chosen.

    Raises UserError where there is nothing to compare, Cancelled where ``progress`` asks for it.
    """
    from coder_app.project.comparing import compare_sources

    compared = compare_sources(sources, wanted.choice(sources_level(sources)), progress=progress)
    return Look(wanted, compared, _lines(compared, {}))


def answer(
    image: bytes | None, sources: Sources | None, wanted: Wanted, *, progress: Progress
) -> tuple[Sources, Look]:
    """:func:`look`, reading the project first where it has changed."""
    if sources is None:
        assert image is not None
        sources = read(image, wanted.round, progress=progress)
    return sources, look(sources, wanted, progress=progress)


def bound(sources: Sources, wanted: Wanted, level: Level, *, progress: Progress) -> Compared:
    """The same with bootstrap intervals at a level. Raises Cancelled where ``progress`` asks for it."""
    from coder_app.project.comparing import compare_sources

    return compare_sources(sources, wanted.choice(level), resamples=RESAMPLES, progress=progress)


def confuse(look: Look, level: Level, pair: tuple[int, int], *, progress: Progress) -> Confusion:
    """Which code the second gave where the first gave this one, at a level; the coders by their places."""
    from coder_app.core.agreement.confusion import of_pair

    view = look.compared.result.views[level]
    return of_pair(view.keys, view.incidence, *pair)


def sources_level(sources: Sources) -> Level:
    """The level at which the comparison's own figures cost least: the highest one."""
    return max(sources.level_names)


def _lines(compared: Compared, bounds: Bounds) -> tuple[Line, ...]:
    result = compared.result
    lines = [_marked_line(compared)] if result.marked is not None and result.rows else []
    lines += [_level_line(compared, level, bounds) for level in result.levels]
    return tuple(lines)


def _marked_line(compared: Compared) -> Line:
    """Marked or not, as one code."""
    marked = compared.result.marked
    assert marked is not None
    row = next((row for row in compared.result.rows if row.key == MARKED), None)
    lowest = compared.gathered.levels[0]
    return Line(MARKED, lowest, row, marked.statistics, {}, marked.intervals, {}, {})


def _level_line(compared: Compared, level: Level, bounds: Bounds) -> Line:
    found = compared.result.levels[level]
    bounded = bounds.get(level)
    codes = bounded.codes if bounded is not None else found.codes
    return Line(
        key=level.key,
        level=level,
        row=found.row,
        overall=found.overall,
        more=found.more,
        intervals={**found.intervals, **(bounded.intervals if bounded is not None else {})},
        codes=found.codes,
        code_intervals={key: code.intervals for key, code in codes.items()},
        used_by_any=found.codes_used_by_any,
        shared=found.codes_shared,
        coded_by_all=_coded_by_all(compared.result.views[level]) if found.row is not None else 0,
        empty=level not in {node.level for node in compared.gathered.tree.nodes.values()},
    )


def _coded_by_all(view: View) -> int:
    """How many units (characters ...) carry a code by every coder."""
    import numpy as np

    incidence = view.incidence
    coded = np.ones(incidence.n_units, dtype=np.bool_)
    for coder in range(incidence.n_coders):
        coded &= incidence.sizes(coder) > 0
    return int(incidence.weights[coded].sum())
