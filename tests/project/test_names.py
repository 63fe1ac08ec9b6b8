"""Names and texts as they are stored, and what is refused, wherever it comes in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coder_app.core.errors import UserError
from coder_app.core.model import Level, MemoTarget
from coder_app.project.history import TABLES
from coder_app.project.names import LONGEST, LONGEST_TEXT, clean_name, clean_text, field_words
from coder_app.project.project import Project

UNSEEN = ["\u200b", "\u202e\u202c", "\u200f \u200e", "\u2800", "\u3164", "\ufe0f\u200d", "\u00ad", "\u0301"]


def person(project: Project) -> str:
    return project.participants.all()[0].guid


def code(project: Project) -> str:
    return project.codes.tree().roots[0]


NAMING: dict[str, Callable[[Project, str], object]] = {
    "project": lambda project, name: project.set_name(name),
    "level": lambda project, name: project.set_level_name(Level.THEME, name),
    "new coder": lambda project, name: project.coders.add(name),
    "coder": lambda project, name: project.coders.rename(project.coders.current.guid, name),
    "transcript": lambda project, name: project.documents.rename(project.documents.all()[0].guid, name),
    "new participant": lambda project, name: project.participants.add(name),
    "participant": lambda project, name: project.participants.rename(person(project), name),
    "pseudonym": lambda project, name: project.participants.set_pseudonym(person(project), name),
    "new pseudonym": lambda project, name: project.participants.add("P9", name),
    "attribute": lambda project, name: project.participants.add_attribute(name),
    "attribute set": lambda project, name: project.participants.set_attribute(person(project), name, "1"),
    "new code": lambda project, name: project.codes.add(name),
    "code": lambda project, name: project.codes.rename(code(project), name),
}


@pytest.mark.parametrize("where", NAMING)
@pytest.mark.parametrize("name", [*UNSEEN, "x" * (LONGEST + 1), "bell\x07"], ids=ascii)
def test_no_manager_takes_a_name_that_is_none(project: Project, where: str, name: str) -> None:
    steps = project.history.steps()
    with pytest.raises(
        UserError, match=r"^The name of an? [a-z]+ (needs something|can have 300|cannot hold)"
    ):
        NAMING[where](project, name)
    assert project.history.steps() == steps


def test_a_new_project_needs_names_that_can_be_seen(project: Project) -> None:
    assert project.path is not None
    for names in (("\u200b", "Ann"), ("Study", "\u200b")):
        with pytest.raises(UserError, match="needs something that can be seen"):
            Project.create(project.path.with_name("new.coder"), *names)
    assert not project.path.with_name("new.coder").exists()


@pytest.mark.parametrize("name", ["-", "…", "1", "א", "한", "🙂", "é", "x" * LONGEST])
def test_what_can_be_seen_is_a_name(name: str) -> None:
    assert clean_name(f" {name}\n", "code") == name


def test_a_pseudonym_may_be_none(project: Project) -> None:
    project.participants.set_pseudonym(person(project), "Mara")
    project.participants.set_pseudonym(person(project), "  ")
    assert project.participants.all()[0].pseudonym == ""


def test_texts_have_an_end(project: Project) -> None:
    assert clean_text("a\r\nb\x00 ") == "a\nb"
    assert len(clean_text("x" * LONGEST_TEXT)) == LONGEST_TEXT
    much = "x" * (LONGEST_TEXT + 1)
    with pytest.raises(UserError, match="100,000 characters at most; this one has 100,001"):
        project.codes.define(code(project), "full", much)
    with pytest.raises(UserError, match="100,000 characters at most"):
        project.memos.add(MemoTarget.CODE, code(project), much)
    with pytest.raises(UserError, match="100,000 characters at most"):
        project.participants.set_attribute(person(project), "Age", much)


def test_the_longest_that_can_be_written_can_be_opened(project: Project) -> None:
    assert project.path is not None
    name = "x" * LONGEST
    for naming in NAMING.values():
        naming(project, name)
        name = "x" + name[1:-1] + chr(ord(name[-1]) - 1)
    project.codes.define(code(project), "full", "y" * LONGEST_TEXT)
    project.undo()
    project.redo()
    project.close()
    with Project.open(project.path, coder=project.coders.current.name) as again:
        assert again.name == "x" * LONGEST


def test_every_field_has_words() -> None:
    for name, table in TABLES.items():
        for column in table.columns:
            assert "_" not in field_words(name, column.name), (name, column.name)
    assert field_words("code", "when_not") == "when not to use"
    assert field_words("code", "place") != field_words("coding", "place")
