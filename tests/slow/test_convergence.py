"""A thousand random stories of copies that go apart and come together (see tests/replicas.py).

They run in as many processes as there are processors, each story in memory-backed files where there
are such.
"""

from __future__ import annotations

import os
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random

from replicas import Replicas

STORIES = 1_000
FAST = Path("/dev/shm")  # each story makes a folder of its own there


def story(seed: int) -> str:
    """Play one story to its end; returns what went wrong, or nothing."""
    with tempfile.TemporaryDirectory(dir=FAST if FAST.is_dir() else None) as folder:
        os.environ["CODER_APP_HOME"] = folder
        replicas = Replicas(Path(folder), seed)
        try:
            for _ in range(Random(seed).randint(5, 40)):
                replicas.anything()
            replicas.settle()
            replicas.verify()
        except AssertionError as error:
            return f"story {seed}: {error}"
        finally:
            replicas.close()
    return ""


def test_a_thousand_stories_end_with_identical_copies() -> None:
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        wrong = [told for told in pool.map(story, range(STORIES), chunksize=20) if told]
    assert wrong == []
