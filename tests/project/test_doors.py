"""What the actions refuse, with a sentence and without a trace; and what they cost in a large project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from helpers import INTERVIEW, document_of

from coder_app.core.errors import UserError
from coder_app.core.model import Level, MemoTarget, Role, Status
from coder_app.project import history, schema
from coder_app.project.checking import check, fingerprint
from coder_app.project.project import Project

NOBODY = "00000000-0000-4000-8000-000000000000"


def first(project: Project) -> str:
    return project.documents.all()[0].guid


def code(project: Project) -> str:
    return project.codes.tree().named("Shared experience")[0].guid


REFUSED: list[tuple[Callable[[Project], object], str]] = [
    (lambda p: p.documents.rename(NOBODY, "x"), "transcript is no longer"),
    (lambda p: p.documents.set_date(NOBODY, "2026-01-01"), "transcript is no longer"),
    (lambda p: p.documents.remove([NOBODY]), "transcript is no longer"),
    (lambda p: p.documents.move([NOBODY], None), "transcript is no longer"),
    (lambda p: p.documents.set_status(NOBODY, Status.FINISHED), "transcript is no longer"),
    (lambda p: p.documents.set_status(first(p), Status.FINISHED, NOBODY), "no such coder"),
    (lambda p: p.documents.set_speaker(NOBODY, role=Role.OTHER), "transcript is no longer"),
    (
        lambda p: p.documents.set_speaker(p.documents.speakers(first(p))[0].guid, participant=NOBODY),
        "participant is no longer",
    ),
    (lambda p: p.participants.rename(NOBODY, "P9"), "participant is no longer"),
    (lambda p: p.participants.set_pseudonym(NOBODY, "x"), "participant is no longer"),
    (lambda p: p.participants.set_attribute(NOBODY, "Age", "3"), "participant is no longer"),
    (lambda p: p.participants.remove(NOBODY), "participant is no longer"),
    (lambda p: p.participants.add_attribute("x" * 301), "name of an attribute can have 300"),
    (lambda p: p.coders.rename(NOBODY, "x"), "no such coder"),
    (lambda p: p.codings.apply(NOBODY, 0, 5, code(p)), "transcript is no longer"),
    (lambda p: p.codings.apply(first(p), 0, 5, NOBODY), "code is no longer"),
    (lambda p: p.codings.apply_many([(first(p), 0, 5, NOBODY)]), "code is no longer"),
    (lambda p: p.codes.split([], "x"), "Choose the quotes"),
    (lambda p: p.codes.group([], "x", Level.THEME), "code is no longer"),
    (lambda p: p.codes.move([code(p)], NOBODY), "code is no longer"),
    (lambda p: p.memos.add(MemoTarget.CODE, NOBODY, "x"), "code is no longer"),
    (lambda p: p.memos.add(MemoTarget.CODING, NOBODY, "x"), "coding is no longer"),
    (lambda p: p.memos.add(MemoTarget.DOCUMENT, NOBODY, "x"), "transcript is no longer"),
    (lambda p: p.memos.add(MemoTarget.PARTICIPANT, NOBODY, "x"), "participant is no longer"),
    (lambda p: p.memos.add(MemoTarget.PROJECT, NOBODY, "x"), "another project"),
    (lambda p: p.memos.add(MemoTarget.PASSAGE, first(p), "x", 9, 3), "outside the transcript"),
    (lambda p: p.memos.add(MemoTarget.CODE, code(p), " \0\ud800 "), "cannot be empty"),
    (lambda p: p.memos.edit(NOBODY, "x"), "memo is no longer"),
    (lambda p: p.memos.remove([NOBODY]), "memo is no longer"),
    (lambda p: p.documents.add([replace(INTERVIEW, text="a\ud800b", turns=())]), "lone surrogates"),
    (lambda p: p.documents.add([replace(INTERVIEW, date="yesterday")]), "is not a date"),
    (lambda p: p.documents.add([replace(INTERVIEW, date="２０２６-01-01")]), "is not a date"),
]


@pytest.mark.parametrize(("action", "sentence"), REFUSED, ids=range(len(REFUSED)))
def test_what_vanished_or_never_was_is_refused(
    project: Project, action: Callable[[Project], object], sentence: str
) -> None:
    before, steps = fingerprint(project), project.history.steps()
    with pytest.raises(UserError, match=sentence):
        action(project)
    assert (fingerprint(project), project.history.steps()) == (before, steps)
    assert check(project).ok


def test_a_removed_transcript_takes_no_codings(project: Project) -> None:
    document = first(project)
    project.documents.remove([document])
    with pytest.raises(UserError, match="transcript is no longer"):
        project.codings.apply(document, 0, 5, code(project))


def test_turns_that_do_not_fit_their_text_are_a_bug_of_the_reader(project: Project) -> None:
    with pytest.raises(ValueError, match="a turn outside the text"):
        project.documents.add([replace(INTERVIEW, text="short")])
    assert check(project).ok


def test_a_name_of_a_file_that_is_no_text_does_not_stop_an_import(project: Project) -> None:
    (guid,) = project.documents.add([replace(INTERVIEW, source="in\udcfftervi\0ew.txt")])
    assert project.documents.get(guid).source == "interview.txt"


def test_a_parent_and_its_child_cannot_get_one_level_together(project: Project) -> None:
    tree = project.codes.tree()
    category = project.codes.add("Category", Level.CATEGORY)
    inner = project.codes.add("Inner", Level.CODE, category)
    with pytest.raises(UserError, match="stays below the level"):
        project.codes.set_level([category, inner], Level.SUBCATEGORY)
    project.codes.set_level(tree.children(tree.roots[0]), Level.CATEGORY)


def test_a_coding_resized_onto_its_like_becomes_one_with_it(project: Project) -> None:
    one = project.codings.apply(first(project), 0, 5, code(project))
    two = project.codings.apply(first(project), 0, 9, code(project))
    project.codings.set_exemplar(two, True)
    project.memos.add(MemoTarget.CODING, two, "Note")
    before = fingerprint(project)
    project.codings.resize(two, 0, 5)
    (left,) = project.codings.all()
    assert (left.guid, left.exemplar) == (one, True)
    assert [memo.text for memo in project.memos.about(MemoTarget.CODING, one)] == ["Note"]
    project.undo()
    assert fingerprint(project) == before


def test_joining_keeps_the_exemplar_mark_of_a_double(project: Project) -> None:
    other = project.codes.tree().named("Not being told")[0].guid
    project.codings.apply(first(project), 0, 5, code(project))
    project.codings.set_exemplar(project.codings.apply(first(project), 0, 5, other), True)
    project.codes.join([other], code(project))
    assert [coding.exemplar for coding in project.codings.all()] == [True]


def test_consequences_count_memos_of_others_and_what_stands_above(project: Project) -> None:
    tree = project.codes.tree()
    told = tree.named("Not being told")[0].guid
    project.codings.apply(first(project), 0, 5, code(project))
    assert project.codes.consequences([told], below=True) == (
        "1 node and 0 codings of yours will be deleted."
    )
    assert project.codes.consequences(tree.roots, below=False) == (
        "1 node and 0 codings of yours will be deleted. 2 nodes below will move up."
    )
    project.coders.switch(project.coders.named("Ben").guid)
    project.memos.add(MemoTarget.CODE, told, "Why?")
    project.coders.switch(project.coders.named("Ann").guid)
    assert project.codes.consequences([told], below=True) == (
        "0 nodes and 0 codings of yours will be deleted."
        " 1 node stays in the codebook because other coders use it."
    )
    assert project.codes.consequences(tree.roots, below=True) == (
        "1 node and 1 coding of yours will be deleted."
        " 2 nodes stay in the codebook because other coders use them or what is below them."
    )
    project.codes.delete(tree.roots, below=True)
    assert {node.name for node in project.codes.tree().nodes.values()} == {"Trust", "Not being told"}


def test_consequences_for_transcripts_count_reading_and_memos_of_others(project: Project) -> None:
    one, two = (document.guid for document in project.documents.all())
    assert project.documents.consequences([one]) == "1 transcript and 0 codings of yours will be removed."
    project.coders.switch(project.coders.named("Ben").guid)
    project.documents.set_status(one, Status.FINISHED)
    project.memos.add(MemoTarget.PASSAGE, two, "Hm", 0, 5)
    project.coders.switch(project.coders.named("Ann").guid)
    assert project.documents.consequences([one, two]) == (
        "0 transcripts and 0 codings of yours will be removed."
        " 2 transcripts stay in the project because other coders work with them."
    )
    project.documents.remove([one, two])
    assert [document.guid for document in project.documents.all()] == [one, two]


def test_a_level_left_out_is_in_use_again_with_its_nodes(project: Project) -> None:
    project.codes.delete(project.codes.tree().roots, below=False)
    project.coders.switch(project.coders.named("Ben").guid)
    project.set_level_name(Level.THEME, None)
    assert Level.THEME not in project.level_names()
    project.coders.switch(project.coders.named("Ann").guid)
    project.undo()
    assert project.level_names()[Level.THEME] == "Theme"
    assert project.queries.info().codes[Level.THEME] == 1


def test_info_by_hand(project: Project) -> None:
    one, two = (document.guid for document in project.documents.all())
    project.codings.apply(one, 0, 5, code(project))
    project.codings.apply(one, 0, 5, project.codes.tree().roots[0])
    project.codings.mark(one, 0, 5)
    project.codings.mark(two, 3, 8)
    project.coders.switch(project.coders.named("Ben").guid)
    project.codings.apply(one, 0, 5, code(project))
    project.memos.add(MemoTarget.PROJECT, project.guid, "Started")
    info = project.queries.info()
    assert (info.project, info.documents, info.participants, info.memos) == ("Small study", 2, 2, 1)
    assert info.characters == sum(len(project.documents.content(guid).text) for guid in (one, two))
    assert (info.codings, info.unnamed, info.statements) == (3, 2, 3)
    assert info.coders == (("Ann", 2), ("Ben", 1))
    assert {level.key: count for level, count in info.codes.items()} == {
        "code": 2, "subcategory": 0, "category": 0, "theme": 1,
    }  # fmt: skip


def test_mine_is_mine_in_every_question(project: Project) -> None:
    """Blind: asked for one coder, no answer holds anything of another."""
    ann, ben = (project.coders.named(name).guid for name in ("Ann", "Ben"))
    tree, document = project.codes.tree(), first(project)
    project.coders.switch(ben)
    theirs = [project.codings.apply(document, 0, 5, code(project)), project.codings.mark(document, 8, 12)]
    project.memos.add(MemoTarget.CODING, theirs[0], "Ben's")
    project.coders.switch(ann)
    mine = [project.codings.apply(document, 3, 9, code(project)), project.codings.mark(document, 2, 4)]
    project.memos.add(MemoTarget.CODE, code(project), "Ann's")
    blind = [ann]
    assert {c.guid for c in project.codings.all(blind)} == set(mine)
    assert {c.guid for c in project.codings.of_document(document, blind)} == set(mine)
    assert {c.guid for c in project.codings.of_codes([code(project)], blind)} == {mine[0]}
    assert [c.guid for c in project.codings.unnamed(blind)] == [mine[1]]
    assert project.queries.unnamed_ids(blind) == [mine[1]]
    assert project.queries.quote_ids(tree.roots, blind) == [mine[0]]
    assert [q.coding.guid for q in project.queries.quotes(tree.roots, blind)] == [mine[0]]
    assert project.queries.counts(blind)[tree.roots[0]].quotes_below == 1
    assert project.queries.counts([])[tree.roots[0]].quotes_below == 0
    assert [memo.text for memo in project.memos.all(blind)] == ["Ann's"]
    assert project.memos.about(MemoTarget.CODING, theirs[0], blind) == []
    assert len(project.codings.all()) == 4


def test_a_snapshot_is_read_in_another_thread(project: Project) -> None:
    from concurrent.futures import ThreadPoolExecutor

    image, me = project.snapshot(), project.coders.current.guid
    project.codes.add("After the snapshot")

    def read() -> tuple[str, int, str]:
        with Project.from_snapshot(image, me) as copy, pytest.raises(UserError, match="snapshot for reading"):
            copy.codes.add("Never")
        with Project.from_snapshot(image) as copy:
            return fingerprint(copy), len(copy.codes.tree()), copy.guid

    with ThreadPoolExecutor(1) as pool:
        found, codes, guid = pool.submit(read).result()
    assert (codes, guid) == (3, project.guid)
    project.undo()
    assert found == fingerprint(project)
    with pytest.raises(UserError, match="no such coder"):
        Project.from_snapshot(image, NOBODY)


def instructions(project: Project, action: Callable[[], object]) -> int:
    """How many hundreds of instructions SQLite needs for an action."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    raw = history.driver(project.connection)
    raw.set_progress_handler(tick, 100)
    action()
    raw.set_progress_handler(None, 0)
    return count


