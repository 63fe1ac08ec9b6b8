"""Merging copies whose history was altered anywhere, and merges that are killed at any moment."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from acting import Actor

from coder_app.core.errors import UserError
from coder_app.project import backups
from coder_app.project.checking import check, fingerprint
from coder_app.project.project import Project

KILLS = 40


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "study.coder", "Study", "Ann") as made:
        actor = Actor(made, Random(1))
        for _ in range(20):
            actor.act()
        yield made


@pytest.fixture
def other(project: Project, tmp_path: Path) -> Path:
    """Ben's copy with work of all kinds in it."""
    assert project.path is not None
    path = Path(shutil.copy(project.path, tmp_path / "ben.coder"))
    with Project.open(path) as copy:
        copy.coders.switch(copy.coders.add("Ben"))
        actor = Actor(copy, Random(2))
        for _ in range(25):
            actor.act()
    return path


@pytest.mark.parametrize("seed", range(40))
def test_a_history_altered_anywhere_is_refused_or_does_no_harm(
    project: Project, other: Path, tmp_path: Path, seed: int
) -> None:
    random, before = Random(seed), fingerprint(project)
    for number in range(8):
        altered = Path(shutil.copy(other, tmp_path / f"altered {number}.coder"))
        with sqlite3.connect(altered) as database:
            for _ in range(random.randint(1, 3)):
                database.execute(_alteration(random))
        database.close()
        try:
            (report,) = project.merging.bring_in(altered)
        except UserError:
            assert fingerprint(project) == before
            continue
        assert check(project).problems == ()
        if report.guid:
            project.merging.take_back(report)
        assert fingerprint(project) == before


def _alteration(random: Random) -> str:
    numbers = [("change", "step"), ("change", "number"), ("step", "wall"), ("step", "counter")]
    texts = [("change", name) for name in ("tbl", "row", "before", "after")]
    texts += [("step", name) for name in ("guid", "coder", "name", "undoes")]
    table, column = random.choice([*numbers, *texts])
    own = ["0", "-1", str(2**62)]
    if (table, column) in texts:
        own = ["''", "NULL", "'{}'", "'{\"gone\":1}'", '\'{"place":"9-1"}\'', "'code'"]
    there = f"(SELECT {column} FROM {table} ORDER BY id LIMIT 1 OFFSET {random.randrange(8)})"
    value = random.choice([*own, there])
    row = f"(SELECT id FROM {table} ORDER BY id DESC LIMIT 1 OFFSET {random.randrange(12)})"
    if random.random() < 0.2:
        return f"DELETE FROM {table} WHERE id = {row}"
    return f"UPDATE OR IGNORE {table} SET {column} = {value} WHERE id = {row} AND {value} IS NOT NULL"


def _merge(path: Path, other: Path) -> None:
    """In a process of its own."""
    with Project.open(path) as project:
        project.coders.switch(project.coders.all()[0].guid)
        project.merging.bring_in(other)


def test_a_merge_that_is_killed_happened_or_did_not(tmp_path: Path) -> None:
    path, other = tmp_path / "study.coder", tmp_path / "other.coder"
    with Project.create(path, "Study", "Ann") as project:
        actor = Actor(project, Random(7))
        for _ in range(30):
            actor.act()
        shutil.copy(path, other)
        states = {fingerprint(project)}
    with Project.open(other) as project:
        project.coders.switch(project.coders.add("Ben"))
        actor = Actor(project, Random(8))
        for _ in range(60):
            actor.act()
        states.add(fingerprint(project))  # the union is theirs: ours has done nothing since
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    if sys.platform != "win32":
        context.set_forkserver_preload(["coder_app.project.project"])
    random, original = Random(3), path.read_bytes()
    for _ in range(KILLS):
        path.write_bytes(original)
        worker = context.Process(target=_merge, args=(path, other), daemon=True)
        worker.start()
        worker.join(random.uniform(0.05, 0.6))
        worker.kill()
        worker.join()
        with Project.open(path) as project:
            assert fingerprint(project) in states
            assert check(project).problems == ()
            notes = [backup.note for backup in backups.list_for(project.guid)]
        assert all(note.startswith("before merging") for note in notes)
        names = {file.name for file in tmp_path.iterdir() if file.suffix == ".coder"}
        assert names == {"study.coder", "other.coder"}
