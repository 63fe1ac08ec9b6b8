"""A process killed at any instant loses at most the action in flight, and never the file."""

from __future__ import annotations

import multiprocessing
import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from acting import Actor

from coder_app.project.checking import check
from coder_app.project.project import Project

KILLS = int(os.environ.get("CODER_APP_KILLS", "15"))
"""``.ci/run`` asks for more in a part of its own."""


def work(path: Path, seed: int, pipe: Connection) -> None:
    """In a process of its own: act until killed, reporting the number of steps after each action."""
    with Project.open(path) as project:
        actor = Actor(project, Random(seed))
        while True:
            actor.act()
            pipe.send(project.history.steps())


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
    # a fork server has the modules loaded already, so that many processes start quickly
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    if sys.platform != "win32":
        context.set_forkserver_preload(["coder_app.project.project"])
    here, there = context.Pipe(duplex=False)
    worker = context.Process(target=work, args=(path, seed, there), daemon=True)
    worker.start()
    there.close()
    steps = 0
    for _ in range(random.randint(1, 20)):
        steps = here.recv()
    for _ in range(random.randrange(200_000)):  # let a random part of the next action happen
        pass
    worker.kill()
    worker.join()
    while here.poll():
        try:
            steps = here.recv()
        except EOFError:
            break
    here.close()
    return int(steps)
