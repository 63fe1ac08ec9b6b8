"""The benchmark workload as a project file, built once through the public methods and kept."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from coder_app.core.model import Level, Role, Status
from coder_app.core.transcript import SpeakerChoice
from coder_app.formats.readers import read
from coder_app.project import opening
from coder_app.project.project import Project

LEVELS = {1: Level.THEME, 2: Level.CATEGORY, 3: Level.CODE}
CODERS = ("Coder A", "Coder B")


def workload_project(documents: int = 50) -> Path:
    """Path of the project with so many transcripts (20,000 codings for 50); made the first time."""
    folder = Path(tempfile.gettempdir()) / f"coder-workload-{documents}"
    form = hashlib.sha256(repr(opening.ddl()).encode()).hexdigest()[:8]  # a file of another form is no use
    path = folder / f"workload-{form}.coder"
    if not path.exists():
        script = Path(__file__).with_name("workload.py")
        command = [sys.executable, str(script), str(folder), "--docs", str(documents)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        draft = folder / "draft.coder"
        draft.unlink(missing_ok=True)
        _build(folder, draft)
        draft.rename(path)
    return path


def _build(folder: Path, path: Path) -> None:
    data = json.loads((folder / "workload.json").read_text(encoding="utf-8"))
    with Project.create(path, "Workload", CODERS[0]) as project:
        people = {CODERS[0]: project.coders.current.guid, CODERS[1]: project.coders.add(CODERS[1])}
        documents = []
        for entry in data["documents"]:
            choices = {
                "I": SpeakerChoice(Role.INTERVIEWER),
                entry["name"]: SpeakerChoice(Role.PARTICIPANT, entry["name"]),
            }
            documents.append(read(folder / entry["file"]).document(choices, title=entry["name"]))
        guids = dict(
            zip((e["name"] for e in data["documents"]), project.documents.add(documents), strict=True)
        )
        codes: dict[int, str] = {}
        with project.step("Set up the codebook"):
            for entry in data["codes"]:
                codes[entry["id"]] = project.codes.add(
                    entry["name"], LEVELS[entry["level"]], codes.get(entry["parent"])
                )
                project.codes.forget()
                project.codes.define(codes[entry["id"]], "full", entry["definition"])
        for name, guid in people.items():
            project.coders.switch(guid)
            own = [c for c in data["codings"] if c["coder"] == name]
            project.codings.apply_many(
                [(guids[c["doc"]], c["start"], c["end"], codes[c["code"]]) for c in own]
            )
            project.documents.set_statuses(list(guids.values()), Status.FINISHED)


def timed(work: Callable[[], object], times: int = 7) -> float:
    """Median milliseconds of calling ``work`` so many times, after one call that is not counted."""
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[times // 2]
