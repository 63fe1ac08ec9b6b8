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
    """All coders gave it."""
    ONLY_A = "only a"
    ONLY_B = "only b"
    NEITHER = "neither"
    GIVEN_BY = "given by"
    """Just so many coders gave it (``Question.number``)."""
    CONFUSED = "confused"
    """One coder gave ``code`` where another gave ``other`` (``Question.pair``)."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which passages are asked for: of a row of the table, or of one code at its level."""

    row: str
    """Key of the row: ``marked``, or a level's key."""
    level: Level
    which: Which
    code: str = ""
    """GUID of the node, or empty for the row as a whole (of confusion: for nothing)."""
    number: int = 0
    other: str = ""
    pair: tuple[int, int] = (0, 1)
    """The coders that are crossed, by their places."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A unit (of characters, words: a stretch with the same codes throughout) and each coder's nodes."""

    document: str
    start: int
    end: int
    given: tuple[tuple[str, ...], ...]
    alike: bool
    """All did the same, in the sense of the question."""


@dataclass(frozen=True, slots=True)
class Passages:
    """The answer to a question. ``count`` is the number behind it: units, characters or words."""

    question: Question
    count: int
    found: tuple[Passage, ...]


def find_passages(look: Look, question: Question, *, progress: Progress) -> Passages:
    """The passages in order of transcripts and text.

    Raises Cancelled where ``progress`` asks for it, KeyError for a code that is not listed at the level.
    """
    found: list[Passage] = []
    count = 0
    for places, view in _views(look, question):
        more, passages = _find_in(look, question, view, places, progress)
        count += more
        found += passages
    if len(look.wanted.coders) > len(_first(look, question)):
        order = {document.guid: at for at, document in enumerate(look.compared.gathered.documents)}
        found.sort(key=lambda one: (order[one.document], one.start, one.end))
    return Passages(question, count, tuple(found))


Places = tuple[int, ...]
"""Coders by their places."""


def _views(look: Look, question: Question) -> list[tuple[Places, View]]:
    """Where the units are: of all coders together, or, for matched passages of three or more, of each two."""
    result = look.compared.result
    everybody = tuple(range(len(result.coders)))
    if question.row == MARKED and result.marked_view is not None:
        return [(everybody, result.marked_view)]
    if question.level in result.views:
        return [(everybody, result.views[question.level])]
    at = {coder: place for place, coder in enumerate(result.coders)}
    return [((at[one], at[other]), pair.views[question.level]) for (one, other), pair in result.pairs.items()]


def _first(look: Look, question: Question) -> Places:
    views = _views(look, question)
    return views[0][0] if views else ()


def _find_in(
    look: Look, question: Question, view: View, places: Places, progress: Progress
) -> tuple[int, list[Passage]]:
    """The number of units (characters, words) meant in one view, and where they are."""
    import numpy as np

    mask, alike = _masks(view, question)
    chosen = np.nonzero(mask & (view.incidence.weights > 0))[0]
    documents = view.document[chosen].tolist()
    starts, ends = view.start[chosen].tolist(), view.end[chosen].tolist()
    here = _given_here(look, question.level)
    there = _given_there(view, chosen)
    same = alike[chosen].tolist()
    found: list[Passage] = []
    for at, (number, start, end) in enumerate(zip(documents, starts, ends, strict=True)):
        if at % 2000 == 0:
            progress(at, len(documents))
        place = (view.document_keys[number], start, end)
        given = here(*place) if question.row == MARKED else _filled(there(at), places, here, place, look)
        new = Passage(*place, given, same[at])
        if view.characters and found and _continues(found[-1], new):
            new = Passage(new.document, found.pop().start, new.end, new.given, new.alike)
        found.append(new)
    return int(view.incidence.weights[chosen].sum()), found


Given = tuple[tuple[str, ...], ...]
"""What each coder gave."""


def _filled(
    given: Given,
    places: Places,
    here: Callable[[str, int, int], Given],
    place: tuple[str, int, int],
    look: Look,
) -> Given:
    """Beside what the coders of a view gave, what the others have on the same words."""
    if len(places) == len(look.wanted.coders):
        return given
    found = list(here(*place))
    for number, own in zip(places, given, strict=True):
        found[number] = own
    return tuple(found)


def _continues(one: Passage, other: Passage) -> bool:
    return one.document == other.document and one.end == other.start and one.given == other.given


Masks = tuple["NDArray[np.bool_]", "NDArray[np.bool_]"]


