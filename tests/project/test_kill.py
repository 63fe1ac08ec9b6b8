"""A process killed at any instant loses at most the action in flight, and never the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

from acting import Actor

from coder_app.project.checking import check
from coder_app.project.project import Project

KILLS = 50

WORKER = """
import sys
from pathlib import Path
from random import Random
sys.path.insert(0, {tests!r})
from acting import Actor
from coder_app.project.project import Project

with Project.open(Path({path!r}), coder="Ann") as project:
    actor = Actor(project, Random({seed}))
    while True:
        actor.act()
        sys.stdout.write(f"{{project.history.steps()}}\\n")
        sys.stdout.flush()
"""


def test_killed_at_random_moments_the_project_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "study.coder"
    with Project.create(path, "Study", "Ann") as project:
        actor = Actor(project, Random(7))
        for _ in range(30):
            actor.act()
    random = Random(20261121)
    for seed in range(KILLS):
        acknowledged = act_and_kill(path, seed, random)
        with Project.open(path) as project:
            assert acknowledged <= project.history.steps() <= acknowledged + 1
            assert check(project).problems == ()
        assert [file.name for file in tmp_path.iterdir()] == ["study.coder"]


def act_and_kill(path: Path, seed: int, random: Random) -> int:
    """Let a worker act and kill it within an action; returns the steps it had reported as done."""
    code = WORKER.format(tests=str(Path(__file__).parents[1]), path=str(path), seed=seed)
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        reported = [worker.stdout.readline() for _ in range(random.randint(1, 20))]
        for _ in range(random.randrange(200_000)):  # let a random part of the next action happen
            pass
        worker.kill()
        reported += worker.stdout.read().splitlines(keepends=True)
    whole = [line for line in reported if line.endswith("\n")]
    return int(whole[-1])
