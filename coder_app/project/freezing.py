"""What a round measured, as JSON text, and back.

One object (`FORMAT`), without spaces, keys sorted::

    format      "coder-round/1"
    project     GUID of the study
    choice      {coders, unit, level, documents, include_unfinished, interviewer_turns, threshold,
                 unit_min_chars}
    levels      [[level's number, its name] ...], lowest first
    coders      [[GUID, name, GUID of the person or ""] ...]
    codes       [[GUID, name, level, parent's GUID or null, sort key, colour] ...]
    documents   [{guid, title, date, source, characters, sha256,
                  statuses [[coder, status] ...], changed [coder ...],
                  speakers [[GUID, name, role, participant's GUID or null] ...],
                  units [[start, end] ...] or null (no locked meaning units),
                  codings [[GUID, coder, code or null, start, end] ...]} ...]

``coder`` and ``code`` are places in ``coders`` and ``codes``, positions are code points. Texts are not
repeated: an imported text never changes, and its hash is compared when the round is read.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from coder_app.core.codetree import Codebook, runs_in_circle
from coder_app.core.errors import UserError
from coder_app.core.model import Code, Coder, Coding, Document, Level, Role, Speaker, Status
from coder_app.project.sources import Choice, Sources

if TYPE_CHECKING:
    from coder_app.project.project import Project

FORMAT = "coder-round/1"
_DAMAGED = "What this round measured is damaged in this file. Open a backup instead."


def freeze(sources: Sources, choice: Choice) -> str:
    """The coders and transcripts of ``choice`` with all that is measured on them, as JSON.

    ``choice`` names both (see `comparing.settled_choice`).
    """
    coders = [coder for coder in sources.coders if coder.guid in choice.coders]
    chosen = choice.documents if choice.documents is not None else [d.guid for d in sources.documents]
    codes = [sources.tree[guid] for guid, _ in sources.tree.walk()]
    coder_at = {coder.guid: place for place, coder in enumerate(coders)}
    code_at: dict[str | None, int | None] = {code.guid: place for place, code in enumerate(codes)}
    code_at[None] = None
    data = {
        "format": FORMAT,
        "project": sources.project,
        "choice": _choice_data(choice),
        "levels": [[level.value, name] for level, name in sources.level_names.items()],
        "coders": [[coder.guid, coder.name, coder.person] for coder in coders],
        "codes": [
            [c.guid, c.name, c.level.value, sources.tree.parent(c.guid), c.order, c.color] for c in codes
        ],
        "documents": [
            _document_data(sources, document, coder_at, code_at)
            for document in sources.documents
            if document.guid in chosen
        ],
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _choice_data(choice: Choice) -> dict[str, Any]:
    return {
        "coders": list(choice.coders),
        "unit": choice.unit,
        "level": choice.level.value,
        "documents": None if choice.documents is None else list(choice.documents),
        "include_unfinished": choice.include_unfinished,
        "interviewer_turns": choice.interviewer_turns,
        "threshold": choice.threshold,
        "unit_min_chars": choice.unit_min_chars,
    }


def _document_data(
    sources: Sources, document: Document, coder_at: dict[str, int], code_at: dict[str | None, int | None]
) -> dict[str, Any]:
    guid = document.guid
    units = sources.meaning_units.get(guid)
    return {
        "guid": guid,
        "title": document.title,
        "date": document.date,
        "source": document.source,
        "characters": document.characters,
        "sha256": sources.hashes[guid],
        "statuses": [
            [place, sources.statuses[guid, coder].value]
            for coder, place in coder_at.items()
            if (guid, coder) in sources.statuses
        ],
        "changed": [place for coder, place in coder_at.items() if (guid, coder) in sources.changed_after],
        "speakers": [[s.guid, s.name, s.role.value, s.participant] for s in sources.speakers[guid]],
        "units": None if units is None else [list(place) for place in units],
        "codings": [
            [c.guid, coder_at[c.coder], code_at[c.code], c.start, c.end]
            for c in sources.codings[guid]
            if c.coder in coder_at
        ],
    }


def thaw(project: Project, text: str) -> tuple[Sources, Choice]:
    """What `freeze` froze, with the texts of the project.

    Raises UserError where the text is damaged or does not belong to these transcripts.
    """
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise UserError("This round was frozen by a newer version of this program.")
        return _thawed(project, data)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as error:
        raise UserError(_DAMAGED) from error


def _thawed(project: Project, data: dict[str, Any]) -> tuple[Sources, Choice]:
    coders = tuple(Coder(_text(guid), _text(name), _text(person)) for guid, name, person in data["coders"])
    tree = _tree(data["codes"])
    names = {Level(number): _text(name) for number, name in data["levels"]}
    choice = _choice(data["choice"], {coder.guid for coder in coders})
    codes = [_text(row[0]) for row in data["codes"]]
    documents = tuple(_document(row) for row in data["documents"])
    if len({document.guid for document in documents}) < len(documents) or choice.level not in names:
        raise ValueError("doubled transcripts, or a level that is not there")
    rows = dict(zip([document.guid for document in documents], data["documents"], strict=True))
    contents = {}
    for guid, row in rows.items():
        contents[guid] = project.documents.content(guid)
        if hashlib.sha256(contents[guid].text.encode()).hexdigest() != row["sha256"]:
            raise ValueError("another text")
        named = [turn.speaker for turn in contents[guid].turns if turn.speaker is not None]
        if max(named, default=-1) >= len(row["speakers"]):
            raise ValueError("turns of speakers who are not there")
    statuses = {
        (guid, coders[place].guid): Status(status)
        for guid, row in rows.items()
        for place, status in _placed(row["statuses"])
    }
    sources = Sources(
        project=_text(data["project"]),
        coders=coders,
        documents=documents,
        hashes={guid: _text(row["sha256"]) for guid, row in rows.items()},
        statuses=statuses,
        changed_after=frozenset(
            (guid, coders[_number(place)].guid) for guid, row in rows.items() for place in row["changed"]
        ),
        tree=tree,
        level_names=names,
        speakers={guid: _speakers(guid, row["speakers"]) for guid, row in rows.items()},
        meaning_units={
            guid: _units(row["units"], row["characters"])
            for guid, row in rows.items()
            if row["units"] is not None
        },
        codings={
            guid: _codings(guid, row["codings"], coders, codes, row["characters"])
            for guid, row in rows.items()
        },
        contents=contents,
        choice=choice,
    )
    return sources, choice


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError("not a number")
    return value


def _placed(rows: Any) -> list[tuple[int, str]]:
    return [(_number(place), _text(value)) for place, value in rows]


def _choice(data: dict[str, Any], coders: set[str]) -> Choice:
    documents = data["documents"]
    choice = Choice(
        coders=tuple(_text(guid) for guid in data["coders"]),
        unit=_text(data["unit"]),
        level=Level(data["level"]),
        documents=None if documents is None else tuple(_text(guid) for guid in documents),
        include_unfinished=bool(data["include_unfinished"]),
        interviewer_turns=bool(data["interviewer_turns"]),
        threshold=float(data["threshold"]),
        unit_min_chars=_number(data["unit_min_chars"]),
    )
    if not set(choice.coders) <= coders:
        raise ValueError("coders who are not there")
    return choice


def _tree(rows: Any) -> Codebook:
    nodes = [
        Code(
            _text(guid),
            _text(name),
            Level(level),
            _text(color),
            None if parent is None else _text(parent),
            _text(order),
        )
        for guid, name, level, parent, order, color in rows
    ]
    tree = Codebook(nodes)
    if len(tree) < len(nodes) or runs_in_circle({node.guid: node.parent for node in nodes}):
        raise ValueError("no tree")
    return tree


def _document(row: dict[str, Any]) -> Document:
    return Document(
        _text(row["guid"]),
        _text(row["title"]),
        _text(row["date"]),
        _text(row["source"]),
        _number(row["characters"]),
    )


def _speakers(document: str, rows: Any) -> tuple[Speaker, ...]:
    return tuple(
        Speaker(_text(guid), document, _text(name), Role(role), None if who is None else _text(who))
        for guid, name, role, who in rows
    )


def _units(rows: Any, characters: int) -> tuple[tuple[int, int], ...]:
    places = tuple((_number(start), _number(end)) for start, end in rows)
    last = 0
    for start, end in places:
        if not last <= start < end <= characters:
            raise ValueError("units out of order")
        last = end
    return places


def _codings(
    document: str, rows: Any, coders: tuple[Coder, ...], codes: list[str], characters: int
) -> tuple[Coding, ...]:
    found = []
    for guid, coder, code, start, end in rows:
        if not 0 <= _number(start) < _number(end) <= characters:
            raise ValueError("a coding outside the text")
        own = None if code is None else codes[_number(code)]
        found.append(Coding(_text(guid), document, coders[_number(coder)].guid, own, start, end))
    return tuple(found)
