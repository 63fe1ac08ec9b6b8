"""The table of exports, as the command line, the window and a worker process use it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from openpyxl import load_workbook
from studies import coder_named, make_study

from coder_app.core.errors import UserError
from coder_app.formats import exports
from coder_app.formats.exports import KINDS, Options, export, export_snapshot
from coder_app.project.comparing import Choice
from coder_app.project.project import Project


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with make_study(tmp_path / "study.coder") as made:
        yield made


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_writes_what_it_says(study: Project, tmp_path: Path, kind: str) -> None:
    seen: list[tuple[int, int]] = []
    written = export(kind, study, tmp_path / KINDS[kind].file_name, progress=lambda *at: seen.append(at))
    assert written
    assert all(file.is_file() for file in written)
    assert seen[-1][0] <= seen[-1][1]
    assert KINDS[kind].is_folder == (tmp_path / KINDS[kind].file_name).is_dir()


def test_a_wrong_kind_and_a_wrong_ending(study: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no export “poster”"):
        export("poster", study, tmp_path / "x")
    with pytest.raises(UserError, match=r"must end in \.xlsx or \.docx"):
        export("quotes", study, tmp_path / "quotes.pdf")
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == ["study.coder"]


def test_a_worker_process_exports_a_snapshot(study: Project, tmp_path: Path) -> None:
    choice = Choice((coder_named(study, "Ann"), coder_named(study, "Ben")), unit="sentence")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        out = tmp_path / "a.xlsx"
        job = pool.submit(export_snapshot, study.snapshot(), "agreement", out, Options(comparison=choice))
        assert job.result(timeout=60) == [out]
    assert load_workbook(out).sheetnames[:3] == ["Summary", "Per code", "Per transcript"]


def test_the_table_loads_no_office_library() -> None:
    code = "import sys, coder_app.formats.exports; print({'openpyxl', 'docx', 'PySide6'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
    assert exports.KINDS is KINDS
