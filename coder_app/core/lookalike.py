"""Codes of two codebooks that may mean the same: alike by name, or because they cover the same text.

Two coders who worked with codebooks of their own compare them: which code of hers is which of mine? A pair
is proposed where the names look alike (``names_alike``) or the codings cover the same text. Coverage is
measured in characters: |A and B| over |A or B| (Jaccard 1912), and over the smaller of the two
(Szymkiewicz-Simpson), which is high where one code lies within the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from coder_app.core.codetree import Codebook
from coder_app.core.names_alike import Likeness, likeness

SAME_TEXT = 0.3
"""Least share of the text of either that both cover, for a pair to be proposed by it alone."""
WITHIN = 0.6
"""Least share of the smaller that lies within the other, in at least ``PLACES`` places."""
PLACES = 2


@dataclass(frozen=True, slots=True)
class Overlap:
    """Characters that both codes cover, the one, and the other; places where their stretches meet."""

    both: int = 0
    one: int = 0
    other: int = 0
    places: int = 0

    @property
    def jaccard(self) -> float | None:
        """Share of the text covered by either that both cover; None where neither covers any."""
        either = self.one + self.other - self.both
        return self.both / either if either else None

    @property
    def of_smaller(self) -> float | None:
        """Share of the smaller one's text that the other covers too; None where one covers none."""
        smaller = min(self.one, self.other)
        return self.both / smaller if smaller else None

    @property
    def alike(self) -> bool:
        return (self.jaccard or 0.0) >= SAME_TEXT

    @property
    def within(self) -> bool:
        """Whether the smaller lies mostly within the other, more than once."""
        return (self.of_smaller or 0.0) >= WITHIN and self.places >= PLACES

    @property
    def score(self) -> float:
        """From 0 to 1: the Jaccard share, or seven tenths of the share of the smaller where that is more."""
        return max(self.jaccard or 0.0, 0.7 * (self.of_smaller or 0.0) if self.within else 0.0)


class Reason(Enum):
    """What speaks for a pair."""

    NAME = "name"
    SAME_TEXT = "same text"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Pair:
    """A code of A's codebook and one of B's (GUIDs), and how they are alike."""

    one: str
    other: str
    name: Likeness
    overlap: Overlap

    @property
    def score(self) -> float:
        """From 0 to 1, for the combined order: two independent hints count as more than one."""
        return 1 - (1 - 0.9 * self.name.score) * (1 - self.overlap.score)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What speaks for the pair, by itself enough to propose it."""
        found = [Reason.NAME] if self.name.alike else []
        if self.overlap.alike:
            found.append(Reason.SAME_TEXT)
        elif self.overlap.within:
            found.append(Reason.WITHIN)
        return tuple(found)

    @property
    def key(self) -> frozenset[str]:
        """The pair, whichever is named first."""
        return frozenset((self.one, self.other))


def proposed(
    tree: Codebook, ones: Sequence[str], others: Sequence[str], overlap: Callable[[int, int], Overlap]
) -> list[Pair]:
    """Pairs of two codebooks that may mean the same, the likeliest first.

    ``ones`` and ``others`` are GUIDs of nodes of ``tree``, ``overlap(i, j)`` of the ``i``-th and the
    ``j``-th. A node that both use makes no pair with itself, nor with what lies above or below it; two
    nodes make one pair. A code and somebody's theme cover the same text often, so that alone says nothing.
    """
    above = {guid: set(tree.ancestors(guid)) for guid in {*ones, *others}}
    found: dict[frozenset[str], Pair] = {}
    for i, one in enumerate(ones):
        for j, other in enumerate(others):
            if one == other or one in above[other] or other in above[one]:
                continue
            name, met = likeness(tree[one].name, tree[other].name), overlap(i, j)
            same_level = tree[one].level == tree[other].level
            if name.alike or (same_level and (met.alike or met.within)):
                pair = Pair(one, other, name, met)
                known = found.get(pair.key)
                if known is None or known.score < pair.score:
                    found[pair.key] = pair
    return in_order(found.values(), tree)


def in_order(pairs: Iterable[Pair], tree: Codebook) -> list[Pair]:
    """The likeliest first; equals by name and GUID."""

    def rank(pair: Pair) -> tuple[float, str, str, str, str]:
        names = tree[pair.one].name.casefold(), tree[pair.other].name.casefold()
        return -round(pair.score, 9), *names, pair.one, pair.other

    return sorted(pairs, key=rank)
