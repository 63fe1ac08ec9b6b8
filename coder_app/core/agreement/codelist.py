"""The codebook as statistics see it: codes by number, and what stands for each code at each level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coder_app.core.agreement.spans import IntArray, integers
from coder_app.core.model import Level


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    """The nodes of a codebook, all levels, each with a key that nobody else has (its GUID).

    ``ancestors[level][k]`` is the node that stands for node k at that level: its ancestor of the level,
    or itself where it has none. Codings name nodes by their place in ``keys``.
    """

    keys: tuple[str, ...]
    levels: tuple[Level, ...]
    ancestors: Mapping[Level, IntArray]

    @classmethod
    def from_parents(
        cls, keys: Sequence[str], levels: Sequence[Level], parents: Sequence[int | None]
    ) -> CodeList:
        """From each node's level and the place of its parent (None at the top).

        Raises ValueError for keys that come twice, lists of unequal length and circles.
        """
        if len(set(keys)) != len(keys):
            raise ValueError("Two nodes of the codebook have the same key.")
        if not len(keys) == len(levels) == len(parents):
            raise ValueError("Every node of the codebook needs a level and a parent or None.")
        paths = [_path(node, parents) for node in range(len(keys))]
        ancestors = {level: integers([_at(path, level, levels) for path in paths]) for level in Level}
        return cls(tuple(keys), tuple(levels), ancestors)

    def listed(self, level: Level, used: IntArray) -> IntArray:
        """The nodes tabulated at a level, in the codebook's order, whether used or not (SPEC section 1).

        These are the nodes of the level; nodes below it that have no ancestor there; and nodes above
        it where they themselves were put on text (``used``).
        """
        below = [node for node, own in enumerate(self.levels) if own <= level]
        nodes = np.union1d(self.ancestors[level][integers(below)], self.ancestors[level][used])
        return nodes.astype(np.int64)


def _path(node: int, parents: Sequence[int | None]) -> list[int]:
    """The node and its ancestors, going up."""
    path = [node]
    while (parent := parents[path[-1]]) is not None:
        if parent in path:
            raise ValueError("The codebook holds a circle.")
        path.append(parent)
    return path


def _at(path: list[int], level: Level, levels: Sequence[Level]) -> int:
    return next((node for node in path if levels[node] == level), path[0])
