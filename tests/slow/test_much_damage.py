"""Much damage by chance, on the command line's ways and in the window's pages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from damage import EXPORTS, damage, use, whole_study

from coder_app.core.errors import UserError
from coder_app.project.project import Project

CASES = 300
SHOWN = 20
WINDOW = Path(__file__).parents[1] / "damage_window.py"


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "study.coder"
    whole_study(path)
    return path


@pytest.mark.parametrize("tens", range(CASES // 10))
def test_damage_is_refused_or_does_no_harm(study: Path, tmp_path: Path, tens: int) -> None:
    copy = tmp_path / "copy.coder"
    for seed in range(10 * tens, 10 * tens + 10):
        shutil.copy(study, copy)
        done = damage(copy, seed)
        try:
            use(copy, tmp_path / "out", tuple(EXPORTS) if seed % 10 == 0 else ("codebook", "member-check"))
        except BaseException as error:
            error.add_note(f"seed {seed}: {done}")
            raise


def test_the_window_shows_what_opens(study: Path, tmp_path: Path) -> None:
    files, done = [study], {str(study): "nothing"}
    for seed in range(1000, 2000):
        copy = tmp_path / f"{seed}.coder"
        shutil.copy(study, copy)
        done[str(copy)] = damage(copy, seed)
        try:
            Project.open(copy, read_only=True).close()
        except UserError:
            continue
        files.append(copy)
        if len(files) > SHOWN:
            break
    command = [sys.executable, str(WINDOW), *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=1800)
    hurt = [
        f"{line} after {done[line.rpartition(': ')[0]]}"
        for line in run.stdout.splitlines()
        if "shown" not in line
    ]
    assert not hurt, "\n".join([*hurt, run.stderr[-4000:]])
    assert run.returncode == 0, run.stderr[-4000:]
    assert len(run.stdout.splitlines()) == len(files)
