"""The comparison, computed away from the window's thread on a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder_app.project.lookalikes import Compared
    from coder_app.ui.work import Progress


def compare(image: bytes, one: str, other: str, *, progress: Progress) -> Compared:
    """Compare two coders' codebooks (GUIDs) on a snapshot of the project.

    Raises UserError where a coder is not there, Cancelled where ``progress`` asks for it.
    """
    from coder_app.project.project import Project

    with Project.from_snapshot(image) as project:
        return project.lookalikes.proposals(one, other, progress)
