"""Rounds stay as they were measured; the consensus is a layer beside the coders' own codings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS, Level, Status, Verdict
from coder_app.project import schema
from coder_app.project.checking import check, fingerprint
from coder_app.project.comparing import compare_project, compare_sources
from coder_app.project.consensus import Decision
from coder_app.project.project import Project
from coder_app.project.sources import Choice


@pytest.fixture
def coded(project: Project) -> Project:
    """Ann and Ben coded both transcripts and finished them; Ann is at work."""
    ann, ben = project.coders.named("Ann").guid, project.coders.named("Ben").guid
    not_told, shared = (c for c in project.codes.tree().nodes if project.codes.tree()[c].level == Level.CODE)
    documents = [document.guid for document in project.documents.all()]
    for coder, code in ((ann, not_told), (ben, shared)):
        project.coders.switch(coder)
        for document in documents:
            text = project.documents.content(document).text
            place = text.index("nobody")
            project.codings.apply(document, place, place + 6, not_told)
            project.codings.apply(document, place - 10, place, code)
            project.documents.set_status(document, Status.FINISHED)
    project.coders.switch(ann)
    return project


def both(project: Project) -> tuple[str, ...]:
    return tuple(project.coders.named(name).guid for name in ("Ann", "Ben"))


def test_later_edits_never_change_a_round(coded: Project) -> None:
    choice = Choice(coders=both(coded))
    first = coded.rounds.make("Round 1", choice)
    frozen = compare_sources(coded.rounds.sources(first), coded.rounds.choice(first)).result
    assert frozen.overall == compare_project(coded, choice).result.overall
    text = coded.documents.content(coded.documents.all()[0].guid).text
    coded.codings.apply(coded.documents.all()[0].guid, 0, len(text), coded.codes.add("Later"))
    coded.codes.delete([coded.codes.tree().named("Not being told")[0].guid], below=False)
    speaker = coded.documents.speakers(coded.documents.all()[0].guid)
    for one in speaker:
        coded.documents.set_speaker(one.guid, role=one.role.INTERVIEWER)
    assert coded.path is not None
    coded.close()
    with Project.open(coded.path, coder="Ann") as again:
        found = compare_sources(again.rounds.sources(first), again.rounds.choice(first)).result
        assert (found.overall, found.rows, found.codes) == (frozen.overall, frozen.rows, frozen.codes)
        second = again.rounds.make(again.rounds.free_name(), choice)
        assert [one.name for one in again.rounds.all()] == ["Round 1", "Round 2"]
        assert again.rounds.covering(both(again), []) == again.rounds.get(second)
        assert check(again).problems == ()


def test_rounds_are_named_undone_and_removed(coded: Project) -> None:
    guid = coded.rounds.make("Before", Choice(coders=both(coded)))
    with pytest.raises(UserError, match="already a round named"):
        coded.rounds.make("before", Choice(coders=both(coded)))
    coded.rounds.rename(guid, "After training")
    assert coded.rounds.named("after TRAINING").guid == guid
    with pytest.raises(UserError, match="no round “x”"):
        coded.rounds.named("x")
    coded.rounds.remove([guid])
    assert coded.rounds.all() == []
    coded.undo()
    assert [one.name for one in coded.rounds.all()] == ["After training"]
    documents = [document.guid for document in coded.documents.all()]
    assert coded.rounds.covering(both(coded), documents)
    assert coded.rounds.covering([*both(coded), "somebody else"], documents) is None


def test_a_round_that_was_tampered_with_is_told(coded: Project) -> None:
    guid = coded.rounds.make("Round 1", Choice(coders=both(coded)))
    coded.connection.execute(schema.frozen.update().values(data="{}"))
    assert check(coded).problems == ("What the round “Round 1” froze was changed.",)
    with pytest.raises(UserError):
        coded.rounds.sources(guid)


def settle_first(project: Project, verdict: Verdict = Verdict.OTHER) -> tuple[str, str]:
    """Settle Mara's first answer of a new round; returns round and decision."""
    document = project.documents.all()[0].guid
    place = project.documents.content(document).text.index("Strange")
    code = project.codes.tree().named("Shared experience")[0].guid
    guid = project.rounds.make(project.rounds.free_name(), Choice(coders=both(project)))
    codings = () if verdict in (Verdict.NEITHER, Verdict.DISCUSS) else ((code, place, place + 7),)
    decision = Decision(document, place, place + 60, verdict, codings, reason="She says so.")
    return guid, project.consensus.settle(guid, decision)


