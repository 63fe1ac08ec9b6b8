"""The one door to a project file."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select

from coder_app.core.changes import Changes
from coder_app.core.errors import UserError
from coder_app.core.model import DEFAULT_LEVEL_NAMES, Level
from coder_app.project import admission, backups, history, opening, schema, trust, undoing
from coder_app.project.audit import Audit
from coder_app.project.coders import Coders
from coder_app.project.codes import Codes
from coder_app.project.codings import Codings
from coder_app.project.consensus import Consensus
from coder_app.project.documents import Documents
from coder_app.project.guard import ChangedElsewhere, Guard
from coder_app.project.history import History, Undone
from coder_app.project.lock import OpenElsewhere, ProjectLock
from coder_app.project.lookalikes import Lookalikes
from coder_app.project.meaning_units import MeaningUnitsManager
from coder_app.project.memos import Memos
from coder_app.project.merging import Merging
from coder_app.project.names import clean_name
from coder_app.project.participants import Participants
from coder_app.project.queries import Queries
from coder_app.project.reach import Reach, reach_of
from coder_app.project.rounds import Rounds
from coder_app.project.stability import Stability
from coder_app.project.values import damage_in

_FLAGS = {
    "study": Changes.STUDY,
    "coder": Changes.CODERS,
    "participant": Changes.PARTICIPANTS,
    "attribute": Changes.PARTICIPANTS,
    "attribute_value": Changes.PARTICIPANTS,
    "document": Changes.DOCUMENTS,
    "speaker": Changes.SPEAKERS,
    "progress": Changes.PROGRESS,
    "code": Changes.CODES,
    "coding": Changes.CODINGS,
    "memo": Changes.MEMOS,
    "round": Changes.ROUNDS,
    "stability": Changes.ROUNDS,
    "settlement": Changes.CONSENSUS,
    "division": Changes.UNITS,
    "unit": Changes.UNITS,
    "kept_apart": Changes.CODES,
}

__all__ = ["OpenElsewhere", "Project", "Undone"]


class Project:
    """An open project: managers for its nouns, steps, undo, snapshots.

    Every action commits before it returns. An action that raises has changed nothing. All methods
    belong to the thread that opened the project; give other threads a snapshot.
    """

    def __init__(
        self,
        connection: Connection,
        path: Path | None,
        guid: str,
        *,
        read_only_reason: str = "",
        lock: ProjectLock | None = None,
        now: Callable[[], int] = history.now_ms,
    ) -> None:
        self.connection = connection
        self.path = path
        self.guid = guid
        self.read_only_reason = read_only_reason
        self.read_only = bool(read_only_reason)
        self.now = now
        self._lock = lock
        self.guard = Guard(connection, lock)
        self._running: int | None = None
        self._waits = ""  # why no other action can join the running step just now
        self._unseen = Changes.NONE
        self._entry_names: dict[tuple[str, str], str | None] = {}
        self._level_names: dict[Level, str] | None = None
        self.history = History(connection, now)
        if not self.read_only:
            history.install_recording(connection)
        self.coders = Coders(self)
        self.documents = Documents(self)
        self.participants = Participants(self)
        self.codes = Codes(self)
        self.codings = Codings(self)
        self.lookalikes = Lookalikes(self)
        self.memos = Memos(self)
        self.meaning_units = MeaningUnitsManager(self)
        self.rounds = Rounds(self)
        self.consensus = Consensus(self)
        self.stability = Stability(self)
        self.merging = Merging(self)
        self.audit = Audit(self)
        self.queries = Queries(self)
        self._keepers = (self.codes, self.documents, self.participants, self.coders, self.queries)

    # Opening and closing

    @classmethod
    def create(cls, path: Path, name: str, coder: str, *, now: Callable[[], int] = history.now_ms) -> Project:
        """Make a new project file with its first coder and open it.

        Raises UserError where a name is empty, the file exists or the folder cannot be written.
        """
        name, coder = clean_name(name, "project"), clean_name(coder, "coder")
        guid, coder_guid = str(uuid.uuid4()), str(uuid.uuid4())
        with opening.draft_of(path) as connection:
            draft = cls(connection, path, guid, now=now)
            with draft.step("New project", coder=coder_guid, undoable=False):
                connection.execute(schema.study.insert(), {"guid": guid, "name": name})
                connection.execute(schema.coder.insert(), {"guid": coder_guid, "name": coder})
        project = cls.open(path, now=now)
        project.coders.switch(coder_guid)
        return project

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        coder: str | None = None,
        read_only: bool = False,
        now: Callable[[], int] = history.now_ms,
    ) -> Project:
        """Open a project file; ``coder`` is the name of the coder who works now.

        A backup, a file made by a newer version, or one that cannot be written here opens read-only
        and says why in ``read_only_reason``. Raises OpenElsewhere where another window has it open,
        UserError where it is not a project, is damaged, or has no such coder.
        """
        found = admission.admit(path, read_only=read_only)
        project = cls(
            found.connection, path, found.study, read_only_reason=found.reason, lock=found.lock, now=now
        )
        try:
            if coder is not None:
                project.coders.switch(project.coders.named(coder).guid)
        except BaseException:
            project.close()
            raise
        return project

    @classmethod
    def from_snapshot(
        cls, image: bytes, coder: str | None = None, *, writable: bool = False, file: str | None = None
    ) -> Project:
        """A project in memory, for the thread that calls this; ``coder`` is a GUID.

        ``file`` is the name that sentences about damage call it by. What is done in a ``writable``
        one is lost when it is closed.
        """
        connection = opening.connect_memory(image, file)
        try:
            guid = trust.study_guid(connection, "The project")
            reason = "" if writable else "This is a snapshot for reading."
            project = cls(connection, None, guid, read_only_reason=reason)
            if coder is not None:
                project.coders.switch(coder)
        except BaseException:
            opening.close(connection)
            raise
        return project

    def snapshot(self) -> bytes:
        """The whole project as it stands, to be read elsewhere (about 1 ms per MB)."""
        return opening.image_of(history.driver(self.connection))

    def close(self) -> None:
        """Close the file; the project cannot be used afterwards."""
        opening.close(self.connection)
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def back_up_daily(self) -> None:
        """Write today's copy where there is none yet.

        Raises UserError where it cannot be written; the project is not affected.
        """
        if self.path is None or not backups.wanted_today(self.guid):
            return
        self.back_up()

    def back_up(self, note: str = "") -> Path:
        """Write a dated copy and return where it is; ``note`` says why where it is not the daily one.

        Raises UserError where it cannot be written; the project is not affected.
        """
        return backups.write(history.driver(self.connection), self.guid, note=note)

    def bring_back(self, backup: str) -> None:
        """Make this project what its backup of that name is; what it was is backed up first.

        Raises UserError where that cannot be done; the project is as it was.
        """
        if self.read_only:
            raise UserError(self.read_only_reason)
        self.guard.check()
        if (path := backups.path_of(self.guid, backup)).is_file():
            Project.open(path, read_only=True).close()  # looked through as any file
        note = _at_this_moment("before a backup was brought back")
        backups.write(history.driver(self.connection), self.guid, note=note, keep=path.name)
        with opening.understood(self.path):
            backups.bring_back(history.driver(self.connection), self.guid, backup)
        self.reread()

    def reread(self) -> None:
        """The file holds something else than before: drop everything known of it."""
        self._entry_names.clear()
        self.forget()
        self.history.read_clock()
        self.guard.accept()
        self._unseen = Changes.EVERYTHING

    @classmethod
    def beside(cls, path: Path) -> Project:
        """A file that is open for writing once more, for another thread.

        Whoever has it open does nothing to it meanwhile, and calls `reread` afterwards.
        """
        connection = opening.connect(path, read_only=False)
        try:
            opening.prepare_writing(connection, path)
            return cls(connection, path, trust.study_guid(connection, path.name))
        except BaseException:
            opening.close(connection)
            raise

    # Actions

    @property
    def in_step(self) -> bool:
        """Whether a step is running: what was read before it may no longer be true."""
        return self._running is not None

    @contextmanager
    def step(self, name: str, *, coder: str | None = None, undoable: bool = True) -> Iterator[None]:
        """One user action: all of it is on disk when this ends, or nothing of it is.

        Inside a running step another one joins it. A step that changes nothing leaves no trace.
        ``coder`` is a GUID (default: who works now). Raises UserError where nothing can be written.
        """
        if self._running is not None:
            self._refuse_while_waiting()
            yield
            return
        with self._transaction(name, coder or self.coders.current.guid, None) as (who, step_id):
            yield
            if undoable and self.history.touched(step_id):
                self.history.remember(step_id, who)

    @contextmanager
    def waiting(self, reason: str) -> Iterator[None]:
        """The running step waits for the window: other actions are refused with this sentence."""
        self._waits = reason
        try:
            yield
        finally:
            self._waits = ""

    def _refuse_while_waiting(self) -> None:
        if self._waits:
            raise UserError(self._waits)

    @contextmanager
    def _transaction(self, name: str, coder: str, undoes: str | None) -> Iterator[tuple[str, int]]:
        if self.read_only:
            raise UserError(self.read_only_reason)
        self._refuse_while_waiting()
        self.guard.check()
        if self.in_step:
            raise RuntimeError("undo or redo within another action")
        touched: history.Touched = {}
        with opening.understood(self.path):
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                self.guard.check_unchanged()
                self._running = step_id = self.history.begin(name, coder, undoes)
                yield coder, step_id
                touched = self.history.touched(step_id)
                self.history.end()
                self.connection.exec_driver_sql("COMMIT" if touched or undoes else "ROLLBACK")
            except BaseException as error:
                if history.driver(self.connection).in_transaction:
                    self.connection.exec_driver_sql("ROLLBACK")
                self.forget()
                if isinstance(error, ChangedElsewhere):
                    self.reread()
                raise
            finally:
                self._running = None
                self._entry_names.clear()
        self._spread(reach_of(self.connection, step_id, touched))

    @contextmanager
    def bringing_in(self) -> Iterator[Connection]:
        """One transaction that writes what is recorded already, and is no action (see merging.py)."""
        if self.read_only:
            raise UserError(self.read_only_reason)
        self.guard.check()
        if self.in_step:
            raise RuntimeError("a merge within an action")
        with opening.understood(self.path):
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield self.connection
                if damage := damage_in(self.connection):  # a history may hold what its own file never showed
                    raise UserError(f"What came in is damaged: {damage}. Nothing was changed.")
                self.connection.exec_driver_sql("COMMIT")
            except BaseException:
                if history.driver(self.connection).in_transaction:
                    self.connection.exec_driver_sql("ROLLBACK")
                raise
            finally:
                self._entry_names.clear()
                self.forget()
        self.reread()

    def _spread(self, reach: Reach) -> None:
        """Tell everybody how far a step reached that is on disk."""
        for table in reach.touched:
            self._unseen |= _FLAGS[table]
        for keeper in self._keepers:
            self._unseen |= keeper.after_step(reach)
        self._level_names = None

    def forget(self) -> None:
        """Drop everything computed from the file."""
        self._level_names = None
        for keeper in self._keepers:
            keeper.forget()

    def take_changes(self) -> Changes:
        """What all steps since the last call touched."""
        changes, self._unseen = self._unseen, Changes.NONE
        return changes

    def undo_name(self) -> str | None:
        """Name of the action that undo would take back, None where there is none."""
        return self._undo_entry_name(self.history.next_undo)

    def redo_name(self) -> str | None:
        return self._undo_entry_name(self.history.next_redo)

    def _undo_entry_name(self, find: Callable[[str], tuple[int, str] | None]) -> str | None:
        if self.read_only or not self.coders.chosen:
            return None
        key = (find.__name__, self.coders.current.guid)
        if key not in self._entry_names:  # menus ask after every change of the selection
            found = find(self.coders.current.guid)
            self._entry_names[key] = found[1] if found else None
        return self._entry_names[key]

    def undo(self) -> Undone:
        """Take back the current coder's latest own action in this copy, as a new step.

        What somebody changed since is left alone and named. Raises UserError where there is nothing
        to undo.
        """
        found = self.history.next_undo(self.coders.current.guid)
        if found is None:
            raise UserError("There is nothing of yours to undo.")
        entry, name = found
        done, _ = self.history.step_of_entry(entry)
        return self._take_back("Undo", name, done, partial(self.history.mark_undone, entry))

    def redo(self) -> Undone:
        """Do again what was undone last. Raises UserError where there is nothing to redo."""
        found = self.history.next_redo(self.coders.current.guid)
        if found is None:
            raise UserError("There is nothing of yours to redo.")
        entry, name = found
        _, undone = self.history.step_of_entry(entry)
        assert undone is not None
        return self._take_back("Redo", name, undone, partial(self.history.mark_redone, entry))

    def _take_back(self, verb: str, name: str, step_id: int, mark: Callable[[int], None]) -> Undone:
        """Do the opposite of a step as a step of its own, and ``mark`` the entry in the list with it."""
        coder = self.coders.current.guid
        if "code" in self.history.touched(step_id):
            self.codes.check_open()
        with self._transaction(f"{verb} {name}", coder, self.history.guid_of(step_id)) as (_, own_id):
            left = undoing.take_back(self.connection, step_id, coder)
            mark(own_id)
        return Undone(name, undoing.in_words(self, left, own_id))

    # The study itself

    @property
    def name(self) -> str:
        return str(self.connection.scalar(select(schema.study.c.name)))

    def set_name(self, name: str) -> None:
        name = clean_name(name, "project")
        with self.step(f"Rename project: {name}"):
            self.connection.execute(schema.study.update().values(name=name))

    def level_names(self) -> dict[Level, str]:
        """Names of the levels in use, lowest first.

        The level above theme is in use once it is named. A level that was left out is in use again
        while nodes stand on it (a deletion was undone).
        """
        if self._level_names is None or self.in_step:
            self._level_names = self._read_level_names()
        return dict(self._level_names)

    def _read_level_names(self) -> dict[Level, str]:
        row = self.connection.execute(select(schema.study)).mappings().one()
        held = {node.level for node in self.codes.tree().nodes.values()}
        names = {}
        for level, usual in DEFAULT_LEVEL_NAMES.items():
            name = row[f"level_{level.value}"]
            if level in held or (name is None and level != Level.CORE_THEME):
                name = name or usual
            if name:
                names[level] = name
        return names

    def set_level_name(self, level: Level, name: str | None) -> None:
        """Rename a level, or leave it out of this project with None.

        Raises UserError for leaving out the lowest level or one that holds nodes.
        """
        if name is None:
            if level == Level.CODE:
                raise UserError("The lowest level of the codebook cannot be left out.")
            if any(node.level == level for node in self.codes.tree().nodes.values()):
                raise UserError("This level holds nodes of the codebook: move them to another level first.")
            text = ""
        else:
            text = clean_name(name, "level")
        with self.codes.changing("Change the levels of the codebook"):
            self.connection.execute(schema.study.update().values({f"level_{level.value}": text}))


def _at_this_moment(note: str) -> str:
    """A note of a backup that no other of the day has."""
    return f"{note} at {datetime.now():%H.%M.%S}"
