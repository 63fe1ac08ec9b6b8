"""Workbooks: text stays text, long text goes on, styles and page set-up are there."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from studies import HOSTILE

from coder_app.core.errors import Cancelled
from coder_app.formats.celltext import CELL_LIMIT, CONTINUED, cell_text, pieces
from coder_app.formats.xlsx import (
    COUNT,
    PLAIN,
    TEXT,
    Book,
    Cell,
    Column,
    Formula,
    colour_style,
    writing,
)

COLUMNS = [Column("Name", 10, TEXT, repeat=True), Column("Text", 20), Column("n", 5, COUNT)]


def test_whatever_a_string_begins_with_it_is_text(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    with writing(out, "t") as book:
        sheet = book.table("S", COLUMNS)
        for text in HOSTILE:
            sheet.values(COLUMNS, [text, text, 1])
    rows = list(load_workbook(out)["S"].iter_rows(min_row=2))
    assert [row[0].value for row in rows] == list(HOSTILE)
    assert {cell.data_type for row in rows for cell in row[:2]} == {"s"}
    assert not any(cell.quotePrefix for row in rows for cell in row)
    with zipfile.ZipFile(out) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_numbers_formulas_and_empty_cells(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    with writing(out, "t") as book:
        book.sheet("S", (10, 10)).row(1, 2.5, None, "", Cell(Formula("A1+B1"), COUNT))
    (row,) = load_workbook(out)["S"].iter_rows()
    assert [cell.value for cell in row] == [1, 2.5, None, None, "=A1+B1"]
    assert row[4].data_type == "f"
    assert row[4].number_format == "#,##0"


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("a\x00b\x0bc\x1fd", "a\ufffdb\ufffdc\ufffdd"),
        ("\ud800\ufffe\uffff", "\ufffd\ufffd\ufffd"),
        ("a\r\nb\rc\td", "a\nb\nc\td"),
        ("_x0041_ _x_ _x00411_", "_x005F_x0041_ _x_ _x00411_"),
        ("  kept  ", "  kept  "),
        ("\u2028 e\u0301 🙂", "\u2028 e\u0301 🙂"),
    ],
)
def test_what_xml_cannot_hold(tmp_path: Path, text: str, held: str) -> None:
    assert cell_text(text) == held
    out = tmp_path / "a.xlsx"
    with writing(out, text) as book:
        book.sheet("S", (10,)).row(text)
    assert load_workbook(out)["S"]["A1"].value == held


def test_a_long_text_goes_on_in_the_rows_below(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    long = "word 🙂 " * 12_000
    with writing(out, "t") as book:
        sheet = book.table("S", COLUMNS)
        assert sheet.values(COLUMNS, ["first", long, 7]) == 2
        next_row = sheet.values(COLUMNS, ["second", "short", 8])
        book.finish_table(sheet, COLUMNS)
    rows = list(load_workbook(out)["S"].iter_rows(min_row=2, values_only=True))
    assert next_row == len(rows) + 1
    assert [row[0] for row in rows] == ["first"] * (len(rows) - 1) + ["second"]
    assert [row[2] for row in rows] == [7, *[None] * (len(rows) - 2), 8]
    texts = [str(row[1]) for row in rows[:-1]]
    assert all(text.startswith(CONTINUED) for text in texts[1:])
    assert "".join(text.removeprefix(CONTINUED) for text in texts) == long
    assert max(len(text.encode("utf-16-le")) // 2 for text in texts) <= CELL_LIMIT


def test_a_text_that_just_fits_is_not_cut() -> None:
    assert pieces("a" * CELL_LIMIT) == ["a" * CELL_LIMIT]
    assert len(pieces("a" * (CELL_LIMIT + 1))) == 2
    assert len(pieces("🙂" * (CELL_LIMIT // 2))) == 1
    assert len(pieces("🙂" * (CELL_LIMIT // 2 + 1))) == 2


@given(st.text("a🙂 \n\u0301\x00", min_size=1), st.integers(0, 70_000))
def test_pieces_are_the_text_and_fit(pattern: str, length: int) -> None:
    text = (pattern * (length // len(pattern) + 1))[:length]
    parts = pieces(text)
    assert "".join(parts) == text
    assert all(len(cell_text(CONTINUED + part).encode("utf-16-le")) // 2 <= CELL_LIMIT for part in parts[1:])
    assert len(cell_text(parts[0]).encode("utf-16-le")) // 2 <= CELL_LIMIT


def test_styles_page_and_panes(tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    with writing(out, "t") as book:
        sheet = book.table("Name: [1]/*?" + "x" * 40, COLUMNS)
        sheet.values(
            COLUMNS, [Cell("dark", colour_style("#145157")), Cell("pale", colour_style("#a3dca1")), 1]
        )
        sheet.values(COLUMNS, ["many " * 20, None, None])
        book.finish_table(sheet, COLUMNS)
    (sheet,) = load_workbook(out).worksheets
    assert len(sheet.title) <= 31
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.merged_cells.ranges == set()
    assert (sheet["A2"].fill.start_color.rgb, sheet["A2"].font.color.rgb) == ("FF145157", "FFFFFFFF")
    assert (sheet["B2"].fill.start_color.rgb, sheet["B2"].font.color.rgb) == ("FFA3DCA1", "FF000000")
    assert sheet["A3"].alignment.wrap_text
    assert sheet["A1"].font.b
    assert sheet.row_dimensions[3].height > 40
    assert sheet.column_dimensions["B"].width == 20


def test_a_workbook_that_is_given_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))

    def interrupted(book: Book) -> None:
        book.sheet("S", (10,)).row(1)
        assert list(aside.iterdir())
        raise Cancelled

    with pytest.raises(Cancelled), writing(tmp_path / "a.xlsx", "t") as book:
        interrupted(book)
    assert list(aside.iterdir()) == []
    assert [p.name for p in tmp_path.iterdir()] == ["aside"]
    with writing(tmp_path / "a.xlsx", "t") as book:
        book.sheet("S", (10,)).row(PLAIN.ink)
    assert list(aside.iterdir()) == []
