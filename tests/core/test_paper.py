"""The methods paragraph: every figure in it, what it leaves to the researcher, what it says is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coder_app.core.agreement.result import Interval, Reason, Statistic, undefined
from coder_app.core.confirming import Confirmation
from coder_app.core.model import Level, Verdict
from coder_app.core.paper import write
from coder_app.core.paper_facts import Facts, Figure, Measure, Pass, Purpose, Settled, Share
from coder_app.core.paper_references import REFERENCES
from coder_app.core.paper_words import codes_of, decimals, joined, number, percent

MEASURE = Measure(
    round="Round 1",
    day="2026-03-31",
    coders=("Ann", "Ben"),
    transcripts=3,
    characters=30_000,
    unit="turn",
    units=120,
    level=Level.CODE,
    level_name="Code",
    codes=40,
    coded=Share(60, 80, Statistic(0.75), Interval(0.65, 0.84, resamples=2000)),
    all=Share(100, 120, Statistic(100 / 120)),
    figures=(
        Figure("alpha_masi", Statistic(0.8123), Interval(0.7, 0.9, resamples=2000)),
        Figure("pooled_kappa", Statistic(-0.01)),
    ),
    resamples=2000,
    seed=7,
)
FACTS = Facts(12, 100_000, MEASURE, independent=True)


def test_the_figures_of_a_round_stand_in_the_text_with_their_counts() -> None:
    words = write(FACTS)
    text = words.paragraph
    assert text.startswith(
        "To assess the reliability of the coding, two coders (Ann and Ben) independently coded three of the"
        " 12 transcripts (25.0% of the transcripts, 30.0% of the text) with a shared codebook of 40 codes"
        " (O'Connor & Joffe, 2020)."
    )
    for part in (
        "of 120 turns, 80 were coded by at least one coder; interviewers' words were left out.",
        "Agreement was measured before the coders saw each other's work.",
        "to which both coders gave the same codes, was 75.0% (60 of 80; 95% CI 65.0% to 84.0%).",
        "Over all 120 units, also those that nobody coded, it was 83.3% (100 of 120).",
        "was 0.812 (95% CI 0.700 to 0.900) and Cohen's kappa, pooled over the codes",
        "was −0.010 (n = 120 units).",
        "2,000 bootstrap resamples of units (seed 7)",
        "Values of alpha of 0.800 and above were taken as reliable",
        "[How differences between the coders were handled.]",
    ):
        assert part in text, part
    assert [text for text in words.missing if "How differences were handled" in text]
    assert ("Coefficient of agreement", "60 of 80", "Round 1") in [
        (source.what, source.figure, source.where) for source in words.sources
    ]


def test_only_what_is_cited_is_in_the_references_and_nothing_else() -> None:
    words = write(FACTS)
    assert [line.split(" ")[0] for line in words.references] == [
        "Cohen", "De", "Krippendorff", "O'Connor", "Passonneau", "Schreier"
    ]  # fmt: skip
    assert words.text().startswith(words.paragraph + "\n\nReferences\nCohen J.")
    assert set(words.cited) <= set(REFERENCES)


def test_differences_settled_and_agreement_after_discussion() -> None:
    settled = Settled(
        20,
        {Verdict.TAKE: 9, Verdict.BOTH: 2, Verdict.OTHER: 1, Verdict.AGREED: 60, Verdict.DISCUSS: 3},
        Share(72, 80, Statistic(0.9)),
    )
    words = write(replace(FACTS, measure=replace(MEASURE, settled=settled)))
    assert (
        "The coders discussed the passages on which they differed and settled 12 of 20: in nine one coder's"
        " version was taken, in two all coders' codes were kept and in one another code or other bounds were"
        " chosen; three were left open. After discussion agreement was 90.0% (72 of 80);"
    ) in words.paragraph
    assert "[How" not in words.paragraph
    assert words.missing == ["5 of the differences are not looked at yet: go on under Settle."]


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (
            Pass("Ann", True, 30, Confirmation(80, 60, Statistic(0.75), 60, 54, Statistic(0.9))),
            "To examine stability, one of the coders (Ann) coded the 60 agreed units again 30 days later,"
            " without seeing the first codes, and confirmed 54 of 60 (90.0%).",
        ),
        (
            Pass("Cleo", False, 3, Confirmation(80, 60, Statistic(0.75), 58, 54, Statistic(0.9))),
            "A further coder (Cleo) coded the 60 agreed units without seeing their codes and confirmed 54 of"
            " 60 (90.0%).",
        ),
    ],
)
def test_stability_passes(done: Pass, said: str) -> None:
    words = write(replace(FACTS, passes=(done,)))
    assert said in words.paragraph
    assert any("2 agreed units have no code" in text for text in words.missing) is (done.who == "Cleo")


def test_a_pass_that_was_not_coded_is_missing_and_not_told() -> None:
    empty = Pass("Ann", True, 0, Confirmation(80, 60, Statistic(0.75), 0, 0, Statistic(0.0)))
    words = write(replace(FACTS, passes=(empty,)))
    assert "Ann) coded the" not in words.paragraph
    assert any("has no codings yet" in text for text in words.missing)


def test_without_a_round_the_text_says_so_and_what_to_do() -> None:
    words = write(replace(FACTS, measure=replace(MEASURE, round=""), independent=False))
    assert "on the codings as they stood on 2026-03-31" in words.paragraph
    assert "before the coders saw" not in words.paragraph
    assert any("freeze a round" in text for text in words.missing)


def test_a_later_round_tells_the_course_and_claims_no_independence() -> None:
    first = replace(MEASURE, coded=Share(20, 50, Statistic(0.4)))
    words = write(
        replace(FACTS, measure=replace(MEASURE, round="Round 2"), earlier=(first,), independent=False)
    )
    assert "in two rounds, of which Round 2 is reported here (before it: Round 1, 40.0% (20 of 50))" in (
        words.paragraph
    )
    assert "before the coders saw" not in words.paragraph


def test_three_coders_themes_meaning_units_and_little_text() -> None:
    measure = replace(
        MEASURE, coders=("Ann", "Ben", "Cleo"), unit="meaning-unit", level=Level.THEME, level_name="Theme",
        characters=5_000, codes=4, interviewer_turns=True, unfinished=True,
    )  # fmt: skip
    words = write(replace(FACTS, measure=measure), Purpose.DIALOGUE)
    assert words.paragraph.startswith(
        "To prompt discussion of different readings within the team, three coders"
    )
    for part in (
        "(Ann, Ben and Cleo)",
        "a shared codebook of 4 themes",
        "divided into meaning units before they were coded (Campbell et al., 2013)",
        "interviewers' words were counted as well",
        "At the level of themes",
        "to which all coders gave the same themes",
    ):
        assert part in words.paragraph, part
    assert any("Only 5.0% of the text" in text for text in words.missing)
    assert any("not every" in text.casefold() for text in words.missing)
    assert "campbell2013" in words.cited


def test_undefined_figures_give_their_reason_and_no_threshold() -> None:
    none = undefined(Reason.NO_VARIATION)
    measure = replace(
        MEASURE,
        coded=Share(0, 0, undefined(Reason.NO_UNITS)),
        figures=(Figure("alpha_masi", none),),
    )
    words = write(replace(FACTS, measure=measure))
    assert "could not be computed (no units)" in words.paragraph
    assert "could not be computed (no variation)" in words.paragraph
    assert "taken as reliable" not in words.paragraph
    assert any("Nobody coded" in text for text in words.missing)
    assert any("no variation" in text for text in words.missing)
    assert "nan" not in words.paragraph.casefold().split()


def test_matched_passages_and_unitizing_have_no_share_of_units() -> None:
    match = replace(
        MEASURE,
        unit="match",
        coded=None,
        all=None,
        figures=tuple(
            Figure(key, Statistic(value))
            for key, value in (("holsti", 0.8), ("matched", 40), ("n_a", 50), ("n_b", 50))
        ),
    )
    text = write(replace(FACTS, measure=match)).paragraph
    assert "at least 50.0% of the text that they cover together; 40 passages of 50 and 50 matched" in text
    assert "Holsti's coefficient was 0.800" in text
    assert "(n = " not in text


def test_parts() -> None:
    assert (percent(0.5074), percent(None), decimals(-0.0001), decimals(None)) == ("50.7%", "–", "0.000", "–")
    assert (number(0), number(9), number(10), number(1200)) == ("no", "nine", "10", "1,200")
    assert (joined([]), joined(["a"]), joined(["a", "b", "c"])) == ("", "a", "a, b and c")
    own = replace(MEASURE, level=Level.SUBCATEGORY, level_name="Sub-theme")
    assert codes_of(own) == "sub-themes"
    assert codes_of(replace(own, level_name="Subcategory")) == "subcategories"
    assert codes_of(replace(own, level_name="Family")) == "families"
