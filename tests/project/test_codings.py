"""Codings, passages that wait, quotes, memos, search."""

from __future__ import annotations

import pytest
from helpers import document_of

from coder_app.core.changes import Changes
from coder_app.core.errors import UserError
from coder_app.core.model import MemoTarget, Status
from coder_app.project.checking import fingerprint
from coder_app.project.project import Project


@pytest.fixture
def place(project: Project) -> tuple[str, str]:
    """First transcript and a code."""
    return project.documents.all()[0].guid, project.codes.tree().named("Shared experience")[0].guid


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (5, 5), (6, 5), (0, 10_000)])
def test_a_place_outside_the_text_is_refused(
    project: Project, place: tuple[str, str], start: int, end: int
) -> None:
    with pytest.raises(UserError, match="outside the transcript"):
        project.codings.apply(place[0], start, end, place[1])


def test_white_space_alone_is_not_coded(project: Project, place: tuple[str, str]) -> None:
    text = project.documents.content(place[0]).text
    gap = text.index("\n\n")
    with pytest.raises(UserError, match="white space only"):
        project.codings.apply(place[0], gap, gap + 2, place[1])


def test_the_same_coding_twice_is_one(project: Project, place: tuple[str, str]) -> None:
    one = project.codings.apply(place[0], 0, 5, place[1])
    assert project.codings.apply(place[0], 0, 5, place[1]) == one
    assert len(project.codings.all()) == 1


def test_highlight_now_name_tonight(project: Project, place: tuple[str, str]) -> None:
    passage = project.codings.mark(place[0], 0, 5)
    project.codings.apply(place[0], 10, 15, place[1])
    assert [coding.guid for coding in project.codings.unnamed()] == [passage]
    info = project.queries.info()
    assert (info.codings, info.unnamed, info.statements) == (1, 1, 2)
    project.codings.name([passage], place[1])
    assert project.codings.unnamed() == []
    assert project.undo_name() == "Name passage: Shared experience"


def test_the_first_coding_marks_the_transcript_as_in_progress_within_its_step(
    project: Project, place: tuple[str, str]
) -> None:
    me = project.coders.current.guid
    before = fingerprint(project)
    project.codings.apply(place[0], 0, 5, place[1])
    assert project.documents.statuses() == {(place[0], me): Status.IN_PROGRESS}
    assert project.take_changes() & (Changes.CODINGS | Changes.PROGRESS) == Changes.CODINGS | Changes.PROGRESS
    project.undo()
    assert fingerprint(project) == before
    project.documents.set_status(place[0], Status.FINISHED)
    project.codings.apply(place[0], 0, 5, place[1])
    assert project.documents.statuses() == {(place[0], me): Status.FINISHED}


def test_another_coders_codings_stay_as_they_are(project: Project, place: tuple[str, str]) -> None:
    coding = project.codings.apply(place[0], 0, 5, place[1])
    memo = project.memos.add(MemoTarget.CODING, coding, "Mine")
    project.coders.switch(project.coders.named("Ben").guid)
    actions = (
        lambda: project.codings.remove([coding]),
        lambda: project.codings.resize(coding, 1, 4),
        lambda: project.codings.recode([coding], place[1]),
        lambda: project.codings.set_exemplar(coding, True),
        lambda: project.codes.split([coding], "New"),
        lambda: project.memos.edit(memo, "Yours"),
        lambda: project.memos.remove([memo]),
    )
    before = fingerprint(project)
    for action in actions:
        with pytest.raises(UserError, match="of another coder stay as they are"):
            action()
    assert fingerprint(project) == before


def test_a_removed_coding_with_a_colleagues_memo_still_shows(
    project: Project, place: tuple[str, str]
) -> None:
    coding = project.codings.apply(place[0], 0, 5, place[1])
    project.memos.add(MemoTarget.CODING, coding, "My own note goes along")
    project.coders.switch(project.coders.named("Ben").guid)
    memo = project.memos.add(MemoTarget.CODING, coding, "Why this?")
    project.coders.switch(project.coders.named("Ann").guid)
    project.codings.remove([coding])
    assert [c.guid for c in project.codings.all()] == [coding]
    assert [m.text for m in project.memos.all()] == ["Why this?"]
    project.coders.switch(project.coders.named("Ben").guid)
    project.memos.remove([memo])
    assert project.codings.all() == []


