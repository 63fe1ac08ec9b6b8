"""``merge`` and ``copy``: project files that go to colleagues and come back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from coder_app.cli.output import say, say_json

if TYPE_CHECKING:
    from coder_app.project.merge_report import Alike, Conflict, MergeReport


def merge(chosen: Namespace) -> int:
    """``merge PROJECT OTHER... [--preview] [--separate-codes] [--json]``: all copies in one transaction, or
    none of them."""
    from coder_app.core.errors import UserError
    from coder_app.project.adopting import DifferentStudy

    try:
        reports = _reports(chosen)
    except DifferentStudy as error:
        raise UserError(f"{error} With --different-study it comes in all the same.") from error
    if chosen.json:
        say_json({"preview": chosen.preview, "merged": [as_json(report) for report in reports]})
        return 0
    for report in reports:
        for line in in_lines(report, preview=chosen.preview):
            say(line)
    return 0


def _reports(chosen: Namespace) -> list[MergeReport]:
    """Bring in, or only look."""
    from coder_app.project.project import Project

    with Project.open(chosen.project, read_only=chosen.preview) as project:
        if not project.coders.chosen:
            project.coders.switch(project.coders.all()[0].guid)  # who takes in is nobody in particular
        merging, different = project.merging, chosen.different_study
        separate: set[str] = set()
        if chosen.separate_codes:
            told = merging.preview(*chosen.others, different=different)
            separate = {matched.theirs for report in told for matched in report.matched}
        bring = merging.preview if chosen.preview else merging.bring_in
        return bring(*chosen.others, different=different, separate=separate)


def as_json(report: MergeReport) -> dict[str, Any]:
    """A report with names and sentences."""
    return {
        "file": report.source,
        "actions": report.steps,
        "new": [{"coder": new.coder, **dict(new.counts)} for new in report.new],
        "conflicts": [
            {
                "what": conflict.what,
                "field": conflict.field,
                "ours": conflict.ours,
                "theirs": conflict.theirs,
                "our_coder": conflict.our_coder,
                "their_coder": conflict.their_coder,
                "our_time": _time(conflict.our_time),
                "their_time": _time(conflict.their_time),
                "stands": "theirs" if conflict.theirs_stands else "ours",
            }
            for conflict in report.conflicts
        ],
        "lived_on": list(report.lived_on),
        "circles": list(report.circles),
        "notes": list(report.notes),
        "alike": [
            {
                "kind": alike.kind,
                "name": alike.name,
                "other_name": alike.other_name or alike.name,
                "why": list(alike.why),
            }
            for alike in report.alike
        ],
        "matched": [{"path": matched.path, "differs": matched.differs} for matched in report.matched],
        "clock": report.clock,
    }


def in_lines(report: MergeReport, *, preview: bool) -> Iterator[str]:
    """A report as a person reads it."""
    from coder_app.project.names import plural

    if not report.steps and not report.new:
        yield f"{report.source}: nothing new."
        return
    verb = "would bring" if preview else "brought"
    yield f"{report.source} {verb} {plural(report.steps, 'action')}."
    for new in report.new:
        yield f"  New by {new.coder}: {', '.join(plural(count, kind) for kind, count in new.counts)}."
    for conflict in report.conflicts:
        yield f"  {_told(conflict)}"
    for sentence in (*report.notes, *report.lived_on, *report.circles):
        yield f"  {sentence}"
    for matched in report.matched:
        words = "; it is defined in other words there" if matched.differs else ""
        yield f"  Taken to be the same code: “{matched.path}”{words}."
    for alike in report.alike:
        names = f"“{alike.other_name or alike.name}” and “{alike.name}”"
        yield f"  The {alike.kind}s {names} may be one{_why(alike)}; they stay two until you join them."
    if report.clock:
        yield f"  {report.clock}"


def _why(alike: Alike) -> str:
    """Why two look alike, in brackets; nothing where an older report does not say."""
    return f" ({', '.join(alike.why)})" if alike.why else ""


def _told(conflict: Conflict) -> str:
    from coder_app.project.names import field_words

    ours = f"{conflict.our_coder}: {conflict.ours} ({_time(conflict.our_time)})"
    theirs = f"{conflict.their_coder}: {conflict.theirs} ({_time(conflict.their_time)})"
    first, second = (theirs, ours) if conflict.theirs_stands else (ours, theirs)
    field = field_words(conflict.table, conflict.field)
    return f"{conflict.what}, {field}: {first} stands, not {second}."


def _time(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%d %H:%M UTC")


def copy(chosen: Namespace) -> int:
    """``copy PROJECT OUT --blind-for NAME [--without-codebook]``"""
    from coder_app.core.errors import UserError
    from coder_app.project.blind import write_blind_copy
    from coder_app.project.project import Project

    with Project.open(chosen.project) as project:
        known = {coder.name.casefold(): coder.guid for coder in project.coders.all()}
        name = " ".join(chosen.blind_for.split())
        guid = known.get(name.casefold())
        if chosen.out.exists():
            raise UserError(f"There is already a file named “{chosen.out.name}” in this folder.")
        if guid is None:
            if project.read_only:
                raise UserError(project.read_only_reason)
            guid = project.coders.add(name)
            say(f"{name} is a new coder of this project.")
        write_blind_copy(project, chosen.out, guid, codebook=not chosen.without_codebook)
    what = "transcripts" if chosen.without_codebook else "transcripts and codebook"
    say(f"Wrote a copy for {name} to {chosen.out}: {what}, and no trace of anybody's codings.")
    return 0
