"""An action interrupted at any of its statements, by anything, leaves the project as it was."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from helpers import document_of
from sqlalchemy import event

from coder_app.core.errors import UserError
from coder_app.core.model import Level, MemoTarget
from coder_app.project.checking import check, fingerprint
from coder_app.project.history import driver
from coder_app.project.project import Project


def code(project: Project, name: str) -> str:
    return project.codes.tree().named(name)[0].guid


def import_one(project: Project) -> None:
    project.documents.add([document_of("Third", ("P", "We talked. " * 3000), participants={"P": "P7"})])


def group(project: Project) -> None:
    project.codes.group(project.codes.tree().children(code(project, "Trust")), "Knowing", Level.CATEGORY)


ACTIONS: dict[str, Callable[[Project], object]] = {
    "import": import_one,
    "join": lambda p: p.codes.join([code(p, "Not being told")], code(p, "Shared experience")),
    "delete": lambda p: p.codes.delete(p.codes.tree().roots, below=True),
    "group": group,
    "apply": lambda p: p.codings.apply(p.documents.all()[1].guid, 0, 5, code(p, "Trust")),
    "remove transcript": lambda p: p.documents.remove([p.documents.all()[0].guid]),
    "undo": lambda p: p.undo(),
    "rename coder": lambda p: p.coders.rename(p.coders.current.guid, "Anna"),
}


@pytest.fixture
def full(project: Project) -> Project:
    """Something of everything, so that each action has much to do."""
    document = project.documents.all()[0].guid
    for name in ("Not being told", "Shared experience", "Not being told"):
        coding = project.codings.apply(document, 0, 5, code(project, name))
    project.memos.add(MemoTarget.CODING, coding, "Note")
    project.memos.add(MemoTarget.CODE, code(project, "Trust"), "Note")
    project.codes.define(code(project, "Not being told"), "short", "Words")
    return project


class Interruption(BaseException):
    """Not even an Exception, as Ctrl+C."""


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("kind", [Interruption, sqlite3.OperationalError])
def test_an_action_interrupted_at_any_statement_leaves_nothing(
    full: Project, name: str, kind: type[BaseException]
) -> None:
    before, steps, undo = fingerprint(full), full.history.steps(), full.undo_name()
    full.take_changes()
    coder, tree = full.coders.current, full.codes.tree().nodes
    left = -1

    def stop(*_: object) -> None:
        nonlocal left
        left -= driver(full.connection).in_transaction
        if left == 0:
            raise kind("disk I/O error")

    event.listen(full.connection, "before_cursor_execute", stop)
    interrupted = 0
    for at in range(1, 200):
        left = at
        try:
            ACTIONS[name](full)
            break
        except (Interruption, UserError, sqlite3.OperationalError):
            interrupted += 1
        left = -1
        assert (fingerprint(full), full.history.steps(), full.undo_name()) == (before, steps, undo)
        assert (full.coders.current, full.codes.tree().nodes) == (coder, tree)
        assert not full.take_changes()
        assert not full.in_step
    left = -1
    assert interrupted >= 4
    assert check(full).problems == ()
    assert full.take_changes()


@pytest.mark.parametrize("name", ["import", "join", "delete"])
def test_a_disk_that_fills_at_any_page_leaves_the_project_as_it_was(full: Project, name: str) -> None:
    before = fingerprint(full)
    pages = int(full.connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)
    refused = 0
    for more in range(40):
        full.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + more}")
        try:
            ACTIONS[name](full)
            break
        except UserError as error:
            refused += 1
            message = str(error)
        assert message == "The disk is full. Nothing was changed."
        assert fingerprint(full) == before
        assert check(full).ok
    full.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert check(full).ok
    assert refused or name != "import"
    full.undo()
    assert fingerprint(full) == before


def test_a_step_inside_a_step_and_undo_inside_one(project: Project) -> None:
    before = fingerprint(project)

    def undo_inside() -> None:
        with project.step("Outer"):
            project.codes.add("One")
            project.undo()

    with pytest.raises(RuntimeError, match="within another action"):
        undo_inside()
    assert fingerprint(project) == before
    with project.step("Outer"), project.step("Inner"):
        project.codes.add("One")
        project.codes.add("Two")
    assert project.undo_name() == "Outer"
    project.undo()
    assert fingerprint(project) == before


def test_a_closed_project_does_nothing(project: Project) -> None:
    from sqlalchemy.exc import ResourceClosedError

    project.close()
    with pytest.raises(ResourceClosedError):
        project.codes.add("Late")
    project.close()
