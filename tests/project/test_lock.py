"""One writer at a time: on one computer, between computers, after a crash, after sleep, after a sync."""

from __future__ import annotations

import errno
import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from filelock import FileLock

from coder_app.core.errors import UserError
from coder_app.project.checking import check
from coder_app.project.lock import BEAT, STALE, OpenElsewhere, ProjectLock
from coder_app.project.project import Project
from coder_app.project.saving import save_copy


def keep_open(path: Path, home: str, other_computer: bool, pipe: Connection) -> None:
    """In a process of its own: open the project and keep it open until told otherwise."""
    os.environ["CODER_APP_HOME"] = home
    if other_computer:  # which the operating system's locks do not reach

        def refuse(_: FileLock) -> None:
            raise OSError(errno.ENOSYS, "Function not implemented")

        FileLock.acquire = refuse  # type: ignore[assignment, method-assign]
    with Project.open(path, coder="Ann") as project:
        pipe.send(project.read_only)
        pipe.recv()
    pipe.send("closed")


class Elsewhere:
    """The project open in another process."""

    def __init__(self, path: Path, home: Path, other_computer: bool) -> None:
        # a fork server has the modules loaded already
        context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
        if sys.platform != "win32":
            context.set_forkserver_preload(["coder_app.project.project"])
        self._pipe, there = context.Pipe()
        arguments = (path, str(home), other_computer, there)
        self._process = context.Process(target=keep_open, args=arguments, daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        assert self._pipe.recv() is False

    def close(self) -> None:
        self._pipe.send("close")
        assert self._pipe.recv() == "closed"

    def kill(self) -> None:
        self._process.kill()
        self._process.join()


Hold = Callable[..., Elsewhere]


@pytest.fixture
def study(project: Project) -> Path:
    """A closed project file."""
    assert project.path is not None
    project.close()
    return project.path


@pytest.fixture
def hold(study: Path, tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[Hold]:
    """Open the study in another process, on this computer or as another one would."""
    started: list[Elsewhere] = []

    def start(*, other_computer: bool = False) -> Elsewhere:
        at = tmp_path_factory.mktemp("home of another") if other_computer else home
        started.append(Elsewhere(study, at, other_computer))
        return started[-1]

    yield start
    for one in started:
        one.kill()


def lock_file(study: Path) -> Path:
    return study.with_name(study.name + ".lock")


def age(study: Path, seconds: float) -> None:
    """Make the lock file older, as it is when its owner sleeps."""
    date = lock_file(study).stat().st_mtime - seconds
    os.utime(lock_file(study), (date, date))


def lock_of(project: Project) -> ProjectLock:
    found = project._lock
    assert found is not None
    return found


def fall_asleep(project: Project, study: Path, seconds: float) -> None:
    """Neither the lock file nor what we remember of it is renewed any more for so long."""
    age(study, seconds)
    lock = lock_of(project)
    lock._last = lock_file(study).stat().st_mtime
    lock._here.note(lock._last)


def test_another_process_has_it_open(study: Path, hold: Hold) -> None:
    process = hold()
    with pytest.raises(OpenElsewhere, match="open in another window"):
        Project.open(study)
    age(study, 10 * STALE)  # on one computer no date is asked for
    with pytest.raises(OpenElsewhere, match="open in another window"):
        Project.open(study)
    with Project.open(study, read_only=True) as project:
        assert project.read_only
    process.close()
    assert not lock_file(study).exists()
    Project.open(study).close()


def test_a_crash_on_this_computer_keeps_nobody_waiting(study: Path, hold: Hold) -> None:
    process = hold()
    process.kill()
    assert lock_file(study).exists()
    assert time.time() - lock_file(study).stat().st_mtime < STALE
    with Project.open(study) as project:
        assert not project.read_only
    assert [path.name for path in study.parent.iterdir()] == [study.name]


def test_a_lock_that_another_computer_renews_is_respected_and_a_stale_one_is_not(
    study: Path, hold: Hold
) -> None:
    process = hold(other_computer=True)
    assert lock_file(study).stat().st_size == 0
    before = lock_file(study).stat().st_mtime_ns
    with pytest.raises(OpenElsewhere, match="open on another computer, or was until a moment ago"):
        Project.open(study)
    assert lock_file(study).stat().st_mtime_ns == before
    process.kill()
    with pytest.raises(OpenElsewhere, match="free again within two minutes"):
        Project.open(study)
    age(study, STALE + 1)
    Project.open(study).close()
    assert [path.name for path in study.parent.iterdir()] == [study.name]


def test_a_computer_that_slept_does_not_write_over_who_came_meanwhile(study: Path, hold: Hold) -> None:
    with Project.open(study, coder="Ann") as project:
        project.codes.add("Before")
        fall_asleep(project, study, STALE + 1)
        assert project.guard.trouble() == ""  # nobody came
        process = hold(other_computer=True)
        with pytest.raises(UserError, match="opened on another computer while this one slept"):
            project.codes.add("Over there they would not know")
        with pytest.raises(UserError, match="opened on another computer"):
            project.merging.bring_in(_other_copy(study))
        assert project.guard.last_trouble.startswith("This project was opened on another computer")
        assert project.codes.tree().named("Before")  # reading goes on
        process.close()
        assert not lock_file(study).exists()
        project.codes.add("After")
        assert lock_file(study).exists()
        assert check(project).problems == ()
    assert not lock_file(study).exists()


def _other_copy(study: Path) -> Path:
    copy = study.with_name("other.coder")
    shutil.copy(study, copy)
    with Project.open(copy, coder="Ben") as project:
        project.codes.add("Of Ben")
    return copy


def test_who_crashed_over_there_is_not_waited_for_for_ever(study: Path, hold: Hold) -> None:
    with Project.open(study, coder="Ann") as project:
        fall_asleep(project, study, 10 * STALE)
        hold(other_computer=True).kill()
        assert project.guard.trouble()
        age(study, STALE + 1)
        assert project.guard.trouble() == ""
        project.codes.add("Mine again")


def test_what_another_program_wrote_is_read_before_anything_is_written(study: Path) -> None:
    with Project.open(study, coder="Ann") as project:
        project.codes.add("First")
        with Project.beside(study) as other:  # as another computer would after we slept
            other.coders.switch(project.coders.current.guid)
            other.codes.add("Meanwhile")
        with pytest.raises(
            UserError, match=r"changed by another program meanwhile\. It is shown as it is now"
        ):
            project.codes.add("Second")
        assert {node.name for node in project.codes.tree().nodes.values()} >= {"First", "Meanwhile"}
        assert project.take_changes()
        project.codes.add("Second")
        assert project.undo_name() == "New code: Second"
        assert check(project).problems == ()


@pytest.mark.parametrize("what", ["replaced", "put aside", "deleted"])
def test_a_file_that_is_no_longer_there_is_not_written(study: Path, tmp_path: Path, what: str) -> None:
    newer = _other_copy(study)
    with Project.open(study, coder="Ann") as project:
        project.codes.add("Mine")
        if what == "deleted":
            study.unlink()
        elif what == "put aside":
            study.rename(tmp_path / "study (conflicted copy).coder")
            newer.rename(study)
        else:
            os.replace(newer, study)
        with pytest.raises(UserError, match=r"was moved, deleted or replaced, perhaps by a sync service"):
            project.codes.add("Lost")
        saved = tmp_path / "saved.coder"
        save_copy(project, saved)
        with pytest.raises(UserError, match="already a file named"):
            save_copy(project, saved)
    with Project.open(saved, coder="Ann") as again:
        assert again.codes.tree().named("Mine")
        assert again.undo_name() == "New code: Mine"
        if what != "deleted":
            again.merging.bring_in(study)
            assert again.codes.tree().named("Of Ben")
        assert check(again).problems == ()


def test_a_file_that_came_back_unchanged_is_ours_again(study: Path, tmp_path: Path) -> None:
    """A network drive was away for a moment."""
    with Project.open(study, coder="Ann") as project:
        study.rename(tmp_path / "away")
        assert project.guard.trouble()
        (tmp_path / "away").rename(study)
        project.codes.add("Back")


def test_a_lock_file_that_cannot_be_removed_is_out_of_date(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows removes no file that is open."""
    real = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self == lock_file(study):
            raise PermissionError(errno.EACCES, "in use")
        real(self, missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    Project.open(study).close()
    assert lock_file(study).exists()
    monkeypatch.setenv("CODER_APP_HOME", str(study.parent / "another computer"))
    with Project.open(study) as project:
        assert not project.read_only


def test_dates_are_those_of_the_folders_clock(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This computer's clock is wrong by a day; the server's is not."""
    right, began = time.time(), time.monotonic()
    monkeypatch.setattr(time, "time", lambda: right - 86_400 + time.monotonic() - began)
    with Project.open(study, coder="Ann") as project:
        assert abs(lock_file(study).stat().st_mtime - right) < 60
        assert project.guard.trouble() == ""
    lock_file(study).touch()  # by another computer
    with pytest.raises(OpenElsewhere, match="another computer"):
        Project.open(study)
    age(study, STALE + 1)
    with Project.open(study) as project:
        assert abs(lock_file(study).stat().st_mtime - right) < 60


def test_the_date_is_renewed_and_measured_anew_after_sleep(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(study, coder="Ann") as project:
        lock = lock_of(project)
        fall_asleep(project, study, 2 * BEAT)
        before = lock_file(study).stat().st_mtime
        lock.look_soon()
        deadline = time.monotonic() + 10
        while lock_file(study).stat().st_mtime < before + BEAT and time.monotonic() < deadline:
            time.sleep(0.01)
        assert lock_file(study).stat().st_mtime > before + BEAT
        measured: list[str] = []
        real = lock._clock.measure

        def measure() -> float:
            measured.append("now")
            return real()

        monkeypatch.setattr(lock._clock, "measure", measure)
        lock._renew()
        assert measured == []
        slept = time.time() + 3600
        monkeypatch.setattr(time, "time", lambda: slept)
        lock._renew()
        assert measured == ["now"]
        assert lock_file(study).stat().st_mtime < slept - 1800
        names = {path.name for path in study.parent.iterdir()}
        assert names == {study.name, study.name + ".lock"}


def test_a_file_system_without_locks(study: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The date of the lock file, and on one computer the lock in the data folder, must do."""
    real = FileLock.acquire

    def refuse(self: FileLock) -> object:
        if str(home) not in self.lock_file:
            raise OSError(errno.ENOSYS, "Function not implemented")
        return real(self)

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with Project.open(study, coder="Ann") as project:
        assert not project.read_only
        assert lock_file(study).stat().st_size == 0
        with pytest.raises(OpenElsewhere):
            Project.open(study)
        project.codes.add("Written")
        monkeypatch.setenv("CODER_APP_HOME", str(study.parent / "another computer"))
        with pytest.raises(OpenElsewhere, match="another computer"):
            Project.open(study)
    assert not lock_file(study).exists()


def test_a_data_folder_that_cannot_be_written_locks_all_the_same(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (study.parent / "file").write_text("no folder")
    monkeypatch.setenv("CODER_APP_HOME", str(study.parent / "file"))
    with Project.open(study, coder="Ann") as project:
        project.codes.add("Written")
        with pytest.raises(OpenElsewhere, match="another window"):
            Project.open(study)
