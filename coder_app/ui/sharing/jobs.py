"""What is done away from the window's thread when copies are brought in. Loads no Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from coder_app.project.blind import write_blind_copy
from coder_app.project.codes import DEFINITION_FIELDS
from coder_app.project.merge_report import Matched, MergeReport
from coder_app.project.project import Project

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Differing:
    """A field of two definitions that says something else in each; empty where one says nothing."""

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Previewed:
    """What would come in, and how codes that are taken to be the same are defined on both sides."""

    reports: tuple[MergeReport, ...]
    differing: dict[str, tuple[Differing, ...]]
    """By the GUID of their code."""


def preview(
    image: bytes, path: Path, others: tuple[Path, ...], different: bool, *, progress: Progress
) -> Previewed:
    """What bringing these files into the project of a snapshot would do.

    ``path`` is the project's own file, which is no copy of itself. Raises UserError as
    `Merging.preview`.
    """
    with Project.from_snapshot(image) as project:
        project.merging.check_not_itself(path, others)
        reports = project.merging.preview(*others, different=different, progress=progress)
        differing: dict[str, tuple[Differing, ...]] = {}
        for other, report in zip(others, reports, strict=True):
            if report.matched:
                with Project.open(other, read_only=True) as theirs:
                    differing.update(_differing(project, theirs, report.matched))
        return Previewed(tuple(reports), differing)


def _differing(
    ours: Project, theirs: Project, matched: Sequence[Matched]
) -> dict[str, tuple[Differing, ...]]:
    here, there = ours.codes.tree(), theirs.codes.tree()
    found = {}
    for one in matched:
        if one.ours not in here or one.theirs not in there:  # the file became another one meanwhile
            continue
        own, other = here[one.ours].definition, there[one.theirs].definition
        fields = [Differing(name, getattr(own, name), getattr(other, name)) for name in DEFINITION_FIELDS]
        found[one.theirs] = tuple(field for field in fields if field.ours != field.theirs)
    return found


def merge(
    path: Path,
    coder: str,
    others: tuple[Path, ...],
    different: bool,
    separate: Collection[str],
    *,
    progress: Progress,
) -> list[MergeReport]:
    """Bring these files into the project at ``path``, with which nothing else is done meanwhile.

    ``coder`` (GUID) is who brings them in; codes in ``separate`` (GUIDs) stay their maker's own.
    """
    with Project.beside(path) as project:
        project.coders.switch(coder)
        return project.merging.bring_in(*others, different=different, separate=separate, progress=progress)


def write_blind(image: bytes, out: Path, coder: str, codebook: bool, *, progress: Progress) -> None:
    """Write a copy for independent coding of a project (a snapshot); see `blind.write_blind_copy`."""
    with Project.from_snapshot(image) as project:
        write_blind_copy(project, out, coder, codebook=codebook)
