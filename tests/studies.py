"""A small coded study for tests of exports and of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from helpers import document_of, kept
from openpyxl import load_workbook

from coder_app.core.model import Level, MemoTarget, Status
from coder_app.project.project import Project

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "<b>&amp;", "a/b\\c:d*?", "‮evil", "한국어 🙂", "#N/A")
ONE = document_of(
    "Interview P1",
    ("Interviewer", "What was the first week like, dear Mara?"),
    ("Mara", "Strange. Nobody told me. I felt like a guest."),
    ("Interviewer", "A guest?"),
    ("Mara", "=1+1 is what I felt. Later we laughed 🙂 about it."),
    participants={"Mara": "P1"},
)
TWO = document_of(
    "Interview P2",
    ("Interviewer", "And you, Jonas?"),
    ("Jonas", "I was against it. He sat with a man nobody could reach."),
    participants={"Jonas": "P2"},
)
GROUP = document_of(
    "Focus group",
    ("Interviewer", "Who wants to begin?"),
    ("Mara", "I will, about trust and keys."),
    ("Jonas", "Keys are secret things of mine."),
    ("Mara", "They are heavy."),
    participants={"Mara": "P1", "Jonas": "P2"},
)


def make_study(path: Path) -> Project:
    """Three transcripts, four levels, Ann and Ben who finished the two interviews, memos, an exemplar."""
    return kept(_made, path, now=iter(range(10**12 + 10**6, 10**12 + 2 * 10**6)).__next__)


def _made(path: Path) -> Project:
    project = Project.create(path, "Small study", "Ann", now=iter(range(10**12, 10**12 + 10**6)).__next__)
    project.documents.add([ONE, TWO, GROUP])
    add = project.codes.add
    trust = add("Trust", Level.THEME, color="#2d5ed4")
    arriving = add("Arriving", Level.CATEGORY, trust, "#eac932")
    told = add("Not being told", Level.CODE, arriving, "#eac932")
    add("Guest", Level.CODE, arriving, "#b23b19")
    keys = add("Keys", Level.THEME, color="#a3dca1")
    add("=1+1", Level.CODE, keys, "#145157")
    add("Free one", Level.CODE, color="#16181d")
    add("Never used", Level.CODE, keys, "#c05b6b")
    for field in ("short", "full", "when", "when_not", "example", "plain"):
        project.codes.define(told, field, f"{field} of not being told")
    project.codes.define(trust, "plain", "You could rely on each other.")
    ann, ben = project.coders.current.guid, project.coders.add("Ben")
    first = code_words(project, "Interview P1", "Nobody told me.", "Not being told")
    project.codings.set_exemplar(first, True)
    project.memos.add(MemoTarget.CODING, first, "Ann's note")
    code_words(project, "Interview P1", "I felt like a guest.", "Guest")
    code_words(project, "Interview P1", "=1+1 is what I felt.", "=1+1")
    code_words(project, "Interview P2", "I was against it.", "Free one")
    code_words(project, "Focus group", "trust and keys.\n\nJonas: Keys are secret", "=1+1")
    project.coders.switch(ben)
    code_words(project, "Interview P1", "Nobody told me. I felt", "Not being told")
    code_words(project, "Interview P1", "Later we laughed 🙂 about it.", "Guest")
    code_words(project, "Interview P2", "I was against it.", "Free one")
    project.memos.add(MemoTarget.CODING, first, "Ben agrees")
    interviews = [document.guid for document in project.documents.all()][:2]
    for coder in (ann, ben):
        project.documents.set_statuses(interviews, Status.FINISHED, coder)
    project.coders.switch(ann)
    return project


def code_words(project: Project, title: str, words: str, code: str) -> str:
    """Code these words where they first stand; returns the coding."""
    document = project.documents.titled(title).guid
    start = project.documents.content(document).text.index(words)
    return project.codings.apply(document, start, start + len(words), code_named(project, code))


def code_named(project: Project, name: str) -> str:
    return next(guid for guid, node in project.codes.tree().nodes.items() if node.name == name)


def coder_named(project: Project, name: str) -> str:
    return project.coders.named(name).guid


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    """A sheet with a header row as mappings."""
    rows = list(load_workbook(path)[sheet].iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def as_text(path: Path, sheets: Sequence[str] | None = None) -> str:
    """The cells of a workbook, for a file under ``golden/``; formulas begin with ``=``, text with ``'``."""
    lines = []
    for sheet in load_workbook(path):
        if sheets is not None and sheet.title not in sheets:
            continue
        lines.append(f"== {sheet.title}")
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    mark = "'" if cell.data_type in ("s", "inlineStr") else ""
                    value = str(cell.value).replace("\n", "\\n")
                    lines.append(f"{cell.coordinate}\t{mark}{value}")
    return "\n".join(lines) + "\n"
