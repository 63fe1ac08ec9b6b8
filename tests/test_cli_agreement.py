"""Agreement on the command line: every unit, intervals, rounds, and agreement after discussion."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from studies import coder_named, make_study

from coder_app import cli
from coder_app.core.model import Division, Verdict
from coder_app.core.settling import result_of
from coder_app.project.comparing import UNITS, Choice, compare_sources, worklist
from coder_app.project.consensus import Decision
from coder_app.project.project import Project

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        status = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """The small study with locked meaning units, and a round of which one disagreement is settled."""
    with make_study(tmp_path / "study.coder") as project:
        documents = [document.guid for document in project.documents.all()]
        project.meaning_units.make(documents[:2], Division.SENTENCE)
        project.meaning_units.set_locked(documents[:2], True)
        _settle(project)
    return tmp_path / "study.coder"


def _settle(project: Project) -> None:
    ann, ben = coder_named(project, "Ann"), coder_named(project, "Ben")
    guid = project.rounds.make("First round", Choice((ann, ben)))
    sources, choice = project.rounds.sources(guid), project.rounds.choice(guid)
    item = next(item for item in worklist(compare_sources(sources, choice)) if not item.alike)
    spans = result_of(item, Verdict.TAKE, ann)
    project.consensus.settle(guid, Decision(*item.place, Verdict.TAKE, spans, taken=ann))


def measured(run: Run, *arguments: object) -> dict[str, Any]:
    status, out, err = run("agreement", *arguments, "--json")
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def _words(text: str) -> set[str]:
    return set(text.split())


NAMES = {
    "match": (_words("matched n_a n_b holsti jaccard"), _words("matched only_a only_b holsti jaccard")),
    "unitizing": (_words("u_alpha_nominal u_alpha_binary cu_alpha"), {"u_alpha"}),
}
COUNTED = (
    _words(
        "agreement_coded agreement_all agreement_any_coded marked_agreement pooled_kappa mean_kappa gwet_ac1"
        " summed_kappa summed_percent alpha_masi alpha_jaccard alpha_nominal_sets exact_set_agreement holsti"
    ),
    _words("both only_a only_b neither percent_agreement cohen_kappa alpha_nominal pabak scott_pi"),
)


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit(run: Run, study: Path, unit: str) -> None:
    found = measured(run, study, "--coders", "Ann", "Ben", "--unit", unit, "--level", "theme")
    overall, codes = NAMES.get(unit, COUNTED)
    assert (found["unit"], found["level"]) == (unit, "theme")
    assert overall <= set(found["overall"])
    assert set(found["codes"]) == {"Trust", "Keys", "Free one"}
    for name, values in found["codes"].items():
        assert codes <= set(values)
        for statistic, value in values.items():
            assert (value is None) == (f"codes.{name}.{statistic}" in found["undefined"])
    for statistic, value in found["overall"].items():
        assert (value is None) == (f"overall.{statistic}" in found["undefined"])
    status, out, _ = run("agreement", study, "--coders", "Ann", "Ben", "--unit", unit)
    assert status == 0
    assert "3 turns of interviewers" in out


def test_thresholds_and_least_characters(run: Run, study: Path) -> None:
    both = (study, "--coders", "Ann", "Ben")
    loose = measured(run, *both, "--unit", "match", "--threshold", "0.5")["overall"]["matched"]
    strict = measured(run, *both, "--unit", "match", "--threshold", "0.9")["overall"]["matched"]
    assert (loose, strict) == (2, 1)
    assert measured(run, *both, "--unit-min-chars", "40")["codes"]["Free one"]["both"] == 0
    assert measured(run, *both)["codes"]["Free one"]["both"] == 1
    for wrong in (("--threshold", "2"), ("--unit-min-chars", "0"), ("--threshold", "x")):
        status, out, err = run("agreement", *both, "--unit", "match", *wrong)
        assert (status, out, err.count("\n")) == (2, "", 1)


def test_errors_and_intervals_stand_beside_their_statistic(run: Run, study: Path) -> None:
    found = measured(run, study, "--coders", "Ann", "Ben")
    assert found["codes"]["Guest"]["cohen_kappa_ci_low"] is None
    assert found["undefined"]["codes.Guest.cohen_kappa_ci_low"] == "too few units"
    drawn = measured(run, study, "--coders", "Ann", "Ben", "--resamples", "200")
    assert drawn["overall"]["pooled_kappa_ci_low"] is None
    assert drawn["undefined"]["overall.pooled_kappa_ci_high"] == "too few units"


def test_what_was_left_out_and_how_it_was_counted(run: Run, study: Path) -> None:
    both = (study, "--coders", "Ann", "Ben", "--unit", "match")
    found = measured(run, *both, "--threshold", "0.9")
    assert (found["threshold"], found["unit_min_chars"], found["interviewer_turns"]) == (0.9, 1, False)
    assert any("3 turns of interviewers" in sentence for sentence in found["left_out"])
    assert all(isinstance(sentence, str) for sentence in found["cautions"])
    assert f"{found['n_units']:,} characters compared" in run("agreement", *both)[1]


@pytest.mark.parametrize("number", ["-1", "1", "99"])
def test_few_resamples_are_refused(run: Run, study: Path, number: str) -> None:
    status, out, err = run("agreement", study, "--coders", "Ann", "Ben", f"--resamples={number}")
    assert (status != 0, out, err.count("\n")) == (True, "", 1)
    assert "Take 0 for none, or at least 100; 2,000 are meant" in err


def test_three_coders(run: Run, study: Path) -> None:
    with Project.open(study, coder="Ann") as project:
        cleo = project.coders.add("Cleo")
        assert cleo
    found = measured(run, study, "--coders", "Ann", "Ben", "Cleo", "--include-unfinished")
    assert found["coders"] == ["Ann", "Ben", "Cleo"]
    assert [pair["coders"] for pair in found["pairs"]] == [["Ann", "Ben"], ["Ann", "Cleo"], ["Ben", "Cleo"]]
    assert all("pooled_kappa" in pair["overall"] for pair in found["pairs"])
    assert {"alpha_masi", "light_kappa", "agreement_coded", "mean_fleiss_kappa"} <= set(found["overall"])
    assert {"fleiss_kappa", "gwet_ac1", "brennan_prediger", "alpha_nominal"} <= set(found["codes"]["Guest"])


def test_a_round_and_agreement_after_discussion(run: Run, study: Path) -> None:
    assert measured(run, study, "--coders", "Ann", "Ben")["unit"] == "meaning-unit"  # some are locked
    now = measured(run, study, "--coders", "Ann", "Ben", "--unit", "turn")
    before = measured(run, study, "--round", "first  ROUND")
    # a round holds only the transcripts it compared, so that it left out none that is not finished
    frozen = {"round": "first  ROUND", "after_discussion": False, "left_out": now["left_out"][1:]}
    assert before == {**now, **frozen}
    with Project.open(study, coder="Ann") as project:
        project.codings.remove([c.guid for c in project.codings.all([coder_named(project, "Ann")])])
    assert measured(run, study, "--round", "First round")["codes"] == now["codes"]
    later = measured(run, study, "--round", "First round", "--after")
    assert later["after_discussion"]
    assert later["overall"]["agreement_coded"] > before["overall"]["agreement_coded"]
    by_character = measured(run, study, "--round", "First round", "--unit", "character", "--level", "theme")
    assert (by_character["unit"], by_character["level"]) == ("character", "theme")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--coders", "Ann", "Ann"), "the same one was chosen twice"),
        (("--coders", "Ann"), "choose another one"),
        (("--coders", "Ann", "Ben", "--documents", "Focus group"), "mark them as finished"),
        (("--round", "Second"), "no round “Second”"),
        (("--after",), "--round"),
        ((), "--coders"),
    ],
)
def test_what_is_missing_is_said(run: Run, study: Path, arguments: tuple[str, ...], words: str) -> None:
    status, out, err = run("agreement", study, *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert words in err
