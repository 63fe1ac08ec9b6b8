"""The codebook: codes, subcategories, categories, themes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import TYPE_CHECKING

from sqlalchemy import select

from coder_app.core.changes import Changes
from coder_app.core.codetree import Codebook, keys_in_order
from coder_app.core.errors import UserError
from coder_app.core.model import CONSENSUS, Code, Coder, Coding, Definition, Level, MemoTarget
from coder_app.core.palette import next_color
from coder_app.project import consequences, schema
from coder_app.project.names import clean_name, clean_text, plural
from coder_app.project.reach import Reach
from coder_app.project.schema import node_place, node_place_text
from coder_app.project.shown import shown_codes
from coder_app.project.writing import set_field, set_gone

if TYPE_CHECKING:
    from coder_app.project.project import Project

DEFINITION_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Definition))


class Codes:
    """``project.codes``."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._tree: Codebook | None = None
        self._gone: set[str] = set()  # deleted, but shown because they are in use
        self._deleted: set[str] | None = None

    # Frozen while agreement is measured

    def frozen_by(self) -> Coder | None:
        """Who froze the codebook; None while it can be changed."""
        guid = self._project.connection.scalar(select(schema.study.c.codebook_frozen))
        if not guid:
            return None
        return Coder(guid, self._project.coders.name_of(guid))

    def set_frozen(self, frozen: bool) -> None:
        """Freeze the codebook, so that coding goes on but codes stay as they are, or open it again.

        Any coder may open it again. What comes in with a colleague's copy comes in all the same.
        """
        who = self._project.coders.current.guid if frozen else ""
        with self._project.step("Freeze the codebook" if frozen else "Open the codebook again"):
            self._project.connection.execute(schema.study.update().values(codebook_frozen=who))

    @contextmanager
    def changing(self, name: str) -> Iterator[None]:
        """A step that changes codes. Raises UserError while the codebook is frozen."""
        self.check_open()
        with self._project.step(name):
            yield

    def check_open(self) -> None:
        """Raise UserError while the codebook is frozen."""
        who = self.frozen_by()
        if who is not None:
            raise UserError(
                f"{who.name} froze the codebook while agreement is measured: codes stay as they are until it"
                " is opened again (Codebook > Freeze the codebook)."
            )

    # Reading

    def tree(self) -> Codebook:
        """The codebook as it stands; the same object until something changes."""
        if self._tree is None:
            table, shown = schema.code, shown_codes()
            rows = self._project.connection.execute(
                select(table).where(table.c.guid.in_(select(shown.c.guid)))
            ).mappings()
            nodes = []
            self._gone = set()
            for row in rows:
                parent, order = node_place(row["place"])
                definition = Definition(*(row[field] for field in DEFINITION_FIELDS))
                nodes.append(
                    Code(
                        row["guid"], row["name"], Level(row["level"]), row["color"], parent, order, definition
                    )
                )
                if row["gone"]:
                    self._gone.add(row["guid"])
            self._tree = Codebook(nodes)
        return self._tree

    def is_gone(self, guid: str) -> bool:
        """Whether a node shows only because it is in use: somebody deleted it."""
        self.tree()
        return guid in self._gone

    def consequences(self, guids: Collection[str], *, below: bool) -> str:
        """What deleting these nodes does, in sentences to show before it is done."""
        return consequences.of_deleting_codes(self._project, guids, below=below)

    # Making and describing

    def add(
        self, name: str, level: Level = Level.CODE, parent: str | None = None, color: str | None = None
    ) -> str:
        """A new node at the end of its siblings; returns the GUID.

        Raises UserError for an empty name, a name its siblings have already, a level the project
        does not use, or a parent that cannot hold it.
        """
        name = clean_name(name, "code")
        tree = self.tree()
        self._check_level_used(level)
        if parent is not None:
            self._need([parent])
            if tree[parent].level <= level:
                raise UserError(f"“{tree[parent].name}” cannot hold a node of that level.")
        self._check_free(name, parent, None)
        if color is not None:
            color = self._checked_color(color)
        guid = str(uuid.uuid4())
        row = {
            "guid": guid,
            "name": name,
            "level": int(level),
            "color": color or next_color([node.color for node in tree.nodes.values()]),
            "place": node_place_text(parent, tree.last_key(parent)),
        }
        with self.changing(f"New {self._level_name(level).lower()}: {name}"):
            self._project.connection.execute(schema.code.insert(), row)
            self.forget()  # a larger step goes on with the new node
        return guid

    def rename(self, guid: str, name: str) -> None:
        """Raises UserError for an empty name and for one that a sibling has."""
        self._need([guid])
        name = clean_name(name, "code")
        self._check_free(name, self.tree().parent(guid), guid)
        with self.changing(f"Rename: {self.tree()[guid].name} to {name}"):
            set_field(self._project.connection, schema.code, "name", [(guid, name)])

    def recolour(self, guids: Sequence[str], color: str) -> None:
        """Raises UserError unless the colour is written ``#rrggbb``."""
        self._need(guids)
        color = self._checked_color(color)
        with self.changing(f"Recolour {self._what(guids)}"):
            set_field(self._project.connection, schema.code, "color", ((guid, color) for guid in guids))

    def define(self, guid: str, field: str, text: str) -> None:
        """Write one field of a definition (a field of core.model.Definition)."""
        self._need([guid])
        if field not in DEFINITION_FIELDS:
            raise ValueError(f"no field of a definition: {field}")
        with self.changing(f"Define: {self.tree()[guid].name}"):
            set_field(self._project.connection, schema.code, field, [(guid, clean_text(text))])

    # The tree

    def move(self, guids: Collection[str], parent: str | None, before: str | None = None) -> None:
        """Put nodes, with everything below them, under ``parent`` before one of its children or last.

        Of nodes that lie below each other only the upper moves. Raises UserError where a level or a
        circle forbids it; then nothing moved.
        """
        tree = self.tree()
        self._need([*guids, *([parent] if parent else [])])
        tops = tree.tops(guids)
        for guid in tops:
            tree.check_move(guid, parent)
        with self.changing(f"Move {self._what(tops)}"):
            self._place(tops, parent, before)

    def _place(self, guids: Sequence[str], parent: str | None, before: str | None) -> None:
        tree = self.tree()
        order = [guid for guid in tree.children(parent) if guid not in guids]
        at = order.index(before) if before in order else len(order)
        order[at:at] = guids
        keys = keys_in_order([(guid, None if guid in guids else tree[guid].order) for guid in order])
        places = ((guid, node_place_text(parent, key)) for guid, key in keys.items())
        set_field(self._project.connection, schema.code, "place", places)
        self.forget()

    def set_level(self, guids: Collection[str], level: Level) -> None:
        """Make nodes codes, subcategories, categories or themes. Raises UserError where neighbours forbid."""
        self._need(guids)
        self._check_level_used(level)
        for guid in guids:
            self.tree().check_level(guid, level, guids)
        with self.changing(f"Make {self._level_name(level).lower()}: {self._what(guids)}"):
            set_field(self._project.connection, schema.code, "level", ((guid, int(level)) for guid in guids))

    def group(self, guids: Collection[str], name: str, level: Level) -> str:
        """A new node of ``level`` holding these nodes, as near to the first of them as levels allow.

        Returns its GUID. Raises UserError where one of the nodes cannot stand below that level.
        """
        tree = self.tree()
        self._need(guids)
        tops = tree.tops(guids)
        inner, parent = tops[0], tree.parent(tops[0])
        while parent is not None and tree[parent].level <= level:
            inner, parent = parent, tree.parent(parent)
        siblings = tree.children(parent)
        behind = siblings[siblings.index(inner) + 1 :]
        with self.changing(f"Group {self._what(tops)}: {clean_name(name, 'code')}"):
            guid = self.add(name, level, parent)
            if behind:
                self._place([guid], parent, behind[0])
            for child in tops:
                self.tree().check_move(child, guid)
            self._place(tops, guid, None)
        return guid

    def join(self, guids: Collection[str], into: str) -> None:
        """Make several nodes one: codings, children and memos go to ``into``, the others are deleted.

        Empty definition fields of ``into`` are filled from the others. Raises UserError where a child
        cannot stand below ``into``.
        """
        tree = self.tree()
        self._need([*guids, into])
        others = [guid for guid in dict.fromkeys(guids) if guid != into]
        if not others:
            raise UserError("Choose at least two different codes to join.")
        inside = [guid for guid in others if guid in tree.ancestors(into)]
        if inside:
            raise UserError(
                f"“{tree[into].name}” lies inside “{tree[inside[0]].name}”: join them the other way round."
            )
        children = [c for guid in others for c in tree.children(guid) if c not in others and c != into]
        for child in children:
            tree.check_move(child, into)
        with self.changing(f"Join {self._what(others)} into {tree[into].name}"):
            codings = self._project.codings
            codings.change_code([*codings.of_codes(others), *codings.of_codes(others, [CONSENSUS])], into)
            self._place(children, into, None)
            for guid in others:
                self._project.memos.retarget(guid, into)
            for field in DEFINITION_FIELDS:
                if not getattr(tree[into].definition, field):
                    texts = [t for t in (getattr(tree[g].definition, field) for g in others) if t]
                    if texts:
                        set_field(self._project.connection, schema.code, field, [(into, "\n".join(texts))])
            set_gone(self._project.connection, schema.code, others)

    def split(self, codings: Sequence[str], name: str) -> str:
        """Move chosen own codings to a new code beside the one they have; returns its GUID."""
        chosen: list[Coding] = self._project.codings.own(codings)
        if not chosen:
            raise UserError("Choose the quotes that go to the new code first.")
        old = next((coding.code for coding in chosen if coding.code), None)
        tree = self.tree()
        with self.changing(f"Split into new code: {clean_name(name, 'code')}"):
            level = tree[old].level if old else Level.CODE
            parent = tree.parent(old) if old else None
            guid = self.add(name, level, parent)
            self._project.codings.change_code(chosen, guid)
        return guid

    def delete(self, guids: Collection[str], *, below: bool) -> None:
        """Delete nodes with one's own codings and memos on them.

        ``below``: everything below goes too; otherwise it moves up to where the node was. A node that
        other coders use still shows (see shown.py).
        """
        tree = self.tree()
        self._need(guids)
        nodes = tree.with_below(guids) if below else set(guids)
        mine = self._project.coders.current.guid
        with self.changing(f"Delete {self._what(guids)}"):
            if not below:
                self._move_up(nodes)
            own = self._project.codings.of_codes(nodes, [mine])
            self._project.codings.remove_quietly([coding.guid for coding in own])
            self._project.memos.remove_about(MemoTarget.CODE, nodes)
            set_gone(self._project.connection, schema.code, sorted(nodes))

    def _move_up(self, nodes: Collection[str]) -> None:
        tree = self.tree()
        for guid in [g for g, _ in tree.walk() if g in nodes]:
            heirs = [child for child in tree.children(guid) if child not in nodes]
            parent = tree.parent(guid)
            while parent is not None and parent in nodes:
                parent = tree.parent(parent)
            siblings = tree.children(parent)
            at = siblings.index(guid) + 1 if guid in siblings else len(siblings)
            self._place(heirs, parent, siblings[at] if at < len(siblings) else None)

    # Checks and words

    def _need(self, guids: Collection[str]) -> None:
        if not guids or any(guid not in self.tree() for guid in guids):
            raise UserError("This code is no longer in the codebook.")

    def _check_free(self, name: str, parent: str | None, own: str | None) -> None:
        tree = self.tree()
        for guid in tree.children(parent):
            if guid != own and tree[guid].name.casefold() == name.casefold():
                raise UserError(f"There is already a “{tree[guid].name}” in this place of the codebook.")

    def _check_level_used(self, level: Level) -> None:
        if level not in self._project.level_names():
            raise UserError("This project leaves out that level of the codebook.")

    def _checked_color(self, color: str) -> str:
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", color):
            raise UserError(f"“{color}” is not a colour: write it as #4477aa.")
        return color.lower()

    def _level_name(self, level: Level) -> str:
        return self._project.level_names()[level]

    def _what(self, guids: Collection[str]) -> str:
        names = [self.tree()[guid].name for guid in guids]
        return names[0] if len(names) == 1 else plural(len(names), "node")

    # Kept in memory

    def after_step(self, reach: Reach) -> Changes:
        """Forget the tree where a step may have changed it; returns what it changed by reference."""
        if "code" in reach.touched:
            self.forget()
        elif not self._all_gone().isdisjoint(reach.referred):
            self.forget()
            return Changes.CODES
        return Changes.NONE

    def _all_gone(self) -> set[str]:
        """Deleted codes, whether they show or not: use may bring them back, or let them go."""
        if self._deleted is None:
            table = schema.code.c
            self._deleted = set(self._project.connection.scalars(select(table.guid).where(table.gone == 1)))
        return self._deleted

    def forget(self) -> None:
        self._tree = None
        self._deleted = None
