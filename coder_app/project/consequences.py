"""What deleting will do, told before it is done."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select

from coder_app.core.codetree import Codebook
from coder_app.core.model import Coding
from coder_app.project import schema
from coder_app.project.among import among
from coder_app.project.names import plural
from coder_app.project.shown import progress_shows

if TYPE_CHECKING:
    from coder_app.project.project import Project


def of_deleting_codes(project: Project, guids: Collection[str], *, below: bool) -> str:
    """Sentences on what deleting these nodes does."""
    tree = project.codes.tree()
    nodes = tree.with_below(guids) if below else set(guids)
    mine = project.coders.current.guid
    codings = project.codings.of_codes(nodes)
    used = _memoed_by_others(project, nodes)
    used |= {coding.code for coding in _staying(project, codings) if coding.code is not None}
    staying = _with_above(tree, used, nodes) if below else used
    own = sum(coding.coder == mine for coding in codings)
    more = "or what is below" if staying > used else ""
    text = (
        f"{plural(len(nodes - staying), 'node')} and {plural(own, 'coding')} of yours will be deleted."
        f"{_stay(len(staying), 'node', 'in the codebook', 'use', more)}"
    )
    moved = [child for guid in guids for child in tree.children(guid) if child not in nodes]
    if moved:
        text += f" {plural(len(moved), 'node')} below will move up."
    return text


def of_removing_documents(project: Project, guids: Collection[str]) -> str:
    """Sentences on what removing these transcripts takes along."""
    mine = project.coders.current.guid
    codings = project.codings.all(None, guids)
    progress = schema.progress.c
    staying = _memoed_by_others(project, guids)
    staying |= {coding.document for coding in _staying(project, codings)}
    staying.update(
        project.connection.scalars(
            select(progress.document).where(
                among(progress.document, guids), progress.coder != mine, progress_shows()
            )
        )
    )
    own = sum(coding.coder == mine for coding in codings)
    return (
        f"{plural(len(set(guids) - staying), 'transcript')} and {plural(own, 'coding')} of yours will be"
        f" removed.{_stay(len(staying), 'transcript', 'in the project', 'work with')}"
    )


def _stay(count: int, what: str, where: str, verb: str, more: str = "") -> str:
    """“ 1 node stays in the codebook because other coders use it.”, nothing for none."""
    if not count:
        return ""
    them = "it" if count == 1 else "them"
    stays = plural(count, f"{what} stays", f"{what}s stay")
    return f" {stays} {where} because other coders {verb} {them}{f' {more} {them}' if more else ''}."


def _with_above(tree: Codebook, used: set[str], nodes: Collection[str]) -> set[str]:
    """These nodes and those of ``nodes`` that stand above one of them."""
    return used | {above for guid in used for above in tree.ancestors(guid) if above in nodes}


def _staying(project: Project, codings: Collection[Coding]) -> list[Coding]:
    """Those that stay when the current coder's go: others', and those with a memo of others."""
    mine = project.coders.current.guid
    noted = _memoed_by_others(project, [coding.guid for coding in codings if coding.coder == mine])
    return [coding for coding in codings if coding.coder != mine or coding.guid in noted]


def _memoed_by_others(project: Project, guids: Collection[str]) -> set[str]:
    """Those of these rows on which other coders wrote memos."""
    memo = schema.memo.c
    query = select(memo.target).where(
        among(memo.target, guids), memo.coder != project.coders.current.guid, memo.gone == 0
    )
    return set(project.connection.scalars(query))
