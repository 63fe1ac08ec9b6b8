"""How many codings each transcript has, kept up to date over any actions."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from acting import Actor

from coder_app.project.project import Project
from coder_app.project.queries import Queries


@pytest.mark.parametrize("seed", range(4))
def test_kept_counts_are_those_counted_anew(project: Project, tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    coders = [coder.guid for coder in project.coders.all()]
    project.coders.switch(coders[0])
    project.queries.codings_by_document()
    actor = Actor(project, random)
    for _ in range(60):
        if random.random() < 0.1:
            project.coders.switch(random.choice(coders))
        if random.random() < 0.15 and project.undo_name():
            project.undo()
        else:
            actor.act()
        assert project.queries.codings_by_document() == Queries(project).codings_by_document()
    assert sum(project.queries.codings_by_document().values()) == len(project.codings.all())
