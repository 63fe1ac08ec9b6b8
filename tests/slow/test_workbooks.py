"""LibreOffice opens and computes the workbooks of the sample study, and opens the Word documents."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from coder_app.formats import exports
from coder_app.formats.sample import build_sample
from coder_app.project.comparing import UNITS, Choice
from coder_app.project.project import Project

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study's exports, and in ``again`` the workbooks as LibreOffice computed them."""
    made = tmp_path_factory.mktemp("workbooks")
    build_sample(made / "sample.coder")
    with Project.open(made / "sample.coder", read_only=True) as project:
        for unit in UNITS:
            options = exports.Options(comparison=Choice(unit=unit))
            exports.export("agreement", project, made / f"agreement-{unit}.xlsx", options)
        exports.export("codebook", project, made / "codebook.xlsx")
        exports.export("quotes", project, made / "quotes.xlsx")
        exports.export("quotes", project, made / "quotes.docx")
        exports.export("member-check", project, made)
    converted(made, "xlsx", "again", *made.glob("*.xlsx"))
    converted(made, "pdf", "printed", *made.glob("*.docx"))
    return made


def converted(folder: Path, kind: str, into: str, *files: Path) -> None:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / into)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)


@pytest.mark.parametrize("unit", UNITS)
def test_the_formulas_give_our_values(folder: Path, unit: str) -> None:
    formulas = load_workbook(folder / f"agreement-{unit}.xlsx")
    computed = load_workbook(folder / "again" / f"agreement-{unit}.xlsx", data_only=True)
    differences = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                value = computed[sheet.title][cell.coordinate].value
                assert not str(value).startswith(("#", "Err:")), (sheet.title, cell.coordinate, value)
                if "differs" in cell.value:
                    assert value == 0, (sheet.title, cell.coordinate, value)
                    differences += 1
    assert differences > 400


@pytest.mark.parametrize("name", ["codebook", "quotes"])
def test_tables_come_back_as_they_were(folder: Path, name: str) -> None:
    ours, theirs = load_workbook(folder / f"{name}.xlsx"), load_workbook(folder / "again" / f"{name}.xlsx")
    assert ours.sheetnames == theirs.sheetnames
    for sheet in ours:
        for row in sheet.iter_rows():
            for cell in row:
                assert theirs[sheet.title][cell.coordinate].value == cell.value


def test_documents_can_be_opened_and_printed(folder: Path) -> None:
    printed = {path.stem for path in (folder / "printed").glob("*.pdf")}
    assert printed == {"quotes", "P1", "P2", "P3", "P4", "P5", "P6"}
