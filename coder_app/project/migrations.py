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

_VERSION_2 = (
    "DROP INDEX coding_code",
    "DROP INDEX coding_document",
    "DROP INDEX undo_coder",
    "ALTER TABLE study RENAME TO study_1",
    "CREATE TABLE study ( guid TEXT NOT NULL, gone INTEGER DEFAULT '0' NOT NULL,"
    " name TEXT DEFAULT '' NOT NULL, level_0 TEXT, level_1 TEXT, level_2 TEXT, level_3 TEXT, level_4 TEXT,"
    " codebook_frozen TEXT, PRIMARY KEY (guid) ) WITHOUT ROWID, STRICT",
    "INSERT INTO study (guid, gone, name, level_0, level_1, level_2, level_3, level_4)"
    " SELECT guid, gone, name, level_0, level_1, level_2, level_3, level_4 FROM study_1",
    "DROP TABLE study_1",
    "ALTER TABLE coder RENAME TO coder_1",
    "CREATE TABLE coder ( guid TEXT NOT NULL, gone INTEGER DEFAULT '0' NOT NULL,"
    " name TEXT DEFAULT '' NOT NULL, person TEXT, PRIMARY KEY (guid) ) WITHOUT ROWID, STRICT",
    "INSERT INTO coder (guid, gone, name) SELECT guid, gone, name FROM coder_1",
    "DROP TABLE coder_1",
    "ALTER TABLE coding RENAME TO coding_1",
    "CREATE TABLE coding ( guid TEXT NOT NULL, gone INTEGER DEFAULT '0' NOT NULL,"
    " document TEXT DEFAULT '' NOT NULL, coder TEXT DEFAULT '' NOT NULL, code TEXT,"
    " place TEXT DEFAULT '' NOT NULL, exemplar INTEGER DEFAULT '0' NOT NULL, settlement TEXT,"
    " PRIMARY KEY (guid) ) STRICT",
    "INSERT INTO coding (guid, gone, document, coder, code, place, exemplar)"
    " SELECT guid, gone, document, coder, code, place, exemplar FROM coding_1",
    "DROP TABLE coding_1",
    "CREATE TABLE round ( guid TEXT NOT NULL, gone INTEGER DEFAULT '0' NOT NULL,"
    " name TEXT DEFAULT '' NOT NULL, coder TEXT DEFAULT '' NOT NULL, created INTEGER NOT NULL,"
    " sha256 TEXT DEFAULT '' NOT NULL, PRIMARY KEY (guid) ) WITHOUT ROWID, STRICT",
    "CREATE TABLE settlement ( guid TEXT NOT NULL, gone INTEGER DEFAULT '0' NOT NULL,"
    " round TEXT DEFAULT '' NOT NULL, document TEXT DEFAULT '' NOT NULL, place TEXT DEFAULT '' NOT NULL,"
    " verdict TEXT DEFAULT '' NOT NULL, taken TEXT DEFAULT '' NOT NULL, reason TEXT DEFAULT '' NOT NULL,"
    " coder TEXT DEFAULT '' NOT NULL, created INTEGER NOT NULL, PRIMARY KEY (guid) ) WITHOUT ROWID, STRICT",
    "CREATE TABLE division ( guid TEXT NOT NULL, gone INTEGER DEFAULT '0' NOT NULL,"
    " made_from TEXT DEFAULT '' NOT NULL, locked INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (guid) )"
    " WITHOUT ROWID, STRICT",
    "CREATE TABLE unit ( guid TEXT NOT NULL, gone INTEGER DEFAULT '0' NOT NULL,"
    " document TEXT DEFAULT '' NOT NULL, place TEXT DEFAULT '' NOT NULL, PRIMARY KEY (guid) )"
    " WITHOUT ROWID, STRICT",
    "CREATE TABLE stability ( guid TEXT NOT NULL, gone INTEGER DEFAULT '0' NOT NULL,"
    " round TEXT DEFAULT '' NOT NULL, coder TEXT DEFAULT '' NOT NULL, created INTEGER NOT NULL,"
    " PRIMARY KEY (guid) ) WITHOUT ROWID, STRICT",
    "CREATE TABLE kept_apart ( guid TEXT NOT NULL, gone INTEGER DEFAULT '0' NOT NULL,"
    " one TEXT DEFAULT '' NOT NULL, other TEXT DEFAULT '' NOT NULL, PRIMARY KEY (guid) )"
    " WITHOUT ROWID, STRICT",
    "CREATE TABLE merge_report ( guid TEXT NOT NULL, created INTEGER NOT NULL, data TEXT NOT NULL,"
    " PRIMARY KEY (guid) ) STRICT",
    "CREATE TABLE frozen ( guid TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (guid) ) STRICT",
    "CREATE INDEX coding_code ON coding (code, gone, coder, document, settlement)",
    "CREATE INDEX coding_document ON coding (document, coder, gone, settlement)",
    "CREATE INDEX settlement_place ON settlement (document, place)",
    "CREATE INDEX unit_document ON unit (document)",
)
"""Rounds, the consensus, meaning units, stability passes, codes kept apart, merging."""


def _statements(*statements: str) -> Migration:
    def run(connection: Connection) -> None:
        for statement in statements:
            connection.exec_driver_sql(statement)

    return run


STEPS: Mapping[int, Migration] = {1: _statements(*_VERSION_2)}


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
