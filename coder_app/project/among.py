"""Rows whose key is one of many: one parameter however many there are (SQLite allows 32,766)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Column, ColumnElement, String, func, select


def among(column: Column[str], guids: Iterable[str]) -> ColumnElement[bool]:
    """Whether the column holds one of these GUIDs."""
    values = func.json_each(json.dumps(list(guids))).table_valued("value", name="among")
    return column.in_(select(values.c.value.cast(String)))
