"""What the program remembers for a person on this machine: one dataclass, one JSON file.

Nothing of a study is kept here but identities (GUIDs), positions, and the paths of recent files. A file
that is broken, foreign or cannot be written never stops the program: what can be read is taken.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

HOME_VARIABLE = "CODER_APP_HOME"
THEMES = ("system", "light", "dark")
ZOOM_RANGE = (60, 300)
MOST_RECENT = 12
MOST_PINNED = 9


def config_dir() -> Path:
    """The folder of the settings file; not created here."""
    return _folder("config")


def cache_dir() -> Path:
    """The folder for what can be made again at any time; not created here."""
    return _folder("cache")


def _folder(kind: str) -> Path:
    base = os.environ.get(HOME_VARIABLE)
    if base:
        return Path(base) / kind
    import platformdirs

    name = "coder-app"
    if kind == "config":
        return platformdirs.user_config_path(name, appauthor=False)
    return platformdirs.user_cache_path(name, appauthor=False)


@dataclass
class Recent:
    """A project file used lately. ``opened`` is when, an ISO date and time (local)."""

    path: str
    name: str
    opened: str


@dataclass
class TeamPlace:
    """Where a working copy is published: the team folder, and the name of its file there."""

    folder: str
    name: str


@dataclass
class ProjectSettings:
    """What is remembered of one project (by its GUID) on this machine."""

    coder: str = ""
    """GUID of the coder who worked here last."""
    pinned: dict[str, list[str]] = field(default_factory=dict)
    """Coder -> code GUIDs on the keys 1 to 9."""
    document: str = ""
    """GUID of the transcript read last."""
    positions: dict[str, int] = field(default_factory=dict)
    """Document -> code point at the top of the page when it was left."""
    last_codes: dict[str, str] = field(default_factory=dict)
    """Coder -> GUID of the code she put on words last."""
    import_folder: str = ""
    """Where transcripts were chosen last."""
    hidden_hints: list[str] = field(default_factory=list)
    teams: dict[str, TeamPlace] = field(default_factory=dict)
    """Path of a working copy -> where it is published."""


@dataclass
class Settings:
    """All preferences. ``zoom`` is in percent of the reading text, ``theme`` one of ``THEMES``."""

    coder_name: str = ""
    theme: str = "system"
    zoom: int = 100
    whole_words: bool = False
    """Whether a selection by mouse grows to whole words."""
    recent: list[Recent] = field(default_factory=list)
    geometry: str = ""
    """The window's place, as Qt saves it, in base 64."""
    layout: dict[str, str] = field(default_factory=dict)
    """Name of a splitter or header -> its state, as Qt saves it, in base 64."""
    hidden_hints: list[str] = field(default_factory=list)
    projects: dict[str, ProjectSettings] = field(default_factory=dict)
    path: Path | None = field(default=None, compare=False)
    _known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What the file held when it was read or written here last."""

    @classmethod
    def load(cls, path: Path | None = None) -> Settings:
        """Read the settings file (by default the user's); anything unusable in it is left at its default."""
        path = path or config_dir() / "settings.json"
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            data = {}
        except (OSError, ValueError, RecursionError) as error:
            log.warning("The settings in %s could not be read (%s); starting with the defaults.", path, error)
            data = {}
        settings = _read(data if isinstance(data, dict) else {})
        settings.path = path
        settings._known = settings._as_data()
        return settings

    def _as_data(self) -> dict[str, Any]:
        data = asdict(self)
        del data["path"], data["_known"]
        return data

    def save(self) -> bool:
        """Write the file in one stroke (a new file takes the old one's place); False if that failed.

        Only what was changed here is changed there: two windows may be open.
        """
        if self.path is None:
            return False
        own = self._as_data()
        data = own
        if self._known and self.path.exists():
            data = _merged(self._known, own, Settings.load(self.path)._as_data())
        temporary = ""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(prefix=".settings-", dir=self.path.parent)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(data, file, indent=1, ensure_ascii=True)
            os.replace(temporary, self.path)
            self._known = own
        except OSError as error:
            log.warning("The settings could not be written to %s (%s).", self.path, error)
            if temporary:
                Path(temporary).unlink(missing_ok=True)
            return False
        return True

    def project(self, guid: str) -> ProjectSettings:
        """What is remembered of a project; an empty record is made for one seen for the first time."""
        return self.projects.setdefault(guid, ProjectSettings())

    def is_team_folder(self, folder: Path) -> bool:
        """Whether any working copy on this machine is published in that folder."""
        places = (place for project in self.projects.values() for place in project.teams.values())
        return any(Path(place.folder) == folder for place in places)

    def add_recent(self, path: Path, name: str, opened: str) -> None:
        """Put a project at the top of the recent files."""
        text = str(path)
        self.recent = [Recent(text, name, opened), *(r for r in self.recent if r.path != text)][:MOST_RECENT]

    def forget_recent(self, path: str) -> None:
        self.recent = [recent for recent in self.recent if recent.path != path]

    def set_zoom(self, percent: int) -> None:
        low, high = ZOOM_RANGE
        self.zoom = max(low, min(high, percent))


def _merged(known: dict[str, Any], own: dict[str, Any], there: dict[str, Any]) -> dict[str, Any]:
    """What ``there`` holds, with what is different in ``own`` from what was ``known``."""
    found = {}
    for name in own.keys() | there.keys():
        before, mine, other = (one.get(name) for one in (known, own, there))
        if isinstance(mine, dict) and isinstance(other, dict):
            found[name] = _merged(before if isinstance(before, dict) else {}, mine, other)
        else:
            unsaid = before is None and not mine and other is not None  # a record made here, still empty
            value = other if mine == before or unsaid else mine
            if value is not None:  # nothing here is null; what is missing was taken out
                found[name] = value
    return found


def _read(data: dict[str, Any]) -> Settings:
    settings = Settings(
        coder_name=_text(data.get("coder_name")),
        geometry=_text(data.get("geometry")),
        layout=_texts(data.get("layout")),
        hidden_hints=_list(data.get("hidden_hints")),
        whole_words=data.get("whole_words") is True,
    )
    if data.get("theme") in THEMES:
        settings.theme = data["theme"]
    if isinstance(data.get("zoom"), int):
        settings.set_zoom(data["zoom"])
    recent = data.get("recent")
    for item in recent if isinstance(recent, list) else []:
        if isinstance(item, dict) and _text(item.get("path")):
            settings.recent.append(
                Recent(
                    item["path"],
                    _text(item.get("name")) or Path(item["path"]).stem,
                    _text(item.get("opened")),
                )
            )
    projects = data.get("projects")
    for guid, item in projects.items() if isinstance(projects, dict) else []:
        if isinstance(item, dict):
            settings.projects[guid] = _read_project(item)
    return settings


def _read_project(data: dict[str, Any]) -> ProjectSettings:
    pinned = data.get("pinned")
    positions = data.get("positions")
    return ProjectSettings(
        coder=_text(data.get("coder")),
        pinned={
            key: _list(value)[:MOST_PINNED]
            for key, value in (pinned.items() if isinstance(pinned, dict) else ())
        },
        document=_text(data.get("document")),
        positions={
            key: value
            for key, value in (positions.items() if isinstance(positions, dict) else ())
            if isinstance(value, int) and value >= 0
        },
        last_codes=_texts(data.get("last_codes")),
        import_folder=_text(data.get("import_folder")),
        hidden_hints=_list(data.get("hidden_hints")),
        teams=_read_teams(data.get("teams")),
    )


def _read_teams(data: object) -> dict[str, TeamPlace]:
    found = {}
    for path, item in data.items() if isinstance(data, dict) else ():
        if isinstance(item, dict) and _text(item.get("folder")) and _text(item.get("name")):
            found[path] = TeamPlace(item["folder"], item["name"])
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {key: item for key, item in value.items() if isinstance(item, str)}
