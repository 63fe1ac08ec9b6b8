"""Two coders, or two participants, who are one person."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder_app.core.errors import UserError
from coder_app.core.model import MemoTarget, Status
from coder_app.project.checking import check
from coder_app.project.project import Project


def _second_coder(project: Project) -> str:
    """Another coder, who made one coding that the first has too and one of her own, and finished."""
    document, code = project.documents.all()[0].guid, project.codes.add("Doubt")
    project.codings.apply(document, 0, 9, code)
    first = project.coders.current.guid
    second = project.coders.add("Ann on the laptop")
    project.coders.switch(second)
    project.codings.apply(document, 0, 9, code)
    project.codings.apply(document, 3, 12, code)
    project.memos.add(MemoTarget.DOCUMENT, document, "Read twice")
    project.documents.set_status(document, Status.FINISHED)
    project.coders.switch(first)
    return second


def _coders(project: Project) -> set[str]:
    return {coder.guid for coder in project.coders.all()}


def test_the_work_of_one_coder_becomes_the_others(project: Project) -> None:
    second, first = _second_coder(project), project.coders.current.guid
    document = project.documents.all()[0].guid
    project.coders.switch(second)
    project.coders.join(second, first)
    assert second not in _coders(project)
    assert project.coders.current.guid == first  # whoever worked goes on
    assert [(c.start, c.end, c.coder) for c in project.codings.all()] == [(0, 9, first), (3, 12, first)]
    assert [memo.coder for memo in project.memos.all()] == [first]
    assert project.documents.statuses() == {(document, first): Status.FINISHED}
    assert project.coders.names()[second] == "Ann on the laptop"
    assert check(project).problems == ()


def test_joining_coders_is_undone_whole(project: Project) -> None:
    second, first = _second_coder(project), project.coders.current.guid
    before = [(c.guid, c.coder) for c in project.codings.all()]
    project.coders.join(second, first)
    assert project.undo_name() == "Join coder Ann on the laptop into Ann"
    project.undo()
    assert [(c.guid, c.coder) for c in project.codings.all()] == before
    assert {first, second} <= _coders(project)
    project.redo()
    assert second not in _coders(project)


def test_what_she_did_under_her_other_name_is_hers_to_undo(project: Project) -> None:
    second, first = _second_coder(project), project.coders.current.guid
    project.coders.join(second, first)
    while project.undo_name() != "Apply code: Doubt":
        project.undo()
    assert len(project.codings.all([second])) == 2  # joining is undone too; what it handed over is not
    project.undo()
    assert len(project.codings.all()) == 2


def test_work_that_comes_in_later_is_told(project: Project, tmp_path: Path) -> None:
    second, first = _second_coder(project), project.coders.current.guid
    other = tmp_path / "laptop.coder"
    other.write_bytes(project.snapshot())
    project.coders.join(second, first)
    with Project.open(other) as laptop:
        laptop.coders.switch(second)
        code = laptop.codes.tree().named("Doubt")[0].guid
        laptop.codings.apply(laptop.documents.all()[0].guid, 5, 14, code)
    (report,) = project.merging.bring_in(other)
    (alike,) = [one for one in report.alike if one.kind == "coder"]
    assert (alike.other, alike.one) == (second, first)
    project.coders.join(alike.other, alike.one)
    assert len(project.codings.all([first])) == 3
    with Project.open(other) as laptop:
        laptop.coders.switch(second)
        laptop.merging.unite([(Path("project.coder"), project)])
        assert laptop.coders.current.guid == first  # who worked under that name is known by the other


def test_coders_who_cannot_be_joined(project: Project) -> None:
    first = project.coders.current.guid
    with pytest.raises(UserError, match="different"):
        project.coders.join(first, first)
    with pytest.raises(UserError, match="no such coder"):
        project.coders.join("nobody", first)


def test_two_participants_become_one(project: Project) -> None:
    people = project.participants
    one, other = people.add("P8"), people.add("P9", "Mara")
    people.set_attribute(one, "Age", "34")
    people.set_attribute(other, "Age", "35")
    people.set_attribute(other, "Sex", "female")
    speaker = project.documents.speakers(project.documents.all()[0].guid)[0]
    project.documents.set_speaker(speaker.guid, participant=other)
    project.memos.add(MemoTarget.PARTICIPANT, other, "Spoke softly")
    people.join(other, one)
    assert "P9" not in [person.label for person in people.all()]
    stays = people.need(one)
    assert stays.attributes == {"Age": "34", "Sex": "female"}
    assert stays.pseudonym == "Mara"
    assert project.documents.speakers(project.documents.all()[0].guid)[0].participant == one
    assert [memo.text for memo in project.memos.about(MemoTarget.PARTICIPANT, one)] == ["Spoke softly"]
    project.undo()
    assert {person.label for person in people.all()} >= {"P8", "P9"}
    assert check(project).problems == ()


def test_an_attribute_that_two_laptops_added_is_one(project: Project, tmp_path: Path) -> None:
    one = project.participants.add("P8")
    other = tmp_path / "laptop.coder"
    other.write_bytes(project.snapshot())
    project.participants.set_attribute(one, "Age", "34")
    with Project.open(other, coder="Ben") as laptop:
        laptop.participants.set_attribute(one, "age", "35")
    (report,) = project.merging.bring_in(other)
    assert len(project.participants.attributes()) == 1
    assert [(c.ours, c.theirs) for c in report.conflicts if c.field == "value"] == [("“34”", "“35”")]


def test_attributes_that_came_to_have_one_name_are_read_as_one(project: Project, tmp_path: Path) -> None:
    people = project.participants
    one = people.add("P8")
    people.set_attribute(one, "Years", "34")
    other = tmp_path / "laptop.coder"
    other.write_bytes(project.snapshot())
    people.rename_attribute("Years", "Age")
    with Project.open(other, coder="Ben") as laptop:
        laptop.participants.set_attribute(one, "Age", "35")
    project.merging.bring_in(other)
    assert people.attributes() == ["Age"]
    people.set_attribute(one, "Age", "36")
    assert people.need(one).attributes == {"Age": "36"}
    people.set_attribute(one, "Age", "")
    assert people.need(one).attributes == {}
    project.undo()
    project.undo()
    assert people.need(one).attributes["Age"] in ("34", "35")
    people.remove_attribute("Age")
    assert people.attributes() == []


def test_who_joins_herself_into_another_can_take_it_back(project: Project) -> None:
    second, first = _second_coder(project), project.coders.current.guid
    project.coders.switch(second)
    project.coders.join(second, first)
    assert project.coders.current.guid == first
    assert project.undo_name() == "Join coder Ann on the laptop into Ann"
    project.undo()
    assert second in _coders(project)


def test_an_attribute_is_known_by_its_name_as_it_is_stored(project: Project) -> None:
    one = project.participants.add("P8")
    project.participants.set_attribute(one, " Years\nof  work ", "12")
    assert project.participants.need(one).attributes == {"Years of work": "12"}
