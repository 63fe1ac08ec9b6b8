"""Which rows show: those that are not gone, and those that a showing row refers to.

So a code that one coder deleted lives on while a colleague's coding uses it. Never stored, always
computed when read. Speakers show with their transcript. The conditions are built once: building them
costs more than asking SQLite.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from sqlalchemy import CTE, ColumnElement, Subquery, and_, exists, func, or_, select, true

from coder_app.core.model import CONSENSUS, Status
from coder_app.project.schema import (
    attribute,
    attribute_value,
    code,
    coder,
    coding,
    division,
    document,
    kept_apart,
    memo,
    participant,
    progress,
    round_,
    settlement,
    speaker,
    stability,
    study,
    unit,
)


@cache
def coding_shows() -> ColumnElement[bool]:
    """A removed coding stays while a memo on it stands; one of the consensus stands with its decision."""
    of_decision = or_(
        coding.c.coder != CONSENSUS, coding.c.settlement.in_(select(standing_settlements().c.guid))
    )
    stays = coding.c.guid.in_(select(memo.c.target).where(memo.c.gone == 0))
    return and_(or_(coding.c.gone == 0, stays), of_decision)


@cache
def standing_settlements() -> Subquery:
    """GUIDs of the decisions that stand.

    Where two copies of a project decided the same unit apart, the later decision stands, on every
    machine the same one.
    """
    latest = func.row_number().over(
        partition_by=(settlement.c.document, settlement.c.place),
        order_by=(settlement.c.created.desc(), settlement.c.guid.desc()),
    )
    ranked = select(settlement.c.guid, latest.label("rank")).where(settlement.c.gone == 0).subquery()
    return select(ranked.c.guid).where(ranked.c.rank == 1).subquery("standing")


def memo_about(target: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(memo.c.target == target, memo.c.gone == 0)


@cache
def document_shows() -> ColumnElement[bool]:
    used = exists().where(coding.c.document == document.c.guid, coding_shows())
    worked_on = exists().where(progress.c.document == document.c.guid, progress_shows())
    return or_(document.c.gone == 0, used, worked_on, memo_about(document.c.guid))


@cache
def coder_shows() -> ColumnElement[bool]:
    return or_(
        coder.c.gone == 0,
        exists().where(coding.c.coder == coder.c.guid, coding_shows()),
        exists().where(memo.c.coder == coder.c.guid, memo.c.gone == 0),
        exists().where(progress.c.coder == coder.c.guid, progress_shows()),
        exists().where(settlement.c.coder == coder.c.guid, settlement.c.gone == 0),
        exists().where(round_.c.coder == coder.c.guid, round_shows()),
        exists().where(stability.c.coder == coder.c.guid, stability.c.gone == 0),
    )


@cache
def round_shows() -> ColumnElement[bool]:
    """A removed round stays while something settled in it stands, or a stability pass over it."""
    return or_(
        round_.c.gone == 0,
        exists().where(settlement.c.round == round_.c.guid, settlement.c.gone == 0),
        exists().where(stability.c.round == round_.c.guid, stability.c.gone == 0),
    )


@cache
def progress_shows() -> ColumnElement[bool]:
    return and_(progress.c.gone == 0, progress.c.status != Status.NOT_STARTED.value)


@cache
def value_shows() -> ColumnElement[bool]:
    return and_(attribute_value.c.gone == 0, attribute_value.c.value != "")


@cache
def attribute_shows() -> ColumnElement[bool]:
    """A removed attribute stays while it is set for somebody."""
    return or_(
        attribute.c.gone == 0, exists().where(attribute_value.c.attribute == attribute.c.guid, value_shows())
    )


@cache
def participant_shows() -> ColumnElement[bool]:
    speaks = exists().where(
        speaker.c.participant == participant.c.guid,
        speaker.c.document == document.c.guid,
        document_shows(),
    )
    known = exists().where(attribute_value.c.participant == participant.c.guid, value_shows())
    return or_(participant.c.gone == 0, speaks, known, memo_about(participant.c.guid))


@cache
def shown_codes() -> CTE:
    """GUIDs of the codes that show: standing, used, or above one that shows."""
    parent = func.substr(code.c.place, 1, func.instr(code.c.place, "|") - 1)
    used = exists().where(coding.c.code == code.c.guid, coding_shows())
    found = (
        select(code.c.guid, parent.label("parent"))
        .where(or_(code.c.gone == 0, used, memo_about(code.c.guid)))
        .cte("shown_codes", recursive=True)
    )
    return found.union(select(code.c.guid, parent.label("parent")).join(found, code.c.guid == found.c.parent))


@cache
def shows(table: str) -> ColumnElement[bool]:
    """Whether a row of a recorded table belongs to the state."""
    conditions: dict[str, Callable[[], ColumnElement[bool]]] = {
        study.name: true,
        coder.name: coder_shows,
        participant.name: participant_shows,
        attribute.name: attribute_shows,
        attribute_value.name: value_shows,
        document.name: document_shows,
        speaker.name: lambda: speaker.c.document.in_(select(document.c.guid).where(document_shows())),
        progress.name: progress_shows,
        code.name: lambda: code.c.guid.in_(select(shown_codes().c.guid)),
        coding.name: coding_shows,
        memo.name: lambda: memo.c.gone == 0,
        round_.name: round_shows,
        settlement.name: lambda: settlement.c.gone == 0,
        division.name: lambda: division.c.gone == 0,
        unit.name: lambda: unit.c.gone == 0,
        stability.name: lambda: stability.c.gone == 0,
        kept_apart.name: lambda: kept_apart.c.gone == 0,
    }
    return conditions[table]()
