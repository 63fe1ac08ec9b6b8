"""What participants will read of their own, from where the documents take it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from coder_app.core.model import Code, Coding, Participant
from coder_app.project.project import Project

if TYPE_CHECKING:
    from coder_app.formats.membercheck import Passages


def asked_nodes(project: Project) -> list[Code]:
    """What participants are asked about: the themes or, without any, the nodes of the highest level."""
    from coder_app.formats.membercheck import findings_of

    return findings_of(project.codes.tree())


class OwnWords:
    """Each participant's own words on some nodes, as ``coders`` (GUIDs; None: anybody) marked them.

    What was coded is gathered once; a participant's words when they are asked for, and then kept.
    """

    def __init__(self, project: Project, nodes: list[Code], coders: tuple[str, ...] | None) -> None:
        from coder_app.formats.membercheck import passages

        self._project = project
        self._coded = passages(project, nodes, coders)
        self._by_document: list[dict[str, list[Coding]]] = []
        for passage in self._coded:
            found: dict[str, list[Coding]] = {}
            for coding in passage.codings:
                found.setdefault(coding.document, []).append(coding)
            self._by_document.append(found)
        self._documents: dict[str, set[str]] = {}
        for document, speakers in project.documents.all_speakers().items():
            for speaker in speakers:
                if speaker.participant is not None:
                    self._documents.setdefault(speaker.participant, set()).add(document)
        self._words: dict[str, dict[str, tuple[str, ...]]] = {}

    def knows(self, person: str) -> bool:
        """Whether this participant's words (GUID) were asked for already."""
        return person in self._words

    def of(self, person: Participant) -> dict[str, tuple[str, ...]]:
        """Node -> this participant's own quotes."""
        from coder_app.formats.membercheck import own_findings

        if person.guid not in self._words:
            found = own_findings(self._project, person, self._coded_in(person.guid))
            self._words[person.guid] = {finding.node.guid: finding.words for finding in found}
        return self._words[person.guid]

    def quotes(self, person: Participant) -> int:
        """How many quotes stand in this participant's document."""
        return sum(len(quotes) for quotes in self.of(person).values())

    def _coded_in(self, person: str) -> list[Passages]:
        """What was coded in the transcripts in which this participant speaks."""
        documents = self._documents.get(person, set())
        return [
            replace(
                passage, codings=tuple(c for d, codings in found.items() if d in documents for c in codings)
            )
            for passage, found in zip(self._coded, self._by_document, strict=True)
        ]
