"""Styles, cells and columns of a workbook, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from coder_app.core.palette import ink_on


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. Styles that are equal are written once."""

    bold: bool = False
    italic: bool = False
    size: int = 10
    ink: str = ""
    """``#rrggbb``; empty: the reader's own."""
    fill: str = ""
    number: str = "General"
    """Excel's number format."""
    wrap: bool = False
    across: str = "general"
    """left, center, right or general."""
    down: str = "top"
    indent: int = 0
    turned: bool = False
    """Written from below upwards, for the headers of many narrow columns."""
    ruled: bool = False
    """A thin line below; such a cell is written also when it is empty."""


PLAIN = Style()
TEXT = Style(wrap=True)
COUNT = Style(number="#,##0", across="right")
RATIO = Style(number="0.000", across="right")
PERCENT = Style(number="0.0%", across="right")
HEADER = Style(bold=True, ink="#ffffff", fill="#2f3b4c", wrap=True, down="center")
TITLE = Style(bold=True, size=14)
STRONG = Style(bold=True)
QUIET = Style(ink="#5f6773", wrap=True)


def colour_style(color: str) -> Style:
    """A cell filled with a code's colour, in ink that can be read on it."""
    return Style(size=8, ink=ink_on(color), fill=color, down="center", across="center")


@dataclass(frozen=True, slots=True)
class Formula:
    """What a cell computes, without the equals sign; parts from a researcher never go in here."""

    text: str


Value = str | int | float | Formula | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its style. A string is text whatever it begins with."""

    value: Value
    style: Style = PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: header, width in characters, style of its cells."""

    header: str
    width: float
    style: Style = TEXT
    repeat: bool = False
    """Stands again in the rows that continue a cell too long for one row."""


@cache
def ruled(style: Style) -> Style:
    """The style with a line below."""
    return replace(style, ruled=True)


def styled(style: Style, values: Iterable[Value]) -> list[Cell]:
    return [Cell(value, style) for value in values]


def indented(style: Style, depth: int) -> Style:
    return replace(style, indent=2 * depth, across="left")
