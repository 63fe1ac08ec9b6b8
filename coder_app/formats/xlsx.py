"""Excel workbooks written row by row: a few shared styles, text that stays text, sheets ready to print.

Nothing but this module touches openpyxl for writing. It makes the workbook, its styles and all that stands
around the rows (write-only mode: rows go straight to disk); the rows themselves are built here, as openpyxl's
own cells take several times as long.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import cache
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any

from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.xml.functions import Element, SubElement

from coder_app import __version__
from coder_app.core.errors import UserError
from coder_app.formats.cells import (
    COUNT,
    HEADER,
    PERCENT,
    PLAIN,
    QUIET,
    RATIO,
    STRONG,
    TEXT,
    TITLE,
    Cell,
    Column,
    Formula,
    Style,
    Value,
    colour_style,
    indented,
    ruled,
    styled,
)
from coder_app.formats.celltext import CONTINUED, cell_text, lines_of, pieces
from coder_app.formats.output import replacing
from coder_app.formats.xmltext import xml_text

__all__ = [
    "COUNT",
    "HEADER",
    "PERCENT",
    "PLAIN",
    "QUIET",
    "RATIO",
    "STRONG",
    "TEXT",
    "TITLE",
    "Book",
    "Cell",
    "Column",
    "Formula",
    "Sheet",
    "Style",
    "Value",
    "colour_style",
    "indented",
    "letters",
    "ruled",
    "styled",
    "writing",
]

_LINE = 13.0
"""Height of a line of 10-point text, in points."""
MOST_ROWS = 1_048_576
"""Rows of an Excel sheet."""
_TALLEST = 409.0
"""Excel's tallest row, in points."""
_PAGE = 230.0
"""Characters of 10-point text across an A4 page in landscape at the smallest size that can be read."""
_RULE = "#9aa3b0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_IN_TITLE = re.compile(r"[\\*?:/\[\]]")


