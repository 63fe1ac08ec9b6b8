"""What became of what a merge left to people, and what of it tells of others' work."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder_app.core.model import MemoTarget
from coder_app.project import deciding
from coder_app.project.deciding import Fate
from coder_app.project.merge_report import MergeReport
from coder_app.project.project import Project


@pytest.fixture
def report(project: Project, tmp_path: Path) -> MergeReport:
    """Both renamed a code and edited a memo of Ben's; a code, a participant and a coder came in twice."""
    code = project.codes.tree().named("Not being told")[0].guid
    document = project.documents.all()[0].guid
    ann, ben = (project.coders.named(name).guid for name in ("Ann", "Ben"))
    project.coders.switch(ben)
    memo = project.memos.add(MemoTarget.DOCUMENT, document, "First thought")
    other = tmp_path / "laptop.coder"
    other.write_bytes(project.snapshot())
    project.memos.edit(memo, "On the desk")
    project.coders.switch(ann)
    project.codes.rename(code, "In the dark")
    project.codes.add("Silence")
    project.participants.add("P 9")
    project.coders.add("Zoe")
    with Project.open(other, coder="Ben") as theirs:
        theirs.memos.edit(memo, "On the laptop")
        theirs.codes.rename(code, "Uninformed")
        theirs.codes.add("silence")
        theirs.participants.add("p9")
        theirs.coders.add("zoe")
    return project.merging.bring_in(other)[0]


def test_a_conflict_is_decided_the_other_way_until_that_is_undone(
    project: Project, report: MergeReport
) -> None:
    (conflict,) = [one for one in report.conflicts if one.table == "code"]
    assert deciding.of_conflicts(project, report.conflicts)[conflict] is Fate.OPEN
    project.merging.choose(conflict)
    fates = deciding.of_conflicts(project, report.conflicts)
    assert [fates[one] for one in report.conflicts if one is not conflict] == [Fate.OPEN]
    assert fates[conflict] is Fate.OTHER
    project.undo()
    assert deciding.of_conflicts(project, report.conflicts)[conflict] is Fate.OPEN


def test_of_what_is_joined_one_is_left(project: Project, report: MergeReport) -> None:
    by_kind = {one.kind: one for one in report.alike}
    assert set(deciding.of_alike(project, report.alike).values()) == {Fate.OPEN}
    assert by_kind.keys() == {"code", "participant", "coder"}
    code = by_kind["code"]
    project.lookalikes.keep_apart([(code.one, code.other)])
    project.participants.join(by_kind["participant"].other, by_kind["participant"].one)
    project.coders.join(by_kind["coder"].one, by_kind["coder"].other)
    fates = deciding.of_alike(project, report.alike)
    assert {one.kind: fates[one] for one in report.alike} == {
        "code": Fate.APART,
        "participant": Fate.ONE,
        "coder": Fate.ONE,
    }
    project.lookalikes.join(code.one, code.other, into=code.one)
    assert deciding.of_alike(project, report.alike)[code] is Fate.ONE


def test_others_memos_are_hidden_from_who_may_not_see_them(project: Project, report: MergeReport) -> None:
    ann, ben = (project.coders.named(name).guid for name in ("Ann", "Ben"))
    (memo,) = [one for one in report.conflicts if one.table == "memo"]
    assert deciding.hidden(project, report.conflicts, [ann]) == {memo}
    assert deciding.hidden(project, report.conflicts, [ann, ben]) == set()
