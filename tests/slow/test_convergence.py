"""A thousand random stories of copies that go apart and come together (see tests/replicas.py).

They run in as many processes as there are processors, each story in memory-backed files where there
are such.
"""

from __future__ import annotations

import os
import tempfile
import traceback
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from replicas import Copies

STORIES = 1_000
AT_A_TIME = 20


def stories(number: int) -> str:
    """Play some stories to their end; returns what went wrong, or nothing."""
    chosen = settings(
        max_examples=AT_A_TIME,
        stateful_step_count=40,
        deadline=None,
        database=None,
        phases=(Phase.generate,),  # no story is told in fewer steps: GUIDs differ each time
        suppress_health_check=list(HealthCheck),
    )

    @seed(number)
    class Told(Copies):
        pass

    with tempfile.TemporaryDirectory() as folder:
        os.environ["CODER_APP_HOME"] = folder
        try:
            run_state_machine_as_test(Told, settings=chosen)
        except AssertionError:
            return f"stories {number}: {traceback.format_exc()}"
    return ""


def test_a_thousand_stories_end_with_identical_copies() -> None:
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        wrong = [told for told in pool.map(stories, range(STORIES // AT_A_TIME)) if told]
    assert wrong == []
