"""Undo, redo and the fold of the history, under random streams of actions."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from acting import Actor
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError, IntegrityError

from coder_app.core.errors import UserError
from coder_app.core.model import Level
from coder_app.project import schema
from coder_app.project.checking import check, fingerprint
from coder_app.project.folding import folded, stored
from coder_app.project.project import Project

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)  # a smaller seed is no simpler case


@settings(max_examples=10, deadline=None, phases=UNSHRUNK)
@given(seed=st.integers(0, 2**32), count=st.integers(1, 40))
def test_any_actions_undone_give_the_first_state_and_redone_the_last(seed: int, count: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "p.coder", "Study", "Ann") as project,
    ):
        actor = Actor(project, Random(seed))
        states = [fingerprint(project)]
        for _ in range(count):
            before = project.undo_name(), project.history.steps()
            actor.act()
            if (project.undo_name(), project.history.steps()) != before:
                states.append(fingerprint(project))
        assert folded(project.connection) == stored(project.connection)
        for state in reversed(states[:-1]):
            assert project.undo().left_alone == ()
            assert fingerprint(project) == state
        assert project.undo_name() is None
        for state in states[1:]:
            assert project.redo().left_alone == ()
            assert fingerprint(project) == state
        assert project.redo_name() is None
        assert check(project).problems == ()


@settings(max_examples=8, deadline=None, phases=UNSHRUNK)
@given(seed=st.integers(0, 2**32))
def test_two_coders_who_act_undo_and_redo_in_any_order_keep_state_and_history_equal(seed: int) -> None:
    random = Random(seed)
    with (
        tempfile.TemporaryDirectory() as folder,
        Project.create(Path(folder) / "p.coder", "Study", "Ann") as project,
    ):
        project.coders.add("Ben")
        actor = Actor(project, random, people=True)
        for _ in range(40):
            what = random.random()
            if what < 0.15:
                project.coders.switch(random.choice(project.coders.all()).guid)
            elif what < 0.35 and project.undo_name():
                with suppress(UserError):  # somebody froze the codebook
                    project.undo()
            elif what < 0.5 and project.redo_name():
                with suppress(UserError):
                    project.redo()
            else:
                actor.act()
        assert check(project).problems == ()
        kept = project.queries.counts()
        project.forget()
        assert project.queries.counts() == kept


def test_undo_is_named_and_survives_closing(project: Project) -> None:
    assert project.path is not None
    document = project.documents.all()[0].guid
    code = project.codes.tree().named("Shared experience")[0].guid
    before = fingerprint(project)
    project.codings.apply(document, 0, 5, code)
    after = fingerprint(project)
    project.close()
    with Project.open(project.path, coder="ann") as again:
        assert again.undo_name() == "Apply code: Shared experience"
        assert again.undo().name == "Apply code: Shared experience"
        assert fingerprint(again) == before
        assert again.redo_name() == "Apply code: Shared experience"
        path = again.path
    assert path is not None
    with Project.open(path, coder="Ann") as third:
        third.redo()
        assert fingerprint(third) == after
        assert third.undo_name() == "Apply code: Shared experience"


def test_a_new_action_ends_redo(project: Project) -> None:
    project.codes.add("One")
    project.undo()
    project.codes.add("Two")
    assert project.redo_name() is None
    with pytest.raises(UserError, match="nothing of yours to redo"):
        project.redo()


def test_undo_leaves_alone_what_a_colleague_changed_since_and_says_so(project: Project) -> None:
    code = project.codes.add("Draft")
    project.codes.rename(code, "Stigma")
    ann, ben = (project.coders.named(name).guid for name in ("Ann", "Ben"))
    project.coders.switch(ben)
    assert project.undo_name() is None
    project.codes.rename(code, "Shame")
    project.coders.switch(ann)
    undone = project.undo()
    assert undone.left_alone == ("The code “Shame” stays as it is: Ben changed it since.",)
    assert project.codes.tree()[code].name == "Shame"
    assert project.undo_name() == "New code: Draft"


def test_a_code_whose_creation_is_undone_lives_while_a_colleague_uses_it(project: Project) -> None:
    document = project.documents.all()[0].guid
    code = project.codes.add("Stigma")
    ann, ben = (project.coders.named(name).guid for name in ("Ann", "Ben"))
    project.coders.switch(ben)
    coding = project.codings.apply(document, 0, 5, code)
    project.coders.switch(ann)
    undone = project.undo()
    assert undone.left_alone == ("The code “Stigma” stays: it is in use.",)
    assert code in project.codes.tree()
    project.coders.switch(ben)
    project.codings.remove([coding])
    assert code not in project.codes.tree()
    project.undo()
    assert code in project.codes.tree()


def test_undo_never_closes_a_circle_in_the_tree(project: Project) -> None:
    outer, inner = project.codes.add("Outer", Level.THEME), project.codes.add("Inner", Level.CATEGORY)
    project.codes.move([inner], outer)
    project.codes.move([inner], None)
    ben = project.coders.named("Ben").guid
    ann = project.coders.current.guid
    project.coders.switch(ben)
    project.codes.set_level([outer], Level.SUBCATEGORY)
    project.codes.move([outer], inner)
    project.coders.switch(ann)
    undone = project.undo()
    assert len(undone.left_alone) == 1
    assert project.codes.tree().parent(outer) == inner
    assert check(project).ok


def test_the_clock_never_runs_backwards(tmp_path: Path) -> None:
    times = iter([5_000, 5_000, 1_000, 1_000, 9_000, 9_000])
    with Project.create(tmp_path / "p.coder", "Study", "Ann", now=lambda: next(times)) as project:
        for name in ("a", "b", "c"):
            project.codes.add(name)
        rows = project.connection.execute(
            schema.step.select().with_only_columns(schema.step.c.wall, schema.step.c.counter)
        )
        clocks = [tuple(row) for row in rows]
    assert clocks == sorted(set(clocks))
    assert clocks == [(5_000, 0), (5_000, 1), (5_000, 2), (5_000, 3)]


def test_nothing_is_written_outside_a_step_and_no_row_is_removed(project: Project) -> None:
    with pytest.raises(IntegrityError, match="NOT NULL"):
        project.connection.execute(schema.code.update().values(name="x"))
    with pytest.raises(DatabaseError, match="never removed"), project.step("Remove"):
        project.connection.execute(schema.code.delete())
    assert check(project).ok


def test_an_action_that_fails_leaves_nothing(project: Project) -> None:
    before, steps = fingerprint(project), project.history.steps()

    def half() -> None:
        with project.step("Two things"):
            project.codes.add("Half")
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError, match="in the middle"):
        half()
    assert (fingerprint(project), project.history.steps()) == (before, steps)
    assert not project.codes.tree().named("Half")


def test_an_action_that_changes_nothing_leaves_no_trace(project: Project) -> None:
    steps = project.history.steps()
    code = project.codes.tree().named("Trust")[0]
    project.codes.define(code.guid, "short", "")
    project.codes.recolour([code.guid], code.color)
    assert project.history.steps() == steps


def test_a_tampered_row_is_found(project: Project) -> None:
    assert project.path is not None
    path = project.path
    project.close()
    import sqlite3

    raw = sqlite3.connect(path)
    raw.execute("UPDATE code SET name = 'Other' WHERE name = 'Trust'")
    raw.commit()
    raw.close()
    with Project.open(path) as again:
        report = check(again)
    assert not report.ok
    assert report.problems == ("1 row differs from the history in the table “code”.",)
