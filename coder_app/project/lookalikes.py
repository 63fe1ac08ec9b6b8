"""Two coders' codebooks compared: which codes may mean the same, and what becomes of them."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from coder_app.core.codetree import Codebook
from coder_app.core.errors import UserError
from coder_app.core.lookalike import Overlap, Pair, proposed
from coder_app.core.model import CONSENSUS, Coder, Coding, Level, Status
from coder_app.core.names_alike import likeness
from coder_app.project import schema
from coder_app.project.among import among
from coder_app.project.codes import DEFINITION_FIELDS
from coder_app.project.names import plural
from coder_app.project.schema import change, kept_apart, step
from coder_app.project.writing import put, set_gone

if TYPE_CHECKING:
    from coder_app.core.agreement.overlap import Overlaps
    from coder_app.project.project import Project

_PAIRS = uuid.UUID("6f0d9b36-3d0a-5b0e-9a53-5a2f2c7f9a61")
"""Namespace of the GUIDs of pairs, so that two laptops give a pair the same one."""


@dataclass(frozen=True, slots=True)
class Side:
    """One coder's codebook: what she used or made, with everything above it."""

    coder: Coder
    nodes: tuple[str, ...]
    """GUIDs in the order of the codebook."""
    quotes: dict[str, int]
    """Node -> her codings of it and of everything below it, in the transcripts that both worked on;
    nodes without are left out."""
    made: frozenset[str]
    """Those that she made herself, as far as the history tells."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Two codebooks, the pairs proposed (kept apart or not, the likeliest first) and the overlap of all."""

    tree: Codebook
    sides: tuple[Side, Side]
    documents: tuple[str, ...]
    """Transcripts (GUIDs) that both worked on: only what is coded there counts as covered."""
    pairs: tuple[Pair, ...]
    apart: frozenset[frozenset[str]]
    overlaps: Overlaps

    def overlap(self, one: str, other: str) -> Overlap:
        """Of a node of the first codebook and one of the second (GUIDs)."""
        return self.overlaps.of(self.sides[0].nodes.index(one), self.sides[1].nodes.index(other))

    def pair(self, one: str, other: str) -> Pair:
        """Any two nodes as a pair, proposed or not."""
        names = likeness(self.tree[one].name, self.tree[other].name)
        return Pair(one, other, names, self.overlap(one, other))


