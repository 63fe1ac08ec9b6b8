"""Decisions about places in the codebook."""

from __future__ import annotations

import pytest

from coder_app.core.codetree import Codebook
from coder_app.core.errors import UserError
from coder_app.core.model import DEFAULT_LEVEL_NAMES, Code, Level
from coder_app.ui.codebook import placing
from coder_app.ui.codebook.placing import Place

LEVELS = {level for level in DEFAULT_LEVEL_NAMES if level != Level.CORE_THEME}
TREE = Codebook(
    Code(name, name, level, "#000000", parent, order)
    for name, level, parent, order in (
        ("T", Level.THEME, None, "1"),
        ("C", Level.CATEGORY, "T", "1"),
        ("S", Level.SUBCATEGORY, "C", "1"),
        ("a", Level.CODE, "S", "1"),
        ("b", Level.CODE, "S", "2"),
        ("c", Level.CODE, "S", "3"),
        ("d", Level.CODE, "C", "2"),
        ("U", Level.THEME, None, "2"),
        ("free", Level.CODE, None, "3"),
    )
)


def test_inside_says_why_not() -> None:
    assert placing.inside_problem(TREE, ["free"], "C") == ""
    assert "higher level" in placing.inside_problem(TREE, ["free"], "a")
    assert "inside itself" in placing.inside_problem(TREE, ["T"], "C")
    assert placing.inside_problem(TREE, ["a"], "S") == "It is there already."


def test_join_says_why_not() -> None:
    assert placing.join_problem(TREE, ["a", "free"], "b") == ""
    assert "at least two" in placing.join_problem(TREE, ["a"], "a")
    assert "other way round" in placing.join_problem(TREE, ["C"], "a")
    assert "higher level" in placing.join_problem(TREE, ["C"], "free")


def test_a_group_stands_one_level_up() -> None:
    assert placing.group_level(TREE, ["a", "free"], LEVELS) == Level.SUBCATEGORY
    assert placing.group_level(TREE, ["a", "C"], LEVELS) == Level.THEME
    assert placing.group_level(TREE, ["T"], LEVELS) is None
    assert placing.group_problem(TREE, ["T"], LEVELS) == "This project has no level above theirs."
    assert placing.group_problem(TREE, ["a", "S"], LEVELS) == "One of them lies inside the other."


def test_new_nodes_go_into_the_chosen_one_or_beside_it() -> None:
    assert placing.new_parent(TREE, "a", Level.CODE) == "S"
    assert placing.new_parent(TREE, "a", Level.CATEGORY) == "T"
    assert placing.new_parent(TREE, "a", Level.THEME) is None
    assert placing.new_parent(TREE, None, Level.CODE) is None


def test_steps_up_and_down_carry_all_chosen() -> None:
    siblings = ["a", "b", "c"]
    assert placing.step(TREE, ["b", "c"], -1, siblings) == Place("S", "a")
    assert placing.step(TREE, ["a", "b"], 1, siblings) == Place("S", None)
    assert placing.step(TREE, ["a"], 1, siblings) == Place("S", "c")
    with pytest.raises(UserError, match="first"):
        placing.step(TREE, ["a"], -1, siblings)
    with pytest.raises(UserError, match="together"):
        placing.step(TREE, ["a", "d"], 1, siblings)


def test_in_and_out() -> None:
    assert placing.indented(TREE, ["d"]) == Place("S", None)
    assert placing.indented(TREE, ["free"]) == Place("U", None)
    with pytest.raises(UserError, match="higher level"):
        placing.indented(TREE, ["b"])
    assert placing.outdented(TREE, ["b"]) == Place("C", "d")
    with pytest.raises(UserError, match="top"):
        placing.outdented(TREE, ["T"])
