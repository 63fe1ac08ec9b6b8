"""``compare`` on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from coder_app.cli import main
from coder_app.project.project import Project


@pytest.fixture
def copies(project: Project, tmp_path: Path) -> tuple[Path, Path]:
    """The study, and a copy in which Ben has coded."""
    assert project.path is not None
    project.close()
    other = Path(shutil.copy(project.path, tmp_path / "ben.coder"))
    with Project.open(other, coder="Ben") as theirs:
        code = theirs.codes.tree().named("Not being told")[0].guid
        theirs.codings.apply(theirs.documents.all()[0].guid, 0, 11, code)
        theirs.codes.rename(code, "Uninformed")
    return project.path, other


def test_the_counts_come_first_then_the_sentences(
    copies: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    study, other = copies
    before = study.read_bytes(), other.read_bytes()
    assert main(["compare", str(study), str(other)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Transcripts: 1 different.",
        "Codebook: 1 different.",
        "Codings: 1 only in ben.coder.",
        "Actions: 0 only here, 2 only in ben.coder.",
        "",
        "Transcripts, different:",
        "  Ben with “Interview P1”: not started here, in progress there.",
        "",
        "Codebook, different:",
        "  A code is called: “Not being told” here, “Uninformed” there.",
        "",
        "Codings, only in ben.coder:",
        "  Ben: “Uninformed” on “Interviewer” in “Interview P1”.",
    ]
    assert (study.read_bytes(), other.read_bytes()) == before
    assert main(["compare", str(other), str(study), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["counts"]["codings"] == {"here": 1, "there": 0, "both": 0}
    assert [one["what"] for one in found["differences"] if one["topic"] == "codings"] == [
        "Ben: “Uninformed” on “Interviewer” in “Interview P1”."
    ]
    assert not found["same"]


def test_a_copy_that_is_the_same_and_files_that_are_refused(
    copies: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    study, _ = copies
    same = shutil.copy(study, tmp_path / "same.coder")
    assert main(["compare", str(study), str(same)]) == 0
    assert capsys.readouterr().out.startswith("same.coder holds the same.\n")
    Project.create(tmp_path / "foreign.coder", "Another", "Eve").close()
    for other, sentence in (
        (tmp_path / "foreign.coder", "“foreign.coder” is of another study"),
        (study, "is the project that is open here."),
        (tmp_path / "none.coder", "There is no project “none.coder” in this folder."),
    ):
        assert main(["compare", str(study), str(other)]) == 2
        told = capsys.readouterr()
        assert sentence in told.err
        assert told.out == ""
        assert len(told.err.splitlines()) == 1
