"""Names that people give, and words for rows."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import Connection, select

from coder_app.core.errors import UserError
from coder_app.project.history import TABLES

LONGEST = 300
"""Code points of a name."""
LONGEST_TEXT = 100_000
"""Code points of what is written by hand: definitions, memos, reasons."""
_BLANK = set("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols without ink

_WHAT = {
    "study": ("The project", "name"),
    "coder": ("The coder", "name"),
    "participant": ("The participant", "label"),
    "attribute": ("The attribute", "name"),
    "attribute_value": ("The value", "value"),
    "document": ("The transcript", "title"),
    "speaker": ("The speaker", "name"),
    "progress": ("The progress", "status"),
    "code": ("The code", "name"),
    "coding": ("A coding", None),
    "memo": ("A memo", None),
    "round": ("The round", "name"),
    "settlement": ("A settled passage", None),
    "division": ("The division into units", None),
    "unit": ("A meaning unit", None),
    "stability": ("A stability pass", None),
    "kept_apart": ("A pair of codes kept apart", None),
}

_FIELDS = {
    "": {
        "name": "name",
        "label": "ID",
        "title": "title",
        "place": "place",
        "level": "level",
        "color": "colour",
        "short": "short definition",
        "full": "full definition",
        "when": "when to use",
        "when_not": "when not to use",
        "example": "example",
        "plain": "plain words",
        "code": "code",
        "coder": "coder",
        "exemplar": "exemplar",
        "settlement": "decision",
        "text": "text",
        "target": "what it is about",
        "date": "date",
        "source": "file",
        "position": "order",
        "status": "progress",
        "role": "role",
        "participant": "participant",
        "pseudonym": "pseudonym",
        "value": "value",
        "verdict": "decision",
        "taken": "whose version was taken",
        "reason": "reason",
        "locked": "lock",
        "made_from": "kind of units",
        "person": "whose second pass it is",
        "codebook_frozen": "whether the codebook is frozen",
        "level_0": "name of the level “code”",
        "level_1": "name of the level “subcategory”",
        "level_2": "name of the level “category”",
        "level_3": "name of the level “theme”",
        "level_4": "name of the level “core theme”",
    },
    "code": {"place": "place in the codebook"},
    "coding": {"place": "beginning and end"},
    "memo": {"place": "passage"},
}
"""Table (or empty: any) -> field -> what people call it."""


def field_words(table: str, field: str) -> str:
    """A field of a table as people call it: “short definition”."""
    words = _FIELDS.get(table, {}).get(field) or _FIELDS[""].get(field)
    return words or field.replace("_", " ")


def clean_name(name: str, what: str) -> str:
    """A name as it is stored: line breaks and runs of white space become one space.

    Raises UserError for nothing that can be seen, for more than 300 code points, and for control
    characters.
    """
    cleaned = " ".join(name.split())
    subject = f"The name of {'an' if what[0] in 'aeiou' else 'a'} {what}"
    if not cleaned:
        raise UserError(f"{subject} cannot be empty.")
    if len(cleaned) > LONGEST:
        raise UserError(f"{subject} can have {LONGEST} characters at most; this one has {len(cleaned):,}.")
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in cleaned):
        raise UserError(f"{subject} cannot hold control characters.")
    if not any(unicodedata.category(c)[0] in "LNPS" and c not in _BLANK for c in cleaned):
        raise UserError(f"{subject} needs something that can be seen.")
    return cleaned


def clean_text(text: str) -> str:
    """A longer text as it is stored: plain line ends, nothing SQLite or XML could not hold.

    Raises UserError for more than 100,000 code points.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    cleaned = re.sub("[\x00\ud800-\udfff]", "", plain).strip()
    if len(cleaned) > LONGEST_TEXT:
        raise UserError(
            f"A text can have {LONGEST_TEXT:,} characters at most; this one has {len(cleaned):,}."
        )
    return cleaned


def describe(connection: Connection, table: str, guid: str) -> str:
    """A row in words: “The code “Stigma””."""
    if table == "progress":
        return _progress(connection, guid)
    words, field = _WHAT[table]
    if field is None:
        return words
    columns = TABLES[table].c
    name = connection.scalar(select(columns[field]).where(columns.guid == guid))
    return f"{words} “{name}”"


def _progress(connection: Connection, guid: str) -> str:
    progress, coder, document = TABLES["progress"].c, TABLES["coder"].c, TABLES["document"].c
    row = connection.execute(
        select(coder.name, document.title)
        .join_from(TABLES["progress"], TABLES["coder"], coder.guid == progress.coder)
        .join(TABLES["document"], document.guid == progress.document)
        .where(progress.guid == guid)
    ).first()
    return f"The progress of {row.name} with “{row.title}”" if row is not None else "The progress"


def plural(count: int, one: str, many: str | None = None) -> str:
    """“1 quote”, “2 quotes”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
