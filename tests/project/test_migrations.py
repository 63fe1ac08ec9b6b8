"""Project files of older versions, made by those versions, brought to today's."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coder_app.core.errors import UserError
from coder_app.core.model import Status
from coder_app.project import backups
from coder_app.project.checking import check
from coder_app.project.project import Project

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A project as version 1 wrote it: two coders, one transcript, a theme with a code."""
    return Path(shutil.copy(DATA / "version-1.coder", tmp_path / "study.coder"))


def test_version_1_is_backed_up_migrated_and_whole(first: Path, home: Path) -> None:
    with Project.open(first, coder="Ada") as project:
        assert check(project).problems == ()
        (document,) = project.documents.all()
        text = project.documents.content(document.guid).text
        assert sorted(text[c.start : c.end] for c in project.codings.all()) == [
            "I felt alone.",
            "Then she came.",
            "felt alone.",
        ]
        assert Status.FINISHED in project.documents.statuses().values()
        assert [memo.text for memo in project.memos.all()] == ["Her first words."]
        assert [backup.note for backup in backups.list_for(project.guid)] == ["before version 2"]
        project.undo()  # the memo, written by the older version
        assert project.memos.all() == []
        assert check(project).ok
    with Project.open(first) as project:
        assert len(backups.list_for(project.guid)) == 1  # nothing to migrate any more


def test_two_copies_migrated_apart_hold_the_same_study(first: Path, tmp_path: Path, home: Path) -> None:
    other = Path(shutil.copy(first, tmp_path / "copy.coder"))
    with Project.open(first) as one, Project.open(other) as two:
        assert check(one).fingerprint == check(two).fingerprint


def test_version_1_opened_for_reading_stays_as_it_is(first: Path, home: Path) -> None:
    before = first.read_bytes()
    with Project.open(first, coder="Ada", read_only=True) as project:
        assert project.read_only
        assert len(project.codings.all()) == 3
        assert check(project).ok
        with pytest.raises(UserError, match="for reading only"):
            project.set_name("Other")
        assert backups.list_for(project.guid) == []
    assert first.read_bytes() == before
