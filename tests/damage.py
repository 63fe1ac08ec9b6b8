"""A small study in which everything occurs, and damage done to its file by chance."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from helpers import INTERVIEW, SECOND, document_of

from coder_app.cli.commands import info_as_json
from coder_app.core.errors import UserError
from coder_app.core.model import Division, Level, MemoTarget, Status, Verdict
from coder_app.formats import exports
from coder_app.project.checking import check
from coder_app.project.consensus import Decision
from coder_app.project.project import Project
from coder_app.project.sources import Choice

GROUP = document_of(
    "Focus group",
    ("Interviewer", "What would you tell a new colleague?"),
    ("Mara", "To sit down first. Everything else comes by itself."),
    ("Jonas", "And to say when it is too much."),
    participants={"Mara": "P1", "Jonas": "P2"},
)
EXPORTS = {"codebook": "c.xlsx", "quotes": "q.xlsx", "agreement": "a.xlsx", "member-check": "checks"}


def whole_study(path: Path) -> None:
    """Write a project with rows in every table, some of them removed, undone or renamed."""
    with Project.create(path, "Whole study", "Ann") as project:
        ann, ben = project.coders.current.guid, project.coders.add("Ben")
        documents = project.documents.add([INTERVIEW, SECOND, GROUP])
        codes = _codebook(project)
        for coder in (ann, ben):
            project.coders.switch(coder)
            _code_all(project, documents, codes, coder == ben)
        project.coders.switch(ann)
        _write_memos(project, documents, codes)
        project.codes.delete([codes[2]], below=False)  # in use: it stays
        project.codes.rename(codes[0], "Trust in time")
        project.codes.rename(codes[0], "Trust")
        project.undo()
        _settle(project, documents, codes, (ann, ben))


def _codebook(project: Project) -> list[str]:
    project.set_level_name(Level.CORE_THEME, "Core")
    parent, made = None, []
    for level, name in zip(reversed(Level), ("Core", "Theme", "Category", "Sub", "Code"), strict=True):
        parent = project.codes.add(name, level, parent)
    for name in ("Trust", "Being told", "Leaving"):
        made.append(project.codes.add(name, parent=project.codes.tree().parent(str(parent))))
        project.codes.define(made[-1], "short", f"What {name} means.")
    return made


def _code_all(project: Project, documents: list[str], codes: list[str], other: bool) -> None:
    for document in documents:
        text = project.documents.content(document).text
        for number, code in enumerate(codes):
            start = 14 + 12 * number + 5 * other
            guid = project.codings.apply(document, start, start + 11, code)
        project.codings.set_exemplar(guid, True)
        project.codings.mark(document, len(text) - 20, len(text) - 2)
        project.documents.set_status(document, Status.FINISHED)


def _write_memos(project: Project, documents: list[str], codes: list[str]) -> None:
    people = project.participants.all()
    project.participants.set_attribute(people[0].guid, "Age", "34")
    project.participants.set_pseudonym(people[0].guid, "M.")
    project.documents.set_date(documents[0], "2026-03-31")
    coding = project.codings.of_document(documents[0], [project.coders.current.guid])[0].guid
    targets = {
        MemoTarget.PROJECT: project.guid,
        MemoTarget.DOCUMENT: documents[0],
        MemoTarget.CODE: codes[0],
        MemoTarget.CODING: coding,
        MemoTarget.PARTICIPANT: people[0].guid,
    }
    for kind, target in targets.items():
        project.memos.add(kind, target, f"A note on this {kind.value}")
    project.memos.add(MemoTarget.PASSAGE, documents[0], "A note on these words", 3, 20)


def _settle(project: Project, documents: list[str], codes: list[str], coders: tuple[str, str]) -> None:
    made = project.rounds.make("Round 1", Choice(coders=coders))
    decision = Decision(documents[0], 14, 30, Verdict.OTHER, ((codes[0], 14, 30),), reason="We talked")
    project.consensus.settle(made, decision)
    project.meaning_units.make(documents[:2], Division.SENTENCE)
    project.meaning_units.set_locked(documents[:1], True)
    project.stability.start(made, coders[0])
    project.lookalikes.keep_apart([(codes[0], codes[1])])


def damage(path: Path, seed: int) -> str:
    """Change a few values in a project's file by chance; tells what was done, as SQL."""
    chance = random.Random(seed)
    raw = sqlite3.connect(path)
    done = []
    try:
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            tables = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            table = chance.choice(sorted(tables))
            with suppress(sqlite3.Error):  # what the file's own rules do not let in
                done += [_hit(raw, table, chance)]
        raw.commit()
    finally:
        raw.close()
    return "; ".join(done)


