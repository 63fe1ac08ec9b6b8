"""A project as it stands, saved to another file: where its own can no longer be written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from coder_app.core.errors import UserError

if TYPE_CHECKING:
    from coder_app.project.project import Project


def save_copy(project: Project, path: Path) -> None:
    """Write all that the project holds, undo lists and reports too, to a new file.

    Raises UserError where the name is taken or the file cannot be written; then none is left behind.
    """
    image = project.snapshot()
    try:
        with path.open("xb") as file:
            try:
                file.write(image)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                path.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise UserError(f"There is already a file named “{path.name}” in this folder.") from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise UserError(f"“{path.name}” cannot be written: {reason}.") from error
