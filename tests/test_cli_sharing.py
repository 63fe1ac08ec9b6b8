"""``merge`` and ``copy`` on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from helpers import INTERVIEW

from coder_app.cli import main
from coder_app.core.model import Level
from coder_app.project.project import Project


@pytest.fixture
def study(project: Project) -> Path:
    """A closed project file of Ann's and Ben's."""
    assert project.path is not None
    project.close()
    return project.path


def fingerprint(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["check", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["ok"]
    return str(found["fingerprint"])


def test_blind_copies_are_coded_and_come_together(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copies = [tmp_path / "ben.coder", tmp_path / "zoe.coder"]
    for copy, name in zip(copies, ("Ben", "Zoe"), strict=True):
        assert main(["copy", str(study), str(copy), "--blind-for", name]) == 0
        with Project.open(copy, coder=name) as project:
            code = project.codes.tree().named("Shared experience")[0].guid
            project.codings.apply(project.documents.all()[0].guid, 0, 9, code)
    capsys.readouterr()
    before = study.read_bytes()
    assert main(["merge", str(study), *map(str, copies), "--preview", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["preview"] is True
    assert [one["new"] for one in told["merged"]] == [
        [{"coder": "Ben", "coding": 1}],
        [{"coder": "Zoe", "coding": 1}],
    ]
    assert study.read_bytes() == before
    assert main(["merge", str(study), *map(str, copies)]) == 0
    assert "New by Zoe: 1 coding." in capsys.readouterr().out
    assert main(["merge", str(study), *map(str, copies)]) == 0
    assert capsys.readouterr().out.splitlines() == ["ben.coder: nothing new.", "zoe.coder: nothing new."]
    for copy in copies:
        assert main(["merge", str(copy), str(study)]) == 0
        assert fingerprint(copy, capsys) == fingerprint(study, capsys)


def test_codes_of_a_project_of_her_own_are_told_and_may_stay_hers(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "of zoe.coder"
    with Project.create(other, "On her own", "Zoe") as hers:
        hers.documents.add([INTERVIEW])
        theme = hers.codes.add("trust", Level.THEME)
        same = hers.codes.add("Not being told", parent=theme)
        hers.codes.define(same, "short", "Her words")
        hers.codings.apply(hers.documents.all()[0].guid, 0, 9, same)
        hers.codes.add("Not Being Told")
    with Project.open(study, coder="Ann") as ours:
        ours.codes.define(ours.codes.tree().named("Not being told")[0].guid, "short", "Our words")
    separate = shutil.copy(study, tmp_path / "separate.coder")
    assert main(["merge", str(study), str(other), "--preview", "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["merged"]
    assert told["matched"] == [
        {"path": "trust", "differs": False},
        {"path": "trust › Not being told", "differs": True},
    ]
    (alike,) = told["alike"]
    assert alike == {
        "kind": "code",
        "name": "Not Being Told",
        "other_name": "Not being told",
        "why": ["the same but for capital letters"],
    }
    assert main(["merge", str(study), str(other)]) == 0
    out = capsys.readouterr().out
    assert "Taken to be the same code: “trust › Not being told”; it is defined in other words there." in out
    assert "“Not being told” and “Not Being Told” may be one (the same but for capital letters)" in out
    assert main(["merge", str(separate), str(other), "--separate-codes"]) == 0
    assert "Taken to be the same" not in capsys.readouterr().out
    with Project.open(study) as joined, Project.open(Path(separate)) as apart:
        assert len(joined.codes.tree().named("Not being told")) == 2
        assert len(apart.codes.tree().named("Not being told")) == 3


def test_one_bad_file_among_several_changes_nothing(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = Path(shutil.copy(study, tmp_path / "good.coder"))
    with Project.open(good, coder="Ben") as project:
        project.codes.add("New in the copy")
    bad = tmp_path / "bad.coder"
    bad.write_bytes(b"not a project")
    before = study.read_bytes()
    assert main(["merge", str(study), str(good), str(bad)]) == 2
    assert capsys.readouterr().err == "“bad.coder” is not a project of this program.\n"
    assert study.read_bytes() == before


def test_a_copy_never_replaces_a_file(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "there.coder"
    out.write_text("mine")
    before = study.read_bytes()
    assert main(["copy", str(study), str(out), "--blind-for", "Nobody Yet"]) == 2
    assert "already a file named “there.coder”" in capsys.readouterr().err
    assert out.read_text() == "mine"
    assert study.read_bytes() == before
