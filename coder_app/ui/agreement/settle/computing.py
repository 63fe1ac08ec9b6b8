"""What the section “Settle” shows, computed away from the window's thread on values.

Imports what computes (and NumPy with it) only when called, so that the window opens without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coder_app.core.model import Coder, Coding, Round, Settlement

if TYPE_CHECKING:
    from coder_app.core.agreement.result import Statistic
    from coder_app.core.codetree import Codebook
    from coder_app.core.settling import Item
    from coder_app.project.comparing import Compared
    from coder_app.project.consensus import Decision
    from coder_app.project.sources import Choice, Sources
    from coder_app.ui.work import Progress


@dataclass(frozen=True, slots=True)
class Figures:
    """The three headline figures of a comparison.

    ``agreement`` is the coefficient of agreement at the round's level (matched passages: Holsti's), ``kappa``
    pooled over the codes (three coders and more: the mean of the pairs'), ``alpha`` over each unit's set of
    codes (along the text: the unitizing alpha). None where a unit has no such figure.
    """

    agreement: Statistic | None
    kappa: Statistic | None
    alpha: Statistic | None
    agreed: int = 0
    coded: int = 0
    """Units alike, of those that anybody coded; 0 where nothing is counted so."""
    units: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """A round opened for settling. ``items``: every place that anybody coded, alike or not, in order."""

    round: str
    choice: Choice
    coders: tuple[Coder, ...]
    items: tuple[Item, ...]
    before: Figures
    compared: Compared


def figures_of(compared: Compared) -> Figures:
    """The headline figures at the level compared."""
    result = compared.result
    overall = result.overall
    row = next((one for one in result.rows if one.key == result.level.key), None)
    kappa = overall.get("pooled_kappa") or overall.get("light_kappa")
    if row is not None:
        alpha = overall.get("alpha_masi")
        return Figures(row.coded, kappa, alpha, row.agreed_coded, row.n_coded, row.n_all)
    alpha = overall.get("u_alpha_nominal")
    return Figures(overall.get("holsti"), kappa, alpha, units=result.n_units)


def open_round(round_guid: str, sources: Sources, choice: Choice, *, progress: Progress) -> Bench:
    """Compare what a round froze and list what there is to settle.

    Raises UserError where nothing can be compared, Cancelled where ``progress`` asks for it.
    """
    from coder_app.project.comparing import compare_sources, worklist

    compared = compare_sources(sources, choice, progress=progress)
    items = tuple(worklist(compared))
    return Bench(round_guid, choice, compared.gathered.coders, items, figures_of(compared), compared)


def after_discussion(
    sources: Sources,
    choice: Choice,
    settlements: Sequence[Settlement],
    codings: Mapping[str, Sequence[Coding]],
    tree: Codebook,
    *,
    progress: Progress,
) -> Figures:
    """The figures with what was settled in place of what each coder had there. Raises as `open_round`.

    ``tree`` is today's codebook: codes made since the round may have been settled on.
    """
    from coder_app.project.comparing import after, compare_sources

    settled = after(sources, settlements, codings, tree)
    return figures_of(compare_sources(settled, choice, progress=progress))


def decisions_of_agreed(items: Sequence[Item], *, progress: Progress) -> list[Decision]:
    """The decisions that take agreed places over as they are."""
    from coder_app.core.model import Verdict
    from coder_app.core.settling import result_of
    from coder_app.project.consensus import Decision

    found = []
    for done, item in enumerate(items):
        if done % 500 == 0:
            progress(done, len(items))
        spans = result_of(item, Verdict.AGREED)
        found.append(Decision(item.document, item.start, item.end, Verdict.AGREED, spans))
    return found


@dataclass(frozen=True, slots=True)
class CourseRow:
    """One line of the course of rounds: a round as it was coded, or after discussion."""

    round: Round
    who: tuple[str, ...]
    unit: str
    level: str
    documents: int
    settled: int | None
    """None: as coded; otherwise how many disagreements are settled."""
    disagreements: int
    figures: Figures


def course(
    rounds: Sequence[tuple[Round, Sources, Choice]],
    settlements: Sequence[Settlement],
    codings: Mapping[str, Sequence[Coding]],
    tree: Codebook,
    *,
    progress: Progress,
) -> list[CourseRow]:
    """Every round in the order made, followed by its figures after discussion where anything is settled."""
    rows: list[CourseRow] = []

    def silent(done: int, total: int) -> None:
        """One round is short: progress counts rounds."""

    for done, (one, sources, choice) in enumerate(rounds):
        progress(done, len(rounds))
        bench = open_round(one.guid, sources, choice, progress=silent)
        differing = {item.place for item in bench.items if not item.alike}
        who = tuple(coder.name for coder in bench.coders)
        level = sources.level_names.get(choice.level, choice.level.key)
        count = len(bench.compared.gathered.documents)
        rows.append(CourseRow(one, who, choice.unit, level, count, None, len(differing), bench.before))
        own = [s for s in settlements if s.round == one.guid and s.verdict.settles]
        if own:
            settled = sum((s.document, s.start, s.end) in differing for s in own)
            figures = after_discussion(sources, choice, own, codings, tree, progress=silent)
            rows.append(CourseRow(one, who, choice.unit, level, count, settled, len(differing), figures))
    return rows