class Lookalikes:
    """``project.lookalikes``."""

    def __init__(self, project: Project) -> None:
        self._project = project

    # Reading

    def proposals(self, one: str, other: str, progress: Callable[[int, int], None] | None = None) -> Compared:
        """Compare the codebooks of two coders (GUIDs), by names and by what they coded where both worked.

        Loads NumPy; 20,000 codings and 150 codes each take about half a second, so the window asks a
        snapshot. Raises UserError where it is one coder twice, or a coder is not there.
        """
        from coder_app.core.agreement.overlap import overlaps

        coders = [self._project.coders.need(guid) for guid in (one, other)]
        if one == other:
            raise UserError("Choose two different coders: a codebook is compared with another one.")
        report = progress or (lambda done, total: None)
        tree, documents = self._project.codes.tree(), self.documents_of_both(one, other)
        authors = self._authors(tree)
        report(1, 4)
        codings = [self._project.codings.all([coder.guid]) for coder in coders]
        first, second = (
            _side(tree, coder, own, set(documents), authors)
            for coder, own in zip(coders, codings, strict=True)
        )
        report(2, 4)
        there = [[coding for coding in own if coding.document in documents] for own in codings]
        found = overlaps(
            there[0],
            there[1],
            _covering(tree, first.nodes),
            _covering(tree, second.nodes),
            (len(first.nodes), len(second.nodes)),
        )
        report(3, 4)
        pairs = proposed(tree, first.nodes, second.nodes, found.of)
        report(4, 4)
        return Compared(tree, (first, second), documents, tuple(pairs), self.apart(), found)

    def documents_of_both(self, one: str, other: str) -> tuple[str, ...]:
        """Transcripts that both coders (GUIDs) finished, or coded at least in part."""
        coded = self._project.queries.codings_by_document()
        statuses = self._project.documents.statuses()

        def seen(document: str, coder: str) -> bool:
            key = document, coder
            return coded.get(key, 0) > 0 or statuses.get(key) is Status.FINISHED

        return tuple(
            document.guid
            for document in self._project.documents.all()
            if seen(document.guid, one) and seen(document.guid, other)
        )

    def _authors(self, tree: Codebook) -> dict[str, str]:
        """Node -> GUID of the coder who made it, as far as the history tells."""
        rows = self._project.connection.execute(
            select(change.c.row, step.c.coder)
            .join(step, step.c.id == change.c.step)
            .where(
                among(change.c.row, tree.nodes), change.c.tbl == schema.code.name, change.c.before.is_(None)
            )
            .order_by(step.c.wall.desc(), step.c.counter.desc(), step.c.guid.desc())
        )
        return {row.row: row.coder for row in rows}

    def apart(self) -> frozenset[frozenset[str]]:
        """Pairs of codes (GUIDs) that are kept apart."""
        rows = self._project.connection.execute(
            select(kept_apart.c.one, kept_apart.c.other).where(kept_apart.c.gone == 0)
        )
        return frozenset(frozenset((row.one, row.other)) for row in rows)

    # What joining and putting under will do

    def joining(self, gone: str, into: str) -> str:
        """What joining ``gone`` into ``into`` does, in sentences to show before it is done.

        Raises UserError where one of them is no longer there.
        """
        self._need([gone, into])
        tree = self._project.codes.tree()
        lost, stays = (f"“{tree[guid].name}”" for guid in (gone, into))
        codings = self._codings_of(gone)
        parts = [f"{lost} will be gone from the codebook; {stays} stays."]
        if codings:
            parts.append(f"{self._whose(codings)} will become {stays}.")
        there = {(c.document, c.coder, c.start, c.end) for c in self._codings_of(into)}
        doubled = sum((c.document, c.coder, c.start, c.end) in there for c in codings)
        if doubled:
            times = "once" if doubled == 1 else f"{doubled:,} times"
            parts.append(f"Where a coder gave both to exactly the same words ({times}), one coding stays.")
        children = [child for child in tree.children(gone) if child != into]
        if children:
            parts.append(f"{plural(len(children), 'node')} below {lost} will stand below {stays}.")
        parts += _definitions(tree, gone, into, lost, stays)
        if self._project.rounds.all():
            parts.append("Rounds that were made before keep both.")
        return " ".join(parts)

    def _codings_of(self, code: str) -> list[Coding]:
        """Everybody's, and those of the consensus."""
        codings = self._project.codings
        return [*codings.of_codes([code]), *codings.of_codes([code], [CONSENSUS])]

    def _whose(self, codings: Iterable[Coding]) -> str:
        """“3 codings of Ann and 2 codings of Ben”."""
        counts = Counter(coding.coder for coding in codings)
        names = [(coder.name, counts[coder.guid]) for coder in self._project.coders.all()]
        names.append(("the consensus", counts[CONSENSUS]))
        told = [f"{plural(count, 'coding')} of {name}" for name, count in names if count]
        return ", ".join(told[:-1]) + (" and " if len(told) > 1 else "") + told[-1]

    def lifted(self, child: str, parent: str) -> Level | None:
        """The level that ``parent`` must get to hold ``child``; None where it can hold it as it is.

        Raises UserError where no level of the project can.
        """
        tree = self._project.codes.tree()
        if child in (parent, *tree.ancestors(parent)):
            raise UserError(f"“{tree[child].name}” cannot be put inside itself or something below it.")
        if tree[parent].level > tree[child].level:
            return None
        for level in self._project.level_names():
            if level > tree[child].level:
                return level
        raise UserError(f"There is no level above “{tree[child].name}” that could hold it.")

    def putting(self, child: str, parent: str) -> str:
        """What putting ``child`` under ``parent`` does, in sentences to show before it is done.

        Raises UserError where it cannot be done.
        """
        self._need([child, parent])
        tree = self._project.codes.tree()
        level = self.lifted(child, parent)
        name, above = tree[child].name, tree[parent].name
        parts = [f"“{name}” will stand below “{above}”; every coding keeps its code."]
        if level is not None:
            tree.check_level(parent, level)
            kind = self._project.level_names()[level].lower()
            parts.insert(0, f"“{above}” will become a {kind}.")
        else:
            tree.check_move(child, parent)
        held = len(tree.descendants(child))
        if held:
            parts.append(f"{plural(held, 'node')} below it will come along.")
        return " ".join(parts)

    # Actions

    def join(self, one: str, other: str, *, into: str, name: str | None = None) -> None:
        """Make two codes one: ``into`` (one of the two) stays, with its colour, place and definition.

        ``name`` is a new name for it. Raises UserError as ``codes.join`` and ``codes.rename``.
        """
        if into not in (one, other):
            raise ValueError("what stays is one of the two")
        codes, gone = self._project.codes, other if into == one else one
        self._need([one, other])
        tree = codes.tree()
        with self._project.codes.changing(f"Join {tree[gone].name} into {tree[into].name}"):
            codes.join([gone], into)
            codes.forget()
            if name is not None and name != tree[into].name:
                codes.rename(into, name)

    def put_under(self, child: str, parent: str) -> None:
        """Put one code under the other, which gets the next higher level where it must.

        Raises UserError where a level or a circle forbids it.
        """
        self._need([child, parent])
        codes, tree = self._project.codes, self._project.codes.tree()
        level = self.lifted(child, parent)
        with self._project.codes.changing(f"Put {tree[child].name} under {tree[parent].name}"):
            if level is not None:
                codes.set_level([parent], level)
                codes.forget()
            codes.move([child], parent)

    def keep_apart(self, pairs: Collection[tuple[str, str]]) -> None:
        """Remember that these pairs of codes are different; they are no longer proposed."""
        self._need(guid for pair in pairs for guid in pair)
        with self._project.step(f"Keep apart: {self._what(pairs)}"):
            for pair in pairs:
                one, other = sorted(pair)
                put(self._project.connection, kept_apart, pair_guid(one, other), one=one, other=other)

    def propose_again(self, pairs: Collection[tuple[str, str]]) -> None:
        """Forget that these pairs are kept apart."""
        with self._project.step(f"Propose again: {self._what(pairs)}"):
            set_gone(self._project.connection, kept_apart, [pair_guid(*pair) for pair in pairs])

    def _what(self, pairs: Collection[tuple[str, str]]) -> str:
        if len(pairs) != 1:
            return plural(len(pairs), "pair")
        nodes = self._project.codes.tree().nodes
        return " and ".join(
            nodes[guid].name if guid in nodes else "a deleted code" for guid in next(iter(pairs))
        )

    def _need(self, guids: Iterable[str]) -> None:
        tree = self._project.codes.tree()
        if any(guid not in tree for guid in guids):
            raise UserError("This code is no longer in the codebook.")