def test_what_is_settled_is_a_layer_of_its_own(coded: Project) -> None:
    before = coded.codings.all()
    counts = dict(coded.queries.counts())
    round_guid, decision = settle_first(coded)
    assert coded.codings.all() == before
    assert dict(coded.queries.counts()) == counts
    (coding,) = coded.codings.all([CONSENSUS])
    assert coded.consensus.codings(round_guid) == {decision: [coding]}
    (settlement,) = coded.consensus.settlements(round_guid)
    assert (settlement.verdict, settlement.reason) == (Verdict.OTHER, "She says so.")
    assert settlement.coder == coded.coders.named("Ann").guid
    assert coding.code is not None
    assert coded.queries.counts([CONSENSUS])[coding.code].quotes == 1
    (quote,) = coded.queries.quotes([coding.code], [CONSENSUS])
    assert (quote.text, quote.coder_name) == ("Strange", "Consensus")
    assert coded.coders.layers()[-1].guid == CONSENSUS
    assert CONSENSUS not in {coder.guid for coder in coded.coders.all()}
    with pytest.raises(UserError, match="where they are settled"):
        coded.codings.remove([coding.guid])
    assert coded.queries.info().codings == len(before)
    coded.undo()
    assert coded.codings.all([CONSENSUS]) == []
    assert coded.consensus.settlements() == []
    coded.redo()
    assert coded.codings.all([CONSENSUS]) == [coding]
    assert check(coded).problems == ()


def test_deciding_again_replaces_the_decision(coded: Project) -> None:
    round_guid, first = settle_first(coded)
    (settlement,) = coded.consensus.settlements()
    part = Decision(settlement.document, settlement.start + 5, settlement.start + 20, Verdict.NEITHER)
    second = coded.consensus.settle(round_guid, part)
    assert [one.guid for one in coded.consensus.settlements()] == [second]
    assert coded.codings.all([CONSENSUS]) == []
    coded.undo()
    assert [one.guid for one in coded.consensus.settlements()] == [first]
    coded.consensus.unsettle([first])
    assert coded.consensus.settlements() == []
    with pytest.raises(UserError, match="no longer in the project"):
        coded.consensus.unsettle([first])
    with pytest.raises(ValueError, match="nothing is coded"):
        coded.consensus.settle(round_guid, Decision(part.document, 0, 5, Verdict.SKIP, (("x", 0, 5),)))


def test_of_two_decisions_made_apart_the_later_stands_everywhere(coded: Project, tmp_path: Path) -> None:
    round_guid = coded.rounds.make("Round 1", Choice(coders=both(coded)))
    assert coded.path is not None
    document = coded.documents.all()[0].guid
    one, other = (coded.codes.tree().named(name)[0].guid for name in ("Not being told", "Shared experience"))
    with Project.open(Path(shutil.copy(coded.path, tmp_path / "ben.coder")), coder="Ben") as copy:
        coded.consensus.settle(round_guid, Decision(document, 0, 40, Verdict.OTHER, ((one, 0, 9),)))
        copy.consensus.settle(round_guid, Decision(document, 0, 40, Verdict.OTHER, ((other, 0, 9),)))
        assert copy.path is not None
        coded.merging.bring_in(copy.path)
        copy.merging.bring_in(coded.path)
        for project in (coded, copy):
            assert [coding.code for coding in project.codings.all([CONSENSUS])] == [other]
            assert check(project).problems == ()
        assert fingerprint(copy) == fingerprint(coded)


def test_a_second_pass_codes_as_a_coder_of_its_own(coded: Project) -> None:
    round_guid = coded.rounds.make("Round 1", Choice(coders=both(coded)))
    ann = coded.coders.named("Ann").guid
    guid = coded.stability.start(round_guid, ann)
    found = coded.stability.get(guid)
    assert (found.coder.name, found.coder.person, found.round) == ("Ann (second pass)", ann, round_guid)
    assert coded.stability.of_coder(found.coder.guid) == found
    assert coded.stability.of_coder(ann) is None
    coded.undo()
    assert coded.stability.all() == []
    assert {coder.name for coder in coded.coders.all()} == {"Ann", "Ben"}
