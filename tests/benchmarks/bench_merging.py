"""Bringing 10,000 codings of a colleague in: preview, merge, and the same copy again.

Run by hand: ``uv run tests/benchmarks/bench_merging.py [TRANSCRIPTS]``. The copy holds 10,000 codings
more, each an action of its own; the limit is SQLite inserting the same rows with the same indexes.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from workload_project import CODERS, workload_project

from coder_app.core.model import Level
from coder_app.project.project import Project

CODINGS = 10_000


def _colleague(source: Path, path: Path) -> None:
    """A copy in which the other coder made 10,000 codings, one by one."""
    shutil.copy(source, path)
    random = Random(7)
    with Project.open(path, coder=CODERS[1]) as project:
        project.connection.exec_driver_sql("PRAGMA synchronous = OFF")  # only the making is hurried
        documents = project.documents.all()
        codes = [node.guid for node in project.codes.tree().nodes.values() if node.level == Level.CODE]
        for _ in range(CODINGS):
            document = random.choice(documents)
            start = random.randrange(document.characters - 300)
            project.codings.apply(document.guid, start, start + random.randint(20, 300), random.choice(codes))


def _bare(path: Path) -> float:
    """Seconds for inserting as many rows into tables of the same form."""
    with sqlite3.connect(":memory:") as raw, sqlite3.connect(path) as disk:
        for (sql,) in disk.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"):
            raw.execute(sql)
        rows = disk.execute("SELECT * FROM coding ORDER BY random() LIMIT ?", (CODINGS,)).fetchall()
        steps = disk.execute("SELECT * FROM step ORDER BY id DESC LIMIT ?", (CODINGS,)).fetchall()
        changes = disk.execute("SELECT * FROM change ORDER BY id DESC LIMIT ?", (CODINGS,)).fetchall()
        began = time.perf_counter()
        for table, found in (("coding", rows), ("step", steps), ("change", changes)):
            raw.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * len(found[0]))})", found)
        raw.commit()
        return time.perf_counter() - began


def main() -> None:
    source = workload_project(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CODER_APP_HOME"] = folder
        ours, theirs = Path(folder) / "ours.coder", Path(folder) / "theirs.coder"
        shutil.copy(source, ours)
        _colleague(source, theirs)
        bare = _bare(theirs)
        with Project.open(ours, coder=CODERS[0]) as project:
            for title, action in (
                ("preview", lambda: project.merging.preview(theirs)),
                ("bring in", lambda: project.merging.bring_in(theirs)),
                ("the same again", lambda: project.merging.bring_in(theirs)),
            ):
                began = time.perf_counter()
                (report,) = action()
                took = time.perf_counter() - began
                ratio = f"{took / bare:6.1f} x the bare rows"
                print(f"{title:16}{took:8.2f} s  {ratio}  ({report.steps:,} actions)")
        grown = theirs.stat().st_size - source.stat().st_size
        print(f"{'file grows by':16}{grown / CODINGS:8.0f} bytes a coding")


if __name__ == "__main__":
    main()