def test_quotes_are_the_words_with_participant_turn_and_coder(
    project: Project, place: tuple[str, str]
) -> None:
    text = project.documents.content(place[0]).text
    start = text.index("She knew")
    end = text.index("🙂") + 1
    project.codings.apply(place[0], start, end, place[1])
    (quote,) = project.queries.quotes([project.codes.tree().roots[0]])
    assert quote.text == "She knew more about fear than I do 🙂"
    assert (quote.participant, quote.turn, quote.coder_name, quote.code_name, quote.document_title) == (
        "P1", 4, "Ann", "Shared experience", "Interview P1",
    )  # fmt: skip
    assert project.queries.quotes([project.codes.tree().roots[0]], below=False) == []


def test_own_words_of_a_participant_hold_nobody_elses(project: Project, place: tuple[str, str]) -> None:
    content = project.documents.content(place[0])
    coding_guid = project.codings.apply(place[0], 0, len(content.text), place[1])
    (coding,) = project.codings.get([coding_guid])
    person = project.participants.labelled("P1")
    assert person is not None
    assert project.queries.own_words(coding, person.guid) == [
        "Strange. I did not know what she was allowed to see, and nobody told me.",
        "Nobody. Later we laughed about it. She knew more about fear than I do 🙂.",
    ]


def test_in_a_group_a_quote_belongs_to_those_who_speak_in_it(project: Project) -> None:
    group = document_of(
        "Focus group",
        ("Interviewer", "Well?"), ("Mara", "Yes."), ("Jonas", "No."), ("Konrad", "It depends."),
        participants={"Mara": "P1", "Jonas": "P2", "Konrad": "P6"},
    )  # fmt: skip
    (guid,) = project.documents.add([group])
    code = project.codes.tree().named("Shared experience")[0].guid
    text = project.documents.content(guid).text
    project.codings.apply(guid, text.index("Yes"), text.index("No.") + 3, code)
    (quote,) = project.queries.quotes([code])
    assert quote.participant == "P1, P2"
    assert project.queries.counts()[code].participants == 2


def test_search_finds_words_over_line_ends_in_any_case(project: Project) -> None:
    found = project.queries.search("NOBODY   told")
    assert [(hit.title, hit.match) for hit in found] == [("Interview P1", "nobody told")]
    assert project.queries.search("  ") == []
    assert len(project.queries.search("nobody", most=2)) == 2


def test_removing_a_transcript_keeps_what_a_colleague_coded(project: Project, place: tuple[str, str]) -> None:
    project.codings.apply(place[0], 0, 5, place[1])
    project.coders.switch(project.coders.named("Ben").guid)
    theirs = project.codings.apply(place[0], 3, 8, place[1])
    project.coders.switch(project.coders.named("Ann").guid)
    assert project.documents.consequences([document.guid for document in project.documents.all()]) == (
        "1 transcript and 1 coding of yours will be removed."
        " 1 transcript stays in the project because other coders work with it."
    )
    project.documents.remove([place[0]])
    assert place[0] in [document.guid for document in project.documents.all()]
    assert [coding.guid for coding in project.codings.all()] == [theirs]
    project.undo()
    assert len(project.codings.all()) == 2


def test_the_same_title_twice_gets_a_number(project: Project) -> None:
    again = document_of("Interview P1", ("A", "Once more."))
    (guid,) = project.documents.add([again])
    assert project.documents.get(guid).title == "Interview P1 (2)"


def test_a_cancelled_import_leaves_nothing(project: Project) -> None:
    from coder_app.core.errors import Cancelled

    before = fingerprint(project)

    def progress(done: int, total: int) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        project.documents.add([document_of("A", ("A", "One.")), document_of("B", ("A", "Two."))], progress)
    assert fingerprint(project) == before


@pytest.mark.parametrize("date", ["31.03.2026", "2026-13-01", "2026-02-31", "20260331", "yesterday"])
def test_a_date_that_is_none_is_refused(project: Project, place: tuple[str, str], date: str) -> None:
    with pytest.raises(UserError, match="is not a date"):
        project.documents.set_date(place[0], date)


def test_attributes_of_participants(project: Project) -> None:
    p1 = project.participants.labelled("p1")
    assert p1 is not None
    project.participants.set_attribute(p1.guid, "Age", "34")
    project.participants.set_attribute(p1.guid, "Sex", "female")
    project.participants.set_attribute(p1.guid, "Age", "35")
    assert project.participants.attributes() == ["Age", "Sex"]
    assert project.participants.all()[0].attributes == {"Age": "35", "Sex": "female"}
    project.participants.set_attribute(p1.guid, "Sex", "")
    project.participants.add("P10")
    assert [p.label for p in project.participants.all()] == ["P1", "P2", "P10"]
    assert project.participants.all()[0].attributes == {"Age": "35"}
    with pytest.raises(UserError, match="speaks in 1 transcript"):
        project.participants.remove(p1.guid)
    project.undo()
