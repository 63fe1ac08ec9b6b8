"""The sample study: built from the files under ``resources/`` by the same methods that the window uses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from coder_app.core.model import Level, MemoTarget, Role, Status, Transcript
from coder_app.core.resources import resource
from coder_app.core.transcript import SpeakerChoice
from coder_app.formats.readers import read
from coder_app.project.codes import DEFINITION_FIELDS
from coder_app.project.project import Project

NAME = "Working with peer supporters (invented sample)"
CODERS = ("Aylin Kaya", "Tom Berger")

Progress = Callable[[int, int], None]
Entry = dict[str, Any]


def build_sample(path: Path, progress: Progress | None = None) -> None:
    """Make the sample study's project file.

    Raises UserError where the file exists or cannot be written, Cancelled where ``progress`` asks for
    it; then no file is left.
    """
    steps = 4 + len(CODERS)
    told = 0

    def tell() -> None:
        nonlocal told
        told += 1
        if progress is not None:
            progress(told, steps)

    try:
        with Project.create(path, NAME, CODERS[0]) as project:
            tell()
            _import_transcripts(project)
            tell()
            _describe_participants(project)
            _build_codebook(project)
            tell()
            coders = {CODERS[0]: project.coders.current.guid, CODERS[1]: project.coders.add(CODERS[1])}
            for name, guid in coders.items():
                project.coders.switch(guid)
                _code(project, _load(f"codings-{name.lower().replace(' ', '-')}.json"))
                tell()
            _write_memos(project, coders)
            project.coders.switch(coders[CODERS[0]])
            tell()
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _load(name: str) -> Any:
    return json.loads(resource(f"sample-study/{name}").read_text(encoding="utf-8"))


def _import_transcripts(project: Project) -> None:
    documents = []
    for entry in _load("documents.json"):
        choices: dict[str, SpeakerChoice] = {}
        for speaker in entry["speakers"]:
            for spelling in speaker["spellings"]:
                into = None if spelling == speaker["name"] else speaker["name"]
                choices[spelling] = SpeakerChoice(Role(speaker["role"]), speaker["participant"], into)
        file = read(resource(f"sample-study/transcripts/{entry['file']}"))
        documents.append(file.document(choices, title=entry["title"], date=entry["date"]))
    project.documents.add(documents)


def _describe_participants(project: Project) -> None:
    people = {person.label: person.guid for person in project.participants.all()}
    with project.step("Describe the participants"):
        for entry in _load("participants.json"):
            guid = people[entry["label"]]
            project.participants.set_pseudonym(guid, entry["pseudonym"])
            for attribute, value in entry["attributes"].items():
                project.participants.set_attribute(guid, attribute, str(value))


def _build_codebook(project: Project) -> None:
    def add(entry: Entry, parent: str | None) -> None:
        level = Level[entry["level"].upper()]
        guid = project.codes.add(entry["name"], level, parent, entry.get("color"))
        for field in DEFINITION_FIELDS:
            text = entry["definition"].get(field, "")
            if text:
                project.codes.define(guid, field, text)
        for child in entry.get("children", ()):
            add(child, guid)

    with project.step("Set up the codebook"):
        for entry in _load("codebook.json")["nodes"]:
            add(entry, None)


def _code(project: Project, reading: Entry) -> None:
    """Put one coder's reading into the project: codings, passages without a code, exemplars, notes."""
    by_file = {document.source: document.guid for document in project.documents.all()}
    codes = {node.name: guid for guid, node in project.codes.tree().nodes.items()}
    transcripts = {guid: project.documents.transcript(guid) for guid in by_file.values()}
    entries = [*reading["codings"], *reading["unnamed"]]
    places = []
    for entry in entries:
        guid = by_file[entry["document"]]
        start, end = find_words(transcripts[guid], entry["turn"], entry["words"])
        places.append((guid, start, end, codes[entry["code"]] if "code" in entry else None))
    added = project.codings.apply_many(places)
    for guid, entry in zip(added, entries, strict=True):
        if entry.get("exemplar"):
            project.codings.set_exemplar(guid, True)
        if entry.get("memo"):
            project.memos.add(MemoTarget.CODING, guid, entry["memo"])
    project.documents.set_statuses([by_file[file] for file in reading["finished"]], Status.FINISHED)


def _write_memos(project: Project, coders: dict[str, str]) -> None:
    documents = {document.title: document.guid for document in project.documents.all()}
    codes = {node.name: guid for guid, node in project.codes.tree().nodes.items()}
    for entry in _load("memos.json"):
        project.coders.switch(coders[entry["coder"]])
        kind = MemoTarget(entry["about"])
        if kind == MemoTarget.PASSAGE:
            guid = documents[entry["target"]]
            place = find_words(project.documents.transcript(guid), entry["turn"], entry["words"])
            project.memos.add(kind, guid, entry["text"], *place)
        else:
            targets = {
                MemoTarget.PROJECT: {"": project.guid},
                MemoTarget.DOCUMENT: documents,
                MemoTarget.CODE: codes,
            }[kind]
            project.memos.add(kind, targets[entry["target"]], entry["text"])


def find_words(transcript: Transcript, turn: int, words: str) -> tuple[int, int]:
    """Where these words stand in a turn (counted from 1), in code points; white space may differ.

    Raises ValueError unless they stand there exactly once.
    """
    there = transcript.turns[turn - 1]
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = [match.span() for match in re.finditer(pattern, transcript.text[there.body : there.end])]
    if len(found) != 1:
        raise ValueError(f"{len(found)} times in turn {turn} of {transcript.document.title}: {words!r}")
    start, end = found[0]
    return there.body + start, there.body + end
