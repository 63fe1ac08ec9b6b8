"""What commands write: lines and JSON in UTF-8 on standard output, sentences on standard error."""

from __future__ import annotations

import io
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any


def use_utf8() -> None:
    """Write UTF-8 also to pipes on Windows and where LANG is C; what cannot be encoded is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(line: str = "") -> None:
    """One line on standard output."""
    sys.stdout.write(line + "\n")


def say_json(value: Any) -> None:
    """One JSON document on standard output. NaN is refused: undefined is null."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def say_error(sentence: str) -> None:
    """One sentence on standard error, on one line."""
    sys.stderr.write(one_line(sentence) + "\n")


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space, and nothing that steers a terminal."""
    return "".join("\ufffd" if unicodedata.category(c) == "Cc" else c for c in " ".join(text.split()))


def say_table(rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Rows in columns; the columns numbered in ``right`` (from 0) are flush right."""
    table = [[one_line(cell) for cell in row] for row in rows]
    if not table:
        return
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        cells = [
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        say("  ".join(cells).rstrip())
