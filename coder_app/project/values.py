"""Values that no action of this program writes: a file that holds one was damaged, or made by others.

Every page trusts what it reads, so a file is gone through once when it is opened: each table in one
pass of SQLite (0.6 s for 500 transcripts with 200,000 codings), the imported texts and their turns in
Python. References are not looked at, nor the history, which nothing reads before somebody asks for it:
what merely does not fit together shows, and `check` tells of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from sqlalchemy import Column, Connection, Table, Text

from coder_app.core.codetree import runs_in_circle
from coder_app.core.errors import UserError
from coder_app.core.model import Division, Level, MemoTarget, Role, Status, Verdict
from coder_app.project import schema
from coder_app.project.content import read_turns
from coder_app.project.names import LONGEST_TEXT
from coder_app.project.schema import is_flag, metadata, node_place

LONGEST_NAME = 1_000
"""Code points. The longest name is shorter (see names.py); titles get a number, steps a verb."""

Columns = Mapping[str, frozenset[str]]
"""Table -> its columns, as far as a file has them and this version knows them."""

_LATEST = 253_402_300_799_999  # the last millisecond of the year 9999
_NAMES = {
    *("name", "label", "title", "pseudonym", "date", "source", "position", "sha256", "color"),
    *("kind", "role", "status", "verdict", "made_from"),
    *(f"level_{level.value}" for level in Level),
}
_TEXTS = {"short", "full", "when", "when_not", "example", "plain", "text", "reason", "value"}
_PLACED = {"document", "place"}
_APART = ("content", "frozen", "merge_report", "change")
"""Tables whose texts are not read here in one piece."""

_HISTORY = (schema.step, schema.change, schema.undo_entry)
"""Tables that no page reads as a whole: a project opens as fast after 200,000 actions as after none."""

_HEX = "[0-9a-f]"
_SORT_KEY = "GLOB '*[^0-9A-Za-z]*'"
_START = "CAST({0}.place AS INTEGER)"
_END = "CAST(substr({0}.place, instr({0}.place, '-') + 1) AS INTEGER)"
_NO_PLACE = (  # the two numbers written again must be what stands there
    f"{{0}}.place IS NOT {_START} || '-' || {_END} OR {_START} < 0 OR {_START} >= {_END}"
)


def _none_of(column: str, values: type[StrEnum]) -> str:
    known = ", ".join(f"'{value.value}'" for value in values)
    return f"{column} NOT IN ({known})"


_NONSENSE: tuple[tuple[str, str, str], ...] = (
    ("code", "level NOT BETWEEN 0 AND 4", "a code stands on no level of the codebook"),
    ("code", "instr(place, '|') = 0 OR length(place) > 1000", "a code has no place in the codebook"),
    ("code", f"substr(place, instr(place, '|') + 1) {_SORT_KEY}", "a code has no place in the codebook"),
    ("code", f"color NOT GLOB '#{_HEX * 6}'", "a code has no proper colour"),
    ("document", f"position {_SORT_KEY}", "a transcript has no place in the list"),
    ("document", "date <> '' AND (date IS NOT date(date, '+0 days') OR date < '0001')", "a date is none"),
    ("attribute", f"position {_SORT_KEY}", "an attribute has no place in the list"),
    ("memo", _none_of("kind", MemoTarget), "a memo is about nothing that is known"),
    ("speaker", _none_of("role", Role), "a speaker has no role that is known"),
    ("progress", _none_of("status", Status), "a transcript is in no state that is known"),
    ("settlement", _none_of("verdict", Verdict), "a decision is none that is known"),
    ("division", _none_of("made_from", Division), "meaning units are of no kind that is known"),
)
"""Table, condition, what is wrong with a row for which the condition holds."""


def damage_in(connection: Connection) -> str | None:
    """What is wrong with a file of the right form, as the middle of a sentence; None where all is well.

    Also for files of an older or a newer version. Raises UserError where the file itself is damaged.
    """
    columns = _columns(connection)
    return next(_all_damage(connection, columns), None)


def history_damage_in(connection: Connection) -> str | None:
    """What is wrong with the texts of the history; see `damage_in`."""
    columns = _columns(connection)
    found = (
        damage
        for table in _HISTORY
        for damage in _in_words(
            connection, table, [column for column in table.columns if column.name in columns[table.name]]
        )
    )
    try:
        return next(found, None)
    except UserError:  # no UTF-8
        return "an action has a text that is none"


def _columns(connection: Connection) -> Columns:
    found = {}
    for table in metadata.sorted_tables:
        there = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table.name}")')}
        found[table.name] = frozenset(there & set(table.columns.keys()))
    return found


def _all_damage(connection: Connection, columns: Columns) -> Iterator[str]:
    for table in metadata.sorted_tables:
        there = [column for column in table.columns if column.name in columns[table.name]]
        yield from _in_numbers(connection, table, there)
        if table not in _HISTORY:
            yield from _in_words(connection, table, there)
        if columns[table.name] >= _PLACED:
            yield from _in_places(connection, table)
    for name, condition, what in _NONSENSE:
        if columns[name] and _any(connection, f"FROM {name} WHERE {condition}"):
            yield what
    yield from _in_memos(connection)
    yield from _in_clock(connection)
    yield from _in_transcripts(connection)
    rows = connection.exec_driver_sql("SELECT guid, place FROM code").all()
    if runs_in_circle({row.guid: node_place(row.place)[0] for row in rows}):
        yield "the tree of the codebook runs in a circle"


def _any(connection: Connection, rows: str) -> bool:
    return bool(connection.exec_driver_sql(f"SELECT EXISTS (SELECT 1 {rows})").scalar())


def _in_numbers(connection: Connection, table: Table, columns: Iterable[Column[object]]) -> Iterator[str]:
    """Flags and moments."""
    wrong = []
    for column in columns:
        if is_flag(column):
            wrong.append(f'"{column.name}" NOT IN (0, 1)')
        elif column.name == "created":
            wrong.append(f"created NOT BETWEEN 0 AND {_LATEST}")
    if wrong and _any(connection, f'FROM "{table.name}" WHERE {" OR ".join(wrong)}'):
        yield f"a number in the table “{table.name}” makes no sense"


def _in_words(connection: Connection, table: Table, columns: Iterable[Column[object]]) -> Iterator[str]:
    """Texts that are far too long, hold NUL, or are no UTF-8 (which raises UserError)."""
    names = {column.name for column in columns if isinstance(column.type, Text)}
    longest = [(name, LONGEST_NAME) for name in names if name in _NAMES]
    longest += [(name, LONGEST_TEXT) for name in names if name in _TEXTS and table.name not in _APART]
    if longest:
        too_long = " OR ".join(f'length("{name}") > {most}' for name, most in longest)
        if _any(connection, f'FROM "{table.name}" WHERE {too_long}'):
            yield f"a text in the table “{table.name}” is far too long"
    if names >= _PLACED:
        names -= _PLACED  # `_in_places` reads these
    if names and table.name not in _APART:
        # all rows in one piece: what is no UTF-8 stays so beside a line end
        pieces = ", ".join(f'group_concat("{name}", char(10))' for name in sorted(names))
        row = connection.exec_driver_sql(f'SELECT {pieces} FROM "{table.name}"').one()
        if any(text is not None and "\0" in text for text in row):
            yield f"a text in the table “{table.name}” holds what no text does"


def _in_places(connection: Connection, table: Table) -> Iterator[str]:
    """Places in a transcript, of rows that have a column for both."""
    wrong = f"d.guid IS NULL OR {_END.format('t')} > d.characters OR {_NO_PLACE.format('t')}"
    rows = f'FROM "{table.name}" t LEFT JOIN document d ON d.guid = t.document WHERE {wrong}'
    if _any(connection, rows):
        yield f"a {table.name} lies outside its transcript"


def _in_memos(connection: Connection) -> Iterator[str]:
    wrong = f"d.guid IS NULL OR m.place IS NULL OR {_END.format('m')} > d.characters"
    passages = f"m.kind = '{MemoTarget.PASSAGE.value}' AND ({wrong})"
    rows = (
        f"FROM memo m LEFT JOIN document d ON d.guid = m.target WHERE {passages} OR {_NO_PLACE.format('m')}"
    )
    if _any(connection, rows.replace("m.place IS NOT", "m.place <>")):  # most memos have none
        yield "a memo lies outside its transcript"


def _in_clock(connection: Connection) -> Iterator[str]:
    """Whether the history begins before 1970 or ends behind all calendars."""
    for order in ("ASC", "DESC"):
        row = connection.exec_driver_sql(
            f"SELECT wall, counter FROM step ORDER BY wall {order}, counter {order} LIMIT 1"
        ).first()
        if row is not None and not (0 <= row.wall <= _LATEST and 0 <= row.counter < 2**53):
            yield "the history is of no time that was or will be"


def _in_transcripts(connection: Connection) -> Iterator[str]:
    """Texts of another length than was noted, speakers with holes between them, turns that are none."""
    speakers: dict[str, list[int]] = {}
    for document, number in connection.exec_driver_sql(
        "SELECT document, number FROM speaker ORDER BY number"
    ):
        speakers.setdefault(document, []).append(number)
    if any(numbers != list(range(len(numbers))) for numbers in speakers.values()):
        yield "the speakers of a transcript are not whole"
    document, content = schema.document.name, schema.content.name
    rows = connection.exec_driver_sql(
        f"SELECT d.guid, d.characters, c.text, c.turns FROM {document} d LEFT JOIN {content} c USING (guid)"
    )
    for guid, characters, text, turns in rows:
        if text is None or len(text) != characters:
            yield "the text of a transcript is missing or not whole"
            return
        try:
            read_turns(turns, characters, len(speakers.get(guid, ())))
        except ValueError:
            yield "the turns of a transcript are damaged"
            return
