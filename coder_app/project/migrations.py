"""Numbered steps from any older project file to today's.

``STEPS[n]`` takes a file of version n to version n + 1. A step uses neither the clock nor a random
GUID, so that two copies of one study migrated on two laptops stay the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection

from coder_app.core.errors import UserError
from coder_app.project.schema import VERSION

Migration = Callable[[Connection], None]

STEPS: Mapping[int, Migration] = {}  # version 1 is the first


def migrate(
    connection: Connection,
    path: Path,
    version: int,
    steps: Mapping[int, Migration] = STEPS,
    goal: int = VERSION,
) -> None:
    """Bring an open file to version ``goal`` in one transaction.

    Raises UserError where no step leads there; then the file is as it was.
    """
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        while version < goal:
            if version not in steps:
                raise UserError(f"“{path.name}” was made by a version that this one cannot read.")
            steps[version](connection)
            version += 1
            connection.exec_driver_sql(f"PRAGMA user_version = {version}")
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