def _hit(raw: sqlite3.Connection, table: str, chance: random.Random) -> str:
    rows = [row[0] for row in raw.execute(f'SELECT {_key(table)} FROM "{table}" ORDER BY 1')]
    if not rows:
        return f"({table} is empty)"
    row = chance.choice(rows)
    if chance.random() < 0.06:
        raw.execute(f'DELETE FROM "{table}" WHERE {_key(table)} = ?', (row,))
        return f"DELETE FROM {table} WHERE {_key(table)} = {row!r}"
    columns = raw.execute(f'PRAGMA table_info("{table}")').fetchall()
    _, column, kind, *_ = chance.choice(columns)
    value = _value(raw, table, column, kind, chance)
    every = chance.random() < 0.15
    expression = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
    where = "" if every else f" WHERE {_key(table)} = ?"
    raw.execute(f'UPDATE "{table}" SET "{column}" = {expression}{where}', (value,) if every else (value, row))
    return f"UPDATE {table} SET {column} = {str(value)[:80]!r}{'' if every else f' WHERE {row!r}'}"


def _key(table: str) -> str:
    return "id" if table in ("step", "change", "undo_entry") else "guid"


def _value(raw: sqlite3.Connection, table: str, column: str, kind: str, chance: random.Random) -> object:
    if kind == "INTEGER":
        return chance.choice((-1, 0, 1, 2, 3, 7, 999_999, 2**31, 2**53, 2**63 - 1, -(2**63), None))
    there = [row[0] for row in raw.execute(f'SELECT "{column}" FROM "{table}" ORDER BY 1')]
    own = chance.choice(there) or ""
    anywhere = raw.execute(
        "SELECT guid FROM code UNION SELECT guid FROM document UNION SELECT guid FROM coder"
    )
    made: list[Callable[[], object]] = [
        lambda: chance.choice(there),
        lambda: chance.choice(sorted(row[0] for row in anywhere)),
        lambda: chance.choice(
            ("", " ", "abc", "0", "-", "|", "x|y", "null", "[]", "{}", "9999999-3", "0-1", "3-4")
        ),
        lambda: chance.choice(
            ("\x00", "a\x00b", "\u202e\u200b", "<b>&amp;%s{0}", "=1+1", "\U0001f642" * 50, "\n\n")
        ),
        lambda: chance.choice((b"\xff\xfe", b"\xed\xa0\x80", b"abc\xc3")),
        lambda: chance.choice(("x" * 300, "x" * 5_000, "word " * 30_000, "[" * 5_000, "9" * 5_000)),
        lambda: None,
        lambda: own[: len(own) // 2],
        lambda: own + own,
        lambda: own.replace("0", "9", 1).replace("1", "77", 1),
        lambda: own.replace("e", "\u0301", 1).upper(),
    ]
    return chance.choice(made)()


def use(path: Path, folder: Path, kinds: Collection[str] = tuple(EXPORTS), *, whole: bool = False) -> str:
    """Open a file and do with it what the command line can; returns why it was refused, or nothing.

    Raises what no user should meet; with ``whole`` also what a user can be told.
    """
    try:
        opened = Project.open(path)
    except UserError as error:
        if whole:
            raise
        return str(error)
    with opened as project:
        for work in _uses(project, folder, kinds):
            try:
                work()
            except UserError:
                if whole:
                    raise
    return ""


def _uses(project: Project, folder: Path, kinds: Collection[str]) -> Iterator[Callable[[], object]]:
    def choose() -> None:
        for coder in project.coders.all()[:1]:
            project.coders.switch(coder.guid)

    yield choose
    yield lambda: info_as_json(project.queries.info())
    yield lambda: check(project)
    for kind in kinds:
        yield lambda kind=kind: exports.export(kind, project, folder / EXPORTS[kind])  # type: ignore[misc]
    yield lambda: exports.export("quotes", project, folder / "q.docx")
    for found in project.rounds.all():
        yield lambda guid=found.guid: project.rounds.sources(guid)  # type: ignore[misc]
    for passed in project.stability.all():
        yield lambda guid=passed.guid: project.stability.result(guid)  # type: ignore[misc]
    yield project.meaning_units.all
    yield project.consensus.settlements
    yield project.undo
    yield project.redo
    yield lambda: project.codes.add("Work goes on")
    yield project.undo
