"""What participants will read of their own, from where the documents take it."""

from __future__ import annotations

from coder_app.core.model import Code
from coder_app.project.project import Project

Words = dict[str, dict[str, tuple[str, ...]]]
"""Participant -> node -> that person's own quotes (GUIDs)."""


def asked_nodes(project: Project) -> list[Code]:
    """What participants are asked about: the themes or, without any, the nodes of the highest level."""
    from coder_app.formats.membercheck import findings_of

    return findings_of(project.codes.tree())


def own_words(project: Project, nodes: list[Code], coders: tuple[str, ...] | None) -> Words:
    """Everybody's own words on each node, as ``coders`` (GUIDs; None: anybody) marked them."""
    from coder_app.formats.membercheck import own_findings, passages

    coded = passages(project, nodes, coders)
    return {
        person.guid: {found.node.guid: found.words for found in own_findings(project, person, coded)}
        for person in project.participants.all()
    }


def quotes_of(words: Words, person: str) -> int:
    """How many quotes stand in this person's document."""
    return sum(len(quotes) for quotes in words.get(person, {}).values())
