"""The agreement workbook in its parts: sheets, rounds and what was settled, rules of Excel, readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from agreement_books import check_formulas, settled_round, third_coder, with_meaning_units, write
from helpers import document_of
from openpyxl import load_workbook
from studies import code_named, code_words, coder_named, make_study, table
from workbooks import check_workbook

from coder_app.core.errors import UserError
from coder_app.core.model import Level, Status, Verdict
from coder_app.formats import exports, xlsx
from coder_app.project.comparing import UNITS, Choice
from coder_app.project.consensus import Decision
from coder_app.project.project import Project

MAIN = ["Summary", "Per code", "Per transcript", "Confusion", "Units", "Disagreements", "Consensus"]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with make_study(tmp_path / "study.coder") as made:
        yield made


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("coders", [2, 3])
def test_every_workbook_keeps_the_rules(study: Project, tmp_path: Path, unit: str, coders: int) -> None:
    if coders == 3:
        third_coder(study)
    with_meaning_units(study)
    settled_round(study, Choice(unit=unit, include_unfinished=True))
    write(study, tmp_path / "a.xlsx", Choice(unit=unit, include_unfinished=True))
    rows = check_workbook(tmp_path / "a.xlsx")
    assert list(rows)[:9] == [*MAIN, "Rounds", "Method"]
    assert {name for name, count in rows.items() if count < 2} <= {"Pairs of sets"}, rows
    check_formulas(tmp_path / "a.xlsx")


def test_each_transcript_has_its_rows(study: Project, tmp_path: Path) -> None:
    write(study, tmp_path / "a.xlsx", Choice())
    rows = table(tmp_path / "a.xlsx", "Per transcript")
    found = [
        (r["Transcript"], r["Agreed, coded units"], r["Coded units"]) for r in rows if r["Level"] == "Code"
    ]
    assert found == [("Interview P1", 0, 2), ("Interview P2", 1, 1)]


def test_confusion_lists_what_stands_beside_what(study: Project, tmp_path: Path) -> None:
    write(study, tmp_path / "a.xlsx", Choice())
    rows = table(tmp_path / "a.xlsx", "Confusion")
    assert [(r["Code of the first"], r["Code of the second"], r["Units"]) for r in rows] == [
        ("Not being told", "Not being told", 1),
        ("Guest", "(no code)", 1),
        ("=1+1", "Guest", 1),
        ("Free one", "Free one", 1),
    ]
    matrix = list(load_workbook(tmp_path / "a.xlsx")["Confusion matrix"].iter_rows(values_only=True))
    assert matrix[0][1:5] == ("Not being told", "Guest", "=1+1", "Free one")
    assert matrix[3][:3] == ("=1+1", None, 1)


def test_units_hold_every_unit_with_both_versions(study: Project, tmp_path: Path) -> None:
    write(study, tmp_path / "a.xlsx", Choice(include_unfinished=True))
    rows = table(tmp_path / "a.xlsx", "Units")
    assert [(r["Transcript"], r["Unit"], r["Alike"]) for r in rows] == [
        ("Interview P1", 1, "differ"),
        ("Interview P1", 2, "differ"),
        ("Interview P2", 1, "alike"),
        ("Focus group", 1, "differ"),
        ("Focus group", 2, "differ"),
        ("Focus group", 3, "nobody"),
    ]
    text = study.documents.content(study.documents.titled("Interview P1").guid).text
    assert text[rows[0]["From"] : rows[0]["To"]] == rows[0]["Text"]
    assert rows[5]["Codes of Ann"] is None


def test_matched_spans_stand_side_by_side(study: Project, tmp_path: Path) -> None:
    write(study, tmp_path / "a.xlsx", Choice(unit="match", threshold=0.6))
    rows = table(tmp_path / "a.xlsx", "Units")
    first = rows[0]
    assert (first["Code"], first["Alike"]) == ("Not being told", "alike")
    assert (first["Words marked by Ann"], first["Words marked by Ben"]) == (
        "Nobody told me.",
        "Nobody told me. I felt",
    )
    assert (first["Characters in common"], first["Characters of both together"]) == (15, 22)
    alone = table(tmp_path / "a.xlsx", "Disagreements")
    assert [(r["Coder"], r["Code"], r["Has no match by"]) for r in alone] == [
        ("Ann", "Guest", "Ben"),
        ("Ann", "=1+1", "Ben"),
        ("Ben", "Guest", "Ann"),
    ]


def test_segments_of_unitizing(study: Project, tmp_path: Path) -> None:
    write(study, tmp_path / "a.xlsx", Choice(unit="unitizing"))
    rows = table(tmp_path / "a.xlsx", "Units")
    same = "Of these given the same code by others"
    assert [(r["Coder"], r["Code"], r["Characters"], r[same], r["Alike"]) for r in rows][:3] == [
        ("Ann", "Not being told", 15, 15, "alike"),
        ("Ben", "Not being told", 22, 15, "in part"),
        ("Ann", "Guest", 20, 0, "alone"),
    ]


def test_before_and_after_what_was_settled(study: Project, tmp_path: Path) -> None:
    guid = study.rounds.make("First round", Choice())
    document = study.documents.titled("Interview P1").guid
    content = study.documents.content(document)
    start = content.text.index("Strange.")
    end = start + len("Strange. Nobody told me. I felt like a guest.")
    told = code_named(study, "Not being told")
    ann = coder_named(study, "Ann")
    decision = Decision(document, start, end, Verdict.TAKE, ((told, start, end),), ann, "=we looked again")
    study.consensus.settle(guid, decision)
    code_words(study, "Interview P2", "He sat with a man", "Guest")  # later work changes no round
    write(study, tmp_path / "a.xlsx", Choice())
    (row,) = table(tmp_path / "a.xlsx", "Consensus")
    assert row["Round"] == "First round"
    assert row["Text"] == "Strange. Nobody told me. I felt like a guest."
    assert (row["Codes of Ann"], row["Codes of Ben"]) == ("Not being told\nGuest", "Not being told")
    assert (row["Decision"], row["Codes settled on"]) == ("version of Ann", "Not being told")
    assert (row["Reason"], row["Settled by"]) == ("=we looked again", "Ann")
    assert row["When (UTC)"].year == 2001
    rounds = table(tmp_path / "a.xlsx", "Rounds")
    counts = [(r["Figures"], r["Agreed, coded units"], r["Coded units"]) for r in rounds]
    assert counts == [("before discussion", 1, 3), ("after discussion", 2, 3)]
    assert [(r["Passages settled"], r["Left open"]) for r in rounds] == [(1, 0), (1, 0)]
    method = {row["What"]: row["How"] for row in table(tmp_path / "a.xlsx", "Method")}
    assert method["Round “First round”"] == (
        "before discussion: 1 of 3 coded units alike (33.3 %);"
        " after discussion: 2 of 3 coded units alike (66.7 %)"
    )
    check_formulas(tmp_path / "a.xlsx")


def test_a_code_made_while_settling(study: Project, tmp_path: Path) -> None:
    guid = study.rounds.make("First round", Choice())
    new = study.codes.add("Made later", Level.CODE)
    unit = study_unit(study)
    study.consensus.settle(guid, Decision(*unit, Verdict.OTHER, ((new, *unit[1:]),)))
    write(study, tmp_path / "a.xlsx", Choice())
    (row,) = table(tmp_path / "a.xlsx", "Consensus")
    assert (row["Decision"], row["Codes settled on"]) == ("another code or place", "Made later")
    counts = [(r["Agreed, coded units"], r["Coded units"]) for r in table(tmp_path / "a.xlsx", "Rounds")]
    assert counts == [(1, 3), (2, 3)]


def study_unit(project: Project) -> tuple[str, int, int]:
    document = project.documents.titled("Interview P1").guid
    start = project.documents.content(document).text.index("Strange.")
    return document, start, start + len("Strange. Nobody told me. I felt like a guest.")


def test_left_open_is_told_and_changes_nothing(study: Project, tmp_path: Path) -> None:
    guid = study.rounds.make("First round", Choice())
    study.consensus.settle(guid, Decision(*study_unit(study), Verdict.DISCUSS, reason="ask Mara"))
    write(study, tmp_path / "a.xlsx", Choice())
    (row,) = table(tmp_path / "a.xlsx", "Consensus")
    assert (row["Decision"], row["Codes settled on"]) == ("to be discussed", None)
    (only,) = table(tmp_path / "a.xlsx", "Rounds")
    assert (only["Figures"], only["Passages settled"], only["Left open"]) == ("before discussion", 0, 1)


def test_the_workbook_of_a_round_stays_as_it_was(study: Project, tmp_path: Path) -> None:
    guid = study.rounds.make("First round", Choice())
    code_words(study, "Interview P2", "He sat with a man", "Guest")
    study.codes.rename(code_named(study, "Free one"), "Renamed")
    exports.export("agreement", study, tmp_path / "r.xlsx", exports.Options(round=guid))
    exports.export("agreement", study, tmp_path / "now.xlsx")
    assert [r["Codes of Ann"] for r in table(tmp_path / "r.xlsx", "Units")][2] == "Free one"
    assert [r["Codes of Ann"] for r in table(tmp_path / "now.xlsx", "Units")][2] == "Guest\nRenamed"
    head = dict(row[:2] for row in _rows(tmp_path / "r.xlsx", "Summary"))
    assert head["Round, as it was frozen"] == "First round"


def _rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(load_workbook(path)[sheet].iter_rows(values_only=True))


def test_readers_that_do_not_calculate_see_our_values(study: Project, tmp_path: Path) -> None:
    compared = write(study, tmp_path / "a.xlsx", Choice())
    book = load_workbook(tmp_path / "a.xlsx", read_only=True, data_only=True)
    rows = {row[0]: row for row in book["Summary"].iter_rows(values_only=True) if row}
    shown = rows["Cohen's kappa, pooled over codes"]
    assert shown[1] == pytest.approx(compared.result.overall["pooled_kappa"].value)
    assert shown[2] is None
    header, first, *_ = book["Per code"].iter_rows(values_only=True)
    assert first[header.index("Cohen's kappa")] == 1.0


def test_long_texts_go_on_in_the_next_row(study: Project, tmp_path: Path) -> None:
    words = "So it went on and on. " * 3_000
    study.documents.add([document_of("Long one", ("Mara", words), participants={"Mara": "P1"})])
    code_words(study, "Long one", words.strip(), "Guest")
    document = study.documents.titled("Long one").guid
    for coder in study.coders.all():
        study.documents.set_status(document, Status.FINISHED, coder.guid)
    write(study, tmp_path / "a.xlsx", Choice(documents=(document,)))
    check_workbook(tmp_path / "a.xlsx")
    check_formulas(tmp_path / "a.xlsx")
    rows = table(tmp_path / "a.xlsx", "Units")
    assert len(rows) == 3
    assert all(row["Text"].startswith("(continued) ") for row in rows[1:])
    assert "".join(row["Text"].removeprefix("(continued) ") for row in rows) == words.strip()
    assert [row["Transcript"] for row in rows] == ["Long one"] * 3


def test_a_stability_pass_stands_beside_its_round(study: Project, tmp_path: Path) -> None:
    guid = study.rounds.make("First round", Choice())
    ann = coder_named(study, "Ann")
    study.stability.start(guid, ann)
    again = study.stability.all()[0].coder
    study.coders.switch(again.guid)
    code_words(study, "Interview P2", "I was against it.", "Free one")
    study.coders.switch(ann)
    write(study, tmp_path / "a.xlsx", Choice((ann, coder_named(study, "Ben"))))
    (row,) = table(tmp_path / "a.xlsx", "Stability")
    assert (row["Coded again by"], row["Round"]) == (again.name, "First round")
    counts = ("Units that the coders coded", "Of these alike", "Of the agreed units confirmed")
    assert [row[name] for name in counts] == [3, 1, 1]
    assert row["Share confirmed"] == 1
    (unit,) = table(tmp_path / "a.xlsx", "Stability units")
    assert (unit["Codes agreed on"], unit["Codes given again"], unit["Confirmed"]) == (
        "Free one",
        "Free one",
        "yes",
    )
    check_workbook(tmp_path / "a.xlsx")
    check_formulas(tmp_path / "a.xlsx")


def test_more_rows_than_a_sheet_holds(
    study: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    with pytest.raises(UserError, match="more rows than an Excel sheet holds"):
        write(study, tmp_path / "a.xlsx", Choice())
    assert not (tmp_path / "a.xlsx").exists()
