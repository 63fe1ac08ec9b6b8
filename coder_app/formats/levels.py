"""The levels of a project's codebook as columns of a table."""

from __future__ import annotations

from dataclasses import dataclass

from coder_app.core.codetree import Codebook
from coder_app.core.model import DEFAULT_LEVEL_NAMES, Level
from coder_app.project.project import Project


@dataclass(frozen=True, slots=True)
class LevelColumns:
    """The levels in use, highest first, with the project's names for them."""

    levels: tuple[Level, ...]
    names: tuple[str, ...]

    def path(self, tree: Codebook, guid: str) -> list[str]:
        """Names of a node and what is above it, a text for each level; empty where it has none there."""
        by_level = {node.level: node.name for node in tree.path(guid)}
        return [by_level.get(level, "") for level in self.levels]


def level_columns(project: Project) -> LevelColumns:
    """The columns for a project: the levels it uses, and any other that a node stands on."""
    names = project.level_names()
    standing = {node.level for node in project.codes.tree().nodes.values()}
    levels = tuple(sorted(names.keys() | standing, reverse=True))
    return LevelColumns(levels, tuple(names.get(level, DEFAULT_LEVEL_NAMES[level]) for level in levels))


def all_level_names(project: Project) -> dict[Level, str]:
    """The project's name for every level, also for those it does not use."""
    return {**DEFAULT_LEVEL_NAMES, **project.level_names()}
