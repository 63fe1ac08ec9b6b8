"""The units of a round on which its coders agree, and how a stability pass compares with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coder_app.core.agreement.comparison import UnitSets
from coder_app.core.codetree import Codebook
from coder_app.core.confirming import Codes, Confirmation, agreed, codes_by_unit, confirm
from coder_app.core.model import Coding, Level
from coder_app.core.spans import Range
from coder_app.project.comparing import Choice, Compared, Sources, compare_sources

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A unit that somebody coded; ``sets`` are the codes of each of the round's coders at its level."""

    document: str
    place: Range
    sets: tuple[Codes, ...]

    @property
    def agreed(self) -> bool:
        return agreed(self.sets)


@dataclass(frozen=True, slots=True, eq=False)
class Agreed:
    """A round as a stability pass needs it. It never changes."""

    choice: Choice
    coders: tuple[str, ...]
    """Names of the round's coders."""
    units: tuple[Unit, ...]
    """The units that somebody coded, by transcript and place."""
    places: Mapping[str, tuple[Range, ...]]
    """Transcript -> the agreed units, in order; one that is not there has none."""
    tree: Codebook
    """The codebook as the round froze it."""
    labels: Mapping[str, str]
    """Code -> its name in the round."""

    @property
    def count(self) -> int:
        """How many units are agreed."""
        return sum(map(len, self.places.values()))


def agreed_units(sources: Sources, choice: Choice, *, progress: Progress | None = None) -> Agreed:
    """The units of a round (``rounds.sources``, ``rounds.choice``) with what its coders gave them.

    Raises UserError where the round has nothing to compare any more, Cancelled where ``progress`` asks for
    it.
    """
    return agreed_of(compare_sources(sources, choice, progress=progress))


def agreed_of(compared: Compared) -> Agreed:
    """The same of a comparison."""
    gathered = compared.gathered
    order = {document.guid: number for number, document in enumerate(gathered.documents)}
    units = [_unit(compared, unit) for unit in compared.result.coded_units(gathered.choice.level)]
    units.sort(key=lambda unit: (order.get(unit.document, len(order)), unit.place))
    places: dict[str, list[Range]] = {}
    for unit in units:
        if unit.agreed:
            own = places.setdefault(unit.document, [])
            if not own or own[-1][1] <= unit.place[0]:  # stretches of different codes may overlap
                own.append(unit.place)
    return Agreed(
        gathered.choice,
        tuple(coder.name for coder in gathered.coders),
        tuple(units),
        {document: tuple(own) for document, own in places.items()},
        gathered.tree,
        dict(gathered.labels),
    )


def _unit(compared: Compared, unit: UnitSets) -> Unit:
    document, start, end = compared.place(unit)
    return Unit(document, (start, end), tuple(unit.sets))


@dataclass(frozen=True, slots=True)
class Repeated:
    """An agreed unit with the codes of the round and those that the pass gave."""

    document: str
    place: Range
    first: Codes
    again: Codes

    @property
    def confirmed(self) -> bool:
        return self.first == self.again


@dataclass(frozen=True, slots=True)
class PassResult:
    """What a pass came to: the figures, and each agreed unit."""

    confirmation: Confirmation
    units: tuple[Repeated, ...]


def pass_result(known: Agreed, codings: Mapping[str, list[Coding]], tree: Codebook) -> PassResult:
    """Compare the codings of a pass (by transcript) with its round, at the round's level.

    A code counts under its place in the round's codebook; one that was made later, under its place in
    ``tree``, the codebook of today.
    """
    level, least = known.choice.level, known.choice.unit_min_chars
    above: dict[str, str] = {}
    again: dict[str, Mapping[Range, Codes]] = {}
    agreed_places: dict[str, list[Range]] = {}
    for unit in known.units:
        if unit.agreed:
            agreed_places.setdefault(unit.document, []).append(unit.place)
    for document, places in agreed_places.items():
        spans = [
            (_at_level(c.code, level, known.tree, tree, above), (c.start, c.end))
            for c in codings.get(document, [])
            if c.code is not None
        ]
        again[document] = codes_by_unit(places, spans, least)
    given = [again.get(unit.document, {}).get(unit.place) or None for unit in known.units]
    repeated = tuple(
        Repeated(unit.document, unit.place, unit.sets[0], codes or frozenset())
        for unit, codes in zip(known.units, given, strict=True)
        if unit.agreed
    )
    return PassResult(confirm([unit.sets for unit in known.units], given), repeated)


def _at_level(code: str, level: Level, frozen: Codebook, today: Codebook, known: dict[str, str]) -> str:
    if code not in known:
        tree = frozen if code in frozen else today
        known[code] = (tree.at_level(code, level) or code) if code in tree else code
    return known[code]
