"""The team folder: each coder publishes a copy of her project there, and nobody writes another's.

A folder that a service keeps in step (OneDrive, Dropbox, Nextcloud) or a network drive holds one file
for each working copy: ``Study - Ann 3f9a1c.team.coder``. The six digits are drawn once for a working
copy on one laptop, so no two ever write the same file. A published copy is complete at any moment: it
is written under a name that these services leave alone (``~....tmp``) and then takes the old one's
place. How colleagues' copies are noticed is told in team_look.py.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import threading
import time
import unicodedata
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from coder_app.core.errors import UserError
from coder_app.project import opening
from coder_app.project.history import driver

_NAME = re.compile(r"(?P<study>.+) - (?P<coder>.+) (?P<tag>[0-9a-f]{6})\.team(?P<mark>[^.]*)\.coder", re.I)
_FORBIDDEN = set('<>:"/\\|?*')
_LONGEST_STUDY, _LONGEST_CODER = 60, 40
_TRIES, _BETWEEN_TRIES = 4, 0.4
"""Seconds: on Windows a file cannot be replaced while a sync service or virus scanner reads it."""

_one_at_a_time = threading.Lock()


class Unreachable(UserError):
    """The folder is not there just now, as a network drive may be."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What tells one state of a file from another without reading it. ``mtime`` in nanoseconds.

    Only ever compared with another one of the same file: whose clock wrote it is no matter.
    """

    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class Name:
    """What the name of a published copy tells. ``mark``: what a sync service put in, a conflict say."""

    study: str
    coder: str
    tag: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """The copy that stands in the folder now: its file name, its signature, whether it was written anew."""

    name: str
    signature: Signature
    anew: bool


def name_of(path: Path) -> Name | None:
    """What the name of a file tells; None where it is not that of a published copy."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return None
    return Name(found["study"], found["coder"], found["tag"].lower(), found["mark"].strip())


def is_published(path: Path) -> bool:
    """Whether a file is a copy that somebody published: only the program of its owner writes it."""
    return name_of(path) is not None


def same_copy(name: str, other: str) -> bool:
    """Whether two file names are those of one published copy, however a file system spells them."""
    one, two = name_of(Path(name)), name_of(Path(other))
    return one is not None and two is not None and (one.tag, one.mark) == (two.tag, two.mark)


def new_name(folder: Path, study: str, coder: str) -> str:
    """A file name for the published copy of a working copy, which no file in the folder has."""
    while True:
        tag = secrets.token_hex(3)
        name = f"{_plain(study, _LONGEST_STUDY)} - {_plain(coder, _LONGEST_CODER)} {tag}.team.coder"
        if not any(folder.glob(f"*{tag}.team*")):
            return name


def _plain(text: str, longest: int) -> str:
    """A name as every file system takes it."""
    kept = (" " if c in _FORBIDDEN or unicodedata.category(c)[0] == "C" else c for c in text)
    plain = " ".join("".join(kept).replace(" - ", " ").split())
    while len(plain.encode()) > longest:
        plain = plain[:-1]
    return plain.strip(" .-") or "unnamed"


def check_folder(folder: Path, project: Path) -> None:
    """Raise UserError where this folder cannot be the team folder of the project in that file.

    The project's own file must not lie in it: a sync service would copy it while it is being written.
    """
    if not _is_there(folder):
        raise Unreachable(f"The folder “{folder}” cannot be reached.")
    if project.resolve().is_relative_to(folder.resolve()):
        raise UserError(
            "Your own file lies in this folder. Keep it outside, where no service copies it while it is"
            " being written, and choose this folder again."
        )
    try:
        probe = folder / f"~{secrets.token_hex(6)}.tmp"
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        raise _explained(error, folder) from error


def signature(path: Path) -> Signature | None:
    """The signature of a file; None where there is none. Raises OSError where it cannot be asked."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return Signature(found.st_size, found.st_mtime_ns)


def shareable(image: bytes) -> bytes:
    """A copy of a whole project without what belongs to one laptop only: undo lists, merge reports.

    ``image`` is a snapshot. The copy is written afresh, so that nothing is left over in it.
    """
    connection = opening.connect_memory(image)
    try:
        raw = driver(connection)
        raw.execute("DELETE FROM undo_entry")
        raw.execute("DELETE FROM merge_report")
        raw.execute("VACUUM")
        return opening.image_of(raw)
    finally:
        opening.close(connection)


def publish(image: bytes, folder: Path, name: str, safe: Signature | None = None) -> Written:
    """Put the project of a snapshot into the team folder under its file name there.

    What stands there now is replaced only where the project holds all of it (``safe`` is the signature
    of a state of which that is known); otherwise, after an old backup came back for instance, the copy
    goes to a name of its own and nothing is lost. Raises Unreachable where the folder is not there,
    UserError where it cannot be written, for a full disk for instance; then the copy there stays.
    """
    with _one_at_a_time:
        if not _is_there(folder):
            raise Unreachable(f"The team folder “{folder}” cannot be reached just now.")
        try:
            there = signature(folder / name)
            if there is not None and there != safe:
                held = _held(folder / name, there, image)
                if held is _Held.THE_SAME:
                    return Written(name, there, False)
                if held is _Held.MORE:
                    parts = name_of(Path(name))
                    name = new_name(folder, *((parts.study, parts.coder) if parts else ("Study", "unnamed")))
            _write(folder, name, shareable(image))
            written = signature(folder / name)
        except OSError as error:
            raise _explained(error, folder) from error
        if written is None:
            raise Unreachable(f"The team folder “{folder}” cannot be reached just now.")
        return Written(name, written, True)


class _Held(Enum):
    """What our own published copy holds, compared with the project."""

    LESS, THE_SAME, MORE = range(3)


def _held(path: Path, there: Signature, image: bytes) -> _Held:
    """What of a project (a snapshot) the copy at ``path`` holds; a damaged one holds nothing."""
    from coder_app.project import team_look, trust

    connection = opening.connect_memory(image)
    try:
        study = trust.study_guid(connection, "This project")
        ours = team_look.steps_in(connection)
    finally:
        opening.close(connection)
    found = team_look.read(path, there, study, ours)
    if found.state is team_look.State.UNREADABLE:
        raise UserError(found.problem)
    if found.state is team_look.State.BROKEN:
        return _Held.LESS
    if found.state is not team_look.State.COPY or found.fresh:
        return _Held.MORE
    return _Held.THE_SAME if found.steps == len(ours) and not found.is_blind else _Held.LESS


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write a file in one stroke; a half one never has the name, and none is left behind."""
    mark = name_of(Path(name))
    begin = f"~{mark.tag if mark else 'coder'}-"
    for old in folder.glob(f"{begin}*.tmp"):  # of a program that was killed; these digits are ours alone
        old.unlink(missing_ok=True)
    draft = folder / f"{begin}{secrets.token_hex(4)}.tmp"
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(draft, folder / name)
    finally:
        draft.unlink(missing_ok=True)


def _put_in_place(draft: Path, path: Path) -> None:
    for left in reversed(range(_TRIES)):
        try:
            os.replace(draft, path)
            return
        except PermissionError:
            if not left:
                raise
            time.sleep(_BETWEEN_TRIES)


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _explained(error: OSError, folder: Path) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(f"There is no room left in the team folder “{folder}”.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return UserError(f"Nothing can be written into the folder “{folder}”.")
    return Unreachable(f"The folder “{folder}” cannot be used just now: {error.strerror or error}.")
