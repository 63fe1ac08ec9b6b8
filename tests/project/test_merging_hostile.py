"""A copy that is broken or hostile is refused with one sentence; a merge happens whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

import pytest
from helpers import INTERVIEW, document_of
from sqlalchemy.exc import DBAPIError

from coder_app.core.errors import Cancelled, UserError
from coder_app.core.model import Level, MemoTarget
from coder_app.project.checking import check, fingerprint
from coder_app.project.history import driver
from coder_app.project.project import Project


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """A small project, and Ben's copy of it with work of all kinds in it."""
    folder = tmp_path_factory.mktemp("made")
    with Project.create(folder / "study.coder", "Small study", "Ann") as project:
        project.documents.add([INTERVIEW])
        project.codes.add("Trust", Level.THEME)
        project.coders.add("Ben")
        ours = project.snapshot()
    (folder / "ben.coder").write_bytes(ours)
    with Project.open(folder / "ben.coder", coder="Ben") as copy:
        document, code = copy.documents.all()[0].guid, copy.codes.add("Doubt")
        coding = copy.codings.apply(document, 0, 5, code)
        copy.memos.add(MemoTarget.CODING, coding, "Why?")
        copy.documents.add([document_of("Third", ("P", "We talked. " * 3000), participants={"P": "P7"})])
        copy.codes.move([code], copy.codes.tree().named("Trust")[0].guid)
        copy.codes.rename(code, "Doubts")
        return ours, copy.snapshot()


@pytest.fixture
def project(made: tuple[bytes, bytes], tmp_path: Path) -> Iterator[Project]:
    path = tmp_path / "study.coder"
    path.write_bytes(made[0])
    with Project.open(path, coder="Ann") as project:
        yield project


@pytest.fixture
def other(made: tuple[bytes, bytes], tmp_path: Path) -> Path:
    path = tmp_path / "ben.coder"
    path.write_bytes(made[1])
    return path


def _sql(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)
    database.close()


def _change(values: object) -> str:
    text = json.dumps(values).replace("'", "''")
    return f"UPDATE change SET after = '{text}' WHERE tbl = 'code' AND before IS NULL"


BAD: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("Interviewer: hello\n" * 500),
    "half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "a tail of nothing": lambda path: path.write_bytes(
        path.read_bytes()[:-20_000] + b"\0" * 20_000,  # what a sync service leaves while it writes
    ),
    "newer": lambda path: _sql(path, "PRAGMA user_version = 99"),
    "a trigger": lambda path: _sql(
        path, "CREATE TRIGGER evil AFTER INSERT ON change BEGIN DELETE FROM step; END"
    ),
    "a view for a table": lambda path: _sql(
        path, "ALTER TABLE step RENAME TO steps", "CREATE VIEW step AS SELECT * FROM steps"
    ),
    "state without history": lambda path: _sql(path, "UPDATE code SET name = 'Smuggled'"),
    "rows without history": lambda path: _sql(
        path,
        "DELETE FROM change WHERE id = (SELECT max(id) FROM change WHERE tbl = 'code' AND before IS NULL)",
    ),
    "an unknown table": lambda path: _sql(path, "UPDATE change SET tbl = 'sqlite_master'"),
    "an unknown field": lambda path: _sql(path, _change({"name; DROP TABLE step": 1})),
    "a list for a record": lambda path: _sql(path, _change([1, 2, 3])),
    "a list for a name": lambda path: _sql(path, _change({"name": ["a"]})),
    "a number no file can hold": lambda path: _sql(path, _change({"level": 10**40})),
    "half a character": lambda path: _sql(path, _change({"name": "\ud800"})),
    "records in records": lambda path: _sql(
        path, f"UPDATE change SET after = '{'[' * 50_000}' WHERE tbl = 'code' AND before IS NULL"
    ),
    "another text": lambda path: _sql(path, "UPDATE content SET text = replace(text, 'talked', 'walked')"),
    "no text": lambda path: _sql(path, "DELETE FROM content WHERE rowid = (SELECT max(rowid) FROM content)"),
    "twenty thousand rows of rubbish": lambda path: _sql(
        path,
        "INSERT INTO step (guid, wall, counter, coder, name) SELECT 'rubbish', 1, 1, 'nobody', 'Nothing'",
        "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 20000)"
        " INSERT INTO change (step, number, tbl, row, before, after)"
        " SELECT (SELECT max(id) FROM step), n, 'coding', 'row ' || n, NULL, '{\"gone\":2}' FROM many",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_copy_is_refused_and_nothing_changes(project: Project, other: Path, what: str) -> None:
    BAD[what](other)
    before, steps = fingerprint(project), project.history.steps()
    with pytest.raises(UserError) as refused:
        project.merging.bring_in(other)
    assert str(refused.value).count("\n") == 0
    assert 20 < len(str(refused.value)) < 250
    assert (fingerprint(project), project.history.steps()) == (before, steps)
    assert project.in_step is False


def test_the_project_itself_under_another_name(project: Project, tmp_path: Path) -> None:
    assert project.path is not None
    link = tmp_path / "link.coder"
    link.symlink_to(project.path)
    with pytest.raises(UserError, match="is the project that is open here"):
        project.merging.bring_in(link)


def test_a_copy_that_is_read_only_or_open_elsewhere_comes_in(project: Project, other: Path) -> None:
    other.chmod(0o400)
    with Project.open(other, coder="Ben", read_only=True):
        (report,) = project.merging.bring_in(other)
    assert report.steps
    assert check(project).problems == ()


# Whole or not at all


def test_a_merge_stopped_anywhere_leaves_nothing(project: Project, other: Path) -> None:
    before, steps = fingerprint(project), project.history.steps()
    raw, left = driver(project.connection), 0

    def stop() -> bool:
        nonlocal left
        left -= raw.in_transaction
        return left == 0

    stopped = 0
    for at in accumulate(range(1, 100, 3)):  # 1, 5, 12, 22 ...
        left = at
        raw.set_progress_handler(stop, 100)  # called after so many instructions of SQLite's machine
        try:
            project.merging.bring_in(other)
            break
        except (UserError, DBAPIError, sqlite3.OperationalError):
            stopped += 1
        finally:
            raw.set_progress_handler(None, 0)
        assert (fingerprint(project), project.history.steps()) == (before, steps)
        assert project.merging.reports() == []
    assert stopped >= 8
    assert check(project).problems == ()
    assert project.history.steps() > steps
    project.codes.add("Recorded again")
    assert project.undo_name() == "New code: Recorded again"


def test_a_merge_is_cancelled_at_each_of_its_stages(project: Project, other: Path) -> None:
    before = fingerprint(project)
    reached = 0
    for stage in range(1, 20):

        def progress(done: int, total: int, stage: int = stage) -> None:
            if done == stage:
                raise Cancelled

        try:
            project.merging.bring_in(other, progress=progress)
            break
        except Cancelled:
            reached += 1
            assert fingerprint(project) == before
    assert reached >= 4
    assert check(project).problems == ()


def test_a_disk_that_fills_during_a_merge_leaves_the_project_as_it_was(project: Project, other: Path) -> None:
    before = fingerprint(project)
    pages = int(project.connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)
    told = set()
    for more in range(60):
        project.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")
        try:
            project.merging.bring_in(other)
            break
        except UserError as error:
            told.add(str(error))
        assert fingerprint(project) == before
    project.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert told == {"The disk is full. Nothing was changed."}
    assert check(project).problems == ()


@pytest.fixture(autouse=True)
def _no_leftovers(tmp_path: Path) -> Iterator[None]:
    yield
    assert not list(tmp_path.glob("*-journal"))
