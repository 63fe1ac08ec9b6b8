"""Rows whose key is one of many: one parameter however many there are (SQLite allows 32,766)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from sqlalchemy import Column, ColumnElement, String, func, select

from coder_app.core.model import CONSENSUS


def among(column: Column[str], guids: Iterable[str]) -> ColumnElement[bool]:
    """Whether the column holds one of these GUIDs."""
    values = func.json_each(json.dumps(list(guids))).table_valued("value", name="among")
    return column.in_(select(values.c.value.cast(String)))


def by_coders(column: Column[str], coders: Collection[str] | None) -> ColumnElement[bool]:
    """Whether the column holds one of these coders; None means everybody, but not the consensus."""
    return column != CONSENSUS if coders is None else among(column, coders)
