"""Transcripts cut into what is compared: the stretches that count, units within them, arrays of codings.

Everything is cut when first asked for and kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from coder_app.core import text as texts
from coder_app.core.agreement import tokenising
from coder_app.core.agreement.codelist import CodeList
from coder_app.core.agreement.spans import Codings, IntArray
from coder_app.core.codetree import Codebook
from coder_app.core.model import Coding, Document, Role, Speaker, UnitKind
from coder_app.project.content import Content

Place = tuple[int, int]
NOBODY = -1
"""Stands for the code of a passage without one."""


class Prepared:
    """What is computed from a project's values for comparing, each thing once."""

    def __init__(
        self,
        tree: Codebook,
        documents: Sequence[Document],
        codings: Mapping[str, Sequence[Coding]],
        contents: Mapping[str, Content],
        speakers: Mapping[str, Sequence[Speaker]],
        meaning_units: Mapping[str, Sequence[Place]],
    ) -> None:
        self._tree = tree
        self._documents = documents
        self._codings = codings
        self._contents = contents
        self._speakers = speakers
        self._meaning_units = meaning_units
        self._spoken: dict[tuple[str, bool], IntArray] = {}
        self._units: dict[tuple[str, str, bool], IntArray] = {}

    @cached_property
    def codes(self) -> CodeList:
        keys = [guid for guid, _ in self._tree.walk()]
        place = {guid: number for number, guid in enumerate(keys)}
        parents = [place.get(self._tree.parent(guid) or "") for guid in keys]
        return CodeList.from_parents(keys, [self._tree[guid].level for guid in keys], parents)

    @cached_property
    def labels(self) -> dict[str, str]:
        return code_labels(self._tree)

    @cached_property
    def coders(self) -> tuple[str, ...]:
        """GUIDs of those who coded, in the order of the numbers in ``rows.coder``."""
        return tuple(dict.fromkeys(c.coder for own in self._codings.values() for c in own))

    @cached_property
    def rows(self) -> Codings:
        """All codings; documents by their place, coders by ``coders``, ``NOBODY`` for a missing code."""
        coder = {guid: number for number, guid in enumerate(self.coders)}
        code: dict[str | None, int] = {guid: number for number, guid in enumerate(self.codes.keys)}
        code[None] = NOBODY
        rows = [
            (number, coder[c.coder], code[c.code], c.start, c.end)
            for number, document in enumerate(self._documents)
            for c in self._codings.get(document.guid, ())
        ]
        return Codings.from_rows(rows)

    def spoken(self, document: str, interviewer_turns: bool) -> IntArray:
        """The stretches whose words count; see `spoken`."""
        key = document, interviewer_turns
        if key not in self._spoken:
            found = spoken(self._contents[document], self._speakers.get(document, ()), interviewer_turns)
            self._spoken[key] = _table(found)
        return self._spoken[key]

    def units(self, document: str, unit: str, interviewer_turns: bool) -> IntArray:
        """The units of a transcript within what counts; for text the paragraphs, which a bootstrap draws."""
        key = document, unit, interviewer_turns
        if key not in self._units:
            content = self._contents[document]
            stretches = self.spoken(document, interviewer_turns)
            if unit == UnitKind.TOKEN:
                self._units[key] = tokenising.tokens(content.text, stretches)
            elif unit == UnitKind.MEANING_UNIT:
                found = [texts.trim(content.text, *place) for place in self._meaning_units.get(document, ())]
                self._units[key] = _table([place for place in found if place[0] < place[1]])
            else:
                self._units[key] = _table(unit_places(content, unit, stretches.tolist()))
        return self._units[key]

    def everything(self) -> None:
        """Make all of it now, in the background, so that any first choice is answered as fast as the next."""
        _ = self.rows, self.labels
        for document in self._documents:
            for unit in UnitKind:
                self.units(document.guid, unit.value, False)


def _table(places: Sequence[Place]) -> IntArray:
    return np.array(places, dtype=np.int64).reshape(-1, 2)


def spoken(content: Content, speakers: Sequence[Speaker], interviewer_turns: bool) -> list[Place]:
    """The stretches of a transcript whose words count, in code points, without names and time stamps.

    These are the turns of participants and of nobody named; with ``interviewer_turns``, or where there
    are no speakers, the whole text.
    """
    if interviewer_turns or not any(turn.speaker is not None for turn in content.turns):
        return [(0, len(content.text))] if content.text else []
    stretches = []
    for turn in content.turns:
        if turn.speaker is None or speakers[turn.speaker].role == Role.PARTICIPANT:
            start, end = texts.trim(content.text, turn.body, turn.end)
            if start < end:
                stretches.append((start, end))
    return stretches


def unit_places(content: Content, unit: str, stretches: Sequence[Place]) -> list[Place]:
    """The units of a transcript within ``stretches``, trimmed, in order.

    For characters, matched spans and unitizing the stretches themselves; a whole document reaches from the
    first to the last of its stretches.
    """
    if unit in (UnitKind.CHARACTER, UnitKind.MATCH, UnitKind.UNITIZING):
        return list(stretches)
    if unit == UnitKind.DOCUMENT:
        if not stretches:
            return []
        start, end = texts.trim(content.text, stretches[0][0], stretches[-1][1])
        return [(start, end)] if start < end else []
    if unit == UnitKind.TURN:
        return _turns(content, stretches)
    cut = texts.paragraphs if unit == UnitKind.PARAGRAPH else texts.sentences
    return [place for start, end in stretches for place in cut(content.text, start, end)]


def _turns(content: Content, stretches: Sequence[Place]) -> list[Place]:
    """The words of each turn that lies within the stretches."""
    found = []
    number = 0
    for turn in content.turns:
        start, end = texts.trim(content.text, turn.body, turn.end)
        while number < len(stretches) and stretches[number][1] <= start:
            number += 1
        if start < end and number < len(stretches) and stretches[number][0] <= start:
            found.append((start, end))
    return found


def code_labels(tree: Codebook) -> dict[str, str]:
    """Node -> its name; where several have it, its path (“Trust / Openness”), and a number if need be."""
    by_name: dict[str, list[str]] = {}
    for guid, _ in tree.walk():
        by_name.setdefault(tree[guid].name, []).append(guid)
    labels: dict[str, str] = {}
    taken = {name for name, guids in by_name.items() if len(guids) == 1}
    for guid, _ in tree.walk():
        label = tree[guid].name
        if len(by_name[label]) > 1:
            path = " / ".join(node.name for node in tree.path(guid))
            label, number = path, 2
            while label in taken:
                label, number = f"{path} ({number})", number + 1
            taken.add(label)
        labels[guid] = label
    return labels
