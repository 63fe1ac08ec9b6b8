"""Pictures of what is shared with colleagues: part of ``tests/screens.py``."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QWidget

from coder_app.core.model import Level
from coder_app.formats.sample import CODERS
from coder_app.project.project import Project
from coder_app.ui.agreement.codebooks.ask import JoinQuestion
from coder_app.ui.sharing import jobs
from coder_app.ui.sharing.brought_dialog import BroughtDialog, merges_of
from coder_app.ui.sharing.joining import JoinCoders, JoinParticipants
from coder_app.ui.sharing.merge_dialog import MergeDialog, PreviewDialog
from coder_app.ui.window import Window

Shown = TypeVar("Shown", bound=QDialog)
LONG = "Being the only one on the ward at night who knows what has to be done, and nobody to ask"
KOREAN, HEBREW = "박서연", "נועה בן־דוד"


def _open(window: Window, study: Path) -> Path:
    """A study of its own in the window, so that the sample stays as it is; and Ben's copy of it."""
    folder = _folder(window, study)
    own = folder / "Shared study.coder"
    theirs = folder / "Shared study, from the ward, second version after the holidays.coder"
    if not own.exists():
        with Project.open(study, read_only=True) as project:
            own.write_bytes(project.snapshot())
        _make_conflicts(own, theirs)
    window.commands.open_path(own, CODERS[0])
    return theirs


def _folder(window: Window, study: Path) -> Path:
    """Each set of pictures begins with files of its own."""
    folder = study.parent / f"sharing-{os.getpid()}-{window.ctx.colors.dark}"
    folder.mkdir(exist_ok=True)
    return folder


def _make_conflicts(own: Path, theirs: Path) -> None:
    """Both go on: what both changed, what one deleted, what looks alike."""
    with Project.open(own, coder=CODERS[0]) as ours:
        ours.participants.add("P 7", "Noa")
        theirs.write_bytes(ours.snapshot())
        with Project.open(theirs, coder=CODERS[1]) as project:
            codes, tree = project.codes, project.codes.tree()
            leaves = [node for node in tree.nodes.values() if node.level is Level.CODE]
            for node in leaves[:4]:
                ours.codes.define(node.guid, "short", f"What we mean by it: {node.name.lower()}. {LONG}")
                codes.define(node.guid, "short", f"What they mean by it: {node.name.lower()}")
            ours.codes.rename(leaves[4].guid, "낙인과 수치심")
            codes.rename(leaves[4].guid, "בושה, ומה שאחרים רואים בה")
            ours.codes.add("Fear of making mistakes")
            document = project.documents.all()[0].guid
            for name in ("fears of making mistakes", LONG, KOREAN):
                made = codes.add(name)
                project.codings.apply(document, 40, 90, made)
            for coder in CODERS:  # each has changed a coding on two laptops
                for side, more in ((ours, 4), (project, 9)):
                    side.coders.switch(side.coders.named(coder).guid)
                    coding = side.codings.all([side.coders.current.guid])[0]
                    side.codings.resize(coding.guid, coding.start, coding.end + more)
            ours.coders.switch(ours.coders.named(CODERS[0]).guid)
            project.participants.add("p7", "Noa")
            project.coders.switch(project.coders.add(f"{CODERS[0]} {HEBREW}"))
            project.codings.apply(document, 100, 130, leaves[1].guid)
            ours.codes.delete([leaves[5].guid], below=False)
            project.codings.apply(document, 140, 170, leaves[5].guid)


