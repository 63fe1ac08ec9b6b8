"""Transcripts are written piece by piece, as one step that nothing else can join."""

from __future__ import annotations

import pytest

from coder_app.core.errors import Cancelled, UserError
from coder_app.core.model import NewDocument, NewSpeaker, Role, Turn
from coder_app.project.checking import check, fingerprint
from coder_app.project.incoming import digest, prepare, prepare_all
from coder_app.project.project import Project

WORDS = "I was listened to, in the end."


def spoken(title: str, person: str = "P9") -> NewDocument:
    text = f"Ann: {WORDS}"
    turns = (Turn(1, 0, 5, len(text), 0, None),)
    return NewDocument(title, text, (NewSpeaker("Ann", Role.PARTICIPANT, person),), turns)


def test_pieces_are_one_step(project: Project) -> None:
    before = fingerprint(project)
    pieces = project.documents.add_in_pieces([prepare(spoken(f"Talk {n}")) for n in range(3)])
    seen = [next(pieces) for _ in range(4)]
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]
    with pytest.raises(StopIteration) as end:
        next(pieces)
    guids = end.value.value
    assert [project.documents.get(guid).title for guid in guids] == ["Talk 0", "Talk 1", "Talk 2"]
    assert [person.label for person in project.participants.all()].count("P9") == 1
    assert project.undo_name() == "Import 3 transcripts"
    assert check(project).ok
    project.undo()
    assert fingerprint(project) == before


@pytest.mark.parametrize("written", [1, 2, 4])
def test_closing_it_on_the_way_leaves_nothing(project: Project, written: int) -> None:
    before, name = fingerprint(project), project.undo_name()
    pieces = project.documents.add_in_pieces([prepare(spoken(f"Talk {n}")) for n in range(3)])
    for _ in range(written):
        next(pieces)
    assert project.in_step
    pieces.close()
    assert not project.in_step
    assert fingerprint(project) == before
    assert project.undo_name() == name
    assert check(project).ok


def test_no_other_action_slips_in_between(project: Project) -> None:
    project.codes.add("First")
    pieces = project.documents.add_in_pieces([prepare(spoken("Talk"))])
    for _ in range(2):
        next(pieces)
        for action in (lambda: project.codes.add("Second"), project.undo, lambda: project.set_name("New")):
            with pytest.raises(UserError, match="being imported"):
                action()
    assert list(pieces) == []
    assert [code.name for code in project.codes.tree().nodes.values()].count("Second") == 0
    assert "Talk" in [document.title for document in project.documents.all()]
    project.codes.add("Second")


def test_nothing_to_import_is_no_step(project: Project) -> None:
    name = project.undo_name()
    assert project.documents.add([]) == []
    assert project.undo_name() == name


def test_cancelling_at_the_last_report_leaves_nothing(project: Project) -> None:
    before = fingerprint(project)

    def stop(done: int, total: int) -> None:
        if done == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        project.documents.add([spoken("A"), spoken("B")], stop)
    assert fingerprint(project) == before


def test_preparing_needs_no_project_and_tells_what_is_wrong() -> None:
    told: list[tuple[int, int]] = []
    made = prepare_all([spoken("  A \n b "), spoken("B")], progress=lambda *done: told.append(done))
    assert made[0].title == "A b"
    assert made[0].sha256 == made[1].sha256
    assert told == [(0, 2), (1, 2), (2, 2)]
    with pytest.raises(UserError, match="holds no text"):
        prepare(NewDocument("Empty", " \n", (), ()))
    with pytest.raises(UserError, match="lone surrogates"):
        prepare(NewDocument("Half", "a\ud800", (), ()))
    with pytest.raises(UserError, match="not a date"):
        prepare(NewDocument("Dated", "Words", (), (), date="yesterday"))


def test_texts_are_known_by_their_hash(project: Project) -> None:
    first = project.documents.all()[0]
    text = project.documents.content(first.guid).text
    project.documents.add([NewDocument("Again", text, (), ())])
    known = project.documents.titles_by_text()
    assert known[digest(text)] == first.title
    assert [document.title for document in project.documents.with_same_text(text)] == [first.title, "Again"]
    assert digest("something else") not in known
