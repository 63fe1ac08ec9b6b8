"""The codebook workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from golden import assert_golden
from openpyxl import load_workbook
from studies import HOSTILE, as_text, coder_named, make_study, table

from coder_app.core.errors import Cancelled
from coder_app.core.model import Level
from coder_app.formats.codebook import write_codebook
from coder_app.project.project import Project


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with make_study(tmp_path / "study.coder") as made:
        yield made


def test_the_codebook_as_it_stands(study: Project, tmp_path: Path) -> None:
    write_codebook(study, tmp_path / "c.xlsx")
    assert_golden("codebook.txt", as_text(tmp_path / "c.xlsx"))


def test_each_node_has_a_row_with_its_levels_definition_and_counts(study: Project, tmp_path: Path) -> None:
    write_codebook(study, tmp_path / "c.xlsx")
    rows = table(tmp_path / "c.xlsx", "Codebook")
    assert list(rows[0])[:5] == ["Theme", "Category", "Subcategory", "Code", "Colour"]
    assert len(rows) == len(study.codes.tree())
    told = next(row for row in rows if row["Code"] == "Not being told")
    assert (told["Theme"], told["Category"], told["Subcategory"]) == ("Trust", "Arriving", None)
    assert (told["Quotes"], told["Participants"]) == (2, 1)
    assert (told["Exemplar"], told["Exemplar by"]) == ("Nobody told me.", "P1")
    assert told["Plain words"] == "plain of not being told"
    trust = next(row for row in rows if row["Theme"] == "Trust" and row["Category"] is None)
    assert (trust["Quotes"], trust["Quotes with below"], trust["Participants with below"]) == (0, 4, 1)


def test_one_coders_codebook_counts_her_work_alone(study: Project, tmp_path: Path) -> None:
    write_codebook(study, tmp_path / "c.xlsx", coders=[coder_named(study, "Ben")])
    rows = table(tmp_path / "c.xlsx", "Codebook")
    assert sum(row["Quotes"] for row in rows) == 3
    assert [row["Exemplar"] for row in rows if row["Exemplar"]] == []


def test_levels_left_out_renamed_and_added(study: Project, tmp_path: Path) -> None:
    study.set_level_name(Level.SUBCATEGORY, None)
    study.set_level_name(Level.CATEGORY, "Sub-theme")
    study.set_level_name(Level.CORE_THEME, "Essence")
    top = study.codes.add("=HYPERLINK(1)", Level.CORE_THEME)
    study.codes.move([g for g in study.codes.tree().roots if study.codes.tree()[g].name == "Trust"], top)
    write_codebook(study, tmp_path / "c.xlsx")
    rows = table(tmp_path / "c.xlsx", "Codebook")
    assert list(rows[0])[:5] == ["Essence", "Theme", "Sub-theme", "Code", "Colour"]
    guest = next(row for row in rows if row["Code"] == "Guest")
    assert [guest[name] for name in ("Essence", "Theme", "Sub-theme")] == [
        "=HYPERLINK(1)",
        "Trust",
        "Arriving",
    ]


def test_the_tree_is_indented_and_nothing_is_merged(study: Project, tmp_path: Path) -> None:
    write_codebook(study, tmp_path / "c.xlsx")
    book = load_workbook(tmp_path / "c.xlsx")
    assert all(not sheet.merged_cells.ranges for sheet in book)
    indents = {row[0].value: row[0].alignment.indent for row in book["Tree"].iter_rows(min_row=2)}
    assert (indents["Trust"], indents["Arriving"], indents["Guest"], indents["Free one"]) == (0, 2, 4, 0)
    colours = {row[3].value: row[4].fill.start_color.rgb for row in book["Codebook"].iter_rows(min_row=2)}
    assert colours["Guest"] == "FFB23B19"


def test_hostile_names_come_back_as_they_were(study: Project, tmp_path: Path) -> None:
    names = [name.strip() for name in HOSTILE]
    for name in names:
        if name != "=1+1":
            study.codes.add(name)
    write_codebook(study, tmp_path / "c.xlsx")
    found = [row["Code"] for row in table(tmp_path / "c.xlsx", "Codebook") if row["Theme"] is None]
    assert found[1:] == [name for name in names if name != "=1+1"]


def test_an_empty_codebook_and_a_long_definition(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.coder", "=cmd|' /C calc'!A0", "Ann") as project:
        write_codebook(project, tmp_path / "c.xlsx")
        assert table(tmp_path / "c.xlsx", "Codebook") == []
        guid = project.codes.add("Long")
        project.codes.define(guid, "full", "word " * 10_000)
        write_codebook(project, tmp_path / "c.xlsx")
        rows = table(tmp_path / "c.xlsx", "Codebook")
        assert [row["Code"] for row in rows] == ["Long", "Long"]
        assert [row["Quotes"] for row in rows] == [0, None]


def test_cancelling_leaves_the_old_file(study: Project, tmp_path: Path) -> None:
    out = tmp_path / "c.xlsx"
    out.write_text("old")

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_codebook(study, out, progress=stop)
    assert out.read_text() == "old"
