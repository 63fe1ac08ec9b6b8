"""Files are made whole or not at all; names of files suit every system."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.errors import Cancelled, UserError
from coder_app.formats.output import file_names, filling, replacing, safe_name


def interrupted(draft: Path, error: Exception) -> None:
    draft.write_text("half")
    raise error


def test_a_file_takes_the_place_of_the_old_one_only_when_it_is_whole(tmp_path: Path) -> None:
    out = tmp_path / "new folder" / "a.txt"
    with replacing(out) as draft:
        draft.write_text("one")
        assert not out.exists()
    assert out.read_text() == "one"
    with pytest.raises(Cancelled), replacing(out) as draft:
        interrupted(draft, Cancelled())
    assert out.read_text() == "one"
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "read-only"), (errno.EIO, "was not written")],
)
def test_what_the_system_says_becomes_one_sentence(tmp_path: Path, number: int, words: str) -> None:
    out = tmp_path / "a.txt"
    with pytest.raises(UserError, match=words) as caught, replacing(out) as draft:
        interrupted(draft, OSError(number, os.strerror(number)))
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_program_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "a.xlsx"
    out.write_text("old")

    def locked(*_: object) -> None:
        raise PermissionError(errno.EACCES, "locked")

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(UserError, match="open in another program"), replacing(out) as draft:
        draft.write_text("new")
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


def test_a_folder_where_a_file_is_meant_and_the_other_way_round(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="is a folder"), replacing(tmp_path / "folder"):
        pytest.fail("nothing to write to")
    with pytest.raises(UserError, match="is a file"), filling(tmp_path / "file"):
        pytest.fail("nothing to fill")
    with pytest.raises(UserError), replacing(tmp_path / "file" / "a.txt"):
        pytest.fail("nothing to write to")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UserError, match="may not be changed"), replacing(tmp_path / "a.txt") as draft:
        draft.write_text("x")


def test_a_folder_is_filled_at_once_and_keeps_what_is_foreign(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("foreign")
    (out / "a.txt").write_text("old")
    with filling(out) as draft:
        (draft / "a.txt").write_text("new")
        (draft / "b.txt").write_text("new")
        assert (out / "a.txt").read_text() == "old"
    assert {p.name: p.read_text() for p in out.iterdir()} == {
        "a.txt": "new",
        "b.txt": "new",
        "mine.txt": "foreign",
    }
    with pytest.raises(Cancelled), filling(out) as draft:
        interrupted(draft / "a.txt", Cancelled())
    assert (out / "a.txt").read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("P1", "P1"),
        ("a/b\\c:d", "a_b_c_d"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("conference", "conference"),
        (" P1. ", "P1"),
        ("\x00\x1f\u202eP1", "P1"),
        ("한국어 🙂", "한국어 🙂"),
        ('"<|?*>', "______"),
    ],
)
def test_names_of_files(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.lists(st.text(max_size=400), max_size=8))
def test_names_of_files_are_different_short_and_safe(names: list[str]) -> None:
    made = file_names(names, ".docx")
    assert len({name.casefold() for name in made}) == len(names)
    for name in made:
        assert len(name.encode()) < 200
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert name == name.strip(" .")


def test_labels_that_differ_in_case_alone() -> None:
    assert file_names(["P1", "p1", "P1"], ".docx") == ["P1.docx", "p1 (2).docx", "P1 (3).docx"]
