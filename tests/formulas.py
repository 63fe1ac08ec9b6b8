"""A small evaluator of Excel formulas: what the workbooks use, computed from the cells openpyxl reads."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.cell import range_boundaries

_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"[^\"]*\")|(?P<ref>(?:'(?:[^']|'')+'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
    r"|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Z]+)(?=\()|(?P<sign>[-+*/^=(),<>]))"
)


class Division(Exception):
    """#DIV/0!"""


class Evaluator:
    """Values of a workbook's cells, formulas computed."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[str, str], Any] = {}

    def value(self, sheet: str, address: str) -> Any:
        """What a cell shows. Raises Division for a formula that divides by nought."""
        key = sheet, address
        if key not in self._known:
            content = self._book[sheet][address].value
            is_formula = self._book[sheet][address].data_type == "f"
            self._known[key] = _Parser(self, sheet, content[1:]).result() if is_formula else content
        return self._known[key]

    def cells(self, sheet: str, reference: str) -> list[Any]:
        """The values of a cell or range, row by row; the sheet may be named in front."""
        if "!" in reference:
            sheet, reference = reference.rsplit("!", 1)
            sheet = sheet[1:-1].replace("''", "'")
        left, top, right, bottom = range_boundaries(reference.replace("$", ""))
        rows = self._book[sheet].iter_rows(top, bottom, left, right)
        return [self.value(sheet, cell.coordinate) for row in rows for cell in row]


class _Parser:
    def __init__(self, book: Evaluator, sheet: str, formula: str) -> None:
        self._book, self._sheet = book, sheet
        self._tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(formula):
            match = _TOKEN.match(formula, at)
            assert match, f"cannot read {formula[at:]!r}"
            assert match.lastgroup
            self._tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        self._at = 0

    def result(self) -> Any:
        found = self._compare()
        assert self._at == len(self._tokens), self._tokens[self._at :]
        return found

    def _next(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self, *signs: str) -> str:
        if self._next() in signs and self._tokens[self._at][0] == "sign":
            self._at += 1
            return self._tokens[self._at - 1][1]
        return ""

    def _compare(self) -> Any:
        left = self._sum()
        if self._take("="):
            return left == self._sum()
        if self._take("<"):
            return _number(left) < _number(self._sum())
        return _number(left) > _number(self._sum()) if self._take(">") else left

    def _sum(self) -> Any:
        found = self._product()
        while sign := self._take("+", "-"):
            other = self._product()
            found = _number(found) + (_number(other) if sign == "+" else -_number(other))
        return found

    def _product(self) -> Any:
        found = self._power()
        while sign := self._take("*", "/"):
            other = _number(self._power())
            if sign == "/" and other == 0:
                raise Division
            found = _number(found) * other if sign == "*" else _number(found) / other
        return found

    def _power(self) -> Any:
        found = self._atom()
        while self._take("^"):
            found = _number(found) ** _number(self._atom())
        return found

    def _atom(self) -> Any:
        kind, token = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return float(token) if "." in token else int(token)
        if kind == "text":
            return token[1:-1]
        if kind == "ref":
            cells = self._book.cells(self._sheet, token)
            return cells if ":" in token else cells[0]
        if kind == "name":
            return self._call(token)
        assert token == "(", token
        found = self._compare()
        assert self._take(")")
        return found

    def _call(self, name: str) -> Any:
        """Arguments are looked at only when they count, as Excel does with IF."""
        assert self._take("(")
        starts = [self._at]
        depth = 0
        while depth or self._next() != ")" or self._tokens[self._at][0] != "sign":
            kind, token = self._tokens[self._at]
            if kind == "sign":
                depth += (token == "(") - (token == ")")
                if token == "," and not depth:
                    starts.append(self._at + 1)
            self._at += 1
        end = self._at

        def argument(number: int) -> Any:
            self._at = starts[number]
            return self._compare()

        found = _FUNCTIONS[name](argument, len(starts))
        self._at = end
        assert self._take(")")
        return found


Argument = Callable[[int], Any]


def _number(value: Any) -> float:
    if value is None:
        return 0
    assert not isinstance(value, str), f"a number was needed, not {value!r}"
    return float(value) if isinstance(value, float) else int(value)


def _numbers(argument: Argument, count: int) -> list[float]:
    """The numbers among the arguments, text and empty cells passed over."""
    found = []
    for number in range(count):
        value = argument(number)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, (int, float)) and not isinstance(item, bool):
                found.append(item)
    return found


def _average(argument: Argument, count: int) -> float:
    numbers = _numbers(argument, count)
    if not numbers:
        raise Division
    return sum(numbers) / len(numbers)


def _product_of_columns(argument: Argument, count: int) -> float:
    columns = [argument(number) for number in range(count)]
    return sum(math.prod(_number(value) for value in row) for row in zip(*columns, strict=True))


def _summed_where(argument: Argument, count: int) -> float:
    """SUMIFS: sums of the first range where each further range meets its condition."""
    kept = [True] * len(argument(0))
    for number in range(1, count, 2):
        condition = argument(number + 1)
        for at, value in enumerate(argument(number)):
            kept[at] = kept[at] and _meets(value, condition)
    return sum(_number(value) for value, keep in zip(argument(0), kept, strict=True) if keep)


def _counted_where(argument: Argument, count: int) -> int:
    """COUNTIFS: in how many places every range meets its condition."""
    ranges = [(argument(number), argument(number + 1)) for number in range(0, count, 2)]
    return sum(
        all(_meets(values[at], condition) for values, condition in ranges) for at in range(len(ranges[0][0]))
    )


def _meets(value: Any, condition: Any) -> bool:
    if isinstance(condition, str) and condition[:1] == ">":
        return isinstance(value, (int, float)) and value > float(condition[1:])
    if isinstance(condition, str) and condition.isdigit():
        return bool(value == int(condition))
    return bool(value == condition)


_FUNCTIONS: dict[str, Callable[[Argument, int], Any]] = {
    "IF": lambda argument, count: argument(1) if argument(0) else argument(2),
    "AND": lambda argument, count: all(argument(number) for number in range(count)),
    "OR": lambda argument, count: any(argument(number) for number in range(count)),
    "SUM": lambda argument, count: sum(_numbers(argument, count)),
    "SUMSQ": lambda argument, count: sum(value**2 for value in _numbers(argument, count)),
    "COUNT": lambda argument, count: len(_numbers(argument, count)),
    "AVERAGE": _average,
    "SUMPRODUCT": _product_of_columns,
    "SUMIFS": _summed_where,
    "COUNTIFS": _counted_where,
    "ISNUMBER": lambda argument, count: isinstance(argument(0), (int, float)),
    "ROUND": lambda argument, count: round(_number(argument(0)), int(_number(argument(1)))),
}
