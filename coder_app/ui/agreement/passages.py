"""The passages behind a number: which units it counts, and what each coder gave to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from coder_app.core.model import Level
from coder_app.ui.agreement.looking import MARKED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from coder_app.core.agreement.comparison import View
    from coder_app.ui.agreement.looking import Look
    from coder_app.ui.work import Progress


class Which(Enum):
    """Which units a number counts."""

    CODED = "coded"
    """Those that either coded."""
    ALIKE = "alike"
    """Those of them that both coded alike."""
    COMMON = "common"
    """Those of them with a code in common."""
    ALL = "all"
    ALL_ALIKE = "all alike"
    """Alike, also where nobody coded."""
    EITHER = "either"
    """Of one code: those that at least one gave it to."""
    BOTH = "both"
    ONLY_A = "only a"
    ONLY_B = "only b"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Question:
    """Which passages are asked for: of a row of the table, or of one code at its level."""

    row: str
    """Key of the row: ``marked``, or a level's key."""
    level: Level
    which: Which
    code: str = ""
    """GUID of the node, or empty for the row as a whole."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit (of characters: a stretch with the same codes throughout) and each coder's nodes in order."""

    document: str
    start: int
    end: int
    given: tuple[tuple[str, ...], tuple[str, ...]]
    alike: bool
    """Both did the same, in the sense of the question."""


@dataclass(frozen=True, slots=True)
class Passages:
    """The answer to a question. ``count`` is the number behind it: units, or characters."""

    question: Question
    count: int
    found: tuple[Passage, ...]


def find_passages(look: Look, question: Question, *, progress: Progress) -> Passages:
    """The passages in order of transcripts and text.

    Raises Cancelled where ``progress`` asks for it, KeyError for a code that is not listed at the level.
    """
    import numpy as np

    view = look.compared.result.views[question.level]
    mask, alike = _masks(view, question)
    chosen = np.nonzero(mask & (view.incidence.weights > 0))[0]
    given = [_given(view, coder, chosen) for coder in (0, 1)]
    documents = view.document[chosen].tolist()
    starts, ends = view.start[chosen].tolist(), view.end[chosen].tolist()
    same = alike[chosen].tolist()
    origins = look.compared.gathered.origins
    found: list[Passage] = []
    for at, (number, start, end) in enumerate(zip(documents, starts, ends, strict=True)):
        if at % 2000 == 0:
            progress(at, len(documents))
        document, shift = origins.get(view.document_keys[number], (view.document_keys[number], 0))
        new = Passage(document, start + shift, end + shift, (given[0](at), given[1](at)), same[at])
        if view.characters and found and _continues(found[-1], new):
            new = Passage(document, found.pop().start, new.end, new.given, new.alike)
        found.append(new)
    return Passages(question, int(view.incidence.weights[chosen].sum()), tuple(found))


def _continues(one: Passage, other: Passage) -> bool:
    return one.document == other.document and one.end == other.start and one.given == other.given


def _masks(view: View, question: Question) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which units are meant, and on which the coders did the same."""
    import numpy as np

    from coder_app.core.agreement import sets

    if question.code:
        has = [np.zeros(view.incidence.n_units, dtype=np.bool_) for _ in (0, 1)]
        place = view.keys.index(question.code) if question.code in view.keys else None
        if place is None:
            raise KeyError(question.code)
        for coder in (0, 1):
            has[coder][view.incidence.units[coder][view.incidence.codes[coder] == place]] = True
        a, b = has
        masks = {
            Which.BOTH: a & b,
            Which.ONLY_A: a & ~b,
            Which.ONLY_B: b & ~a,
            Which.NEITHER: ~a & ~b,
            Which.ALL: a | ~a,
        }
        return masks.get(question.which, a | b), a == b
    pair = sets.pair_units(view.incidence)
    alike = pair.alike_marked if question.row == MARKED else pair.equal
    masks = {
        Which.ALIKE: alike & pair.coded,
        Which.COMMON: pair.common > 0,
        Which.ALL: np.ones_like(pair.coded),
        Which.ALL_ALIKE: alike,
    }
    return masks.get(question.which, pair.coded), alike


def _given(view: View, coder: int, chosen: NDArray[np.int64]) -> Callable[[int], tuple[str, ...]]:
    """For the n-th of the chosen units the nodes that a coder gave to it."""
    import numpy as np

    units, codes = view.incidence.units[coder], view.incidence.codes[coder].tolist()
    first = np.searchsorted(units, chosen, side="left").tolist()
    last = np.searchsorted(units, chosen, side="right").tolist()
    keys = view.keys
    return lambda at: tuple(keys[code] for code in codes[first[at] : last[at]])
