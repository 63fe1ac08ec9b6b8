"""The tables of a project file.

Recorded tables hold the study. Each row has a GUID given at creation and a field ``gone``; rows are
never removed, and every write to them lands in ``change`` (see history.py). Their values are text
and integers only. There are no foreign keys and nothing but the GUID is unique: when copies from
two laptops come together, rows arrive in any order and two participants P7 are two.

A coding's place is one text field (``"120-180"``: start and end in code points, end exclusive) and a
code's place in the tree another (``"<parent GUID or nothing>|<sort key>"``), because parts that only
make sense together must win or lose together when copies are merged.

``content`` holds the imported texts and ``frozen`` what the rounds of agreement measured; they never
change, so they are not part of the history, which keeps their hash instead. ``undo_entry`` belongs to
this copy only, and so do the reports on what was merged into it.

Codings of the consensus have no coder: ``coder`` holds the fixed GUID of the consensus, and
``settlement`` says which decision put them there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, Table, Text

APPLICATION_ID = 0x434F4452  # "CODR"
VERSION = 2

metadata = MetaData()


def _text(name: str, default: str | None = "") -> Column[str]:
    if default is None:
        return Column(name, Text)
    return Column(name, Text, nullable=False, server_default=default)


def _flag(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


def is_flag(column: Column[Any]) -> bool:
    """Whether it holds 0 or 1, and 0 where nothing was said."""
    return isinstance(column.type, Integer) and column.server_default is not None


def _recorded(name: str, *columns: Column[str] | Column[int], with_rowid: bool = False) -> Table:
    """A table of the study; `gone` stands right after the key everywhere."""
    key = Column("guid", Text, primary_key=True)
    return Table(
        name, metadata, key, _flag("gone"), *columns, sqlite_with_rowid=with_rowid, sqlite_strict=True
    )


study = _recorded(
    "study",
    _text("name"),
    _text("level_0", None),  # names of the levels; NULL: the usual name, empty: level not in use
    _text("level_1", None),
    _text("level_2", None),
    _text("level_3", None),
    _text("level_4", None),
    _text("codebook_frozen", None),  # GUID of the coder who froze the codebook; NULL or empty: it is not
)
coder = _recorded("coder", _text("name"), _text("person", None))  # NULL unless a second pass
participant = _recorded("participant", _text("label"), _text("pseudonym"))
attribute = _recorded("attribute", _text("name"), _text("position"))
attribute_value = _recorded("attribute_value", _text("participant"), _text("attribute"), _text("value"))
document = _recorded(
    "document",
    _text("title"),
    _text("date"),
    _text("source"),
    _text("position"),
    Column("characters", Integer, nullable=False),
    _text("sha256"),
)
speaker = _recorded(
    "speaker",
    _text("document"),
    Column("number", Integer, nullable=False),  # the speaker's place in the transcript's turns
    _text("name"),
    _text("role"),
    _text("participant", None),
)
progress = _recorded("progress", _text("document"), _text("coder"), _text("status"))
code = _recorded(
    "code",
    _text("name"),
    Column("level", Integer, nullable=False),
    _text("color"),
    _text("place"),
    _text("short"),
    _text("full"),
    _text("when"),
    _text("when_not"),
    _text("example"),
    _text("plain"),
)
coding = _recorded(
    "coding",
    _text("document"),
    _text("coder"),
    _text("code", None),
    _text("place"),
    _flag("exemplar"),
    _text("settlement", None),
    with_rowid=True,  # its indexes hold a short number for each of many rows instead of the GUID
)
memo = _recorded(
    "memo",
    _text("kind"),
    _text("target"),
    _text("place", None),
    _text("coder"),
    _text("text"),
    Column("created", Integer, nullable=False),
)
round_ = _recorded(
    "round",
    _text("name"),
    _text("coder"),  # who froze it
    Column("created", Integer, nullable=False),
    _text("sha256"),  # of its row in `frozen`
)
settlement = _recorded(
    "settlement",
    _text("round"),
    _text("document"),
    _text("place"),  # of the unit that was settled
    _text("verdict"),
    _text("taken"),  # whose version was taken
    _text("reason"),
    _text("coder"),  # who settled it
    Column("created", Integer, nullable=False),
)
division = _recorded("division", _text("made_from"), _flag("locked"))  # GUID: the transcript's
unit = _recorded("unit", _text("document"), _text("place"))
stability = _recorded(
    "stability",
    _text("round"),
    _text("coder"),  # the coder of this pass, a row of its own
    Column("created", Integer, nullable=False),
)
kept_apart = _recorded("kept_apart", _text("one"), _text("other"))  # GUIDs of two codes, the lesser first

RECORDED: tuple[Table, ...] = tuple(metadata.sorted_tables)

content = Table(
    "content",
    metadata,
    Column("guid", Text, primary_key=True),  # of the document
    Column("text", Text, nullable=False),
    Column("turns", Text, nullable=False),  # JSON: [[start, body, end, speaker or null, seconds or null] ...]
    sqlite_strict=True,
)
frozen = Table(
    "frozen",
    metadata,
    Column("guid", Text, primary_key=True),  # of the round
    Column("data", Text, nullable=False),  # JSON, see sources.py
    sqlite_strict=True,
)

step = Table(
    "step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("guid", Text, nullable=False, unique=True),
    Column("wall", Integer, nullable=False),  # hybrid logical clock: milliseconds since 1970 ...
    Column("counter", Integer, nullable=False),  # ... and a counter within the same millisecond
    Column("coder", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("undoes", Text),  # GUID of the step that this one takes back
    sqlite_strict=True,
)
change = Table(
    "change",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # its place within the step, the same in every copy
    Column("tbl", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("before", Text),  # JSON object of the fields that changed; NULL: the row was created
    Column("after", Text, nullable=False),
    sqlite_strict=True,
)
undo_entry = Table(
    "undo_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("coder", Text, nullable=False),
    Column("step", Integer, nullable=False),  # the step that did it, last time it was done
    Column("undone", Integer),  # the step that took it back; NULL: it stands
    sqlite_strict=True,
)

merge_report = Table(
    "merge_report",
    metadata,
    Column("guid", Text, primary_key=True),
    Column("created", Integer, nullable=False),
    Column("data", Text, nullable=False),  # JSON, see merging
    sqlite_strict=True,
)

Index("coding_document", coding.c.document, coding.c.coder, coding.c.gone, coding.c.settlement)
Index("coding_code", coding.c.code, coding.c.gone, coding.c.coder, coding.c.document, coding.c.settlement)
Index("memo_target", memo.c.target)
Index("speaker_document", speaker.c.document)
Index("settlement_place", settlement.c.document, settlement.c.place)
Index("unit_document", unit.c.document)
Index("step_clock", step.c.wall, step.c.counter)
Index("change_step", change.c.step, change.c.number)
Index("change_row", change.c.row)


def place_text(start: int, end: int) -> str:
    """A stretch of text as it is stored; positions in code points, end exclusive."""
    return f"{start}-{end}"


def place_range(place: str) -> tuple[int, int]:
    start, _, end = place.partition("-")
    return int(start), int(end)


def node_place_text(parent: str | None, order: str) -> str:
    """A node's place in the tree as it is stored."""
    return f"{parent or ''}|{order}"


def node_place(place: str) -> tuple[str | None, str]:
    """Parent (None at the top) and sort key."""
    parent, _, order = place.partition("|")
    return parent or None, order
