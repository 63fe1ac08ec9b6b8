"""Which rows show: those that are not gone, and those that a showing row refers to.

So a code that one coder deleted lives on while a colleague's coding uses it. Never stored, always
computed when read. Speakers and attribute values show with what they belong to.
"""

from __future__ import annotations

from sqlalchemy import CTE, ColumnElement, exists, func, or_, select

from coder_app.core.model import Status
from coder_app.project.schema import code, coder, coding, document, memo, participant, progress, speaker


def coding_shows() -> ColumnElement[bool]:
    """A removed coding stays while a memo on it stands."""
    return or_(coding.c.gone == 0, coding.c.guid.in_(select(memo.c.target).where(memo.c.gone == 0)))


def memo_about(target: ColumnElement[str]) -> ColumnElement[bool]:
    return exists().where(memo.c.target == target, memo.c.gone == 0)


def document_shows() -> ColumnElement[bool]:
    used = exists().where(coding.c.document == document.c.guid, coding_shows())
    worked_on = exists().where(
        progress.c.document == document.c.guid,
        progress.c.gone == 0,
        progress.c.status != Status.NOT_STARTED.value,
    )
    return or_(document.c.gone == 0, used, worked_on, memo_about(document.c.guid))


def coder_shows() -> ColumnElement[bool]:
    return or_(
        coder.c.gone == 0,
        exists().where(coding.c.coder == coder.c.guid, coding_shows()),
        exists().where(memo.c.coder == coder.c.guid, memo.c.gone == 0),
    )


def participant_shows() -> ColumnElement[bool]:
    speaks = exists().where(
        speaker.c.participant == participant.c.guid,
        speaker.c.document == document.c.guid,
        document_shows(),
    )
    return or_(participant.c.gone == 0, speaks, memo_about(participant.c.guid))


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
