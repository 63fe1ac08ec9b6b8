"""Bringing a colleague's copy in: the union of both histories, told before and kept as a report after."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from coder_app.core.errors import UserError
from coder_app.project import adopting, opening, schema, telling, trust, union
from coder_app.project.merge_report import Conflict, MergeReport
from coder_app.project.trust import Damaged
from coder_app.project.union import Progress
from coder_app.project.values import LONGEST_NAME

if TYPE_CHECKING:
    from coder_app.project.project import Project

NOTE = "before merging"
"""What the backup before a merge is called."""


class Merging:
    """``project.merging``. Files that come in are looked through as any file from outside."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def preview(
        self,
        *others: Path,
        different: bool = False,
        separate: Collection[str] = (),
        progress: Progress | None = None,
    ) -> list[MergeReport]:
        """What `bring_in` would do; nothing is changed. Raises UserError as it does."""
        with ExitStack() as stack:
            theirs = [stack.enter_context(self._theirs(other)) for other in others]
            image = self._project.snapshot()
            trial = stack.enter_context(type(self._project).from_snapshot(image, writable=True))
            trial.coders.switch(self._who())
            copies = list(zip(others, theirs, strict=True))
            return trial.merging.take_in(copies, different, separate, progress)

    def bring_in(
        self,
        *others: Path,
        different: bool = False,
        separate: Collection[str] = (),
        progress: Progress | None = None,
    ) -> list[MergeReport]:
        """Bring copies of this project in, all in one transaction, after a backup; a report on each.

        A project that a colleague began on her own on the same interviews is taken in too, as an action
        (see adopting.py); one that shares no transcript with this one only where ``different`` is true.
        Her codes in ``separate`` (GUIDs) stay her own, though one of ours has the same name and place.
        ``progress`` may raise to stop; then, and on any error, the project is as it was. Raises
        UserError for a file that is of a different study, is damaged, newer, or the project itself.
        """
        if self._project.read_only:
            raise UserError(self._project.read_only_reason)
        with ExitStack() as stack:
            theirs = [stack.enter_context(self._theirs(other)) for other in others]
            if all(self._knows_all_of(one) for one in theirs):
                return [MergeReport(other.name, 0) for other in others]
            backup = self._project.back_up(f"{NOTE} at {datetime.now():%H.%M.%S}")
            copies = list(zip(others, theirs, strict=True))
            return self.take_in(copies, different, separate, progress, backup.name)

    def reports(self) -> list[MergeReport]:
        """The reports kept in this copy, newest first."""
        table = schema.merge_report.c
        rows = self._project.connection.execute(select(table.data).order_by(table.created.desc(), table.guid))
        return [MergeReport.from_json(row.data) for row in rows]

    @staticmethod
    def check_not_itself(path: Path, others: Sequence[Path]) -> None:
        """Raise UserError where one of the files is the project's own, at ``path``."""
        for other in others:
            if other.exists() and other.samefile(path):
                raise UserError(f"“{other.name}” is the project that is open here.")

    def take_back(self, report: MergeReport) -> None:
        """Make the project what it was before a merge; what it is now is backed up first.

        Raises UserError where the backup is no longer there.
        """
        if not report.backup:
            raise UserError("There is no backup of what was before.")
        self._project.bring_back(report.backup)

    def choose(self, conflict: Conflict) -> None:
        """Let the value stand that does not: as an action of its own, to be undone like any.

        Raises UserError where its row is gone or a move would close a circle.
        """
        telling.choose(self._project, conflict)

    # Parts

    def take_in(
        self,
        copies: Sequence[tuple[Path, Project]],
        different: bool,
        separate: Collection[str],
        progress: Progress | None = None,
        backup: str = "",
    ) -> list[MergeReport]:
        """Part of `bring_in`: what each of the open files holds, and the reports on it."""
        project = self._project
        copy = [theirs.guid == project.guid for _, theirs in copies]
        if all(copy):
            return self.unite(copies, progress, backup)
        if any(copy):  # one transaction cannot hold both: the one is an action, the other is not
            raise UserError(
                "Some of these files are copies of this project, others are projects of their own: bring"
                " them in one after the other."
            )
        for path, theirs in copies:
            adopting.check_related(project, theirs, path.name, different=different)
        with project.step(f"Bring in {', '.join(path.name for path, _ in copies)}"[:LONGEST_NAME]):
            reports = [adopting.adopt(project, theirs, path.name, separate) for path, theirs in copies]
            return [self._keep(project.connection, one, backup) if one.steps else one for one in reports]

    def unite(
        self, copies: Sequence[tuple[Path, Project]], progress: Progress | None = None, backup: str = ""
    ) -> list[MergeReport]:
        """Part of `bring_in`: the union of copies of this project, in one transaction."""
        if not copies:
            return []
        with self._project.bringing_in() as connection:
            reports = [self._unite_one(connection, path.name, theirs, progress) for path, theirs in copies]
            return [self._keep(connection, one, backup) if one.steps or one.new else one for one in reports]

    @staticmethod
    def _keep(connection: Connection, report: MergeReport, backup: str) -> MergeReport:
        """Write a report to the file."""
        kept = replace(report, guid=str(uuid.uuid4()), backup=backup)
        row = {"guid": kept.guid, "created": kept.created, "data": kept.to_json()}
        connection.execute(schema.merge_report.insert(), row)
        return kept

    def _unite_one(
        self, connection: Connection, name: str, theirs: Project, progress: Progress | None
    ) -> MergeReport:
        project = self._project
        shown = telling.showing(connection)
        found = union.unite(connection, theirs.connection, progress)
        if found.is_empty:
            return MergeReport(name, 0)
        project.forget()
        project.history.read_clock()
        return telling.report(project, theirs, found, shown, name)

    def _who(self) -> str:
        """The coder who works now, or anybody: a preview is in nobody's name."""
        coders = self._project.coders
        return coders.current.guid if coders.chosen else coders.all()[0].guid

    @contextmanager
    def _theirs(self, other: Path) -> Iterator[Project]:
        """The other file as it is now, in memory: what happens to it meanwhile is no matter."""
        project = self._project
        opening.check_there(other)
        if project.path is not None:
            self.check_not_itself(project.path, [other])
        with self._as_a_colleagues(), type(project).open(other, read_only=True) as opened:
            if trust.version_of(opened.connection, other.name) > schema.VERSION:
                raise UserError(
                    f"“{other.name}” was made by a newer version of this program: update it first."
                )
            image = opened.snapshot()
        with type(project).from_snapshot(image, file=other.name) as theirs:
            yield theirs

    @staticmethod
    @contextmanager
    def _as_a_colleagues() -> Iterator[None]:
        """Backups of a damaged file are of no help where it is a colleague's."""
        try:
            yield
        except Damaged as error:
            sentence = str(error).replace(trust.TRY_BACKUPS, "Nothing was changed: ask for it again.")
            raise UserError(sentence) from error

    def _knows_all_of(self, theirs: Project) -> bool:
        """Whether the other is a copy of which every step is here, and no fuller."""
        if theirs.guid != self._project.guid:
            return False
        steps = select(schema.step.c.guid, schema.step.c.name)
        ours = dict(self._project.connection.execute(steps).all())
        return all(
            guid in ours and (ours[guid] or not name) for guid, name in theirs.connection.execute(steps).all()
        ) and all(ours.values())