def test_actions_cost_the_same_in_a_project_fifty_times_as_large(project: Project) -> None:
    (document,) = project.documents.add([document_of("Long", ("A", "word " * 3000))])
    other = [project.codes.add(f"Other {number}") for number in range(20)]
    mine = code(project)
    project.codes.delete([other.pop()], below=False)
    project.documents.remove([project.documents.all()[1].guid])

    def work() -> None:
        coding = project.codings.apply(first(project), 0, 9, mine)
        memo = project.memos.add(MemoTarget.CODING, coding, "Note")
        project.codings.resize(coding, 0, 12)
        project.codings.recode([coding], other[0])
        project.codings.recode([coding], mine)
        project.memos.remove([memo])
        project.codings.remove([coding])
        for _ in range(7):
            project.undo()
        for _ in range(7):
            project.redo()
        project.redo_name(), project.undo_name()
        project.codings.of_document(first(project))
        project.queries.codings_by_document()
        project.queries.counts()
        project.codes.tree()

    def fill(count: int) -> None:
        places = [(document, n, n + 4, other[1 + n % 18]) for n in range(3, 3 + count)]
        project.codings.apply_many(places)
        project.queries.codings_by_document()
        project.queries.counts()

    fill(100)
    small = instructions(project, work)
    fill(4_900)
    entries = [{"coder": project.coders.current.guid, "step": 1} for _ in range(5_000)]
    project.connection.exec_driver_sql("BEGIN")
    project.connection.execute(schema.undo_entry.insert(), entries)
    project.connection.exec_driver_sql("COMMIT")
    large = instructions(project, work)
    assert small > 20
    assert large < 2 * small
