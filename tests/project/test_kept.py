"""What a project keeps in memory is what its file holds, over any actions."""

from __future__ import annotations

from random import Random

import pytest
from acting import Actor
from helpers import document_of

from coder_app.core.changes import Changes
from coder_app.core.model import MemoTarget
from coder_app.project.project import Project


def views(project: Project) -> dict[Changes, object]:
    """What a window could show, by the flag that tells of its changes."""
    tree, documents = project.codes.tree(), project.documents.all()
    return {
        Changes.STUDY: (project.name, project.level_names()),
        Changes.CODERS: (project.coders.all(), project.coders.current),
        Changes.PARTICIPANTS: (project.participants.all(), project.participants.attributes()),
        Changes.DOCUMENTS: documents,
        Changes.PROGRESS: project.documents.statuses(),
        Changes.CODES: [(tree[guid], depth, project.codes.is_gone(guid)) for guid, depth in tree.walk()],
        Changes.CODINGS: project.codings.all(),
        Changes.MEMOS: project.memos.all(),
        Changes.SPEAKERS: [project.documents.speakers(document.guid) for document in documents],
    }


def answers(project: Project) -> list[object]:
    """What is computed from several tables."""
    coders = [None, *([coder.guid] for coder in project.coders.all())]
    return [
        *(project.queries.counts(chosen) for chosen in coders),
        *(project.queries.quotes(project.codes.tree().roots, chosen) for chosen in coders),
        project.queries.codings_by_document(),
        project.queries.info(),
    ]


def assert_kept_is_true(project: Project, before: dict[Changes, object]) -> dict[Changes, object]:
    """Compare with a project read anew from the same file, and changes with their flags."""
    told, now = project.take_changes(), views(project)
    with Project.from_snapshot(project.snapshot(), project.coders.current.guid) as fresh:
        assert now == views(fresh)
        assert answers(project) == answers(fresh)
    for name, find in (
        (project.undo_name(), project.history.next_undo),
        (project.redo_name(), project.history.next_redo),
    ):
        found = find(project.coders.current.guid)
        assert name == (found[1] if found else None)
    untold = [flag for flag in now if now[flag] != before[flag] and flag not in told]
    assert untold == [] or (untold == [Changes.SPEAKERS] and Changes.DOCUMENTS in told)
    return now


@pytest.mark.parametrize("seed", range(2))
def test_what_is_kept_is_true_after_every_action_and_what_changed_is_told(
    project: Project, seed: int
) -> None:
    random = Random(seed)
    coders = [coder.guid for coder in project.coders.all()]
    actor = Actor(project, random)
    for _ in range(60):
        project.coders.switch(random.choice(coders) if random.random() < 0.2 else coders[0])
        project.take_changes()
        before = views(project)
        if random.random() < 0.25 and project.undo_name():
            project.undo()
        elif random.random() < 0.1 and project.redo_name():
            project.redo()
        else:
            actor.act()
        assert_kept_is_true(project, before)
    assert sum(project.queries.codings_by_document().values()) == len(project.codings.all())


def test_an_imports_undo_and_the_last_use_tell_that_a_transcript_goes(project: Project) -> None:
    (guid,) = project.documents.add([document_of("Third", ("P", "We talked."), participants={"P": "P7"})])
    ann, ben = (project.coders.named(name).guid for name in ("Ann", "Ben"))
    project.coders.switch(ben)
    project.codings.apply(guid, 3, 12, project.codes.tree().roots[0])
    project.coders.switch(ann)
    project.undo()
    project.coders.switch(ben)
    project.take_changes()
    project.undo()
    gone = Changes.DOCUMENTS | Changes.SPEAKERS | Changes.PARTICIPANTS | Changes.CODINGS
    assert project.take_changes() & gone == gone


def test_the_last_memo_on_a_removed_coding_tells_that_the_coding_goes(project: Project) -> None:
    coding = project.codings.apply(project.documents.all()[0].guid, 0, 5, project.codes.tree().roots[0])
    ann, ben = (project.coders.named(name).guid for name in ("Ann", "Ben"))
    project.coders.switch(ben)
    project.take_changes()
    memo = project.memos.add(MemoTarget.CODING, coding, "Why?")
    assert project.take_changes() == Changes.MEMOS
    project.coders.switch(ann)
    project.codings.remove([coding])
    project.coders.switch(ben)
    project.take_changes()
    project.memos.remove([memo])
    assert project.codings.all() == []
    assert Changes.CODINGS in project.take_changes()


def test_codes_are_told_only_where_use_brings_one_back_or_lets_it_go(project: Project) -> None:
    """Else every coding would rebuild the codebook as soon as anything was ever deleted."""
    tree, document = project.codes.tree(), project.documents.all()[0].guid
    used, deleted = (tree.named(name)[0].guid for name in ("Shared experience", "Not being told"))
    project.codes.delete([deleted], below=False)
    project.take_changes()
    kept = project.codes.tree()
    project.codings.apply(document, 0, 5, used)
    assert Changes.CODES not in project.take_changes()
    assert project.codes.tree() is kept


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
