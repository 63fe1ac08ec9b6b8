"""Facts for the paper, counted by hand over the small study."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ui.agreement_study import FEAR, OPEN, TOLD, Study, make_coded

from coder_app.core.errors import UserError
from coder_app.core.model import Level, Verdict
from coder_app.project.comparing import Choice, compare_sources, worklist
from coder_app.project.consensus import Decision
from coder_app.project.paper import read_facts


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = make_coded(tmp_path / "study.coder")
    yield made
    made.project.close()


def test_a_round_with_settlements_on_a_code_made_since_and_a_pass(study: Study) -> None:
    p = study.project
    guid = p.rounds.make("Round 1", Choice((study.ann, study.ben)))
    items = [
        i for i in worklist(compare_sources(p.rounds.sources(guid), p.rounds.choice(guid))) if not i.alike
    ]
    new = p.codes.add("Made while settling")
    one, other, third = items
    p.consensus.settle_many(
        guid,
        [
            Decision(one.document, one.start, one.end, Verdict.OTHER, ((new, one.start, one.end),)),
            Decision(other.document, other.start, other.end, Verdict.NEITHER),
            Decision(third.document, third.start, third.end, Verdict.DISCUSS),
        ],
        "Settle",
    )
    done = p.stability.start(guid, study.ann)
    study.put(p.stability.get(done).coder.guid, {0: (FEAR,)})
    facts = read_facts(p, guid, Choice())
    measure = facts.measure
    assert (facts.transcripts, measure.transcripts, measure.units) == (2, 2, 6)
    assert measure.coded is not None
    assert measure.all is not None
    assert (measure.coded.agreed, measure.coded.units, measure.all.agreed) == (1, 4, 3)
    assert measure.codes == 4
    assert not measure.unfinished
    settled = measure.settled
    assert settled is not None
    assert (settled.differing, settled.settled, settled.open) == (3, 2, 1)
    assert settled.after is not None
    assert (settled.after.agreed, settled.after.units) == (2, 3), "one is coded by nobody now"
    (found,) = facts.passes
    assert (found.who, found.same_coder, found.days) == ("Ann", True, 0)
    assert (found.found.confirmed, found.found.agreed) == (1, 1)
    assert facts.independent


def test_a_second_round_knows_the_first_one_of_the_same_kind(study: Study) -> None:
    p = study.project
    p.rounds.make("Round 1", Choice((study.ann, study.ben)))
    p.rounds.make("By theme", Choice((study.ann, study.ben), level=Level.THEME))
    study.put(study.ben, {2: (TOLD,), 4: (OPEN,)})
    guid = p.rounds.make("Round 2", Choice((study.ann, study.ben)))
    facts = read_facts(p, guid, Choice())
    assert not facts.independent
    (before,) = facts.earlier
    assert before.coded is not None
    assert (before.round, before.coded.agreed, before.coded.units) == ("Round 1", 1, 4)
    assert facts.measure.coded is not None
    assert (facts.measure.coded.agreed, facts.measure.coded.units) == (3, 4)


def test_now_takes_the_choice_and_says_why_it_cannot(study: Study) -> None:
    p = study.project
    facts = read_facts(p, "", Choice((study.ann, study.ben), level=Level.THEME))
    assert facts.measure.round == ""
    assert facts.measure.codes == 2
    assert facts.measure.coded is not None
    assert (facts.measure.coded.agreed, facts.measure.coded.units) == (2, 4)
    with pytest.raises(UserError, match="two different coders"):
        read_facts(p, "", Choice((study.ann,)))
    with pytest.raises(UserError, match="no longer"):
        read_facts(p, "gone", Choice())
