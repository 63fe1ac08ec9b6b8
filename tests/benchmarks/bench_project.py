"""The project file on the workload: ``uv run tests/benchmarks/bench_project.py [transcripts]``.

Prints each figure beside the limit measured in the same run.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

os.environ["CODER_APP_HOME"] = tempfile.mkdtemp()
sys.path.insert(0, str(Path(__file__).parent))

from workload_project import CODERS, timed, workload_project

from coder_app.core.model import Level
from coder_app.project.project import Project


def row(name: str, figure: float, limit: float, what: str) -> None:
    print(f"{name:<48}{figure:9.1f} ms{limit:9.1f} ms  {figure / limit:5.1f} x  {what}")


def raw_rows(path: Path) -> None:
    """What opening and showing the first screen reads, with bare sqlite3."""
    raw = sqlite3.connect(path)
    for table in ("document", "code", "speaker", "participant", "progress"):
        raw.execute(f"SELECT * FROM {table}").fetchall()
    raw.execute("SELECT code, coder, document, count(*) FROM coding GROUP BY 1, 2, 3").fetchall()
    guid = raw.execute("SELECT guid FROM document").fetchone()[0]
    raw.execute("SELECT * FROM content WHERE guid = ?", (guid,)).fetchall()
    raw.execute("SELECT * FROM coding WHERE document = ?", (guid,)).fetchall()
    raw.close()


def open_project(path: Path) -> None:
    """As the window does: open, list, tree with counts, the first transcript with its codings."""
    with Project.open(path, coder=CODERS[0]) as project:
        first = project.documents.all()[0].guid
        project.documents.statuses()
        project.queries.counts([project.coders.current.guid])
        project.documents.transcript(first)
        project.codings.of_document(first, [project.coders.current.guid])


def bare_commit(path: Path) -> float:
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("CREATE TABLE IF NOT EXISTS bare (a, b)")

    def commit() -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO bare VALUES (1, 'some text of the size of a change')")
        raw.execute("COMMIT")

    figure = timed(commit)
    raw.close()
    return figure


def main(documents: int) -> None:
    source = workload_project(documents)
    path = Path(tempfile.mkdtemp()) / "copy.coder"
    shutil.copy(source, path)
    print(f"{documents} transcripts, {path.stat().st_size / 1e6:.1f} MB")
    row("open a project", timed(lambda: open_project(path)), timed(lambda: raw_rows(path)), "bare sqlite3")
    other = path.with_name("bare.coder")
    shutil.copy(source, other)
    commit = bare_commit(other)
    with Project.open(path, coder=CODERS[0]) as project:
        me = project.coders.current.guid
        guid = project.documents.all()[0].guid
        tree = project.codes.tree()
        code = next(g for g, _ in tree.walk() if tree[g].level == Level.CODE)
        theme = tree.roots[0]
        project.queries.counts([me])
        at = iter(range(10, 100_000))
        made: list[str] = []

        def seen(action: Callable[[], object]) -> None:
            action()
            project.take_changes()
            project.codings.of_document(guid, [me])
            project.queries.counts([me])
            project.undo_name()

        def apply() -> None:
            place = next(at)
            made.append(project.codings.apply(guid, place, place + 40, code))

        row("apply, on disk, read again", timed(lambda: seen(apply)), commit, "a bare commit")
        row("resize", timed(lambda: seen(lambda: project.codings.resize(made[0], 5, next(at)))), commit, "")
        row("undo", timed(lambda: seen(project.undo), 4), commit, "")
        row("redo", timed(lambda: seen(project.redo), 3), commit, "")
        row("remove", timed(lambda: seen(lambda: project.codings.remove([made.pop()])), 5), commit, "")
        ids = project.queries.quote_ids([theme], None)
        first = timed(lambda: project.queries.quotes_of(project.queries.quote_ids([theme], None)[:50]))
        row(f"first 50 of {len(ids):,} quotes", first, commit, "")
        row("move a code", timed(lambda: seen(lambda: project.codes.move([code], theme))), commit, "")
        row("snapshot", timed(project.snapshot), commit, "")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
