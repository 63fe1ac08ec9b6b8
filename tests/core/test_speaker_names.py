"""Names, the roles they tell and spellings that may belong together."""

from __future__ import annotations

import pytest

from coder_app.core.model import Role
from coder_app.core.speaker_names import (
    clean_name,
    is_generic,
    participant_id,
    proposed_merges,
    role_by_name,
)


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (" **Ann  Lee** ", "Ann Lee"),
        ("[Interviewer]", "Interviewer"),
        ("<Dana>", "Dana"),
        ("12. Ann", "Ann"),
        ("003 P5", "P5"),
        ("\u200fיגאל ביבי\u200f", "יגאל ביבי"),
        ("Interviewer (Dana)", "Interviewer (Dana)"),
    ],
)
def test_clean_name(raw: str, name: str) -> None:
    assert clean_name(raw) == name


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Interviewer", Role.INTERVIEWER),
        ("INTERVIEWER 2", Role.INTERVIEWER),
        ("Interviewer (Dana)", Role.INTERVIEWER),
        ("INT1", Role.INTERVIEWER),
        ("I", Role.INTERVIEWER),
        ("Q", Role.INTERVIEWER),
        ("면접자", Role.INTERVIEWER),
        ("מראיינת", Role.INTERVIEWER),
        ("Participant A", Role.PARTICIPANT),
        ("P5", Role.PARTICIPANT),
        ("참여자 3", Role.PARTICIPANT),
        ("All", Role.OTHER),
        ("Isabel", None),
        ("Jed Meline", None),
    ],
)
def test_role_by_name(name: str, role: Role | None) -> None:
    assert role_by_name(name) is role


def test_ids_and_words_for_anybody() -> None:
    assert [participant_id(name) for name in ("P5", "p 05", "Participant 12", "Ann", "R3")] == [
        "P5",
        "P5",
        "P12",
        None,
        None,
    ]
    assert [is_generic(name) for name in ("Participant", "Speaker 1", "P5", "Ann")] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("names", "merges"),
    [
        (["Ann Lee", "ANN LEE"], [("ANN LEE", "Ann Lee")]),
        (["José", "Jose"], [("Jose", "José")]),
        (["Interviewer", "Interviewer (Dana)"], [("Interviewer (Dana)", "Interviewer")]),
        (["Dr. Smith", "Smith"], [("Smith", "Dr. Smith")]),
        (["Evelyn Ganzglass", "Evelyn"], [("Evelyn", "Evelyn Ganzglass")]),
        (["Ann Lee", "Ann Low", "Ann"], []),
        (["Interviewer", "Interveiwer"], [("Interveiwer", "Interviewer")]),
        (["Interviewer", "Interviwer"], [("Interviwer", "Interviewer")]),
        (["Paul Frazee", "Paul Frazee✌"], [("Paul Frazee✌", "Paul Frazee")]),
        (["Speaker 1", "Speaker 2", "Speaker"], []),
        (["P1", "P2", "P11"], []),
        (["Participant A", "Participant B"], []),
        (["Robert Klein", "Richard Johnsen"], []),
        (["Moderator (Ann)", "Moderator (Ben)"], []),
    ],
)
def test_proposed_merges(names: list[str], merges: list[tuple[str, str]]) -> None:
    assert proposed_merges(names) == merges
