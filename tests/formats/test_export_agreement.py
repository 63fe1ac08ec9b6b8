"""The agreement workbook: our values, and live formulas that recompute them from the counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from agreement_books import check_formulas, third_coder, with_meaning_units, write
from golden import assert_golden
from helpers import document_of
from openpyxl import load_workbook
from studies import as_text, coder_named, make_study, table

from coder_app import __version__
from coder_app.core.model import Level
from coder_app.formats import agreement_sets
from coder_app.project.comparing import UNITS, Choice
from coder_app.project.project import Project


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with make_study(tmp_path / "study.coder") as made:
        yield made


def test_the_workbook_as_it_stands(study: Project, tmp_path: Path) -> None:
    write(study, tmp_path / "a.xlsx", Choice())
    text = as_text(tmp_path / "a.xlsx").replace(f"coder-app {__version__}", "coder-app")
    assert_golden("agreement.txt", text)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("level", [Level.CODE, Level.THEME])
@pytest.mark.parametrize("coders", [2, 3])
def test_formulas_give_our_values(
    study: Project, tmp_path: Path, unit: str, level: Level, coders: int
) -> None:
    if coders == 3:
        third_coder(study)
    with_meaning_units(study)
    out = tmp_path / "a.xlsx"
    compared = write(study, out, Choice(unit=unit, level=level, include_unfinished=True))
    assert len(compared.result.coders) == coders
    least = {"match": 20, "unitizing": 10}.get(unit, 70)
    assert check_formulas(out) >= least


def test_counts_and_coefficients_of_each_code(study: Project, tmp_path: Path) -> None:
    write(study, tmp_path / "a.xlsx", Choice((coder_named(study, "Ann"), coder_named(study, "Ben"))))
    rows = {row["Code"]: row for row in table(tmp_path / "a.xlsx", "Per code")}
    assert list(rows) == ["Trust", "Not being told", "Guest", "=1+1", "Never used", "Free one"][1:]
    told = rows["Not being told"]
    assert [told[name] for name in ("Both", "Only Ann", "Only Ben", "Neither")] == [1, 0, 0, 2]
    assert told["Cohen's kappa"] == 1
    guest = rows["Guest"]
    assert [guest[name] for name in ("Both", "Only Ann", "Only Ben", "Neither")] == [0, 1, 1, 1]
    unused = rows["Never used"]
    assert (unused["Percent agreement"], unused["Cohen's kappa"], unused["Positive agreement"]) == (
        1,
        "–",
        "–",
    )
    assert unused["Why undefined"] == (
        "no variation: Cohen's kappa, Krippendorff's alpha, Positive agreement, Scott's pi"
    )


def test_where_the_coders_differ(study: Project, tmp_path: Path) -> None:
    write(study, tmp_path / "a.xlsx", Choice())
    rows = table(tmp_path / "a.xlsx", "Disagreements")
    assert [(row["Transcript"], row["Turn"], row["Unit"]) for row in rows] == [
        ("Interview P1", 2, 1),
        ("Interview P1", 4, 2),
    ]
    first = rows[0]
    assert first["Text"] == "Strange. Nobody told me. I felt like a guest."
    assert (first["Codes of Ann"], first["Codes of Ben"]) == ("Not being told\nGuest", "Not being told")
    assert first["Words marked by Ben"] == "Not being told: Nobody told me. I felt"


def test_what_was_left_out_is_told(study: Project, tmp_path: Path) -> None:
    write(study, tmp_path / "a.xlsx", Choice())
    rows = list(load_workbook(tmp_path / "a.xlsx")["Summary"].iter_rows(values_only=True))
    facts = dict(row[:2] for row in rows)
    assert facts["Coders"] == "Ann, Ben"
    assert facts["Transcripts"] == "2: Interview P1; Interview P2"
    notes = [row[1] for row in rows if row[0] == "Note"]
    assert notes == [
        "Left out, not finished by all: “Focus group”.",
        "Left out: 3 turns of interviewers and others.",
    ]
    assert facts["Units compared"] == 3
    assert facts["Words of interviewers"] == "left out"
    assert facts["Codes used"] == "3 of 4 codes shared (Ann: 4, Ben: 3)"


def test_nothing_coded_at_all_is_undefined(study: Project, tmp_path: Path) -> None:
    group = study.documents.titled("Focus group").guid
    cleo = study.coders.add("Cleo")
    choice = Choice((coder_named(study, "Ben"), cleo), documents=(group,), include_unfinished=True)
    write(study, tmp_path / "a.xlsx", choice)
    check_formulas(tmp_path / "a.xlsx")
    rows = list(load_workbook(tmp_path / "a.xlsx")["Summary"].iter_rows(values_only=True))
    values = {row[0]: (row[1], row[10]) for row in rows}
    assert values["Cohen's kappa, pooled over codes"] == ("–", "undefined: no variation")
    assert values["Krippendorff's alpha, MASI distance"] == ("–", "undefined: no variation")
    code = next(row for row in rows if row[0] == "Code")
    assert code[1:4] == (0, 0, "–")


def test_no_unit_at_all(study: Project, tmp_path: Path) -> None:
    (silent,) = study.documents.add([document_of("Silent", ("Interviewer", "Hello?"))])
    coders = (coder_named(study, "Ann"), coder_named(study, "Ben"))
    for unit in UNITS:
        if unit == "meaning-unit":
            continue
        choice = Choice(coders, unit=unit, documents=(silent,), include_unfinished=True)
        assert write(study, tmp_path / "a.xlsx", choice).result.n_units == 0
        check_formulas(tmp_path / "a.xlsx")


def test_intervals_are_shown_with_their_seed(study: Project, tmp_path: Path) -> None:
    write(study, tmp_path / "a.xlsx", Choice(unit="sentence", include_unfinished=True), resamples=100)
    check_formulas(tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert any("95 % from" in row for row in book["Summary"].iter_rows(values_only=True))
    assert any("100 resamples" in str(row[1]) for row in book["Method"].iter_rows(values_only=True))


def test_too_many_sets_to_lay_out(study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agreement_sets, "MOST_PAIRS", 0)
    write(study, tmp_path / "a.xlsx", Choice())
    book = load_workbook(tmp_path / "a.xlsx")
    assert "Pairs of sets" not in book.sheetnames
    values = {row[0]: (row[2], row[10]) for row in book["Summary"].iter_rows(values_only=True)}
    assert values["Krippendorff's alpha, MASI distance"] == (
        None,
        "not recomputed: too many different sets of codes to lay out",
    )
    assert str(values["Krippendorff's alpha, sets alike or not"][0]).startswith("=")
    check_formulas(tmp_path / "a.xlsx")


def test_hostile_names_stay_text_and_formulas_only_ours(study: Project, tmp_path: Path) -> None:
    third_coder(study)
    ben = coder_named(study, "Ben")
    study.coders.rename(ben, "=HYPERLINK('x')!A1")
    study.set_name("+1 [a]/b")
    study.documents.rename(study.documents.all()[0].guid, "=cmd|' /C calc'!A0")
    write(study, tmp_path / "a.xlsx", Choice())
    check_formulas(tmp_path / "a.xlsx")
    for sheet in load_workbook(tmp_path / "a.xlsx"):
        assert len(sheet.title) <= 31
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert "cmd" not in cell.value
                    assert "HYPERLINK" not in cell.value
