"""Getting at the bytes of a file somebody chose, with one clear sentence where that cannot be done."""

from __future__ import annotations

import stat
from pathlib import Path

from coder_app.core.errors import UserError

TEXT_LIMIT = 50 * 1024 * 1024
"""Bytes. A ten-hour interview is about one megabyte."""

_KNOWN = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"PK\x03\x04", "a Word document or another packed file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3\0", "a database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"ID3", "a sound recording"),
    (b"RIFF", "a sound recording or film"),
    (b"OggS", "a sound recording or film"),
    (b"\x1aE\xdf\xa3", "a film"),
    (b"\x1f\x8b", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)


def shown(path: Path) -> str:
    """The file's name as it stands in a sentence: printable, in quotation marks, not too long."""
    name = "".join(char if char.isprintable() else "\ufffd" for char in path.name) or str(path)
    return f"“{name if len(name) <= 80 else name[:50] + '…' + name[-20:]}”"


def megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:,.0f} MB"


def checked_size(path: Path, limit: int) -> int:
    """The size of the file in bytes.

    Raises UserError where it is missing, a folder, no plain file, not to be read, empty or above ``limit``.
    """
    name = shown(path)
    try:
        status = path.stat()
    except PermissionError:
        raise UserError(f"{name} cannot be opened: you have no permission to read it.") from None
    except (OSError, ValueError):
        raise UserError(f"{name} was not found; it may have been moved, renamed or deleted.") from None
    if stat.S_ISDIR(status.st_mode):
        raise UserError(f"{name} is a folder; choose the files in it.")
    if not stat.S_ISREG(status.st_mode):
        raise UserError(f"{name} is not an ordinary file and cannot be read.")
    if status.st_size == 0:
        raise UserError(f"{name} is empty.")
    if status.st_size > limit:
        sizes = f"{megabytes(status.st_size)}, more than the {megabytes(limit)}"
        raise UserError(f"{name} has {sizes} that a transcript may have; split it into several files.")
    return status.st_size


def read_bytes(path: Path, limit: int = TEXT_LIMIT) -> bytes:
    """The bytes of the file; raises UserError as ``checked_size`` does, or where reading fails."""
    checked_size(path, limit)
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except PermissionError:
        raise UserError(f"{shown(path)} cannot be opened: you have no permission to read it.") from None
    except OSError as error:
        raise UserError(f"{shown(path)} could not be read: {error.strerror or error}.") from None
    if len(data) > limit:
        raise UserError(
            f"{shown(path)} grew while it was read; close the program that writes it and try again."
        )
    return data


def known_kind(data: bytes) -> str | None:
    """What a file is that is no text ("a picture"), by its first bytes; None where they tell nothing."""
    for magic, kind in _KNOWN:
        sure = not magic.isalnum() or b"\0" in data[:1024]  # a transcript may begin with "MZ: Hello"
        if data.startswith(magic) and sure:
            return kind
    return None
