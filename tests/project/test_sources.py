"""What agreement is measured on: read once, frozen for rounds and read again, and what is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from studies import GROUP, ONE, TWO, code_named, code_words, coder_named, make_study

from coder_app.core.agreement.cautions import CautionKind
from coder_app.core.errors import UserError
from coder_app.core.model import Division, Level, Status, Verdict
from coder_app.core.settling import result_of
from coder_app.project.cautioning import sentences
from coder_app.project.comparing import (
    UNITS,
    Choice,
    after,
    compare_project,
    compare_sources,
    gather,
    read_sources,
    settled_choice,
    worklist,
)
from coder_app.project.consensus import Decision
from coder_app.project.project import Project
from coder_app.project.sources import freeze, thaw


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    with make_study(tmp_path / "study.coder") as made:
        yield made


def frozen(project: Project, choice: Choice) -> dict[str, Any]:
    sources = read_sources(project)
    return json.loads(freeze(sources, settled_choice(sources, choice)))


# Read once


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit != "meaning-unit"])
def test_sources_read_once_give_the_same_by_every_unit(study: Project, unit: str) -> None:
    sources = read_sources(study)
    compare_sources(sources, Choice(unit="turn"))
    choice = Choice(unit=unit, level=Level.THEME, interviewer_turns=True)
    once, anew = compare_sources(sources, choice).result, compare_project(study, choice).result
    assert once.overall == anew.overall
    assert once.codes == anew.codes


def test_passages_without_a_code_are_marked_and_nothing_else(study: Project) -> None:
    before = compare_project(study, Choice()).result
    document = study.documents.titled("Interview P1").guid
    place = ONE.turns[1]
    study.coders.switch(coder_named(study, "Ben"))
    for coding in study.codings.of_document(document, [coder_named(study, "Ben")]):
        if place.body <= coding.start < place.end:
            study.codings.remove([coding.guid])
    without = compare_project(study, Choice()).result
    study.codings.mark(document, place.body, place.end)
    result = compare_project(study, Choice()).result
    assert result.codes == without.codes
    assert result.rows[1:] == without.rows[1:]
    assert result.rows[0].agreed_coded == without.rows[0].agreed_coded + 1
    assert result.rows[0] == before.rows[0]
    assert result.marked is not None
    assert result.marked.table is not None
    assert result.marked.table.both == result.rows[0].agreed_coded


# Meaning units


def test_meaning_units_count_where_they_are_locked(study: Project) -> None:
    first, second = (study.documents.titled(f"Interview P{n}").guid for n in (1, 2))
    with pytest.raises(UserError, match="None of these transcripts has locked meaning units"):
        compare_project(study, Choice(unit="meaning-unit"))
    study.meaning_units.make([first, second], Division.SENTENCE)
    with pytest.raises(UserError, match="lock them"):
        compare_project(study, Choice(unit="meaning-unit"))
    study.meaning_units.set_locked([first], True)
    compared = compare_project(study, Choice(unit="meaning-unit"))
    assert compared.result.n_units == 5
    assert [document.guid for document in compared.gathered.documents] == [first]
    assert "without locked meaning units: “Interview P2”" in " ".join(compared.gathered.left_out.sentences())
    sentences_there = compare_project(study, Choice(unit="sentence", documents=(first,))).result
    assert compared.result.overall == sentences_there.overall


# What is left out


def test_what_is_left_out_is_counted(study: Project) -> None:
    study.coders.switch(coder_named(study, "Ann"))
    code_words(study, "Interview P1", "first week", "Guest")
    left = gather(study, Choice()).left_out
    assert [document.title for document in left.unfinished] == ["Focus group"]
    assert (left.interviewer_turns, left.outside) == (3, 1)
    told = " ".join(left.sentences())
    assert "not finished by all: “Focus group”" in told
    assert "3 turns of interviewers" in told
    assert "1 coding outside" in told
    everything = gather(study, Choice(interviewer_turns=True, include_unfinished=True)).left_out
    assert (everything.unfinished, everything.interviewer_turns, everything.outside) == ((), 0, 0)


def test_a_change_after_finishing_is_told(study: Project) -> None:
    ben, document = coder_named(study, "Ben"), study.documents.titled("Interview P2")
    assert read_sources(study).changed_after == frozenset()
    study.coders.switch(ben)
    (coding,) = study.codings.of_document(document.guid, [ben])
    study.codings.set_exemplar(coding.guid, True)
    assert read_sources(study).changed_after == frozenset()
    study.codings.recode([coding.guid], code_named(study, "Guest"))
    assert read_sources(study).changed_after == {(document.guid, ben)}
    told = " ".join(gather(study, Choice()).left_out.sentences())
    assert "Ben changed “Interview P2” after marking it as finished" in told
    study.documents.set_status(document.guid, Status.IN_PROGRESS)
    assert read_sources(study).changed_after == frozenset()
    study.documents.set_status(document.guid, Status.FINISHED)
    assert read_sources(study).changed_after == frozenset()
    study.undo()
    study.undo()
    study.redo()
    study.redo()
    assert read_sources(study).changed_after == frozenset()


def test_what_to_be_careful_about(study: Project) -> None:
    compared = compare_project(study, Choice())
    kinds = [caution.kind for caution in compared.result.cautions]
    assert kinds[0] is CautionKind.FEW_UNITS
    assert CautionKind.UNDEFINED_CODES in kinds
    told = " ".join(sentences(compared))
    assert "Only 3 units" in told
    assert "“Never used”" in told
    _remove_all(study, "Ben")
    assert "Ben gave no code" in " ".join(sentences(compare_project(study, Choice(_both(study)))))
    _remove_all(study, "Ann")
    second = study.documents.titled("Interview P2").guid
    compared = compare_project(study, Choice(_both(study), documents=(second,)))
    assert "Ann and Ben gave no code" in " ".join(sentences(compared))
    assert compared.result.overall["agreement_coded"].reason == "no units"


def _remove_all(study: Project, name: str) -> None:
    study.coders.switch(coder_named(study, name))
    study.codings.remove([coding.guid for coding in study.codings.all([coder_named(study, name)])])


def _both(study: Project) -> tuple[str, str]:
    return coder_named(study, "Ann"), coder_named(study, "Ben")


def test_wrong_numbers_are_refused(study: Project) -> None:
    with pytest.raises(UserError, match="threshold"):
        gather(study, Choice(unit="match", threshold=0))
    with pytest.raises(UserError, match="one character on"):
        gather(study, Choice(unit_min_chars=0))


# Rounds


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit != "meaning-unit"])
def test_a_round_gives_what_was_measured_whatever_comes_later(study: Project, unit: str) -> None:
    choice = Choice(unit=unit, level=Level.THEME, threshold=0.4)
    before = compare_project(study, choice)
    guid = study.rounds.make("First", choice)
    code_words(study, "Interview P2", "He sat with", "Guest")
    study.codes.rename(code_named(study, "Guest"), "Visitor")
    study.codes.move([code_named(study, "Free one")], code_named(study, "Keys"))
    with Project.from_snapshot(study.snapshot()) as later:
        sources = later.rounds.sources(guid)
    again = compare_sources(sources, study.rounds.choice(guid))
    assert again.result.overall == before.result.overall
    assert again.result.codes == before.result.codes
    assert again.gathered.labels == before.gathered.labels
    assert [document.title for document in again.gathered.documents] == ["Interview P1", "Interview P2"]
    assert sources.choice == study.rounds.choice(guid)
    assert compare_project(study, choice).result.codes != before.result.codes


def test_freezing_what_was_thawed_gives_the_same_text(study: Project) -> None:
    document = study.documents.titled("Interview P1").guid
    study.meaning_units.make([document], Division.TURN)
    study.meaning_units.set_locked([document], True)
    study.codings.mark(document, ONE.turns[3].body, ONE.turns[3].end)
    sources = read_sources(study)
    text = freeze(sources, settled_choice(sources, Choice(unit="sentence", unit_min_chars=2)))
    thawed, choice = thaw(study, text)
    assert freeze(thawed, choice) == text
    assert thawed.meaning_units[document] == sources.meaning_units[document]
    assert thawed.changed_after == {(document, coder_named(study, "Ann"))}
    assert len(thawed.codings[document]) == len(sources.codings[document])


def _broken(data: dict[str, Any], what: str) -> object:
    first = data["documents"][0]
    if what == "a place outside":
        first["codings"][0][4] = 10**9
    elif what == "a place turned round":
        first["codings"][0][3:5] = [9, 3]
    elif what == "another text":
        first["sha256"] = "0" * 64
    elif what == "no such coder":
        first["codings"][0][1] = 9
    elif what == "a coder before the first":
        first["codings"][0][1] = -1
    elif what == "no such code":
        first["codings"][0][2] = 99
    elif what == "another transcript":
        first["guid"] = "11111111-1111-1111-1111-111111111111"
    elif what == "a circle":
        data["codes"][1][3] = data["codes"][1][0]
    elif what == "no speakers":
        first["speakers"] = []
    elif what == "units out of order":
        first["units"] = [[5, 9], [3, 4]]
    elif what == "a level that is none":
        data["choice"]["level"] = 77
    elif what == "a stranger":
        data["choice"]["coders"] = ["somebody"]
    elif what == "numbers for names":
        data["coders"][0][1] = 5
    elif what == "a list":
        return []
    else:
        data["format"] = "coder-round/99"
    return data


@pytest.mark.parametrize(
    "what",
    [
        "a place outside",
        "a place turned round",
        "another text",
        "no such coder",
        "a coder before the first",
        "no such code",
        "another transcript",
        "a circle",
        "no speakers",
        "units out of order",
        "a level that is none",
        "a stranger",
        "numbers for names",
        "a list",
        "a newer form",
    ],
)
def test_a_damaged_round_is_one_sentence(study: Project, what: str) -> None:
    damaged = _broken(frozen(study, Choice()), what)
    with pytest.raises(UserError):
        thaw(study, json.dumps(damaged))


@pytest.mark.parametrize("text", ["", "{", "null", "[" * 100_000, '"x"', "{}"])
def test_what_is_no_round_at_all_is_one_sentence(study: Project, text: str) -> None:
    with pytest.raises(UserError, match="damaged"):
        thaw(study, text)


def test_agreement_after_discussion(study: Project) -> None:
    guid = study.rounds.make("First", Choice(_both(study)))
    sources, choice = study.rounds.sources(guid), study.rounds.choice(guid)
    before = compare_sources(sources, choice)
    differing = [item for item in worklist(before) if not item.alike]
    assert len(differing) == len(before.result.differences()) == 2
    ann = coder_named(study, "Ann")
    kept = study.codings.all()
    taken = [
        Decision(i.document, i.start, i.end, Verdict.TAKE, result_of(i, Verdict.TAKE, ann), taken=ann)
        for i in differing[:1]
    ]
    left = Decision(differing[1].document, differing[1].start, differing[1].end, Verdict.DISCUSS)
    study.consensus.settle_many(guid, [*taken, left])
    settled = after(sources, study.consensus.settlements(guid), study.consensus.codings(guid))
    later = compare_sources(settled, choice).result
    assert len(later.differences()) == 1
    assert later.rows[1].agreed_coded == before.result.rows[1].agreed_coded + 1
    assert compare_sources(sources, choice).result.overall == before.result.overall
    assert study.codings.all() == kept


def test_texts_of_turns_are_those_of_participants(study: Project) -> None:
    """A unit of the whole transcript does not carry what was coded in an interviewer's words."""
    study.coders.switch(coder_named(study, "Ann"))
    code_words(study, "Interview P2", "And you", "Guest")
    compared = compare_project(study, Choice(unit="document"))
    labels = compared.gathered.labels
    found = {labels[key] for unit in compared.result.coded_units() for key in unit.sets[0]}
    assert found == {"Not being told", "Guest", "=1+1", "Free one"}
    second = study.documents.titled("Interview P2").guid
    (unit,) = (u for u in compared.result.coded_units() if u.document == second)
    assert {labels[key] for key in unit.sets[0]} == {"Free one"}
    assert TWO.text[unit.start : unit.end] == "I was against it. He sat with a man nobody could reach."
    assert GROUP.text


