"""Titles and dates proposed from file names and headings."""

from __future__ import annotations

import pytest

from coder_app.core.dates import proposed_date, proposed_title


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("P3_2024-03-12_final.docx", "2024-03-12"),
        ("interview 20240312.txt", "2024-03-12"),
        ("korean-national-assembly-2013-11-20.txt", "2013-11-20"),
        ("Datum: 12.03.2024", "2024-03-12"),
        ("12 March 2024", "2024-03-12"),
        ("the 3rd of May 2024", "2024-05-03"),
        ("March 12th, 2024", "2024-03-12"),
        ("Today is May 30, 2002, and", "2002-05-30"),
        ("am 5. März 2021", "2021-03-05"),
        ("le 1er août 2020", "2020-08-01"),
        ("12 de octubre de 2019", "2019-10-12"),
        ("2013년 11월 20일", "2013-11-20"),
        ("2013年11月20日", "2013-11-20"),
        ("20 בנובמבר 2013", "2013-11-20"),
        ("25/03/2024", "2024-03-25"),
        ("03/25/2024", "2024-03-25"),
        ("03/04/2024", ""),
        ("2024-13-40", ""),
        ("31.02.2024", ""),
        ("peace-corps-nenn-ecuador-1995.txt", ""),
        ("call 0312024031299", ""),
        ("from June 1967 to June 1969", ""),
    ],
)
def test_dates(text: str, iso: str) -> None:
    assert proposed_date(text) == iso


def test_the_first_text_with_a_date_counts() -> None:
    assert proposed_date("no date.txt", "on 2 May 2020, not 2021-01-01") == "2020-05-02"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("P3_second_interview.docx", "P3 second interview"),
        ("C:\\data\\Interview 4.txt", "Interview 4"),
        ("gozali.nena.txt", "gozali.nena"),
        (".txt", "txt"),
        ("a\x07b\u200f.md", "ab"),
        ("x" * 300 + ".txt", "x" * 200),
        ("", "Transcript"),
    ],
)
def test_titles(name: str, title: str) -> None:
    assert proposed_title(name).lstrip(".") == title
