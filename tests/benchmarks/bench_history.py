"""A long history: ``uv run tests/benchmarks/bench_history.py [actions]`` (200,000 unless told otherwise).

On the usual workload and on a project of so many actions: the first page of the audit trail, finding by
code and by transcript, the longest wait between two pieces, opening, comparing. Prints each figure beside
its budget.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path

os.environ["CODER_APP_HOME"] = tempfile.mkdtemp()
sys.path.insert(0, str(Path(__file__).parent))

from workload_project import CODERS, timed, workload_project

from coder_app.project import difference
from coder_app.project.audit import Audit, AuditKind, Wanted
from coder_app.project.project import Project

PAGE = 50


def long_history(actions: int) -> Path:
    """The workload with so many actions more: codes put on passages one by one, by both coders."""
    source = workload_project(50)
    path = Path(tempfile.gettempdir()) / f"coder-history-{source.stem}-{actions}.coder"
    if path.exists():
        return path
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    raw = sqlite3.connect(draft)
    sqlite3.connect(source).backup(raw)
    documents = [row[0] for row in raw.execute("SELECT guid FROM document ORDER BY title")]
    codes = [row[0] for row in raw.execute("SELECT guid FROM code ORDER BY name")]
    coders = [row[0] for row in raw.execute("SELECT guid FROM coder ORDER BY name")]
    wall, step, change = raw.execute(
        "SELECT max(step.wall), max(step.id), (SELECT max(id) FROM change) FROM step"
    ).fetchone()
    steps, changes, codings = [], [], []
    for number in range(1, actions + 1):
        guid, made = str(uuid.UUID(int=number)), str(uuid.UUID(int=2**64 + number))
        code, coder = codes[number % len(codes)], coders[number % len(coders)]
        document, start = documents[number % len(documents)], number % 40_000
        place = f"{start}-{start + 60}"
        steps.append((step + number, guid, wall + number * 1000, 0, coder, f"Apply code: {number % 150}"))
        after = (
            f'{{"document":"{document}","coder":"{coder}","code":"{code}","place":"{place}","exemplar":0}}'
        )
        changes.append((change + number, step + number, 1, "coding", made, after))
        codings.append((made, document, coder, code, place))
    raw.executemany(
        "INSERT INTO step (id, guid, wall, counter, coder, name) VALUES (?, ?, ?, ?, ?, ?)", steps
    )
    raw.executemany(
        "INSERT INTO change (id, step, number, tbl, row, after) VALUES (?, ?, ?, ?, ?, ?)", changes
    )
    raw.executemany("INSERT INTO coding (guid, document, coder, code, place) VALUES (?, ?, ?, ?, ?)", codings)
    raw.commit()
    raw.close()
    draft.rename(path)
    return path


def row(name: str, figure: float, budget: float) -> None:
    print(f"{name:<58}{figure:9.1f} ms   at most {budget:7.0f} ms{'' if figure <= budget else '   TOO SLOW'}")


def longest_piece(pieces: Iterator[object]) -> float:
    """The longest time between two pieces, in milliseconds."""
    longest = 0.0
    while True:
        began = time.perf_counter()
        if next(pieces, None) is None:
            return longest
        longest = max(longest, (time.perf_counter() - began) * 1000)


def measure(path: Path) -> None:
    print(f"{path.name}, {path.stat().st_size / 1e6:.1f} MB")
    began = time.perf_counter()
    with Project.open(path, coder=CODERS[0]) as project:
        row("open", (time.perf_counter() - began) * 1000, 5000)
        audit, me = project.audit, project.coders.current.guid
        code = next(iter(project.codes.tree().nodes))
        document = project.documents.all()[0].guid
        asked = {
            "everything": Wanted(),
            "one's own codings only": Wanted(eyes=(me,)),
            "by code": Wanted(code=code),
            "by code, blind": Wanted(code=code, eyes=(me,)),
            "by transcript": Wanted(document=document),
            "by coder": Wanted(coders=(me,)),
            "by kind": Wanted(kinds=(AuditKind.CODEBOOK,)),
            "by words": Wanted(words="Apply code: 7"),
            "by words that are nowhere": Wanted(words="xyzzy"),
            "the story of a node": Wanted(story=code),
        }
        print(f"{project.history.steps():,} actions")
        for name, wanted in asked.items():
            page = partial(audit.entries, wanted, most=PAGE)
            row(
                f"first page: {name}",
                timed(page, 3),
                100 if name == "everything" else 1000 if wanted.words else 300,
            )
            most = 2000 if wanted.eyes and wanted.code is None else 1000
            row(f"all of them ({audit.count(wanted):,})", timed(partial(_all, audit, wanted), 3), most)
            row("    the longest piece of it", longest_piece(audit.ids(wanted)), 50)


def compare(path: Path) -> None:
    """Comparing the workload with a copy that went on for 200 codings more."""
    other = Path(tempfile.mkdtemp()) / "other.coder"
    shutil.copy(path, other)
    with Project.open(other, coder=CODERS[1]) as theirs:
        document = theirs.documents.all()[0].guid
        code = next(iter(theirs.codes.tree().nodes))
        theirs.codings.apply_many([(document, at * 50, at * 50 + 40, code) for at in range(200)])
    with Project.open(path, read_only=True) as ours:
        row("compare with another copy", timed(lambda: difference.compare(ours, other), 3), 2000)


def _all(audit: Audit, wanted: Wanted) -> int:
    return sum(map(len, audit.ids(wanted)))


if __name__ == "__main__":
    measure(workload_project(50))
    compare(workload_project(50))
    measure(long_history(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000))
