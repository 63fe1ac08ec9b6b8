"""Files that are made whole or not at all, and file names that every system takes."""

from __future__ import annotations

import errno
import os
import re
import shutil
import unicodedata
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coder_app.core.errors import UserError

Progress = Callable[[int, int], None]
"""Called with (done, total); may raise Cancelled."""

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|\Z)", re.IGNORECASE)
_LONGEST = 120
"""Bytes (UTF-8) of a file name without its ending; file systems take 255, paths on Windows 260 characters."""


def no_progress(done: int, total: int) -> None:
    """A progress callback that does nothing."""


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A path beside ``out`` to write to; it takes the place of ``out`` when the block ends well.

    When the block raises, nothing is left and ``out`` is as it was. Folders on the way are made.
    Raises UserError, in one sentence, for a folder or disk that does not take the file and for a
    file that another program holds.
    """
    with explained(out):
        if out.is_dir():
            raise UserError(f"“{out}” is a folder: give the name of a file.")
        draft = out.with_name(f".{uuid.uuid4().hex[:12]}{out.suffix[:20]}")
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield draft
            os.replace(draft, out)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def filling(folder: Path) -> Iterator[Path]:
    """An empty folder to write files to; they move into ``folder`` together when the block ends well.

    Files of the same names are replaced, others in ``folder`` stay. Raises UserError as `replacing`.
    """
    with explained(folder):
        if folder.exists() and not folder.is_dir():
            raise UserError(f"“{folder.name}” is a file: give the name of a folder.")
        name = f".{uuid.uuid4().hex[:12]}"
        draft = folder / name if folder.is_dir() else folder.with_name(name)
        draft.mkdir(parents=True)
        try:
            yield draft
            folder.mkdir(exist_ok=True)
            for file in sorted(draft.iterdir()):
                with explained(folder / file.name):
                    os.replace(file, folder / file.name)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def explained(out: Path) -> Iterator[None]:
    """Turn what the system says about writing ``out`` into a UserError."""
    try:
        yield
    except OSError as error:
        raise UserError(_sentence(error, out)) from error


def _sentence(error: OSError, out: Path) -> str:
    if error.errno in _FULL:
        return f"The disk is full: “{out.name}” was not written."
    if error.errno == errno.EROFS:
        return f"“{out.name}” was not written: this disk is read-only."
    if isinstance(error, PermissionError) or error.errno == errno.EBUSY:
        if out.exists():
            return f"“{out.name}” was not written: it is open in another program, or may not be changed."
        return f"“{out.name}” was not written: the folder “{out.parent}” may not be changed."
    if error.errno == errno.ENOENT and "temporary directory" in str(error):
        return f"“{out.name}” was not written: there is no room for temporary files. Is the disk full?"
    if error.errno == errno.ENAMETOOLONG:
        return "The file was not written: its name is too long."
    return f"“{out.name}” was not written: {(error.strerror or type(error).__name__).lower()}."


def safe_name(name: str) -> str:
    """A file name (without ending) that Windows, macOS and Linux all take, as like ``name`` as can be.

    Slashes and the like become "_"; control characters and marks that turn the writing direction go.
    """
    kept = "".join(
        c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    kept = _FORBIDDEN.sub("_", " ".join(kept.split())).strip(" .")
    while len(kept.encode("utf-8")) > _LONGEST:
        kept = kept[:-1].rstrip(" .")
    if not kept:
        return "unnamed"
    return f"_{kept}" if _RESERVED.match(kept) else kept


def file_names(names: Iterable[str], ending: str) -> list[str]:
    """A safe file name for each of ``names``, all different also where letter case does not count."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem = safe_name(name)
        candidate, number = stem, 2
        while _key(candidate) in taken:
            candidate, number = f"{stem} ({number})", number + 1
        taken.add(_key(candidate))
        found.append(candidate + ending)
    return found


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
