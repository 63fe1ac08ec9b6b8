"""Two coders, or two participants, who are one person: on two laptops, or twice by mistake.

What the one made or said becomes the other's, as one action; the history keeps who did what. What
comes in later under the one that is gone shows it again (see shown.py) and is told of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Table, func, select

from coder_app.core.errors import UserError
from coder_app.core.model import Status
from coder_app.project import schema
from coder_app.project.documents import progress_guid
from coder_app.project.names import plural
from coder_app.project.shown import coding_shows
from coder_app.project.writing import put, set_field, set_gone

if TYPE_CHECKING:
    from coder_app.project.project import Project

_ORDER = list(Status)
_OWNED = (schema.memo, schema.round_, schema.settlement)
"""Tables whose rows have a coder, beside codings and progress."""


def joining_coders(project: Project, gone: str, into: str) -> str:
    """What `join_coders` does, in sentences to show before it is done. Raises UserError as it does."""
    one, other = _two_coders(project, gone, into)
    parts = [f"“{one}” is gone from the list of coders.", "Rounds that were made before keep both."]
    if work := _work(project, gone):
        parts[:0] = [
            f"{work} of “{one}” will belong to “{other}”.",
            "Where both coded exactly the same words alike, one coding stays.",
        ]
    return " ".join(parts)


def _work(project: Project, coder: str) -> str:
    """“3 codings and 1 memo”; nothing where there is none."""
    told = []
    for table, shown, kind in (
        (schema.coding, coding_shows(), "coding"),
        (schema.memo, schema.memo.c.gone == 0, "memo"),
    ):
        query = select(func.count()).select_from(table).where(table.c.coder == coder, shown)
        if count := project.connection.scalar(query):
            told.append(plural(count, kind))
    return " and ".join(told)


def join_coders(project: Project, gone: str, into: str) -> None:
    """Make the work of one coder another's (GUIDs).

    Raises UserError where it is one coder twice, one is not there, or one is a second pass: that is
    compared with the first and stays apart.
    """
    one, other = _two_coders(project, gone, into)
    connection = project.connection
    self_joined = project.coders.chosen and project.coders.current.guid == gone
    with project.step(f"Join coder {one} into {other}", coder=into if self_joined else None):
        project.codings.change_coder(gone, into)
        for table in _OWNED:
            _hand_over(project, table, table.c.coder, gone, into)
        _hand_over(project, schema.coder, schema.coder.c.person, gone, into)
        _hand_over(project, schema.study, schema.study.c.codebook_frozen, gone, into)
        _join_progress(project, gone, into)
        set_field(connection, schema.coder, "person", [(gone, into)])
        set_gone(connection, schema.coder, [gone])
        project.history.hand_over(gone, into)
    if self_joined:
        project.coders.switch(into)


def _two_coders(project: Project, gone: str, into: str) -> tuple[str, str]:
    if gone == into:
        raise UserError("Choose two different coders to join.")
    one, other = project.coders.need(gone), project.coders.need(into)
    passes = set(project.connection.scalars(select(schema.stability.c.coder)))
    if passes & {gone, into}:
        raise UserError("A second pass is compared with the first, so its coder stays apart.")
    return one.name, other.name


def _hand_over(project: Project, table: Table, column: Column[str], gone: str, into: str) -> None:
    """Whatever names the one names the other from now on, rows that do not show included."""
    project.connection.execute(table.update().where(column == gone).values({column.name: into}))


def _join_progress(project: Project, gone: str, into: str) -> None:
    """Of each transcript whichever of the two got further."""
    statuses = project.documents.statuses()
    for (document, coder), status in statuses.items():
        if coder != gone:
            continue
        own = statuses.get((document, into), Status.NOT_STARTED)
        if _ORDER.index(status) > _ORDER.index(own):
            key = progress_guid(document, into)
            put(project.connection, schema.progress, key, document=document, coder=into, status=status.value)
        set_gone(project.connection, schema.progress, [progress_guid(document, gone)])


def join_participants(project: Project, gone: str, into: str) -> None:
    """Make one of two participants (GUIDs).

    The one that stays keeps what is known of it; what is not known is filled from the other. Raises
    UserError where it is one participant twice, or one is not there.
    """
    if gone == into:
        raise UserError("Choose two different participants to join.")
    people = project.participants
    one, other = people.need(gone), people.need(into)
    with project.step(f"Join participant {one.label} into {other.label}"):
        _hand_over(project, schema.speaker, schema.speaker.c.participant, gone, into)
        project.memos.retarget(gone, into)
        for name, value in one.attributes.items():
            if not other.attributes.get(name):
                people.set_attribute(into, name, value)
        if one.pseudonym and not other.pseudonym:
            people.set_pseudonym(into, one.pseudonym)
        people.remove_quietly(gone)
