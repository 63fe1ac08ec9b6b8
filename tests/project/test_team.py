"""Publishing in the team folder: whole copies, only one's own file, and nothing local in them."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from coder_app.core.errors import UserError
from coder_app.project import team
from coder_app.project.checking import check, fingerprint
from coder_app.project.project import Project


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "synced"
    made.mkdir()
    return made


def publish(project: Project, folder: Path, name: str, safe: team.Signature | None = None) -> team.Written:
    return team.publish(project.snapshot(), folder, name, safe)


def code_names(path: Path) -> set[str]:
    with Project.open(path, read_only=True) as project:
        return {node.name for node in project.codes.tree().nodes.values()}


def test_a_published_copy_is_whole_and_holds_nothing_local(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    assert project.path is not None
    ben = Path(shutil.copy(project.path, tmp_path / "ben.coder"))
    with Project.open(ben, coder="Ben") as colleague:
        colleague.codes.add("Of Ben")
    project.merging.bring_in(ben)
    project.codes.add("Mine")
    name = team.new_name(folder, project.name, "Ann")
    written = publish(project, folder, name)
    assert written.anew
    assert [path.name for path in folder.iterdir()] == [name]
    with Project.open(folder / name) as copy:
        assert check(copy).problems == ()
        assert fingerprint(copy) == fingerprint(project)
        assert copy.merging.reports() == []
    raw = sqlite3.connect(folder / name)
    assert raw.execute("SELECT count(*) FROM undo_entry").fetchone() == (0,)
    raw.close()
    assert b"ben.coder" not in (folder / name).read_bytes()  # neither in a table nor in free pages
    assert project.merging.reports()
    assert project.undo_name() == "New code: Mine"
    colleague = Project.open(ben, coder="Ben")
    assert colleague.merging.bring_in(folder / name)[0].steps == 1
    assert fingerprint(colleague) == fingerprint(project)
    colleague.close()


@pytest.mark.parametrize(
    ("study", "coder", "begin"),
    [
        ("Small study", "Ann", "Small study - Ann "),
        ('A/B: "what"?', "Ann \\ Ben", "A B what - Ann Ben "),
        ("One - two", "X - Y", "One two - X Y "),
        ("…" * 100, "名" * 100, "…" * 20 + " - " + "名" * 13 + " "),
        ("...", "-", "unnamed - unnamed "),
    ],
)
def test_the_name_tells_whose_it_is(folder: Path, study: str, coder: str, begin: str) -> None:
    name = team.new_name(folder, study, coder)
    assert name.startswith(begin)
    assert team.is_published(Path(name))
    parts = team.name_of(Path(name))
    assert parts is not None
    assert name == f"{parts.study} - {parts.coder} {parts.tag}.team.coder"
    assert team.new_name(folder, study, coder) != name


def test_conflict_copies_of_sync_services_are_published_copies_of_their_own(folder: Path) -> None:
    name = team.new_name(folder, "Study", "Ann")
    stem = name.removesuffix(".coder")
    assert team.same_copy(name, name.upper())
    for conflict in (
        f"{stem} (Ann's conflicted copy 2026-11-22).coder",
        f"{stem}-LAPTOP.coder",
        f"{stem} (1).coder",
    ):
        assert team.is_published(Path(conflict))
        assert not team.same_copy(conflict, name)
    assert not team.is_published(Path("Study.team.coder"))
    assert not team.is_published(Path("Study - Ann.coder"))


def test_nothing_is_written_where_nothing_is_new(project: Project, folder: Path) -> None:
    name = team.new_name(folder, "Study", "Ann")
    first = publish(project, folder, name)
    again = publish(project, folder, name)
    assert (again.name, again.signature, again.anew) == (name, first.signature, False)
    project.codes.add("New")
    third = publish(project, folder, name, first.signature)
    assert third.anew
    assert third.signature != first.signature


def test_what_the_project_does_not_hold_is_never_overwritten(
    project: Project, folder: Path, tmp_path: Path
) -> None:
    """An old copy of the project came back from a stick; what was published since stays in the folder."""
    assert project.path is not None
    old = Path(shutil.copy(project.path, tmp_path / "old.coder"))
    project.codes.add("Made since")
    name = team.new_name(folder, "Study", "Ann")
    publish(project, folder, name)
    with Project.open(old, coder="Ann") as back:
        back.codes.add("Made in the old one")
        written = publish(back, folder, name)
    assert written.name != name
    parts, first = team.name_of(Path(written.name)), team.name_of(Path(name))
    assert parts is not None
    assert first is not None
    assert (parts.study, parts.coder) == (first.study, first.coder)
    assert "Made since" in code_names(folder / name)
    assert "Made in the old one" in code_names(folder / written.name)


def test_what_was_taken_back_here_may_be_overwritten(project: Project, folder: Path) -> None:
    """The program itself brought a backup back, after a backup: the state that it wrote is known."""
    project.back_up_daily()
    project.codes.add("Mistake")
    name = team.new_name(folder, "Study", "Ann")
    first = publish(project, folder, name)
    from coder_app.project import backups

    project.bring_back(backups.list_for(project.guid)[-1].path.name)
    assert publish(project, folder, name, first.signature).name == name
    assert "Mistake" not in code_names(folder / name)


def test_a_broken_copy_of_ours_is_written_again_and_a_strangers_file_is_not(
    project: Project, folder: Path
) -> None:
    name = team.new_name(folder, "Study", "Ann")
    publish(project, folder, name)
    (folder / name).write_bytes((folder / name).read_bytes()[:9000])
    assert publish(project, folder, name).name == name
    assert code_names(folder / name)
    (folder / name).write_text("Notes of somebody who chose that name")
    assert publish(project, folder, name).name != name
    assert (folder / name).read_text().startswith("Notes")


def test_a_folder_that_is_not_there(project: Project, folder: Path) -> None:
    name = team.new_name(folder, "Study", "Ann")
    folder.rmdir()
    with pytest.raises(team.Unreachable, match="cannot be reached just now"):
        publish(project, folder, name)
    folder.write_text("a file now")
    with pytest.raises(team.Unreachable, match="cannot be reached just now"):
        publish(project, folder, name)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "There is no room left in the team folder"),
        (errno.EACCES, "Nothing can be written into the folder"),
        (errno.EROFS, "Nothing can be written into the folder"),
        (errno.EIO, "cannot be used just now"),
    ],
)
def test_a_copy_that_cannot_be_written_leaves_the_old_one(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, sentence: str
) -> None:
    name = team.new_name(folder, "Study", "Ann")
    first = publish(project, folder, name)
    before = (folder / name).read_bytes()
    project.codes.add("More")

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(UserError, match=sentence):
            publish(project, folder, name, first.signature)
    assert (folder / name).read_bytes() == before
    assert [path.name for path in folder.iterdir()] == [name]
    assert publish(project, folder, name, first.signature).anew


def test_a_file_that_another_program_reads_is_replaced_a_moment_later(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace
    refused: list[Path] = []

    def replace(one: Path, other: Path) -> None:
        if len(refused) < 2:
            refused.append(other)
            raise PermissionError(errno.EACCES, "in use")
        real(one, other)

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(team, "_BETWEEN_TRIES", 0)
    name = team.new_name(folder, "Study", "Ann")
    assert publish(project, folder, name).anew
    assert len(refused) == 2


def test_what_a_killed_program_left_is_swept_away(project: Project, folder: Path) -> None:
    name = team.new_name(folder, "Study", "Ann")
    parts = team.name_of(Path(name))
    assert parts is not None
    (folder / f"~{parts.tag}-0badcafe.tmp").write_bytes(b"half")
    (folder / "~a1b2c3-0badcafe.tmp").write_bytes(b"somebody else's")
    publish(project, folder, name)
    assert {path.name for path in folder.iterdir()} == {name, "~a1b2c3-0badcafe.tmp"}


def test_the_working_file_stays_outside(project: Project, folder: Path, tmp_path: Path) -> None:
    assert project.path is not None
    team.check_folder(folder, project.path)
    assert list(folder.iterdir()) == []
    with pytest.raises(UserError, match="Your own file lies in this folder"):
        team.check_folder(tmp_path, project.path)
    with pytest.raises(UserError, match="cannot be reached"):
        team.check_folder(tmp_path / "nowhere", project.path)


def test_a_published_copy_opens_for_reading_only(project: Project, folder: Path) -> None:
    name = team.new_name(folder, "Study", "Ann")
    publish(project, folder, name)
    before = (folder / name).read_bytes()
    with Project.open(folder / name, coder="Ben") as copy:
        assert copy.read_only_reason.startswith("This is a copy that was published for the team")
        with pytest.raises(UserError, match="published for the team"):
            copy.codes.add("Not here")
        with pytest.raises(UserError, match="cannot be written"):
            copy.connection.exec_driver_sql("UPDATE code SET name = 'x'")
        os.replace(folder / name, folder / "moved")  # nothing holds it
        assert len(copy.codes.tree()) == 3
    assert (folder / "moved").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["moved"]
