"""What the commands do, apart from agreement: new, import, info, check, export, demo, the window.

What a command needs is imported when it runs, so that each starts fast and none loads Qt.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coder_app.cli.output import say, say_json, say_table
from coder_app.core.errors import UserError
from coder_app.core.model import Level

if TYPE_CHECKING:
    from coder_app.project.project import Project
    from coder_app.project.queries import Info

FOUND_SOMETHING = 1


@contextmanager
def reading(path: Path) -> Iterator[Project]:
    """A project as it stands at this moment; whoever has it open goes on working undisturbed.

    Raises UserError where it cannot be opened.
    """
    from coder_app.project.project import Project

    with Project.open(path, read_only=True) as project:
        image = project.snapshot()
    with Project.from_snapshot(image, file=path.name) as snapshot:
        yield snapshot


def new(chosen: Namespace) -> int:
    """``new PROJECT --coder NAME``"""
    from coder_app.project.project import Project

    name = chosen.project.stem if chosen.name is None else chosen.name
    with Project.create(chosen.project, name, chosen.coder) as project:
        say(f"Made “{project.name}” in {chosen.project}; {project.coders.current.name} codes.")
    return 0


def import_files(chosen: Namespace) -> int:
    """``import PROJECT FILE... [--coder NAME]``: all files as one step, or none of them."""
    from coder_app.core.transcript import proposed_choices
    from coder_app.formats.readers import read
    from coder_app.project.names import plural
    from coder_app.project.project import Project

    with Project.open(chosen.project, coder=chosen.coder) as project:
        if project.read_only:
            raise UserError(project.read_only_reason)
        _check_coder(project)
        for path in chosen.files:
            if path.suffix.lower() in (".qdpx", ".qdc"):
                raise UserError(f"“{path.name}”: REFI-QDA files cannot be imported yet.")
        files = [read(path) for path in chosen.files]
        taken = [person.label for person in project.participants.all()]
        stems = [file.path.stem for file in files]
        choices = proposed_choices([file.found for file in files], taken, _known_names(project), stems)
        documents = [file.document(own) for file, own in zip(files, choices, strict=True)]
        same = [project.documents.with_same_text(document.text) for document in documents]
        guids = project.documents.add(documents)
        titles = {document.guid: document.title for document in project.documents.all()}
        labels = {person.guid: person.label for person in project.participants.all()}
        for guid, file, own, twins in zip(guids, files, choices, same, strict=True):
            speakers = project.documents.speakers(guid)
            people = [f"{s.name} ({labels[s.participant]})" for s in speakers if s.participant in labels]
            others = [f"{s.name} ({s.role.value})" for s in speakers if s.participant not in labels]
            turns = plural(len(file.found.turns), "turn")
            joined = [f"{name} → {choice.into}" for name, choice in own.items() if choice.into]
            say(f"Imported “{titles[guid]}”: {turns}; {', '.join(people + others) or 'no speakers found'}.")
            for note in file.notes:
                say(f"  {note}")
            if joined:
                say(f"  These names look alike and were joined, please check: {', '.join(joined)}.")
            for twin in twins:
                say(f"  The text is the same as that of “{twin.title}”.")
    return 0


def _check_coder(project: Project) -> None:
    if not project.coders.chosen and len(everybody := project.coders.all()) != 1:
        names = ", ".join(coder.name for coder in everybody)
        raise UserError(f"This project has several coders: say with --coder who imports ({names}).")


def _known_names(project: Project) -> dict[str, str]:
    """Speaker's name -> participant's label, where all transcripts of the project agree on it."""
    from coder_app.core.transcript import known_labels

    labels = {person.guid: person.label for person in project.participants.all()}
    return known_labels(
        (speaker.name, labels[speaker.participant])
        for speakers in project.documents.all_speakers().values()
        for speaker in speakers
        if speaker.participant in labels
    )


def info(chosen: Namespace) -> int:
    """``info PROJECT [--json]``"""
    with reading(chosen.project) as project:
        if chosen.json:
            say_json(info_as_json(project.queries.info()))
        else:
            say_info(project)
    return 0


def info_as_json(found: Info) -> dict[str, Any]:
    """The totals; the level above theme is there where the project uses it."""
    levels = [Level.THEME, Level.CATEGORY, Level.SUBCATEGORY, Level.CODE]
    if Level.CORE_THEME in found.codes:
        levels.insert(0, Level.CORE_THEME)
    return {
        "project": found.project,
        "documents": found.documents,
        "participants": found.participants,
        "characters": found.characters,
        "memos": found.memos,
        "codings": found.codings,
        "coders": [{"name": name, "codings": count} for name, count in found.coders],
        "codes": {level.key: found.codes.get(level, 0) for level in levels},
    }


def say_info(project: Project) -> None:
    """The totals of a project as a table."""
    found, names = project.queries.info(), project.level_names()
    levels = sorted(found.codes.items(), reverse=True)
    rows = [
        ("participants", found.participants),
        ("transcripts", found.documents),
        ("characters", found.characters),
        *((f"codebook: {names.get(level, level.key).lower()}", count) for level, count in levels),
        ("marked passages", found.statements),
        ("codings", found.codings),
        *((f"codings by {name}", count) for name, count in found.coders),
        ("passages without a code", found.unnamed),
        ("memos", found.memos),
    ]
    say(project.name)
    say_table([(name, f"{count:,}") for name, count in rows], right=[1])


def check(chosen: Namespace) -> int:
    """``check PROJECT [--json]``: status 1 where something is wrong with the file."""
    from coder_app.project import checking

    with reading(chosen.project) as project:
        try:
            report = checking.check(project)
            ok, problems, fingerprint = report.ok, list(report.problems), report.fingerprint
        except UserError as error:
            ok, problems, fingerprint = False, [str(error)], None
    if chosen.json:
        say_json({"ok": ok, "problems": problems, "fingerprint": fingerprint})
    else:
        say("The file is whole." if ok else "The file is not whole:")
        for problem in problems:
            say(problem)
        if fingerprint:
            say(f"Fingerprint {fingerprint}")
    return 0 if ok else FOUND_SOMETHING


def export(chosen: Namespace) -> int:
    """``export KIND PROJECT OUT``"""
    from coder_app.cli.agreement import comparison_choice
    from coder_app.formats import exports

    with reading(chosen.project) as project:
        options = exports.Options()
        if chosen.kind == "agreement":
            options = exports.Options(comparison=comparison_choice(project, chosen))
        elif chosen.coders:
            options = exports.Options(coders=tuple(project.coders.named(name).guid for name in chosen.coders))
        written = exports.export(chosen.kind, project, chosen.out, options)
    say(f"Wrote {chosen.out}" + (f" ({len(written)} files)" if len(written) != 1 else ""))
    return 0


def demo(chosen: Namespace) -> int:
    """``demo DIR [--no-window]``"""
    from coder_app.cli.demo import run
    from coder_app.formats.sample import CODERS

    project = run(chosen.folder)
    if chosen.no_window or not has_screen():
        return 0
    return window(Namespace(project=project, coder=CODERS[0]))


def window(chosen: Namespace) -> int:
    """The window, on a project (with the name of who works) or (None) on the welcome page."""
    from coder_app.ui import app

    return int(app.run(chosen.project, chosen.coder))


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
