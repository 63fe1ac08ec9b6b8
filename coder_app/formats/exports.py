"""The outputs of the program in one table: used by the command line, the window and the sample study.

Nothing that writes Excel or Word is loaded before an export runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coder_app.core.agreement.bootstrap import RESAMPLES
from coder_app.core.errors import UserError
from coder_app.formats.output import Progress
from coder_app.project.audit_search import Wanted
from coder_app.project.comparing import Choice, compare_sources, read_sources
from coder_app.project.project import Project
from coder_app.project.sources import usual_unit


@dataclass(frozen=True, slots=True)
class Options:
    """What may be chosen for an export; plain values that another process can take."""

    coders: tuple[str, ...] | None = None
    """GUIDs of the coders whose work is shown; None: everybody's."""
    comparison: Choice | None = None
    """What the agreement workbook compares; None: everybody who coded, by participants' turns."""
    round: str = ""
    """GUID of a round: the agreement workbook compares what it froze; empty: the project as it stands."""
    resamples: int = RESAMPLES
    """Of the bootstrap for the intervals in the agreement workbook; 0: no such intervals."""
    participants: tuple[str, ...] | None = None
    """GUIDs of the participants who get a member-check document; None: everybody."""
    findings: tuple[str, ...] | None = None
    """GUIDs of the nodes that a member check asks about; None: the themes."""
    trail: Wanted | None = None
    """Which actions the audit trail tells; None: all of ``coders``."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of export."""

    name: str
    """Its name on the command line."""
    file_name: str
    """The default name of the file, or of the folder."""
    endings: tuple[str, ...]
    """Endings that the file may have, the usual one first; none for a folder."""
    write: Callable[[Project, Path, Options, Progress | None], list[Path]]
    """Writes and returns what was written."""

    @property
    def is_folder(self) -> bool:
        return not self.endings


def export(
    kind: str, project: Project, out: Path, options: Options = Options(), progress: Progress | None = None
) -> list[Path]:
    """Write one export to ``out`` and return the files written.

    Raises UserError for an unknown kind, an ending that the kind does not have and where ``out`` cannot
    be written; Cancelled where ``progress`` asks for it. Then ``out`` is as it was.
    """
    found = KINDS.get(kind)
    if found is None:
        raise UserError(f"There is no export “{kind}”: take one of {', '.join(KINDS)}.")
    if not found.is_folder and out.suffix.lower() not in found.endings:
        raise UserError(f"“{out.name}” must end in {' or '.join(found.endings)}.")
    return found.write(project, out, options, progress)


def export_snapshot(
    image: bytes, kind: str, out: Path, options: Options = Options(), progress: Progress | None = None
) -> list[Path]:
    """`export` from a snapshot of a project (``Project.snapshot``), for a worker process."""
    with Project.from_snapshot(image) as project:
        return export(kind, project, out, options, progress)


def _codebook(project: Project, out: Path, options: Options, progress: Progress | None) -> list[Path]:
    from coder_app.formats.codebook import write_codebook

    write_codebook(project, out, coders=options.coders, progress=progress)
    return [out]


def _quotes(project: Project, out: Path, options: Options, progress: Progress | None) -> list[Path]:
    if out.suffix.lower() == ".docx":
        from coder_app.formats.quotes_docx import write_quotes_docx

        write_quotes_docx(project, out, coders=options.coders, progress=progress)
    else:
        from coder_app.formats.quotes_xlsx import write_quotes_xlsx

        write_quotes_xlsx(project, out, coders=options.coders, progress=progress)
    return [out]


def _agreement(project: Project, out: Path, options: Options, progress: Progress | None) -> list[Path]:
    from coder_app.formats.agreement_book import write_agreement

    name = ""
    if options.round:
        name = project.rounds.get(options.round).name
        sources = project.rounds.sources(options.round)
        choice = options.comparison or project.rounds.choice(options.round)
    else:
        sources = read_sources(project)
        choice = options.comparison or Choice(options.coders or (), usual_unit(project))
    compared = compare_sources(sources, choice, resamples=options.resamples, progress=progress)
    write_agreement(project, out, compared, round_name=name, progress=progress)
    return [out]


def _member_check(project: Project, out: Path, options: Options, progress: Progress | None) -> list[Path]:
    from coder_app.formats.membercheck import write_member_check

    return write_member_check(
        project,
        out,
        coders=options.coders,
        participants=options.participants,
        findings=options.findings,
        progress=progress,
    )


def _audit_trail(project: Project, out: Path, options: Options, progress: Progress | None) -> list[Path]:
    from coder_app.formats.audit_trail import write_audit_trail

    write_audit_trail(project, out, wanted=options.trail or Wanted(coders=options.coders), progress=progress)
    return [out]


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("codebook", "codebook.xlsx", (".xlsx",), _codebook),
        Kind("quotes", "quotes.xlsx", (".xlsx", ".docx"), _quotes),
        Kind("agreement", "agreement.xlsx", (".xlsx",), _agreement),
        Kind("member-check", "member-check", (), _member_check),
        Kind("audit-trail", "audit-trail.xlsx", (".xlsx",), _audit_trail),
    )
}
"""Every export by its name on the command line."""
