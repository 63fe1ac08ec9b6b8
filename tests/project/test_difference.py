"""What is different between two copies of a study, told without bringing anything in."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random

import pytest
from acting import Actor
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS, Level, MemoTarget, Status
from coder_app.project.checking import fingerprint
from coder_app.project.difference import Difference, Side, Topic, compare
from coder_app.project.project import Project


def told(difference: Difference, side: Side) -> list[str]:
    return [item.sentence for item in difference.items if item.side is side]


@pytest.fixture
def other(project: Project, tmp_path: Path) -> Path:
    """A copy, as it was when Ann had coded one passage."""
    document = project.documents.all()[0].guid
    project.codings.apply(document, 0, 11, project.codes.tree().named("Not being told")[0].guid)
    assert project.path is not None
    return Path(shutil.copy(project.path, tmp_path / "ben.coder"))


def test_a_copy_just_made_is_the_same(project: Project, other: Path) -> None:
    found = compare(project, other)
    assert found.is_same
    assert (found.actions_here, found.actions_there, found.counts()) == (0, 0, {})


def test_each_difference_is_a_sentence_on_its_side(project: Project, other: Path) -> None:
    document = project.documents.all()[0].guid
    tree = project.codes.tree()
    trust, unseen, shared = (
        tree.named(name)[0].guid for name in ("Trust", "Not being told", "Shared experience")
    )
    with Project.open(other, coder="Ben") as theirs:
        theirs.codings.apply(document, 20, 31, unseen)
        theirs.codes.rename(unseen, "Uninformed")
        theirs.codes.define(trust, "short", "Daring")
        theirs.codes.add("Only Ben's", parent=trust)
        theirs.documents.set_status(document, Status.FINISHED)
        theirs.memos.add(MemoTarget.CODE, trust, "Why?")
        theirs.participants.set_attribute(theirs.participants.all()[0].guid, "Age", "44")
        theirs.set_level_name(Level.THEME, "Motif")
        theirs.coders.add("Zoe")
    (mine,) = project.codings.all()
    project.codings.recode([mine.guid], shared)
    project.codings.resize(mine.guid, 0, 15)
    project.codings.set_exemplar(mine.guid, True)
    project.codes.define(trust, "short", "Relying")
    project.codes.move([unseen], None)
    project.documents.rename(document, "First talk")
    project.set_name("Renamed")
    before = fingerprint(project)
    found = compare(project, other)
    assert fingerprint(project) == before
    assert told(found, Side.HERE) == []
    assert "Ben, on “Trust”: “Why?”." in told(found, Side.THERE)
    assert f"Ben: “Uninformed” on {quote(project, 20, 31)} in “Interview P1”." in told(found, Side.THERE)
    assert "The code “Only Ben's” under “Trust”." in told(found, Side.THERE)
    assert "The coder “Zoe”." in told(found, Side.THERE)
    both = told(found, Side.BOTH)
    assert "Title of the transcript “First talk”: “First talk” here, “Interview P1” there." in both
    assert "Ben with “First talk”: not started here, finished there." in both
    assert "A code is called: “Not being told” here, “Uninformed” there." in both
    assert "“Not being told” stands: at the top here, under “Trust” there." in both
    assert "Short definition of “Trust”: “Relying” here, “Daring” there." in both
    assert "“Age” of “P1”: nothing here, “44” there." in both
    assert "The level “theme” is called: “Theme” here, “Motif” there." in both
    assert "The project is called: “Renamed” here, “Small study” there." in both
    assert f"Ann: {quote(project, 0, 15)} in “First talk” is coded:" in " ".join(both)
    assert found.counts()[Topic.CODINGS][Side.BOTH] == len(found.of(Topic.CODINGS, Side.BOTH)) > 0
    assert (found.actions_here > 0, found.actions_there > 0) == (True, True)


def quote(project: Project, start: int, end: int) -> str:
    text = project.documents.content(project.documents.all()[0].guid).text[start:end]
    return f"“{' '.join(text.split())}”"


def test_what_one_removed_is_said_to_be_removed(project: Project, other: Path) -> None:
    (mine,) = project.codings.all()
    project.codings.remove([mine.guid])
    project.codes.delete([project.codes.tree().named("Shared experience")[0].guid], below=False)
    found = compare(project, other)
    assert told(found, Side.THERE) == [
        "The code “Shared experience” under “Trust” (removed here).",
        f"Ann: “Not being told” on {quote(project, 0, 11)} in “Interview P1” (removed here).",
    ]
    assert told(found, Side.HERE) == []
    item = found.of(Topic.CODINGS, Side.THERE)[0]
    assert (item.document, item.start, item.end, item.coder) == (mine.document, 0, 11, "Ann")


def test_a_blind_coder_is_told_nothing_of_what_others_did(project: Project, other: Path) -> None:
    document, ann = project.documents.all()[0].guid, project.coders.current.guid
    told_ = project.codes.tree().named("Not being told")[0].guid
    with Project.open(other, coder="Ben") as theirs:
        theirs.codings.apply(document, 20, 31, told_)
        theirs.memos.add(MemoTarget.CODE, told_, "Nobody knows")
        theirs.codes.add("New")
    project.codings.apply(document, 40, 44, told_)
    blind = compare(project, other, eyes=(ann,))
    assert told(blind, Side.THERE) == ["The code “New”."]
    assert [item.coder for item in blind.of(Topic.CODINGS, Side.HERE)] == ["Ann"]
    assert blind.left_out
    assert len(compare(project, other, eyes=(ann, CONSENSUS)).items) == len(blind.items)
    assert len(compare(project, other).items) == len(blind.items) + 2


def test_a_backup_is_compared_and_what_is_no_copy_is_refused(project: Project, tmp_path: Path) -> None:
    backup = project.back_up()
    project.codes.add("Later")
    assert told(compare(project, backup), Side.HERE) == ["The code “Later”."]
    assert project.path is not None
    with pytest.raises(UserError, match="is the project that is open here"):
        compare(project, project.path, path=project.path)
    foreign = tmp_path / "foreign.coder"
    Project.create(foreign, "Quite another", "Eve").close()
    with pytest.raises(UserError, match="of another study, “Quite another”: only copies"):
        compare(project, foreign)
    for name, content in (("text.coder", b"no project"), ("half.coder", backup.read_bytes()[:9000])):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UserError):
            compare(project, tmp_path / name)
    with pytest.raises(UserError, match=r"no project “none\.coder”"):
        compare(project, tmp_path / "none.coder")


@settings(max_examples=4, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(seed=st.integers(0, 2**32))
def test_whatever_is_done_apart_is_told_and_both_sides_mirror_each_other(seed: int) -> None:
    random = Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / "one.coder", Path(folder) / "other.coder"
        with Project.create(one, "Study", "Ann") as project:
            actor = Actor(project, random)
            for _ in range(40):
                actor.act()
        shutil.copy(one, other)
        for path in (one, other):
            with Project.open(path, coder=None) as project:
                project.coders.switch(project.coders.all()[0].guid)
                actor = Actor(project, random)
                for _ in range(15):
                    actor.act()
        with Project.open(one) as ours, Project.open(other) as theirs:
            here, there = compare(ours, other), compare(theirs, one)
            assert here.is_same == (fingerprint(ours) == fingerprint(theirs))
            assert sorted(told(here, Side.HERE)) == sorted(
                sentence.replace("(removed here)", "(removed there)") for sentence in told(there, Side.THERE)
            )
            assert len(told(here, Side.BOTH)) == len(told(there, Side.BOTH))
            assert not [item for item in here.items if not item.sentence.endswith(".")]
