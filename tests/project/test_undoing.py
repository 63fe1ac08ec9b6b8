"""Undo between colleagues: what is taken back, what stays, and the sentences that say so."""

from __future__ import annotations

import pytest
from helpers import document_of

from coder_app.core.model import Level, MemoTarget, Role, Status
from coder_app.project import schema
from coder_app.project.checking import check, fingerprint
from coder_app.project.folding import folded
from coder_app.project.project import Project


@pytest.fixture(autouse=True)
def whole(project: Project) -> object:
    """Whatever a test does, the project is whole afterwards."""
    yield
    assert check(project).problems == ()


def works(project: Project, name: str) -> None:
    """From now on this coder works."""
    project.coders.switch(project.coders.named(name).guid)


def test_a_code_that_a_colleague_defined_outlives_the_undo_of_its_creation(project: Project) -> None:
    code = project.codes.add("Draft")
    works(project, "Ben")
    project.codes.define(code, "short", "Ben's words")
    works(project, "Ann")
    assert project.undo().left_alone == ("The code “Draft” stays as it is: Ben changed it since.",)
    assert project.codes.tree()[code].definition.short == "Ben's words"
    assert project.redo().left_alone == ()


def test_what_a_colleague_did_and_undid_does_not_keep_a_code(project: Project) -> None:
    before = fingerprint(project)
    code = project.codes.add("Draft")
    works(project, "Ben")
    project.codes.define(code, "short", "Ben's words")
    project.undo()
    works(project, "Ann")
    assert project.undo().left_alone == ()
    assert fingerprint(project) == before


def test_the_one_who_changed_it_is_named_not_the_one_who_undid_since(project: Project) -> None:
    code = project.codes.tree().roots[0]
    project.codes.rename(code, "One")
    works(project, "Ben")
    project.codes.rename(code, "Two")
    works(project, "Ann")
    project.codes.rename(code, "Three")
    assert project.undo().left_alone == ()
    assert project.undo().left_alone == ("The code “Two” stays as it is: Ben changed it since.",)


def test_what_a_colleague_has_taken_away_already_is_no_news(project: Project) -> None:
    code = project.codes.add("Draft")
    works(project, "Ben")
    project.codes.delete([code], below=False)
    works(project, "Ann")
    assert project.undo().left_alone == ()
    assert code not in project.codes.tree()


def test_a_move_that_would_close_a_circle_is_told_as_one(project: Project) -> None:
    outer, inner = project.codes.add("Outer", Level.THEME), project.codes.add("Inner", Level.CATEGORY)
    project.codes.move([inner], outer)
    project.codes.move([inner], None)
    works(project, "Ben")
    project.codes.set_level([outer], Level.SUBCATEGORY)
    project.codes.move([outer], inner)
    works(project, "Ann")
    assert project.undo().left_alone == (
        "The code “Inner” stays where it is: its old place is now inside it.",
    )


def test_an_import_undone_keeps_what_a_colleague_coded(project: Project) -> None:
    before = fingerprint(project)
    (guid,) = project.documents.add([document_of("Third", ("P", "We talked."), participants={"P": "P7"})])
    code = project.codes.tree().named("Trust")[0].guid
    works(project, "Ben")
    coding = project.codings.apply(guid, 3, 12, code)
    works(project, "Ann")
    assert project.undo().left_alone == (
        "The transcript “Third” stays: it is in use.",
        "The participant “P7” stays: it is in use.",
    )
    assert [c.guid for c in project.codings.all()] == [coding]
    assert project.queries.quotes([code])[0].participant == "P7"
    works(project, "Ben")
    project.undo()
    assert fingerprint(project) == before


def test_an_import_undone_keeps_a_transcript_whose_speakers_a_colleague_settled(project: Project) -> None:
    (guid,) = project.documents.add([document_of("Third", ("P", "We talked."))])
    works(project, "Ben")
    (speaker,) = project.documents.speakers(guid)
    project.documents.set_speaker(speaker.guid, role=Role.OTHER)
    works(project, "Ann")
    assert project.undo().left_alone == (
        "The speaker “P” stays as it is: Ben changed it since.",
        "The transcript “Third” stays as it is: Ben changed it since.",
    )
    assert project.documents.speakers(guid)[0].role == Role.OTHER
    assert "Third" in [document.title for document in project.documents.all()]


