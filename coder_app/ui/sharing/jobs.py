"""What is done away from the window's thread when copies are brought in. Loads no Qt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coder_app.project.merge_report import MergeReport
from coder_app.project.project import Project

Progress = Callable[[int, int], None]


def preview(
    image: bytes, path: Path, others: tuple[Path, ...], different: bool, *, progress: Progress
) -> list[MergeReport]:
    """What bringing these files into the project of a snapshot would do.

    ``path`` is the project's own file, which is no copy of itself. Raises UserError as
    `Merging.preview`.
    """
    with Project.from_snapshot(image) as project:
        project.merging.check_not_itself(path, others)
        return project.merging.preview(*others, different=different, progress=progress)


def merge(
    path: Path, coder: str, others: tuple[Path, ...], different: bool, *, progress: Progress
) -> list[MergeReport]:
    """Bring these files into the project at ``path``, with which nothing else is done meanwhile.

    ``coder`` (GUID) is who brings them in.
    """
    with Project.beside(path) as project:
        project.coders.switch(coder)
        return project.merging.bring_in(*others, different=different, progress=progress)
