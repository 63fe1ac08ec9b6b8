"""Files in another mode than ours, the rights of new files, and backups opened like projects."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from coder_app.cli import main
from coder_app.core.errors import UserError
from coder_app.project import backups
from coder_app.project.checking import check
from coder_app.project.project import Project
from coder_app.project.trust import Damaged


@pytest.fixture
def study(project: Project) -> Path:
    """A closed project file."""
    assert project.path is not None
    project.close()
    return project.path


@pytest.fixture
def logged(study: Path) -> Path:
    """The same, put into the mode of a log beside the file."""
    raw = sqlite3.connect(study)
    assert raw.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)
    raw.close()
    return study


@pytest.mark.parametrize("command", ["info", "check"])
def test_a_file_with_a_log_is_read(logged: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = logged.read_bytes()
    assert main([command, str(logged)]) == 0
    assert capsys.readouterr().err == ""
    assert logged.read_bytes() == before
    assert [path.name for path in logged.parent.iterdir()] == [logged.name]


def test_a_file_with_a_log_is_written_as_any_other(logged: Path) -> None:
    with Project.open(logged, coder="Ann") as project:
        project.codes.add("Written")
        with Project.from_snapshot(project.snapshot()) as copy:
            assert copy.codes.tree().named("Written")
    assert logged.read_bytes()[18:20] == b"\1\1"
    assert [path.name for path in logged.parent.iterdir()] == [logged.name]


def test_what_is_only_in_the_log_is_read_too(logged: Path) -> None:
    raw = sqlite3.connect(logged, isolation_level=None)
    raw.execute("UPDATE study SET name = 'From the log'")
    assert logged.with_name(logged.name + "-wal").stat().st_size > 0
    with Project.open(logged, read_only=True) as project:
        assert project.name == "From the log"
        with Project.from_snapshot(project.snapshot()) as copy:
            assert copy.name == "From the log"
    with pytest.raises(UserError, match=r"“study\.coder” is being written by another program"):
        Project.open(logged)
    raw.close()


def test_sentences_name_the_file(logged: Path) -> None:
    with Project.open(logged, read_only=True) as project:
        image = bytearray(project.snapshot())
    image[4096:] = b"\xff" * (len(image) - 4096)
    for file, name in (("study.coder", "“study.coder”"), (None, "This project")):
        with pytest.raises(Damaged, match=f"^{name} is damaged"):
            Project.from_snapshot(bytes(image), file=file)


@pytest.fixture
def usual_rights() -> Iterator[int]:
    """The rights that a new file has here."""
    before = os.umask(0o022)
    yield 0o644
    os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="there are no such rights on Windows")
def test_a_new_file_has_the_rights_of_any_new_file(tmp_path: Path, usual_rights: int) -> None:
    assert main(["new", str(tmp_path / "p.coder"), "--coder", "Ann"]) == 0
    assert stat.S_IMODE((tmp_path / "p.coder").stat().st_mode) == usual_rights
    os.umask(0o077)
    assert main(["new", str(tmp_path / "own.coder"), "--coder", "Ann"]) == 0
    assert stat.S_IMODE((tmp_path / "own.coder").stat().st_mode) == 0o600


@pytest.fixture
def backup(project: Project) -> Path:
    """The backup of a project."""
    project.back_up_daily()
    (found,) = backups.list_for(project.guid)
    return found.path


def test_a_backup_opens_for_reading_only_and_says_why(backup: Path, tmp_path: Path) -> None:
    before = backup.read_bytes()
    link = tmp_path / "link.coder"
    link.symlink_to(backup)
    for path in (backup, link, Path(os.path.relpath(backup))):
        with Project.open(path, coder="Ann") as project:
            assert project.read_only_reason == (
                "This is a backup, so it was opened for reading only: work in a copy of it."
            )
            with pytest.raises(UserError, match="This is a backup"):
                project.codes.add("Not here")
            assert check(project).ok
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def test_a_copy_of_a_backup_is_a_project(backup: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.coder"
    shutil.copyfile(backup, copy)
    with Project.open(copy, coder="Ann") as project:
        assert not project.read_only


def test_nothing_is_imported_into_a_backup(backup: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = backup.read_bytes()
    talk = Path(__file__).parents[1] / "data" / "talk.txt"
    assert main(["import", str(backup), str(talk), "--coder", "Ann"]) != 0
    assert "This is a backup" in capsys.readouterr().err
    assert backup.read_bytes() == before


def test_a_circle_of_links_is_no_backup(tmp_path: Path) -> None:
    one, other = tmp_path / "one.coder", tmp_path / "other.coder"
    one.symlink_to(other)
    other.symlink_to(one)
    assert not backups.holds(one)
    with pytest.raises(UserError, match=r"“one\.coder”"):
        Project.open(one)
