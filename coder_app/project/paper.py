"""Facts for the paper, collected from a project: see `core.paper`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from coder_app import __version__
from coder_app.core.agreement.comparison import Comparison, Row
from coder_app.core.codetree import Codebook
from coder_app.core.errors import UserError
from coder_app.core.model import Level, Round, Status
from coder_app.core.paper_facts import Facts, Figure, Measure, Pass, Settled, Share
from coder_app.project.comparing import (
    Choice,
    Compared,
    Sources,
    after,
    compare_sources,
    read_sources,
    worklist,
)

if TYPE_CHECKING:
    from coder_app.project.project import Project

Progress = Callable[[int, int], None]
FIGURES = (
    "alpha_masi",
    "pooled_kappa",
    "light_kappa",
    "holsti",
    "matched",
    "n_a",
    "n_b",
    "u_alpha_nominal",
    "cu_alpha",
)
"""What of a comparison's ``overall`` the paragraph can tell."""
DAY_MS = 86_400_000


def read_facts(
    project: Project,
    round_guid: str,
    choice: Choice,
    *,
    resamples: int = 0,
    progress: Progress | None = None,
) -> Facts:
    """The facts of a round (GUID), or of ``choice`` as the project is now (empty GUID).

    Raises UserError where there is nothing to compare, Cancelled where ``progress`` asks for it.
    """
    documents = project.documents.all()
    if round_guid:
        one = project.rounds.get(round_guid)
        measure = _of_round(project, one, resamples, progress)
        passes = _passes(project, one)
        earlier = _earlier(project, one, measure)
    else:
        compared = compare_sources(read_sources(project), choice, resamples=resamples, progress=progress)
        measure = _measure(compared, "", _day(project.now()), resamples, None)
        passes, earlier = (), ()
    independent = bool(round_guid) and _first(project, round_guid)
    return Facts(
        len(documents),
        sum(document.characters for document in documents),
        measure,
        earlier,
        passes,
        independent,
        __version__,
    )


def _of_round(project: Project, one: Round, resamples: int, progress: Progress | None) -> Measure:
    sources, choice = project.rounds.sources(one.guid), project.rounds.choice(one.guid)
    compared = compare_sources(sources, choice, resamples=resamples, progress=progress)
    return _measure(compared, one.name, _day(one.created), resamples, _settled(project, one, compared))


def _measure(compared: Compared, name: str, day: str, resamples: int, settled: Settled | None) -> Measure:
    gathered, result = compared.gathered, compared.result
    choice = gathered.choice
    row = _row(result, choice.level)
    names = gathered.sources.level_names if gathered.sources is not None else {}
    codes = sum(code.level == choice.level for code in gathered.tree.nodes.values())
    return Measure(
        round=name,
        day=day,
        coders=tuple(coder.name for coder in gathered.coders),
        transcripts=len(gathered.documents),
        characters=sum(document.characters for document in gathered.documents),
        unit=choice.unit,
        units=result.n_units,
        level=choice.level,
        level_name=names.get(choice.level, choice.level.key),
        codes=codes,
        coded=_coded(result, row),
        all=_all(result, row),
        figures=tuple(
            Figure(key, result.overall[key], result.intervals.get(key))
            for key in FIGURES
            if key in result.overall
        ),
        interviewer_turns=choice.interviewer_turns,
        threshold=choice.threshold,
        unit_min_chars=choice.unit_min_chars,
        unfinished=choice.include_unfinished and _any_unfinished(compared),
        resamples=resamples,
        seed=result.seed,
        settled=settled,
    )


def _row(result: Comparison, level: Level) -> Row | None:
    return next((row for row in result.rows if row.key == level.key), None)


def _coded(result: Comparison, row: Row | None) -> Share | None:
    if row is None:
        return None
    return Share(row.agreed_coded, row.n_coded, row.coded, result.intervals.get("agreement_coded"))


def _all(result: Comparison, row: Row | None) -> Share | None:
    if row is None:
        return None
    return Share(row.agreed_all, row.n_all, row.all, result.intervals.get("agreement_all"))


def _any_unfinished(compared: Compared) -> bool:
    sources = compared.gathered.sources
    if sources is None:
        return True
    return any(
        sources.statuses.get((document.guid, coder.guid)) != Status.FINISHED
        for document in compared.gathered.documents
        for coder in compared.gathered.coders
    )


def _settled(project: Project, one: Round, compared: Compared) -> Settled:
    settlements = project.consensus.settlements(one.guid)
    differing = sum(not item.alike for item in worklist(compared))
    verdicts = dict(Counter(settlement.verdict for settlement in settlements))
    share = None
    if any(settlement.verdict.settles for settlement in settlements):
        choice = project.rounds.choice(one.guid)
        done = [settlement for settlement in settlements if settlement.verdict.settles]
        frozen = _with_codes(project.rounds.sources(one.guid), project.codes.tree())
        sources = after(frozen, done, project.consensus.codings(one.guid))
        result = compare_sources(sources, choice).result
        share = _coded(result, _row(result, choice.level))
    return Settled(differing, verdicts, share)


def _with_codes(frozen: Sources, now: Codebook) -> Sources:
    """What a round froze with the codes made since: the coders may have settled on them."""
    new = [now[guid] for guid, _ in now.walk() if guid not in frozen.tree]
    known = set(frozen.tree.nodes) | {code.guid for code in new}
    placed = [code if code.parent in known else replace(code, parent=None) for code in new]
    return replace(frozen, tree=Codebook([*frozen.tree.nodes.values(), *placed])) if new else frozen


def _earlier(project: Project, one: Round, measure: Measure) -> tuple[Measure, ...]:
    """Rounds of the same coders, unit and level before this one; one that is damaged is left out."""
    found = []
    for other in project.rounds.all():
        if (other.created, other.guid) >= (one.created, one.guid):
            continue
        try:
            choice = project.rounds.choice(other.guid)
            wanted = project.rounds.choice(one.guid)
            same = set(choice.coders) == set(wanted.coders)
            if same and (choice.unit, choice.level) == (wanted.unit, wanted.level):
                compared = compare_sources(project.rounds.sources(other.guid), choice)
                found.append(_measure(compared, other.name, _day(other.created), 0, None))
        except UserError:
            continue
    return tuple(found)


def _first(project: Project, guid: str) -> bool:
    """Whether no earlier round had any two of this one's coders."""
    coders = set(project.rounds.choice(guid).coders)
    for other in project.rounds.all():
        if other.guid == guid:
            return True
        try:
            if len(coders & set(project.rounds.choice(other.guid).coders)) > 1:
                return False
        except UserError:
            return False  # damaged: nothing can be said
    return True


def _passes(project: Project, one: Round) -> tuple[Pass, ...]:
    inside = set(project.rounds.choice(one.guid).coders)
    found = []
    for done in project.stability.all():
        if done.round == one.guid:
            person = done.coder.person or done.coder.guid
            days = max(0, round((done.created - one.created) / DAY_MS))
            result = project.stability.result(done.guid).confirmation
            found.append(Pass(project.coders.name_of(person), person in inside, days, result))
    return tuple(found)


def _day(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()


def facts_of_snapshot(
    image: bytes, coder: str, round_guid: str, choice: Choice, resamples: int, *, progress: Progress
) -> Facts:
    """``read_facts`` on a snapshot of the project, away from the window's thread."""
    from coder_app.project.project import Project

    with Project.from_snapshot(image) as project:
        project.coders.switch(coder)
        return read_facts(project, round_guid, choice, resamples=resamples, progress=progress)
