"""Copies of one project that go apart and come together again: the merging properties' state machine."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from acting import Actor
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from coder_app.core.errors import UserError
from coder_app.project import schema
from coder_app.project.blind import write_blind_copy
from coder_app.project.checking import check, fingerprint
from coder_app.project.folding import folded, stored
from coder_app.project.history import now_ms
from coder_app.project.project import Project

HOUR = 60 * 60 * 1000
YEAR = 365 * 24 * HOUR
DRIFTS = (0, 0, -3 * HOUR, 5 * HOUR, -2 * YEAR, 8 * YEAR)
"""How wrong the clocks of laptops are."""
WHO = st.integers(0, 11)
MOST = 5
"""So many copies at most."""
FAST = Path("/dev/shm")  # each story makes a folder of its own there, where there is such


@dataclass
class Replica:
    """One laptop's copy, and which codings its coder has had before her eyes."""

    project: Project
    actor: Actor
    seen: set[str] = field(default_factory=set)

    def look(self) -> None:
        self.seen |= {row[0] for row in self.project.connection.execute(schema.coding.select())}


class Replicas:
    """At least three copies; let anything happen to them, then :meth:`settle` and :meth:`verify`."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.random = folder, Random(seed)
        self.all: list[Replica] = []
        self.removed: dict[str, bool] = {}
        with Project.create(folder / "origin.coder", "Study", "Ann") as origin:
            actor = Actor(origin, self.random)
            for name in ("Ben", "Cleo"):
                origin.coders.add(name)
            actor.import_transcript()
            for word in ("Trust", "Fear", "Hope"):
                origin.codes.add(word)
            for _ in range(6):
                actor.act()
            removed = origin.connection.execute(schema.coding.select().where(schema.coding.c.gone == 1))
            self.removed = dict.fromkeys((row.guid for row in removed), True)
        for name in ("Ann", "Ben", "Cleo"):
            copy = folder / f"{name}.coder"
            shutil.copy(folder / "origin.coder", copy)
            self._join(copy, name)
        (folder / "origin.coder").unlink()

    def _join(self, path: Path, coder: str | None) -> None:
        drift = self.random.choice(DRIFTS)
        project = Project.open(path, now=lambda: now_ms() + drift)
        names = [one.guid for one in project.coders.all() if coder is None or one.name == coder]
        project.coders.switch(names[0] if names else self.random.choice(project.coders.all()).guid)
        self.all.append(Replica(project, Actor(project, self.random, people=True)))
        self.all[-1].look()

    def close(self) -> None:
        for replica in self.all:
            replica.project.close()

    # What happens; ``who`` is any number

    def replica(self, who: int) -> Replica:
        return self.all[who % len(self.all)]

    def undo(self, who: int) -> None:
        replica = self.replica(who)
        with suppress(UserError):  # nothing to undo, or the codebook is frozen
            self._note_removals(replica, replica.project.undo)

    def redo(self, who: int) -> None:
        replica = self.replica(who)
        with suppress(UserError):
            self._note_removals(replica, replica.project.redo)

    def act(self, who: int) -> None:
        self._note_removals(self.replica(who), self.replica(who).actor.act)

    def _note_removals(self, replica: Replica, action: object) -> None:
        before = self._standing(replica)
        assert callable(action)
        action()
        for guid in before - self._standing(replica):
            self.removed[guid] = self.removed.get(guid, False) or guid in replica.seen
        replica.look()

    @staticmethod
    def _standing(replica: Replica) -> set[str]:
        table = schema.coding
        return set(replica.project.connection.scalars(table.select().where(table.c.gone == 0)))

    def exchange(self, one: Replica, other: Replica) -> None:
        """The first takes in what the other has."""
        if one is other:
            return
        with Project.from_snapshot(other.project.snapshot()) as theirs:
            one.project.merging.unite([(Path("other.coder"), theirs)])
        one.look()

    def go_blind(self, who: int) -> None:
        """A copy for independent coding joins in."""
        replica = self.replica(who)
        path = self.folder / f"blind {len(self.all)}.coder"
        coder = self.random.choice(replica.project.coders.all())
        codebook = self.random.random() < 0.8
        try:
            write_blind_copy(replica.project, path, coder.guid, codebook=codebook)
        except UserError:
            return
        self._join(path, coder.name)

    # How it ends

    def settle(self) -> None:
        """Everybody takes in everybody, in random order, until there is no news."""
        for _ in range(2):
            pairs = [(one, other) for one in self.all for other in self.all if one is not other]
            self.random.shuffle(pairs)
            for one, other in pairs:
                self.exchange(one, other)

    def verify(self) -> None:
        first = self.all[0].project
        state = folded(first.connection)
        for replica in self.all:
            project = replica.project
            assert folded(project.connection) == stored(project.connection) == state
            assert fingerprint(project) == fingerprint(first)
            assert check(project).problems == ()
        made = set().union(*(replica.seen for replica in self.all))
        rows = {guid: fields for (table, guid), fields in state.items() if table == "coding"}
        assert made == rows.keys()
        for guid, fields in rows.items():
            vanished = fields["gone"] and not self.removed.get(guid)
            assert not vanished, "a coding vanished that nobody who had seen it removed"


class Copies(RuleBasedStateMachine):
    """Whatever happens, in whatever order: in the end all copies hold the same, and nothing is lost."""

    copies: Replicas

    @initialize(seed=st.integers(0, 2**32))
    def begin(self, seed: int) -> None:
        self.folder = tempfile.TemporaryDirectory(dir=FAST if FAST.is_dir() else None)
        self.copies = Replicas(Path(self.folder.name), seed)

    @rule(who=WHO)
    def act(self, who: int) -> None:
        self.copies.act(who)

    @rule(who=WHO, times=st.integers(2, 4))
    def act_more(self, who: int, times: int) -> None:
        for _ in range(times):
            self.copies.act(who)

    @rule(who=WHO)
    def undo(self, who: int) -> None:
        self.copies.undo(who)

    @rule(who=WHO)
    def redo(self, who: int) -> None:
        self.copies.redo(who)

    @rule(one=WHO, other=WHO)
    def exchange(self, one: int, other: int) -> None:
        self.copies.exchange(self.copies.replica(one), self.copies.replica(other))

    @precondition(lambda self: len(self.copies.all) < MOST)
    @rule(who=WHO)
    def go_blind(self, who: int) -> None:
        self.copies.go_blind(who)

    def teardown(self) -> None:
        if not hasattr(self, "copies"):
            return
        try:
            self.copies.settle()
            self.copies.verify()
        finally:
            self.copies.close()
            self.folder.cleanup()
