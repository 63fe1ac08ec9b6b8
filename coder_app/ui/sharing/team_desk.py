"""The open project in its team folder: when it is published, and when the folder is looked into.

A copy is published after a pause in the work, at the latest a few minutes after a change, and when the
project closes. The folder is looked into every half minute and when the window becomes active: the
operating system's own notices of changes do not reach network drives, and asking for them can stop the
window while a drive is away.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from coder_app.core.changes import Changes
from coder_app.core.errors import UserError
from coder_app.project import team, team_look
from coder_app.project.team import Signature, Unreachable, Written
from coder_app.project.team_look import Copy, Known, News, State
from coder_app.ui.context import Context
from coder_app.ui.settings import TeamPlace
from coder_app.ui.sharing import team_jobs

PAUSE_MS = 8_000
"""Without an action for so long, what is new is published."""
LONGEST_WAIT = 240.0
"""Seconds after which it is published though the work goes on."""
FIRST_LOOK_MS = 1_200
BETWEEN_LOOKS_MS = 30_000


class TeamDesk(QObject):
    """``place`` is where the open project is published; None: nowhere."""

    changed = Signal()
    """What there is to tell has changed: news, who publishes, whether something went wrong."""

    def __init__(self, ctx: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.copies: dict[str, Copy] = {}
        self.news: list[News] = []
        self.published = 0.0
        """When this session published last (seconds since 1970); 0: not yet."""
        self.suggested: Path | None = None
        """A folder in which the open project may be published as well ..."""
        self.suggested_name = ""
        """... under this file name, where it had one before."""
        self._reset()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.publish)
        self._looks = QTimer(self, singleShot=True, interval=BETWEEN_LOOKS_MS)
        self._looks.timeout.connect(self.look)
        ctx.projectOpened.connect(self._opened)
        ctx.projectClosed.connect(self._closed)
        ctx.changed.connect(self._work_went_on)

    def _reset(self) -> None:
        self.copies, self.news, self.published = {}, [], 0.0
        self.suggested, self.suggested_name = None, ""
        self._troubles: dict[str, str] = {}
        self._known = Known()
        self._lost = 0
        self._safe: Signature | None = None
        self._own_is_known = False
        self._changed_since = self._last_change = 0.0
        self._looking = self._publishing = False
        self._fresh: frozenset[str] = frozenset()
        self._dismissed: frozenset[str] = frozenset()

    @property
    def trouble(self) -> str:
        """Why the folder cannot be used just now, in a sentence."""
        return next(iter(self._troubles.values()), "")

    # Where

    @property
    def place(self) -> TeamPlace | None:
        """None where no project is open that may be changed, or it is not published."""
        if not self.ctx.writable or (path := self.ctx.project.path) is None:
            return None
        return self.ctx.remembered.teams.get(str(path))

    @property
    def own_name(self) -> str:
        return self.place.name if self.place is not None else ""

    def set_up(self, folder: Path, name: str) -> None:
        """From now on the open project is published in this folder, under this file name."""
        path = self.ctx.project.path
        assert path is not None
        self._reset()
        self._forget(name)
        self.ctx.remembered.teams[str(path)] = TeamPlace(str(folder), name)
        self.ctx.settings.save()
        self._changed_since = time.monotonic()
        self.publish()
        self.look()

    def _forget(self, name: str) -> None:
        """No file on this machine is published under this name any more."""
        teams = self.ctx.remembered.teams
        for path in [path for path, place in teams.items() if place.name == name]:
            del teams[path]

    def suggest(self, folder: Path, name: str = "") -> None:
        """The open project is a new copy out of this team folder, or was published there as ``name``."""
        if self.ctx.writable and self.place is None:
            self.suggested, self.suggested_name = folder, name
            self.changed.emit()

    def stop(self) -> None:
        """The open project is no longer published; its copy stays in the folder."""
        self.ctx.remembered.teams.pop(str(self.ctx.project.path), None)
        self.ctx.settings.save()
        self._stop_timers()
        self._reset()
        self.changed.emit()

    # News

    def news_copies(self) -> list[Copy]:
        """The copies that hold something new."""
        return [copy for copy in self.copies.values() if copy.fresh]

    def needed(self) -> list[Path]:
        """The files that hold all that is new."""
        return team_look.needed(self.news_copies())

    @property
    def is_dismissed(self) -> bool:
        """Whether all that is new was seen and put aside."""
        return self._dismissed.issuperset(self._fresh)

    def dismiss(self) -> None:
        """Say no more of what is new now."""
        self._dismissed = self._fresh
        if self.suggested_name:
            self._forget(self.suggested_name)
        self.suggested, self.suggested_name = None, ""

    # Looking

    def look(self) -> None:
        """Look into the folder, away from the window's thread; once at a time."""
        place = self.place
        if place is None or self._looking:
            return
        self._looks.start(BETWEEN_LOOKS_MS)
        if self._is_busy():
            return
        project = self.ctx.project
        assert project.path is not None
        if not self._known.read(project.connection):  # a long history: the window has its turn in between
            self._looks.start(0)
            return
        if self._known.lost != self._lost:  # a backup came back: what was no news may be news again
            self._lost, self.copies = self._known.lost, {}
        self._looking = True
        look = partial(
            team_jobs.look,
            Path(place.folder),
            project.path,
            project.guid,
            self._known.steps,
            dict(self.copies),
        )
        self.ctx.work.in_thread(
            "", look, self._looked, key="team look", failed=self._not_looked, cancelled=self._look_dropped
        )

    def _looked(self, found: team_jobs.Found) -> None:
        self._looking = False
        if self.place is None:
            return
        self.copies, self.news, self._fresh = found.copies, found.news, found.fresh
        self._troubles.pop("look", None)
        self._look_at_own()
        self.changed.emit()
        if self._changed_since and not self._pause.isActive():  # what could not be published before
            self.publish()

    def _look_at_own(self) -> None:
        """Find out, once, whether our copy holds all that we have, and nothing else."""
        own = next(
            (one for one in self.copies.values() if team.same_copy(one.path.name, self.own_name)), None
        )
        if own is None:
            self._safe, self._own_is_known = None, True
            self._changed_since = self._changed_since or time.monotonic()
        elif not self._own_is_known and own.state is State.COPY and not own.fresh:
            self._safe, self._own_is_known = own.signature, True
            if own.steps != len(self._known.steps) or own.is_blind:
                self._changed_since = self._changed_since or time.monotonic()

    def _not_looked(self, error: UserError) -> None:
        self._looking = False
        self._tell("look", error)

    def _look_dropped(self) -> None:
        self._looking = False

    # Publishing

    def publish(self, *, asked: bool = False) -> None:
        """Put a copy of the project as it stands into the folder, if anything is new."""
        place = self.place
        if place is None or self._publishing:
            return
        if not asked and not self._changed_since:
            return
        if self._is_busy():
            self._pause.start(PAUSE_MS)
            return
        self._pause.stop()
        began, self._publishing = time.monotonic(), True
        image = self.ctx.project.snapshot()
        self.ctx.work.in_thread(
            self.tr("Publishing") if asked else "",
            partial(team_jobs.publish, image, Path(place.folder), place.name, self._safe),
            partial(self._published, began, self.ctx.project.history.steps(), asked),
            key="team publish",
            failed=partial(self._not_published, asked),
            cancelled=self._publishing_dropped,
        )

    def _published(self, began: float, steps: int, asked: bool, written: Written) -> None:
        self._publishing = False
        place = self.place
        if place is None:
            return
        if written.name != place.name:
            place.name = written.name
            self.ctx.settings.save()
        self._changed_since = self._last_change if self._last_change > began else 0.0
        self._safe, self._own_is_known = written.signature, True
        self._troubles.clear()
        self.published = time.time()
        path = Path(place.folder) / place.name
        named = team.name_of(path)
        self.copies[place.name] = Copy(
            path, written.signature, State.COPY, who=named.coder if named else "", steps=steps
        )
        self.changed.emit()
        if asked:
            self.ctx.message.emit(self.tr("Published: {file}").format(file=place.name))

    def _not_published(self, asked: bool, error: UserError) -> None:
        self._publishing = False
        if asked:
            self._troubles["publish"] = str(error)
            self.ctx.problem.emit(str(error))
            self.changed.emit()
        else:
            self._tell("publish", error)

    def _publishing_dropped(self) -> None:
        self._publishing = False

    def _tell(self, kind: str, error: UserError) -> None:
        """Say once that the folder cannot be used; it is tried again with the next look."""
        first, self._troubles[kind] = not self._troubles, str(error)
        if first:
            rest = self.tr("Your work is safe in your own file and goes on; this is tried again.")
            self.ctx.message.emit(f"{error} {rest}")
        if isinstance(error, Unreachable):
            self._own_is_known = False
        self.changed.emit()

    def _is_busy(self) -> bool:
        """Whether the project may not be read just now."""
        return self.ctx.project.in_step or any(job.key == "merging" for job in self.ctx.work.jobs)

    # The project comes, goes on, goes

    def _opened(self) -> None:
        self._reset()
        if self.place is not None:
            self._looks.start(FIRST_LOOK_MS)
        elif self.ctx.writable and self.ctx.remembered.teams:
            places = tuple((Path(path), place) for path, place in self.ctx.remembered.teams.items())
            self.ctx.work.in_thread("", partial(team_jobs.moved, places), self._moved, key="team moved")
        self.changed.emit()

    def _moved(self, place: TeamPlace | None) -> None:
        """The file may be one that was published from another place, where it no longer is."""
        if place is not None:
            self.suggest(Path(place.folder), place.name)

    def _work_went_on(self, changes: Changes, _initiator: object) -> None:
        if self.place is None:
            return
        self._last_change = now = time.monotonic()
        self._changed_since = self._changed_since or now
        if now - self._changed_since > LONGEST_WAIT:
            self.publish()
        else:
            self._pause.start(PAUSE_MS)
        if self.news and changes == Changes.EVERYTHING:  # what came in just now is no news any more
            self._looks.start(0)

    def _closed(self) -> None:
        """Publish what is new, if it is known what it replaces; then the project closes."""
        place = self.place
        self._stop_timers()
        if place is not None and self._changed_since and self._own_is_known and not self.trouble:
            team_jobs.publish_last(
                self.ctx.project.snapshot(),
                Path(place.folder),
                place.name,
                self._safe,
                wait=self.ctx.work.inline,
            )
        self._reset()
        self.changed.emit()

    def _stop_timers(self) -> None:
        self._pause.stop()
        self._looks.stop()
