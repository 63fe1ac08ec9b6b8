"""Bringing a colleague's copy in: the union of both histories, told before and kept as a report after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from coder_app.core.errors import UserError
from coder_app.project import opening, schema, telling, union
from coder_app.project.merge_report import Conflict, MergeReport
from coder_app.project.union import Progress

if TYPE_CHECKING:
    from coder_app.project.project import Project

NOTE = "before merging"
"""What the backup before a merge is called."""


class Merging:
    """``project.merging``. Files that come in are looked through as any file from outside."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def preview(self, *others: Path, progress: Progress | None = None) -> list[MergeReport]:
        """What `bring_in` would do; nothing is changed. Raises UserError as it does."""
        with ExitStack() as stack:
            theirs = [stack.enter_context(self._theirs(other)) for other in others]
            image = self._project.snapshot()
            trial = stack.enter_context(type(self._project).from_snapshot(image, writable=True))
            return trial.merging.unite(list(zip(others, theirs, strict=True)), progress)

    def bring_in(self, *others: Path, progress: Progress | None = None) -> list[MergeReport]:
        """Bring copies of this project in, all in one transaction, after a backup; a report on each.

        ``progress`` may raise to stop; then, and on any error, the project is as it was. Raises
        UserError for a file that is no copy of this project, is damaged, newer, or the project itself.
        """
        if self._project.read_only:
            raise UserError(self._project.read_only_reason)
        with ExitStack() as stack:
            theirs = [stack.enter_context(self._theirs(other)) for other in others]
            if all(self._knows_all_of(one) for one in theirs):
                return [MergeReport(other.name, 0) for other in others]
            backup = self._project.back_up(f"{NOTE} at {datetime.now():%H.%M.%S}")
            return self.unite(list(zip(others, theirs, strict=True)), progress, backup.name)

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

    def unite(
        self,
        copies: Sequence[tuple[Path, Project]],
        progress: Progress | None = None,
        backup: str = "",
    ) -> list[MergeReport]:
        """Part of `bring_in`: the union itself, in one transaction, and the reports on it."""
        with self._project.bringing_in() as connection:
            reports = [self._unite_one(connection, path.name, theirs, progress) for path, theirs in copies]
            reports = [replace(report, backup=backup if report.guid else "") for report in reports]
            kept = [
                {"guid": report.guid, "created": report.created, "data": report.to_json()}
                for report in reports
                if report.guid
            ]
            if kept:
                connection.execute(schema.merge_report.insert(), kept)
        return reports

    def _unite_one(
        self, connection: Connection, name: str, theirs: Project, progress: Progress | None
    ) -> MergeReport:
        project = self._project
        shown = telling.showing(connection)
        found = union.unite(connection, theirs.connection, progress)
        if found.is_empty:
            return MergeReport(name, 0)
        project.forget()
        return telling.report(project, theirs, found, shown, name)

    @contextmanager
    def _theirs(self, other: Path) -> Iterator[Project]:
        """The other file, checked from end to end, in memory: what happens to the file is no matter."""
        project = self._project
        opening.check_there(other)
        if project.path is not None:
            self.check_not_itself(project.path, [other])
        with type(project).open(other, read_only=True) as opened:
            if "newer version" in opened.read_only_reason:
                raise UserError(
                    f"“{other.name}” was made by a newer version of this program: update it first."
                )
            image = opened.snapshot()
        with type(project).from_snapshot(image, file=other.name) as theirs:
            if theirs.guid != project.guid:
                raise UserError(
                    f"“{other.name}” is not a copy of this project: it was begun on its own,"
                    f" as “{theirs.name}”."
                )
            yield theirs

    def _knows_all_of(self, theirs: Project) -> bool:
        """Whether every step of the other copy is here, and no fuller."""
        steps = select(schema.step.c.guid, schema.step.c.name)
        ours = dict(self._project.connection.execute(steps).all())
        return all(
            guid in ours and (ours[guid] or not name) for guid, name in theirs.connection.execute(steps).all()
        ) and all(ours.values())