def _own_project(window: Window, study: Path) -> Path:
    """A project that a colleague began on her own on the same interviews."""
    path = _folder(window, study) / "Seoyeon's own.coder"
    if path.exists():
        return path
    ours = window.ctx.project
    with Project.from_snapshot(ours.snapshot()) as copy, Project.create(path, "On my own", KOREAN) as hers:
        from coder_app.formats.sample import _import_transcripts

        _import_transcripts(hers)
        tree = copy.codes.tree()
        for guid, _ in list(tree.walk())[:14]:
            node = tree[guid]
            parent = hers.codes.tree().named(tree[node.parent].name) if node.parent else []
            made = hers.codes.add(node.name, node.level, parent=parent[0].guid if parent else None)
            if node.level is Level.CODE:
                hers.codes.define(made, "short", f"사람들이 말하는 것: {node.name}")
                hers.codings.apply(hers.documents.all()[0].guid, 40, 60, made)
    return path


def _previewed(window: Window, other: Path) -> MergeDialog:
    project = window.ctx.project
    assert project.path is not None
    image = project.snapshot()
    found = jobs.preview(image, project.path, (other,), False, progress=lambda done, total: None)
    return _shown(PreviewDialog(window, window.ctx, found, ()))


def _shown(dialog: Shown) -> Shown:
    dialog.show()
    return dialog


def preview(window: Window, study: Path) -> QWidget:
    dialog = _previewed(window, _open(window, study))
    choose(dialog, "short definition")
    return dialog


def preview_matched(window: Window, study: Path) -> QWidget:
    """Codes of a project without a common origin."""
    _open(window, study)
    dialog = _previewed(window, _own_project(window, study))
    choose(dialog, "defined in other words")
    return dialog


def report(window: Window, study: Path) -> QWidget:
    """After two merges, one pair kept apart."""
    theirs = _open(window, study)
    project = window.ctx.project
    if not project.merging.reports():
        project.merging.bring_in(theirs)
        time.sleep(1.1)  # backups are named by the second
        project.merging.bring_in(_own_project(window, study))
    window.ctx.spread()
    dialog = BroughtDialog(window, window.ctx, list(reversed(merges_of(project.merging.reports()))))
    choose(dialog, "fears of making mistakes")
    dialog.keep_apart()
    dialog.show()
    return dialog


def nothing(window: Window, study: Path) -> QWidget:
    return _previewed(window, _open(window, study))


def joining(window: Window, study: Path) -> QWidget:
    _open(window, study)
    window.commands.join_coders()
    return window.findChildren(JoinCoders)[0]


def joining_codes(window: Window, study: Path) -> QWidget:
    """Over the report, before two codes that look alike are joined."""
    dialog = report(window, study)
    assert isinstance(dialog, BroughtDialog)
    lookalikes = window.ctx.project.lookalikes
    lookalikes.propose_again([(min(pair), max(pair)) for pair in lookalikes.apart()])
    dialog.look_again()
    choose(dialog, "fears of making mistakes")
    dialog.join()
    return dialog.findChildren(JoinQuestion)[0]


def joining_participants(window: Window, study: Path) -> QWidget:
    report(window, study).close()
    people = window.ctx.project.participants.all()
    pair = [person.guid for person in people if person.label.casefold() in ("p7", "p 7")][-2:]
    return _shown(JoinParticipants(window.ctx, (pair[0], pair[1]), window))


def blind(window: Window, study: Path) -> QWidget:
    from coder_app.ui.sharing.blind_dialog import BlindDialog

    _open(window, study)
    project = window.ctx.project
    dialog = BlindDialog(window, project.coders.all(), project.path)
    dialog.who.setCurrentIndex(dialog.who.count() - 1)
    dialog.show()
    return dialog


def choose(dialog: MergeDialog, words: str) -> None:
    """Go to the first line that holds these words."""
    item = next(item for item, line in dialog.lines if words in line.text)
    dialog.list.setCurrentItem(item)


SHARING: list[tuple[str, Callable[[Window, Path], QWidget]]] = [
    ("merge-preview", preview),
    ("merge-matched", preview_matched),
    ("merge-report", report),
    ("merge-nothing", nothing),
    ("dialog-join-coders", joining),
    ("dialog-join-codes", joining_codes),
    ("dialog-join-participants", joining_participants),
    ("dialog-blind", blind),
]
