"""Meaning units: divided, mended by hand, locked; undone and the same in two copies."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers import document_of
from hypothesis import given, settings
from hypothesis import strategies as st

from coder_app.core.errors import UserError
from coder_app.core.model import Division
from coder_app.project.checking import check
from coder_app.project.project import Project


def words(project: Project, document: str) -> list[str]:
    units = project.meaning_units.of(document)
    assert units is not None
    text = project.documents.content(document).text
    return [text[start:end] for start, end in units.places]


@pytest.fixture
def talk(project: Project) -> str:
    turns = ("Eva", "First thing. Second thing."), ("Ben", "And then?"), ("Eva", "Third one.")
    (guid,) = project.documents.add([document_of("Talk", *turns, participants={"Eva": "P9"})])
    return guid


def test_a_transcript_is_divided_by_what_participants_say(project: Project, talk: str) -> None:
    assert project.meaning_units.of(talk) is None
    project.meaning_units.make([talk], Division.TURN)
    assert words(project, talk) == ["First thing. Second thing.", "Third one."]
    project.meaning_units.make([talk], Division.SENTENCE)
    assert words(project, talk) == ["First thing.", "Second thing.", "Third one."]
    project.undo()
    assert words(project, talk) == ["First thing. Second thing.", "Third one."]
    project.undo()
    assert project.meaning_units.of(talk) is None
    project.redo()
    assert words(project, talk) == ["First thing. Second thing.", "Third one."]
    assert check(project).ok


def test_marked_stretches_of_coders_become_units(project: Project, talk: str) -> None:
    text = project.documents.content(talk).text
    first, third = text.index("First"), text.index("Third")
    project.codings.mark(talk, first, first + 5)
    project.codings.mark(talk, first + 3, first + 12)
    project.codings.mark(talk, third, third + 5)
    me = project.coders.current.guid
    project.meaning_units.make([talk], Division.MARKED, [me])
    assert words(project, talk) == ["First thing.", "Third"]


def test_units_are_mended_by_hand(project: Project, talk: str) -> None:
    units = project.meaning_units
    units.make([talk], Division.TURN)
    text = project.documents.content(talk).text
    units.split(talk, text.index("Second"))
    assert words(project, talk) == ["First thing.", "Second thing.", "Third one."]
    units.join(talk, text.index("Second"))
    assert words(project, talk)[-1].startswith("Second thing.\n\nBen:")
    project.undo()
    units.remove(talk, text.index("Third"))
    assert words(project, talk) == ["First thing.", "Second thing."]
    units.add(talk, text.index("Third") - 1, text.index("one") + 3)
    assert words(project, talk) == ["First thing.", "Second thing.", "Third one"]
    with pytest.raises(UserError, match="overlaps another"):
        units.add(talk, text.index("one"), len(text))
    with pytest.raises(UserError, match="between two of its words"):
        units.split(talk, text.index("First"))
    with pytest.raises(UserError, match="no unit behind"):
        units.join(talk, text.index("Third"))
    with pytest.raises(UserError, match="no meaning unit here"):
        units.remove(talk, text.index("And then"))


def test_locked_units_stay(project: Project, talk: str) -> None:
    units = project.meaning_units
    with pytest.raises(UserError, match="Divide the transcript"):
        units.set_locked([talk], True)
    units.make([talk], Division.TURN)
    units.set_locked([talk], True)
    locked = units.of(talk)
    assert locked is not None
    assert locked.locked
    refused: list[Callable[[], object]] = [
        lambda: units.make([talk], Division.SENTENCE),
        lambda: units.split(talk, 12),
        lambda: units.remove(talk, 6),
        lambda: units.clear([talk]),
    ]
    for action in refused:
        with pytest.raises(UserError, match="locked"):
            action()
    units.set_locked([talk], False)
    units.clear([talk])
    assert units.of(talk) is None


def test_copies_divided_alike_hold_the_same_units(project: Project, talk: str, tmp_path: Path) -> None:
    assert project.path is not None
    other = Path(shutil.copy(project.path, tmp_path / "other.coder"))
    project.meaning_units.make([talk], Division.SENTENCE)
    with Project.open(other, coder=project.coders.current.name) as copy:
        copy.meaning_units.make([talk], Division.SENTENCE)
        assert check(copy).fingerprint == check(project).fingerprint


@settings(max_examples=10)
@given(data=st.data())
def test_units_never_overlap_whatever_is_done(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    words_said = "one two three. four five? six\n\nseven eight, nine ten."
    with Project.create(tmp_path_factory.mktemp("units") / "u.coder", "Units", "Ann") as project:
        made = document_of("Talk", ("Eva", words_said), participants={"Eva": "P1"})
        (guid,) = project.documents.add([made])
        text = made.text
        units = project.meaning_units
        for _ in range(data.draw(st.integers(1, 8))):
            at = data.draw(st.integers(0, len(text) - 1))
            end = data.draw(st.integers(0, len(text)))
            action = data.draw(st.sampled_from(["make", "split", "join", "remove", "add", "undo"]))
            try:
                if action == "make":
                    units.make([guid], data.draw(st.sampled_from([Division.SENTENCE, Division.PARAGRAPH])))
                elif action == "add":
                    units.add(guid, at, end)
                elif action == "undo":
                    project.undo()
                else:
                    getattr(units, action)(guid, at)
            except UserError:
                continue
        found = units.of(guid)
        places = found.places if found else ()
        assert all(0 <= start < end <= len(text) for start, end in places)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(places))
        assert all(text[start:end] == text[start:end].strip() for start, end in places)
        assert check(project).ok