def test_a_code_made_while_settling(study: Project) -> None:
    guid = study.rounds.make("First", Choice(_both(study)))
    sources, choice = study.rounds.sources(guid), study.rounds.choice(guid)
    item = next(item for item in worklist(compare_sources(sources, choice)) if not item.alike)
    new = study.codes.add("Made later", parent=study.codes.add("Above it", Level.CATEGORY))
    study.consensus.settle(
        guid, Decision(*item.place, Verdict.OTHER, ((new, item.start, item.end),), reason="better")
    )
    settled = (study.consensus.settlements(guid), study.consensus.codings(guid))
    later = compare_sources(after(sources, *settled, study.codes.tree()), choice)
    assert later.gathered.labels[new] == "Made later"
    assert later.result.codes[new].statistics["positive_agreement"].value == 1
    assert len(later.result.differences()) == 1
    without = compare_sources(after(sources, *settled), choice).result
    assert new not in without.codes
    assert len(without.differences()) == 1


def test_a_second_pass_is_nobody_more_unless_chosen(study: Project) -> None:
    guid = study.rounds.make("First", Choice(_both(study)))
    study.stability.start(guid, coder_named(study, "Ann"))
    (again,) = [coder for coder in study.coders.all() if coder.person]
    study.coders.switch(again.guid)
    code_words(study, "Interview P1", "Strange.", "Guest")
    assert [coder.name for coder in gather(study, Choice()).coders] == ["Ann", "Ben"]
    chosen = Choice((*_both(study), again.guid), include_unfinished=True)
    assert len(gather(study, chosen).coders) == 3
