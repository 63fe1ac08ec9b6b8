"""What is done away from the window's thread for the team folder. Loads no Qt.

Publishing when a project closes goes on after its window is gone, within reason (`finish`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coder_app.core.errors import UserError
from coder_app.project import team, team_look
from coder_app.project.team import Signature, Written
from coder_app.project.team_look import Copy, News
from coder_app.ui.settings import TeamPlace

log = logging.getLogger(__name__)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Found:
    """The copies of a study by file name, what is new in them by coder, and the new steps (GUIDs)."""

    copies: dict[str, Copy]
    news: list[News]
    fresh: frozenset[str]


_last_ones: list[threading.Thread] = []


def look(
    folder: Path,
    project: Path,
    study: str,
    known: frozenset[str],
    before: Mapping[str, Copy],
    *,
    progress: Progress,
) -> Found:
    """What is in the team folder; see `team_look.look`."""
    copies = team_look.look(folder, project, study, known, before)
    return Found(copies, team_look.news(copies.values()), frozenset(team_look.fresh_steps(copies.values())))


def publish(image: bytes, folder: Path, name: str, safe: Signature | None, *, progress: Progress) -> Written:
    """Put a project (a snapshot) into the team folder; see `team.publish`."""
    return team.publish(image, folder, name, safe)


def join(folder: Path, project: Path, study: str, coder: str, *, progress: Progress) -> str:
    """A name for a project's copy in a folder that may become its team folder.

    Raises UserError where it may not; see `team.check_folder`.
    """
    team.check_folder(folder, project)
    return team.new_name(folder, study, coder)


def moved(places: tuple[tuple[Path, TeamPlace], ...], *, progress: Progress) -> TeamPlace | None:
    """Where a project file was published that is no longer where it was; None where all still are."""
    return next((place for path, place in places if not path.exists()), None)


def publish_last(image: bytes, folder: Path, name: str, safe: Signature | None, *, wait: bool) -> None:
    """Publish a project that has just been closed; what fails is published when it is next opened."""

    def run() -> None:
        try:
            team.publish(image, folder, name, safe)
        except UserError as error:
            log.info("Not published on closing: %s", error)

    if wait:
        run()
        return
    thread = threading.Thread(target=run, daemon=True)
    _last_ones.append(thread)
    thread.start()


def finish(seconds: float) -> None:
    """Give what is still being published this long to end."""
    while _last_ones:
        _last_ones.pop().join(seconds)
