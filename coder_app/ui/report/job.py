"""Writing an output, in a process of its own; knows nothing of Qt and loads little before it runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder_app.formats.output import Progress
    from coder_app.project.audit_search import Wanted


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written; plain values that another process can take. All identities are GUIDs."""

    kind: str
    """Name of the export (``formats.exports.KINDS``)."""
    out: Path
    """The file, or for a member check the folder."""
    coders: tuple[str, ...] | None = None
    """Whose work is shown, or compared; None: everybody's."""
    participants: tuple[str, ...] | None = None
    findings: tuple[str, ...] | None = None
    trail: Wanted | None = None
    """Which actions an audit trail tells; None: all of ``coders``."""


def write(image: bytes, order: Order, *, progress: Progress | None = None) -> list[Path]:
    """Write an output from a snapshot (``Project.snapshot``) and return the files written.

    Raises UserError where there is nothing to write or the place does not take it, Cancelled where
    ``progress`` asks for it; then everything is as it was.
    """
    from coder_app.formats.exports import Options, export_snapshot

    options = Options(
        coders=order.coders, participants=order.participants, findings=order.findings, trail=order.trail
    )
    return export_snapshot(image, order.kind, order.out, options, progress)
