"""Lists read from the file and kept until a step may have changed them.

The window asks for transcripts, coders and participants several times after every action; reading
them costs 1 to 4 ms each time.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from sqlalchemy import Table, select

from coder_app.project.reach import Reach

if TYPE_CHECKING:
    from coder_app.project.project import Project

T = TypeVar("T")


class Kept(Generic[T]):
    """The rows of ``table`` that show, as ``read`` gives them.

    A step on one of the tables ``own`` may change them. So may one that touches what refers to a row
    that is gone (see shown.py), or to a row of ``through`` that is gone: by way of those, too, rows
    of ``table`` come to show.
    """

    def __init__(
        self,
        project: Project,
        table: Table,
        read: Callable[[], list[T]],
        own: Collection[str],
        through: Sequence[Table] = (),
    ) -> None:
        self._project = project
        self._tables = (table, *through)
        self._read = read
        self._own = frozenset(own)
        self._through = frozenset(table.name for table in through)
        self._rows: list[T] | None = None
        self._gone: set[str] | None = None  # what may show or vanish by reference; None: not known

    def get(self) -> list[T]:
        """The rows, in a list of the caller's own; within a running step always read anew."""
        if self._project.in_step:
            return self._read()
        if self._rows is None:
            self._rows = self._read()
        return list(self._rows)

    def after_step(self, reach: Reach) -> bool:
        """A step has ended; tells whether rows may have come or gone by reference."""
        touched = reach.touched.keys()
        through = not touched.isdisjoint(self._through)
        if through or not touched.isdisjoint(self._own):
            self._rows = self._gone = None
        changed = bool(self._all_gone()) if through else not self._all_gone().isdisjoint(reach.referred)
        if changed:
            self._rows = None
        return changed

    def _all_gone(self) -> set[str]:
        if self._gone is None:
            self._gone = set()
            for table in self._tables:
                guids = select(table.c.guid).where(table.c.gone == 1)
                self._gone.update(self._project.connection.scalars(guids))
        return self._gone

    def forget(self) -> None:
        self._rows = self._gone = None
