"""Writes that several managers need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, Table, bindparam, select


def put(connection: Connection, table: Table, guid: str, **values: str | int | None) -> None:
    """Make the row of this (derived) GUID, or set its fields where it exists; it stands afterwards."""
    if connection.scalar(select(table.c.guid).where(table.c.guid == guid)) is None:
        connection.execute(table.insert(), {"guid": guid, **values})
    else:
        connection.execute(table.update().where(table.c.guid == guid).values({**values, "gone": 0}))


def set_field(
    connection: Connection, table: Table, field: str, pairs: Iterable[tuple[str, str | int | None]]
) -> None:
    """Set one field of many rows: pairs of GUID and value."""
    rows = [{"key": guid, "new": value} for guid, value in pairs]
    if rows:
        statement = table.update().where(table.c.guid == bindparam("key")).values({field: bindparam("new")})
        connection.execute(statement, rows)


def set_gone(connection: Connection, table: Table, guids: Sequence[str]) -> None:
    """Rows are never removed: they are marked as gone."""
    set_field(connection, table, "gone", ((guid, 1) for guid in guids))
