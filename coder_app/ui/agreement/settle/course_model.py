"""The course of rounds as a table: each as it was coded, and after discussion."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt

from coder_app.ui.agreement.settle import words
from coder_app.ui.agreement.settle.computing import CourseRow
from coder_app.ui.agreement.settle.head import figure_texts, headings, undefined_words
from coder_app.ui.codebook.wording import tip
from coder_app.ui.times import moment
from coder_app.ui.widgets.table_model import Index, TableModel


class Column(IntEnum):
    NAME = 0
    WHEN = 1
    WHO = 2
    UNIT = 3
    N = 4
    AGREEMENT = 5
    KAPPA = 6
    ALPHA = 7


class CourseModel(TableModel):
    """``rows`` in the order the rounds were made."""

    figures = range(Column.N, len(Column))

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[CourseRow] = []
        self.heads = course_header()

    def put(self, rows: Sequence[CourseRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def length(self) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return course_cells(row)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            if column >= Column.AGREEMENT:
                return tip(undefined_words(row.figures)) or None
            return tip(course_cells(row)[column])
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= Column.N:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None


def course_header() -> tuple[str, ...]:
    return (
        words.tr("Round"),
        words.tr("When"),
        words.tr("Who"),
        words.tr("Unit, level"),
        words.tr("Coded units"),
        words.tr("Agreement"),
        words.tr("Kappa"),
        words.tr("Alpha"),
    )


def course_cells(row: CourseRow) -> tuple[str, ...]:
    """What stands in a row, in the order of the header."""
    name = row.round.name
    if row.settled is not None:
        name = words.tr("{round}, after discussion ({part} of {whole} settled)").format(
            round=name, part=f"{row.settled:,}", whole=f"{row.disagreements:,}"
        )
    unit = f"{words.unit_name(row.unit)}, {row.level}"
    count = f"{row.figures.coded:,}" if row.figures.coded else ""
    agreement, kappa, alpha = figure_texts(row.figures)
    first = headings(row.unit, len(row.who))[0]
    if row.unit == "match" and agreement:
        agreement = f"{first} {agreement}"
    return name, moment(row.round.created), words.joined(row.who), unit, count, agreement, kappa, alpha
