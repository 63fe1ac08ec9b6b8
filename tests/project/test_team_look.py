"""Noticing colleagues' news in the team folder, whatever state its files are in."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from coder_app.core.errors import UserError
from coder_app.core.model import Level, MemoTarget
from coder_app.project import schema, team, team_look
from coder_app.project.checking import fingerprint
from coder_app.project.project import Project
from coder_app.project.team_look import Copy, Known, State


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "synced"
    made.mkdir()
    return made


class Desk:
    """A coder at her laptop: a working copy of her own, and what she publishes."""

    def __init__(self, origin: Path, at: Path, coder: str, folder: Path) -> None:
        self.project = Project.open(Path(shutil.copy(origin, at)), coder=coder)
        self.folder = folder
        self.name = team.new_name(folder, self.project.name, coder)
        self.known = Known()
        self.found: dict[str, Copy] = {}

    def publish(self) -> Path:
        self.name = team.publish(self.project.snapshot(), self.folder, self.name).name
        return self.folder / self.name

    def look(self) -> dict[str, Copy]:
        while not self.known.read(self.project.connection):
            pass
        path = self.project.path
        assert path is not None
        self.found = team_look.look(self.folder, path, self.project.guid, self.known.steps, self.found)
        return self.found

    def news(self) -> list[tuple[str, tuple[tuple[str, int], ...], int]]:
        return [(one.name, one.counts, one.others) for one in team_look.news(self.look().values())]

    def code(self, name: str, times: int) -> None:
        (code,) = self.project.codes.tree().named(name)
        document = self.project.documents.all()[0].guid
        for start in range(times):
            self.project.codings.apply(document, start, start + 4, code.guid)


@pytest.fixture
def team_of(project: Project, tmp_path: Path, folder: Path) -> Callable[[str], Desk]:
    path = project.path
    assert path is not None
    project.coders.add("Cleo")
    project.close()
    made: list[Desk] = []

    def make(coder: str) -> Desk:
        made.append(Desk(path, tmp_path / f"{coder} {len(made)}.coder", coder, folder))
        return made[-1]

    return make


@pytest.fixture
def ann(team_of: Callable[[str], Desk]) -> Desk:
    return team_of("Ann")


@pytest.fixture
def ben(team_of: Callable[[str], Desk]) -> Desk:
    return team_of("Ben")


def test_what_colleagues_did_is_counted_by_who_did_it(
    ann: Desk, ben: Desk, team_of: Callable[[str], Desk]
) -> None:
    cleo = team_of("Cleo")
    ben.code("Not being told", 3)
    gone = ben.project.codes.add("Second thoughts")
    ben.project.codes.delete([gone], below=False)
    ben.project.memos.add(MemoTarget.CODE, ben.project.codes.tree().roots[0], "Why?")
    cleo.project.codes.add("Stigma", Level.CODE)
    cleo.project.codes.add("Shame", Level.CODE)
    cleo.project.codes.rename(cleo.project.codes.tree().named("Trust")[0].guid, "Confidence")
    cleo.publish()
    ben.project.merging.bring_in(cleo.folder / cleo.name)  # Ben's copy holds Cleo's work as well
    ben.publish()
    told = [("Ben", (("coding", 3), ("memo", 1)), 2), ("Cleo", (("code", 2),), 1)]
    assert ann.news() == told
    assert ann.news() == told  # by size and date alone
    assert team_look.needed(ann.found.values()) == [ben.folder / ben.name]
    ann.project.merging.bring_in(*team_look.needed(ann.found.values()))
    assert ann.news() == []
    assert {copy.state for copy in ann.found.values()} == {State.COPY}
    assert [copy.who for copy in ann.found.values()] == ["Ben", "Cleo"]


def test_only_files_that_changed_are_read(ann: Desk, ben: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = team_look.read

    def count(path: Path, *rest: object) -> Copy:
        read.append(path.name)
        return real(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(team_look, "read", count)
    ann.publish()
    ben.publish()
    ann.look()
    assert sorted(read) == sorted([ann.name, ben.name])
    read.clear()
    ann.look()
    ann.project.codes.add("Mine alone")
    ann.look()
    assert read == []
    ben.code("Not being told", 1)
    ben.publish()
    read.clear()
    assert ann.news() == [("Ben", (("coding", 1),), 0)]
    assert read == [ben.name]


def test_one_person_on_two_laptops_has_two_files(ann: Desk, team_of: Callable[[str], Desk]) -> None:
    other = team_of("Ann")
    other.code("Not being told", 1)
    first, second = ann.publish(), other.publish()
    assert first != second
    assert ann.news() == [("Ann", (("coding", 1),), 0)]


def test_a_clock_that_is_wrong_by_years_hides_nothing(ann: Desk, ben: Desk) -> None:
    path = ben.publish()
    os.utime(path, (0, 0))
    ann.look()
    ben.code("Not being told", 1)
    path = ben.publish()
    os.utime(path, (4_000_000_000, 4_000_000_000))
    assert ann.news()
    ben.code("Not being told", 2)
    path = ben.publish()
    os.utime(path, (1, 1))  # older than what it replaced
    assert ann.news() == [("Ben", (("coding", 2),), 0)]


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def zero_tail(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))


def zero_last_page(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-4096] + bytes(4096))


def sql(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        raw = sqlite3.connect(path)
        for statement in statements:
            raw.execute(statement)
        raw.commit()
        raw.close()

    return change


HOSTILE: list[tuple[str, Callable[[Path], object], State]] = [
    ("half there", half, State.BROKEN),
    ("zeros at its end", zero_tail, State.BROKEN),
    ("its last page missing", zero_last_page, State.BROKEN),
    ("nothing but zeros", lambda path: path.write_bytes(bytes(path.stat().st_size)), State.BROKEN),
    ("empty", lambda path: path.write_bytes(b""), State.BROKEN),
    ("text", lambda path: path.write_text("Interviewer: hello\n" * 500), State.OTHER),
    ("another program's", sql("PRAGMA application_id = 1"), State.OTHER),
    ("newer", sql("PRAGMA user_version = 99"), State.NEWER),
    ("with a trigger", sql("CREATE TRIGGER t AFTER INSERT ON step BEGIN DELETE FROM step; END"), State.OTHER),
    (
        "with a view for a table",
        sql(
            "ALTER TABLE step RENAME TO steps",
            "CREATE VIEW step AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
            " SELECT id, 'x' guid, 0 wall, 0 counter, 'c' coder, 'n' name, NULL undoes FROM n",
        ),
        State.OTHER,
    ),
    ("without its steps", sql("DROP TABLE step"), State.OTHER),
    ("without a study", sql("DELETE FROM study"), State.BROKEN),
    ("of rubbish values", sql("UPDATE code SET level = 77"), State.BROKEN),
    ("in a mode with a log", sql("PRAGMA journal_mode = WAL"), State.COPY),
]


@pytest.mark.parametrize(("name", "spoil", "state"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_a_file_that_is_not_right_is_told_and_left_alone(
    ann: Desk, ben: Desk, name: str, spoil: Callable[[Path], object], state: State
) -> None:
    ben.code("Not being told", 1)
    path = ben.publish()
    spoil(path)
    before = path.read_bytes()
    (copy,) = ann.look().values()
    assert copy.state is state
    assert bool(copy.problem) == (state is not State.COPY)
    assert copy.problem.count(".") <= 4
    assert bool(ann.news()) == (state is State.COPY)
    assert path.read_bytes() == before
    assert [one.name for one in ann.folder.iterdir()] == [path.name]
    path.unlink()
    ben.publish()  # the whole file comes at last
    assert ann.news() == [("Ben", (("coding", 1),), 0)]


def test_zeros_anywhere_are_noticed_and_nothing_of_the_file_is_taken(ann: Desk, ben: Desk) -> None:
    """A service may put the blocks of a file down in any order."""
    ben.code("Not being told", 20)
    path = ben.publish()
    whole = path.read_bytes()
    before = fingerprint(ann.project)
    for page in range(1, len(whole) // 4096):
        path.write_bytes(whole[: page * 4096] + bytes(4096) + whole[(page + 1) * 4096 :])
        (copy,) = ann.look().values()
        assert copy.state is State.BROKEN, page
        with pytest.raises(UserError, match=r"is not whole: it may still be on its way\. Try again"):
            ann.project.merging.bring_in(path)
    assert fingerprint(ann.project) == before


def test_files_that_are_no_copies_of_this_study(ann: Desk) -> None:
    Project.create(ann.folder / "other.coder", "Another study", "Eve").close()
    (ann.folder / "folder.coder").mkdir()
    (ann.folder / "~a1b2c3-0badcafe.tmp").write_bytes(b"half")
    (ann.folder / ".hidden.coder").write_bytes(b"x")
    (ann.folder / "notes.txt").write_text("hello")
    os.symlink(ann.folder / "nowhere", ann.folder / "broken link.coder")
    assert ann.project.path is not None
    os.symlink(ann.project.path, ann.folder / "mine.coder")
    assert ann.news() == []
    states = {name: copy.state for name, copy in ann.found.items()}
    assert states == {"other.coder": State.OTHER, "folder.coder": State.UNREADABLE}


def test_a_file_that_cannot_be_read_is_looked_at_again(
    ann: Desk, ben: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben.code("Not being told", 1)
    ben.publish()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "The file is in use")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refuse)
        (copy,) = ann.look().values()
        assert (copy.state, copy.problem) == (
            State.UNREADABLE,
            f"“{ben.name}” cannot be read just now: The file is in use.",
        )
    assert ann.news()


def test_a_file_that_changes_while_it_is_read_is_read_later(
    ann: Desk, ben: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ben.publish()
    stale = team.Signature(path.stat().st_size, 1)
    copy = team_look.read(path, stale, ann.project.guid, frozenset())
    assert copy.state is State.BROKEN
    monkeypatch.setattr(team_look, "LARGEST", 10)
    now = team.signature(path)
    assert now is not None
    assert team_look.read(path, now, ann.project.guid, frozenset()).state is State.UNREADABLE


def test_copies_that_were_renamed_conflicted_or_vanished(ann: Desk, ben: Desk) -> None:
    ben.code("Not being told", 2)
    path = ben.publish()
    shutil.copy(path, path.with_name(path.name.replace(".coder", " (Ben's conflicted copy).coder")))
    os.replace(path, path.with_name("from Ben.coder"))
    assert ann.news() == [("Ben", (("coding", 2),), 0)]  # once, though two files hold it
    assert len(team_look.needed(ann.found.values())) == 1
    assert {copy.who for copy in ann.found.values()} == {"Ben"}
    for left in ann.folder.iterdir():
        left.unlink()
    assert ann.news() == []
    ann.folder.rmdir()
    with pytest.raises(team.Unreachable, match="cannot be reached"):
        ann.look()


def test_what_came_in_by_another_way_is_no_news(ann: Desk, ben: Desk) -> None:
    ben.code("Not being told", 1)
    ben.publish()
    assert ann.news()
    assert ben.project.path is not None
    ann.project.merging.bring_in(ben.project.path)
    assert ann.news() == []
    ben.code("Shared experience", 2)
    ann.project.merging.bring_in(ben.publish())
    ben.code("Shared experience", 1)
    assert ann.news() == []


def test_what_was_taken_back_is_news_again(ann: Desk, ben: Desk) -> None:
    ben.code("Not being told", 1)
    (report,) = ann.project.merging.bring_in(ben.publish())
    assert ann.news() == []
    before = ann.known.lost
    ann.project.merging.take_back(report)
    ann.look()
    assert ann.known.lost == before + 1
    ann.found = {}
    assert ann.news() == [("Ben", (("coding", 1),), 0)]


def test_known_steps_follow_the_project(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Known, "AT_ONCE", 4)
    known = Known()
    parts = 0
    for _ in range(3):
        project.codes.add(f"Code {len(known.steps)}")
        while not known.read(project.connection):
            parts += 1
        assert known.steps == team_look.steps_in(project.connection)
    assert known.lost == 0
    assert parts


def test_every_kind_is_a_table_of_the_study() -> None:
    assert set(team_look.KINDS) <= {table.name for table in schema.RECORDED}
