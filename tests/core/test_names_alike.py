"""Which names look alike, and why."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder_app.core.names_alike import ALIKE, Likeness, Why, likeness, without_accents

WORDS = (
    "fear",
    "Fear",
    "fears",
    "of",
    "being",
    "told",
    "두려움",
    "두려움들",
    "פחד",
    "פחדים",
    "Week",
    "1",
    "2",
)
NAMES = st.text(max_size=30) | st.lists(st.sampled_from((*WORDS, "café", "🙂", "-")), max_size=5).map(
    " ".join
)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Fear of death", "Fear  of death ", Why.SAME),
        ("Fear", "FEAR", Why.CASE),
        ("Straße", "STRASSE", Why.CASE),
        ("Café visits", "Cafe visits", Why.ACCENTS),
        ("Ærlighed på søndag", "Aerlighed pa sondag", Why.ACCENTS),
        ("פַּחַד", "פחד", Why.ACCENTS),
        ("Self-esteem", "selfesteem", Why.SPACING),
        ("Doctor’s advice", "Doctors advice!", Why.SPACING),
        ("사회적 지지", "사회적지지", Why.SPACING),
        ("Fear of death", "Death: fear of", Why.ORDER),
        ("가족의 지지", "지지 가족의", Why.ORDER),
        ("תמיכה משפחה", "משפחה תמיכה", Why.ORDER),
        ("Worried families", "Worried family", Why.PLURAL),
        ("Losses", "loss", Why.PLURAL),
        ("Nurses and doctors", "Doctor and nurse", Why.PLURAL),
        ("친구들", "친구", Why.PLURAL),
        ("מכתבים", "מכתב", Why.PLURAL),
        ("חברות", "חברה", Why.PLURAL),
        ("Being informed", "Being infromed", Why.SPELLING),
        ("말하지 않음", "말하지 안음", Why.SPELLING),
        ("התמודדות", "התמודדת", Why.SPELLING),
        ("Support", "Support from the family", Why.HOLDS),
        ("פחד מפני המוות ומפני הלא נודע", "פחד", Why.HOLDS),
        ("Waiting for test results", "Results and waiting", Why.WORDS),
    ],
)
def test_alike_and_why(one: str, other: str, why: Why) -> None:
    found = likeness(one, other)
    assert (found.why, found.alike) == (why, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trust", "Mistrust"),
        ("Week 1", "Week 2"),
        ("Interview of 2019", "Interview of 2020"),
        ("Shame", "Hope"),
        ("Fear of dependence", "Fear of death"),
        ("か", "が"),
        ("भाषा", "भषा"),
        ("🙂", "🙁"),
        ("!!", "??"),
        ("두려움", "희망"),
        ("תקווה", "פחד"),
    ],
)
def test_not_alike(one: str, other: str) -> None:
    assert not likeness(one, other).alike


def test_closer_names_score_higher() -> None:
    others = ("fear of death", "Death of fear", "Fears of death", "Fear of deaht", "Fear", "Hope")
    scores = [likeness("Fear of death", name).score for name in others]
    assert scores == sorted(scores, reverse=True)
    assert scores[-2] >= ALIKE
    assert scores[-1] == 0


def test_signs_that_are_letters_are_kept() -> None:
    assert without_accents("é ñ й פַּ") == "e n и פ"
    assert without_accents("が कि ด่า 각") == "が कि ด่า 각"


@given(NAMES, NAMES)
def test_symmetric_and_within_bounds(one: str, other: str) -> None:
    found = likeness(one, other)
    assert found == likeness(other, one)
    assert 0 <= found.score <= 1
    assert (found.why is Why.NOTHING) == (found.score == 0)


@given(NAMES)
def test_a_name_is_like_itself(name: str) -> None:
    assert likeness(name, name) == Likeness(1.0, Why.SAME)


@given(
    st.lists(st.sampled_from(["fear", "told", "두려움", "פחד", "1"]), min_size=1, max_size=5), st.randoms()
)
def test_order_of_words_never_parts(words: list[str], random: object) -> None:
    turned = words[:]
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert likeness(" ".join(words), " ".join(turned)).score >= 0.96


def test_nothing_is_loaded_before_names_are_compared() -> None:
    code = (
        "import sys, coder_app.core.lookalike;"
        "sys.exit(any(name.split('.')[0] in ('rapidfuzz', 'numpy') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
