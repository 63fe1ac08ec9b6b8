"""A table of participants from the clipboard, as spreadsheets and word processors put it there."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from coder_app.core.errors import UserError
from coder_app.project.project import Project

PSEUDONYM = "\0pseudonym"
"""Stands for the column of pseudonyms among names of attributes."""
_LABELS = frozenset(
    ["id", "ids", "label", "participant", "participants", "participant id", "participant no", "person",
     "code", "no", "no.", "#", "nr", "nr.", "interviewee", "respondent", "teilnehmer", "teilnehmerin",
     "participante", "참여자", "참가자", "번호", "משתתף", "משתתפת", "מספר"]
)  # fmt: skip
_PSEUDONYMS = frozenset(["pseudonym", "pseudonyms", "alias", "seudónimo", "pseudonyme", "가명", "פסבדונים"])
MOST_ROWS = 5_000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Pasted:
    """What to write: columns (names of attributes or ``PSEUDONYM``) and rows of (label, values)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def cells(text: str) -> list[list[str]]:
    """Rows of trimmed cells; tabs divide them, quotation marks hold cells with line breaks together."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if "\t" not in plain:
        rows = [[line] for line in plain.split("\n")]
    else:
        try:
            rows = list(csv.reader(io.StringIO(plain), delimiter="\t"))
        except csv.Error:
            rows = [line.split("\t") for line in plain.split("\n")]
    trimmed = [[" ".join(cell.split()) for cell in row] for row in rows]
    return [row for row in trimmed if any(row)]


def understood(text: str, attributes: Sequence[str], labels: Sequence[str]) -> Pasted:
    """The table in ``text``: its first column names the participants.

    The first row is a heading where its first cell is empty or a word for an ID, or where it names an
    attribute the project has; without one the columns are pseudonym and the project's attributes in their
    order. Raises UserError where nobody is named, somebody twice, or columns are left without a name.
    """
    table = cells(text)
    if not table:
        raise UserError("There is no table on the clipboard: copy it from your spreadsheet first.")
    width = max(len(row) for row in table)
    if len(table) > MOST_ROWS or width > MOST_COLUMNS:
        raise UserError(
            f"The table on the clipboard is too large: it has {len(table):,} rows and {width:,} columns."
        )
    table = [row + [""] * (width - len(row)) for row in table]
    if _is_heading(table[0], attributes, labels):
        columns = _columns(table.pop(0)[1:], attributes)
    else:
        columns = tuple([PSEUDONYM, *attributes][: width - 1])
        if len(columns) < width - 1:
            raise UserError("Copy the table together with its heading row, so that every column has a name.")
    rows = tuple((row[0], tuple(row[1:])) for row in table)
    _check_labels([label for label, _ in rows])
    return Pasted(columns, rows)


def _is_heading(row: Sequence[str], attributes: Sequence[str], labels: Sequence[str]) -> bool:
    first = row[0].casefold()
    if first in {label.casefold() for label in labels}:
        return False
    known = {name.casefold() for name in attributes} | _PSEUDONYMS
    return first == "" or first in _LABELS or any(cell.casefold() in known for cell in row[1:])


def _columns(heads: Sequence[str], attributes: Sequence[str]) -> tuple[str, ...]:
    known = {name.casefold(): name for name in attributes}
    columns: list[str] = []
    for head in heads:
        if not head:
            raise UserError("One column of the table has no name in the heading row.")
        name = PSEUDONYM if head.casefold() in _PSEUDONYMS else known.get(head.casefold(), head)
        if name.casefold() in (other.casefold() for other in columns):
            raise UserError(f"The column “{head}” stands in the table twice.")
        columns.append(name)
    return tuple(columns)


def _check_labels(labels: Sequence[str]) -> None:
    seen: set[str] = set()
    for label in labels:
        if not label:
            raise UserError("One row of the table has no participant in its first column.")
        if label.casefold() in seen:
            raise UserError(f"The participant “{label}” stands in the table twice.")
        seen.add(label.casefold())


def write(project: Project, pasted: Pasted) -> int:
    """Bring a table into the project as one step; returns the number of participants added.

    Empty cells leave what is known as it is. Raises UserError for names the project refuses.
    """
    people = project.participants
    known = {person.label.casefold(): person.guid for person in people.all()}
    added = 0
    with project.step("Paste participants"):
        for label, values in pasted.rows:
            guid = known.get(label.casefold())
            if guid is None:
                guid = people.add(label)
                added += 1
            for column, value in zip(pasted.columns, values, strict=True):
                if value and column == PSEUDONYM:
                    people.set_pseudonym(guid, value)
                elif value:
                    people.set_attribute(guid, column, value)
        for column in pasted.columns:
            if column != PSEUDONYM:
                people.add_attribute(column)
    return added
