"""The audit trail in Excel: a row for each action, texts that stay texts."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from coder_app.formats.exports import Options, export
from coder_app.project.audit import AuditKind, Wanted
from coder_app.project.project import Project


def rows(path: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(path)["Audit trail"].iter_rows(values_only=True))


def test_each_action_is_a_row_and_hostile_names_stay_text(project: Project, tmp_path: Path) -> None:
    project.codes.add("=1+1")
    out = tmp_path / "audit.xlsx"
    export("audit-trail", project, out)
    header, *actions = rows(out)
    assert header == (
        "Number", "Date and time", "Coder", "What was done", "About", "Action", "Taken back",
    )  # fmt: skip
    assert len(actions) == project.audit.count()
    assert actions[0][3] == "Ann began the project “Small study”."
    assert actions[-1][2:] == ("Ann", "Ann made the code “=1+1”.", "codebook", "New code: =1+1", None)
    sheet = load_workbook(out)["Audit trail"]
    assert sheet.freeze_panes == "A2"
    assert {cell.data_type for cell in sheet["F"]} == {"s"}


def test_only_some_coders_actions(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "audit.xlsx"
    ben = project.coders.named("Ben").guid
    export("audit-trail", project, out, Options(coders=(ben,)))
    assert [row[3] for row in rows(out)[1:]] == ["Ben joined the project as a coder."]


def test_what_is_filtered_and_a_story(project: Project, tmp_path: Path) -> None:
    theme = project.codes.tree().named("Trust")[0].guid
    project.codes.rename(theme, "Trust and fear")
    project.undo()
    out = tmp_path / "audit.xlsx"
    export("audit-trail", project, out, Options(trail=Wanted(kinds=(AuditKind.CODEBOOK,))))
    told = [(row[3], row[6]) for row in rows(out)[1:]]
    assert len(told) == 5
    assert told[-2:] == [
        ("Ann renamed “Trust” to “Trust and fear”.", "yes"),
        ("Ann took back “Rename: Trust to Trust and fear”: renamed “Trust and fear” to “Trust”.", None),
    ]
    export("audit-trail", project, out, Options(trail=Wanted(story=theme)))
    book = load_workbook(out)
    assert book.properties.title == "Small study: how “Trust” came to be"
    assert [row[3] for row in book["Story"].iter_rows(values_only=True)][1] == "Ann made the theme “Trust”."
