"""LibreOffice opens and computes the workbooks of the sample study, and opens the Word documents."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from agreement_books import settled_round, third_coder, with_meaning_units
from openpyxl import load_workbook
from studies import coder_named, make_study
from workbooks import check_workbook

from coder_app.core.model import Level
from coder_app.formats import exports
from coder_app.formats.sample import build_sample
from coder_app.project.comparing import UNITS, Choice
from coder_app.project.project import Project

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")

SAMPLE = {
    "two-turn": Choice(),
    "two-character": Choice(unit="character"),
    "two-match": Choice(unit="match"),
    "two-unitizing": Choice(unit="unitizing"),
    "settled": Choice(level=Level.CATEGORY),
}
"""The sample study, two coders."""
SMALL: dict[str, Callable[[Project], Choice]] = {
    **{f"three-{unit}": lambda _, unit=unit: Choice(unit=unit, include_unfinished=True) for unit in UNITS},
    "three-themes": lambda _: Choice(level=Level.THEME, include_unfinished=True),
    "undefined": lambda p: Choice(
        (coder_named(p, "Ben"), coder_named(p, "Cleo =1")),
        documents=(p.documents.titled("Focus group").guid,),
        include_unfinished=True,
    ),
}
"""The small study of three coders, one of whom left a transcript uncoded."""


LEAST = {"two-turn": 900, "two-character": 900, "three-match": 40, "three-unitizing": 20, "undefined": 50}
"""How many figures a workbook recomputes at least; 100 for the others."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Exports of the studies, and in ``again`` the workbooks as LibreOffice computed them."""
    made = tmp_path_factory.mktemp("workbooks")
    build_sample(made / "sample.coder")
    with Project.open(made / "sample.coder", coder="Aylin Kaya") as project:
        exports.export("codebook", project, made / "codebook.xlsx")
        exports.export("quotes", project, made / "quotes.xlsx")
        exports.export("quotes", project, made / "quotes.docx")
        exports.export("member-check", project, made)
        for name, choice in SAMPLE.items():
            if name == "settled":
                settled_round(project, Choice())
            save(project, made / f"agreement-{name}.xlsx", choice)
    with make_study(made / "small.coder") as study:
        third_coder(study)
        with_meaning_units(study)
        settled_round(study, Choice(include_unfinished=True))
        for name, chosen in SMALL.items():
            save(study, made / f"agreement-{name}.xlsx", chosen(study))
    converted(made, "xlsx", "again", *made.glob("*.xlsx"))
    converted(made, "pdf", "printed", *made.glob("*.docx"))
    return made


def save(project: Project, out: Path, choice: Choice) -> None:
    exports.export("agreement", project, out, exports.Options(comparison=choice, resamples=20))


def converted(folder: Path, kind: str, into: str, *files: Path) -> None:
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / into)]
    subprocess.run([*command, *map(str, files)], check=True, capture_output=True, timeout=300)


@pytest.mark.parametrize("name", [*SAMPLE, *SMALL])
def test_the_formulas_give_our_values(folder: Path, name: str) -> None:
    rows = check_workbook(folder / f"agreement-{name}.xlsx")
    formulas = load_workbook(folder / f"agreement-{name}.xlsx")
    computed = load_workbook(folder / "again" / f"agreement-{name}.xlsx", data_only=True)
    assert computed.sheetnames == formulas.sheetnames == list(rows)
    differences = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                value = computed[sheet.title][cell.coordinate].value
                if cell.data_type != "f":
                    if not cell.is_date:
                        assert value == pytest.approx(cell.value), (sheet.title, cell.coordinate, value)
                    continue
                assert value is not None, (sheet.title, cell.coordinate)
                assert not str(value).startswith(("#", "Err:")), (sheet.title, cell.coordinate, value)
                if "differs" in str(cell.value):
                    assert value == 0, (sheet.title, cell.coordinate, value)
                    differences += 1
    assert differences >= LEAST.get(name, 100)


@pytest.mark.parametrize("name", ["codebook", "quotes"])
def test_tables_come_back_as_they_were(folder: Path, name: str) -> None:
    check_workbook(folder / f"{name}.xlsx")
    ours, theirs = load_workbook(folder / f"{name}.xlsx"), load_workbook(folder / "again" / f"{name}.xlsx")
    assert ours.sheetnames == theirs.sheetnames
    for sheet in ours:
        for row in sheet.iter_rows():
            for cell in row:
                assert theirs[sheet.title][cell.coordinate].value == cell.value


def test_documents_can_be_opened_and_printed(folder: Path) -> None:
    printed = {path.stem for path in (folder / "printed").glob("*.pdf")}
    assert printed == {"quotes", "P1", "P2", "P3", "P4", "P5", "P6"}
