"""What is done away from the window's thread when copies are compared. Loads no Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coder_app.project import difference
from coder_app.project.difference import Difference
from coder_app.project.project import Project

Progress = Callable[[int, int], None]


def compare(
    image: bytes, path: Path | None, other: Path, eyes: tuple[str, ...] | None, *, progress: Progress
) -> Difference:
    """Compare the project of a snapshot, whose file is at ``path``, with another copy.

    Raises UserError as `difference.compare`.
    """
    progress(0, 1)
    with Project.from_snapshot(image) as project:
        return difference.compare(project, other, path=path, eyes=eyes, progress=progress)


def write(study: str, found: Difference, out: Path, *, progress: Progress) -> list[Path]:
    """Write differences to an Excel workbook, in a process of its own."""
    from coder_app.formats.difference import write_difference

    return write_difference(study, found, out, progress=progress)