def test_an_attribute_undone_keeps_a_colleagues_values(project: Project) -> None:
    one, two = project.participants.all()
    project.participants.set_attribute(one.guid, "Age", "34")
    works(project, "Ben")
    project.participants.set_attribute(two.guid, "Age", "51")
    works(project, "Ann")
    assert project.undo().left_alone == ("The attribute “Age” stays: it is in use.",)
    assert [person.attributes for person in project.participants.all()] == [{}, {"Age": "51"}]
    project.participants.remove_attribute("Age")
    assert project.participants.attributes() == []
    project.undo()
    assert project.participants.all()[1].attributes == {"Age": "51"}


def test_a_participant_undone_keeps_what_a_colleague_knows(project: Project) -> None:
    guid = project.participants.add("P9")
    works(project, "Ben")
    project.participants.set_attribute(guid, "Age", "40")
    works(project, "Ann")
    assert project.undo().left_alone == ("The participant “P9” stays: it is in use.",)
    project.participants.remove(guid)
    assert [person.label for person in project.participants.all()] == ["P1", "P2"]


def test_a_change_undone_on_a_deleted_code_in_use_is_simply_undone(project: Project) -> None:
    code = project.codes.tree().named("Shared experience")[0].guid
    project.codings.apply(project.documents.all()[0].guid, 0, 5, code)
    project.codes.rename(code, "Sharing")
    works(project, "Ben")
    project.codes.delete([code], below=False)
    works(project, "Ann")
    assert project.undo().left_alone == ()
    assert project.codes.tree()[code].name == "Shared experience"


def test_a_coding_undone_stays_while_a_memo_is_on_it(project: Project) -> None:
    coding = project.codings.apply(project.documents.all()[0].guid, 0, 5, project.codes.tree().roots[0])
    works(project, "Ben")
    memo = project.memos.add(MemoTarget.CODING, coding, "Why?")
    works(project, "Ann")
    assert project.undo().left_alone == ("A coding stays: it is in use.",)
    works(project, "Ben")
    project.memos.remove([memo])
    assert project.codings.all() == []


def test_many_codings_left_alone_make_one_sentence(project: Project) -> None:
    document, one = project.documents.all()[0].guid, project.codes.tree().named("Not being told")[0].guid
    codings = [project.codings.apply(document, n, n + 3, one) for n in range(4)]
    two = project.codes.tree().named("Shared experience")[0].guid
    project.codings.recode(codings, two)
    works(project, "Ben")
    project.codes.join([two], project.codes.tree().roots[0])
    works(project, "Ann")
    assert project.undo().left_alone == ("A coding stays as it is: Ben changed it since.",)
    assert {coding.code for coding in project.codings.all()} == {project.codes.tree().roots[0]}


def test_progress_that_a_colleague_took_over_stays(project: Project) -> None:
    document, ben = project.documents.all()[0].guid, project.coders.named("Ben").guid
    project.documents.set_status(document, Status.IN_PROGRESS, ben)
    works(project, "Ben")
    project.documents.set_status(document, Status.FINISHED)
    works(project, "Ann")
    assert len(project.undo().left_alone) == 1
    assert project.documents.statuses() == {(document, ben): Status.FINISHED}


def test_a_row_of_a_derived_guid_made_on_two_laptops_stands(project: Project) -> None:
    """The history as a merge would leave it: made and undone here, made there later."""
    document = project.documents.all()[0].guid
    project.documents.set_status(document, Status.IN_PROGRESS)
    project.undo()
    key = project.connection.scalar(schema.progress.select())
    connection = project.connection
    connection.exec_driver_sql("BEGIN")
    wall = project.now() + 5_000
    connection.execute(
        schema.step.insert(),
        {
            "id": 900,
            "guid": "there",
            "wall": wall,
            "counter": 0,
            "coder": "someone",
            "name": "Mark as finished",
        },
    )
    created = f'{{"document": "{document}", "coder": "someone", "status": "finished"}}'
    connection.execute(
        schema.change.insert(), {"step": 900, "number": 0, "tbl": "progress", "row": key, "after": created}
    )
    row = folded(connection)["progress", str(key)]
    connection.exec_driver_sql("ROLLBACK")
    assert (row["gone"], row["status"]) == (0, "finished")


def test_changes_are_numbered_within_their_step(project: Project) -> None:
    project.codes.group(
        project.codes.tree().children(project.codes.tree().roots[0]), "Knowing", Level.CATEGORY
    )
    steps: dict[int, list[int]] = {}
    for step, number in project.connection.execute(
        schema.change.select().with_only_columns(schema.change.c.step, schema.change.c.number)
    ):
        steps.setdefault(step, []).append(number)
    assert all(numbers == list(range(len(numbers))) for numbers in steps.values())
    assert max(len(numbers) for numbers in steps.values()) > 5