def _masks(view: View, question: Question) -> Masks:
    """Which units are meant, and on which the coders did the same."""
    if question.which is Which.CONFUSED:
        return _confused(view, question)
    if question.code or question.row == MARKED:
        key = view.keys[0] if question.row == MARKED else question.code
        return _masks_of_code(view, question, key)
    return _masks_of_sets(view, question)


def _has(view: View, key: str) -> NDArray[np.bool_]:
    """``[coder, unit]``: who gave the node to which unit."""
    import numpy as np

    if key not in view.keys:
        raise KeyError(key)
    place, incidence = view.keys.index(key), view.incidence
    has = np.zeros((incidence.n_coders, incidence.n_units), dtype=np.bool_)
    for coder in range(incidence.n_coders):
        has[coder, incidence.units[coder][incidence.codes[coder] == place]] = True
    return has


def _masks_of_code(view: View, question: Question, key: str) -> Masks:
    import numpy as np

    has = _has(view, key)
    everybody = np.asarray(has.all(axis=0))
    anybody = np.asarray(has.any(axis=0))
    alike = everybody | ~anybody
    masks = {
        Which.BOTH: everybody,
        Which.ALIKE: everybody,
        Which.NEITHER: ~anybody,
        Which.ALL: anybody | ~anybody,
        Which.ALL_ALIKE: alike,
        Which.GIVEN_BY: has.sum(axis=0) == question.number,
    }
    if len(has) == 2:
        masks[Which.ONLY_A], masks[Which.ONLY_B] = has[0] & ~has[1], has[1] & ~has[0]
    return masks.get(question.which, anybody), alike


def _masks_of_sets(view: View, question: Question) -> Masks:
    """All coders' sets of codes on each unit."""
    import numpy as np

    incidence = view.incidence
    sizes = [incidence.sizes(coder) for coder in range(incidence.n_coders)]
    stride = max(incidence.n_codes, 1)
    keys, times = np.unique(
        np.concatenate([incidence.keys(coder) for coder in range(incidence.n_coders)]), return_counts=True
    )
    in_all = np.bincount(keys[times == incidence.n_coders] // stride, minlength=incidence.n_units)
    coded = np.sum(sizes, axis=0) > 0
    alike = np.all([in_all == size for size in sizes], axis=0)
    masks = {
        Which.ALIKE: alike & coded,
        Which.COMMON: in_all > 0,
        Which.ALL: np.ones_like(coded),
        Which.ALL_ALIKE: alike,
    }
    return masks.get(question.which, coded), alike


def _confused(view: View, question: Question) -> Masks:
    """As ``core.agreement.confusion`` counts: a code of both on the diagonal, else what only each gave."""
    import numpy as np

    first, second = question.pair
    nobody = np.zeros(view.incidence.n_units, dtype=np.bool_)
    one = _has(view, question.code) if question.code else None
    other = _has(view, question.other) if question.other else None
    if one is not None and question.code == question.other:
        return one[first] & one[second], ~nobody
    shared = view.incidence.common(first, second)
    left = [view.incidence.sizes(coder) - shared for coder in (first, second)]
    mine = one[first] & ~one[second] if one is not None else left[0] == 0
    theirs = other[second] & ~other[first] if other is not None else left[1] == 0
    return mine & theirs, nobody


def _given_there(view: View, chosen: NDArray[np.int64]) -> Callable[[int], Given]:
    """The nodes that each coder gave to the n-th of the chosen units."""
    import numpy as np

    incidence, keys = view.incidence, view.keys
    tables = []
    for coder in range(incidence.n_coders):
        units = incidence.units[coder]
        first = np.searchsorted(units, chosen, side="left").tolist()
        last = np.searchsorted(units, chosen, side="right").tolist()
        tables.append((incidence.codes[coder].tolist(), first, last))
    return lambda at: tuple(
        tuple(keys[code] for code in codes[first[at] : last[at]]) for codes, first, last in tables
    )


def _given_here(look: Look, level: Level) -> Callable[[str, int, int], Given]:
    """The nodes of a level that each coder has on any of the words."""
    gathered = look.compared.gathered
    places = {coder.guid: number for number, coder in enumerate(gathered.coders)}
    order = {key: number for number, key in enumerate(gathered.codes.keys)}
    above = gathered.codes.ancestors[level].tolist()

    def given(document: str, start: int, end: int) -> Given:
        found: list[set[int]] = [set() for _ in places]
        for coding in gathered.marked[document]:
            if coding.start < end and coding.end > start and coding.code in order:
                found[places[coding.coder]].add(above[order[coding.code]])
        return tuple(tuple(gathered.codes.keys[node] for node in sorted(nodes)) for nodes in found)

    return given
