"""What agreement compares: units, transcripts, codings cut to what participants say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from helpers import document_of
from studies import GROUP, ONE, TWO, code_words, coder_named, make_study

from coder_app.core.errors import Cancelled, UserError
from coder_app.core.model import Level, NewDocument, Status, Turn
from coder_app.project.comparing import (
    UNITS,
    Choice,
    compare_project,
    gather,
    spoken,
    unfinished_documents,
)
from coder_app.project.project import Project


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with make_study(tmp_path / "study.coder") as made:
        yield made


def words(document: NewDocument, *turns: int) -> list[str]:
    return [document.text[t.body : t.end] for t in document.turns if t.number in turns]


def unit_texts(project: Project, choice: Choice) -> list[str]:
    gathered = gather(project, choice)
    found = []
    for units in gathered.units:
        text = gathered.texts[units.key]
        found += [text[start:end] for start, end in np.asarray(units.units).tolist()]
    return found


def test_turns_of_participants_in_what_both_finished(study: Project) -> None:
    assert unit_texts(study, Choice()) == [*words(ONE, 2, 4), *words(TWO, 2)]
    gathered = gather(study, Choice())
    assert [document.title for document in gathered.documents] == ["Interview P1", "Interview P2"]
    assert [document.title for document in gathered.unfinished] == ["Focus group"]
    assert [coder.name for coder in gathered.coders] == ["Ann", "Ben"]


def test_unfinished_transcripts_and_interviewers_on_request(study: Project) -> None:
    group = study.documents.titled("Focus group").guid
    choice = Choice(documents=(group,), include_unfinished=True)
    assert unit_texts(study, choice) == words(GROUP, 2, 3, 4)
    everybody = Choice(documents=(group,), include_unfinished=True, interviewer_turns=True)
    assert unit_texts(study, everybody) == words(GROUP, 1, 2, 3, 4)


def test_sentences_and_characters_within_what_participants_say(study: Project) -> None:
    first = study.documents.titled("Interview P1").guid
    assert unit_texts(study, Choice(unit="sentence", documents=(first,))) == [
        "Strange.",
        "Nobody told me.",
        "I felt like a guest.",
        "=1+1 is what I felt.",
        "Later we laughed 🙂 about it.",
    ]
    assert unit_texts(study, Choice(unit="character", documents=(first,))) == words(ONE, 2, 4)
    assert unit_texts(study, Choice(unit="paragraph", documents=(first,))) == words(ONE, 2, 4)
    whole = Choice(unit="character", documents=(first,), interviewer_turns=True)
    assert unit_texts(study, whole) == [ONE.text]
    assert compare_project(study, whole).result.n_units == len(ONE.text)


def test_without_speakers_all_of_a_transcript_counts(study: Project) -> None:
    text = "Title\n\nFirst paragraph. Second sentence.\n\n  Another.  \n"
    turns = (
        Turn(1, 0, 0, 5, None, None),
        Turn(2, 7, 7, 42, None, None),
        Turn(3, 44, 44, len(text), None, None),
    )
    (guid,) = study.documents.add([NewDocument("Notes", text, (), turns)])
    choice = Choice(documents=(guid,), include_unfinished=True)
    assert unit_texts(study, choice) == ["Title", "First paragraph. Second sentence.", "Another."]
    by_character = Choice(documents=(guid,), include_unfinished=True, unit="character")
    assert compare_project(study, by_character).result.n_units == len(text)
    by_sentence = Choice(documents=(guid,), include_unfinished=True, unit="sentence")
    assert len(unit_texts(study, by_sentence)) == 4


def test_codings_across_turns_are_cut_and_placed_back(study: Project) -> None:
    start, end = ONE.turns[1].body, ONE.turns[3].end
    code_words(study, "Interview P1", ONE.text[start:end], "Free one")
    compared = compare_project(study, Choice(unit="character"))
    table = next(
        code.table
        for key, code in compared.result.codes.items()
        if compared.gathered.labels[key] == "Free one" and code.table
    )
    said = sum(map(len, words(ONE, 2, 4)))
    both = len("I was against it.")
    assert (table.both, table.only_a, table.only_b) == (both, said, 0)
    for unit in compared.result.differences():
        document, low, high = compared.place(unit)
        turn = next(t for t in ONE.turns if t.body <= low < t.end)
        assert document == study.documents.titled("Interview P1").guid
        assert high <= turn.end


def test_passages_without_a_code_stay_out(study: Project) -> None:
    before = compare_project(study, Choice()).result.overall
    document = study.documents.titled("Interview P2").guid
    study.codings.mark(document, TWO.turns[1].body, TWO.turns[1].end)
    assert compare_project(study, Choice()).result.overall == before


def test_levels_of_the_project(study: Project) -> None:
    study.set_level_name(Level.SUBCATEGORY, None)
    result = compare_project(study, Choice(level=Level.THEME)).result
    assert [row.key for row in result.rows] == ["marked", "code", "category", "theme"]
    with pytest.raises(UserError, match="does not use the level “subcategory”"):
        compare_project(study, Choice(level=Level.SUBCATEGORY))


def test_names_that_come_twice_are_told_apart_by_their_path(study: Project) -> None:
    theme = study.codes.add("Other", Level.THEME)
    study.codes.add("Guest", parent=theme)
    labels = sorted(gather(study, Choice()).labels.values())
    assert "Guest" not in labels
    assert {"Trust / Arriving / Guest", "Other / Guest"} <= set(labels)
    assert len(set(labels)) == len(labels)


def test_the_warning_about_different_codes(study: Project) -> None:
    compared = compare_project(study, Choice())
    assert compared.codes_shared == "3 of 4 codes shared"
    assert not compared.few_codes_shared
    cleo = study.coders.add("Cleo")
    study.coders.switch(cleo)
    code_words(study, "Interview P1", "Strange.", "Never used")
    choice = Choice((coder_named(study, "Ann"), cleo), include_unfinished=True)
    assert compare_project(study, choice).few_codes_shared


def test_where_finished_was_forgotten(study: Project) -> None:
    found = unfinished_documents(study, [coder.guid for coder in study.coders.all()])
    assert [(document.title, study.coders.name_of(coder)) for document, coder in found] == [
        ("Focus group", "Ann")
    ]


def test_what_cannot_be_compared(study: Project) -> None:
    ann, ben = coder_named(study, "Ann"), coder_named(study, "Ben")
    with pytest.raises(UserError, match="at least two"):
        gather(study, Choice((ann,)))
    with pytest.raises(UserError, match="at least two"):
        gather(study, Choice((ann, ann)))
    with pytest.raises(UserError, match="no such coder"):
        gather(study, Choice((ann, "nobody")))
    with pytest.raises(UserError, match="no unit “word”"):
        gather(study, Choice((ann, ben), unit="word"))
    with pytest.raises(UserError, match="no transcript to compare"):
        gather(study, Choice((ann, ben), documents=()))
    for document in study.documents.all():
        study.documents.set_status(document.guid, Status.IN_PROGRESS)
    with pytest.raises(UserError, match="finished by Ann and Ben"):
        gather(study, Choice((ann, ben)))


def test_it_can_be_stopped(study: Project) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        compare_project(study, Choice(), progress=stop)


def test_empty_turns_and_roles(study: Project) -> None:
    (guid,) = study.documents.add(
        [document_of("Odd", ("Mara", ""), ("Mara", "x"), participants={"Mara": "P1"})]
    )
    content, speakers = study.documents.content(guid), study.documents.speakers(guid)
    assert [content.text[start:end] for start, end in spoken(content, speakers, False)] == ["x"]
    assert UNITS == (
        "paragraph",
        "turn",
        "sentence",
        "document",
        "meaning-unit",
        "character",
        "token",
        "match",
        "unitizing",
    )
