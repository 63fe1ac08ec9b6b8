"""Opening what is not whole, not ours, newer, older, elsewhere or hostile: one sentence, nothing changed."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from coder_app.core.errors import UserError
from coder_app.project import backups, migrations, opening, schema
from coder_app.project.checking import check
from coder_app.project.project import OpenElsewhere, Project


@pytest.fixture
def study(project: Project) -> Path:
    """A closed project file."""
    assert project.path is not None
    project.close()
    return project.path


def sql(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        raw = sqlite3.connect(path)
        for statement in statements:
            raw.execute(statement)
        raw.commit()
        raw.close()

    return change


def truncate(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def leave_zeros(kept: Callable[[int], int]) -> Callable[[Path], None]:
    """As a sync service does that makes room for the whole file first; ``kept``: bytes of so many."""

    def spoil(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: kept(len(data))] + bytes(len(data) - kept(len(data))))

    return spoil


def scribble(path: Path) -> None:
    """Overwrite all pages but the first."""
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))


BAD: list[tuple[str, Callable[[Path], object], str]] = [
    ("empty", lambda path: path.write_bytes(b""), "is not a project of this program"),
    ("text", lambda path: path.write_text("Interviewer: hello\n" * 500), "is not a project of this program"),
    ("binary", lambda path: path.write_bytes(os.urandom(9000)), "is not a project of this program"),
    ("truncated", truncate, "is damaged"),
    ("scribbled", scribble, "is damaged"),
    ("half there", leave_zeros(lambda size: size // 2), "is damaged"),
    ("there but for its last page", leave_zeros(lambda size: size - 4096), "is damaged"),
    ("zeros", leave_zeros(lambda size: 0), "is not a project of this program"),
    ("another program's", sql("PRAGMA application_id = 1"), "is not a project of this program"),
    (
        "with a trigger",
        sql("CREATE TRIGGER t AFTER INSERT ON coding BEGIN DELETE FROM change; END"),
        "holds triggers or views",
    ),
    ("with a view", sql("CREATE VIEW v AS SELECT * FROM coding"), "holds triggers or views"),
    ("with a table more", sql("CREATE TABLE extra (a)"), "is not built as a project"),
    ("with an index more", sql("CREATE INDEX i ON coding (abs(exemplar))"), "is not built as a project"),
    ("without a table", sql("DROP TABLE memo"), "is not built as a project"),
    ("without a study", sql("DELETE FROM study"), "holds no study"),
    ("with a rubbish level", sql("UPDATE code SET level = 77"), "a code stands on no level"),
    ("with a rubbish place", sql("UPDATE code SET place = 'x'"), "a code has no place"),
    ("with a rubbish role", sql("UPDATE speaker SET role = 'king'"), "a speaker has no role"),
    ("with rubbish turns", sql("UPDATE content SET turns = '[[1, 2]]'"), "turns of a transcript are damaged"),
    (
        "older than the first",
        sql("PRAGMA user_version = 0"),
        "was made by a version that this one cannot read",
    ),
]


@pytest.mark.parametrize(("name", "spoil", "sentence"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_file_is_refused_with_a_sentence_and_left_alone(
    study: Path, name: str, spoil: Callable[[Path], object], sentence: str
) -> None:
    spoil(study)
    before = study.read_bytes()
    with pytest.raises(UserError, match=sentence) as caught:
        Project.open(study)
    assert str(caught.value).count(".") <= 3
    assert study.read_bytes() == before
    assert [path.name for path in study.parent.iterdir()] == [study.name]


def test_a_page_at_the_end_that_is_free_may_be_empty(study: Path) -> None:
    sql(
        "PRAGMA secure_delete = ON",
        "CREATE TABLE later (a)",
        "INSERT INTO later VALUES (zeroblob(20000))",
        "DROP TABLE later",
    )(study)
    assert not study.read_bytes()[-4096:].strip(b"\0")
    with Project.open(study) as project:
        assert check(project).problems == ()


def test_a_copy_that_is_still_on_its_way_is_not_brought_in(study: Path, tmp_path: Path) -> None:
    copy = tmp_path / "from ben.coder"
    data = study.read_bytes()
    with Project.open(study, coder="Ann") as project:
        before = check(project).fingerprint
        for spoil in (truncate, leave_zeros(lambda size: size // 2), leave_zeros(lambda size: size - 4096)):
            copy.write_bytes(data)
            spoil(copy)
            with pytest.raises(UserError, match=r"“from ben\.coder” is damaged"):
                project.merging.bring_in(copy)
        assert check(project).fingerprint == before
        assert backups.list_for(project.guid) == []


def test_a_path_that_vanished(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no project “gone\.coder”"):
        Project.open(tmp_path / "gone.coder")


def test_a_folder_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no project"):
        Project.open(tmp_path)


def test_a_newer_file_opens_for_reading_and_says_so(study: Path) -> None:
    sql("PRAGMA user_version = 99", "CREATE TABLE later (a TEXT)", "ALTER TABLE code ADD COLUMN shape TEXT")(
        study
    )
    before = study.read_bytes()
    with Project.open(study, coder="Ann") as project:
        assert project.read_only
        assert project.read_only_reason.startswith("This file was made by a newer version")
        assert len(project.codes.tree()) == 3
        with pytest.raises(UserError, match="newer version"):
            project.codes.add("New")
    assert study.read_bytes() == before


def test_a_newer_file_that_lacks_what_we_read_is_refused(study: Path) -> None:
    sql("PRAGMA user_version = 99", "ALTER TABLE code DROP COLUMN plain")(study)
    with pytest.raises(UserError, match="was made by a newer version and cannot be read"):
        Project.open(study)


def test_an_older_file_is_backed_up_and_migrated(
    study: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    def give_names_a_mark(connection: Connection) -> None:
        connection.exec_driver_sql("UPDATE code SET name = name || '!'")

    now, next_one = schema.VERSION, schema.VERSION + 1
    monkeypatch.setattr(schema, "VERSION", next_one)
    monkeypatch.setattr(opening, "VERSION", next_one)
    monkeypatch.setattr(migrations.migrate, "__defaults__", ({now: give_names_a_mark}, next_one))
    with Project.open(study) as project:
        assert [project.codes.tree()[guid].name for guid in project.codes.tree().roots] == ["Trust!"]
        (backup,) = backups.list_for(project.guid)
    assert backup.note == f"before version {next_one}"
    raw = sqlite3.connect(backup.path)
    assert raw.execute("SELECT count(*) FROM code WHERE name = 'Trust'").fetchone() == (1,)
    raw.close()


def test_a_migration_that_fails_changes_nothing(study: Path) -> None:
    def fail(connection: Connection) -> None:
        connection.exec_driver_sql("DELETE FROM code")
        raise UserError("It did not work.")

    connection = opening.connect(study, read_only=False)
    with pytest.raises(UserError, match="did not work"):
        migrations.migrate(connection, study, 1, {1: fail}, 2)
    opening.close(connection)
    with Project.open(study) as project:
        assert len(project.codes.tree()) == 3
        assert check(project).ok


def test_open_twice_is_noticed_and_can_be_read(study: Path) -> None:
    with Project.open(study, coder="Ann") as first:
        with pytest.raises(OpenElsewhere, match="open in another window"):
            Project.open(study)
        with Project.open(study, read_only=True) as second:
            assert second.read_only
            first.codes.add("Seen at once")
            assert second.codes.tree().named("Seen at once")
    Project.open(study).close()


def test_a_lock_file_left_behind_by_a_crash_means_nothing(study: Path) -> None:
    lock = study.with_name(study.name + ".lock")
    lock.touch()
    os.utime(lock, (lock.stat().st_mtime - 121,) * 2)
    with Project.open(study) as project:
        assert not project.read_only
    assert [path.name for path in study.parent.iterdir()] == [study.name]


def test_a_folder_that_cannot_be_written_opens_for_reading(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with Project.open(study, coder="Ann") as project:
        assert project.read_only
        with pytest.raises(UserError, match="cannot be written"):
            project.codes.add("New")


def test_nothing_stands_beside_the_file_between_actions(project: Project) -> None:
    assert project.path is not None
    document = project.documents.all()[0].guid
    code = project.codes.tree().roots[0]
    for place in range(3):
        project.codings.apply(document, place, place + 5, code)
        files = sorted(path.name for path in project.path.parent.iterdir())
        assert files == ["study.coder", "study.coder.lock"]
        assert project.path.with_name("study.coder.lock").stat().st_size == 0
        copy = sqlite3.connect(f"{project.path.as_uri()}?mode=ro", uri=True)
        assert copy.execute("SELECT count(*) FROM coding").fetchone() == (place + 1,)
        copy.close()


def test_a_full_disk_changes_nothing_and_is_told(project: Project) -> None:
    pages = project.connection.exec_driver_sql("PRAGMA page_count").scalar()
    project.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UserError, match=r"The disk is full\. Nothing was changed\."):
        project.codes.define(project.codes.tree().roots[0], "full", "x" * 100_000)
    project.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert check(project).ok
    assert not project.codes.tree()[project.codes.tree().roots[0]].definition.full


def test_creating_never_overwrites(study: Path) -> None:
    before = study.read_bytes()
    with pytest.raises(UserError, match="already a file named"):
        Project.create(study, "Other", "Ann")
    assert study.read_bytes() == before


def test_a_daily_backup_is_made_once_and_ten_are_kept(project: Project) -> None:
    from datetime import date, timedelta

    from coder_app.project import history

    raw = history.driver(project.connection)
    for day in range(12):
        backups.write(raw, project.guid, today=date(2026, 1, 1) + timedelta(days=day))
    assert [backup.date for backup in backups.list_for(project.guid)] == [
        f"2026-01-{day:02}" for day in range(12, 2, -1)
    ]
    project.back_up_daily()
    newest = backups.list_for(project.guid)[0]
    project.codes.add("After the backup")
    project.back_up_daily()
    with Project.open(newest.path, read_only=True) as copy:
        assert copy.guid == project.guid
        assert not copy.codes.tree().named("After the backup")
        assert check(copy).ok
