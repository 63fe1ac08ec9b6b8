"""The two copies that are compared: their rows, and how things are called in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from coder_app.core.model import DEFAULT_LEVEL_NAMES, Level
from coder_app.project.difference import Side
from coder_app.project.history import TABLES, driver
from coder_app.project.names import field_words
from coder_app.project.schema import place_range
from coder_app.project.shown import shows

if TYPE_CHECKING:
    from coder_app.project.project import Project

Row = dict[str, Any]

_LONGEST = 80
"""Code points of a text in a sentence."""


class Copy:
    """One of the two copies: its rows, and how things are called in it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._names: dict[str, dict[str, str]] = {}
        self._quotes: dict[tuple[str, str], str] = {}

    def shown(self, table: str) -> dict[str, Row]:
        """GUID -> fields of the rows that show."""
        rows = self.project.connection.execute(select(TABLES[table]).where(shows(table))).mappings()
        return {row["guid"]: dict(row) for row in rows}

    def name(self, table: str, guid: str | None) -> str:
        """A name in quotation marks, also of what is removed."""
        if table not in self._names:
            column = {"document": "title", "participant": "label"}.get(table, "name")
            rows = driver(self.project.connection).execute(f'SELECT guid, "{column}" FROM "{table}"')
            self._names[table] = dict(rows)
        name = self._names[table].get(guid or "")
        return f"“{name}”" if name else "something that is not in this copy"

    def who(self, coder: str) -> str:
        """A coder, or the consensus."""
        self.name("coder", coder)
        return self._names["coder"].get(coder) or self.project.coders.name_of(coder)

    def knows(self, table: str, guid: str) -> bool:
        """Whether the copy holds the row at all, shown or removed."""
        found = driver(self.project.connection).execute(f'SELECT 1 FROM "{table}" WHERE guid = ?', (guid,))
        return found.fetchone() is not None

    def quote(self, document: str, place: str) -> str:
        key = document, place
        if key not in self._quotes:
            start, end = place_range(place)
            row = (
                driver(self.project.connection)
                .execute(
                    "SELECT substr(text, ?, ?) FROM content WHERE guid = ?",
                    (start + 1, min(max(end - start, 0), 4 * _LONGEST), document),
                )
                .fetchone()
            )
            self._quotes[key] = quoted(row[0]) if row else "words that are not in this copy"
        return self._quotes[key]

    def level(self, value: object) -> str:
        known = isinstance(value, int) and value in list(Level)
        if not known:
            return "node"
        level = Level(value)  # type: ignore[arg-type]
        return self.project.level_names().get(level, DEFAULT_LEVEL_NAMES[level]).lower()


@dataclass(slots=True)
class Two:
    """Both copies, and whose private work may be told."""

    ours: Project
    theirs: Project
    eyes: frozenset[str] | None
    left_out: bool = False
    here: Copy = field(init=False)
    there: Copy = field(init=False)

    def __post_init__(self) -> None:
        self.here, self.there = Copy(self.ours), Copy(self.theirs)

    def rows(self, table: str) -> Iterator[tuple[str, Row | None, Row | None]]:
        """(GUID, fields here, fields there) of each row that is not the same; None where it does not show."""
        here, there = self.here.shown(table), self.there.shown(table)
        private = table in ("coding", "memo", "settlement") and self.eyes is not None
        for guid in [*here, *(guid for guid in there if guid not in here)]:
            mine, other = here.get(guid), there.get(guid)
            if private and not {(one or {}).get("coder") for one in (mine, other) if one} <= (
                self.eyes or set()
            ):
                self.left_out = True
            elif mine != other:
                yield guid, mine, other

    def one_sided(self, mine: Row | None, other: Row | None) -> tuple[Side, Copy, Row] | None:
        """Where a row shows in one copy only: which, that copy, and its fields."""
        if mine is not None and other is None:
            return Side.HERE, self.here, mine
        if other is not None and mine is None:
            return Side.THERE, self.there, other
        return None

    def removed(self, side: Side, table: str, guid: str) -> str:
        """A remark where the other copy had it and removed it."""
        if side is Side.HERE:
            return " (removed there)" if self.there.knows(table, guid) else ""
        return " (removed here)" if self.here.knows(table, guid) else ""


def quoted(text: object) -> str:
    """Words in quotation marks, on one line, shortened; “nothing” for none."""
    line = " ".join(str(text or "").split())
    if not line:
        return "nothing"
    return f"“{line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + '…'}”"


def both(what: str, here: str, there: str) -> str:
    return f"{what}: {here} here, {there} there."


def field_sentences(table: str, names: Iterable[str], what: str, mine: Row, other: Row) -> Iterator[str]:
    """A sentence for each of these fields that is not the same."""
    for name in names:
        if mine.get(name) != other.get(name):
            subject = f"{field_words(table, name)} of {what}"
            yield both(subject[:1].upper() + subject[1:], quoted(mine.get(name)), quoted(other.get(name)))