def pair_guid(one: str, other: str) -> str:
    """The GUID of the row that keeps two codes apart, whichever is named first."""
    low, high = sorted((one, other))
    return str(uuid.uuid5(_PAIRS, f"{low}/{high}"))


def _side(
    tree: Codebook,
    coder: Coder,
    codings: Sequence[Coding],
    documents: Collection[str],
    authors: dict[str, str],
) -> Side:
    used = {coding.code for coding in codings if coding.code is not None and coding.code in tree}
    counted = Counter(coding.code for coding in codings if coding.document in documents)
    quotes: Counter[str] = Counter()
    for code in used:
        for guid in (code, *tree.ancestors(code)):
            quotes[guid] += counted[code]
    made = frozenset(guid for guid, author in authors.items() if author == coder.guid)
    nodes = tuple(guid for guid, _ in tree.walk() if guid in quotes or guid in made)
    return Side(coder, nodes, +quotes, made & set(nodes))


def _covering(tree: Codebook, nodes: Sequence[str]) -> dict[str, list[int]]:
    """Node -> places in ``nodes`` of itself and of what is above it: they cover what its codings cover."""
    places = {guid: at for at, guid in enumerate(nodes)}
    return {
        guid: [places[above] for above in (guid, *tree.ancestors(guid)) if above in places] for guid in nodes
    }


def _definitions(tree: Codebook, gone: str, into: str, lost: str, stays: str) -> list[str]:
    """What becomes of the definition of the code that goes."""
    one, other = tree[gone].definition, tree[into].definition
    fields = [field for field in DEFINITION_FIELDS if getattr(one, field)]
    given_up = sum(
        bool(getattr(other, field)) and getattr(other, field) != getattr(one, field) for field in fields
    )
    filled = sum(not getattr(other, field) for field in fields)
    found = []
    if filled:
        found.append(f"Its definition fills what {stays} leaves empty.")
    if given_up:
        found.append(f"Where both are defined, the words of {stays} stay and those of {lost} go.")
    return found
