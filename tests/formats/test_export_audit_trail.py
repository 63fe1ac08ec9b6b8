"""The audit trail in Excel: a row for each action, texts that stay texts."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from coder_app.formats.exports import Options, export
from coder_app.project.project import Project


def rows(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path)["Audit trail"].iter_rows(values_only=True))


def test_each_action_is_a_row_and_hostile_names_stay_text(project: Project, tmp_path: Path) -> None:
    project.codes.add("=1+1")
    out = tmp_path / "audit.xlsx"
    export("audit-trail", project, out)
    header, *actions = rows(out)
    assert header == ("Number", "Date and time", "Coder", "What was done", "About", "Action")
    assert len(actions) == project.audit.count()
    assert actions[0][3] == "Ann began the project “Small study”."
    assert actions[-1][2:] == ("Ann", "Ann made the code “=1+1”.", "codebook", "New code: =1+1")
    sheet = load_workbook(out)["Audit trail"]
    assert sheet.freeze_panes == "A2"
    assert {cell.data_type for cell in sheet["F"]} == {"s"}


def test_only_some_coders_actions(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "audit.xlsx"
    ben = project.coders.named("Ben").guid
    export("audit-trail", project, out, Options(coders=(ben,)))
    assert [row[3] for row in rows(out)[1:]] == ["Ben joined the project as a coder."]
