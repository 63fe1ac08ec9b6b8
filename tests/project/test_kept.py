"""What a project keeps in memory is what its file holds, over any actions."""

from __future__ import annotations

from random import Random

import pytest
from acting import Actor

from coder_app.project.project import Project


def assert_kept_is_true(project: Project) -> None:
    """Compare with a project read anew from the same file."""
    with Project.from_snapshot(project.snapshot(), project.coders.current.guid) as fresh:
        assert project.documents.all() == fresh.documents.all()
        assert project.coders.all() == fresh.coders.all()
        assert project.participants.all() == fresh.participants.all()
        assert project.level_names() == fresh.level_names()
        assert project.queries.codings_by_document() == fresh.queries.codings_by_document()
        for coders in (None, [project.coders.current.guid]):
            assert project.queries.counts(coders) == fresh.queries.counts(coders)
        for name, find in (
            (project.undo_name(), project.history.next_undo),
            (project.redo_name(), project.history.next_redo),
        ):
            found = find(project.coders.current.guid)
            assert name == (found[1] if found else None)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_true_after_every_action(project: Project, seed: int) -> None:
    random = Random(seed)
    coders = [coder.guid for coder in project.coders.all()]
    project.coders.switch(coders[0])
    actor = Actor(project, random)
    for _ in range(60):
        if random.random() < 0.1:
            project.coders.switch(random.choice(coders))
        if random.random() < 0.15 and project.undo_name():
            project.undo()
        elif random.random() < 0.05 and project.redo_name():
            project.redo()
        else:
            actor.act()
        assert_kept_is_true(project)
    assert sum(project.queries.codings_by_document().values()) == len(project.codings.all())


def test_a_removed_transcript_shows_as_long_as_somebody_uses_it(project: Project) -> None:
    ann, ben = (project.coders.named(name).guid for name in ("Ann", "Ben"))
    first = project.documents.all()[0].guid
    code = next(iter(project.codes.tree().nodes))
    project.coders.switch(ben)
    coding = project.codings.apply(first, 20, 30, code)
    project.documents.set_status(first, project.documents.statuses()[first, ben].NOT_STARTED)
    project.coders.switch(ann)
    project.documents.remove([first])
    assert first in [document.guid for document in project.documents.all()]
    project.coders.switch(ben)
    project.codings.remove([coding])
    assert first not in [document.guid for document in project.documents.all()]
    project.undo()
    assert first in [document.guid for document in project.documents.all()]


def test_within_a_step_lists_are_read_anew(project: Project) -> None:
    project.coders.switch(project.coders.named("Ann").guid)
    before = project.participants.all()
    with project.step("Two at once"):
        project.participants.add("P8")
        assert [p.label for p in project.participants.all()] == ["P1", "P2", "P8"]
        project.set_name("Other")
    assert len(project.participants.all()) == len(before) + 1
    project.undo()
    assert project.participants.all() == before
