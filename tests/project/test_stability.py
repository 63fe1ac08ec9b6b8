"""Stability passes: the agreed units, coded again, compared with the round."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from ui.agreement_study import FEAR, OPEN, TOLD, Study, make_coded

from coder_app.core.errors import UserError
from coder_app.core.model import Division, Level, Status
from coder_app.project.comparing import Choice
from coder_app.project.project import Project


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = make_coded(tmp_path / "study.coder")
    yield made
    made.project.close()


def again(study: Study, coder: str, given: dict[int, tuple[str, ...]]) -> None:
    study.put(coder, given)


def test_the_agreed_units_are_those_that_both_coded_alike(study: Study) -> None:
    p = study.project
    code = p.rounds.make("Round 1", Choice((study.ann, study.ben)))
    guid = p.stability.start(code, study.ann)
    assert p.stability.get(guid).coder.name == "Ann (second pass)"
    document, start, end = study.words[0]
    assert p.stability.units(guid) == {document: ((start, end),)}
    theme = p.rounds.make("By theme", Choice((study.ann, study.ben), level=Level.THEME))
    guid = p.stability.start(theme, p.coders.add("Cleo"))
    assert p.stability.get(guid).coder.name == "Cleo (stability pass)"
    places = p.stability.units(guid)
    assert [place for own in places.values() for place in own] == [
        study.words[0][1:], study.words[1][1:]
    ]  # fmt: skip


def test_what_is_confirmed_counts_at_the_level_of_the_round(study: Study) -> None:
    p = study.project
    guid = p.stability.start(
        p.rounds.make("By theme", Choice((study.ann, study.ben), level=Level.THEME)), study.ann
    )
    coder = p.stability.get(guid).coder.guid
    assert p.stability.progress(guid) == (0, 2)
    result = p.stability.result(guid).confirmation
    assert (result.compared, result.agreed, result.repeated, result.confirmed) == (4, 2, 0, 0)
    assert result.confirmation.value == 0
    study.put(coder, {0: (TOLD,), 1: (OPEN,), 3: (FEAR,)})
    result = p.stability.result(guid).confirmation
    assert p.stability.progress(guid) == (2, 2)
    assert (result.repeated, result.confirmed) == (2, 1)
    units = p.stability.result(guid).units
    assert [unit.confirmed for unit in units] == [True, False]


def test_later_codings_of_the_first_coders_change_neither_units_nor_counts(study: Study) -> None:
    p = study.project
    guid = p.stability.start(p.rounds.make("Round 1", Choice((study.ann, study.ben))), study.ben)
    before = dict(p.stability.units(guid))
    study.put(study.ben, {1: (FEAR,), 2: (TOLD,)})
    p.codes.delete([study.codes[OPEN]], below=False)
    p.stability._agreed.clear()
    assert dict(p.stability.units(guid)) == before
    assert p.stability.result(guid).confirmation.agreed == 1


def test_with_three_coders_a_unit_is_agreed_where_all_agree(study: Study) -> None:
    p = study.project
    cleo = p.coders.add("Cleo")
    study.put(cleo, {0: (FEAR,), 1: (TOLD,), 4: (FEAR,)})
    study.finish(cleo)
    guid = p.stability.start(p.rounds.make("Three", Choice((study.ann, study.ben, cleo))), cleo)
    assert [place for own in p.stability.units(guid).values() for place in own] == [study.words[0][1:]]
    study.put(study.ben, {5: (OPEN,)})
    assert p.stability.result(guid).confirmation.compared == 4


def test_on_locked_meaning_units_and_with_a_code_made_after_the_round(study: Study) -> None:
    p = study.project
    p.meaning_units.make(study.documents, Division.SENTENCE)
    p.meaning_units.set_locked(study.documents, True)
    guid = p.stability.start(
        p.rounds.make("Units", Choice((study.ann, study.ben), unit="meaning-unit")), study.ann
    )
    coder = p.stability.get(guid).coder.guid
    (document,) = p.stability.units(guid)
    ((start, end),) = p.stability.units(guid)[document]
    assert p.documents.content(document).text[start:end] == "Fear came first. 🙂"
    p.coders.switch(coder)
    new = p.codes.add("Made later")
    p.codings.apply(document, start, end, new)
    assert p.stability.result(guid).confirmation.confirmed == 0
    p.codings.remove([c.guid for c in p.codings.of_document(document, [coder])])
    p.codings.apply(document, start, start + 4, study.codes[FEAR])
    assert p.stability.result(guid).confirmation.confirmed == 1


def test_names_of_passes_are_free_and_a_pass_or_round_that_is_gone_says_so(study: Study) -> None:
    p = study.project
    code = p.rounds.make("Round 1", Choice((study.ann, study.ben)))
    first, second = p.stability.start(code, study.ann), p.stability.start(code, study.ann)
    assert [p.stability.get(guid).coder.name for guid in (first, second)] == [
        "Ann (second pass)", "Ann (pass 3)"
    ]  # fmt: skip
    p.stability.remove([first])
    with pytest.raises(UserError, match="no longer"):
        p.stability.result(first)
    with pytest.raises(UserError, match="no longer"):
        p.stability.start("nothing", study.ann)


def test_a_pass_survives_closing_and_reopening(study: Study) -> None:
    p = study.project
    guid = p.stability.start(p.rounds.make("Round 1", Choice((study.ann, study.ben))), study.ann)
    study.put(p.stability.get(guid).coder.guid, {0: (FEAR,)})
    path = p.path
    assert path is not None
    with Project.from_snapshot(path.read_bytes()) as copy:
        assert copy.stability.result(guid).confirmation.confirmed == 1
        statuses = copy.documents.statuses()
        assert Status.FINISHED in statuses.values()