class Sheet:
    """One sheet; rows are appended and cannot be changed."""

    def __init__(
        self,
        book: Book,
        title: str,
        widths: Sequence[float],
        *,
        freeze: str | None,
        repeated_rows: str,
        repeated_columns: str,
        pages_wide: int | None,
        pages_tall: int,
        ruled: bool,
    ) -> None:
        self._book = book
        self._ruled = ruled
        self._sheet: Any = book.workbook.create_sheet(book.free_title(title))
        self.title: str = self._sheet.title
        self.rows = 0
        for number, width in enumerate(widths, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = width
        self._set_up_page(repeated_rows, pages_wide or ceil(sum(widths) / _PAGE), pages_tall)
        if repeated_columns and sum(widths) > _PAGE:
            self._sheet.print_title_cols = repeated_columns
        if freeze:
            self._sheet.freeze_panes = freeze
        self._writing = self._sheet._rows = self._write_rows()
        next(self._writing)

    def _set_up_page(self, repeated_rows: str, pages_wide: int, pages_tall: int) -> None:
        sheet = self._sheet
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.fitToWidth = pages_wide
        sheet.page_setup.fitToHeight = pages_tall
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins.left = sheet.page_margins.right = 0.4
        sheet.page_margins.top = sheet.page_margins.bottom = 0.6
        sheet.page_margins.header = sheet.page_margins.footer = 0.3
        sheet.oddFooter.center.text = "&A   &P / &N"
        if repeated_rows:
            sheet.print_title_rows = repeated_rows

    def row(self, *cells: Cell | Value, lines: float = 1) -> int:
        """Append a row, ``lines`` lines high; returns its number. What is no Cell gets the plain style."""
        pairs = [(cell.value, cell.style) if isinstance(cell, Cell) else (cell, PLAIN) for cell in cells]
        return self._append(pairs, lines)

    def _append(self, cells: Iterable[tuple[Value, Style]], lines: float) -> int:
        """Append a row; returns its number. A string is text whatever it begins with.

        The height is written because not every program finds it by itself.
        """
        if self.rows >= MOST_ROWS:
            raise UserError(f"“{self.title}” would have more rows than an Excel sheet holds: choose less.")
        self.rows += 1
        row = Element("row", {"r": str(self.rows)})
        if lines > 1:
            row.set("ht", f"{min(lines * _LINE + 2.5, _TALLEST):.1f}")
            row.set("customHeight", "1")
        for number, (value, style) in enumerate(cells):
            if (value is not None and value != "") or style.fill or style.ruled:
                place = f"{_letter(number + 1)}{self.rows}"
                cell = SubElement(row, "c", {"r": place, "s": self._book.style_number(self._sheet, style)})
                _fill(cell, value)
        self._writing.send(row)
        return self.rows

    def _write_rows(self) -> Generator[None, Any, None]:
        """Takes rows as elements; closed by openpyxl when the workbook is saved."""
        self._sheet._get_writer()
        writer = self._sheet._writer
        file = writer.xf.send(True)
        with file.element("sheetData"):
            try:
                while True:
                    file.write((yield))
            except GeneratorExit:
                pass
        writer.xf.send(None)

    def filter(self, reference: str) -> None:
        """Put filter arrows on a table such as ``A1:F20``."""
        self._sheet.auto_filter.ref = reference

    def values(self, columns: Sequence[Column], values: Sequence[Value | Cell]) -> int:
        """Append a row of a table in the columns' styles; returns the number of its first row.

        What is too long for a cell goes on in rows below, which begin with “(continued)”.
        """
        first, most = self.rows + 1, 1
        rest: dict[int, list[str]] = {}
        made: list[tuple[Value, Style]] = []
        for number, (value, column) in enumerate(zip(values, columns, strict=True)):
            style = column.style
            if isinstance(value, Cell):
                style, value = value.style, value.value
            if isinstance(value, str):
                if len(parts := pieces(value)) > 1:
                    value, rest[number] = parts[0], parts[1:]
                if style.wrap:
                    most = max(most, lines_of(value, column.width))
            made.append((value, ruled(style) if self._ruled else style))
        self._append(made, most)
        for at in range(max(map(len, rest.values()), default=0)):
            self._continue(columns, values, {n: parts[at] for n, parts in rest.items() if at < len(parts)})
        return first

    def _continue(
        self, columns: Sequence[Column], values: Sequence[Value | Cell], parts: dict[int, str]
    ) -> None:
        """A row with the next ``parts`` of what was too long, by column (from 0)."""
        made: list[tuple[Value, Style]] = []
        most = 1
        for number, (column, value) in enumerate(zip(columns, values, strict=True)):
            if number in parts:
                most = max(most, lines_of(parts[number], column.width))
                again = Cell(CONTINUED + parts[number], column.style)
            elif column.repeat:
                again = value if isinstance(value, Cell) else Cell(value, column.style)
            else:
                again = Cell(None)
            made.append((again.value, ruled(again.style) if self._ruled else again.style))
        self._append(made, most)

    @property
    def reference(self) -> str:
        """The sheet's name as formulas of other sheets write it."""
        return "'" + self.title.replace("'", "''") + "'!"

    def give_up(self) -> None:
        """Remove what was written aside; for a workbook that is not saved."""
        if self._sheet.closed:
            return
        for part in (self._writing, self._sheet._writer):
            with suppress(SerialisationError):  # on a full disk closing fails too
                part.close()
        self._sheet._writer.cleanup()


class Book:
    """A workbook in the making; see `writing`."""

    def __init__(self, title: str) -> None:
        self.workbook: Any = Workbook(write_only=True)
        self.workbook.properties.creator = f"coder-app {__version__}"
        self.workbook.properties.title = xml_text(title)[:255]
        self.sheets: list[Sheet] = []
        self._styles: dict[Style, str] = {}

    def sheet(
        self,
        title: str,
        widths: Sequence[float],
        *,
        freeze: str | None = None,
        repeated_rows: str = "",
        repeated_columns: str = "",
        pages_wide: int | None = None,
        pages_tall: int = 0,
        ruled: bool = False,
    ) -> Sheet:
        """A new empty sheet.

        Widths in characters; what stays in place, as “A2”; rows printed on each page, as “1:1”, and columns,
        as “A:A”, where the columns take several pages; how many pages they take (None: as many as they need
        to be readable) and how many its rows (0: as many as there are); whether there are lines between rows
        of a table.
        """
        made = Sheet(
            self,
            title,
            widths,
            freeze=freeze,
            repeated_rows=repeated_rows,
            repeated_columns=repeated_columns,
            pages_wide=pages_wide,
            pages_tall=pages_tall,
            ruled=ruled,
        )
        self.sheets.append(made)
        return made

    def table(
        self, title: str, columns: Sequence[Column], *, freeze: str = "A2", pages_wide: int | None = None
    ) -> Sheet:
        """A new sheet with a header row that stays in place and stands on each printed page."""
        sheet = self.sheet(
            title,
            [column.width for column in columns],
            freeze=freeze,
            repeated_rows="1:1",
            repeated_columns="A:A",
            pages_wide=pages_wide,
            ruled=True,
        )
        lines = max(lines_of(column.header, 0.8 * column.width) for column in columns)
        sheet.row(*(Cell(column.header, _header_style(column)) for column in columns), lines=lines + 0.4)
        return sheet

    def finish_table(self, sheet: Sheet, columns: Sequence[Column], header_row: int = 1) -> None:
        """Put filter arrows over all rows written so far."""
        last = max(sheet.rows, header_row)
        sheet.filter(f"A{header_row}:{get_column_letter(len(columns))}{last}")

    def arrange(self, titles: Sequence[str]) -> None:
        """Put the sheets of these titles first, in this order; the others stay in theirs."""
        place = {title: at for at, title in enumerate(titles)}
        self.workbook._sheets.sort(key=lambda sheet: place.get(sheet.title, len(place)))

    def free_title(self, title: str) -> str:
        """A sheet name as Excel takes it, from any text."""
        return _NOT_IN_TITLE.sub("_", xml_text(title)).strip("' ")[:31] or "Sheet"

    def style_number(self, sheet: Any, style: Style) -> str:
        """What the file calls a style; each is made once."""
        number = self._styles.get(style)
        if number is None:
            number = self._styles[style] = self._style_number(sheet, style)
        return number

    def _style_number(self, sheet: Any, style: Style) -> str:
        pattern: Any = WriteOnlyCell(sheet)
        pattern.font = _font(style)
        pattern.alignment = Alignment(
            horizontal=style.across,
            vertical=style.down,
            wrap_text=style.wrap,
            indent=style.indent,
            text_rotation=90 if style.turned else 0,
        )
        pattern.number_format = style.number
        if style.ruled:
            pattern.border = Border(bottom=Side("hair", _argb(_RULE)))
        if style.fill:
            pattern.fill = PatternFill("solid", start_color=_argb(style.fill))
        return str(pattern.style_id)


@contextmanager
def writing(out: Path, title: str) -> Iterator[Book]:
    """A workbook that is saved as ``out`` when the block ends well, and leaves nothing otherwise.

    Raises UserError where ``out`` cannot be written.
    """
    packed = BytesIO()  # a ZIP file that meets a full disk complains once more when it is thrown away
    with replacing(out) as draft:
        book = Book(title)
        try:
            yield book
            book.workbook.save(packed)
            draft.write_bytes(packed.getbuffer())
        except BaseException as error:
            for sheet in book.sheets:
                sheet.give_up()
            if isinstance(error, SerialisationError):  # libxml2 could not write the rows it keeps aside
                full = any(name in str(error) for name in ("ENOSPC", "EFBIG", "EDQUOT"))
                number = errno.ENOSPC if full else errno.EIO
                raise OSError(number, os.strerror(number)) from error
            raise


def _fill(cell: Any, value: Value) -> None:
    """Put a value into the element of a cell."""
    if isinstance(value, str) and value:
        cell.set("t", "inlineStr")
        text = SubElement(SubElement(cell, "is"), "t")
        text.text = cell_text(value)
        if value != value.strip():
            text.set(_SPACE, "preserve")
    elif isinstance(value, Formula):
        SubElement(cell, "f").text = value.text
    elif isinstance(value, (int, float)):
        SubElement(cell, "v").text = repr(value)


def _header_style(column: Column) -> Style:
    """Headers of numbers stand above the numbers, at the right."""
    style = column.style
    if style.number == "General":
        return replace(HEADER, across="left", indent=style.indent) if style.indent else HEADER
    return replace(HEADER, across=style.across if style.across != "general" else "right")


def letters(count: int) -> list[str]:
    """The first column letters: A, B, C ..."""
    return [_letter(number) for number in range(1, count + 1)]


_letter = cache(get_column_letter)


@cache
def _font(style: Style) -> Font:
    color = _argb(style.ink) if style.ink else "FF000000"
    return Font(name="Calibri", size=style.size, bold=style.bold, italic=style.italic, color=color)


def _argb(color: str) -> str:
    return "FF" + color.lstrip("#").upper()
