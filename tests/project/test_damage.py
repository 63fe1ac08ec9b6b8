"""Damage by chance in a project's file: it is refused with a sentence, or everything works."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from damage import damage, use, whole_study

from coder_app.project.checking import check
from coder_app.project.project import Project

CASES = 8


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "study.coder"
    whole_study(path)
    return path


def test_the_study_is_whole(study: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.coder"
    shutil.copy(study, copy)
    with Project.open(copy) as project:
        assert check(project).problems == ()
    assert use(copy, tmp_path / "out", ("codebook", "quotes", "member-check"), whole=True) == ""


@pytest.mark.parametrize("seed", range(CASES))
def test_damage_is_refused_or_does_no_harm(study: Path, tmp_path: Path, seed: int) -> None:
    copy = tmp_path / "copy.coder"
    shutil.copy(study, copy)
    damage(copy, seed)
    before = copy.read_bytes()
    refused = use(copy, tmp_path / "out", ("codebook", "member-check"))
    if refused:
        assert re.fullmatch(r"“copy\.coder” [^\n]{10,200}\.", refused)
        assert copy.read_bytes() == before
