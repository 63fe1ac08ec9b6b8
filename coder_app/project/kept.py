"""Lists read from the file and kept until a step may have changed them.

The window asks for transcripts, coders and participants several times after every action; reading
them costs 1 to 4 ms each time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import Table, exists, select

from coder_app.project.history import Touched

if TYPE_CHECKING:
    from coder_app.project.project import Project

T = TypeVar("T")


class Kept(Generic[T]):
    """The rows of ``table`` that show, as ``read`` gives them.

    A step on one of the tables ``own`` may change them. A row that is gone may show because others
    refer to it (see shown.py): while there is any, a step on the tables ``referring`` may too.
    """

    def __init__(
        self,
        project: Project,
        table: Table,
        read: Callable[[], list[T]],
        own: Collection[str],
        referring: Collection[str],
    ) -> None:
        self._project = project
        self._table = table
        self._read = read
        self._own = frozenset(own)
        self._referring = frozenset(referring)
        self._rows: list[T] | None = None
        self._some_gone = True

    def get(self) -> list[T]:
        """The rows, in a list of the caller's own; within a running step always read anew."""
        if self._project.in_step:
            return self._read()
        if self._rows is None:
            self._rows = self._read()
            gone = select(exists().where(self._table.c.gone == 1))
            self._some_gone = bool(self._project.connection.scalar(gone))
        return list(self._rows)

    def after_step(self, touched: Touched) -> None:
        """A step has written to these tables."""
        changed = not self._own.isdisjoint(touched)
        if changed or (self._some_gone and not self._referring.isdisjoint(touched)):
            self._rows = None

    def forget(self) -> None:
        self._rows = None
