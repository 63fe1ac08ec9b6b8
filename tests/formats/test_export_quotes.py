"""Quotes in Excel and Word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from golden import assert_golden
from helpers import document_of
from studies import as_text, code_named, code_words, coder_named, make_study, table

from coder_app.formats.celltext import CONTINUED
from coder_app.formats.quotes_docx import write_quotes_docx
from coder_app.formats.quotes_xlsx import write_quotes_xlsx
from coder_app.project.project import Project


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with make_study(tmp_path / "study.coder") as made:
        yield made


def paragraphs(path: Path) -> list[tuple[str, str]]:
    return [(p.style.name, p.text) for p in docx.Document(str(path)).paragraphs]


def test_quotes_as_they_stand(study: Project, tmp_path: Path) -> None:
    write_quotes_xlsx(study, tmp_path / "q.xlsx")
    write_quotes_docx(study, tmp_path / "q.docx")
    assert_golden("quotes.txt", as_text(tmp_path / "q.xlsx"))
    lines = [f"{style}\t{text}".replace("\n", "\\n") for style, text in paragraphs(tmp_path / "q.docx")]
    assert_golden("quotes-docx.txt", "\n".join(lines) + "\n")


def test_excel_has_every_quote_in_codebook_order(study: Project, tmp_path: Path) -> None:
    write_quotes_xlsx(study, tmp_path / "q.xlsx")
    rows = table(tmp_path / "q.xlsx", "Quotes")
    assert [row["Code"] for row in rows] == ["Not being told"] * 2 + ["Guest"] * 2 + ["=1+1"] * 2 + [
        "Free one"
    ] * 2
    first = rows[0]
    assert (first["Participant"], first["Transcript"], first["Turn"]) == ("P1", "Interview P1", 2)
    assert (first["Coder"], first["Quote"], first["Exemplar"]) == ("Ann", "Nobody told me.", "yes")
    assert first["Memo"] == "Ann's note\nBen: Ben agrees"
    assert rows[5]["Participant"] == "P1, P2"


def test_one_coders_quotes_hold_no_trace_of_the_other(study: Project, tmp_path: Path) -> None:
    ann = [coder_named(study, "Ann")]
    write_quotes_xlsx(study, tmp_path / "q.xlsx", coders=ann)
    write_quotes_docx(study, tmp_path / "q.docx", coders=ann)
    text = as_text(tmp_path / "q.xlsx") + str(paragraphs(tmp_path / "q.docx"))
    assert "Ben" not in text
    assert "we laughed" not in text
    assert ("Attribution", "(P1, Interview P1, turn 2)") in paragraphs(tmp_path / "q.docx")


def test_word_has_headings_quotes_and_attributions(study: Project, tmp_path: Path) -> None:
    write_quotes_docx(study, tmp_path / "q.docx")
    found = paragraphs(tmp_path / "q.docx")
    headings = [(style, text) for style, text in found if style.startswith("Heading")]
    assert headings == [
        ("Heading 1", "Trust"),
        ("Heading 2", "Arriving"),
        ("Heading 3", "Not being told"),
        ("Heading 3", "Guest"),
        ("Heading 1", "Keys"),
        ("Heading 2", "=1+1"),
        ("Heading 1", "Free one"),
    ]
    at = found.index(("Quote", "Nobody told me."))
    assert found[at + 1] == ("Attribution", "(P1, Interview P1, turn 2; coded by Ann)")
    assert found[at + 2] == ("Remark", "Memo: Ann's note\nBen: Ben agrees")


def test_a_quote_longer_than_a_cell_is_split_visibly(study: Project, tmp_path: Path) -> None:
    words = "endless talk 🙂 " * 3_000
    study.documents.add([document_of("Long", ("Mara", words), participants={"Mara": "P1"})])
    code_words(study, "Long", words.strip(), "Guest")
    write_quotes_xlsx(study, tmp_path / "q.xlsx")
    rows = [row for row in table(tmp_path / "q.xlsx", "Quotes") if row["Transcript"] == "Long"]
    assert len(rows) == 2
    assert rows[1]["Quote"].startswith(CONTINUED)
    assert rows[0]["Quote"] + rows[1]["Quote"].removeprefix(CONTINUED) == words.strip()
    assert rows[1]["Participant"] == "P1"


@pytest.mark.parametrize(
    "words", ["שלום עולם", "안녕하세요 여러분", "e\u0301te\u0301 👩🏽‍⚕️", "<b>&amp;\u0001\ufffe"]
)
def test_words_of_every_writing(study: Project, tmp_path: Path, words: str) -> None:
    study.documents.add(
        [document_of("Other", ("Mara", f"Before {words} after."), participants={"Mara": "P1"})]
    )
    code_words(study, "Other", words, "Guest")
    write_quotes_xlsx(study, tmp_path / "q.xlsx")
    write_quotes_docx(study, tmp_path / "q.docx")
    shown = words.replace("\u0001", "\ufffd").replace("\ufffe", "\ufffd")
    assert shown in [row["Quote"] for row in table(tmp_path / "q.xlsx", "Quotes")]
    assert ("Quote", shown) in paragraphs(tmp_path / "q.docx")


def test_right_to_left_words_are_set_so(study: Project, tmp_path: Path) -> None:
    study.documents.add([document_of("Other", ("Mara", "שלום עולם"), participants={"Mara": "P1"})])
    code_words(study, "Other", "שלום עולם", "Guest")
    write_quotes_docx(study, tmp_path / "q.docx")
    (paragraph,) = [p for p in docx.Document(str(tmp_path / "q.docx")).paragraphs if "שלום" in p.text]
    assert "<w:bidi/>" in paragraph._p.xml
    assert "<w:rtl/>" in paragraph._p.xml


def test_without_any_quote(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.coder", "Empty", "Ann") as project:
        project.codes.add("Lonely")
        write_quotes_xlsx(project, tmp_path / "q.xlsx")
        write_quotes_docx(project, tmp_path / "q.docx")
        assert code_named(project, "Lonely")
    assert table(tmp_path / "q.xlsx", "Quotes") == []
    assert [text for _, text in paragraphs(tmp_path / "q.docx")] == ["Empty", "0 quotes"]
