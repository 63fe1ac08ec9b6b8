"""Making the sample study, in a process of its own; knows nothing of Qt."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder_app.ui.worker import Progress

MAKER = "coder_app.formats.sample_study:make"
"""The function that makes the study at a path: ``make(path, progress=...)``."""


def make_sample(path: Path, *, progress: Progress) -> None:
    """Make the sample study at ``path``; a half-made file does not stay.

    Raises UserError where it cannot be made there.
    """
    module, _, name = MAKER.partition(":")
    try:
        getattr(import_module(module), name)(path, progress=progress)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
