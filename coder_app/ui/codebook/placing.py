"""What may be done with chosen nodes: put inside, joined, grouped, moved by keys. It changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coder_app.core.codetree import Codebook
from coder_app.core.errors import UserError
from coder_app.core.model import Level


@dataclass(frozen=True, slots=True)
class Place:
    """Where nodes go: under ``parent`` (the top where None), before ``before`` or last."""

    parent: str | None
    before: str | None


def inside_problem(tree: Codebook, guids: Collection[str], target: str) -> str:
    """Why nodes cannot be put inside ``target``, in one sentence; empty where they can."""
    tops = tree.tops(guids)
    try:
        for guid in tops:
            tree.check_move(guid, target)
    except UserError as error:
        return str(error)
    if all(tree.parent(guid) == target for guid in tops):
        return "It is there already." if len(tops) == 1 else "They are there already."
    return ""


def join_problem(tree: Codebook, guids: Collection[str], into: str) -> str:
    """Why nodes cannot be joined with ``into``; empty where they can (see project.codes.join)."""
    others = [guid for guid in guids if guid != into]
    if not others:
        return "Choose at least two different codes to join."
    for guid in others:
        if guid in tree.ancestors(into):
            return f"“{tree[into].name}” lies inside “{tree[guid].name}”: join them the other way round."
    try:
        for guid in others:
            for child in tree.children(guid):
                if child not in others and child != into:
                    tree.check_move(child, into)
    except UserError as error:
        return str(error)
    return ""


def group_level(tree: Codebook, guids: Collection[str], used: Collection[Level]) -> Level | None:
    """The lowest level in use that can hold all these nodes; None where none is high enough."""
    highest = max(tree[guid].level for guid in guids)
    return min((level for level in used if level > highest), default=None)


def group_problem(tree: Codebook, guids: Collection[str], used: Collection[Level]) -> str:
    """Why nodes cannot be put under a new one; empty where they can."""
    if group_level(tree, guids, used) is None:
        return "This project has no level above theirs."
    tops = set(tree.tops(guids))
    if len(tops) < len(set(guids)):
        return "One of them lies inside the other."
    return ""


def new_parent(tree: Codebook, chosen: str | None, level: Level) -> str | None:
    """Where a new node of ``level`` goes when ``chosen`` is the current node: into it or beside it."""
    while chosen is not None and tree[chosen].level <= level:
        chosen = tree.parent(chosen)
    return chosen


def step(tree: Codebook, guids: Collection[str], direction: int, siblings: Sequence[str]) -> Place:
    """One place up (-1) or down (1) among ``siblings`` (those shown); raises UserError where it ends."""
    tops = tree.tops(guids)
    parent = tree.parent(tops[0])
    if any(tree.parent(guid) != parent for guid in tops):
        raise UserError("Choose codes that stand together under one node to move them up or down.")
    rows = [row for row, guid in enumerate(siblings) if guid in tops]
    if direction < 0:
        if rows[0] == 0:
            raise UserError(f"“{tree[tops[0]].name}” is the first in its place already.")
        return Place(parent, siblings[rows[0] - 1])
    if rows[-1] == len(siblings) - 1:
        raise UserError(f"“{tree[tops[-1]].name}” is the last in its place already.")
    return Place(parent, _next(tree, siblings[rows[-1] + 1], tops))


def indented(tree: Codebook, guids: Collection[str]) -> Place:
    """At the end of the nearest node above that can hold them; raises UserError where none can."""
    tops = tree.tops(guids)
    siblings = tree.children(tree.parent(tops[0]))
    highest = max(tree[guid].level for guid in tops)
    for guid in reversed(siblings[: siblings.index(tops[0])]):
        if guid not in tops and tree[guid].level > highest:
            return Place(guid, None)
    raise UserError(f"No node above “{tree[tops[0]].name}” in its place stands on a higher level.")


def outdented(tree: Codebook, guids: Collection[str]) -> Place:
    """Right behind the node they are in; raises UserError for nodes at the top."""
    tops = tree.tops(guids)
    parent = tree.parent(tops[0])
    if parent is None:
        raise UserError(f"“{tree[tops[0]].name}” stands at the top already.")
    return Place(tree.parent(parent), _next(tree, parent, tops))


def _next(tree: Codebook, guid: str, leaving: Collection[str]) -> str | None:
    """The sibling behind a node, not counting those about to move."""
    siblings = [g for g in tree.children(tree.parent(guid)) if g == guid or g not in leaving]
    at = siblings.index(guid) + 1
    return siblings[at] if at < len(siblings) else None
