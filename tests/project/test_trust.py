"""Files from strangers: hostile values, odd paths, links. One sentence, and the file as it was."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from coder_app.core.errors import UserError
from coder_app.core.model import MemoTarget
from coder_app.project import backups, history, opening
from coder_app.project.checking import check
from coder_app.project.project import OpenElsewhere, Project


@pytest.fixture
def study(project: Project) -> Path:
    """A closed project file in which everything occurs."""
    document, code = project.documents.all()[0].guid, project.codes.tree().named("Shared experience")[0].guid
    project.codings.apply(document, 0, 9, code)
    project.memos.add(MemoTarget.CODE, code, "A note")
    project.participants.set_attribute(project.participants.all()[0].guid, "Age", "34")
    assert project.path is not None
    project.close()
    return project.path


def spoil(path: Path, statement: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()


def use(path: Path) -> list[str]:
    """Do what the window does with a project; returns what `check` finds."""
    with Project.open(path, coder="Ann") as project:
        tree = project.codes.tree()
        for guid in tree.nodes:
            tree.ancestors(guid), tree.descendants(guid)
        project.queries.counts()
        project.queries.quotes(tree.roots)
        for document in project.documents.all():
            project.documents.transcript(document.guid)
        project.memos.all()
        project.participants.all()
        project.codes.move([project.codes.add("New")], None, tree.roots[0])
        project.undo()
        return list(check(project).problems)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE change SET after = '" + "[" * 100_000 + "'", "The history cannot be read: "),
        ("UPDATE change SET after = 'x'", "The history cannot be read: "),
        ("UPDATE change SET tbl = 'sqlite_master'", "unknown fields of “sqlite_master”"),
        (
            "UPDATE change SET after = '{\"place\": {}}' WHERE tbl = 'coding'",
            "1 row differs from the history",
        ),
        ("UPDATE coding SET code = 'nobody'", "1 coding names a code that does not exist."),
        ("UPDATE coding SET coder = 'nobody'", "1 coding names a coder that does not exist."),
        ("UPDATE participant SET label = printf('%.*c', 900, '9')", "2 rows differ from the history"),
    ],
)
def test_what_reads_but_is_not_whole_is_found_by_a_check(study: Path, statement: str, problem: str) -> None:
    spoil(study, statement)
    assert any(problem in found for found in use(study))


@pytest.mark.parametrize("column", ["before", "after"])
@pytest.mark.parametrize("rubbish", ["x", "[]", "5", '{"name": {}}', '{"nix": 1}', "[" * 50_000])
def test_a_damaged_step_cannot_be_undone_or_does_nothing(study: Path, column: str, rubbish: str) -> None:
    with Project.open(study, coder="Ann") as project:
        project.codes.rename(project.codes.tree().roots[0], "Confidence")
    spoil(study, f"UPDATE change SET {column} = '{rubbish}' WHERE step = (SELECT max(id) FROM step)")
    with Project.open(study, coder="Ann") as project:
        with suppress(UserError):  # anything else would be a crash
            project.undo()
        assert project.codes.tree().named("Confidence")


def test_a_file_that_only_bears_our_mark_is_no_project(tmp_path: Path) -> None:
    path = tmp_path / "bare.coder"
    spoil(path, "PRAGMA application_id = 1129268306")
    spoil(path, "CREATE TABLE a (b)")
    with pytest.raises(UserError, match="is not built as a project"):
        Project.open(path)


def test_a_chain_of_ten_thousand_nodes_is_read(study: Path) -> None:
    raw = sqlite3.connect(study)
    raw.executemany(
        'INSERT INTO code (guid, name, level, color, place) VALUES (?, ?, 0, "#2d5ed4", ?)',
        ((f"g{n:05}", f"n{n}", f"{f'g{n - 1:05}' if n else ''}|V") for n in range(10_000)),
    )
    raw.commit()
    raw.close()
    with Project.open(study, coder="Ann") as project:
        tree = project.codes.tree()
        assert len(tree.ancestors("g09999")) == 9_999
        assert len(tree.descendants("g00000")) == 9_999
        assert project.queries.counts()["g00000"].quotes_below == 0
        assert "10,000 rows differ from the history in the table “code”." in check(project).problems


def test_the_words_of_an_error_are_sqlites_not_the_users(project: Project) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError):  # a bug stays a bug though a name says “locked”
        project.connection.exec_driver_sql("INSERT INTO code (guid, name) VALUES ('locked', 'malformed')")


def test_damage_met_while_reading_is_told_in_a_sentence(study: Path) -> None:
    with Project.open(study, coder="Ann") as project:
        pages = project.connection.exec_driver_sql("PRAGMA page_count").scalar()
    data = bytearray(study.read_bytes())
    size = len(data) // int(pages or 1)
    raw = sqlite3.connect(study)
    (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'content'").fetchone()
    raw.close()
    data[(root - 1) * size : root * size] = b"\xff" * size
    with Project.open(study, coder="Ann") as project:
        study.write_bytes(data)
        project.connection.exec_driver_sql("PRAGMA shrink_memory")
        with pytest.raises(UserError, match=r"“study\.coder” is damaged"):
            check(project)


@pytest.mark.parametrize(
    "name", ["a?b#c%d&e=1.coder", "바다 ים 🙂.coder", "file:x.coder", "a'b\"c;.coder", ".coder"]
)
def test_a_path_may_have_any_characters(tmp_path: Path, name: str) -> None:
    path = tmp_path / "f?o#l%64er" / name
    Project.create(path, "Study", "Ann").close()
    with Project.open(path, coder="Ann") as project:
        project.codes.add("Trust")
    with Project.open(path, read_only=True) as project:
        assert project.codes.tree().named("Trust")
    assert [found.name for found in path.parent.iterdir()] == [name]


@pytest.mark.parametrize("name", ["x" * 300 + ".coder", "a\0b.coder"])
def test_a_name_that_no_folder_takes_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"cannot be written|No project can be made"):
        Project.create(tmp_path / name, "Study", "Ann")
    with pytest.raises(UserError, match=r"cannot be opened|There is no project"):
        Project.open(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_project_is_locked_however_one_gets_there(study: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.coder"
    link.parent.mkdir()
    link.symlink_to(study)
    with Project.open(link, coder="Ann") as project:
        with pytest.raises(OpenElsewhere):
            Project.open(study)
        project.codes.add("By the link")
    with Project.open(study) as project:
        assert project.codes.tree().named("By the link")
    assert [path.name for path in link.parent.iterdir()] == ["link.coder"]


def test_a_newer_file_is_read_by_any_number_of_windows(study: Path) -> None:
    spoil(study, "PRAGMA user_version = 99")
    with Project.open(study) as first, Project.open(study) as second:
        assert first.read_only_reason == second.read_only_reason != ""


def test_what_a_crash_left_is_taken_back_also_when_opened_for_reading(study: Path) -> None:
    before = study.read_bytes()
    raw = sqlite3.connect(study, isolation_level=None)
    raw.execute("PRAGMA cache_size = 1")
    raw.execute("PRAGMA cache_spill = ON")
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE content SET text = text || printf('%.*c', 200000, 'x')")
    torn = study.read_bytes()
    journal = study.with_name(study.name + "-journal")
    left = journal.read_bytes()
    raw.rollback()
    raw.close()
    study.write_bytes(torn)
    journal.write_bytes(left)
    assert torn != before
    with Project.open(study, read_only=True) as project:
        assert check(project).ok
    assert study.read_bytes() == before


def test_a_project_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise UserError("The disk is full. Nothing was changed.")

    monkeypatch.setattr(history.History, "begin", full)
    with pytest.raises(UserError, match="disk is full"):
        Project.create(tmp_path / "p.coder", "Study", "Ann")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_appears_while_a_project_is_made_stays(tmp_path: Path) -> None:
    path = tmp_path / "p.coder"
    with pytest.raises(UserError, match="already a file named"), opening.draft_of(path):
        path.write_text("quicker")
    assert path.read_text() == "quicker"
    assert [found.name for found in tmp_path.iterdir()] == ["p.coder"]


def test_a_backup_that_cannot_be_written_is_told(project: Project, home: Path) -> None:
    (home / "data" / "backups").write_text("a file where the folder should be")
    with pytest.raises(UserError, match="backup of this project could not be written"):
        project.back_up_daily()
    project.codes.add("Work goes on")


def test_closing_twice_and_without_a_lock_file_does_no_harm(project: Project) -> None:
    assert project.path is not None
    os.unlink(project.path.with_name(project.path.name + ".lock"))
    project.close()
    with Project.open(project.path) as again:
        project.close()
        with pytest.raises(OpenElsewhere):
            Project.open(project.path)
        assert not again.read_only


def test_a_backup_comes_back_as_a_project(project: Project) -> None:
    project.back_up_daily()
    assert project.path is not None
    kept = check(project).fingerprint
    project.codes.delete(project.codes.tree().roots, below=True)
    project.close()
    (backup,) = backups.list_for(project.guid)
    os.replace(backup.path, project.path)
    with Project.open(project.path, coder="Ann") as again:
        assert check(again).ok
        assert check(again).fingerprint == kept
        assert again.undo_name() == "New code: Shared experience"
