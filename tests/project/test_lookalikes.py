"""Two coders' codebooks compared, and what is done with their pairs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from helpers import INTERVIEW, SECOND

from coder_app.core.errors import UserError
from coder_app.core.lookalike import Overlap, Reason
from coder_app.core.model import CONSENSUS, Level, Status, Verdict
from coder_app.core.names_alike import Why
from coder_app.project.checking import check
from coder_app.project.comparing import Choice
from coder_app.project.consensus import Decision
from coder_app.project.lookalikes import Compared, Lookalikes, pair_guid
from coder_app.project.project import Project


@dataclass
class Two:
    """Ann and Ben, each with codes of their own; codes by name."""

    project: Project
    ann: str
    ben: str
    codes: dict[str, str]
    document: str

    @property
    def lookalikes(self) -> Lookalikes:
        return self.project.lookalikes

    def compare(self) -> Compared:
        return self.lookalikes.proposals(self.ann, self.ben)

    def pairs(self) -> list[tuple[str, str]]:
        found = self.compare()
        return [(found.tree[pair.one].name, found.tree[pair.other].name) for pair in found.pairs]

    def mark(self, start: int, end: int, name: str) -> str:
        return self.project.codings.apply(self.document, start, end, self.codes[name])

    def state(self) -> object:
        project = self.project
        return project.codes.tree().nodes, project.codings.all(), self.lookalikes.apart()


@pytest.fixture
def two(tmp_path: Path) -> Two:
    project = Project.create(tmp_path / "study.coder", "Small study", "Ann")
    document = project.documents.add([INTERVIEW, SECOND])[0]
    ann, ben = project.coders.current.guid, project.coders.add("Ben")
    made = Two(project, ann, ben, {}, document)
    for coder, names in ((ann, ("Fear of death", "Not being told", "Laughing")),
                         (ben, ("Death: fear of", "Silence", "Humour"))):  # fmt: skip
        project.coders.switch(coder)
        theme = project.codes.add(f"Theme of {project.coders.current.name}", Level.THEME)
        made.codes[f"theme {coder}"] = theme
        made.codes |= {name: project.codes.add(name, parent=theme) for name in names}
    made.mark(10, 60, "Silence")
    made.mark(70, 90, "Silence")
    made.mark(100, 120, "Humour")
    project.coders.switch(ann)
    made.mark(20, 60, "Not being told")
    made.mark(70, 100, "Not being told")
    made.mark(100, 120, "Laughing")
    return made


def test_pairs_by_name_and_by_text(two: Two) -> None:
    found = two.compare()
    assert two.pairs() == [
        ("Laughing", "Humour"),
        ("Theme of Ann", "Theme of Ben"),
        ("Fear of death", "Death: fear of"),
        ("Not being told", "Silence"),
    ]
    told = next(pair for pair in found.pairs if pair.one == two.codes["Not being told"])
    assert told.overlap == Overlap(60, 70, 70, 2)
    assert told.reasons == (Reason.SAME_TEXT,)
    fear = next(pair for pair in found.pairs if pair.one == two.codes["Fear of death"])
    assert (fear.name.why, fear.reasons) == (Why.ORDER, (Reason.NAME,))
    assert found.overlap(two.codes["Laughing"], two.codes["Silence"]) == Overlap(0, 20, 70, 0)
    themes = found.overlap(two.codes[f"theme {two.ann}"], two.codes[f"theme {two.ben}"])
    assert themes == Overlap(80, 90, 90, 3)


def test_whose_codes(two: Two) -> None:
    ann, ben = two.compare().sides
    assert (ann.coder.name, ben.coder.name) == ("Ann", "Ben")
    assert [two.project.codes.tree()[guid].name for guid in ann.nodes] == [
        "Theme of Ann", "Fear of death", "Not being told", "Laughing"
    ]  # fmt: skip
    assert ann.quotes == {
        two.codes["Not being told"]: 2, two.codes["Laughing"]: 1, two.codes[f"theme {two.ann}"]: 3
    }  # fmt: skip
    assert ben.made == set(ben.nodes)
    two.mark(1, 9, "Humour")
    ann = two.compare().sides[0]
    assert two.codes["Humour"] in ann.nodes
    assert two.codes["Humour"] not in ann.made


def test_only_where_both_worked(two: Two) -> None:
    project, told = two.project, two.codes["Not being told"]
    other = project.documents.all()[1].guid
    project.codings.apply(other, 0, 20, told)
    before = two.compare()
    assert before.documents == (two.document,)
    assert before.overlap(told, two.codes["Silence"]).one == 70
    project.documents.set_status(other, Status.FINISHED, two.ben)
    after = two.compare()
    assert after.documents == (two.document, other)
    assert after.overlap(told, two.codes["Silence"]).one == 90
    assert after.sides[0].quotes[told] == 3


def test_needs_two_coders(two: Two) -> None:
    with pytest.raises(UserError, match="two different coders"):
        two.lookalikes.proposals(two.ann, two.ann)
    with pytest.raises(UserError, match="no such coder"):
        two.lookalikes.proposals(two.ann, "nobody")


def test_a_snapshot_answers_alike(two: Two) -> None:
    with Project.from_snapshot(two.project.snapshot()) as copy:
        assert copy.lookalikes.proposals(two.ann, two.ben).pairs == two.compare().pairs


def test_join_keeps_one_and_undo_brings_both_back(two: Two) -> None:
    project, told, silence = two.project, two.codes["Not being told"], two.codes["Silence"]
    project.codes.define(silence, "short", "Nobody says a word")
    project.codes.define(silence, "full", "From Ben")
    project.codes.define(told, "full", "From Ann")
    before = two.state()
    text = two.lookalikes.joining(silence, told)
    assert text == (
        "“Silence” will be gone from the codebook; “Not being told” stays. 2 codings of Ben will become"
        " “Not being told”. Its definition fills what “Not being told” leaves empty. Where both are defined,"
        " the words of “Not being told” stay and those of “Silence” go."
    )
    two.lookalikes.join(told, silence, into=told, name="Left in the dark")
    tree = project.codes.tree()
    assert silence not in tree
    assert tree[told].name == "Left in the dark"
    assert (tree[told].definition.short, tree[told].definition.full) == ("Nobody says a word", "From Ann")
    assert {coding.code for coding in project.codings.all([two.ben])} == {told, two.codes["Humour"]}
    assert project.undo_name() == "Join Silence into Not being told"
    project.undo()
    assert two.state() == before
    project.redo()
    assert project.codes.tree()[told].name == "Left in the dark"
    assert check(project).ok


def test_joining_tells_of_rounds(two: Two) -> None:
    project = two.project
    for coder in (two.ann, two.ben):
        project.documents.set_status(two.document, Status.FINISHED, coder)
    text = two.lookalikes.joining(two.codes["Silence"], two.codes["Not being told"])
    assert "Rounds" not in text
    project.rounds.make("Before", Choice(coders=(two.ann, two.ben), unit="turn"))
    text = two.lookalikes.joining(two.codes["Silence"], two.codes["Not being told"])
    assert text.endswith("Rounds that were made before keep both.")
    two.lookalikes.join(two.codes["Silence"], two.codes["Humour"], into=two.codes["Humour"])
    frozen = project.rounds.sources(project.rounds.all()[0].guid)
    assert two.codes["Silence"] in frozen.tree


def test_joining_takes_the_consensus_along(two: Two) -> None:
    project, told, silence = two.project, two.codes["Not being told"], two.codes["Silence"]
    for coder in (two.ann, two.ben):
        project.documents.set_status(two.document, Status.FINISHED, coder)
    made = project.rounds.make("Before", Choice(coders=(two.ann, two.ben), unit="turn"))
    both = Decision(two.document, 20, 60, Verdict.BOTH, ((told, 20, 60), (silence, 20, 60)))
    other = Decision(two.document, 70, 90, Verdict.OTHER, ((silence, 70, 90),))
    project.consensus.settle_many(made, [both, other])
    before = project.codings.all([CONSENSUS])
    assert "2 codings of Ben and 2 codings of the consensus" in two.lookalikes.joining(silence, told)
    two.lookalikes.join(told, silence, into=told)
    after = project.codings.all([CONSENSUS])
    assert [(coding.code, coding.start, coding.end) for coding in after] == [(told, 20, 60), (told, 70, 90)]
    assert silence not in project.codes.tree()
    project.undo()
    assert project.codings.all([CONSENSUS]) == before
    assert check(project).ok


def test_joining_tells_what_becomes_one_and_what_moves(two: Two) -> None:
    project = two.project
    two.mark(100, 120, "Humour")
    text = two.lookalikes.joining(two.codes["Humour"], two.codes["Laughing"])
    assert "1 coding of Ann and 1 coding of Ben will become “Laughing”." in text
    assert "Where a coder gave both to exactly the same words (once), one coding stays." in text
    two.lookalikes.join(two.codes["Laughing"], two.codes["Humour"], into=two.codes["Laughing"])
    assert len(project.codings.of_codes([two.codes["Laughing"]])) == 2
    themes = two.codes[f"theme {two.ben}"], two.codes[f"theme {two.ann}"]
    assert "2 nodes below “Theme of Ben” will stand below “Theme of Ann”." in two.lookalikes.joining(*themes)


def test_put_under_lifts_what_must_hold_it(two: Two) -> None:
    project, told, silence = two.project, two.codes["Not being told"], two.codes["Silence"]
    before = two.state()
    assert two.lookalikes.putting(silence, told) == (
        "“Not being told” will become a subcategory. “Silence” will stand below “Not being told”;"
        " every coding keeps its code."
    )
    two.lookalikes.put_under(silence, told)
    tree = project.codes.tree()
    assert tree.parent(silence) == told
    assert tree[told].level is Level.SUBCATEGORY
    assert ("Not being told", "Silence") not in two.pairs()
    project.undo()
    assert two.state() == before
    two.lookalikes.put_under(told, two.codes[f"theme {two.ben}"])
    assert project.codes.tree().parent(told) == two.codes[f"theme {two.ben}"]


def test_put_under_refuses_what_no_level_can_hold(two: Two) -> None:
    themes = two.codes[f"theme {two.ann}"], two.codes[f"theme {two.ben}"]
    before = two.state()
    for act in (two.lookalikes.putting, two.lookalikes.put_under):
        with pytest.raises(UserError, match="no level above"):
            act(*themes)
        with pytest.raises(UserError, match="inside itself"):
            act(two.codes["Silence"], two.codes["Silence"])
    assert two.state() == before


def test_kept_apart_until_proposed_again(two: Two) -> None:
    project, pair = two.project, (two.codes["Silence"], two.codes["Not being told"])
    two.lookalikes.keep_apart([pair])
    assert project.undo_name() == "Keep apart: Silence and Not being told"
    assert two.compare().apart == {frozenset(pair)}
    with Project.open(project.path, read_only=True) as again:
        assert again.lookalikes.apart() == {frozenset(pair)}
    two.lookalikes.keep_apart([(pair[1], pair[0])])
    assert pair_guid(*pair) == pair_guid(pair[1], pair[0])
    project.undo()
    assert two.lookalikes.apart() == frozenset()
    project.redo()
    two.lookalikes.propose_again([pair])
    assert two.lookalikes.apart() == frozenset()
    two.lookalikes.keep_apart([pair, (two.codes["Humour"], two.codes["Laughing"])])
    assert project.undo_name() == "Keep apart: 2 pairs"
    assert len(two.lookalikes.apart()) == 2
    assert check(project).ok


def test_a_code_that_is_gone_is_refused(two: Two) -> None:
    project, lookalikes = two.project, two.lookalikes
    project.codes.delete([two.codes["Fear of death"]], below=False)
    gone, there = two.codes["Fear of death"], two.codes["Silence"]
    for act in (
        lambda: lookalikes.join(gone, there, into=there),
        lambda: lookalikes.put_under(gone, there),
        lambda: lookalikes.keep_apart([(gone, there)]),
    ):
        with pytest.raises(UserError, match="no longer in the codebook"):
            act()
