"""What Excel demands of a workbook, checked in its parts: what breaks a rule here is “repaired” there."""

from __future__ import annotations

import math
import re
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection"),
    *("autoFilter", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks"),
    *("printOptions", "pageMargins", "pageSetup", "headerFooter"),
)
"""Children of a worksheet, in the order of the schema."""
FUNCTIONS = {
    *("IF", "AND", "OR", "ISNUMBER", "ROUND", "SUM", "SUMSQ", "SUMPRODUCT", "COUNT", "AVERAGE"),
    *("SUMIFS", "COUNTIFS"),
}
"""Functions that Excel 2010 and LibreOffice both know and that give one value."""


def check_workbook(path: Path) -> dict[str, int]:
    """Assert that a workbook keeps the rules; returns how many rows each sheet has."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    types = trees["[Content_Types].xml"]
    declared = {element.get("PartName", "").lstrip("/") for element in types}
    assert declared - {""} <= set(parts), declared - set(parts)
    book = trees["xl/workbook.xml"]
    targets = {
        element.get("Id"): "xl/" + element.get("Target").removeprefix("/xl/")
        for element in trees["xl/_rels/workbook.xml.rels"]
    }
    names: list[str] = []
    looks = len(trees["xl/styles.xml"].find(f"{MAIN}cellXfs"))
    rows = {}
    for sheet in book.find(f"{MAIN}sheets"):
        name = sheet.get("name")
        names.append(name)
        rows[name] = _check_sheet(trees[targets[sheet.get(f"{_RELATIONS}id")]], name, looks)
    _check_names(names, book)
    return rows


def _check_names(names: list[str], book: Any) -> None:
    assert len({name.casefold() for name in names}) == len(names), names
    for name in names:
        assert 0 < len(name) <= 31, name
        assert not re.search(r"[\\*?:/\[\]]", name), name
        assert not name.startswith("'"), name
        assert not name.endswith("'"), name
        assert name.casefold() != "history"
    seen = set()
    for defined in book.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
        key = defined.get("name"), defined.get("localSheetId")
        assert key not in seen, key
        seen.add(key)
        own = names[int(defined.get("localSheetId"))]
        assert defined.text.startswith("'" + own.replace("'", "''") + "'!"), (own, defined.text)


def _check_sheet(sheet: Any, name: str, looks: int) -> int:
    children = [child.tag.removeprefix(MAIN) for child in sheet]
    assert children == sorted(children, key=ORDER.index), (name, children)
    last_row, last_column = 0, 0
    for row in sheet.find(f"{MAIN}sheetData"):
        number = int(row.get("r"))
        assert number > last_row, (name, number)
        last_row = number
        assert float(row.get("ht", 0)) <= 409.5, (name, number)
        column = 0
        for cell in row:
            letters, at = coordinate_from_string(cell.get("r"))
            assert at == number, (name, cell.get("r"))
            assert column_index_from_string(letters) > column, (name, cell.get("r"))
            column = column_index_from_string(letters)
            assert int(cell.get("s", 0)) < looks, (name, cell.get("r"))
            _check_cell(cell, name)
        last_column = max(last_column, column)
    assert last_row <= 1_048_576, name
    assert last_column <= 16_384, name
    for width in sheet.iterfind(f"{MAIN}cols/{MAIN}col"):
        assert 0 < float(width.get("width")) <= 255, name
    _check_page(sheet, name)
    table = sheet.find(f"{MAIN}autoFilter")
    if table is not None:
        left, top, right, bottom = range_boundaries(table.get("ref"))
        assert (left, top) == (1, 1), (name, table.get("ref"))
        assert bottom <= max(last_row, 1), (name, table.get("ref"))
        assert right <= last_column, (name, table.get("ref"))
        pane = sheet.find(f"{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane")
        assert pane is not None, f"the header of {name} moves away"
        assert pane.get("state") == "frozen", name
    return last_row


def _check_page(sheet: Any, name: str) -> None:
    page = sheet.find(f"{MAIN}pageSetup")
    assert page is not None, name
    assert page.get("orientation") == "landscape", name
    assert page.get("paperSize") == "9", name
    assert int(page.get("fitToWidth", 1)) >= 1, name
    fit = sheet.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
    assert fit.get("fitToPage") == "1", name
    assert "&P" in sheet.find(f"{MAIN}headerFooter/{MAIN}oddFooter").text, name


def _check_cell(cell: Any, name: str) -> None:
    place = name, cell.get("r")
    children = {child.tag.removeprefix(MAIN): child for child in cell}
    if cell.get("t") == "inlineStr":
        assert set(children) == {"is"}, place
        text = "".join(children["is"].itertext())
        assert text, place
        assert len(text.encode("utf-16-le")) // 2 <= 32_767, place
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text), place
    elif "f" in children:
        assert cell.get("t") is None, place
        _check_formula(children["f"].text, place)
    elif children:
        assert set(children) == {"v"}, place
        assert math.isfinite(float(children["v"].text)), place


def _check_formula(formula: str, place: tuple[str, str]) -> None:
    assert 0 < len(formula) <= 8_192, place
    bare = re.sub("'(?:[^']|'')+'!", "", re.sub('"[^"]*"', '""', formula))
    assert set(re.findall(r"([A-Z][A-Z.]*)\(", bare)) <= FUNCTIONS, (place, formula)
    assert not re.search(r"[{}@#\[\]]", bare), (place, formula)
    depth, most, commas = 0, 0, [0]
    for sign in bare:
        if sign == "(":
            depth += 1
            commas.append(0)
        elif sign == ")":
            depth -= 1
            commas.pop()
        elif sign == ",":
            commas[-1] += 1
            assert commas[-1] < 255, place
        most = max(most, depth)
    assert depth == 0, (place, formula)
    assert most <= 64, place
